"""The open article's annotations as a tree, kept in step with every change by moving as few rows as it can."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItemModel

from annotator.model import rules
from annotator.model.annotation import Annotation, text_order
from annotator.model.changes import Change, ChangeSet, Kind
from annotator.model.content import ArticleContent
from annotator.model.rules import ToCheck
from annotator.ui.panel import summary
from annotator.ui.panel.narrowing import Narrowing
from annotator.ui.panel.nesting import Row, flat, nested, renumber
from annotator.ui.state import MANY, UiState
from annotator.ui.widgets.remarks import decision_word, remarks_on

_Index = QModelIndex | QPersistentModelIndex
_MANY_MOVES = 100


class Shown(Struct, frozen=True):
    """What is painted of a row: its words, what stands dimmed behind them, and whether something is to be checked."""

    row: Row
    annotation: Annotation
    words: str
    detail: str
    lacking: bool


class AnnotationModel(QStandardItemModel):
    """Rows of ``Row``; what of one is painted is ``shown``, what is read aloud and told in tooltips its data.

    Which rows there are Qt knows itself, as empty items: a view asks for each of ten thousand whenever one is added,
    and would have to ask Python for it. What they show is asked for the visible ones only, and answered from ``Row``.

    ``judged`` tells that what the annotations of a large article lack is known now.
    """

    judged = Signal()

    def __init__(self, state: UiState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._top: list[Row] = []
        self._itself: dict[str, Row] = {}
        self._lacks: dict[str, tuple[ToCheck, ...]] = {}
        self._narrowing = Narrowing()
        self._coming: list[Row] = []
        # Before any view hears of it: from then on views ask for what the rows show.
        self.rowsInserted.connect(self._adopt)
        self.rowsRemoved.connect(self._drop)
        state.article_opened.connect(self.rebuild)
        state.content_changed.connect(self.take_in)
        self.rebuild()

    # -- what there is ------------------------------------------------------------------------------------

    @property
    def narrowing(self) -> Narrowing:
        """What the list is narrowed to."""
        return self._narrowing

    def narrow(self, narrowing: Narrowing) -> None:
        """Show other annotations."""
        if narrowing != self._narrowing:
            self._narrowing = narrowing
            self._reset()

    def rebuild(self) -> None:
        """Read everything anew."""
        content = self._state.content
        self._lacks = {}
        if content is not None and len(content.annotations) > MANY:
            # Judging ten thousand takes a moment in which the rows can be seen already.
            QTimer.singleShot(0, self, self._judge_all)
        else:
            self._lacks = _lacks_of(self._state)
        self._reset()

    def lacking(self) -> int:
        """Return how many annotations of the sets shown lack something."""
        if not self._narrowing.annotation_set:
            return len(self._lacks)
        return len(self._lacks.keys() & self._in_sets().keys())

    def reviewed(self) -> int:
        """Return of how many annotations of the sets shown something was said in review."""
        return len(self._remarked() & self._in_sets().keys())

    def _remarked(self) -> set[str]:
        content = self._state.content
        return {one.annotation for one in content.verdicts.values()} if content is not None else set()

    def said(self, uid: str) -> str:
        """Return the newest thing that was said of an annotation in review, or nothing."""
        content, project = self._state.content, self._state.project
        if content is None or project is None:
            return ""
        newest = remarks_on(content, project.cache.annotators, {uid})[-1:]
        return "".join(f"{decision_word(one.decision)}: {one.said}".removesuffix(": ") for one in newest)

    def reasons(self, uid: str) -> str:
        """Return in words what an annotation lacks, or nothing."""
        return summary.reasons(self._lacks.get(uid, ()), self._state.codebook)

    def row(self, index: _Index) -> Row | None:
        """Return the row of an index, or None for the root."""
        if not index.isValid():
            return None
        rows = self._under(index.parent())
        return rows[index.row()] if index.row() < len(rows) else None

    def _under(self, parent: _Index) -> list[Row]:
        over = self.row(parent)
        return over.children if over is not None else self._top

    def index_of(self, uid: str) -> QModelIndex:
        """Return where an annotation stands as itself; an invalid index when it is not shown."""
        row = self._itself.get(uid)
        return self._index(row) if row is not None else QModelIndex()

    # -- the model's own ----------------------------------------------------------------------------------

    def with_children(self) -> list[QModelIndex]:
        """Return the indexes of the rows that others stand under, the upper ones first."""
        found: list[Row] = []
        waiting = [row for row in self._top if row.children]
        while waiting:
            found += waiting
            waiting = [child for row in waiting for child in row.children if child.children]
        return [self._index(row) for row in found]

    def shown(self, index: _Index) -> Shown | None:
        """Return what is painted of a row: asked role by role, it would take as long as the painting."""
        row = self.row(index)
        annotation = self._annotation(row.annotation) if row is not None else None
        if row is None or annotation is None:
            return None
        return Shown(
            row, annotation, self._words(row, annotation), self._detail(row, annotation),
            bool(self._lacks.get(annotation.uid)),
        )  # fmt: skip

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        row = self.row(index)
        annotation = self._annotation(row.annotation) if row is not None else None
        if row is None or annotation is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, annotation)
        return self._told(row, annotation, role)

    def _words(self, row: Row, annotation: Annotation) -> str:
        """Return the annotation's words; where it stands for what another is linked to, the name it goes by."""
        project = self._state.project
        entity = project.cache.entities.get(annotation.entity or "") if project and row.label else None
        return entity.name if entity is not None else summary.one_line(annotation.text)

    def _detail(self, row: Row, annotation: Annotation) -> str:
        entities = self._state.project.cache.entities if self._state.project else {}
        return summary.detail(annotation, self._state.codebook, entities, by_name=bool(row.label))

    def _told(self, row: Row, annotation: Annotation, role: int) -> str | None:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = row.label or self._state.codebook.tag(annotation.tag_type).label
            words, said = self._words(row, annotation), self._detail(row, annotation)
            return ", ".join(filter(None, (f"{kind}: {words}", said, self.reasons(annotation.uid))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.reasons(annotation.uid), annotation.note))) or None
        return None

    # -- following ----------------------------------------------------------------------------------------

    def take_in(self, change_set: ChangeSet | None) -> None:
        """Follow a change; None reads everything anew."""
        if change_set is None or change_set.of(Kind.TAG_TYPE, Kind.ATTRIBUTE, Kind.LINK_RULE):
            self.rebuild()
            return
        content = self._state.content
        touched = rules.touched(content, change_set) if content is not None else set()
        self._judge(touched)
        moves = sum(_moves_rows(change) for change in change_set.of(Kind.ANNOTATION, Kind.LINK))
        if moves > _MANY_MOVES:
            self._reset()  # row by row the view would count all of them again for each
        elif self._narrowing.flat or (moves and not self._placed_alone(change_set)):
            self._sync(self._rows(), None)
            self._find_themselves()
        for uid in touched:
            row = self._itself.get(uid)
            if row is not None:
                self.dataChanged.emit(self._index(row), self._index(row))

    def _placed_alone(self, change_set: ChangeSet) -> bool:
        """Move only the rows of what changed, where nothing is linked to it; tell whether that was possible.

        Among ten thousand annotations, making all rows anew takes longer than everything else that a key does.
        """
        content, uids = self._state.content, {c.uid for c in change_set.of(Kind.ANNOTATION)}
        if content is None or change_set.of(Kind.LINK):
            return False
        if any(k.from_annotation in uids or k.to_annotation in uids for k in content.links.values()):
            return False
        shown = self._in_sets()
        for uid in uids:
            self._place_alone(uid, shown.get(uid))
        return True

    def _place_alone(self, uid: str, annotation: Annotation | None) -> None:
        row = self._itself.pop(uid, None)
        if row is not None and (annotation is None or not self._in_order(row)):
            self._remove([row], None)
            row = None
        if annotation is not None:
            if row is None:
                row = Row(uid)
                self._insert(row, bisect_left(self._top, text_order(annotation), key=self._order_of), None)
            self._itself[uid] = row

    def _in_order(self, row: Row) -> bool:
        """Tell whether a row of the top level may stay between its neighbours."""
        beside = self._top[max(row.at - 1, 0) : row.at + 2]
        orders = [self._order_of(one) for one in beside]
        return orders == sorted(orders)

    def _order_of(self, row: Row) -> tuple[int, int, str]:
        annotation = self._annotation(row.annotation)
        return text_order(annotation) if annotation is not None else (0, 0, "")

    def _judge_all(self) -> None:
        self._lacks = _lacks_of(self._state)
        if self._narrowing.lacking:
            self._reset()
        self.judged.emit()

    def _judge(self, uids: Collection[str]) -> None:
        """See anew what these annotations lack."""
        content, project = self._state.content, self._state.project
        if content is None or project is None:
            return
        found = rules.to_check(content, self._state.codebook, project.cache.entities, uids)
        for uid in uids:
            self._lacks.pop(uid, None)
        self._lacks.update(_grouped(found))

    def _reset(self) -> None:
        self.beginResetModel()
        self.blockSignals(True)  # of single rows: who listens reads everything anew
        self.removeRows(0, self.rowCount())
        self._top = self._rows()
        self._find_themselves()
        self._fill(self._top, QModelIndex())
        self.blockSignals(False)
        self.endResetModel()

    def _fill(self, rows: list[Row], parent: QModelIndex) -> None:
        """Let Qt know of rows that are there already."""
        if rows:
            self._announce(0, len(rows), parent)
        for row in rows:
            if row.children:
                self._fill(row.children, self.index(row.at, 0, parent))

    def _rows(self) -> list[Row]:
        content = self._state.content
        if content is None:
            return []
        if self._narrowing.flat:
            return flat(self._shown().values())
        return nested(self._shown(), content.links.values(), self._state.codebook)

    def _in_sets(self) -> dict[str, Annotation]:
        content, wanted = self._state.content, self._narrowing.annotation_set
        if content is None:
            return {}
        if not wanted:
            return content.annotations
        return {a.uid: a for a in content.annotations.values() if a.annotation_set == wanted}

    def _shown(self) -> dict[str, Annotation]:
        shown, narrowing = self._in_sets(), self._narrowing
        if narrowing.lacking:
            shown = {uid: a for uid, a in shown.items() if uid in self._lacks}
        if narrowing.reviewed:
            remarked = self._remarked()
            shown = {uid: a for uid, a in shown.items() if uid in remarked}
        if narrowing.tag_types:
            shown = {uid: a for uid, a in shown.items() if a.tag_type in narrowing.tag_types}
        words = narrowing.words.casefold()
        return {uid: a for uid, a in shown.items() if words in self._searched(a)} if words else shown

    def _searched(self, annotation: Annotation) -> str:
        project = self._state.project
        entity = project.cache.entities.get(annotation.entity or "") if project else None
        return summary.one_line(f"{annotation.text} {entity.name if entity else ''} {annotation.note}").casefold()

    def _sync(self, wanted: list[Row], over: Row | None) -> None:
        """Make the rows under ``over`` those wanted; rows that stay keep their place and their index."""
        have = over.children if over is not None else self._top
        head = self._sync_alike(have, wanted)
        tail = 0
        while tail < min(len(have), len(wanted)) - head and have[-1 - tail].key == wanted[-1 - tail].key:
            tail += 1
        if tail:
            self._sync_alike(have[len(have) - tail :], wanted[len(wanted) - tail :])
        self._sync_between(head, len(have) - tail, wanted[head : len(wanted) - tail], over)

    def _sync_alike(self, have: list[Row], wanted: list[Row]) -> int:
        """Follow what stands under rows that are alike from the first on; return how many are."""
        alike = 0
        for mine, other in zip(have, wanted, strict=False):
            if mine.key != other.key:
                break
            if mine.children or other.children:
                self._sync(other.children, mine)
            alike += 1
        return alike

    def _sync_between(self, first: int, stop: int, wanted: list[Row], over: Row | None) -> None:
        have = over.children if over is not None else self._top
        between = have[first:stop]
        stay = {row.key for row in between} & {row.key for row in wanted}
        if [r.key for r in between if r.key in stay] != [r.key for r in wanted if r.key in stay]:
            stay = set()  # the order changed: rare, and not worth working out
        self._remove([row for row in between if row.key not in stay], over)
        for at, row in enumerate(wanted, first):
            if row.key in stay:
                self._sync(row.children, have[at])
                continue
            self._insert(row, at, over)

    def _announce(self, at: int, count: int, parent: QModelIndex) -> None:
        if not self.columnCount(parent):
            self.insertColumns(0, 1, parent)
        self.insertRows(at, count, parent)

    def _insert(self, row: Row, at: int, over: Row | None) -> None:
        row.parent = over
        parent, self._coming = self._index(over), [row]
        self._announce(at, 1, parent)
        self._fill(row.children, self.index(at, 0, parent))

    def _adopt(self, parent: QModelIndex, first: int, _last: int) -> None:
        have, coming = self._under(parent), self._coming
        self._coming = []
        have[first:first] = coming
        renumber(have, first)

    def _remove(self, doomed: list[Row], over: Row | None) -> None:
        for row in reversed(doomed):
            self.removeRows(row.at, 1, self._index(over))

    def _drop(self, parent: QModelIndex, first: int, last: int) -> None:
        have = self._under(parent)
        del have[first : last + 1]
        renumber(have, first)

    def _find_themselves(self) -> None:
        self._itself = {}
        waiting = list(self._top)
        while waiting:
            row = waiting.pop()
            if row.itself:
                self._itself[row.annotation] = row
            waiting.extend(row.children)

    def _index(self, row: Row | None) -> QModelIndex:
        return self.index(row.at, 0, self._index(row.parent)) if row is not None else QModelIndex()

    def _annotation(self, uid: str) -> Annotation | None:
        content: ArticleContent | None = self._state.content
        return content.annotations.get(uid) if content is not None else None


def _moves_rows(change: Change) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, Annotation) or not isinstance(after, Annotation):
        return True
    return (before.fragments, before.tag_type) != (after.fragments, after.tag_type)


def _grouped(found: Iterable[ToCheck]) -> dict[str, tuple[ToCheck, ...]]:
    grouped: dict[str, list[ToCheck]] = {}
    for check in found:
        grouped.setdefault(check.annotation, []).append(check)
    return {uid: tuple(checks) for uid, checks in grouped.items()}


def _lacks_of(state: UiState) -> dict[str, tuple[ToCheck, ...]]:
    if state.content is None or state.project is None:
        return {}
    return _grouped(state.to_check)
