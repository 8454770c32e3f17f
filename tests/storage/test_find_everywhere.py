from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article, text_hash, word_count
from annotator.model.codebook import AttributeKind
from annotator.model.content import SearchHit
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span, fragments
from annotator.operations.articles import add_articles
from annotator.project.opening import create_project, own_set, work_as
from annotator.project.project import Project
from annotator.storage import search

TEXT = (
    "The port strike goes on.\n“Not a single ship,” Ana Marin said at the café. " + "Nothing else. " * 12 + "A strike."
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = create_project(tmp_path / "p.annot", shipped_codebook("news"))
    work_as(made, Annotator(uuid7(), "Anna"))
    add(made, "Strike at the port", TEXT)
    add(made, "Night trains", "外交部发言人说。 No strike here.")
    yield made
    made.close()


def add(project: Project, title: str, text: str) -> Article:
    article = Article(uuid7(), title, text_hash(text), len(text), word_count(text))
    return add_articles(project, [(article, text)]).articles[0]


def tag(project: Project, label: str, words: str, **fields: object) -> Annotation:
    article = next(a for a in project.read.all(Article) if a.title == "Strike at the port")
    kind = next(t for t in project.cache.codebook.tag_types if t.label == label)
    start = TEXT.index(words)
    mine = own_set(project)
    assert mine is not None
    pieces = fragments(TEXT, [Span(start, start + len(words))])
    made = Annotation(uuid7(), article.uid, kind.uid, mine.uid, pieces, project.annotator.uid)
    made = replace(made, **fields)  # type: ignore[arg-type]
    with project.edit("Tag") as edit:
        edit.add(made)
    return made


def hits(project: Project, words: str, where: str = "", limit: int = 200) -> list[SearchHit]:
    return [hit for hit in project.read.find_everywhere(words, limit) if where in ("", hit.where)]


def test_titles_and_texts_with_their_context(project: Project):
    (title,) = hits(project, "strike", "title")
    assert (title.title, title.before, title.words, title.span) == ("Strike at the port", "", "Strike", None)
    first, last, other = hits(project, "strike", "text")
    assert (first.before, first.words) == ("The port ", "strike")
    assert first.after == " goes on. “Not a single ship,” Ana Marin…"
    assert last.before.startswith("…") and last.span == Span(len(TEXT) - 7, len(TEXT) - 1)
    assert other.title == "Night trains"


def test_all_words_must_be_there_and_the_best_place_is_shown(project: Project):
    assert [hit.words for hit in hits(project, "strike port", "text")] == ["port", "strike"]
    assert hits(project, "strike nowhere") == []
    assert hits(project, "  ") == []
    assert len(hits(project, "cafe", "text")) == 1
    assert [hit.words for hit in hits(project, "外交部", "text")] == ["外交部"]


def test_notes_and_attributes_lead_to_their_annotation(project: Project):
    codebook = project.cache.codebook
    claim = next(t for t in codebook.tag_types if t.label == "Claim")
    asked = next(a for a in codebook.attributes_of(claim.uid) if a.kind is AttributeKind.TEXT)
    noted = tag(project, "Quote", "“Not a single ship,”", note="Check the zeppelin\nsource")
    (hit,) = hits(project, "zeppelin", "note")
    assert (hit.annotation, hit.before, hit.after) == (noted.uid, "Check the ", " source")
    assert hit.span == Span(noted.start, noted.stop)
    valued = tag(project, "Claim", "The port", note="Why?", values=((asked.uid, "in a balloon"),))
    (hit,) = hits(project, "balloon")
    assert (hit.where, hit.annotation, hit.words, hit.before) == ("attribute", valued.uid, "balloon", "in a ")


def test_entities_and_tags_show_their_annotations(project: Project):
    ana = Entity(uuid7(), EntityKind.NAMED_PERSON, "Ana Marin", aliases=("The spokeswoman",))
    with project.edit("Add") as edit:
        edit.add(ana)
    made = tag(project, "Speaker", "Ana Marin", entity=ana.uid)
    (hit,) = hits(project, "spokeswoman", "entity")
    assert (hit.annotation, hit.words, hit.after) == (made.uid, "The spokeswoman", " · Ana Marin")
    (hit,) = hits(project, "speak", "tag")
    assert (hit.words, hit.span) == ("Speaker", Span(made.start, made.stop))
    tag(project, "Claim", TEXT[:200])
    assert hits(project, "claim", "tag")[0].after.endswith("…")


def test_the_number_of_places_is_capped_and_texts_keep_their_share(project: Project):
    for number in range(12):
        add(project, f"Strike {number}", f"The strike number {number}.")
    found = hits(project, "strike", limit=8)
    assert len(found) == 8
    assert [hit.where for hit in found] == ["title"] * 2 + ["text"] * 6


def test_articles_by_title(project: Project):
    def titled(words: str, limit: int = 9) -> list[str]:
        return [article.title for article in project.read.articles_titled(words, limit)]

    add(project, "Strike ends", "It ends.")
    assert titled("stri") == ["Strike ends", "Strike at the port"]
    assert titled("stri", 1) == ["Strike ends"]
    assert titled("port stri") == ["Strike at the port"]
    assert titled('port "stri') == ["Strike at the port"]
    assert titled("ship") == titled("%") == titled("外交部") == []


def test_what_the_index_alone_takes_for_the_word_is_no_place(project: Project):
    word = "\u1982\u19b1"  # SQLite's tables end the word before this vowel sign, Unicode's do not
    tag(project, "Quote", "The port", note=word)
    assert [hit.words for hit in hits(project, word, "note")] == [word]
    assert hits(project, '"\u1982"') == []


def test_a_title_in_which_a_word_only_ends_is_not_found(project: Project):
    add(project, "Beta 外交", "Nothing.")
    assert [hit.title for hit in hits(project, "beta 外交", "title")] == ["Beta 外交"]
    assert hits(project, "ta 外交", "title") == []


def test_a_commit_goes_through_while_a_worker_looks_into_texts(project: Project, monkeypatch: pytest.MonkeyPatch):
    """Of what bears a tag or an entity only some is shown; the rest must not be waiting to be read meanwhile."""
    add(project, "Quotes", "A quote is a quote.")
    for words in ("Not", "single", "ship"):
        tag(project, "Quote", words)
    text_of, committed = search.text_of, []

    def read_and_commit(connection: sqlite3.Connection, sha256: str) -> str:
        found = text_of(connection, sha256)
        if connection is not project.read._connection:
            committed.append(tag(project, "Quote", "Ana Marin"))
        return found

    monkeypatch.setattr(search, "text_of", read_and_commit)
    with project.worker_reader() as read:
        found = read.find_everywhere("quote", 8)
    assert [hit.where for hit in found] == ["title", "tag", "tag", "text"]
    assert len(committed) == 1
