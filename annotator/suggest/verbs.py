"""The verbs that attribute words to somebody, with the forms made from the shipped list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from annotator.base.paths import resources

_VOWELS = "aeiou"


class Verbs(Struct, frozen=True):
    """Saying verbs of one language by form; a verb of two words is known by its first (``second`` has the other)."""

    base: frozenset[str]
    present: frozenset[str]
    past: frozenset[str]
    participle: frozenset[str]
    nouns: frozenset[str]
    never_inverted: frozenset[str]
    second: Mapping[str, frozenset[str]]

    def form(self, word: str) -> str:
        """Return ``past present base participle`` for a lower-case word, or an empty string for any other word."""
        for name, forms in (
            ("past", self.past),
            ("present", self.present),
            ("base", self.base),
            ("participle", self.participle),
        ):
            if word in forms:
                return name
        return ""


@cache
def verbs(language: str = "en") -> Verbs:
    """Load a language's list from the resources; raises FileNotFoundError when none ships."""
    data = tomllib.loads((resources() / "suggest" / f"{language}.toml").read_text("utf-8"))
    return verbs_from(data["verbs"], data["irregular"], data["doubled"], data["nouns"], data["never_inverted"])


def verbs_from(
    bases: Iterable[str],
    irregular: Mapping[str, list[str]],
    doubled: Iterable[str] = (),
    nouns: Iterable[str] = (),
    never_inverted: Iterable[str] = (),
) -> Verbs:
    """Generate all forms of the base forms; ``shoot back`` gives ``shot`` that wants ``back`` behind it."""
    twice, single = frozenset(doubled), {base for base in bases if " " not in base}
    second: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {"base": set(), "present": set(), "past": set(), "participle": set()}
    for phrase in bases:
        verb, _, rest = phrase.partition(" ")
        for kind, forms in _forms(verb, irregular, verb in twice).items():
            kinds[kind].update(forms)
            if rest and verb not in single:
                for form in forms:
                    second.setdefault(form, set()).add(rest)
    return Verbs(
        frozenset(kinds["base"]),
        frozenset(kinds["present"]),
        frozenset(kinds["past"]),
        frozenset(kinds["participle"]),
        frozenset(form for noun in nouns for form in (noun, present(noun))),
        frozenset(
            form for verb in never_inverted for forms in _forms(verb, irregular, False).values() for form in forms
        ),
        {form: frozenset(rest) for form, rest in second.items()},
    )


def _forms(verb: str, irregular: Mapping[str, list[str]], doubled: bool) -> dict[str, list[str]]:
    return {
        "base": [verb],
        "present": [present(verb)],
        "past": irregular.get(verb, [past(verb, doubled)]),
        "participle": [participle(verb, doubled)],
    }


def present(verb: str) -> str:
    """Return the third person: says, replies, stresses."""
    if _ends_in_consonant_y(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def past(verb: str, doubled: bool = False) -> str:
    """Return the regular past: claimed, replied, stressed, quipped."""
    if _ends_in_consonant_y(verb):
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else verb[-1] + "ed" if doubled else "ed")


def participle(verb: str, doubled: bool = False) -> str:
    """Return the -ing form: saying, writing, quipping, agreeing."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if doubled else "") + "ing"


def _ends_in_consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2:-1] not in _VOWELS
