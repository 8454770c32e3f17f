"""The backups of a project as a table: when, how far the work was, how large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from annotator.project.backups import Backup
from annotator.ui.widgets.moments import shown_moment

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_HEADS = (
    QT_TRANSLATE_NOOP("backups", "Made"),
    QT_TRANSLATE_NOOP("backups", "Steps of work"),
    QT_TRANSLATE_NOOP("backups", "Size"),
)


def local_time(backup: Backup) -> str:
    """Return when a backup was made, in the person's own time."""
    moment = QDateTime.fromSecsSinceEpoch(int(backup.time.timestamp()))
    return shown_moment(moment, QLocale())


class BackupModel(QAbstractTableModel):
    """Backups, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._backups: Sequence[Backup] = ()

    def show(self, backups: Sequence[Backup]) -> None:
        """Show other backups."""
        self.beginResetModel()
        self._backups = backups
        self.endResetModel()

    def backup(self, row: int) -> Backup | None:
        """Return the backup of a row, or None."""
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many backups there are."""
        return 0 if parent.isValid() else len(self._backups)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return time, steps and size."""
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a cell."""
        backup = self.backup(index.row())
        if backup is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(backup.path)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        locale = QLocale()
        return (
            local_time(backup), locale.toString(backup.sequence), locale.formattedDataSize(backup.size, 1)
        )[index.column()]  # fmt: skip

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return a column's name."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("backups", str(_HEADS[section]))
        return None
