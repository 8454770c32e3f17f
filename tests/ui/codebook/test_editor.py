from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotator.base.errors import BusyError
from annotator.exchange.codebook_file import read_codebook, shipped_codebook, write_codebook
from annotator.model.codebook import AttributeKind, Part, Unit
from annotator.model.values import value_of
from annotator.operations import codebook as operations
from annotator.operations import linking
from annotator.project import project as project_module
from annotator.project.opening import open_project
from annotator.ui.codebook.editor import CodebookEditor
from annotator.ui.codebook.removal import RemovalDialog
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme
from annotator.ui.widgets.project_undo import ProjectUndoLineEdit
from annotator.ui.widgets.waiting import Waiting

LEFT = Qt.MouseButton.LeftButton


def raising(error: Exception) -> None:
    raise error


@pytest.fixture
def editor(desk, qtbot: QtBot) -> Iterator[CodebookEditor]:
    made = opened(desk, qtbot)
    yield made
    close(made)


def opened(desk, qtbot: QtBot) -> CodebookEditor:
    editor = CodebookEditor(desk.window, desk.state)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.open()
    editor.activateWindow()
    return editor


def close(editor: CodebookEditor) -> None:
    editor.draft = editor.draft.of(editor.draft.before)
    editor.reject()


def click(button) -> None:
    QTest.mouseClick(button, LEFT)


def type_over(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    for at, line in enumerate(text.split("\n")):
        if at:
            QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, line)


def pick(combo, data: object) -> None:
    """Choose an entry by the keyboard, as somebody would."""
    combo.setFocus()
    at = next(at for at in range(combo.count()) if combo._shown[at][0] == data)
    while combo.currentIndex() != at:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < at else Qt.Key.Key_Up)


def label_of(editor: CodebookEditor) -> str:
    return editor.draft.codebook.tag(editor._current).label


def question(editor: CodebookEditor) -> RemovalDialog:
    found = editor.findChild(RemovalDialog)
    assert found is not None
    return found


# -- the story --------------------------------------------------------------------------------------------


def test_a_tag_type_is_added_used_merged_and_brought_back_by_undo(desk, qtbot):
    editor = opened(desk, qtbot)
    click(editor.add)
    QTest.keyClicks(editor.tag_page.label, "Topic")
    assert editor.tag_page.name.text() == "topic"
    editor.pages.setCurrentIndex(1)
    click(editor.attributes_page.first)
    form = editor.attributes_page.form
    QTest.keyClicks(form.label, "Field")
    pick(form.kind, AttributeKind.ONE)
    assert "needs choices" in editor.problem.text()
    assert not editor.save.isEnabled()
    for choice in ("war", "trade"):
        QTest.keyClicks(form.choices.field, choice)
        QTest.keyClick(form.choices.field, Qt.Key.Key_Return)
    pick(form.preset, "trade")
    assert editor.problem.text() == ""
    click(editor.save)
    assert not editor.isVisible()
    assert desk.told[-1] == ("Codebook saved. Undo takes it back.", "info")

    topic = desk.tag_type("topic")
    field = desk.project.cache.codebook.attribute_named(topic.uid, "field")
    assert (topic.label, topic.key, field.choices, field.default) == ("Topic", "6", ("war", "trade"), "trade")
    tagged = desk.tag("topic", "the talks")
    desk.tag("topic", "Sudzha")
    assert value_of(tagged.values, field.uid) == "trade"
    before = desk.project.cache.codebook, desk.annotations()

    editor = opened(desk, qtbot)
    editor.tags.setFocus()
    QTest.keyClick(editor.tags, Qt.Key.Key_End)
    QTest.keyClick(editor.tags, Qt.Key.Key_Up)
    assert label_of(editor) == "Topic"
    click(editor.merge)
    asked = question(editor)
    assert "2 annotations" in " ".join(label.text() for label in asked.findChildren(type(editor.problem).__base__))
    pick(asked.target, desk.tag_type("claim").uid)
    assert asked.accept_button.text() == "Merge into Claim"
    click(asked.accept_button)
    assert label_of(editor) == "Claim"
    click(editor.save)
    assert desk.told[-1] == ("Codebook saved: 2 annotations re-tagged. Undo takes it back.", "info")
    after = desk.annotations()[tagged.uid]
    assert after.tag_type == desk.tag_type("claim").uid
    assert value_of(after.values, field.uid) == "trade"
    assert desk.project.cache.codebook.tag_named("topic") is None

    desk.project.undo()
    assert (desk.project.cache.codebook, desk.annotations()) == before
    desk.project.redo()
    assert desk.annotations()[tagged.uid] == after


# -- the form ---------------------------------------------------------------------------------------------


def test_everything_of_a_tag_type_can_be_edited(editor):
    page = editor.tag_page
    type_over(page.label, "Source")
    type_over(page.name, "source")
    pick(page.key, "7")
    pick(page.part, Part.OTHER)
    pick(page.unit, Unit.SENTENCE)
    QTest.keyClick(page.auxiliary, Qt.Key.Key_Space)
    type_over(page.definition, "Who says it")
    type_over(page.examples, "one\n\n two")
    tag = editor.draft.codebook.tag_types[0]
    assert (tag.label, tag.name, tag.key, tag.part, tag.unit, tag.auxiliary, tag.definition, tag.examples) == (
        "Source", "source", "7", Part.OTHER, Unit.SENTENCE, True, "Who says it", ("one", "two")
    )  # fmt: skip
    assert page._name.advice.text() == "Was “speaker”: exports made from now on use the new name."
    assert "nothing proposed" in page._part.advice.text()
    assert page.examples.toPlainText() == "one\n\n two"
    assert editor.save.isEnabled()


def test_a_clash_of_keys_is_told_at_once_and_saving_waits(editor):
    assert editor.problem.text() == "Nothing is changed so far."
    assert not editor.save.isEnabled()
    pick(editor.tag_page.key, "2")
    assert editor.tag_page._key.advice.text() == "“Quote” has this key already."
    assert editor.problem.text() == "The key “2” is there twice."
    assert [editor.tags.rows.entry(at).wrong for at in range(6)] == [True, True, False, False, False, False]
    assert not editor.save.isEnabled()
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editor.isVisible()
    pick(editor.tag_page.key, "")
    assert editor.save.isEnabled()


def test_colours_too_alike_or_too_pale_are_told(editor):
    page = editor.tag_page
    page.colour.colour_changed.emit("#00805F")
    assert page._colour.advice.text() == "Hard to tell from “Quote” for some eyes."
    page.colour.colour_changed.emit("#FFEE99")
    assert "Too pale" in page._colour.advice.text()


def test_several_problems_are_told_in_one_line(editor):
    type_over(editor.tag_page.label, " ")
    pick(editor.tag_page.key, "2")
    assert editor.problem.text() == "“speaker” needs a label. (and 1 more)"


def test_enter_in_a_field_does_not_save(editor):
    type_over(editor.tag_page.label, "Source")
    QTest.keyClick(editor.tag_page.label, Qt.Key.Key_Return)
    assert editor.isVisible()
    QTest.keyClick(editor.tag_page.label, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not editor.isVisible()


# -- undo within the editor -------------------------------------------------------------------------------


def test_undo_takes_back_words_not_letters(editor):
    type_over(editor.tag_page.label, "Source")
    type_over(editor.tag_page.name, "src")
    QTest.keyClick(editor.tag_page.name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (editor.tag_page.label.text(), editor.tag_page.name.text()) == ("Source", "speaker")
    QTest.keyClick(editor.tag_page.name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.tag_page.label.text() == "Speaker"
    assert not editor.draft.changed
    editor.undo()
    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(editor.tag_page.name, Qt.Key.Key_Z, redo)
    assert editor.tag_page.label.text() == "Source"


# -- order and removal ------------------------------------------------------------------------------------


def test_tag_types_move_by_button_key_and_mouse(editor):
    names = lambda: [tag.name for tag in editor.draft.codebook.tag_types]  # noqa: E731
    click(editor.down)
    assert names()[:2] == ["quote", "speaker"]
    editor.tags.setFocus()
    QTest.keyClick(editor.tags, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert names()[0] == "speaker"
    drop(editor, editor.tags.visualRect(editor.tags.rows.index(2)).center() + type(editor.pos())(0, 8))
    assert names() == ["quote", "location", "speaker", "claim", "cue"]
    drop(editor, editor.tags.viewport().rect().bottomLeft())
    assert names()[-1] == "speaker"
    assert not editor.down.isEnabled()
    drop(editor, editor.tags.visualRect(editor.tags.rows.index(0)).topLeft())
    assert names()[0] == "speaker"


def drop(editor: CodebookEditor, at) -> None:
    """Let go of the row that is current, as the end of a drag does."""

    class FromList(QDropEvent):
        def source(self):
            return editor.tags

    event = FromList(QPointF(at), Qt.DropAction.MoveAction, QMimeData(), LEFT, Qt.KeyboardModifier.NoModifier)
    editor.tags.dropEvent(event)


def test_articles_are_neither_moved_nor_removed(editor):
    editor.tags.setFocus()
    QTest.keyClick(editor.tags, Qt.Key.Key_End)
    before = editor.draft
    for button in (editor.up, editor.down, editor.remove, editor.merge):
        assert not button.isEnabled()
    QTest.keyClick(editor.tags, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft == before
    assert not editor.pages.isTabVisible(0) and not editor.pages.isTabVisible(2)
    assert editor.attributes_page.model.rowCount() == 2


def test_an_unused_tag_type_goes_without_a_question(editor):
    editor.show_entry(editor.draft.codebook.tag_types[4].uid)
    click(editor.remove)
    assert len(editor.draft.codebook.tag_types) == 4
    assert label_of(editor) == "Claim"


def test_a_used_tag_type_asks_and_its_annotations_can_go_for_good(desk, qtbot):
    speaker, quote = desk.tag("speaker", "Dmitry Peskov"), desk.tag("quote", "the talks")
    desk.state.open_article(quote.article)
    linking.link(desk.project, desk.state.content, quote, speaker, "speaker")
    editor = opened(desk, qtbot)
    click(editor.remove)
    asked = question(editor)
    assert asked.accept_button.text() == "Remove and re-tag"
    click(asked.drop)
    assert asked.accept_button.text() == "Remove with annotations"
    assert asked.accept_button.property("destructive")
    click(asked.accept_button)
    click(editor.save)
    assert desk.told[-1][0] == "Codebook saved: 1 annotation removed. Undo takes it back."
    assert set(desk.annotations()) == {quote.uid}
    desk.project.undo()
    assert set(desk.annotations()) == {quote.uid, speaker.uid}


def test_the_question_can_be_left(desk, qtbot):
    desk.tag("speaker", "Dmitry Peskov")
    editor = opened(desk, qtbot)
    click(editor.remove)
    QTest.keyClick(question(editor), Qt.Key.Key_Escape)
    assert not editor.draft.changed
    close(editor)


def test_what_changes_very_much_is_saved_beside_the_window(desk, qtbot, monkeypatch):
    monkeypatch.setattr(project_module, "MANY", 2)
    speaker, other = desk.tag("speaker", "Dmitry Peskov"), desk.tag("speaker", "the talks")
    quote = desk.tag("quote", "the talks")
    editor = opened(desk, qtbot)
    click(editor.remove)
    click(question(editor).drop)
    click(question(editor).accept_button)
    click(editor.save)
    (waiting,) = editor.findChildren(Waiting)
    assert desk.project.lent and waiting.isVisible() and editor.isVisible()
    QTest.keyClick(waiting, Qt.Key.Key_Escape)
    assert waiting.isVisible()
    qtbot.waitUntil(lambda: not desk.project.lent and not editor.isVisible())
    qtbot.waitUntil(lambda: not editor.findChildren(Waiting))
    assert desk.told[-1][0] == "Codebook saved: 2 annotations removed. Undo takes it back."
    assert set(desk.annotations()) == {quote.uid}
    desk.project.undo()
    assert set(desk.annotations()) == {quote.uid, speaker.uid, other.uid}


def test_what_is_only_said_of_an_attribute_is_saved_at_once(desk, qtbot, monkeypatch):
    monkeypatch.setattr(project_module, "MANY", 1)
    desk.tag("quote", "the talks")
    editor = opened(desk, qtbot)
    editor.show_entry(desk.tag_type("quote").uid)
    type_over(editor.tag_page.label, "Said")
    click(editor.save)
    assert not editor.findChildren(Waiting)
    assert desk.told[-1][0] == "Codebook saved. Undo takes it back."


def test_what_cannot_be_saved_beside_the_window_is_told(desk, qtbot, monkeypatch):
    monkeypatch.setattr(project_module, "MANY", 1)
    desk.tag("speaker", "Dmitry Peskov")
    editor = opened(desk, qtbot)
    click(editor.remove)
    click(question(editor).drop)
    click(question(editor).accept_button)
    monkeypatch.setattr(operations, "save", lambda *_, **__: raising(BusyError("Another program is writing.")))
    click(editor.save)
    qtbot.waitUntil(lambda: not desk.project.lent)
    assert desk.told[-1] == ("Another program is writing.", "warning")
    assert editor.isVisible() and editor.draft.changed
    assert len(desk.annotations()) == 1
    close(editor)


# -- attributes and links ---------------------------------------------------------------------------------


def test_a_reworded_choice_takes_stored_values_along(desk, qtbot):
    quote = desk.tag("quote", "the talks")
    medium = desk.project.cache.codebook.attribute_named(quote.tag_type, "medium")
    editor = opened(desk, qtbot)
    editor.show_entry(quote.tag_type)
    editor.pages.setCurrentIndex(1)
    page = editor.attributes_page
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    choices = page.form.choices
    choices.list.setFocus()
    choices.list.setCurrentIndex(choices.model.index(0))
    QTest.keyClick(choices.list, Qt.Key.Key_F2)
    line = choices.list.findChild(ProjectUndoLineEdit)
    type_over(line, "oral")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: choices.model.choices == ("oral", "writing", "thought"))
    click(editor.save)
    assert desk.told[-1][0] == "Codebook saved: values of 1 annotation adjusted. Undo takes it back."
    assert value_of(desk.annotations()[quote.uid].values, medium.uid) == "oral"


def test_choices_move_and_go_by_key(editor):
    editor.show_entry(editor.draft.codebook.tag_types[1].uid)
    editor.pages.setCurrentIndex(1)
    choices = editor.attributes_page.form.choices
    choices.list.setFocus()
    QTest.keyClick(choices.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert choices.model.choices == ("indirect", "direct", "mixed")
    click(choices.down)
    assert choices.model.choices == ("indirect", "mixed", "direct")
    assert not choices.down.isEnabled()
    click(choices.up)
    QTest.keyClick(choices.list, Qt.Key.Key_Delete)
    assert choices.model.choices == ("indirect", "mixed")
    click(choices.remove)
    click(choices.remove)
    assert not choices.remove.isEnabled()
    assert editor.attributes_page.form._choices.advice.text() == "It needs at least one choice."
    assert not choices.model.setData(choices.model.index(0), "")


def test_attributes_are_edited_moved_and_removed(editor):
    editor.show_entry(editor.draft.codebook.tag_types[1].uid)
    editor.pages.setCurrentIndex(1)
    page, form = editor.attributes_page, editor.attributes_page.form
    type_over(form.name, "medium")
    assert form._name.advice.text() == "Was “quote_type”: renames the column in exports."
    assert editor.problem.text() == "The attribute “medium” is there twice."
    type_over(form.name, "kind")
    QTest.keyClick(form.mandatory, Qt.Key.Key_Space)
    type_over(form.definition, "What kind")
    pick(form.kind, AttributeKind.DATE)
    assert "do not fit" in form._kind.advice.text()
    type_over(form.default, "soon")
    assert form.default.property("problem")
    assert "must be a date" in editor.problem.text()
    type_over(form.default, "2025-03")
    assert not form.default.property("problem")
    one = editor.draft.result.attributes_of(editor._current)[0]
    assert (one.name, one.mandatory, one.definition, one.default) == ("kind", False, "What kind", "2025-03")
    click(page.down)
    assert page.current() == one.uid
    assert [a.name for a in page.model.attributes] == ["medium", "kind", "polarity"]
    click(page.up)
    click(page.remove)
    assert [a.name for a in page.model.attributes] == ["medium", "polarity"]
    click(page.add)
    assert page.form.label.text() == "New attribute"
    assert page.model.rowCount() == 3


def test_links_are_added_edited_and_removed(editor):
    editor.pages.setCurrentIndex(2)
    page = editor.links_page
    assert page._told.text() == "Speaker is not linked to anything."
    click(page.add)
    row = next(iter(page.rows.values()))
    QTest.keyClicks(row.label, "Speaks for")
    pick(row.to_type, editor.draft.codebook.tag_types[2].uid)
    row.at_most.setFocus()
    QTest.keyClick(row.at_most, Qt.Key.Key_Up)
    QTest.keyClick(row.acyclic, Qt.Key.Key_Space)
    rule = editor.draft.result.link_rules[-1]
    assert (rule.role, rule.label, rule.at_most, rule.acyclic) == ("speaks_for", "Speaks for", 1, True)
    assert rule.to_type == editor.draft.codebook.tag_types[2].uid
    type_over(row.role, "for")
    click(page.add)
    twin = list(page.rows.values())[1]
    type_over(twin.role, "for")
    pick(twin.to_type, rule.to_type)
    assert "twice between the same tag types" in editor.problem.text()
    click(twin.remove)
    assert list(page.rows) == [rule.uid]


# -- the file ---------------------------------------------------------------------------------------------


def test_a_codebook_goes_to_a_file_and_comes_back(editor, desk, tmp_path: Path):
    path = tmp_path / "mine.toml"
    type_over(editor.tag_page.label, "Source")
    editor.file.write(path)
    assert desk.told[-1][0] == "Codebook written: mine.toml"
    assert read_codebook(path) == editor.draft.result
    editor.undo()
    editor.file.read(path)
    assert editor.tag_page.label.text() == "Source"
    assert editor.save.isEnabled()


def test_an_import_keeps_what_is_used(desk, qtbot, tmp_path: Path):
    desk.tag("claim", "Russian forces had recaptured the town")
    write_codebook(shipped_codebook("empty"), tmp_path / "empty.toml")
    editor = opened(desk, qtbot)
    editor.file.read(tmp_path / "empty.toml")
    names = [tag.name for tag in editor.draft.codebook.tag_types]
    assert "claim" in names and "quote" not in names
    close(editor)


def test_annotations_of_a_tag_type_are_counted(desk):
    quote = desk.tag("quote", "the talks")
    assert desk.project.read.count_tagged(quote.tag_type) == 1
    assert operations.uses(desk.project, quote.tag_type) == 1
    assert operations.uses(desk.project, desk.tag_type("claim").uid) == 0


def test_the_file_menu_asks_for_names(editor, tmp_path: Path, monkeypatch):
    path = tmp_path / "asked.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    editor.file.writing.trigger()
    assert path.exists()
    type_over(editor.tag_page.label, "Source")
    editor.file.taking.trigger()
    assert editor.tag_page.label.text() == "Speaker"


def test_a_broken_file_is_told(editor, tmp_path: Path):
    (tmp_path / "broken.toml").write_text("format = [")
    editor.file.read(tmp_path / "broken.toml")
    box = editor.findChild(QMessageBox, "codebookRefusal")
    assert "broken.toml" in box.text()
    box.close()
    editor.file.write(tmp_path / "no" / "folder.toml")
    assert not editor.draft.changed


# -- the end ----------------------------------------------------------------------------------------------


def test_closing_asks_only_when_something_changed(desk, qtbot):
    editor = opened(desk, qtbot)
    type_over(editor.tag_page.label, "Source")
    QTest.keyClick(editor.tag_page.label, Qt.Key.Key_Escape)
    box = editor.findChild(QMessageBox, "codebookDiscard")
    assert editor.isVisible() and box.isVisible()
    click(next(b for b in box.findChildren(QPushButton) if b.text() == "Keep editing"))
    assert editor.isVisible()
    click(editor.cancel)
    box = editor.findChildren(QMessageBox, "codebookDiscard")[-1]
    click(next(b for b in box.findChildren(QPushButton) if b.text() == "Close without saving"))
    assert not editor.isVisible()
    assert desk.tag_type("speaker").label == "Speaker"
    other = opened(desk, qtbot)
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert not other.isVisible()


def test_it_closes_with_the_project(editor, desk):
    project = desk.project
    type_over(editor.tag_page.label, "Source")
    desk.state.set_project(None)
    assert not editor.isVisible()
    desk.state.set_project(project)


def test_advice_takes_no_room_once_it_is_gone(editor, qapp):
    editor.show_entry(editor.draft.codebook.tag_types[3].uid)
    editor.pages.setCurrentIndex(1)
    page = editor.attributes_page
    page.list.setCurrentIndex(page.model.index(1))
    qapp.processEvents()
    choices = page.form.choices
    assert choices.height() == choices.sizeHint().height()


def test_a_refusal_keeps_the_editor_open(editor, desk, monkeypatch):
    from annotator.base.errors import RuleError

    def refuse(*_args, **_kwargs):
        raise RuleError("The file is full.")

    type_over(editor.tag_page.label, "Source")
    monkeypatch.setattr("annotator.ui.codebook.editor.operations.save", refuse)
    click(editor.save)
    assert editor.isVisible()
    assert desk.told[-1] == ("The file is full.", "warning")


def test_a_read_only_project_shows_everything_and_changes_nothing(desk, qtbot):
    path = desk.project.path
    project = desk.project
    desk.state.set_project(None)
    project.close()
    desk.state.set_project(open_project(path, read_only=True))
    editor = opened(desk, qtbot)
    assert not editor.save.isVisible()
    assert editor.cancel.text() == "Close"
    assert "reading only" in editor.problem.text()
    assert not editor.tag_page.label.isEnabled()
    for button in (editor.add, editor.remove, editor.merge, editor.down, editor.attributes_page.add):
        assert not button.isEnabled()
    assert not editor.file.taking.isEnabled() and editor.file.writing.isEnabled()
    editor.show_entry(desk.tag_type("quote").uid)
    assert not editor.attributes_page.form.label.isEnabled()
    assert not editor.links_page.rows[next(iter(editor.links_page.rows))].label.isEnabled()
    editor.save_codebook()
    click(editor.cancel)
    assert not editor.isVisible()


def test_models_are_sound(editor, qtbot):
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    editor.show_entry(editor.draft.codebook.tag_types[1].uid)
    editor.pages.setCurrentIndex(1)
    models = (editor.tags.rows, editor.attributes_page.model, editor.attributes_page.form.choices.model)
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    click(editor.add)
    click(editor.up)
    click(editor.remove)
    editor.show_entry("")
    editor.undo()
    assert len(testers) == 3


def test_it_is_drawn_in_every_theme_and_from_right_to_left(editor, qapp):
    for theme in ("dark", "high_contrast", "light"):
        apply_theme(qapp, load_theme(theme))
        qapp.processEvents()
        assert not editor.grab().isNull()
    editor.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not editor.grab().isNull()
