"""Run by the Python that has pygamma-agreement: reads units from one JSON file, writes what it found into another.

It imports nothing of this project, for that Python has no Qt. What numba compiles is compiled before the clock starts.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler


def main() -> None:
    """Answer what stands in the first file; the standard output is the solver's, which talks."""
    logging.disable(logging.WARNING)
    question, answer = map(Path, sys.argv[1:])
    asked = json.loads(question.read_text("utf-8"))
    clock = time.process_time if asked["processor_time"] else time.perf_counter
    np.random.seed(asked["seed"])
    continua = [_continuum(coders) for coders in asked["articles"]]
    dissimilarity = CombinedCategoricalDissimilarity(alpha=3.0, beta=1.0, delta_empty=1.0)
    _gamma(continua[0], dissimilarity, 2)
    found = []
    for continuum in continua:
        start = clock()
        result = _gamma(continuum, dissimilarity, asked["samples"])
        observed, expected = float(result.observed_disorder), float(result.expected_disorder)
        seconds = clock() - start
        drawn = [float(one.disorder) for one in result.chance_alignments]
        found.append({"observed": observed, "expected": expected, "drawn": drawn, "seconds": seconds})
    made = {"version": version("pygamma-agreement"), "articles": found}
    answer.write_text(json.dumps(made), encoding="utf-8")


def _continuum(coders: list[list[tuple[float, float, int]]]) -> Continuum:
    made = Continuum()
    for number, units in enumerate(coders):
        made.add_annotator(str(number))
        for start, stop, tag in units:
            made.add(str(number), Segment(start, stop), str(tag))
    return made


def _gamma(continuum: Continuum, dissimilarity: Any, samples: int) -> Any:
    return continuum.compute_gamma(dissimilarity, n_samples=samples, sampler=ShuffleContinuumSampler())


if __name__ == "__main__":
    main()
