"""Searching everything: titles, texts, notes, attributes, entities and tags, each place with its context."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice

from annotator.model.content import SearchHit
from annotator.model.finding import Terms, is_unspaced, terms
from annotator.model.span import Span
from annotator.storage import search

CONTEXT = 40
"""Code points shown on each side of a place."""

_PER_ARTICLE = 5
_CANDIDATES = 400  # places looked at in one text
_PLACE = "SELECT annotation.uid, annotation.article, article.title, annotation.start, annotation.stop"
_FROM = " FROM annotation JOIN article ON article.uid = annotation.article WHERE "


def find_everywhere(connection: sqlite3.Connection, words: str, limit: int = 200) -> list[SearchHit]:
    """Return up to ``limit`` places where all the words stand together in one thing, titles first and texts last.

    Titles, notes, entities and tags take a quarter of the places each at most, so that texts are never crowded out.
    """
    wanted = terms(words)
    if not wanted.patterns:
        return []
    share = max(limit // 4, 1)
    hits: list[SearchHit] = []
    for group in (_titles(connection, words, wanted, share), _notes(connection, words, wanted, share),
                  _entities(connection, wanted, share), _tags(connection, wanted, share)):  # fmt: skip
        hits.extend(islice(group, min(share, limit - len(hits))))
    hits.extend(islice(_texts(connection, words, wanted, limit), limit - len(hits)))
    return hits


def articles_titled(connection: sqlite3.Connection, words: str, limit: int) -> list[str]:
    """Return the uids of articles with all these words in their title, newest import first."""
    condition, value = _title_condition(" ".join(words.replace('"', " ").split()))
    rows = connection.execute(f"SELECT uid FROM article WHERE {condition} ORDER BY id DESC LIMIT ?", (value, limit))
    return [uid for (uid,) in rows]


def _title_condition(words: str) -> tuple[str, str]:
    expression = search.match_expression(words)
    if is_unspaced(words) or not expression:
        return "title LIKE ? ESCAPE '\\'", search.like(words)
    condition = "id IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
    return condition, f"{{title}} : ({expression})"


def _titles(connection: sqlite3.Connection, words: str, wanted: Terms, limit: int) -> Iterator[SearchHit]:
    condition, value = _title_condition(words)
    for uid, title in connection.execute(
        f"SELECT uid, title FROM article WHERE {condition} ORDER BY id LIMIT ?", (value, limit)
    ).fetchall():
        first = next(wanted.spans(title), None)
        if first is not None and wanted.all_in(title):
            yield _hit(uid, title, "title", title, first[0], None)


def _texts(connection: sqlite3.Connection, words: str, wanted: Terms, limit: int) -> Iterator[SearchHit]:
    condition, values = search.article_condition(words)
    # Fetched at once, so that no transaction stays open while texts are looked through; some articles have the words
    # in their title only, and twice as many as places is enough for all practical purposes.
    for uid, title, sha256 in connection.execute(
        f"SELECT uid, title, sha256 FROM article WHERE {condition} ORDER BY id LIMIT ?", (*values, 2 * limit)
    ).fetchall():
        text = search.text_of(connection, sha256)
        for span in _best(wanted, text):
            yield _hit(uid, title, "text", text, span, span)


def _best(wanted: Terms, text: str) -> list[Span]:
    """Return the places of one text that show most of the terms in one context, in text order."""
    places: list[tuple[Span, set[int]]] = []
    for span, term in islice(wanted.spans(text), _CANDIDATES):
        if places and span.stop <= places[-1][0].stop + CONTEXT:
            places[-1][1].add(term)
        else:
            places.append((span, {term}))
    places.sort(key=lambda place: (-len(place[1]), place[0]))
    return sorted(span for span, _ in places[:_PER_ARTICLE])


def _notes(connection: sqlite3.Connection, words: str, wanted: Terms, share: int) -> Iterator[SearchHit]:
    for uid, _, note, values in search.annotations_with(connection, words, share):
        row = connection.execute(f"{_PLACE}{_FROM} annotation.uid = ?", (uid,)).fetchone()
        for where, text in (("note", note), ("attribute", values)):
            first = next(wanted.spans(text), None)
            if first is not None:
                yield _at_annotation(row, where, text, first[0])
                break


def _entities(connection: sqlite3.Connection, wanted: Terms, share: int) -> Iterator[SearchHit]:
    for uid, name, aliases in connection.execute("SELECT uid, name, aliases FROM entity ORDER BY id").fetchall():
        names = [one for one in (name, *json.loads(aliases)) if wanted.all_in(one)]
        if names:
            yield from _annotations(connection, "entity", uid, "entity", names[0], share)


def _tags(connection: sqlite3.Connection, wanted: Terms, share: int) -> Iterator[SearchHit]:
    for uid, label in connection.execute("SELECT uid, label FROM tag_type ORDER BY position, id").fetchall():
        if wanted.all_in(label):
            yield from _annotations(connection, "tag_type", uid, "tag", label, share)


def _annotations(
    connection: sqlite3.Connection, column: str, uid: str, where: str, name: str, share: int
) -> Iterator[SearchHit]:
    """Yield the first annotations that bear an entity or a tag type, each with its own words behind the name."""
    # Fetched at once: what is read only in part keeps the file from being written to for as long as it is kept.
    for row in connection.execute(
        f"{_PLACE}, annotation.text{_FROM} annotation.{column} = ? ORDER BY annotation.id LIMIT ?", (uid, share)
    ).fetchall():
        after = " ".join(row[5].split())
        after = after if len(after) <= 2 * CONTEXT else f"{after[: 2 * CONTEXT]}…"
        yield SearchHit(row[1], row[2], where, Span(row[3], row[4]), "", name, f" · {after}", row[0])


def _at_annotation(row: tuple[str, str, str, int, int], where: str, text: str, found: Span) -> SearchHit:
    uid, article, title, start, stop = row
    return _hit(article, title, where, text, found, Span(start, stop), uid)


def _hit(
    article: str, title: str, where: str, text: str, found: Span, span: Span | None, annotation: str | None = None
) -> SearchHit:
    """Cut a place with its context out of a text; line ends become blanks, cut ends an ellipsis."""
    start, stop = max(found.start - CONTEXT, 0), min(found.stop + CONTEXT, len(text))
    before = ("…" if start else "") + text[start : found.start]
    after = text[found.stop : stop] + ("…" if stop < len(text) else "")
    return SearchHit(article, title, where, span, _line(before), found.of(text), _line(after), annotation)


def _line(text: str) -> str:
    return text.replace("\n", " ")
