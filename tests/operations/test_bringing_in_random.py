"""Three people at real files, doing whatever comes: their work is brought together and nothing is lost."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support import colleagues, model, projects
from support.colleagues import BEN, CARLA, at_work, bring, records

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation
from annotator.model.article import Article, Status
from annotator.model.changes import RECORD_TYPES, Record
from annotator.model.entity import EntityKind
from annotator.model.hand_out import HandOut
from annotator.model.merge_plan import CODEBOOK, MERGED, Fate, Merge, Settled, Sides
from annotator.model.merging import merge
from annotator.operations import articles, entities, tagging
from annotator.operations.bringing_in import Plan, prepare
from annotator.operations.checking import check_project
from annotator.operations.other_file import OtherFile
from annotator.project.opening import open_project, own_set
from annotator.project.project import Project

WORDS = ("Peskov", "told", "Moscow", "“The talks go on,”", "Berlin")
STEPS = st.lists(
    st.tuples(st.sampled_from(["tag", "note", "remove", "entity", "link", "status", "article"]), st.integers(0, 9)),
    max_size=7,
)


def step(project: Project, what: str, number: int) -> None:
    article = list(project.read.all(Article))[number % 2]
    mine = own_set(project)
    assert mine is not None
    own = [a for a in project.read.all(Annotation) if a.annotation_set == mine.uid]
    chosen = own[number % len(own)] if own else None
    if what == "tag":
        projects.tag(project, article, ("quote", "speaker", "location")[number % 3], WORDS[number % 5])
    elif what == "status":
        articles.set_status(project, article.uid, list(Status)[number % 3])
    elif what == "article":
        new = projects.new_article(f"{project.annotator.name} adds {number}.", f"Added {number}")
        articles.add_articles(project, [new])
    elif chosen is None:
        return
    elif what == "note":
        tagging.set_note(project, chosen, f"note {number}")
    elif what == "remove":
        tagging.remove(project, [chosen])
    elif what == "entity":
        entities.create_for(project, chosen, f"Entity {number}", EntityKind.PLACE)
    else:
        try:
            colleagues.link(project, chosen, own[0])
        except RuleError:
            return


def begun(folder: str, first: list[tuple[str, int]]) -> Project:
    """Create the lead's project: two articles, and what was done before anything was handed out."""
    project = projects.new_project(Path(folder) / "lead.annot")
    projects.add(project)
    projects.add(project, projects.TEXT + "More of it.", "More")
    for one in first:
        step(project, *one)
    return project


def worked(path: Path, who: object, steps: list[tuple[str, int]]) -> tuple[dict[str, Record], dict[str, Record]]:
    """Let somebody work on a copy; return what it held before and after."""
    with at_work(path, who) as project:  # type: ignore[arg-type]
        before = records(project)
        for one in steps:
            step(project, *one)
        return before, records(project)


@given(STEPS, STEPS, STEPS, STEPS, st.booleans(), st.booleans())
@settings(max_examples=12)
def test_what_three_people_do_comes_together(
    first: list[tuple[str, int]],
    lead: list[tuple[str, int]],
    ben: list[tuple[str, int]],
    carla: list[tuple[str, int]],
    blind: bool,
    carla_first: bool,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = begun(folder, first)
        copies = [
            (colleagues.out(project, "ben.annot", BEN, blind=blind), BEN, ben),
            (colleagues.out(project, "carla.annot", CARLA), CARLA, carla),
        ]
        deltas = [worked(*copy) for copy in copies]
        for one in lead:
            step(project, *one)
        expected = records(project)
        for before, after in deltas:
            for uid in before.keys() | after.keys():
                if before.get(uid) != after.get(uid):
                    expected[uid] = after.get(uid)  # type: ignore[assignment]
        states = [model.stored(project)]
        for path, _, _ in copies[::-1] if carla_first else copies:
            plan = prepare(project, path)
            assert plainly(project, path) == told(plan.merge, plan.sides.settled)
            assert counted(plan) == counted_plainly(plan)
            summary = bring(project, path)
            assert +Counter(summary.counts) == Counter(
                (one.kind, plan.merge.fates[one.kind, one.uid]) for one in plan.merge.changes
            )
            states.append(model.stored(project))
        assert records(project) == {uid: one for uid, one in expected.items() if one is not None}
        for path, _, _ in copies:
            assert colleagues.nothing_left(project, path)
        labels = {f"Bring in {who.name}’s work" for _, who, _ in copies}
        undo_all(project, labels, states[0])
        assert check_project(project.path) == []
        project.close()


@given(STEPS, st.lists(st.tuples(STEPS, STEPS), min_size=2, max_size=3), st.booleans())
@settings(max_examples=10)
def test_what_comes_in_again_and_again_is_what_a_merge_of_everything_comes_to(
    first: list[tuple[str, int]], rounds: list[tuple[list[tuple[str, int]], list[tuple[str, int]]]], blind: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = begun(folder, first)
        path = colleagues.out(project, blind=blind)
        for ben, lead in rounds:
            _, theirs = worked(path, BEN, ben)
            for one in lead:
                step(project, *one)
            plan = prepare(project, path)
            assert plainly(project, path) == told(plan.merge, plan.sides.settled)
            assert counted(plan) == counted_plainly(plan)
            summary = bring(project, path)
            assert +Counter(summary.counts) == Counter(
                (one.kind, plan.merge.fates[one.kind, one.uid]) for one in plan.merge.changes
            )
            mine = records(project)
            of_ben = {uid: one for uid, one in theirs.items() if getattr(one, "annotator", "") == BEN.uid}
            assert {uid: mine.get(uid) for uid in of_ben} == of_ben
        assert check_project(project.path) == []
        project.close()


def plainly(project: Project, path: Path) -> object:
    """Merge the two files read record by record, with nothing left out and nothing known in advance."""
    found = OtherFile(path, project)
    made = found.hand_out
    other = open_project(path, read_only=True)
    theirs, mine = (
        {(kind, one.uid): one for kind in (*CODEBOOK, *MERGED) for one in each.read.all(RECORD_TYPES[kind])}
        for each in (other, project)
    )
    other.close()
    return told(merge(Sides(mine, theirs, found.base, made is not None and made.blind)))


def told(merged: Merge, settled: Settled | None = None) -> object:
    """Return all that a merge says, conflicts in any order; what is settled is the same on both sides."""
    conflicts = sorted(merged.conflicts, key=lambda one: one.key)
    fates = {**merged.fates, **dict.fromkeys(settled or (), Fate.IDENTICAL)}
    return merged.changes, conflicts, fates, merged.base, merged.homes, merged.same_names


def counted(plan: Plan) -> dict[str, Counter[Fate]]:
    return {one.uid: +Counter(one.counts) for one in plan.articles}


def counted_plainly(plan: Plan) -> dict[str, Counter[Fate]]:
    """Count what becomes of the records of each article one by one."""
    sides, merged = plan.sides, plan.merge
    counts: dict[str, Counter[Fate]] = {}
    for key, fate in merged.fates.items():
        record: Any = sides.theirs.get(key) or sides.mine.get(key)
        article = record.uid if isinstance(record, Article) else getattr(record, "article", None)
        if article is not None:
            counts.setdefault(merged.homes.get(article, article), Counter())[fate] += 1
    for kind in {kind for kind, _ in sides.settled}:
        for article, count in sides.settled.by_article(kind).items():
            counts.setdefault(article, Counter())[Fate.IDENTICAL] += count
    return counts


def undo_all(project: Project, labels: set[str], first: dict[str, Record]) -> None:
    """Undo every bringing in: all that people see is as it was; a base that moved alone moves on for good."""

    while project.undo_label in labels:
        project.undo()
    kept = {uid for uid, one in first.items() if not isinstance(one, HandOut)}
    now = model.stored(project)
    assert {uid: now[uid] for uid in kept} == {uid: first[uid] for uid in kept}
    assert now.keys() == first.keys()
