from __future__ import annotations

import pytest

from annotator.project.project import Project
from annotator.storage import session
from annotator.storage.connection import is_open_here
from annotator.storage.session import Session


@pytest.mark.parametrize("read_only", [False, True])
def test_an_opening_that_fails_late_does_not_hold_the_file(
    project: Project, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    project.close()

    def fails(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as later:
        later.setattr(session, "Reader", fails)
        with pytest.raises(MemoryError):
            Session.open(project.path, read_only=read_only)
    assert not is_open_here(project.path)
    again = Session.open(project.path, read_only=read_only)
    assert again.read.last_sequence() > 0
    again.close()
