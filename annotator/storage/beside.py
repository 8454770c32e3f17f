"""A colleague's file read beside mine: every row once, for damage, for its hash and for whether mine is the same.

Most rows of a large file are those that went out or came in before, and SQLite compares them: what stands just so in
mine too and was not changed in theirs since is settled, and not read any further. The others, nearly all of them
annotations, come as JSON and are read by a library that sees to it that each cell has its type.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial
from itertools import compress
from operator import not_
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from annotator.model import manifest
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Kind, Record
from annotator.model.codebook import Codebook
from annotator.model.hand_out import HandOut
from annotator.model.manifest import Hashes
from annotator.model.merge_codebook import codebook_of
from annotator.model.merge_plan import CODEBOOK, Settled
from annotator.model.references import Key, keys_referred_to
from annotator.model.review import Verdict
from annotator.model.span import Fragment
from annotator.model.values import Values
from annotator.storage import alike, backups, check_records, records
from annotator.storage.alike import Cells, Scout, Stretch
from annotator.storage.connection import Connection
from annotator.storage.records import decode_values
from annotator.storage.search import text_of, texts_of

if TYPE_CHECKING:
    from typing import Self

_Owners = tuple[str, str, str, str | None]
"""What an annotation belongs to: tag type, annotation set, annotator, entity."""

_LARGE = _ANNOTATION, _LINK = Kind.ANNOTATION, Kind.LINK
"""By names of their own: to ask the class for a member takes Python 3.11 as long as to look a record up."""


class Beside:
    """What was read, kind by kind; the comparing begins with the block, before it is known what to read it for.

    ``state`` are their records and ``hashes`` what a manifest says of them. ``same`` are those that stand in my file
    just so, ``differing`` are those in whose place mine has something else. What is ``settled`` is in none of these.
    """

    def __init__(self, connection: Connection, mine: Path) -> None:
        """Read by a connection to their file."""
        self.state: dict[Key, Record] = {}
        self.hashes: dict[Key, str] = {}
        self.same: dict[Key, Record] = {}
        self.differing: dict[Key, Record] = {}
        self.settled = Settled()
        self._agreed: Hashes = {}
        self._touched: set[str] | None = None
        self._connection = connection
        self._rows_read = 0
        self._awaited: list[Key] = []
        self._codebook = Codebook()
        self._mine = mine
        alike.attach(connection, mine)

    def __enter__(self) -> Self:
        self._scout = Scout(self._connection.path, self._mine)
        self._coming = {kind: self._scout.coming(partial(alike.compared, kind=kind)) for kind in _LARGE}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scout.close()

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

    def read(self, kinds: Iterable[Kind], agreed: Hashes, made: HandOut | None) -> None:
        """Read the records of some kinds, those of the codebook first; ``agreed`` is the base since ``made``.

        Raises ValueError, TypeError, KeyError, AttributeError or IndexError where anything is not as it must be:
        ``check_file`` says what it is.
        """
        kinds = tuple(kinds)
        self._agreed, self._touched = agreed, None if made is None else self._touched_since(made)
        sound = self._scout.begin(partial(_look_at_tables, kinds=kinds))
        _demand(next(backups.wrong_texts(self._connection), None) is None)
        for kind in kinds:
            if kind is Kind.ANNOTATION:
                self._read_annotations(self._compared_rows(kind))
            elif kind is Kind.LINK:
                self._read_links(self._compared_rows(kind))
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
        for kind, uid in dict.fromkeys(self.settled.among(keys)):
            asked.setdefault(kind, []).append(uid)
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

    def _compared_rows(self, kind: Kind) -> Iterator[list[Cells]]:
        """Yield some rows at a time, as ``alike.cells`` has them; those that are settled are noted and left out."""
        touched, may_be = self._touched, set[str]()
        if touched is not None:
            may_be = {uid for one, uid in self._agreed if one is kind} - touched
        for one in self._coming[kind]:
            self._rows_read += one.count
            if rest := list(self._settle(kind, one, may_be)):
                yield from alike.chosen(self._connection, kind, rest)
            yield from alike.cells(kind, one.others)

    def _settle(self, kind: Kind, one: Stretch, may_be: set[str]) -> Iterable[int]:
        """Note which of these rows are settled, of those that may be; return the row ids of the others."""
        # Mine holds them just so, and they need not answer for themselves: only what they refer to must be there.
        _demand(not self.settled.left_of(one.meant.difference(self.state)))
        strange = {uid for uid in set(one.articles) if (Kind.ARTICLE, uid) not in self.same}
        if not strange and may_be.issuperset(one.uids):  # as nearly always
            self.settled.add(kind, one.uids, one.articles)
            return ()
        fits = [uid in may_be and article not in strange for uid, article in zip(one.uids, one.articles, strict=True)]
        self.settled.add(kind, compress(one.uids, fits), compress(one.articles, fits))
        return compress(one.ids, map(not_, fits))

    def _put(self, key: Key, record: Record, digest: str, alike: int | None) -> None:
        self.state[key] = record
        self.hashes[key] = digest
        if alike:
            self.same[key] = record
        elif alike is not None:
            self.differing[key] = record

    # -- everything but annotations -----------------------------------------------------------------------------

    def _read_others(self, kind: Kind) -> None:
        stored = records.table(kind)
        for some in self._rows(kind):
            for row in some:
                record = stored.decode(row[1:-1])
                self._judge(record, known=bool(row[-1]))
                self._put((kind, record.uid), record, manifest.digest(record), row[-1])
        if kind in CODEBOOK:
            self._codebook = codebook_of(self.state.values())

    def _rows(self, kind: Kind) -> Iterator[list[Cells]]:
        """Yield some rows at a time: row id, columns, and whether mine says the same (None: not there)."""
        columns = ", ".join(f"t.{records.quoted(column)}" for column in records.table(kind).columns)
        same = f"SELECT {alike.alike(kind)} FROM mine.{kind} AS m WHERE m.uid = t.uid"
        statement = f"SELECT t.id, {columns}, ({same}) FROM main.{kind} AS t WHERE t.id >= ? ORDER BY t.id LIMIT ?"
        first = alike.FIRST
        while first <= alike.LAST and (some := self._connection.execute(statement, (first, alike.AT_ONCE)).fetchall()):
            self._rows_read += len(some)
            yield some
            first = some[-1][0] + 1

    def _read_links(self, rows: Iterable[list[Cells]]) -> None:
        people = {uid for kind, uid in self.state if kind is Kind.ANNOTATOR}
        for some in rows:
            self.read_after_all([(_ANNOTATION, uid) for row in some for uid in row[2:4]])
            for row in some:
                link = self._link(row)
                _demand(link.annotator in people)
                self._put((_LINK, link.uid), link, manifest.quick_digest(link), row[-1])

    def _judge(self, record: Record, *, known: bool) -> None:
        """Look at a record as ``check_file`` does; one that mine holds just so need not answer for itself."""
        if isinstance(record, Verdict):
            self._awaited += keys_referred_to(record)  # some answer a verdict that comes after them
        elif known:
            return
        elif isinstance(record, Article):
            _demand(not any(check_records.of_article(record, text_of(self._connection, record.sha256))))
        elif isinstance(record, ArticleWork):
            _demand(not any(check_records.of_values(Kind.ARTICLE_WORK, record, None, self._codebook)))

    def _link(self, row: Cells) -> Link:
        """Return the link that a row holds; its ends were read, and stand where it does."""
        uid, article, start, stop, role, annotator, note, _ = row
        first: Any = self.state[_ANNOTATION, start]
        second: Any = self.state[_ANNOTATION, stop]
        _demand(first.article == second.article == article)
        # By the same strings: see _Annotations.
        return Link(uid, first.article, first.uid, second.uid, intern(role), intern(annotator), note)

    # -- annotations --------------------------------------------------------------------------------------------

    def _read_annotations(self, rows: Iterable[list[Cells]]) -> None:
        look = _Annotations(self.state, self._codebook)
        for some in rows:
            look.texts = self._texts({row[1] for row in some})
            for row in some:
                made, digest = look.at(row)
                self._put((_ANNOTATION, made.uid), made, digest, row[-1])

    def _texts(self, articles: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return the uids and texts of some articles, each of which has one."""
        wanted = [cast("Article", self.state[Kind.ARTICLE, uid]) for uid in articles]
        texts = texts_of(self._connection, [one.sha256 for one in wanted])
        return {one.uid: (one.uid, texts[one.sha256]) for one in wanted}


class _Annotations:
    """Looking at one annotation after the other: there may be a million.

    Each says what it refers to by the same strings, which leaves half a kilobyte less of it to be held.
    """

    def __init__(self, state: Container[Key], codebook: Codebook) -> None:
        self._state, self._codebook = state, codebook
        self._stored = records.table(Kind.ANNOTATION)
        self.texts: Mapping[str, tuple[str, str]] = {}
        """The articles that are being looked at: uid and text of each."""
        self._owners: dict[_Owners, _Owners] = {}
        self._fine: dict[tuple[str, str], Values] = {}
        """The values of tags with cells that are as the codebook asks."""

    def at(self, row: Cells) -> tuple[Annotation, str]:
        """Return the annotation that a row holds, and its hash."""
        (uid, article, tag_type, annotation_set, pieces, annotator, entity, cell, note, confidence, origin, created,
         modified, *derived, _) = row  # fmt: skip
        article, text = self.texts[article]
        owners = (tag_type, annotation_set, annotator, entity)
        tag_type, annotation_set, annotator, entity = self._owners.get(owners) or self._sound(owners)
        values = self._fine.get((tag_type, cell))
        made = Annotation(
            uid, article, tag_type, annotation_set, tuple([Fragment(*piece) for piece in pieces]), annotator, entity,
            decode_values(cell) if values is None else values, note, confidence, origin, created,
            created if modified == created else modified,
        )  # fmt: skip
        if values is None:
            self._look_at_values(made, cell)
        _demand(check_records.stands(made, text) and self._stored.derive(made) == tuple(derived))
        return made, manifest.quick_digest(made)

    def _sound(self, owners: _Owners) -> _Owners:
        """See that the file holds what an annotation refers to besides its article."""
        keys = zip((Kind.TAG_TYPE, Kind.ANNOTATION_SET, Kind.ANNOTATOR, Kind.ENTITY), owners, strict=True)
        _demand(all(uid is None or (kind, uid) in self._state for kind, uid in keys))
        return self._owners.setdefault(owners, owners)

    def _look_at_values(self, made: Annotation, cell: str) -> None:
        _demand(not any(check_records.of_values(Kind.ANNOTATION, made, made.tag_type, self._codebook)))
        self._fine[made.tag_type, cell] = made.values


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
