from __future__ import annotations

from support import projects

from annotator.model.annotation import AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, Status
from annotator.model.content import ProjectCounts
from annotator.operations import articles
from annotator.project.project import Project
from annotator.storage.connection import connect
from annotator.storage.counts import counts


def counted(project: Project, one_look: int) -> ProjectCounts:
    connection = connect(project.path, read_only=True)
    try:
        return counts(connection, one_look)
    finally:
        connection.close()


def test_one_look_and_a_look_for_each_count_the_same_in_the_same_order(project: Project, article: Article) -> None:
    assert counted(project, 1000) == counted(project, 0) == project.read.counts()
    projects.tag(project, article, "speaker", "Peskov")
    projects.tag(project, article, "quote", "The talks")
    projects.tag(project, article, "quote", "left")
    articles.set_status(project, article.uid, Status.DONE)
    with project.edit("x") as edit:  # another person of the same name
        edit.add(Annotator("p2", project.annotator.name))
        edit.add(AnnotationSet("s2", project.annotator.name, SetKind.PERSON, "p2"))
    before = project.annotator
    project.annotator = Annotator("p2", before.name)
    projects.tag(project, article, "quote", "talks")
    found = counted(project, 1000)
    assert found == counted(project, 0) == project.read.counts()
    assert list(found.by_tag.items()) == list(counted(project, 0).by_tag.items()) == [("speaker", 1), ("quote", 3)]
    assert found.by_annotator == {before.name: 4}
    assert (found.articles, found.annotations) == (1, 4)
