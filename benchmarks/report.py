"""The table of what was measured, and the same as JSON."""

from __future__ import annotations

import json
import math
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6 import __version__ as qt_version

from benchmarks.timing import Row, counts_processor_time, shown

MOST_GROWTH = 1.1
LEAST_SIZE = 1_000
"""Below it constant costs hide how something grows."""
_HEADER = ("operation", "N", "median", "p99", "limit", "ratio", "to reach", "verdict", "growth", "limit is")


@dataclass
class Report:
    """The lines so far. ``growth`` is by operation: the exponent with which its median grows over N."""

    rows: list[Row] = field(default_factory=list)

    @property
    def growth(self) -> dict[str, float]:
        """Slopes of log(median) over log(N), of operations measured at sizes far enough apart to tell."""
        names = dict.fromkeys(row.operation for row in self.rows)
        found = {name: slope([row for row in self.rows if row.operation == name and row.size]) for name in names}
        return {name: one for name, one in found.items() if one is not None}

    def verdict(self, row: Row) -> str:
        """Return ``yes``, ``NO`` or nothing; growing faster than N is a defect whatever the target says."""
        reached = row.target.reached(row.ours, row.limit)
        if self.growth.get(row.operation, 0) > MOST_GROWTH:
            return "NO (grows)"
        return "" if reached is None else "yes" if reached else "NO"

    @property
    def missed(self) -> list[Row]:
        """The lines that fall short."""
        return [row for row in self.rows if self.verdict(row).startswith("NO")]

    def table(self) -> str:
        """Return the table as Markdown."""
        lines = [_HEADER, *(self._cells(row) for row in self.rows)]
        widths = [max(len(line[at]) for line in lines) for at in range(len(_HEADER))]
        padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
        padded.insert(1, ["-" * width for width in widths])
        return "\n".join(f"| {' | '.join(line)} |" for line in padded)

    def _cells(self, row: Row) -> tuple[str, ...]:
        growth = self.growth.get(row.operation)
        return (
            row.operation,
            f"{row.size:,}" if row.size else "",
            shown(row.ours.median, row.unit),
            shown(row.ours.p99, row.unit) if len(row.ours.values) > 1 else "",
            "" if row.limit is None else shown(row.limit.median, row.unit),
            "" if row.ratio is None else f"{row.ratio:.{1 if row.ratio >= 1 else 2}f}",
            row.target.text(row.unit),
            self.verdict(row),
            "" if growth is None else f"{growth:.2f}",
            row.against,
        )

    def as_json(self) -> str:
        """Return everything that was measured."""
        return json.dumps(
            {"machine": machine(), "growth": self.growth, "rows": [self._said(r) for r in self.rows]}, indent=1
        )

    def _said(self, row: Row) -> dict[str, Any]:
        return {
            "operation": row.operation, "n": row.size, "unit": row.unit, "median": row.ours.median, "p99": row.ours.p99,
            "samples": len(row.ours.values), "limit": None if row.limit is None else row.limit.median,
            "limit_is": row.against, "ratio": row.ratio, "target": row.target.text(row.unit),
            "verdict": self.verdict(row),
        }  # fmt: skip


def slope(rows: Sequence[Row]) -> float | None:
    """Return the exponent of growth over N by least squares, None when that would say nothing."""
    points = [(math.log(row.size), math.log(row.ours.median)) for row in rows if row.ours.median > 0]
    if max((x for x, _ in points), default=0.0) < math.log(LEAST_SIZE) or len({x for x, _ in points}) < 2:
        return None
    mean_x, mean_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def machine() -> dict[str, str | int | None]:
    """Return what the figures were measured on."""
    return {
        "cores": os.cpu_count(), "processor": platform.processor() or platform.machine(),
        "system": f"{platform.system()} {platform.release()}", "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version, "pyside": qt_version,
        "counted": "processor time" if counts_processor_time() else "time on the clock",
    }  # fmt: skip


def write(report: Report, json_file: Path) -> None:
    """Print the table and write the JSON beside it."""
    print(report.table())
    print(f"\n{len(report.rows)} figures, {len(report.missed)} fall short of their target.")
    json_file.write_text(report.as_json(), encoding="utf-8")
    print(f"JSON: {json_file}")
