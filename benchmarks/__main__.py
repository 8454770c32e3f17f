"""``python -m benchmarks``: make the workload, measure everything, print the table and write it as JSON."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import report, timing
from benchmarks.context import Run
from benchmarks.measures import commands, gamma, lists, memory, reading, start, tagging, transfer
from benchmarks.timing import Row

Measure = Callable[[Run], list[Row]]
MEASURES: dict[str, Measure] = {
    "start": start.rows,
    "open": reading.opening,
    "giant": reading.giant,
    "keys": tagging.rows,
    "review": tagging.reviewing,
    "undo": tagging.undo,
    "lists": lists.rows,
    "entities": lists.type_ahead,
    "counts": lists.counting,
    "commands": commands.rows,
    "import": transfer.importing,
    "export": transfer.exporting,
    "agreement": transfer.comparing,
    "gamma": gamma.rows,
    "bring-in": transfer.bringing_in,
    "memory": memory.rows,
}
_HOUR_FROM = 1_000


def main(arguments: list[str] | None = None) -> int:
    """Measure; returns the exit code, which is 0 whatever falls short: the table tells."""
    asked = _arguments().parse_args(arguments)
    begin = perf_counter()
    if asked.processor_time:
        timing.count_processor_time()
    with tempfile.TemporaryDirectory(prefix="annotator-benchmarks-") as folder:
        if asked.folder is not None:
            asked.folder.mkdir(exist_ok=True)
        run = _run(asked.folder or Path(folder), asked.n)
        run.pygamma = asked.pygamma
        found = report.Report()
        for name in asked.only or MEASURES:
            since = perf_counter()
            _wait_for_the_disk()
            measure = MEASURES[name]
            small = name == "memory" and asked.n and asked.n < _HOUR_FROM
            found.rows += memory.rows(run, 100, 20) if small else measure(run)
            asked.json.write_text(found.as_json(), encoding="utf-8")  # what is known already, should anything fail
            print(f"{name}: {perf_counter() - since:.0f} s", file=sys.stderr, flush=True)
        report.write(found, asked.json)
    print(f"Took {perf_counter() - begin:.0f} s.")
    return 0


def _wait_for_the_disk() -> None:
    """See that what earlier measures have written is on the disk, or the next one's commits would wait for it."""
    if hasattr(os, "sync"):  # not on Windows
        os.sync()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("-n", type=int, default=0, help="the largest N; without it 10,000, and 100,000 for lists")
    parser.add_argument("--only", nargs="*", choices=MEASURES, help="measure only these")
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"), help="where the figures go")
    parser.add_argument("--folder", type=Path, help="keep the made projects there, and take those that are there")
    parser.add_argument(
        "--processor-time", action="store_true",
        help="count what is computed instead of the time on the clock: for machines that others use too",
    )  # fmt: skip
    parser.add_argument(
        "--pygamma", type=Path, metavar="PYTHON",
        help="a Python that has pygamma-agreement, to measure gamma beside it (pip install pygamma-agreement)",
    )  # fmt: skip
    return parser


def _run(folder: Path, largest: int) -> Run:
    if not largest:
        return Run(folder, (100, 1_000, 10_000), 100_000)
    sizes = tuple(dict.fromkeys(max(size, 10) for size in (largest // 100, largest // 10, largest)))
    small = largest < _HOUR_FROM
    return Run(folder, sizes, largest, entities=max(50, largest // 2), paragraphs=60 if small else 2_550,
               spans=400 if small else 10_000, repeats=8 if small else 40)  # fmt: skip


if __name__ == "__main__":
    # Not sys.exit: Qt's objects are torn down with the interpreter otherwise, in no order.
    code = main()
    sys.stdout.flush()
    os._exit(code)
