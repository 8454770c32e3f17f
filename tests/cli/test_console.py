from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from support.command import ROOT, run

from annotator.base import crash
from annotator.base.errors import AnnotatorError
from annotator.cli.console import Commands, bar, reading_bar, say


def failing(error: BaseException, settings: Path | None = None) -> tuple[int, str]:
    """Run a command that raises, under the group that all commands are under."""

    @click.group(cls=Commands)
    @click.pass_context
    def group(ctx: click.Context) -> None:
        ctx.obj = settings

    @group.command("break")
    def break_() -> None:
        raise error

    result = CliRunner().invoke(group, ["break"], catch_exceptions=False)
    assert result.stdout == ""
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AnnotatorError("It is so,\nand  why."), "annotator: It is so, and why.\n"),
        (
            PermissionError(13, "Permission denied", "notes.txt"),
            "annotator: notes.txt cannot be used (Permission denied). Check name and permissions.\n",
        ),
        (OSError("odd"), "annotator: A file cannot be used (odd). Check name and permissions.\n"),
        (KeyboardInterrupt(), "annotator: Stopped; nothing of this step was written.\n"),
    ],
)
def test_what_goes_wrong_is_one_line_and_exit_code_1(error: BaseException, said: str):
    assert failing(error) == (1, said)


def test_too_little_memory_is_told():
    code, said = failing(MemoryError())
    assert (code, said.count("\n")) == (1, 1)
    assert "not enough memory" in said


def test_what_should_never_happen_is_one_line_too_and_leaves_a_report_without_words(tmp_path: Path):
    code, said = failing(ZeroDivisionError("secret words"), tmp_path)
    (report,) = crash.pending_reports(tmp_path / "crashes")
    assert (code, said.count("\n")) == (1, 1)
    assert "ZeroDivisionError" in said
    assert str(report) in said
    assert "secret" not in said + report.read_text(encoding="utf-8")


def test_without_a_place_for_the_report_the_line_is_there_all_the_same(tmp_path: Path, monkeypatch):
    (tmp_path / "settings").write_text("a file", encoding="utf-8")
    assert failing(ZeroDivisionError(), tmp_path / "settings")[1].count("\n") == 1

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(crash, "write_report", broken)
    code, said = failing(ZeroDivisionError(), tmp_path)
    assert (code, said.count("\n")) == (1, 1)
    assert "ZeroDivisionError" in said


def test_what_click_raises_is_left_to_click():
    assert failing(click.UsageError("so not"))[0] == 2
    assert failing(click.exceptions.Exit(7))[0] == 7
    assert failing(click.Abort())[0] == 1


def test_a_closed_pipe_is_silent(tmp_path: Path):
    command = [sys.executable, "-m", "annotator", "formats"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_control_characters_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]):
    say("a\x1b[31mb\nc\x85d é 👩‍🚀")
    say("e\tf", error=True)
    assert capsys.readouterr() == ("a [31mb c d é 👩‍🚀\n", "e f\n")


def test_a_name_that_the_terminal_cannot_write_stops_nothing(tmp_path: Path):
    project = tmp_path / "Łódź.annot"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    made = subprocess.run(
        [sys.executable, "-m", "annotator", "new", str(project)], env=environment, capture_output=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert made.stdout.endswith(b"\\u0141\xf3d\\u017a.annot.\n")


def test_libraries_say_nothing(tmp_path: Path):
    """Warnings and logs of what reads a file are for its programmers."""
    code = (
        "import logging, warnings; from annotator.cli import console; console._make_quiet();"
        "logging.getLogger('pypdf').error('x'); warnings.warn('y')"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stderr == ""


def test_who_asks_for_warnings_gets_them(monkeypatch):
    monkeypatch.setattr(sys, "warnoptions", ["default"])
    before = list(warnings.filters)
    run("formats")
    assert list(warnings.filters) == before


class Terminal:
    """Standard error that is a terminal."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_bars(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(reading_bar(iter("abc"))) == ["a", "b", "c"]
    with bar("Copying") as progress:
        assert progress is not None
        progress(1, 4)
        progress(4, 4)
    assert "Reading" in terminal.written
    assert "Copying" in terminal.written
    assert "100%" in terminal.written


def test_elsewhere_there_is_no_bar(capsys: pytest.CaptureFixture[str]):
    assert list(reading_bar(iter("abc"))) == ["a", "b", "c"]
    with bar("Copying") as progress:
        assert progress is None
    assert capsys.readouterr() == ("", "")
