"""Reading a project file: every query returns records or small values, never rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.changes import KINDS, Kind, Record
from annotator.model.codebook import Attribute, Codebook, LinkRule, TagType
from annotator.model.content import ArticleContent, ArticleFilter, ArticleRow, Order, ProjectCounts, SearchHit
from annotator.model.entity import Entity
from annotator.model.project_info import ProjectInfo
from annotator.model.review import Verdict
from annotator.storage import article_list, counts, records, search
from annotator.storage.history_reader import HistoryReader

if TYPE_CHECKING:
    from annotator.model.marks import MarkedArticles
    from annotator.storage.export_rows import ExportRows

R = TypeVar("R", bound=Record)
_CHUNK = 500


class Reader(HistoryReader):
    """Queries over one connection; use each Reader from one thread only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)

    @cached_property
    def export(self) -> ExportRows:
        """The rows of the tables that are exported."""
        from annotator.storage.export_rows import ExportRows

        return ExportRows(self._connection)

    def all(self, record_type: type[R], where: str = "", values: Sequence[object] = ()) -> Iterator[R]:
        """Yield the records of a type, in the order of their adding unless ``where`` says otherwise."""
        stored = records.table(KINDS[record_type])
        clause = where or "ORDER BY id"
        cursor = self._connection.execute(f"{stored.select} {clause}", values)
        while rows := cursor.fetchmany(_CHUNK):  # a row at a time costs as much again as its decoding
            for row in rows:
                yield stored.decode(row)  # type: ignore[misc]

    def get(self, record_type: type[R], uid: str) -> R | None:
        """Return one record, or None."""
        return next(self.all(record_type, "WHERE uid = ?", (uid,)), None)

    def many(self, record_type: type[R], uids: Iterable[str]) -> dict[str, R]:
        """Return records by uid; those that are not there are left out."""
        found: dict[str, R] = {}
        for chunk in _chunks(list(uids)):
            marks = ", ".join("?" * len(chunk))
            found.update((r.uid, r) for r in self.all(record_type, f"WHERE uid IN ({marks})", chunk))
        return found

    def info(self) -> ProjectInfo:
        """Return the project's own record."""
        return next(self.all(ProjectInfo))

    def codebook(self) -> Codebook:
        """Return tag types, attributes and link rules in the codebook's order."""
        order = "ORDER BY position, id"
        return Codebook(
            tuple(self.all(TagType, order)), tuple(self.all(Attribute, order)), tuple(self.all(LinkRule, order))
        )

    def annotators(self) -> list[Annotator]:
        """Return everybody who has worked on this project."""
        return list(self.all(Annotator))

    def sets(self) -> list[AnnotationSet]:
        """Return the annotation sets in the order of their adding."""
        return list(self.all(AnnotationSet))

    def sets_in_use(self) -> set[str]:
        """Return the uids of the sets that hold an annotation."""
        return {uid for (uid,) in self._connection.execute("SELECT DISTINCT annotation_set FROM annotation_count")}

    def entities(self) -> dict[str, Entity]:
        """Return all entities by uid."""
        return {entity.uid: entity for entity in self.all(Entity)}

    def entities_after(self, uid: str, most: int) -> tuple[Entity, ...]:
        """Return at most so many entities behind one in the order of their adding; an unknown one stands before all."""
        # From that one on: an OFFSET would go through all before it each time.
        behind = "WHERE id > coalesce((SELECT id FROM entity WHERE uid = ?), 0) ORDER BY id LIMIT ?"
        return tuple(self.all(Entity, behind, (uid, most)))

    def text(self, sha256: str) -> str:
        """Return an article text; raises KeyError when the file does not hold it."""
        return search.text_of(self._connection, sha256)

    def has_text(self, sha256: str) -> bool:
        """Tell whether the file holds that text."""
        return self._connection.execute("SELECT 1 FROM text WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def articles_with_text(self, sha256: str) -> list[Article]:
        """Return the articles that have this very text."""
        return list(self.all(Article, "WHERE sha256 = ? ORDER BY id", (sha256,)))

    def known_texts(self) -> set[str]:
        """Return the SHA-256 of every article's text."""
        return {sha256 for (sha256,) in self._connection.execute("SELECT DISTINCT sha256 FROM article")}

    def content(self, article: str) -> ArticleContent | None:
        """Return an article with its text and all that refers to it, or None; one state of the file."""
        with self._one_state():
            record = self.get(Article, article)
            return None if record is None else self._whole(record)

    def _whole(self, record: Article) -> ArticleContent:
        on_it, article = "WHERE article = ? ORDER BY id", (record.uid,)
        return ArticleContent(
            record,
            self.text(record.sha256),
            {a.uid: a for a in self.annotations(record.uid)},
            {link.uid: link for link in self.all(Link, on_it, article)},
            {v.uid: v for v in self.all(Verdict, on_it, article)},
        )

    def beginning(self, article: str, characters: int) -> ArticleContent | None:
        """Return what ``content`` does; of a longer article its whole text with what begins in its first code points.

        These are annotations alone then, no links and no verdicts.
        """
        with self._one_state():
            record = self.get(Article, article)
            if record is None:
                return None
            if record.characters <= characters:
                return self._whole(record)
            # By tag type, as the index is.
            where = "WHERE article = ? AND tag_type IN (SELECT uid FROM tag_type) AND start < ?"
            seen = self.all(Annotation, where, (article, characters))
            return ArticleContent(record, self.text(record.sha256), {a.uid: a for a in seen}, {}, {})

    def contents(self, articles: Sequence[str]) -> list[ArticleContent]:
        """Return what ``content`` does for some articles, in their order and one state; those not there are left out.

        Some twenty at a time are read in the time of four one by one, in a transaction that no commit waits for.
        """
        with self._one_state():
            found = self.many(Article, articles)
            texts = search.texts_of(self._connection, [record.sha256 for record in found.values()])
            made = {uid: ArticleContent(one, texts[one.sha256], {}, {}, {}) for uid, one in found.items()}
            for annotation in self.on_articles(Annotation, articles, "start, stop DESC, uid"):
                made[annotation.article].annotations[annotation.uid] = annotation
            for link in self.on_articles(Link, articles):
                made[link.article].links[link.uid] = link
            for verdict in self.on_articles(Verdict, articles):
                made[verdict.article].verdicts[verdict.uid] = verdict
            return [made[uid] for uid in articles if uid in made]

    def marked(
        self, articles: Sequence[str], sets: Sequence[str], tags: Sequence[str], *, first: int, detailed: bool
    ) -> MarkedArticles:
        """Return some articles with what some sets hold of them, in one state; those not there are left out.

        Some hundred at a time are read in a transaction that no commit waits for. Arguments as for ``marked.marks``.
        """
        from annotator.model.marks import MarkedArticles
        from annotator.storage import marked

        with self._one_state():
            found = self.many(Article, articles)
            there = [uid for uid in articles if uid in found]
            texts = search.texts_of(self._connection, [record.sha256 for record in found.values()])
            return MarkedArticles(
                [found[uid] for uid in there],
                [texts[found[uid].sha256] for uid in there],
                list(self.on_articles(ArticleWork, there, and_where="AND (reviewed OR \"values\" <> '{}')")),
                list(self.on_articles(Link, there)) if detailed else [],
                marked.marks(self._connection, there, sets, tags, first=first, detailed=detailed),
            )

    def sets_on(self, articles: Sequence[str]) -> dict[str, set[str]]:
        """Return, by article, the uids of the sets that hold an annotation of it; articles without any are left out."""
        from annotator.storage import marked

        return marked.sets_on(self._connection, articles)

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """Read in one transaction, that of the caller where one is under way."""
        owner = not self._connection.in_transaction
        if owner:
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if owner:
                self._connection.execute("COMMIT")

    def on_articles(
        self, record_type: type[R], articles: Sequence[str], order: str = "id", and_where: str = ""
    ) -> Iterator[R]:
        """Yield what is recorded of some articles: annotations, links, verdicts or standings."""
        for chunk in _chunks(list(articles)):
            marks = ", ".join("?" * len(chunk))
            yield from self.all(record_type, f"WHERE article IN ({marks}) {and_where} ORDER BY {order}", chunk)

    def uids_on(self, record_type: type[R], articles: Sequence[str], but: Mapping[str, int]) -> Iterator[str]:
        """Yield the uids of what ``on_articles`` yields, in its order, but for articles with just so many of them."""
        counted = counts.on_articles(self._connection, KINDS[record_type])
        for chunk in _chunks([uid for uid in articles if uid in counted and counted[uid] != but.get(uid)]):
            marks = ", ".join("?" * len(chunk))
            statement = f"SELECT uid FROM {KINDS[record_type]} WHERE article IN ({marks}) ORDER BY id"
            yield from (uid for (uid,) in self._connection.execute(statement, chunk).fetchall())

    def annotations(self, article: str) -> Iterator[Annotation]:
        """Yield an article's annotations in text order: by start, the longer first."""
        return self.all(Annotation, "WHERE article = ? ORDER BY start, stop DESC, uid", (article,))

    def links_at(self, annotation: str) -> list[Link]:
        """Return the links that start or end at an annotation."""
        return list(self.all(Link, "WHERE from_annotation = ?1 OR to_annotation = ?1 ORDER BY id", (annotation,)))

    def verdicts_on(self, annotation: str) -> list[Verdict]:
        """Return the verdicts on an annotation, or that refer to it as their adjudicated version, oldest first."""
        return list(self.all(Verdict, "WHERE annotation = ?1 OR adjudicated = ?1 ORDER BY id", (annotation,)))

    def replies_to(self, verdict: str) -> list[Verdict]:
        """Return the verdicts that answer this one."""
        return list(self.all(Verdict, "WHERE reply_to = ? ORDER BY id", (verdict,)))

    def verdicts_in_sets(self, sets: Sequence[str]) -> list[Verdict]:
        """Return what was said of the annotations of some annotation sets."""
        marks = ", ".join("?" * len(sets))
        among = f"(SELECT 1 FROM annotation a WHERE a.uid = verdict.annotation AND a.annotation_set IN ({marks}))"
        return list(self.all(Verdict, f"WHERE EXISTS {among} ORDER BY id", tuple(sets)))

    def annotations_of_entity(self, entity: str) -> list[Annotation]:
        """Return every annotation that bears an entity."""
        return list(self.all(Annotation, "WHERE entity = ? ORDER BY id", (entity,)))

    def count_links(self) -> int:
        """Return how many links there are."""
        return counts.rows(self._connection, Kind.LINK)

    def count_entities(self, *, given: bool = False) -> int:
        """Return how many entities there are, or how many of them are marked as given."""
        return counts.rows(self._connection, Kind.ENTITY, "WHERE given = 1" if given else "")

    def entity_uses(self) -> dict[str, int]:
        """Return how many annotations bear each entity that is borne at all."""
        return dict(
            self._connection.execute(
                "SELECT entity, count(*) FROM annotation WHERE entity IS NOT NULL GROUP BY entity"
            ).fetchall()
        )

    def annotations_with_tag(self, tag_type: str) -> list[Annotation]:
        """Return every annotation of a tag type."""
        return list(self.all(Annotation, "WHERE tag_type = ? ORDER BY id", (tag_type,)))

    def annotations_from(self, article: str, tag_type: str, start: int) -> list[Annotation]:
        """Return the annotations of an article that bear a tag type and begin at a code point."""
        where = "WHERE article = ? AND tag_type = ? AND start = ? ORDER BY id"
        return list(self.all(Annotation, where, (article, tag_type, start)))

    def count_tagged(self, tag_type: str) -> int:
        """Return how many annotations a tag type has."""
        return counts.borne(self._connection, "tag_type", tag_type)

    def count_by(self, annotator: str) -> int:
        """Return how many annotations a person has made."""
        return counts.borne(self._connection, "annotator", annotator)

    def links_with_role(self, role: str) -> list[Link]:
        """Return every link of a role."""
        return list(self.all(Link, "WHERE role = ? ORDER BY id", (role,)))

    def work(self, article: str, annotator: str) -> ArticleWork | None:
        """Return one annotator's standing with one article, or None when nothing was said yet."""
        return next(self.all(ArticleWork, "WHERE article = ? AND annotator = ?", (article, annotator)), None)

    def works(self, article: str) -> list[ArticleWork]:
        """Return all annotators' standing with one article."""
        return list(self.all(ArticleWork, "WHERE article = ? ORDER BY id", (article,)))

    def has_work(self, annotator: str) -> bool:
        """Tell whether a record besides a person and their set refers to them, or a step of theirs can be undone."""
        looks = (
            "SELECT 1 FROM annotation_count WHERE annotator = ?1",
            "SELECT 1 FROM link WHERE annotator = ?1",
            "SELECT 1 FROM verdict WHERE reviewer = ?1",
            "SELECT 1 FROM article_work WHERE annotator = ?1",
            "SELECT 1 FROM change_set WHERE annotator = ?1 AND state IN ('done', 'undone')",
        )
        return any(self._connection.execute(f"{look} LIMIT 1", (annotator,)).fetchone() for look in looks)

    def statuses(self, annotator: str) -> dict[str, Status]:
        """Return one annotator's status by article; an article that is not there is to do."""
        rows = self._connection.execute("SELECT article, status FROM article_work WHERE annotator = ?", (annotator,))
        return {article: Status(status) for article, status in rows}

    def sources(self) -> list[str]:
        """Return the names of the articles' sources, sorted."""
        rows = self._connection.execute("SELECT DISTINCT source FROM article WHERE source <> '' ORDER BY source")
        return [source for (source,) in rows]

    def ordered(self, order: Order = Order.IMPORTED, *, descending: bool = False) -> Sequence[int]:
        """Return the row numbers of all articles in order."""
        return article_list.ordered(self._connection, order, descending=descending)

    def article_uids(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the uids of the articles of these rows; those that are gone are left out."""
        return article_list.uids(self._connection, rows)

    def article_row(self, uid: str) -> int | None:
        """Return an article's row number, None when it is not there."""
        return article_list.row(self._connection, uid)

    def passing(self, annotator: str, chosen: ArticleFilter) -> list[int]:
        """Return the row numbers of the articles that pass the filter, in no order."""
        return article_list.passing(self._connection, annotator, chosen)

    def passing_in_parts(self, annotator: str, chosen: ArticleFilter) -> Iterator[list[int]]:
        """Yield what ``passing`` returns, in parts: for a worker, on whom no commit shall wait."""
        return article_list.passing_in_parts(self._connection, annotator, chosen)

    def begun(self, annotator: str) -> dict[Status, list[int]]:
        """Return the row numbers of the articles that are no longer to do for an annotator, by status."""
        return article_list.begun(self._connection, annotator)

    def count_articles(self) -> int:
        """Return how many articles there are."""
        return counts.rows(self._connection, Kind.ARTICLE)

    def article_rows(self, uids: Sequence[str], annotator: str) -> list[ArticleRow]:
        """Return the lines of the article list for these uids, in their order; those that are gone are left out."""
        return article_list.rows(self._connection, uids, annotator)

    def find_everywhere(self, words: str, limit: int = 200) -> list[SearchHit]:
        """Return up to ``limit`` places in titles, notes, attributes, entities, tags and texts that hold the words."""
        from annotator.storage import find_everywhere

        return find_everywhere.find_everywhere(self._connection, words, limit)

    def articles_titled(self, words: str, limit: int) -> list[Article]:
        """Return up to ``limit`` articles with all these words in their title, newest import first."""
        from annotator.storage import find_everywhere

        uids = find_everywhere.articles_titled(self._connection, words, limit)
        found = self.many(Article, uids)
        return [found[uid] for uid in uids]

    def counts(self) -> ProjectCounts:
        """Return how much the project holds."""
        return counts.counts(self._connection)

    def all_article_uids(self) -> list[str]:
        """Return every article's uid in the order of their adding."""
        return [uid for (uid,) in self._connection.execute("SELECT uid FROM article ORDER BY imported, uid")]

    def article_titles(self) -> list[tuple[str, str]]:
        """Return every article's uid and title in the order of their adding."""
        return self._connection.execute("SELECT uid, title FROM article ORDER BY imported, uid").fetchall()

    def schema_version(self) -> int:
        """Return the version of the file's schema."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    def data_version(self) -> int:
        """Return SQLite's data_version: it moves when another connection has written to the file."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)


def _chunks(uids: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(uids), _CHUNK):
        yield uids[at : at + _CHUNK]
