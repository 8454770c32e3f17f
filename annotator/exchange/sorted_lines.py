"""A large text file, its lines sorted by their bytes, read in place: bisection in a memory map, no copy kept."""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from annotator.base.errors import AnnotatorError


class SortedLines:
    """The lines of one UTF-8 file. A line comes without its end.

    Lines may end in LF or CRLF, and the last one may have no end.
    """

    def __init__(self, path: Path) -> None:
        """Map the file.

        Raises:
            AnnotatorError: there is no such file, or it is empty or unreadable.
        """
        self._path = path
        self._starts: array[int] | None = None
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
            raise self.damaged() from error

    def damaged(self) -> AnnotatorError:
        """Return the error that tells a user that this file is of no use."""
        return AnnotatorError(
            f"The place names cannot be read: {self._path.name} in {self._path.parent} is missing or damaged. "
            "Install the program again."
        )

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()

    def beginning(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the lines that begin with the prefix, in the file's order."""
        start = self._bisect(prefix, past_equal=False)
        stop = self._bisect(prefix, past_equal=True)
        for line in self._map[start:stop].split(b"\n"):
            if bare := line.rstrip(b"\r"):
                yield bare

    def count(self) -> int:
        """Return the number of lines."""
        return len(self._line_starts())

    def line(self, number: int) -> bytes:
        """Return the line with this number, counted from 0.

        Raises:
            IndexError: there is no such line.
        """
        start = self._line_starts()[number]
        return self._map[start : self._end(start)].rstrip(b"\r\n")

    def lines_with(self, needle: bytes) -> Iterator[int]:
        """Yield the numbers of the lines that hold these bytes, in the file's order."""
        at = self._map.find(needle)
        while at >= 0:
            yield bisect_right(self._line_starts(), at) - 1
            at = self._map.find(needle, self._end(at))

    def _end(self, at: int) -> int:
        """Return where the next line after the byte ``at`` starts."""
        return self._map.find(b"\n", at) + 1 or len(self._map)

    def _bisect(self, prefix: bytes, *, past_equal: bool) -> int:
        """Return where the first line starts that is not below the prefix, or is above all that begin with it."""
        low, high, width = 0, len(self._map), len(prefix)
        while low < high:
            start = self._map.rfind(b"\n", low, (low + high) // 2) + 1 or low
            head = self._map[start : min(start + width, self._end(start))].rstrip(b"\r\n")
            if head < prefix or (past_equal and head == prefix):
                low = self._end(start)
            else:
                high = start
        return low

    def _line_starts(self) -> array[int]:
        if self._starts is None:
            lengths = (len(line) + 1 for line in self._map[:].split(b"\n"))
            starts = array("Q", accumulate(lengths, initial=0))
            while starts and starts[-1] >= len(self._map):  # what split finds behind the last line end is no line
                starts.pop()
            self._starts = starts
        return self._starts
