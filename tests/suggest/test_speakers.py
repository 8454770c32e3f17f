from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import Annotation
from annotator.model.boundaries import quotation_at
from annotator.model.span import Span, fragments
from annotator.suggest import SpeakerProposal
from annotator.suggest import speakers as speakers_module
from annotator.suggest.speakers import propose_speaker

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seeds" / "000_8327ac55fc6d0f85.txt"


def proposal(text: str, words: str) -> SpeakerProposal | None:
    """Propose for the quotation around the words, or for the words themselves where none is."""
    at = text.index(words)
    return propose_speaker(text, quotation_at(text, at) or (Span(at, at + len(words)),), ())


def said(text: str, words: str) -> tuple[str, str | None, str, str] | None:
    found = proposal(text, words)
    return found and (found.mention.of(text), found.cue.of(text) if found.cue else None, found.name, found.rule)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("“A it is,” said Smith, a doctor at X.", "A it", ("Smith", "said", "Smith", "after")),
        ("“A it is,” Smith, a doctor at X, said.", "A it", ("Smith", "said", "Smith", "after")),
        ("“A it is,” Smith, 45, said.", "A it", ("Smith", "said", "Smith", "after")),
        ("“A it is,” she said, “B it is.”", "B it", ("she", "said", "she", "after")),
        ("“A it is,” Smith said. “B it is.”", "B it", ("Smith", "said", "Smith", "after")),
        ("“A it is.” Ann Lee left. “B it is,” said Lee.", "B it", ("Lee", "said", "Ann Lee", "after")),
        ("“A it is,” Smith said. He went. “B it is.”", "B it", ("Smith", "said", "Smith", "inherited")),
        ("“A it is,” Smith said, and it was “B.” Then “C it is.”", "C it", ("Smith", "said", "Smith", "inherited")),
        ("Smith said: “A it is.”", "A it", ("Smith", "said", "Smith", "before")),
        ("In a statement, the company said: “A it is.”", "A it", ("the company", "said", "company", "before")),
        ("“A it is,” said a spokesman for the company.", "A it",
         ("a spokesman for the company", "said", "spokesman for the company", "after")),
        ("“A it is,” a spokesman for the company said.", "A it",
         ("a spokesman for the company", "said", "spokesman for the company", "after")),
        ("“A it is,” said a spokesman for.", "A it", ("a spokesman", "said", "spokesman", "after")),
        ("“A it is,” said a spokesman for now on.", "A it", ("a spokesman", "said", "spokesman", "after")),
        ("“A it is,” said one of the men.", "A it", ("one of the men", "said", "one of the men", "after")),
        ("“A it is,” added the 45-year-old.", "A it", ("the 45-year-old", "added", "45-year-old", "after")),
        ("“A it is,” said the old man who left.", "A it", ("the old man", "said", "old man", "after")),
        ("“A it is,” as Smith put it.", "A it", ("Smith", "put it", "Smith", "after")),
        ("“A it is,” according to Reuters.", "A it", ("Reuters", "according to", "Reuters", "according")),
        ("“A it is,” according to them.", "A it", ("them", "according to", "them", "according")),
        ("“A it is,” according to witnesses", "A it", ("witnesses", "according to", "witnesses", "according")),
        ("“A it is,” according to 5", "A it", ("5", "according to", "5", "according")),
        ("“A it is,” said Smith, according to Reuters.", "A it", ("Reuters", "according to", "Reuters", "according")),
        ("“A it is.” — Oscar Wilde", "A it", ("Oscar Wilde", None, "Oscar Wilde", "dash")),
        ("“A it is,” shot back Smith.", "A it", ("Smith", "shot back", "Smith", "after")),
        ("“A it is,” Smith shot back.", "A it", ("Smith", "shot back", "Smith", "after")),
        ("“A it is,” Mr. Smith said.", "A it", ("Mr. Smith", "said", "Smith", "after")),
        ("“Why?” asked Mary Jones.", "Why", ("Mary Jones", "asked", "Mary Jones", "after")),
        ("Smith had this answer: “A it is.”", "A it", ("Smith", None, "Smith", "colon")),
        ("Smith had an answer:\n\n“A it is.”", "A it", ("Smith", None, "Smith", "colon")),
        ("He left. Smith wrote:\n\n“A it is.”", "A it", ("Smith", "wrote", "Smith", "before")),
        ("John Smith came. He said that “A is so” now.", "A is", ("He", "said", "John Smith", "before")),
        ("John Smith came.\n\nIt rained. He said “A is so” now.", "A is", ("He", "said", "John Smith", "before")),
        ("It rained.\n\nHe said “A is so” now.", "A is", ("He", "said", "He", "before")),
        ("Asked about it, John Smith replied, “A.”", "A.", ("John Smith", "replied", "John Smith", "before")),
        ("Trump, who said “A it is,” left.", "A it", ("Trump", "said", "Trump", "before")),
        ("Smith said it rained. So “A it is”", "A it", ("Smith", "said", "Smith", "loose")),
        ("Smith said it rained.\n\n“A it is.”", "A it", ("Smith", "said", "Smith", "previous")),
        ("Officials said it was over.", "it was over", ("Officials", "said", "Officials", "before")),
        ("Top officials say it was over.", "it was over", ("Top officials", "say", "Top officials", "before")),
        ("It was over, officials in Moscow said.", "It was over",
         ("officials in Moscow", "said", "officials in Moscow", "after")),
        ("Smith has since declined to say it was over.", "it was over", ("Smith", "declined to say", "Smith", "before")),  # noqa: E501
        ("Smith left and said it was over.", "it was over", ("Smith", "said", "Smith", "before")),
        ("Smith, a member of the Club, said it was over.", "it was over", ("Smith", "said", "Smith", "before")),
        ("In Paris, Smith, a member, said it was over.", "it was over", ("Smith", "said", "Smith", "before")),
        ("The man (who left early) said it was over.", "it was over", ("The man", "said", "man", "before")),
        ("The man, old, said it was over.", "it was over", ("The man", "said", "man", "before")),
        ("Russia’s claims hurt, Smith reports it was over.", "it was over", ("Smith", "reports", "Smith", "before")),
        ("Smith sees two reports it was over. Jones said so.", "it was over.", None),
        ("Smith was told it was over.", "it was over", None),
        ("Smith shot the dog and it was over.", "it was over", None),
        ("“Why?” told reporters on Friday.", "Why", None),
        ("“Why?” said", "Why", None),
        ("“A it is,” said quietly", "A it", None),
        ("Nothing here “A b c d e”.", "A b", None),
        ("“A it is,” and the dog said so.", "A it", None),
        ("“A it is,” — Smith left the room", "A it", None),
        ("“A it is”", "A it", None),
        ("So:\n\n“A it is.”", "A it", None),
    ],
)  # fmt: skip
def test_rules(text: str, words: str, wanted: tuple[str, str | None, str, str] | None) -> None:
    assert said(text, words) == wanted


def test_a_quotation_over_paragraphs_is_followed_by_its_cue() -> None:
    text = "It rained.\n\n“A it is.\n\n“B it is,” said Smith."
    assert said(text, "A it") == ("Smith", "said", "Smith", "after")


def test_surnames_get_the_full_name_from_the_text_before() -> None:
    text = "The Smith family met Tom Smith. " + "Bad Smith. " * 2 + "“A it is,” Smith said."
    found = proposal(text, "A it")
    assert found is not None
    assert found.name == "Tom Smith"


def test_surnames_without_a_full_name_stay() -> None:
    text = "Of Smith. " * 20 + "“A it is,” Smith said."
    found = proposal(text, "A it")
    assert found is not None
    assert found.name == "Smith"


@pytest.mark.parametrize(("between", "name"), [(3, "John Smith"), (4, "He")])
def test_a_pronoun_reaches_three_paragraphs_back_and_no_further(between: int, name: str) -> None:
    text = "John Smith came.\n\n" + "It rained.\n\n" * (between - 1) + "He said “A is so” now."
    found = proposal(text, "A is")
    assert found is not None
    assert (found.mention.of(text), found.name) == ("He", name)


def test_no_quote_has_no_speaker() -> None:
    assert propose_speaker("Smith said.", (), ()) is None
    assert propose_speaker("  \n  ", (Span(0, 1),), ()) is None


def speaker(uid: str, text: str, *spans: Span) -> Annotation:
    return Annotation(uid, "a", "speaker", "s", fragments(text, spans), "p")


def test_existing_annotations_of_the_mention_are_taken() -> None:
    text = "“A it is,” said Tom Smith of Kyiv."
    exact = speaker("exact", text, Span(16, 33))
    part = speaker("part", text, Span(20, 25))
    other = speaker("other", text, Span(0, 3))
    quote = quotation_at(text, 2)
    for given_speakers, wanted in [((other, part, exact), "exact"), ((other, part), "part"), ((other,), None)]:
        found = propose_speaker(text, quote, given_speakers)
        assert found is not None
        assert found.mention == Span(16, 33)
        assert found.annotation == wanted


@pytest.fixture
def seed() -> str:
    if not SEED.exists():
        pytest.skip("the seed article is not beside the project")
    return SEED.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Before the talks start", ("Peskov", "told", "Dmitry Peskov", "after")),
        ("I stated our position", ("Ushakov", "told", "Yuri Ushakov", "after")),
        ("hasty”", ("He", "warned", "Yuri Ushakov", "before")),
        ("It will be necessary", ("He", "saying", "Yuri Ushakov", "before")),
        ("If we can get Russia", ("Trump", "told", "Donald Trump", "after")),
        ("Regrettably, for more", ("Zelensky", "wrote", "Volodymyr Zelensky", "after")),
        ("This once again", ("Zelensky", "wrote", "Volodymyr Zelensky", "previous")),
        ("It is absolutely unacceptable",
         ("Russian Foreign Ministry spokeswoman Maria Zakharova", "said", "Maria Zakharova", "after")),
        ("A peaceful settlement", ("Ushakov", "said", "Yuri Ushakov", "after")),
        ("Our task in the near", ("Putin", "said", "Vladimir Putin", "after")),
        ("His message is", ("Kortunov", "said", "Andrey Kortunov", "after")),
        ("the talks, but", ("Kremlin spokesman Dmitry Peskov", "confirmed", "Dmitry Peskov", "before")),
        ("Russia’s stance before negotiations commenced",
         ("Kremlin spokesman Dmitry Peskov", "refrained from commenting on", "Dmitry Peskov", "before")),
        ("that Russian forces had recaptured the town of Sudzha in the Kursk region",
         ("The Russian Ministry of Defence", "claimed", "Ministry of Defence", "before")),
        ("that a plane carrying",
         ("Russia’s state-run TASS news agency", "reported", "TASS news agency", "before")),
        ("Russia is expected to present its own set of demands before engaging in substantive ceasefire negotiations",
         ("Al Jazeera", "reported", "Al Jazeera", "after")),
        ("that Putin’s visit", ("Andrey Kortunov", "said", "Andrey Kortunov", "before")),
        ("Ukraine’s territorial holdings", ("Military analysts", "suggested", "Military analysts", "before")),
    ],
)  # fmt: skip
def test_the_quotes_of_the_article(seed: str, words: str, wanted: tuple[str, str, str, str]) -> None:
    assert said(seed, words) == wanted


PIECES = [
    "“A it is,” ",
    "“B it is.” ",
    "Smith ",
    "said ",
    "he ",
    "the ",
    "of ",
    ", ",
    ". ",
    "\n\n",
    ":",
    "—",
    "who ",
    "“",
    "”",
]
PIECES += [
    "'",
    "according to ",
    "said, ",
    "shot back ",
    "officials ",
    "Mr. ",
    "one of ",
    "telling ",
    "to say ",
    "’s ",
    "for ",
]
GIANTS = [
    "“A it is,” ",
    "“A it is.” ",
    "“A it is.”\n\n",
    "and, ",
    "“",
    "'",
    "Smith ",
    "said ",
    "Mr. ",
    "\n",
    "“A,” said Smith. ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join).filter(bool), st.data())
def test_proposals_lie_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote = quotation_at(text, start) or (Span(start, data.draw(st.integers(start + 1, len(text)))),)
    found = propose_speaker(text, quote, ())
    if found is not None:
        assert found.mention.stop <= len(text)
        assert found.name
        assert found.rule in {"after", "before", "inherited", "loose", "previous", "colon", "dash", "according"}
        assert found.cue is None or not found.cue.overlaps(found.mention)


@pytest.mark.parametrize(
    "piece",
    [
        "“A it is,” ",
        "“A it is.” ",
        "“A it is.”\n\n",
        "and, ",
        "“",
        "'",
        "Smith ",
        "said ",
        "Mr. ",
        "\n",
        "“A,” said Smith. ",
    ],
)
def test_the_work_on_giants_is_bounded(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = piece * (300_000 // len(piece))
    work: list[int] = []
    masked = speakers_module.masked
    monkeypatch.setattr(speakers_module, "masked", lambda text, *rest: work.append(len(text)) or masked(text, *rest))
    start = 150_000
    propose_speaker(text, quotation_at(text, start)[:50] or (Span(start, start + 9),), ())
    propose_speaker(text, (Span(start, start + 100_000),), ())
    propose_speaker(text, (Span(start, start + 5), Span(start + 100_000, start + 100_001)), ())
    assert len(work) < 100
    assert max(work) <= 60_000


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("A man in Kibera told me, “Madam, I pay.”", "A man in Kibera", "man in Kibera"),
        ("Officials in Riyadh said: “We will meet.”", "Officials in Riyadh", "Officials in Riyadh"),
        (
            "Port authority president Marco Delvai denied it. He left early.\n\n“We are open to talks,” he said.",
            "he",
            "Marco Delvai",
        ),
    ],
)
def test_a_place_belongs_to_who_is_there_and_a_body_to_its_head(text: str, mention: str, name: str) -> None:
    start = text.index("“")
    proposal = propose_speaker(text, (Span(start, text.index("”") + 1),), [])
    assert proposal is not None
    assert (proposal.mention.of(text), proposal.name) == (mention, name)
