"""A real window whose user tags without end, saying each annotation that the status bar has called saved.

``python killed_window_child.py PROJECT SETTINGS``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parent.parent), str(_HERE.parent)]

from support.user import User, at_the_window  # noqa: E402


def work(user: User) -> None:
    """Tag word after word by keys; every third gets a note, every fifth is taken back and done again."""
    known = {annotation.uid for annotation in user.annotations}
    number = len(known)
    while True:
        number += 1
        user.click(f"word{number} ", 2)
        user.press("5")
        if number % 3 == 0:
            user.press("N")
            user.type("noted")
            user.press("Esc")
        if number % 5 == 0:
            user.press("Ctrl+Z", "Ctrl+Shift+Z")
        assert user.saved.startswith("Saved "), user.saved
        selected = user.window.state.selected
        assert selected is not None
        sys.stdout.write(f"{selected.uid} {selected.text} {selected.note or '-'}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with at_the_window(Path(sys.argv[1]), Path(sys.argv[2])) as at_work:
        work(at_work)
