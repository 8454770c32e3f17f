"""What goes into a merge of two files of one project, and what comes out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import cast

from msgspec import Struct, field

from annotator.model import manifest
from annotator.model.changes import Change, Kind, Record
from annotator.model.manifest import Hashes
from annotator.model.references import Key

State = dict[Key, Record]

MERGED = (
    Kind.ANNOTATOR, Kind.ANNOTATION_SET, Kind.ARTICLE, Kind.ARTICLE_WORK, Kind.ENTITY, Kind.ANNOTATION, Kind.LINK,
    Kind.VERDICT,
)  # fmt: skip
"""The kinds that are merged. The codebook is compared, and taken over only where a person decides so."""

CODEBOOK = (Kind.TAG_TYPE, Kind.ATTRIBUTE, Kind.LINK_RULE)


class Side(StrEnum):
    """Whose version a person chose."""

    MINE = "mine"
    THEIRS = "theirs"


Decisions = Mapping[Key, Side]

Names = bool | frozenset[str]
"""Which of their new entities are taken to be mine of the same name and kind: all, none, or those of these uids."""


class Reason(StrEnum):
    """Why a person has to decide."""

    BOTH_CHANGED = "both_changed"
    REMOVED_HERE = "removed_here"
    REMOVED_THERE = "removed_there"
    STILL_USED = "still_used"
    TEXT_DIFFERS = "text_differs"
    CODEBOOK = "codebook"


class Fate(StrEnum):
    """What becomes of one record of theirs.

    UNCHANGED: they have not touched it. CONFLICT: a person has decided for mine, or not decided yet. WAITING: left out
    because of something else that was decided for mine, or not yet.
    """

    NEW = "new"
    IDENTICAL = "identical"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    WAITING = "waiting"


class Conflict(Struct, frozen=True):
    """One thing that a person decides: my version (None: not here) and theirs (None: not there).

    REMOVED_HERE: they changed, or still need, what is no longer here. REMOVED_THERE: they removed what was changed
    here. STILL_USED: they removed what something here refers to. TEXT_DIFFERS: offsets would not fit, so none of their
    work on the article comes in with MINE. CODEBOOK: their work needs what my codebook has not, or has otherwise; with
    MINE it comes in without. ``article`` is the uid of the article it stands on, empty for what has none.
    """

    kind: Kind
    uid: str
    mine: Record | None
    theirs: Record | None
    reason: Reason
    article: str = ""

    @property
    def key(self) -> Key:
        """What is decided."""
        return self.kind, self.uid


class Settled(Collection[Key]):
    """Keys of what stands just so in both files and was not changed in theirs since the two agreed on it.

    A merge leaves it as it is and what was agreed on holds, so that nobody has to read it: nearly all of a large file
    that went out and comes back. Each stands on an article.
    """

    def __init__(self) -> None:
        self._articles: dict[Kind, dict[str, str]] = {kind: {} for kind in Kind}
        """By kind and uid, the article that each stands on."""

    def add(self, kind: Kind, uids: Iterable[str], articles: Iterable[str]) -> None:
        """Take up records of a kind: their uids, and those of their articles in the same order."""
        self._articles[kind].update(zip(uids, articles, strict=True))

    def drop(self, key: Key) -> None:
        """Forget one that has to be read after all."""
        del self._articles[key[0]][key[1]]

    def left_of(self, keys: Iterable[Key]) -> list[Key]:
        """Return those keys that are not settled, in order."""
        known = self._articles
        return [key for key in keys if key[1] not in known[key[0]]]

    def among(self, keys: Iterable[Key]) -> list[Key]:
        """Return those keys that are settled, in order."""
        known = self._articles
        return [key for key in keys if key[1] in known[key[0]]]

    def by_article(self, *kinds: Kind) -> Counter[str]:
        """Return how many of these kinds stand on each article."""
        counts: Counter[str] = Counter()
        for kind in kinds:
            counts.update(self._articles[kind].values())
        return counts

    def __iter__(self) -> Iterator[Key]:
        """Yield all keys."""
        return ((kind, uid) for kind, known in self._articles.items() for uid in known)

    def __contains__(self, key: object) -> bool:
        """Tell whether a record is one of them."""
        kind, uid = cast("Key", key)
        return uid in self._articles[kind]

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(map(len, self._articles.values()))


class Sides(Struct, frozen=True, dict=True):
    """Both versions, with what they last agreed on: empty when there is no common point; nothing is then removed.

    ``mine`` may be a part of my file, as long as it holds all that stands on the articles of ``theirs``, all people,
    sets, entities and the codebook. ``blind``: theirs grew from a copy that hid things. ``known_hashes`` are those of
    theirs if somebody has computed them already. What is ``settled`` is in neither.
    """

    mine: Mapping[Key, Record]
    theirs: Mapping[Key, Record]
    base: Hashes = field(default_factory=dict)
    blind: bool = False
    known_hashes: Hashes | None = None
    settled: Settled = field(default_factory=Settled)

    @property
    def size(self) -> int:
        """How many records their file holds, as far as it is merged."""
        return len(self.theirs) + len(self.settled)

    @cached_property
    def unsettled(self) -> list[Key]:
        """What the two agreed on without what is settled, in order: what may have changed on either side."""
        return self.settled.left_of(self.base)

    @cached_property
    def hashes(self) -> Hashes:
        """The hash of each of their records."""
        return self.known_hashes if self.known_hashes is not None else manifest.hashes_of(self.theirs.values())


class Merge(Struct, frozen=True):
    """What a merge comes to: the changes to my file, and the base that both files agree on from then on.

    ``conflicts`` are all that a person has to decide, those that are decided too. ``fates`` are by my key.
    ``homes`` are the articles that are here under another uid: theirs to mine. ``same_names`` are their new entities,
    each with mine of the same name and kind.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    fates: Mapping[Key, Fate]
    base: Hashes
    homes: Mapping[str, str]
    same_names: tuple[tuple[Record, Record], ...]
