"""Write TOML 1.0 (toml.io): the few shapes that our files use, every text escaped so that it comes back unchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ESCAPES = {"\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
# Beside what TOML demands: U+0085, U+2028 and U+2029 are line ends to many editors, and a BOM is invisible.
_UNSAFE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')

Field = str | bool | int | float | tuple[str, ...]


def toml_string(text: str) -> str:
    """Return the text as a TOML basic string; a text of several lines stays so."""
    lines = [_UNSAFE.sub(_escaped, line) for line in text.split("\n")]
    # A line break right after the opening marks is not part of the text.
    return f'"{lines[0]}"' if len(lines) == 1 else '"""\n' + "\n".join(lines) + '"""'


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def toml_value(value: Field) -> str:
    """Return a text, truth value, number or list of texts as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return toml_string(value)
    if isinstance(value, tuple):
        return _list(value)
    return repr(value)


def _list(texts: tuple[str, ...]) -> str:
    """Short lists on one line, others one text a line."""
    items = [toml_string(text) for text in texts]
    line = f"[{', '.join(items)}]"
    return line if len(line) <= 100 else "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def toml_fields(fields: Mapping[str, Field], defaults: Mapping[str, Field]) -> str:
    """Return ``name = value`` lines; what equals its default is left out."""
    return "".join(f"{name} = {toml_value(value)}\n" for name, value in fields.items() if value != defaults.get(name))
