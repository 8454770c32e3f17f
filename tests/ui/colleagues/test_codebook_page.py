from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from support.colleagues import at_work

from annotator.base.uuid7 import uuid7
from annotator.model.codebook import TagType
from annotator.ui.colleagues.codebook_page import CodebookPage
from annotator.ui.widgets.choices import CHOICE_ROLE


def test_a_codebook_that_differs_is_shown_as_a_diff(study, qtbot: QtBot) -> None:
    page, plan = CodebookPage(), study.plan()
    qtbot.addWidget(page)
    tester = QAbstractItemModelTester(page.model)
    page.show_plan(plan, study.teller(plan), "Ben")
    assert page.model.rowCount() == 1
    choice = page.model.index(0).data(CHOICE_ROLE)
    assert (choice.label, choice.detail) == ("Tag “Claim”", "different in their file")
    said = page.versions.accessibleDescription()
    assert said.startswith("Definition: Mine")
    assert "Ben’s [What can be checked" in said
    assert "stays as it is" in page._what_happens.text()
    del tester


def test_what_their_work_needs_is_decided_elsewhere(study, qtbot: QtBot) -> None:
    from support import projects

    with at_work(study.path) as copy:
        new = TagType(uuid7(), "irony", "Irony", "#123456", position=9)
        with copy.edit("Add") as edit:
            edit.add(new)
        projects.tag(copy, study.articles["Same"], "irony", "Moscow")
        claim = copy.cache.codebook.tag_named("cue")
        assert claim is not None
        with copy.edit("Define") as edit:
            edit.replace(claim, replace(claim, label="Signal"))
    page, plan = CodebookPage(), study.plan()
    qtbot.addWidget(page)
    page.show_plan(plan, study.teller(plan), "Ben")
    rows = {page.model.index(at).data(): at for at in range(page.model.rowCount())}
    row = rows["Tag “Irony”"]
    assert page.model.index(row).data(CHOICE_ROLE).icon == "warning"
    page.list.setCurrentIndex(page.model.index(row))
    assert "To decide" in page._what_happens.text()
    assert "not here" in page.versions.toPlainText()
