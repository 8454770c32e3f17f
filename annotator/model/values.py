"""Values of codebook attributes, as pairs of attribute uid and value."""

from __future__ import annotations

from collections.abc import Mapping

Value = str | float | bool | tuple[str, ...]
"""One choice, text and date are ``str``; several choices a tuple; a number ``float``; yes/no ``bool``."""

Values = tuple[tuple[str, Value], ...]
"""(attribute uid, value), sorted by uid, each at most once; an attribute without a value is absent."""


def from_mapping(values: Mapping[str, Value | None]) -> Values:
    """Return the pairs in order, leaving out what has no value (None, empty text, no choices)."""
    return tuple(sorted((uid, value) for uid, value in values.items() if value not in (None, "", ())))


def with_value(values: Values, attribute: str, value: Value | None) -> Values:
    """Return the values with one set, or taken away when value is None or empty."""
    return from_mapping({**dict(values), attribute: value})


def value_of(values: Values, attribute: str) -> Value | None:
    """Return one attribute's value, or None."""
    return dict(values).get(attribute)


def as_text(value: Value | None) -> str:
    """Return the value as an export writes it: choices joined by ``; ``, yes/no in words, 3.0 as 3."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, float | int):
        return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return value
