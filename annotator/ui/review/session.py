"""Where a review stands: which two sets are compared, which differences are shown, and which one is looked at."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, Signal

from annotator.analysis.comparison import DifferenceKind
from annotator.base.bulk import much_may_stay
from annotator.model.annotation import Annotation, AnnotationSet, SetKind
from annotator.model.changes import ChangeSet, Kind, Origin
from annotator.model.content import ArticleContent
from annotator.model.review import Verdict
from annotator.operations.adjudicating import adjudicated_set
from annotator.project.opening import own_set
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.review.items import NO_KEY, Compared, Item, compared, judged_anew, judged_between
from annotator.ui.review.listed import Cell, Listed
from annotator.ui.state import UiState

_ORDER = (SetKind.PERSON, SetKind.IMPORT, SetKind.ADJUDICATED)


class Session(QObject):
    """One window's review; it does something only while the actions are in review mode.

    ``changed``: other sets, other differences, or something of them was decided. ``moved``: another difference is
    looked at, or the other of its versions. ``first`` and ``second`` are uids of sets; no second: the first alone.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, state: UiState, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._actions = state, actions
        self.first, self.second = "", ""
        self.found = Compared()
        self.kinds: frozenset[DifferenceKind] = frozenset()
        self.tag_types: frozenset[str] = frozenset()
        self.cell: Cell | None = None
        self._chosen = False
        self._key = NO_KEY
        self._listed = Listed()
        self._side = ""
        self._idle = False
        state.project_opened.connect(self._forget)
        state.article_opened.connect(self.begin)
        state.content_changed.connect(self._take_in)
        state.annotation_selected.connect(self._follow)
        actions.mode_changed.connect(self.begin)

    @property
    def active(self) -> bool:
        """Whether this is review mode, with an article open."""
        return self._actions.mode is Mode.REVIEW and self._state.content is not None

    # -- the sets -----------------------------------------------------------------------------------------

    def sets(self) -> list[AnnotationSet]:
        """Return the sets that can be compared: one's own, other people's, imports, the adjudicated one."""
        project = self._state.project
        if project is None:
            return []
        mine = own_set(project)
        own = mine.uid if mine is not None else ""
        return sorted(
            project.cache.sets.values(), key=lambda one: (one.uid != own, _ORDER.index(one.kind), one.name.casefold())
        )

    def choose(self, first: str, second: str) -> None:
        """Compare these sets from now on, in every article."""
        self._chosen = True
        self.cell = None
        self.first, self.second = first, second if second != first else ""
        self._key = NO_KEY
        self._compare()
        self._go_to_first()

    def _choose_for_article(self, content: ArticleContent) -> None:
        """Compare those who have tagged here: oneself with the first colleague, two colleagues, or one alone."""
        there = {a.annotation_set for a in content.annotations.values()}
        known = [one.uid for one in self.sides_first() if one.uid in there]
        self.first = known[0] if known else next((one.uid for one in self.sets()), "")
        self.second = known[1] if len(known) > 1 else ""

    def sides_first(self) -> list[AnnotationSet]:
        """Return the sets without the adjudicated one, which is compared only when somebody asks for it."""
        return [one for one in self.sets() if one.kind is not SetKind.ADJUDICATED]

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[Item, ...]:
        """The differences that the filter lets through, in text order."""
        return self._list.items

    @property
    def _list(self) -> Listed:
        if not self._listed.is_of(self.found, self.kinds, self.tag_types, self.cell):
            self._listed = Listed(self.found, self.kinds, self.tag_types, self.cell)
        return self._listed

    def narrow(self, kinds: frozenset[DifferenceKind], tag_types: frozenset[str]) -> None:
        """Show only differences of these kinds and tag types; none named: all."""
        self.kinds, self.tag_types = kinds, tag_types
        self._narrowed()

    def narrow_to(self, cell: Cell | None) -> None:
        """Show only where the first set has the one tag and the second the other; None: everywhere."""
        self.cell = cell
        self._narrowed()

    def _narrowed(self) -> None:
        self.changed.emit()
        if self.current is None:
            self._go_to_first()

    def counts(self) -> Counter[DifferenceKind]:
        """Return how many differences of each kind there are, whatever the filter."""
        return Counter(item.difference.kind for item in self.found.items)

    @property
    def decided(self) -> int:
        """How many differences have been decided."""
        return sum(item.decided for item in self.found.items)

    # -- where we are -------------------------------------------------------------------------------------

    @property
    def current(self) -> Item | None:
        """The difference that is looked at."""
        return self._list.item(self._key)

    @property
    def subject(self) -> Annotation | None:
        """The version that accepting, rejecting and commenting are about."""
        item = self.current
        if item is None:
            return None
        return next((one for one in item.sides if one.uid == self._side), item.sides[0])

    def go(self, item: Item | None, side: str = "") -> None:
        """Look at a difference; ``side`` is the version to judge, by default a colleague's."""
        self._key = item.key if item is not None else NO_KEY
        self._side = side or (self._judged_side(item) if item is not None else "")
        if item is not None and self._state.annotation != self._side:
            self._state.select(self._side)
        self.moved.emit()

    def _judged_side(self, item: Item) -> str:
        """Return the version to judge: one without a verdict, a colleague's before one's own, never the final one."""
        project = self._state.project
        mine, settled = (own_set(project), adjudicated_set(project)) if project is not None else (None, None)

        def rank(one: Annotation) -> tuple[bool, bool, bool]:
            final = settled is not None and one.annotation_set == settled.uid
            own = mine is not None and one.annotation_set == mine.uid
            return final, one.uid in self.found.judged, own

        return min(reversed(item.sides), key=rank).uid

    def look_at(self, annotation: str) -> bool:
        """Look at a difference that an annotation is part of; tell whether there is one among those shown."""
        item = next((one for one in self.shown if one.is_about(annotation)), None)
        if item is not None:
            self.go(item)
        return item is not None

    def go_near(self, position: int) -> None:
        """Look at the difference that is nearest to a place in the text, if there is any."""

        def distance(item: Item) -> int:
            spans = [span for one in item.sides for span in one.spans]
            return min(max(span.start - position, position - span.stop + 1, 0) for span in spans)

        if self.shown:
            self.go(min(self.shown, key=distance))

    def other_side(self) -> None:
        """Judge the other version of the difference."""
        item, subject = self.current, self.subject
        others = [one.uid for one in item.sides if one != subject] if item is not None else []
        if others:
            self.go(item, others[0])
        else:
            self._state.tell(self.tr("There is only one version here."))

    def step(self, by: int) -> None:
        """Look at the next or previous difference of those shown."""
        shown, item = self.shown, self.current
        if not shown:
            self._state.tell(self.tr("There is no difference to go to."))
        elif item is None:
            self.go(shown[0 if by > 0 else -1])
        else:
            self.go(shown[(self.place() + by) % len(shown)])

    def go_on(self, place: int) -> None:
        """Look at the next undecided difference from a place in the list on; stay when there is none."""
        shown = self.shown
        following = next((item for item in (*shown[place:], *shown[:place]) if not item.decided), None)
        if following is not None:
            self.go(following)
            return
        if self.current is None and shown:
            self.go(shown[min(place, len(shown) - 1)])
        self.moved.emit()
        self._state.tell(self.tr("Everything here is decided. Shift+Enter marks the article reviewed."))

    def place(self) -> int:
        """Return where the current difference stands in the list; 0 without one."""
        return max(self._list.place(self._key), 0)

    def place_of(self, item: Item) -> int:
        """Return where a difference stands in the list, or -1."""
        return self._list.place(item.key)

    def _go_to_first(self) -> None:
        """Look at the first undecided difference, from the one before on if that is still there."""
        shown, place = self.shown, self.place()
        following = (*shown[place:], *shown[:place])
        self.go(next((item for item in following if not item.decided), shown[0] if shown else None))

    # -- following ----------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._chosen = False
        self.kinds, self.tag_types, self.cell = frozenset(), frozenset(), None
        self._key, self.found = NO_KEY, Compared()

    def begin(self) -> None:
        """Compare anew when review mode begins or another article is opened in it."""
        content = self._state.content
        if not self.active or content is None:
            self.found = Compared()
            if not self._idle:  # outside of review mode opening an article concerns nobody here
                self._idle = True
                self.changed.emit()
            return
        self._idle = False
        known = {one.uid for one in self.sets()}
        if not self._chosen or self.first not in known or (self.second and self.second not in known):
            self._choose_for_article(content)
        self._compare()
        self._go_to_first()

    def _compare(self, change_set: ChangeSet | None = None) -> None:
        """Compare anew; after a step that only passed verdicts the differences are the same, decided or not."""
        project, content = self._state.project, self._state.content
        if project is not None and content is not None and self.active:
            same = change_set is not None and self.found.sets == (self.first, self.second)
            judged = judged_between(self.found, change_set) if change_set is not None and same else None
            if judged is None:
                much_may_stay()
                self.found = compared(project, content, self.first, self.second)
            elif judged:
                self.found = judged_anew(project, content, self.found, judged)
        self.changed.emit()

    def _take_in(self, change_set: ChangeSet | None) -> None:
        if not self.active:
            return
        place = self.place()
        self._compare(change_set)
        if change_set is not None and change_set.origin in (Origin.UNDO, Origin.REDO):
            self._return_to(change_set)
        shown = self.shown
        if self.current is None and shown:
            self.go(shown[min(place, len(shown) - 1)])
        else:
            self.moved.emit()

    def _return_to(self, change_set: ChangeSet) -> None:
        """After an undo or redo look at what it was about, unless it was about many."""
        records = [change.before or change.after for change in change_set.of(Kind.VERDICT)]
        about = {one.annotation for one in records if isinstance(one, Verdict)}
        item = self.current
        if not about or len(about) > 2 or (item is not None and any(item.is_about(uid) for uid in about)):
            return
        again = next((item for item in self.shown if any(item.is_about(uid) for uid in about)), None)
        if again is not None:
            self.go(again)

    def _follow(self, uid: str) -> None:
        """Look at the difference that a selected annotation is part of."""
        item = self.current
        if not self.active or not uid or uid == self._side:
            return
        if item is None or not item.is_about(uid):
            about = [one for one in self.shown if one.is_about(uid)]
            item = next((one for one in about if not one.decided), about[0] if about else None)
        if item is not None:
            self.go(item, uid)
