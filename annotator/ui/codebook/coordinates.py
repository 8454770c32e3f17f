"""Coordinates as people type and paste them. Nothing here depends on Qt."""

from __future__ import annotations

import re

_NUMBER = r"[-+−]?\d{1,3}(?:[.,]\d+)?"
_ONE = re.compile(rf"\s*({_NUMBER})\s*°?\s*([NSEW]?)\s*", re.IGNORECASE)
_PAIR = re.compile(
    rf"\s*\(?\s*({_NUMBER})\s*°?\s*([NSEW]?)\s*(?:[,;/]\s*|\s+)({_NUMBER})\s*°?\s*([NSEW]?)\s*\)?\s*", re.IGNORECASE
)


def parse_degrees(text: str) -> float | None:
    """Return degrees of ``51.19``, ``51,19``, ``-3.5`` or ``3.5° W``, or None for anything else."""
    met = _ONE.fullmatch(text)
    return _signed(met[1], met[2]) if met else None


def parse_pair(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a pasted pair such as ``51.19, 35.27`` or ``51.19° N 35.27° E``, or None.

    Two whole numbers with a comma and no blank between them are one number: ``51,19``.
    """
    if re.fullmatch(r"\s*[-+−]?\d+,\d+\s*", text):
        return None
    met = _PAIR.fullmatch(text)
    if met is None:
        return None
    first, second = _signed(met[1], met[2]), _signed(met[3], met[4])
    swapped = met[2].upper() in ("E", "W") or met[4].upper() in ("N", "S")
    return (second, first) if swapped else (first, second)


def _signed(number: str, side: str) -> float:
    value = float(number.replace(",", ".").replace("−", "-"))
    return -value if side.upper() in ("S", "W") and value > 0 else value
