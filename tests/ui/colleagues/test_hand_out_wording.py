from __future__ import annotations

from msgspec.structs import replace
from support import projects
from support.colleagues import BEN, at_work, bring, out

from annotator.model.entity import EntityKind
from annotator.operations import entities
from annotator.project.project import Project
from annotator.ui.colleagues.hand_out_wording import Wish, letter, names_in_words, will_hold, will_lack

BLIND = Wish("Ben", "", None, 2, blind=True)


def two_articles(project: Project) -> None:
    for title in ("One", "Two"):
        projects.add(project, f"{title}. {projects.TEXT}", title)


def test_a_blind_file_holds_nobodys_work_and_says_so(project: Project) -> None:
    two_articles(project)
    entities.create(project, "Kremlin", EntityKind.ORGANISATION)
    assert will_hold(project, BLIND) == ["2 articles, with the text", "the codebook with its 5 tags"]
    assert will_lack(project, BLIND) == [
        "the tags, notes, verdicts and names of others: Anna", "1 person, body or place not marked as given",
        "the memos of the project and of the articles", "the history of changes",
    ]  # fmt: skip
    entities.give(project, project.cache.entities.values(), given=True)
    assert will_hold(project, BLIND)[-1] == "1 person, body or place marked as given"
    assert "1 person, body or place not marked as given" not in will_lack(project, BLIND)


def test_a_file_with_the_tags_says_whose_they_are(project: Project) -> None:
    two_articles(project)
    wish = replace(BLIND, blind=False, count=1)
    assert "everybody’s tags, links, notes and verdicts on them" in will_hold(project, wish)
    assert will_lack(project, wish) == ["the other 1 article", "the history of changes"]


def test_what_the_colleague_has_tagged_before_is_told(project: Project) -> None:
    two_articles(project)
    path = out(project, blind=True)
    with at_work(path) as copy:
        article = next(iter(copy.read.all_article_uids()))
        projects.tag(copy, projects.content(copy, article).article, "quote", "Moscow")
    bring(project, path)
    assert "what Ben has tagged on them so far" in will_hold(project, replace(BLIND, annotator=BEN.uid))


def test_names_and_the_letter() -> None:
    assert [names_in_words(["A", "B", "C", "D", "E"][:n]) for n in (0, 1, 2, 3, 5)] == [
        "", "A", "A and B", "A, B and C", "A, B, C and 2 more",
    ]  # fmt: skip
    written = letter("Ben", "study – Ben.annot", 1)
    assert written.startswith("Hello Ben,") and "study – Ben.annot with 1 article" in written
    assert "“Are you Ben?”, answer Yes" in written
