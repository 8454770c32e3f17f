"""Cues in a run of tokens and the subjects that go with them."""

from __future__ import annotations

from annotator.model.boundaries import vocabulary as v
from annotator.model.boundaries.names import Token, source_at, source_left
from annotator.suggest.mentions import PRONOUNS
from annotator.suggest.verbs import verbs


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_AUXILIARIES = _words("has had have having will would can could may might must should did does do was is be")
_ADVERBS = _words(
    "also further then later never again earlier once still not just only even always often soon first now "
    "meanwhile previously today yesterday thus too n’t"
)
_PASSIVE = _words("was were is are been be being")
_BEFORE_BASE = _AUXILIARIES | _words("to i we they you not")
_BACK_TO_SUBJECT = _words("and but or then to from by before after while without")
_RELATIVE = _words("who which that")
_INTRODUCING = _words(
    "in on at after before during despite amid as when while if although though since for from by with without "
    "speaking asked following according however meanwhile but and yet still later earlier separately regrettably"
)
_PREPOSITIONS = _words("in at from for with on")
_NOMINAL_LENGTH = 6

Phrase = tuple[int, int]
"""First and last token of a phrase, inclusive."""


def is_cue(found: list[Token], index: int) -> bool:
    """Tell whether a token is a saying verb in use as one: no noun ("two reports"), no passive ("was told")."""
    word, known = found[index].lower, verbs()
    form = known.form(word)
    if not form or (found[index].word[:1].isupper() and index > 0 and form != "past"):
        return False
    before = found[index - 1] if index else None
    if word in known.second and not (index + 1 < len(found) and found[index + 1].lower in known.second[word]):
        return False
    if before is None:
        return form in {"past", "present"}
    if before.lower in v.DETERMINERS or before.possessive:
        return False
    if form == "base":
        return before.lower in _BEFORE_BASE or (before.noun and before.lower.endswith("s"))
    if form == "present" and word in known.nouns:
        return before.capital or before.lower in PRONOUNS or before.noun
    return not (form == "past" and before.lower in _PASSIVE)


def subject(found: list[Token], cue: int, text: str) -> Phrase | None:
    """Return who says: the phrase before the cue, past adverbs and an apposition; None when there is none."""
    index = cue - 1
    back = verbs().form(found[cue].lower) == "participle"
    while index >= 0 and _skipped(found[index]):
        back = back or found[index].lower in _BACK_TO_SUBJECT
        index -= 1
    if index < 0 or back:
        return sentence_subject(found, cue)
    if found[index].lower in _RELATIVE and index > 0:
        index -= 1
    elif "," in text[found[index].span.stop : found[index + 1].span.start]:
        index = _before_apposition(found, index, text)
    return _phrase_ending(found, index) or sentence_subject(found, cue)


def sentence_subject(found: list[Token], before: int) -> Phrase | None:
    """Return the first phrase of a sentence that can be its subject, behind an introduction up to a comma."""
    index = 0
    if found and found[0].lower in _INTRODUCING:
        index = next((i + 1 for i in range(min(before, len(found))) if not found[i].joined), before)
    while index < before:
        phrase = phrase_starting(found, index)
        if phrase is not None:
            return phrase if phrase[1] < before else None
        index += 1
    return None


def phrase_starting(found: list[Token], index: int) -> Phrase | None:
    """Return the source phrase that starts at a token (determiner, name, title, pronoun), or None."""
    token = found[index]
    if token.lower in PRONOUNS and not token.acronym:
        several = token.lower == "one" and index + 2 < len(found) and found[index + 1].lower == "of"
        return index, _nominal_stop(found, index) if several else index
    if token.lower in v.DETERMINERS and token.joined and index + 1 < len(found):
        last = source_at(found, index)[1]
        return index, _with_employer(found, last) if last > index else _nominal_stop(found, index)
    if token.capital or token.title:
        return index, source_at(found, index)[1]
    return None


def _with_employer(found: list[Token], last: int) -> int:
    """Return the end of "a spokesman for the company": what the noun is bound to by "for"."""
    if not (found[last].noun and found[last].joined and last + 2 < len(found) and found[last + 1].lower == "for"):
        return last
    phrase = phrase_starting(found, last + 2)
    return phrase[1] if phrase else last


def _skipped(token: Token) -> bool:
    word = token.lower
    return (
        word in _AUXILIARIES or word in _ADVERBS or word in _BACK_TO_SUBJECT or (word.endswith("ly") and word.islower())
    )


def _before_apposition(found: list[Token], index: int, text: str) -> int:
    """Return the token before the first comma that ends a name: Kortunov, an analyst and member of the Club, said."""
    ends = [i for i in range(index) if text[found[i].span.stop : found[i + 1].span.start].strip().startswith(",")]
    for end in ends:
        first = source_left(found, end)
        free = first == 0 or not found[first - 1].joined or found[first - 1].lower not in _INTRODUCING
        if (found[end].capital and free) or found[end].lower in PRONOUNS:
            return end
    return ends[-1] if ends else index


def _phrase_ending(found: list[Token], last: int) -> Phrase | None:
    token = found[last]
    if token.lower in PRONOUNS and not token.acronym:
        return last, last
    if token.capital or token.noun:
        first = source_left(found, last)
    else:
        nominal = _nominal_start(found, last)
        if nominal is None:
            return None
        first = nominal
    while first > 1 and found[first - 1].lower in _PREPOSITIONS and _heads(found[first - 2]):
        first = source_left(found, first - 2)
    if first > 1 and found[first - 1].lower in _PREPOSITIONS and found[first - 2].joined:
        # "A man in Kibera told me": the place belongs to the man, who is the source.
        nominal = _nominal_start(found, first - 2)
        first = first if nominal is None else nominal
    return first, last


def _heads(token: Token) -> bool:
    """Tell whether a token may head "officials in Riyadh": a noun for sources, also where it begins the sentence."""
    return token.joined and (token.noun or token.lower in v.COLLECTIVES)


def _nominal_start(found: list[Token], last: int) -> int | None:
    """Return the article with which a lower-case noun phrase begins ("the company"), a few words to the left."""
    for index in range(last, max(-1, last - _NOMINAL_LENGTH), -1):
        if index < last and not found[index].joined:
            return None
        if found[index].lower in v.DETERMINERS:
            return index if index < last else None
    return None


def _nominal_stop(found: list[Token], first: int) -> int:
    last = first + 1
    while found[last].joined and last + 1 < len(found) and last - first < _NOMINAL_LENGTH:
        after = found[last + 1].lower
        if after in _INTRODUCING or after in _AUXILIARIES or after in _RELATIVE or verbs().form(after):
            break
        last += 1
    return last
