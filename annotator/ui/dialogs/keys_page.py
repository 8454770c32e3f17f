"""The page of the preferences where keys are changed: a clash is told at once, with the other action's name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QPushButton, QTreeView, QVBoxLayout, QWidget

from annotator.base.settings import Settings
from annotator.ui.actions.keys import effective_keys, native
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import TABLE, Action
from annotator.ui.dialogs.key_capture import KeyCapture
from annotator.ui.dialogs.keys_model import KeysModel, claimed_by, may_have, title_of
from annotator.ui.widgets.dialog import heading, problem, show_problem
from annotator.ui.widgets.search_field import SearchField


class KeysPage(QWidget):
    """``changed`` tells that other keys are stored in ``settings["keys"]``."""

    changed = Signal()

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._all = settings, actions
        self._wanted = ""  # a key that another action has
        self._model = KeysModel(list(TABLE))
        self._search = SearchField(self.tr("Find an action or a key"), delay_ms=0)
        self._view = QTreeView()
        self._title = heading("")
        self._capture = KeyCapture()
        self._clear = QPushButton(self.tr("No key"))
        self._reset = QPushButton(self.tr("Reset"))
        self._reset_all = QPushButton(self.tr("Reset all"))
        self._problem = problem()
        self._take_over = QPushButton(self.tr("Use it here instead"))
        self._set_up_view()
        self._lay_out()
        self._listen()
        self._model.show(settings["keys"])
        self._view.setCurrentIndex(self._model.index(0, 0))

    def _set_up_view(self) -> None:
        view = self._view
        view.setModel(self._model)
        view.setProperty("framed", True)
        view.setAccessibleName(self.tr("Actions and their keys"))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = view.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self._capture, 1)
        for button in (self._clear, self._reset, self._reset_all, self._take_over):
            button.setAutoDefault(False)
        fields.addWidget(self._clear)
        fields.addWidget(self._reset)
        clash = QHBoxLayout()
        clash.addWidget(self._problem, 1)
        clash.addWidget(self._take_over)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._search, 1)
        top.addWidget(self._reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._view, 1)
        column.addWidget(self._title)
        column.addLayout(fields)
        column.addLayout(clash)
        self._take_over.hide()

    def _listen(self) -> None:
        self._search.text_changed.connect(self._refresh)
        self._view.selectionModel().currentRowChanged.connect(self._show)
        self._view.activated.connect(lambda _: self._capture.setFocus())
        self._capture.captured.connect(self._take)
        self._capture.left.connect(self._view.setFocus)
        self._clear.clicked.connect(lambda: self._put([]))
        self._reset.clicked.connect(lambda: self._put(None))
        self._reset_all.clicked.connect(self._put_all_back)
        self._take_over.clicked.connect(self._take_from_other)

    # -- showing ------------------------------------------------------------------------------------------

    def _chosen(self) -> Action | None:
        return self._model.action(self._view.currentIndex().row())

    def _refresh(self, *_: object) -> None:
        """Show the table anew, the same action still chosen."""
        before = self._chosen()
        self._model.show(self._settings["keys"], self._search.text())
        row = max(self._model.row_of(before.id) if before else 0, 0)
        self._view.setCurrentIndex(self._model.index(row, 0))
        self._show()

    def _show(self, *_: QModelIndex) -> None:
        action = self._chosen()
        changed = self._settings["keys"]
        self._tell("")
        self._title.setText(self.tr("Keys of “{0}”").format(title_of(action)) if action else "")
        self._capture.show_keys(effective_keys(action, changed) if action else ())
        for widget in (self._capture, self._clear):
            widget.setEnabled(action is not None)
        self._reset.setEnabled(action is not None and action.id in changed)
        self._reset_all.setEnabled(bool(changed))

    def _tell(self, text: str, wanted: str = "") -> None:
        self._wanted = wanted
        show_problem(self._problem, text)
        self._take_over.setVisible(bool(wanted))

    # -- changing -----------------------------------------------------------------------------------------

    def _take(self, key: str) -> None:
        action = self._chosen()
        if action is None:
            return
        if not may_have(action, key):
            self._tell(self.tr("{0} alone types text. Add Ctrl or Alt, or use a function key.").format(native(key)))
            return
        other = claimed_by(self._all.table, self._settings["keys"], action.id, key)
        if not other:
            self._put([key])
            return
        name = next(title_of(one) for one in self._all.table if one.id == other)
        text = self.tr("{0} is the key of “{1}”.").format(native(key), name)
        if any(one.id == other for one in TABLE):
            self._tell(text, key)
        else:
            self._tell(self.tr("{0} It comes from the codebook and is changed there.").format(text))

    def _take_from_other(self) -> None:
        """Give the key to the chosen action and take it from the one that has it."""
        action, key = self._chosen(), self._wanted
        changed = dict(self._settings["keys"])
        while action is not None and (other := claimed_by(self._all.table, changed, action.id, key)):
            owner = next(one for one in self._all.table if one.id == other)
            changed[other] = [one for one in effective_keys(owner, changed) if one != key]
        self._store(changed)
        self._put([key])

    def _put(self, keys: list[str] | None) -> None:
        """Give the chosen action these keys, or those of the table with None."""
        action = self._chosen()
        if action is None:
            return
        changed = dict(self._settings["keys"])
        if keys is None or tuple(keys) == action.keys:
            changed.pop(action.id, None)
            taken = next((k for k in action.keys if claimed_by(self._all.table, changed, action.id, k)), "")
            if taken:
                self._tell(self.tr("{0} is the key of another action by now.").format(native(taken)), taken)
                return
        else:
            changed[action.id] = keys
        self._store(changed)

    def _put_all_back(self) -> None:
        self._store({})

    def _store(self, changed: dict[str, list[str]]) -> None:
        self._settings["keys"] = changed
        self._refresh()
        self.changed.emit()

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
