"""The panel that opens under the filter button: which articles the list shows."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.content import ArticleFilter
from annotator.project.project import Project
from annotator.ui.articles.groups import ORDER
from annotator.ui.articles.wording import status_name
from annotator.ui.theme.polish import polish_anew
from annotator.ui.widgets.check_list import CheckList
from annotator.ui.widgets.flow import Flow
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit
from annotator.ui.widgets.tag_chip import TagChip

_WIDTH = 320


class FilterPanel(QFrame):
    """Each choice counts at once; ``filter_changed`` tells the filter that the panel now shows."""

    filter_changed = Signal(object)  # ArticleFilter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("articleFilter")
        self.setProperty("popup", True)
        self.setAccessibleName(self.tr("Filter the articles"))
        self.setFixedWidth(_WIDTH)
        self._filter = ArticleFilter()
        self._filling = False
        self._statuses = {status: QCheckBox(status_name(status)) for status in ORDER}
        self._mine = QCheckBox(self.tr("Assigned to me"))
        self._reviewed = {
            None: QRadioButton(self.tr("Either")),
            True: QRadioButton(self.tr("Reviewed")),
            False: QRadioButton(self.tr("Not reviewed")),
        }
        self._chips: list[TagChip] = []
        self._tags = Flow()
        self._sources = CheckList(self.tr("Source"), self.tr("Find a source"))
        self._people = CheckList(self.tr("Tagged by"), self.tr("Find a person"))
        self._from, self._to = self._date_field(self.tr("First day")), self._date_field(self.tr("Last day"))
        self._headings: dict[str, QLabel] = {}
        self._lay_out()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _date_field(self, name: str) -> QLineEdit:
        field = ProjectUndoLineEdit()
        field.setPlaceholderText("2025-03-13")
        field.setAccessibleName(name)
        field.setToolTip(self.tr("{0}: a date such as 2025-03-13, 2025-03 or 2025").format(name))
        return field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        self._head(column, "status", self.tr("Status"))
        column.addWidget(_in_a_row(*self._statuses.values()))
        column.addWidget(self._mine)
        self._head(column, "reviewed", self.tr("Review"))
        column.addWidget(_in_a_row(*self._reviewed.values()))
        self._head(column, "tags", self.tr("With a tag"))
        column.addWidget(self._tags)
        self._head(column, "published", self.tr("Published"))
        column.addLayout(self._dates())
        self._head(column, "sources", self.tr("Source"))
        column.addWidget(self._sources)
        self._head(column, "people", self.tr("Tagged by"))
        column.addWidget(self._people)
        column.addSpacing(8)
        self._clear = QPushButton(self.tr("Clear the filters"))
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignRight)

    def _head(self, column: QVBoxLayout, name: str, text: str) -> None:
        label = QLabel(text)
        label.setProperty("heading", True)
        column.addSpacing(6 if self._headings else 0)
        column.addWidget(label)
        self._headings[name] = label

    def _dates(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, (text, field) in enumerate(((self.tr("from"), self._from), (self.tr("to"), self._to))):
            label = QLabel(text)
            label.setProperty("secondary", True)
            grid.addWidget(label, 0, at * 2)
            grid.addWidget(field, 0, at * 2 + 1)
        return grid

    def _connect(self) -> None:
        for box in (*self._statuses.values(), self._mine):
            box.toggled.connect(self._tell)
        for button in self._reviewed.values():
            # One is on at any time: the one that goes off has nothing to tell.
            button.toggled.connect(lambda on: self._tell() if on else None)
        for field in (self._from, self._to):
            field.textChanged.connect(self._tell)
        self._sources.changed.connect(self._tell)
        self._people.changed.connect(self._tell)
        self._clear.clicked.connect(self._clear_all)

    # -- showing --------------------------------------------------------------------------------------------

    def show_filter(self, chosen: ArticleFilter, project: Project) -> None:
        """Show a filter over what the project has to choose from."""
        self._filling = True
        self._filter = chosen
        for status, box in self._statuses.items():
            box.setChecked(status in chosen.statuses)
        self._mine.setChecked(chosen.assigned_only)
        self._reviewed[chosen.reviewed].setChecked(True)
        self._from.setText(chosen.published_from)
        self._to.setText(chosen.published_to)
        self._show_tags(chosen, project)
        sources = project.read.sources()
        self._sources.set_choices([(source, source) for source in sources], set(chosen.sources))
        people = sorted(project.cache.annotators.values(), key=lambda person: person.name.casefold())
        self._people.set_choices([(person.uid, person.name) for person in people], set(chosen.annotators))
        for name, shown in (("sources", bool(sources)), ("people", len(people) > 1)):
            self._headings[name].setVisible(shown)
            {"sources": self._sources, "people": self._people}[name].setVisible(shown)
        self._clear.setEnabled(replace(chosen, words="").narrows)
        self._filling = False

    def _show_tags(self, chosen: ArticleFilter, project: Project) -> None:
        self._tags.empty()
        self._chips = [TagChip(tag) for tag in project.cache.codebook.tag_types]
        for chip in self._chips:
            chip.setCheckable(True)
            chip.setChecked(chip.tag.uid in chosen.tag_types)
            chip.toggled.connect(self._tell)
            self._tags.add(chip)
        self._headings["tags"].setVisible(bool(self._chips))
        self._tags.setVisible(bool(self._chips))

    def open_below(self, anchor: QWidget) -> None:
        """Open under a widget, within the screen."""
        # Not adjustSize: that knows nothing of rows whose height follows from their width.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        room = anchor.screen().availableGeometry()
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), min(place.y(), room.bottom() - self.height())))
        self.move(place)
        self.show()
        next(iter(self._statuses.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    # -- telling --------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._filling:
            return
        chosen = replace(
            self._filter,
            statuses=frozenset(status for status, box in self._statuses.items() if box.isChecked()),
            assigned_only=self._mine.isChecked(),
            reviewed=next(kept for kept, button in self._reviewed.items() if button.isChecked()),
            tag_types=frozenset(chip.tag.uid for chip in self._chips if chip.isChecked()),
            sources=self._sources.ticked,
            annotators=self._people.ticked,
            published_from=self._date(self._from, self._filter.published_from),
            published_to=self._date(self._to, self._filter.published_to),
        )
        self._clear.setEnabled(replace(chosen, words="").narrows)
        if chosen != self._filter:
            self._filter = chosen
            self.filter_changed.emit(chosen)

    def _date(self, field: QLineEdit, before: str) -> str:
        """Return what a field says once it is a date or empty; until then what counted before."""
        text = field.text().strip()
        fine = not text or _is_date(text)
        if field.property("problem") is not (not fine):
            field.setProperty("problem", not fine)
            polish_anew(field)
        return text if fine else before

    def _clear_all(self) -> None:
        self._filling = True
        for box in (*self._statuses.values(), self._mine, *self._chips):
            box.setChecked(False)
        self._reviewed[None].setChecked(True)
        for field in (self._from, self._to):
            field.clear()
        for names in (self._sources.names, self._people.names):
            names.ticked.clear()
            names.look_for("")
        self._filling = False
        self._tell()


def _in_a_row(*boxes: QAbstractButton) -> Flow:
    """Return the boxes beside each other, on a second row where the first is full; of radio buttons in it one is on."""
    holder = Flow(spacing=12)
    for box in boxes:
        holder.add(box)
    return holder


def _is_date(text: str) -> bool:
    pieces = text.split("-")
    if [len(piece) for piece in pieces] not in ([4], [4, 2], [4, 2, 2]):
        return False
    return QDate.fromString("-".join([*pieces, "01", "01"][:3]), "yyyy-MM-dd").isValid()
