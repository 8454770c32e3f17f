from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator, Confidence
from annotator.model.entity import EntityKind
from annotator.model.span import Span
from annotator.operations import linking, tagging
from annotator.project.opening import work_as
from annotator.suggest import SpeakerProposal

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


def rows(desk) -> list[str]:
    return [row.partition("\t")[0] for row in offered(desk)]


def offered(desk) -> list[str]:
    popup = next(p for p in desk.window.findChildren(QListView, "typeAheadList") if p.isVisible())
    model = popup.model()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def speakers(desk, key: str) -> list[str]:
    content = desk.state.content
    return [content.annotations[k.to_annotation].text for k in linking.speaker_links(content, desk.now(key))]


def take_links(desk, key: str) -> None:
    for known in linking.speaker_links(desk.state.content, desk.now(key)):
        linking.unlink(desk.project, desk.state.content, known)


# -- what is shown ------------------------------------------------------------------------------------------


def test_nothing_selected_says_what_to_do(make_desk):
    desk = make_desk(tagged=False)
    inspector = desk.panel.inspector
    assert inspector.currentWidget() is inspector.empty
    assert inspector.empty.accessibleName() == "Tag the first words"
    desk.tag("cue", 32, 41)
    assert inspector.empty.accessibleName() == "Nothing selected"
    desk.state.close_article()
    assert inspector.empty.accessibleName() == "No article open"


def test_out_of_sight_it_waits_and_then_shows_what_is_selected_by_now(desk, qtbot: QtBot):
    inspector = desk.panel.inspector
    desk.window.show()
    desk.select("Q3")
    assert inspector.speaker.isVisible()
    desk.panel.hide()
    desk.select("S1")
    assert not inspector.speaker.isHidden()
    desk.panel.show()
    assert inspector.speaker.isHidden()
    assert inspector.entity.isVisible()


@pytest.mark.parametrize(
    ("key", "speaker", "entity", "coordinates"),
    [("Q3", True, False, False), ("C1", True, False, False), ("S1", False, True, False), ("L2", False, True, True),
     ("K1", False, False, False)],
)  # fmt: skip
def test_each_part_has_its_fields(desk, key: str, speaker: bool, entity: bool, coordinates: bool):
    desk.select(key)
    inspector = desk.panel.inspector
    assert inspector.speaker.isVisible() is speaker
    assert inspector.entity.isVisible() is entity
    assert inspector.entity.coordinates.isVisible() is coordinates
    assert inspector.head.type_combo.currentData() == desk.now(key).tag_type
    asked = [editor.attribute.uid for editor in inspector.attributes.editors.values()]
    assert asked == [a.uid for a in desk.state.codebook.attributes_of(desk.now(key).tag_type)]
    assert "Anna" in inspector._origin.text()


def test_the_fields_that_scripts_rely_on_are_there_once(desk):
    desk.select("Q3")
    desk.select("L2")
    for name in ("speakerField", "entityField", "noteField", "tagBar", "annotationList", "inspector"):
        assert len(desk.window.findChildren(object, name)) == 1


def test_whoever_is_linked_is_seen_from_one_annotation_to_the_next(desk, qtbot: QtBot):
    inspector = desk.panel.inspector
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    seen = []
    for key in ("Q1", "Q2", "Q3", "Q1"):
        desk.select(key)
        QApplication.processEvents()
        expected = speakers(desk, key)
        chips = inspector.speaker.chips.chips
        assert len(chips) == len(expected) and all(chip.isVisible() and chip.height() > 0 for chip in chips)
        assert inspector.speaker.chips.height() >= max((chip.height() for chip in chips), default=0)
        seen.append(len(chips))
    assert seen.count(0) < 2, "otherwise nothing is shown from one to the next"


def test_anothers_annotation_is_read_only_and_says_whose(desk):
    work_as(desk.project, Annotator(uuid7(), "Ben"))
    desk.select("Q3")
    inspector = desk.panel.inspector
    assert inspector.head.owner.text() == "Anna’s annotation: read only"
    assert not inspector.head.type_combo.isEnabled()
    assert inspector.note.isReadOnly()
    assert inspector.speaker.field.isHidden()
    assert inspector.attributes.editors and not any(e.isEnabled() for e in inspector.attributes.editors.values())
    assert not any(chip.target.removable for chip in inspector.speaker.chips.chips)
    inspector.focus_speaker()
    inspector.focus_link()
    assert len(desk.told) == 2


# -- speaker ------------------------------------------------------------------------------------------------


def test_the_speakers_are_chips_that_lead_to_the_mention_and_can_be_taken_away(desk, qtbot: QtBot):
    desk.select("Q3")
    section = desk.panel.inspector.speaker
    (chip,) = section.chips.chips
    assert chip.text() == "Dmitry Peskov"
    qtbot.mouseClick(chip, LEFT, pos=chip.cross().center())
    assert speakers(desk, "Q3") == []
    desk.project.undo()
    (chip,) = section.chips.chips
    qtbot.mouseClick(chip, LEFT, pos=QPoint(20, chip.height() // 2))
    assert desk.state.annotation == desk.by_id["S2"]
    assert desk.window.focusWidget() is desk.reader


def test_l_opens_the_list_nearest_first_and_enter_takes(desk, qtbot: QtBot):
    take_links(desk, "Q3")
    desk.select("Q3")
    desk.panel.inspector.focus_speaker()
    field = desk.panel.inspector.speaker.field
    assert desk.window.focusWidget() is field
    assert offered(desk)[:3] == ["Peskov", "reporters", "The Russian Ministry of Defence"]
    qtbot.keyClick(field, KEY.Key_Return)
    assert speakers(desk, "Q3") == ["Peskov"]
    assert desk.window.focusWidget() is desk.reader
    assert field.text() == ""


def test_typing_filters_by_words_and_by_the_entity(desk, qtbot: QtBot):
    take_links(desk, "Q4")
    desk.select("Q4")
    desk.panel.inspector.focus_speaker()
    field = desk.panel.inspector.speaker.field
    qtbot.keyClicks(field, "dmitr")
    assert offered(desk) == ["Peskov", "Kremlin spokesman Dmitry Peskov", "Create “dmitr”"]
    qtbot.keyClick(field, KEY.Key_Escape)
    assert desk.window.focusWidget() is desk.reader
    assert speakers(desk, "Q4") == []


def test_the_ghost_comes_first_and_is_taken_as_one_step(desk, qtbot: QtBot):
    quote = desk.tag("quote", 57, 85)
    desk.state.select(quote.uid)
    desk.state.set_ghost(SpeakerProposal(Span(18, 31), None, None, "Dmitry Peskov", "before"))
    field = desk.panel.inspector.speaker.field
    assert field.placeholderText() == "Dmitry Peskov? Enter takes it"
    desk.panel.inspector.focus_speaker()
    assert offered(desk)[0] == "Dmitry Peskov"
    qtbot.keyClick(field, KEY.Key_Return)
    assert speakers(desk, quote.uid) == ["Dmitry Peskov"]
    assert desk.state.ghost is None
    desk.project.undo()
    assert speakers(desk, quote.uid) == []


def test_a_ghost_that_does_not_match_what_is_typed_goes(desk, qtbot: QtBot):
    desk.select("Q4")
    desk.state.set_ghost(SpeakerProposal(Span(18, 31), None, None, "Dmitry Peskov", "before"))
    desk.panel.inspector.focus_speaker()
    qtbot.keyClicks(desk.panel.inspector.speaker.field, "report")
    assert offered(desk)[0] == "reporters"


def test_an_entity_without_a_mention_is_set_on_the_quote(desk, qtbot: QtBot):
    from annotator.operations import entities

    ushakov = entities.create(desk.project, "Yuri Ushakov", EntityKind.NAMED_PERSON)
    take_links(desk, "Q1")
    desk.select("Q1")
    desk.panel.inspector.focus_speaker()
    field = desk.panel.inspector.speaker.field
    qtbot.keyClicks(field, "ushakov")
    assert offered(desk)[0] == "Yuri Ushakov"
    qtbot.keyClick(field, KEY.Key_Return)
    assert desk.now("Q1").entity == ushakov.uid
    (chip,) = desk.panel.inspector.speaker.chips.chips
    assert chip.text() == "Yuri Ushakov"
    chip.setFocus()
    qtbot.keyClick(chip, KEY.Key_Delete)
    assert desk.now("Q1").entity is None


def test_a_new_name_that_stands_near_is_tagged_and_linked_in_one_step(desk, qtbot: QtBot):
    take_links(desk, "Q1")
    desk.select("Q1")
    before = len(desk.state.content.annotations)
    desk.panel.inspector.focus_speaker()
    field = desk.panel.inspector.speaker.field
    qtbot.keyClicks(field, "Kremlin spokesman")
    qtbot.keyClick(field, KEY.Key_End)
    assert offered(desk)[-1] == "Create “Kremlin spokesman”"
    qtbot.keyClick(field, KEY.Key_PageDown)
    qtbot.keyClick(field, KEY.Key_Return)
    assert speakers(desk, "Q1") == ["Kremlin spokesman"]
    assert len(desk.state.content.annotations) == before + 1
    made = next(a for a in desk.state.content.annotations.values() if a.text == "Kremlin spokesman")
    assert desk.project.cache.entities[made.entity].name == "Kremlin spokesman"
    desk.project.undo()
    assert len(desk.state.content.annotations) == before


def test_a_new_name_that_stands_nowhere_is_set_on_the_quote(desk, qtbot: QtBot):
    take_links(desk, "Q1")
    desk.select("Q1")
    desk.panel.inspector.focus_speaker()
    field = desk.panel.inspector.speaker.field
    qtbot.keyClicks(field, "Xavier Zorn")
    qtbot.keyClick(field, KEY.Key_PageDown)
    qtbot.keyClick(field, KEY.Key_Return)
    entity = desk.project.cache.entities[desk.now("Q1").entity]
    assert (entity.name, entity.kind) == ("Xavier Zorn", EntityKind.NAMED_PERSON)


def test_a_click_opens_the_list(desk, qtbot: QtBot):
    desk.select("Q3")
    field = desk.panel.inspector.speaker.field
    qtbot.mouseClick(field, LEFT)
    assert field.is_open()


def test_what_has_no_speaker_says_so(desk):
    desk.select("K1")
    desk.panel.inspector.focus_speaker()
    assert "Select a quote or a claim" in desk.told[-1]


# -- entity -------------------------------------------------------------------------------------------------


def test_g_starts_with_the_annotated_words_and_finds_the_entity(desk, qtbot: QtBot):
    tagging.set_entity(desk.project, desk.now("S2"), None)
    desk.select("S2")
    desk.panel.inspector.focus_entity()
    field = desk.panel.inspector.entity.field
    assert field.text() == "Peskov"
    assert field.selectedText() == "Peskov"
    assert offered(desk)[0] == "Dmitry Peskov"
    qtbot.keyClick(field, KEY.Key_Return)
    assert desk.now("S2").entity == "e-peskov"
    assert field.text() == "Dmitry Peskov"
    assert desk.window.focusWidget() is desk.reader


def test_g_on_a_quote_leads_to_its_speaker(desk):
    desk.select("Q3")
    desk.panel.inspector.focus_entity()
    assert desk.window.focusWidget() is desk.panel.inspector.speaker.field


def test_escape_puts_back_what_was_there(desk, qtbot: QtBot):
    desk.select("S2")
    desk.panel.inspector.focus_entity()
    field = desk.panel.inspector.entity.field
    qtbot.keyClicks(field, "rep")
    assert offered(desk)[0] == "reporters"
    qtbot.keyClick(field, KEY.Key_Escape)
    assert field.text() == "Dmitry Peskov"
    assert desk.now("S2").entity == "e-peskov"


def test_a_new_entity_is_made(desk, qtbot: QtBot):
    desk.select("A1")
    desk.panel.inspector.focus_entity()
    field = desk.panel.inspector.entity.field
    qtbot.keyClicks(field, "Zzz Club")
    qtbot.keyClick(field, KEY.Key_Return)
    assert desk.project.cache.entities[desk.now("A1").entity].name == "Zzz Club"


def test_the_cross_takes_the_entity_away(desk):
    desk.select("A1")
    desk.panel.inspector.entity._clear.trigger()
    assert desk.now("A1").entity is None
    assert desk.panel.inspector.entity.field.placeholderText() == "reporters"


def test_locations_are_offered_places_and_namesakes_are_told_apart(make_desk, qtbot: QtBot):
    desk = make_desk(tagged=False, text="Fire in Springfield, officials said.")
    made = desk.tag("location", 8, 19)
    desk.state.select(made.uid)
    desk.panel.inspector.focus_entity()
    found = offered(desk)
    assert len([row for row in found if row.startswith("Springfield, ")]) > 2
    assert len(found) == len(set(found))
    field = desk.panel.inspector.entity.field
    qtbot.keyClick(field, KEY.Key_Return)
    entity = desk.project.cache.entities[desk.now(made.uid).entity]
    assert entity.kind is EntityKind.PLACE
    assert entity.name == "Springfield"
    assert entity.latitude is not None
    assert desk.panel.inspector.entity.coordinates.latitude.text() == repr(entity.latitude)


def test_a_place_known_by_name_only_learns_where_it_lies(desk, qtbot: QtBot):
    desk.select("L1")
    desk.panel.inspector.focus_entity()
    field = desk.panel.inspector.entity.field
    assert offered(desk)[0] == "Russia"
    qtbot.keyClick(field, KEY.Key_Down)
    qtbot.keyClick(field, KEY.Key_Return)
    assert desk.now("L1").entity == "e-russia"
    assert desk.project.cache.entities["e-russia"].gazetteer_id


# -- coordinates --------------------------------------------------------------------------------------------


def test_coordinates_by_hand_with_comma_or_point(desk, qtbot: QtBot):
    desk.select("L3")
    row = desk.panel.inspector.entity.coordinates
    row.latitude.setFocus()
    qtbot.keyClicks(row.latitude, "51,7")
    qtbot.keyClick(row.latitude, KEY.Key_Tab)
    assert desk.project.cache.entities["e-kursk"].latitude is None  # both or neither
    assert row.longitude.property("problem")
    qtbot.keyClicks(row.longitude, "36.19")
    qtbot.keyClick(row.longitude, KEY.Key_Return)
    entity = desk.project.cache.entities["e-kursk"]
    assert (entity.latitude, entity.longitude, entity.gazetteer) == (51.7, 36.19, "manual")
    assert not row.longitude.property("problem")
    row.latitude.clear()
    row.longitude.clear()
    row.flush()
    assert desk.project.cache.entities["e-kursk"].latitude is None


def test_a_pasted_pair_fills_both_in_one_step(desk, qtbot: QtBot):
    desk.select("L3")
    row = desk.panel.inspector.entity.coordinates
    QApplication.clipboard().setText("51.19, 35.27")
    row.latitude.setFocus()
    row.latitude.paste()
    entity = desk.project.cache.entities["e-kursk"]
    assert (entity.latitude, entity.longitude) == (51.19, 35.27)
    desk.project.undo()
    assert (row.latitude.text(), row.longitude.text()) == ("", "")


def test_coordinates_make_the_place_when_there_is_none(desk, qtbot: QtBot):
    made = desk.tag("location", 310, 314)
    desk.state.select(made.uid)
    row = desk.panel.inspector.entity.coordinates
    row.longitude.setFocus()
    QApplication.clipboard().setText("-33.9 18.4")
    row.longitude.paste()
    entity = desk.project.cache.entities[desk.now(made.uid).entity]
    assert (entity.name, entity.latitude, entity.longitude) == ("that", -33.9, 18.4)


@pytest.mark.parametrize("pair", ["91.5, 10.0", "10.0, 181.0"])
def test_impossible_coordinates_are_refused_and_told(desk, pair: str):
    desk.select("L2")
    row = desk.panel.inspector.entity.coordinates
    QApplication.clipboard().setText(pair)
    row.latitude.selectAll()
    row.latitude.paste()
    assert desk.project.cache.entities["e-sudzha"].latitude == 51.19
    assert "lies between" in desk.told[-1]
    assert (row.latitude.text(), row.longitude.text()) == ("51.19", "35.27")


def test_what_is_no_number_is_told(desk, qtbot: QtBot):
    desk.select("L2")
    row = desk.panel.inspector.entity.coordinates
    row.latitude.setFocus()
    row.latitude.selectAll()
    qtbot.keyClicks(row.latitude, "north")
    qtbot.keyClick(row.latitude, KEY.Key_Return)
    assert desk.told[-1] == "“north” is no number of degrees."
    assert row.latitude.property("problem")


# -- attributes, type, note, confidence ---------------------------------------------------------------------


def test_chips_set_and_unset_a_choice_and_the_focus_goes_back(desk, qtbot: QtBot):
    desk.select("Q3")
    desk.panel.inspector.note.setFocus()
    editor = next(e for e in desk.panel.inspector.attributes.editors.values() if e.attribute.name == "medium")
    qtbot.mouseClick(editor.field.chip("writing"), LEFT)
    assert desk.value("Q3", "medium") == "writing"
    assert desk.window.focusWidget() is desk.reader
    qtbot.mouseClick(editor.field.chip("writing"), LEFT)
    assert desk.value("Q3", "medium") is None
    assert editor.field.choices() == ()
    desk.project.undo()
    assert editor.field.choices() == ("writing",)


def test_chips_by_keyboard(desk, qtbot: QtBot):
    desk.select("Q3")
    editor = next(e for e in desk.panel.inspector.attributes.editors.values() if e.attribute.name == "medium")
    editor.field.chip("speech").setFocus()
    qtbot.keyClick(desk.window.focusWidget(), KEY.Key_Right)
    assert desk.window.focusWidget() is editor.field.chip("writing")
    qtbot.keyClick(desk.window.focusWidget(), KEY.Key_Space)
    assert desk.value("Q3", "medium") == "writing"
    assert desk.window.focusWidget() is editor.field.chip("writing")
    qtbot.keyClick(desk.window.focusWidget(), KEY.Key_Escape)
    assert desk.window.focusWidget() is desk.reader


def test_a_mandatory_attribute_without_a_value_is_marked(desk):
    desk.select("Q3")
    editor = next(e for e in desk.panel.inspector.attributes.editors.values() if e.attribute.mandatory)
    assert editor._label.text() == "Type of quote"
    desk.set("Q3", "quote_type", None)
    assert editor._label.text() == "Type of quote (needed)"
    assert editor._label.property("problem")


def test_a_longer_list_of_choices_is_a_combo_box(desk):
    desk.select("C2")
    combo = next(e for e in desk.panel.inspector.attributes.editors.values() if e.attribute.name == "rating").field
    assert combo.currentText() == "not set"
    combo.setCurrentIndex(combo.findText("mostly true"))
    combo.activated.emit(combo.currentIndex())
    assert desk.value("C2", "rating") == "mostly_true"
    combo.activated.emit(0)
    assert desk.value("C2", "rating") is None


def test_a_line_of_text_is_stored_when_left_even_for_another_annotation(desk, qtbot: QtBot):
    desk.select("C2")
    line = next(e for e in desk.panel.inspector.attributes.editors.values() if e.attribute.name == "claim_text").field
    line.setFocus()
    qtbot.keyClicks(line, "Russia retook Sudzha")
    assert desk.value("C2", "claim_text") is None
    desk.select("C1")
    assert line.text() == ""
    qtbot.waitUntil(lambda: desk.value("C2", "claim_text") == "Russia retook Sudzha")
    assert desk.value("C1", "claim_text") is None


def test_retyping_tells_what_is_left_behind(desk):
    desk.select("C2")
    head = desk.panel.inspector.head
    at = head.type_combo.findText("Quote")
    head.type_combo.setCurrentIndex(at)
    head.type_combo.activated.emit(at)
    assert desk.state.codebook.tag(desk.now("C2").tag_type).label == "Quote"
    assert desk.told[-1].startswith("Left behind: Type of claim, Worth checking, Claimant's stance, about location")
    assert "quote_type" in [e.attribute.name for e in desk.panel.inspector.attributes.editors.values()]


def test_a_note_is_stored_while_typing_and_undone_as_one_visit(desk, qtbot: QtBot):
    desk.select("Q3")
    desk.panel.inspector.focus_note()
    note = desk.panel.inspector.note
    assert desk.window.focusWidget() is note
    qtbot.keyClicks(note, "Is this")
    qtbot.waitUntil(lambda: desk.now("Q3").note == "Is this", timeout=1000)
    qtbot.keyClicks(note, " direct?")
    desk.reader.setFocus()
    assert desk.now("Q3").note == "Is this direct?"
    desk.project.undo()
    assert desk.now("Q3").note == ""
    assert note.toPlainText() == ""


def test_a_note_is_not_lost_when_another_annotation_or_article_is_shown(desk, qtbot: QtBot):
    desk.select("Q3")
    note = desk.panel.inspector.note
    note.setFocus()
    qtbot.keyClicks(note, "kept")
    desk.select("Q4")
    assert note.toPlainText() == ""
    qtbot.waitUntil(lambda: desk.now("Q3").note == "kept")
    qtbot.keyClicks(note, "too")
    first, uid = desk.state.content.article.uid, desk.by_id["Q4"]
    desk.state.open_article(desk.add_article("Another text."))
    QApplication.processEvents()
    desk.state.open_article(first)
    assert desk.state.content.annotations[uid].note == "too"


def test_flush_stores_at_once(desk, qtbot: QtBot):
    desk.select("Q3")
    qtbot.keyClicks(desk.panel.inspector.note, "now")
    desk.panel.flush()
    assert desk.now("Q3").note == "now"


def test_undo_in_the_note_first_stores_what_was_typed(desk, qtbot: QtBot):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    desk.select("Q3")
    note = desk.panel.inspector.note
    note.setFocus()
    qtbot.keyClicks(note, "abc")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(note, event)
    assert desk.now("Q3").note == "abc"
    desk.project.undo()
    assert note.toPlainText() == ""


def test_confidence_is_set_and_unset(desk, qtbot: QtBot):
    desk.select("Q3")
    chips = desk.panel.inspector.confidence
    qtbot.mouseClick(chips.chip(Confidence.LOW), LEFT)
    assert desk.now("Q3").confidence is Confidence.LOW
    qtbot.mouseClick(chips.chip(Confidence.LOW), LEFT)
    assert desk.now("Q3").confidence is Confidence.UNSAID


def test_the_bin_removes_by_the_action(desk, qtbot: QtBot):
    desk.select("Q3")
    qtbot.mouseClick(desk.panel.inspector.head.remove, LEFT)
    assert desk.ran == ["tag.delete"]


# -- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["S1", "Q3"])
def test_f2_renames_the_entity_also_from_its_quote(desk, qtbot: QtBot, key: str):
    desk.select(key)
    desk.panel.inspector.rename_entity()
    field = desk.panel.inspector.rename_field
    assert field.selectedText() == "Dmitry Peskov"
    qtbot.keyClicks(field, "Dmitri S. Peskov")
    qtbot.keyClick(field, KEY.Key_Return)
    entity = desk.project.cache.entities["e-peskov"]
    assert entity.name == "Dmitri S. Peskov"
    assert entity.aliases == ("Dmitry Peskov",)
    assert not field.isVisible()
    assert desk.window.focusWidget() is desk.reader


def test_f2_then_escape_renames_nothing(desk, qtbot: QtBot):
    desk.select("S1")
    desk.panel.inspector.rename_entity()
    field = desk.panel.inspector.rename_field
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, KEY.Key_Escape)
    qtbot.keyClick(field, KEY.Key_Escape)
    assert not field.isVisible()
    assert desk.project.cache.entities["e-peskov"].name == "Dmitry Peskov"


def test_f2_without_an_entity_says_so(desk):
    desk.select("K1")
    desk.panel.inspector.rename_entity()
    assert "Nothing to rename" in desk.told[-1]


# -- links --------------------------------------------------------------------------------------------------


def test_a_row_for_each_further_role_the_rarer_ones_folded(desk):
    desk.select("C2")
    section = desk.panel.inspector.links
    assert [row.rule.role for row in section.rows] == ["content_of", "about_location", "supports", "attacks", "same_as"]
    shown = {row.rule.role: row.isVisible() for row in section.rows}
    assert shown == {"content_of": True, "about_location": True, "supports": False, "attacks": False, "same_as": False}
    desk.link("C2", "supports", "C1")
    assert all(row.isVisible() for row in section.rows)


def test_plus_offers_the_nearest_and_links(desk, qtbot: QtBot):
    desk.select("C1")
    row = next(r for r in desk.panel.inspector.links.rows if r.rule.role == "about_location")
    qtbot.mouseClick(row.plus, LEFT)
    assert offered(desk) == ["Russia", "Sudzha", "Kursk region"]
    qtbot.keyClick(row.field, KEY.Key_Return)
    assert [chip.text() for chip in row.chips.chips] == ["Russia"]
    assert row.field.isHidden()
    assert desk.window.focusWidget() is desk.reader
    (chip,) = row.chips.chips
    qtbot.mouseClick(chip, LEFT, pos=chip.cross().center())
    assert not row.chips.chips
    desk.select("Q3")
    inside = next(r for r in desk.panel.inspector.links.rows if r.rule.role == "inside")
    assert not inside.plus.isHidden()
    desk.link("Q3", "inside", "Q4")
    assert inside.plus.isHidden()


def test_a_chip_leads_to_what_it_stands_for(desk, qtbot: QtBot):
    desk.select("Q3")
    row = next(r for r in desk.panel.inspector.links.rows if r.rule.role == "cue")
    qtbot.mouseClick(row.chips.chips[0], LEFT, pos=QPoint(15, 10))
    assert desk.state.annotation == desk.by_id["K3"]
    (incoming,) = desk.panel.inspector.links.incoming.chips
    qtbot.mouseClick(incoming, LEFT, pos=QPoint(15, 10))
    assert desk.state.annotation == desk.by_id["Q3"]


def test_k_offers_every_role_and_filters_by_role_and_words(desk, qtbot: QtBot):
    desk.select("Q1")
    desk.panel.inspector.focus_link()
    field = desk.panel.inspector.links.field
    assert "Cue → told" in offered(desk)
    qtbot.keyClicks(field, "addr report")
    assert offered(desk)[0] == "Addressee → reporters"
    qtbot.keyClick(field, KEY.Key_Return)
    links = desk.state.content.links.values()
    assert [k.role for k in links if k.to_annotation == desk.by_id["A1"]] == ["addressee", "addressee"]
    assert field.isHidden()
    assert desk.window.focusWidget() is desk.reader


def test_k_where_there_are_no_roles_says_so(desk):
    desk.select("K1")
    desk.panel.inspector.focus_link()
    assert "no links" in desk.told[-1]


def test_an_opened_list_never_covers_its_field(desk):
    for key in ("Q3", "L1", "S2", "L3"):
        desk.select(key)
        desk.panel.inspector.focus_entity()
        field = desk.window.focusWidget()
        popup = next(p for p in desk.window.findChildren(QListView, "typeAheadList") if p.isVisible())
        place = field.rect().translated(field.mapTo(desk.window, QPoint()))
        assert not popup.geometry().intersects(place)
        field.close_list()


def test_the_field_to_rename_goes_with_its_annotation(desk):
    desk.select("L2")
    desk.panel.inspector.rename_entity()
    assert desk.panel.inspector.rename_field.isVisible()
    desk.select("K1")
    assert not desk.panel.inspector.rename_field.isVisible()


def test_an_imported_annotation_says_where_it_came_from(desk):
    made = desk.now("K1")
    changed = type(made)(**{**{n: getattr(made, n) for n in made.__slots__}, "origin": "brat T7"})
    with desk.project.edit("Import") as edit:
        edit.replace(made, changed)
    desk.select("K1")
    assert desk.panel.inspector._origin.text().endswith("brat T7")


def test_after_an_undo_one_goes_on_typing_where_one_was(desk, qtbot: QtBot):
    desk.select("Q3")
    note = desk.panel.inspector.note
    note.setFocus()
    qtbot.keyClicks(note, "abc")
    desk.panel.flush()
    note.clearFocus()
    note.setFocus()
    qtbot.keyClicks(note, " def")
    desk.panel.flush()
    desk.project.undo()
    assert note.toPlainText() == "abc"
    qtbot.keyClicks(note, "!")
    assert note.toPlainText() == "abc!"


def test_who_says_it_already_is_not_offered_again(desk, qtbot: QtBot):
    desk.select("Q3")
    assert speakers(desk, "Q3") == ["Peskov"]
    desk.panel.inspector.focus_speaker()
    assert "Dmitry Peskov" not in rows(desk)
