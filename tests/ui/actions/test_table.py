"""The table of actions is sound, and the names that scripts rely on are in it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from annotator.exchange.codebook_file import shipped_codebook
from annotator.ui.actions.table import TABLE, Menu, Where, codebook_actions
from annotator.ui.theme.icons import icon_names

ALL = [*codebook_actions(shipped_codebook("news")), *TABLE]


def test_ids_are_unique() -> None:
    assert len({action.id for action in ALL}) == len(ALL)


def test_the_names_that_scripts_rely_on() -> None:
    promised = {
        "tag.speaker", "tag.quote", "tag.location", "tag.claim", "tag.cue", "tag.delete", "edit.undo", "edit.redo",
        "article.next", "article.done", "file.import", "file.export", "link.speaker", "link.accept",
    }  # fmt: skip
    assert promised <= {action.id for action in ALL}


def test_keys_are_key_sequences() -> None:
    for action in ALL:
        for keys in action.keys:
            assert not QKeySequence.fromString(keys).isEmpty(), action.id


def test_icons_exist() -> None:
    assert {action.icon for action in ALL if action.icon} <= set(icon_names())


def test_bare_keys_belong_to_the_reader_and_the_lists() -> None:
    bare = {"Return", "Tab", "Shift+Tab", "Del", "Backspace", "Esc"}
    for action in ALL:
        for keys in action.keys:
            if keys in bare or (len(keys.split("+")[-1]) == 1 and "Ctrl" not in keys and not keys.startswith("F")):
                assert action.where is not Where.WINDOW, action.id


def test_every_action_of_a_menu_has_a_title() -> None:
    for action in ALL:
        assert action.title
        assert action.menu in Menu


def test_a_tag_type_brings_three_actions_with_its_digit() -> None:
    brought = {action.id: action.keys for action in codebook_actions(shipped_codebook("news"))}
    assert brought["tag.quote"] == ("2",)
    assert brought["tagSame.quote"] == ("Ctrl+2",)
    assert brought["retype.quote"] == ("T, 2",)
