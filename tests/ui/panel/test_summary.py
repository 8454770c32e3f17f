from __future__ import annotations

from annotator.model.annotation import Annotation
from annotator.model.codebook import Attribute, AttributeKind, Codebook, Part, TagType
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Fragment
from annotator.ui.panel import summary

TAG = TagType("t", "speaker", "Speaker", "#0072B2", part=Part.SPEAKER)
CHOICES = ("plain", "half_true", "yes")
CODEBOOK = Codebook(
    (TAG,),
    tuple(
        Attribute(f"a{n}", "t", f"a{n}", f"A{n}", AttributeKind.ONE, CHOICES, default="plain" if n == 0 else "")
        for n in range(4)
    ),
)


def note(entity: str | None = None, **values: str) -> Annotation:
    given = tuple(sorted(values.items()))
    return Annotation("u", "a", "t", "s", (Fragment(0, 5, "Dr\nWho"),), "me", entity=entity, values=given)


def test_the_usual_and_the_bare_yes_are_not_said_and_no_more_than_two():
    assert summary.detail(note(a0="plain", a1="yes"), CODEBOOK, {}) == ""
    assert summary.detail(note(a0="half_true", a1="plain", a2="half_true"), CODEBOOK, {}) == "half true · plain"


def test_the_name_of_the_entity_or_the_words_where_the_name_stands_already():
    known = {"e": Entity("e", EntityKind.NAMED_PERSON, "John Smith")}
    assert summary.detail(note("e"), CODEBOOK, known) == "John Smith"
    assert summary.detail(note("e"), CODEBOOK, known, by_name=True) == "Dr Who"
    same = {"e": Entity("e", EntityKind.NAMED_PERSON, "dr who")}
    assert summary.detail(note("e"), CODEBOOK, same) == ""


def test_coordinates_are_shown_as_given():
    place = Entity("e", EntityKind.PLACE, "Sudzha", latitude=51.190, longitude=35.0, country="RU", admin1="Kursk")
    assert summary.coordinates(place) == "51.19, 35"
    assert summary.entity_detail(place) == "Kursk, RU, 51.19, 35"
    assert summary.coordinates(Entity("e", EntityKind.PLACE, "Nowhere")) == ""


def test_people_by_role_and_each_kind_by_its_icon():
    person = Entity("e", EntityKind.NAMED_PERSON, "A", role="mayor", affiliation="Town")
    assert summary.entity_detail(person) == "mayor, Town"
    assert summary.entity_icon(person) == "person"
    assert summary.entity_icon(Entity("e", EntityKind.PLACE, "A")) == "place"
