from __future__ import annotations

import pytest
from support import projects

from annotator.model.entity import Entity, EntityKind
from annotator.model.entity_names import EntityNames
from annotator.operations import entities
from annotator.project import known_entities
from annotator.project.known_entities import KnownEntities
from annotator.project.project import Project


@pytest.fixture
def three(project: Project) -> list[Entity]:
    return [entities.create(project, name, EntityKind.PLACE) for name in ("Sudzha", "Kursk", "Berlin")]


def test_one_is_read_without_the_others(project: Project, three: list[Entity], monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownEntities(project.read)
    monkeypatch.setattr(project.read, "entities", lambda: pytest.fail("all were read"))
    assert known[three[1].uid] == three[1]
    assert known.get(three[2].uid) == three[2]
    assert known.get("none") is None
    assert known.get("") is None
    assert three[0].uid in known


def test_all_of_them_in_their_order(project: Project, three: list[Entity]) -> None:
    known = KnownEntities(project.read)
    assert known[three[1].uid] == three[1]
    assert list(known.values()) == three
    assert list(reversed(known.values())) == three[::-1]
    assert list(known.items()) == [(one.uid, one) for one in three]
    assert len(known) == 3
    assert known == {one.uid: one for one in three}
    with pytest.raises(KeyError):
        known["none"]


@pytest.mark.parametrize("all_read", [False, True])
def test_in_step_with_every_commit(project: Project, three: list[Entity], all_read: bool) -> None:
    again = projects.reopened(project)
    known = again.cache.entities
    if all_read:
        assert len(known) == 3
    assert known[three[0].uid].name == "Sudzha"
    entities.rename(again, three[0], "Sudja")
    assert known[three[0].uid].name == "Sudja"
    entities.remove(again, three[1])
    assert three[1].uid not in known
    made = entities.create(again, "Sumy", EntityKind.PLACE)
    assert known[made.uid] == made
    again.undo()
    again.undo()
    assert known.get(made.uid) is None
    assert known[three[1].uid] == three[1]
    assert dict(known) == again.read.entities()
    again.close()


def test_names_made_ready_in_steps_are_those_made_at_once(
    project: Project, three: list[Entity], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_entities, "_STEP", 2)
    again = projects.reopened(project)
    assert len(list(again.cache.prepare_names())) == 4, "two parts, sorting and noting"
    monkeypatch.setattr(again.read, "entities", lambda: pytest.fail("all were read once more"))
    assert again.cache.names.named == EntityNames(three).named
    assert list(again.cache.prepare_names()) == []
    again.close()


def test_a_change_while_names_are_made_ready_is_not_lost(
    project: Project, three: list[Entity], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_entities, "_STEP", 1)
    again = projects.reopened(project)
    steps = again.cache.prepare_names()
    next(steps)
    entities.rename(again, three[0], "Sudja")
    entities.remove(again, three[2])
    assert list(steps) == []
    assert {name for name, _ in again.cache.names.named} == {"sudja", "sudzha", "kursk"}
    assert again.cache.entities == again.read.entities()
    again.close()


def test_what_was_read_before_a_change_is_not_kept(
    project: Project, three: list[Entity], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_entities, "_STEP", 1)
    again = projects.reopened(project)
    steps = again.cache.entities.in_steps()
    seen = [*next(steps), *next(steps)]
    entities.rename(again, three[0], "Sudja")
    assert [*seen, *(one for part in steps for one in part)] == three
    assert again.cache.entities == again.read.entities()
    assert again.cache.entities[three[0].uid].name == "Sudja"
    again.close()
