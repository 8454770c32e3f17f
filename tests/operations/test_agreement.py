from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.projects import ANNA, BEN, add, content, tag, tag_uid
from support.two_annotators import AGREED, B, reviewed_project
from support.worked_passage import ARTICLE, uid

from annotator.analysis.result import Level, Measure, Reason
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.changes import Kind
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span
from annotator.operations import linking, reviewing
from annotator.operations.adjudicated_set import ADJUDICATED_UID
from annotator.operations.agreement import (
    NotComparableError,
    article_alone,
    comparable_sets,
    compared,
    measures_of,
)
from annotator.operations.articles import set_status
from annotator.project.opening import work_as
from annotator.project.project import Project

BEN_OF_PASSAGE = uid("a000", 2)
Key = tuple[str, str | None, str | None, str]


def by_key(measures: tuple[Measure, ...]) -> dict[Key, Measure]:
    return {(str(one.level), one.tag, one.attribute, one.measure): one for one in measures}


@pytest.fixture
def passage(tmp_path: Path):
    """Anna's and Ben's passage; Carol, who reviews, is at work. Nobody has marked it done."""
    project = reviewed_project(tmp_path / "passage.annot")
    yield project
    project.close()


def done(project: Project, who: Annotator, *articles: Article | str) -> None:
    """Have somebody mark articles done."""
    before = project.annotator
    project.annotator = who
    for one in articles:
        set_status(project, one if isinstance(one, str) else one.uid, Status.DONE)
    project.annotator = before


# -- values -----------------------------------------------------------------------------------------------


def test_the_worked_passage_by_hand(passage: Project):
    """Anna and Ben have 17 annotations each; 14 pairs are exact (Q1 differs), 15 overlap; K2, A1, A1, X1 are alone.

    Of 73 tokens Anna's speakers cover 4 + 1 + 1 + 5 = 11, Ben's 10 of them (not "reporters"): A_o = 72 / 73,
    A_e = (11 * 10 + 62 * 63) / 73^2 = 4016 / 5329, kappa = (5256 - 4016) / (5329 - 4016) = 1240 / 1313.
    Entities of the three speakers both have: P, P, M by Anna and P, M, M by Ben: A_o = 2/3, A_e = (2 + 2) / 9, so 0.4.
    """
    found = by_key(measures_of(compared(passage.read, only_done=False)))
    assert found["span", None, None, "f1_exact"].value == pytest.approx(2 * 14 / 34)
    assert found["span", None, None, "f1_overlap"].value == pytest.approx(2 * 15 / 34)
    assert found["span", "quote", None, "f1_exact"].value == pytest.approx(0.75)
    assert found["span", "cue", None, "agr_ab"].value == pytest.approx(0.75)
    assert found["span", None, None, "f1_exact"].n == 34
    kappa = found["token", "speaker", None, "cohen_kappa"]
    assert (kappa.value, kappa.n) == (pytest.approx(1240 / 1313), 73)
    assert found["token", "speaker", None, "observed"].value == pytest.approx(72 / 73)
    entity = found["entity", "speaker", None, "cohen_kappa"]
    assert (entity.value, entity.n, entity.matched) == (pytest.approx(0.4), 3, pytest.approx(6 / 7))
    assert found["link", "quote", "speaker", "cohen_kappa"].value == 1
    assert len(AGREED) + 4 == 15


def test_what_is_undefined_has_its_reason_and_no_number(passage: Project):
    found = by_key(measures_of(compared(passage.read, only_done=False)))
    medium, genre = (
        found["attribute", "quote", "medium", "cohen_kappa"],
        found["attribute", None, "genre", "cohen_kappa"],
    )
    assert (medium.value, medium.reason) == (None, Reason.ONE_CATEGORY)
    assert (genre.value, genre.reason, genre.n) == (None, Reason.NOTHING_COMPARED, 0)
    assert all((one.value is None) == (one.reason is not None) for one in found.values())
    assert all(one.low is None and one.high is None for one in found.values())


def test_one_tag_has_the_numbers_it_has_among_all(passage: Project):
    loaded = compared(passage.read, only_done=False)
    for name in ("quote", "speaker"):
        alone = compared(passage.read, only_done=False, tag=name)
        expected = [one for one in measures_of(loaded) if one.tag == name]
        assert sorted(map(repr, measures_of(alone))) == sorted(map(repr, expected))
    assert {one.level for one in measures_of(compared(passage.read, only_done=False, tag="quote"))} == {
        Level.SPAN, Level.TOKEN, Level.ATTRIBUTE, Level.LINK,
    }  # fmt: skip
    by_uid = compared(passage.read, only_done=False, tag=tag_uid(passage, "quote"))
    assert by_uid.tag is not None
    assert by_uid.tag.name == "quote"
    assert {a.tag_type for made in by_uid.shown[0].annotations for a in made} == {by_uid.tag.uid}


def test_identical_sets_agree_wholly_and_have_intervals_of_1(project: Project, article: Article):
    second = add(project, "“We wait,” Vienna said. Berlin agreed: “So do we.”\n", "Waiting")
    for who in (ANNA, BEN):
        work_as(project, who)
        quotes = [tag(project, article, "quote", "“The talks go on,”"), tag(project, second, "quote", "“We wait,”")]
        tag(project, second, "quote", "“So do we.”")
        speakers = [tag(project, article, "speaker", "Peskov"), tag(project, second, "speaker", "Vienna")]
        for one, quote, speaker in zip((article, second), quotes, speakers, strict=True):
            linking.link(project, content(project, one), quote, speaker, "speaker")
        done(project, who, article, second)
    loaded = compared(project.read)
    assert (loaded.names, len(loaded.articles), loaded.left_out) == (("Anna", "Ben"), 2, 0)
    measures = measures_of(loaded)
    defined = [one for one in measures if one.value is not None]
    assert {one.value for one in defined} == {1.0}
    assert {(one.low, one.high) for one in defined if one.tag == "quote" and one.level is Level.TOKEN} == {(1.0, 1.0)}
    assert {one.reason for one in measures if one.tag == "claim" and one.level is Level.SPAN} == {Reason.EMPTY}


# -- articles ---------------------------------------------------------------------------------------------


def test_articles_count_that_everybody_has_marked_done(project: Project, article: Article):
    second, third = add(project, "Vienna waits.\n", "Waiting"), add(project, "Rome too.\n", "Rome")
    for who, some in ((ANNA, (article, second, third)), (BEN, (second,))):
        work_as(project, who)
        tag(project, article, "speaker", "Berlin")
        done(project, who, *some)
    told: list[tuple[int, int]] = []
    loaded = compared(project.read, after_each=lambda at, total: told.append((at, total)))
    assert [one.title for one in loaded.records] == ["Waiting"]
    assert [one.text for one in loaded.articles] == ["Vienna waits.\n"]
    assert (loaded.left_out, loaded.only_done, told) == (2, True, [(1, 3), (2, 3), (3, 3)])
    everything = compared(project.read, only_done=False)
    assert (len(everything.articles), everything.left_out, everything.only_done) == (3, 0, False)


def test_what_is_loaded_is_each_ones_own(passage: Project):
    with passage.edit("Furniture") as edit:
        old = passage.read.get(Article, ARTICLE)
        assert old is not None
        edit.replace(old, replace(old, furniture=(Span(0, 7),)))
        genre = passage.cache.codebook.attribute_named(None, "genre")
        assert genre is not None
        edit.add(ArticleWork(uuid7(), ARTICLE, BEN_OF_PASSAGE, values=((genre.uid, "news"),)))
    (article,) = compared(passage.read, ["Ben", "Anna"], only_done=False).articles
    stored = content(passage, ARTICLE).annotations
    owners = [{stored[one.uid].annotation_set for one in made} for made in article.annotations]
    assert owners == [{B}, {uid("a001", 1)}]
    assert [{one.annotator for one in links} for links in article.links] == [{BEN_OF_PASSAGE}, {uid("a000", 1)}]
    assert [len(links) for links in article.links] == [13, 15]
    assert article.values == (((genre.uid, "news"),), ())
    assert article.furniture == (Span(0, 7),)


def test_no_article_is_no_error_but_undefined(passage: Project):
    loaded = compared(passage.read)
    assert (loaded.articles, loaded.left_out) == ((), 1)
    measures = measures_of(loaded)
    assert measures
    assert all(one.value is None and one.reason and not one.n for one in measures)


def test_entities_are_counted_and_those_of_one_only(passage: Project):
    loaded = compared(passage.read, only_done=False)
    assert (loaded.entities, loaded.unmatched_entities) == (6, 0)
    alone = compared(passage.read, only_done=False, tag="speaker")  # the reporters are no speaker to Ben
    assert (alone.entities, alone.unmatched_entities) == (3, 1)


# -- who --------------------------------------------------------------------------------------------------


def test_without_names_everybody_who_has_worked_is_compared_and_no_bystander(passage: Project):
    assert passage.annotator.name == "Carol"
    assert len(passage.cache.sets) == 3
    assert compared(passage.read).names == ("Anna", "Ben")
    done(passage, passage.annotator, ARTICLE)
    assert compared(passage.read).names == ("Anna", "Ben", "Carol")


def test_sets_go_by_name_or_uid_and_each_is_there_once(passage: Project):
    assert compared(passage.read, ["Ben"], ["Anna", B]).names == ("Ben", "Anna")
    assert compared(passage.read, [BEN_OF_PASSAGE, "Carol"]).names == ("Ben", "Carol")


def test_the_adjudicated_set_is_compared_where_something_is_settled(passage: Project):
    done(passage, passage.cache.annotators[uid("a000", 1)], ARTICLE)
    final = AnnotationSet(ADJUDICATED_UID, "final", SetKind.ADJUDICATED)
    with passage.edit("Make the set") as edit:
        edit.add(final)
    assert compared(passage.read, ["Anna"], ["adjudicated"]).left_out == 1
    assert compared(passage.read, ["Anna"], ["adjudicated"], only_done=False).left_out == 0
    reviewing.mark_reviewed(passage, ARTICLE)
    loaded = compared(passage.read, ["Anna"], ["final"])
    assert (loaded.names, loaded.left_out) == (("Anna", "final"), 0)
    assert loaded.articles[0].values == ((), ())
    found = by_key(measures_of(loaded, with_gamma=False, replicates=0))
    assert found["span", None, None, "recall_exact"].value == 0
    assert found["span", None, None, "precision_exact"].reason == Reason.ONE_SIDE
    assert ("span", None, None, "gamma") not in found


def test_an_annotation_in_the_adjudicated_set_settles_it(passage: Project):
    done(passage, passage.cache.annotators[uid("a000", 1)], ARTICLE)
    with passage.edit("Take one") as edit:
        edit.add(AnnotationSet(ADJUDICATED_UID, "adjudicated", SetKind.ADJUDICATED))
        one = next(a for a in content(passage, ARTICLE).annotations.values() if a.annotation_set == B)
        edit.add(replace(one, uid=uuid7(), annotation_set=ADJUDICATED_UID))
    assert compared(passage.read, ["Anna"], ["adjudicated"]).left_out == 0


def test_sets_of_an_import_have_nobody_to_ask(passage: Project):
    done(passage, passage.cache.annotators[uid("a000", 1)], ARTICLE)
    with passage.edit("Import") as edit:
        edit.add(AnnotationSet(uuid7(), "Anna", SetKind.IMPORT))
        edit.add(AnnotationSet(uuid7(), "brat", SetKind.IMPORT))
    loaded = compared(passage.read, ["Anna"], ["brat"])
    assert (loaded.names, loaded.left_out) == (("Anna", "brat"), 0)
    imported = next(one.uid for one in passage.read.sets() if one.kind is SetKind.IMPORT and one.name == "Anna")
    assert compared(passage.read, ["Anna"], ["brat", imported]).names == ("Anna", "brat", "Anna (2)")


@pytest.mark.parametrize(
    ("annotators", "sets", "tag_name", "said"),
    [
        (["Dora"], [], None, "There is no annotator ‘Dora’ in this project; there are: Anna, Ben, Carol."),
        (["Anna"], ["gold"], None, "There is no annotation set ‘gold’ in this project; there are: Anna, Ben, Carol."),
        ([], [], "qoute", "There is no tag ‘qoute’ in this project; there are: claim, cue, location, quote, speaker."),
        (["Anna"], [], None, "and this is one. There is work of: Anna, Ben. Name two of them"),
        (["Anna", "Anna"], ["Anna"], None, "Agreement needs two annotators or sets, and this is one."),
    ],
)
def test_what_cannot_be_compared_is_told(
    passage: Project, annotators: list[str], sets: list[str], tag_name: str | None, said: str
):
    with pytest.raises(NotComparableError) as caught:
        compared(passage.read, annotators, sets, tag=tag_name)
    assert said in str(caught.value)


def test_nobody_has_worked_yet(project: Project):
    with pytest.raises(NotComparableError, match=r"this is none\. There is work of: nobody yet"):
        compared(project.read)


def test_two_of_one_name_are_told_apart_by_uid(passage: Project):
    other = Annotator(uuid7(), "Ben")
    with passage.edit("Another Ben") as edit:
        edit.add(other)
    with pytest.raises(NotComparableError) as caught:
        compared(passage.read, ["Anna", "Ben"])
    several = f"Several annotators are called ‘Ben’. Name one by its uid: {BEN_OF_PASSAGE}, {other.uid}."
    assert str(caught.value) == several
    with pytest.raises(NotComparableError, match="has no annotation set in this project"):
        compared(passage.read, ["Anna", other.uid])


# -- one state --------------------------------------------------------------------------------------------


def test_it_begins_again_when_somebody_writes_meanwhile(project: Project, article: Article):
    for who in (ANNA, BEN):
        work_as(project, who)
        tag(project, article, "speaker", "Berlin")
    rounds = 0

    def write(_done: int, _total: int) -> None:
        nonlocal rounds
        rounds += 1
        if rounds < 2:
            tag(project, article, "speaker", "Peskov")

    with project.worker_reader() as read:
        loaded = compared(read, only_done=False, after_each=write)
    assert rounds == 2
    assert [len(made) for made in loaded.articles[0].annotations] == [1, 2]


def test_it_reads_in_one_go_when_somebody_writes_all_the_time(project: Project, article: Article, monkeypatch):
    for who in (ANNA, BEN):
        work_as(project, who)
        tag(project, article, "speaker", "Berlin")
    asked: list[int] = []
    monkeypatch.setattr(project.read, "kinds_since", lambda sequence: asked.append(sequence) or {Kind.ANNOTATION})
    monkeypatch.setattr(project.read, "all_article_uids", lambda: [article.uid, "gone"])
    loaded = compared(project.read, only_done=False)
    assert len(loaded.articles) == 1
    assert len(asked) == 3


def test_verdicts_given_meanwhile_are_of_no_consequence(project: Project, article: Article):
    """A reviewer decides every few seconds: beginning again each time, it would have to lock them out in the end."""
    for who in (ANNA, BEN):
        work_as(project, who)
        tagged = tag(project, article, "speaker", "Berlin")
    rounds = 0

    def decide(_done: int, _total: int) -> None:
        nonlocal rounds
        rounds += 1
        with project.edit("Accept") as edit:
            edit.add(Verdict(uuid7(), article.uid, tagged.uid, BEN.uid, Decision.ACCEPTED))

    with project.worker_reader() as read:
        loaded = compared(read, only_done=False, after_each=decide)
    assert (rounds, len(loaded.articles)) == (1, 1)


def test_what_can_be_compared_is_who_has_worked_then_imports_then_the_adjudicated_set(project: Project) -> None:
    text = add(project, "Vienna waits for Berlin.\n", "Vienna")
    assert comparable_sets(project.read) == []
    tag(project, text, "location", "Vienna")
    work_as(project, Annotator(uuid7(), "Carol"))  # has come by, and done nothing
    work_as(project, BEN)
    set_status(project, text.uid, Status.DONE)
    final = AnnotationSet(ADJUDICATED_UID, "Adjudicated", SetKind.ADJUDICATED)
    assert [one.name for one in comparable_sets(project.read)] == ["Anna", "Ben"]
    settled = replace(next(project.read.annotations(text.uid)), uid=uuid7(), annotation_set=final.uid)
    imported = AnnotationSet(uuid7(), "From elsewhere", SetKind.IMPORT)
    with project.edit("Import") as edit:
        edit.add(final)
        edit.add(imported)
        edit.add(settled)
        edit.add(replace(settled, uid=uuid7(), annotation_set=imported.uid))
    found = comparable_sets(project.read)
    assert [one.kind for one in found] == [SetKind.PERSON, SetKind.PERSON, SetKind.IMPORT, SetKind.ADJUDICATED]


def test_an_article_alone_has_its_own_numbers_done_or_not(project: Project) -> None:
    text = add(project, "Vienna waits for Berlin.\n", "Vienna")
    tag(project, text, "location", "Vienna")
    work_as(project, BEN)
    tag(project, text, "location", "Vienna")
    tag(project, text, "location", "Berlin")
    shown = content(project, text)
    sets = [one.uid for one in comparable_sets(project.read)]
    alone = article_alone(project.read, shown, sets)
    among_all = compared(project.read, sets=sets, only_done=False)
    assert (alone.names, alone.records, alone.only_done) == (among_all.names, among_all.records, among_all.only_done)
    assert measures_of(alone) == measures_of(among_all)
    assert article_alone(project.read, shown, sets, "location").tag == project.cache.codebook.tag_named("location")
    with pytest.raises(NotComparableError):
        article_alone(project.read, shown, sets[:1])
