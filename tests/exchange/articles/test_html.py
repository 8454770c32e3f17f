from __future__ import annotations

import sys
import time
from contextlib import suppress

import pytest

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import limits
from annotator.exchange.articles.html import read
from annotator.exchange.articles.incoming import IncomingArticle

PARAGRAPHS = [f"Paragraph {n} of the report has enough words to be one, café “quote” he said." for n in range(5)]
HEAD = (
    "<title>Talks begin | The Daily</title><meta property='og:site_name' content='The Daily'>"
    "<meta name='author' content='Jane Doe'><meta property='article:published_time' content='2025-03-13T10:00:00Z'>"
    "<link rel='canonical' href='https://www.example.org/a'>"
)


def page(head: str = HEAD, body: str = "", lang: str = "en") -> str:
    paragraphs = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Talks begin</h1>{paragraphs}{body}</article><footer>Imprint</footer></body></html>"
    )


def article(data: bytes) -> IncomingArticle:
    (result,) = read(data, "a.html")
    return result


def test_body_and_metadata() -> None:
    found = article(page().encode())
    assert found.text == "\n\n".join(["Talks begin", *PARAGRAPHS])
    assert (found.title, found.byline, found.published) == ("Talks begin", "Jane Doe", "2025-03-13")
    assert (found.source, found.url, found.language) == ("The Daily", "https://www.example.org/a", "en")


def test_items_of_a_list_stay_together() -> None:
    found = article(page(body="<ul><li>One</li><li>Two</li></ul><p>Behind the list there are more words.</p>").encode())
    assert found.text.endswith("- One\n- Two\n\nBehind the list there are more words.")


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "<meta charset=windows-1252>"),
        ("cp1252", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>"),
        ("cp1252", ""),
        ("cp1252", "<meta charset='no-such-charset'>"),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    assert PARAGRAPHS[2] in article(page(head=head).encode(encoding)).text


def test_xhtml_with_a_declaration() -> None:
    assert PARAGRAPHS[0] in article(f"<?xml version='1.0' encoding='utf-8'?>\n{page()}".encode()).text


@pytest.mark.parametrize("data", [b"<html></html>", b"<html><body><img src=a></body></html>", b"<!-- -->", b" "])
def test_a_page_without_article_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="copy the article and paste it"):
        article(data)


def test_a_huge_page_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="copy the article out"):
        article(b"<p>" * (2 * limits.MAX_HTML_TAGS + 1))
    with pytest.raises(ImportRefusedError, match="copy the article out"):
        article(b"<p>" + b"x" * limits.MAX_HTML_BYTES)


@pytest.mark.parametrize(
    "attack",
    [
        b"<html><body>" + b"<div>" * 50_000 + b"words",
        b"<html><body>" + b"<b><i>" * 25_000 + b"words",
        b"<html><body>" + b"<table><tr><td>" * 10_000 + b"words",
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;&b;</p></body></html>',
        b"<html><head><title>" + b"2025-03-13 " * 50_000,
        b"<html><body " + b"a='b' " * 50_000 + b">",
    ],
)
def test_hostile_pages_end_soon(attack: bytes) -> None:
    started = time.monotonic()
    with suppress(ImportRefusedError):
        assert len(article(attack).text) < len(attack)
    assert time.monotonic() - started < 10


def test_nothing_is_fetched_or_opened() -> None:
    article(page().encode())  # the libraries' own files are read now
    seen: list[str] = []
    watching = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching and (event.startswith("socket.") or (event == "open" and "annotator-probe" in str(arguments[0]))):
            seen.append(event)

    sys.addaudithook(hook)
    lures = (
        "<img src='file:///tmp/annotator-probe.png'><img src='http://127.0.0.1:9/annotator-probe'>"
        "<iframe src='http://127.0.0.1:9/'></iframe><link rel='stylesheet' href='http://127.0.0.1:9/a.css'>"
        "<object data='file:///tmp/annotator-probe'></object>"
    )
    found = article(page(head=HEAD + lures, body=lures).encode())
    watching = False
    assert seen == []
    assert "annotator-probe" not in found.text
