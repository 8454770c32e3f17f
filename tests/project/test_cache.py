from __future__ import annotations

from msgspec.structs import replace
from support import projects

from annotator.model.entity import EntityKind
from annotator.operations import codebook, entities, settings
from annotator.project.opening import work_as
from annotator.project.project import Project


def agrees(project: Project) -> bool:
    cache, read = project.cache, project.read
    return (
        cache.codebook == read.codebook()
        and list(cache.annotators.values()) == read.annotators()
        and list(cache.sets.values()) == read.sets()
        and cache.entities == read.entities()
        and cache.info == read.info()
    )


def test_it_is_in_step_with_every_commit(project: Project) -> None:
    assert agrees(project)
    made = entities.create(project, "Sudzha", EntityKind.PLACE)
    assert agrees(project)
    entities.rename(project, made, "Sudja")
    assert agrees(project)
    work_as(project, projects.BEN)
    settings.set_memo(project, "m")
    book = project.cache.codebook
    codebook.save(project, replace(book, link_rules=()))
    assert agrees(project)
    project.undo()
    project.undo()
    assert agrees(project)
    work_as(project, projects.ANNA)
    while project.undo().change_set is not None:
        assert agrees(project)
    assert project.cache.entities == {}


def test_what_was_never_asked_for_is_not_kept(project: Project) -> None:
    project.cache.clear()
    entities.create(project, "Sudzha", EntityKind.PLACE)
    assert agrees(project)
