"""Who said it: the mention that a quote's attribution names, found by rules.

*After* ("said X", "X, apposition, said"), *before* (the nearest cue to the left and its subject), *inherited* (the
paragraph's previous quotation), tried in an order set by the quote's last mark; then *loose* (any cue of the
paragraph) and *previous* (the previous paragraph's speaker), which are to be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from annotator.model.annotation import Annotation
from annotator.model.boundaries.names import Token, name_phrase_at
from annotator.model.boundaries.paragraphs import paragraph_before
from annotator.model.boundaries.quotations import OPENING
from annotator.model.span import Span
from annotator.suggest.masking import REACH, Masked, masked, speaks
from annotator.suggest.mentions import bare_name, mention_form
from annotator.suggest.proposal import SpeakerProposal
from annotator.suggest.subjects import Phrase, is_cue, phrase_starting, sentence_subject, subject
from annotator.suggest.verbs import verbs

_BACK = 20_000
"""Code points before the quote in which a surname's full form is looked for."""
_WINDOW = 30_000
_DEPTH = 3
"""How many quotations back a speaker is inherited from."""
_CUE_DISTANCE = 400
_CUES = 8
"""So many cues of a sentence are tried for a subject."""
_PERSONAL = frozenset({"he", "she"})


class _Finding(Struct, frozen=True):
    mention: Span
    cue: Span | None
    rule: str


def propose_speaker(text: str, quote: tuple[Span, ...], speakers: Sequence[Annotation]) -> SpeakerProposal | None:
    """Return the likely speaker of a quote (its fragments, direct or indirect), or None when the text names none.

    ``speakers`` are the article's speaker annotations. Looks at a bounded window around the quote.
    """
    if not quote:
        return None
    low = max(0, quote[0].start - _BACK)
    window = text[low : min(quote[-1].stop + REACH, low + _BACK + _WINDOW)]
    inside = [span.shifted(-low) for span in quote if span.start - low < len(window)]
    fragments = tuple(Span(span.start, min(span.stop, len(window))) for span in inside)
    found = _find(window, fragments, 0) if fragments else None
    if found is None:
        return None
    mention = found.mention.shifted(low)
    cue = found.cue.shifted(low) if found.cue else None
    return SpeakerProposal(mention, _annotated(mention, speakers), cue, _entity_name(window, found.mention), found.rule)


def _annotated(mention: Span, speakers: Sequence[Annotation]) -> str | None:
    """Return the annotation on the mention itself, else one that overlaps it."""
    start, stop = mention.start, mention.stop
    # By numbers first: making the spans of thousands would take as long as finding the mention.
    near = [a for a in speakers if a.fragments[0].start < stop and start < a.fragments[-1].stop]
    exact = (a.uid for a in near if a.spans == (mention,))
    return next(exact, None) or next((a.uid for a in near if any(mention.overlaps(s) for s in a.spans)), None)


def _find(text: str, quote: tuple[Span, ...], depth: int) -> _Finding | None:
    sight = masked(text, quote[0].start, quote)
    if sight is None:
        return None
    rules: dict[str, Callable[[], _Finding | None]] = {
        "between": lambda: _after(sight, quote[0].stop) if len(quote) > 1 else None,
        "before": lambda: _before(text, sight, quote[0].start),
        "after": lambda: _after_last(text, sight, quote),
        "inherited": lambda: _inherited(text, sight, quote[0].start, depth),
        "loose": lambda: _last_source(sight, quote[0].start),
        "previous": lambda: _previous(text, sight.paragraph, depth),
    }
    for rule in _order(text, quote):
        found = rules[rule]()
        if found is not None:
            return replace(found, rule=rule) if rule in {"inherited", "loose", "previous"} else found
    return None


def _order(text: str, quote: tuple[Span, ...]) -> list[str]:
    if text[quote[0].start] not in OPENING:
        return ["before", "after", "loose", "previous"]
    last = quote[-1]
    end = text[last.stop - 2] if len(last) > 1 else ""
    if end == ".":
        return ["between", "before", "inherited", "after", "loose", "previous"]
    return ["between", "after", "before", "inherited", "loose", "previous"]


def _before(text: str, sight: Masked, at: int) -> _Finding | None:
    start = sight.sentence_start(at)
    found = sight.tokens(start, at)
    result = _last_cue(found, sight.text, at - _CUE_DISTANCE)
    if result is None and sight.text[start:at].rstrip().endswith(":"):
        result = _colon(found)
    if result is None and at == sight.paragraph.start:
        result = _introduced(text, sight.paragraph)
    return result


def _introduced(text: str, paragraph: Span) -> _Finding | None:
    """Return who is named in a paragraph that ends with a colon right before the quote."""
    earlier = paragraph_before(text, paragraph.start, REACH)
    sight = masked(text, earlier.stop - 1) if earlier and text[earlier.stop - 1] == ":" else None
    if earlier is None or sight is None:
        return None
    found = sight.tokens(sight.sentence_start(earlier.stop), earlier.stop)
    return _last_cue(found, sight.text, 0) or _colon(found)


def _colon(found: list[Token]) -> _Finding | None:
    phrase = sentence_subject(found, len(found))
    return _Finding(_span(found, phrase), None, "colon") if phrase else None


def _last_cue(found: list[Token], text: str, low: int) -> _Finding | None:
    """Return the subject of the last cue among the tokens, if the cue does not stand before ``low``."""
    near = range(len(found) - 1, max(-1, len(found) - 1 - _CUE_DISTANCE), -1)
    cues = (index for index in near if found[index].span.start >= low and is_cue(found, index))
    for index in islice(cues, _CUES):
        if phrase := subject(found, index, text):
            return _Finding(_span(found, phrase), _cue_span(found, index), "before")
    return None


def _cue_span(found: list[Token], index: int) -> Span:
    """Return the cue with the verb it hangs on: "refrained from commenting on", "declined to say"."""
    first = last = index
    chained = index > 1 and found[index - 1].lower in {"from", "to"} and found[index - 2].lower.endswith("ed")
    if chained:
        first = index - 2
        last += index + 1 < len(found) and found[index].joined and found[index + 1].lower in {"on", "about", "upon"}
    elif found[index].joined and index + 1 < len(found):
        last += found[index + 1].lower in verbs().second.get(found[index].lower, ())
    return Span(found[first].span.start, found[last].span.stop)


def _after_last(text: str, sight: Masked, quote: tuple[Span, ...]) -> _Finding | None:
    last = quote[-1]
    if text[quote[0].start] not in OPENING and text[last.stop - 1] in ".!?":
        return None
    if last.stop > sight.paragraph.stop:
        further = masked(text, last.stop - 1, quote)
        return _after(further, last.stop) if further else None
    return _after(sight, last.stop)


def _after(sight: Masked, at: int) -> _Finding | None:
    stop = sight.sentence_stop(at)
    found = sight.tokens(at, stop)
    according = _according(found)
    if according or not found:
        return according
    if sight.text[at : found[0].span.start].strip() in {"—", "–", "-", "--"} and found[0].capital:
        phrase = phrase_starting(found, 0)
        if phrase and phrase[1] == len(found) - 1:
            return _Finding(_span(found, phrase), None, "dash")
    known = verbs()
    first = found[0].lower
    if is_cue(found, 0) and first not in known.never_inverted and len(found) > 1:
        start = 2 if first in known.second else 1
        inverted = phrase_starting(found, start) if start < len(found) else None
        return _Finding(_span(found, inverted), _cue_span(found, 0), "after") if inverted else None
    for index in range(1, len(found)):
        if is_cue(found, index) and known.form(found[index].lower) != "participle":
            phrase = subject(found, index, sight.text)
            leads = phrase is not None and (phrase[0] == 0 or (phrase[0] == 1 and found[0].lower == "as"))
            return _Finding(_span(found, phrase), _cue_span(found, index), "after") if phrase and leads else None
    return None


def _according(found: list[Token]) -> _Finding | None:
    """Return Y of "according to Y", which is the source even where another one says it."""
    for index in range(len(found) - 2):
        if found[index].lower == "according" and found[index + 1].lower == "to":
            phrase = phrase_starting(found, index + 2) or (index + 2, index + 2)
            return _Finding(_span(found, phrase), _span(found, (index, index + 1)), "according")
    return None


def _inherited(text: str, sight: Masked, at: int, depth: int) -> _Finding | None:
    earlier = next((q for q in reversed(sight.quotes) if q.stop <= at and speaks(text, q)), None)
    return _find(text, (earlier,), depth + 1) if earlier and depth < _DEPTH else None


def _previous(text: str, paragraph: Span, depth: int) -> _Finding | None:
    earlier = paragraph_before(text, paragraph.start, REACH) if depth < _DEPTH else None
    sight = masked(text, earlier.stop - 1) if earlier else None
    if sight is None:
        return None
    found = _inherited(text, sight, sight.paragraph.stop, depth)
    return found or _last_source(sight, sight.paragraph.stop)


def _last_source(sight: Masked, until: int) -> _Finding | None:
    """Return the subject of the last cue of the paragraph before a position, whatever sentence it stands in."""
    stop = until
    for start in reversed(sight.sentence_starts(until)):
        found = _last_cue(sight.tokens(start, stop), sight.text, 0)
        if found is not None:
            return found
        stop = start
    return None


def _span(found: list[Token], phrase: Phrase) -> Span:
    return Span(found[phrase[0]].span.start, found[phrase[1]].span.stop)


def _entity_name(text: str, mention: Span) -> str:
    """Return the name an entity would bear: a pronoun's and a surname's full name where the text before has it."""
    said = mention.of(text)
    if said.lower() in _PERSONAL:
        antecedent = _antecedent(text, mention.start)
        if antecedent is None:
            return said
        mention, said = antecedent, antecedent.of(text)
    name = bare_name(said)
    if " " in name or mention_form(said) != "name":
        return name
    return _full_name(text[: mention.start], name)


def _full_name(text: str, surname: str) -> str:
    import regex

    pattern = regex.compile(rf"\p{{Lu}}[\p{{L}}.’'-]*\s(?:\p{{Ll}}+\s)?{regex.escape(surname)}\b")
    for number, match in enumerate(pattern.finditer(text)):
        phrase = name_phrase_at(text, match.end() - 1)
        name = bare_name(phrase.of(text)) if phrase else ""
        if name.endswith(f" {surname}") and mention_form(name) == "name":
            return name
        if number == 10:
            break
    return surname


def _antecedent(text: str, at: int) -> Span | None:
    """Return the last source named before a pronoun, in its paragraph or one of the three before."""
    sight, until = masked(text, at), at
    for _ in range(1 + _DEPTH):
        if sight is None:
            return None
        found = _last_source(sight, until)
        for mention in (found.mention if found else None, _last_subject(sight, until)):
            if mention and mention_form(mention.of(text)) == "name":
                return mention
        earlier = paragraph_before(text, sight.paragraph.start, REACH)
        until = earlier.stop if earlier else 0
        sight = masked(text, until - 1) if earlier else None
    return None


def _last_subject(sight: Masked, until: int) -> Span | None:
    """Return the subject of the last sentence that ends before a position."""
    starts = sight.sentence_starts(until)
    if len(starts) > 1 and starts[-1] <= until:
        starts, until = starts[:-1], starts[-1]
    found = sight.tokens(starts[-1], until)
    phrase = sentence_subject(found, len(found))
    return _span(found, phrase) if phrase else None
