"""What is known of one entity; every field is committed when it is left, each as a step of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QListView, QVBoxLayout, QWidget

from annotator.exchange.gazetteer import Place
from annotator.model.entity import Entity, EntityKind
from annotator.operations import entities
from annotator.project.project import Project
from annotator.ui.codebook.alias_chips import AliasChips
from annotator.ui.codebook.fields import Chooser, CommitLine, CommitText, Titled, set_problem
from annotator.ui.codebook.place_form import PlaceForm
from annotator.ui.codebook.used_in import MOST, UsesDelegate, UsesModel, uses_of
from annotator.ui.codebook.wording import annotation_count, entity_kind_label
from annotator.ui.state import UiState

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_LISTED = 6


class EntityForm(QWidget):
    """``open_requested`` tells the article and the annotation of a place where the entity is used."""

    open_requested = Signal(str, str)

    def __init__(self, state: UiState, search: Callable[[str], list[Place]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._uid = ""
        self.name, self.role, self.affiliation, self.wikidata = (CommitLine() for _ in range(4))
        for field, name in (
            (self.name, "entityName"), (self.role, "entityRole"), (self.affiliation, "entityAffiliation"),
            (self.wikidata, "entityWikidata"),
        ):  # fmt: skip
            field.setObjectName(name)
        self.wikidata.setPlaceholderText("Q123")
        self.kind = Chooser([(kind, entity_kind_label(kind)) for kind in EntityKind])
        self.kind.setObjectName("entityKind")
        self.aliases = AliasChips()
        self.note = CommitText(lines=2)
        self.note.setObjectName("entityNote")
        self.given = QCheckBox(self.tr("Given to colleagues, in blind files too"))
        self.given.setObjectName("entityGiven")
        self.given.setToolTip(self.tr("A file that is handed out blind holds only what is given"))
        self.place = PlaceForm(search)
        self.uses = QListView()
        self.used = UsesModel()
        self._set_up_uses()
        self._lay_out()
        self._connect()

    def _set_up_uses(self) -> None:
        view = self.uses
        view.setObjectName("entityUses")
        view.setModel(self.used)
        view.setItemDelegate(UsesDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setProperty("framed", True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setToolTip(self.tr("Click to go there"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(10)
        self._name = Titled(self.tr("Name"), self.name)
        self._kind = Titled(self.tr("Kind"), self.kind, beside=True)
        self._wikidata = Titled(self.tr("Wikidata"), self.wikidata, beside=True)
        self._role = Titled(self.tr("Role"), self.role, beside=True)
        self._affiliation = Titled(self.tr("Affiliation"), self.affiliation, beside=True)
        grid.addWidget(self._kind, 0, 0)
        grid.addWidget(self._wikidata, 0, 1)
        grid.addWidget(self._role, 1, 0)
        grid.addWidget(self._affiliation, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._aliases = Titled(self.tr("Also called"), self.aliases)
        self._note = Titled(self.tr("Note"), self.note)
        self._uses = Titled(self.tr("Used in"), self.uses)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(10)
        column.addWidget(self._name)
        column.addWidget(self._aliases)
        column.addLayout(grid)
        column.addWidget(self.place)
        column.addWidget(self._note)
        column.addWidget(self.given)
        column.addWidget(self._uses)
        column.addStretch(1)

    def _connect(self) -> None:
        self.name.committed.connect(self._rename)
        self.kind.picked.connect(lambda kind: self._edit(kind=kind))
        self.role.committed.connect(lambda text: self._edit(role=text.strip()))
        self.affiliation.committed.connect(lambda text: self._edit(affiliation=text.strip()))
        self.wikidata.textEdited.connect(lambda text: self._judge_wikidata(text.strip()))
        self.wikidata.committed.connect(self._set_wikidata)
        self.note.committed.connect(lambda text: self._edit(note=text))
        self.given.clicked.connect(self._give)
        self.aliases.added.connect(self._add_alias)
        self.aliases.removed.connect(self._remove_alias)
        self.place.taken.connect(self._take_place)
        self.place.edited.connect(self._put)
        self.uses.clicked.connect(self._open)
        self.uses.activated.connect(self._open)

    # -- showing ------------------------------------------------------------------------------------------

    @property
    def _now(self) -> tuple[Project, Entity] | None:
        """The project and the entity as the project has it, or None when it is gone."""
        project = self._state.project
        entity = project.cache.entities.get(self._uid) if project is not None else None
        return (project, entity) if project is not None and entity is not None else None

    def show_entity(self, uid: str, uses: int) -> None:
        """Show an entity of the project as it is stored."""
        if uid != self._uid:
            self.flush()
        self._uid = uid
        if self._now is None:
            return
        project, entity = self._now
        self.name.show_text(entity.name)
        self.aliases.show_names(entity.aliases)
        self.kind.choose(entity.kind)
        self.role.show_text(entity.role)
        self.affiliation.show_text(entity.affiliation)
        self.wikidata.show_text(entity.wikidata)
        self._judge_wikidata(entity.wikidata)
        self.note.show_text(entity.note)
        self.given.setChecked(entity.given)
        place = entity.kind is EntityKind.PLACE
        self.place.setVisible(place)
        self._role.setVisible(not place)
        self._affiliation.setVisible(not place)
        self.place.show_entity(entity)
        self._show_uses(project, uses)

    def _show_uses(self, project: Project, uses: int) -> None:
        self.used.show(uses_of(project, self._uid))
        self._uses.title.setText(self.tr("Used in {0}").format(annotation_count(uses)) if uses else self.tr("Not used"))
        rows = min(self.used.rowCount(), _LISTED)
        self.uses.setFixedHeight(rows * self.uses.sizeHintForRow(0) + 2 * self.uses.frameWidth() if rows else 0)
        self.uses.setVisible(rows > 0)
        self._uses.advise(self.tr("The first {0} are listed.").format(MOST) if uses > MOST else "")

    def set_editable(self, editable: bool) -> None:
        """Let everything be edited, or only be read; the places where it is used can be gone to either way."""
        for part in (self._name, self._aliases, self._kind, self._wikidata, self._role, self._affiliation, self._note):
            part.body.setEnabled(editable)
        self.place.setEnabled(editable)
        self.given.setEnabled(editable)

    def flush(self) -> None:
        """Commit what was typed."""
        for line in (self.name, self.role, self.affiliation, self.wikidata):
            line.flush()
        self.note.flush()
        self.place.flush()

    # -- changing -----------------------------------------------------------------------------------------

    def _rename(self, text: str) -> None:
        name = " ".join(text.split())
        if self._now is None:
            return
        project, entity = self._now
        if not name or not self._state.attempt(lambda: entities.rename(project, entity, name)):
            self.name.show_text(entity.name)

    def _edit(self, **fields: object) -> None:
        if self._now is not None:
            self._put(replace(self._now[1], **fields), "")

    def _put(self, after: Entity, label: str) -> None:
        if self._now is not None:
            project, entity = self._now
            self._state.attempt(lambda: entities.update(project, entity, after, label=label))

    def _judge_wikidata(self, text: str) -> bool:
        fine = not text or bool(_WIKIDATA.fullmatch(text))
        set_problem(self.wikidata, not fine)
        self._wikidata.advise("" if fine else self.tr("An id such as Q123"), problem=True)
        return fine

    def _set_wikidata(self, text: str) -> None:
        bare = text.strip().rpartition("/")[2]  # a pasted address ends with the id
        bare = bare[:1].upper() + bare[1:]
        if self._judge_wikidata(bare):
            self._edit(wikidata=bare)

    def _add_alias(self, name: str) -> None:
        if self._now is not None and name not in entities.names_of(self._now[1]):
            self._edit(aliases=(*self._now[1].aliases, name))

    def _remove_alias(self, name: str) -> None:
        if self._now is not None:
            self._edit(aliases=tuple(known for known in self._now[1].aliases if known != name))

    def _give(self, given: bool) -> None:
        if self._now is not None:
            project, entity = self._now
            self._state.attempt(lambda: entities.give(project, [entity], given=given))

    def _take_place(self, place: Entity) -> None:
        if self._now is not None:
            project, entity = self._now
            self._state.attempt(lambda: entities.take_place(project, entity, place))

    def _open(self, index: QModelIndex) -> None:
        use = self.used.use(index.row())
        if use is not None:
            self.open_requested.emit(use.article, use.annotation)
