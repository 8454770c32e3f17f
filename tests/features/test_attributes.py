"""What is said of annotations and of the article, and how the lists are narrowed by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from support.user import User, at_the_window, project_file

from annotator.model.annotation import Annotator, Confidence
from annotator.model.article import Article, ArticleWork
from annotator.operations import articles
from annotator.project.opening import open_project, work_as

TEXT = "Talks\n\nDmitry Peskov left.\n\n“We heard nothing,” he added. Berlin said nothing.\n"
OTHERS = ("Harbour\n\nThe mayor opened it.", "Rain\n\nIt rained all day.")


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    path = project_file(tmp_path, TEXT, *OTHERS)
    project = open_project(path)
    work_as(project, Annotator("01900000-0000-7000-8000-00000000000b", "Ben"))
    for article, day in zip(project.read.all(Article), ("2025-03-13", "2025-03-20", "2024-01-01"), strict=True):
        articles.describe(project, article, replace(article, published=day))
    project.close()
    with at_the_window(path, tmp_path / "settings") as user:
        yield user


def record(user: User, title: str = "Talks") -> Article:
    project = user.window.state.project
    assert project is not None
    return next(a for a in project.read.all(Article) if a.title == title)


def work(user: User) -> ArticleWork:
    project = user.window.state.project
    assert project is not None
    found = project.read.work(record(user).uid, project.annotator.uid)
    assert found is not None
    return found


def listed(user: User) -> list[str]:
    project = user.window.state.project
    assert project is not None
    titles = {a.uid: a.title for a in project.read.all(Article)}
    return [titles[uid] for uid in user.window.side.listed_articles()]


def button(place: QWidget, text: str) -> QAbstractButton:
    found = [b for b in place.findChildren(QAbstractButton) if b.text().replace("&", "") == text and b.isVisible()]
    assert len(found) == 1, f"{len(found)} buttons “{text}”"
    return found[0]


def open_tab(user: User, name: str) -> None:
    tabs = user.window.panel.tabs
    at = next(at for at in range(tabs.count()) if tabs.tabText(at) == name)
    user.click_on(tabs, tabs.tabRect(at).center())


def test_the_article_tab_holds_attributes_and_memo(user: User) -> None:
    open_tab(user, "Article")
    genre = user.window.state.codebook.attribute_named(None, "genre")
    assert genre is not None
    user.choose("genre", genre.choices[1])
    assert dict(work(user).values)[genre.uid] == genre.choices[1]
    memo = user.shown("memoField")
    user.click_on(memo)
    user.type("Ask Ben about 2 quotes")
    user.press("Esc")
    assert work(user).memo == "Ask Ben about 2 quotes"
    assert user.annotations == [], "typed digits are no tags"
    assert user.reader.hasFocus()
    user.fill("article.source", "The Example Post")
    user.fill("article.published", "nonsense")
    assert user.notice == "“Published” must be a date such as 2025-03-13, not 'nonsense'."
    assert record(user).source == "The Example Post"
    assert record(user).published == "2025-03-13"
    field = user.shown("article.published")
    assert isinstance(field, QLineEdit)
    assert field.text() == "2025-03-13"
    user.fill("article.published", "14 March 2025")
    assert record(user).published == "2025-03-14"
    assert field.text() == "2025-03-14"


def test_memo_survives_closing_while_it_is_typed(tmp_path: Path) -> None:
    path = project_file(tmp_path, TEXT)
    with at_the_window(path, tmp_path / "settings") as user:
        open_tab(user, "Article")
        user.click_on(user.shown("memoField"))
        user.type("not waited for")
    with at_the_window(path, tmp_path / "settings") as user:
        assert work(user).memo == "not waited for"


def test_a_note_is_typed_without_tagging(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "N")
    note = user.part("noteField")
    assert note.hasFocus()
    user.type("2 or 3 of them, Untrue? +-")
    user.press("Enter")
    user.type("L")
    user.press("Tab", on=note)
    assert not note.hasFocus(), "Tab goes on to the next field"
    assert not user.reader.hasFocus()
    (speaker,) = user.annotations
    assert speaker.note == "2 or 3 of them, Untrue? +-\nL"
    assert speaker.text == "Dmitry Peskov"
    assert user.window.state.selected == speaker


def test_escape_in_the_note_returns_to_the_reader(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "N")
    user.type("x")
    user.press("Esc")
    assert user.reader.hasFocus()
    assert user.annotations[0].note == "x"


def test_confidence_goes_round_by_its_key_and_is_clicked(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "C")
    assert user.annotations[0].confidence is Confidence.LOW
    user.press("C", "C")
    assert user.annotations[0].confidence is Confidence.HIGH
    inspector = user.part("inspector")
    user.click_on(button(inspector, "medium"))
    assert user.annotations[0].confidence is Confidence.MEDIUM
    assert user.reader.hasFocus()
    user.press("C", "C")
    assert user.annotations[0].confidence is Confidence.UNSAID


def test_to_check_lists_what_lacks_something_and_empties_by_mending(user: User) -> None:
    user.click("heard")
    user.press("2")
    user.click("Dmitry")
    user.press("1")
    to_check = user.part("toCheck")
    assert isinstance(to_check, QAbstractButton)
    assert to_check.text() == "To check (1)"
    user.click_on(to_check)
    model = user.window.panel.annotation_list.model()
    assert model.rowCount() == 1
    user.click_row(user.window.panel.annotation_list, model.index(0, 0))
    user.press("Enter")  # the proposed speaker, from the list
    assert to_check.text() == "To check"
    assert model.rowCount() == 0


def test_the_article_list_is_filtered_by_status_tag_and_date(user: User) -> None:
    assert sorted(listed(user)) == ["Harbour", "Rain", "Talks"]
    user.click("Dmitry")
    user.press("1")
    side = user.window.side
    user.click_on(side.filter_button)
    panel = user.shown("articleFilter")
    user.click_on(button(panel, "In progress"), QPoint(30, 10))
    assert listed(user) == ["Talks"]
    user.click_on(button(panel, "In progress"), QPoint(30, 10))
    chips = [b for b in panel.findChildren(QAbstractButton) if getattr(b, "tag", None) is not None and b.isVisible()]
    speaker = next(b for b in chips if b.tag.name == "speaker")  # type: ignore[attr-defined]
    user.click_on(speaker)
    assert listed(user) == ["Talks"]
    user.click_on(speaker)
    assert len(listed(user)) == 3
    first = next(line for line in panel.findChildren(QLineEdit) if line.accessibleName() == "First day")
    user.click_on(first)
    user.type("2025-03-15")
    assert listed(user) == ["Harbour"]
    user.press("Esc")
    assert not panel.isVisible()
    assert side.count.text() == "1 of 3 articles"
    user.click_on(next(b for b in side.chips.findChildren(QAbstractButton) if b.isVisible()))
    assert len(listed(user)) == 3


def test_search_in_the_article_list(user: User) -> None:
    search = user.part("articleSearch")
    user.click_on(search)
    user.type("mayor 1")
    user.press("Backspace", "Backspace")
    user.wait(lambda: listed(user) == ["Harbour"])
    user.press("Down", "Enter")
    assert user.text.startswith("Harbour")
    assert user.reader.hasFocus(), "who opens an article means to read it"
    assert user.annotations == []


def test_a_name_is_changed_everywhere(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "G", "Enter", "F2", "Ctrl+A")
    user.type("Dmitri S. Peskow")
    user.press("Enter")
    project = user.window.state.project
    assert project is not None
    (entity,) = project.cache.entities.values()
    assert (entity.name, entity.aliases) == ("Dmitri S. Peskow", ("Dmitry Peskov",))
    assert user.reader.hasFocus()
    field = user.part("entityField")
    assert isinstance(field, QLineEdit)
    assert field.text() == "Dmitri S. Peskow"


def test_a_claim_in_other_words(user: User) -> None:
    user.click("Berlin")
    user.press("4")
    user.fill("attribute.claim_text", "Berlin did not comment.")
    user.choose("claim_type", "event")
    user.choose("rating", "half_true")
    codebook = user.window.state.codebook
    (claim,) = user.annotations
    said = {codebook.attribute(uid).name: value for uid, value in claim.values}
    assert said["claim_text"] == "Berlin did not comment."
    assert said["claim_type"] == "event"
    assert said["rating"] == "half_true"
    note = user.part("noteField")
    assert isinstance(note, QPlainTextEdit)
    assert note.toPlainText() == ""


@pytest.mark.parametrize("end", ["Enter", "Tab"])
def test_a_pair_of_coordinates_typed_into_one_field(user: User, end: str) -> None:
    user.click("Berlin")
    user.press("3")
    user.fill("latitudeField", "52.5, 13.4", end=end)
    project = user.window.state.project
    assert project is not None
    (place,) = project.cache.entities.values()
    assert (place.name, place.latitude, place.longitude, place.gazetteer) == ("Berlin", 52.5, 13.4, "manual")
    assert [user.part(f"{name}Field").text() for name in ("latitude", "longitude")] == ["52.5", "13.4"]  # type: ignore[attr-defined]
    assert project.undo_label != "Set coordinates", "one step: place and coordinates together"
