"""Rows of the export views, for the tables that leave the program: some articles at a time, so that no read is long."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from annotator.storage.records import Row, quoted

_ORDERS = {
    "export_articles": "article_uid",
    "export_work": "article_uid, annotator_uid",
    "export_annotations": "article_uid, start, stop DESC, annotation_uid",
    "export_quotes": "article_uid, start, stop DESC, quote_uid",
    "export_claims": "article_uid, start, stop DESC, claim_uid",
    "export_links": "article_uid, from_start, from_stop DESC, from_uid, role, to_start, to_stop DESC, link_uid",
    "export_verdicts": "article_uid, start, stop DESC, annotation_uid, created, verdict_uid",
}
"""Articles in the order of their uids, which is that of their import; then the order of the text."""


class Chosen(Struct, frozen=True):
    """What of a project leaves it, as uids; empty means everything. ``articles`` None means all of them."""

    annotators: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    articles: frozenset[str] | None = None

    @property
    def narrows(self) -> bool:
        """Tell whether anything is left out."""
        return self != Chosen()


class ExportRows:
    """Queries over the export views; use each from the thread of its connection only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Read within one transaction, so that everything in the block is one state of the file."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def article_uids(self, chosen: Chosen) -> list[str]:
        """Return the chosen articles that the project holds, in order."""
        rows = self._connection.execute("SELECT uid FROM article ORDER BY uid")
        return [uid for (uid,) in rows if chosen.articles is None or uid in chosen.articles]

    def rows(self, view: str, columns: Sequence[str], articles: Sequence[str], chosen: Chosen) -> list[Row]:
        """Return the rows of these articles, in article then text order.

        The annotators and sets narrow every view of annotations and of what hangs on them.
        """
        conditions = ["article_uid IN (SELECT value FROM json_each(?))"]
        values = [json.dumps(list(articles))]
        if view == "export_work":
            _narrow(conditions, values, "annotator_uid", chosen.annotators)
        elif view != "export_articles":
            _narrow(conditions, values, "annotator_uid", chosen.annotators)
            _narrow(conditions, values, "annotation_set_uid", chosen.sets)
        names = ", ".join(quoted(column) for column in columns)
        statement = f"SELECT {names} FROM {view} WHERE {' AND '.join(conditions)} ORDER BY {_ORDERS[view]}"
        return self._connection.execute(statement, values).fetchall()

    def entity_rows(self, columns: Sequence[str], chosen: Chosen) -> list[Row]:
        """Return the entities in the order of their uids; only those that the chosen annotations bear, if narrowed.

        Then ``mentions`` counts the chosen annotations.
        """
        counts = self._mentions(chosen) if chosen.narrows else {}
        names = ", ".join(quoted(column) for column in ("entity_uid", *columns))
        found: list[Row] = []
        at = columns.index("mentions")
        for uid, *cells in self._connection.execute(f"SELECT {names} FROM export_entities ORDER BY entity_uid"):
            if chosen.narrows:
                if uid not in counts:
                    continue
                cells[at] = counts[uid]
            found.append(tuple(cells))
        return found

    def _mentions(self, chosen: Chosen) -> dict[str, int]:
        conditions, values = ["entity IS NOT NULL"], list[str]()
        _narrow(conditions, values, "annotator", chosen.annotators)
        _narrow(conditions, values, "annotation_set", chosen.sets)
        if chosen.articles is not None:
            conditions.append("article IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(chosen.articles)))
        statement = f"SELECT entity, count(*) FROM annotation WHERE {' AND '.join(conditions)} GROUP BY entity"
        return dict(self._connection.execute(statement, values).fetchall())

    def extra_fields(self, chosen: Chosen) -> list[tuple[str, ...]]:
        """Return each chosen article's extra fields by name, in article order, without those that have none."""
        rows = self._connection.execute("SELECT uid, extra FROM article WHERE extra <> '[]' ORDER BY uid")
        return [
            tuple(field for field, _ in json.loads(extra))
            for uid, extra in rows
            if chosen.articles is None or uid in chosen.articles
        ]

    def work_notes(self, chosen: Chosen) -> set[tuple[str, str]]:
        """Return (annotator, ``assigned``, ``memo`` or ``reviewed``) of every pair that a chosen article has."""
        rows = self._connection.execute(
            "SELECT article, annotator, assigned, memo, reviewed FROM article_work"
            " WHERE assigned <> 0 OR memo <> '' OR reviewed <> 0"
        )
        found: set[tuple[str, str]] = set()
        for article, annotator, *notes in rows:
            if chosen.articles is None or article in chosen.articles:
                names = zip(("assigned", "memo", "reviewed"), notes, strict=True)
                found |= {(annotator, name) for name, said in names if said}
        return found

    def codebook_rows(self) -> list[Row]:
        """Return the codebook as the view ``export_codebook`` shows it."""
        return self._connection.execute("SELECT * FROM export_codebook").fetchall()


def _narrow(conditions: list[str], values: list[str], column: str, uids: frozenset[str]) -> None:
    if uids:
        conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(uids)))
