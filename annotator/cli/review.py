"""Commands for working together: hand articles out, bring a colleague's work in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.base.errors import ProjectError
from annotator.cli.console import FILE, NAME, fail, say
from annotator.cli.projects import opened, work_as

if TYPE_CHECKING:
    from annotator.model.annotation import Annotator
    from annotator.model.merge_plan import Conflict
    from annotator.operations.bringing_in import Plan
    from annotator.project.project import Project

_REASONS = {
    "both_changed": "changed on both sides",
    "removed_here": "removed here, but changed or needed there",
    "removed_there": "removed there",
    "still_used": "removed there, but others' work here needs it",
    "text_differs": "the text differs: none of their work on it comes in with mine",
    "codebook": "their work needs this of their codebook",
}


@click.command("hand-out", short_help="Write a project file for a colleague.")
@click.argument("project", type=FILE)
@click.option("--out", required=True, type=FILE, help="The copy's name.")
@click.option("--annotator", "name", required=True, type=NAME, metavar="NAME", help="The colleague (name or uid).")
@click.option("--article", "articles", multiple=True, metavar="UID", help="Only this article; repeatable.")
@click.option("--blind", is_flag=True, help="Without anybody else's work.")
@click.pass_obj
def hand_out(settings_dir: Path, project: Path, out: Path, name: str, articles: Sequence[str], blind: bool) -> None:
    """Write a project file for a colleague, who is assigned its articles; an existing file is never overwritten.

    It holds what is tagged so far, or, with --blind, nothing of anybody else's: no tags, notes, memos or names, and of
    the entities only those marked as given. What comes back is brought in by `annotator bring-in`.
    """
    from annotator.operations import handing_out
    from annotator.operations.information import counted

    with opened(project) as study:
        handing_out.check_target(out)
        chosen = handing_out.chosen_articles(study, articles or None)
        colleague = _colleague(study, name)
        work_as(study, settings_dir, None)
        handing_out.hand_out(study, out, colleague, articles=[one.uid for one in chosen], blind=blind)
    say(f"Handed out {counted(len(chosen), 'article')} to {colleague.name}: {out}")


def _colleague(project: Project, name: str) -> Annotator:
    from annotator.base.uuid7 import uuid7
    from annotator.model.annotation import Annotator

    found = [person for person in project.cache.annotators.values() if name in (person.name, person.uid)]
    if len(found) > 1:
        uids = ", ".join(person.uid for person in found)
        raise ProjectError(f"Several people here are called {name}. Give --annotator a uid instead: {uids}.")
    return found[0] if found else Annotator(uuid7(), name)


@click.command("bring-in", short_help="Bring a colleague's work in.")
@click.argument("project", type=FILE)
@click.argument("other", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option(
    "--on-conflict",
    type=click.Choice(["list", "mine", "theirs"]),
    default="list",
    show_default=True,
    help="Where both sides have changed the same: list it and write nothing, or take one side's.",
)
@click.option("--merge-same-names", is_flag=True, help="Take new entities of the same name and kind as one of mine.")
@click.pass_obj
def bring_in(
    settings_dir: Path, project: Path, other: Path, dry_run: bool, on_conflict: str, merge_same_names: bool
) -> None:
    """Bring in what a colleague has done in their file since it was handed out; their file is only read.

    It is one step, which can be undone; doing it twice changes nothing. Exit 1 with a list when something has to be
    decided and --on-conflict does not say how.
    """
    from annotator.model.merge_plan import Side
    from annotator.operations.bringing_in import apply, prepare

    with opened(project, read_only=dry_run) as study:
        plan = prepare(study, other, merge_same_names=merge_same_names)
        decisions = plan.all_decided(Side(on_conflict)) if on_conflict != "list" else {}
        for line in _lines(plan):
            say(line)
        undecided = [one for one in plan.decided(decisions).conflicts if one.key not in decisions]
        if not dry_run and not undecided and not plan.is_empty:
            work_as(study, settings_dir, None)
            if study.read.last_sequence() != plan.sequence:  # somebody new has come in
                plan = prepare(study, other, merge_same_names=merge_same_names)
        for conflict in undecided:
            say(_conflict(conflict, plan), error=True)
        if undecided:
            fail(f"{len(undecided)} to decide; nothing was written. Add --on-conflict mine or theirs.")
        if dry_run:
            say("Nothing was written (--dry-run).")
            return
        changed = apply(study, plan, decisions).changed_anything
    say("Brought in." if changed else "There was nothing to bring in.")


def _lines(plan: Plan) -> Iterable[str]:
    who = f"{plan.who.name}’s work" if plan.who is not None else f"the work in “{plan.name}”"
    how = "since it was handed out" if plan.three_way else "without a common point: nothing is removed"
    yield f"{who} ({how}):"
    for article in plan.articles:
        counts = ", ".join(f"{count} {fate}" for fate, count in sorted(article.counts.items()))
        note = " (the same text under another uid)" if article.matched_by_text else ""
        yield f"  {article.title or article.uid}{note}: {counts}"
    for theirs, mine in plan.merge.same_names:
        yield f"  the same name: {getattr(theirs, 'name', '')} ({theirs.uid} there, {mine.uid} here)"
    for difference in plan.codebook:
        record = difference.theirs or difference.mine
        what = "removed" if difference.theirs is None else ("new" if difference.mine is None else "changed")
        yield f"  codebook, {what} there and left as it is here: {getattr(record, 'label', '')}"


def _conflict(conflict: Conflict, plan: Plan) -> str:
    record = conflict.mine or conflict.theirs
    words = next(
        (str(getattr(record, one)) for one in ("title", "name", "label", "text", "role") if hasattr(record, one)), ""
    )
    titles = {one.uid: one.title for one in plan.articles}
    where = (
        f" in “{titles.get(conflict.article, conflict.article)}”" if conflict.article not in ("", conflict.uid) else ""
    )
    kind = conflict.kind.replace("_", " ")
    return f"{kind} “{words[:60]}”{where} ({conflict.uid}): {_REASONS[conflict.reason]}"
