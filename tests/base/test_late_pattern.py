from __future__ import annotations

import pytest
import regex

from annotator.base.late_pattern import late_pattern


def test_it_finds_what_the_compiled_pattern_finds() -> None:
    late, compiled = late_pattern(r"(?i)\p{Lu}\w+"), regex.compile(r"(?i)\p{Lu}\w+")
    text = "Irena told Reuters"
    for _ in range(2):
        assert [found.span() for found in late.finditer(text)] == [found.span() for found in compiled.finditer(text)]
    assert late.pattern == compiled.pattern
    assert late.match("1") is None


def test_it_is_compiled_at_first_use() -> None:
    late = late_pattern("(")
    with pytest.raises(regex.error):
        late.search("")
    assert not hasattr(late, "__no_such_thing__")
