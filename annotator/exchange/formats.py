"""The table of formats: what each can and cannot hold."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Direction(StrEnum):
    """Into a project, or out of it."""

    IN = "in"
    OUT = "out"


class Format(Struct, frozen=True):
    """One format in one direction, under the name that ``--format`` takes there."""

    name: str
    direction: Direction
    holds: str
    lacks: str = ""


_IN, _OUT = Direction.IN, Direction.OUT
_ROWS = "an article a row; the columns are found by their names, further ones are kept"
FORMATS = (
    Format("text", _IN, "plain text in any encoding, an article a file; title, date, byline and source are proposed"),
    Format("html", _IN, "the article of a web page and its metadata; nothing is fetched", "pictures and layout"),
    Format("docx", _IN, "paragraphs and tables of a Word document", "pictures, comments and layout"),
    Format("pdf", _IN, "the text layer", "scans without text; layout"),
    Format("csv", _IN, _ROWS),
    Format("tsv", _IN, _ROWS),
    Format("xlsx", _IN, f"{_ROWS}; the first sheet that has texts", "further sheets, formats and formulas"),
    Format("jsonl", _IN, "an article a line, as one JSON object"),
    Format("tables", _IN, "what `annotator export` wrote as csv: the folder with all tables, or one of them",
           "quotes.csv and claims.csv, which repeat what the others hold"),
    Format("csv", _OUT, "a table each of articles, annotations, quotes, claims, links, entities, verdicts, codebook",
           "the history of changes; the articles' text unless asked for by --with-text"),
    Format("xlsx", _OUT, "the same tables as sheets of one workbook",
           "cells of more than 32,767 characters (cut and listed); it is not read back"),
)  # fmt: skip


def names(direction: Direction) -> tuple[str, ...]:
    """Return the names that ``--format`` takes in one direction."""
    return tuple(one.name for one in FORMATS if one.direction is direction)


def as_lines() -> list[str]:
    """Write the table for a person to read."""
    titles = {
        _IN: "In: annotator import PROJECT PATH... (recognised by themselves; --format NAME says which)",
        _OUT: "Out: annotator export PROJECT --out PATH [--format NAME]",
    }
    lines: list[str] = []
    for direction, title in titles.items():
        lines += [*([""] if lines else []), title]
        for one in FORMATS:
            if one.direction is direction:
                lines.append(f"  {one.name:<7} {one.holds}")
                lines.extend([f"  {'':<7} not: {one.lacks}"] if one.lacks else [])
    return lines
