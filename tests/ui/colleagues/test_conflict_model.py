from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.model.merge_plan import Side
from annotator.ui.colleagues.conflict_model import ConflictModel
from annotator.ui.widgets.choices import CHOICE_ROLE


def test_what_is_decided_is_shown_and_the_next_open_one_found(study, qtbot: QtBot) -> None:
    plan, model = study.plan(), ConflictModel()
    tester = QAbstractItemModelTester(model)
    told: list[int] = []
    model.decided.connect(lambda: told.append(model.open))
    titles = {one.uid: one.title for one in plan.articles}
    model.show(plan.conflicts, study.teller(plan), titles, "Ben")
    assert [model.index(at).data() for at in range(2)] == ["Article “Gone”", "Quote “The talks go on,”"]
    assert model.index(1).data(Qt.ItemDataRole.ToolTipRole).endswith("changed by you and by Ben · Both")
    assert model.index(1).data(CHOICE_ROLE).icon == "warning"
    assert (model.open, model.next_open(-1), model.next_open(1)) == (2, 0, 0)
    model.decide([1], Side.THEIRS)
    assert model.index(1).data(CHOICE_ROLE).detail.startswith("Ben’s · ")
    assert (model.open, model.next_open(1)) == (1, 0)
    model.decide([0], Side.MINE)
    assert (told, model.next_open(0)) == ([1, 0], -1)
    assert model.decisions == {plan.conflicts[0].key: Side.MINE, plan.conflicts[1].key: Side.THEIRS}
    model.show(plan.conflicts[1:], study.teller(plan), titles, "Ben")
    assert model.decisions == {plan.conflicts[1].key: Side.THEIRS}
    assert model.conflict(5) is None
    del tester
