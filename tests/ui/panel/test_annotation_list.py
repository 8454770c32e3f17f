from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator, Confidence
from annotator.model.span import Span, fragments
from annotator.operations import entities, linking, tagging
from annotator.project.opening import work_as
from annotator.suggest import SpeakerProposal
from annotator.ui.panel import annotation_model
from annotator.ui.panel.annotation_model import AnnotationModel
from annotator.ui.panel.narrowing import Narrowing

LEFT = Qt.MouseButton.LeftButton


def watched(model: AnnotationModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


_ROOT = QModelIndex()


def lines(model: AnnotationModel, parent: QModelIndex = _ROOT, depth: int = 0) -> list[str]:
    found = []
    for at in range(model.rowCount(parent)):
        index = model.index(at, 0, parent)
        row = model.row(index)
        found.append("  " * depth + (f"{row.label}: " if row.label else "") + index.data())
        found += lines(model, index, depth + 1)
    return found


WORKED = [
    "the talks",
    "  Speaker: Dmitry Peskov",
    "  Cue: confirmed",
    "Russia's stance before negotiations commenced",
    "  Speaker: Dmitry Peskov",
    "  Cue: refrained from commenting on",
    "Russia",
    "“Before the talks start, and they haven’t started yet, it would be wrong to talk about it in public,”",
    "  Speaker: Dmitry Peskov",
    "  Addressee: reporters",
    "  Cue: told",
    "  Claim: they haven’t started yet",
    "that Russian forces had recaptured the town of Sudzha in the Kursk region",
    "  Speaker: Ministry of Defence",
    "  Cue: claimed",
    "  Claim: Russian forces had recaptured the town of Sudzha in the Kursk region",
    "    About location: Sudzha",
    "    About location: Kursk region",
]


def test_the_worked_passage_as_a_tree_grown_step_by_step(make_desk):
    desk = make_desk(tagged=False)
    model = desk.panel.annotation_list.annotations
    tester = watched(model)
    desk.tag_worked_passage()
    assert lines(model) == WORKED
    fresh = AnnotationModel(desk.state)
    fresh.rebuild()
    assert lines(fresh) == WORKED
    del tester


def test_undo_all_the_way_back_and_redo(make_desk):
    desk = make_desk()
    model = desk.panel.annotation_list.annotations
    tester = watched(model)
    while desk.project.undo().change_set is not None:
        fresh = AnnotationModel(desk.state)
        fresh.rebuild()
        assert lines(model) == lines(fresh)
    while desk.project.redo().change_set is not None:
        pass
    assert lines(model) == WORKED
    del tester


def test_details_name_the_entity_the_place_and_what_is_unusual(desk):
    model = desk.panel.annotation_list.annotations

    def detail(key: str) -> str:
        shown = model.shown(model.index_of(desk.by_id[key]))
        assert shown is not None
        return shown.detail

    assert detail("Q2") == "indirect · withheld"
    assert detail("L2") == "51.19, 35.27"
    assert detail("S1") == "Kremlin spokesman Dmitry Peskov"
    assert detail("C2") == "event · affirm"
    assert detail("K1") == ""


def test_an_entity_that_gets_coordinates_is_shown_at_once(desk):
    model, changed = desk.panel.annotation_list.annotations, []
    model.dataChanged.connect(lambda first, _last: changed.append(first.data()))
    desk.set("L1", "usage", "literal")
    assert model.lacking() == 1
    russia = desk.project.cache.entities["e-russia"]
    entities.update(desk.project, russia, type(russia)(**{**_fields(russia), "latitude": 60.0, "longitude": 100.0}))
    assert changed[-1] == "Russia"
    shown = model.shown(model.index_of(desk.by_id["L1"]))
    assert shown is not None
    assert shown.detail == "60, 100"
    assert model.lacking() == 0


def _fields(record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


def test_a_click_selects_and_a_selection_elsewhere_is_followed(desk, qtbot: QtBot):
    view = desk.panel.annotation_list
    index = view.annotations.index_of(desk.by_id["K3"])
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert desk.state.annotation == desk.by_id["K3"]
    told = []
    desk.state.annotation_selected.connect(told.append)
    desk.select("L2")
    assert view.annotations.row(view.currentIndex()).annotation == desk.by_id["L2"]
    assert told == [desk.by_id["L2"]]
    desk.state.select("")
    assert not view.currentIndex().isValid()


def test_a_row_that_refers_to_a_mention_selects_it_and_stays(desk, qtbot: QtBot):
    view = desk.panel.annotation_list
    quote = view.annotations.index_of(desk.by_id["Q2"])
    reference = view.annotations.index(0, 0, quote)
    assert not view.annotations.row(reference).itself
    view.scrollTo(reference)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(reference).center())
    assert desk.state.annotation == desk.by_id["S1"]
    assert view.currentIndex() == reference


def test_arrows_walk_and_bare_keys_are_the_actions(desk, qtbot: QtBot):
    view = desk.panel.annotation_list
    desk.select("Q1")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert desk.state.annotation == desk.by_id["S1"]
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_2):
        qtbot.keyClick(view, key)
    assert desk.ran == ["tag.delete", "link.accept", "tag.note", "tag.quote"]


def test_removing_the_selected_row_selects_nothing_else(desk):
    desk.select("Q1")
    selected = []
    desk.state.annotation_selected.connect(selected.append)
    tagging.remove(desk.project, [desk.now("Q1")])
    assert selected == [""]
    assert desk.state.annotation == ""
    assert "Kremlin spokesman Dmitry Peskov" not in lines(desk.panel.annotation_list.annotations)


def test_a_selected_annotation_stays_selected_while_its_row_moves(desk):
    desk.select("S2")
    view = desk.panel.annotation_list
    link = next(
        k for k in desk.state.content.links.values() if k.to_annotation == desk.by_id["S2"] and k.role == "speaker"
    )

    linking.unlink(desk.project, desk.state.content, link)
    assert desk.state.annotation == desk.by_id["S2"]
    assert view.annotations.row(view.currentIndex()).annotation == desk.by_id["S2"]


def test_to_check_shows_only_what_lacks_something_with_its_reason(desk, qtbot: QtBot):
    pane = desk.panel.pane
    assert pane.to_check.text() == "To check"
    assert not pane.to_check.isEnabled()
    made = desk.tag("quote", 57, 70)
    assert pane.to_check.text() == "To check (1)"
    qtbot.mouseClick(pane.to_check, LEFT)
    assert lines(pane.list.annotations) == ["refrained fro"]
    assert pane.list.annotations.reasons(made.uid) == "No speaker is named."
    shown = pane.list.annotations.shown(pane.list.annotations.index(0, 0))
    assert shown is not None
    assert shown.lacking
    tagging.remove(desk.project, [made])
    assert lines(pane.list.annotations) == []
    assert pane.to_check.isEnabled()
    qtbot.mouseClick(pane.to_check, LEFT)
    assert lines(pane.list.annotations) == WORKED


def test_every_lack_has_its_reason(desk):
    model = desk.panel.annotation_list.annotations
    desk.set("L1", "usage", "literal")
    claim, direct = desk.tag("claim", 42, 51), desk.tag("quote", 57, 85)
    desk.set(direct.uid, "quote_type", "direct")
    bare = desk.tag("quote", 86, 90)
    desk.set(bare.uid, "quote_type", None)
    assert model.reasons(desk.by_id["L1"]) == "A place without coordinates."
    assert model.reasons(claim.uid) == "Nobody is named who claims it."
    assert model.reasons(direct.uid) == "No speaker is named. A direct quote without quotation marks."
    assert "“Type of quote” is not set." in model.reasons(bare.uid)
    said = model.index_of(bare.uid).data(Qt.ItemDataRole.ToolTipRole)
    assert "No speaker" in said
    assert "Quote: Russ" in model.index_of(bare.uid).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_filter_looks_at_words_names_and_notes(desk, qtbot: QtBot):
    pane = desk.panel.pane
    tagging.set_note(desk.project, desk.now("K4"), "Ask about Peskov")
    pane.search.setFocus()
    qtbot.keyClicks(pane.search, "peskov")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert lines(pane.list.annotations) == ["Kremlin spokesman Dmitry Peskov", "Peskov", "claimed"]
    pane.search.clear()
    assert lines(pane.list.annotations) == WORKED


def test_types_narrow_by_the_menu(desk):
    pane = desk.panel.pane
    menu = pane.filter_menu()
    entry = next(action for action in menu.actions() if action.text() == "Location")
    entry.trigger()
    assert lines(pane.list.annotations) == ["Russia", "Sudzha", "Kursk region"]
    clear = next(action for action in pane.filter_menu().actions() if action.text() == "All types")
    clear.trigger()
    assert lines(pane.list.annotations) == WORKED


def test_sets_are_told_apart_when_there_are_several(desk):
    pane = desk.panel.pane
    assert "Mine only" not in [action.text() for action in pane.filter_menu().actions()]
    work_as(desk.project, Annotator(uuid7(), "Ben"))
    mine = desk.tag("location", 110, 121)
    assert len(lines(pane.list.annotations)) == len(WORKED) + 1
    next(a for a in pane.filter_menu().actions() if a.text() == "Mine only").trigger()
    assert lines(pane.list.annotations) == [mine.text]
    next(a for a in pane.filter_menu().actions() if a.text() == "Annotations of everybody").trigger()
    assert len(lines(pane.list.annotations)) == len(WORKED) + 1


def test_the_menu_offers_what_applies_and_unlinks(desk):
    view = desk.panel.annotation_list
    desk.select("S2")
    row = view.annotations.row(view.annotations.index_of(desk.by_id["S2"]))
    menu = view.menu(row)
    texts = [action.text() for action in menu.actions()]
    assert "Take the proposed speaker" not in texts
    assert "Remove the tag" in texts
    next(a for a in menu.actions() if a.text() == "Take the link “Speaker” away").trigger()
    assert not [
        k for k in desk.state.content.links.values() if k.role == "speaker" and k.to_annotation == row.annotation
    ]
    retype = next(a.menu() for a in menu.actions() if a.menu() is not None)
    next(a for a in retype.actions() if a.text() == "Claim").trigger()
    assert desk.ran == ["retype.claim"]


def test_an_empty_list_says_what_to_do(make_desk):
    desk = make_desk(tagged=False)
    view = desk.panel.annotation_list
    assert "No tags yet" in view._emptiness()
    view.annotations.narrow(Narrowing(words="x"))
    assert "filter" in view._emptiness()
    view.annotations.narrow(Narrowing(lacking=True))
    assert view._emptiness() == "Nothing to check here."
    view.grab()


def test_another_article_shows_its_own(desk):
    desk.state.open_article(desk.add_article("Nothing here."))
    assert lines(desk.panel.annotation_list.annotations) == []
    desk.state.close_article()
    assert lines(desk.panel.annotation_list.annotations) == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_rows_are_painted_with_their_marks(desk, qapp, mirrored: bool):
    tagging.set_note(desk.project, desk.now("Q2"), "Hm")
    tagging.set_confidence(desk.project, desk.now("Q2"), Confidence.LOW)
    view = desk.panel.annotation_list
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    index = view.annotations.index_of(desk.by_id["Q2"])
    view.scrollTo(index)
    picture = view.viewport().grab(view.visualRect(index)).toImage()
    line = desk.state.codebook.tag(desk.now("Q2").tag_type).colour
    there = [
        x
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).name().upper() == line.upper()
    ]
    assert there
    assert (sum(there) / len(there) > picture.width() / 2) is mirrored


def test_ten_thousand_annotations(make_desk, qtbot: QtBot):
    text = "word " * 12_000
    desk = make_desk(tagged=False, text=text)
    quote = desk.state.codebook.tag_named("quote")
    pattern = desk.tag("quote", 0, 4)
    many = {}
    for at in range(1, 10_001):
        uid = f"a{at:05}"
        span = Span(at * 5, at * 5 + 4)
        many[uid] = type(pattern)(**{**_fields(pattern), "uid": uid, "fragments": fragments(text, [span])})
    assert quote is not None
    desk.state.content.annotations.update(many)
    view = desk.panel.annotation_list
    start = time.perf_counter()
    view.annotations.rebuild()
    view.grab()
    reset = time.perf_counter() - start
    tester = watched(view.annotations)
    del tester
    start = time.perf_counter()
    added = desk.tag("speaker", 5, 9)
    single = time.perf_counter() - start
    assert view.annotations.index_of(added.uid).isValid()
    qtbot.waitUntil(lambda: view.annotations.lacking() == 10_001)
    assert reset < 2
    assert single < 1


def test_the_context_menu_opens_by_mouse_and_by_key(desk, qtbot: QtBot):
    view = desk.panel.annotation_list
    desk.select("Q1")
    middle = view.visualRect(view.currentIndex()).center()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        view.contextMenuEvent(QContextMenuEvent(reason, middle, view.viewport().mapToGlobal(middle)))
        menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
        assert desk.actions.action("tag.note") in menu.actions()
        menu.close()
    beyond = QPoint(5, view.viewport().height() - 1)
    desk.state.select("")
    view.annotations.narrow(Narrowing(words="nothing at all"))
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, beyond, view.mapToGlobal(beyond)))
    assert not [m for m in view.findChildren(QMenu) if m.isVisible()]


def test_a_double_click_takes_the_proposed_speaker(desk, qtbot: QtBot):
    view = desk.panel.annotation_list
    made = desk.tag("quote", 57, 85)
    desk.state.select(made.uid)
    place = view.visualRect(view.annotations.index_of(made.uid)).center()
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert desk.ran == []
    desk.state.set_ghost(SpeakerProposal(Span(18, 31), None, None, "Dmitry Peskov", "before"))
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert desk.ran == ["link.accept"]


def test_a_moved_edge_keeps_the_text_order(desk):
    model = desk.panel.annotation_list.annotations
    tester = watched(model)
    tagging.reshape(desk.project, desk.state.content, desk.now("L1"), [Span(0, 7)], "Move")
    assert lines(model)[0] == "Kremlin"
    desk.project.undo()
    assert lines(model) == WORKED
    del tester


def test_a_change_of_the_codebook_is_followed(desk):
    model = desk.panel.annotation_list.annotations
    rule = next(r for r in desk.state.codebook.link_rules if r.role == "speaker")
    with desk.project.edit("Rename") as edit:
        edit.replace(rule, type(rule)(**{**_fields(rule), "label": "Source"}))
    assert lines(model)[1] == "  Source: Dmitry Peskov"


def test_what_a_large_article_lacks_is_known_a_moment_later(make_desk, qtbot: QtBot, monkeypatch):
    monkeypatch.setattr(annotation_model, "MANY", 3)
    desk = make_desk()
    pane = desk.panel.pane
    desk.tag("quote", 57, 70)
    pane.list.annotations.rebuild()
    assert pane.list.annotations.lacking() == 0
    pane.to_check.setEnabled(True)
    pane.to_check.setChecked(True)
    qtbot.waitUntil(lambda: pane.to_check.text() == "To check (1)")
    assert lines(pane.list.annotations) == ["refrained fro"]


def test_lone_rows_stand_where_a_fresh_list_has_them(make_desk):
    desk = make_desk(tagged=False)
    model = desk.panel.annotation_list.annotations
    tester = watched(model)
    cue = next(tag.uid for tag in desk.state.codebook.tag_types if tag.name == "cue")

    def as_fresh() -> bool:
        fresh = AnnotationModel(desk.state)
        fresh.rebuild()
        same = lines(fresh) == lines(model)
        return same and all(model.index_of(uid).isValid() for uid in desk.state.content.annotations)

    made = []
    for start in (200, 40, 300, 41, 40, 100):
        made.append(tagging.tag(desk.project, desk.state.content, cue, [Span(start, start + 5 + len(made))]))
        assert as_fresh()
    for stop in (20, 21):
        before = desk.state.content.annotations[made[0].uid]
        tagging.reshape(desk.project, desk.state.content, before, [Span(10, stop)], "Move")
        assert as_fresh()
    tagging.remove(desk.project, [made[2]])
    assert as_fresh()
    for _ in range(len(made) + 3):
        desk.project.undo()
        assert as_fresh()
    assert model.rowCount() == 0
    del tester


def test_only_rows_with_something_under_them_are_unfolded(desk):
    view = desk.panel.annotation_list
    model = view.annotations
    unfolded = [index for index in model.with_children() if view.isExpanded(index)]
    assert [index.data() for index in unfolded] == [index.data() for index in model.with_children()]
    assert len(unfolded) == 5
    assert not view.isExpanded(model.index_of(desk.by_id["L1"]))
