from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import normalised, text_hash, word_count


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\r\r\n", "\n\n"),
        ("\ufeffa\ufeff", "a\ufeff"),
        ("a\0b\ud800c\udfff", "a\ufffdb\ufffdc\ufffd"),
        ("e\u0301 \u00a0\u202f\u2028\u2029\t x ", "e\u0301 \u00a0\u202f\u2028\u2029\t x "),
        ("👩‍👩‍👧 مرحبا 外交部", "👩‍👩‍👧 مرحبا 外交部"),
    ],
)
def test_the_one_normalisation(text: str, kept: str) -> None:
    assert normalised(text) == kept


@given(st.text())
def test_it_is_done_once_and_leaves_what_can_be_hashed(text: str) -> None:
    once = normalised(text)
    if not once.startswith("\ufeff"):  # a second mark at the start is text
        assert normalised(once) == once
    assert "\r" not in once
    assert len(text_hash(once)) == 64


def test_the_hash_is_that_of_utf_8() -> None:
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_hash("外") == "0e826095b60ccf039478a7e093220d79a4614158557924383bd3c7ef1bb06d8a"


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("—!?", 0), ("The haven’t-started yet.", 3), ("don't stop", 2), ("51.19", 2), ("外交部 說", 2)],
)
def test_words(text: str, words: int) -> None:
    assert word_count(text) == words


@given(st.text(st.sampled_from("ab1_é-'’ .“–…\n\x00\u00a0\u00ad²ªщ日🙂"), max_size=20))
def test_words_are_counted_by_the_one_rule_whatever_the_script(text: str) -> None:
    assert word_count(text) == len(re.findall(r"\w+(?:[’'\-]\w+)*", text))


@given(st.text(st.characters(max_codepoint=0x2100), max_size=40))
def test_words_of_any_characters_too(text: str) -> None:
    assert word_count(text) == len(re.findall(r"\w+(?:[’'\-]\w+)*", text))
