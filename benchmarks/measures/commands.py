"""Every command of the window, one after another, and every filter: how long the window was held up by each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter, sleep

from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.model.article import Status
from annotator.model.content import ArticleFilter
from benchmarks.context import Run
from benchmarks.timing import Row, Sample, Target, timed
from benchmarks.window import Bench, opened, settle

_HELD = Target(p99=0.1)
_LOOKED_AT = 0.4
"""Seconds that the window has after a command for what it does in the background."""
_ELSEWHERE = ("file.sample", "file.close", "file.quit", "view.light", "view.dark", "view.highContrast")
"""They lead away from the project, or dress every widget anew inside Qt, a fifth of a second."""


def rows(run: Run) -> list[Row]:
    """Give every command that can be given, in the largest project and in the giant, and ask for every filter."""
    made = []
    # What a command loads when it is given first counts in the giant: how long it then takes must not hang on the size.
    for name, size, path in ((", giant", 0, run.giant()), ("", run.largest, run.project(run.largest))):
        copy = run.copy(path)
        with _no_file_dialogs(), opened(copy, run.settings) as bench:
            bench.open(bench.uids[0])
            if size:
                filters = Sample(tuple(_narrowed(bench, one) for one in _filters(bench)))
                made.append(Row("any filter, the window held up", size, filters, _HELD))
                bench.window.side.clear_filter()
            held = {one: _held_up(bench, one) for one in _commands(bench)}
            slowest = max(held, key=lambda one: held[one])
            # In the giant, entering review mode compares ten thousand annotations, which has a target of its own.
            made.append(Row(f"any command, the window held up{name}", size, Sample(tuple(held.values())),
                            _HELD if size else Target(), against=f"slowest: {slowest}"))  # fmt: skip
        copy.unlink()
    return made


def _commands(bench: Bench) -> list[str]:
    found = [action.id for action in bench.window.actions_.table if action.id not in _ELSEWHERE]
    # Those of the review mode when it is on, the agreement at the very end: it is counted for long in the background.
    return sorted(found, key=lambda one: (one.startswith("review."), one != "review.toggle", one == "review.agreement"))


def _held_up(bench: Bench, command: str) -> float:
    """Give a command and close what it opens; return its longest turn of the event loop in seconds."""
    action = bench.window.actions_.action(command)
    if not action.isEnabled():
        return 0.0
    longest = max(timed(action.trigger), _longest_turn())
    for widget in QApplication.topLevelWidgets():
        if widget is not bench.window and widget.isVisible():
            widget.close()
    settle()
    return longest


def _longest_turn() -> float:
    end, longest = perf_counter() + _LOOKED_AT, 0.0
    while perf_counter() < end:
        longest = max(longest, timed(QApplication.processEvents))
        sleep(0.002)
    return longest


def _filters(bench: Bench) -> Iterator[ArticleFilter]:
    project = bench.window.state.project
    assert project is not None
    tag, person = project.cache.codebook.tag_types[0].uid, project.annotator.uid
    for words in ("", "harbour"):
        yield ArticleFilter(words, statuses=frozenset({Status.DONE}))
        yield ArticleFilter(words, tag_types=frozenset({tag}))
        yield ArticleFilter(words, annotators=frozenset({person}))
        yield ArticleFilter(words, published_from="2024")
        yield ArticleFilter(words, assigned_only=True)
        yield ArticleFilter(words, reviewed=False)


def _narrowed(bench: Bench, chosen: ArticleFilter) -> float:
    side = bench.window.side
    longest = timed(lambda: side.set_filter(chosen))
    while side.current_filter != chosen:
        longest = max(longest, timed(QApplication.processEvents))
    return max(longest, timed(settle))


def _answered(answer: object, *_: object, **__: object) -> object:
    return answer


@contextmanager
def _no_file_dialogs() -> Iterator[None]:
    """Have nobody asked for a file: such a dialog is the system's, and stays until somebody answers."""
    names = ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")
    before = {name: getattr(QFileDialog, name) for name in names}
    answers: list[object] = [("", ""), ([], ""), ("", ""), ""]
    for name, answer in zip(names, answers, strict=True):
        setattr(QFileDialog, name, partial(_answered, answer))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(QFileDialog, name, function)
