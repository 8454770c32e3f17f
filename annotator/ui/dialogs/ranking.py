"""How well a command's title answers what was typed: by words, parts of words, or letters in their order."""

from __future__ import annotations

_WORD_START, _INSIDE, _LETTERS = 100, 60, 20


def score(typed: str, text: str) -> float | None:
    """Return how well ``text`` answers ``typed``, higher is better; None when a typed word is nowhere in it.

    Each typed word counts by itself: at the start of a word most, inside one less, as scattered letters least.
    """
    folded = text.casefold()
    total = 0.0
    for word in typed.casefold().split():
        found = _score_word(word, folded)
        if found is None:
            return None
        total += found
    return total - len(folded) / 100


def _score_word(word: str, text: str) -> float | None:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        further = text.find(word, at + 1)
        if further < 0:
            return _INSIDE - at / 10
        at = further
    if at >= 0:
        return _WORD_START - at / 10
    return _letters(word, text)


def _letters(word: str, text: str) -> float | None:
    """Score letters that stand in the typed order with others between them; letters at word starts count double."""
    at, starts = -1, 0
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        starts += at == 0 or not text[at - 1].isalnum()
    return _LETTERS * (starts + 1) / (len(word) + 1)
