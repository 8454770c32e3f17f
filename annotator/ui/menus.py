"""The menu bar, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QMenu, QMenuBar

from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Menu, Where


def keep_filled(bar: QMenuBar, actions: Actions) -> None:
    """Fill the menu bar when the actions are made anew, as by a project's tags; without a project a moment later."""
    actions.rebuilt.connect(lambda: fill_menu_bar(bar, actions))
    QTimer.singleShot(0, bar, lambda: None if bar.actions() else fill_menu_bar(bar, actions))


def fill_menu_bar(bar: QMenuBar, actions: Actions) -> None:
    """Fill the menu bar anew; actions of one group stand together, groups are parted by lines."""
    bar.clear()
    for name in Menu:
        if name is Menu.NONE:
            continue
        menu = bar.addMenu(QCoreApplication.translate("menus", name.value))
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(actions.draw_icons)
        _fill(menu, actions, name)


def _fill(menu: QMenu, actions: Actions, name: Menu) -> None:
    group = None
    for action in sorted((a for a in actions.table if a.menu is name), key=lambda a: a.group):
        if group is not None and action.group != group:
            menu.addSeparator()
        group = action.group
        if action.where is Where.WINDOW:
            menu.addAction(actions.action(action.id))
        else:
            _add_with_bare_key(menu, actions, action.id)


def _add_with_bare_key(menu: QMenu, actions: Actions, uid: str) -> None:
    """Show a bare key beside the action without making it a shortcut: it belongs to the reader and the lists.

    Qt draws what stands behind a tab as the key. The menu has an entry of its own, kept in step with the action.
    """
    action = actions.action(uid)
    entry = menu.addAction("")

    def follow() -> None:
        keys = actions.keys_of(uid)
        entry.setText(f"{action.text()}\t{keys[0]}" if keys else action.text())
        entry.setEnabled(action.isEnabled())
        entry.setIcon(action.icon())

    action.changed.connect(follow)
    entry.triggered.connect(lambda: actions.run(uid))
    follow()
