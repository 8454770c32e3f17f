"""Read hand-written TOML strictly: every mistake is one line that names the file, the entry and what is allowed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from annotator.base.errors import ImportRefusedError

Choice = TypeVar("Choice", bound=StrEnum)


class TomlTable:
    """One table of a TOML file. Each field is asked for by its type; ``done`` refuses what nobody asked for.

    Every method raises ImportRefusedError when the field is of another type or missing without a default.
    """

    def __init__(self, data: Mapping[str, object], where: str) -> None:
        self.where = where
        self._data = dict(data)
        self._asked: set[str] = set()

    def refuse(self, reason: str) -> NoReturn:
        """Raise ImportRefusedError with the file and entry before the reason, all in one line."""
        raise ImportRefusedError(re.sub(r"\s*[\r\n]\s*", " ", f"{self.where}: {reason}"))

    def has(self, name: str) -> bool:
        """Tell whether the table has that field."""
        return name in self._data

    def raw(self, name: str) -> object:
        """Return a field of any type, or None."""
        self._asked.add(name)
        return self._data.get(name)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not be blank."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self.refuse(f"‘{name}’ is missing" if value is None else f"‘{name}’ must be text in quotation marks")
        if default is None and not value.strip():
            self.refuse(f"‘{name}’ is empty")
        return value

    def one_of(self, name: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        """Return a member of an enumeration, given by its value."""
        value = self.text(name, None if default is None else default.value)
        if value not in list(choices):
            self.refuse(f"unknown {name} ‘{value}’; use {', '.join(choices)}")
        return choices(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, none of them blank; empty when the field is missing."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.refuse(f"‘{name}’ must be a list of texts, none of them empty")
        return tuple(value)

    def flag(self, name: str) -> bool:
        """Return true or false; false when the field is missing."""
        value = self.raw(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.refuse(f"‘{name}’ must be true or false")
        return value

    def whole(self, name: str, default: int) -> int:
        """Return a whole number from 0."""
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.refuse(f"‘{name}’ must be a whole number, 0 or more")
        return value

    def number(self, name: str) -> float | None:
        """Return a number, or None when the field is missing."""
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.refuse(f"‘{name}’ must be a number")
        return float(value)

    def tables(self, name: str, called: str) -> list[TomlTable]:
        """Return an array of tables, each to be called by its name, role or id in messages."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(f"‘{name}’ must be written as [[{name}]]")
        return [TomlTable(item, f"{self.where}, {called} {_title(item, at)}") for at, item in enumerate(value, 1)]

    def table(self, name: str) -> TomlTable:
        """Return a table inside this one; empty when it is missing."""
        value = self.raw(name)
        if not isinstance(value, dict | None):
            self.refuse(f"‘{name}’ must be a table of names and values")
        return TomlTable(value or {}, self.where)

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, in the order of the file."""
        return tuple(self._data)

    def done(self) -> None:
        """Refuse fields that nobody asked for: a misspelt name must not be lost silently."""
        if unknown := [name for name in self._data if name not in self._asked]:
            self.refuse(f"unknown field ‘{unknown[0]}’; known here are {', '.join(sorted(self._asked))}")


def _title(item: Mapping[str, object], at: int) -> str:
    """Call an entry by what its author calls it, else by its place from 1."""
    known = next((item[name] for name in ("id", "name", "role") if isinstance(item.get(name), str)), None)
    return f"‘{known}’" if known else f"number {at}"


def read_toml(path: Path) -> TomlTable:
    """Read a TOML file (UTF-8, a BOM is allowed).

    Raises ImportRefusedError when it cannot be read or is not TOML.
    """
    try:
        return TomlTable(tomllib.loads(path.read_bytes().decode("utf-8-sig")), path.name)
    except OSError as error:
        raise ImportRefusedError(f"{path.name} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{path.name} is not UTF-8 text (byte {error.start})") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ImportRefusedError(f"{path.name} is not valid TOML: {error}") from error
