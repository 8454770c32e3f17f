"""How much one file may ask of the machine; a hostile file is refused before it is parsed."""

from __future__ import annotations

import time

from annotator.base.errors import ImportRefusedError

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 64 * MEGABYTE
"""The largest file that is read at all."""
MAX_EXPANDED_BYTES = 300 * MEGABYTE
"""The most that the parts of a .docx or .xlsx may unpack to, together."""
MAX_XML_BYTES = 100 * MEGABYTE
"""The largest single XML part of a .docx or .xlsx."""
MAX_STYLES_BYTES = 8 * MEGABYTE
"""The largest part with styles, relationships or types: these are made objects one by one, 1 MB in about a second."""
MAX_ARCHIVE_PARTS = 10_000
MAX_HTML_BYTES = 8 * MEGABYTE
MAX_HTML_TAGS = 60_000
"""Finding the article in a page takes time in proportion to its tags: 2 s at this number, more on a slow machine."""
MAX_PDF_PAGES = 2_000
MAX_PDF_PAGE_BYTES = 4 * MEGABYTE
"""What one page's drawing instructions may unpack to; pypdf parses less than 1 MB of them a second."""
MAX_COLUMNS = 1_000
MAX_EMPTY_ROWS = 1_000
"""A sheet ends after so many empty rows in a row: a single cell in the last row must not make a million."""
MAX_SECONDS = 10.0
"""The longest that one article may take to be read."""


class Deadline:
    """A point of time that reading one article must not pass."""

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise ImportRefusedError once the time is over."""
        if time.monotonic() > self._end:
            raise ImportRefusedError(
                "takes too long to read, so it may be damaged: save it again in its own program, or as plain text"
            )
