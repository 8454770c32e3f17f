"""Gamma beside pygamma-agreement, at the same value: the same units, as many random continua, another Python.

That library is no dependency, not even of the tests: ``--pygamma`` names a Python that has it. Both find the best
alignment exactly, so the observed disorder must be the same; the expected one is a mean over random continua, drawn
alike (Mathet, Widlöcher & Métivier 2015, section 5.2) but by two generators, so gamma may differ by what chance does.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from annotator.analysis.alignment import Units
from annotator.analysis.gamma import SAMPLES, disorders
from annotator.operations.agreement import compared
from annotator.project.opening import open_project
from benchmarks.context import Run
from benchmarks.timing import Row, Sample, Target, counts_processor_time, timed

_CHILD = Path(__file__).resolve().parent.parent / "pygamma_child.py"
_ARTICLES = 12
_SEED = 20_250_313
_SAME = 1e-6
"""The other computes with 32 bits: so far its observed disorder may be from ours, in relation to it."""
_ERRORS = 4
"""How many standard errors gammas of the same units may lie apart: one pair in 16,000 would by chance."""
Article = list[list[tuple[int, int, int]]]
"""Of each annotator the units: start, stop, tag."""


@dataclass(frozen=True)
class Theirs:
    """What the other library found, and in how many seconds, article by article."""

    version: str
    articles: list[dict[str, Any]]


def rows(run: Run) -> list[Row]:
    """Compute gamma of some articles over all tags, each by itself."""
    articles = _units(run)
    _disorders(articles[0])  # what is imported at the first time
    ours: list[tuple[float, float]] = []
    seconds = [timed(lambda: ours.append(_disorders(article))) for article in articles]
    name, target = f"gamma of an article, {SAMPLES} random continua", Target(ratio=0.1)
    if run.pygamma is None:
        return [Row(name, 0, Sample(tuple(seconds)), target, None, "pygamma-agreement: not installed (--pygamma)")]
    theirs = _asked(run, run.pygamma, articles)
    said = f"pygamma-agreement {theirs.version}, same units and number: {_agreeing(articles, ours, theirs)}"
    limit = Sample(tuple(one["seconds"] for one in theirs.articles))
    return [Row(name, 0, Sample(tuple(seconds)), target, limit, said)]


def _units(run: Run) -> list[Article]:
    project = open_project(run.project(run.sizes[0]), read_only=True)
    try:
        loaded = compared(project.read)
    finally:
        project.close()
    tags = {tag.uid: number for number, tag in enumerate(loaded.codebook.tag_types)}
    return [
        [[(s.start, s.stop, tags[one.tag_type]) for one in made for s in one.spans] for made in article.annotations]
        for article in loaded.articles[:_ARTICLES]
    ]


def _disorders(article: Article) -> tuple[float, float]:
    tables = [np.array(units, dtype=np.int64).reshape(-1, 3) for units in article]
    coders = [Units(one[:, 0].astype(np.float64), one[:, 1].astype(np.float64), one[:, 2]) for one in tables]
    return disorders(coders, precision=None, seed=_SEED)


def _asked(run: Run, python: Path, articles: Sequence[Article]) -> Theirs:
    question, answer = run.scratch(".json"), run.scratch(".answer.json")
    asked = {
        "articles": articles, "samples": SAMPLES, "seed": _SEED, "processor_time": counts_processor_time(),
    }  # fmt: skip
    question.write_text(json.dumps(asked), encoding="utf-8")
    subprocess.run([python, _CHILD, question, answer], check=True, stdout=subprocess.DEVNULL)
    return Theirs(**json.loads(answer.read_text("utf-8")))


def _agreeing(articles: Sequence[Article], ours: Sequence[tuple[float, float]], theirs: Theirs) -> str:
    """Return both gammas of all articles together; raises AssertionError when they are not the same."""
    for (observed, _), other in zip(ours, theirs.articles, strict=True):
        assert math.isclose(observed, other["observed"], rel_tol=_SAME), (observed, other["observed"])
    weights = [sum(map(len, article)) / len(article) for article in articles]
    found = sum(w * one[0] for w, one in zip(weights, ours, strict=True))
    by_chance = [
        sum(w * one for w, one in zip(weights, expected, strict=True))
        for expected in ([one[1] for one in ours], [one["expected"] for one in theirs.articles])
    ]
    mine, other_one = (1 - found / one for one in by_chance)
    # Of the mean of the continua drawn, over all articles; ours has as much again.
    drawn = [
        w * w * statistics.variance(one["drawn"]) / SAMPLES for w, one in zip(weights, theirs.articles, strict=True)
    ]
    error = found / by_chance[1] ** 2 * math.sqrt(2 * sum(drawn))
    assert abs(mine - other_one) < _ERRORS * error, (mine, other_one, error)
    return f"gamma {other_one:.4f}, ours {mine:.4f} (chance ± {error:.4f}); observed disorder equal"
