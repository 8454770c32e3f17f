"""The table of people, bodies and places."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from annotator.model.entity import Entity
from annotator.ui.codebook.entity_index import Column, cell_text, coordinates_text
from annotator.ui.codebook.wording import entity_icon, entity_kind_label
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class EntityModel(QAbstractTableModel):
    """The entities that a search found, in the order of the table."""

    def __init__(self) -> None:
        super().__init__()
        self._entities: list[Entity] = []
        self._uses: Mapping[str, int] = {}
        self._rows: dict[str, int] = {}

    def show(self, entities: list[Entity], uses: Mapping[str, int]) -> None:
        """Show these; as long as they are the same ones in the same order, the selection stays."""
        before, self._uses = self._uses, uses
        if len(entities) == len(self._entities) and all(
            new.uid == old.uid for new, old in zip(entities, self._entities, strict=True)
        ):
            known, self._entities = self._entities, entities
            for at, (old, new) in enumerate(zip(known, entities, strict=True)):
                if old is not new or before.get(new.uid, 0) != uses.get(new.uid, 0):
                    self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))
            return
        self.beginResetModel()
        self._entities = entities
        self._rows = {entity.uid: at for at, entity in enumerate(entities)}
        self.endResetModel()

    def entity(self, row: int) -> Entity | None:
        """Return the entity of a row, or None."""
        return self._entities[row] if 0 <= row < len(self._entities) else None

    def row_of(self, uid: str) -> int:
        """Return where an entity stands, or -1."""
        return self._rows.get(uid, -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many entities there are."""
        return 0 if parent.isValid() else len(self._entities)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QIcon | Qt.AlignmentFlag | None:
        """Return a cell's text, the kind's icon, and what a tooltip and a screen reader say."""
        entity = self.entity(index.row()) if index.isValid() else None
        if entity is None:
            return None
        column = Column(index.column())
        text = cell_text(entity, column, self._uses.get(entity.uid, 0))
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.DecorationRole and column is Column.NAME:
            return icon(entity_icon(entity.kind), current_theme().secondary)
        if role == Qt.ItemDataRole.ToolTipRole:
            shown = coordinates_text(entity) if column is Column.PLACE else text
            return f"{text}, {entity_kind_label(entity.kind)}" if column is Column.NAME else shown
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.NAME:
            return f"{text}, {entity_kind_label(entity.kind)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.USES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """Return the columns' names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.USES else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.NAME: self.tr("Name"), Column.ALIASES: self.tr("Also called"), Column.ROLE: self.tr("Role"),
            Column.AFFILIATION: self.tr("Affiliation"), Column.PLACE: self.tr("Place"), Column.USES: self.tr("Uses"),
        }[Column(section)]  # fmt: skip
