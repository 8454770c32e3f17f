from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.model.merge_plan import Fate
from annotator.operations.bringing_in import ArticlePlan
from annotator.ui.colleagues.article_model import ArticleModel, Column
from annotator.ui.colleagues.reading import Read

_Role = Qt.ItemDataRole


@pytest.fixture
def model(qtbot: QtBot) -> ArticleModel:
    made = ArticleModel()
    made.tester = QAbstractItemModelTester(made)  # type: ignore[attr-defined]
    return made


def row(model: ArticleModel, title: str) -> list[str]:
    for at in range(model.rowCount()):
        cells = [str(model.index(at, column).data() or "") for column in Column]
        if cells[0] == title:
            return cells
    raise AssertionError(title)


def test_each_article_tells_what_comes_in(study, model: ArticleModel) -> None:
    model.show(study.read(), every=False)
    assert model.rowCount() == 4
    assert row(model, "Both")[1:] == ["", "", "", "1", "", "2", ""]
    assert row(model, "New")[1:] == ["3", "1", "", "", "", "1", ""]
    assert row(model, "Found")[1:] == ["1", "", "", "", "", "", "not here yet"]
    assert row(model, "Gone")[1:] == ["", "", "", "1", "2", "", "removed here"]
    model.show(study.read(), every=True)
    assert row(model, "Same")[1:] == ["", "", "", "", "", "2", ""]


def test_headers_say_what_they_count_and_figures_stand_at_the_end(study, model: ArticleModel) -> None:
    model.show(study.read(), every=True)
    horizontal = Qt.Orientation.Horizontal
    assert model.headerData(Column.CONFLICT, horizontal) == "To decide"
    assert "changed" in model.headerData(Column.CHANGED, horizontal, _Role.ToolTipRole)
    assert model.index(0, Column.NEW).data(_Role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.has(Column.CONFLICT) and not model.has(Column.REMOVED)


def test_what_an_article_as_such_is_subject_to_is_said_at_length(study, model: ArticleModel) -> None:
    model.show(study.read(), every=True)
    found = next(one for one in map(model.article, range(5)) if one is not None and one.title == "Found")
    assert "comes in with its text" in model.note(found, long=True)
    moved = replace(found, uid=study.articles["Same"].uid, matched_by_text=True)
    assert model.note(moved) == "found by its text"


def test_ten_thousand_articles_are_shown_at_once(study, model: ArticleModel) -> None:
    plan = study.plan()
    many = tuple(ArticlePlan(str(n), f"Article {n}", {Fate.NEW: n + 1}, False, None) for n in range(10_000))
    model.show(Read(plan, many, {}), every=True)
    assert model.rowCount() == 10_000
    assert model.index(9_999, Column.NEW).data() == QLocale().toString(10_000)
    assert model.index(9_999, Column.TITLE).data() == "Article 9999"
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
