"""Which column of a table holds what: proposed from the header, chosen here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.exchange.articles import ColumnMapping
from annotator.ui.widgets.dismiss import dismiss

Header = tuple[str, ...]


class ColumnsForm(QWidget):
    """The columns of one header; ``changed`` tells that another was chosen, or that the files are left out or not."""

    changed = Signal()

    def __init__(self, header: Header, files: Sequence[str], mapping: ColumnMapping, *, left_out: bool = False) -> None:
        super().__init__()
        self.header = header
        names = {
            "text": self.tr("Text"), "title": self.tr("Title"), "published": self.tr("Date"),
            "source": self.tr("Source"), "byline": self.tr("Byline"), "url": self.tr("Address"),
            "language": self.tr("Language"), "id": self.tr("Number or id"),
        }  # fmt: skip
        first = PurePath(files[0]).name
        further = self.tr(" and %n more", "", len(files) - 1) if len(files) > 1 else ""
        heading = QLabel(first + further)
        heading.setProperty("heading", True)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.leave_out = QCheckBox(self.tr("Leave these files out") if further else self.tr("Leave this file out"))
        self.leave_out.setAccessibleDescription(heading.text())
        self.leave_out.setChecked(left_out)
        self.problem = QLabel(self._problem(several=bool(further)))
        self.problem.setProperty("problem", True)
        self.problem.setWordWrap(True)
        self._fields = QWidget()
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        self._choices: dict[str, QComboBox] = {}
        for field, name in names.items():
            self._choices[field] = self._choice(name, getattr(mapping, field))
            form.addRow(QLabel(name), self._choices[field])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(6)
        for widget in (heading, self.leave_out, self.problem):
            column.addWidget(widget)
        column.addWidget(self._fields, 0, Qt.AlignmentFlag.AlignLeft)
        self.changed.connect(self._show_state)
        self.leave_out.toggled.connect(lambda _: self.changed.emit())
        self._show_state()

    def _problem(self, *, several: bool) -> str:
        if several:
            return self.tr("No column is known to hold the text: choose it under “Text”, or leave these files out.")
        return self.tr("No column is known to hold the text: choose it under “Text”, or leave this file out.")

    def _show_state(self) -> None:
        self.problem.setVisible(not self.complete)
        self._fields.setVisible(not self.left_out)

    def _choice(self, name: str, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumWidth(280)
        box.addItem(self.tr("(no column)"), "")
        for column in dict.fromkeys(self.header):
            if column:
                box.addItem(column, column)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        return box

    def choose(self, field: str, column: str) -> None:
        """Choose a column for a field; an empty one for none."""
        self._choices[field].setCurrentIndex(max(self._choices[field].findData(column), 0))

    def choice(self, field: str) -> QComboBox:
        """Return the choice for a field."""
        return self._choices[field]

    @property
    def left_out(self) -> bool:
        """Whether the files are not to be read."""
        return self.leave_out.isChecked()

    @property
    def complete(self) -> bool:
        """Whether nothing more must be said: a column holds the text, or the files are left out."""
        return self.left_out or bool(self.mapping.text)

    @property
    def mapping(self) -> ColumnMapping:
        """What is chosen."""
        return ColumnMapping(**{field: str(box.currentData()) for field, box in self._choices.items()})


class ColumnsPage(QWidget):
    """A form for each header; files with the same header share one. ``changed`` tells that something was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forms: list[ColumnsForm] = []
        hint = QLabel(
            self.tr("Which column holds what? One column must hold the text. All others are kept with the article.")
        )
        hint.setWordWrap(True)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 8, 8, 0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(hint)
        column.addWidget(area, 1)

    def show_tables(
        self,
        tables: Mapping[Header, Sequence[str]],
        mappings: Mapping[Header, ColumnMapping],
        left_out: Collection[Header] = (),
    ) -> None:
        """Show the headers, each with the files that have it, what its columns are taken for, and whether it is out."""
        for form in self.forms:
            self._column.removeWidget(form)
            dismiss(form)
        self.forms = [
            ColumnsForm(header, files, mappings[header], left_out=header in left_out)
            for header, files in tables.items()
        ]
        for at, form in enumerate(self.forms):
            form.changed.connect(self.changed)
            self._column.insertWidget(at, form)

    def focus_first(self) -> None:
        """Put the keys where something is missing, else to the first choice."""
        form = next((form for form in self.forms if not form.complete), self.forms[0])
        first = form.leave_out if form.left_out else form.choice("text")
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def mappings(self) -> dict[Header, ColumnMapping]:
        """What is chosen, by header."""
        return {form.header: form.mapping for form in self.forms}

    @property
    def left_out(self) -> frozenset[Header]:
        """The headers whose files are not to be read."""
        return frozenset(form.header for form in self.forms if form.left_out)

    @property
    def complete(self) -> bool:
        """Whether each table has a column with the text or is left out."""
        return all(form.complete for form in self.forms)
