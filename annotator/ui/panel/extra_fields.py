"""Further fields of an article: pairs of name and value, added, changed and taken away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.ui.panel.fields import LineField
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dismiss import dismiss

Pairs = tuple[tuple[str, str], ...]


class _Pair(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self.name, self.value = LineField(), LineField()
        self.remove = remove = QToolButton()
        remove.setIcon(icon("close"))
        remove.setIconSize(QSize(12, 12))
        remove.setFixedSize(24, 24)
        remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        remove.setToolTip(self.tr("Take this field away"))
        remove.setAccessibleName(remove.toolTip())
        remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for field, stretch, told in ((self.name, 2, self.tr("Field")), (self.value, 3, self.tr("Value"))):
            field.setPlaceholderText(told)
            field.setAccessibleName(told)
            field.committed.connect(lambda _text: self.changed.emit())
            row.addWidget(field, stretch)
        row.addWidget(remove)
        self.name.show_text(name)
        self.value.show_text(value)

    def pair(self) -> tuple[str, str]:
        """Return name and value as they stand there."""
        return self.name.text().strip(), self.value.text()


class ExtraFields(QWidget):
    """``changed`` tells all pairs that have a name; a new row counts once it has one."""

    changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: Pairs = ()
        self._pairs: list[_Pair] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setVisible(False)

    @property
    def rows(self) -> list[tuple[LineField, LineField]]:
        """The fields of each row."""
        return [(pair.name, pair.value) for pair in self._pairs]

    def show_fields(self, fields: Pairs) -> None:
        """Show stored pairs; rows being typed stay when nothing else changed."""
        if fields == self._stored:
            return
        self._stored = fields
        if fields == self._typed():
            return
        for pair in list(self._pairs):
            self._drop(pair)
        for name, value in fields:
            self._append(name, value)
        self.setVisible(bool(self._pairs))

    def add(self) -> None:
        """Offer an empty row."""
        self._append("", "").name.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Commit what was typed."""
        for pair in list(self._pairs):
            pair.name.flush()
            pair.value.flush()

    def _typed(self) -> Pairs:
        return tuple(pair.pair() for pair in self._pairs if pair.pair()[0])

    def _append(self, name: str, value: str) -> _Pair:
        pair = _Pair(name, value)
        pair.changed.connect(self._tell)
        pair.removed.connect(lambda: self._remove(pair))
        self._column.addWidget(pair)
        self.setVisible(True)
        pair.show()
        if self._pairs:
            # A widget made later comes last in the window's tab order, far from the rows above it.
            QWidget.setTabOrder(self._pairs[-1].remove, pair.name)
            QWidget.setTabOrder(pair.name, pair.value)
            QWidget.setTabOrder(pair.value, pair.remove)
        self._pairs.append(pair)
        return pair

    def _remove(self, pair: _Pair) -> None:
        self._drop(pair)
        self._tell()

    def _drop(self, pair: _Pair) -> None:
        self._pairs.remove(pair)
        dismiss(pair)
        self.setVisible(bool(self._pairs))

    def _tell(self) -> None:
        if self._typed() != self._stored:
            self.changed.emit(self._typed())
