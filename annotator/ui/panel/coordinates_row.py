"""Latitude and longitude of a place, typed by hand."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.model.entity import Entity
from annotator.model.values import as_text
from annotator.ui.panel.coordinates import parse_degrees, split_pair
from annotator.ui.panel.fields import LineField
from annotator.ui.theme.polish import polish_anew


class CoordinatesRow(QWidget):
    """Two fields, both or neither; a pair in one of them fills both. ``placed`` tells (latitude, longitude)."""

    placed = Signal(object, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: tuple[float | None, float | None] = (None, None)
        self.latitude, self.longitude = LineField(), LineField()
        self._lengths: dict[LineField, int] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        names = (self.tr("Latitude"), self.tr("Longitude"))
        for at, (field, name) in enumerate(zip((self.latitude, self.longitude), names, strict=True)):
            label = QLabel(name)
            label.setProperty("secondary", True)
            label.setBuddy(field)
            field.setObjectName(("latitudeField", "longitudeField")[at])
            field.setAccessibleName(name)
            field.setToolTip(self.tr("Degrees, WGS 84. “51.19, 35.27” pasted here fills both."))
            field.textEdited.connect(partial(self._edited, field))
            field.committed.connect(self._committed)
            grid.addWidget(label, 0, at)
            grid.addWidget(field, 1, at)

    def show_entity(self, entity: Entity | None) -> None:
        """Show the coordinates of a place, as they were given."""
        stored = (entity.latitude, entity.longitude) if entity is not None else (None, None)
        half_typed = (self.latitude.text() == "") is not (self.longitude.text() == "")
        if stored == self._stored and half_typed:
            return  # one of the two was typed, the other is about to be
        self._stored = stored
        self.latitude.show_text(as_text(stored[0]))
        self.longitude.show_text(as_text(stored[1]))
        self._mark(False)

    def start_anew(self) -> None:
        """Forget what was half typed: another annotation is shown."""
        self._stored = (None, None)
        self.latitude.put_back("")
        self.longitude.put_back("")

    def flush(self) -> None:
        """Commit what was typed."""
        self.latitude.flush()
        self.longitude.flush()

    def _edited(self, field: LineField, text: str) -> None:
        pasted = len(text) > self._lengths.get(field, 0) + 1
        self._lengths[field] = len(text)
        # "51.19, 3" may be on its way to "51.19, 35.27": what is typed counts when the field is left.
        if pasted and split_pair(text) is not None:
            self._committed(text)

    def _committed(self, text: str) -> None:
        self._lengths.clear()
        pair = split_pair(text)
        if pair is not None:
            self.latitude.put_back(pair[0])
            self.longitude.put_back(pair[1])
        try:
            latitude, longitude = parse_degrees(self.latitude.text()), parse_degrees(self.longitude.text())
        except ValueError as error:
            self._mark(True)
            self.refused.emit(self.tr("“{text}” is no number of degrees.").format(text=error))
            return
        half = (latitude is None) is not (longitude is None)
        self._mark(half)
        if not half and (latitude, longitude) != self._stored:
            self.placed.emit(latitude, longitude)

    def _mark(self, problem: bool) -> None:
        for field in (self.latitude, self.longitude):
            if bool(field.property("problem")) is not problem:
                field.setProperty("problem", problem)
                polish_anew(field)


def placed_entity(entity: Entity, latitude: float | None, longitude: float | None) -> Entity:
    """Return the entity with coordinates given by hand; an id it has stays."""
    gazetteer = entity.gazetteer or ("manual" if latitude is not None else "")
    if gazetteer == "manual" and latitude is None and not entity.gazetteer_id:
        gazetteer = ""
    return replace(entity, latitude=latitude, longitude=longitude, gazetteer=gazetteer)
