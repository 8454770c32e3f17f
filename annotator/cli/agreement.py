"""The command that compares annotators: agreement."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator import __version__
from annotator.analysis.result import Level
from annotator.cli.console import FILE, bar, say
from annotator.cli.projects import opened

if TYPE_CHECKING:
    from annotator.analysis.loaded import Loaded
    from annotator.analysis.result import Measure


@click.command(short_help="Compute how far annotators agree.")
@click.argument("project", type=FILE)
@click.option("--annotator", "annotators", multiple=True, metavar="NAME", help="Compare this annotator; repeatable.")
@click.option(
    "--set", "sets", multiple=True, metavar="NAME", help="Compare this annotation set, or `adjudicated`; repeatable."
)
@click.option("--tag", metavar="TAG", help="Only this tag.")
@click.option(
    "--articles",
    "which",
    type=click.Choice(["done", "all"]),
    default="done",
    show_default=True,
    help="Those that every compared annotator has marked done, or all.",
)
@click.option(
    "--level",
    "level_names",
    multiple=True,
    type=click.Choice([str(level) for level in Level]),
    help="Only measures of this level; repeatable. Spans and tokens alone are read in half the time.",
)
@click.option("--no-gamma", is_flag=True, help="Leave out gamma, which takes by far the most time of all.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="For people, one JSON document, or a CSV table.",
)
@click.option("--report", type=FILE, metavar="FILE.html", help="Write a report too: this page, and a CSV beside it.")
def agreement(
    project: Path,
    annotators: Sequence[str],
    sets: Sequence[str],
    tag: str | None,
    which: str,
    level_names: Sequence[str],
    no_gamma: bool,
    format_name: str,
    report: Path | None,
) -> None:
    """Compute how far annotators agree: every measure, with n, a 95 % interval, and the reason where there is none.

    Without --annotator and --set everybody who has worked on the project is compared. An older report of the same name
    is replaced.
    """
    from annotator.exchange.agreement_report import report_files
    from annotator.operations.agreement import WITHOUT_DETAILS, compared

    levels = frozenset(map(Level, level_names or Level))
    # The report shows annotations as well as measures.
    detailed = report is not None or not levels <= WITHOUT_DETAILS
    if report is not None:
        report_files(report)
    with opened(project, read_only=True) as study, bar("Reading") as progress:
        loaded = compared(
            study.read, annotators, sets, only_done=which == "done", tag=tag, detailed=detailed, after_each=progress
        )
    measures = _measures(loaded, levels, with_gamma=not no_gamma)
    if report is not None:
        _write(report, loaded, measures)
    _show(loaded, measures, format_name)


def _measures(loaded: Loaded, levels: Collection[Level], *, with_gamma: bool) -> tuple[Measure, ...]:
    from annotator.operations.agreement import measures_of

    with bar("Computing") as progress:
        return measures_of(
            loaded, levels=levels, with_gamma=with_gamma, after_each=_counting(progress, loaded)
        )  # fmt: skip


def _counting(progress: Callable[[int, int], None] | None, loaded: Loaded) -> Callable[[], None]:
    """Count the calls: nearly all of them come from gamma, one for each article and tag and for all tags together."""
    tags = 2 if loaded.tag else len(loaded.codebook.tag_types) + 1
    total, done = len(loaded.articles) * tags + 2, 0

    def count() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(min(done, total), total)

    return count


def _write(report: Path, loaded: Loaded, measures: Sequence[Measure]) -> None:
    from annotator.base.clock import now
    from annotator.exchange.agreement_report import Made, write_report

    for file in write_report(report, loaded, measures, Made(now()[:10], __version__)):
        say(f"Written: {file}", error=True)


def _show(loaded: Loaded, measures: Sequence[Measure], format_name: str) -> None:
    from annotator.exchange import agreement_table as table

    if format_name == "text":
        for line in table.as_lines(loaded, measures):
            say(line)
        return
    if format_name == "json":
        utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        click.echo(json.dumps(table.as_document(loaded, measures), ensure_ascii=not utf8, indent=1))
    else:
        rows = [table.row(one) for one in table.ordered(measures)]
        click.echo(table.as_csv(rows).encode("utf-8", "replace"), nl=False)
    if loaded.left_out:
        say(table.left_out_line(loaded), error=True)
