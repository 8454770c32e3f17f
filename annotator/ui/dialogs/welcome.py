"""The page that is shown while no project is open."""

from __future__ import annotations

import getpass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.base.settings import Settings
from annotator.ui.actions.keys import native
from annotator.ui.actions.registry import Actions
from annotator.ui.dialogs.name_bar import NameBar
from annotator.ui.dialogs.recent import RecentProject
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.theme.polish import polish_anew
from annotator.ui.widgets.dismiss import dismiss

_WIDTH, _BUTTON_HEIGHT = 560, 44
_SUFFIX = ".annot"


def login_name() -> str:
    """Return the login's name, or nothing where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


class WelcomePage(QWidget):
    """``open_requested`` tells the path of a project, ``named`` the annotator's name at the first start."""

    open_requested = Signal(str)
    named = Signal(str)

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName(self.tr("Welcome"))
        self.setAcceptDrops(True)
        self._settings, self._actions = settings, actions
        self._icon = QLabel()
        self._name_bar = NameBar(login_name(), flush=True)
        self._recent_title = QLabel(self.tr("Recent projects"))
        self._recent_title.setProperty("heading", True)
        self._rows: list[RecentProject] = []
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._name_bar.named.connect(self._take_name)
        actions.rebuilt.connect(self._show_keys)
        self.refresh()

    # -- building -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        for part in (self._head(), self._name_bar, self._ways(), self._recent_title):
            column.addWidget(part)
            column.addSpacing(8)
        column.addLayout(self._recent)
        column.addStretch(2)
        page.setMaximumWidth(_WIDTH + 48)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = QLabel(self.tr("Annotator"))
        name.setProperty("title", True)
        what = QLabel(self.tr("Tag who says what, and where, in news articles."))
        what.setProperty("secondary", True)
        words.addWidget(name)
        words.addWidget(what)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        return head

    def _ways(self) -> QWidget:
        """Return the three ways to begin."""
        ways = QWidget()
        ways.setFixedHeight(_BUTTON_HEIGHT)
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for uid, text, icon_name in (
            ("file.sample", self.tr("Try the sample project"), "sample"),
            ("file.open", self.tr("Open project…"), "open"),
            ("file.new", self.tr("New project…"), "new-project"),
        ):
            button = QPushButton(text)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            button.setProperty("iconName", icon_name)
            button.setObjectName(f"welcome.{uid}")
            button.setAutoDefault(True)  # Enter presses the one that has the focus, outside of a dialog too
            button.clicked.connect(lambda _=False, action=uid: self._actions.run(action))
            self._buttons[uid] = button
            row.addWidget(button, 1)
        return ways

    # -- showing ------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the recent projects and the name field as the settings are now."""
        for row in self._rows:
            dismiss(row)
        paths = self._settings["recent"]
        self._rows = [RecentProject(path) for path in paths]
        for row in self._rows:
            row.opened.connect(self.open_requested)
            row.forgotten.connect(self._forget)
            self._recent.addWidget(row)
        self._recent_title.setVisible(bool(paths))
        self._name_bar.setVisible(not self._settings["annotator_name"])
        self._choose_primary("file.new" if paths else "file.sample")
        self._show_keys()
        self._tint()

    def begin(self) -> None:
        """Let the keyboard begin where somebody begins: at their name, later at the primary way."""
        if not self._name_bar.isHidden():
            self._name_bar.focus_field()
            return
        primary = next(button for button in self._buttons.values() if button.property("primary"))
        primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the focus when the page comes up."""
        super().showEvent(event)
        self.begin()

    def _choose_primary(self, chosen: str) -> None:
        """Make one way the primary one: the sample project for somebody new, a project of their own later."""
        for uid, button in self._buttons.items():
            button.setProperty("primary", uid == chosen)
            polish_anew(button)

    def _show_keys(self) -> None:
        for uid, button in self._buttons.items():
            keys = self._actions.keys_of(uid)
            button.setToolTip(native(keys[0]) if keys else "")

    def _forget(self, path: str) -> None:
        self._settings.forget_recent(path)
        self.refresh()

    def _take_name(self, name: str) -> None:
        self._settings["annotator_name"] = name
        self._name_bar.hide()
        self.begin()
        self.named.emit(name)

    def _tint(self) -> None:
        theme = current_theme()
        self._icon.setPixmap(icon("app", theme.accent).pixmap(48, 48))
        for button in self._buttons.values():
            primary = bool(button.property("primary"))
            button.setIcon(icon(button.property("iconName"), theme.accent_text if primary else None))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self._tint()

    # -- dropping -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one project file; anything else is the window's."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project."""
        path = _dropped(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.open_requested.emit(path)


def _dropped(data: QMimeData) -> str:
    """Return the path of the one project file that is dragged, or nothing."""
    paths = [url.toLocalFile() for url in data.urls()]
    return paths[0] if len(paths) == 1 and Path(paths[0]).suffix == _SUFFIX else ""
