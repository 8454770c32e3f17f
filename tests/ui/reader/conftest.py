from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, LinkRule, Part, TagType, Unit
from annotator.model.span import Span, fragments
from annotator.ui.reader.view import Reader

CODEBOOK = Codebook(
    (
        TagType("speaker", "speaker", "Speaker", "#0072B2", "1", Part.SPEAKER, Unit.NAME),
        TagType("quote", "quote", "Quote", "#00805E", "2", Part.QUOTE, Unit.QUOTATION),
        TagType("location", "location", "Location", "#C85400", "3", Part.LOCATION, Unit.NAME),
        TagType("claim", "claim", "Claim", "#A3498B", "4", Part.CLAIM, Unit.SENTENCE),
        TagType("cue", "cue", "Cue", "#6B7280", "5", Part.CUE, auxiliary=True),
    ),
    (),
    (
        LinkRule("r1", "speaker", "Speaker", "quote", "speaker"),
        LinkRule("r2", "addressee", "Addressee", "quote", "speaker"),
        LinkRule("r3", "cue", "Cue", "quote", "cue"),
        LinkRule("r4", "content_of", "Content of", "claim", "quote"),
        LinkRule("r5", "about_location", "About place", "claim", "location"),
    ),
)


@dataclass
class Sheet:
    """Makes annotations by the words they cover."""

    text: str
    annotations: list[Annotation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def span(self, words: str, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words))

    def tag(self, uid: str, tag: str, *words: str, after: int = 0) -> Annotation:
        spans = [self.span(piece, after) for piece in words]
        made = Annotation(uid, "a", tag, "set", fragments(self.text, spans), "me")
        self.annotations.append(made)
        return made

    def link(self, role: str, start: str, stop: str) -> Link:
        made = Link(f"{start}-{role}-{stop}", "a", start, stop, role, "me")
        self.links.append(made)
        return made


BUSY = """US delegation arrives in Moscow for talks on ceasefire
Share this article: 🔗 ✉️
Kremlin spokesman Dmitry Peskov confirmed the talks, but refrained from commenting on Russia's stance before \
negotiations commenced. “Before the talks start, and they haven’t started yet, it would be wrong to talk about it in \
public,” Peskov told reporters. The Russian Ministry of Defence claimed on Thursday that Russian forces had recaptured \
the town of Sudzha in the Kursk region.
“We are ready,” she said on Thursday evening, “but not at any price 😀, and not before spring.” Her office in \
Kyiv declined to say more.
Flight data showed that a plane carrying US envoy Steve Witkoff had landed at Vnukovo airport. Top Kremlin aide Yuri \
Ushakov said that the proposal was “nothing other than a temporary time-out for Ukrainian soldiers, nothing more”, \
and that Moscow’s goal was a long-term peaceful settlement.
Earlier, officials in Saudi Arabia said both delegations would return to Riyadh. The governor of Sumy wrote on \
Telegram that four people had been killed in a drone attack in the night; the figure could not be checked.
"""


def busy() -> Sheet:
    sheet = Sheet(BUSY)
    tag = sheet.tag

    def words(first: str, last: str) -> str:
        return BUSY[BUSY.index(first) : BUSY.index(last) + len(last)]

    tag("L0", "location", "Moscow")
    tag("S1", "speaker", "Kremlin spokesman Dmitry Peskov")
    tag("L9", "location", "Kremlin")
    tag("K1", "cue", "confirmed")
    tag("Q1", "quote", "the talks", after=110)
    tag("K2", "cue", "refrained from commenting on")
    tag("Q2", "quote", "Russia's stance before negotiations commenced")
    tag("L1", "location", "Russia")
    tag(
        "Q3",
        "quote",
        "“Before the talks start, and they haven’t started yet, it would be wrong to talk about it in public,”",
    )
    tag("C1", "claim", "they haven’t started yet")
    tag("S2", "speaker", "Peskov", after=BUSY.index("public,”"))
    tag("K3", "cue", "told")
    tag("A1", "speaker", "reporters")
    tag("S3", "speaker", "The Russian Ministry of Defence")
    tag("K4", "cue", "claimed")
    tag("Q4", "quote", "that Russian forces had recaptured the town of Sudzha in the Kursk region")
    tag("C2", "claim", "Russian forces had recaptured the town of Sudzha in the Kursk region")
    tag("L2", "location", "Sudzha")
    tag("L3", "location", "Kursk region")
    tag("Q5", "quote", "“We are ready,”", "“but not at any price 😀, and not before spring.”")
    tag("S5", "speaker", "she", after=BUSY.index("ready,”"))
    tag("L5", "location", "Kyiv")
    tag("S6", "speaker", "US envoy Steve Witkoff")
    tag("C6", "claim", "a plane carrying US envoy Steve Witkoff had landed at Vnukovo airport")
    tag("L6", "location", "Vnukovo airport")
    tag("S7", "speaker", "Top Kremlin aide Yuri Ushakov")
    tag(
        "Q7",
        "quote",
        "that the proposal was “nothing other than a temporary time-out for Ukrainian soldiers, nothing more”",
    )
    tag("C7", "claim", "nothing other than a temporary time-out for Ukrainian soldiers")
    tag("L7", "location", "Saudi Arabia")
    for role, start, stop in (
        ("speaker", "Q3", "S2"),
        ("cue", "Q3", "K3"),
        ("addressee", "Q3", "A1"),
        ("content_of", "C1", "Q3"),
        ("content_of", "C2", "Q4"),
        ("about_location", "C2", "L2"),
        ("about_location", "C2", "L3"),
        ("speaker", "Q4", "S3"),
        ("speaker", "Q5", "S5"),
    ):
        sheet.link(role, start, stop)
    return sheet


@pytest.fixture
def sheet() -> Sheet:
    return busy()


MakeReader = Callable[..., Reader]


@pytest.fixture
def make_reader(qtbot: QtBot, qapp: QApplication) -> Iterator[MakeReader]:
    def make(text: str | Sheet = "", width: int = 900, height: int = 600) -> Reader:
        reader = Reader()
        qtbot.addWidget(reader)
        reader.resize(width, height)
        reader.set_codebook(CODEBOOK)
        reader.set_article_font("Noto Serif", 16)
        with qtbot.waitExposed(reader):
            reader.show()
        if isinstance(text, Sheet):
            furniture = [text.span("Share this article: 🔗 ✉️")] if "Share this" in text.text else []
            reader.show_article(text.text, furniture, text.annotations, text.links)
        else:
            reader.show_article(text)
        return reader

    yield make
    qapp.processEvents()


@pytest.fixture
def new_sheet() -> type[Sheet]:
    return Sheet
