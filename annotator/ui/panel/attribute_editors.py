"""One editor for each kind of codebook attribute, used for annotations and for articles alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.model.codebook import Attribute, AttributeKind
from annotator.model.values import Value, as_text
from annotator.ui.panel.choice_chips import ChoiceChips
from annotator.ui.panel.fields import LineField, QuietCombo
from annotator.ui.panel.summary import readable
from annotator.ui.theme.polish import polish_anew
from annotator.ui.widgets.dismiss import dismiss

_PAGES = 12
"""So many tags' editors are kept beside those that are shown."""
_FEW = 4
"""So many choices are shown side by side; more open as a list."""


class AttributeEditor(QWidget):
    """Label above, field below. ``changed`` tells the new value, None for none; ``clicked`` that the mouse set it."""

    changed = Signal(object)
    clicked = Signal()

    def __init__(self, attribute: Attribute, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self._label = QLabel()
        self._label.setProperty("secondary", True)
        self._label.setToolTip(attribute.definition)
        self._show: Callable[[Value | None], None]
        self._line_field: LineField | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        self.field = self._made()
        self.field.setAccessibleName(attribute.label)
        self.field.setObjectName(f"attribute.{attribute.name}")
        column.addWidget(self.field)

    def show_value(self, value: Value | None) -> None:
        """Show a stored value; nothing is told."""
        self._show(value)
        missing = self.attribute.mandatory and value is None
        label = self.attribute.label + (self.tr(" (needed)") if missing else "")
        self._label.setText(label)
        if self._label.property("problem") != missing:
            self._label.setProperty("problem", missing)
            polish_anew(self._label)

    def flush(self) -> None:
        """Commit what was typed."""
        if self._line_field is not None:
            self._line_field.flush()

    def take_typed(self) -> list[Value | None]:
        """Return the value that was typed and not committed yet, if any, and forget it."""
        typed = self._line_field.take_typed() if self._line_field is not None else None
        return [] if typed is None else [self._typed(typed)]

    def _made(self) -> QWidget:
        attribute = self.attribute
        if attribute.kind is AttributeKind.SEVERAL:
            return self._chips(attribute.choices, several=True)
        if attribute.kind is AttributeKind.YES_NO:
            return self._chips(("yes", "no"), labels=(self.tr("yes"), self.tr("no")))
        if attribute.kind is AttributeKind.ONE and len(attribute.choices) <= _FEW:
            return self._chips(attribute.choices)
        if attribute.kind is AttributeKind.ONE:
            return self._combo()
        return self._line()

    def _chips(self, choices: tuple[str, ...], *, several: bool = False, labels: tuple[str, ...] = ()) -> QWidget:
        chips = ChoiceChips(choices, several=several, labels=labels)
        chips.set_told(self.attribute.label, self.attribute.definition)
        chips.chosen.connect(lambda chosen: self.changed.emit(self._meant(chosen)))
        chips.clicked.connect(self.clicked)
        self._show = lambda value: chips.set_choices(_chosen(value))
        return chips

    def _meant(self, chosen: tuple[str, ...]) -> Value | None:
        if self.attribute.kind is AttributeKind.SEVERAL:
            return chosen or None
        if not chosen:
            return None
        return chosen[0] == "yes" if self.attribute.kind is AttributeKind.YES_NO else chosen[0]

    def _combo(self) -> QWidget:
        combo = QuietCombo()
        combo.setToolTip(self.attribute.definition)
        combo.addItem(self.tr("not set"), "")
        for choice in self.attribute.choices:
            combo.addItem(readable(choice), choice)
        combo.activated.connect(lambda at: self.changed.emit(combo.itemData(at) or None))
        combo.clicked.connect(self.clicked)
        self._show = lambda value: combo.setCurrentIndex(max(combo.findData(value or ""), 0))
        return combo

    def _line(self) -> QWidget:
        line = LineField()
        line.setToolTip(self.attribute.definition)
        if self.attribute.kind is AttributeKind.DATE:
            line.setPlaceholderText(self.tr("2025-03-13, 2025-03 or 2025"))
        line.committed.connect(lambda text: self.changed.emit(self._typed(text)))
        self._show = lambda value: line.show_text(as_text(value))
        self._line_field = line
        return line

    def _typed(self, text: str) -> Value | None:
        bare = text.strip()
        if self.attribute.kind is AttributeKind.NUMBER and bare.count(",") == 1 and "." not in bare:
            bare = bare.replace(",", ".")
        return bare or None


class _Page(QWidget):
    """The editors of the attributes of one tag, below each other."""

    def __init__(self, attributes: tuple[Attribute, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.editors = {attribute.uid: AttributeEditor(attribute, self) for attribute in attributes}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for editor in self.editors.values():
            column.addWidget(editor)


class AttributeForm(QWidget):
    """The editors of some attributes. ``changed`` tells an attribute's uid and its new value.

    Those of other attributes are kept out of sight: making them takes longer than all else that a selected annotation
    of another tag brings with it.
    """

    changed = Signal(str, object)
    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attributes: tuple[Attribute, ...] = ()
        self._page: _Page | None = None
        self._pages: dict[tuple[Attribute, ...], _Page] = {}
        self._editable = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def editors(self) -> Mapping[str, AttributeEditor]:
        """The editors that are shown, by their attributes' uids."""
        return self._page.editors if self._page is not None else {}

    def ask(self, attributes: tuple[Attribute, ...]) -> None:
        """Show the editors of these attributes; the same ones stay."""
        if attributes == self._attributes:
            return
        self._attributes = attributes
        if self._page is not None:
            self._page.hide()
        self._forget_outdated(attributes)
        self._page = self._pages.pop(attributes, None) or self._made(attributes)
        self._pages[attributes] = self._page
        self._page.setEnabled(self._editable)
        self._page.show()
        self.setVisible(bool(attributes))

    def let_edit(self, editable: bool) -> None:
        """Say whether the editors that are shown, now and from now on, take anything."""
        # Not the form itself: it would tell each part of every page that is out of sight.
        self._editable = editable
        if self._page is not None:
            self._page.setEnabled(editable)

    def _forget_outdated(self, attributes: tuple[Attribute, ...]) -> None:
        """Let go of pages that the codebook no longer knows like this, and of the one shown longest ago."""
        asked = {attribute.uid for attribute in attributes}
        outdated = [known for known in self._pages if known != attributes and not asked.isdisjoint(_uids(known))]
        for known in outdated or list(self._pages)[: max(0, len(self._pages) - _PAGES)]:
            dismiss(self._pages.pop(known))

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show stored values."""
        for uid, editor in self.editors.items():
            editor.show_value(values.get(uid))

    def flush(self) -> None:
        """Commit what was typed."""
        for editor in self.editors.values():
            editor.flush()

    def take_typed(self) -> list[tuple[str, Value | None]]:
        """Return (attribute uid, value) of what was typed and not committed yet, and forget it."""
        return [(uid, value) for uid, editor in self.editors.items() for value in editor.take_typed()]

    def _made(self, attributes: tuple[Attribute, ...]) -> _Page:
        page = _Page(attributes, self)
        for uid, editor in page.editors.items():
            editor.changed.connect(partial(self.changed.emit, uid))
            editor.clicked.connect(self.clicked)
        self._column.addWidget(page)
        return page


def _uids(attributes: tuple[Attribute, ...]) -> list[str]:
    return [attribute.uid for attribute in attributes]


def _chosen(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    if isinstance(value, tuple):
        return value
    return (str(value),) if value is not None else ()
