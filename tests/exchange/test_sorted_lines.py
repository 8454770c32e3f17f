from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.base.errors import AnnotatorError
from annotator.exchange.sorted_lines import SortedLines

LINE = st.text(alphabet="abé\t", min_size=1, max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, min_size=1, max_size=12), LINE, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_bisection_finds_what_reading_finds(
    tmp_path: Path, words: list[str], prefix: str, end: str, closed: bool
) -> None:
    encoded = sorted(word.encode() for word in words)
    path = tmp_path / "lines"
    path.write_bytes(end.encode().join(encoded) + (end.encode() if closed else b""))
    lines = SortedLines(path)
    assert list(lines.beginning(prefix.encode())) == [word for word in encoded if word.startswith(prefix.encode())]
    assert [lines.line(number) for number in range(lines.count())] == encoded
    assert list(lines.lines_with(b"a")) == [number for number, word in enumerate(encoded) if b"a" in word]
    lines.close()


def test_there_is_no_line_behind_the_last(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"a\nb\n")
    lines = SortedLines(path)
    with pytest.raises(IndexError):
        lines.line(2)
    lines.close()


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_or_missing_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "lines"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AnnotatorError, match=r"lines in .* is missing or damaged"):
        SortedLines(path)
