"""The table of carets in the design: a click into the user's own article and one key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.user import User, at_the_window, project_file

SEED = Path(__file__).parents[2] / ".." / "shared" / "seeds" / "000_8327ac55fc6d0f85.txt"


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEED.exists():
        pytest.skip("the seed article lies outside the project and is not here")
    return project_file(tmp_path_factory.mktemp("caret"), SEED.read_text("utf-8"))


@pytest.fixture
def user(seed: Path) -> Iterator[User]:
    with at_the_window(seed, seed.parent / "settings") as user:
        yield user


@pytest.mark.parametrize(
    ("around", "offset", "key", "tag", "expected"),
    [
        ("Yuri Ushakov said", 7, "1", "speaker", ["Top Kremlin aide Yuri Ushakov"]),
        ("Steve Witkoff had landed", 8, "1", "speaker", ["US envoy Steve Witkoff"]),
        ("Russian Ministry of Defence claimed", 2, "1", "speaker", ["The Russian Ministry of Defence"]),
        ("Kursk region, along", 2, "3", "location", ["Kursk region"]),
        ("Saudi Arabia earlier", 2, "3", "location", ["Saudi Arabia"]),
        (
            "it would be wrong",
            4,
            "2",
            "quote",
            ["“Before the talks start, and they haven’t started yet, it would be wrong to talk about it in public,”"],
        ),
        (
            "It will be necessary",
            5,
            "4",
            "claim",
            ["It will be necessary to work on it, think and take into account our position."],
        ),
    ],
)
def test_a_click_and_a_key(user: User, around: str, offset: int, key: str, tag: str, expected: list[str]) -> None:
    user.click(around, offset)
    user.press(key)
    assert user.words(tag) == expected
    user.press("Ctrl+Z")
    assert user.annotations == []


def test_an_interrupted_quotation_is_one_quote_of_two_fragments(tmp_path: Path) -> None:
    text = "Vote\n\n“We were not asked,” she said, “and nobody told us why.” The hall was quiet."
    with at_the_window(project_file(tmp_path, text), tmp_path / "settings") as user:
        user.click("not asked")
        user.press("2")
        (quote,) = user.annotations
        assert [f.exact for f in quote.fragments] == ["“We were not asked,”", "“and nobody told us why.”"]


def test_a_selection_with_the_mouse_grows_to_whole_words(tmp_path: Path) -> None:
    text = "Title\n\nThey were hastily chosen words in a long speech."
    with at_the_window(project_file(tmp_path, text), tmp_path / "settings") as user:
        user.drag("hastily chosen wor")
        user.press("4")
        assert user.words("claim") == ["hastily chosen words"]


def test_shift_at_the_end_of_a_drag_takes_it_exactly(tmp_path: Path) -> None:
    text = "Title\n\nThey were hastily chosen words in a long speech."
    with at_the_window(project_file(tmp_path, text), tmp_path / "settings") as user:
        user.drag("hastily chosen wor", exact=True)
        user.press("4")
        assert user.words("claim") == ["hastily chosen wor"]
