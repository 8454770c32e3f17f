"""What two annotation sets of one article say differently, in text order: the list that review goes through.

Annotations are paired as ``matching.match_across_tags`` says. A pair can differ in several ways; each is one entry.
Links of an annotation that only one set has go with it and are not listed apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from annotator.model.annotation import Annotation, Link
from annotator.model.span import Span
from annotator.model.values import value_of

NO_LINKS: tuple[Sequence[Link], Sequence[Link]] = ((), ())


class DifferenceKind(StrEnum):
    """How the two sets differ at a place."""

    ONLY_A = "only_a"
    ONLY_B = "only_b"
    BOUNDARY = "boundary"
    TAG = "tag"
    ATTRIBUTE = "attribute"
    ENTITY = "entity"
    LINK = "link"


class Difference(Struct, frozen=True):
    """One difference; ``a`` and ``b`` are the annotations it is about, None on the side that has none.

    ``only_a`` and ``only_b`` are, of a boundary, the code points that one side covers and the other does not.
    ``attribute`` is the attribute's uid. Of a link, ``link_a`` or ``link_b`` is the one that the other set lacks.
    """

    kind: DifferenceKind
    a: Annotation | None
    b: Annotation | None
    only_a: tuple[Span, ...] = ()
    only_b: tuple[Span, ...] = ()
    attribute: str | None = None
    link_a: Link | None = None
    link_b: Link | None = None

    @property
    def start(self) -> int:
        """Where the difference begins in the text."""
        return min(annotation.start for annotation in (self.a, self.b) if annotation)


class Comparison(Struct, frozen=True):
    """``differences`` in text order, ``pairs`` of all matched annotations and those ``agreed`` on in every way."""

    differences: tuple[Difference, ...]
    pairs: tuple[tuple[Annotation, Annotation], ...]
    agreed: tuple[tuple[Annotation, Annotation], ...]


def compare(
    a: Sequence[Annotation], b: Sequence[Annotation], links: tuple[Sequence[Link], Sequence[Link]] = NO_LINKS
) -> Comparison:
    """Compare two annotation sets of one article; ``links`` are the first's and the second's."""
    a, b = sorted(a, key=_place), sorted(b, key=_place)
    # Imported here: it brings numpy, and the window must not wait for that before its first paint.
    from annotator.analysis.matching import match_across_tags, unit_of

    found = match_across_tags([unit_of(one) for one in a], [unit_of(one) for one in b])
    pairs = tuple((a[i], b[j]) for i, j in found.pairs)
    differences = [
        *(Difference(DifferenceKind.ONLY_A, a[i], None) for i in found.only_a),
        *(Difference(DifferenceKind.ONLY_B, None, b[j]) for j in found.only_b),
        *(difference for pair in pairs for difference in _of_pair(*pair)),
        *_of_links(pairs, links),
    ]
    different = {(one.a.uid, one.b.uid) for one in differences if one.a and one.b}
    agreed = tuple(pair for pair in pairs if (pair[0].uid, pair[1].uid) not in different)
    order = list(DifferenceKind)
    return Comparison(tuple(sorted(differences, key=lambda d: (d.start, order.index(d.kind)))), pairs, agreed)


def _place(annotation: Annotation) -> tuple[int, int, str]:
    return annotation.start, -annotation.stop, annotation.uid


def _of_pair(a: Annotation, b: Annotation) -> Iterator[Difference]:
    if a.spans != b.spans:
        only_a, only_b = _without(a.spans, b.spans), _without(b.spans, a.spans)
        yield Difference(DifferenceKind.BOUNDARY, a, b, only_a, only_b)
    if a.tag_type != b.tag_type:
        yield Difference(DifferenceKind.TAG, a, b)
    else:
        # Attributes belong to a tag type, so across tags there is nothing to compare.
        asked = sorted({uid for uid, _ in (*a.values, *b.values)})
        for uid in asked:
            if value_of(a.values, uid) != value_of(b.values, uid):
                yield Difference(DifferenceKind.ATTRIBUTE, a, b, attribute=uid)
    if a.entity != b.entity:
        yield Difference(DifferenceKind.ENTITY, a, b)


def _without(spans: Iterable[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """Return what of ordered spans the others (ordered, disjoint) do not cover."""
    left = []
    for span in spans:
        at = span.start
        for other in others:
            if other.start >= span.stop:
                break
            if at < other.start:
                left.append(Span(at, other.start))
            at = max(at, other.stop)
        if at < span.stop:
            left.append(Span(at, span.stop))
    return tuple(left)


def _of_links(
    pairs: Sequence[tuple[Annotation, Annotation]], links: tuple[Sequence[Link], Sequence[Link]]
) -> Iterator[Difference]:
    """Yield the links of matched annotations that have no counterpart: same role, between the matched ends."""
    partners = {a.uid: b.uid for a, b in pairs}
    from_a, from_b = {a.uid: (a, b) for a, b in pairs}, {b.uid: (a, b) for a, b in pairs}
    in_b = {(link.role, link.from_annotation, link.to_annotation) for link in links[1]}
    answered = set()
    for link in links[0]:
        same = (link.role, partners.get(link.from_annotation), partners.get(link.to_annotation))
        if same in in_b:
            answered.add(same)
        elif link.from_annotation in from_a:
            yield Difference(DifferenceKind.LINK, *from_a[link.from_annotation], link_a=link)
    for link in links[1]:
        if (link.role, link.from_annotation, link.to_annotation) not in answered and link.from_annotation in from_b:
            yield Difference(DifferenceKind.LINK, *from_b[link.from_annotation], link_b=link)
