"""A user at the real window: keys and mouse only, looked at through what the window shows and the file holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QMenu, QScrollArea, QWidget

from annotator.app import create_window
from annotator.base.settings import Settings
from annotator.base.uuid7 import uuid7
from annotator.exchange.articles import as_article, read_text
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, Annotator
from annotator.model.span import Span
from annotator.operations.articles import add_articles
from annotator.project.opening import create_project, work_as
from annotator.ui import collector
from annotator.ui.main_window import MainWindow
from annotator.ui.widgets.dismiss import keep_until_gone

NAME = "Anna"
# What a test process holds of tests gone by takes longer to look through than anything the program holds.
collector.FULL_SECONDS = float("inf")
_DIGITS = {str(n): Qt.Key(Qt.Key.Key_0 + n) for n in range(10)}
_KEYS = {
    "Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Esc": Qt.Key.Key_Escape, "Delete": Qt.Key.Key_Delete,
    "Backspace": Qt.Key.Key_Backspace, "Down": Qt.Key.Key_Down, "Up": Qt.Key.Key_Up, "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right, "F1": Qt.Key.Key_F1, "F2": Qt.Key.Key_F2, "F3": Qt.Key.Key_F3, "F6": Qt.Key.Key_F6,
    "Home": Qt.Key.Key_Home, "End": Qt.Key.Key_End, "Space": Qt.Key.Key_Space,
    "F9": Qt.Key.Key_F9, "F10": Qt.Key.Key_F10,
    "+": Qt.Key.Key_Plus, "-": Qt.Key.Key_Minus, ",": Qt.Key.Key_Comma,
}  # fmt: skip
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def project_file(folder: Path, *texts: str, codebook: str = "news") -> Path:
    """Create a project of Anna's with these articles, in their order, and return its file."""
    path = folder / "reading-group.annot"
    settings = Settings(folder / "settings")
    settings["annotator_name"] = NAME
    project = create_project(path, shipped_codebook(codebook))
    try:
        work_as(project, Annotator(settings.annotator_uid, NAME))
        add_articles(project, [as_article(read_text(text)) for text in texts])
    finally:
        project.close()
    return path


def other_annotator(name: str) -> Annotator:
    """Return somebody else."""
    return Annotator(uuid7(), name)


class User:
    """Somebody at the window; ``gestures`` counts clicks, drags and key presses (a typed text counts once)."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.gestures = 0

    @property
    def reader(self) -> QWidget:
        """The reader, found by its object name."""
        return self.part("reader")

    def part(self, name: str) -> QWidget:
        """Return a part of the window by its object name."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, f"there is no {name}"
        return found

    @property
    def text(self) -> str:
        """The text of the open article, from the file."""
        assert self.window.state.content is not None
        return self.window.state.content.text

    @property
    def annotations(self) -> list[Annotation]:
        """The open article's annotations as the file holds them, in text order."""
        project, content = self.window.state.project, self.window.state.content
        assert project is not None
        assert content is not None
        return list(project.read.annotations(content.article.uid))

    def words(self, tag: str) -> list[str]:
        """The words of all annotations of a tag, in text order."""
        codebook = self.window.state.codebook
        return [a.text for a in self.annotations if codebook.tag(a.tag_type).name == tag]

    @property
    def notice(self) -> str:
        """What the status bar last told."""
        return str(self.window.statusBar()._notice.text())  # type: ignore[attr-defined]

    @property
    def saved(self) -> str:
        """What the status bar says of saving."""
        return str(self.window.statusBar()._saved.text())  # type: ignore[attr-defined]

    # -- mouse --------------------------------------------------------------------------------------------

    def place(self, words: str, offset: int | None = None, occurrence: int = 0) -> int:
        """Return the code point in the middle of some words of the article, or ``offset`` behind their start."""
        at = -1
        for _ in range(occurrence + 1):
            at = self.text.index(words, at + 1)
        return at + (len(words) // 2 if offset is None else offset)

    def _seen(self, position: int) -> QPoint:
        self.window.desk.reader.reveal(Span(position, position + 1))
        settle()
        return self.window.desk.reader.point_of(position)

    def click(
        self,
        words: str,
        offset: int | None = None,
        occurrence: int = 0,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Click into words of the article."""
        self.gestures += 1
        place = self._seen(self.place(words, offset, occurrence))
        self._click(self.window.desk.reader.viewport(), place, button, modifiers)

    def drag(self, words: str, occurrence: int = 0, *, exact: bool = False) -> None:
        """Select words of the article with the mouse, from the left edge of the first to that behind the last."""
        self.gestures += 1
        start = self.place(words, 0, occurrence)
        self._drag(start, start + len(words), exact=exact)

    def _drag(self, start: int, stop: int, *, exact: bool) -> None:
        reader = self.window.desk.reader
        self._seen(start)
        boxes = reader.rectangles_of(Span(start, stop))
        first, last = boxes[0], boxes[-1]
        begin = QPoint(round(first.left()) + 1, round(first.center().y()))
        end = QPoint(round(last.right()), round(last.center().y()))
        shift = Qt.KeyboardModifier.ShiftModifier if exact else Qt.KeyboardModifier.NoModifier
        self.pull(reader.viewport(), begin, reader.viewport(), end, shift)

    def pull(
        self,
        start: QWidget,
        begin: QPoint,
        end: QWidget,
        goal: QPoint,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press at a place of a widget, move to a place of another in the same window, and let go there."""
        handle = start.window().windowHandle()
        assert handle is not None
        begin, goal = start.mapTo(start.window(), begin), end.mapTo(end.window(), goal)
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        QTest.mousePress(handle, left, none, begin)
        for step in range(1, 5):
            QTest.mouseMove(handle, begin + (goal - begin) * step / 4)
            settle()
        QTest.mouseRelease(handle, left, modifiers, goal)
        settle()

    def choose_in_menu(self, text: str) -> None:
        """Click on an entry of the menu that has opened."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu has opened"
        entries = [action for action in menu.actions() if action.text().replace("&", "") == text]
        assert len(entries) == 1, [action.text() for action in menu.actions()]
        assert entries[0].isEnabled()
        self.click_on(menu, menu.actionGeometry(entries[0]).center())

    def click_on(
        self,
        target: QWidget | str,
        place: QPoint | None = None,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Click on a widget of the window (or that of an object name), scrolled to where it can be seen."""
        self.gestures += 1
        widget = self.part(target) if isinstance(target, str) else target
        _scroll_to(widget)
        spot = widget.rect().center() if place is None else place
        assert widget.isVisible(), f"{widget.objectName() or widget} is not shown"
        assert widget.visibleRegion().contains(spot), f"{widget.objectName() or widget} is covered there"
        self._click(widget, spot, button, modifiers)

    def _click(
        self,
        widget: QWidget,
        spot: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Click as the platform tells of it: through the window, so that whatever lies above gets the click."""
        handle = widget.window().windowHandle()
        assert handle is not None
        QTest.mouseClick(handle, button, modifiers, widget.mapTo(widget.window(), spot))
        settle()

    def click_row(
        self, view: QAbstractItemView, index: QModelIndex, button: Qt.MouseButton = Qt.MouseButton.LeftButton
    ) -> None:
        """Click on a row of a list."""
        view.scrollTo(index)
        settle()
        self.click_on(view.viewport(), view.visualRect(index).center(), button)

    def choose(self, attribute: str, *choices: str) -> None:
        """Choose in the inspector (or Article tab): click on chips that are off, or open the list and go down it."""
        field = self.shown(f"attribute.{attribute}")
        for choice in choices:
            if isinstance(field, QComboBox):
                self.click_on(field)
                wanted = field.findData(choice)
                down = wanted - field.view().currentIndex().row()
                self.press(*["Down" if down > 0 else "Up"] * abs(down), "Enter")
            elif not field.chip(choice).isChecked():  # type: ignore[attr-defined]
                self.click_on(field.chip(choice))  # type: ignore[attr-defined]

    def fill(self, name: str, text: str, end: str = "Enter") -> None:
        """Click into a line of an object name, type over what is there, and end by a key."""
        field = self.shown(name)
        assert isinstance(field, QLineEdit)
        self.click_on(field)
        self.press("Ctrl+A")
        self.type(text)
        self.press(end)

    def click_tag(self, tag: str) -> None:
        """Click on a tag's chip in the tag bar."""
        found = self.window.state.codebook.tag_named(tag)
        assert found is not None
        self.click_on(self.window.panel.tag_bar.chip(found.uid))

    def wait(self, until: Callable[[], bool], seconds: float = 10) -> None:
        """Wait for what the window does in the background."""
        end = monotonic() + seconds
        while not until():
            assert monotonic() < end, "it did not come"
            QTest.qWait(10)
        settle()

    def shown(self, name: str) -> QWidget:
        """Return the one widget of an object name that is shown, in whatever window."""
        found = self.all_shown(name)
        assert len(found) == 1, f"{len(found)} {name} are shown"
        return found[0]

    def all_shown(self, name: str) -> list[QWidget]:
        """Return the widgets of an object name that are shown."""
        return [w for w in QApplication.allWidgets() if w.objectName() == name and w.isVisible()]

    # -- keys ---------------------------------------------------------------------------------------------

    def press(self, *combinations: str, on: QWidget | None = None) -> None:
        """Press keys one after another ("2", "Enter", "Ctrl+Z") where the focus is."""
        for combination in combinations:
            self.gestures += 1
            parts = combination.split("+") if combination != "+" else ["+"]
            parts = [*parts[:-2], "+"] if parts[-1] == "" else parts  # "Ctrl++"
            modifiers = Qt.KeyboardModifier.NoModifier
            for part in parts[:-1]:
                modifiers |= _MODIFIERS[part]
            key = _KEYS.get(parts[-1]) or _DIGITS.get(parts[-1]) or Qt.Key(ord(parts[-1].upper()))
            QTest.keyClick(on or self.focus(), key, modifiers)
            settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.gestures += 1
        for character in text:
            QTest.keyClick(self.focus(), character)
        settle()

    def focus(self) -> QWidget:
        """Return the widget that has the focus, the window without one."""
        return QApplication.focusWidget() or self.window

    # -- state --------------------------------------------------------------------------------------------

    def annotation(self, tag: str, words: str) -> Annotation:
        """Return the annotation of a tag with these words."""
        codebook = self.window.state.codebook
        found = [a for a in self.annotations if a.text == words and codebook.tag(a.tag_type).name == tag]
        assert found, f"no {tag} “{words}” among {[a.text for a in self.annotations]}"
        return found[0]


def _scroll_to(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 8)
            settle()
        parent = parent.parentWidget()


def settle() -> None:
    """Let the window do what it has to do."""
    for _ in range(4):
        QApplication.processEvents()
    active = QApplication.activeWindow()
    if active is None or not active.isVisible():
        _activate_topmost()


def _activate_topmost() -> None:
    """Do what a window manager does when a dialog has closed; the offscreen platform has none."""
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    window = QApplication.activeModalWidget() or next(iter(windows), None)
    if window is not None:
        window.activateWindow()
        QApplication.processEvents()


@contextmanager
def at_the_window(project: Path | None, settings_dir: Path) -> Iterator[User]:
    """Open the real window on a project, and close it in the end."""
    window = create_window(project, settings_dir=settings_dir)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowExposed(window)
    settle()
    try:
        yield User(window)
    finally:
        window.close()
        keep_until_gone(window)
        window.deleteLater()
        settle()
