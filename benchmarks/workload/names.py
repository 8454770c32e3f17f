"""Invented names of people, bodies and places: as many as wanted, the same for the same number."""

from __future__ import annotations

_HEADS = (
    "Ba",
    "Ce",
    "Do",
    "Fa",
    "Gi",
    "Ha",
    "Jo",
    "Ka",
    "Li",
    "Mo",
    "Na",
    "Os",
    "Pe",
    "Ro",
    "Sa",
    "Ti",
    "Ul",
    "Ve",
    "Wi",
    "Zo",
)
_MIDDLES = ("ba", "den", "fir", "gol", "kan", "lem", "mar", "nov", "per", "rin", "sol", "tar", "vel", "wen", "zim")
_TAILS = (
    "berg",
    "dan",
    "ek",
    "feld",
    "gor",
    "holm",
    "ina",
    "ko",
    "lund",
    "mer",
    "nau",
    "ov",
    "rup",
    "sen",
    "ton",
    "vik",
)
_GIVEN = ("Ada", "Boris", "Clara", "Daniel", "Elif", "Farid", "Greta", "Hugo", "Irena", "Jonas", "Karim", "Lena")
_ROLES = ("minister", "spokesman", "mayor", "professor", "chairwoman", "inspector", "lawyer", "director")
_BODIES = ("Water Board", "Port Authority", "Teachers' Union", "Grain Exchange", "Rail Company", "Housing Office")


def word(number: int) -> str:
    """Return an invented proper name; 4,800 differ, further ones get a second part."""
    number, head = divmod(number, len(_HEADS))
    number, middle = divmod(number, len(_MIDDLES))
    number, tail = divmod(number, len(_TAILS))
    name = f"{_HEADS[head]}{_MIDDLES[middle]}{_TAILS[tail]}"
    return name if not number else f"{name}-{word(number - 1)}"


def person(number: int) -> str:
    """Return an invented person's name."""
    return f"{_GIVEN[number % len(_GIVEN)]} {word(number * 7)}"


def role(number: int) -> str:
    """Return what an invented person does."""
    return _ROLES[number % len(_ROLES)]


def body(number: int) -> str:
    """Return an invented organisation."""
    return f"{word(number * 3)} {_BODIES[number % len(_BODIES)]}"


def place(number: int) -> str:
    """Return an invented place."""
    return word(number * 11 + 5)
