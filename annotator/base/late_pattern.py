"""Patterns of the ``regex`` library that cost nothing before they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import regex


class _Late:
    """Compiles itself when something of it is asked for first, and is the compiled pattern's equal from then on."""

    def __init__(self, pattern: str) -> None:
        self._source = pattern

    def __getattr__(self, name: str) -> Any:
        """Find what was not asked for before; methods that were stand in the object itself."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            import regex

            compiled = self.__dict__["_compiled"] = regex.compile(self._source)
        found = getattr(compiled, name)
        self.__dict__[name] = found
        return found


def late_pattern(pattern: str) -> regex.Pattern[str]:
    """Return a pattern to search with; it is compiled, and the library loaded, at its first use.

    The library and the patterns of words, quotations and names take a twentieth of a second, which the first paint
    need not wait for. Flags are written into the pattern: ``(?i)``.
    """
    return cast("regex.Pattern[str]", _Late(pattern))
