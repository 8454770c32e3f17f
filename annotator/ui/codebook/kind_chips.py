"""Which kinds of entity a table shows: none pressed means all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from annotator.model.entity import EntityKind
from annotator.ui.codebook.wording import entity_icon
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.flow import Flow


class KindChips(Flow):
    """``changed`` tells that other kinds are wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=2)
        self.setAccessibleName(self.tr("Kinds"))
        groups: tuple[tuple[str, tuple[EntityKind, ...]], ...] = (
            (self.tr("People"), (EntityKind.NAMED_PERSON, EntityKind.ANONYMOUS_PERSON)),
            (self.tr("Groups"), (EntityKind.COLLECTIVE,)),
            (self.tr("Organisations"), (EntityKind.ORGANISATION,)),
            (self.tr("Documents"), (EntityKind.DOCUMENT,)),
            (self.tr("Places"), (EntityKind.PLACE,)),
            (self.tr("Unknown"), (EntityKind.UNKNOWN,)),
        )
        self.chips: dict[QToolButton, tuple[EntityKind, ...]] = {}
        for label, kinds in groups:
            chip = QToolButton()
            chip.setObjectName(f"kind.{kinds[0].value}")
            chip.setText(f" {label}")  # the style leaves no room between icon and text
            chip.setCheckable(True)
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setToolTip(self.tr("Show only these; press again for all"))
            chip.setAccessibleName(label)
            chip.toggled.connect(lambda _on: self.changed.emit())
            self.add(chip)
            self.chips[chip] = kinds
        self._tint()

    def chosen(self) -> tuple[EntityKind, ...]:
        """Return the kinds wanted; none for all."""
        return tuple(kind for chip, kinds in self.chips.items() if chip.isChecked() for kind in kinds)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "chips"):
            self._tint()

    def _tint(self) -> None:
        for chip, kinds in self.chips.items():
            chip.setIcon(icon(entity_icon(kinds[0])))
