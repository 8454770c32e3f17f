"""The inspector's heading: the tag type with its shape, which can be changed here, and the annotated words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook, TagType
from annotator.ui.panel import summary
from annotator.ui.panel.fields import QuietCombo
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.shapes import paint_shape

_ICON = 14


class InspectorHead(QWidget):
    """``retyped`` tells the uid of the tag type chosen; ``remove_asked`` comes from the bin."""

    retyped = Signal(str)
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: tuple[TagType, ...] = ()
        self.type_combo, self.remove = QuietCombo(self), QToolButton(self)
        self.words, self.owner = ElidedLabel(parent=self), ElidedLabel(parent=self)
        self._lay_out()
        self.type_combo.activated.connect(lambda at: self.retyped.emit(self.type_combo.itemData(at)))
        self.remove.clicked.connect(self.remove_asked)

    def show_annotation(self, annotation: Annotation, codebook: Codebook, owner: str) -> None:
        """Show an annotation; ``owner`` names somebody else whose it is, empty for one's own."""
        if codebook.tag_types != self._tags:
            self._tags = codebook.tag_types
            self._fill()
        self.type_combo.setCurrentIndex(self.type_combo.findData(annotation.tag_type))
        self.words.setText(summary.one_line(annotation.text))
        self.owner.setText(owner)
        self.owner.setVisible(bool(owner))
        self.type_combo.setEnabled(not owner)
        self.remove.setVisible(not owner)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the shapes anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "owner"):
            self.remove.setIcon(icon("remove"))
            for at, tag in enumerate(self._tags):
                self.type_combo.setItemIcon(at, shape_icon(tag, self.devicePixelRatioF()))

    def _fill(self) -> None:
        self.type_combo.clear()
        for tag in self._tags:
            self.type_combo.addItem(shape_icon(tag, self.devicePixelRatioF()), tag.label, tag.uid)

    def _lay_out(self) -> None:
        self.type_combo.setObjectName("typeCombo")
        self.type_combo.setProperty("heading", True)
        self.type_combo.setAccessibleName(self.tr("Tag"))
        self.type_combo.setToolTip(self.tr("Change the tag"))
        self.type_combo.setIconSize(QSize(_ICON, _ICON))
        self.remove.setIcon(icon("remove"))
        self.remove.setIconSize(QSize(16, 16))
        self.remove.setFixedSize(28, 28)
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setToolTip(self.tr("Remove the tag (Delete)"))
        self.remove.setAccessibleName(self.tr("Remove the tag"))
        self.owner.setProperty("secondary", True)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.type_combo, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.owner)


def shape_icon(tag: TagType, ratio: float) -> QIcon:
    """Return a tag type's shape in its colour as an icon for the theme worn now."""
    pixmap = QPixmap(round(_ICON * ratio), round(_ICON * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_shape(painter, QRectF(2, 2, _ICON - 4, _ICON - 4), tag.part, current_theme().tag(tag.colour).line)
    painter.end()
    return QIcon(pixmap)
