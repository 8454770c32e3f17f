"""Handing articles out to a colleague: a new project file, and a record of it in both files.

The copy is written record by record into a new file, never made from the old one: nothing of what it must not hold can
lie in its history or in free pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.base.bulk import without_collections
from annotator.base.clock import now
from annotator.base.errors import ProjectError, RuleError, StaleError
from annotator.base.uuid7 import uuid7
from annotator.model import manifest
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, ArticleWork, text_hash
from annotator.model.changes import Origin, Record
from annotator.model.content import ArticleContent
from annotator.model.entity import Entity
from annotator.model.hand_out import HandOut
from annotator.model.merge_plan import CODEBOOK
from annotator.model.references import Key
from annotator.project.backups import back_up
from annotator.project.opening import create_project
from annotator.project.project import Project

Progress = Callable[[int, int], None]
"""Told what is done and how much there is."""


class Parcel(Struct, frozen=True):
    """A copy that was written: what it holds, and what my own file is to say of it (the standing it replaces first)."""

    path: Path
    made: HandOut
    name: str
    records: list[Record]
    articles: list[Article]
    fresh: list[Record]
    assigned: list[tuple[ArticleWork | None, ArticleWork]]
    manifest: str
    sequence: int


def hand_out(
    project: Project, to: Path, annotator: Annotator, *, articles: Collection[str] | None = None, blind: bool = False
) -> HandOut:
    """Write a project file for a colleague and assign them its articles (None: all); return the record of it.

    ``annotator`` is the colleague as this project knows them, or somebody new. A blind copy holds no work of anybody
    else, no memo of the project and the articles, and of the entities only those that are marked as given. In my file
    it is one step. Raises ProjectError when the name is taken or cannot be written, RuleError when there is nothing to
    hand out; no file is then left behind.
    """
    return note(project, write_copy(project, to, annotator, articles=articles, blind=blind))


@without_collections()
def write_copy(
    project: Project,
    to: Path,
    annotator: Annotator,
    *,
    articles: Collection[str] | None = None,
    blind: bool = False,
    after_each: Progress = lambda _done, _all: None,
) -> Parcel:
    """Write the colleague's file; my own only learns of it by ``note``. Arguments and errors as for ``hand_out``.

    Only reads the project, so that a worker can do it with a Project of its own that is open for reading.
    ``after_each`` is told the articles gone through and how many there are; what it raises ends the writing.
    """
    to = to.absolute()
    check_target(to)
    sequence, info = project.read.last_sequence(), project.cache.info
    packing = _Packing(project, annotator, blind=blind)
    records, fresh, assigned = packing.pack(chosen_articles(project, articles), after_each)
    text = manifest.written(manifest.hashes_of(records))
    made = HandOut(uuid7(), annotator.uid, info.uid, now(), blind, text_hash(text))
    held = [one for one in records if isinstance(one, Article)]
    parcel = Parcel(to, made, annotator.name, records, held, fresh, assigned, text, sequence)
    _write(project, parcel)
    return parcel


@without_collections()
def note(project: Project, parcel: Parcel) -> HandOut:
    """Write into my own file what was handed out, as one step; the copy is taken away again when that cannot be.

    Raises StaleError when the project has changed since the copy was begun.
    """
    try:
        if project.read.last_sequence() != parcel.sequence:
            raise StaleError("The project has changed while the copy was written; nothing was handed out. Try again.")
        with project.edit(f"Hand out to {parcel.name}") as edit:
            edit.add_text(parcel.manifest)
            for record in (*parcel.fresh, parcel.made):
                edit.add(record)
            for before, after in parcel.assigned:
                if before is None:
                    edit.add(after)
                else:
                    edit.replace(before, after)
    except BaseException:
        parcel.path.unlink(missing_ok=True)
        raise
    return parcel.made


def check_target(to: Path) -> None:
    """Raise ProjectError when a copy cannot have that name."""
    if to.exists():
        raise ProjectError(f"{to.name} exists already and is not overwritten. Choose another name for the copy.")
    if not to.absolute().parent.is_dir():
        raise ProjectError(f"There is no folder {to.parent}. Create it first.")


def chosen_articles(project: Project, articles: Collection[str] | None = None) -> list[Article]:
    """Return the articles of these uids (None: all); raises RuleError when one is not here or there are none."""
    if articles is None:
        found = list(project.read.all(Article))
    else:
        known = project.read.many(Article, articles)
        missing = [uid for uid in articles if uid not in known]
        if missing:
            raise RuleError(f"There is no article {missing[0]} in this project; nothing was handed out.")
        found = list(known.values())
    if not found:
        raise RuleError("There are no articles to hand out. Import or choose some first.")
    return found


class _Packing:
    """Choosing what goes into a copy."""

    def __init__(self, project: Project, annotator: Annotator, *, blind: bool) -> None:
        self._read = project.read
        self._blind = blind
        self._person = self._read.get(Annotator, annotator.uid) or annotator
        sets = self._read.sets()
        self._set = next(
            (one for one in sets if one.kind is SetKind.PERSON and one.annotator == annotator.uid), None
        ) or AnnotationSet(uuid7(), annotator.name, SetKind.PERSON, annotator.uid)
        self._known_set = self._set in sets

    def pack(
        self, articles: list[Article], after_each: Progress
    ) -> tuple[list[Record], list[Record], list[tuple[ArticleWork | None, ArticleWork]]]:
        """Gather the copy's records, each as the copy may hold it; then what is new in my file, and the standings."""
        assigned = [self._assigned(article.uid) for article in articles]
        known_person = self._read.get(Annotator, self._person.uid) is not None
        fresh: list[Record] = [] if known_person else [self._person]
        fresh += [] if self._known_set else [self._set]
        records = [*self._shared(), *articles, *(after for _, after in assigned)]
        for number, article in enumerate(articles, 1):
            content = self._read.content(article.uid)
            records += self._on(content) if content is not None else ()
            after_each(number, len(articles))
        return _hidden(records) if self._blind else records, fresh, assigned

    def _assigned(self, article: str) -> tuple[ArticleWork | None, ArticleWork]:
        known = self._read.work(article, self._person.uid)
        work = known or ArticleWork(uuid7(), article, self._person.uid)
        return known, replace(work, assigned=True)

    def _shared(self) -> Iterator[Record]:
        yield from self._read.codebook().records
        yield self._person
        yield self._set
        if not self._blind:
            yield from (one for one in self._read.annotators() if one.uid != self._person.uid)
            yield from (one for one in self._read.sets() if one.uid != self._set.uid)
        yield from (entity for entity in self._read.all(Entity) if entity.given or not self._blind)

    def _on(self, content: ArticleContent) -> Iterator[Record]:
        who = self._person.uid
        for work in self._read.works(content.article.uid):
            if work.annotator != who and not self._blind:
                yield work
        kept = {a.uid: a for a in content.annotations.values() if not self._blind or self._is_theirs(a)}
        yield from kept.values()
        for link in content.links.values():
            if {link.from_annotation, link.to_annotation} <= kept.keys() and (not self._blind or link.annotator == who):
                yield link
        for verdict in content.verdicts.values():
            if verdict.annotation in kept and (not self._blind or verdict.reviewer == who):
                yield verdict

    def _is_theirs(self, annotation: Annotation) -> bool:
        return annotation.annotation_set == self._set.uid and annotation.annotator == self._person.uid


def _hidden(records: list[Record]) -> list[Record]:
    given: set[Key] = {manifest.key_of(record) for record in records}
    return [manifest.without_hidden(record, given) for record in records]


def _write(project: Project, parcel: Parcel) -> None:
    """Write the copy under another name and give it its own only once it is whole and verified."""
    partial = parcel.path.with_name(f".{parcel.path.name}.{uuid7()}.part")
    try:
        _fill(project, partial, parcel)
        back_up(partial, parcel.path, overwrite=False)
    finally:
        for leftover in (partial, Path(f"{partial}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _fill(project: Project, path: Path, parcel: Parcel) -> None:
    info = project.cache.info
    copy = create_project(path, project.read.codebook(), name=info.name)
    try:
        fresh = copy.cache.info
        with copy.edit("Hand out", origin=Origin.SYSTEM) as edit:
            memo = "" if parcel.made.blind else info.memo
            edit.replace(fresh, replace(fresh, memo=memo, snap_to_words=info.snap_to_words))
            edit.add_text(parcel.manifest)
            for article in parcel.articles:
                edit.add_text(project.read.text(article.sha256))
            for record in (*parcel.records, parcel.made):
                if manifest.key_of(record)[0] not in CODEBOOK:  # there from the start
                    edit.add(record)
    finally:
        copy.close()
