"""Links and verdicts: rows that hang on annotations."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from annotator.exchange.csv_tables.cells import list_items
from annotator.exchange.csv_tables.codebook_in import CodebookIn
from annotator.exchange.csv_tables.people_in import People
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError, checked_uid
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.model.annotation import Annotation, Link
from annotator.model.review import Decision, Verdict


class LinksIn(Struct):
    """Links and verdicts between the annotations that came in and those that are there."""

    plan: Plan
    codebook: CodebookIn
    people: People
    annotations: dict[str, Annotation]

    def take_links(self, file: TableFile) -> None:
        """Read links.csv."""
        rows = list(file.rows())
        self._look_up(uid for row in rows for uid in (row["from_uid"], row["to_uid"]))
        incoming: list[tuple[int, Link]] = []
        for row in rows:
            try:
                incoming.append((row.number, self._link(row)))
            except RowError as error:
                self.plan.tell(NoticeKind.REFUSED, file.name, row.number, str(error))
        self.plan.settle(file.name, incoming)

    def take_verdicts(self, file: TableFile) -> None:
        """Read verdicts.csv; a reply is found by the row that it answers."""
        rows = list(file.rows())
        self._look_up(uid for row in rows for uid in (row["annotation_uid"], row["adjudicated_uid"]))
        answers = {reply: row["verdict_uid"] for row in rows for reply in list_items(row["replies"])}
        incoming: list[tuple[int, Verdict]] = []
        for row in rows:
            try:
                incoming.append((row.number, self._verdict(row, answers.get(row["verdict_uid"]))))
            except RowError as error:
                self.plan.tell(NoticeKind.REFUSED, file.name, row.number, str(error))
        self.plan.settle(file.name, self._answering(file, incoming))

    def _look_up(self, uids: Iterable[str]) -> None:
        missing = {uid for uid in uids if uid and uid not in self.annotations}
        self.annotations |= self.plan.read.many(Annotation, sorted(missing))

    def _annotation(self, uid: str, column: str) -> Annotation:
        if uid not in self.annotations:
            raise RowError(f"the annotation {uid} in {column} is not in the project nor came in; the row was left out.")
        return self.annotations[uid]

    def _link(self, row: TableRow) -> Link:
        start, end = self._annotation(row["from_uid"], "from_uid"), self._annotation(row["to_uid"], "to_uid")
        if start.article != end.article:
            raise RowError("the two annotations are in different articles; links stay within one.")
        if self.codebook.codebook.link_rule(row["role"], start.tag_type, end.tag_type) is None:
            raise RowError(f"the codebook allows no link ‘{row['role']}’ between these tags; add a rule for it first.")
        annotator = self.people.annotator(row["annotator"])
        uid = checked_uid(row["link_uid"], "link_uid")
        return Link(uid, start.article, start.uid, end.uid, row["role"], annotator, row["note"])

    def _verdict(self, row: TableRow, answers: str | None) -> Verdict:
        annotation = self._annotation(row["annotation_uid"], "annotation_uid")
        adjudicated = row["adjudicated_uid"]
        if row["decision"] not in set(Decision):
            raise RowError(f"‘{row['decision']}’ is no decision; there are {', '.join(Decision)}.")
        return Verdict(
            checked_uid(row["verdict_uid"], "verdict_uid"), annotation.article, annotation.uid,
            self.people.annotator(row["reviewer"]), Decision(row["decision"]), row["reason"], row["comment"],
            self._annotation(adjudicated, "adjudicated_uid").uid if adjudicated else None, answers, row["created"],
        )  # fmt: skip

    def _answering(self, file: TableFile, incoming: list[tuple[int, Verdict]]) -> list[tuple[int, Verdict]]:
        """Let no reply hang in the air: a reply to what was left out is left out, and so on."""
        known = {verdict.uid for _, verdict in incoming}
        kept = [(row, verdict) for row, verdict in incoming if verdict.reply_to is None or verdict.reply_to in known]
        if len(kept) == len(incoming):
            return kept
        for row, verdict in incoming:
            if verdict.reply_to is not None and verdict.reply_to not in known:
                text = f"the verdict {verdict.reply_to} that it answers did not come in; the row was left out."
                self.plan.tell(NoticeKind.REFUSED, file.name, row, text)
        return self._answering(file, kept)
