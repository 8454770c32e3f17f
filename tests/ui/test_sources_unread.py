from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest
from support.command import ROOT

from annotator.ui.sources_unread import leave_sources_unread

_LOOKER = "shibokensupport.feature"


def test_modules_of_the_window_are_imported_without_their_source_being_read():
    code = (
        "import linecache\n"
        "from annotator import app\n"
        "app.application()\n"
        "before = set(linecache.cache)\n"
        "import annotator.ui.main_window\n"
        "print(len(set(linecache.cache) - before))\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["0"]


def test_a_pyside_that_looks_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    other = ModuleType(_LOOKER)
    monkeypatch.setitem(sys.modules, _LOOKER, other)
    assert not leave_sources_unread()
    assert not hasattr(other, "_mod_uses_pyside")


def test_without_pyside_nothing_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, _LOOKER, raising=False)
    assert not leave_sources_unread()
    assert _LOOKER not in sys.modules
