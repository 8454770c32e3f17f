"""Export names made of labels, and colours for new tag types. Nothing here depends on Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from annotator.ui.theme.contrast import deuteranopia, difference

COLOURS = (
    "#0072B2", "#00805E", "#C85400", "#A3498B", "#6B7280", "#8A6D00", "#B3261E", "#4F46C6", "#0E7C86", "#7A4A2B",
    "#4D7C0F", "#9D174D",
)  # fmt: skip
"""Colours for new tag types: each at least 3:1 on white."""

LEAST_DIFFERENCE = 5.0
"""The CIE 1976 difference under which two colours are too alike: twice what is just noticeable."""


def export_name(label: str, taken: Collection[str] = (), otherwise: str = "tag") -> str:
    """Return a label as a column name: lower case without accents, words joined by ``_``; numbered when it is taken."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.replace("'", "").replace("’", "")).split()
    name = unicodedata.normalize("NFC", "_".join(words)) or otherwise
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def apart(first: str, second: str) -> float:
    """Return how far two colours lie apart to the eye, by the less able of two: the usual one, or one without green."""
    return min(difference(first, second), difference(deuteranopia(first), deuteranopia(second)))


def new_colour(used: Iterable[str]) -> str:
    """Return the ready colour that lies farthest from those in use."""
    others = list(used)
    return max(COLOURS, key=lambda colour: min((apart(colour, other) for other in others), default=0.0))
