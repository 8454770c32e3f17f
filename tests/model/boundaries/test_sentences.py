from __future__ import annotations

import pytest

from annotator.model.boundaries import sentence_at


def at(text: str, caret: str) -> str | None:
    span = sentence_at(text, text.index(caret))
    return span.of(text) if span else None


NECESSARY = "It will be necessary to work on it, think and take into account our position."


@pytest.mark.parametrize(
    ("text", "caret", "wanted"),
    [
        ("Mr. Smith came. He left.  Then more.", "Smith", "Mr. Smith came."),
        ("Mr. Smith came. He left.  Then more.", "He", "He left."),
        ("Mr. Smith came. He left.  Then more.  ", "Then", "Then more."),
        (f"He warned, saying, “{NECESSARY}”", "It will", NECESSARY),
        (f"“{NECESSARY}”", "It will", NECESSARY),
        (f"“{NECESSARY}”", "“", NECESSARY),
        ("“We go. And it is over,” he said. Then.", "And", "And it is over"),
        ("“We go. And it is over,” he said. Then.", "We", "We go."),
        ("“We go. And it is over,” he said. Then.", "said", "“We go. And it is over,” he said."),
        ("A “hasty” deal came. It left.", "hasty", "A “hasty” deal came."),
        ("He: “one and two and three and four” here.", "two", "one and two and three and four"),
        ("  • A delegation arrived in Moscow", "A", "A delegation arrived in Moscow"),
        ("It goes\non here. Then", "goes", "It goes\non here."),
        ("“”", "“", "“”"),
        ("a “” b", "“", "a “” b"),
        ("“,”", ",", ","),
        ("“A one.\n\nB two. More of it,” he said.", "B", "B two."),
        ("“A one.\n\nB two. More of it,” he said.", "More", "More of it"),
        ('"A one.\n\nB two. More of it," he said.', "More", "More of it"),
        ('"A one.\n\nB two," he said.', "B", "B two"),
        ("“A one.\n\n‘B’ is two. More of it,” he said.", "B", "‘B’ is two."),
    ],
)
def test_the_sentence_at_a_caret(text: str, caret: str, wanted: str) -> None:
    assert at(text, caret) == wanted


def test_no_sentence_on_an_empty_line() -> None:
    assert sentence_at("a\n\n\nb", 2) is None
    assert sentence_at("a", 5) is None


def test_a_giant_line_is_cut_off() -> None:
    text = "and so it goes on, " * 50_000
    span = sentence_at(text, 500_000)
    assert span is not None
    assert 500_000 in span
    assert len(span) <= 4_000
