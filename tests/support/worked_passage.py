"""The worked passage of the data model: a project with its seventeen annotations, links and entities.

Uids are fixed and sort in the order of the table, so that tests can name every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link, SetKind
from annotator.model.article import Article, word_count
from annotator.model.codebook import Codebook
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span, fragments
from annotator.model.values import from_mapping
from annotator.project.opening import create_project
from annotator.project.project import Project

PASSAGE = (
    "Kremlin spokesman Dmitry Peskov confirmed the talks, but refrained from commenting on Russia's stance before"
    " negotiations commenced. “Before the talks start, and they haven’t started yet, it would be wrong to talk about"
    " it in public,” Peskov told reporters. The Russian Ministry of Defence claimed on Thursday that Russian forces"
    " had recaptured the town of Sudzha in the Kursk region."
)
TIME = "2025-03-14T09:00:00.000Z"


def uid(group: str, number: int) -> str:
    """Return a fixed uid; ``group`` is four hexadecimal digits."""
    return f"01950000-{group}-7000-8000-{number:012d}"


ANNA = Annotator(uid("a000", 1), "Anna")
ANNAS_SET = AnnotationSet(uid("a001", 1), "Anna", SetKind.PERSON, ANNA.uid)
ARTICLE = uid("0a00", 1)
ENTITIES = {
    "Peskov": Entity(
        uid("e000", 1), EntityKind.NAMED_PERSON, "Dmitry Peskov", ("Peskov",), "spokesman", "Kremlin", "Q2563059"
    ),
    "reporters": Entity(uid("e000", 2), EntityKind.COLLECTIVE, "reporters"),
    "Ministry": Entity(uid("e000", 3), EntityKind.ORGANISATION, "Ministry of Defence"),
    "Russia": Entity(uid("e000", 4), EntityKind.PLACE, "Russia"),
    "Sudzha": Entity(uid("e000", 5), EntityKind.PLACE, "Sudzha", latitude=51.19, longitude=35.27, gazetteer="manual"),
    "Kursk": Entity(uid("e000", 6), EntityKind.PLACE, "Kursk region"),
}


@dataclass(frozen=True)
class Row:
    """One line of the table in the data model."""

    name: str
    tag: str
    start: int
    stop: int
    values: str = ""
    entity: str = ""
    links: str = ""


ROWS = (
    Row("S1", "speaker", 0, 31, "mention_form=name role_as_stated=spokesman affiliation_as_stated=Kremlin", "Peskov"),
    Row("K1", "cue", 32, 41),
    Row("Q1", "quote", 42, 51, "quote_type=indirect medium=speech polarity=asserted", "", "speaker=S1 cue=K1"),
    Row("K2", "cue", 57, 85),
    Row("Q2", "quote", 86, 131, "quote_type=indirect medium=speech polarity=withheld", "", "speaker=S1 cue=K2"),
    Row(
        "Q3", "quote", 133, 234, "quote_type=direct medium=speech polarity=asserted", "",
        "speaker=S2 addressee=A1 cue=K3",
    ),
    Row(
        "C1", "claim", 162, 186, "claim_type=event checkworthy=yes claimant_stance=affirm", "",
        "content_of=Q3 claimant=S2",
    ),
    Row("S2", "speaker", 235, 241, "mention_form=name", "Peskov"),
    Row("K3", "cue", 242, 246),
    Row("A1", "speaker", 247, 256, "mention_form=nominal", "reporters"),
    Row("S3", "speaker", 258, 289, "mention_form=organisation", "Ministry"),
    Row("K4", "cue", 290, 297),
    Row("Q4", "quote", 310, 383, "quote_type=indirect medium=speech polarity=asserted", "", "speaker=S3 cue=K4"),
    Row(
        "C2", "claim", 315, 383,
        "claim_type=event checkworthy=yes claimant_stance=affirm author_stance=distance", "",
        "content_of=Q4 claimant=S3 about_location=L2 about_location=L3",
    ),
    Row("L1", "location", 86, 92, "usage=metonymic function=mention", "Russia"),
    Row("L2", "location", 357, 363, "usage=literal function=event resolution=resolved", "Sudzha"),
    Row("L3", "location", 371, 383, "usage=literal function=event resolution=unresolvable", "Kursk"),
)  # fmt: skip
NUMBERS = {row.name: at for at, row in enumerate(ROWS, 1)}


def annotation_uid(name: str) -> str:
    """Return the uid of ``S1``, ``Q3`` …"""
    return uid("0b00", NUMBERS[name])


def annotation(codebook: Codebook, row: Row) -> Annotation:
    """Return the annotation of one line."""
    tag = codebook.tag_named(row.tag)
    assert tag is not None
    values = {}
    for pair in row.values.split():
        name, _, value = pair.partition("=")
        attribute = codebook.attribute_named(tag.uid, name)
        assert attribute is not None
        values[attribute.uid] = value
    return Annotation(
        annotation_uid(row.name), ARTICLE, tag.uid, ANNAS_SET.uid, fragments(PASSAGE, [Span(row.start, row.stop)]),
        ANNA.uid, ENTITIES[row.entity].uid if row.entity else None, from_mapping(values), created=TIME, modified=TIME,
    )  # fmt: skip


def links() -> list[Link]:
    """Return the links of the table, numbered in its order."""
    pairs = [(row.name, *pair.split("=")) for row in ROWS for pair in row.links.split()]
    return [
        Link(uid("0c00", at), ARTICLE, annotation_uid(start), annotation_uid(end), role, ANNA.uid)
        for at, (start, role, end) in enumerate(pairs, 1)
    ]


def passage_project(path: Path) -> Project:
    """Create a project with the passage as its one article, everything tagged by Anna, who works on it."""
    project = create_project(path, shipped_codebook("news"), name="Passage")
    project.annotator = ANNA
    codebook = project.cache.codebook
    with project.edit("Tag the passage") as edit:
        sha256 = edit.add_text(PASSAGE)
        edit.add(
            Article(
                ARTICLE, "Talks", sha256, len(PASSAGE), word_count(PASSAGE), "Reuters", "By A. Writer", "2025-03-13",
                "https://example.org/talks", "en", imported=TIME,
            )
        )  # fmt: skip
        for record in (ANNA, ANNAS_SET, *ENTITIES.values(), *(annotation(codebook, row) for row in ROWS), *links()):
            edit.add(record)
    return project
