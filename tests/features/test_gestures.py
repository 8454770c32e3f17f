"""How few gestures a quote with its linked, named speaker takes, counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.user import User, at_the_window, project_file

TEXT = (
    "Talks\n\nKremlin spokesman Dmitry Peskov confirmed the talks.\n\n"
    "“Before the talks start, it would be wrong to talk about it in public,” Peskov told reporters.\n\n"
    "“We heard nothing,” he added.\n"
)


@pytest.fixture
def user(tmp_path: Path) -> Iterator[User]:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        yield user


def entity_names(user: User) -> list[str]:
    project = user.window.state.project
    assert project is not None
    return [entity.name for entity in project.cache.entities.values()]


def speaker_of(user: User, quote: str) -> list[tuple[str, str]]:
    """Return (words of the mention, name of its entity) of a quote's speakers, from the file."""
    project, content = user.window.state.project, user.window.state.content
    assert project is not None
    assert content is not None
    stored = project.read.content(content.article.uid)
    assert stored is not None
    source = user.annotation("quote", quote)
    mentions = [
        stored.annotations[link.to_annotation]
        for link in stored.links.values()
        if link.from_annotation == source.uid and link.role == "speaker"
    ]
    return [(m.text, project.cache.entities[m.entity].name if m.entity else "") for m in mentions]


QUOTE = "“Before the talks start, it would be wrong to talk about it in public,”"


def test_three_gestures_where_the_nearest_mention_is_right(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "Enter")
    assert user.gestures == 3
    assert speaker_of(user, QUOTE) == [("Peskov", "Dmitry Peskov")]
    assert user.reader.hasFocus()
    user.press("Ctrl+Z")  # the speaker's annotation, its entity and the link are one step
    assert [a.text for a in user.annotations] == [QUOTE]
    assert entity_names(user) == []
    user.press("Ctrl+Shift+Z")
    assert speaker_of(user, QUOTE) == [("Peskov", "Dmitry Peskov")]


def test_five_gestures_by_hand(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "L")
    user.type("Sergei Lavrov")
    user.press("Enter")
    assert user.gestures == 5
    assert entity_names(user) == ["Sergei Lavrov"]
    project = user.window.state.project
    assert project is not None
    quote = user.annotation("quote", QUOTE)
    assert quote.entity is not None
    assert project.cache.entities[quote.entity].name == "Sergei Lavrov"
    assert user.reader.hasFocus()


def test_a_typed_name_that_stands_in_the_article_is_linked_there(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "L")
    user.type("Peskov")
    user.press("Enter")
    assert user.gestures == 5
    ((mention, name),) = speaker_of(user, QUOTE)
    assert mention == "Peskov"
    assert "Peskov" in name


def test_the_speaker_of_the_quote_before_is_one_key(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "Enter")
    user.click("heard nothing")
    user.press("2", "Shift+L")
    assert speaker_of(user, "“We heard nothing,”") == [("Peskov", "Dmitry Peskov")]


def test_a_boundary_by_a_word_is_one_key(user: User) -> None:
    user.click("Dmitry")
    user.press("1")
    assert user.words("speaker") == ["Kremlin spokesman Dmitry Peskov"]
    user.press("I")
    assert user.words("speaker") == ["spokesman Dmitry Peskov"]
    user.press("U", "O")
    assert user.words("speaker") == ["Kremlin spokesman Dmitry"]
    user.press("P", "Shift+O")
    assert user.words("speaker") == ["Kremlin spokesman Dmitry Pesko"]
    user.press("Shift+P", "Shift+I", "Shift+U")
    assert user.words("speaker") == ["Kremlin spokesman Dmitry Peskov"]


def test_all_same_texts_are_one_key(user: User) -> None:
    user.click("Peskov told", 2)
    user.press("Ctrl+1")
    assert user.words("speaker") == ["Peskov", "Peskov"]
    assert user.notice == "2 places tagged"
    user.press("Ctrl+Z")
    assert user.annotations == []


def test_retyping_says_what_is_lost(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "Enter", "T", "4")
    assert user.words("quote") == []
    assert user.words("claim") == [QUOTE]
    assert "speaker" in user.notice
    user.press("Ctrl+Z")
    assert speaker_of(user, QUOTE) == [("Peskov", "Dmitry Peskov")]


def test_fragments_come_and_go(user: User) -> None:
    user.click("heard nothing")
    user.press("2")
    user.drag("he added")
    user.press("+")
    (quote,) = user.annotations
    assert [f.exact for f in quote.fragments] == ["“We heard nothing,”", "he added"]
    user.click("he added")
    user.press("-")
    (quote,) = user.annotations
    assert [f.exact for f in quote.fragments] == ["“We heard nothing,”"]


def test_the_same_tag_on_the_same_words_is_not_doubled(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "2")
    assert user.words("quote") == [QUOTE]
    assert user.notice == "These words bear that tag already."


def test_tab_goes_from_annotation_to_annotation(user: User) -> None:
    user.click("Dmitry")
    user.press("1")
    user.click("it would be wrong")
    user.press("2", "Esc", "Tab")
    state = user.window.state
    assert state.selected is not None
    first = state.selected.text
    user.press("Tab")
    assert state.selected is not None
    assert {first, state.selected.text} == {"Kremlin spokesman Dmitry Peskov", QUOTE}
    user.press("Shift+Tab")
    assert state.selected is not None
    assert state.selected.text == first


def test_done_and_next_is_one_key(tmp_path: Path) -> None:
    project = project_file(tmp_path, "One\n\nAlpha spoke.", "Two\n\nBeta spoke.", "Three\n\nGamma spoke.")
    with at_the_window(project, tmp_path / "settings") as user:
        assert user.text.startswith("One")
        user.press("Ctrl+Enter", on=user.reader)
        assert user.text.startswith("Two")
        user.press("Ctrl+Enter", "Ctrl+Enter", on=user.reader)
        assert user.notice == "That was the last one: every article here is done."
        stored = user.window.state.project
        assert stored is not None
        assert list(stored.read.statuses(stored.annotator.uid).values()) == ["done"] * 3


def test_a_claim_in_a_quote_is_tied_to_it_and_its_speaker_by_one_key(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "Enter")
    user.drag("it would be wrong to talk")
    user.press("4")
    assert user.window.desk.reader.content.ghost_label == "claimant? ⏎"
    user.press("Enter")
    assert user.notice == "Claimant: Dmitry Peskov"
    content = user.window.state.content
    assert content is not None
    (claim,) = (a for a in user.annotations if a.text == "it would be wrong to talk")
    found = {k.role: content.annotations[k.to_annotation].text for k in content.links.values()
             if k.from_annotation == claim.uid}  # fmt: skip
    assert found == {"claimant": "Peskov", "content_of": QUOTE}


def test_escape_gives_up_retyping_and_its_prompt_goes(user: User) -> None:
    user.click("Peskov told", 2)
    user.press("1", "T")
    assert "press the digit" in user.notice
    user.press("Esc")
    assert user.notice == ""
    assert user.window.state.selected is not None
    user.press("T", "3")
    assert user.notice == "Now tagged location"


def test_a_notice_goes_with_the_next_step(user: User) -> None:
    user.click("Peskov told", 2)
    user.press("1", "1")
    assert user.notice == "These words bear that tag already."
    user.press("3")
    assert user.notice == ""


def test_a_name_that_is_taken_is_told(user: User) -> None:
    user.click("it would be wrong")
    user.press("2", "Enter")
    user.click("reporters", 2)
    user.press("1", "G")
    user.type("Somebody")
    user.press("Enter", "F2")
    user.type("Dmitry Peskov")
    user.press("Enter")
    assert user.notice.startswith("There are two called Dmitry Peskov now.")
    project = user.window.state.project
    assert project is not None
    assert sorted(e.name for e in project.cache.entities.values()) == ["Dmitry Peskov", "Dmitry Peskov"]
