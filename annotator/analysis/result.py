"""What a measure of agreement says: a number with its interval, or the reason why there is none."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """What is compared."""

    SPAN = "span"
    TOKEN = "token"  # noqa: S105
    ATTRIBUTE = "attribute"
    ENTITY = "entity"
    LINK = "link"


class Reason(StrEnum):
    """Why a measure is undefined, as a sentence to show."""

    EMPTY = "No annotator has anything here."
    NOTHING_COMPARED = "There is nothing that could be compared."
    ONE_CATEGORY = "Everybody used one and the same category, so chance agreement is 1."
    ONE_SIDE = "An annotator has nothing here, so there is nothing to divide by."
    OVERLAPPING = "Units of one annotator and tag overlap, which alpha_U does not allow."
    NO_CHANCE = "The disagreement expected by chance is 0."


class Measure(Struct, frozen=True):
    """One value of one measure; ``value`` None means undefined, for the ``reason`` that is then given.

    ``tag`` is the tag type's name, None for all together; ``attribute`` is the attribute's name, or the role of a link.
    ``low`` and ``high`` bound the 95 % bootstrap interval by article, None with fewer than two articles.
    ``n`` counts what was compared: annotations of all annotators (span), tokens, matched spans (attribute, entity),
    pairs of matched spans that could be linked (link), articles (an attribute of articles).
    ``matched`` is the share of annotations that found a counterpart, given beside what rests on matched spans only.
    ``pairs`` tells over how many pairs of annotators a pairwise measure was averaged; 1 means it was not.
    """

    level: Level
    tag: str | None
    attribute: str | None
    measure: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    reason: str | None = None
    matched: float | None = None
    pairs: int = 1
