"""A colleague's file read and compared on a worker thread, with what the preview asks for prepared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from annotator.model.changes import Kind
from annotator.model.merge_plan import Decisions, Fate, Merge, Names, Side
from annotator.model.references import Key
from annotator.operations.bringing_in import ArticlePlan, Plan, prepare_apart
from annotator.ui.widgets.work import Job, Report, Stopped

SILENT = (Fate.IDENTICAL, Fate.UNCHANGED)
"""What happens to a record when nothing does."""


class Read(Struct, frozen=True, dict=True):
    """A plan, its articles in the order of the preview, and what becomes of which record of each article."""

    plan: Plan
    articles: tuple[ArticlePlan, ...]
    records: Mapping[str, tuple[tuple[Fate, Key], ...]]

    @cached_property
    def telling(self) -> tuple[ArticlePlan, ...]:
        """The articles of which something comes in, or is to be decided."""
        return tuple(one for one in self.articles if tells(one))

    def fate_of(self, article: str) -> Fate | None:
        """Return what becomes of the article itself."""
        return self.plan.merge.fates.get((Kind.ARTICLE, article))


def tells(article: ArticlePlan) -> bool:
    """Tell whether anything of an article comes in or is to be decided."""
    return any(article.counts.get(fate) for fate in Fate if fate not in SILENT)


def reading(mine: Path, other: Path, names: Names = False) -> Job:
    """Return the work that reads the other file beside the project that is open at ``mine``."""

    def job(_report: Report, _stopped: Stopped) -> Read:
        plan = prepare_apart(mine, other)
        return seen(plan.joining(names) if names else plan)

    return job


def joining(plan: Plan, names: Names) -> Job:
    """Return the work that takes other entities of the same name for one."""
    return lambda _report, _stopped: seen(plan.joining(names))


def settling(plan: Plan, decisions: Decisions) -> Job:
    """Return the work that finds what these decisions come to: a Merge, whose conflicts can be more."""
    chosen: dict[Key, Side] = dict(decisions)

    def job(_report: Report, _stopped: Stopped) -> Merge:
        return plan.decided(chosen)

    return job


def seen(plan: Plan) -> Read:
    """Return a plan as it is shown: what is to be decided first, then what comes in, each by title."""
    by_article: dict[str, list[tuple[Fate, Key]]] = {}
    changed = {(one.kind, one.uid): one.after or one.before for one in plan.merge.changes}
    for key, fate in plan.merge.fates.items():
        if fate in SILENT:
            continue
        record = plan.sides.mine.get(key) or plan.sides.theirs.get(key) or changed.get(key)
        article = getattr(record, "article", key[1] if key[0] is Kind.ARTICLE else None)
        if article is not None:
            by_article.setdefault(plan.merge.homes.get(article, article), []).append((fate, key))
    ordered = sorted(plan.articles, key=lambda one: (_rank(one), one.title.casefold(), one.uid))
    return Read(plan, tuple(ordered), {uid: tuple(found) for uid, found in by_article.items()})


def _rank(article: ArticlePlan) -> int:
    if article.counts.get(Fate.CONFLICT):
        return 0
    return 1 if tells(article) else 2
