"""The window killed in the midst of work: everything that it called saved is there when it is opened again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.user import at_the_window, project_file

CHILD = Path(__file__).with_name("killed_window_child.py")
TEXT = "Title\n\n" + " ".join(f"word{n} and" for n in range(1, 400)) + "."


def acknowledged(child: subprocess.Popen[str], count: int) -> list[list[str]]:
    assert child.stdout is not None
    return [child.stdout.readline().split() for _ in range(count)]


def test_what_was_called_saved_is_there(tmp_path: Path) -> None:
    path = project_file(tmp_path, TEXT)
    said: list[list[str]] = []
    for count in (1, 6, 4):
        child = subprocess.Popen(
            [sys.executable, str(CHILD), str(path), str(tmp_path / "settings")],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            said += acknowledged(child, count)
        finally:
            child.kill()
            rest = child.communicate()[0]
        said += [line.split() for line in rest.splitlines() if line.endswith(("-", "noted"))]
        with at_the_window(path, tmp_path / "settings") as user:
            project = user.window.state.project
            assert project is not None
            assert not project.read_only, "a dead window holds nothing"
            held = {a.uid: (a.text, a.note or "-") for a in user.annotations}
            assert len(said) >= count
            for uid, text, note in said:
                assert held[uid] == (text, note)
            assert "Undo" in user.window.actions_.action("edit.undo").text()
