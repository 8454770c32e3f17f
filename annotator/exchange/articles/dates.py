"""Dates as newspapers write them, to ISO; what could be read two ways is left empty."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    "january januar janvier enero gennaio janeiro januari jan",
    "february februar février fevrier febrero febbraio fevereiro februari feb",
    "march märz maerz mars marzo março marco maart mar",
    "april avril abril aprile apr",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho jun",
    "july juli juillet julio luglio julho jul",
    "august août aout agosto augustus aug",
    "september septembre septiembre settembre setembro sept sep",
    "october oktober octobre octubre ottobre outubro oct okt",
    "november novembre noviembre novembro nov",
    "december dezember décembre decembre diciembre dicembre dezembro dec dez",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"

# Of small letters: where case does not count, the first letter rules no month out, which takes three times as long.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?<!\d)" + _YEAR + r"(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        _YEAR + r"\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
        rf"\b{_MONTH}[\s-]*(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,\s-]\s*{_YEAR}",
        rf"{_DAY}[\s-]*(?:(?:of|de)\s+)?{_MONTH}[,\s-]*(?:(?:de|del)\s+)?{_YEAR}",
        r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?" + _YEAR,
        r"(?<!\d)(?P<one>\d{1,2})(?P<sep>[/-])(?P<two>\d{1,2})(?P=sep)" + _YEAR,
        rf"\b{_MONTH},?\s+(?:de\s+)?{_YEAR}",
    )
)
_DAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves"
    r"|viernes|sábado|domingo"
)
_NOISE = re.compile(
    r"(?:\W|\b(?:" + _DAYS + r"|t?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s?(?:z|[ap]\.?m)?"
    r"|\d{1,2}\s?[ap]\.?m|(?<=[+-])\d{4}"
    r"|(?:gmt|utc)(?:[+-]?\d{1,2})?|e[sd]?t|p[sd]?t|c[sde]?s?t|m[sd]t|bst|ist|msk|pkt|\d{4}(?=\s*(?:gmt|utc))"
    r"|published|posted|updated|last|modified|first|created|date|dated|on|at|le|am|um|uhr|el|stand|veröffentlicht"
    r"|publié|mis|à|jour|publicado|actualizado|hrs|hours)\b)*",
    re.IGNORECASE,
)
_YEARLIKE = re.compile(r"\d{4}")
MAX_LINE = 120
"""A longer line is not a date line."""


def guess_date(line: str) -> str:
    """Return the date that a line consists of, as ``2025-03-13`` (``2025-03`` without a day), or empty.

    Weekdays, times and words such as "Updated" may stand around it; other words make it a sentence, not a date.
    ``03/04/2025`` can be read two ways and gives nothing; dotted dates are day first wherever they are used.
    """
    line = line.strip()
    if len(line) > MAX_LINE or _YEARLIKE.search(line) is None:
        return ""
    line = line.lower()
    for shape in _SHAPES:
        found = shape.search(line)
        if found is not None:
            rest = f"{line[: found.start()]} {line[found.end() :]}"
            return _iso(found) if _NOISE.fullmatch(rest) else ""
    return ""


def _iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    year = int(parts["year"])
    if "one" in parts:
        return _from_numbers(year, int(parts["one"]), int(parts["two"]))
    month = MONTHS.get(parts["month"]) or int(parts["month"])
    if "day" not in parts:
        return f"{year:04}-{month:02}"
    return _valid(year, month, int(parts["day"]))


def _from_numbers(year: int, one: int, two: int) -> str:
    """Return the date only when one of the two cannot be a month, or both are the same."""
    readings = {_valid(year, one, two), _valid(year, two, one)} - {""}
    return readings.pop() if len(readings) == 1 else ""


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
