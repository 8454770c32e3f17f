"""Bringing a colleague's work in: their file is read, compared with mine and with what was handed out, and merged.

``prepare`` writes nothing and shows what would happen; ``apply`` does it as one undoable step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from annotator.base.bulk import without_collections
from annotator.base.errors import ProjectError, RuleError, StaleError
from annotator.model import manifest
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Change, Kind, Origin, Record
from annotator.model.codebook import Attribute
from annotator.model.hand_out import HandOut
from annotator.model.merge_codebook import codebook_of, unfit_values
from annotator.model.merge_plan import CODEBOOK, Conflict, Decisions, Fate, Merge, Names, Side, Sides
from annotator.model.merging import merge
from annotator.model.references import Key
from annotator.model.span import fragment
from annotator.operations.other_file import OtherFile, my_side
from annotator.project.edit import Edit
from annotator.project.opening import open_project
from annotator.project.project import Project

_ON_ARTICLES = (Kind.ARTICLE_WORK, Kind.ANNOTATION, Kind.LINK, Kind.VERDICT)
_COUNTED = frozenset((Kind.ARTICLE, *_ON_ARTICLES))


class CodebookDifference(Struct, frozen=True):
    """One record of the codebook that they have otherwise: mine (None: not here) and theirs (None: not there)."""

    mine: Record | None
    theirs: Record | None


class ArticlePlan(Struct, frozen=True):
    """What comes in of one article: ``uid`` is mine, ``matched_by_text`` that theirs is another."""

    uid: str
    title: str
    counts: Mapping[Fate, int]
    matched_by_text: bool
    conflict: Conflict | None


class Plan(Struct, frozen=True):
    """What bringing a file in comes to; nothing is written yet.

    ``who`` is the colleague, None when the file was not handed out; ``three_way`` tells whether there is a common point
    to compare with. ``merge`` holds the changes, the conflicts and what becomes of each record while no conflict is
    decided. ``codebook`` lists what they have changed in it: my own is never changed silently.
    """

    path: Path
    name: str
    who: Annotator | None
    three_way: bool
    merge: Merge
    articles: tuple[ArticlePlan, ...]
    codebook: tuple[CodebookDifference, ...]
    sides: Sides
    texts: Mapping[str, str]
    hand_out: HandOut | None
    sequence: int
    merge_same_names: Names

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to decide before anything is brought in."""
        return self.merge.conflicts

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to bring in and nothing to decide."""
        return not self.merge.changes and not self.merge.conflicts

    @property
    def label(self) -> str:
        """The step's name."""
        return f"Bring in {self.who.name}’s work" if self.who is not None else f"Bring in “{self.name}”"

    def decided(self, decisions: Decisions) -> Merge:
        """Return what it comes to with these decisions; its conflicts can be more, where one decision needs another."""
        if not decisions:
            return self.merge
        return merge(self.sides, decisions, join_names=self.merge_same_names)

    def joining(self, names: Names) -> Plan:
        """Return the plan with other entities of the same name taken for one."""
        merged = merge(self.sides, join_names=names)
        articles = tuple(_articles(self.sides, merged))
        return replace(self, merge=merged, articles=articles, merge_same_names=names)

    def all_decided(self, side: Side) -> dict[Key, Side]:
        """Return decisions that settle every conflict for one side, those included that they bring up."""
        decisions: dict[Key, Side] = {}
        while new := {one.key: side for one in self.decided(decisions).conflicts if one.key not in decisions}:
            decisions.update(new)
        return decisions


class Summary(Struct, frozen=True):
    """What was brought in: how many records of each kind were added, changed and removed."""

    counts: Mapping[tuple[Kind, Fate], int]

    @property
    def changed_anything(self) -> bool:
        """Whether anything came in at all."""
        return any(self.counts.values())


def prepare_apart(mine: Path, other: Path) -> Plan:
    """Prepare as ``prepare`` does, in a worker: the project at ``mine`` is open, and is read by a connection apart."""
    reading = open_project(mine, read_only=True)
    try:
        return prepare(reading, other)
    finally:
        reading.close()


def prepare(project: Project, other: Path, *, merge_same_names: Names = False) -> Plan:
    """Compare a colleague's file with mine and say what bringing it in comes to; neither file is changed.

    ``merge_same_names`` says which of their new entities with the name and kind of one of mine are that one.
    Raises ProjectError and its kinds when the file cannot be read, is damaged or is this very project.
    """
    if other.exists() and other.samefile(project.path):
        raise ProjectError(f"{other.name} is this very project. Choose the file that your colleague sent back.")
    with without_collections():
        return _planned(project, other, merge_same_names)


def _planned(project: Project, other: Path, merge_same_names: Names) -> Plan:
    sequence = project.read.last_sequence()
    theirs = OtherFile(other, project)
    made = theirs.hand_out
    mine = my_side(project, theirs)
    sides = Sides(mine, theirs.state, theirs.base, made is not None and made.blind, theirs.hashes, theirs.settled)
    merged = merge(sides, join_names=merge_same_names)
    who = None if made is None else project.cache.annotators.get(made.annotator) or theirs.person(made.annotator)
    return Plan(
        other, theirs.name, who, made is not None, merged, tuple(_articles(sides, merged)), tuple(_codebook(sides)),
        sides, theirs.texts, made, sequence, merge_same_names,
    )  # fmt: skip


def _articles(sides: Sides, merged: Merge) -> Iterable[ArticlePlan]:
    counts: dict[str, Counter[Fate]] = {}
    for found, fate in _counted(sides, merged):
        for article, count in found.items():
            counts.setdefault(merged.homes.get(article, article), Counter())[fate] += count
    conflicts = {one.uid: one for one in merged.conflicts if one.kind is Kind.ARTICLE}
    matched = set(merged.homes.values())
    for uid, by_fate in counts.items():
        key = (Kind.ARTICLE, uid)
        record = sides.mine.get(key) or sides.theirs.get(key)
        title = record.title if isinstance(record, Article) else ""
        yield ArticlePlan(uid, title, by_fate, uid in matched, conflicts.get(uid))


def _counted(sides: Sides, merged: Merge) -> Iterable[tuple[Counter[str], Fate]]:
    """Yield how many records become what, by their articles; what is new, which is most, need not be looked up."""
    new, articles = Fate.NEW, {fate: list[str]() for fate in Fate}
    for key, fate in merged.fates.items():
        if fate is not new and key[0] in _COUNTED:
            record = sides.theirs.get(key) or sides.mine.get(key)
            if record is not None:
                articles[fate].append(_article_of(record))
    articles[new] = [_article_of(one.after) for one in merged.changes if one.before is None and one.kind in _COUNTED]
    yield from ((Counter(some), fate) for fate, some in articles.items())
    yield sides.settled.by_article(*_ON_ARTICLES), Fate.IDENTICAL


def _article_of(record: Any) -> str:
    """Return the article that a record is or stands on; none but those of the kinds that are counted have one."""
    return str(record.uid if isinstance(record, Article) else record.article)


def _codebook(sides: Sides) -> Iterable[CodebookDifference]:
    keys = dict.fromkeys(key for key in (*sides.theirs, *sides.unsettled) if key[0] in CODEBOOK)
    for key in keys:
        mine, theirs = sides.mine.get(key), sides.theirs.get(key)
        if mine != theirs and sides.hashes.get(key) != sides.base.get(key):
            yield CodebookDifference(mine, theirs)


def apply(project: Project, plan: Plan, decisions: Decisions | None = None, *, merged: Merge | None = None) -> Summary:
    """Bring in what a plan says, as one undoable step; ``decisions`` are by ``Conflict.key``.

    ``merged`` is ``plan.decided(decisions)`` where somebody has computed that already. When nothing is left to bring
    in, nothing is written. Raises RuleError, listing them, when conflicts are undecided or a decision cannot be carried
    out, StaleError when the project has changed since the plan was made.
    """
    if project.read.last_sequence() != plan.sequence:
        raise StaleError("The project has changed since this was shown; nothing was brought in. Look at it again.")
    decisions = decisions or {}
    merged = plan.decided(decisions) if merged is None else merged
    undecided = [one for one in merged.conflicts if one.key not in decisions]
    if undecided:
        listed = ", ".join(f"{one.kind} {one.uid}" for one in undecided)
        raise RuleError(f"Nothing was brought in: decide first what becomes of {listed}.")
    _refuse_what_does_not_fit(project, plan, merged)
    # A base that moves alone is no step of anybody's; a decision that leaves mine as it is can be taken back too.
    origin = Origin.USER if merged.changes or merged.conflicts else Origin.SYSTEM
    with without_collections(), project.edit(plan.label, origin=origin) as edit:
        _write(edit, plan, merged)
        _move_base(edit, project, plan, merged)
    return Summary(_summed(merged.changes))


def _summed(changes: Iterable[Change]) -> Counter[tuple[Kind, Fate]]:
    new, others = Counter[Kind](), Counter[tuple[Kind, Fate]]()
    new.update([one.kind for one in changes if one.before is None])
    others.update(
        (one.kind, Fate.REMOVED if one.after is None else Fate.CHANGED) for one in changes if one.before is not None
    )
    return others + Counter({(kind, Fate.NEW): count for kind, count in new.items()})


def _write(edit: Edit, plan: Plan, merged: Merge) -> None:
    edit.take(merged.changes)
    for change in merged.changes if plan.texts else ():
        if isinstance(change.after, Article) and change.after.sha256 in plan.texts:
            edit.add_text(plan.texts[change.after.sha256])


def _move_base(edit: Edit, project: Project, plan: Plan, merged: Merge) -> None:
    if plan.hand_out is None:
        return
    known = project.read.get(HandOut, plan.hand_out.uid)
    moved = replace(plan.hand_out, base=edit.add_text(manifest.written(merged.base)))
    if known is None:
        edit.add(replace(moved, accepted=""))
    elif known.base != moved.base:
        edit.replace(known, moved)


def _refuse_what_does_not_fit(project: Project, plan: Plan, merged: Merge) -> None:
    """Raise RuleError where a decision for theirs leaves work of mine that the new text or attribute cannot hold."""
    changed = [one for one in merged.changes if one.before is not None]
    texts = {
        one.uid: plan.texts.get(one.after.sha256) or project.read.text(one.after.sha256)
        for one in changed
        if isinstance(one.after, Article) and isinstance(one.before, Article) and one.after.sha256 != one.before.sha256
    }
    attributes = [one.after for one in changed if isinstance(one.after, Attribute)]
    if not texts and not attributes:
        return
    after = {**plan.sides.mine, **{(one.kind, one.uid): one.after for one in merged.changes}}
    for record in after.values():
        text = texts.get(record.article) if isinstance(record, Annotation) else None
        if isinstance(record, Annotation) and text is not None and not _fits(record, text):
            raise RuleError(
                f"“{record.text[:40]}” and perhaps more would not fit their text of the article; nothing was brought"
                " in. Keep your text, or remove what stands on it first."
            )
    for attribute in attributes:
        _refuse_unfit_values(project, attribute, after)


def _refuse_unfit_values(project: Project, attribute: Attribute, after: Mapping[Key, Record | None]) -> None:
    codebook = codebook_of(record for record in after.values() if record is not None)
    bearers: Iterable[Annotation | ArticleWork] = project.read.all(ArticleWork)
    if attribute.tag_type is not None:
        bearers = project.read.annotations_with_tag(attribute.tag_type)
    for bearer in bearers:
        record = after.get(manifest.key_of(bearer), bearer)
        if isinstance(record, Annotation | ArticleWork) and attribute.uid in unfit_values(record, codebook):
            raise RuleError(
                f"Their “{attribute.label}” does not allow a value that stands in this project; nothing was brought in."
                " Keep your codebook, or change the value first."
            )


def _fits(annotation: Annotation, text: str) -> bool:
    return annotation.stop <= len(text) and all(one == fragment(text, one.span) for one in annotation.fragments)
