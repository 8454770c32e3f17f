"""What stands where in the margin: brackets in columns, chips in rows, and the selected annotation's connectors.

All heights are document coordinates, all x from the margin's left edge; pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field
from PySide6.QtCore import QCoreApplication, QRectF

from annotator.model.annotation import Annotation
from annotator.model.article_index import Placed, depths
from annotator.model.codebook import TagType
from annotator.model.span import Span
from annotator.ui.reader.content import Content, Partner
from annotator.ui.reader.geometry import Geometry, LineBox

COLUMN, FIRST_COLUMN = 8.0, 10.0
"""Distance of brackets, and of the first from the text."""
LANE = 14.0
"""Room at the right for the connectors' common line and the handle."""
SHAPE, GAP, SPACE = 11.0, 4.0, 7.0
"""Size of a chip's shape, distance to its label, distance between chips."""
CHIP_HEIGHT = 18.0
LONGEST_LABEL, PILL_ENDS, ARROW = 96.0, 14.0, 12.0
"""The longest label of a chip, what a pill has around its label, and the width of an arrow in its stead."""
_EDGE = 13.0
"""Distance from the upper and lower edge of pills for partners out of sight."""

Measure = Callable[[str], float]


class Bracket(Struct, frozen=True):
    """An annotation of several lines: one bar per fragment, joined, at ``x``."""

    uid: str
    tag: TagType
    x: float
    bars: tuple[tuple[float, float], ...]

    @property
    def rectangle(self) -> QRectF:
        """Where a click means this bracket."""
        return QRectF(self.x - 3, self.bars[0][0], COLUMN, self.bars[-1][1] - self.bars[0][0])


class Chip(Struct, frozen=True):
    """An annotation's shape and, where there is room, its label, in the row of its first visible line."""

    uid: str
    tag: TagType
    rectangle: QRectF
    label: str


class Pill(Struct, frozen=True):
    """A connector's end or a proposal's label; ``uid`` is the partner's, empty for the proposal.

    Where there is no room for what is ``told``, ``label`` is a sign for it; without one the end is an arrow.
    """

    uid: str
    told: str
    label: str
    rectangle: QRectF
    y: float


class MarginLayout(Struct):
    """Everything in the margin. ``handle`` is the selected annotation's height, None when it is not in sight."""

    brackets: list[Bracket] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    pills: list[Pill] = field(default_factory=list)
    ghost: Pill | None = None
    handle: float | None = None
    more: list[tuple[QRectF, str]] = field(default_factory=list)
    """Counts of chips for which a row had no room."""


class View(Struct, frozen=True):
    """What part of the document is in sight, and the margin's width; ``shown`` covers whole paragraphs."""

    top: float
    bottom: float
    width: float
    shown: Span


class _Extent(Struct, frozen=True):
    """The visible lines of an annotation: the first as its row, and one bar per visible fragment.

    ``tall``: more than its one line is to be shown, so that it needs a bracket.
    """

    annotation: Annotation
    row: LineBox
    bars: tuple[tuple[float, float], ...]
    tall: bool


def laid_out(content: Content, geometry: Geometry, view: View, ghost: Span | None, measure: Measure) -> MarginLayout:
    """Place everything that belongs to the visible annotations; ``measure`` gives the width of a label."""
    return _Plan(content, geometry, view, measure).made(ghost)


class _Plan:
    """The steps of one layout and what they share."""

    def __init__(self, content: Content, geometry: Geometry, view: View, measure: Measure) -> None:
        self._content, self._geometry, self._view, self._measure = content, geometry, view, measure
        self._result = MarginLayout()
        self._taken: dict[tuple[int, int], float] = {}
        self._rows: dict[tuple[int, int], list[_Extent]] = {}
        self._left = 0.0
        self._seen = geometry.lines_span(view.top, view.bottom) or view.shown

    def made(self, ghost: Span | None) -> MarginLayout:
        extents = list(self._extents())
        for extent in extents:
            self._rows.setdefault(_key(extent.row), []).append(extent)
        self._place_brackets([extent for extent in extents if extent.tall])
        columns = max((bracket.x for bracket in self._result.brackets), default=0.0)
        self._left = max(FIRST_COLUMN + 2 * COLUMN, columns + COLUMN) + 4
        if ghost and self._in_sight(ghost):
            self._place_ghost(ghost)
        self._place_connectors()
        for key, row in self._rows.items():
            self._place_chips(row, self._view.width - LANE - self._taken.get(key, 0.0))
        return self._result

    def _in_sight(self, span: Span) -> bool:
        return span.overlaps(self._seen)

    def _extents(self) -> Iterator[_Extent]:
        """Go through the visible annotations in the order of the text."""
        found: dict[str, list[tuple[LineBox, LineBox]]] = {}
        shown = self._view.shown
        for entry in self._content.shown_between(shown.start, shown.stop):
            first = self._geometry.line_at(max(entry.start, shown.start))
            last = self._geometry.line_at(min(entry.stop, shown.stop) - 1)
            found.setdefault(entry.uid, []).append((first, last))
        for uid, lines in found.items():
            annotation = self._content.index.get(uid)
            if annotation:
                bars = tuple((self._geometry.band(first)[0], self._geometry.band(last)[1]) for first, last in lines)
                several = len(lines) > 1 or len(annotation.fragments) > 1
                yield _Extent(annotation, lines[0][0], bars, several or _key(lines[0][0]) != _key(lines[0][1]))

    def _middle(self, line: LineBox) -> float:
        top, bottom = self._geometry.band(line)
        return (top + bottom) / 2

    def _place_brackets(self, extents: Sequence[_Extent]) -> None:
        entries = {
            Placed(round(e.bars[0][0]), -round(e.bars[-1][1]), e.annotation.uid, 0): e for e in extents
        }  # fmt: skip
        for entry, column in depths(entries).items():
            extent = entries[entry]
            tag = self._content.tag(extent.annotation)
            x = FIRST_COLUMN + column * COLUMN
            self._result.brackets.append(Bracket(extent.annotation.uid, tag, x, extent.bars))

    def _place_ghost(self, ghost: Span) -> None:
        line = self._geometry.line_at(max(ghost.start, self._seen.start))
        self._result.ghost = self._pill(line, "", self._content.ghost_label, "?")

    def _place_connectors(self) -> None:
        selected = self._content.index.get(self._content.selected or "")
        if selected is None:
            return
        top, bottom = self._view.top + _EDGE, self._view.bottom - _EDGE
        self._result.handle = min(max(self._height_of(selected), top), bottom)
        rows: dict[tuple[int, int], list[Partner]] = {}
        far: dict[bool, list[Partner]] = {False: [], True: []}
        for partner in self._content.partners():
            near = next((span for span in partner.annotation.spans if self._in_sight(span)), None)
            if near:
                line = self._geometry.line_at(max(near.start, self._seen.start))
                rows.setdefault(_key(line), []).append(partner)
            else:
                far[partner.annotation.start >= self._seen.stop].append(partner)
        for partners in rows.values():
            near = next(span for span in partners[0].annotation.spans if self._in_sight(span))
            line = self._geometry.line_at(max(near.start, self._seen.start))
            self._result.pills.append(self._pill(line, partners[0].annotation.uid, _roles(partners)))
        for below, partners in far.items():
            if partners:
                arrow = "↓" if below else "↑"
                self._place_far(bottom if below else top, partners[0].annotation.uid, _roles(partners), arrow)

    def _place_far(self, y: float, uid: str, roles: str, arrow: str) -> None:
        """Place a pill at an edge, left of what is in the row there already; that row's chips make room."""
        beside = [key for key, row in self._rows.items() if abs(self._middle(row[0].row) - y) < CHIP_HEIGHT]
        taken = max((self._taken.get(key, 0.0) for key in beside), default=0.0)
        pill = self._pill_at(y, uid, f"{arrow} {roles}", arrow, taken)
        self._result.pills.append(pill)
        self._taken.update(dict.fromkeys(beside, taken + pill.rectangle.width() + SPACE))

    def _height_of(self, annotation: Annotation) -> float:
        """Return the height of an annotation's first visible line; beyond the edge when it is out of sight."""
        seen = next((span for span in annotation.spans if self._in_sight(span)), None)
        if seen:
            return self._middle(self._geometry.line_at(max(seen.start, self._seen.start)))
        return self._view.top - 1 if annotation.start < self._seen.start else self._view.bottom + 1

    def _pill(self, line: LineBox, uid: str, label: str, sign: str = "") -> Pill:
        """Place a pill at the right of a row, left of what is there already."""
        key = _key(line)
        taken, chips = self._taken.get(key, 0.0), len(self._rows.get(key, ()))
        pill = self._pill_at(self._middle(line), uid, label, sign, taken, chips * (SHAPE + SPACE))
        self._taken[key] = taken + pill.rectangle.width() + SPACE
        return pill

    def _pill_at(self, y: float, uid: str, told: str, sign: str, taken: float = 0.0, needed: float = 0.0) -> Pill:
        room = self._view.width - LANE - taken - self._left - needed
        wanted = self._measure(told) + PILL_ENDS
        label, width = told, min(wanted, room)
        if wanted > room and room < LONGEST_LABEL + PILL_ENDS:
            # The first letters of a word are neither read nor seen through: a sign, and the tooltip says the rest.
            label, width = sign, self._measure(sign) + PILL_ENDS if sign else ARROW
        left = self._view.width - LANE - taken - width
        return Pill(uid, told, label, QRectF(left, y - CHIP_HEIGHT / 2, width, CHIP_HEIGHT), y)

    def _place_chips(self, row: Sequence[_Extent], right: float) -> None:
        left = self._left
        kept = self._kept(row, max(0, int((right - left + SPACE) // (SHAPE + SPACE))))
        labels = self._labels(kept, right - left)
        y, x = self._middle(row[0].row), left
        for extent, label in zip(kept, labels, strict=True):
            width = SHAPE + (GAP + self._label_width(label) if label else 0)
            rectangle = QRectF(x, y - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
            self._result.chips.append(
                Chip(extent.annotation.uid, self._content.tag(extent.annotation), rectangle, label)
            )
            x += width + SPACE + (SPACE if label else 0)
        if len(kept) < len(row) and right - x >= SHAPE:
            rectangle = QRectF(x, y - CHIP_HEIGHT / 2, right - x + SPACE, CHIP_HEIGHT)
            self._result.more.append((rectangle, f"+{len(row) - len(kept)}"))

    def _kept(self, row: Sequence[_Extent], fitting: int) -> list[_Extent]:
        """Choose whose chips are shown when a row has room for so many: the selected one first."""
        if len(row) <= fitting:
            return list(row)
        ranked = sorted(range(len(row)), key=lambda n: (self._rank(row[n].annotation), n))
        return [row[n] for n in sorted(ranked[: max(0, fitting - 1)])]

    def _label_width(self, label: str) -> float:
        return min(self._measure(label), LONGEST_LABEL)

    def _labels(self, row: Sequence[_Extent], room: float) -> list[str]:
        """Choose who gets a label while there is room: the selected first, those that only serve links last."""
        room -= len(row) * (SHAPE + SPACE) - SPACE
        labels = [""] * len(row)
        refused = 2
        for at in sorted(range(len(row)), key=lambda n: (self._rank(row[n].annotation), n)):
            rank, label = self._rank(row[at].annotation), self._content.label(row[at].annotation)
            needed = GAP + self._label_width(label) + SPACE
            if needed <= room and rank <= refused:
                labels[at] = label
                room -= needed
            else:
                refused = min(refused, rank)
        return labels

    def _rank(self, annotation: Annotation) -> int:
        if annotation.uid == self._content.selected:
            return 0
        quiet = self._content.tag(annotation).auxiliary or self._content.quiet(annotation.uid)
        return 2 if quiet else 1


def _key(line: LineBox) -> tuple[int, int]:
    return line.block, line.number


def _roles(partners: Iterable[Partner]) -> str:
    """Return the roles' labels, ``←`` before those of links that point to the selected annotation."""
    labels = ((partner.label if partner.outgoing else f"← {partner.label}") for partner in partners)
    return ", ".join(dict.fromkeys(labels))


def tooltip(content: Content, uid: str) -> str:
    """Return an annotation's label and words, shortened, and whether something is missing."""
    annotation = content.index.get(uid)
    if annotation is None:
        return ""
    words = annotation.text if len(annotation.text) <= 120 else annotation.text[:119].rstrip() + "…"
    lines = [f"{content.tag(annotation).label}: {words}"]
    if uid in content.incomplete:
        lines.append(QCoreApplication.translate("Margin", "Incomplete"))
    return "\n".join(lines)
