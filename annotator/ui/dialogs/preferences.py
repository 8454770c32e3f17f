"""The preferences: made from the table of settings, each taken over at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.base.settings import TABLE, Setting, Settings
from annotator.ui.actions.registry import Actions
from annotator.ui.dialogs.keys_page import KeysPage
from annotator.ui.dialogs.setting_field import said, setting_field
from annotator.ui.widgets.dialog import Dialog, heading, small

_LIST_WIDTH, _ROW = 148, 30


class PreferencesDialog(Dialog):
    """``changed`` tells the name of a setting that was changed, after it was stored."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None, settings: Settings, actions: Actions) -> None:
        super().__init__(parent, 760, 540)
        self.set_title(self.tr("Preferences"))
        self.setObjectName("preferences")
        self._settings = settings
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setProperty("framed", True)
        self._list.setFixedWidth(_LIST_WIDTH)
        self._pages = QStackedWidget()
        self._list.currentRowChanged.connect(self._pages.setCurrentIndex)
        for page in dict.fromkeys(setting.page for setting in TABLE if setting.label):
            self._add_page(said(page), self._page([one for one in TABLE if one.page == page and one.label]))
        self._keys = KeysPage(settings, actions)
        self._keys.changed.connect(lambda: self.changed.emit("keys"))
        self._add_page(self.tr("Keys"), self._keys)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self._list)
        row.addWidget(self._pages, 1)
        self.body.addLayout(row, 1)
        close = self.add_button(self.tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        # Enter in a field takes its value over and must not close the dialog.
        close.setDefault(False)
        close.setAutoDefault(False)
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def show_page(self, name: str) -> None:
        """Go to a page by its name."""
        for row in range(self._list.count()):
            if self._list.item(row).text() == name:
                self._list.setCurrentRow(row)

    def _add_page(self, name: str, page: QWidget) -> None:
        item = QListWidgetItem(name, self._list)
        # Measured before the style sheet is worn, a row would be too low.
        item.setSizeHint(QSize(0, _ROW))
        self._pages.addWidget(page)

    def _page(self, settings: list[Setting]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for setting in settings:
            field = setting_field(setting, self._settings, self.changed.emit)
            if not isinstance(field, QCheckBox):
                label: QLabel = heading(said(setting.label))
                label.setBuddy(field)
                column.addWidget(label)
            column.addWidget(field)
            if setting.hint:
                column.addWidget(small(said(setting.hint)))
            column.addSpacing(12)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        return scroll
