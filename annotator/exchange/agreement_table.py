"""Agreement as a table: JSON for programs, CSV for spreadsheets, lines for a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from annotator.analysis.loaded import Loaded
from annotator.analysis.result import Level, Measure
from annotator.exchange.csv_tables.cells import Cell

COLUMNS = ("level", "tag", "attribute", "measure", "value", "low", "high", "n", "reason", "matched", "pairs")
JSON_MEASURES = (
    "f1_exact", "f1_overlap", "agr", "alpha_u", "gamma", "observed", "cohen_kappa", "scott_pi", "fleiss_kappa",
    "alpha_nominal",
)  # fmt: skip
"""The measures that the JSON document holds; precision, recall and the two directions of agr are in text and CSV."""
_JSON_FIELDS = ("level", "tag", "attribute", "measure", "value", "low", "high", "n", "reason")
LEVELS = {
    Level.SPAN: "Spans: n counts annotations of all annotators",
    Level.TOKEN: "Tokens: n counts tokens",
    Level.ATTRIBUTE: "Attributes: n counts matched annotations, or articles",
    Level.ENTITY: "Entities: n counts matched annotations",
    Level.LINK: "Links: n counts pairs of matched annotations that could be linked",
}
"""Every level with what is counted, in the order of showing."""
_WIDTHS = (14, 20, 18)
_HEADER = f"  {'tag':<14} {'attribute':<20} {'measure':<18} {'value':>7}  {'95 % interval':<16} {'n':>7} matched"


def as_document(loaded: Loaded, measures: Iterable[Measure]) -> dict[str, Any]:
    """Return what ``--format json`` prints: annotators, the number of articles, and the measures."""
    return {
        "annotators": list(loaded.names),
        "articles": len(loaded.articles),
        "measures": [
            {field: getattr(one, field) for field in _JSON_FIELDS} for one in measures if one.measure in JSON_MEASURES
        ],
    }


def ordered(measures: Iterable[Measure]) -> list[Measure]:
    """Return the measures by level and, within it, by tag, all tags together last; else as they came."""
    known = list(measures)
    tags = list(dict.fromkeys(one.tag for one in known if one.tag is not None))
    levels = list(LEVELS)

    def place(one: Measure) -> tuple[int, int]:
        return levels.index(one.level), len(tags) if one.tag is None else tags.index(one.tag)

    return sorted(known, key=place)


def row(one: Measure) -> list[Cell]:
    """Return a measure's cells, in the order of ``COLUMNS``; empty where there is nothing."""
    return [getattr(one, column) for column in COLUMNS]


def as_csv(rows: Iterable[Sequence[Cell]], header: Sequence[str] = COLUMNS) -> str:
    """Write rows as RFC 4180 has it, with CRLF; numbers in full."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def left_out_line(loaded: Loaded) -> str:
    """Say how many articles are not compared, and why; empty when none."""
    if not loaded.left_out:
        return ""
    one = loaded.left_out == 1
    return (
        f"{loaded.left_out} {'article' if one else 'articles'} left out because not everybody has marked"
        f" {'it' if one else 'them'} done (--articles all compares all)."
    )


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence has them: ``Anna, Ben and Carol``."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def as_lines(loaded: Loaded, measures: Iterable[Measure]) -> list[str]:
    """Write the measures for a person, up to 100 columns wide; reasons stand below, by number.

    A line of names alone may be longer. When no article is compared only that is said.
    """
    count = len(loaded.articles)
    lines = [
        f"Agreement in “{loaded.project}” on {count} {'article' if count == 1 else 'articles'}, between:",
        *(f"  {name}" for name in loaded.names),
    ]
    lines += [left_out_line(loaded)] if loaded.left_out else []
    if not count:
        return [*lines, "There is no article to compare."]
    if loaded.entities:
        lines.append(f"Entities: {loaded.entities}, of which {loaded.unmatched_entities} by one annotator only.")
    reasons: dict[str, int] = {}
    for level, some in groupby(ordered(measures), key=lambda one: one.level):
        lines += ["", LEVELS[level], _HEADER, *(_line(one, reasons) for one in some)]
    if reasons:
        lines += ["", "Undefined:", *(f"  ({number}) {reason}" for reason, number in reasons.items())]
    if count < 2:
        lines += ["", "Intervals need at least two articles."]
    return lines


def _line(one: Measure, reasons: dict[str, int]) -> str:
    value, interval = f"{one.value:.3f}" if one.value is not None else "–", ""
    if one.reason is not None:
        interval = f"({reasons.setdefault(one.reason, len(reasons) + 1)})"
    elif one.low is not None and one.high is not None:
        interval = f"{one.low:.3f} … {one.high:.3f}"
    matched = "" if one.matched is None else f"{one.matched:7.1%}"
    tag, attribute, measure = (
        _cut(words, width)
        for words, width in zip((shown_tag(one), one.attribute or "", one.measure), _WIDTHS, strict=True)
    )
    return f"  {tag} {attribute} {measure} {value:>7}  {interval:<16} {one.n:>7} {matched}".rstrip()


def shown_tag(one: Measure) -> str:
    """Return the tag's name, or what stands for none: all tags, or the article itself."""
    if one.tag is not None:
        return one.tag
    return "(article)" if one.level is Level.ATTRIBUTE else "(all tags)"


def _cut(words: str, width: int) -> str:
    return f"{words:<{width}}" if len(words) <= width else f"{words[: width - 1]}…"
