"""The small tables that every gesture asks for, kept in memory and in step with each commit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from annotator.model.annotation import AnnotationSet, Annotator
from annotator.model.changes import ChangeSet, Kind
from annotator.model.codebook import Codebook
from annotator.model.entity import Entity
from annotator.model.entity_names import EntityNames
from annotator.model.project_info import ProjectInfo
from annotator.project.known_entities import KnownEntities
from annotator.project.listings import Listings
from annotator.storage.reader import Reader

_FEW = 8
"""More entities than this at once, and their names are sorted anew when next asked for."""
_FOLLOWED = frozenset(Kind) - {Kind.ANNOTATION, Kind.LINK, Kind.VERDICT, Kind.HAND_OUT}
_CODEBOOK = (Kind.TAG_TYPE, Kind.ATTRIBUTE, Kind.LINK_RULE)


class Cache:
    """Codebook, people, sets, entities and the project's own record; read when first asked for."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._codebook: Codebook | None = None
        self._annotators: dict[str, Annotator] | None = None
        self._sets: dict[str, AnnotationSet] | None = None
        self._entities = KnownEntities(read)
        self._names: EntityNames | None = None
        self._info: ProjectInfo | None = None
        self.listings = Listings(read)

    def clear(self) -> None:
        """Forget everything; it is read anew when asked for."""
        self._codebook = self._annotators = self._sets = self._names = self._info = None
        self._entities = KnownEntities(self._read)
        self.listings.clear()

    def take_in(self, change_set: ChangeSet) -> None:
        """Keep in step with what was committed."""
        changes = change_set.of(*_FOLLOWED)
        self.listings.take_in(changes)
        if sum(change.kind is Kind.ENTITY for change in changes) > _FEW:
            self._names = None
        for change in changes:
            if change.kind in _CODEBOOK:
                self._codebook = None
            elif change.kind is Kind.ANNOTATOR:
                self._annotators = None
            elif change.kind is Kind.ANNOTATION_SET:
                self._sets = None
            elif change.kind is Kind.PROJECT:
                self._info = None
            elif change.kind is Kind.ENTITY:
                self._put(change.uid, change.after if isinstance(change.after, Entity) else None)

    def _put(self, uid: str, entity: Entity | None) -> None:
        self._entities.put(uid, entity)
        if self._names is not None:
            self._names.put(uid, entity)

    @property
    def codebook(self) -> Codebook:
        """The codebook."""
        if self._codebook is None:
            self._codebook = self._read.codebook()
        return self._codebook

    @property
    def annotators(self) -> dict[str, Annotator]:
        """Everybody who has worked on this project, by uid."""
        if self._annotators is None:
            self._annotators = {annotator.uid: annotator for annotator in self._read.annotators()}
        return self._annotators

    @property
    def sets(self) -> dict[str, AnnotationSet]:
        """The annotation sets, by uid."""
        if self._sets is None:
            self._sets = {one.uid: one for one in self._read.sets()}
        return self._sets

    @property
    def entities(self) -> KnownEntities:
        """The project's entities, by uid."""
        return self._entities

    @property
    def names(self) -> EntityNames:
        """The names of the project's entities."""
        if self._names is None:
            self._names = EntityNames(self.entities.values())
        return self._names

    def prepare_names(self) -> Iterator[None]:
        """Make ``names`` ready a step of some milliseconds at a time, so that the first letter typed waits for nothing.

        Entities may change between two steps: then it ends, and the names are made when they are asked for.
        """
        if self._names is not None:
            return
        names, entities = EntityNames(), self._entities
        seen = entities.moves
        for _ in chain(map(names.learn, entities.in_steps()), names.arranging()):
            yield
            if self._names is not None or self._entities is not entities or entities.moves != seen:
                return
        self._names = names

    @property
    def info(self) -> ProjectInfo:
        """The project's own record."""
        if self._info is None:
            self._info = self._read.info()
        return self._info
