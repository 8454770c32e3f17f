from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support import projects
from support.older import older_copy

from annotator.base.errors import DamagedError
from annotator.operations.checking import check_project
from annotator.project.project import Project
from annotator.storage import migrate, project_file
from annotator.storage.project_file import open_file


def test_a_copy_from_before_the_conversion_is_never_overwritten(project: Project, tmp_path: Path) -> None:
    projects.add(project)
    project.close()
    older = older_copy(project.path, 1, tmp_path / "old.annot")
    beside = tmp_path / f"old.before-schema-{migrate.schema_version()}-was-1.annot"
    beside.write_bytes(b"kept from the first try")
    open_file(older).close()
    assert beside.read_bytes() == b"kept from the first try"
    assert project_file.sniff(older).version == migrate.schema_version()


def test_beyond_a_size_a_project_opens_without_a_look_at_every_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects.add(project)
    project.close()
    raw = sqlite3.connect(project.path)
    (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article_sha256'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    whole = project.path.read_bytes()
    project.path.write_bytes(whole[: (root - 1) * size] + bytes(size) + whole[root * size :])
    with pytest.raises(DamagedError, match=r"project.annot is damaged"):
        open_file(project.path)
    monkeypatch.setattr(project_file, "_QUICK_CHECK_BYTES", len(whole) - 1)
    open_file(project.path).close()
    assert check_project(project.path) != [], "the check of the whole file still finds it"
