"""Two versions of one record side by side, field by field, what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator.ui.colleagues.marking import Run, marked, plain
from annotator.ui.colleagues.record_wording import Field, tr
from annotator.ui.theme.apply import current_theme

_MOST = 600
"""Code points of a text that is not compared."""


class ComparePane(QTextBrowser):
    """A table of three columns: the field, mine, theirs. A side that is not there says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("framed", True)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Both versions side by side"))
        self._last: tuple[Sequence[Field], tuple[str, str], tuple[str, str]] | None = None

    def show_fields(self, fields: Sequence[Field], names: tuple[str, str], absent: tuple[str, str] = ("", "")) -> None:
        """Show two versions under these two names; ``absent`` is what to say of a side that is not there."""
        self._last = (fields, names, absent)
        theme = current_theme()
        head = "".join(f"<td width='41%'><b>{escape(name)}</b></td>" for name in names)
        rows = [f"<tr><td width='18%'></td>{head}</tr>"]
        if any(absent):
            cells = "".join(f"<td><i style='color:{theme.secondary}'>{escape(one)}</i></td>" for one in absent)
            rows.append(f"<tr><td></td>{cells}</tr>")
        rows += [_row(field, one_sided=any(absent)) for field in fields]
        self.setHtml(f"<table width='100%' cellspacing='0' cellpadding='6'>{''.join(rows)}</table>")
        self.setAccessibleDescription("; ".join(_plain(field, names) for field in fields))

    def show_nothing(self) -> None:
        """Show an empty pane."""
        self._last = None
        self.clear()
        self.setAccessibleDescription("")

    def changeEvent(self, event: QEvent) -> None:
        """Colour everything anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and getattr(self, "_last", None) is not None:
            self.show_fields(*self._last)  # type: ignore[misc]


def _row(field: Field, *, one_sided: bool) -> str:
    theme = current_theme()
    if one_sided or not field.differs:
        colour = theme.text if one_sided else theme.secondary
        cells = "".join(f"<td>{_paragraphs(one)}</td>" for one in (field.mine, field.theirs))
        return f"<tr style='color:{colour}'><td style='color:{theme.secondary}'>{escape(field.label)}</td>{cells}</tr>"
    cells = "".join(f"<td bgcolor='{theme.hover}'>{_text(one)}</td>" for one in marked(field.mine, field.theirs))
    sign = f"<b style='color:{theme.warning}'>≠</b> <b>{escape(field.label)}</b>"
    return f"<tr><td bgcolor='{theme.hover}'>{sign}</td>{cells}</tr>"


def _text(runs: Sequence[Run]) -> str:
    theme = current_theme()
    # By a line as well as by colour.
    style = f"background-color:{theme.selection}; color:{theme.text}; text-decoration:underline"
    pieces = [f"<span style='{style}'>{escape(one.text)}</span>" if one.differs else escape(one.text) for one in runs]
    return _lines("".join(pieces)) or f"<i style='color:{theme.secondary}'>{escape(tr('nothing'))}</i>"


def _paragraphs(text: str) -> str:
    return _lines(escape(text[:_MOST] + ("…" if len(text) > _MOST else "")))


def _lines(html: str) -> str:
    """Return each line as a paragraph of its own: one in Arabic then turns no other round."""
    return "".join(f"<p style='margin:0'>{line}</p>" for line in html.split("\n") if line)


def _plain(field: Field, names: tuple[str, str]) -> str:
    if not field.differs:
        return f"{field.label}: {field.mine}"
    mine, theirs = marked(field.mine, field.theirs)
    return f"{field.label}: {names[0]} {plain(mine) or tr('nothing')}, {names[1]} {plain(theirs) or tr('nothing')}"
