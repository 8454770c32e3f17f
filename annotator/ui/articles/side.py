"""The left side of the window: search and filters over the list of articles, and what to do when it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from annotator.model.article import Status
from annotator.model.changes import ChangeSet, Kind
from annotator.model.content import ArticleFilter, Order
from annotator.operations import articles
from annotator.ui.actions.registry import Actions
from annotator.ui.articles.filter_chips import FilterChips
from annotator.ui.articles.groups import ORDER
from annotator.ui.articles.list_view import ArticleList
from annotator.ui.articles.slow_search import SlowSearch
from annotator.ui.articles.wording import STATUS_ICONS, status_name
from annotator.ui.state import UiState
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dismiss import delete_on_close
from annotator.ui.widgets.empty_state import EmptyState
from annotator.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from annotator.ui.articles.filter_panel import FilterPanel


class ArticleSide(QWidget):
    """``opened`` tells the uid of an article opened from here, ``words_changed`` what is searched for."""

    opened = Signal(str)
    words_changed = Signal(str)

    def __init__(self, state: UiState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._actions = state, actions
        self._filter = ArticleFilter()
        self._order, self._descending = Order.IMPORTED, False
        self._counted: int | None = None
        self._slow = SlowSearch(self)
        self.setAccessibleName(self.tr("Articles"))
        # From the outside in: what is moved into its place is dressed once more.
        self.search = SearchField(self.tr("Search all text"), self)
        self.search.setObjectName("articleSearch")
        self.filter_button = self._button("filter", self.tr("Filter the articles"))
        self.filter_button.setCheckable(True)
        self.sort_button = self._button("arrow-down", self.tr("Sort the articles"))
        self.chips = FilterChips(self)
        self.count = QLabel(self)
        self.count.setProperty("secondary", True)
        self._pages = QStackedWidget(self)
        self.article_list = ArticleList(self._pages)
        self._lay_out()
        self._make_sort_menu()
        self._connect()
        self._open_project()

    # -- building -------------------------------------------------------------------------------------------

    @cached_property
    def _panel(self) -> FilterPanel:
        """The panel of filters, made when it is first opened."""
        from annotator.ui.articles.filter_panel import FilterPanel

        panel = FilterPanel(self)
        panel.filter_changed.connect(self.set_filter)
        return panel

    def _button(self, icon_name: str, tooltip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(28, 28)
        button.setToolTip(tooltip)
        button.setAccessibleName(tooltip)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.search, 1)
        row.addWidget(self.filter_button)
        row.addWidget(self.sort_button)
        head = QVBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(6)
        head.addLayout(row)
        head.addWidget(self.chips)
        head.addWidget(self.count)
        self._nothing_here = EmptyState("article", self.tr("No articles yet"), "", self._pages)
        self._import = self._nothing_here.add_button(self.tr("Import articles"), primary=True)
        self._no_match = EmptyState("search", self.tr("No article matches"), "", self._pages)
        self._clear = self._no_match.add_button(self.tr("Clear the filters"))
        for page in (self.article_list, self._nothing_here, self._no_match):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)

    def _make_sort_menu(self) -> None:
        menu = QMenu(self)
        names = {
            Order.IMPORTED: self.tr("As imported"),
            Order.TITLE: self.tr("By title"),
            Order.SOURCE: self.tr("By source"),
            Order.PUBLISHED: self.tr("By date"),
        }
        self._order_actions: dict[object, QAction] = {}
        for choices in (names, {False: self.tr("Ascending"), True: self.tr("Descending")}):
            group = QActionGroup(menu)
            for key, name in choices.items():
                action = group.addAction(name)
                action.setCheckable(True)
                action.setData(key)
                action.triggered.connect(lambda _checked=False, key=key: self._sort(key))
                menu.addAction(action)
                self._order_actions[key] = action
            menu.addSeparator()
        self._order_actions[self._order].setChecked(True)
        self._order_actions[self._descending].setChecked(True)
        self.sort_button.setMenu(menu)
        self.sort_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        state = self._state
        state.project_opened.connect(self._open_project)
        state.project_changed.connect(self._follow)
        state.article_opened.connect(self._mark_open)
        self.search.text_changed.connect(self._search)
        self._slow.found.connect(self._narrow)
        self._slow.failed.connect(self._narrow)
        self.search.installEventFilter(self)
        self.filter_button.clicked.connect(self._show_panel)
        self.chips.taken_away.connect(self.set_filter)
        self.chips.cleared.connect(lambda: self.set_filter(ArticleFilter(words=self._filter.words)))
        self.article_list.chosen.connect(self.open)
        self.article_list.menu_wanted.connect(self._show_menu)
        self._import.clicked.connect(lambda: self._actions.run("file.import"))
        self._clear.clicked.connect(self.clear_filter)

    # -- for the window -------------------------------------------------------------------------------------

    @property
    def current_filter(self) -> ArticleFilter:
        """Which articles the list shows."""
        return self._filter

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def first_article(self) -> str | None:
        """Return the list's first article that is not done, else its first; None when it is empty."""
        model = self.article_list.articles
        return model.groups.next_not_done("") or model.groups.first(model.shown)

    def listed_articles(self) -> Sequence[str]:
        """Return the uids of all articles that pass the filter, group after group."""
        self._settle()
        model = self.article_list.articles
        return model.groups.in_display_order(model.shown)

    def next_not_done(self) -> str | None:
        """Return the article after the open one, in the chosen order, that is not done; None when all others are.

        Behind the last it begins again with the first. An article that the filter leaves out does not count.
        """
        return self.article_list.articles.groups.next_not_done(self.article_list.current)

    def next_article(self) -> bool:
        """Open the article under the open one, leaving out folded groups; tell whether there is one."""
        return self._step(1)

    def previous_article(self) -> bool:
        """Open the article above the open one, leaving out folded groups; tell whether there is one."""
        return self._step(-1)

    def _step(self, by: int) -> bool:
        model = self.article_list.articles
        row = model.index_of(self.article_list.current).row()
        if row < 0:
            row = -1 if by > 0 else model.rowCount()
        row += by
        headings = set(model.heading_rows())
        while row in headings:
            row += by
        uid = model.uid_at(row)
        return uid is not None and self.open(uid)

    def open(self, uid: str) -> bool:
        """Open an article; tell whether it is there."""
        opened = self._state.open_article(uid)
        if opened:
            self.opened.emit(uid)
        return opened

    # -- filter and order -----------------------------------------------------------------------------------

    def set_filter(self, chosen: ArticleFilter) -> None:
        """Show the articles that pass a filter."""
        awaited = self._slow.awaited
        if awaited is not None and chosen.words == self._filter.words:
            chosen = replace(chosen, words=awaited.words)  # narrowed by something else meanwhile
        self._slow.forget()
        if chosen != self._filter:
            self._ask(chosen)
        if awaited is None and self.search.text() != chosen.words:
            self.search.setText(chosen.words)

    def _ask(self, chosen: ArticleFilter) -> None:
        """Show the articles that pass a filter: at once, or when a worker has found them."""
        project = self._state.project
        if project is not None and SlowSearch.suits(chosen, self._counted or 0):
            self._slow.ask(project, chosen)
        else:
            self._narrow(chosen)

    def _narrow(self, chosen: ArticleFilter, rows: list[int] | None = None) -> None:
        """Show the articles that pass a filter; ``rows`` are their row numbers, where they are known already."""
        words_changed = chosen.words != self._filter.words
        self._filter = chosen
        self._show(rows)
        if words_changed:
            self.words_changed.emit(chosen.words)

    def clear_filter(self) -> None:
        """Show all articles."""
        self._slow.forget()
        self.set_filter(ArticleFilter())
        self.article_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, words: str) -> None:
        chosen = replace(self._slow.awaited or self._filter, words=words)
        self._slow.forget()
        if chosen != self._filter:
            self._ask(chosen)

    def _settle(self) -> None:
        """Have the list show what is searched for, now."""
        awaited = self._slow.awaited
        self._slow.forget()
        if awaited is not None:
            self._narrow(awaited)

    def _sort(self, key: object) -> None:
        if isinstance(key, Order):
            self._order = key
        else:
            self._descending = bool(key)
        if self._slow.awaited is None:
            self._ask(self._filter)

    def _show_panel(self) -> None:
        # The button looks pressed as long as a filter is at work, not as long as the panel is open.
        self.filter_button.setChecked(replace(self._filter, words="").narrows)
        if self._state.project is not None:
            self._panel.show_filter(self._slow.awaited or self._filter, self._state.project)
            self._panel.open_below(self.filter_button)

    def _show(self, rows: list[int] | None = None) -> None:
        """Ask anew which articles there are, unless that is known."""
        project, model = self._state.project, self.article_list.articles
        self.article_list.keeping_place(
            lambda: model.show(project, self._filter, self._order, descending=self._descending, rows=rows)
        )
        self._describe()

    # -- following the state --------------------------------------------------------------------------------

    def _open_project(self) -> None:
        self.article_list.delegate.set_codebook(self._state.codebook)
        self._slow.forget()
        had_words = bool(self._filter.words)
        self._filter = ArticleFilter()
        self.search.clear()
        self._show()
        if had_words:
            self.words_changed.emit("")

    def _follow(self, change_set: ChangeSet | None) -> None:
        self.article_list.delegate.set_codebook(self._state.codebook)
        self.article_list.keeping_place(lambda: self.article_list.articles.take_in(change_set))
        if change_set is None or any(c.before is None or c.after is None for c in change_set.of(Kind.ARTICLE)):
            self._counted = None
        self._describe()
        if self._slow.awaited is not None and self._state.project is not None:
            self._slow.ask(self._state.project, self._slow.awaited)

    def _mark_open(self) -> None:
        content = self._state.content
        self.article_list.set_current(content.article.uid if content is not None else "")

    def _describe(self) -> None:
        """Show the count and the chips, or what to do when nothing is listed."""
        project, shown = self._state.project, self.article_list.articles.count
        total = self._total(shown)
        locale = QLocale()
        if self._filter.narrows:
            text = self.tr("{0} of {1} articles").format(locale.toString(shown), locale.toString(total))
        else:
            text = self.tr("1 article") if total == 1 else self.tr("{0} articles").format(locale.toString(total))
        self.count.setText(text)
        self.count.setVisible(total > 0)
        for widget in (self.search, self.filter_button, self.sort_button):
            widget.setEnabled(total > 0)
        self.chips.show_filter(self._filter, project)
        narrowed = replace(self._filter, words="").narrows
        self.filter_button.setChecked(narrowed)
        self._show_page(total, shown)

    def _total(self, shown: int) -> int:
        """Return how many articles the project has; counted anew only when that may have changed."""
        project = self._state.project
        if not self._filter.narrows or project is None:
            self._counted = shown
        elif self._counted is None:
            self._counted = project.read.count_articles()
        return self._counted

    def _show_page(self, total: int, shown: int) -> None:
        writable = self._state.writable
        self._import.setVisible(writable)
        self._nothing_here.set_message(
            "article", self.tr("No articles yet"),
            self.tr("Drop files or folders here: text, HTML, Word, PDF, or tables with an article a row.")
            if writable else self.tr("This project holds no articles."),
        )  # fmt: skip
        words = self._filter.words.strip()
        self._no_match.set_message(
            "search", self.tr("No article matches"),
            self.tr("None holds “{0}”.").format(words) if words else self.tr("The filters leave none over."),
        )  # fmt: skip
        self._pages.setCurrentIndex(0 if shown else 2 if total else 1)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "sort_button"):
            self.filter_button.setIcon(icon("filter"))
            self.sort_button.setIcon(icon("arrow-down"))

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Down in the search field goes on to the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self._enter_list()
            return True
        return False

    def _enter_list(self) -> None:
        self._settle()
        self.article_list.setFocus(Qt.FocusReason.TabFocusReason)
        self.article_list.select_first()

    # -- the menu of an article -----------------------------------------------------------------------------

    def _show_menu(self, uid: str, where: QPoint) -> None:
        self.menu_for(uid).popup(where)

    def menu_for(self, uid: str) -> QMenu:
        """Return the menu of an article: open, how far it is, its metadata, remove."""
        self._actions.draw_icons()
        menu = QMenu(self)
        delete_on_close(menu)
        menu.addAction(self.tr("Open"), lambda: self.open(uid))
        menu.addSeparator()
        status = self.article_list.articles.groups.status(uid)
        for other in ORDER:
            if other is not status:
                text = self.tr("Mark as “{0}”").format(status_name(other))
                action = menu.addAction(icon(STATUS_ICONS[other]), text)
                action.triggered.connect(lambda _checked=False, other=other: self._set_status(uid, other))
                action.setEnabled(self._state.writable)
        menu.addSeparator()
        for name in ("article.edit", "article.remove"):
            known = self._actions.action(name)
            action = menu.addAction(known.icon(), known.text())
            action.triggered.connect(lambda _checked=False, name=name: self._run_on(uid, name))
            action.setEnabled(self._state.writable or name == "article.edit")
        return menu

    def _set_status(self, uid: str, status: Status) -> None:
        project = self._state.project
        if project is not None:
            self._state.attempt(lambda: articles.set_status(project, uid, status))

    def _run_on(self, uid: str, action: str) -> None:
        """Run an action of the window on an article: it works on the open one."""
        if self.article_list.current == uid or self.open(uid):
            self._actions.run(action)
