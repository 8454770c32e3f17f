"""The worked passage tagged by Anna and by Ben, who differ in every way that two can, and Carol, who reviews.

Ben's annotation of ``Q1`` has the uid ``bens("Q1")``. Where the two differ is told by ``DIFFERENCES``.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from support.worked_passage import (
    ANNAS_SET,
    ARTICLE,
    ENTITIES,
    NUMBERS,
    PASSAGE,
    ROWS,
    annotation,
    annotation_uid,
    links,
    passage_project,
    uid,
)

from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link, SetKind
from annotator.model.content import ArticleContent
from annotator.model.span import Span, fragments
from annotator.model.values import with_value
from annotator.project.opening import work_as
from annotator.project.project import Project

BEN = Annotator(uid("a000", 2), "Ben")
BENS_SET = AnnotationSet(uid("a001", 2), "Ben", SetKind.PERSON, BEN.uid)
CAROL = Annotator(uid("a000", 3), "Carol")
A, B = ANNAS_SET.uid, BENS_SET.uid
ONLY_BENS = "X1"
NUMBER_OF_X1 = 18
AGREED = ("S1", "K1", "C1", "K3", "S3", "K4", "Q4", "C2", "L1", "L2", "L3")
DIFFERENCES = [
    ("boundary", "Q1"), ("only_a", "K2"), ("attribute", "Q2"), ("link", "Q2"), ("link", "Q3"), ("entity", "S2"),
    ("tag", "A1"), ("only_b", "X1"),
]  # fmt: skip
"""In text order: kind and name."""


def bens(name: str) -> str:
    """Return the uid of Ben's annotation of that name."""
    return uid("0bb0", NUMBERS.get(name, NUMBER_OF_X1))


def _bens_annotations(project: Project) -> list[Annotation]:
    codebook = project.cache.codebook
    made = {row.name: annotation(codebook, row) for row in ROWS if row.name != "K2"}
    place, quote = codebook.tag_named("location"), codebook.tag_named("quote")
    assert place is not None
    assert quote is not None
    polarity = codebook.attribute_named(quote.uid, "polarity")
    assert polarity is not None
    made["Q1"] = replace(made["Q1"], fragments=fragments(PASSAGE, [Span(46, 51)]))
    made["Q2"] = replace(made["Q2"], values=with_value(made["Q2"].values, polarity.uid, "asserted"))
    made["S2"] = replace(made["S2"], entity=ENTITIES["Ministry"].uid)
    made["A1"] = replace(made["A1"], tag_type=place.uid, values=())
    made["X1"] = replace(made["A1"], entity=None, fragments=fragments(PASSAGE, [Span(298, 309)]))
    return [
        replace(one, uid=bens(name), annotation_set=BENS_SET.uid, annotator=BEN.uid, note=f"Ben on {name}")
        for name, one in made.items()
    ]


def _bens_links() -> list[Link]:
    own = {annotation_uid(row.name): bens(row.name) for row in ROWS}
    left_out = {annotation_uid("K2"), annotation_uid("A1")}
    return [
        replace(
            link, uid=uid("0cb0", at), annotator=BEN.uid, from_annotation=own[link.from_annotation],
            to_annotation=own[link.to_annotation],
        )
        for at, link in enumerate(links(), 1)
        if link.to_annotation not in left_out
    ]  # fmt: skip


def reviewed_project(path: Path) -> Project:
    """Create the project with both sets; Carol, who reviews, is at work."""
    project = passage_project(path)
    with project.edit("Bring in Ben's work") as edit:
        for record in (BEN, BENS_SET, *_bens_annotations(project), *_bens_links()):
            edit.add(record)
    work_as(project, CAROL)
    return project


def shown(project: Project) -> ArticleContent:
    """Read the passage as the window shows it."""
    found = project.read.content(ARTICLE)
    assert found is not None
    return found


def of(project: Project, name: str) -> Annotation:
    """Return an annotation as it is now: ``Q1`` is Anna's, ``bQ1`` Ben's."""
    found = project.read.get(Annotation, bens(name[1:]) if name.startswith("b") else annotation_uid(name))
    assert found is not None
    return found
