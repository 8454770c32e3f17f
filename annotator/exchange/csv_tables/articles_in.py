"""Articles and everybody's standing with them."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from annotator.exchange.csv_tables.cells import spans_of
from annotator.exchange.csv_tables.codebook_in import CodebookIn
from annotator.exchange.csv_tables.columns import WORK_NOTES, extra_field
from annotator.exchange.csv_tables.people_in import People
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError, checked_uid, uid_from
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.exchange.csv_tables.values_in import values_in
from annotator.model.article import Article, ArticleWork, Status, normalised, text_hash, word_count
from annotator.model.changes import Kind
from annotator.model.codebook import Attribute


class _Work(Struct):
    """The columns of one annotator."""

    name: str
    columns: dict[str, Attribute]
    notes: dict[str, str]


class ArticlesIn:
    """The articles as the project will have them, found by the uid that the tables give."""

    def __init__(self, plan: Plan, codebook: CodebookIn, people: People) -> None:
        self._plan = plan
        self._codebook = codebook
        self._people = people
        self._articles: dict[str, Article] = {}
        self._listed: set[str] = set()
        self._last = ("", "")

    def article(self, uid: str) -> Article:
        """Return the article that a table means; raises RowError when the project has none."""
        if uid not in self._articles:
            found = self._plan.read.get(Article, uid)
            if found is None:
                raise RowError(f"the article {uid} is not in the project; import the articles first, or a folder"
                               " that was exported with their text.")  # fmt: skip
            self._articles[uid] = found
        return self._articles[uid]

    def text(self, article: Article) -> str:
        """Return an article's text; the last one is kept, for rows come article by article."""
        if self._last[0] != article.sha256:
            text = self._plan.texts.get(article.sha256)
            self._last = (article.sha256, self._plan.read.text(article.sha256) if text is None else text)
        return self._last[1]

    def take(self, file: TableFile) -> None:
        """Read articles.csv."""
        extras, works = self._columns(file)
        there = {(work.article, work.annotator): work for work in self._plan.read.all(ArticleWork)}
        self._listed = {row["article_uid"] for row in file.rows()}
        for row in file.rows():
            try:
                article = self._take_article(file, row, extras)
                self._articles[row["article_uid"]] = article
                for work in works:
                    self._take_work(file, row, article, work, there)
            except RowError as error:
                self._plan.tell(NoticeKind.REFUSED, file.name, row.number, str(error))

    def _columns(self, file: TableFile) -> tuple[list[str], list[_Work]]:
        """Part the further columns: extra fields first, then a block per annotator, NAME.status first."""
        columns = [column for column in file.further if column != "text"]
        extras: list[str] = []
        blocks: dict[str, list[str]] = {}
        head = ""
        for column, following in pairwise([*columns, ""]):
            if self._begins_block(column, following, head):
                head = column.removesuffix(".status")
            blocks.setdefault(head, []).append(column) if head else extras.append(column)
        return extras, [self._work(file, name, block) for name, block in blocks.items()]

    def _begins_block(self, column: str, following: str, head: str) -> bool:
        name = column.removesuffix(".status")
        if name == column or following != f"{name}.annotations":
            return False
        # Within the block of Anna, ‘Anna.x.status’ is an attribute of hers unless somebody is called Anna.x.
        return self._people.named(name) or not (self._is_extra(name) or column.startswith(f"{head}."))

    @staticmethod
    def _is_extra(head: str) -> bool:
        return bool(re.match(r"extra\d*\.", head))

    def _work(self, file: TableFile, head: str, columns: list[str]) -> _Work:
        known = {attribute.name: attribute for attribute in self._codebook.codebook.attributes_of(None)}
        work = _Work(head, {}, {})
        for column in columns:
            name = column.removeprefix(f"{head}.")
            if name == column or name in ("status", "annotations"):
                continue
            if name in WORK_NOTES:
                work.notes[name] = column
            elif (attribute := known.get(name.removeprefix("attribute.")) or known.get(name)) is not None:
                work.columns[column] = attribute
            else:
                text = f"‘{name}’ is no attribute of articles in the codebook; the column {column} was left out."
                self._plan.tell(NoticeKind.LEFT_OUT, file.name, 1, text)
        return work

    def _take_article(self, file: TableFile, row: TableRow, extras: list[str]) -> Article:
        uid = checked_uid(row["article_uid"], "article_uid")
        if uid in self._articles:
            raise RowError(f"the uid {uid} stands in an earlier row too; this row was left out.")
        there = self._plan.read.get(Article, uid)
        incoming = self._article(row, extras)
        if there is not None:
            incoming = replace(incoming, characters=there.characters, words=incoming.words or there.words)
            if self._plan.same_or_told(file.name, row.number, there, incoming):
                self._plan.already[Kind.ARTICLE] += 1
            return there
        same_text = [a for a in self._plan.read.articles_with_text(incoming.sha256) if a.uid not in self._listed]
        if len(same_text) == 1:
            self._plan.already[Kind.ARTICLE] += 1
            return same_text[0]
        return self._added(file, row, incoming)

    def _added(self, file: TableFile, row: TableRow, incoming: Article) -> Article:
        if "text" not in file.header:
            raise RowError("the article is not in the project and its text not in the table; export with the text.")
        text = normalised(row["text"])
        if text_hash(text) != incoming.sha256:
            raise RowError("the text does not match its sha256, so it was changed; export the table again.")
        if incoming.furniture and incoming.furniture[-1].stop > len(text):
            raise RowError(f"furniture {row['furniture']} is outside the text; empty the cell.")
        self._plan.texts[incoming.sha256] = text
        article = replace(incoming, characters=len(text))
        if not row["words"].isdecimal():
            article = replace(article, words=word_count(text))
        self._plan.add(article)
        return article

    def _article(self, row: TableRow, extras: list[str]) -> Article:
        try:
            furniture = spans_of(row["furniture"])
        except ValueError as error:
            raise RowError(f"furniture: {error}; the row was left out.") from error
        extra = tuple((extra_field(column), row[column]) for column in extras if row[column])
        words = int(row["words"]) if row["words"].isdecimal() else 0
        return Article(
            row["article_uid"], row["title"], row["sha256"], 0, words, row["source"], row["byline"], row["published"],
            row["url"], row["language"], furniture, extra, row["memo"], row["imported"],
        )  # fmt: skip

    def _take_work(
        self, file: TableFile, row: TableRow, article: Article, work: _Work,
        there: dict[tuple[str, str], ArticleWork],
    ) -> None:  # fmt: skip
        status = row[f"{work.name}.status"]
        said = [row[column] for column in (*work.columns, *work.notes.values())]
        if not status and not any(said):
            return
        if status and status not in set(Status):
            raise RowError(f"‘{status}’ is no status; there are {', '.join(Status)}.")
        annotator = self._people.annotator(work.name)
        known = there.get((article.uid, annotator))
        incoming = ArticleWork(
            known.uid if known else uid_from("work", article.uid, annotator), article.uid, annotator,
            Status(status or Status.TODO), row[work.notes.get("assigned", "")] == "yes",
            row[work.notes.get("memo", "")], values_in(self._plan, file, row, work.columns),
            row[work.notes.get("reviewed", "")] == "yes",
        )  # fmt: skip
        if known is None:
            self._plan.add(incoming)
        elif self._plan.same_or_told(file.name, row.number, known, incoming):
            self._plan.already[Kind.ARTICLE_WORK] += 1
