from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.worked_passage import passage_project

from annotator.exchange.codebook_file import shipped_codebook
from annotator.project.opening import create_project
from annotator.project.project import Project

NewProject = Callable[[str], Project]


@pytest.fixture
def new(tmp_path: Path) -> Iterator[NewProject]:
    """Make a project: ``passage`` is the worked passage, ``empty`` or ``news`` one with that codebook only."""
    opened: list[Project] = []

    def make(what: str) -> Project:
        path = tmp_path / f"{what}-{len(opened)}.annot"
        opened.append(passage_project(path) if what == "passage" else create_project(path, shipped_codebook(what)))
        return opened[-1]

    yield make
    for project in opened:
        project.close()


@pytest.fixture
def passage(new: NewProject) -> Project:
    return new("passage")
