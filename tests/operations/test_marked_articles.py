"""What is read in columns is what whole records hold: the same arrays, and the same numbers to the last digit."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import projects
from support.projects import ANNA, BEN

from annotator.analysis.corpus import Corpus, corpus
from annotator.analysis.result import Level
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, AnnotationSet, Link, SetKind
from annotator.model.article import Article, ArticleWork
from annotator.model.codebook import Codebook
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span, fragments, joined
from annotator.operations.agreement import WITHOUT_DETAILS, article_alone, compared, measures_of
from annotator.project.opening import own_set, work_as
from annotator.project.project import Project

TEXT = "“Łódź waits 🙂,” Peskov said – e\u0301 in 2025.\nBerlin, too. Share"
TAGS = ("quote", "speaker", "location", "claim")
ENTITIES = [Entity(f"e{number}", EntityKind.PLACE, f"Place {number}") for number in range(2)]


@dataclass(frozen=True)
class Drawn:
    """An annotation to be: whose set, number of the article, tag, pieces, entity, choice of a value."""

    owner: int
    article: int
    tag: str
    pieces: tuple[Span, ...]
    entity: int | None
    choice: int | None


starts = st.integers(0, 2) | st.integers(0, len(TEXT) - 1)  # several begin at one place
spans = st.builds(lambda a, n: Span(a, min(a + n, len(TEXT))), starts, st.integers(1, 12))
drawn = st.builds(
    Drawn,
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from(TAGS),
    st.lists(spans, min_size=1, max_size=3).map(joined),
    st.none() | st.integers(0, 1),
    st.none() | st.integers(0, 2),
)


def made(path: Path, several: list[Drawn], furniture: list[Span]) -> Project:
    """Write a project: Anna, Ben, an import, and a fourth set that is never compared; the same place may come twice."""
    project = projects.new_project(path)
    articles = [projects.add(project, f"{TEXT} {number}\n", f"Article {number}") for number in range(3)]
    mine = own_set(project)
    work_as(project, BEN)
    theirs = own_set(project)
    assert mine is not None
    assert theirs is not None
    others = [AnnotationSet(uuid7(), name, SetKind.IMPORT) for name in ("machine", "never")]
    sets = [mine, theirs, *others]
    with project.edit("Make") as edit:
        for record in (*others, *ENTITIES):
            edit.add(record)
        book = project.cache.codebook
        first = project.read.get(Article, articles[0].uid)
        assert first is not None
        edit.replace(first, replace(first, furniture=joined(furniture)))
        genre = book.attribute_named(None, "genre")
        assert genre is not None
        edit.add(ArticleWork(uuid7(), first.uid, ANNA.uid, values=((genre.uid, genre.choices[0]),)))
        edit.add(ArticleWork(uuid7(), first.uid, BEN.uid, values=((genre.uid, genre.choices[1]),)))
        annotations = [annotation(one, sets, articles, book) for one in several]
        for one in reversed(annotations):  # the order of uids is not that of their adding
            edit.add(one)
        for link in links(annotations, book):
            edit.add(link)
    return project


def annotation(one: Drawn, sets: list[AnnotationSet], articles: list[Article], book: Codebook) -> Annotation:
    tag = book.tag_named(one.tag)
    assert tag is not None
    asked = next((attribute for attribute in book.attributes_of(tag.uid) if attribute.choices), None)
    values = () if asked is None or one.choice is None else ((asked.uid, asked.choices[one.choice % 2]),)
    return Annotation(
        uuid7(), articles[one.article].uid, tag.uid, sets[one.owner].uid, fragments(TEXT, one.pieces),
        (ANNA, BEN, BEN, BEN)[one.owner].uid, None if one.entity is None else ENTITIES[one.entity].uid, values,
    )  # fmt: skip


def links(annotations: list[Annotation], book: Codebook) -> list[Link]:
    """Lead every quote to every speaker of the same set and article."""
    quote, speaker = book.tag_named("quote"), book.tag_named("speaker")
    assert quote is not None
    assert speaker is not None
    return [
        Link(uuid7(), one.article, one.uid, other.uid, "speaker", one.annotator)
        for one in annotations
        for other in annotations
        if one.tag_type == quote.uid and other.tag_type == speaker.uid
        and (one.article, one.annotation_set) == (other.article, other.annotation_set)
    ]  # fmt: skip


def arrays(of: Corpus) -> list[list[int]]:
    columns = (of.unit_article, of.unit_coder, of.unit_tag, of.fragment_unit, of.fragment_start, of.fragment_stop)
    return [of.coders, of.tags, *(column.tolist() for column in columns)]


@settings(max_examples=25)
@given(st.lists(drawn, max_size=14), st.lists(spans, max_size=2), st.sampled_from([2, 3]))
def test_columns_are_what_whole_records_are(several: list[Drawn], furniture: list[Span], owners: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = made(Path(folder) / "made.annot", several, furniture)
        names = [one.uid for one in project.read.sets()]
        sets = [names[0], names[1], names[2]][:owners]
        chosen = {"sets": sets, "only_done": False}
        found, light = compared(project.read, **chosen), compared(project.read, **chosen, detailed=False)
        one_tag = compared(project.read, **chosen, tag="quote")
        contents = project.read.contents(project.read.all_article_uids())
        whole = tuple(article_alone(project.read, content, sets).articles[0] for content in contents)
        project.close()
    expected = replace(found, articles=whole, marks=None)
    for one, other in zip(found.articles, whole, strict=True):
        assert (one.text, one.furniture, one.links, one.values) == (
            other.text, other.furniture, other.links, other.values,
        )  # fmt: skip
        assert [[tuple(mark) for mark in mine] for mine in one.annotations] == [
            [(a.uid, a.tag_type, a.spans, a.entity, a.values) for a in mine] for mine in other.annotations
        ]
    for loaded in (found, light):
        assert arrays(loaded.corpus) == arrays(corpus(whole, found.codebook))
    assert (found.entities, found.unmatched_entities) == (expected.entities, expected.unmatched_entities)
    quick = {"replicates": 20, "with_gamma": len(several) < 5}
    measures = measures_of(expected, **quick)
    assert measures_of(found, **quick) == measures
    assert measures_of(light, **quick, levels=WITHOUT_DETAILS) == tuple(
        one for one in measures if one.level in WITHOUT_DETAILS
    )
    expected_of_tag = replace(one_tag, articles=whole, marks=None)
    assert measures_of(one_tag, **quick) == measures_of(expected_of_tag, **quick)
    assert sorted(map(repr, measures_of(one_tag, **quick))) == sorted(
        repr(one) for one in measures if one.tag == "quote"
    )


def test_what_was_not_read_is_refused(project: Project) -> None:
    article = projects.add(project)
    for who in (ANNA, BEN):
        work_as(project, who)
        projects.tag(project, article, "speaker", "Peskov")
    light = compared(project.read, only_done=False, detailed=False)
    assert not light.detailed
    assert (light.entities, light.unmatched_entities) == (0, 0)
    with pytest.raises(ValueError, match="have not been read"):
        measures_of(light)
    with pytest.raises(ValueError, match="only where the annotations are"):
        list(light.articles[0].annotations[0])
    assert {one.level for one in measures_of(light, levels={Level.TOKEN}, replicates=0)} == {Level.TOKEN}


def test_a_codebook_without_tags_has_nothing_to_compare(project: Project) -> None:
    projects.add(project)
    found = project.read.marked(project.read.all_article_uids(), ["one", "other"], [], first=0, detailed=True)
    assert len(found.records) == len(found.texts) == 1
    assert len(found.marks) == 0
