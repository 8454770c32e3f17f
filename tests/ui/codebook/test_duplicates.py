from __future__ import annotations

from annotator.model.entity import Entity, EntityKind
from annotator.ui.codebook.duplicates import likely

PERSON, PLACE, BODY = EntityKind.NAMED_PERSON, EntityKind.PLACE, EntityKind.ORGANISATION


def person(name: str, *aliases: str, **fields: object) -> Entity:
    return Entity(name, PERSON, name, aliases, **fields)  # type: ignore[arg-type]


def place(name: str, **fields: object) -> Entity:
    return Entity(name, PLACE, name, **fields)  # type: ignore[arg-type]


PESKOV, MARIN = person("Dmitry Peskov"), person("Ana Marín")


def names(entities: list[Entity]) -> list[tuple[str, str]]:
    return [(pair.short.name, pair.full.name) for pair in likely(entities)]


def test_a_surname_and_the_full_name_may_be_the_same():
    assert names([PESKOV, person("Peskov"), MARIN]) == [("Peskov", "Dmitry Peskov")]


def test_names_nearly_the_same_may_be_the_same():
    first, second = (Entity(name, BODY, name) for name in ("Ministry of Defence", "Ministry of Defense"))
    assert names([first, second]) == [("Ministry of Defence", "Ministry of Defense")]


def test_other_kinds_are_never_the_same():
    assert names([person("Paris"), place("Paris")]) == []


def test_a_surname_that_many_bear_says_nothing():
    assert names([person("Smith"), *(person(f"{first} Smith") for first in ("Ann", "Bob", "Cyd", "Dan"))]) == []


def test_what_is_known_to_differ_is_no_pair():
    assert names([person("Peskov", wikidata="Q1"), person("Dmitry Peskov", wikidata="Q2")]) == []
    assert names([place("Kursk", latitude=1.0, longitude=1.0), place("Kursk Town", latitude=2.0, longitude=1.0)]) == []
    assert names([place("Kursk"), place("Kursk Town", latitude=2.0, longitude=1.0)]) == [("Kursk", "Kursk Town")]


def test_proposals_stop_at_the_limit_and_when_they_are_not_wanted():
    many = [person(f"{first}{at}{first} Xylo{at}") for at in range(9) for first in ("Ann", "An")]
    assert len(likely(many, limit=2)) <= 2
    assert likely([PESKOV, person("Peskov")], stopped=lambda: True) == []


def test_nameless_and_initials_are_left_alone():
    assert names([person("…"), person("A"), person("A Peskov")]) == []
