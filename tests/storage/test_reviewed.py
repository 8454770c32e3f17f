"""The mark “reviewed”: an older file gets it, the list filters by it, the tables carry it there and back."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support import projects
from support.projects import ANNA
from support.worked_passage import ANNA as TAGGER
from support.worked_passage import ARTICLE, passage_project, uid

from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.csv_tables import Profile, export_csv, import_tables
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.content import ArticleFilter
from annotator.project.opening import create_project, open_project
from annotator.project.project import Project
from annotator.storage import migrate


def test_an_older_file_gets_the_column_and_nothing_is_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = migrate.migration_files()
    with monkeypatch.context() as older:
        older.setattr(migrate, "migration_files", lambda: [file for file in files if int(file.name[:4]) < 4])
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate.migrate(connection)
    connection.execute("INSERT INTO annotator (uid, name) VALUES ('a', 'Anna')")
    connection.execute(
        'INSERT INTO article_work (uid, article, annotator, status, assigned, memo, "values")'
        " VALUES ('w', 'x', 'a', 'done', 1, 'm', '{}')"
    )
    migrate.migrate(connection)
    assert connection.execute("SELECT status, assigned, memo, reviewed FROM article_work").fetchall() == [
        ("done", 1, "m", 0)
    ]
    assert connection.execute("PRAGMA user_version").fetchone() == (migrate.schema_version(),)
    connection.close()


def test_the_list_filters_by_it_whoever_set_it(project: Project, add_article: Callable[..., Article]) -> None:
    one, two = add_article("One.", "one"), add_article("Two.", "two")
    with project.edit("Mark") as edit:
        edit.add(ArticleWork(uid("0d00", 1), one.uid, ANNA.uid, Status.DONE, reviewed=True))
        edit.add(ArticleWork(uid("0d00", 2), two.uid, ANNA.uid))
    for who in (ANNA.uid, projects.BEN.uid):
        assert list(project.read.article_uids(who, ArticleFilter(reviewed=True))) == [one.uid]
        assert list(project.read.article_uids(who, ArticleFilter(reviewed=False))) == [two.uid]
        assert len(project.read.article_uids(who, ArticleFilter())) == 2
    assert ArticleFilter(reviewed=False).narrows


def test_the_tables_carry_it_there_and_back(tmp_path: Path) -> None:
    project = passage_project(tmp_path / "a.annot")
    work = ArticleWork(uid("0d00", 1), ARTICLE, TAGGER.uid, Status.DONE, reviewed=True)
    with project.edit("Mark") as edit:
        edit.add(work)
    export_csv(project, tmp_path / "out", profile=Profile.EXACT, with_text=True)
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["Anna.status"], row["Anna.reviewed"]) == ("done", "yes")
    assert "Anna.assigned" not in row
    other = create_project(tmp_path / "b.annot", shipped_codebook("news"))
    import_tables(other, tmp_path / "out")
    (came,) = other.read.all(ArticleWork)
    assert replace(came, uid=work.uid) == work
    assert import_tables(other, tmp_path / "out").lines == ()
    for one in (project, other):
        one.close()
    again = open_project(tmp_path / "a.annot")
    assert again.read.get(ArticleWork, work.uid) == work
    again.close()
