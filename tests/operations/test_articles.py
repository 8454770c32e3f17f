from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from support import projects

from annotator.base.errors import RuleError
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.codebook import Attribute, AttributeKind
from annotator.model.span import Span
from annotator.operations import articles, codebook
from annotator.project.opening import work_as
from annotator.project.project import Project

ANNA = projects.ANNA.uid


def work(project: Project, article: Article, who: str = ANNA) -> ArticleWork:
    found = project.read.work(article.uid, who)
    assert found is not None
    return found


def test_a_text_that_is_there_already_is_left_out_and_named(project: Project, article: Article) -> None:
    same, twice = projects.new_article(title="Same"), projects.new_article("New.", "New")
    added = articles.add_articles(project, [same, twice, projects.new_article("New.", "New again")])
    assert added.articles == (twice[0],)
    assert added.known == (("Same", article), ("New again", twice[0]))
    assert project.undo_label == "Import articles"
    assert articles.add_articles(project, [same]).articles == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\r\nb", "was not normalised; it was not imported"),
        ("other", "does not match its checksum; it was not imported"),
    ],
)
def test_a_text_that_would_drift_is_refused(project: Project, text: str, says: str) -> None:
    made, _ = projects.new_article("a\r\nb")
    with pytest.raises(RuleError, match=says):
        articles.add_articles(project, [(made, text)])
    assert list(project.read.all(Article)) == []


def test_describing(project: Project, article: Article) -> None:
    after = replace(article, title="Other", memo="m", extra=(("desk", "b"), ("desk", "a")))
    articles.describe(project, article, after)
    articles.describe(project, after, after)
    assert project.read.get(Article, article.uid) == after
    assert project.undo_label == "Edit article"
    with pytest.raises(RuleError, match="An article needs a title"):
        articles.describe(project, after, replace(after, title=" "))
    with pytest.raises(RuleError, match="changed by a correction only"):
        articles.describe(project, after, replace(after, sha256="0"))
    with pytest.raises(RuleError, match="“Published” must be a date such as 2025-03-13, not 'soon'"):
        articles.describe(project, after, replace(after, published="soon"))
    dated = replace(after, published="2025-03")
    articles.describe(project, after, dated)
    assert project.read.get(Article, article.uid) == dated


def test_a_date_that_came_in_as_it_is_may_stay(project: Project) -> None:
    made = projects.add(project, published="early spring")
    articles.describe(project, made, replace(made, title="Other"))
    assert project.read.get(Article, made.uid) == replace(made, title="Other")


def test_furniture(project: Project, article: Article) -> None:
    def mark(start: int, stop: int, *, furniture: bool) -> tuple[Span, ...]:
        known = project.read.get(Article, article.uid)
        assert known is not None
        articles.mark_furniture(project, known, Span(start, stop), furniture=furniture)
        after = project.read.get(Article, article.uid)
        assert after is not None
        return after.furniture

    assert mark(5, 9, furniture=True) == (Span(5, 9),)
    assert mark(0, 2, furniture=True) == (Span(0, 2), Span(5, 9))
    assert mark(8, 12, furniture=True) == (Span(0, 2), Span(5, 12))
    assert project.undo_label == "Mark furniture"
    assert mark(11, 20, furniture=False) == (Span(0, 2),)
    assert project.undo_label == "Unmark furniture"
    assert mark(11, 20, furniture=False) == (Span(0, 2),)


def test_status_and_memo(project: Project, article: Article) -> None:
    articles.set_status(project, article.uid, Status.TODO)
    assert project.undo_label == "Import article", "it was to do already"
    articles.set_status(project, article.uid, Status.DONE)
    assert project.undo_label == "Mark done"
    articles.set_memo(project, article.uid, "later")
    articles.set_memo(project, article.uid, "later")
    assert (work(project, article).status, work(project, article).memo) == (Status.DONE, "later")
    articles.set_status(project, article.uid, Status.IN_PROGRESS)
    assert project.undo_label == "Mark in progress"


def test_article_level_values(project: Project, article: Article) -> None:
    genre = Attribute("genre", None, "my_genre", "Genre", AttributeKind.ONE, ("news", "comment"), "news")
    book = project.cache.codebook
    codebook.save(project, replace(book, attributes=(*book.attributes, genre)))
    articles.set_article_value(project, article.uid, "genre", "comment")
    assert work(project, article).values == (("genre", "comment"),)
    assert project.undo_label == "Set genre"
    articles.set_article_value(project, article.uid, "genre", None)
    assert work(project, article).values == ()
    with pytest.raises(RuleError, match="cannot be 'poem'"):
        articles.set_article_value(project, article.uid, "genre", "poem")
    with pytest.raises(RuleError, match="is asked of annotations, not of articles"):
        articles.set_article_value(project, article.uid, projects.attribute_uid(project, "quote", "medium"), "speech")
    articles.set_article_value(project, article.uid, "genre", "")
    work_as(project, projects.BEN)
    articles.set_status(project, article.uid, Status.DONE)
    assert work(project, article, projects.BEN.uid).values == (("genre", "news"),)


def test_assigning(project: Project, add_article: Callable[..., Article]) -> None:
    one, two = add_article("one"), add_article("two")
    articles.set_memo(project, one.uid, "m")
    articles.assign(project, [one.uid, two.uid], ANNA)
    assert [work(project, a).assigned for a in (one, two)] == [True, True]
    assert work(project, one).memo == "m"
    assert project.undo_label == "Assign articles"
    articles.assign(project, [one.uid], ANNA, assigned=False)
    assert [work(project, a).assigned for a in (one, two)] == [False, True]
    assert project.undo_label == "Unassign articles"
    three = add_article("three")
    articles.assign(project, [three.uid], ANNA, assigned=False)
    assert project.read.work(three.uid, ANNA) is None


def test_removing_takes_everybody_s_work_and_undo_brings_it_back(
    project: Project, article: Article, add_article: Callable[..., Article]
) -> None:
    projects.tag(project, article, "quote", "Moscow")
    work_as(project, projects.BEN)
    projects.tag(project, article, "quote", "Moscow")
    other = add_article("other")
    before = projects.content(project, article)
    assert articles.remove(project, [article, other]) == 2
    assert project.undo_label == "Remove 2 articles"
    assert project.read.content(article.uid) is None
    project.undo()
    assert projects.content(project, article) == before
    assert len(project.read.works(article.uid)) == 2
    articles.remove(project, [other])
    assert project.undo_label == "Remove article"


def test_the_figures_that_follow_from_a_text(article: Article) -> None:
    made = articles.measured(article, "Two words", "x")
    assert (made.sha256, made.characters, made.words) == ("x", 9, 2)


def test_articles_in_steps_are_those_of_one_step(project: Project) -> None:
    incoming = [projects.new_article(f"Text {at % 5}.", f"Title {at}") for at in range(8)]
    came = list(articles.add_in_steps(project, incoming, at_once=3))
    assert [len(one.articles) for one in came] == [3, 2, 0]
    assert [(title, same.title) for one in came for title, same in one.known] == [
        ("Title 5", "Title 0"), ("Title 6", "Title 1"), ("Title 7", "Title 2"),
    ]  # fmt: skip
    assert [one.title for one in project.read.all(Article)] == [f"Title {at}" for at in range(5)]
    assert project.undo_label == "Import articles"
    project.undo()
    assert list(project.read.all(Article)) == []
    assert project.undo_label == ""
    assert list(articles.add_in_steps(project, [])) == []
