from __future__ import annotations

from math import isnan

import pytest
from analysis.made import CODEBOOK, TEXT, article, articles, tagged
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.bootstrap import estimates
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.matching import Unit, match, match_exact, unit_of
from annotator.analysis.spans import STATISTICS, matched, span_tallies


def values(several: list[ArticleAnnotations]) -> dict[int | None, dict[str, float | None]]:
    of = corpus(several, CODEBOOK)
    tallies = dict(span_tallies(of, matched(of)))
    found = estimates(list(tallies.values()), replicates=0)
    return {tag: {name: one.value for name, one in each.items()} for tag, each in zip(tallies, found, strict=True)}


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def units(one: ArticleAnnotations, coder: int, tags: str) -> list[Unit]:
    return [unit_of(a) for a in one.annotations[coder] if a.tag_type in tags]


def touched(a: list[Unit], b: list[Unit]) -> int:
    return sum(
        any(x.tag == y.tag and any(s.overlaps(t) for s in x.fragments for t in y.fragments) for y in b) for x in a
    )


@settings(max_examples=50)
@given(st.lists(articles(furniture=False), min_size=1, max_size=3))
def test_all_articles_at_once_give_what_one_after_the_other_gives(several: list[ArticleAnnotations]) -> None:
    found = values(several)
    for tag, names in {0: "q", 1: "s", None: "qs"}.items():
        sides = [(units(one, 0, names), units(one, 1, names)) for one in several]
        first, second = sum(len(a) for a, _ in sides), sum(len(b) for _, b in sides)
        exact, overlap = (sum(len(rule(a, b).pairs) for a, b in sides) for rule in (match_exact, match))
        ab, ba = (share(sum(touched(*side[::step]) for side in sides), n) for step, n in ((1, first), (-1, second)))
        assert found[tag] == {
            "precision_exact": share(exact, second),
            "recall_exact": share(exact, first),
            "f1_exact": share(2 * exact, first + second),
            "precision_overlap": share(overlap, second),
            "recall_overlap": share(overlap, first),
            "f1_overlap": share(2 * overlap, first + second),
            "agr_ab": ab,
            "agr_ba": ba,
            "agr": None if ab is None or ba is None else (ab + ba) / 2,
        }


@settings(max_examples=50)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_f1_and_agr_do_not_depend_on_who_is_first(several: list[ArticleAnnotations]) -> None:
    turned = [ArticleAnnotations(one.text, one.annotations[::-1], one.furniture) for one in several]
    for tag, found in values(several).items():
        other = values(turned)[tag]
        assert [found[name] for name in ("f1_exact", "f1_overlap", "agr")] == [
            other[name] for name in ("f1_exact", "f1_overlap", "agr")
        ]
        assert found["precision_overlap"] == other["recall_overlap"]
        assert found["agr_ab"] == other["agr_ba"]


@settings(max_examples=50)
@given(articles(1, furniture=False))
def test_a_set_agrees_with_itself(one: ArticleAnnotations) -> None:
    same = ArticleAnnotations(one.text, one.annotations * 3)
    for found in values([same]).values():
        assert set(found.values()) in ({1.0}, {None})


def test_the_mean_over_pairs_of_three_annotators() -> None:
    a, b, c = (tagged(TEXT, "q", ends) for ends in ((0, 4), (0, 4), (2, 6)))
    found = values([article(TEXT, [a], [b], [c])])[0]
    assert found["f1_exact"] == pytest.approx(1 / 3)
    assert found["f1_overlap"] == 1
    assert values([article(TEXT, [a], [b], [])])[0]["precision_exact"] is None


def test_one_may_answer_for_many_in_agr_only() -> None:
    many, one = [tagged(TEXT, "q", (0, 4)), tagged(TEXT, "q", (6, 8))], [tagged(TEXT, "q", (0, 8))]
    found = values([article(TEXT, many, one)])[0]
    assert (found["agr_ab"], found["agr_ba"], found["recall_overlap"]) == (1, 1, 0.5)


def test_furniture_is_cut_out_of_annotations() -> None:
    first = [tagged(TEXT, "q", (0, 6)), tagged(TEXT, "q", (20, 24))]
    second = [tagged(TEXT, "q", (0, 3))]
    found = values([article(TEXT, first, second, furniture=[(3, 6), (18, 25)])])[0]
    assert found["f1_exact"] == 1


def test_empty_sets_are_undefined() -> None:
    for found in values([article(TEXT, [], [])]).values():
        assert set(found.values()) == {None}
    assert set(STATISTICS) == set(values([])[None])
    assert not any(isinstance(v, float) and isnan(v) for v in values([])[None].values())
