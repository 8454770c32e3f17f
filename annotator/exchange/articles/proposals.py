"""Title, date, byline, source and address proposed from an article's first lines; a person may correct them."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from msgspec import Struct

from annotator.exchange.articles.dates import MONTHS, guess_date
from annotator.exchange.articles.furniture import is_furniture

__all__ = ["Proposal", "guess_byline", "guess_date", "guess_source", "host_of", "proposed"]

HEAD = 4_000
"""Code points from the start of a text that are looked at."""
LINES = 14
"""Lines with words that are looked at."""
MAX_TITLE = 200

_LABELLED = re.compile(
    r"(title|headline|date|published|updated|author|byline|source|publisher|publication|url|link|language)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_FIELDS = {"headline": "title", "date": "published", "author": "byline", "publisher": "source", "publication": "source"}
_FIELDS |= {"link": "url"}
_BYLINE = re.compile(r"\s*(?:(?:written|reported|words|story)\s+)?by:?\s+(\S.*)", re.IGNORECASE)
_PARTICLES = ("de", "da", "di", "del", "della", "der", "den", "van", "von", "bin", "ibn", "al", "la", "le", "el")
_JOINING = frozenset((*_PARTICLES, "and", "&", "y", "und", "et", "of", "for", "the", "in", "with"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NOT_NAMES = frozenset((*_WEEKDAYS, *MONTHS, "the", "a", "an", "this"))
_AGENCY = re.compile(r"[^()\n]{0,80}\(([A-Z][\w.&/’' -]{1,40})\)\s*(?:[-–—:]|--)(?:\s|$)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARS = frozenset("|•·–—")
_PARTS = re.compile(r"\||(?<=\s)[•·–—](?=\s)")


class Proposal(Struct):
    """What the first lines say; empty where they say nothing."""

    title: str = ""
    published: str = ""
    byline: str = ""
    source: str = ""
    url: str = ""
    language: str = ""


def proposed(text: str) -> Proposal:
    """Return what the first lines of a normalised text propose; the title is the first line that is nothing else."""
    proposal, updated = Proposal(), ""
    for line in _first_lines(text):
        if is_furniture(line):
            continue
        if _take_label(proposal, line):
            continue
        found = _take_parts(proposal, line)
        if found == "updated":
            updated = updated or guess_date(line)
        elif not found:
            proposal.source = proposal.source or guess_source(line)
            proposal.title = proposal.title or shortened(line.lstrip("# "))
    proposal.published = proposal.published or updated
    proposal.source = proposal.source or host_of(proposal.url)
    return proposal


def guess_byline(line: str) -> str:
    """Return the names of a line such as "By Jane Doe and John Roe", or empty when it is a sentence."""
    found = _BYLINE.match(line) if len(line) <= MAX_TITLE else None
    if found is None:
        return ""
    names = found[1].strip()
    words = names.replace(",", " ").split()
    if not words or words[0].lower() in _NOT_NAMES or len(words) > 14 or names.endswith((".", "?", "!", ":")):
        return ""
    capital = all(word.lower() in _JOINING or not word[0].islower() for word in words)
    return names if capital and not any(character.isdigit() for character in names) else ""


def guess_source(line: str) -> str:
    """Return the agency of a dateline such as "LONDON (AP) — ", or empty."""
    found = _AGENCY.match(line)
    return found[1].strip() if found else ""


def host_of(url: str) -> str:
    """Return the host of an address without ``www.``, or empty when it is no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def shortened(line: str) -> str:
    """Return a line as a title: a paragraph is cut at a word, with an ellipsis."""
    line = " ".join(line.split())
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE // 2].rsplit(" ", 1)[0] + "…"


def _first_lines(text: str) -> list[str]:
    lines = (line.strip() for line in text[:HEAD].split("\n"))
    return list(islice((line for line in lines if line.strip("\ufeff\u200b ")), LINES))


def _take_label(proposal: Proposal, line: str) -> bool:
    """Take a line such as "Source: Reuters"; tell whether it was one."""
    found = _LABELLED.fullmatch(line)
    if found is None or guess_date(line):
        return False
    label, value = found[1].lower(), found[2]
    field = _FIELDS.get(label, label)
    if field in ("published", "updated") or len(value) > MAX_TITLE:
        return False
    if not getattr(proposal, field):
        setattr(proposal, field, value)
    return True


def _parts(line: str) -> list[str]:
    if len(line) > MAX_TITLE:
        return []
    return [line] if _BARS.isdisjoint(line) else [part.strip() for part in _PARTS.split(line) if part.strip()]


def _take_parts(proposal: Proposal, line: str) -> str:
    """Take a line made of a date, a byline or an address, or several with bars between; tell what it was."""
    kind = ""
    for part in _parts(line):
        published, byline = guess_date(part), guess_byline(part)
        if published and re.search("updated|modified", part, re.IGNORECASE):
            kind = kind or "updated"
        elif published:
            proposal.published, kind = proposal.published or published, "date"
        elif byline and proposal.title:
            proposal.byline, kind = proposal.byline or byline, "byline"
        elif _ADDRESS.fullmatch(part):
            proposal.url, kind = proposal.url or part, "address"
    return kind
