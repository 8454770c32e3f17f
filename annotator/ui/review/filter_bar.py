"""What has been counted of a comparison, and the chips and the menu that narrow the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from annotator.analysis.comparison import DifferenceKind
from annotator.ui.review.kind_shapes import paint_kind
from annotator.ui.review.session import Session
from annotator.ui.review.wording import kind_word
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.flow import Flow

_SHAPE, _AROUND = 12, 18
"""Pixels of a chip's shape, and of the room around shape and number."""


class FilterBar(QWidget):
    """A chip per kind that occurs: its shape and number; checked chips narrow. The menu narrows by tag."""

    def __init__(self, state: UiState, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        self.counts = QLabel()
        self.counts.setObjectName("reviewCounts")
        self.counts.setWordWrap(True)
        self.tags = QToolButton()
        self.tags.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tags.setToolTip(self.tr("Show certain tags only"))
        self.tags.setAccessibleName(self.tags.toolTip())
        self.tags.clicked.connect(self._offer)
        self.cell = QToolButton()
        self.cell.setObjectName("cellFilter")
        self.cell.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.cell.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cell.setToolTip(self.tr("Only these two tags are shown: show all differences again"))
        self.cell.clicked.connect(lambda: session.narrow_to(None))
        self.chips: dict[DifferenceKind, QToolButton] = {}
        self._flow = Flow()
        self._flow.add(self.cell)
        for kind in DifferenceKind:
            self.chips[kind] = self._chip(kind)
            self._flow.add(self.chips[kind])
        head = QHBoxLayout()
        head.addWidget(self.counts, 1)
        head.addWidget(self.tags, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._flow)
        session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        session, found = self._session, self._session.found
        numbers = session.counts()
        self.counts.setText(self._counted(len(found.items), session.decided, found.agreed))
        for kind, chip in self.chips.items():
            chip.setVisible(bool(session.second) and (numbers[kind] > 0 or kind in session.kinds))
            chip.setText(str(numbers[kind]))
            chip.setFixedWidth(_SHAPE + chip.fontMetrics().horizontalAdvance(chip.text()) + _AROUND)
            chip.setToolTip(self.tr("Show only: {kind}").format(kind=kind_word(kind)))
            chip.setAccessibleName(f"{kind_word(kind)}: {numbers[kind]}")
            chip.setChecked(kind in session.kinds)
            chip.setIcon(self._picture(kind))
        self._flow.setVisible(bool(session.second) and bool(found.items))
        self._name_cell()
        theme = current_theme()
        self.tags.setIcon(icon("filter", theme.accent if session.tag_types else theme.secondary))

    def _name_cell(self) -> None:
        """Say which two tags alone are shown."""
        cell = self._session.cell
        self.cell.setVisible(cell is not None)
        if cell is not None:
            labels = {tag.uid: tag.label for tag in self._state.codebook.tag_types}
            self.cell.setText(" / ".join(labels.get(uid or "", self.tr("nothing")) for uid in cell))
            self.cell.setAccessibleName(self.tr("Only {0}: show all again").format(self.cell.text()))
            self.cell.setIcon(icon("close", current_theme().text))

    def menu(self) -> QMenu:
        """Return the menu of tags."""
        menu, session = QMenu(self), self._session
        delete_on_close(menu)
        for tag in self._state.codebook.tag_types:
            entry = QAction(tag.label, menu, checkable=True, checked=tag.uid in session.tag_types)
            entry.triggered.connect(
                lambda _on=False, uid=tag.uid: session.narrow(session.kinds, session.tag_types ^ {uid})
            )
            menu.addAction(entry)
        menu.addSeparator()
        menu.addAction(self.tr("All tags"), lambda: session.narrow(session.kinds, frozenset()))
        return menu

    def changeEvent(self, event: QEvent) -> None:
        """Draw the shapes anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_flow"):
            self.refresh()

    def _counted(self, number: int, decided: int, agreed: int) -> str:
        if not self._session.second:
            return self.tr("{0} of {1} decided").format(decided, number)
        return self.tr("{0} agreed · {1} different, {2} of them decided").format(agreed, number, decided)

    def _chip(self, kind: DifferenceKind) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setStyleSheet("padding: 2px 3px;")
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(_SHAPE, _SHAPE))
        chip.clicked.connect(lambda: self._session.narrow(self._session.kinds ^ {kind}, self._session.tag_types))
        return chip

    def _picture(self, kind: DifferenceKind) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(_SHAPE * ratio), round(_SHAPE * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_kind(painter, QRectF(0, 0, _SHAPE, _SHAPE), kind, QColor(current_theme().text))
        painter.end()
        return QIcon(picture)

    def _offer(self) -> None:
        self.menu().popup(self.tags.mapToGlobal(self.tags.rect().bottomLeft()))
