"""Tagging on a virtual X screen with real key codes: digits unshifted on us, de and fr keyboards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.user import project_file

TEXT = "Vote\n\n“We were not asked at all,” Peskov told reporters in Kursk."
KEYS = {"1": 10, "2": 11, "3": 12, "Enter": 36}
"""Evdev key codes plus 8, as X11 numbers the places of keys whatever the layout writes on them."""

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(
        not all(map(shutil.which, ("Xvfb", "xdotool", "setxkbmap"))), reason="needs Xvfb, xdotool and setxkbmap"
    ),
]


@pytest.fixture
def screen() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


class Child:
    """The window in a process of its own, asked over its standard input."""

    def __init__(self, process: subprocess.Popen[str], environment: dict[str, str]) -> None:
        self._process, self._environment = process, environment

    def ask(self, line: str = "") -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if line:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True)

    def click(self, words: str) -> None:
        x, y = self.ask(words)
        self.xdotool("mousemove", str(x), str(y), "click", "1")

    def press(self, key: str) -> None:
        self.xdotool("key", str(KEYS[key]))

    def until(self, expected: dict[str, Any]) -> None:
        """Wait until the window says so; at most ten seconds."""
        end = time.monotonic() + 10
        while (found := self.ask("tags")) != expected:
            assert time.monotonic() < end, found
            time.sleep(0.05)


@pytest.mark.parametrize("layout", ["us", "de", "fr"])
def test_digits_count_by_their_place(layout: str, screen: str, tmp_path: Path) -> None:
    project = project_file(tmp_path, TEXT)
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    subprocess.run(["setxkbmap", "-layout", layout], env=environment, check=True)
    script = Path(__file__).with_name("keyboard_child.py")
    with subprocess.Popen(
        [sys.executable, str(script), str(project), str(tmp_path / "settings")],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        child = Child(process, environment)
        assert child.ask() == "ready"
        quote = ["quote", "“We were not asked at all,”"]
        child.click("not asked")
        child.press("2")
        child.until({"tags": [quote], "roles": []})
        child.press("Enter")
        speaker = ["speaker", "Peskov"]
        child.until({"tags": [quote, speaker], "roles": ["speaker"]})
        child.click("Kursk")
        child.press("3")
        child.until({"tags": [["location", "Kursk"], quote, speaker], "roles": ["speaker"]})
        assert process.stdin is not None
        process.stdin.write("end\n")
        process.stdin.flush()
        assert process.wait(20) == 0
