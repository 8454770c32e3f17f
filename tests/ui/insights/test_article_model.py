from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester
from support.projects import tag

from annotator.project.opening import work_as
from annotator.ui.insights.article_model import F1, HEAT_ROLE, KAPPA, SHARE, STRIP, TITLE, ArticleModel

from .conftest import ARTICLE, Study


def test_articles_stand_by_how_much_differs(counted: Study) -> None:
    model = ArticleModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [row for at in range(model.rowCount()) if (row := model.row(model.index(at, 0)))]
    assert [row.uid for row in rows] == [counted.second.uid, ARTICLE]
    assert rows[0].one.share > rows[1].one.share
    assert model.data(model.index(0, TITLE)) == "Vienna waits"
    assert model.data(model.index(0, SHARE)) == f"{13 / 39:.1%}".replace(
        "%", " %"
    )  # Berlin and Schmidt of 39 characters
    assert model.data(model.index(0, F1)) == "0.40"
    assert model.data(model.index(0, KAPPA)) != ""
    heat = model.data(model.index(0, STRIP), HEAT_ROLE)
    assert (len(heat), max(heat), min(heat)) == (120, 1, 0)
    told = model.data(model.index(0, STRIP), Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Vienna waits: 33.3 % of the text tagged differently; F1, exact 0.40")


def test_the_open_article_is_bold_and_follows_each_change(counted: Study) -> None:
    model = ArticleModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    counted.state.open_article(counted.second.uid)
    counted.wait()
    font = model.data(model.index(0, TITLE), Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.weight() == QFont.Weight.DemiBold
    assert model.data(model.index(1, TITLE), Qt.ItemDataRole.FontRole) is None
    work_as(counted.project, next(one for one in counted.project.read.annotators() if one.name == "Anna"))
    tag(counted.project, counted.second, "location", "Berlin")
    assert model.data(model.index(0, F1)) == "0.67"  # at once: 2 * 2 / 6, no worker asked
    counted.wait()
    assert model.data(model.index(0, F1)) == "0.67"
