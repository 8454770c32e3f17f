from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support import projects

from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.operations import articles, linking, tagging
from annotator.operations.checking import check_project
from annotator.project.project import Project
from annotator.storage import check_search
from annotator.storage.check_records import Problem
from annotator.storage.connection import connect


@pytest.fixture
def quote(project: Project, article: Article) -> Annotation:
    made = projects.tag(project, article, "quote", "The talks", "left")
    speaker = projects.tag(project, article, "speaker", "Peskov")
    linking.link(project, projects.content(project, article), made, speaker, "speaker")
    tagging.set_note(project, made, "why")
    articles.set_memo(project, article.uid, "m")
    return made


def damaged(path: Path, statement: str) -> list[str]:
    """Change the file behind the program's back and return what check says, without the uids."""
    with sqlite3.connect(path) as raw:
        raw.execute(statement)
    raw.close()
    return [f"{problem.where}: {problem.what}" for problem in check_project(path)]


FURNITURE = "article: its furniture is out of order or reaches behind the text"
DERIVED = "annotation: what queries read of it is not what its fragments say"
UNASKED = "has a value of the attribute x, which is not asked of it"
SEARCH = "searching finds other words than are there (1 rows, the first is 1)"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("article SET characters = 1", ["article: says 1 characters, its text has 84"]),
        ("article SET words = 1", ["article: says 1 words, its text has 14"]),
        ("article SET furniture = '[[4,9],[1,3]]'", [FURNITURE]),
        ("article SET furniture = '[[4,900]]'", [FURNITURE]),
        ("article SET furniture = '[[9,4]]'", ["article: cannot be read (ValueError)"]),
        ("article SET extra = '{'", ["article: cannot be read (JSONDecodeError)"]),
        ("article_work SET status = 'half'", ["article_work: cannot be read (ValueError)"]),
        ("annotation SET fragments = '[]' WHERE note <> ''", ["annotation: cannot be read (IndexError)"]),
        ("annotation SET start = 1 WHERE note <> ''", [DERIVED]),
        ("link SET from_annotation = 'none'", [
            "link: row 1 refers to a annotation that is not there", "link: its ends are not both in its article"]),
        ("annotation SET entity = 'none' WHERE note <> ''", [
            "annotation: row 1 refers to a entity that is not there"]),
        ("annotation SET \"values\" = '{\"x\":1}' WHERE note <> ''", [
            f"annotation: {UNASKED}", f"annotation_words: {SEARCH}"]),
        ("article_work SET \"values\" = '{\"x\":1}'", [f"article_work: {UNASKED}"]),
        ("article SET title = 'Other'", [f"article_words: {SEARCH}", f"article_starts: {SEARCH}"]),
        ("annotation SET note = 'because' WHERE note <> ''", [f"annotation_words: {SEARCH}"]),
        ("annotation_count SET count = 7", ["annotation_count: says other numbers of annotations than there are"]),
        ("article SET sha256 = 'none'", [
            "article: row 1 refers to a text that is not there",
            f"article_words: {SEARCH}", f"article_starts: {SEARCH}"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(
    project: Project, article: Article, quote: Annotation, statement: str, says: list[str]
) -> None:
    assert check_project(project.path) == []
    assert damaged(project.path, f"UPDATE {statement}") == says


def test_a_project_without_itself_and_a_schema_of_somebody_else_s(project: Project) -> None:
    assert damaged(project.path, "DELETE FROM project") == [
        "project: there are 0 records of the project itself instead of one"
    ]
    assert damaged(project.path, "CREATE VIEW spy AS SELECT 1") == ["schema: is not what Annotator puts into a project"]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"The talks"', '"The walks"', "the text at 34-43 is not its words"),
        ("Moscow: “", "Moscow: „", "the text around 34-43 has changed"),
        ("[34,43,", "[34,4300,", "34-4300 reaches behind the text"),
    ],
)
def test_offsets_are_compared_with_the_text(
    project: Project, quote: Annotation, before: str, after: str, says: str
) -> None:
    found = damaged(project.path, f"UPDATE annotation SET fragments = replace(fragments, '{before}', '{after}')")
    assert f"annotation: {says}" in found


def test_fragments_out_of_order(project: Project, quote: Annotation) -> None:
    statement = (
        "UPDATE annotation SET fragments = (SELECT '[' || group_concat(value) || ']' FROM (SELECT value FROM"
        " json_each(fragments) ORDER BY key DESC)) WHERE note <> ''"
    )
    assert "annotation: its fragments are out of order or overlap" in damaged(project.path, statement)


def test_a_value_that_its_attribute_cannot_have(project: Project, quote: Annotation) -> None:
    uid = projects.attribute_uid(project, "quote", "polarity")
    statement = f'UPDATE annotation SET "values" = \'{{"{uid}":"green"}}\' WHERE note <> \'\''
    says, index = damaged(project.path, statement)
    assert index.startswith("annotation_words")
    assert says.startswith("annotation: “Polarity” cannot be 'green': choose one of asserted, denied")


def test_beyond_a_size_only_which_articles_are_indexed_is_compared(project: Project, article: Article) -> None:
    connection = connect(project.path, read_only=False)
    assert list(check_search.out_of_step(connection, whole=1)) == []
    connection.execute("DELETE FROM article_words_docsize")
    ((index, says),) = check_search.out_of_step(connection, whole=1)
    connection.close()
    assert (index, says) == ("article_words", "searching finds other words than are there (1 rows, the first is 1)")


def test_each_problem_is_one_line() -> None:
    assert str(Problem("link", "u", "a\nb")) == "link u: a b"
    assert str(Problem("file", "", "x")) == "file: x"


def test_a_link_between_two_articles(project: Project, article: Article, quote: Annotation) -> None:
    other = projects.add(project, "another text")
    (link,) = project.read.all(Link)
    assert "link: its ends are not both in its article" in damaged(
        project.path, f"UPDATE link SET article = '{other.uid}' WHERE uid = '{link.uid}'"
    )


def test_an_index_that_points_to_other_rows_than_the_table_has(project: Project, article: Article) -> None:
    raw = sqlite3.connect(project.path)
    (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article_sha256'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    whole, at = project.path.read_bytes(), (root - 1) * size
    page = whole[at : at + size].replace(article.sha256.encode(), article.sha256[::-1].encode())
    project.path.write_bytes(whole[:at] + page + whole[at + size :])
    assert check_project(project.path) == [Problem("file", "", "row 1 missing from index article_sha256")]
