"""The command line as tests run it: within the process, or as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from annotator.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*words: object, settings: Path | None = None) -> Result:
    """Run a command within the process; what nobody catches comes through."""
    before = [] if settings is None else ["--settings-dir", str(settings)]
    return CliRunner().invoke(main, [*before, *map(str, words)], catch_exceptions=False, prog_name="annotator")


def refused(*words: object) -> str:
    """Run a command that must fail, and return the one line that it says."""
    result = run(*words)
    lines = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("annotator: ")
    return lines[0].removeprefix("annotator: ")


def child(
    *words: object, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own in a folder, with settings of its own there."""
    own = {"ANNOTATOR_SETTINGS_DIR": str(folder / "settings"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, words)],
        cwd=folder,
        env={**os.environ, **own, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
