"""A colleague's file read beside mine: every row once, for damage, for its hash and for whether mine is the same.

Most rows of a large file are those that went out or came in before, and SQLite compares them: what stands just so in
mine too and was not changed in theirs since is settled, and not read any further. Nearly all others are annotations of
one fragment. What such a row must say follows from its place and the article's text, so it is composed from them and
compared as a whole, without parsing anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from annotator.model import manifest
from annotator.model.annotation import Annotation, Confidence, Link
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Kind, Record
from annotator.model.codebook import Codebook
from annotator.model.hand_out import HandOut
from annotator.model.manifest import Hashes
from annotator.model.merge_codebook import codebook_of
from annotator.model.merge_plan import CODEBOOK, Settled
from annotator.model.references import Key, keys_referred_to
from annotator.model.review import Verdict
from annotator.model.span import CONTEXT, Fragment
from annotator.model.values import Values
from annotator.storage import alike, backups, check_records, records
from annotator.storage.alike import Scout, Stretch
from annotator.storage.connection import Connection
from annotator.storage.search import text_of

_TEXTS = 256
_quote = json.encoder.encode_basestring
_LARGE = (Kind.ANNOTATION, Kind.LINK)
_CONFIDENCES: dict[str, Confidence] = {member.value: member for member in Confidence}

Cells = tuple[Any, ...]


class Beside:
    """What was read, in the order of their file.

    ``state`` are their records and ``hashes`` what a manifest says of them. ``same`` are those that stand in my file
    just so, ``differing`` are the keys under which mine has something else. What is ``settled`` is in none of these.
    """

    def __init__(self, connection: Connection, mine: Path, agreed: Hashes, made: HandOut | None) -> None:
        """Read by a connection to their file; ``agreed`` is the base since the handing out ``made``."""
        self.state: dict[Key, Record] = {}
        self.hashes: dict[Key, str] = {}
        self.same: dict[Key, Record] = {}
        self.differing: set[Key] = set()
        self.settled = Settled()
        self._agreed = agreed
        self._connection = connection
        self._rows_read = 0
        self._awaited: list[Key] = []
        self._codebook = Codebook()
        self._mine = mine
        self._stretches: dict[Kind, Future[list[Stretch]]] = {}
        alike.attach(connection, mine)
        self._touched = None if made is None else self._touched_since(made)

    def _touched_since(self, made: HandOut) -> set[str] | None:
        """Return the uids of what they have changed since the handing out; None where their history is another.

        What they have only made is not among them: it is as it was when it came into the base.
        """
        (since,) = self._connection.execute(
            "SELECT min(sequence) FROM main.history WHERE kind = ? AND uid = ?", (Kind.HAND_OUT, made.uid)
        ).fetchone()
        if since is None:
            return None
        found = self._connection.execute(
            "SELECT uid FROM main.history WHERE sequence > ? AND before IS NOT NULL", (since,)
        )
        return {uid for (uid,) in found.fetchall()}

    def read(self, kinds: Iterable[Kind]) -> None:
        """Read the records of some kinds, those of the codebook first.

        Raises ValueError, TypeError, KeyError, AttributeError or IndexError where anything is not as it must be:
        ``check_file`` says what it is.
        """
        kinds = tuple(kinds)
        with Scout(self._connection.path, self._mine) as scout:
            for kind in _LARGE if self._touched is not None else ():
                self._stretches[kind] = scout.begin(partial(alike.compared, kind=kind))
            sound = scout.begin(partial(_look_at_tables, kinds=kinds))
            _demand(next(backups.wrong_texts(self._connection), None) is None)
            for kind in kinds:
                if kind is Kind.ANNOTATION:
                    self._read_annotations()
                else:
                    self._read_others(kind)
            sound.result()
        self.read_after_all(self._awaited)
        _demand(all(key in self.state for key in self._awaited))
        # Or a uid is there twice.
        _demand(len(self.state) + len(self.settled) == self._rows_read and self.state.keys().isdisjoint(self.settled))

    def read_after_all(self, keys: Iterable[Key]) -> None:
        """Read those of these records that are settled, for somebody asks what they say."""
        asked: dict[Kind, list[str]] = {}
        for key in dict.fromkeys(keys):
            if key in self.settled:
                asked.setdefault(key[0], []).append(key[1])
        for kind, uids in asked.items():
            stored = records.table(kind)
            found = self._connection.execute(
                f"{stored.select} WHERE uid IN (SELECT value FROM json_each(?))", (json.dumps(uids),)
            ).fetchall()
            _demand(len(found) == len(uids))
            self.take_up(stored.decode(row) for row in found)

    def take_up(self, settled: Iterable[Record]) -> None:
        """Let these records, which are settled, stand among the others: somebody asks what they say."""
        for record in settled:
            key = manifest.key_of(record)
            self.settled.drop(key)
            self.state[key] = self.same[key] = record
            self.hashes[key] = self._agreed[key]

    def _rows(self, kind: Kind) -> Iterator[list[Cells]]:
        """Yield some rows at a time: all columns, and whether mine says the same (None: not there).

        Those that are settled are noted and left out.
        """
        stored = records.table(kind)
        columns = [records.quoted(column) for column in (*stored.columns, *stored.derived)]
        statement = (
            f"SELECT {', '.join(f't.{column}' for column in columns)},"
            f" (SELECT {alike.alike(kind)} FROM mine.{kind} AS m WHERE m.uid = t.uid)"
            f" FROM main.{kind} AS t WHERE t.id BETWEEN ? AND ?"
        )
        coming = self._stretches.pop(kind, None)
        for one in alike.stretches(self._connection, kind) if coming is None else coming.result():
            self._rows_read += one.count
            settled = self._settle(kind, one)
            if not settled:
                yield self._connection.execute(f"{statement} ORDER BY t.id", (one.first, one.last)).fetchall()
            elif len(settled) < one.count:
                but = f"{statement} AND t.id NOT IN (SELECT value FROM json_each(?)) ORDER BY t.id"
                yield self._connection.execute(but, (one.first, one.last, json.dumps(settled))).fetchall()

    def _settle(self, kind: Kind, one: Stretch) -> list[int]:
        """Note which of these rows are settled; return their row ids."""
        agreed, touched = self._agreed, self._touched or ()
        keys = [(kind, uid) for uid in one.uids]
        strange = {uid for uid in one.articles if (Kind.ARTICLE, uid) not in self.same}
        found = [
            (at, key, article) for at, key, article in zip(one.ids, keys, one.articles, strict=True)
            if key in agreed and key[1] not in touched and article not in strange
        ]  # fmt: skip
        self.settled.add(kind, {key: article for _, key, article in found})
        # Mine holds them just so, and they need not answer for themselves: only what they refer to must be there.
        _demand(all(map(self._is_there, one.meant)))
        return [at for at, _, _ in found]

    def _is_there(self, key: Key) -> bool:
        return key in self.state or key in self.settled

    def _put(self, key: Key, record: Record, digest: str, alike: int | None) -> None:
        self.state[key] = record
        self.hashes[key] = digest
        if alike:
            self.same[key] = record
        elif alike is not None:
            self.differing.add(key)

    # -- everything but annotations -----------------------------------------------------------------------------

    def _read_others(self, kind: Kind) -> None:
        stored = records.table(kind)
        for rows in self._rows(kind):
            if kind is Kind.LINK:
                self.read_after_all((Kind.ANNOTATION, uid) for row in rows for uid in row[2:4])
            for row in rows:
                record = stored.decode(row[:-1])
                self._judge(record, known=bool(row[-1]))
                self._put((kind, row[0]), record, manifest.digest(record), row[-1])
        if kind in CODEBOOK:
            self._codebook = codebook_of(self.state.values())

    def _judge(self, record: Record, *, known: bool) -> None:
        """Look at a record as ``check_file`` does; one that mine holds just so need not answer for itself."""
        if isinstance(record, Link):
            self._look_at_link(record)
        elif isinstance(record, Verdict):
            self._awaited += keys_referred_to(record)  # some answer a verdict that comes after them
        elif known:
            return
        elif isinstance(record, Article):
            _demand(not any(check_records.of_article(record, text_of(self._connection, record.sha256))))
        elif isinstance(record, ArticleWork):
            _demand(not any(check_records.of_values(Kind.ARTICLE_WORK, record, None, self._codebook)))

    def _look_at_link(self, link: Link) -> None:
        """See that what a link refers to was read, and that its ends stand where it does."""
        state, article = self.state, link.article
        ends = (state[Kind.ANNOTATION, link.from_annotation], state[Kind.ANNOTATION, link.to_annotation])
        _demand((Kind.ARTICLE, article) in state and (Kind.ANNOTATOR, link.annotator) in state)
        _demand(all(cast("Annotation", end).article == article for end in ends))

    # -- annotations --------------------------------------------------------------------------------------------

    def _read_annotations(self) -> None:
        look = _Annotations(self.state, self._codebook, lru_cache(maxsize=_TEXTS)(self._text)).at
        for rows in self._rows(Kind.ANNOTATION):
            for row, (record, digest) in zip(rows, map(look, rows), strict=True):
                self._put((Kind.ANNOTATION, row[0]), record, digest, row[-1])

    def _text(self, article: str) -> str:
        return text_of(self._connection, cast("Article", self.state[Kind.ARTICLE, article]).sha256)


class _Annotations:
    """Looking at one annotation after the other: there may be a million."""

    def __init__(self, state: Container[Key], codebook: Codebook, text: Callable[[str], str]) -> None:
        self._state, self._codebook, self._text = state, codebook, text
        self._owners: set[Cells] = set()
        self._stored = records.table(Kind.ANNOTATION)
        self._fine: dict[tuple[str, str], Values] = {}
        """The values of tags with cells that are as the codebook asks."""

    def at(self, row: Cells) -> tuple[Annotation, str]:
        """Return the annotation that a row holds, and its hash."""
        (uid, article, tag_type, annotation_set, cell, annotator, entity, values, note, confidence, origin, created,
         modified, start, stop, words, spans, _) = row  # fmt: skip
        text, quote = self._text(article), _quote
        if not 0 <= start < stop <= len(text):
            raise ValueError(uid)
        exact, prefix, suffix = text[start:stop], text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT]
        q_exact, q_prefix, q_suffix = quote(exact), quote(prefix), quote(suffix)
        if cell != f"[[{start:d},{stop:d},{q_exact},{q_prefix},{q_suffix}]]":
            return self._at_length(row, text)
        if words != exact or spans != f"{start:d}-{stop:d}":
            raise ValueError(uid)
        if (tag_type, annotation_set, annotator, entity) not in self._owners:
            self._look_at_owners(row)
        known = self._fine.get((tag_type, values))
        made = Annotation(
            uid, article, tag_type, annotation_set, (Fragment(start, stop, exact, prefix, suffix),), annotator, entity,
            self._values(row) if known is None else known,
            note, _CONFIDENCES[confidence], origin, created, modified,
        )  # fmt: skip
        return made, manifest.digest_with(made, manifest.piece(start, stop, q_exact, q_prefix, q_suffix))

    def _at_length(self, row: Cells, text: str) -> tuple[Annotation, str]:
        """Do the same for several fragments, or for one that somebody wrote with other blanks."""
        width = len(self._stored.columns)
        made = cast("Annotation", self._stored.decode(row[:width]))
        self._look_at_owners(row)
        _demand(self._stored.derive(made) == row[width:-1] and check_records.stands(made, text))
        self._values(row)
        return made, manifest.digest(made)

    def _look_at_owners(self, row: Cells) -> None:
        """See that the file holds what an annotation refers to; its article has been found already."""
        made = cast("Annotation", self._stored.decode(row[: len(self._stored.columns)]))
        _demand(all(key in self._state for key in keys_referred_to(made)))
        self._owners.add((made.tag_type, made.annotation_set, made.annotator, made.entity))

    def _values(self, row: Cells) -> Values:
        made = cast("Annotation", self._stored.decode(row[: len(self._stored.columns)]))
        _demand(not any(check_records.of_values(Kind.ANNOTATION, made, made.tag_type, self._codebook)))
        self._fine[made.tag_type, row[self._stored.columns.index("values")]] = made.values
        return made.values


def _look_at_tables(connection: Connection, kinds: Iterable[Kind]) -> None:
    for table in ("text", Kind.PROJECT, Kind.HAND_OUT, *kinds):
        # Of the large ones quickly: that no uid is there twice and a reference finds what it means shows in the rows.
        check = "quick_check" if table in _LARGE else "integrity_check"
        _demand(connection.execute(f"PRAGMA main.{check}({table})").fetchall() == [("ok",)])
        if table not in _LARGE:
            _demand(not connection.execute(f"PRAGMA main.foreign_key_check({table})").fetchall())


def _demand(sound: bool) -> None:
    """Raise ValueError where what must hold does not."""
    if not sound:
        raise ValueError("not as it must be")
