"""The article list as rows: a heading for each status, under it its articles, read in pages as they are looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.model.annotation import Annotation
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.changes import Change, ChangeSet, Kind
from annotator.model.content import ArticleFilter, ArticleRow, Order
from annotator.project.project import Project
from annotator.ui.articles.groups import ORDER, Groups, Place
from annotator.ui.articles.wording import shown_date, status_name, tags_in_words, word_count_in_words

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
PAGE = 20
"""Rows read at once, about as many as are in sight: more would be read within one frame of a scroll bar's drag."""
_PAGES = 300
"""Pages kept; the one read longest ago goes."""

_OF_TAGS = {Kind.ANNOTATION, Kind.LINK, Kind.VERDICT, Kind.ENTITY}
"""What changes nothing of an article's row but how many tags it has."""

UID_ROLE = Qt.ItemDataRole.UserRole
"""An article's uid; None for a heading."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""An article's ArticleRow."""
HEADING_ROLE = Qt.ItemDataRole.UserRole + 2
"""A heading's (status, how many, unfolded)."""


class ArticleModel(QAbstractListModel):
    """Knows all uids and reads a page of rows when one of them is drawn; a change touches the rows it is about."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._annotator = ""
        self._filter = ArticleFilter()
        self._order = Order.IMPORTED
        self._descending = False
        self._folded: set[Status] = set()
        self._groups = Groups()
        self._shown: tuple[Status, ...] = ()
        self._counts: dict[Status, int] = {}
        self._cache: dict[str, ArticleRow] = {}

    # -- what is shown --------------------------------------------------------------------------------------

    def show(
        self,
        project: Project | None,
        chosen: ArticleFilter,
        order: Order = Order.IMPORTED,
        *,
        descending: bool = False,
        rows: Collection[int] | None = None,
    ) -> None:
        """Show a project's articles that pass a filter, in an order; None shows nothing.

        ``rows`` are the row numbers of those that pass just now, where they are known already.
        """
        self._project, self._filter, self._order, self._descending = project, chosen, order, descending
        self.read_anew(rows)

    def read_anew(self, rows: Collection[int] | None = None) -> None:
        """Ask again which articles there are, unless that is known."""
        self.beginResetModel()
        self._cache.clear()
        if self._project is None:
            self._groups, self._shown = Groups(), ()
        else:
            self._annotator = self._project.annotator.uid
            listings = self._project.cache.listings
            self._groups = Groups(
                listings.listing(self._annotator, self._filter, self._order, descending=self._descending, rows=rows)
            )
            wanted = self._filter.statuses or frozenset(ORDER)
            self._shown = tuple(status for status in ORDER if status in wanted) if len(self._groups) else ()
        self._count()
        self.endResetModel()

    @property
    def groups(self) -> Groups:
        """The articles in their groups."""
        return self._groups

    @property
    def shown(self) -> tuple[Status, ...]:
        """The groups that have a heading."""
        return self._shown

    @property
    def count(self) -> int:
        """How many articles pass the filter, in folded groups too."""
        return sum(self._groups.count(status) for status in self._shown)

    def folded(self, status: Status) -> bool:
        """Tell whether a group is folded."""
        return status in self._folded

    def fold(self, status: Status, folded: bool) -> None:
        """Fold a group or unfold it."""
        if folded is self.folded(status):
            return
        heading, count = self._heading_row(status), self._groups.count(status)
        if status not in self._shown or not count:
            self._folded ^= {status}
        elif folded:
            self.beginRemoveRows(_NO_PARENT, heading + 1, heading + count)
            self._folded.add(status)
            self.endRemoveRows()
        else:
            self.beginInsertRows(_NO_PARENT, heading + 1, heading + count)
            self._folded.discard(status)
            self.endInsertRows()
        if status in self._shown:
            self._tell(heading)

    # -- where things stand ---------------------------------------------------------------------------------

    def _length(self, status: Status) -> int:
        """Return how many article rows a group takes just now."""
        return 0 if status in self._folded else self._groups.count(status)

    def _heading_row(self, status: Status) -> int:
        row = 0
        for other in self._shown:
            if other is status:
                break
            row += 1 + self._length(other)
        return row

    def heading_rows(self) -> list[int]:
        """Return the rows that are headings."""
        return [self._heading_row(status) for status in self._shown]

    def heading(self, status: Status) -> QModelIndex:
        """Return a group's heading, invalid when it has none."""
        return self.index(self._heading_row(status), 0) if status in self._shown else QModelIndex()

    def _found(self, row: int) -> Status | str | None:
        """Return a row's status when it is a heading, its uid when it is an article."""
        for status in self._shown:
            if row == 0:
                return status
            row -= 1
            length = self._length(status)
            if row < length:
                return self._groups.uid(Place(status, row))
            row -= length
        return None

    def uid_at(self, row: int) -> str | None:
        """Return the article of a row, None for a heading or where there is no row."""
        found = self._found(row) if row >= 0 else None
        return None if isinstance(found, Status) else found

    def _row_of(self, place: Place) -> int:
        return self._heading_row(place.status) + 1 + place.at

    def index_of(self, uid: str) -> QModelIndex:
        """Return an article's index, invalid when it is not shown (filtered out, or in a folded group)."""
        place = self._groups.place(uid)
        if place is None or place.status in self._folded or place.status not in self._shown:
            return QModelIndex()
        return self.index(self._row_of(place), 0)

    # -- Qt's questions -------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many rows are shown: headings, and the articles of unfolded groups."""
        return 0 if parent.isValid() else sum(1 + self._length(status) for status in self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's title, what a screen reader says, its tooltip, its uid or the row itself."""
        found = self._found(index.row()) if index.isValid() else None
        if isinstance(found, Status):
            return self._heading_data(found, role)
        if found is None:
            return None
        if role == UID_ROLE:
            return found
        row = self.row(found)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._in_words(row, "\n" if role == Qt.ItemDataRole.ToolTipRole else ", ")
        return None

    def _heading_data(self, status: Status, role: int) -> Any:
        count = self._counts[status]
        if role == HEADING_ROLE:
            return status, count, status not in self._folded
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{status_name(status)} ({QLocale().toString(count)})"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("folded") if status in self._folded else self.tr("unfolded")
            return f"{status_name(status)}, {QLocale().toString(count)}, {state}"
        return None

    def _in_words(self, row: ArticleRow, joiner: str) -> str:
        codebook = self._project.cache.codebook if self._project is not None else None
        labels = {tag.uid: tag.label for tag in codebook.tag_types} if codebook is not None else {}
        parts = (
            row.title, row.source, shown_date(row.published, QLocale()), word_count_in_words(row.words, QLocale()),
            status_name(row.status), tags_in_words(row, labels),
        )  # fmt: skip
        return joiner.join(part for part in parts if part)

    def row(self, uid: str) -> ArticleRow | None:
        """Return an article's row, read with its neighbours when it is not at hand; None when it is gone."""
        if uid not in self._cache and self._project is not None:
            place = self._groups.place(uid)
            if place is not None:
                self._fetch(place)
        return self._cache.get(uid)

    def _fetch(self, place: Place) -> None:
        project = self._project
        if project is None:
            return
        # From the row on that is asked for: in a drag of the scroll bar that is the uppermost in sight.
        wanted = [uid for uid in self._groups.some(place, PAGE) if uid not in self._cache]
        for row in project.read.article_rows(wanted, self._annotator):
            self._cache[row.uid] = row
        while len(self._cache) > PAGE * _PAGES:
            del self._cache[next(iter(self._cache))]

    # -- following changes ----------------------------------------------------------------------------------

    def take_in(self, change_set: ChangeSet | None) -> None:
        """Follow a change: refresh the rows that it touches, move those whose status it changes."""
        if self._project is None:
            return
        if change_set is None or self._project.annotator.uid != self._annotator or self._changes_the_list(change_set):
            self.read_anew()
            return
        if change_set.kinds <= _OF_TAGS:
            self._refresh(self._recounted(change_set))
            return
        touched = change_set.articles
        for uid in touched:
            self._cache.pop(uid, None)
        for change in change_set.of(Kind.ARTICLE_WORK):
            self._follow_work(change)
        self._refresh(touched)
        if change_set.of(Kind.TAG_TYPE) and self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def _recounted(self, change_set: ChangeSet) -> set[str]:
        """Count the tags in the rows at hand anew, without the file; return the articles whose counts have changed."""
        moved: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for change in change_set.of(Kind.ANNOTATION):
            for record, by in ((change.before, -1), (change.after, 1)):
                if isinstance(record, Annotation):
                    moved[record.article][record.tag_type] += by
        changed = {uid for uid, tags in moved.items() if any(tags.values())}
        for uid in changed & self._cache.keys():
            row = self._cache[uid]
            counts = {tag: row.tags.get(tag, 0) + moved[uid][tag] for tag in {*row.tags, *moved[uid]}}
            self._cache[uid] = replace(row, tags={tag: count for tag, count in counts.items() if count})
        return changed

    def _changes_the_list(self, change_set: ChangeSet) -> bool:
        """Tell whether a change brings or takes articles, or may put them elsewhere in the order or the filter.

        Tagging never does: a list filtered by tags would change under the hands of the one who tags.
        """
        for change in change_set.of(Kind.ARTICLE):
            if change.before is None or change.after is None:
                return True
            if (self._filter.narrows or self._order is not Order.IMPORTED) and _listed(change.before) != _listed(
                change.after
            ):
                return True
        return self._filter.assigned_only and any(
            isinstance(record, ArticleWork) and record.annotator == self._annotator
            for change in change_set.of(Kind.ARTICLE_WORK)
            for record in (change.before, change.after)
        )

    def _follow_work(self, change: Change) -> None:
        work = change.after or change.before
        if not isinstance(work, ArticleWork) or work.annotator != self._annotator or work.article not in self._groups:
            return
        status = work.status if change.after is not None else Status.TODO
        if status is not self._groups.status(work.article):
            self._move(work.article, status)

    def _move(self, uid: str, status: Status) -> None:
        before, after = self._groups.place(uid), self._groups.target(uid, status)
        if before is None:
            return
        seen = before.status in self._shown and before.status not in self._folded
        will_be_seen = status in self._shown and status not in self._folded
        old, new = self._row_of(before), self._row_of(after)
        if seen and will_be_seen:
            self.beginMoveRows(_NO_PARENT, old, old, _NO_PARENT, new)
        elif seen:
            self.beginRemoveRows(_NO_PARENT, old, old)
        elif will_be_seen:
            self.beginInsertRows(_NO_PARENT, new, new)
        self._groups.move(uid, status)
        if seen and will_be_seen:
            self.endMoveRows()
        elif seen:
            self.endRemoveRows()
        elif will_be_seen:
            self.endInsertRows()
        self._count()
        for row in self.heading_rows():
            self._tell(row)

    def _count(self) -> None:
        """Note the figures of the headings: they may change only once the rows have moved, in a step of their own."""
        self._counts = {status: self._groups.count(status) for status in ORDER}

    def _refresh(self, uids: Collection[str]) -> None:
        if len(uids) > PAGE:
            if self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
            return
        for uid in uids:
            index = self.index_of(uid)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))


def _listed(record: object) -> tuple[str, ...]:
    """Return what of an article its place in a list hangs on."""
    if not isinstance(record, Article):
        return ()
    return record.title, record.source, record.published, record.sha256
