from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.analysis.result import Level, Reason
from annotator.exchange.agreement_methods import FORMULAS
from annotator.ui.insights.counting import Question
from annotator.ui.insights.measure_model import HERE, INTERVAL, NAME, VALUE, MeasureModel, N
from annotator.ui.insights.wording import AWAITED

from .conftest import A, B, Study, done_by_both


def row_of(model: MeasureModel, *key: object) -> int:
    found = [at for at in range(model.rowCount()) if (line := model.line(model.index(at, 0))) and line.key == key]
    assert len(found) == 1, key
    return found[0]


def shown(model: MeasureModel, row: int, column: int) -> str:
    return str(model.data(model.index(row, column)))


def test_every_measure_has_value_interval_and_n(counted: Study) -> None:
    model = MeasureModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert {line.key for at in range(model.rowCount()) if (line := model.line(model.index(at, 0)))} == set(
        counted.inquiry.measures
    )
    row = row_of(model, Level.SPAN, None, None, "f1_exact")
    one = counted.inquiry.measures[Level.SPAN, None, None, "f1_exact"]
    assert one.value is not None
    assert one.low is not None
    assert shown(model, row, NAME) == "F1, exact"
    assert shown(model, row, VALUE) == f"{one.value:.3f}"
    assert shown(model, row, INTERVAL) == f"{one.low:.3f} – {one.high:.3f}"
    assert shown(model, row, N) == str(one.n) == "39"
    assert shown(model, row, HERE) == "0.824"
    told = model.data(model.index(row, VALUE), Qt.ItemDataRole.AccessibleTextRole)
    assert told == model.data(model.index(row, VALUE), Qt.ItemDataRole.ToolTipRole)
    assert told.startswith(f"F1, exact (All tags, spans): {one.value:.3f}, 95 % interval")
    assert FORMULAS["f1_exact"].reading in told


def test_undefined_is_a_dash_with_its_reason(counted: Study) -> None:
    model = MeasureModel(counted.state, counted.inquiry)
    undefined = [one for one in counted.inquiry.measures.values() if one.reason is not None]
    assert Reason.ONE_CATEGORY in {one.reason for one in undefined}
    for one in undefined:
        row = row_of(model, one.level, one.tag, one.attribute, one.measure)
        assert shown(model, row, VALUE) == "–"
        assert str(one.reason) in model.data(model.index(row, VALUE), Qt.ItemDataRole.ToolTipRole)


def test_headings_part_tags_and_cannot_be_chosen(counted: Study) -> None:
    model = MeasureModel(counted.state, counted.inquiry)
    headings = [shown(model, at, NAME) for at in range(model.rowCount()) if model.line(model.index(at, 0)) is None]
    assert headings[:4] == [
        "All tags · spans",
        "All tags · tokens",
        "The article itself · attributes",
        "All tags · entities",
    ]
    assert "Speaker · spans" in headings
    assert len(headings) == len(set(headings))
    assert model.first() == 1
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.told(model.index(0, 0)) == ""


def test_while_it_is_counted_first_dots_stand_there(study: Study) -> None:
    done_by_both(study, study.second.uid)
    study.inquiry.watch(watched=True)
    model = MeasureModel(study.state, study.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 0
    study.qtbot.waitUntil(lambda: study.inquiry.here is not None, timeout=20_000)
    row = row_of(model, Level.SPAN, None, None, "f1_exact")
    if study.inquiry.answer is None:
        assert shown(model, row, VALUE) == AWAITED
        assert "not counted yet" in model.told(model.index(row, 0))
    study.wait()
    row = row_of(model, Level.SPAN, None, None, "f1_exact")
    assert shown(model, row, VALUE) == "0.400"


def test_the_open_article_has_a_column_that_follows(counted: Study) -> None:
    model = MeasureModel(counted.state, counted.inquiry)
    row = row_of(model, Level.SPAN, None, None, "gamma")
    before = shown(model, row, HERE)
    assert before not in ("", AWAITED)
    counted.state.open_article(counted.second.uid)
    assert shown(model, row, HERE) == AWAITED
    counted.wait()
    assert shown(model, row, HERE) not in ("", AWAITED, before)
    counted.inquiry.choose(Question((B, A)[:1]))
    assert model.rowCount() == 0
