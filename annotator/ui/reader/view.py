"""The reader: the article's text with its annotations painted, and what the user points at told by signals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook
from annotator.model.span import Span
from annotator.ui.reader.content import Content, Lanes
from annotator.ui.reader.drag import EdgeDrag
from annotator.ui.reader.gutter import Gutter
from annotator.ui.reader.keys import is_navigation, zoom_step
from annotator.ui.reader.lanes import LEAST_LEFT, paint_lanes
from annotator.ui.reader.margin import Margin
from annotator.ui.reader.margin_layout import MarginLayout, View, laid_out
from annotator.ui.reader.painting import Preview, SpanPainter
from annotator.ui.reader.pointing import Outcome
from annotator.ui.reader.surface import OVERHANG, Surface
from annotator.ui.reader.typesetting import SIDE_LEFT
from annotator.ui.theme.theme import Theme

_FLASH_STEPS, _FLASH_INTERVAL, _MANY = 5, 100, 200


class Reader(Surface):
    """Shows one article with its annotations; says what the user selected and pointed at, and changes nothing itself.

    All offsets are code points of the article's text, half-open.
    """

    annotation_activated = Signal(str)
    edge_dragged = Signal(str, int, object)
    link_dragged = Signal(str, int)
    context_requested = Signal(QPoint, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName(self.tr("Article text"))
        self.content = Content()
        self._painter = SpanPainter(self.content, self._geometry, self._theme)
        self._edges = EdgeDrag(self, self.edge_dragged.emit)
        self.margin = Margin(self, self)
        self.margin.activated.connect(self.annotation_activated)
        self.margin.link_dragged.connect(self.link_dragged)
        self._gutter = Gutter(self, self.viewport(), self._paint_lanes)
        self._since_double_click = QElapsedTimer()
        self._double_clicked_at = QPoint()
        self._flash = QTimer(self)
        self._flash.setInterval(_FLASH_INTERVAL)
        self._flash.timeout.connect(self._fade)
        self.set_theme(self._theme)
        self.set_article_font(self._family, self._size)

    # -- what is shown

    def show_article(
        self,
        text: str,
        furniture: Sequence[Span] = (),
        annotations: Iterable[Annotation] = (),
        links: Iterable[Link] = (),
    ) -> None:
        """Show an article from its beginning, with nothing selected."""
        self.content.show(annotations, links)
        self._painter.reset()
        self.set_text(text, tuple(furniture))
        self.refresh()

    def clear_article(self) -> None:
        """Show nothing."""
        self.show_article("")

    def set_codebook(self, codebook: Codebook) -> None:
        """Read tag types, colours and roles from this codebook."""
        self.content.codebook = codebook
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        super().set_theme(theme)
        self._painter.theme = theme
        self.refresh()

    def layout_changed(self) -> None:
        """Forget where everything was."""
        super().layout_changed()
        self.refresh()

    def refresh(self) -> None:
        """Paint everything again."""
        self._painter.clear()
        self._repaint()

    def _repaint(self) -> None:
        """Paint what is in sight again; what was made for it stays."""
        self.viewport().update()
        self._gutter.update()
        self.margin.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the strips on both sides where the text leaves room."""
        super().resizeEvent(event)
        self._place_strips()

    def _place_strips(self) -> None:
        port, bar = self.viewport().geometry(), self.verticalScrollBar().width()
        before, behind = (bar, 0) if self.isRightToLeft() else (0, bar)
        self._gutter.setGeometry(before, 0, max(0, port.left() - before), self.height())
        left = port.right() + 1
        self.margin.setGeometry(left, 0, max(0, self.width() - behind - left), self.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll the margin with the text."""
        super().scrollContentsBy(dx, dy)
        self._gutter.update()
        self.margin.refresh()

    def apply_changes(
        self,
        removed_annotations: Iterable[str],
        added: Iterable[Annotation],
        removed_links: Iterable[str],
        added_links: Iterable[Link],
    ) -> None:
        """Take changes of annotations and links over and repaint the lines they touch; a changed one is in both."""
        before = self._selected_with_partners()
        touched = self.content.edit(removed_annotations, added, removed_links, added_links)
        if len(touched) > _MANY:  # to measure where thousands stand takes longer than to paint what is in sight
            self._painter.clear()
            self.viewport().update()
            touched = []
        for span in (span for annotation in touched for span in annotation.spans):
            self._painter.forget(span)
            self.update_paragraphs(span)
        self.margin.refresh()
        if self._selected_with_partners() != before:
            self.viewport().update()

    def _selected_with_partners(self) -> tuple[str | None, set[str]]:
        return self.content.selected, {partner.annotation.uid for partner in self.content.partners()}

    def annotations_at(self, position: int) -> list[Annotation]:
        """Return the annotations that cover a code point, innermost first, those of hidden tag types left out."""
        return self.content.annotations_at(position)

    @property
    def selected_annotation(self) -> str | None:
        """The uid of the selected annotation, None without one."""
        return self.content.selected

    def select_annotation(self, uid: str | None, reveal: bool = True) -> None:
        """Select an annotation, or none; an unknown uid selects none. ``reveal`` scrolls to it."""
        annotation = self.content.index.get(uid) if uid else None
        if annotation is None and self.content.selected is None:
            return
        self.content.selected = annotation.uid if annotation else None
        if annotation and reveal:
            self.reveal(Span(annotation.start, annotation.fragments[0].stop))
        self._repaint()

    def set_hidden_tag_types(self, tag_types: Collection[str]) -> None:
        """Paint no annotations of these tag types (uids)."""
        self.content.hide(tag_types)
        self.refresh()

    def set_lanes(self, first: Collection[str], second: Collection[str], differing: Collection[str]) -> None:
        """Show two sets (uids) beside each other: differences stand out, what is agreed is quiet, nothing else shows.

        No edge can be dragged then. ``clear_lanes`` shows everything alike again.
        """
        self._change_lanes(Lanes(frozenset(first), frozenset(second), frozenset(differing)))

    def clear_lanes(self) -> None:
        """Show no lanes."""
        self._change_lanes(None)

    def _change_lanes(self, lanes: Lanes | None) -> None:
        if lanes != self.content.lanes:
            self.content.lanes = lanes
            if self.set_least_left(LEAST_LEFT if lanes is not None else SIDE_LEFT):
                self._place_strips()
            self.refresh()

    def _paint_lanes(self, painter: QPainter, width: int) -> None:
        paint_lanes(painter, self.content, self._geometry, self.theme, self.scrolled().y(), width)

    def set_incomplete(self, uids: Set[str], among: Set[str] | None = None) -> None:
        """Mark these annotations in the margin as incomplete, all anew or only ``among`` some."""
        if self.content.set_incomplete(uids, among):
            self.margin.refresh()

    def set_found(self, spans: Sequence[Span], current: int = -1) -> None:
        """Highlight what a search found, the current one stronger, and scroll to it."""
        changed = self._painter.take_found(spans, current)
        if 0 <= current < len(spans):
            self.reveal(spans[current])
        shown = self.shown_span()
        for span in (span for span in changed if span.overlaps(shown)):
            self.update_paragraphs(span)

    def set_ghost(self, span: Span | None, label: str = "") -> None:
        """Show a proposal: dotted underline and a small label in the margin."""
        self._painter.ghost, self.content.ghost_label = span, label
        self._repaint()

    def flash(self, spans: Iterable[Span]) -> None:
        """Show for half a second that something changed here, as after undo."""
        self._painter.flashing = tuple(spans)
        self._painter.flash_strength = 1.0 if self._painter.flashing else 0.0
        if self._painter.flashing:
            self._flash.start()
        self._repaint()

    def _fade(self) -> None:
        self._painter.flash_strength -= 1 / _FLASH_STEPS
        if self._painter.flash_strength <= 0.01:
            self._flash.stop()
            self._painter.flashing = ()
        self._repaint()

    def show_preview(self, preview: Preview | None) -> None:
        """Show a fragment as it would be, while its edge is dragged."""
        self._painter.preview = preview
        self.viewport().update()

    def show_target(self, uid: str | None) -> None:
        """Outline the annotation that a link being drawn would end at."""
        if uid != self._painter.target:
            self._painter.target = uid
            self.viewport().update()

    # -- painting

    def margin_layout(self, width: int, measure: Callable[[str], float]) -> MarginLayout:
        """Return what stands where in a margin of that width."""
        top, height = self.scrolled().y(), self.viewport().height()
        shown = self._geometry.cut(self.shown_span(), top - 2 * height, top + 3 * height)
        view = View(top, top + height, width, shown)
        return laid_out(self.content, self._geometry, view, self._painter.ghost, measure)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tints, then Qt the text, then underlines and outlines."""
        blocks = self.visible_blocks(event.rect())
        self._painter.area = QRectF(event.rect()).translated(self.scrolled()).adjusted(0, -OVERHANG, 0, OVERHANG)
        with self._painting() as painter:
            self._painter.paint_below(painter, blocks)
        super().paintEvent(event)
        with self._painting() as painter:
            self._painter.paint_above(painter, blocks)
            if not self.hasFocus():
                self._paint_resting_caret(painter)

    def _paint_resting_caret(self, painter: QPainter) -> None:
        """Show where the caret is while another part of the window has the focus; Qt hides it then."""
        place = QRectF(self.cursorRect()).translated(self.scrolled())
        painter.fillRect(QRectF(place.left(), place.top(), 1.5, place.height()), QColor(self.theme.secondary))

    @contextmanager
    def _painting(self) -> Iterator[QPainter]:
        """Give a painter in document coordinates."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.scrolled())
        try:
            yield painter
        finally:
            painter.end()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection; a third click soon after a double click takes the paragraph."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        edge = self._edges.edge_at(point)
        if edge:
            self._edges.begin(edge)
        elif self._is_third_click(point):
            self._pointing.select_paragraph(point)
            self._settle()
        else:
            self._pointing.press(point, event.modifiers())

    def _is_third_click(self, point: QPoint) -> bool:
        timer = self._since_double_click
        near = (point - self._double_clicked_at).manhattanLength() < QApplication.startDragDistance()
        return timer.isValid() and timer.elapsed() < QApplication.doubleClickInterval() and near

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection or drag an edge; without a button show where an edge can be taken."""
        point = event.position().toPoint()
        if self._edges.active:
            self._edges.move(point)
        elif self._pointing.active:
            self._pointing.move(point)
        else:
            shape = Qt.CursorShape.SplitHCursor if self._edges.edge_at(point) else Qt.CursorShape.IBeamCursor
            if self.viewport().cursor().shape() is not shape:
                self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection; a click takes the annotation under it, Ctrl+click the next one there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._edges.active and not self._edges.end():
            self._pointing.press(event.position().toPoint(), event.modifiers())
        if not self._pointing.active:
            return
        outcome = self._pointing.release(event.modifiers())
        self._settle()
        if outcome is Outcome.CLICK:
            cycle = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._activate_at(event.position().toPoint(), cycle=cycle)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._double_clicked_at = event.position().toPoint()
            self._since_double_click.start()
            self._pointing.select_word(self._double_clicked_at)
            self._settle()

    def _activate_at(self, point: QPoint, *, cycle: bool) -> None:
        character = self.hit(point).character
        uids = [annotation.uid for annotation in self.annotations_at(character)] if character is not None else []
        if not uids:
            return
        selected = self.content.selected
        after = uids.index(selected) + 1 if cycle and selected in uids else 0
        self.annotation_activated.emit(uids[after % len(uids)])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the place under the pointer, or of the caret when a key asked; no editing menu."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            below = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
            self.context_requested.emit(below, self.caret())
            return
        hit = self.hit(event.pos())
        position = hit.caret if hit.character is None else hit.character
        selection = self.selection()
        if selection is None or position not in selection:
            self.set_caret(position)
        self.context_requested.emit(event.globalPos(), position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or change the size with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.step_zoom(1 if turned > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts of the window from the reader's own keys only."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(is_navigation(event))
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: ARG002
        """Leave Tab to the window, which goes to the next annotation."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select, copy, zoom; everything else is the window's."""
        step = zoom_step(event)
        if event.key() == Qt.Key.Key_Escape and (self._edges.active or self.margin.linking):
            self._edges.cancel()
            self.margin.cancel_link()
        elif is_navigation(event):
            super().keyPressEvent(event)
            self._pointing.exact = False
            self._settle()
        elif step is not None:
            self.step_zoom(step)
        else:
            event.ignore()
