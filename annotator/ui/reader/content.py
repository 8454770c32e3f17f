"""What the reader shows: one article's annotations and links, and the codebook they are read by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set

from msgspec import Struct

from annotator.model.annotation import Annotation, Link
from annotator.model.article_index import ArticleIndex, Placed
from annotator.model.codebook import Codebook, Part, TagType

UNKNOWN = TagType("", "", "?", "#6B7280", part=Part.OTHER)
"""Stands for a tag type that the codebook does not hold (yet)."""


class Partner(Struct, frozen=True):
    """The other end of a link of the selected annotation; ``outgoing`` when the link starts at the selected one."""

    link: Link
    annotation: Annotation
    label: str
    outgoing: bool


class Lanes(Struct, frozen=True):
    """Two sets compared: the uids of the first's and the second's annotations, and of those that differ."""

    first: frozenset[str]
    second: frozenset[str]
    differing: frozenset[str]

    def shows(self, uid: str) -> bool:
        """Tell whether an annotation is painted in the text: where both agree the first's stands for both."""
        return uid in self.first or (uid in self.second and uid in self.differing)

    def letter(self, uid: str) -> str:
        """Return ``A`` or ``B`` for one that differs; nothing for one agreed on, or where one set is shown alone."""
        if uid not in self.differing or not self.second:
            return ""
        return "A" if uid in self.first else "B"


class Content:
    """One article as it is shown; a plain record of what to paint, without any drawing."""

    def __init__(self) -> None:
        self.index = ArticleIndex()
        self.codebook = Codebook()
        self.hidden: frozenset[str] = frozenset()
        self.incomplete: set[str] = set()
        self.selected: str | None = None
        self.ghost_label = ""
        self.lanes: Lanes | None = None
        self._links: dict[str, Link] = {}
        self._links_of: dict[str, dict[str, Link]] = {}

    def show(self, annotations: Iterable[Annotation], links: Iterable[Link]) -> None:
        """Take another article's annotations; nothing is selected, codebook and hidden types stay."""
        self.index = ArticleIndex(annotations)
        self.incomplete = set()
        self.selected = None
        self._links, self._links_of = {}, {}
        for link in links:
            self._add_link(link)

    def _add_link(self, link: Link) -> None:
        self._remove_link(link.uid)
        self._links[link.uid] = link
        for end in (link.from_annotation, link.to_annotation):
            self._links_of.setdefault(end, {})[link.uid] = link

    def _remove_link(self, uid: str) -> None:
        link = self._links.pop(uid, None)
        if link:
            for end in (link.from_annotation, link.to_annotation):
                self._links_of[end].pop(uid, None)

    def tag(self, annotation: Annotation) -> TagType:
        """Return an annotation's tag type."""
        try:
            return self.codebook.tag(annotation.tag_type)
        except KeyError:
            return UNKNOWN

    def annotation(self, entry: Placed) -> Annotation:
        """Return the annotation that a fragment belongs to; raises KeyError when it has gone."""
        found = self.index.get(entry.uid)
        if found is None:
            raise KeyError(entry.uid)
        return found

    def set_incomplete(self, uids: Set[str], among: Set[str] | None) -> bool:
        """Note which annotations are incomplete, all anew or only ``among`` some; tells whether others were before."""
        if among is None:
            changed = uids != self.incomplete
            self.incomplete = set(uids)
            return changed
        changed = self.incomplete & among != uids  # there may be thousands of others
        self.incomplete -= among
        self.incomplete |= uids
        return changed

    def shown_between(self, start: int, stop: int) -> list[Placed]:
        """Return the fragments in a half-open range of code points whose tag type is not hidden, in order."""
        found = self.index.between(start, stop)
        lanes = self.lanes
        if lanes is not None:
            found = [entry for entry in found if lanes.shows(entry.uid)]
        if not self.hidden:
            return found
        return [entry for entry in found if self.annotation(entry).tag_type not in self.hidden]

    def annotations_at(self, position: int) -> list[Annotation]:
        """Return the annotations that cover a code point and are not hidden, innermost (shortest there) first."""
        entries = sorted(self.shown_between(position, position + 1), key=lambda e: (e.stop - e.start, e))
        return [self.annotation(entry) for entry in entries]

    def edit(
        self,
        removed: Iterable[str],
        added: Iterable[Annotation],
        removed_links: Iterable[str],
        added_links: Iterable[Link],
    ) -> list[Annotation]:
        """Take changes over and return the annotations as they were or are, whose places need painting.

        An annotation is replaced by adding it again. Unknown uids among the removed are passed over: a change may
        concern what this article never showed.
        """
        touched: list[Annotation] = []
        gone = [uid for uid in removed if uid in self.index]
        touched += [self.index.remove(uid) for uid in gone]
        for annotation in added:
            before = self.index.get(annotation.uid)
            touched += [before, annotation] if before else [annotation]
            self.index.add(annotation)
        for uid in removed_links:
            self._remove_link(uid)
        for link in added_links:
            self._add_link(link)
        if self.selected is not None and self.selected not in self.index:
            self.selected = None
        return touched

    def partners(self) -> Iterator[Partner]:
        """Go through the links of the selected annotation whose other end is in this article."""
        if self.selected is None:
            return
        for link in self._links_of.get(self.selected, {}).values():
            outgoing = link.from_annotation == self.selected
            other = self.index.get(link.to_annotation if outgoing else link.from_annotation)
            if other is not None:
                yield Partner(link, other, self._role(link), outgoing)

    def _role(self, link: Link) -> str:
        """Return what the codebook calls the link's role, the bare role without a rule for it."""
        ends = self.index.get(link.from_annotation), self.index.get(link.to_annotation)
        if ends[0] is None or ends[1] is None:
            return link.role
        rule = self.codebook.link_rule(link.role, ends[0].tag_type, ends[1].tag_type)
        return rule.label if rule and rule.label else link.role

    def quiet(self, uid: str) -> bool:
        """Tell whether an annotation is to be drawn quietly: two sets are compared and agree on it."""
        return self.lanes is not None and uid not in self.lanes.differing

    def label(self, annotation: Annotation) -> str:
        """Return what stands beside an annotation's shape: its tag, where two sets are compared with their letter."""
        label, letter = self.tag(annotation).label, self.lanes.letter(annotation.uid) if self.lanes else ""
        return f"{letter} · {label}" if letter else label

    def can_link(self, annotation: Annotation) -> bool:
        """Tell whether the codebook lets links start at such an annotation."""
        return bool(self.codebook.rules_from(annotation.tag_type))

    def hide(self, tag_types: Collection[str]) -> None:
        """Show no annotations of these tag types (uids)."""
        self.hidden = frozenset(tag_types)
