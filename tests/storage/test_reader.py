from __future__ import annotations

from collections.abc import Callable

from support import projects

from annotator.model.article import Article, Status
from annotator.model.entity import Entity, EntityKind
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


def test_the_beginning_of_a_long_article_is_its_text_and_what_stands_there(
    project: Project, add_article: Callable[..., Article]
) -> None:
    text = f"Peskov told reporters. {'The talks go on. ' * 20}That is all."
    long = add_article(text, "Talks")
    first, second = projects.tag(project, long, "speaker", "Peskov"), projects.tag(project, long, "quote", "told")
    last = projects.tag(project, long, "quote", "That is all")
    found = project.read.beginning(long.uid, last.start)
    assert found is not None
    assert (found.article, found.text, found.links, found.verdicts) == (long, text, {}, {})
    assert found.annotations == {first.uid: first, second.uid: second}
    whole = project.read.beginning(long.uid, last.start + 1)
    assert whole is not None
    assert whole.annotations.keys() == {first.uid, second.uid, last.uid}
    assert project.read.beginning(long.uid, len(text)) == project.read.content(long.uid), "it is all in sight"
    assert project.read.beginning("none", 1) is None


def test_what_begins_at_a_place_with_a_tag_is_found_along_the_index(project: Project, article: Article) -> None:
    quote = projects.tag(project, article, "quote", "told")
    projects.tag(project, article, "claim", "told")
    projects.tag(project, article, "quote", "Peskov")
    found = project.read.annotations_from(article.uid, quote.tag_type, quote.start)
    assert found == [quote]
    assert project.read.annotations_from(article.uid, quote.tag_type, quote.start + 1) == []
    asked = project.read._connection.execute(
        "EXPLAIN QUERY PLAN SELECT uid FROM annotation WHERE article = ? AND tag_type = ? AND start = ?", ("", "", 0)
    )
    assert "annotation_article (article=? AND tag_type=? AND start=?)" in str(asked.fetchall()[0][3])


def test_the_beginning_is_found_along_the_index(project: Project, article: Article) -> None:
    asked: list[str] = []
    project.read._connection.set_trace_callback(asked.append)
    project.read.beginning(article.uid, 1)
    project.read._connection.set_trace_callback(None)
    (statement,) = [one for one in asked if "FROM annotation" in one]
    plan = project.read._connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    assert "annotation_article (article=? AND tag_type=? AND start<?)" in str(plan[0][3])


def test_several_contents_are_those_read_one_by_one(project: Project, add_article: Callable[..., Article]) -> None:
    made = [add_article(f"Peskov told reporters: “The talks go on,” number {n}.", f"Talks {n}") for n in range(4)]
    for one in made[:3]:
        quote = projects.tag(project, one, "quote", "The talks go on")
        speaker = projects.tag(project, one, "speaker", "Peskov")
        linking.link(project, projects.content(project, one), quote, speaker, "speaker")
    uids = [made[2].uid, "nothing", made[0].uid, made[3].uid]
    found = project.read.contents(uids)
    assert found == [project.read.content(uid) for uid in uids if uid != "nothing"]
    assert [list(one.annotations) for one in found] == [
        [a.uid for a in project.read.annotations(one.article.uid)] for one in found
    ]
    assert project.read.contents([]) == []


def test_the_sets_in_use_are_those_that_hold_an_annotation(project: Project, article: Article) -> None:
    assert project.read.sets_in_use() == set()
    made = projects.tag(project, article, "quote", "The talks")
    assert project.read.sets_in_use() == {made.annotation_set}


def test_more_records_than_are_fetched_at_once(project: Project) -> None:
    with project.edit("Many") as edit:
        for number in range(1_203):
            edit.add(Entity(f"e{number:05}", EntityKind.UNKNOWN, f"n{number}"))
    assert [one.uid for one in project.read.all(Entity)] == [f"e{number:05}" for number in range(1_203)]
