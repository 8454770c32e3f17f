"""Run by test_keyboards on a virtual screen: shows the window, says where words are, and at the end what is tagged."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from annotator.app import create_window
from annotator.model.span import Span


def main() -> None:
    project, settings = map(Path, sys.argv[1:3])
    window = create_window(project, settings_dir=settings)
    window.setGeometry(0, 0, 1200, 760)
    window.show()
    window.activateWindow()

    def answer() -> None:
        line = sys.stdin.readline().strip()
        if not line or line == "end":
            window.close()
            QApplication.quit()
        elif line == "tags":
            content = window.state.content
            assert content is not None
            codebook = window.state.codebook
            tags = sorted((codebook.tag(a.tag_type).name, a.text) for a in content.annotations.values())
            roles = sorted(link.role for link in content.links.values())
            say({"tags": tags, "roles": roles})
        else:
            say(where(line))

    def where(words: str) -> list[int]:
        content = window.state.content
        assert content is not None
        at = content.text.index(words) + len(words) // 2
        reader = window.desk.reader
        reader.reveal(Span(at, at + 1))
        QApplication.processEvents()
        place = reader.viewport().mapToGlobal(reader.point_of(at))
        return [place.x(), place.y()]

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(answer)
    app = QApplication.instance()
    assert app is not None
    say("ready")
    sys.exit(app.exec())


def say(what: object) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201  this is how the test hears it


main()
