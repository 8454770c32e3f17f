"""Opening articles and scrolling, beside a bare QTextEdit with the same text in a window of the same size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QTextEdit

from benchmarks.context import Run
from benchmarks.timing import Row, Sample, Target, repeated, timed
from benchmarks.window import Bench, Painted, opened, settle

_FRAME = Target(p99=0.016)
_ONE_FRAME = Target(median=0.016)
_STEP = 60  # pixels, about what a notch of a wheel scrolls


@contextmanager
def bare_edit(bench: Bench) -> Iterator[tuple[QTextEdit, Painted]]:
    """Show a bare QTextEdit as large as the reader."""
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setFont(bench.window.desk.reader.font())
    edit.resize(bench.window.desk.reader.size())
    edit.show()
    settle()
    try:
        yield edit, Painted(edit.viewport())
    finally:
        edit.close()
        settle()


def opening(run: Run) -> list[Row]:
    """Open articles one after another in projects of all sizes."""
    made = []
    for articles in dict.fromkeys((*run.sizes, run.largest)):
        with opened(run.project(articles), run.settings) as bench:
            uids = bench.uids
            chosen = [uids[at * (len(uids) - 1) // run.repeats] for at in range(run.repeats)]
            chosen = [uid for before, uid in zip(["", *chosen], chosen, strict=False) if uid != before]
            for uid in chosen[:3]:
                bench.open(uid)
            texts = [_text(bench, uid) for uid in chosen]
            begun, whole, limit = _opened_by_turns(bench, chosen, texts)
        against = "bare QTextEdit"
        made.append(Row("open an article, its text and tags painted", articles, begun, Target(ratio=2), limit, against))
        made.append(Row("… with the lists beside it", articles, whole, _ONE_FRAME))
    return made


def _opened_by_turns(bench: Bench, uids: list[str], texts: list[str]) -> tuple[Sample, Sample, Sample]:
    """Open each article and show its text in a bare field: a machine's pace moves within a second."""
    begun, whole, limit = [], [], []
    with bare_edit(bench) as (edit, painted):
        for uid, text in zip(uids, texts, strict=True):
            settle()
            seen, all_seen = bench.open_at_sight(uid)
            begun.append(seen)
            whole.append(all_seen)
            settle()
            limit.append(timed(lambda text=text: painted.frame(lambda: edit.setPlainText(text))))
    return Sample(tuple(begun)), Sample(tuple(whole)), Sample(tuple(limit))


def _text(bench: Bench, uid: str) -> str:
    project = bench.window.state.project
    content = project.read.content(uid) if project is not None else None
    assert content is not None
    return content.text


def giant(run: Run) -> list[Row]:
    """Open the giant and scroll it."""
    with opened(run.giant(), run.settings) as bench:
        (uid,) = bench.uids
        ours = repeated(lambda: bench.open(uid), 7, before=bench.window.state.close_article)
        begun = Sample(tuple(_begun(bench, uid) for _ in range(7)))
        text = bench.window.desk.reader.text
        scrolled = scroll(bench.reader, bench.window.desk.reader, run.repeats * 4)
        with bare_edit(bench) as (edit, painted):
            limit = repeated(lambda: painted.frame(lambda: edit.setPlainText(text)), 7, before=lambda: _emptied(edit))
            bare = scroll(painted, edit, run.repeats * 4)
    return [
        Row("open the giant, its beginning painted", 0, begun, Target(ratio=2.5), limit, "bare QTextEdit"),
        Row("… with all that stands on it listed", 0, ours),
        Row("scroll the giant, one frame", 0, scrolled, _FRAME, bare, "bare QTextEdit"),
    ]


def _begun(bench: Bench, uid: str) -> float:
    bench.window.state.close_article()
    settle()
    return bench.open_at_sight(uid)[0]


def _emptied(edit: QTextEdit) -> None:
    edit.setPlainText("")
    settle()


def scroll(painted: Painted, edit: QTextEdit, frames: int) -> Sample:
    """Scroll down a step at a time from the top, over the whole length; each frame counts once it is painted."""
    bar = edit.verticalScrollBar()
    bar.setValue(0)
    settle()
    jump = max(_STEP, bar.maximum() // frames)
    # By turns a jump like dragging the scroll bar and a step like a wheel's.
    places = [place for at in range(frames) for place in (at * jump + 1, at * jump + _STEP)]
    # At the end of the text nothing moves, and nothing would be painted.
    moves = (place for place in places if bar.value() != min(place, bar.maximum()))
    return Sample(tuple(timed(lambda: painted.frame(lambda: bar.setValue(place))) for place in moves))
