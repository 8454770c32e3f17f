"""The table of actions and their keys, as the preferences show it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont

from annotator.ui.actions.keys import clashes, effective_keys, native
from annotator.ui.actions.table import Action, Where
from annotator.ui.dialogs.ranking import score

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_HEADS = (QT_TRANSLATE_NOOP("keys", "Action"), QT_TRANSLATE_NOOP("keys", "Menu"), QT_TRANSLATE_NOOP("keys", "Keys"))
Changed = Mapping[str, list[str]]


def title_of(action: Action) -> str:
    """Return an action's title in the person's language."""
    return QCoreApplication.translate("actions", action.title)


def menu_of(action: Action) -> str:
    """Return the name of an action's menu, without its mnemonic."""
    return QCoreApplication.translate("actions", action.menu.value).replace("&", "")


def claimed_by(actions: list[Action], changed: Changed, uid: str, key: str) -> str:
    """Return the id of another action that has this key already, or nothing."""
    tried = {**changed, uid: [key]}
    for _, first, second in clashes(actions, tried):
        if uid in (first, second):
            return second if first == uid else first
    return ""


def types_text(key: str) -> bool:
    """Return whether the key alone types something, so that it cannot count in the whole window."""
    bare = key.removeprefix("Shift+")
    return len(bare) == 1 or bare in ("Space", "Return", "Backspace", "Del", "Tab", "Left", "Right", "Up", "Down",
                                      "Home", "End", "PgUp", "PgDown")  # fmt: skip


def may_have(action: Action, key: str) -> bool:
    """Return whether an action's key may be this one."""
    return action.where is not Where.WINDOW or not types_text(key)


class _Row(Struct, frozen=True):
    action: Action
    keys: tuple[str, ...]
    own: bool


class KeysModel(QAbstractTableModel):
    """Actions that are found by what was typed; those with keys of the person's own are bold."""

    def __init__(self, actions: list[Action]) -> None:
        super().__init__()
        self._actions = actions
        self._rows: list[_Row] = []

    def show(self, changed: Changed, typed: str = "") -> None:
        """Show the actions whose title, menu or keys hold what was typed."""
        self.beginResetModel()
        self._rows = [
            _Row(action, effective_keys(action, changed), action.id in changed)
            for action in self._actions
            if _found(action, effective_keys(action, changed), typed)
        ]
        self.endResetModel()

    def action(self, row: int) -> Action | None:
        """Return the action of a row, or None."""
        return self._rows[row].action if 0 <= row < len(self._rows) else None

    def row_of(self, uid: str) -> int:
        """Return an action's row, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.action.id == uid), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many actions are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return title, menu and keys."""
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QFont | None:
        """Return a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            keys = "   ".join(native(one) for one in row.keys)
            return (title_of(row.action), menu_of(row.action), keys)[index.column()]
        if role == Qt.ItemDataRole.FontRole and row.own:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return a column's name."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("keys", str(_HEADS[section]))
        return None


def _found(action: Action, keys: tuple[str, ...], typed: str) -> bool:
    wanted = typed.strip().casefold()
    if not wanted or any(wanted in native(key).casefold() for key in keys):
        return True
    points = score(wanted, f"{title_of(action)} {menu_of(action)}")
    return points is not None and points > 40 * len(wanted.split())
