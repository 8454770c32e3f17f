"""The list of all keys, by menu: to search, to copy and to print."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator.ui.actions.keys import native
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Action, Menu
from annotator.ui.dialogs.keys_model import menu_of, title_of
from annotator.ui.widgets.dialog import Dialog
from annotator.ui.widgets.search_field import SearchField

Group = tuple[str, list[tuple[str, str]]]


class KeysDialog(Dialog):
    """Shows what each key does now."""

    def __init__(self, parent: QWidget | None, actions: Actions) -> None:
        super().__init__(parent, 560, 620)
        self.set_title(self.tr("Keys"))
        self.setObjectName("keysDialog")
        self._actions = actions
        self._search = SearchField(self.tr("Find a key or what it does"), delay_ms=0)
        self._list = QTextBrowser()
        self._list.setProperty("framed", True)
        self._list.setAccessibleName(self.tr("Keys"))
        self.body.addWidget(self._search)
        self.body.addWidget(self._list, 1)
        self.add_button(self.tr("Copy"), left=True).clicked.connect(self._copy)
        self.add_button(self.tr("Print…"), left=True).clicked.connect(self._print)
        self.add_button(self.tr("Close"), primary=True).clicked.connect(self.accept)
        self._search.text_changed.connect(self._show)
        self._show()
        self._search.setFocus()

    def groups(self, typed: str = "") -> list[Group]:
        """Return (menu, [(title, keys)]) of the actions that have keys and hold what was typed."""
        found: dict[str, list[tuple[str, str]]] = {}
        wanted = typed.strip().casefold()
        order = list(Menu)
        for action in sorted(self._actions.table, key=lambda one: order.index(one.menu)):
            keys = "   ".join(native(one) for one in self._actions.keys_of(action.id))
            title = title_of(action)
            if keys and wanted in f"{title} {keys}".casefold():
                found.setdefault(self._group(action), []).append((title, keys))
        return list(found.items())

    def _group(self, action: Action) -> str:
        return menu_of(action) or self.tr("Without a menu")

    def _show(self, *_: object) -> None:
        groups = self.groups(self._search.text())
        nothing = f"<p>{escape(self.tr('No key and no action has these letters.'))}</p>"
        self._list.setHtml(_html(groups) if groups else nothing)

    def _copy(self) -> None:
        lines = [f"{title}\t{keys}" for _, rows in self.groups(self._search.text()) for title, keys in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            document = QTextDocument()
            document.setHtml(f"<h2>Annotator</h2>{_html(self.groups())}")
            document.print_(printer)


def _html(groups: list[Group]) -> str:
    parts = []
    for menu, rows in groups:
        lines = "".join(
            f"<tr><td width='70%'>{escape(title)}</td><td>{escape(keys).replace(' ', '&nbsp;')}</td></tr>"
            for title, keys in rows
        )
        parts.append(f"<p><b>{escape(menu)}</b></p><table width='100%' cellpadding='3'>{lines}</table>")
    return "".join(parts)
