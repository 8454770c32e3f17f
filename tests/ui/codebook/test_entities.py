from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from annotator.base.errors import BusyError
from annotator.exchange.gazetteer import Place
from annotator.model.entity import Entity, EntityKind
from annotator.operations import entities as operations
from annotator.project import known_entities
from annotator.project import project as project_module
from annotator.project.opening import open_project
from annotator.ui.codebook import entities as entities_module
from annotator.ui.codebook.entities import EntitiesDialog
from annotator.ui.codebook.entity_index import Column
from annotator.ui.codebook.fields import Chooser
from annotator.ui.codebook.merge_dialog import MergeDialog
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets import in_steps
from annotator.ui.widgets.waiting import Waiting

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
PERSON, PLACE, BODY = EntityKind.NAMED_PERSON, EntityKind.PLACE, EntityKind.ORGANISATION
SUDZHA = Place("Sudzha", "sudzha", "city", "RU", "Russia", "Kursk", 51.19, 35.27, 6036, "485653", "PPL")
NAMESAKE = Place("Sudzha", "sudzha", "region", "RU", "Russia", "", None, None, 0, "", "ADM2")


def raising(error: Exception) -> None:
    raise error


def search(text: str) -> list[Place]:
    return [SUDZHA, NAMESAKE] if "sudzha".startswith(text.casefold()) else []


@pytest.fixture
def people(desk) -> dict[str, Entity]:
    """Add four entities; Dmitry Peskov is borne by two annotations, Sudzha by one."""
    made = {
        name: operations.create(desk.project, name, kind)
        for name, kind in (
            ("Dmitry Peskov", PERSON), ("Peskov", PERSON), ("Kremlin", BODY), ("Sudzha", PLACE)
        )
    }  # fmt: skip
    for words, name in (("Dmitry Peskov", "Dmitry Peskov"), ("Peskov told", "Dmitry Peskov"), ("Sudzha", "Sudzha")):
        tagged = desk.tag("location" if name == "Sudzha" else "speaker", words)
        with desk.project.edit("Set") as edit:
            edit.replace(tagged, replace(tagged, entity=made[name].uid))
    return made


@pytest.fixture
def dialog(desk, people, qtbot: QtBot) -> Iterator[EntitiesDialog]:
    made = opened(desk, qtbot)
    yield made
    made.reject()
    if made._proposals.work is not None:
        # Not by a loop of its own: that deletes the window, which has been closed by now, before its state is let go.
        for _ in range(20):
            QApplication.processEvents()
            time.sleep(0.001)


def opened(desk, qtbot: QtBot) -> EntitiesDialog:
    dialog = EntitiesDialog(desk.window, desk.state, search)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.activateWindow()
    return dialog


def click(button) -> None:
    QTest.mouseClick(button, LEFT)


def enter(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)


def stored(desk, people, name: str) -> Entity:
    return desk.project.cache.entities[people[name].uid]


def shown(dialog: EntitiesDialog) -> list[str]:
    rows = dialog.table.rows
    return [rows.data(rows.index(at, Column.NAME)) for at in range(rows.rowCount())]


# -- the table --------------------------------------------------------------------------------------------


def test_all_are_listed_by_name_with_the_first_one_shown(dialog):
    assert shown(dialog) == ["Dmitry Peskov", "Kremlin", "Peskov", "Sudzha"]
    assert dialog.form.name.text() == "Dmitry Peskov"
    assert dialog.count.text() == "4 people, bodies and places"


def test_a_search_narrows_and_escape_widens(dialog, qtbot):
    QTest.keyClicks(dialog.search, "pesk")
    qtbot.waitUntil(lambda: shown(dialog) == ["Dmitry Peskov", "Peskov"])
    assert dialog.count.text() == "2 of 4"
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert len(shown(dialog)) == 4
    assert dialog.isVisible()


def test_nothing_found_says_so(dialog, qtbot):
    QTest.keyClicks(dialog.search, "zzzz")
    qtbot.waitUntil(lambda: shown(dialog) == [])
    assert dialog._nothing.accessibleName() == "Nobody of that name"
    assert not dialog.merge.isEnabled() and not dialog.remove.isEnabled()


def test_kinds_narrow(dialog):
    chips = {chip.accessibleName(): chip for chip in dialog.kinds.chips}
    click(chips["Places"])
    assert shown(dialog) == ["Sudzha"]
    click(chips["Organisations"])
    assert shown(dialog) == ["Kremlin", "Sudzha"]
    click(chips["Places"])
    click(chips["Organisations"])
    assert len(shown(dialog)) == 4


def test_a_click_on_a_column_sorts_and_the_selection_stays(dialog, people):
    dialog.select(people["Kremlin"].uid)
    header = dialog.table.horizontalHeader()
    spot = header.viewport().rect().topLeft()
    for column, first in ((Column.USES, "Dmitry Peskov"), (Column.USES, "Kremlin"), (Column.NAME, "Dmitry Peskov")):
        spot.setX(header.sectionViewportPosition(column) + 12)
        spot.setY(10)
        QTest.mouseClick(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
        assert shown(dialog)[0] == first
        assert [entity.name for entity in dialog.selected()] == ["Kremlin"]


# -- the form ---------------------------------------------------------------------------------------------


def test_a_rename_keeps_the_old_name_and_can_be_undone_from_the_field(dialog, desk, people):
    enter(dialog.form.name, "Dmitri Peskov")
    assert stored(desk, people, "Dmitry Peskov").name == "Dmitri Peskov"
    assert stored(desk, people, "Dmitry Peskov").aliases == ("Dmitry Peskov",)
    assert len(dialog.form.aliases.chips) == 1
    assert dialog.undo.text() == "Undo: Rename entity"
    QTest.keyClick(dialog.form.name, Qt.Key.Key_Z, CTRL)
    assert dialog.form.name.text() == "Dmitry Peskov"
    assert not dialog.undo.isVisible()
    QTest.keyClick(dialog.form.name, Qt.Key.Key_Z, CTRL)
    assert len(desk.project.cache.entities) == 4
    QTest.keyClick(dialog.form.name, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert dialog.form.name.text() == "Dmitri Peskov"


def test_an_empty_name_is_put_back(dialog, desk, people):
    enter(dialog.form.name, "")
    assert dialog.form.name.text() == "Dmitry Peskov"
    assert stored(desk, people, "Dmitry Peskov") == people["Dmitry Peskov"]


def test_other_names_come_and_go(dialog, desk, people):
    field = dialog.form.aliases.field
    QTest.keyClicks(field, "Peskow")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Dmitry Peskov")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stored(desk, people, "Dmitry Peskov").aliases == ("Peskow",)
    click(dialog.form.aliases.chips[0].cross)
    assert stored(desk, people, "Dmitry Peskov").aliases == ()


def test_role_affiliation_kind_and_note_are_committed(dialog, desk, people):
    enter(dialog.form.role, "spokesman")
    enter(dialog.form.affiliation, "Kremlin ")
    dialog.form.note.setFocus()
    QTest.keyClicks(dialog.form.note, "since 2012")
    dialog.form.kind.setFocus()
    pick(dialog.form.kind, EntityKind.UNKNOWN)
    after = stored(desk, people, "Dmitry Peskov")
    assert (after.role, after.affiliation, after.note, after.kind) == (
        "spokesman", "Kremlin", "since 2012", EntityKind.UNKNOWN
    )  # fmt: skip


def pick(combo: Chooser, data: object) -> None:
    wanted = next(at for at in range(combo.count()) if combo._shown[at][0] == data)
    while combo.currentIndex() != wanted:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < wanted else Qt.Key.Key_Up)


def test_a_wikidata_id_is_checked(dialog, desk, people):
    enter(dialog.form.wikidata, "Peskov")
    assert dialog.form._wikidata.advice.text() == "An id such as Q123"
    assert dialog.form.wikidata.property("problem")
    assert stored(desk, people, "Dmitry Peskov").wikidata == ""
    enter(dialog.form.wikidata, "https://www.wikidata.org/wiki/q3366271")
    assert stored(desk, people, "Dmitry Peskov").wikidata == "Q3366271"
    assert dialog.form._wikidata.advice.text() == ""


def test_what_was_typed_is_kept_when_another_is_selected(dialog, desk, people):
    dialog.form.role.setFocus()
    QTest.keyClicks(dialog.form.role, "spokesman")
    dialog.select(people["Kremlin"].uid)
    assert stored(desk, people, "Dmitry Peskov").role == "spokesman"
    assert dialog.form.name.text() == "Kremlin"
    assert dialog.form.role.text() == ""
    dialog.form.role.setFocus()
    QTest.keyClicks(dialog.form.role, "seat")
    dialog.reject()
    assert stored(desk, people, "Kremlin").role == "seat"


# -- places -----------------------------------------------------------------------------------------------


def test_a_place_is_taken_from_the_gazetteer(dialog, desk, people):
    assert not dialog.form.place.isVisible()
    dialog.select(people["Sudzha"].uid)
    assert dialog.form.place.isVisible() and not dialog.form.role.isVisible()
    picker = dialog.form.place.picker
    picker.setFocus()
    QTest.keyClicks(picker, "sud")
    QTest.keyClick(picker, Qt.Key.Key_Return)
    after = stored(desk, people, "Sudzha")
    assert (after.latitude, after.longitude, after.gazetteer, after.gazetteer_id) == (
        51.19,
        35.27,
        "geonames",
        "485653",
    )
    assert (after.country, after.admin1, after.feature_class) == ("RU", "Kursk", "PPL")
    assert dialog.form.place._picker.advice.text() == "GeoNames 485653"
    assert picker.text() == ""
    click(dialog.form.place.clear_button)
    assert stored(desk, people, "Sudzha") == people["Sudzha"]
    assert not dialog.form.place.clear_button.isEnabled()


def test_a_pasted_pair_fills_both_fields(dialog, desk, people):
    dialog.select(people["Sudzha"].uid)
    QApplication.clipboard().setText("51.19° N, 35.27° E")
    dialog.form.place.latitude.setFocus()
    QTest.keyClick(dialog.form.place.latitude, Qt.Key.Key_V, CTRL)
    after = stored(desk, people, "Sudzha")
    assert (after.latitude, after.longitude, after.gazetteer) == (51.19, 35.27, "manual")


def test_half_a_pair_waits_and_nonsense_is_told(dialog, desk, people):
    dialog.select(people["Sudzha"].uid)
    form = dialog.form.place
    enter(form.latitude, "51.19")
    assert form._longitude.advice.text() == "Needed too"
    assert stored(desk, people, "Sudzha").latitude is None
    enter(form.longitude, "east")
    assert form._longitude.advice.text() == "Degrees such as 51.19"
    enter(form.longitude, "235")
    assert form._longitude.advice.text() == "From −180 to 180"
    enter(form.longitude, "35.27")
    assert stored(desk, people, "Sudzha").longitude == 35.27
    assert form._longitude.advice.text() == ""
    enter(form.latitude, "")
    assert form._latitude.advice.text() == "Needed too"
    enter(form.longitude, "")
    assert stored(desk, people, "Sudzha") == people["Sudzha"]


def test_country_region_and_feature_are_edited(dialog, desk, people):
    dialog.select(people["Sudzha"].uid)
    enter(dialog.form.place.country, "ru")
    enter(dialog.form.place.admin1, "Kursk")
    enter(dialog.form.place.feature, "PPL")
    after = stored(desk, people, "Sudzha")
    assert (after.country, after.admin1, after.feature_class) == ("RU", "Kursk", "PPL")


# -- given ------------------------------------------------------------------------------------------------


def test_what_is_given_goes_with_blind_files_one_or_many_at_a_time(dialog, desk, people):
    dialog.select(people["Kremlin"].uid)
    assert not dialog.form.given.isChecked()
    dialog.form.given.click()
    assert stored(desk, people, "Kremlin").given
    dialog.table.select({people["Peskov"].uid, people["Kremlin"].uid})
    click(dialog.give)
    assert stored(desk, people, "Peskov").given and stored(desk, people, "Kremlin").given
    assert dialog.undo.text() == "Undo: Mark as given"
    dialog.table.select({people["Peskov"].uid, people["Kremlin"].uid})
    click(dialog.withhold)
    assert not any(one.given for one in desk.project.cache.entities.values())
    dialog.select(people["Kremlin"].uid)
    assert not dialog.form.given.isChecked()


# -- uses -------------------------------------------------------------------------------------------------


def test_a_click_on_a_use_goes_there(dialog, desk, people, qtbot):
    assert dialog.form._uses.title.text() == "Used in 2 annotations"
    assert dialog.form.used.rowCount() == 2
    spot = dialog.form.uses.visualRect(dialog.form.used.index(1)).center()
    with qtbot.waitSignal(dialog.open_requested) as told:
        QTest.mouseClick(dialog.form.uses.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    annotation = desk.annotations()[told.args[1]]
    assert (annotation.article, annotation.text) == (told.args[0], "Peskov told")
    assert not dialog.isVisible()


def test_uses_follow_the_project(dialog, desk, people):
    dialog.select(people["Kremlin"].uid)
    assert dialog.form._uses.title.text() == "Not used"
    tagged = desk.tag("speaker", "Kremlin")
    with desk.project.edit("Set") as edit:
        edit.replace(tagged, replace(tagged, entity=people["Kremlin"].uid))
    assert dialog.form._uses.title.text() == "Used in 1 annotation"
    assert dialog.form.used.data(dialog.form.used.index(0), Qt.ItemDataRole.ToolTipRole).endswith("“Kremlin”")


# -- merging ----------------------------------------------------------------------------------------------


def test_two_selected_are_merged_as_one_step(dialog, desk, people):
    before = dict(desk.project.cache.entities), desk.annotations()
    dialog.table.select({people["Dmitry Peskov"].uid, people["Peskov"].uid})
    assert dialog._several.accessibleName() == "2 selected"
    click(dialog.merge)
    asked = dialog.findChild(MergeDialog)
    assert asked.kept.name == "Dmitry Peskov"
    click(asked._group.button([one.name for one in asked.members].index("Peskov")))
    click(asked.merge)
    kept = stored(desk, people, "Peskov")
    assert kept.aliases == ("Dmitry Peskov",)
    assert {a.entity for a in desk.annotations().values()} == {kept.uid, people["Sudzha"].uid}
    assert dialog.form.name.text() == "Peskov"
    assert dialog.undo.text() == "Undo: Merge entities"
    click(dialog.undo)
    assert (desk.project.cache.entities, desk.annotations()) == before


def test_one_is_merged_with_another_found_by_name(dialog, desk, people):
    dialog.select(people["Peskov"].uid)
    QTest.keyClick(dialog, Qt.Key.Key_M, CTRL)
    asked = dialog.findChild(MergeDialog)
    assert not asked.merge.isEnabled()
    QTest.keyClicks(asked.field, "dmi")
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    assert asked.merge.isEnabled()
    assert asked.kept.name == "Dmitry Peskov"
    asked.add(people["Peskov"])
    assert len(asked.members) == 2
    click(asked.merge)
    assert people["Peskov"].uid not in desk.project.cache.entities
    assert stored(desk, people, "Dmitry Peskov").aliases == ("Peskov",)


def test_likely_pairs_are_proposed_and_can_be_kept_apart(dialog, desk, people, qtbot):
    qtbot.waitUntil(dialog.same.isVisible)
    assert [(pair.short.name, pair.full.name) for pair in dialog.same.pairs] == [("Peskov", "Dmitry Peskov")]
    click(dialog.same.findChild(QToolButton, "mergePair"))
    asked = dialog.findChild(MergeDialog)
    assert len(asked.members) == 2
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    click(dialog.same.findChild(QToolButton, "keepApart"))
    assert not dialog.same.isVisible()
    enter(dialog.form.role, "spokesman")
    qtbot.wait(500)
    assert not dialog.same.isVisible()


# -- removing ---------------------------------------------------------------------------------------------


def test_an_unused_one_goes_at_once(dialog, desk, people):
    dialog.select(people["Kremlin"].uid)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert people["Kremlin"].uid not in desk.project.cache.entities
    assert dialog.form.name.text() == "Peskov"


def test_a_used_one_is_asked_about_with_the_count(dialog, desk, people):
    click(dialog.remove)
    question = dialog.findChild(QMessageBox, "removeEntity")
    assert "“Dmitry Peskov”: used in 2 annotations." in question.text()
    click(next(b for b in question.findChildren(QPushButton) if b.text() == "Remove"))
    assert people["Dmitry Peskov"].uid not in desk.project.cache.entities
    assert sum(a.entity is None for a in desk.annotations().values()) == 2
    click(dialog.undo)
    assert stored(desk, people, "Dmitry Peskov") == people["Dmitry Peskov"]


def test_all_can_be_removed_and_the_empty_list_says_what_comes_here(dialog, desk):
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_A, CTRL)
    click(dialog.remove)
    question = dialog.findChild(QMessageBox, "removeEntity")
    assert "4 entries: used in 3 annotations" in question.text()
    click(next(b for b in question.findChildren(QPushButton) if b.text() == "Remove"))
    assert desk.project.cache.entities == {}
    assert dialog._nothing.accessibleName() == "Nobody yet"


# -- the rest ---------------------------------------------------------------------------------------------


def test_f2_goes_to_the_name_and_down_to_the_table(dialog):
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    assert dialog.form.name.hasFocus()
    assert dialog.form.name.selectedText() == "Dmitry Peskov"


def test_enter_in_a_field_keeps_the_dialog_open(dialog):
    enter(dialog.form.role, "spokesman")
    assert dialog.isVisible()


def test_a_read_only_project_shows_everything_and_changes_nothing(desk, people, qtbot):
    project = desk.project
    desk.state.set_project(None)
    project.close()
    desk.state.set_project(open_project(project.path, read_only=True))
    dialog = opened(desk, qtbot)
    assert len(shown(dialog)) == 4
    for part in (dialog.form.name, dialog.form.kind, dialog.form.place, dialog.merge, dialog.remove):
        assert not part.isEnabled()
    assert dialog.form.uses.isEnabled()
    assert not dialog.undo.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    click(dialog.close_button)
    assert not dialog.isVisible()


def test_many_are_read_a_part_at_a_time(desk, people, qtbot, monkeypatch):
    monkeypatch.setattr(known_entities, "_STEP", 1)
    monkeypatch.setattr(in_steps, "_AT_ONCE", 0)
    monkeypatch.setattr(entities_module, "_AT_FIRST", 0)
    desk.project.cache.clear()
    dialog = opened(desk, qtbot)
    QTest.keyClicks(dialog.search, "pes")
    assert (shown(dialog), dialog.count.text()) == ([], "")
    assert not dialog.form.isVisible()
    assert not any(button.isEnabled() for button in (dialog.merge, dialog.remove))
    assert any(label.text() == "Reading…" and label.isVisible() for label in dialog.findChildren(QLabel))
    qtbot.waitUntil(lambda: dialog.count.text() != "")
    assert shown(dialog) == ["Dmitry Peskov", "Peskov"]
    assert dialog.count.text() == "2 of 4"
    dialog.reject()


def test_what_cannot_be_read_just_now_is_told(desk, people, qtbot, monkeypatch):
    told = []
    desk.state.notice.connect(lambda text, _kind: told.append(text))
    desk.project.cache.clear()
    with monkeypatch.context() as patched:
        patched.setattr(desk.project.read, "all", lambda *_: raising(BusyError("Another program is writing.")))
        dialog = EntitiesDialog(desk.window, desk.state, search)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
    assert told == ["Another program is writing."]
    assert not dialog.isVisible()


def test_what_is_borne_very_often_changes_beside_the_window(dialog, desk, people, qtbot, monkeypatch):
    monkeypatch.setattr(project_module, "MANY", 3)
    before = stored(desk, people, "Dmitry Peskov")
    dialog._merge(people["Peskov"].uid, (before.uid,))
    assert desk.project.lent
    assert dialog.findChild(Waiting).isVisible()
    qtbot.waitUntil(lambda: not desk.project.lent and dialog.findChild(Waiting) is None)
    assert dialog.selected() == [stored(desk, people, "Peskov")]
    assert desk.project.read.entity_uses()[people["Peskov"].uid] == 2
    click(dialog.undo)
    assert desk.project.lent
    qtbot.waitUntil(lambda: not desk.project.lent)
    assert stored(desk, people, "Dmitry Peskov") == before
    dialog._merge(people["Kremlin"].uid, (people["Peskov"].uid,))
    assert not desk.project.lent, "nobody bears it"
    assert stored(desk, people, "Kremlin").aliases == ("Peskov",)


def test_it_closes_with_the_project(dialog, desk):
    project = desk.project
    desk.state.set_project(None)
    assert not dialog.isVisible()
    desk.state.set_project(project)


def test_it_is_drawn_in_every_theme_and_from_right_to_left(dialog, qapp):
    for theme in ("dark", "high_contrast", "light"):
        apply_theme(qapp, load_theme(theme))
        qapp.processEvents()
        assert not dialog.grab().isNull()
    dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not dialog.grab().isNull()


def test_the_list_of_uses_is_sound(dialog):
    tester = QAbstractItemModelTester(dialog.form.used, QAbstractItemModelTester.FailureReportingMode.Fatal)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.form.used.rowCount() == 0
    assert dialog.form.used.use(3) is None
    assert tester is not None
