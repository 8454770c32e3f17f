"""The name phrase at a caret: a source with title and apposition in front, or the bare name of a place."""

from __future__ import annotations

from msgspec import Struct

from annotator.model.boundaries import vocabulary as v
from annotator.model.boundaries.paragraphs import paragraph_at
from annotator.model.boundaries.words import graphemes_whole, word_at, words
from annotator.model.span import Span

_REACH = 400
_DEMONYM = ("ian", "ish", "ese", "ean")


class Token(Struct, frozen=True):
    """A word of a phrase: its span without a possessive ’s, and whether the next word follows directly."""

    span: Span
    word: str
    possessive: bool
    joined: bool

    @property
    def lower(self) -> str:
        """The word in lower case, for the lists."""
        return self.word.lower()

    @property
    def capital(self) -> bool:
        """Whether it may be part of a name: capitalised and no function word."""
        return self.word[:1].isupper() and (self.lower not in v.NOT_NAMES or self.acronym) and not self.compound

    @property
    def acronym(self) -> bool:
        """Whether it is all capitals: US, TASS, U.S."""
        return len(self.word) > 1 and self.word.isupper()

    @property
    def compound(self) -> bool:
        """Whether it is an adjective made of a name: Moscow-based."""
        tail = self.word.rpartition("-")[2]
        return "-" in self.word and self.word[:1].isupper() and tail.islower()

    @property
    def title(self) -> bool:
        """Whether it is a lower-case noun or adjective that stands in front of names."""
        return self.compound or (not self.word[:1].isupper() and self.lower in _BEFORE_NAMES)

    @property
    def noun(self) -> bool:
        """Whether it is a lower-case noun that may end a source phrase."""
        return not self.word[:1].isupper() and self.lower in _NOUNS


_NOUNS = v.TITLES | v.COLLECTIVES
_BEFORE_NAMES = _NOUNS | v.MODIFIERS | v.BEFORE_BODIES


def name_phrase_at(text: str, position: int, place: bool = False) -> Span | None:
    """Return the name phrase at a caret, or the word when no name is there; None where there is no word.

    For a source it has title and determiner in front ("Top Kremlin aide Yuri Ushakov"); for a place it is the name
    alone ("Kursk region").
    """
    word = word_at(text, position)
    paragraph = paragraph_at(text, position, _REACH) if word else None
    if word is None or paragraph is None:
        return word
    found = tokens(text, Span(min(word.start, paragraph.start), max(word.stop, paragraph.stop)))
    index = next((i for i, token in enumerate(found) if token.span.start >= word.start), None)
    if index is None or found[index].span.start >= word.stop:
        return word
    first, last = _place(found, index) if place else source_at(found, index)
    span = Span(found[first].span.start, found[last].span.stop)
    if place and first == last and found[first].compound:
        span = Span(span.start, span.start + found[first].word.rindex("-"))
    return graphemes_whole(text, span)


def tokens(text: str, region: Span) -> list[Token]:
    """Return the words of a region as tokens."""
    spans = list(words(text, region.start, region.stop))
    result = []
    for i, span in enumerate(spans):
        word = span.of(text)
        possessive = len(word) > 2 and word[-2] in "'’" and word[-1] in "sS"
        gap = text[span.stop : spans[i + 1].start] if i + 1 < len(spans) else "|"
        abbreviated = gap.startswith(".") and (len(word) == 1 or word.lower() in v.TITLES)
        joined = len(gap) <= 3 and (gap[1:] if abbreviated else gap).isspace()
        kept = Span(span.start, span.stop - 2) if possessive else span
        result.append(Token(kept, kept.of(text), possessive, joined))
    return result


def source_at(found: list[Token], index: int) -> tuple[int, int]:
    """Return the first and the last token (inclusive) of the source phrase at a token, or the token itself."""
    here = found[index]
    if here.lower in v.DETERMINERS and here.joined and _phrasal(found[index + 1]):
        index += 1
    elif not _phrasal(here):
        return _particle_inside(found, index)
    first, last = source_left(found, index), _source_right(found, index)
    while last > index and not (found[last].capital or found[last].noun):
        last -= 1
    return first, last


def _phrasal(token: Token) -> bool:
    return token.capital or token.title


def _particle_inside(found: list[Token], index: int) -> tuple[int, int]:
    """Return the phrase around a particle with the caret in it ("of" in "Ministry of Defence"), else the word."""
    if found[index].lower in v.PARTICLES and index > 0 and found[index - 1].capital and found[index - 1].joined:
        first, last = source_left(found, index - 1), _source_right(found, index - 1)
        if last > index:
            return first, last
    return index, index


def source_left(found: list[Token], first: int) -> int:
    """Return the token at which the source phrase begins that goes on at ``first``."""
    while first > 0 and found[first - 1].joined:
        before = found[first - 1]
        if _phrasal(before):
            first -= 1
        elif _body_between(found, first - 1):
            first -= 2
        elif before.lower in v.DETERMINERS:
            further = _of_left(found, first - 1)
            if further is None:
                return first - 1
            first = further
        else:
            further = _of_left(found, first)
            if further is None:
                return first
            first = further
    return first


def _body_between(found: list[Token], at: int) -> bool:
    """Tell whether a lower-case body joins a name to a title: "Port authority president", "Leeds council leader"."""
    if not 0 < at < len(found) - 1:
        return False
    here, before, after = found[at], found[at - 1], found[at + 1]
    named = here.lower in v.BODIES and here.joined and before.capital and before.joined and not before.possessive
    return named and (after.title or after.noun)


def _of_left(found: list[Token], first: int) -> int | None:
    """Return the token before a particle that joins it to ``first`` (Ministry of Defence), or None."""
    if first < 2 or not (found[first - 1].joined and found[first - 2].joined):
        return None
    particle, head = found[first - 1], found[first - 2]
    if particle.lower not in v.PARTICLES or head.possessive or not found[first].word[:1].isalpha():
        return None
    return first - 2 if head.capital or (particle.lower == "of" and head.noun) else None


def _source_right(found: list[Token], last: int) -> int:
    while found[last].joined and not found[last].possessive and last + 1 < len(found):
        after = found[last + 1]
        step = 1 if _phrasal(after) or _body_between(found, last + 1) else _of_right(found, last)
        if not step:
            break
        last += step
    return last


def _of_right(found: list[Token], last: int) -> int:
    """Return how many tokens a particle and what it joins take ("of Defence", "of the Treasury"), or 0."""
    if last + 2 >= len(found) or not found[last + 1].joined:
        return 0
    particle, after = found[last + 1].lower, found[last + 2]
    if particle not in v.PARTICLES or not (found[last].capital or found[last].noun):
        return 0
    if after.capital:
        return 2
    the = particle == "of" and after.lower == "the" and after.joined and last + 3 < len(found)
    return 3 if the and found[last + 3].capital else 0


def _place(found: list[Token], index: int) -> tuple[int, int]:
    here = found[index]
    if not here.capital:
        before = found[index - 1] if index else None
        if here.lower in v.PLACE_NOUNS and before and before.joined and before.capital and not before.possessive:
            index -= 1
        elif here.lower == "the" and here.joined and found[index + 1].capital:
            index += 1
        else:
            return index, index
    first = last = index
    while first > 0 and found[first - 1].joined and (step := _place_step_left(found, first)):
        first -= step
    while found[last].joined and not found[last].possessive and (step := _place_step_right(found, last)):
        last += step
    while found[last].joined and not found[last].possessive and found[last + 1].lower in v.PLACE_NOUNS:
        last += 1
    return first, last


def _place_step_left(found: list[Token], first: int) -> int:
    before, here = found[first - 1], found[first]
    if before.capital:
        return 1 if _same_place(before, here) else 0
    head = found[first - 2] if first > 1 else None
    if before.lower in v.PARTICLES and head and head.joined and head.capital:
        return 2 if before.lower != "of" or head.lower in v.PLACE_HEADS else 0
    return 0


def _place_step_right(found: list[Token], last: int) -> int:
    here, after = found[last], found[last + 1]
    if after.capital:
        return 1 if _same_place(here, after) else 0
    further = found[last + 2] if after.joined else None
    if after.lower in v.PARTICLES and further and further.capital:
        return 2 if after.lower != "of" or here.lower in v.PLACE_HEADS else 0
    return 0


def _same_place(left: Token, right: Token) -> bool:
    """Tell whether two capitalised words are one place's name, not an adjective or a state before another name."""
    if left.possessive or left.acronym != right.acronym:
        return False
    if right.lower in v.PLACE_HEADS | v.PLACE_NOUNS | {"ocean", "empire"}:
        return True
    not_place = v.TITLES | (v.MODIFIERS - {"new"}) | v.BODIES
    return not (left.lower in not_place or right.lower in not_place or left.lower.endswith(_DEMONYM))
