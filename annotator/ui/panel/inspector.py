"""The inspector: everything that is said of the selected annotation, and the fields to say it in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.annotation import Annotation, Confidence
from annotator.model.changes import ChangeSet
from annotator.model.values import Value
from annotator.operations import entities, linking, tagging
from annotator.ui.actions.registry import Actions
from annotator.ui.panel import mentions
from annotator.ui.panel.attribute_editors import AttributeForm
from annotator.ui.panel.choice_chips import ChoiceChips
from annotator.ui.panel.entity_section import EntitySection
from annotator.ui.panel.fields import LineField, NoteField
from annotator.ui.panel.idle_names import IdleNames
from annotator.ui.panel.inspector_head import InspectorHead
from annotator.ui.panel.links_section import LinksSection
from annotator.ui.panel.revealing import reveal
from annotator.ui.panel.review_section import ReviewSection
from annotator.ui.panel.speaker_section import SpeakerSection
from annotator.ui.state import UiState
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.moments import shown_stored_moment

_LEVELS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


class Inspector(QStackedWidget):
    """Shows the selected annotation, or what to do when there is none. Call ``flush`` before a project is closed.

    ``fields_made`` tells that other fields may stand here now.
    """

    fields_made = Signal()

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self._state, self._actions = state, actions
        self._names = IdleNames(state, self)
        self._shown, self._behind = "", False
        self.empty = EmptyState("tag", "", "", self)
        self.addWidget(self.empty)
        self._scroll = QScrollArea(self)
        self.addWidget(self._scroll)
        # From the outside in: what is moved into its place is dressed once more.
        body = self._body = QWidget(self._scroll.viewport())
        self.head, self.attributes = InspectorHead(body), AttributeForm(body)
        self.speaker, self.entity = SpeakerSection(state, body), EntitySection(state, body)
        self.links, self.review = LinksSection(state, body), ReviewSection(state, body)
        self._rename_box, self._note_box, self._confidence_box = QWidget(body), QWidget(body), QWidget(body)
        self.rename_field, self.note = LineField(self._rename_box), NoteField(self._note_box)
        levels = self.tr("low"), self.tr("medium"), self.tr("high")
        self.confidence = ChoiceChips(_LEVELS, labels=levels, parent=self._confidence_box)
        self._origin = ElidedLabel(parent=body)
        self._lay_out()
        self._connect()
        self.refresh()

    # -- for the window -----------------------------------------------------------------------------------

    def focus_speaker(self) -> None:
        """Open the list of speakers at once."""
        if self._annotation is None or self.speaker.rule is None or self.speaker.field.isHidden():
            self._state.tell(self.tr("Select a quote or a claim of yours to say who it comes from."))
            return
        self._reveal(self.speaker.field)
        self.speaker.begin()

    def focus_entity(self) -> None:
        """Open the list of entities, starting with the annotated words; for a quote that of speakers."""
        if self.entity.isHidden():
            self.focus_speaker()
            return
        self._reveal(self.entity.field)
        self.entity.begin()

    def focus_note(self) -> None:
        """Put the caret at the end of the note."""
        if self._annotation is None:
            return
        self._reveal(self.note)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)

    def focus_link(self) -> None:
        """Open the one list over all roles."""
        annotation = self._annotation
        if annotation is None or not mentions.is_own(self._state, annotation) or not self.links.begin():
            self._state.tell(self.tr("The codebook gives this tag no links."))
            return
        self._reveal(self.links.field)

    def rename_entity(self) -> None:
        """Open a field with the entity's name."""
        bearer = self._bearer()
        entity = mentions.entity_of(self._state, bearer) if bearer is not None else None
        if entity is None or not self._state.writable:
            self._state.tell(self.tr("Nothing to rename: say first who or what this is."))
            return
        self.rename_field.put_back(entity.name)
        self._rename_box.show()
        self._reveal(self.rename_field)
        self.rename_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.rename_field.selectAll()

    def flush(self) -> None:
        """Commit what was typed and not stored yet."""
        self.note.flush()
        self.attributes.flush()
        self.entity.flush()

    # -- showing ------------------------------------------------------------------------------------------

    def refresh(self, _change: ChangeSet | None = None) -> None:
        """Show the selected annotation as it is now; out of sight, as in review mode, once it is seen again."""
        self._behind = self.window().isVisible() and not self.isVisible()
        if self._behind:
            return
        annotation = self._state.selected
        uid = annotation.uid if annotation is not None else ""
        if uid != self._shown:
            self._switch(uid, annotation)
        if annotation is None:
            self._show_emptiness()
            return
        self._show(annotation)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was selected and changed meanwhile."""
        super().showEvent(event)
        if self._behind:
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first field."""
        super().focusInEvent(event)
        self.focusNextPrevChild(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the reader by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._rename_box.hide()
            self._state.focus_reader.emit()
        else:
            super().keyPressEvent(event)

    @property
    def _annotation(self) -> Annotation | None:
        return mentions.record(self._state, self._shown)

    def _switch(self, uid: str, annotation: Annotation | None) -> None:
        """Show another annotation; what is typed and not stored yet still goes to the one before."""
        for attribute, value in self.attributes.take_typed():
            # Later: this may come in the midst of a notification, when nothing may be edited.
            QTimer.singleShot(0, partial(self._set_value_of, self._shown, attribute, value))
        self._shown = uid
        self._rename_box.hide()
        self.speaker.field.clear()
        self.note.show_text(annotation.note if annotation is not None else "", partial(self._set_note_of, uid))
        if annotation is not None:
            self._scroll.verticalScrollBar().setValue(0)

    def _show(self, annotation: Annotation) -> None:
        state, editable = self._state, mentions.is_own(self._state, annotation)
        self.head.show_annotation(annotation, state.codebook, "" if editable else self._owner(annotation))
        self.speaker.show_annotation(annotation, editable=editable)
        self.entity.show_annotation(annotation, editable=editable)
        if editable:
            self._names.prepare()
        self.attributes.ask(state.codebook.attributes_of(annotation.tag_type))
        self.attributes.show_values(dict(annotation.values))
        self.links.show_annotation(annotation, editable=editable)
        self.review.show_annotation(annotation)
        self.note.follow(annotation.note)
        self.note.setReadOnly(not editable)
        self.confidence.set_choices([annotation.confidence])
        self.attributes.let_edit(editable)
        self.confidence.setEnabled(editable)
        self._origin.setText(self._history(annotation))
        self.fields_made.emit()
        self.setCurrentIndex(1)

    def _show_emptiness(self) -> None:
        if self._state.content is None:
            told = (self.tr("No article open"), self.tr("Choose one in the list at the left."))
        elif not self._state.content.annotations:
            told = (
                self.tr("Tag the first words"),
                self.tr("Put the caret into a name or a quotation and press its tag's digit."),
            )
        else:
            told = (
                self.tr("Nothing selected"),
                self.tr("Click a tag in the text or in the list to see and edit what is known of it."),
            )
        self.empty.set_message("tag", *told)
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.setCurrentIndex(0)
        if had_focus:  # an undo took away what a field was about: the keys mean the reader again
            self._state.focus_reader.emit()

    def _owner(self, annotation: Annotation) -> str:
        project = self._state.project
        known = project.cache.sets.get(annotation.annotation_set) if project is not None else None
        name = known.name if known is not None else self.tr("somebody else")
        if not self._state.writable:
            return self.tr("{name} – this project is open for reading only").format(name=name)
        return self.tr("{name}’s annotation: read only").format(name=name)

    def _history(self, annotation: Annotation) -> str:
        project = self._state.project
        who = project.cache.annotators.get(annotation.annotator) if project is not None else None
        when = shown_stored_moment(annotation.created, self.locale())
        return " · ".join(filter(None, (who.name if who is not None else "", when, annotation.origin)))

    # -- acting -------------------------------------------------------------------------------------------

    def _retype(self, tag_type: str) -> None:
        project, content, annotation = self._state.project, self._state.content, self._annotation
        if project is None or content is None or annotation is None or annotation.tag_type == tag_type:
            return
        lost: list[tagging.Lost] = []
        done = self._state.attempt(lambda: lost.append(tagging.retype(project, content, annotation, tag_type)))
        if done and lost[0].names:
            self._state.tell(self.tr("Left behind: {names}").format(names=", ".join(lost[0].names)), "warning")
        self.refresh()
        self._state.focus_reader.emit()

    def _set_value(self, attribute: str, value: Value | None) -> None:
        if not self._set_value_of(self._shown, attribute, value):
            self.refresh()

    def _set_value_of(self, uid: str, attribute: str, value: Value | None) -> bool:
        project, annotation = self._state.project, mentions.record(self._state, uid)
        if project is None or annotation is None:
            return False
        return self._state.attempt(lambda: tagging.set_value(project, annotation, attribute, value))

    def _set_note_of(self, uid: str, note: str, visit: str) -> None:
        project, annotation = self._state.project, mentions.record(self._state, uid)
        if project is not None and annotation is not None:
            self._state.attempt(lambda: tagging.set_note(project, annotation, note, merge_key=visit))

    def _set_confidence(self, chosen: tuple[str, ...]) -> None:
        project, annotation = self._state.project, self._annotation
        level = Confidence(chosen[0]) if chosen else Confidence.UNSAID
        if project is not None and annotation is not None:
            self._state.attempt(lambda: tagging.set_confidence(project, annotation, level))

    def _bearer(self) -> Annotation | None:
        """Return the annotation whose entity F2 renames: the selected one, or a quote's only speaker."""
        annotation, content = self._annotation, self._state.content
        if annotation is None or content is None or annotation.entity is not None:
            return annotation
        links = linking.speaker_links(content, annotation)
        return content.annotations[links[0].to_annotation] if len(links) == 1 else annotation

    def _rename(self, name: str) -> None:
        project, bearer = self._state.project, self._bearer()
        entity = mentions.entity_of(self._state, bearer) if bearer is not None else None
        if project is None or entity is None or not name.strip():
            return
        if not self._state.attempt(lambda: entities.rename(project, entity, " ".join(name.split()))):
            return
        renamed = project.cache.entities[entity.uid]
        if entities.namesake(project, renamed) is not None:
            told = self.tr("There are two called {0} now. If they are one, merge them in {1}; or undo this.")
            self._state.tell(told.format(renamed.name, self.tr("Edit ▸ People, bodies and places")), "warning")

    def _end_rename(self) -> None:
        had_focus = self.rename_field.hasFocus()
        self._rename_box.hide()
        if had_focus:
            self._state.focus_reader.emit()

    # -- making -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.rename_field.setObjectName("renameField")
        self.rename_field.setAccessibleName(self.tr("Name of who or what it is"))
        self.rename_field.setToolTip(self.tr("The name everywhere in the project; the old one stays as an alias."))
        _label(self._rename_box, self.tr("Name in the whole project"), self.rename_field)
        self._rename_box.hide()
        self.note.setObjectName("noteField")
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Note"))
        self.confidence.set_told(self.tr("Confidence"), self.tr("How sure you are"))
        self._origin.setProperty("secondary", True)
        _label(self._note_box, self.tr("Note"), self.note)
        _label(self._confidence_box, self.tr("Confidence"), self.confidence)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        for part in (
            self.head, self._rename_box, self.review, self.speaker, self.entity, self.attributes, self.links,
            self._note_box, self._confidence_box, self._origin,
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        # A ground of its own would have Qt paint it by itself, and then again with the panel around it.
        self._body.setAutoFillBackground(False)

    def _connect(self) -> None:
        state = self._state
        state.annotation_selected.connect(lambda _uid: self.refresh())
        state.content_changed.connect(self.refresh)
        state.article_opened.connect(self.refresh)
        self.head.retyped.connect(self._retype)
        self.head.remove_asked.connect(lambda: self._actions.run("tag.delete"))
        self.attributes.changed.connect(self._set_value)
        self.attributes.clicked.connect(state.focus_reader)
        self.confidence.chosen.connect(self._set_confidence)
        self.confidence.clicked.connect(state.focus_reader)
        self.rename_field.committed.connect(self._rename)
        self.rename_field.editingFinished.connect(self._end_rename)

    def _reveal(self, widget: QWidget) -> None:
        # A list opens where its field stands: so everything takes its place now, not when the events come round to it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        reveal(self._scroll, widget)


def _label(box: QWidget, text: str, field: QWidget) -> None:
    """Put a field into a box, its label above it."""
    label = QLabel(text, box)
    label.setProperty("secondary", True)
    label.setBuddy(field)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(label)
    column.addWidget(field)
