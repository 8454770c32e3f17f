"""The command palette: every action and every article by a few letters of its name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.model.article import Article
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Action, Mode, Need, Where
from annotator.ui.dialogs.commands import ROW_HEIGHT, Command, CommandDelegate, CommandModel
from annotator.ui.dialogs.ranking import score
from annotator.ui.state import UiState
from annotator.ui.widgets.search_field import SearchField

_WIDTH, _ROWS, _MARGIN, _TOP = 600, 11, 8, 48
_ARTICLES = 8
_LEAST_LETTERS = 2  # before articles are looked up
_DISABLED_BEHIND, _ARTICLES_BEHIND = 30.0, 10.0
_Ranked = tuple[int, int, Command]  # less is better


class CommandPalette(QFrame):
    """An overlay at the window's top centre; made once for a window and shown again and again."""

    def __init__(self, parent: QWidget, state: UiState, actions: Actions) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self.setProperty("popup", True)
        self.setAccessibleName(self.tr("Commands"))
        self._state, self._all = state, actions
        self._recent: list[str] = []
        self._before: QWidget | None = None
        self._model = CommandModel()
        self._field = SearchField(self.tr("Type a command or an article’s title"), delay_ms=0)
        self._list = QListView()
        self._set_up_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._field.text_changed.connect(self._refresh)
        self._field.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def _set_up_list(self) -> None:
        view = self._list
        view.setModel(self._model)
        view.setItemDelegate(CommandDelegate(view))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setFocusProxy(self._field)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Commands"))
        view.clicked.connect(self._take)
        view.selectionModel().currentChanged.connect(self._describe)

    # -- opening and closing ------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Show the palette with an empty field, or close it when it is shown already."""
        if self.isVisible():
            self.close_palette()
            return
        self._before = QApplication.focusWidget()
        self._field.clear()
        self._refresh()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide the palette and give the focus back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move, take and close from the field; keep the place when the window's size changes."""
        if watched is self._field:
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._pressed(event):
                return True
            if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut and self._lost(event):
                self._before = None
                self.hide()
        elif watched is self.parent() and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _lost(self, event: QFocusEvent) -> bool:
        """Return whether the person went elsewhere in the window, rather than to another window for a while."""
        away = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        return self.isVisible() and event.reason() not in away

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        page = max(self._list.height() // ROW_HEIGHT - 1, 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
                 Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}  # fmt: skip
        if key in steps:
            self._go_to(self._list.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentIndex())
        elif key is Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _go_to(self, row: int) -> None:
        row = min(max(row, 0), self._model.rowCount() - 1)
        self._list.setCurrentIndex(self._model.index(row))

    def _take(self, index: QModelIndex) -> None:
        command = self._model.command(index.row())
        if command is None or command.why_not:
            return
        self.close_palette()
        if command.is_article:
            if self._state.open_article(command.uid):
                self._state.focus_reader.emit()
            return
        self._recent = [command.uid, *(uid for uid in self._recent if uid != command.uid)]
        self._all.run(command.uid)

    # -- what is offered ----------------------------------------------------------------------------------

    def _refresh(self, *_: object) -> None:
        typed = self._field.text().strip()
        ranked = [*self._actions_for(typed), *self._articles_for(typed)]
        rows = [command for _, _, command in sorted(ranked, key=lambda one: one[:2])]
        if not rows:
            nothing = self.tr("No command and no article has these letters")
            rows = [Command("", self.tr("Nothing found"), why_not=nothing, icon="search")]
        self._model.show(tuple(rows))
        self._go_to(0)
        self._place()

    def _actions_for(self, typed: str) -> list[_Ranked]:
        found: list[_Ranked] = []
        for at, action in enumerate(self._all.table):
            command = self._command(action)
            points = score(typed, f"{command.title} {command.place}")
            if points is None:
                continue
            points = points if typed else 0.0
            points -= _DISABLED_BEHIND if command.why_not else 0.0
            used = self._recent.index(action.id) if action.id in self._recent else len(self._recent) + at
            found.append((-round(points), used, command))
        return found

    def _command(self, action: Action) -> Command:
        made = self._all.action(action.id)
        return Command(
            action.id, made.text(), action.menu.value.replace("&", ""), self._all.keys_of(action.id),
            "" if made.isEnabled() else self._why_not(action), action.icon,
        )  # fmt: skip

    def _why_not(self, action: Action) -> str:
        """Return what is missing for an action that is not enabled."""
        state, need = self._state, action.need
        if state.project is None:
            return self.tr("Open a project first")
        if need in (Need.WRITABLE, Need.TAGGING, Need.ANNOTATION, Need.DECIDING) and not state.writable:
            return self.tr("The project is open for reading only")
        if need is Need.WRITABLE:
            return self.tr("There is no such step")
        if state.content is None:
            return self.tr("Open an article first")
        if need in (Need.REVIEWING, Need.DECIDING):
            return self.tr("Only in review mode")
        if action.where is Where.READER and self._all.mode is Mode.REVIEW:
            return self.tr("Not in review mode")
        return self.tr("Select an annotation first")

    def _articles_for(self, typed: str) -> list[_Ranked]:
        if self._state.project is None or len(typed) < _LEAST_LETTERS:
            return []
        found = self._state.project.read.articles_titled(typed, _ARTICLES)
        return [
            (-round((score(typed, article.title) or 0.0) - _ARTICLES_BEHIND), at, self._opening(article))
            for at, article in enumerate(found)
        ]

    def _opening(self, article: Article) -> Command:
        title = self.tr("Open: {title}").format(title=article.title)
        place = " · ".join(filter(None, (article.source, article.published)))
        return Command(article.uid, title, place, icon="article", is_article=True)

    # -- place --------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Stand at the window's top centre, as high as the rows need."""
        window = self.parentWidget()
        if window is None:
            return
        width = min(_WIDTH, window.width() - 2 * _MARGIN)
        top = min(_TOP, max(window.height() // 12, 0))
        row = max(self._list.sizeHintForRow(0), ROW_HEIGHT)
        room = window.height() - top - self._field.sizeHint().height() - 5 * _MARGIN
        rows = min(self._model.rowCount(), _ROWS, max(room // row, 1))
        self._list.setFixedHeight(rows * row + 2)
        height = self.sizeHint().height()
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def _describe(self, current: QModelIndex) -> None:
        """Let a screen reader say the current row, though the focus is in the field."""
        self._field.setAccessibleDescription(str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
