"""What a mention of a source is called and what kind of words it is."""

from __future__ import annotations

from annotator.model.boundaries import vocabulary as v
from annotator.model.boundaries.names import Token, tokens
from annotator.model.span import Span

PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "us", "me", "who", "one"])
"""Words that stand for a source named elsewhere."""


def bare_name(mention: str) -> str:
    """Return the name an entity would bear: "Dmitry Peskov" of "Kremlin spokesman Dmitry Peskov".

    An organisation loses article and nationality ("Ministry of Defence"); what has no name stays as it is.
    """
    found = tokens(mention, Span(0, len(mention))) if mention else []
    first_piece = next(
        (i + 1 for i, token in enumerate(found) if not token.joined and not token.possessive), len(found)
    )
    found = found[:first_piece]
    while len(found) > 1 and found[0].lower in v.DETERMINERS:
        found = found[1:]
    if not found:
        return mention.strip()
    kept = _after_title(found) or _body(found) or found
    return mention[kept[0].span.start : kept[-1].span.stop]


def mention_form(mention: str) -> str:
    """Guess ``name nominal pronoun organisation`` for a mention's words."""
    if mention.strip().lower() in PRONOUNS:
        return "pronoun"
    name = bare_name(mention)
    found = tokens(name, Span(0, len(name))) if name else []
    if not found or (found[-1].noun and found[-1].lower not in v.BODIES):
        return "nominal"
    if not any(token.capital for token in found):
        return "nominal"
    if any(token.lower in v.BODIES for token in found) or (len(found) == 1 and found[0].acronym):
        return "organisation"
    return "name" if _all_name(found) and found[-1].lower not in v.TITLES else "nominal"


def _after_title(found: list[Token]) -> list[Token]:
    """Return the name behind the last title or possessive, or an empty list."""
    for i in range(len(found) - 2, -1, -1):
        if found[i].lower not in v.TITLES and not found[i].possessive:
            continue
        rest = found[i + 1 :]
        if len(rest) > 2 and rest[0].lower == "of" and rest[1].capital:
            rest = rest[2:]
        if _all_name(rest):
            return rest
    return []


def _all_name(found: list[Token]) -> bool:
    capitals = all(token.capital or token.lower in v.PARTICLES for token in found)
    return capitals and found[0].capital and found[0].lower not in v.TITLES


def _body(found: list[Token]) -> list[Token]:
    """Return an organisation's name without a nationality in front, or an empty list."""
    rest = found
    while len(rest) > 1 and (rest[0].title or rest[0].possessive) and any(token.capital for token in rest[1:]):
        rest = rest[1:]
    nationality = rest[0].lower.endswith(("ian", "ish", "ese", "can"))
    if nationality and len(rest) > 2 and rest[1].capital and any(token.lower in v.BODIES for token in rest[1:]):
        return rest[1:]
    return rest if rest[0].capital else []
