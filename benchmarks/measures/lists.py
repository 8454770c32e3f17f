"""The article list, search per key stroke, and the type-ahead for entities."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.content import ArticleFilter, Order
from benchmarks.context import Run
from benchmarks.measures import bare
from benchmarks.timing import Row, Sample, Target, each, repeated, timed
from benchmarks.window import Bench, opened, settle

_FRAME, _AT_ONCE, _RESET, _HELD = Target(p99=0.016), Target(median=0.02), Target(median=0.1), Target(p99=0.1)
_TYPED = ("harbour wall", "Mozimfeld", "reservoir leak", "Clara Bebadan", "report 4711")
"""Words that nearly every article holds, and such that few do."""


def rows(run: Run) -> list[Row]:
    """Sort, filter, scroll and search in projects of all sizes."""
    made = []
    for articles in dict.fromkeys((*run.sizes, run.largest)):
        with opened(run.project(articles), run.settings) as bench:
            made += [Row(name, articles, ours, target) for name, ours, target in _list(bench, run.repeats)]
        limit = _plain_search(run, articles)
        with opened(run.project(articles), run.settings) as bench:
            ours, held = _search(bench)
        made.append(Row("search per key stroke", articles, ours, _AT_ONCE, limit, "plain FTS5, all row ids"))
        made.append(Row("search, the window held up by a key", articles, held, _HELD))
    return made


def _list(bench: Bench, times: int) -> list[tuple[str, Sample, Target]]:
    side = bench.window.side
    orders = [order for order in Order for _ in range(2)]
    sort = each([lambda order=order: bench.list.frame(lambda: side._sort(order)) for order in orders])
    filters = [ArticleFilter(sources=frozenset({"Harbour Post"})), ArticleFilter()] * 4
    narrow = each([lambda one=one: bench.list.frame(lambda: side.set_filter(one)) for one in filters])
    bar = side.article_list.verticalScrollBar()
    places = [at * bar.maximum() // times for at in range(1, times + 1)]
    found = [("sort the list", sort, _RESET), ("filter the list", narrow, _RESET)]
    if bar.maximum() > times:
        scroll = each([lambda place=place: bench.list.frame(lambda: bar.setValue(place)) for place in places])
        found.append(("scroll the list, one frame", scroll, _FRAME))
    return found


def _search(bench: Bench) -> tuple[Sample, Sample]:
    """Type letter after letter; Enter asks at once, so that the pause of 60 ms after a letter does not count.

    Measured is the time until what was found has been painted, and the longest that the event loop stood still.
    """
    field = bench.window.side.search
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    taken, held = [], []
    for words in _TYPED:
        for letter in words:
            QTest.keyClick(field, letter)
            if letter != " ":
                taken.append(timed(lambda: held.append(_enter(bench))))
        field.clear()
        settle()
    return Sample(tuple(taken)), Sample(tuple(held))


def _enter(bench: Bench) -> float:
    side = bench.window.side
    turns = [timed(lambda: QTest.keyClick(side.search, Qt.Key.Key_Return))]
    while side.current_filter.words != side.search.text():
        turns.append(timed(QApplication.processEvents))
    turns.append(timed(QApplication.processEvents))
    return max(turns)


def _plain_search(run: Run, articles: int) -> Sample:
    connection = sqlite3.connect(run.project(articles))
    asked = [words[:end] for words in _TYPED for end in range(1, len(words) + 1) if words[end - 1] != " "]
    statement = "SELECT rowid FROM article_words WHERE article_words MATCH ?"

    def ask(words: str) -> Callable[[], object]:
        expression = " AND ".join(f'"{word}"' for word in words.split()) + "*"
        return lambda: connection.execute(statement, (expression,)).fetchall()

    found = each([ask(words) for words in asked])
    connection.close()
    return found


def type_ahead(run: Run) -> list[Row]:
    """Type names into the entity field of a place at the largest project, letter after letter."""
    taken, limits = [], []
    with opened(run.project(run.largest), run.settings) as bench:
        project, state = bench.window.state.project, bench.window.state
        assert project is not None
        names = [entity.name.casefold() for entity in project.cache.entities.values()]
        for uid in bench.uids[:8]:
            bench.open(uid)
            assert state.content is not None
            bearing = [a for a in state.content.annotations.values() if a.entity]
            mine = [a for a in bearing if a.annotator == project.annotator.uid]
            section = bench.window.panel.inspector.entity
            for one in mine:
                state.select(one.uid)
                settle()
                if not section.isHidden():
                    break
            else:
                continue  # quotes only: they have a speaker instead, and the letters would be gestures of the reader's
            field = section.field
            section.begin()
            field.clear()
            for letter in project.cache.entities[one.entity or ""].name[:8]:
                taken.append(timed(lambda letter=letter: _typed(bench, letter)))
                text = field.text().casefold()
                limits.append(timed(lambda text=text: [name for name in names if text in name]))
    sample, limit = Sample(tuple(taken)), Sample(tuple(limits))
    target = Target(median=0.02, p99=0.033)
    return [
        Row(f"type-ahead among {len(names):,} entities, per key", 0, sample, target, limit, "one pass over the names")
    ]


def _typed(bench: Bench, letter: str) -> None:
    QTest.keyClick(QApplication.focusWidget() or bench.window, letter)
    QApplication.processEvents()


def counting(run: Run) -> list[Row]:
    """The counts of a dashboard, and reading one article, at all sizes."""
    made = []
    for articles in dict.fromkeys((*run.sizes, run.largest)):
        with opened(run.project(articles), run.settings) as bench:
            project = bench.window.state.project
            assert project is not None
            counts = repeated(project.read.counts, 3)
            uids = bench.uids[:: max(1, len(bench.uids) // run.repeats)]
            read = each([lambda uid=uid: project.read.content(uid) for uid in uids])
        counted = Sample((bare.annotations_counted(run.project(articles)),))
        alone = bare.articles_read(run.project(articles), uids)
        made.append(
            Row(
                "counts of the whole project", articles, counts, Target(median=1.0), counted, "SQLite counting the rows"
            )
        )
        made.append(Row("read one article from the file", articles, read, Target(median=0.004), alone, bare.ALONE))
    return made
