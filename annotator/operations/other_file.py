"""A colleague's file, read beside mine, and the part of mine that a merge with it has to know."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.base.errors import DamagedError, ProjectError
from annotator.model import manifest
from annotator.model.annotation import Annotation, Annotator, Link
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import RECORD_TYPES, Kind, Record
from annotator.model.hand_out import HandOut
from annotator.model.manifest import Hashes
from annotator.model.merge_plan import CODEBOOK, MERGED, State
from annotator.model.references import Key
from annotator.model.review import Verdict
from annotator.project.opening import open_project
from annotator.project.project import Project

_WITH_THE_STEP = (Kind.ANNOTATOR, Kind.ANNOTATION_SET, Kind.ARTICLE_WORK)
"""What handing out puts into my own file."""


class OtherFile:
    """A colleague's file as one state, held in memory: it is closed again before anything is written.

    ``state`` are its records, ``texts`` what my file does not have. ``hand_out`` is the handing out between the two
    files and ``base`` what they have agreed on since; None and empty when there was none.
    """

    def __init__(self, path: Path, project: Project) -> None:
        """Read the file; raises ProjectError and its kinds."""
        try:
            other = open_project(path, read_only=True)
            try:
                self._read(other, project)
            finally:
                other.close()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedError(f"{path.name} is damaged ({type(error).__name__}); nothing was brought in.") from error

    def _read(self, other: Project, project: Project) -> None:
        before = other.read.data_version()
        self.name = other.cache.info.name
        kinds = (*CODEBOOK, *MERGED)
        self.state: State = {(kind, one.uid): one for kind in kinds for one in other.read.all(RECORD_TYPES[kind])}
        here = project.read.known_texts()
        articles = [one for one in self.state.values() if isinstance(one, Article)]
        self.texts = {one.sha256: other.read.text(one.sha256) for one in articles if one.sha256 not in here}
        self.hand_out, self.base = _common(project, other)
        self.hashes = manifest.hashes_of(self.state.values())  # fails for what is no record
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


def my_side(project: Project, theirs: State, base: Hashes) -> State:
    """Return what of my file a merge can touch or needs to know."""
    read = project.read
    state: State = {}

    def add(records: Iterable[Record]) -> None:
        state.update((manifest.key_of(record), record) for record in records)

    for kind in (*CODEBOOK, Kind.ANNOTATOR, Kind.ANNOTATION_SET, Kind.ENTITY):
        add(read.all(RECORD_TYPES[kind]))
    asked: dict[Kind, dict[str, None]] = {kind: {} for kind in MERGED}
    for kind, uid in (*theirs, *base):
        if kind in asked and (kind, uid) not in state:
            asked[kind][uid] = None

    def add_asked(kind: Kind) -> None:
        # What stands on an article has been read with it: only what is left is asked for one by one.
        add(read.many(RECORD_TYPES[kind], [uid for uid in asked[kind] if (kind, uid) not in state]).values())

    add_asked(Kind.ARTICLE)
    for article in [one for key, one in theirs.items() if isinstance(one, Article) and key not in state]:
        add(read.articles_with_text(article.sha256))
    articles = [uid for kind, uid in state if kind is Kind.ARTICLE]
    for one in (Annotation, Link, Verdict, ArticleWork):
        add(read.on_articles(one, articles))
    for kind in MERGED:
        add_asked(kind)
    for uid in [uid for kind, uid in base if kind is Kind.ENTITY and (kind, uid) not in theirs]:
        add(read.annotations_of_entity(uid))
    return state
