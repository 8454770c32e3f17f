"""codebook.csv to the codebook: entries that the project lacks are added, those that differ are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from annotator.exchange.csv_tables.cells import list_items
from annotator.exchange.csv_tables.codebook_rows import ACYCLIC, AUXILIARY, Level
from annotator.exchange.csv_tables.people_in import People
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError, checked_uid, uid_from
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.model.changes import KINDS
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType, Unit

E = TypeVar("E", TagType, Attribute, LinkRule)
Key = tuple[str, str, str]


class CodebookIn:
    """The codebook as it will be: the project's, and what codebook.csv adds."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._there = plan.read.codebook()
        self._tags = {tag.name: tag for tag in self._there.tag_types}
        self._attributes = {(a.tag_type, a.name): a for a in self._there.attributes}
        self._rules = {(r.role, r.from_type, r.to_type): r for r in self._there.link_rules}
        self._uids: dict[Key, str] = {}
        self._labels: dict[Key, str] = {}
        self._examples: dict[Key, list[str]] = {}

    @property
    def codebook(self) -> Codebook:
        """The codebook as the project will have it."""
        return Codebook(tuple(self._tags.values()), tuple(self._attributes.values()), tuple(self._rules.values()))

    def tag(self, name: str) -> TagType:
        """Return the tag type of that name; raises RowError."""
        if name not in self._tags:
            raise RowError(f"the tag ‘{name}’ is not in the codebook; add it, or import codebook.csv with the folder.")
        return self._tags[name]

    def take(self, file: TableFile, people: People) -> None:
        """Read the whole table."""
        rows: dict[str, list[TableRow]] = {}
        for row in file.rows():
            rows.setdefault(row["level"], []).append(row)
        self._learn_more(rows)
        takers: dict[str, Callable[[TableRow], None]] = {
            Level.TAG: lambda row: self._take_tag(file, row),
            Level.ATTRIBUTE: lambda row: self._take_attribute(file, row),
            Level.ARTICLE: lambda row: self._take_attribute(file, row),
            Level.LINK: lambda row: self._take_rule(file, row),
            Level.PROJECT: lambda row: self._take_project(file, row),
        }
        for level, take in takers.items():
            for row in rows.get(level, []):
                self._told(file, row, take)
        for row in (row for level, some in rows.items() if level not in set(Level) for row in some):
            text = f"the level ‘{row['level']}’ is unknown; the row was left out."
            self._plan.tell(NoticeKind.REFUSED, file.name, row.number, text)
        self._take_people(file, rows, people)

    def _take_people(self, file: TableFile, rows: dict[str, list[TableRow]], people: People) -> None:
        for level, take in ((Level.ANNOTATOR, people.take_annotators), (Level.SET, people.take_sets)):
            try:
                take(file, rows.get(level, []))
            except RowError as error:
                self._plan.tell(NoticeKind.REFUSED, file.name, 0, f"the rows {level} cannot be used: {error}")

    def _told(self, file: TableFile, row: TableRow, take: Callable[[TableRow], None]) -> None:
        try:
            take(row)
        except RowError as error:
            self._plan.tell(NoticeKind.REFUSED, file.name, row.number, str(error))

    def _learn_more(self, rows: dict[str, list[TableRow]]) -> None:
        for row in rows.get(Level.UID, []):
            self._uids[_key(row)] = row["definition"]
        for row in rows.get(Level.LABEL, []):
            self._labels[_key(row)] = row["definition"]
        for row in rows.get(Level.EXAMPLE, []):
            self._examples.setdefault(_key(row), []).append(row["definition"])

    def _uid(self, key: Key) -> str:
        if key in self._uids:
            return checked_uid(self._uids[key], "definition")
        return uid_from("codebook", *key)

    def _take_tag(self, file: TableFile, row: TableRow) -> None:
        key = (row["tag"], "", "")
        unit, *auxiliary = list_items(row["values"]) or (Unit.WORD,)
        if row["kind"] not in set(Part) or unit not in set(Unit) or auxiliary not in ([], [AUXILIARY]):
            raise RowError(f"kind ‘{row['kind']}’ or values ‘{row['values']}’ is not what a tag can have.")
        if not row["tag"] or not re.fullmatch("#[0-9A-Fa-f]{6}", row["colour"]):
            raise RowError("a tag needs a name and a colour like #0072B2.")
        tag = TagType(
            self._uid(key), row["tag"], self._labels.get(key, row["tag"]), row["colour"], self._free_key(row),
            Part(row["kind"]), Unit(unit), bool(auxiliary), row["definition"], tuple(self._examples.get(key, ())),
            len(self._tags),
        )  # fmt: skip
        known = {one.uid: one for one in self._there.tag_types}
        self._tags[row["tag"]] = self._settled(file, row, tag, known.get(tag.uid) or self._tags.get(row["tag"]))

    def _free_key(self, row: TableRow) -> str:
        taken = {tag.key for tag in self._tags.values() if tag.name != row["tag"]}
        return row["key"] if re.fullmatch("[1-9]", row["key"], re.ASCII) and row["key"] not in taken else ""

    def _take_attribute(self, file: TableFile, row: TableRow) -> None:
        of = None if row["level"] == Level.ARTICLE else self.tag(row["tag"]).uid
        if row["kind"] not in set(AttributeKind) or not row["attribute"]:
            raise RowError(f"an attribute needs a name and a kind: one of {', '.join(AttributeKind)}.")
        key = (row["tag"], row["attribute"], "")
        attribute = Attribute(
            self._uid(key), of, row["attribute"], self._labels.get(key, row["attribute"]), AttributeKind(row["kind"]),
            list_items(row["values"]), row["default"], row["mandatory"] == "yes", row["definition"],
            len(self._attributes),
        )  # fmt: skip
        known = {one.uid: one for one in self._there.attributes}
        place = (of, row["attribute"])
        there = known.get(attribute.uid) or self._attributes.get(place)
        self._attributes[place] = self._settled(file, row, attribute, there)

    def _take_rule(self, file: TableFile, row: TableRow) -> None:
        start, end = self.tag(row["tag"]).uid, self.tag(row["values"]).uid
        if not re.fullmatch(r"\d{0,9}", row["default"], re.ASCII) or row["kind"] not in ("", ACYCLIC):
            raise RowError(f"default ‘{row['default']}’ must be how many at most, kind ‘{ACYCLIC}’ or empty.")
        rule = LinkRule(
            self._uid(_key(row)), row["attribute"], self._labels.get(_key(row), row["attribute"]), start, end,
            int(row["default"] or 0), bool(row["kind"]), len(self._rules),
        )  # fmt: skip
        known = {one.uid: one for one in self._there.link_rules}
        place = (row["attribute"], start, end)
        self._rules[place] = self._settled(file, row, rule, known.get(rule.uid) or self._rules.get(place))

    def _settled(self, file: TableFile, row: TableRow, entry: E, there: E | None) -> E:
        """Return the entry that counts; its place in the codebook and a uid that only we made are no difference."""
        if there is None:
            self._plan.add(entry)
            return entry
        if self._plan.same_or_told(
            file.name, row.number, there, replace(entry, uid=there.uid, position=there.position)
        ):
            self._plan.already[KINDS[type(entry)]] += 1
        return there

    def _take_project(self, file: TableFile, row: TableRow) -> None:
        before = self._plan.info or self._plan.read.info()
        after = {
            "memo": replace(before, memo=row["definition"]),
            "snap_to_words": replace(before, snap_to_words=row["definition"] != "no"),
        }.get(row["attribute"])
        if after is None:
            raise RowError(f"‘{row['attribute']}’ is nothing that a project has; the row was left out.")
        if row["attribute"] == "memo" and before.memo not in ("", after.memo):
            text = "the project has another memo; it was left as it is."
            self._plan.tell(NoticeKind.CONFLICT, file.name, row.number, text)
            return
        self._plan.info = after


def _key(row: TableRow) -> Key:
    return row["tag"], row["attribute"], row["values"]
