"""Tokens and which of them bear a tag, counted on the stretches between boundaries instead of token by token.

A token is a run of word characters or a single other mark (``\\w+|[^\\w\\s]``). It bears a tag when a fragment covers
any of it; a token of which any part is furniture is left out. Overlapping annotations of one annotator and tag, and the
fragments of one annotation, count by what they cover together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from annotator.analysis.assignment import Booleans
from annotator.analysis.corpus import ArticleAnnotations, Corpus
from annotator.analysis.overlaps import Integers
from annotator.model.span import Span

TOKEN = re.compile(r"\w+|[^\w\s]")
CHUNK = 1_000_000
"""Characters of text looked at together: few calls, little memory."""
_WORD, _MARK = 1, 2
_ONES = np.array([number.bit_count() for number in range(256)], dtype=np.uint8)
_TABLES = (0x3000, 0x10000, 0x110000)
"""Code points that a table has: alphabets and punctuation, the first plane, all. The largest takes 0.3 s to fill."""


def tokens(text: str) -> list[Span]:
    """Return the tokens of a text, half-open in code points."""
    return [Span(*found.span()) for found in TOKEN.finditer(text)]


def _classes(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return what each of some code points is to the token rule: 0 space, 1 word character, 2 other mark."""
    highest = int(points.max(initial=0))
    classes: npt.NDArray[np.uint8] = _table(next(size for size in _TABLES if highest < size))[points]
    return classes


@cache
def _table(size: int) -> npt.NDArray[np.uint8]:
    """Return the classes of so many code points, filled by the rule itself."""
    everything = "".join(map(chr, range(size)))
    classes = np.full(size, _MARK, dtype=np.uint8)
    for value, pattern in ((_WORD, r"\w+"), (0, r"\s+")):
        for found in re.finditer(pattern, everything):
            classes[found.start() : found.end()] = value
    return classes


class Segments(Struct, frozen=True):
    """Stretches of tokens along all articles within which nothing begins or ends.

    ``weight`` is a stretch's number of tokens, 0 in furniture, and ``article`` its article's number.
    """

    article: Integers
    weight: Integers
    _tag: Integers
    _coder: Integers
    _first: Integers
    _last: Integers

    def tagged(self, coder: int, tag: int) -> Booleans:
        """Tell for each stretch whether this annotator gave it this tag."""
        mine = (self._tag == tag) & (self._coder == coder)
        return _covered(self._first[mine], self._last[mine], len(self.weight))


def segments(of: Corpus) -> Segments:
    """Cut the articles' tokens where annotations and furniture begin and end."""
    first, last, furniture, bases = _token_ranges(of)
    cuts, places = np.unique(np.concatenate([bases, first, last, *furniture]), return_inverse=True)
    at = np.split(places[len(bases) :], np.cumsum([len(first), len(last), len(furniture[0])]))
    out = _covered(at[2], at[3], len(cuts) - 1)
    article = np.searchsorted(bases, cuts[:-1], "right") - 1
    weight = np.where(out, 0, np.diff(cuts))
    unit = of.fragment_unit
    return Segments(article, weight, of.unit_tag[unit], of.unit_coder[unit], at[0], at[1])


def _covered(first: Integers, last: Integers, count: int) -> Booleans:
    steps = np.bincount(first, minlength=count + 1) - np.bincount(last, minlength=count + 1)
    return np.asarray(np.cumsum(steps)[:count] > 0)


def _token_ranges(of: Corpus) -> tuple[Integers, Integers, tuple[Integers, Integers], Integers]:
    """Give fragments and furniture as half-open ranges of token numbers, and each article's first token number."""
    fragment_article = of.unit_article[of.fragment_unit]
    first, last = np.zeros_like(of.fragment_start), np.zeros_like(of.fragment_stop)
    bases = np.zeros(len(of.articles) + 1, dtype=np.int64)
    furniture: list[Integers] = [np.zeros((2, 0), dtype=np.int64)]
    for begin, end in _chunks(of.articles):
        some = of.articles[begin:end]
        count, offsets = _Counted(some), np.cumsum([0, *(len(article.text) + 1 for article in some)])
        mine = slice(*np.searchsorted(fragment_article, [begin, end]))
        shift = offsets[fragment_article[mine] - begin]
        base = bases[begin]
        first[mine] = base + count.first(of.fragment_start[mine] + shift)
        last[mine] = base + count.last(of.fragment_stop[mine] + shift)
        bases[begin + 1 : end + 1] = base + count.last(offsets[1:])
        cut = [(offsets[k] + s.start, offsets[k] + s.stop) for k, a in enumerate(some) for s in a.furniture]
        spans = np.array(cut, dtype=np.int64).reshape(-1, 2)
        furniture.append(base + np.stack([count.first(spans[:, 0]), count.last(spans[:, 1])]))
    cuts = np.concatenate(furniture, axis=1)
    return first, last, (cuts[0], cuts[1]), bases


def _chunks(articles: Sequence[ArticleAnnotations]) -> Iterator[tuple[int, int]]:
    begin = size = 0
    for number, article in enumerate(articles):
        size += len(article.text)
        if size >= CHUNK or number == len(articles) - 1:
            yield begin, number + 1
            begin, size = number + 1, 0


class _Counted:
    """How many tokens begin before a place in some texts, each followed by a line feed."""

    def __init__(self, articles: Sequence[ArticleAnnotations]) -> None:
        text = "\n".join([*(article.text for article in articles), ""])
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        classes = _classes(points)
        self._word = classes == _WORD
        begins = classes == _MARK
        begins[:1] |= self._word[:1]
        begins[1:] |= self._word[1:] & ~self._word[:-1]
        # A byte holds eight places: their ones, and those of all bytes before it, are counted instead of every place.
        self._bytes = np.append(np.packbits(begins), np.uint8(0))
        self._before = np.zeros(len(self._bytes), dtype=np.int64)
        np.cumsum(_ONES[self._bytes[:-1]], out=self._before[1:])

    def first(self, start: Integers) -> Integers:
        """Number the first token that ends behind a place: one that reaches across it counts."""
        inside = self._word[np.maximum(start - 1, 0)] & self._word[start] & (start > 0)
        return np.asarray(self.last(start) - inside)

    def last(self, stop: Integers) -> Integers:
        """Count the tokens that begin before a place."""
        at = stop >> 3
        within = self._bytes[at].astype(np.int64) >> (8 - (stop & 7))
        return np.asarray(self._before[at] + _ONES[within])
