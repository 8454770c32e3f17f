"""What an agreement report shows beside numbers: the confusion of tags, and where in each article people disagree."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import combinations, groupby
from math import ceil

from annotator.analysis.confusion import Confusion, confusion, heat
from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.loaded import Loaded

STRETCHES = 120
_LEVELS = 4
_HEIGHT = 14


def confusions(loaded: Loaded) -> Iterator[str]:
    """Yield one table for every pair of annotators: rows the first's tags, columns the second's."""
    for i, j in combinations(range(len(loaded.names)), 2):
        yield _table(confusion(loaded.articles, loaded.codebook, (i, j)), loaded, loaded.names[i], loaded.names[j])


def _table(found: Confusion, loaded: Loaded, first: str, second: str) -> str:
    labels: dict[str | None, str] = {tag.uid: escape(tag.name) for tag in loaded.codebook.tag_types}
    labels[None] = "no counterpart"
    sides = [*found.tags, None]
    head = "".join(f'<th scope="col">{labels[uid]}</th>' for uid in sides)
    rows = "".join(
        f'<tr><th scope="row">{labels[uid]}</th>' + "".join(_cell(found, uid, other) for other in sides) + "</tr>\n"
        for uid in sides
    )
    caption = f"Rows: <bdi>{escape(first)}</bdi>. Columns: <bdi>{escape(second)}</bdi>. Numbers of annotations."
    return (
        f"<table><caption>{caption}</caption>\n<thead><tr><td></td>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
    )


def _cell(found: Confusion, first: str | None, second: str | None) -> str:
    count = found.count(first, second)
    kind = "same" if first == second else ("differs" if count else "none")
    shown = "" if first is None and second is None else str(count)
    return f'<td class="n {kind}">{shown}</td>'


def strip(article: ArticleAnnotations, names: int) -> str:
    """Draw an article from its first to its last character; the darker and taller, the more is tagged differently.

    With more than two annotators the mean over their pairs.
    """
    pairs = list(combinations(range(names), 2))
    heats = [heat(article, STRETCHES, pair) for pair in pairs]
    mean = [sum(values) / len(pairs) for values in zip(*heats, strict=True)]
    share = sum(heat(article, 1, pair)[0] for pair in pairs) / len(pairs)
    bars = "".join(_bars([min(ceil(value * _LEVELS), _LEVELS) for value in mean]))
    return (
        f'<svg viewBox="0 0 {STRETCHES} {_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{share:.1%} tagged differently"><rect class="h0" width="{STRETCHES}" height="{_HEIGHT}"/>'
        f"{bars}</svg> {share:.1%}"
    )


def _bars(levels: list[int]) -> Iterator[str]:
    at = 0
    for level, run in groupby(levels):
        width = len(list(run))
        if level:
            tall = _HEIGHT * level / _LEVELS
            yield f'<rect class="h{level}" x="{at}" y="{_HEIGHT - tall:g}" width="{width}" height="{tall:g}"/>'
        at += width
