from __future__ import annotations

from pathlib import Path

import pytest
from support.two_annotators import A, of, reviewed_project, shown

from annotator.model.annotation import Annotation, AnnotationSet, SetKind
from annotator.model.span import Span, fragments
from annotator.operations import adjudicated_set as adjudicated
from annotator.operations import adjudicating


@pytest.mark.parametrize(
    ("origin", "sources"), [("", ()), ("brat T1", ()), ("from:a", ("a",)), ("from:a b", ("a", "b"))]
)
def test_sources_are_read_as_they_are_written(origin: str, sources: tuple[str, ...]) -> None:
    piece = fragments("words", [Span(0, 5)])
    assert adjudicated.sources_of(Annotation("u", "a", "t", "s", piece, "p", origin=origin)) == sources
    if sources:
        assert adjudicated.origin_of((*sources, *sources)) == origin


def test_the_set_is_made_once(tmp_path: Path) -> None:
    project = reviewed_project(tmp_path / "a.annot")
    assert adjudicated.adjudicated_set(project) is None
    with project.edit("Need it") as edit:
        one = adjudicated.ensure_within(edit, project)
        assert adjudicated.ensure_within(edit, project) == one
    with project.edit("Need it again") as edit:
        assert adjudicated.ensure_within(edit, project) == one
        assert edit.changes == ()
    assert one == AnnotationSet(adjudicated.ADJUDICATED_UID, "adjudicated", SetKind.ADJUDICATED)
    project.close()


def test_a_set_that_came_in_with_another_uid_is_the_one(tmp_path: Path) -> None:
    project = reviewed_project(tmp_path / "a.annot")
    came = AnnotationSet("0195a000-0000-7000-8000-000000000099", "Final", SetKind.ADJUDICATED)
    with project.edit("Import") as edit:
        edit.add(came)
    final = adjudicating.take(project, shown(project), of(project, "S1"))
    assert final.annotation_set == came.uid != A
    project.close()
