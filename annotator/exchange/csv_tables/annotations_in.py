"""Annotations: never at a wrong place. Words that stand elsewhere are found again or the row is refused."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from annotator.exchange.csv_tables.articles_in import ArticlesIn
from annotator.exchange.csv_tables.cells import spans_of
from annotator.exchange.csv_tables.codebook_in import CodebookIn
from annotator.exchange.csv_tables.entities_in import EntitiesIn
from annotator.exchange.csv_tables.people_in import People
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError, checked_uid, uid_from
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.exchange.csv_tables.values_in import values_in
from annotator.model.annotation import JOINER, Annotation, Confidence
from annotator.model.article import normalised
from annotator.model.codebook import Attribute
from annotator.model.span import Span, fragment


class AnnotationsIn(Struct):
    """The annotations as the project will have them."""

    plan: Plan
    codebook: CodebookIn
    people: People
    entities: EntitiesIn
    articles: ArticlesIn

    def take(self, file: TableFile) -> dict[str, Annotation]:
        """Read annotations.csv; returns its annotations by uid as the project will hold them."""
        columns = self._columns(file)
        return self.plan.settle(file.name, self._annotations(file, columns))

    def _columns(self, file: TableFile) -> dict[str, Attribute]:
        codebook = self.codebook.codebook
        known = {f"{codebook.tag(a.tag_type).name}.{a.name}": a for a in codebook.attributes if a.tag_type}
        for column in file.further:
            if column not in known:
                text = f"the column {column} is no attribute of the codebook and was left out."
                self.plan.tell(NoticeKind.LEFT_OUT, file.name, 1, text)
        return {column: known[column] for column in file.further if column in known}

    def _annotations(self, file: TableFile, columns: dict[str, Attribute]) -> Iterator[tuple[int, Annotation]]:
        for row in file.rows():
            try:
                yield row.number, self._annotation(file, row, columns)
            except RowError as error:
                self.plan.tell(NoticeKind.REFUSED, file.name, row.number, str(error))

    def _annotation(self, file: TableFile, row: TableRow, columns: dict[str, Attribute]) -> Annotation:
        article = self.articles.article(row["article_uid"])
        tag = self.codebook.tag(row["tag"])
        text = self.articles.text(article)
        spans = self._spans(file, row, text)
        annotator = self.people.annotator(row["annotator"])
        annotation_set = self.people.annotation_set(row["annotation_set"], annotator)
        uid = row["annotation_uid"]
        words = (article.uid, tag.uid, annotation_set, *(f"{span.start}-{span.stop}" for span in spans))
        if row["confidence"] not in set(Confidence):
            raise RowError(f"‘{row['confidence']}’ is no confidence; there are low, medium, high, or leave it empty.")
        return Annotation(
            checked_uid(uid, "annotation_uid") if uid else uid_from("annotation", *words),
            article.uid, tag.uid, annotation_set, tuple(fragment(text, span) for span in spans), annotator,
            self.entities.of_annotation(row), values_in(self.plan, file, row, columns), row["note"],
            Confidence(row["confidence"]), row["origin"], row["created"], row["modified"],
        )  # fmt: skip

    def _spans(self, file: TableFile, row: TableRow, text: str) -> tuple[Span, ...]:
        words = normalised(row["text"])
        try:
            spans = spans_of(row["fragments"] or f"{row['start']}-{row['stop']}")
        except ValueError as error:
            reason = f"the offsets are bad: {error}"
        else:
            if spans[-1].stop <= len(text) and JOINER.join(span.of(text) for span in spans) == words:
                return spans
            reason = f"the article does not say ‘{_short(words)}’ at {row['fragments']}"
        found = _found_again(text, words)
        if found is None:
            raise RowError(f"{reason}, and the words cannot be found elsewhere without doubt. Tag it by hand.")
        place = ";".join(f"{span.start}-{span.stop}" for span in found)
        self.plan.tell(NoticeKind.REALIGNED, file.name, row.number, f"{reason}; the words were found at {place}.")
        return found


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


def _found_again(text: str, words: str) -> tuple[Span, ...] | None:
    """Return where the words stand if every fragment stands in the text once, in order; else None."""
    spans: list[Span] = []
    for piece in [words] if text.count(words) == 1 else words.split(JOINER):
        at = text.find(piece) if piece else -1
        # The next search begins one on, not behind the piece: a second place that overlaps the first is a doubt too.
        if at < 0 or text.find(piece, at + 1) >= 0 or (spans and at < spans[-1].stop):
            return None
        spans.append(Span(at, at + len(piece)))
    return tuple(spans)
