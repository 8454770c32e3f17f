"""How a difference is told: its kind, both versions' words with what differs marked, and the values that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from annotator.analysis.comparison import Difference, DifferenceKind
from annotator.model.annotation import JOINER, Annotation, Link
from annotator.model.codebook import Codebook
from annotator.model.content import ArticleContent
from annotator.model.entity import Entity
from annotator.model.span import Span
from annotator.model.values import as_text, value_of

_CONTEXT = "review"
_KINDS = {
    DifferenceKind.ONLY_A: QT_TRANSLATE_NOOP("review", "Only A"),
    DifferenceKind.ONLY_B: QT_TRANSLATE_NOOP("review", "Only B"),
    DifferenceKind.BOUNDARY: QT_TRANSLATE_NOOP("review", "Boundary"),
    DifferenceKind.TAG: QT_TRANSLATE_NOOP("review", "Tag"),
    DifferenceKind.ATTRIBUTE: QT_TRANSLATE_NOOP("review", "Attribute"),
    DifferenceKind.ENTITY: QT_TRANSLATE_NOOP("review", "Entity"),
    DifferenceKind.LINK: QT_TRANSLATE_NOOP("review", "Link"),
}
_LONGEST, _KEPT = 44, 18
"""Code points of a run on which both agree before it is cut, and how many stay at either end."""


class Run(Struct, frozen=True):
    """A run of words; ``differs`` when the other version does not cover them."""

    text: str
    differs: bool


def kind_word(kind: DifferenceKind) -> str:
    """Return what a kind of difference is called."""
    return QCoreApplication.translate(_CONTEXT, str(_KINDS[kind]))


def runs(annotation: Annotation, differing: Iterable[Span] = (), *, shorten: bool = True) -> list[Run]:
    """Return an annotation's words in runs, those in ``differing`` spans apart; long agreed runs are cut in the middle.

    White space of any kind counts as one space.
    """
    found: list[Run] = []
    for number, fragment in enumerate(annotation.fragments):
        if number:
            found.append(Run(JOINER, differs=False))
        found.extend(_of_fragment(fragment.start, fragment.exact, tuple(differing)))
    return [Run(run.text if run.differs or not shorten else _cut(run.text), run.differs) for run in found]


def _of_fragment(start: int, words: str, differing: tuple[Span, ...]) -> Iterator[Run]:
    at = 0
    for span in differing:
        first, last = max(span.start - start, at), min(span.stop - start, len(words))
        if first >= last:
            continue
        if at < first:
            yield Run(_line(words[at:first]), differs=False)
        yield Run(_line(words[first:last]), differs=True)
        at = last
    if at < len(words):
        yield Run(_line(words[at:]), differs=False)


def _line(text: str) -> str:
    """Return the text in one line; a blank at either end stays, for it stands between two runs."""
    inner = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    head, tail = text[:_KEPT], text[-_KEPT:]
    # At a blank, where there is one: half a word reads badly.
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"


def plain(found: Iterable[Run]) -> str:
    """Return the runs as one text, what differs in brackets: for screen readers and tooltips."""
    return "".join(f"[{run.text}]" if run.differs else run.text for run in found)


class Teller(Struct, frozen=True):
    """Tells differences in the names of a codebook, of entities and of an article's annotations."""

    content: ArticleContent
    codebook: Codebook
    entities: Mapping[str, Entity]

    def versions(self, difference: Difference) -> tuple[list[Run], list[Run]]:
        """Return what A and what B says, in one line each; nothing on a side that says nothing."""
        a, b = difference.a, difference.b
        if a is None or b is None or difference.kind is DifferenceKind.BOUNDARY:
            return (runs(a, difference.only_a) if a else [], runs(b, difference.only_b) if b else [])
        return [Run(self.value(difference, a), differs=True)], [Run(self.value(difference, b), differs=True)]

    def value(self, difference: Difference, annotation: Annotation) -> str:
        """Return what one side says in what they differ about."""
        if difference.kind is DifferenceKind.TAG:
            return self.codebook.tag(annotation.tag_type).label
        if difference.kind is DifferenceKind.ENTITY:
            return self.entity(annotation) or self._nothing()
        if difference.kind is DifferenceKind.ATTRIBUTE:
            uid = difference.attribute or ""
            return self.chosen(annotation, uid) or self._nothing()
        if difference.kind is DifferenceKind.LINK:
            link = difference.link_a or difference.link_b
            return ", ".join(self.links(annotation, link.role if link else "")) or self._nothing()
        return annotation.text

    def subject(self, difference: Difference) -> str:
        """Return what of the annotation is in question: the attribute's or the link's name, else nothing."""
        if difference.kind is DifferenceKind.ATTRIBUTE:
            known = {one.uid: one.label for one in self.codebook.attributes}
            return known.get(difference.attribute or "", "")
        link = difference.link_a or difference.link_b
        return self.role(link) if link is not None else ""

    def chosen(self, annotation: Annotation, attribute: str) -> str:
        """Return an attribute's value in words."""
        return as_text(value_of(annotation.values, attribute)).replace("_", " ")

    def entity(self, annotation: Annotation) -> str:
        """Return the name of the entity that an annotation bears."""
        known = self.entities.get(annotation.entity or "")
        return known.name if known is not None else ""

    def role(self, link: Link) -> str:
        """Return what the codebook calls a link's role."""
        ends = [self.content.annotations.get(uid) for uid in (link.from_annotation, link.to_annotation)]
        rule = self.codebook.link_rule(link.role, ends[0].tag_type, ends[1].tag_type) if ends[0] and ends[1] else None
        return rule.label if rule is not None and rule.label else link.role.replace("_", " ")

    def links(self, annotation: Annotation, role: str = "") -> list[str]:
        """Return the words that an annotation's links of a role (of every role) lead to, in text order."""
        outgoing = [
            link for link in self.content.links.values()
            if link.from_annotation == annotation.uid and role in ("", link.role)
        ]  # fmt: skip
        ends = [self.content.annotations[link.to_annotation] for link in outgoing]
        return [_cut(" ".join(end.text.split())) for end in sorted(ends, key=lambda one: (one.start, one.uid))]

    def _nothing(self) -> str:
        return QCoreApplication.translate(_CONTEXT, "nothing")
