"""One tag, two tags."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from annotator.ui.plurals import EnglishPlurals, speak_english


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("%n tag(s)", 1, "1 tag"),
        ("%n tag(s)", 2, "2 tags"),
        ("%n tag(s) of %n entity(s)", 0, "0 tags of 0 entities"),
        ("%n body(s)", 1, "1 body"),
        ("no number", 3, "no number"),
    ],
)
def test_the_number_decides(qapp: QApplication, text: str, n: int, expected: str) -> None:
    speak_english(qapp)
    assert QCoreApplication.translate("context", text, "", n) == expected


def test_it_is_installed_once(qapp: QApplication) -> None:
    speak_english(qapp)
    speak_english(qapp)
    assert len(qapp.findChildren(EnglishPlurals)) == 1
    assert QCoreApplication.translate("context", "tag(s)") == "tag(s)"
