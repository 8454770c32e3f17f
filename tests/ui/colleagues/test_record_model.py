from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.ui.colleagues.record_model import RecordModel
from annotator.ui.widgets.choices import CHOICE_ROLE, Choice


def test_an_article_tells_record_by_record_what_comes_in(study, qtbot: QtBot) -> None:
    read, model = study.read(), RecordModel()
    tester = QAbstractItemModelTester(model)
    model.show(read, study.teller(read.plan), study.articles["New"].uid)
    choices = [model.index(at).data(CHOICE_ROLE) for at in range(model.rowCount())]
    assert sorted((one.label, one.detail, one.icon) for one in choices if isinstance(one, Choice)) == [
        ("Ben’s progress and memo", "changed", "edit"),
        ("Link speaker: “The talks go on,” → “Peskov”", "new", "add"),
        ("Quote “The talks go on,”", "new", "add"),
        ("Speaker “Peskov”", "new", "add"),
    ]
    spoken = {model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())}
    assert "new: Speaker “Peskov”" in spoken
    model.show(read, study.teller(read.plan), "")
    assert model.rowCount() == 0
    del tester
