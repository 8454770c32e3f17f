"""Coordinates as people type and paste them: WGS 84 degrees, comma or point decimal, one number or a pair."""

from __future__ import annotations

import re

_NUMBER = r"[+\-−]?\d{1,3}(?:[.,]\d+)?°?"
_PAIR = re.compile(rf"\s*({_NUMBER})(?:\s*[;/]\s*|,\s+|\s+)({_NUMBER})\s*")
_POINTS = re.compile(r"\s*([+\-−]?\d{1,3}\.\d+°?),([+\-−]?\d{1,3}\.\d+°?)\s*")


def parse_degrees(text: str) -> float | None:
    """Return the number, None for an empty text; raises ValueError for anything else. Nothing is rounded."""
    bare = text.strip().removesuffix("°").replace("−", "-").replace(",", ".")
    if not bare:
        return None
    if not re.fullmatch(r"[+\-]?\d+(?:\.\d+)?", bare):
        raise ValueError(text)
    return float(bare)


def split_pair(text: str) -> tuple[str, str] | None:
    """Return latitude and longitude of a pasted pair ("51.19, 35.27"), None when it is not clearly two numbers.

    "51,19" is one number with a decimal comma; a comma parts two only with a blank behind it or two decimal points.
    """
    found = _PAIR.fullmatch(text) or _POINTS.fullmatch(text)
    return (found[1], found[2]) if found else None
