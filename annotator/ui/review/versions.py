"""Both versions of a difference side by side: tag, words, values, entity and links, what differs marked."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.analysis.comparison import Difference, DifferenceKind
from annotator.model.annotation import Annotation
from annotator.model.span import Span
from annotator.ui.review.items import Item
from annotator.ui.review.wording import Run, Teller, runs
from annotator.ui.theme.apply import current_theme

_LONG = 220


class VersionCard(QFrame):
    """One version; a click chooses it to be judged."""

    clicked = Signal()

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"version{letter}")
        self._letter = letter
        self.head, self.body = QLabel(), QLabel()
        for label in (self.head, self.body):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.body)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_version(self, name: str, text: str, *, judged: bool, empty: bool) -> None:
        """Show whose version this is and what it says (rich text)."""
        theme = current_theme()
        letter = f"<b>{self._letter}</b> · " if self._letter else ""
        self.head.setText(f'<span style="color:{theme.secondary}">{letter}{escape(name)}</span>')
        self.body.setText(text)
        self.setAccessibleName(f"{self._letter} {name}")
        edge, width = (theme.accent, 2) if judged else (theme.line, 1)
        self.setStyleSheet(
            f"VersionCard {{ border: {width}px solid {edge}; border-radius: 6px;"
            f" background: {theme.panel if empty else theme.reader}; }}"
        )
        self.setToolTip("" if empty else self.tr("Click to judge this version (S)"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this version."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class Versions(QWidget):
    """Two cards, one where only one set is looked at. ``chosen`` tells the uid of the version to be judged."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last: tuple[Item, Annotation, Teller, dict[str, str]] | None = None
        self._uids = ["", ""]
        self.cards = (VersionCard("A"), VersionCard("B"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for at, card in enumerate(self.cards):
            row.addWidget(card, 1)
            card.clicked.connect(lambda at=at: self.chosen.emit(self._uids[at]) if self._uids[at] else None)

    def show_item(self, item: Item, subject: Annotation, teller: Teller, names: dict[str, str]) -> None:
        """Show a difference; ``names`` are those of the two sets by ``A`` and ``B``."""
        self._last = (item, subject, teller, names)
        difference = item.difference
        sides = ((difference.a, difference.only_a), (difference.b, difference.only_b))
        for at, (card, (one, only)) in enumerate(zip(self.cards, sides, strict=True)):
            card.setVisible(not (item.alone and one is None))
            self._uids[at] = one.uid if one is not None else ""
            text = self._nothing() if one is None else "".join(_lines(teller, difference, one, only))
            judged = one is not None and one.uid == subject.uid and not item.alone
            card.show_version(names["AB"[at]], text, judged=judged, empty=one is None)

    def changeEvent(self, event: QEvent) -> None:
        """Colour everything anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._last is not None:
            self.show_item(*self._last)

    def _nothing(self) -> str:
        return f'<i style="color:{current_theme().secondary}">{escape(self.tr("nothing tagged here"))}</i>'


def _lines(teller: Teller, difference: Difference, one: Annotation, only: tuple[Span, ...]) -> list[str]:
    tag, kind = teller.codebook.tag(one.tag_type), difference.kind
    colours = current_theme().tag(tag.colour)
    label = f'<b style="color:{colours.text.name()}">{escape(tag.label)}</b>'
    words = runs(one, only, shorten=len(one.text) > _LONG)
    rest: list[tuple[str, bool]] = []
    entity = teller.entity(one)
    if entity or kind is DifferenceKind.ENTITY:
        rest.append((escape(entity) or "–", kind is DifferenceKind.ENTITY))
    for attribute in teller.codebook.attributes_of(one.tag_type):
        value, differs = teller.chosen(one, attribute.uid), attribute.uid == difference.attribute
        if value or differs:
            rest.append((f"{escape(attribute.label)}: {escape(value) or '–'}", differs))
    rest += _link_lines(teller, difference, one)
    # What differs stands first: the room below may be cut.
    differing = [_line(text, differs=True) for text, differs in rest if differs]
    alike = [_line(text, differs=False) for text, differs in rest if not differs]
    said = f"<p style='margin:2px 0'>{_words(words)}</p>"
    return [_line(label, differs=kind is DifferenceKind.TAG), *differing, said, *alike]


def _link_lines(teller: Teller, difference: Difference, one: Annotation) -> list[tuple[str, bool]]:
    asked = difference.link_a or difference.link_b
    outgoing = [link for link in teller.content.links.values() if link.from_annotation == one.uid]
    roles = dict.fromkeys([link.role for link in outgoing] + ([asked.role] if asked is not None else []))
    names = {link.role: teller.role(link) for link in (*([asked] if asked is not None else []), *outgoing)}
    return [
        (
            f"{escape(names[role])} → {escape(', '.join(teller.links(one, role))) or '–'}",
            asked is not None and asked.role == role,
        )
        for role in roles
    ]


def _line(text: str, *, differs: bool) -> str:
    """Return a line; one that differs begins with ``≠`` and stands out."""
    if not differs:
        return f"<p style='margin:2px 0'>{text}</p>"
    theme = current_theme()
    return (
        f"<p style='margin:2px 0; background-color:{theme.selection}'>"
        f"<span style='color:{theme.warning}'><b>≠</b></span> <b>{text}</b></p>"
    )


def _words(found: list[Run]) -> str:
    theme = current_theme()
    mark = f"background-color:{theme.selection}; color:{theme.text}; text-decoration:underline; font-weight:600"
    return "".join(f'<span style="{mark}">{escape(r.text)}</span>' if r.differs else escape(r.text) for r in found)
