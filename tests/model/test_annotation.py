from __future__ import annotations

from annotator.model.annotation import Annotation
from annotator.model.span import Span, fragments

TEXT = "“A,” she said, “B.”"


def test_an_annotation_of_two_fragments() -> None:
    made = Annotation("u", "a", "t", "s", fragments(TEXT, [Span(15, 19), Span(0, 4)]), "p")
    assert (made.start, made.stop) == (0, 19)
    assert made.spans == (Span(0, 4), Span(15, 19))
    assert made.text == "“A,” […] “B.”"
    assert [made.covers(at) for at in (0, 3, 4, 14, 15, 18, 19)] == [True, True, False, False, True, True, False]
