"""Annotations, links between them, the sets they belong to and the people who make them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from annotator.model.span import Fragment, Span
from annotator.model.values import Values

JOINER = " […] "
"""Stands between the fragments where an annotation's words are shown as one text."""


class SetKind(StrEnum):
    """Where the annotations of a set come from."""

    PERSON = "person"
    IMPORT = "import"
    ADJUDICATED = "adjudicated"


class Confidence(StrEnum):
    """How sure the annotator is; empty when not said."""

    UNSAID = ""
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Annotator(Struct, frozen=True):
    """A person who annotates or reviews."""

    uid: str
    name: str


class AnnotationSet(Struct, frozen=True):
    """All annotations from one source; ``annotator`` is the person's uid for a person's set, else None."""

    uid: str
    name: str
    kind: SetKind
    annotator: str | None = None


class Annotation(Struct, frozen=True, gc=False):
    """One or more ordered, disjoint fragments of one article, bearing one tag type in one annotation set.

    ``origin`` is an import's own id and label or a suggester's name, empty when made by hand; in the adjudicated set
    ``from:`` and the uids it was taken from, parted by blanks.
    ``created`` and ``modified`` are UTC, ISO 8601.
    """

    uid: str
    article: str
    tag_type: str
    annotation_set: str
    fragments: tuple[Fragment, ...]
    annotator: str
    entity: str | None = None
    values: Values = ()
    note: str = ""
    confidence: Confidence = Confidence.UNSAID
    origin: str = ""
    created: str = ""
    modified: str = ""

    @property
    def start(self) -> int:
        """First code point of the first fragment."""
        return self.fragments[0].start

    @property
    def stop(self) -> int:
        """Code point behind the last fragment."""
        return self.fragments[-1].stop

    @property
    def spans(self) -> tuple[Span, ...]:
        """The fragments as spans, in order."""
        return tuple(fragment.span for fragment in self.fragments)

    @property
    def text(self) -> str:
        """The words, fragments joined by `` […] ``."""
        return JOINER.join(fragment.exact for fragment in self.fragments)

    def covers(self, position: int) -> bool:
        """Tell whether a fragment covers that code point."""
        return any(fragment.start <= position < fragment.stop for fragment in self.fragments)


class Link(Struct, frozen=True, gc=False):
    """A directed pair of annotations of one article with a role (``speaker``, ``cue``, ``content_of`` …)."""

    uid: str
    article: str
    from_annotation: str
    to_annotation: str
    role: str
    annotator: str
    note: str = ""


def text_order(annotation: Annotation) -> tuple[int, int, str]:
    """Sort key of the order in the text: by start, of those that begin together the longer first, then by uid."""
    fragments = annotation.fragments
    return (fragments[0].start, -fragments[-1].stop, annotation.uid)
