"""A project as plain dictionaries: what every gesture, undo and redo must come to, without SQL and without Edit."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from annotator.model.annotation import Annotation, AnnotationSet, Link
from annotator.model.article import ArticleWork
from annotator.model.changes import RECORD_TYPES, Record
from annotator.model.codebook import Attribute, LinkRule
from annotator.model.review import Verdict
from annotator.project.project import Project

State = dict[str, Record]
Delta = dict[str, tuple[Record | None, Record | None]]


def stored(project: Project) -> State:
    """Read the whole file."""
    return {record.uid: record for kind in RECORD_TYPES.values() for record in project.read.all(kind)}


def references(record: Record) -> list[str | None]:
    """Return the uids that must be there as long as the record is."""
    match record:
        case Annotation():
            return [record.article, record.tag_type, record.annotation_set, record.annotator, record.entity]
        case Link():
            return [record.article, record.from_annotation, record.to_annotation, record.annotator]
        case Verdict():
            return [record.article, record.annotation, record.reviewer, record.adjudicated, record.reply_to]
        case ArticleWork():
            return [record.article, record.annotator]
        case Attribute():
            return [record.tag_type]
        case LinkRule():
            return [record.from_type, record.to_type]
        case AnnotationSet():
            return [record.annotator]
        case _:
            return []


def sound(state: State) -> bool:
    """Tell whether nothing hangs in the air and nobody stands twice with one article."""
    works = [(r.article, r.annotator) for r in state.values() if isinstance(r, ArticleWork)]
    uids = {uid for record in state.values() for uid in references(record) if uid is not None}
    return uids <= state.keys() and len(works) == len(set(works))


def apply(state: State, delta: Delta) -> State | None:
    """Return the state after a delta, or None when a record is not what the delta starts from."""
    after = dict(state)
    for uid, (old, new) in delta.items():
        if state.get(uid) != old:
            return None
        if new is None:
            after.pop(uid, None)
        else:
            after[uid] = new
    return after


def composed(deltas: list[Delta]) -> Delta:
    """Make one delta of several done one after another."""
    whole: Delta = {}
    for delta in deltas:
        for uid, (old, new) in delta.items():
            whole[uid] = (whole[uid][0] if uid in whole else old, new)
    return {uid: pair for uid, pair in whole.items() if pair[0] != pair[1]}


def inverse(delta: Delta) -> Delta:
    """Swap before and after."""
    return {uid: (new, old) for uid, (old, new) in delta.items()}


@dataclass
class Step:
    """One gesture."""

    who: str
    delta: Delta
    merge_key: str = ""
    standing: str = "done"


@dataclass
class Model:
    """The records, and every gesture with how it stands."""

    state: State
    steps: list[Step] = field(default_factory=list)

    def do(self, who: str, after: dict[str, Record | None], project: Project, merge_key: str = "") -> None:
        """Take a gesture in: the records it leaves, None for those that go. Only the time comes from the project."""
        delta: Delta = {}
        for uid, record in after.items():
            new = record
            if isinstance(new, Annotation):
                actual = project.read.get(Annotation, uid)
                new = replace(new, modified=actual.modified) if actual is not None else new
            if self.state.get(uid) != new:
                delta[uid] = (self.state.get(uid), new)
        if not delta:
            return
        state = apply(self.state, delta)
        assert state is not None
        self.state = state
        for step in self.steps:
            if step.who == who and step.standing == "undone":
                step.standing = "dropped"
        self.steps.append(Step(who, delta, merge_key))

    def undo(self, who: str) -> tuple[bool, int]:
        """Undo; return whether something was undone, and how many steps were passed by."""
        return self._move(who, "done", "undone")

    def redo(self, who: str) -> tuple[bool, int]:
        """Do again what was undone last."""
        return self._move(who, "undone", "done")

    def _move(self, who: str, standing: str, then: str) -> tuple[bool, int]:
        skipped = 0
        while group := self._group(who, standing):
            if standing == "done":
                delta = composed([inverse(step.delta) for step in group])
            else:
                delta = composed([step.delta for step in group])
            state = apply(self.state, delta)
            if state is not None and sound(state):
                self.state = state
                self._mark(group, then)
                return True, skipped
            self._mark(group, "stale")
            skipped += 1
        return False, skipped

    @staticmethod
    def _mark(group: list[Step], standing: str) -> None:
        for step in group:
            step.standing = standing

    def _group(self, who: str, standing: str) -> list[Step]:
        order = [step for step in self.steps if step.who == who and step.standing == standing]
        if standing == "done":
            order.reverse()
        group: list[Step] = []
        for step in order:
            if group and (not step.merge_key or step.merge_key != group[0].merge_key):
                break
            group.append(step)
        return group
