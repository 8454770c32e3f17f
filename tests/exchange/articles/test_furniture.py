from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.articles.furniture import furniture_spans, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "icon-facebook icon-twitter icon-whatsapp",
        "Share on Facebook",
        "Share this",
        "Share this article",
        "Share",
        "Tweet",
        "Facebook Twitter WhatsApp",
        "Copy link",
        "12 comments",
        "Follow us on Instagram",
        "ALSO READ: Russia Says Kursk Operation in Final Stage",
        "READ MORE",
        "Read more: Another story",
        "Read more »",
        "Read more about the talks",
        "Related: Something else",
        "Related articles",
        "Don’t miss: a video",
        "KEY POINTS",
        "Key takeaways:",
        "Advertisement",
        "— ADVERTISEMENT —",
        "Story continues below advertisement",
        "Sign up for our newsletter",
        "Sign up here",
        "Subscribe",
        "Subscribe to our channel",
        "Subscribe now for daily updates in your inbox",
        "Download our app",
        "3 min read",
        "Listen to this article",
    ],
)
def test_lines_of_the_page_are_furniture(line: str) -> None:
    assert is_furniture(line)
    assert [span.of(f"One.\n  {line} \nTwo.") for span in furniture_spans(f"One.\n  {line} \nTwo.")] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Shares fell by three per cent on Thursday.",
        "The minister told reporters to share this burden fairly.",
        "Advertisement revenue fell.",
        "Facebook",
        "Related industries suffered, too.",
        "Register to vote by Friday, officials said.",
        "Key points of the plan were leaked.",
        "  • A high-level US delegation arrived in Moscow for Ukraine ceasefire talks",
        "Read more: " + "x" * 300,
        "Tweeting was forbidden",
    ],
)
def test_the_articles_own_lines_are_not(line: str) -> None:
    assert not is_furniture(line)
    assert furniture_spans(line) == ()


def test_spans_cover_the_words_without_blanks_and_newline() -> None:
    text = "😀 Title\n\n\tKEY POINTS  \n • First\nAdvertisement"
    assert [(span.start, span.of(text)) for span in furniture_spans(text)] == [
        (10, "KEY POINTS"),
        (32, "Advertisement"),
    ]


@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(["Tweet", " Share this ", "KEY POINTS", "İ Tweet"]))))
def test_spans_are_ordered_disjoint_and_inside_one_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = furniture_spans(text)
    assert all(one.stop < two.start for one, two in pairwise(spans))
    assert all("\n" not in span.of(text) and is_furniture(span.of(text)) for span in spans)
    whole = "\n".join(lines).split("\n")
    assert len(spans) == sum(1 for line in whole if line.strip() and len(line) <= 300 and is_furniture(line.strip()))
