from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.analysis.result import Level
from annotator.exchange.agreement_methods import FORMULAS, OVERVIEW
from annotator.ui.insights.overview_model import INTERVAL_ROLE, OLD_ROLE, OverviewModel

from .conftest import Study


def test_what_is_cited_most_by_tag(counted: Study) -> None:
    model = OverviewModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
    tags = [model.headerData(at, vertical) for at in range(model.rowCount())]
    assert tags == ["All tags", "Speaker", "Quote", "Location", "Claim", "Cue"]
    for column, (level, name) in enumerate(OVERVIEW):
        assert str(model.headerData(column, horizontal))
        assert FORMULAS[name].reading in model.headerData(column, horizontal, Qt.ItemDataRole.ToolTipRole)
        one = counted.inquiry.measures[level, None, None, name]
        assert model.measure(model.index(0, column)) == one
        assert model.data(model.index(0, column)) == ("–" if one.value is None else f"{one.value:.2f}")
    assert "–" in model.data(model.index(0, 0), INTERVAL_ROLE)
    assert model.data(model.index(0, 0), OLD_ROLE) is False
    assert model.told(model.index(1, 0)).startswith("F1, exact (Speaker, spans): ")


def test_one_tag_has_one_row(counted: Study) -> None:
    model = OverviewModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    quote = counted.project.cache.codebook.tag_named("quote")
    assert quote is not None
    counted.inquiry.choose(replace(counted.inquiry.question, tag=quote.uid))
    assert model.rowCount() == 1
    assert model.headerData(0, Qt.Orientation.Vertical) == "Quote"
    assert model.measure(model.index(0, 0)) == counted.inquiry.measures[Level.SPAN, "quote", None, "f1_exact"]
    assert model.data(model.index(0, 0), OLD_ROLE) is True


def test_before_anything_is_counted_every_cell_waits(study: Study) -> None:
    model = OverviewModel(study.state, study.inquiry)
    assert model.rowCount() == 0
    study.inquiry.watch(watched=True)
    assert model.data(model.index(0, 0)) == "…"
    assert model.told(model.index(0, 0)) == "Not counted yet."
