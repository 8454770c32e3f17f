"""Who or what it is: the entity of a mention, found among the project's and in the gazetteer, or made."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from annotator.base.errors import AnnotatorError
from annotator.base.uuid7 import uuid7
from annotator.model import rules
from annotator.model.annotation import Annotation
from annotator.model.codebook import Part
from annotator.model.entity import SOURCE_KINDS, Entity, EntityKind
from annotator.operations import entities, tagging
from annotator.suggest import bare_name
from annotator.ui.panel import mentions, summary
from annotator.ui.panel.coordinates_row import CoordinatesRow, placed_entity
from annotator.ui.panel.fields import PickField
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from annotator.exchange.gazetteer import Gazetteer, Place

_PLACES = 8


class EntitySection(QWidget):
    """``field`` (objectName ``entityField``) shows the entity's name; a location has ``coordinates`` besides."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._annotation: Annotation | None = None
        self._places: dict[str, Place] = {}
        self._label, self._about = QLabel(self), ElidedLabel(parent=self)
        self.field, self.coordinates = PickField(self), CoordinatesRow(self)
        self._clear = QAction(self.tr("Take away"), self)
        self._lay_out()
        self.field.set_source(self._choices)
        self.field.chosen.connect(self._take)
        self.field.created.connect(self._make)
        self.field.cancelled.connect(self._cancel)
        self.field.left.connect(self._restore)
        self._clear.triggered.connect(self._take_away)
        self.coordinates.placed.connect(self._place)
        self.coordinates.refused.connect(lambda text: state.tell(text, "warning"))

    def show_annotation(self, annotation: Annotation, *, editable: bool) -> None:
        """Show who or what this is; hidden for quotes and claims, which have a speaker, and for cues."""
        if self._annotation is None or self._annotation.uid != annotation.uid:
            self.coordinates.start_anew()
        self._annotation = annotation
        part = self._part(annotation)
        codebook = self._state.codebook
        sourced = rules.speaker_rule(codebook, codebook.tag(annotation.tag_type)) is not None
        self.setVisible(part is not Part.CUE and not sourced)
        self._label.setText(self.tr("Place") if part is Part.LOCATION else self.tr("Who or what it is"))
        self.field.setAccessibleName(self._label.text())
        self.field.starting = bare_name(summary.one_line(annotation.text))
        self.field.setPlaceholderText(self.field.starting)
        entity = mentions.entity_of(self._state, annotation)
        self._about.setText(self._told(entity))
        self._about.setVisible(bool(self._about.text()))
        self._clear.setVisible(entity is not None and editable)
        self._clear.setIcon(icon("close", current_theme().secondary))
        self.coordinates.setVisible(part is Part.LOCATION)
        self.coordinates.show_entity(entity)
        for widget in (self.field, self.coordinates):
            widget.setEnabled(editable)
        if not self.field.is_open():
            self._restore()

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        """The places that are shipped, opened when one is looked for."""
        from annotator.exchange.gazetteer import Gazetteer

        shipped = Gazetteer.open_shipped()
        self.destroyed.connect(shipped.close)
        return shipped

    def begin(self) -> None:
        """Take the focus and open the list, starting with the annotated words."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.begin()

    def flush(self) -> None:
        """Commit what was typed."""
        self.coordinates.flush()

    def _lay_out(self) -> None:
        self.field.setObjectName("entityField")
        self.field.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        for label in (self._label, self._about):
            label.setProperty("secondary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._label, self.field, self._about, self.coordinates):
            column.addWidget(widget)

    def _part(self, annotation: Annotation) -> Part:
        return self._state.codebook.tag(annotation.tag_type).part

    def _told(self, entity: Entity | None) -> str:
        """Return kind, role, other names: what tells this entity from another."""
        if entity is None:
            return ""
        where = ", ".join(filter(None, (entity.admin1, entity.country)))
        source = f"{entity.gazetteer} {entity.gazetteer_id}".strip() if entity.gazetteer_id else ""
        about = where if entity.kind is EntityKind.PLACE else summary.entity_detail(entity)
        kind = "" if entity.kind is EntityKind.PLACE else summary.readable(entity.kind.value)
        return " · ".join(filter(None, (kind, about, source, ", ".join(entity.aliases))))

    # -- offering -----------------------------------------------------------------------------------------

    def _choices(self, words: str) -> list[Choice]:
        annotation = self._annotation
        if annotation is None:
            return []
        part = self._part(annotation)
        kinds = (EntityKind.PLACE,) if part is Part.LOCATION else SOURCE_KINDS if part is Part.SPEAKER else ()
        known = mentions.entity_choices(self._state, words, kinds)
        return [*known, *(self._found_places(words) if part is Part.LOCATION else [])]

    def _found_places(self, words: str) -> list[Choice]:
        try:
            found = self._gazetteer.search(words, _PLACES, self._countries())
        except AnnotatorError as error:
            self._state.tell(str(error), "warning")
            return []
        self._places = {f"place:{at}": place for at, place in enumerate(found)}
        wanted, project = {place.geonames_id for place in found}, self._state.project
        places = project.cache.names.of_kinds((EntityKind.PLACE,))[1] if project is not None and wanted else ()
        known = {place.gazetteer_id for place in places if place.gazetteer_id in wanted}
        return [_place_choice(key, p) for key, p in self._places.items() if p.geonames_id not in known]

    def _countries(self) -> set[str]:
        """Return the countries that the article's places lie in: namesakes there are the likelier ones."""
        content, project = self._state.content, self._state.project
        if content is None or project is None:
            return set()
        here = {a.entity for a in content.annotations.values() if a.entity}
        found = (project.cache.entities.get(uid) for uid in here)
        return {e.country for e in found if e is not None and e.country and e.kind is EntityKind.PLACE}

    # -- acting -------------------------------------------------------------------------------------------

    def _take(self, choice: Choice) -> None:
        annotation, project = self._annotation, self._state.project
        if annotation is None or project is None:
            return
        kind, _, uid = choice.key.partition(":")
        if kind == "entity":
            self._state.attempt(lambda: tagging.set_entity(project, annotation, uid))
        elif choice.key in self._places:
            from annotator.exchange.gazetteer import as_entity

            self._put(annotation, as_entity(self._places[choice.key], uuid7()))
        self._go_back()

    def _put(self, annotation: Annotation, place: Entity) -> None:
        project, entity = self._state.project, mentions.entity_of(self._state, annotation)
        if project is None:
            return
        if entity is not None and entity.latitude is None and not entity.gazetteer_id:
            # The place is known by name only: now all its mentions learn where it lies.
            self._state.attempt(lambda: entities.take_place(project, entity, place))
        else:
            self._state.attempt(lambda: entities.put_for(project, annotation, place))

    def _make(self, name: str) -> None:
        annotation, project = self._annotation, self._state.project
        if annotation is None or project is None:
            return
        place = self._part(annotation) is Part.LOCATION
        kind = EntityKind.PLACE if place else mentions.kind_of(name)
        self._state.attempt(lambda: entities.create_for(project, annotation, name, kind))
        self._go_back()

    def _take_away(self) -> None:
        annotation, project = self._annotation, self._state.project
        if annotation is not None and project is not None:
            self._state.attempt(lambda: tagging.set_entity(project, annotation, None))
        self._go_back()

    def _place(self, latitude: float | None, longitude: float | None) -> None:
        annotation, project = self._annotation, self._state.project
        if annotation is None or project is None:
            return
        entity = mentions.entity_of(self._state, annotation)
        if entity is not None:
            after = placed_entity(entity, latitude, longitude)
            done = self._state.attempt(lambda: entities.update(project, entity, after, label="Set coordinates"))
        else:
            fresh = placed_entity(Entity(uuid7(), EntityKind.PLACE, self.field.starting), latitude, longitude)
            done = self._state.attempt(lambda: self._add_placed(annotation, fresh))
        if not done:
            self.coordinates.start_anew()
            self.coordinates.show_entity(entity)

    def _add_placed(self, annotation: Annotation, fresh: Entity) -> None:
        entities.check_coordinates(fresh.latitude, fresh.longitude)
        if self._state.project is not None:
            entities.put_for(self._state.project, annotation, fresh)

    def _cancel(self) -> None:
        self._restore()
        self._go_back()

    def _restore(self) -> None:
        entity = mentions.entity_of(self._state, self._annotation) if self._annotation else None
        self.field.setText(entity.name if entity is not None else "")
        self.field.setCursorPosition(0)

    def _go_back(self) -> None:
        self._restore()
        self._state.focus_reader.emit()


def _place_choice(key: str, place: Place) -> Choice:
    """Return a row that tells namesakes apart by region, country and population."""
    label = f"{place.name}, {place.admin1}" if place.admin1 not in ("", place.name) else place.name
    people = f"{place.population:,}" if place.population else ""
    country = place.country if place.country != place.name else summary.readable(place.kind)
    return Choice(key, label, " · ".join(filter(None, (country, people))), "place")
