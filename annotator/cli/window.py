"""Commands that need the window: opening it, and the demonstration without a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import click

from annotator.base import paths
from annotator.base.errors import ProjectError
from annotator.cli.console import FILE, say


def open_window(project: Path | None, settings_dir: Path, *, sample: bool = False) -> None:
    """Open the window and end with its exit code; raises ProjectError where none can be opened."""
    missing = paths.missing_display()
    if missing:
        raise ProjectError(missing)
    sys.exit(_app().run(project, settings_dir=settings_dir, sample=sample))


def _app() -> ModuleType:
    try:
        from annotator import app
    except ImportError as error:
        raise ProjectError(
            f"The window's libraries cannot be loaded ({error}). On Debian or Ubuntu run: apt-get install libegl1"
            " libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0"
        ) from error
    return app


@click.command("open", hidden=True)
@click.argument("project", type=FILE)
@click.pass_obj
def open_(settings_dir: Path, project: Path) -> None:
    """Open the window on a project."""
    from annotator.project.opening import recognise

    if not project.suffix and len(project.parts) == 1 and not project.exists():
        raise ProjectError(
            f"‘{project}’ is neither a command nor a project file here. `annotator --help` lists the commands."
        )
    recognise(project)
    open_window(project, settings_dir)


@click.command(short_help="Do the main job without a screen: see what comes out.")
@click.option("--out", required=True, type=FILE, help="Folder for the project, the CSV tables and the picture.")
def demo(out: Path) -> None:
    """Do the main job without a screen.

    Sample articles come in, are tagged by keys and mouse through the real window and saved; the tables go out as CSV,
    with a picture of the window. Your own settings and projects are left alone.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for made in _app().run_demo(out):
        say(f"Made: {made}")
