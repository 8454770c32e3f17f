"""The command line: the same operations as the window, so that anything can be scripted.

Exit 0 done, 1 refused or failed (one line on standard error, never a traceback), 2 wrong usage.
"""

from __future__ import annotations

from pathlib import Path

import click

from annotator import __version__
from annotator.base import paths
from annotator.cli import agreement, in_and_out, projects, review, window
from annotator.cli.console import FILE, Commands

__all__ = ["main"]


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="annotator")
@click.option("--sample", is_flag=True, help="Open the sample project in the window.")
@click.option("--settings-dir", type=FILE, envvar="ANNOTATOR_SETTINGS_DIR", help="Folder of the settings and backups.")
@click.pass_context
def main(ctx: click.Context, sample: bool, settings_dir: Path | None) -> None:
    """Annotate news articles by hand: speakers, quotes, places and claims.

    Without a command, `annotator [PROJECT]` opens the window.
    """
    ctx.obj = settings_dir or paths.default_settings_dir()
    if ctx.invoked_subcommand is None:
        window.open_window(None, ctx.obj, sample=sample)


for _command in (
    projects.new,
    in_and_out.import_,
    in_and_out.export,
    projects.info,
    projects.check,
    projects.backup,
    review.hand_out,
    review.bring_in,
    agreement.agreement,
    in_and_out.formats,
    window.demo,
    window.open_,
):
    main.add_command(_command)
