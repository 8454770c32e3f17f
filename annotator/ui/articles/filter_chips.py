"""The filters at work, each with a cross that takes it away."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from annotator.model.content import ArticleFilter
from annotator.project.project import Project
from annotator.ui.articles.groups import ORDER
from annotator.ui.articles.wording import shown_date, status_name
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.flow import Flow

_MOST_LETTERS = 24


class FilterChips(Flow):
    """``taken_away`` tells the filter without what was taken away; ``cleared`` that all of it shall go."""

    taken_away = Signal(object)  # ArticleFilter
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters: list[tuple[str, ArticleFilter]] = []
        self.hide()

    def show_filter(self, chosen: ArticleFilter, project: Project | None) -> None:
        """Show a chip for each thing that narrows, and a way to clear them all; the words have their own field."""
        without = list(_parts(chosen, project)) if project is not None else []
        if without == self._filters:
            return
        self._filters = without
        self.empty()
        for label, rest in without:
            self._add(label, rest)
        if without:
            self._add_clear()
        self.setVisible(bool(without))

    def _add(self, label: str, rest: ArticleFilter) -> None:
        short = label if len(label) <= _MOST_LETTERS else f"{label[: _MOST_LETTERS - 1]}…"
        chip = QToolButton()
        chip.setProperty("chip", True)
        chip.setText(short.replace("&", "&&"))
        chip.setIcon(icon("close", current_theme().secondary))
        chip.setIconSize(QSize(10, 10))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The cross stands behind the name, as on every chip with a cross.
        chip.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight if self.isRightToLeft() else Qt.LayoutDirection.RightToLeft
        )
        chip.setToolTip(self.tr("Take this filter away: {0}").format(label))
        chip.setAccessibleName(chip.toolTip())
        chip.clicked.connect(lambda: self.taken_away.emit(rest))
        self._dress(chip)
        self.add(chip)

    def _add_clear(self) -> None:
        clear = QToolButton()
        clear.setText(self.tr("Clear"))
        clear.setToolTip(self.tr("Take all filters away"))
        clear.clicked.connect(self.cleared)
        self.add(clear)

    def _dress(self, chip: QToolButton) -> None:
        theme = current_theme()
        chip.setStyleSheet(
            f"QToolButton {{ background: {theme.selection}; border-radius: 10px; padding: 1px 8px; }}"
            f"QToolButton:hover {{ background: {theme.hover}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.accent}; }}"
        )

    def changeEvent(self, event: QEvent) -> None:
        """Dress the chips anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for chip in self.findChildren(QToolButton):
                if chip.property("chip"):
                    chip.setIcon(icon("close", current_theme().secondary))
                    self._dress(chip)


def _parts(chosen: ArticleFilter, project: Project) -> Iterator[tuple[str, ArticleFilter]]:
    """Yield what narrows by its name, each with the filter that is left without it."""
    for status in (status for status in ORDER if status in chosen.statuses):
        yield status_name(status), replace(chosen, statuses=chosen.statuses - {status})
    for source in sorted(chosen.sources):
        yield source, replace(chosen, sources=chosen.sources - {source})
    if chosen.reviewed is not None:
        reviewed = QCoreApplication.translate("articles", "Reviewed")
        unreviewed = QCoreApplication.translate("articles", "Not reviewed")
        yield (reviewed if chosen.reviewed else unreviewed), replace(chosen, reviewed=None)
    labels = {tag.uid: tag.label for tag in project.cache.codebook.tag_types}
    for tag in sorted(chosen.tag_types):
        yield labels.get(tag, tag), replace(chosen, tag_types=chosen.tag_types - {tag})
    people = project.cache.annotators
    for uid in sorted(chosen.annotators):
        name = people[uid].name if uid in people else uid
        yield name, replace(chosen, annotators=chosen.annotators - {uid})
    if chosen.published_from or chosen.published_to:
        rest = replace(chosen, published_from="", published_to="")
        yield _period(chosen.published_from, chosen.published_to), rest
    if chosen.assigned_only:
        yield QCoreApplication.translate("articles", "Assigned to me"), replace(chosen, assigned_only=False)


def _period(first: str, last: str) -> str:
    locale = QLocale()
    if first and last:
        return f"{shown_date(first, locale)} – {shown_date(last, locale)}"
    if first:
        return QCoreApplication.translate("articles", "from {0}").format(shown_date(first, locale))
    return QCoreApplication.translate("articles", "until {0}").format(shown_date(last, locale))
