from __future__ import annotations

from annotator.model.content import ArticleFilter


def test_an_empty_filter_narrows_nothing() -> None:
    assert not ArticleFilter().narrows
    assert ArticleFilter(words="Moscow").narrows
    assert ArticleFilter(assigned_only=True).narrows
