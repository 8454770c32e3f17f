"""The actions at work: QActions made from the table, enabled by the state, reached by key, menu and palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.ui.actions import keys
from annotator.ui.actions.table import RETYPE, TABLE, TAG, TAG_SAME, Action, Mode, Need, Where, codebook_actions
from annotator.ui.state import UiState
from annotator.ui.theme.icons import icon

_DIGIT_PREFIXES = (TAG, RETYPE, TAG_SAME)
_RETYPE_SECONDS = 4


class Actions(QObject):
    """All actions of one window. ``rebuilt`` is emitted when the codebook brought others, ``mode_changed`` by itself.

    While tagging the bare keys are those of ``Where.READER``, in review mode those of ``Where.REVIEW``.
    """

    rebuilt = Signal()
    mode_changed = Signal()

    def __init__(self, window: QWidget, state: UiState, changed_keys: Mapping[str, list[str]]) -> None:
        super().__init__(window)
        self.setObjectName("actions")
        self._window = window
        self._state = state
        self._changed = dict(changed_keys)
        self._handlers: dict[str, Callable[[], object]] = {}
        self._tag_handlers: dict[str, Callable[[str], object]] = {}
        self._actions: dict[str, QAction] = {}
        self.table: list[Action] = []
        self._mode = Mode.TAGGING
        self._level_shown: tuple[set[Need], Mode] | None = None
        self._bare_keys: dict[Where, dict[str, str]] = {}
        self._window_keys: dict[str, str] = {}
        self._drawn = False
        self._retyping = QTimer(self, singleShot=True, interval=_RETYPE_SECONDS * 1000)
        self.rebuild()
        for signal in (state.project_opened, state.article_opened, state.annotation_selected, state.project_changed):
            signal.connect(self.refresh)

    # -- making -------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make the actions anew from the table and the codebook; those that stay keep their QAction."""
        table = [*codebook_actions(self._state.codebook), *TABLE]
        if table == self.table:
            return
        for gone in {action.id for action in self.table} - {action.id for action in table}:
            old = self._actions.pop(gone)
            self._window.removeAction(old)
            old.deleteLater()
        self.table, self._level_shown = table, None
        for action in table:
            self._make(action)
        self.set_keys(self._changed)
        self.refresh()
        self.rebuilt.emit()

    def _make(self, action: Action) -> None:
        made = self._actions.get(action.id)
        if made is None:
            made = QAction(self._window)
            made.setObjectName(action.id)
            made.triggered.connect(lambda _checked=False, uid=action.id: self.run(uid))
            self._actions[action.id] = made
            self._window.addAction(made)
        made.setText(QCoreApplication.translate("actions", action.title))
        made.setCheckable(action.checkable)
        if action.hint:
            made.setStatusTip(QCoreApplication.translate("actions", action.hint))

    def set_keys(self, changed: Mapping[str, list[str]]) -> None:
        """Take over the keys that a person has set."""
        self._changed = dict(changed)
        places = (Where.READER, Where.REVIEW)
        self._bare_keys = {place: keys.keys_in(place, self.table, self._changed) for place in places}
        self._window_keys = keys.keys_in(Where.WINDOW, self.table, self._changed)
        for action in self.table:
            if action.where is Where.WINDOW:
                sequences = [QKeySequence.fromString(k) for k in keys.effective_keys(action, self._changed)]
                self._actions[action.id].setShortcuts(sequences)

    def draw_icons(self) -> None:
        """Draw the icons once a menu is about to show them; no start, and no key after it, waits for that."""
        if not self._drawn:
            self._drawn = True
            self.recolour()

    def recolour(self) -> None:
        """Draw the icons in the colours of the theme that is worn now, if they have been drawn at all."""
        for action in self.table if self._drawn else ():
            if action.icon:
                self._actions[action.id].setIcon(icon(action.icon))

    # -- mode ---------------------------------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        """What the window is for just now."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Let other bare keys count and other actions be enabled."""
        if mode is not self._mode:
            self._mode = mode
            self._retyping.stop()
            self.refresh()
            self.mode_changed.emit()

    @property
    def _reader_keys(self) -> dict[str, str]:
        return self._bare_keys[Where.REVIEW if self._mode is Mode.REVIEW else Where.READER]

    # -- asking -------------------------------------------------------------------------------------------

    def action(self, uid: str) -> QAction:
        """Return the QAction of an id; raises KeyError when there is none."""
        return self._actions[uid]

    def keys_of(self, uid: str) -> tuple[str, ...]:
        """Return an action's keys as they are now, portable."""
        action = next(a for a in self.table if a.id == uid)
        return keys.effective_keys(action, self._changed)

    def enabled(self, uid: str) -> bool:
        """Tell whether an action can be run now."""
        return self._actions[uid].isEnabled()

    # -- handling -----------------------------------------------------------------------------------------

    def connect_to(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Say what each action does, by id."""
        self._handlers.update(handlers)

    def connect_tags(
        self, tag: Callable[[str], object], retype: Callable[[str], object], same: Callable[[str], object]
    ) -> None:
        """Say what the codebook's actions do; each is called with the name of the tag type."""
        self._tag_handlers = {TAG: tag, RETYPE: retype, TAG_SAME: same}

    def run(self, uid: str) -> bool:
        """Run an action if it is enabled, else say why it is not; tells whether it was."""
        if not self.enabled(uid):
            self._state.tell(self._why_not(uid), "warning")
            return False
        handler = self._handlers.get(uid)
        if handler is not None:
            handler()
            return True
        prefix, _, name = uid.partition(".")
        self._tag_handlers[f"{prefix}."](name)
        return True

    def unhandled(self) -> list[str]:
        """Return the ids that nothing handles; for the test that there are none."""
        return [
            action.id
            for action in self.table
            if action.id not in self._handlers and f"{action.id.partition('.')[0]}." not in self._tag_handlers
        ]

    def refresh(self, *_: object) -> None:
        """Enable what can be done now, and name the next undo and redo."""
        level = self._level(), self._mode
        if level != self._level_shown:
            self._level_shown = level
            self._enable(level[0])
        project = self._state.project
        for uid, title, label in (
            ("edit.undo", "Undo", project.undo_label if project else ""),
            ("edit.redo", "Redo", project.redo_label if project else ""),
        ):
            made = self._actions[uid]
            base = QCoreApplication.translate("actions", title)
            made.setText(f"{base} {label}" if label else base)
            made.setEnabled(Need.WRITABLE in level[0] and bool(label))

    def _enable(self, level: set[Need]) -> None:
        for action in self.table:
            asleep = action.where is Where.READER and self._mode is Mode.REVIEW
            self._actions[action.id].setEnabled(action.need in level and not asleep)
        self._actions["review.toggle"].setChecked(self._mode is Mode.REVIEW)

    def _level(self) -> set[Need]:
        state = self._state
        have = {Need.NOTHING}
        if state.project is not None:
            have.add(Need.PROJECT)
        if state.writable:
            have.add(Need.WRITABLE)
        if state.content is not None:
            have.add(Need.ARTICLE)
            if state.writable:
                have.add(Need.TAGGING)
                if state.selected is not None:
                    have.add(Need.ANNOTATION)
            if self._mode is Mode.REVIEW:
                have |= {Need.REVIEWING, Need.DECIDING} if state.writable else {Need.REVIEWING}
        return have

    def _why_not(self, uid: str) -> str:
        """Return why an action cannot be run now."""
        state, action = self._state, next(action for action in self.table if action.id == uid)
        need = action.need
        project = state.project
        if project is None:
            return self.tr("Open or create a project first.")
        if not state.writable and need in (Need.WRITABLE, Need.TAGGING, Need.ANNOTATION, Need.DECIDING):
            by = self.tr("{0} has this project open").format(project.holder)
            read_only = by if project.holder else self.tr("This project is open for reading only")
            return self.tr("{0}: you can read and export, but not change anything.").format(read_only)
        if state.content is None and need in (Need.ARTICLE, Need.TAGGING, Need.ANNOTATION):
            return self.tr("Open an article first.")
        if action.where is Where.READER and self._mode is Mode.REVIEW:
            return self.tr("Not in review mode: leave it first, with Ctrl+Shift+R.")
        if need in (Need.REVIEWING, Need.DECIDING):
            return self.tr("Only in review mode: Ctrl+Shift+R.")
        if need is Need.ANNOTATION:
            return self.tr("Select a tag first: click it in the text, or press Tab.")
        if uid == "edit.undo":
            return self.tr("There is nothing of yours to undo.")
        return self.tr("There is nothing to do again.")

    # -- keys of the reader and the annotation list -------------------------------------------------------

    def watch(self, widget: QWidget) -> None:
        """Let the bare keys count while this widget has the focus."""
        widget.installEventFilter(self)

    def expect_retype(self) -> None:
        """Let the next digit retype the selected annotation."""
        self._retyping.start()

    @property
    def retyping(self) -> bool:
        """Whether the next digit retypes."""
        return self._retyping.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Run the action of a key pressed in a watched widget; digits count by their place on the keyboard."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._meant(event):
                event.accept()  # ours, not a menu's accelerator
                return True
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            uid = self._meant(event)
            if uid:
                if self.retyping and uid == "tag.none":
                    self._retyping.stop()  # Esc gives up the wait for a digit, and nothing else
                    self._state.tell("")
                    return True
                self._retyping.stop() if uid != "tag.retype" else None
                self.run(uid)
                return True
            asleep = self._window_keys.get(keys.pressed(event), "")
            if asleep and not self.enabled(asleep):
                self.run(asleep)  # says why nothing happens; one that is enabled has had its shortcut
                return True
        return super().eventFilter(watched, event)

    def _meant(self, event: QKeyEvent) -> str:
        digit = keys.digit_of(event)
        if digit:
            uid = self._meant_by_digit(digit, keys.pressed(event).startswith("Ctrl+"))
            if uid:
                return uid
        return self._reader_keys.get(keys.pressed(event), "")

    def _meant_by_digit(self, digit: str, with_control: bool) -> str:
        if self._mode is Mode.REVIEW:
            return "" if with_control else self._reader_keys.get(digit, "")
        prefix = TAG_SAME if with_control else RETYPE if self.retyping else TAG
        wanted = {TAG_SAME: f"Ctrl+{digit}", RETYPE: f"T, {digit}", TAG: digit}[prefix]
        return self._reader_keys.get(keys.portable(wanted), "")
