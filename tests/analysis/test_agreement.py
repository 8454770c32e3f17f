from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, GENRE, TEXT, TYPE, article, articles, linked, tagged
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.analysis.agreement import agreement, agreement_of
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.result import Level, Measure, Reason
from annotator.analysis.tokens import tokens
from annotator.model.annotation import Annotation

Key = tuple[str, str | None, str | None, str]


def by_key(measures: tuple[Measure, ...]) -> dict[Key, Measure]:
    found = {(str(m.level), m.tag, m.attribute, m.measure): m for m in measures}
    assert len(found) == len(measures)
    return found


def everything(who: str, kind: str = "direct") -> tuple[Annotation, ...]:
    return (
        tagged(TEXT, "q", (17, 41), uid=f"{who}q", values=((TYPE.uid, kind),)),
        tagged(TEXT, "q", (58, 66), uid=f"{who}r", values=((TYPE.uid, "indirect"),)),
        tagged(TEXT, "s", (0, 10), uid=f"{who}s", entity="e1"),
        tagged(TEXT, "s", (42, 52), uid=f"{who}t", entity="e2"),
    )


def whole(kind: str = "direct", genre: str = "news") -> ArticleAnnotations:
    """Two annotators who agree, but perhaps in an attribute and the article's genre."""
    links = tuple((linked(f"{who}q", f"{who}s"), linked(f"{who}r", f"{who}t")) for who in "ab")
    values = (((GENRE.uid, "news"),), ((GENRE.uid, genre),))
    return ArticleAnnotations(TEXT, (everything("a"), everything("b", kind)), links=links, values=values)


SPAN = ["precision_exact", "recall_exact", "f1_exact", "precision_overlap", "recall_overlap", "f1_overlap"]
SPAN += ["agr_ab", "agr_ba", "agr", "alpha_u", "gamma"]
TOKEN = ["observed", "cohen_kappa", "scott_pi", "fleiss_kappa", "alpha_nominal"]
MATCHED = ["cohen_kappa", "alpha_nominal"]


def test_all_measures_of_the_table_are_there() -> None:
    found = by_key(agreement([whole()], CODEBOOK))
    tags = ("quote", "speaker", None)
    expected: set[Key] = {("span", tag, None, name) for tag in tags for name in SPAN}
    expected |= {("token", tag, None, name) for tag in tags for name in TOKEN}
    expected |= {("attribute", "quote", "quote_type", name) for name in MATCHED}
    expected |= {("attribute", None, "genre", name) for name in MATCHED}
    expected |= {("entity", tag, None, name) for tag in ("speaker", None) for name in MATCHED}
    expected |= {("link", "quote", "speaker", name) for name in MATCHED}
    assert set(found) == expected


def test_identity_gives_1_with_an_interval_of_1() -> None:
    for measure in agreement([whole(genre="news"), whole()], CODEBOOK):
        if measure.attribute == "genre":
            assert (measure.value, measure.reason) == (None, Reason.ONE_CATEGORY)
        else:
            assert (measure.value, measure.low, measure.high) == (1, 1, 1), measure
            assert measure.reason is None
            assert measure.pairs == 1


def test_n_and_the_matched_share() -> None:
    found = by_key(agreement([whole(), whole()], CODEBOOK))
    assert found["span", None, None, "f1_exact"].n == 16
    assert found["span", "quote", None, "gamma"].n == 8
    assert found["token", "quote", None, "observed"].n == 2 * len(tokens(TEXT))
    assert found["attribute", "quote", "quote_type", "cohen_kappa"].n == 4
    assert found["attribute", None, "genre", "cohen_kappa"].n == 2
    assert found["entity", None, None, "alpha_nominal"].n == 4
    assert found["link", "quote", "speaker", "cohen_kappa"].n == 2 * 4
    assert found["link", "quote", "speaker", "cohen_kappa"].matched == 1
    half = ArticleAnnotations(TEXT, (everything("a"), everything("b")[:1]))
    found = by_key(agreement([half], CODEBOOK))
    assert found["attribute", "quote", "quote_type", "cohen_kappa"].matched == pytest.approx(2 / 3)
    assert found["entity", None, None, "cohen_kappa"].matched == pytest.approx(2 / 5)
    assert found["token", None, None, "observed"].matched is None


def test_disagreement_in_an_attribute_is_seen_there_only() -> None:
    found = by_key(agreement([whole("mixed", "opinion"), whole()], CODEBOOK))
    assert found["attribute", "quote", "quote_type", "cohen_kappa"].value == pytest.approx(0.6)
    assert found["attribute", None, "genre", "cohen_kappa"].value == 0
    assert found["span", None, None, "f1_exact"].value == 1


def test_two_empty_sets_are_undefined_and_say_so() -> None:
    for measure in agreement([article(TEXT, [], []), article(TEXT, [], [])], CODEBOOK):
        assert (measure.value, measure.low, measure.high) == (None, None, None)
        expected = Reason.EMPTY if measure.level in (Level.SPAN, Level.TOKEN) else Reason.NOTHING_COMPARED
        assert measure.reason == expected, measure


def test_no_articles_are_undefined() -> None:
    assert all(measure.value is None for measure in agreement([], CODEBOOK))


def test_reasons() -> None:
    text = "one two"
    one = article(text, [tagged(text, "q", (0, 3)), tagged(text, "q", (2, 7), uid="x")], [])
    found = by_key(agreement([one], CODEBOOK))
    assert found["span", "quote", None, "alpha_u"].reason == Reason.OVERLAPPING
    assert found["span", None, None, "alpha_u"].reason == Reason.OVERLAPPING
    assert found["span", "quote", None, "precision_exact"].reason == Reason.ONE_SIDE
    assert found["span", "quote", None, "f1_exact"].value == 0
    assert found["span", "speaker", None, "alpha_u"].reason == Reason.EMPTY
    assert found["span", "quote", None, "f1_exact"].low is None
    both = article(text, [tagged(text, "q", (0, 7))], [tagged(text, "q", (0, 7))])
    found = by_key(agreement([both], CODEBOOK))
    assert found["token", "quote", None, "cohen_kappa"].reason == Reason.ONE_CATEGORY
    assert found["token", "quote", None, "observed"].value == 1
    wordless = article(" ", [tagged(" ", "q", (0, 1))], [tagged(" ", "q", (0, 1))])
    found = by_key(agreement([wordless], CODEBOOK))
    assert found["token", None, None, "observed"].reason == Reason.NOTHING_COMPARED
    assert found["span", "quote", None, "gamma"].reason == Reason.NO_CHANCE


def test_furniture_is_left_out() -> None:
    one = article(TEXT, [tagged(TEXT, "q", (0, 4))], [], furniture=[(0, 10)])
    found = by_key(agreement([one], CODEBOOK))
    assert found["span", "quote", None, "f1_exact"].reason == Reason.EMPTY
    assert found["token", "quote", None, "observed"].reason == Reason.EMPTY


def test_three_annotators_are_averaged_over_three_pairs_where_a_measure_takes_two() -> None:
    one = ArticleAnnotations(TEXT, (everything("a"), everything("b"), everything("c")[:2]))
    averaged = {m.measure: m.pairs for m in agreement([one], CODEBOOK) if m.level is Level.TOKEN}
    assert averaged == {"observed": 3, "cohen_kappa": 3, "scott_pi": 3, "fleiss_kappa": 1, "alpha_nominal": 1}
    averaged = {m.measure: m.pairs for m in agreement([one], CODEBOOK) if m.level is Level.SPAN}
    assert (averaged["f1_exact"], averaged["agr"], averaged["alpha_u"], averaged["gamma"]) == (3, 3, 1, 1)
    found = by_key(agreement([one], CODEBOOK))
    assert found["span", None, None, "f1_exact"].value == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert found["attribute", "quote", "quote_type", "alpha_nominal"].pairs == 3
    assert found["attribute", None, "genre", "alpha_nominal"].pairs == 1


def test_levels_and_slow_measures_can_be_left_out() -> None:
    only = agreement([whole()], CODEBOOK, levels={Level.TOKEN})
    assert {measure.level for measure in only} == {Level.TOKEN}
    fast = agreement([whole()], CODEBOOK, levels={Level.SPAN}, with_gamma=False, with_alpha_u=False)
    assert {measure.measure for measure in fast} == set(SPAN) - {"alpha_u", "gamma"}


def test_spans_and_tokens_need_arrays_only() -> None:
    full = corpus([whole("mixed"), whole()], CODEBOOK)
    arrays = replace(full, annotations=())
    levels = {Level.SPAN, Level.TOKEN}
    assert agreement_of(arrays, CODEBOOK, levels=levels) == agreement_of(full, CODEBOOK, levels=levels)


def test_it_can_be_stopped_and_shows_progress() -> None:
    class StoppedError(Exception):
        pass

    seen: list[int] = []

    def stop() -> None:
        seen.append(1)
        if len(seen) == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        agreement([whole()] * 5, CODEBOOK, after_each=stop)


@settings(max_examples=25)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_symmetric_measures_do_not_depend_on_who_is_first(several: list[ArticleAnnotations]) -> None:
    turned = [ArticleAnnotations(one.text, one.annotations[::-1], one.furniture) for one in several]
    one, two = (by_key(agreement(each, CODEBOOK, replicates=20)) for each in (several, turned))
    directed = {"precision_exact", "recall_exact", "precision_overlap", "recall_overlap", "agr_ab", "agr_ba"}
    for key, measure in one.items():
        if key[3] not in directed:
            expected = two[key].value
            assert measure.value == (None if expected is None else pytest.approx(expected, abs=1e-6)), key
            assert (measure.n, measure.reason) == (two[key].n, two[key].reason)


@settings(max_examples=25)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_a_value_or_a_reason_and_the_same_every_time(several: list[ArticleAnnotations]) -> None:
    found = agreement(several, CODEBOOK, replicates=20)
    assert found == agreement(several, CODEBOOK, replicates=20)
    for measure in found:
        assert (measure.value is None) != (measure.reason is None), measure
        assert measure.value is None or measure.value <= 1 + 1e-12
        if measure.low is not None and measure.high is not None:
            assert measure.low <= measure.high


def test_different_annotators_are_refused() -> None:
    with pytest.raises(ValueError, match="two or more"):
        agreement([article(TEXT, [])], CODEBOOK)
