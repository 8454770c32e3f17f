"""Invented news prose with what an annotator would mark in it.

A sentence marks with ``[tag|words]`` what is tagged; marks may lie in each other. ``{person}`` and the like are filled.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from annotator.model.article import word_count
from benchmarks.workload import names

PLAIN = (
    "The meeting began an hour late because the delegates could not agree on the order of the speakers.",
    "Snow had fallen since the early morning and most of the trains were running with long delays.",
    "Shops along the harbour stayed closed while workers carried sandbags to the lower streets.",
    "A second report on the matter is expected before the end of the month, after weeks of interviews.",
    "Nobody was hurt when the old warehouse collapsed, but several streets had to be closed to traffic.",
    "The price of bread has risen for the third month in a row, and many households feel it already.",
    "Engineers spent the weekend searching for the leak that had emptied the upper reservoir.",
    "Negotiators on both sides worked through the night and left the building without a word.",
    "The new line will carry twice as many passengers as the one that it replaces, if it opens on time.",
    "Two earlier attempts to settle the dispute had failed within days of being announced.",
    "Schools in the valley will open later than usual until the heating has been repaired.",
    "The figures had been kept under lock for years and came to light only through a court order.",
    "Volunteers handed out soup and blankets until well after midnight, as they had the week before.",
    "Fishing boats may leave the harbour again from Monday, though only in pairs and by daylight.",
)
MARKED = (
    "[speaker|{Role} {person}] [cue|said] [quote|that the {topic} would cost {number} million] before the end of July.",
    "[quote|“We have waited for the {topic}, and we will not wait another winter,”] [cue|said] [speaker|{person}].",
    "In [location|{place}] the water rose by [claim|more than {number} centimetres in one night].",
    "[cue|According to] [speaker|the {body}], [claim|{number} per cent of all households are affected by the {topic}].",
    "[speaker|{person}] [cue|denied] [quote|any knowledge of the letter], sent from [location|{place}] in May.",
    "The {topic} came to a halt near [location|{place}] when the last of the contractors withdrew its machines.",
    "[quote|“[claim|Not one of the {number} wells meets the limit], not one,”] [speaker|{person}] [cue|told] us.",
    "Residents of [location|{place}] have asked for a public hearing on the {topic}, so far without an answer.",
    "The [speaker|{body}] [cue|announced] [quote|new rules for the {topic}] on Thursday.",
)
_TOPICS = (
    "dam", "tram line", "school reform", "flood wall", "housing tax", "grain contract", "ferry service",
    "hospital plan", "power cable", "museum fund",
)  # fmt: skip
SENTENCES_A_PARAGRAPH = 4


@dataclass(frozen=True)
class Mark:
    """Words that an annotator tags, in code points from the start of their paragraph; ``about`` numbers an entity."""

    tag: str
    start: int
    stop: int
    about: int


@dataclass(frozen=True)
class Paragraph:
    """Some sentences, the marks in them by their start, and how many words they have."""

    text: str
    marks: tuple[Mark, ...]
    words: int


def paragraphs(count: int, seed: int = 1, *, marked: float = 0.215) -> list[Paragraph]:
    """Return so many different paragraphs; ``marked`` is the share of sentences that have anything to tag."""
    chance = random.Random(seed)
    return [_paragraph(chance, marked) for _ in range(count)]


def _paragraph(chance: random.Random, marked: float) -> Paragraph:
    text, marks = "", []
    for _ in range(SENTENCES_A_PARAGRAPH):
        template = chance.choice(MARKED if chance.random() < marked else PLAIN)
        about = chance.randrange(1 << 20)
        sentence, found = _parsed(_filled(template, about, chance), about)
        at = len(text) + 1 if text else 0
        text = f"{text} {sentence}" if text else sentence
        marks += [Mark(m.tag, m.start + at, m.stop + at, m.about) for m in found]
    return Paragraph(text, tuple(sorted(marks, key=lambda m: (m.start, -m.stop))), word_count(text))


def _filled(template: str, about: int, chance: random.Random) -> str:
    return template.format(
        person=names.person(about % 997), Role=names.role(about).capitalize(),
        body=names.body(about % 499), place=names.place(about % 751), number=chance.randrange(3, 900),
        topic=chance.choice(_TOPICS),
    )  # fmt: skip


def _parsed(sentence: str, about: int) -> tuple[str, list[Mark]]:
    """Take the marks out of a sentence."""
    text, marks, opened, at = "", [], [], 0
    while at < len(sentence):
        if sentence[at] == "[":
            tag, _, _ = sentence[at + 1 :].partition("|")
            opened.append((tag, len(text)))
            at += len(tag) + 2
        elif sentence[at] == "]":
            tag, start = opened.pop()
            marks.append(Mark(tag, start, len(text), about))
            at += 1
        else:
            text += sentence[at]
            at += 1
    return text, marks
