"""What is to be exported: format, articles, people, and how the files are written."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.exchange.csv_tables.cells import Profile
from annotator.exchange.csv_tables.columns import Table
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.project.project import Project
from annotator.ui.widgets.dialog import grouped, heading, small

_UID = Qt.ItemDataRole.UserRole
_LIST_HEIGHT = 108


class Form(StrEnum):
    """What is written: all tables as CSV files in a folder, annotations as one CSV file, or a workbook of all."""

    FOLDER = ""
    ONE_FILE = ".csv"
    WORKBOOK = ".xlsx"


class Wish(Struct, frozen=True):
    """What a person asks for. ``articles`` None and ``sets`` empty mean all; ``tables`` None means all tables."""

    form: Form
    profile: Profile
    with_text: bool
    sets: tuple[str, ...]
    articles: tuple[str, ...] | None

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that will be written."""
        return (Table.ANNOTATIONS,) if self.form is Form.ONE_FILE else tuple(Table)

    def target(self, project: Path) -> Path:
        """Return a good place beside the project."""
        what = "annotations" if self.form is Form.ONE_FILE else "tables"
        return project.with_name(f"{project.stem} {what}{self.form}")


class ExportOptions(QWidget):
    """``changed`` tells that another ``wish`` is made."""

    changed = Signal()

    def __init__(self, project: Project, listed: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listed = listed
        self._all = project.read.count_articles()
        self.format = QComboBox()
        self.format.addItem(self.tr("CSV: all tables, in a folder"), Form.FOLDER)
        self.format.addItem(self.tr("CSV: annotations only, one file"), Form.ONE_FILE)
        self.format.addItem(self.tr("Excel: all tables, in one workbook"), Form.WORKBOOK)
        self.format.setAccessibleName(self.tr("Format"))
        self.every = QRadioButton(self.tr("All articles ({0})").format(self.locale().toString(self._all)))
        shown = self.locale().toString(len(listed))
        self.filtered = QRadioButton(self.tr("Those in the list now ({0})").format(shown))
        self.every.setChecked(True)
        self.filtered.setEnabled(0 < len(listed) < self._all)
        self.sets = QListWidget()
        self.spreadsheet = QRadioButton(self.tr("For Excel and other spreadsheets"))
        self.exact = QRadioButton(self.tr("Exact, for R and pandas"))
        self.spreadsheet.setChecked(True)
        self.with_text = QCheckBox(self.tr("With the articles’ text"))
        self._fill_sets(list(project.cache.sets.values()))
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        profile = small(self.tr("Text that a spreadsheet would run as a formula gets a leading apostrophe."))
        self.spreadsheet.setToolTip(profile.text())
        self.exact.setToolTip(self.tr("Every cell as it is, UTF-8 without a byte order mark."))
        groups: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Format"), (self.format,)),
            (self.tr("Articles"), (grouped(self.every, self.filtered), self.with_text)),
            (self.tr("Annotations of"), (self.sets,)),
            (self.tr("Written"), (grouped(self.spreadsheet, self.exact), profile)),
        )
        for title, widgets in groups:
            column.addWidget(heading(title))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(8)
        column.addStretch(1)

    def _fill_sets(self, sets: list[AnnotationSet]) -> None:
        self.sets.setProperty("framed", True)
        self.sets.setAccessibleName(self.tr("Annotations of"))
        names = {SetKind.IMPORT: self.tr("{0} (imported)"), SetKind.ADJUDICATED: self.tr("Adjudicated version")}
        for one in sets:
            item = QListWidgetItem(names.get(one.kind, "{0}").format(one.name), self.sets)
            item.setData(_UID, one.uid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.sets.setMaximumHeight(_LIST_HEIGHT)
        self.sets.setMinimumHeight(min(_LIST_HEIGHT, 32 * max(len(sets), 1) + 4))
        self.sets.setCurrentRow(0)

    def _listen(self) -> None:
        self.format.currentIndexChanged.connect(self._tell)
        self.sets.itemChanged.connect(self._tell)
        for button in (self.every, self.spreadsheet, self.with_text):
            button.toggled.connect(self._tell)

    def _tell(self, *_: object) -> None:
        form = Form(self.format.currentData())
        self.with_text.setEnabled(form is not Form.ONE_FILE)  # the text stands in the table of articles
        for button in (self.spreadsheet, self.exact):
            button.setEnabled(form is not Form.WORKBOOK)  # a workbook says itself that a cell is text
        self.changed.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.sets.item(row) for row in range(self.sets.count())]

    @property
    def nobody(self) -> bool:
        """Whether no set is checked although there are some."""
        items = self._items()
        return bool(items) and not any(item.checkState() is Qt.CheckState.Checked for item in items)

    def wish(self) -> Wish:
        """Return what is asked for now."""
        checked = [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        form = Form(self.format.currentData())
        every = len(checked) == self.sets.count()
        return Wish(
            form,
            Profile.EXACT if form is Form.WORKBOOK or self.exact.isChecked() else Profile.SPREADSHEET,
            self.with_text.isChecked() and self.with_text.isEnabled(),
            () if every else tuple(str(item.data(_UID)) for item in checked),
            None if self.every.isChecked() else tuple(self._listed),
        )
