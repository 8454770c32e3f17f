"""Agreement: read what several annotators made of the same articles, and compute every measure.

Both run in a worker as well as in the window's thread: they need only a Reader of that thread and the values it gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from annotator.analysis.agreement import agreement
from annotator.analysis.bootstrap import REPLICATES, SEED
from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.loaded import Loaded, of_tag
from annotator.analysis.result import Level, Measure
from annotator.base.bulk import without_collections
from annotator.base.errors import AnnotatorError
from annotator.model.annotation import Annotation, AnnotationSet, Link, SetKind
from annotator.model.article import ArticleWork, Status
from annotator.model.changes import Kind
from annotator.model.codebook import Codebook, TagType
from annotator.model.content import ArticleContent
from annotator.storage.reader import Reader

OF_NO_CONSEQUENCE = {Kind.VERDICT, Kind.HAND_OUT}
"""What may change without that agreement does."""
_TRIES = 3
_AT_ONCE = 20
"""Articles read in one transaction: a commit of the window waits about 10 ms for it at most."""
Progress = Callable[[int, int], None]
"""Told what is done and how much there is."""
_Named = Sequence[tuple[str, frozenset[str]]]
"""Uids, each with the names it goes by."""


class NotComparableError(AnnotatorError):
    """What was named cannot be compared: nobody has that name, or there are not two."""


def compared(
    read: Reader,
    annotators: Iterable[str] = (),
    sets: Iterable[str] = (),
    *,
    only_done: bool = True,
    tag: str | None = None,
    after_each: Progress | None = None,
) -> Loaded:
    """Read the sets of the named annotators, then the named sets; without any name those of all who have worked here.

    People, sets and the tag go by name or uid, the adjudicated set also by the word ``adjudicated``. With
    ``only_done`` an article counts when each of the people has marked it done, and when the adjudicated set, if it is
    compared, holds something of it or somebody has marked it reviewed; sets of an import have nobody to ask.
    ``after_each`` is told the articles gone through and how many there are; what it raises ends the reading. What comes
    back is one state of the project. Raises NotComparableError.
    """

    def load() -> Loaded:
        return _loaded(read, chosen_sets(read, annotators, sets), _tag(read.codebook(), tag), only_done, after_each)

    annotators, sets = tuple(annotators), tuple(sets)
    with without_collections():
        for _ in range(_TRIES):
            sequence = read.last_sequence()
            found = load()
            if read.kinds_since(sequence) <= OF_NO_CONSEQUENCE:
                return found
        # Somebody types all the time: their commits wait for us, once, rather than we for ever.
        with read.export.one_state():
            return load()


def measures_of(
    loaded: Loaded,
    *,
    with_gamma: bool = True,
    replicates: int = REPLICATES,
    seed: int = SEED,
    after_each: Callable[[], None] = lambda: None,
) -> tuple[Measure, ...]:
    """Compute every measure of what was read; arguments as for ``analysis.agreement``.

    For one tag they are the numbers that the comparison of all tags has for it; what concerns all tags together or
    whole articles is left out. Links need the annotations they lead to, whichever their tag.
    """

    def some(
        articles: Sequence[ArticleAnnotations], codebook: Codebook, levels: Iterable[Level]
    ) -> tuple[Measure, ...]:
        return agreement(
            articles,
            codebook,
            levels=frozenset(levels),
            with_gamma=with_gamma,
            replicates=replicates,
            seed=seed,
            after_each=after_each,
        )

    if loaded.tag is None:
        return some(loaded.articles, loaded.codebook, Level)
    tag = loaded.tag
    alone = Codebook((tag,), loaded.codebook.attributes_of(tag.uid))
    own = some(of_tag(loaded.articles, tag.uid), alone, set(Level) - {Level.LINK})
    links = some(loaded.articles, loaded.codebook, {Level.LINK})
    return tuple(measure for measure in (*own, *links) if measure.tag == tag.name)


def chosen_sets(read: Reader, annotators: Iterable[str], sets: Iterable[str]) -> list[AnnotationSet]:
    """Return the sets that are meant, each once, in the order of their naming; raises as ``compared``."""
    known = {one.uid: one for one in read.sets()}
    chosen = [_set_of(read, known, name) for name in annotators]
    chosen += [known[_uid("annotation set", name, _set_names(known.values()))] for name in sets]
    if not chosen:
        chosen = _at_work(read, known.values())
    once = list({one.uid: one for one in chosen}.values())
    if len(once) < 2:
        have = ", ".join(one.name for one in _at_work(read, known.values())) or "nobody yet"
        raise NotComparableError(
            f"Agreement needs two annotators or sets, and this is {'one' if once else 'none'}. There is work of:"
            f" {have}. Name two of them, or bring a colleague’s work in first."
        )
    return once


def comparable_sets(read: Reader) -> list[AnnotationSet]:
    """Return the sets that there is something to compare of: people at work, imports, last the adjudicated set."""
    known = read.sets()
    tagged = read.sets_in_use()
    others = [one for one in known if one.kind is not SetKind.PERSON and one.uid in tagged]
    return [*_at_work(read, known), *sorted(others, key=lambda one: one.kind is SetKind.ADJUDICATED)]


def article_alone(read: Reader, content: ArticleContent, sets: Sequence[str], tag: str | None = None) -> Loaded:
    """Return one article, done or not, as it stands in memory; ``sets`` are uids, ``tag`` a name or uid.

    Its measures are those of ``measures_of``; for them to be quick leave gamma out. Raises as ``compared``.
    """
    chosen = chosen_sets(read, (), sets)
    codebook = read.codebook()
    article = _article(chosen, content, read.works(content.article.uid))
    return Loaded(
        read.info().name, codebook, _names(read, chosen), (content.article,), (article,), only_done=False,
        tag=_tag(codebook, tag),
    )  # fmt: skip


def _set_of(read: Reader, known: dict[str, AnnotationSet], name: str) -> AnnotationSet:
    people = [(person.uid, frozenset((person.uid, person.name))) for person in read.annotators()]
    who = _uid("annotator", name, people)
    own = next((one for one in known.values() if one.kind is SetKind.PERSON and one.annotator == who), None)
    if own is None:
        raise NotComparableError(f"{name} has no annotation set in this project. Name somebody else, or a set.")
    return own


def _set_names(sets: Iterable[AnnotationSet]) -> _Named:
    word = {SetKind.ADJUDICATED: str(SetKind.ADJUDICATED)}
    return [(one.uid, frozenset((one.uid, one.name, word.get(one.kind, one.name)))) for one in sets]


def _uid(what: str, name: str, known: _Named) -> str:
    found = [uid for uid, names in known if name in names]
    if len(found) > 1:
        raise NotComparableError(f"Several {what}s are called ‘{name}’. Name one by its uid: {', '.join(found)}.")
    if not found:
        there = ", ".join(sorted({one for uid, names in known for one in names - {uid}})) or "none yet"
        raise NotComparableError(f"There is no {what} ‘{name}’ in this project; there are: {there}.")
    return found[0]


def _at_work(read: Reader, sets: Iterable[AnnotationSet]) -> list[AnnotationSet]:
    """Return the sets of people who have tagged anything or marked an article done: no bystanders, no reviewers."""
    tagged = read.sets_in_use()
    own = [one for one in sets if one.kind is SetKind.PERSON]
    return [one for one in own if one.uid in tagged or Status.DONE in read.statuses(one.annotator or "").values()]


def _tag(codebook: Codebook, name: str | None) -> TagType | None:
    if name is None:
        return None
    names = [(tag.uid, frozenset((tag.uid, tag.name))) for tag in codebook.tag_types]
    return codebook.tag(_uid("tag", name, names))


def _loaded(
    read: Reader,
    sets: Sequence[AnnotationSet],
    tag: TagType | None,
    only_done: bool,
    after_each: Progress | None,
) -> Loaded:
    statuses = [read.statuses(one.annotator or "") for one in sets if one.kind is SetKind.PERSON]
    uids = read.all_article_uids()
    records, articles = [], []
    for first in range(0, len(uids), _AT_ONCE):
        some = uids[first : first + _AT_ONCE]
        if only_done:
            some = [uid for uid in some if all(status.get(uid) is Status.DONE for status in statuses)]
        works: dict[str, list[ArticleWork]] = {uid: [] for uid in some}
        for work in read.on_articles(ArticleWork, some):
            works[work.article].append(work)
        for content in read.contents(some):
            if not only_done or _settled(sets, content, works[content.article.uid]):
                records.append(content.article)
                articles.append(_article(sets, content, works[content.article.uid]))
        if after_each is not None:
            for number in range(first, min(first + _AT_ONCE, len(uids))):
                after_each(number + 1, len(uids))
    left_out = len(uids) - len(articles)
    names = _names(read, sets)
    book, project = read.codebook(), read.info().name
    return Loaded(project, book, names, tuple(records), tuple(articles), left_out, only_done, tag)


def _settled(sets: Sequence[AnnotationSet], content: ArticleContent, works: Sequence[ArticleWork]) -> bool:
    """Tell whether nothing of the adjudicated set is outstanding, as far as one can know."""
    finals = {one.uid for one in sets if one.kind is SetKind.ADJUDICATED}
    if not finals:
        return True
    held = {annotation.annotation_set for annotation in content.annotations.values()}
    return finals <= held or any(work.reviewed for work in works)


def _article(
    sets: Sequence[AnnotationSet], content: ArticleContent, works: Sequence[ArticleWork]
) -> ArticleAnnotations:
    made: dict[str, list[Annotation]] = {}
    for annotation in content.annotations.values():
        made.setdefault(annotation.annotation_set, []).append(annotation)
    links: dict[str, list[Link]] = {}
    for link in content.links.values():
        links.setdefault(content.annotations[link.from_annotation].annotation_set, []).append(link)
    values = {work.annotator: work.values for work in works}
    return ArticleAnnotations(
        content.text,
        tuple(tuple(made.get(one.uid, ())) for one in sets),
        content.article.furniture,
        tuple(tuple(links.get(one.uid, ())) for one in sets),
        tuple(values.get(one.annotator or "", ()) if one.kind is SetKind.PERSON else () for one in sets),
    )


def _names(read: Reader, sets: Iterable[AnnotationSet]) -> tuple[str, ...]:
    """Return what the sets are called, a person's by the person's name; two of one name are numbered."""
    people = {person.uid: person.name for person in read.annotators()}
    names: list[str] = []
    for one in sets:
        name = plain = people.get(one.annotator or "", one.name) if one.kind is SetKind.PERSON else one.name
        number = 2
        while name in names:
            name, number = f"{plain} ({number})", number + 1
        names.append(name)
    return tuple(names)
