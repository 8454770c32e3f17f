"""What came of an import: how many articles came in, how many were here already, what was refused and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from annotator.exchange.articles import Refused
from annotator.ui.imports.model import RefusedModel
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon

_ICON = 32


class SummaryPage(QWidget):
    """Figures in large type, the refused with their reasons below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = "done"
        self._picture = QLabel()
        self.heading = QLabel()
        self.heading.setProperty("title", True)
        self.heading.setWordWrap(True)
        self.details = QLabel()
        self.details.setWordWrap(True)
        self._refused_head = QLabel()
        self._refused_head.setProperty("heading", True)
        self.refused = RefusedModel(self)
        self._list = QListView()
        self._list.setModel(self.refused)
        self._list.setProperty("framed", True)
        self._list.setWordWrap(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setAccessibleName(self.tr("Refused, with the reasons"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 24, 8, 8)
        column.setSpacing(8)
        for label in (self._picture, self.heading, self.details):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(16)
        column.addWidget(self._refused_head)
        column.addWidget(self._list, 100)
        column.addStretch(1)

    def show_outcome(self, added: int | None, refused: Sequence[Refused], known: int = 0) -> None:
        """Show how many came in (None: nothing could be read), how many were here, and what was refused."""
        if added is None:
            heading = self.tr("Nothing could be read") if refused else self.tr("There is no article in there")
        elif added:
            heading = self.tr("1 article added") if added == 1 else self.tr("{0} articles added").format(added)
        else:
            heading = self.tr("Nothing new")
        details = []
        if known:
            details.append(
                self.tr("1 was here already and was left out.")
                if known == 1
                else self.tr("{0} were here already and were left out.").format(known)
            )
        if added:
            details.append(self.tr("Undo takes the import back."))
        if added is None and not refused:
            details.append(self.tr("The folder holds no text, HTML, Word, PDF or table file."))
        self._show("done" if added else "warning", heading, " ".join(details), refused)

    def show_failure(self, message: str) -> None:
        """Show why the reading failed as a whole."""
        self._show("warning", self.tr("Nothing was imported"), message, ())

    def _show(self, icon_name: str, heading: str, details: str, refused: Sequence[Refused]) -> None:
        self._icon_name = icon_name
        self.heading.setText(heading)
        self.details.setText(details)
        self.details.setVisible(bool(details))
        self.refused.show(refused)
        self._refused_head.setText(self.tr("Not read ({0})").format(len(refused)))
        self._refused_head.setVisible(bool(refused))
        self._list.setVisible(bool(refused))
        self._tint()

    def _tint(self) -> None:
        theme = current_theme()
        colour = theme.success if self._icon_name == "done" else theme.warning
        self._picture.setPixmap(icon(self._icon_name, colour).pixmap(_ICON, _ICON))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "refused"):
            self._tint()
