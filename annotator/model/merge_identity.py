"""What is the same thing in two files though its uid is another: never by a name alone."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Kind, Record
from annotator.model.entity import Entity
from annotator.model.merge_plan import Names, Sides, State
from annotator.model.references import Key, references

Same = dict[Key, str]
"""Their key to my uid."""

_MATCHED = frozenset((Kind.ARTICLE, Kind.ANNOTATION_SET, Kind.ARTICLE_WORK, Kind.ENTITY))


def same_things(sides: Sides, *, join_names: Names) -> tuple[Same, tuple[tuple[Record, Record], ...]]:
    """Return what is here under another uid, and the pairs of new and known entities of the same name and kind.

    An article by its text's SHA-256, a person's set by the person, a standing with an article by article and person.
    Entities of the same name and kind only where ``join_names`` says so, which is a person's wish.
    """
    new = {key: record for key, record in sides.theirs.items() if key[0] in _MATCHED and key not in sides.mine}
    same: Same = {}
    here = [record for (kind, _), record in sides.mine.items() if kind in _MATCHED]
    texts = {r.sha256: r.uid for r in here if isinstance(r, Article)}
    sets = {r.annotator: r.uid for r in here if isinstance(r, AnnotationSet) and r.kind is SetKind.PERSON}
    for key, record in new.items():
        if isinstance(record, Article) and record.sha256 in texts:
            same[key] = texts[record.sha256]
        elif isinstance(record, AnnotationSet) and record.kind is SetKind.PERSON and record.annotator in sets:
            same[key] = sets[record.annotator]
    works = {(r.article, r.annotator): r.uid for r in here if isinstance(r, ArticleWork)}
    for key, record in new.items():
        if isinstance(record, ArticleWork):
            place = (same.get((Kind.ARTICLE, record.article), record.article), record.annotator)
            if place in works:
                same[key] = works[place]
    pairs = _same_names(here, new)
    for theirs, mine in pairs:
        if join_names is True or (join_names and theirs.uid in join_names):
            same[Kind.ENTITY, theirs.uid] = mine.uid
    return same, pairs


def _same_names(here: list[Record], new: Mapping[Key, Record]) -> tuple[tuple[Record, Record], ...]:
    known: dict[tuple[str, str], Entity] = {}
    for record in here:
        if isinstance(record, Entity):
            known.setdefault((record.kind, record.name), record)
    entities = [r for r in new.values() if isinstance(r, Entity) and (r.kind, r.name) in known]
    return tuple((entity, known[entity.kind, entity.name]) for entity in entities)


def at_home(sides: Sides, same: Same) -> tuple[State, dict[Key, Key]]:
    """Return their records as they would stand in my file, by my keys, and my key to theirs where they may differ.

    What is here under another uid stands as my own record, so that it counts as identical; a standing with an article
    keeps what it says and takes my uid.
    """
    if not same:
        return dict(sides.theirs), {}
    state: State = {}
    origins: dict[Key, Key] = {}
    for key, record in sides.theirs.items():
        kind, uid = key
        home = (kind, same.get(key, uid))
        if home in origins and home != key:
            continue  # two of theirs are one of mine: the first that came stands for both
        if key in same and kind is not Kind.ARTICLE_WORK:
            state[home] = sides.mine[home]
        else:
            moved = {one.field: same[one.key] for one in references(record) if one.key in same}
            # Most stay as they are, and a copy of each would take as long as all the rest.
            state[home] = replace(record, uid=home[1], **moved) if moved or home != key else record
        origins[home] = key
    return state, origins
