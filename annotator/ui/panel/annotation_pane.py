"""The annotation list with what narrows it: words, types, sets, and only what is to be checked."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from annotator.project.opening import own_set
from annotator.ui.actions.registry import Actions
from annotator.ui.panel.annotation_list import AnnotationList
from annotator.ui.state import UiState
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.search_field import SearchField


class AnnotationPane(QWidget):
    """Search field, filter menu and "To check" above the list."""

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.list = AnnotationList(state, actions, self)
        self.search = SearchField(self.tr("Filter"), self, delay_ms=120)
        self.filter_button, self.to_check, self.reviewed = QToolButton(self), QToolButton(self), QToolButton(self)
        self.to_check.setCheckable(True)
        self.reviewed.setCheckable(True)
        self._lay_out()
        self.search.text_changed.connect(lambda text: self._narrow(words=" ".join(text.split())))
        self.to_check.toggled.connect(lambda on: self._narrow(lacking=on))
        self.reviewed.toggled.connect(lambda on: self._narrow(reviewed=on))
        self.filter_button.clicked.connect(self._offer)
        state.project_opened.connect(self._start_anew)
        state.article_opened.connect(self._count)
        state.content_changed.connect(self._count)
        self.list.annotations.judged.connect(self._count)
        self._count()

    def filter_menu(self) -> QMenu:
        """Return the menu of tag types and, where there are several, sets."""
        menu, narrowing = QMenu(self), self.list.annotations.narrowing
        delete_on_close(menu)
        for tag in self._state.codebook.tag_types:
            entry = QAction(tag.label, menu, checkable=True, checked=tag.uid in narrowing.tag_types)
            entry.triggered.connect(lambda _on=False, uid=tag.uid: self._toggle_type(uid))
            menu.addAction(entry)
        project = self._state.project
        mine = own_set(project) if project is not None else None
        if project is not None and mine is not None and len(project.cache.sets) > 1:
            menu.addSeparator()
            for title, uid in ((self.tr("Annotations of everybody"), ""), (self.tr("Mine only"), mine.uid)):
                entry = QAction(title, menu, checkable=True, checked=narrowing.annotation_set == uid)
                entry.triggered.connect(lambda _on=False, uid=uid: self._narrow(annotation_set=uid))
                menu.addAction(entry)
        if narrowing.tag_types:
            menu.addSeparator()
            menu.addAction(self.tr("All types"), lambda: self._narrow(tag_types=frozenset()))
        return menu

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "to_check"):
            self._count()

    def _lay_out(self) -> None:
        self.filter_button.setToolTip(self.tr("Show certain tags only"))
        self.filter_button.setAccessibleName(self.tr("Show certain tags only"))
        self.to_check.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.to_check.setObjectName("toCheck")
        self.reviewed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.reviewed.setObjectName("reviewed")
        for button in (self.filter_button, self.to_check, self.reviewed):
            button.setIconSize(QSize(14, 14))
            button.setFixedHeight(28)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self.search, 1)
        row.addWidget(self.filter_button)
        row.addWidget(self.to_check)
        row.addWidget(self.reviewed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.list, 1)

    def _narrow(self, **what: object) -> None:
        self.list.annotations.narrow(replace(self.list.annotations.narrowing, **what))
        self._count()

    def _toggle_type(self, uid: str) -> None:
        self._narrow(tag_types=self.list.annotations.narrowing.tag_types ^ {uid})

    def _start_anew(self) -> None:
        self.search.clear()
        self.to_check.setChecked(False)
        self.reviewed.setChecked(False)
        self._narrow(tag_types=frozenset(), annotation_set="")

    def _count(self, *_: object) -> None:
        count = self.list.annotations.lacking()
        narrowing, theme = self.list.annotations.narrowing, current_theme()
        self.to_check.setText(self.tr("To check ({n})").format(n=count) if count else self.tr("To check"))
        self.to_check.setEnabled(bool(count) or narrowing.lacking)
        self.to_check.setIcon(icon("warning", theme.warning if count else None))
        self.to_check.setToolTip(self.tr("Show only what still lacks something"))
        self._count_reviewed()
        narrowed = bool(narrowing.tag_types or narrowing.annotation_set)
        self.filter_button.setIcon(icon("filter", theme.accent if narrowed else None))

    def _count_reviewed(self) -> None:
        """Offer what was said of in review, if there is anything."""
        count = self.list.annotations.reviewed()
        self.reviewed.setVisible(bool(count) or self.reviewed.isChecked())
        self.reviewed.setText(str(count))
        self.reviewed.setIcon(icon("review", current_theme().accent))
        self.reviewed.setToolTip(self.tr("Show only what was said of in review"))
        self.reviewed.setAccessibleName(self.tr("Reviewed ({n})").format(n=count))

    def _offer(self) -> None:
        self.filter_menu().popup(self.filter_button.mapToGlobal(self.filter_button.rect().bottomLeft()))
