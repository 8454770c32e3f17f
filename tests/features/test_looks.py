"""The window looks the same from its first moment on, at every size of a screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from support.user import User, at_the_window, project_file, settle

from annotator.ui.parts import shares
from annotator.ui.reader.typesetting import LEAST_MARGIN, widths
from annotator.ui.theme.fonts import article_font

TEXT = "Talks\n\n“We heard nothing,” Dmitry Peskov said.\n"


@pytest.fixture
def as_the_desktop_has_it(qapp: QApplication) -> None:
    """The application as it starts: no theme worn, and a font that is not ours."""
    qapp.setStyleSheet("")
    font = QFont(qapp.font())
    font.setPixelSize(18)
    qapp.setFont(font)


def _sizes(user: User) -> dict[QWidget, int]:
    return {part: part.fontInfo().pixelSize() for part in user.window.findChildren(QWidget)}


@pytest.mark.usefixtures("as_the_desktop_has_it")
def test_the_first_window_has_its_type_size_before_any_change_of_theme(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        before, bar = _sizes(user), user.window.menuBar().height()
        user.window.actions_.run("view.dark")
        settle()
        after = _sizes(user)
        jumped = {
            f"{type(part).__name__} {part.objectName()}": (size, after[part])
            for part, size in before.items()
            if part in after and after[part] != size
        }
        assert jumped == {}
        assert user.window.menuBar().height() == bar
        assert QApplication.font().pixelSize() == 13


def test_the_note_is_whole_while_one_types_into_it(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        user.window.resize(1024, 700)
        settle()
        user.click("heard")
        user.press("2", "N")
        note = user.part("noteField")
        assert note.hasFocus()
        assert note.visibleRegion().boundingRect() == note.rect()


def test_list_and_panel_follow_the_windows_width_until_somebody_sets_them(tmp_path: Path) -> None:
    path = project_file(tmp_path, TEXT)
    with at_the_window(path, tmp_path / "settings") as user:
        for width in (1024, 2560):
            user.window.resize(width, 700)
            settle()
            side, _, panel = user.window.splitter.widths()
            left, right = shares(width)
            least = user.window.side.minimumSizeHint().width()
            assert (side, panel) == pytest.approx((max(left, least), right), abs=4)
            user.press("Ctrl+Shift+R")
            wanted = max(panel, user.window.review.panel.minimumSizeHint().width())
            assert user.window.splitter.sizes()[2] == pytest.approx(wanted, abs=4)
            user.press("Ctrl+Shift+R")
    with at_the_window(path, tmp_path / "settings") as user:
        handle = user.window.splitter.reading.handle(1)
        user.pull(handle, handle.rect().center(), handle, handle.rect().center() + QPoint(60, 0))
        set_by_hand = user.window.splitter.widths()[0]
    with at_the_window(path, tmp_path / "settings") as user:
        assert user.window.splitter.widths()[0] == pytest.approx(set_by_hand, abs=2)


def test_in_a_small_window_the_text_comes_before_the_margin(qapp: QApplication) -> None:
    font = article_font()
    small, large = widths(520, font), widths(1400, font)
    assert small.margin == LEAST_MARGIN
    assert small.text > 400
    assert large.margin >= 230
    assert large.text >= small.text


def test_no_button_of_the_review_is_cut_in_a_small_window(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        user.window.resize(1024, 700)
        user.press("Ctrl+Shift+R")
        settle()
        shown = [button for button in user.window.review.panel.buttons.values() if button.isVisible()]
        assert len(shown) >= 5
        assert [button.text() for button in shown if button.width() < button.sizeHint().width()] == []
