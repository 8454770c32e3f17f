"""Key presses: from the key to the file that holds the change and the frame that shows it."""

from __future__ import annotations

import gc
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.project.opening import open_project, work_as
from benchmarks.context import Run
from benchmarks.measures import bare
from benchmarks.timing import Row, Sample, Target, each, repeated, timed
from benchmarks.window import Bench, opened, settle
from benchmarks.workload.project import ANNA

_KEY = Target(median=0.016, p99=0.033)
_COMMIT = "one durable commit"
_LOOKED_AT_MS = 500
"""Nobody works on what they have not looked at; until then Qt still sets the text of a megabyte, bit by bit."""
_CTRL = Qt.KeyboardModifier.ControlModifier


def rows(run: Run) -> list[Row]:
    """Tag by key, undo, resize and delete, in an article of the largest project and in the giant."""
    made = []
    limit = bare.commits(run.scratch(".db"))
    for name, path in (("article", run.project(run.largest)), ("giant", run.giant())):
        copy = run.copy(path)
        with opened(copy, run.settings) as bench:
            bench.open(bench.uids[len(bench.uids) // 2])
            QTest.qWait(_LOOKED_AT_MS)
            found = _keys(bench, run.repeats)
            made += [Row(f"{what}, {name}", 0, one, _KEY, limit, _COMMIT) for what, one in found.items()]
            made.append(Row(f"select all annotations by Tab, each, {name}", 0, _tab_through(bench), _KEY))
        copy.unlink()
    return made


def _keys(bench: Bench, times: int) -> dict[str, Sample]:
    """Press the keys at places spread over the article; what was done is taken back by Ctrl+Z in the end."""
    text = bench.window.desk.reader.text
    places = [at * (len(text) - 200) // times for at in range(times)]
    places = [text.index(" ", place) + 2 for place in places]
    samples: dict[str, list[float]] = {}

    def press(name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        took = timed(lambda: bench.reader.frame(lambda: QTest.keyClick(bench.window.desk.reader, key, modifiers)))
        samples.setdefault(name, []).append(took)

    _tag_once(bench, places[0])
    gc.collect()  # once: before each key it would leave the processor's caches empty, as no key at work finds them
    for place in places:
        bench.go_to(place)
        before = bench.window.state.annotation
        press("tag by key, saved and painted", Qt.Key.Key_3)
        assert bench.window.state.annotation != before
        press("resize by key, saved and painted", Qt.Key.Key_P)
        press("undo by key, saved and painted", Qt.Key.Key_Z, _CTRL)
        press("delete by key, saved and painted", Qt.Key.Key_Delete)
    return {name: Sample(tuple(values)) for name, values in samples.items()}


def _tag_once(bench: Bench, place: int) -> None:
    """Warm up: the first tag imports what tagging needs."""
    bench.go_to(place)
    for key, modifiers in ((Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Z, _CTRL)):
        bench.reader.frame(
            lambda key=key, modifiers=modifiers: QTest.keyClick(bench.window.desk.reader, key, modifiers)
        )


def _tab_through(bench: Bench) -> Sample:
    bench.go_to(0)
    steps: list[Callable[[], object]] = [
        lambda: bench.reader.frame(lambda: QTest.keyClick(bench.window.desk.reader, Qt.Key.Key_Tab))
    ] * 30
    return each(steps)


def reviewing(run: Run) -> list[Row]:
    """Enter review mode with two sets on the giant, go to the next difference and decide one."""
    copy = run.copy(run.giant())
    shift = _CTRL | Qt.KeyboardModifier.ShiftModifier
    with opened(copy, run.settings) as bench:
        bench.open(bench.uids[0])
        reader = bench.window.desk.reader

        def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
            reader.setFocus()
            bench.reader.frame(lambda: QTest.keyClick(reader, key, modifiers))

        enter = repeated(lambda: press(Qt.Key.Key_R, shift), 3, before=lambda: _left(bench, shift))
        first = repeated(lambda: press(Qt.Key.Key_J), 1)
        QTest.qWait(_LOOKED_AT_MS)
        step = repeated(lambda: press(Qt.Key.Key_J), run.repeats)
        decide = repeated(lambda: press(Qt.Key.Key_A), 10)
    copy.unlink()
    return [
        Row("enter review mode, two sets, giant", 0, enter, Target(median=1.0)),
        Row("… the first difference, at once after it", 0, first),
        Row("next difference, giant", 0, step, _KEY),
        Row("accept a version, saved and painted, giant", 0, decide, Target(median=0.05, p99=0.1)),
    ]


def _left(bench: Bench, modifiers: Qt.KeyboardModifier) -> None:
    if bench.window.review.session.active:
        QTest.keyClick(bench.window.desk.reader, Qt.Key.Key_R, modifiers)
        settle()


def undo(run: Run, changes: int = 5_000) -> list[Row]:
    """Take back one step of many changes: all spans of Anna's in the giant were given another tag."""
    copy = run.copy(run.giant())
    project = open_project(copy)
    try:
        work_as(project, ANNA)
        content = project.read.content(project.read.all_article_uids()[0])
        assert content is not None
        mine = [a for a in content.annotations.values() if a.annotator == ANNA.uid][:changes]
        with project.edit("Note them all") as edit:
            for annotation in mine:
                edit.replace(annotation, replace(annotation, note="seen"))
    finally:
        project.close()
    other = run.copy(copy)
    limit = Sample((bare.taken_back(other, [one.uid for one in mine]),))
    other.unlink()
    with opened(copy, run.settings) as bench:
        bench.open(bench.uids[0])
        reader = bench.window.desk.reader
        reader.setFocus()
        state = bench.window.state

        def undone() -> None:
            QTest.keyClick(reader, Qt.Key.Key_Z, _CTRL)
            while state.project is not None and state.project.lent:  # it is done beside the window
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

        found = repeated(lambda: bench.reader.frame(undone), 1)
        assert state.content is not None
        assert not any(a.note == "seen" for a in state.content.annotations.values())
    copy.unlink()
    name = f"undo {len(mine):,} changes in one step, giant"
    return [Row(name, 0, found, Target(median=1.0), limit, bare.ALONE)]
