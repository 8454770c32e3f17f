"""Starting in a fresh process: to the first paint, and the memory after it.

The processes find Python's byte code ready, as an installed program does, even where the environment forbids to write
it: the unmeasured start writes it to the workload's folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks import window
from benchmarks.context import Run
from benchmarks.timing import Row, Sample, Target, counts_processor_time

_TIMES = 5


def rows(run: Run) -> list[Row]:
    """Start on projects of all sizes and compare with a bare Qt window."""
    folder = window.settings(run.settings)
    code = byte_code(run)
    bare, bare_memory = started(code, "bare")
    made, held = [], []
    sizes = dict.fromkeys((*run.sizes, run.largest))
    for articles in sizes:
        ours, memory = started(code, str(run.project(articles)), str(folder))
        made.append(Row("start to first paint", articles, ours, Target(ratio=3), bare, "bare Qt window"))
        held.append(
            Row("memory after start", articles, memory, Target(median=130), bare_memory, "bare Qt window", "MB")
        )
    return made + held


def byte_code(run: Run) -> Path:
    """Return the folder of the byte code that the processes find."""
    return run.folder / "byte-code"


def started(code: Path, *arguments: str) -> tuple[Sample, Sample]:
    """Start some times, once unmeasured so that the files are at hand; return seconds and megabytes."""
    found = [_start(code, *arguments) for _ in range(_TIMES + 1)][1:]
    return Sample(tuple(one for one, _ in found)), Sample(tuple(one for _, one in found))


def _start(code: Path, *arguments: str) -> tuple[float, float]:
    root = Path(__file__).resolve().parent.parent.parent
    begin = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.child", *arguments], stdout=subprocess.PIPE, text=True, cwd=root,
        env={
            **os.environ, "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(code.resolve()),
        },
    ) as child:  # fmt: skip
        assert child.stdout is not None
        said = child.stdout.readline()
        seconds = perf_counter() - begin
        what, computed = said.split()
        assert what == "painted", said
        return float(computed) if counts_processor_time() else seconds, float(child.stdout.readline())
