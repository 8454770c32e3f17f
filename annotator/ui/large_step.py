"""Steps that may change very much: taken at once, or beside the window while a small dialog says what is being done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from PySide6.QtWidgets import QWidget

from annotator.base.errors import AnnotatorError
from annotator.project import project as projects
from annotator.ui.state import UiState
from annotator.ui.widgets.dismiss import dismiss
from annotator.ui.widgets.waiting import Waiting

T = TypeVar("T")


class Said(NamedTuple):
    """What the dialog says meanwhile."""

    title: str
    text: str


def take_step(
    state: UiState,
    window: QWidget,
    step: Callable[[], T],
    done: Callable[[T], object],
    *,
    size: int,
    said: Callable[[], Said],
) -> None:
    """Take a step of about ``size`` changes and hand what it returns to ``done``; a refusal becomes a notice.

    From so many on that they would keep the window waiting it is taken on a worker, the project being lent to it;
    what is ``said`` meanwhile is asked for only then.
    """
    if size >= projects.MANY:
        state.attempt(lambda: _beside(state, window, step, done, said()))
        return
    outcome: list[T] = []
    if state.attempt(lambda: outcome.append(step())):
        done(outcome[0])


def _beside(state: UiState, window: QWidget, step: Callable[[], T], done: Callable[[T], object], said: Said) -> None:
    waiting = Waiting(window, said.title, said.text)
    try:
        work = state.work_beside(waiting, lambda _report, _stopped: step())
    except AnnotatorError:
        dismiss(waiting)
        raise
    waiting.open()
    # Before what follows from it, which may open a dialog of its own.
    for ended in (work.finished, work.failed, work.cancelled):
        ended.connect(waiting.accept)
    work.finished.connect(done)
    work.failed.connect(lambda why: state.tell(why, "warning"))
