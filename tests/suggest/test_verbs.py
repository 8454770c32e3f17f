from __future__ import annotations

import pytest

from annotator.suggest.verbs import participle, past, present, verbs, verbs_from


@pytest.mark.parametrize(
    ("verb", "doubled", "forms"),
    [
        ("claim", False, ("claims", "claimed", "claiming")),
        ("reply", False, ("replies", "replied", "replying")),
        ("say", False, ("says", "sayed", "saying")),
        ("stress", False, ("stresses", "stressed", "stressing")),
        ("write", False, ("writes", "writed", "writing")),
        ("agree", False, ("agrees", "agreed", "agreeing")),
        ("quip", True, ("quips", "quipped", "quipping")),
        ("go", False, ("goes", "goed", "going")),
    ],
)
def test_forms_are_generated(verb: str, doubled: bool, forms: tuple[str, str, str]) -> None:
    assert (present(verb), past(verb, doubled), participle(verb, doubled)) == forms


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("said", "past"),
        ("says", "present"),
        ("say", "base"),
        ("saying", "participle"),
        ("table", ""),
        ("wrote", "past"),
    ],
)
def test_the_shipped_english_list(word: str, form: str) -> None:
    assert verbs().form(word) == form


def test_verbs_of_two_words_are_known_by_their_first() -> None:
    assert verbs().second["shot"] == {"back"}
    assert "called" not in verbs().second


def test_a_language_that_does_not_ship() -> None:
    with pytest.raises(FileNotFoundError):
        verbs("xx")


def test_other_lists() -> None:
    made = verbs_from(["say", "tell"], {"say": ["said"]}, nouns=["say"], never_inverted=["tell"])
    assert made.nouns == {"say", "says"}
    assert "telling" in made.never_inverted
    assert made.past == {"said", "telled"}
