from __future__ import annotations

from collections.abc import Callable

from support import projects

from annotator.model.article import Article, Status
from annotator.model.entity import EntityKind
from annotator.operations import articles, entities, linking
from annotator.project.opening import work_as
from annotator.project.project import Project
from annotator.storage import migrate


def test_small_questions(project: Project, add_article: Callable[..., Article]) -> None:
    one, two = add_article("one", source="B"), add_article(title="Two", source="A")
    read = project.read
    assert read.sources() == ["A", "B"]
    assert read.all_article_uids() == [one.uid, two.uid]
    assert read.has_text(one.sha256)
    assert not read.has_text("none")
    assert read.articles_with_text(one.sha256) == [one]
    assert read.known_texts() == {one.sha256, two.sha256}
    assert read.schema_version() == migrate.schema_version()
    assert read.content("none") is None
    assert read.many(Article, [two.uid, "none", *["x"] * 1200]) == {two.uid: two}
    assert read.statuses(projects.ANNA.uid) == {}
    articles.set_status(project, one.uid, Status.DONE)
    assert read.statuses(projects.ANNA.uid) == {one.uid: Status.DONE}


def test_counts(project: Project, article: Article) -> None:
    quote, speaker = (
        projects.tag(project, article, "quote", "talks"),
        projects.tag(project, article, "speaker", "Peskov"),
    )
    made = linking.link(project, projects.content(project, article), quote, speaker, "speaker")
    entity = entities.create_for(project, speaker, "Dmitry Peskov", EntityKind.NAMED_PERSON)
    work_as(project, projects.BEN)
    projects.tag(project, article, "quote", "talks")
    counts = project.read.counts()
    assert (counts.articles, counts.annotations, counts.links, counts.entities) == (1, 3, 1, 1)
    assert counts.by_tag == {"quote": 2, "speaker": 1}
    assert counts.by_annotator == counts.by_set == {"Anna": 2, "Ben": 1}
    assert counts.by_status == {"in_progress": 2}
    assert project.read.entity_uses() == {entity.uid: 1}
    assert project.read.links_with_role("speaker") == [made]
    assert project.read.links_with_role("cue") == []


def test_a_worker_reads_one_state_within_its_own_transaction(project: Project, article: Article) -> None:
    with project.worker_reader() as read:
        read._connection.execute("BEGIN")
        shown = read.content(article.uid)
        assert shown is not None
        assert shown.text == projects.TEXT
        assert read._connection.in_transaction
        read._connection.execute("COMMIT")


def test_who_has_work(project: Project, article: Article) -> None:
    read = project.read
    work_as(project, projects.BEN)
    assert read.has_work(projects.ANNA.uid), "who has imported can undo that"
    assert not read.has_work(projects.BEN.uid), "a set alone is no work"
    projects.tag(project, article, "quote", "talks")
    assert read.has_work(projects.BEN.uid)
    project.undo()
    assert read.has_work(projects.BEN.uid), "the step can be done again"
