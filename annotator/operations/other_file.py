"""A colleague's file, read beside mine, and the part of mine that a merge with it has to know."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.base.errors import DamagedError, ProjectError
from annotator.model import manifest
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article
from annotator.model.changes import RECORD_TYPES, Kind, Record
from annotator.model.hand_out import HandOut
from annotator.model.merge_plan import CODEBOOK, MERGED, State
from annotator.model.project_info import ProjectInfo
from annotator.model.references import Key, keys_referred_to
from annotator.operations.checking import check_project
from annotator.project.opening import in_this_version, open_project
from annotator.project.project import Project

_WITH_THE_STEP = (Kind.ANNOTATOR, Kind.ANNOTATION_SET, Kind.ARTICLE_WORK)
"""What handing out puts into my own file."""


class OtherFile:
    """A colleague's file as one state, held in memory: it is closed again before anything is written.

    ``state`` are its records with their ``hashes``, without what is ``settled``; of these my file has those in ``same``
    just so, and something else under the keys ``differing``. ``take_up`` is told records of mine that are settled when
    somebody asks for them after all. ``texts`` are what my file does not have. ``hand_out`` is the handing out between
    the two and ``base`` what they have agreed on since; None and empty when there was none.
    """

    def __init__(self, path: Path, project: Project) -> None:
        """Read the file and look for damage in what is taken from it; raises ProjectError and its kinds."""
        with in_this_version(path) as there:
            self._read_soundly(there, project)

    def _read_soundly(self, path: Path, project: Project) -> None:
        try:
            other = open_project(path, read_only=True)
            try:
                self._read(other, project)
            finally:
                other.close()
        except (ProjectError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            problems = check_project(path, with_search=False)  # takes longer, and says what is wrong
            if problems:
                raise DamagedError(
                    f"{path.name} is damaged ({problems[0]}); nothing was brought in. Ask for the file again."
                ) from error
            if isinstance(error, ProjectError):
                raise
            raise DamagedError(f"{path.name} is damaged ({type(error).__name__}); nothing was brought in.") from error

    def _read(self, other: Project, project: Project) -> None:
        before = other.read.data_version()
        with other.beside(project) as beside:
            self.hand_out, self.base = _common(project, other)
            beside.read((*CODEBOOK, *MERGED), self.base, self.hand_out)
        self.state, self.hashes, self.same = beside.state, beside.hashes, beside.same
        self.differing, self.settled, self.take_up = beside.differing, beside.settled, beside.take_up
        (info,) = other.read.all(ProjectInfo)
        self.name = info.name
        here = project.read.known_texts()
        articles = [one for one in self.state.values() if isinstance(one, Article)]
        self.texts = {one.sha256: other.read.text(one.sha256) for one in articles if one.sha256 not in here}
        if other.read.data_version() != before:
            raise ProjectError(f"{other.path.name} is being written to. Close it where it is open, then try again.")

    def person(self, uid: str) -> Annotator | None:
        """Return a person of their file."""
        found = self.state.get((Kind.ANNOTATOR, uid))
        return found if isinstance(found, Annotator) else None


def _common(project: Project, other: Project) -> tuple[HandOut | None, dict[Key, str]]:
    """Return the latest handing out between the two files, and what they have agreed on since.

    My own record of it is the one that counts, for it moves on with each bringing in. Theirs stands in where mine was
    undone, or never written because the program was killed.
    """
    origins = {project.cache.info.uid, other.cache.info.uid}
    if len(origins) == 1:
        return None, {}  # a plain copy of the file: which of the two came first nobody knows
    mine = {one.uid: one for one in project.read.all(HandOut) if one.origin in origins}
    theirs = {one.uid: one for one in other.read.all(HandOut) if one.origin in origins}
    shared = [uid for uid in theirs if uid in mine or theirs[uid].origin == project.cache.info.uid]
    if not shared:
        return None, {}
    latest = max(shared)
    made = mine.get(latest) or theirs[latest]
    base = manifest.read((project if latest in mine else other).read.text(made.base))
    if latest not in mine:
        # The step that put them here was undone or never done: that is no removal.
        base = {key: one for key, one in base.items() if key[0] not in _WITH_THE_STEP or _has(project, key)}
    return made, base


def _has(project: Project, key: Key) -> bool:
    return project.read.get(RECORD_TYPES[key[0]], key[1]) is not None


def my_side(project: Project, theirs: OtherFile) -> State:
    """Return what of my file a merge can touch or needs to know; what they have just so is the same object."""
    return _MySide(project, theirs).read()


class _MySide:
    """Reading it: what stands on their articles, and what went out to them or has their uids."""

    def __init__(self, project: Project, theirs: OtherFile) -> None:
        self._read, self._theirs = project.read, theirs
        self._state: State = {}
        self._asked: dict[Kind, list[str]] = {kind: [] for kind in MERGED}
        # What is there with a uid that is not here need not be asked for.
        known = (*theirs.same, *theirs.differing)
        gone = (key for key in theirs.settled.left_of(theirs.base) if key not in theirs.state)
        for kind, uid in (*known, *gone):
            if kind in self._asked:
                self._asked[kind].append(uid)

    def read(self) -> State:
        """Return it."""
        for kind in (*CODEBOOK, Kind.ANNOTATOR, Kind.ANNOTATION_SET, Kind.ENTITY):
            self._add(self._read.all(RECORD_TYPES[kind]))
        self._add_asked(Kind.ARTICLE)
        strange = [
            one for key, one in self._theirs.state.items() if isinstance(one, Article) and key not in self._state
        ]
        for article in strange:
            self._add(self._read.articles_with_text(article.sha256))
        articles = [uid for kind, uid in self._state if kind is Kind.ARTICLE]
        for kind in (Kind.ANNOTATION, Kind.LINK, Kind.VERDICT, Kind.ARTICLE_WORK):
            settled = self._theirs.settled
            on = self._read.uids_on(RECORD_TYPES[kind], articles, settled.by_article(kind))
            self._add_known(kind, [uid for _, uid in settled.left_of((kind, uid) for uid in on)])
        for kind in MERGED:
            self._add_asked(kind)
        for kind, uid in self._theirs.base:
            if kind is Kind.ENTITY and (kind, uid) not in self._theirs.state:
                self._add(self._read.annotations_of_entity(uid))
        self._add_ends()
        return self._state

    def _add_ends(self) -> None:
        """Add what my links and verdicts stand on, to tell what they are."""
        settled, ends = self._theirs.settled, (Kind.LINK, Kind.VERDICT)
        asked = dict.fromkeys(
            uid
            for (kind, _), record in self._state.items() if kind in ends
            for target, uid in keys_referred_to(record) if (target, uid) in settled
        )  # fmt: skip
        found = self._read.many(Annotation, asked)
        self._theirs.take_up(found.values())
        self._add(found.values())

    def _add(self, records: Iterable[Record]) -> None:
        self._state.update((manifest.key_of(record), record) for record in records)

    def _add_asked(self, kind: Kind) -> None:
        # What stands on an article has been read with it: only what is left is asked for one by one.
        self._add_known(kind, [uid for uid in self._asked[kind] if (kind, uid) not in self._state])

    def _add_known(self, kind: Kind, uids: Iterable[str]) -> None:
        """Add records that are here, in this order; those that they have just so are not read again."""
        same, keys = self._theirs.same, [(kind, uid) for uid in uids]
        read = self._read.many(RECORD_TYPES[kind], [key[1] for key in keys if key not in same])
        for key in keys:
            record = same.get(key) or read.get(key[1])
            if record is not None:
                self._state[key] = record
