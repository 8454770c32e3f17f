"""Names where the tables have no uids: two people or sets of one name are told apart."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.annotation import AnnotationSet, Annotator


def distinct_names(records: Iterable[Annotator | AnnotationSet]) -> dict[str, str]:
    """Return the name that a table shows, by uid, in the order of the uids.

    The oldest bearer of a name keeps it, the others become ``Anna (2)``, ``Anna (3)`` …, past names that are taken.
    """
    ordered = sorted(records, key=lambda record: record.uid)
    taken = {record.name for record in ordered}
    shown: dict[str, str] = {}
    borne: set[str] = set()
    for record in ordered:
        name, number = record.name, 2
        while name in borne or (name != record.name and name in taken):
            name, number = f"{record.name} ({number})", number + 1
        borne.add(name)
        shown[record.uid] = name
    return shown
