"""What an import of tables will do: collected first, written as one step."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct, field

from annotator.model.changes import KINDS, Kind, Record
from annotator.model.project_info import ProjectInfo
from annotator.storage.reader import Reader

R = TypeVar("R", bound=Record)
_NAMESPACE = uuid.UUID("01900000-0000-7000-8000-0000000000c5")
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class NoticeKind(StrEnum):
    """What became of a row."""

    REFUSED = "refused"
    CONFLICT = "conflict"
    REALIGNED = "realigned"
    LEFT_OUT = "left_out"


class Notice(Struct, frozen=True):
    """One thing that did not come in as it stands; ``row`` is 0 for what concerns the whole file."""

    kind: NoticeKind
    file: str
    row: int
    text: str

    def __str__(self) -> str:
        """The line a user is told."""
        where = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{where}: {self.text}"


class RowError(Exception):
    """A row cannot be imported; the message says what, why and what to do."""


def uid_from(*words: str) -> str:
    """Return a uid made of words alone, so that the same table gives the same uid on every computer (uuid5)."""
    return str(uuid.uuid5(_NAMESPACE, "\0".join(words)))


def checked_uid(cell: str, column: str) -> str:
    """Return the cell when it is a uid; raises RowError."""
    if not _UID.fullmatch(cell):
        raise RowError(f"‘{cell[:40]}’ in {column} is not a uid; leave the exported uids as they are.")
    return cell


class Plan(Struct):
    """The records to add, what is there already, and what is to be told."""

    read: Reader
    records: dict[tuple[Kind, str], Record] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    already: Counter[Kind] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)
    info: ProjectInfo | None = None

    def tell(self, kind: NoticeKind, file: str, row: int, text: str) -> None:
        """Note something for the user."""
        self.notices.append(Notice(kind, file, row, text))

    def add(self, record: Record) -> None:
        """Have a record added."""
        self.records[KINDS[type(record)], record.uid] = record

    def settle(self, file: str, rows: Iterable[tuple[int, R]]) -> dict[str, R]:
        """Add the records that are new; return all by uid as the project will hold them.

        An equal one is there already; one that differs is a conflict, and the project's stays.
        """
        incoming: dict[str, tuple[int, R]] = {}
        for row, record in rows:
            if record.uid in incoming:
                text = f"the uid {record.uid} stands in row {incoming[record.uid][0]} too; this row was left out."
                self.tell(NoticeKind.REFUSED, file, row, text)
                continue
            incoming[record.uid] = (row, record)
        there: dict[str, R] = {}
        for record_type in {type(record) for _, record in incoming.values()}:
            there |= self.read.many(record_type, incoming)
        for uid, (row, record) in incoming.items():
            if uid not in there:
                self.add(record)
            elif self.same_or_told(file, row, there[uid], record):
                self.already[KINDS[type(record)]] += 1
        return {uid: there.get(uid, record) for uid, (_, record) in incoming.items()}

    def same_or_told(self, file: str, row: int, there: Record, incoming: Record) -> bool:
        """Tell whether two are the same; if not, say in what they differ."""
        if there == incoming:
            return True
        differing = [name for name in there.__struct_fields__ if getattr(there, name) != getattr(incoming, name)]
        kind = str(KINDS[type(there)]).replace("_", " ")
        text = f"this {kind} is in the project with another {', '.join(differing)}; the project's was left as it is."
        self.tell(NoticeKind.CONFLICT, file, row, text)
        return False
