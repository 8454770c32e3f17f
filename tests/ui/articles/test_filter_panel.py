from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.content import ArticleFilter
from annotator.project.project import Project
from annotator.ui.articles.filter_panel import FilterPanel


@pytest.mark.parametrize("points", [8, 10, 14, 20])
def test_no_choice_is_cut_off_whatever_the_size_of_the_letters(
    qtbot: QtBot, qapp: QApplication, project: Project, points: int
):
    anchor, panel = QWidget(), FilterPanel()
    qtbot.addWidget(anchor)
    qtbot.addWidget(panel)
    font = qapp.font()
    font.setPointSize(points)
    panel.setFont(font)
    qapp.processEvents()
    panel.show_filter(ArticleFilter(), project)
    panel.open_below(anchor)
    buttons = [one for one in panel.findChildren(QAbstractButton) if one.text() and one.isVisible()]
    assert {"To do", "Assigned to me", "Not reviewed", "Clear the filters"} <= {one.text() for one in buttons}
    for one in buttons:
        wanted, holder = one.minimumSizeHint(), one.parentWidget()
        assert one.width() >= wanted.width() and one.height() >= wanted.height(), one.text()
        assert holder.rect().contains(one.geometry()), one.text()
