"""The other names of an entity, each with a cross to take it away, and a field for one more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.ui.codebook.fields import tool
from annotator.ui.widgets.flow import Flow
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit

_LONGEST = 220


class _Chip(QWidget):
    def __init__(self, name: str, owner: AliasChips) -> None:
        super().__init__(owner)
        self.setObjectName("alias")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            "QWidget#alias { background: palette(midlight); border-radius: 5px; } QLabel { background: transparent; }"
            "QToolButton { padding: 0; }"
        )
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST))
        label.setToolTip(name if label.text() != name else "")
        self.cross = tool("close", owner.tr("Remove the name “{0}”").format(name), "aliasRemove")
        self.cross.setFixedSize(18, 18)
        self.cross.clicked.connect(lambda: owner.removed.emit(name))
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 2, 2)
        line.setSpacing(2)
        line.addWidget(label)
        line.addWidget(self.cross)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class AliasChips(QWidget):
    """``added`` and ``removed`` tell names."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] | None = None
        self.chips: list[_Chip] = []
        self._flow = Flow()
        self.field = _NewName()
        self.field.setObjectName("newAlias")
        self.field.setPlaceholderText(self.tr("Add another name, Enter"))
        self.field.setAccessibleName(self.tr("Another name"))
        self.field.entered.connect(self.added)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._flow)
        column.addWidget(self.field)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show these names."""
        if names == self._names:
            return
        self._names = names
        self._flow.empty()
        self.chips = [_Chip(name, self) for name in names]
        for chip in self.chips:
            self._flow.add(chip)
        self._flow.setVisible(bool(names))


class _NewName(ProjectUndoLineEdit):
    entered = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the name at Enter; the key stays here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = " ".join(self.text().split())
            self.clear()
            if text:
                self.entered.emit(text)
        else:
            super().keyPressEvent(event)
