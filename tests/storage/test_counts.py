from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from support import projects

from annotator.model.annotation import Annotation, AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, Status
from annotator.model.changes import Change, Kind
from annotator.model.span import Fragment
from annotator.operations import articles
from annotator.project.project import Project
from annotator.storage.counts import keep, out_of_step


def kept(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT tag_type, count FROM annotation_count ORDER BY id").fetchall()


def test_counts_by_name_in_the_order_of_the_codebook_and_of_the_people(project: Project, article: Article) -> None:
    projects.tag(project, article, "quote", "The talks")
    projects.tag(project, article, "quote", "left")
    projects.tag(project, article, "speaker", "Peskov")
    articles.set_status(project, article.uid, Status.DONE)
    with project.edit("x") as edit:  # another person of the same name
        edit.add(Annotator("p2", project.annotator.name))
        edit.add(AnnotationSet("s2", project.annotator.name, SetKind.PERSON, "p2"))
        edit.add(Annotator("p3", "Nobody"))
    before = project.annotator
    project.annotator = Annotator("p2", before.name)
    projects.tag(project, article, "quote", "talks")
    found = project.read.counts()
    assert list(found.by_tag.items()) == [("speaker", 1), ("quote", 3)]
    assert found.by_annotator == {before.name: 4}
    assert found.by_set == {before.name: 4}
    assert (found.articles, found.annotations, found.by_status) == (1, 4, {"done": 1, "in_progress": 1})
    assert [project.read.count_by(uid) for uid in (before.uid, "p2", "p3")] == [3, 1, 0]


def test_undoing_takes_back_and_nothing_stays_of_what_is_gone(project: Project, article: Article) -> None:
    projects.tag(project, article, "quote", "talks")
    assert kept(project.path) == [(projects.tag_uid(project, "quote"), 1)]
    project.undo()
    assert kept(project.path) == []
    project.redo()
    assert kept(project.path) == [(projects.tag_uid(project, "quote"), 1)]


STATES = st.one_of(st.none(), st.tuples(*[st.sampled_from("xy")] * 3))
"""What an annotation is next: not there, or of this tag type, person and set."""


@given(st.lists(st.lists(st.tuples(st.integers(0, 3), STATES), max_size=6), max_size=6))
def test_whatever_is_written_the_numbers_are_those_of_the_annotations(steps) -> None:
    columns = "tag_type, annotator, annotation_set"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"CREATE TABLE annotation (uid UNIQUE, {columns})")
        connection.execute(
            f"CREATE TABLE annotation_count (id INTEGER PRIMARY KEY, {columns}, count, UNIQUE ({columns}))"
        )
        now: dict[str, Annotation | None] = {}
        for step in steps:
            changes = []
            for number, state in dict(step).items():
                uid, after = str(number), None
                if state is not None:
                    tag_type, annotator, of = state
                    after = Annotation(uid, "a", tag_type, of, (Fragment(0, 1, "x"),), annotator)
                changes.append(Change(Kind.ANNOTATION, uid, now.get(uid), after))
                connection.execute("DELETE FROM annotation WHERE uid = ?", (uid,))
                if after is not None:
                    row = (uid, after.tag_type, after.annotator, after.annotation_set)
                    connection.execute("INSERT INTO annotation VALUES (?, ?, ?, ?)", row)
                now[uid] = after
            keep(connection, changes)
            assert not out_of_step(connection)
        assert not connection.execute("SELECT 1 FROM annotation_count WHERE count < 1").fetchall()
        connection.execute("INSERT INTO annotation VALUES ('more', 'x', 'y', 'x')")
        assert out_of_step(connection)
