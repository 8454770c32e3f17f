"""Lines that belong to the page and not to the article: marked, never cut."""

from __future__ import annotations

import re

from annotator.model.span import Span

MAX_LINE = 300
"""A longer line is a paragraph, whatever it begins with."""

_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|e-?mail|pinterest|instagram|messenger|threads|bluesky)"
)
_SHARING = (
    r"icon-[\w-]+(?:\s+icon-[\w-]+)*",
    r"share(?: this)?(?: (?:article|story|post|page|video))?(?: (?:on|via|with|to|by) " + _NETWORK + r")?",
    r"(?:click to )?share(?: this)?(?: (?:on|via) " + _NETWORK + r"){0,1}(?: \(opens in new window\))?",
    r"(?:(?:share|tweet|print|copy link)[ ,|/•·]+)*" + _NETWORK + r"(?:[ ,|/•·]+(?:and )?" + _NETWORK + r")+",
    r"tweet(?: this)?|pin it|retweet|copy link|(?:e-?mail|print|save)(?: this)?(?: (?:article|story|page))",
    r"follow us(?: on .{1,80})?|\d+ shares|leave a comment|\d+ comments?",
)
_POINTED = (
    r"(?:also read|read also|must read|read more|read next|see also|more on this(?: story)?|more to read"
    r"|related(?: (?:articles?|stories|story|news|coverage|posts?|topics|content))?|recommended(?: reading)?"
    r"|you may (?:also )?like|don['’]t miss)\s*[:|»›→]\s*.*"
)
_POINTING = (
    r"also read|read also|read more|read next|see also|more on this story|recommended(?: for you| reading| stories)"
    r"|related (?:articles?|stories|news|coverage|posts|topics|content)|you may (?:also )?like"
)
_POINTERS = (
    _POINTED,
    _POINTING,
    r"(?:also read|read more)\s*[-–—]\s*.+|read more (?:about|on|at|from|here)\b.{0,100}",
)
_LABELS = (r"key (?:points|takeaways|highlights)|story highlights",)
_RULE = r"[-–—_*\s]{0,10}"
_ADVERT = r"(?:advertisements?|advertising|sponsored(?: content)?|promoted(?: content)?|skip advertisement)"
_MAIL = r"(?:newsletters?|alerts?|updates?|inbox|briefing)"
_SELLING = (
    _RULE + _ADVERT + _RULE,
    r"(?:story|article) continues (?:below|after)(?: (?:this|the))?(?: (?:advertisement|ad|advert))?",
    r"(?:advertisement\s*[-–—]\s*)?scroll (?:down )?to continue.{0,40}",
    r"(?:sign up|register|subscribe)(?: here| now| today)?|subscribe to .{1,60}",
    r"(?:sign up|register|subscribe) (?:here |now )?(?:for|to) .{0,80}\b" + _MAIL + r"\b.{0,80}",
    r"(?:get|join) (?:our|the) .{0,60}(?:newsletter|channel).{0,80}|download (?:our|the) .{0,40}\bapp\b.{0,60}",
)
_TIMES = (r"\d{1,3}[ -]min(?:ute)?s? read|listen to (?:this )?article",)

_FURNITURE = re.compile(
    "(?:" + "|".join(f"(?:{part})" for part in _SHARING + _POINTERS + _LABELS + _SELLING + _TIMES) + r")\s*[:.!»›→]?"
)
"""Made for lower case: a pattern that ignores case is three times as slow."""


def is_furniture(line: str) -> bool:
    """Tell whether a line, without the blanks around it, is furniture as a whole."""
    return len(line) <= MAX_LINE and _FURNITURE.fullmatch(line.lower()) is not None


def furniture_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of the lines that are furniture, in order: their words, without blanks around or the newline.

    A label such as "KEY POINTS" counts, the bullets under it do not: they are the article's own words.
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line and len(line) <= MAX_LINE:
            words = line.strip()
            if words and _FURNITURE.fullmatch(words.lower()):
                first = start + line.index(words)
                spans.append(Span(first, first + len(words)))
        start += len(line) + 1
    return tuple(spans)
