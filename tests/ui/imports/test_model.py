from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from support.projects import new_article

from annotator.exchange.articles import Refused
from annotator.ui.imports.model import Column, PreviewModel, RefusedModel, refusal_line
from annotator.ui.imports.reading import Entry
from annotator.ui.theme.current import current_theme

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def model(qapp: object) -> PreviewModel:
    made = PreviewModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    entries = [Entry(*new_article(f"Text {n}.", f"Title {n}", source="BBC"), path=f"/in/{n}.txt") for n in range(3)]
    entries[1].known, entries[1].ticked = True, False
    entries[2].twice, entries[2].ticked = True, False
    made.show(entries)
    return made


def test_a_row_shows_what_will_come_in(model: PreviewModel):
    shown = [[model.index(row, column).data() for column in Column] for row in range(3)]
    assert shown == [
        ["Title 0", "", "BBC", "", "2", "0.txt"],
        ["Title 1", "", "BBC", "", "2", "already here · 1.txt"],
        ["Title 2", "", "BBC", "", "2", "twice · 2.txt"],
    ]
    header = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert header == ["Title", "Date", "Source", "Byline", "Words", "File"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert "very text" in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "further up" in model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Title 0"
    assert model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole).name() == current_theme().secondary.lower()
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.data(QModelIndex()) is None


def test_ticking(model: PreviewModel):
    told: list[int] = []
    model.ticked_changed.connect(lambda: told.append(len(model.ticked)))
    assert model.index(0, 0).data(CHECK) == Qt.CheckState.Checked
    assert model.index(0, 1).data(CHECK) is None
    assert model.setData(model.index(2, 0), Qt.CheckState.Checked, CHECK)
    model.tick(range(3), True)
    assert [entry.article.title for entry in model.ticked] == ["Title 0", "Title 2"]
    model.tick(range(99), False)
    assert model.ticked == []
    assert told == [2, 2, 0]
    assert not model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        (Column.TITLE, "  A  better\ntitle ", "A better title"),
        (Column.SOURCE, "", ""),
        (Column.BYLINE, "M. Lee", "M. Lee"),
        (Column.PUBLISHED, "2025-03", "2025-03"),
        (Column.PUBLISHED, "13 March 2025", "2025-03-13"),
        (Column.PUBLISHED, "", ""),
    ],
)
def test_correcting(model: PreviewModel, column: Column, typed: str, kept: str):
    index = model.index(0, column)
    assert model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(index, typed)
    assert index.data(Qt.ItemDataRole.EditRole) == kept
    entry = model.entry(0)
    assert entry is not None
    assert kept in (entry.article.title, entry.article.source, entry.article.byline, entry.article.published)


@pytest.mark.parametrize(
    ("column", "typed"), [(Column.TITLE, " "), (Column.PUBLISHED, "sometime"), (Column.WORDS, "9")]
)
def test_what_cannot_be_is_not_taken_and_said_so(model: PreviewModel, column: Column, typed: str):
    said: list[str] = []
    model.refused.connect(said.append)
    before = model.index(0, column).data()
    assert not model.setData(model.index(0, column), typed)
    assert model.index(0, column).data() == before
    assert len(said) == (0 if column is Column.WORDS else 1)
    assert not model.setData(QModelIndex(), "x")


def test_nothing_to_show(qapp: object):
    model = PreviewModel()
    model.tick([0], True)
    assert model.rowCount() == 0
    assert model.entry(0) is None


def test_refusals_are_lines(qapp: object):
    model = RefusedModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show([Refused("/in/a.csv", "holds no text", "row 7"), Refused("", "is empty")])
    assert [model.index(row, 0).data() for row in range(2)] == ["a.csv, row 7: holds no text", "is empty"]
    assert model.index(0, 0).data(CHECK) is None
    assert refusal_line(Refused("C:\\in\\b.txt", "is empty")) == "b.txt: is empty"
