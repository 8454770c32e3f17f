"""Plain text: from bytes of whatever encoding to one article, every character kept."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.assembly import assembled
from annotator.exchange.articles.incoming import IncomingArticle

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_BYTES = tuple(bom for bom, _ in _BOMS)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r") + b"\x7f"
_RUN = b"\0" * 4
"""Zeros in a row fill up records and numbers; in a text that went through a faulty program they stand alone."""
_BINARY = "does not hold text but binary data: check whether it has the right name ending"
_UNKNOWN = "is text in an encoding that is not recognised: save it as UTF-8 and import it again"
_DETECTOR_BYTES = 200_000

_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿœßšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŸŒŠŽ‘’‚“”„‹›«»–—…•·€£§©®™°´¡¿ªº½¼¾²±×÷\xa0\xad†‡‰¢¥"
)
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][¡¿ªº½¼¾²±×÷†‡¢¥§£][^\W\d_]")


def read(data: bytes, path: str) -> Iterator[IncomingArticle]:
    """Read one plain text file.

    Raises ImportRefusedError when it is empty, binary or in an unknown encoding.
    """
    yield assembled(decoded(data), path)


def decoded(data: bytes) -> str:
    """Return the text of bytes: by BOM, else UTF-8, else UTF-16 without BOM, else Windows-1252 or a detector's guess.

    Raises ImportRefusedError when the bytes are no text.
    """
    if data.startswith(_BOM_BYTES):
        return _by_bom(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        wide = _wide(data)
        if wide is not None:
            return wide
        western = _western(data)
        _refuse_binary(data, sure=western is not None)
        return western or _detected(data)
    if "\0" in text:
        wide = _wide(data)
        if wide is not None:
            return wide
    _refuse_binary(data)
    return text


def _by_bom(data: bytes) -> str:
    encoding = next(name for bom, name in _BOMS if data.startswith(bom))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefusedError(
            f"begins like {encoding[:6].upper()} text but is damaged or cut off: save it again as UTF-8"
        ) from error
    _refuse_binary(text.encode())
    return text


def _refuse_binary(data: bytes, *, sure: bool = True) -> None:
    """Refuse more control characters than a stray one in fifty; the bytes are text in UTF-8 or a one-byte encoding.

    NULs may be one in ten as long as each stands alone and words are around them: the normalisation replaces them.
    ``sure`` tells that the encoding is known, for in an unknown one they may belong to wide characters.
    """
    words = data.translate(None, _CONTROLS)
    nuls, controls = data.count(0), len(data) - len(words)
    if sure and words.strip() and _RUN not in data and nuls <= max(2, len(data) // 10):
        controls -= nuls
    if controls > max(1, len(data) // 50):
        raise ImportRefusedError(_BINARY)


def _wide(data: bytes) -> str | None:
    """Return the text of UTF-16 without BOM: mostly ASCII, so every second byte is mostly NUL."""
    if len(data) % 2 or len(data) < 4:
        return None
    low, high = data[::2].count(0), data[1::2].count(0)
    for encoding, nuls, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if nuls * 3 > len(data) // 2 and others * 20 < nuls:
            return _strictly(data, encoding)
    return None


def _western(data: bytes) -> str | None:
    """Return the text as Windows-1252 when it looks West European: few high letters, and only those used there."""
    text = _strictly(data, "cp1252")
    if text is None:
        return None
    letters = [character for character in text[:_DETECTOR_BYTES] if character.isalpha()]
    plain = sum(character.isascii() for character in letters)
    used = {character for character in set(text) if character > "\x7f"}
    if len(letters) - plain > plain / 4 or not _WESTERN.issuperset(used) or _SYMBOL_IN_WORD.search(text):
        return None
    return text


def _detected(data: bytes) -> str:
    """Return the text in the encoding that charset-normalizer finds in a sample of whole lines."""
    import charset_normalizer  # costs 30 ms, and nearly every file is UTF-8

    sample = data
    if len(data) > _DETECTOR_BYTES:
        sample = data[: data.rfind(b"\n", 0, _DETECTOR_BYTES) + 1] or data[:_DETECTOR_BYTES]
    best = charset_normalizer.from_bytes(sample).best()
    text = _strictly(data, best.encoding) if best is not None else None
    if text is None:
        raise ImportRefusedError(_UNKNOWN)
    return text


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
