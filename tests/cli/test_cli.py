from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from support.command import ROOT, child, refused, run

from annotator import __version__
from annotator.cli import main

GUIDE = (ROOT / "docs" / "guide" / "command-line.md").read_text(encoding="utf-8")
COMMANDS = {name: command for name, command in main.commands.items() if not command.hidden}


def section(name: str) -> str:
    """Return what the guide says of one command (empty: of the program without a command)."""
    heading = f"## `annotator{' ' if name else ''}{name}"
    return next(part for part in re.split(r"(?m)^(?=## )", GUIDE) if re.match(re.escape(heading) + r"[ `]", part))


def options(command: click.Command) -> list[str]:
    return [name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_guide_tells_of_every_command(name: str):
    assert re.search(rf"(?m)^\| `annotator {name}[ `]", GUIDE)
    assert section(name)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_guide_tells_of_every_option(name: str):
    command = COMMANDS[name] if name else main
    wanted = {option for option in options(command) if option.startswith("--")}
    assert {option for option in wanted if f"`{option}" not in section(name)} == set()


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_guide_tells_of_no_option_that_is_not(name: str):
    command = COMMANDS[name] if name else main
    told = set(re.findall(r"`(--[a-z-]+)", section(name)))
    assert told <= {*options(command), "--help"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_command_says_what_it_is(name: str):
    command = COMMANDS[name]
    assert command.help
    assert "..." not in command.get_short_help_str(60)
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_help_lists_the_commands_in_the_order_of_work():
    result = run("--help")
    listed = re.findall(r"(?m)^  ([a-z]+)  ", result.stdout.partition("Commands:")[2])
    assert listed == ["new", "import", "export", "info", "check", "backup", "agreement", "formats", "demo"]
    assert "..." not in result.stdout.partition("Commands:")[2]
    assert run("-h").stdout == result.stdout


def test_the_version_is_told():
    assert run("--version").stdout == f"annotator, version {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--nonsense"], ["new"], ["import"], ["import", "p.annot"], ["export", "p.annot"], ["backup", "p.annot"],
        ["info", "p.annot", "--format", "yaml"], ["import", "p.annot", "a.txt", "--format", "brat"],
        ["export", "p.annot", "--out", "o", "--profile", "pretty"], ["demo"], ["formats", "x"], ["p.annot", "q.annot"],
        ["new", ""], ["info", ""], ["export", "p.annot", "--out", ""], ["new", "p.annot", "--annotator", " \n"],
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_code_2_and_says_how_it_is_right(words: list[str]):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: annotator" in result.stderr
    assert "Error: " in result.stderr


def test_a_word_that_is_neither_command_nor_file_points_to_the_commands(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "neither a command nor a project file" in refused("inof")
    assert "--help" in refused("inof")


def test_a_first_word_that_is_no_command_is_a_project(tmp_path: Path):
    (tmp_path / "picture.annot").write_bytes(b"\xff\xd8\xff\xe0" * 50)
    assert "is not an Annotator project" in refused(tmp_path / "picture.annot")
    assert "There is no file" in refused(tmp_path / "missing.annot")


def test_the_module_runs_as_the_command_does(tmp_path: Path):
    result = child("formats", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == run("formats").stdout


@pytest.mark.parametrize(("words", "code"), [(["new", "a.annot"], 0), (["info", "a.annot"], 1), (["info"], 2)])
def test_exit_codes_reach_the_shell_without_a_traceback(tmp_path: Path, words: list[str], code: int):
    result = child(*words, folder=tmp_path)
    assert result.returncode == code
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == {0: 0, 1: 1, 2: 4}[code]
