"""Which annotators, sets and articles are meant by what a user names."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from annotator.base.errors import ExportRefusedError
from annotator.exchange.csv_tables.names import distinct_names
from annotator.model.annotation import SetKind
from annotator.storage.export_rows import Chosen
from annotator.storage.reader import Reader


def chosen_of(
    read: Reader, annotators: Collection[str], sets: Collection[str], articles: Collection[str] | None
) -> Chosen:
    """Return the uids that are meant; raises ExportRefusedError when a name is not in the project.

    People and sets go by uid, by the name that tells them apart in a table, or by their name, which may mean several;
    sets also by the word ``adjudicated``.
    """
    people = [(person.uid, person.name) for person in read.annotators()]
    known = [(one.uid, one.name) for one in read.sets()]
    known += [(one.uid, str(one.kind)) for one in read.sets() if one.kind is SetKind.ADJUDICATED]
    return Chosen(
        _uids("annotator", annotators, people, distinct_names(read.annotators())),
        _uids("annotation set", sets, known, distinct_names(read.sets())),
        None if articles is None else frozenset(articles),
    )


def _uids(
    what: str, names: Collection[str], known: list[tuple[str, str]], distinct: Mapping[str, str]
) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        uids = {uid for uid, real in known if name in (uid, real, distinct[uid])}
        if not uids:
            there = ", ".join(sorted(distinct.values())) or "none yet"
            raise ExportRefusedError(f"There is no {what} ‘{name}’ in this project; there are: {there}.")
        found |= uids
    return frozenset(found)
