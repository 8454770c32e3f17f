"""The project: the single door through which everything is read and changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from msgspec import Struct

from annotator.base.bulk import without_collections
from annotator.base.clock import now
from annotator.base.errors import BusyError, ReadOnlyError, RuleError, StaleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotator
from annotator.model.changes import ChangeSet, Origin, composed, inverted
from annotator.project.ahead import Ahead
from annotator.project.cache import Cache
from annotator.project.edit import Edit
from annotator.project.lending import Lending
from annotator.storage.reader import Reader
from annotator.storage.session import Session
from annotator.storage.window_lock import WindowLock

if TYPE_CHECKING:
    from annotator.storage.beside import Beside

_log = logging.getLogger(__name__)
T = TypeVar("T")
P = ParamSpec("P")
AHEAD = 32_000_000
"""Bytes of a project whose list of articles is read ahead: that of a smaller one is read before a thread begins."""
MANY = 1500
"""As many changes in one step keep a window waiting, a tenth of a second on a small machine: lend the project then."""
Subscriber = Callable[[ChangeSet | None], None]
"""Told the committed change set, or None when another program changed the file and everything is to be read anew."""


class Reverted(Struct, frozen=True):
    """What an undo or redo came to: the change set, and the names of the steps that had moved on and were skipped."""

    change_set: ChangeSet | None
    label: str
    skipped: tuple[str, ...]


class Project:
    """One open project file. Reading and writing happen on the thread that opened it, unless it is lent to a worker.

    ``annotator`` is who works now: the uid that annotations, history and undo are kept under.
    """

    def __init__(self, session: Session, lock: WindowLock | None = None, holder: str = "") -> None:
        self.path: Path = session.path
        self.holder = holder
        self._session = session
        self._lock = lock
        self._subscribers: list[Subscriber] = []
        self._notifying = False
        self._editing = False
        self._lending: Lending | None = None
        self.read: Reader = session.read
        self.cache = Cache(self.read)
        self.annotator: Annotator = Annotator("", "")
        self._seen = self.read.data_version()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here."""
        return self._session.read_only

    @property
    def schema_version(self) -> int:
        """The version of the file's schema."""
        return self.read.schema_version()

    def close(self) -> None:
        """Close the file and give the window's lock back."""
        self._subscribers.clear()
        self.cache.listings.expect_nothing()
        if self._lending is not None:
            self._lending.end()
            self._lending.forget()
        try:
            self._session.close()
        finally:
            if self._lock is not None:
                self._lock.free()

    def worker_reader(self) -> AbstractContextManager[Reader]:
        """Give a worker thread a Reader with a read-only connection of its own; keep its transactions short."""
        return self._session.worker_reader()

    def read_ahead(self, annotator: str) -> None:
        """Begin to read what the list of articles will ask for, as an annotator sees it, if that takes any time."""
        if self.path.stat().st_size > AHEAD:
            self.cache.listings.expect(Ahead(self.worker_reader, annotator))

    def beside(self, mine: Project) -> Beside:
        """Return what reads this project, a colleague's, beside mine."""
        return self._session.beside(mine.path)

    def lend(self, job: Callable[P, T]) -> Callable[P, T]:
        """Return work that edits this project for a worker thread to do, for what would keep a window waiting.

        From now until ``take_back``, which the thread that lent calls when the work has ended, whatever its outcome,
        nobody else can change anything, and subscribers are told nothing. Leave ``read`` alone as far as possible.
        """
        self._may_edit()
        lending = self._lending = Lending()
        return lambda *given, **named: lending.borrowed(lambda: job(*given, **named))

    def take_back(self) -> None:
        """Have everybody told what was committed while the project was lent."""
        lending, self._lending = self._lending, None
        for change_set in lending.told() if lending is not None else ():
            self._notify(change_set)

    @property
    def lent(self) -> bool:
        """Whether a worker has the project at the moment."""
        return self._lending is not None

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Have every committed change set told, in order; returns what ends it. A subscriber never edits."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    @contextmanager
    def edit(self, label: str, *, merge_key: str = "", origin: Origin = Origin.USER) -> Iterator[Edit]:
        """Collect the changes of one gesture and commit them as one step when the block ends.

        ``label`` is the step's name as the Edit menu shows it ("Tag quote"). An exception anywhere leaves file,
        undo and views as they were. Raises ReadOnlyError, StaleError, RuleError or ProjectError.
        """
        self._may_edit()
        self._editing = True
        edit = Edit(self.read.get)
        try:
            yield edit
        finally:
            self._editing = False
        changes = edit.changes
        if changes:
            change_set = ChangeSet(uuid7(), label, changes, self.annotator.uid, now(), origin, merge_key)
            self._commit(change_set, edit.texts, ())

    def _may_edit(self) -> None:
        if self._lending is not None:
            self._lending.refuse_others()
        if self._notifying or self._editing:
            raise RuntimeError("an edit within an edit or within a notification: the one mechanism is being misread")
        if self.read_only:
            by = f": {self.holder} has it open" if self.holder else ""
            raise ReadOnlyError(f"{self.path.name} is open for reading only{by}. Nothing was changed.")

    def _commit(self, change_set: ChangeSet, texts: dict[str, str], reverted: Sequence[int]) -> ChangeSet:
        # Who reads holds up a commit, which waits a moment only: on a slow disk that would not do.
        self.cache.listings.expect_nothing()
        try:
            committed = self._session.commit(change_set, texts, reverted)
        except BusyError:
            raise  # nothing was begun, and nothing can be read at the moment
        except BaseException:
            self._read_back()
            raise
        self._notify(committed)
        self.look_for_outside_changes()  # what came in before this commit is seen through it otherwise
        return committed

    def _read_back(self) -> None:
        """Have everybody read the truth back from the file: a COMMIT that failed can have persisted all the same."""
        try:
            self._notify(None)
        except Exception:  # noqa: BLE001
            # The failure that led here is the one to tell.
            _log.exception("after a commit that failed the views could not be read anew")

    def _notify(self, change_set: ChangeSet | None) -> None:
        if self._lending is not None:
            self._lending.leave_untold(change_set)
            return
        if change_set is None:
            self.cache.clear()
        else:
            self.cache.take_in(change_set)
        failures: list[Exception] = []
        self._notifying = True
        try:
            for subscriber in tuple(self._subscribers):
                try:
                    subscriber(change_set)
                except Exception as error:  # noqa: BLE001  raised below: the others must hear of a commit all the same
                    failures.append(error)
        finally:
            self._notifying = False
        if failures:
            raise failures[0]

    def look_for_outside_changes(self) -> bool:
        """Have the views read anew when another program has written to the file; tell whether it had.

        While another program holds the file the answer is no: what it writes shows at the next look.
        """
        if self._lending is not None and not self._lending.is_mine:
            return False
        try:
            version = self.read.data_version()
        except BusyError:
            return False
        if version == self._seen:
            return False
        self._seen = version
        self._notify(None)
        return True

    @property
    def undo_label(self) -> str:
        """The name of the step that undo would take back; empty when there is none."""
        return self.read.step_label(self.annotator.uid, "done")

    @property
    def redo_label(self) -> str:
        """The name of the step that redo would do again; empty when there is none."""
        return self.read.step_label(self.annotator.uid, "undone")

    def step_size(self, origin: Origin) -> int:
        """Return how many changes the next UNDO or REDO makes; counted up to MANY."""
        state = "done" if origin is Origin.UNDO else "undone"
        return self.read.step_size(self.annotator.uid, state, MANY)

    def undo(self) -> Reverted:
        """Take the annotator's own newest step back; steps whose rows have moved on are marked, told and skipped."""
        return self._revert(Origin.UNDO)

    def redo(self) -> Reverted:
        """Do the step that was undone last again."""
        return self._revert(Origin.REDO)

    def _revert(self, origin: Origin) -> Reverted:
        self._may_edit()
        with without_collections():  # a step can be an import of thousands
            return self._reverted(origin)

    def _reverted(self, origin: Origin) -> Reverted:
        skipped: list[str] = []
        while steps := self._next(origin):
            try:
                committed = self._commit(self._reverting(steps, origin), {}, [step.sequence for step in steps])
            except (StaleError, RuleError):
                skipped.append(steps[0].label)
                self._mark_stale(steps)
                continue
            return Reverted(committed, steps[0].label, tuple(skipped))
        return Reverted(None, "", tuple(skipped))

    def _next(self, origin: Origin) -> list[ChangeSet]:
        look = self.read.next_undo if origin is Origin.UNDO else self.read.next_redo
        return look(self.annotator.uid)

    def _reverting(self, steps: list[ChangeSet], origin: Origin) -> ChangeSet:
        undo = origin is Origin.UNDO  # then the newest is first
        done = [inverted(step.changes) if undo else step.changes for step in steps]
        changes = done[0] if len(done) == 1 else composed(done)
        return ChangeSet(uuid7(), steps[0].label, changes, self.annotator.uid, now(), origin, reverts=steps[0].uid)

    def _mark_stale(self, steps: list[ChangeSet]) -> None:
        _log.warning("a step could not be reverted because its rows have moved on: %s", steps[0].uid)
        self._session.mark_stale(step.sequence for step in steps)
