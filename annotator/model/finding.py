"""Finding words in a text as the search index finds them: case and diacritics aside, by whole words or their starts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from annotator.model.span import Span

_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

_MARKS = "[\u0300-\u036f]*"
_LETTERS = re.compile(r"[^\W_]+")
_FEW_BEGIN_SO = 4
"""So many letters few words begin with."""
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_ALIKE = {"'": "['’‘ʼ]", '"': '["“”„«»]', "-": "[-‐‑–]"}


class _Folding(dict[int, int]):
    """Each character's base without its case, always one character, so that offsets stay."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0]
        # Both sigmas that end and begin Greek words are one, as they are for the index; ß stays, for two are no base.
        bare = base.casefold()
        self[code] = ord(bare if len(bare) == 1 else base.lower()[0])
        return self[code]


_folding = _Folding()


def is_unspaced(text: str) -> bool:
    """Tell whether any of a text is in a script that is written without spaces between words."""
    return _unspaced().search(text) is not None


@cache
def _unspaced() -> re.Pattern[str]:
    # Not before it is asked for: so many characters take two milliseconds to compile, and the first paint needs none.
    return re.compile(_UNSPACED)


def takes_long(words: str) -> bool:
    """Tell whether many articles are searched for these words more slowly than one types.

    Of scripts without spaces the index does not know what is shorter than three characters; of a phrase, as
    ``face-t`` is one, it goes through all words that begin with its last letters, which are very many if these are few.
    """
    if is_unspaced(words):
        return True
    typed = _PHRASE_OR_WORD.findall(words)
    last = _LETTERS.findall("".join(typed[-1])) if typed else []
    return len(last) > 1 and len(last[-1]) < _FEW_BEGIN_SO and not words.endswith('"')


def folded(text: str) -> str:
    """Return the text in lower case without diacritics, exactly as long as it was."""
    return text.translate(_folding)


def find_all(text: str, words: str, *, match_case: bool = False, whole_words: bool = False) -> list[Span]:
    """Return where ``words`` stand in a text, in order and disjoint, in code points.

    Any run of blanks answers a blank; straight quotes, apostrophes and hyphens answer their typographic kinds.
    """
    wanted = words.strip() if whole_words else words
    if not wanted.strip():
        return []
    pieces = re.split(r"(\s+)", wanted)
    pattern = "".join(r"\s+" if piece.isspace() else "".join(_ALIKE.get(c, re.escape(c)) for c in piece)
                      for piece in pieces)  # fmt: skip
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    flags = 0 if match_case else re.IGNORECASE
    return [Span(*found.span()) for found in re.finditer(pattern, text, flags)]


class Terms(Struct, frozen=True):
    """What a person searches for: one pattern for each word or quoted phrase, over folded text."""

    patterns: tuple[re.Pattern[str], ...]

    def spans(self, text: str) -> Iterator[tuple[Span, int]]:
        """Yield where the terms stand, in text order, with the term's number; overlapping ones the first only."""
        flat = folded(text) if self.patterns else ""
        found = sorted((Span(*m.span()), at) for at, one in enumerate(self.patterns) for m in one.finditer(flat))
        stop = 0
        for span, at in found:
            if span.start >= stop:
                stop = span.stop
                yield span, at

    def all_in(self, text: str) -> bool:
        """Tell whether every term stands in the text."""
        flat = folded(text)
        return bool(self.patterns) and all(one.search(flat) for one in self.patterns)


def terms(words: str) -> Terms:
    """Read what a person typed: every word counts, the last may be unfinished, words in double quotes are a phrase."""
    found = [phrase or word for phrase, word in _PHRASE_OR_WORD.findall(words)]
    kept = [term for term in (re.findall(r"[^\W_]+", folded(one)) for one in found) if term]
    last = len(kept) - 1
    unfinished = not words.endswith('"')
    return Terms(tuple(_pattern(term, unfinished=unfinished and at == last) for at, term in enumerate(kept)))


def _pattern(tokens: Sequence[str], *, unfinished: bool) -> re.Pattern[str]:
    joined = r"[\W_]+".join("".join(re.escape(c) + _MARKS for c in token) for token in tokens)
    if is_unspaced(joined):
        return re.compile(joined)
    end = "" if unfinished else r"(?![^\W_])"
    return re.compile(rf"(?<![^\W_]){joined}{end}")
