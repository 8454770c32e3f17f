"""Three-way merging of two files of one project against what they last agreed on: pure functions over records.

A record that only one side has changed since then is taken from that side, removals included. Where both have, or one
cannot stand without what the other took away, a person decides; as long as nobody has, my version stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from annotator.model import manifest
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Change, Kind, Record, differ
from annotator.model.codebook import Codebook
from annotator.model.merge_codebook import belonging, codebook_of, fitted, unfit_values, without_values
from annotator.model.merge_identity import at_home, same_things
from annotator.model.merge_plan import CODEBOOK, MERGED, Conflict, Decisions, Fate, Merge, Names, Reason, Side, Sides
from annotator.model.references import Key, keys_referred_to, keys_referred_to_by, references

_STAY = (Kind.ANNOTATOR, Kind.ANNOTATION_SET)
"""Kinds that no merge removes: they stand for people."""
_MERGED = frozenset(MERGED)
_said = attrgetter("tag_type", "values")
"""What an annotation asks of the codebook."""


def merge(sides: Sides, decisions: Decisions | None = None, *, join_names: Names = False) -> Merge:
    """Merge theirs into mine; what is not decided stays as it is here and is listed among the conflicts.

    ``join_names`` says which of their new entities of the same name and kind as one of mine are the same.
    """
    return _Merging(sides, decisions or {}, join_names=join_names).run()


class _Merging:
    """One merge at work. Keys are mine; ``_origins`` leads to theirs."""

    def __init__(self, sides: Sides, decisions: Decisions, *, join_names: Names) -> None:
        self._sides, self._decisions = sides, decisions
        self._mine = sides.mine
        self._same, self._same_names = same_things(sides, join_names=join_names)
        self._theirs, self._origins = at_home(sides, self._same)
        self._taken: dict[Key, Record | None] = {}
        self._forced: set[Key] = set()  # removed here and wanted all the same
        self._conflicts: dict[Key, Conflict] = {}
        self._fates: dict[Key, Fate] = {}
        self._waiting: set[Key] = set()  # left out, and to be asked for again: the base does not move past them
        self._codebook = codebook_of(record for key, record in sides.mine.items() if key[0] in CODEBOOK)
        self._gone = [key for key in sides.unsettled if key in self._mine and key not in self._theirs]

    @cached_property
    def _their_codebook(self) -> Codebook:
        return codebook_of(record for key, record in self._theirs.items() if key[0] in CODEBOOK)

    @cached_property
    def _on_mine(self) -> dict[str, list[Key]]:
        return _by_article(self._mine)

    @cached_property
    def _standing(self) -> dict[str, list[Key]]:
        return _by_article({**{key: self._mine[key] for key in self._gone}, **self._theirs})

    def run(self) -> Merge:
        """Do it, one step after another."""
        article = Kind.ARTICLE
        for key in dict.fromkeys([key for key in chain(self._theirs, self._gone) if key[0] is article]):
            self._look_at_article(key)
        self._decide_each()
        self._fit_all()
        while self._bring_back() or self._complete() or self._free_removals():
            pass
        return self._result()

    # -- what has changed -------------------------------------------------------------------------------------

    def _agreed(self, key: Key) -> str | None:
        return self._sides.base.get(self._origins.get(key, key))

    def _changed_there(self, key: Key) -> bool:
        return self._sides.hashes.get(self._origins.get(key, key)) != self._agreed(key)

    def _changed_here(self, key: Key) -> bool:
        mine = self._mine.get(key)
        if mine is None:
            return self._agreed(key) is not None
        return manifest.digest(self._as_given(mine)) != self._agreed(key)

    def _as_given(self, mine: Record) -> Record:
        return manifest.without_hidden(mine, self._sides.base) if self._sides.blind else mine

    def _their_version(self, key: Key) -> Record | None:
        theirs, mine = self._theirs.get(key), self._mine.get(key)
        if theirs is not None and mine is not None and self._sides.blind:
            return manifest.with_hidden(theirs, mine, self._sides.base)
        return theirs

    # -- articles -----------------------------------------------------------------------------------------------

    def _look_at_article(self, key: Key) -> None:
        mine, theirs = self._mine.get(key), self._theirs.get(key)
        if isinstance(mine, Article) and isinstance(theirs, Article) and mine.sha256 != theirs.sha256:
            reason = Reason.TEXT_DIFFERS
        elif mine is None and self._agreed(key) is not None:
            reason = Reason.REMOVED_HERE
        elif theirs is None:
            others = any(one not in self._sides.base for one in self._on_mine.get(key[1], ()))
            reason = Reason.STILL_USED if others else Reason.REMOVED_THERE
        else:
            return
        standing = [key, *self._standing.get(key[1], ())]
        if not any(self._changed_there(one) for one in standing):
            return
        if self._ask(key, reason) is not Side.THEIRS:
            # A text that differs goes on being asked for: when the texts are one again, the work can come in.
            self._leave_out(standing, wait=reason is Reason.TEXT_DIFFERS or key not in self._decisions)
            return
        for one in standing:
            self._take_wanted(one)

    def _leave_out(self, keys: list[Key], *, wait: bool) -> None:
        for key in keys:
            self._fates[key] = Fate.CONFLICT if key in self._conflicts else Fate.WAITING
            self._taken.pop(key, None)
            if wait:
                self._waiting.add(key)

    # -- record by record ---------------------------------------------------------------------------------------

    def _decide_each(self) -> None:
        """Decide about every record; most are the very same on both sides, or new and known to nobody."""
        mine, base, origins = self._mine, self._sides.base, self._origins
        taken, fates, new = self._taken, self._fates, Fate.NEW
        for key, theirs in self._theirs.items():
            if key[0] not in _MERGED or key in fates:
                continue
            if key not in mine and origins.get(key, key) not in base:
                taken[key], fates[key] = theirs, new
            elif theirs is mine.get(key):
                fates[key] = Fate.IDENTICAL
            else:
                self._decide(key)
        for key in self._gone:
            if key[0] in _MERGED and key not in fates:
                self._decide(key)

    def _decide(self, key: Key) -> None:
        mine, theirs = self._mine.get(key), self._their_version(key)
        if theirs == mine:
            self._fates[key] = Fate.IDENTICAL
        elif not self._changed_there(key) or (theirs is None and key[0] in _STAY):
            self._fates[key] = Fate.UNCHANGED
        elif not self._changed_here(key):
            self._take(key, theirs)
        else:
            reason = Reason.REMOVED_HERE if mine is None else Reason.BOTH_CHANGED
            if self._ask(key, Reason.REMOVED_THERE if theirs is None else reason) is Side.THEIRS:
                self._take_wanted(key)
            else:
                self._leave_out([key], wait=key not in self._decisions)

    def _ask(self, key: Key, reason: Reason) -> Side | None:
        if key not in self._conflicts:
            mine, theirs = self._mine.get(key), self._theirs.get(key)
            record = mine or theirs
            article = key[1] if key[0] is Kind.ARTICLE else str(getattr(record, "article", ""))
            self._conflicts[key] = Conflict(*key, mine, theirs, reason, article)
        return self._decisions.get(key)

    def _take(self, key: Key, record: Record | None) -> None:
        if record == self._mine.get(key):
            self._taken.pop(key, None)
            self._fates[key] = Fate.IDENTICAL
            return
        self._taken[key] = record
        fate = Fate.CHANGED if key in self._mine else Fate.NEW
        self._fates[key] = Fate.REMOVED if record is None else fate

    def _take_wanted(self, key: Key) -> None:
        """Take their version though mine is another; one that was removed here brings back what hung on it."""
        if key not in self._mine:
            self._forced.add(key)
        self._take(key, self._their_version(key))

    def _stands(self, key: Key) -> bool:
        """Tell whether there is such a record when the merge is done."""
        return self._now(key) is not None or key in self._sides.settled

    def _all_stand(self, keys: set[Key]) -> bool:
        left = keys.difference(self._taken).difference(self._mine)
        return keys.isdisjoint(self._going()) and not self._sides.settled.left_of(left)

    def _going(self) -> set[Key]:
        return {key for key, record in self._taken.items() if record is None}

    def _now(self, key: Key) -> Record | None:
        """Return a record as the merge leaves it."""
        return self._taken[key] if key in self._taken else self._mine.get(key)

    # -- the codebook -------------------------------------------------------------------------------------------

    def _fit_all(self) -> None:
        """Fit all that comes in, each combination of a tag and its values, or of a link's ends, once if it fits."""
        bearers = [record for record in self._taken.values() if isinstance(record, Annotation)]
        one_of_each = dict(zip(map(_said, bearers), bearers, strict=True))
        unfit = {said for said, one in one_of_each.items() if not self._fits(one)}
        fitting: set[object] = set()  # of links
        asking = [
            (key, record) for key, record in self._taken.items()
            if not isinstance(record, Annotation) or (unfit and _said(record) in unfit)
        ]  # fmt: skip
        for key, record in asking:
            ends = (record.role, self._types_at(record)) if isinstance(record, Link) else None
            if ends is None or ends not in fitting:
                self._fit_to_codebook(key)
                if self._taken.get(key) is record:
                    fitting.add(ends)

    def _fits(self, record: Annotation) -> bool:
        return self._now((Kind.TAG_TYPE, record.tag_type)) is not None and not unfit_values(record, self._codebook)

    def _fit_to_codebook(self, key: Key) -> None:
        record = self._taken.get(key)
        if isinstance(record, Annotation) and not self._has(Kind.TAG_TYPE, record.tag_type):
            self._leave_out([key], wait=True)
        elif isinstance(record, Annotation | ArticleWork):
            unfit = [uid for uid in unfit_values(record, self._codebook) if not self._may_have(record, uid)]
            if unfit:
                self._waiting.add(key)
                self._take(key, without_values(record, unfit))
        elif isinstance(record, Link) and not self._may_link(record):
            self._leave_out([key], wait=True)

    def _may_have(self, record: Annotation | ArticleWork, attribute: str) -> bool:
        key = (Kind.ATTRIBUTE, attribute)
        return self._come_over(key) and attribute not in unfit_values(record, self._codebook)

    def _has(self, kind: Kind, uid: str) -> bool:
        return self._now((kind, uid)) is not None or self._come_over((kind, uid))

    def _come_over(self, key: Key) -> bool:
        """Ask for a record of their codebook, and take it in with what belongs to it if it is wanted."""
        if key not in self._theirs or self._ask(key, Reason.CODEBOOK) is not Side.THEIRS:
            return False
        here = {one for one in (*self._mine, *self._taken) if one[0] in CODEBOOK}
        for record in belonging(key, self._theirs, here):
            one = manifest.key_of(record)
            known = self._mine.get(one)
            self._taken[one] = fitted(record, self._codebook, known)
            self._fates[one] = Fate.NEW if known is None else Fate.CHANGED
            self._codebook = codebook_of(
                r for r in (self._now(k) for k in {**self._mine, **self._taken} if k[0] in CODEBOOK) if r is not None
            )
        return True

    def _may_link(self, link: Link) -> bool:
        types = self._types_at(link)
        if len(types) < 2 or self._codebook.link_rule(link.role, *types) is not None:
            return True  # without an end it is left out later on
        rule = self._their_codebook.link_rule(link.role, *types)
        # A link that no rule allows there either was made before the rule went.
        return rule is None or self._come_over((Kind.LINK_RULE, rule.uid))

    def _types_at(self, link: Link) -> tuple[str, ...]:
        """Return the tag types of a link's ends, of those that are there."""
        ends = [self._now((Kind.ANNOTATION, uid)) for uid in (link.from_annotation, link.to_annotation)]
        return tuple([end.tag_type for end in ends if isinstance(end, Annotation)])

    # -- nothing in the air -------------------------------------------------------------------------------------

    def _bring_back(self) -> bool:
        """Bring back what hung on a record that was removed here and is wanted after all."""
        if not self._forced:
            return False
        back = [
            key
            for key, record in self._theirs.items()
            if key[0] in MERGED and key not in self._taken and key not in self._mine and key not in self._conflicts
            and any(one.key in self._forced and not one.optional for one in references(record))
            and all(self._stands(one.key) for one in references(record) if not one.optional)
        ]  # fmt: skip
        for key in back:
            self._take_wanted(key)
            self._fit_to_codebook(key)
        return any(key in self._taken for key in back)

    def _complete(self) -> bool:
        """Look whether everything that comes in finds what it refers to; tell whether anything moved."""
        moved = False
        if self._all_stand(keys_referred_to_by(self._taken.values())):
            return False
        for key, record in list(self._taken.items()):
            if record is None or all(map(self._stands, keys_referred_to(record))):
                continue
            mine = self._mine.get(key)
            # What my version refers to is in my file, though perhaps not in the part of it that is looked at here.
            known = {one.key for one in references(mine)} if mine is not None else set()
            for one in references(record):
                there = self._stands(one.key) or (one.key in known and one.key not in self._taken)
                if key in self._taken and not there:
                    moved = True
                    self._supply(key, one.key, one.field if one.optional else "")
        return moved

    def _supply(self, key: Key, missing: Key, field: str) -> None:
        """Fetch what is missing, or do without it where that is possible, or leave the record out."""
        removed_here = missing not in self._mine and self._fates.get(missing) is Fate.UNCHANGED
        if removed_here and self._ask(missing, Reason.REMOVED_HERE) is Side.THEIRS:
            self._take_wanted(missing)
            return
        wait = missing in self._waiting or (missing in self._conflicts and missing not in self._decisions)
        if missing in self._conflicts:
            self._fates[missing] = Fate.CONFLICT
        if wait:
            self._waiting.add(key)
        record = self._taken[key]
        if field and record is not None:
            self._take(key, replace(record, **{field: None}))
        else:
            self._leave_out([key], wait=wait)

    def _free_removals(self) -> bool:
        """Look whether anything still refers to what goes; tell whether anything moved."""
        going = self._going()
        if not going:
            return False
        moved = False
        for key in [*self._mine, *(key for key in self._taken if key not in self._mine)]:
            record = self._now(key)
            for one in references(record) if record is not None else ():
                if one.key in going and self._taken.get(one.key, record) is None:
                    moved = True
                    self._let_go(one.key, key, one.field if one.optional else "")
        return moved

    def _let_go(self, key: Key, user: Key, field: str) -> None:
        if self._ask(key, Reason.STILL_USED) is not Side.THEIRS:
            self._leave_out([key], wait=key not in self._decisions)
            return
        record = self._now(user)
        if field and record is not None:
            self._take(user, replace(record, **{field: None}))
        else:
            self._take(user, None)

    # -- the outcome --------------------------------------------------------------------------------------------

    def _result(self) -> Merge:
        changes = tuple(
            Change(key[0], key[1], mine, record)
            for key, record in self._taken.items()
            if differ(mine := self._mine.get(key), record)
        )
        homes = {theirs: mine for (kind, theirs), mine in self._same.items() if kind is Kind.ARTICLE}
        conflicts = tuple(self._conflicts.values())
        return Merge(changes, conflicts, self._fates, self._next_base(), homes, self._same_names)

    def _next_base(self) -> dict[Key, str]:
        """Return what both files agree on from now on: their version, except of what is to be asked for again.

        Theirs, not the outcome: otherwise what was decided for mine would count as changed there the next time.
        """
        waiting = {self._origins.get(key, key) for key in self._waiting}
        before, theirs = self._sides.base, self._sides.hashes
        base = {**before, **theirs}
        for key in self._sides.unsettled:
            if key not in theirs and key[0] in _MERGED and key not in waiting:
                del base[key]
        for key in (*waiting, *(key for key in theirs if key[0] not in _MERGED)):
            if key in before:
                base[key] = before[key]
            else:
                base.pop(key, None)
        for key in self._waiting:
            partly = self._taken.get(key)
            if partly is not None:  # what came in of it, so that only the rest counts as changed there
                base[self._origins.get(key, key)] = manifest.digest(self._as_given(partly))
        return base


def _by_article(records: Mapping[Key, Record]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for key, record in records.items():
        article = getattr(record, "article", None)
        if article is not None:
            found.setdefault(article, []).append(key)
    return found
