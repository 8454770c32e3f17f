"""The adjudicated set: the final annotations of a project, each with references to what it came from.

A final annotation's ``origin`` is ``from:`` and the uids of its sources, parted by blanks (``from:UID UID``); one that
somebody has removed since stays named there. It is empty for what the reviewer tagged by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from annotator.base.clock import now
from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model import rules
from annotator.model.annotation import Annotation, AnnotationSet, Link, SetKind
from annotator.model.content import ArticleContent
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span
from annotator.operations import tagging
from annotator.operations.verdicts import Latest, new_verdict
from annotator.project.edit import Edit
from annotator.project.project import Project

ADJUDICATED_UID = "0195a000-ad00-7000-8000-000000000001"
"""The set's uid in every project that makes one, so that files made apart still have one between them."""
_FROM = "from:"
Place = tuple[str, tuple[Span, ...]]


def adjudicated_set(project: Project) -> AnnotationSet | None:
    """Return the adjudicated set, or None as long as nothing has been taken."""
    return next((one for one in project.cache.sets.values() if one.kind is SetKind.ADJUDICATED), None)


def ensure_within(edit: Edit, project: Project) -> AnnotationSet:
    """Return the adjudicated set; the first step that needs it makes it."""
    known = adjudicated_set(project) or edit.get(AnnotationSet, ADJUDICATED_UID)
    if known is None:
        known = AnnotationSet(ADJUDICATED_UID, str(SetKind.ADJUDICATED), SetKind.ADJUDICATED)
        edit.add(known)
    return known


def sources_of(annotation: Annotation) -> tuple[str, ...]:
    """Return the uids that a final annotation was taken from, in the order of their taking."""
    origin = annotation.origin
    return tuple(origin.removeprefix(_FROM).split()) if origin.startswith(_FROM) else ()


def origin_of(sources: Iterable[str]) -> str:
    """Write the origin of a final annotation; each source once."""
    return _FROM + " ".join(dict.fromkeys(sources))


class FinalAnnotations:
    """The final annotations of one article as a step that is being put together leaves them."""

    def __init__(self, edit: Edit, project: Project, content: ArticleContent) -> None:
        self._edit = edit
        self._project = project
        self._content = content
        self._set = adjudicated_set(project)
        uid = self._set.uid if self._set else ""
        self._finals = {a.uid: a for a in content.annotations.values() if a.annotation_set == uid}
        self._places: dict[Place, str] = {(a.tag_type, a.spans): a.uid for a in self._finals.values()}
        self._taken = {source: a.uid for a in self._finals.values() for source in sources_of(a)}
        self.latest = Latest(content.verdicts.values())
        self._led_to = {
            uid: verdict.adjudicated for uid, verdict in self.latest.deciding.items() if verdict.adjudicated
        }
        self._links: dict[tuple[str, str, str], Link] = {}
        self._leaving: dict[tuple[str, str], list[Link]] = {}
        for link in content.links.values():
            self._know(link)
        self._settled: list[str] = []

    def holds(self, annotation: Annotation) -> bool:
        """Tell whether this is a final annotation itself."""
        return annotation.uid in self._finals

    def taken(self, source: str) -> Annotation | None:
        """Return the final annotation that was taken from this one."""
        return self._finals.get(self._taken.get(source, ""))

    def settled(self, source: str) -> Annotation | None:
        """Return the final annotation that stands for this one, whosever version it is; itself when it is final."""
        return self._finals.get(source) or self.taken(source) or self._finals.get(self._led_to.get(source, ""))

    def alike(self, annotation: Annotation) -> Annotation | None:
        """Return the final annotation with the same tag on the same code points."""
        return self._finals.get(self._places.get((annotation.tag_type, annotation.spans), ""))

    def add(self, source: Annotation) -> Annotation:
        """Copy an annotation into the adjudicated set; its note stays with who wrote it."""
        if self._set is None:
            self._set = ensure_within(self._edit, self._project)
        moment = now()
        final = replace(
            source, uid=uuid7(), annotation_set=self._set.uid, annotator=self._project.annotator.uid, note="",
            origin=origin_of([source.uid]), created=moment, modified=moment,
        )  # fmt: skip
        self._edit.add(final)
        self._keep(final)
        self._settled.append(source.uid)
        return final

    def refer(self, final: Annotation, source: str) -> Annotation:
        """Name a further source of a final annotation."""
        if source in sources_of(final):
            return final
        self._settled.append(source)
        return self.change(final, origin=origin_of((*sources_of(final), source)))

    def change(self, final: Annotation, **fields: object) -> Annotation:
        """Give a final annotation other fields."""
        changed = replace(final, **fields)
        if changed == final:
            return final
        changed = replace(changed, modified=now())
        self._edit.replace(final, changed)
        self._places.pop((final.tag_type, final.spans), None)
        self._keep(changed)
        if changed.tag_type != final.tag_type:
            self._drop_misfits(changed)
        return changed

    def _drop_misfits(self, final: Annotation) -> None:
        codebook = self._project.cache.codebook
        for link in [one for one in self._links.values() if final.uid in (one.from_annotation, one.to_annotation)]:
            ends = (self._finals.get(uid) or self._content.annotations[uid] for uid in _ends(link)[:2])
            if codebook.link_rule(link.role, *(end.tag_type for end in ends)) is None:
                self.unlink(link)

    def _keep(self, final: Annotation) -> None:
        self._finals[final.uid] = final
        self._places.setdefault((final.tag_type, final.spans), final.uid)
        self._taken.update(dict.fromkeys(sources_of(final), final.uid))

    def stand_for(self, final: Annotation, source: str) -> None:
        """Note that a final annotation settles this one too, though it is not its version."""
        if self.settled(source) != final:
            self._settled.append(source)
        self._led_to[source] = final.uid

    def release(self, source: str) -> None:
        """Take a source away; its final annotation goes with the last one that is still there."""
        final = self.taken(source)
        self._led_to.pop(source, None)
        if final is None:
            return
        del self._taken[source]
        left = [uid for uid in sources_of(final) if uid != source]
        if any(uid in self._content.annotations for uid in left):
            self.change(final, origin=origin_of(left))
        else:
            self.remove(final)

    def remove(self, final: Annotation) -> None:
        """Remove a final annotation with its links; its sources stay."""
        tagging.remove_within(self._edit, self._project, final)
        del self._finals[final.uid]
        self._places.pop((final.tag_type, final.spans), None)
        for link in [one for ends, one in self._links.items() if final.uid in ends]:
            self._forget(link)

    def say(
        self, annotation: Annotation, decision: Decision, reason: str = "", comment: str = "",
        final: Annotation | None = None,
    ) -> Verdict:  # fmt: skip
        """Add a verdict and return it; ``final`` is the final annotation it led to."""
        led_to = final.uid if final else None
        verdict = new_verdict(
            self._project, self.latest, annotation, decision, reason, comment, adjudicated=led_to
        )  # fmt: skip
        self._edit.add(verdict)
        self.latest.learn(verdict)
        return verdict

    def links_from(self, annotation: str, role: str) -> list[Link]:
        """Return the links of a role that leave an annotation."""
        return list(self._leaving.get((annotation, role), ()))

    def _know(self, link: Link) -> None:
        self._links[_ends(link)] = link
        self._leaving.setdefault((link.from_annotation, link.role), []).append(link)

    def _forget(self, link: Link) -> None:
        self._links.pop(_ends(link), None)  # an import can bring the same link twice
        self._leaving[link.from_annotation, link.role].remove(link)

    def unlink(self, link: Link) -> None:
        """Take a link between final annotations away."""
        self._edit.remove(link)
        self._forget(link)

    def link(self, start: Annotation, end: Annotation, role: str) -> None:
        """Link two final annotations, unless they are or the codebook does not allow it."""
        if (start.uid, end.uid, role) in self._links:
            return
        codebook = self._project.cache.codebook
        rule = codebook.link_rule(role, start.tag_type, end.tag_type)
        # For a circle all links count, else those from here; an article can have thousands.
        near = self._links.values() if rule and rule.acyclic else self.links_from(start.uid, role)
        try:
            rules.check_link(replace(self._content, links={one.uid: one for one in near}), codebook, start, end, role)
        except RuleError:
            return  # two sources of one annotation can say more together than the codebook has room for
        made = Link(uuid7(), start.article, start.uid, end.uid, role, self._project.annotator.uid)
        self._edit.add(made)
        self._know(made)

    def bring_links(self) -> None:
        """Take along the links of what this step has settled, as far as their other ends are settled too."""
        new = set(self._settled)
        for link in self._content.links.values():
            if link.from_annotation in new or link.to_annotation in new:
                start, end = self.taken(link.from_annotation), self.settled(link.to_annotation)
                if start is not None and end is not None and self._speaks_for(start, link):
                    self.link(start, end, link.role)
        self._settled.clear()

    def _speaks_for(self, final: Annotation, link: Link) -> bool:
        """Tell whether a link of a source belongs to the final version.

        It does when the whole version was taken from that source, unless its links of the role were decided otherwise.
        """
        source = link.from_annotation
        verdict = self.latest.deciding.get(source)
        accepted = verdict is not None and verdict.decision is Decision.ACCEPTED
        whole = accepted or sources_of(final)[0] == source
        return whole and (source, link_aspect(link.role)) not in self.latest.aspects


def link_aspect(role: str) -> str:
    """Return the reason of a verdict that decides an annotation's links of a role."""
    return f"link {role}"


def _ends(link: Link) -> tuple[str, str, str]:
    return link.from_annotation, link.to_annotation, link.role
