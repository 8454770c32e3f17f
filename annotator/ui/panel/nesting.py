"""Which annotation stands under which in the panel's tree: pure functions of an article's content.

Every annotation appears once as *itself*: at the top level, or under what it is linked to, its *home*. A further link
to it is shown as a row that refers to it. A quote stands under no speaker; what is linked to the quote stands under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct, field

from annotator.model.annotation import Annotation, Link, text_order
from annotator.model.codebook import Codebook, LinkRule, Part

_UPWARD = {(Part.CLAIM, Part.QUOTE), (Part.QUOTE, Part.QUOTE)}
"""Links whose start stands under their end: a claim under the quote it is the content of."""


class Row(Struct, eq=False):
    """One row: an annotation, the label of the role by which it stands here, and the link that says so.

    ``label`` and ``link`` are empty at the top level. ``itself`` is False for a row that only refers to it.
    """

    annotation: str
    label: str = ""
    link: str = ""
    itself: bool = True
    children: list[Row] = field(default_factory=list)
    parent: Row | None = None
    at: int = 0

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """What makes a row the same row after a change."""
        return (self.annotation, self.label, self.link, self.itself)


def flat(annotations: Iterable[Annotation]) -> list[Row]:
    """Return a row each, in text order, nothing nested."""
    return _numbered([Row(a.uid) for a in sorted(annotations, key=text_order)], None)


def renumber(rows: list[Row], first: int) -> None:
    """Note the rows' places anew from one on."""
    for at, row in enumerate(islice(rows, first, None), first):
        row.at = at


def nested(annotations: Mapping[str, Annotation], links: Iterable[Link], codebook: Codebook) -> list[Row]:
    """Return the rows of the top level in text order, with what stands under them."""
    return _Nest(annotations, links, codebook).rows()


class _Bond(Struct, frozen=True):
    """A link seen from the row it stands under: ``over`` is that row, ``under`` what it shows."""

    over: str
    under: str
    link: str
    label: str
    adopts: bool
    rank: tuple[int, int]


class _Nest:
    def __init__(self, annotations: Mapping[str, Annotation], links: Iterable[Link], codebook: Codebook) -> None:
        self._annotations = annotations
        self._codebook = codebook
        self._rules = {(r.role, r.from_type, r.to_type): (at, r) for at, r in enumerate(codebook.link_rules)}
        bonds = [bond for link in links if (bond := self._bond(link)) is not None]
        bonds.sort(key=lambda bond: bond.rank)
        self._under: dict[str, list[_Bond]] = {}
        self._home: dict[str, _Bond] = {}
        for bond in bonds:
            self._under.setdefault(bond.over, []).append(bond)
            if bond.adopts and bond.under not in self._home and not self._above(bond.over, bond.under):
                self._home[bond.under] = bond

    def rows(self) -> list[Row]:
        top = sorted((a for a in self._annotations.values() if a.uid not in self._home), key=text_order)
        return _numbered([self._row(a.uid) for a in top], None)

    def _bond(self, link: Link) -> _Bond | None:
        start = self._annotations.get(link.from_annotation)
        stop = self._annotations.get(link.to_annotation)
        if start is None or stop is None:
            return None
        parts = (self._codebook.tag(start.tag_type).part, self._codebook.tag(stop.tag_type).part)
        at, rule = self._rules.get((link.role, start.tag_type, stop.tag_type), (99, None))
        if parts in _UPWARD:
            label = self._codebook.tag(start.tag_type).label if parts[0] is Part.CLAIM else _label(rule, link)
            return _Bond(stop.uid, start.uid, link.uid, label, True, (2, start.start))
        # A quote's own links adopt before a claim's: the speaker of both stands under the quote.
        rank = (0 if parts[0] is Part.QUOTE else 1, start.start * 100 + min(at, 99))
        return _Bond(start.uid, stop.uid, link.uid, _label(rule, link), parts[0] is not parts[1], rank)

    def _above(self, uid: str, wanted: str) -> bool:
        """Tell whether ``wanted`` is ``uid`` or stands over it."""
        while uid != wanted:
            bond = self._home.get(uid)
            if bond is None:
                return False
            uid = bond.over
        return True

    def _row(self, uid: str, bond: _Bond | None = None) -> Row:
        row = Row(uid, bond.label, bond.link) if bond is not None else Row(uid)
        if uid in self._under:
            row.children = list(self._children(uid))
        return row

    def _children(self, uid: str) -> Iterator[Row]:
        shown_above = self._shown_above(uid)
        for bond in self._under.get(uid, ()):
            if self._home.get(bond.under) is bond:
                yield self._row(bond.under, bond)
            elif bond.under not in shown_above:
                yield Row(bond.under, bond.label, bond.link, itself=False)

    def _shown_above(self, uid: str) -> set[str]:
        """Return what already stands under the home: a claim need not repeat its quote's speaker."""
        bond = self._home.get(uid)
        return {b.under for b in self._under.get(bond.over, ())} | {bond.over} if bond is not None else set()


def _label(rule: LinkRule | None, link: Link) -> str:
    return rule.label if rule is not None else link.role.replace("_", " ")


def _numbered(rows: list[Row], parent: Row | None) -> list[Row]:
    for at, row in enumerate(rows):
        row.at, row.parent = at, parent
        if row.children:
            _numbered(row.children, row)
    return rows
