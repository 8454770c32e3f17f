"""Everything by the mouse alone; the reader has the focus after each gesture, so that keys go on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from support.user import User, at_the_window, project_file

from annotator.model.span import Span

TEXT = (
    "Talks\n\nKremlin spokesman Dmitry Peskov confirmed the talks.\n\n"
    + "Nothing else was said that day, though many had waited for hours in the rain.\n\n" * 30
    + "“We heard nothing,” Peskov added. Berlin said nothing.\n"
)
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        yield user
        assert user.reader.hasFocus(), "after the last gesture too"


def links(user: User) -> list[tuple[str, str, str]]:
    content = user.window.state.content
    assert content is not None
    texts = {uid: a.text for uid, a in content.annotations.items()}
    return [(texts[k.from_annotation], k.role, texts[k.to_annotation]) for k in content.links.values()]


def selected(user: User) -> str:
    annotation = user.window.state.selected
    return annotation.text if annotation is not None else ""


def test_a_chip_tags_the_selection(user: User) -> None:
    user.drag("confirmed the tal")
    user.click_tag("claim")
    assert user.words("claim") == ["confirmed the talks"]
    assert user.reader.hasFocus()
    assert user.gestures == 2


def test_a_chip_tags_the_unit_at_the_caret(user: User) -> None:
    user.click("Dmitry")
    user.click_tag("speaker")
    user.click("We heard")
    user.click_tag("quote")
    assert user.words("speaker") == ["Kremlin spokesman Dmitry Peskov"]
    assert user.words("quote") == ["“We heard nothing,”"]


def test_an_edge_is_dragged(user: User) -> None:
    user.click("Dmitry")
    user.click_tag("speaker")
    reader = user.window.desk.reader
    start = user.place("Kremlin", 0)
    before, after = reader.rectangles_of(Span(start, start + 1))[0], reader.point_of(user.place("Dmitry", 0))
    edge = QPoint(round(before.left()), round(before.center().y()))
    user.pull(reader.viewport(), edge, reader.viewport(), after)
    assert user.words("speaker") == ["Dmitry Peskov"]
    assert selected(user) == "Dmitry Peskov"


def test_a_link_is_drawn_from_the_handle(user: User) -> None:
    user.click("Peskov added", 2)
    user.click_tag("speaker")
    user.click("We heard")
    user.click_tag("quote")
    reader = user.window.desk.reader
    user.window.state.set_ghost(None)
    handle = reader.margin.handle_point()
    assert handle is not None
    place = reader.point_of(user.place("Peskov added", 2))
    user.pull(reader.margin, handle.toPoint(), reader.viewport(), place)
    assert links(user) == [("“We heard nothing,”", "speaker", "Peskov")]


def test_a_link_drawn_to_plain_words_tags_the_mention(user: User) -> None:
    user.click("We heard")
    user.click_tag("quote")
    reader = user.window.desk.reader
    handle = reader.margin.handle_point()
    assert handle is not None
    user.pull(reader.margin, handle.toPoint(), reader.viewport(), reader.point_of(user.place("Peskov added", 2)))
    assert user.words("speaker") == ["Peskov"]
    assert links(user) == [("“We heard nothing,”", "speaker", "Peskov")]


def test_a_bracket_in_the_margin_selects(user: User) -> None:
    user.click("Dmitry")
    user.click_tag("speaker")
    user.click("confirmed")
    user.click_tag("cue")
    assert selected(user) == "confirmed"
    margin = user.window.desk.reader.margin
    layout = margin.laid_out()
    speaker = user.annotation("speaker", "Kremlin spokesman Dmitry Peskov").uid
    places = [chip.rectangle for chip in layout.chips if chip.uid == speaker]
    places += [bracket.rectangle for bracket in layout.brackets if bracket.uid == speaker]
    user.click_on(margin, places[0].center().toPoint() - QPoint(0, round(user.window.desk.reader.scrolled().y())))
    assert selected(user) == "Kremlin spokesman Dmitry Peskov"
    assert user.reader.hasFocus()
    user.press("Delete")
    assert user.words("speaker") == []


def test_the_context_menu_tags_and_removes(user: User) -> None:
    user.click("Dmitry", button=RIGHT)
    user.choose_in_menu("Tag speaker")
    assert user.words("speaker") == ["Kremlin spokesman Dmitry Peskov"]
    user.click("Dmitry", button=RIGHT)
    user.choose_in_menu("Remove the tag")
    assert user.annotations == []


def test_a_row_of_the_list_selects_and_scrolls(user: User) -> None:
    user.click("Dmitry")
    user.click_tag("speaker")
    user.click("We heard")
    user.click_tag("quote")
    reader = user.window.desk.reader
    assert user.place("Dmitry") not in reader.shown_span()
    view = user.window.panel.annotation_list
    index = next(i for i in rows(user) if "Dmitry" in str(view.model().data(i, Qt.ItemDataRole.AccessibleTextRole)))
    user.click_row(view, index)
    assert selected(user) == "Kremlin spokesman Dmitry Peskov"
    assert user.place("Dmitry") in reader.shown_span()
    user.click("Dmitry")


def rows(user: User) -> list[QModelIndex]:
    model = user.window.panel.annotation_list.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def test_undo_by_the_menu(user: User) -> None:
    user.click("Dmitry")
    user.click_tag("speaker")
    bar = user.window.menuBar()
    edit = next(action for action in bar.actions() if action.text() == "&Edit")
    user.click_on(bar, bar.actionGeometry(edit).center())
    user.choose_in_menu("Undo Tag speaker")
    assert user.annotations == []


def test_the_chosen_speaker_is_taken_by_a_click_in_the_list(user: User) -> None:
    user.click("Dmitry")
    user.click_tag("speaker")
    user.click("We heard")
    user.click_tag("quote")
    user.click_on("speakerField")
    view = user.shown("typeAheadList")
    model = view.model()  # type: ignore[attr-defined]
    row = next(r for r in range(model.rowCount()) if "Dmitry" in str(model.index(r, 0).data()))
    user.click_row(view, model.index(row, 0))  # type: ignore[arg-type]
    assert links(user) == [("“We heard nothing,”", "speaker", "Kremlin spokesman Dmitry Peskov")]
