"""A program that is killed while it converts an older project leaves it as it was, with a copy beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import converter, projects
from support.older import older_copy

from annotator.model.article import Article
from annotator.operations.checking import check_project
from annotator.project.opening import open_project
from annotator.storage import migrate

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
EVERY = 1 if os.environ.get("ANNOTATOR_FULL") else 4
"""Kill after every statement in the full run, after every fourth and in the last one otherwise."""


@pytest.fixture
def today(tmp_path: Path) -> tuple[Path, Article]:
    """A project of today's schema with an article, and that article."""
    made = projects.new_project(tmp_path / "today.annot")
    article = projects.add(made)
    projects.tag(made, article, "quote", "“The talks go on,”")
    made.close()
    return made.path, article


def converted(path: Path, last: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, converter.__file__, str(path), str(last)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64])


def number_of_statements(first: int) -> int:
    files = migrate.migration_files()[first:]
    return sum(len(list(migrate.statements(file.read_text("utf-8")))) for file in files)


@pytest.mark.parametrize("was", range(1, migrate.schema_version()))
def test_killed_in_the_middle_of_each_migration(was: int, today: tuple[Path, Article], tmp_path: Path) -> None:
    source, article = today
    count = number_of_statements(was)
    for last in {*range(1, count + 1, EVERY), count}:
        folder = tmp_path / str(last)
        folder.mkdir()
        path = older_copy(source, was, folder / "a.annot")
        assert version(path) == was
        assert converted(path, last).returncode == -signal.SIGKILL
        (beside,) = folder.glob("a.before-schema-*.annot")
        assert version(beside) == was
        opened = open_project(path)  # what the kill left is rolled back, then converted whole
        assert projects.content(opened, article).text == projects.TEXT
        assert [one.text for one in opened.read.annotations(article.uid)] == ["“The talks go on,”"]
        opened.close()
        assert version(path) == migrate.schema_version()
        assert check_project(path) == []


def test_every_older_schema_is_converted_whole(today: tuple[Path, Article], tmp_path: Path) -> None:
    source, article = today
    for was in range(1, migrate.schema_version()):
        path = older_copy(source, was, tmp_path / f"{was}.annot")
        done = converted(path, 0)
        assert (done.stdout.strip(), done.stderr) == (str(number_of_statements(was)), "")
        opened = open_project(path, read_only=True)
        assert len(list(opened.read.annotations(article.uid))) == 1
        opened.close()
