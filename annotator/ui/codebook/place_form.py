"""Where a place lies: found in the gazetteer, typed or pasted."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from annotator.base.errors import AnnotatorError
from annotator.base.uuid7 import uuid7
from annotator.exchange.gazetteer import Gazetteer, Place, as_entity, described
from annotator.model.entity import Entity
from annotator.model.values import as_text
from annotator.ui.codebook.coordinates import parse_degrees, parse_pair
from annotator.ui.codebook.fields import CommitLine, Titled, set_problem
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.type_ahead import TypeAhead

_CLEARED = {
    "latitude": None, "longitude": None, "gazetteer": "", "gazetteer_id": "", "country": "", "admin1": "",
    "feature_class": "",
}  # fmt: skip


_BOTTOM, _ANYWHERE = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag(0)


class PlaceForm(QWidget):
    """``taken`` tells a place of the gazetteer as an entity, ``edited`` the entity with other fields and a step's name.

    The gazetteer is searched by ``search``, at every letter.
    """

    taken = Signal(object)
    edited = Signal(object, str)

    def __init__(self, search: Callable[[str], list[Place]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity: Entity | None = None
        self._length = 0
        self._search = search
        self._offered: list[Place] = []
        self.picker = TypeAhead(creatable=False)
        self.picker.setObjectName("placePicker")
        self.picker.setPlaceholderText(self.tr("Find the place by its name"))
        self.picker.set_source(self._choices)
        self.latitude, self.longitude = CommitLine(), CommitLine()
        self.latitude.setObjectName("placeLatitude")
        self.longitude.setObjectName("placeLongitude")
        self.latitude.setPlaceholderText("51.19")
        self.longitude.setPlaceholderText("35.27")
        self.latitude.setToolTip(self.tr("WGS 84 degrees; a pasted pair fills both"))
        self.country, self.admin1, self.feature = CommitLine(), CommitLine(), CommitLine()
        self.clear_button = QPushButton(self.tr("Clear place"))
        self.clear_button.setAutoDefault(False)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._picker = Titled(self.tr("Place in the gazetteer"), self.picker)
        self._latitude = Titled(self.tr("Latitude"), self.latitude, beside=True)
        self._longitude = Titled(self.tr("Longitude"), self.longitude, beside=True)
        cells = (
            (self._latitude, self._longitude),
            (Titled(self.tr("Region"), self.admin1), Titled(self.tr("Country code"), self.country)),
            (Titled(self.tr("Feature class"), self.feature), self.clear_button),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(10)
        for line, (left, right) in enumerate(cells):
            grid.addWidget(left, line, 0)
            grid.addWidget(right, line, 1, _BOTTOM if right is self.clear_button else _ANYWHERE)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._picker)
        column.addLayout(grid)

    def _connect(self) -> None:
        self.picker.chosen.connect(self._take)
        self.latitude.textEdited.connect(self._edited)
        self.latitude.committed.connect(lambda _: self._commit_coordinates())
        self.longitude.committed.connect(lambda _: self._commit_coordinates())
        self.country.committed.connect(lambda text: self._edit(country=text.strip().upper()))
        self.admin1.committed.connect(lambda text: self._edit(admin1=text.strip()))
        self.feature.committed.connect(lambda text: self._edit(feature_class=text.strip()))
        self.clear_button.clicked.connect(self.clear)

    def show_entity(self, entity: Entity) -> None:
        """Show where an entity lies."""
        self._entity = entity
        self.picker.clear()
        told = f"GeoNames {entity.gazetteer_id}" if entity.gazetteer == "geonames" else entity.gazetteer_id
        self._picker.advise(told)
        self.latitude.show_text(as_text(entity.latitude))
        self._length = len(self.latitude.text())
        self.longitude.show_text(as_text(entity.longitude))
        self.country.show_text(entity.country)
        self.admin1.show_text(entity.admin1)
        self.feature.show_text(entity.feature_class)
        self._tell_wrong("", "")
        self.clear_button.setEnabled(any(getattr(entity, field) not in (None, "") for field in _CLEARED))

    def clear(self) -> None:
        """Take everything away that says where it lies."""
        if self._entity is not None:
            self.edited.emit(replace(self._entity, **_CLEARED), self.tr("Clear place"))

    def flush(self) -> None:
        """Commit what was typed."""
        for line in (self.latitude, self.longitude, self.country, self.admin1, self.feature):
            line.flush()

    def _choices(self, text: str) -> list[Choice]:
        try:
            self._offered = self._search(text) if text else []
        except AnnotatorError as error:
            self._offered = []
            self._picker.advise(str(error), problem=True)
        return [Choice(str(at), place.name, _where(place), "place") for at, place in enumerate(self._offered)]

    def _take(self, choice: Choice) -> None:
        if self._entity is not None:
            known = self._entity
            place = as_entity(self._offered[int(choice.key)], uuid7())
            # What is known of the entity besides its place stays.
            kept = replace(place, role=known.role, affiliation=known.affiliation, wikidata=known.wikidata)
            self.taken.emit(kept)

    def _edited(self, text: str) -> None:
        pasted = len(text) > self._length + 1
        self._length = len(text)
        # "51.19, 3" may be on its way to "51.19, 35.27": what is typed counts when the field is left.
        if pasted and parse_pair(text) is not None:
            self._commit_coordinates()

    def _split_pair(self) -> None:
        pair = parse_pair(self.latitude.text())
        if pair is not None:
            self.latitude.setText(as_text(pair[0]))
            self.longitude.setText(as_text(pair[1]))

    def _commit_coordinates(self) -> None:
        """Change both coordinates together; half a pair waits for the other half."""
        if self._entity is None:
            return
        self._split_pair()
        texts = self.latitude.text().strip(), self.longitude.text().strip()
        latitude, longitude = (parse_degrees(text) for text in texts)
        wrong = [
            _degrees_wrong(text, value, limit, self.tr)
            for text, value, limit in ((texts[0], latitude, 90), (texts[1], longitude, 180))
        ]
        if not any(wrong) and bool(texts[0]) != bool(texts[1]):
            wrong[0 if not texts[0] else 1] = self.tr("Needed too")
        self._tell_wrong(*wrong)
        known = self._entity
        if any(wrong) or (latitude, longitude) == (known.latitude, known.longitude):
            return
        gazetteer = known.gazetteer
        if latitude is None:
            gazetteer = "" if gazetteer == "manual" else gazetteer
        elif not gazetteer:
            gazetteer = "manual"
        moved = replace(known, latitude=latitude, longitude=longitude, gazetteer=gazetteer)
        self.edited.emit(moved, self.tr("Set coordinates"))

    def _tell_wrong(self, latitude: str, longitude: str) -> None:
        for titled, wrong in ((self._latitude, latitude), (self._longitude, longitude)):
            titled.advise(wrong, problem=True)
            set_problem(titled.body, bool(wrong))

    def _edit(self, **fields: str) -> None:
        if self._entity is not None:
            self.edited.emit(replace(self._entity, **fields), "")


def shipped_search() -> Callable[[str], list[Place]]:
    """Return the search in the gazetteer that comes with the program; its files are opened at the first letter."""
    gazetteer = Gazetteer.open_shipped()
    return lambda text: gazetteer.search(text, limit=8)


def _where(place: Place) -> str:
    """Return what tells a place from its namesakes, in little room: region, country, kind."""
    return " · ".join(described(place).removeprefix(place.name).removeprefix(" — ").lstrip(" ·").split(" · ")[:2])


def _degrees_wrong(text: str, value: float | None, limit: int, tr: Callable[[str], str]) -> str:
    if not text:
        return ""
    if value is None:
        return tr("Degrees such as 51.19")
    return "" if abs(value) <= limit else tr("From −{0} to {0}").format(limit)
