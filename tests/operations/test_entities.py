from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace
from support import projects

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.entity import Entity, EntityKind
from annotator.operations import entities
from annotator.project.project import Project

PERSON, PLACE = EntityKind.NAMED_PERSON, EntityKind.PLACE


def borne(project: Project, annotation: Annotation) -> str | None:
    found = project.read.get(Annotation, annotation.uid)
    assert found is not None
    return found.entity


def found(project: Project, words: str, *kinds: EntityKind) -> list[tuple[str, float]]:
    return [(entity.name, score) for entity, score in entities.candidates(project, words, kinds)]


def test_candidates_best_first(project: Project) -> None:
    for name in ("Dmitry Peskov", "Peskov Institute", "Berlin", "Kremlin spokesman Dmitry Peskov"):
        entities.create(project, name, PERSON)
    assert found(project, "Dmitry Peskov")[0] == ("Dmitry Peskov", 100.0)
    assert found(project, "peskov")[:3] == [
        ("Peskov Institute", 95.0),
        ("Dmitry Peskov", 90.0),
        ("Kremlin spokesman Dmitry Peskov", 90.0),
    ]
    assert ("Dmitry Peskov", 80.0) in found(project, "the spokesman Dmitry Peskov")
    assert found(project, "Dmitri Peskow")[0][0] in ("Dmitry Peskov", "Kremlin spokesman Dmitry Peskov")
    assert found(project, "Dmitri Peskow")[0][1] <= 79.0
    assert found(project, "zzzz") == []
    assert found(project, "peskov", PLACE) == []
    assert [name for name, _ in found(project, "")][:2] == ["Kremlin spokesman Dmitry Peskov", "Berlin"]
    assert len(entities.candidates(project, "Peskov", limit=2)) == 2


def test_creating(project: Project) -> None:
    made = entities.create(project, "  Dmitry \n Peskov ", PERSON)
    assert made.name == "Dmitry Peskov"
    assert project.cache.entities == {made.uid: made}
    with pytest.raises(RuleError, match="An entity needs a name"):
        entities.create(project, " ", PERSON)


def test_a_name_that_certainly_means_somebody_makes_no_second_one(project: Project) -> None:
    def ensure(name: str, kind: EntityKind = PERSON) -> Entity:
        with project.edit("Ensure") as edit:
            return entities.ensure_within(edit, project, name, kind)

    peskov = ensure("Dmitry Peskov")
    assert ensure("dmitry peskov") == peskov
    assert ensure("Peskov") == peskov
    assert ensure("Dmitry") != peskov, "a first name is not certain"
    assert ensure("Peskov", PLACE) != peskov
    ensure("Ivan Peskov")
    assert ensure("Peskov").name == "Peskov", "two bear that surname"


def test_an_entity_for_an_annotation_is_one_step(project: Project, article: Article) -> None:
    mention = projects.tag(project, article, "speaker", "Peskov")
    made = entities.create_for(project, mention, "Dmitry Peskov", PERSON)
    assert borne(project, mention) == made.uid
    project.undo()
    assert borne(project, mention) is None
    assert project.cache.entities == {}


def test_a_place_of_the_gazetteer_is_added_once(project: Project, article: Article) -> None:
    moscow, berlin = (projects.tag(project, article, "location", name) for name in ("Moscow", "Berlin"))
    place = Entity("p", PLACE, "Moscow", gazetteer="geonames", gazetteer_id="524901", latitude=55.75, longitude=37.62)
    assert entities.put_for(project, moscow, place) == place
    assert entities.put_for(project, berlin, replace(place, uid="again")) == place
    assert borne(project, berlin) == "p"
    assert list(project.cache.entities) == ["p"]
    by_hand = Entity("h", PLACE, "Berlin")
    mention = project.read.get(Annotation, berlin.uid)
    assert mention is not None
    assert entities.put_for(project, mention, by_hand) == by_hand


@pytest.mark.parametrize(
    ("latitude", "longitude", "says"),
    [
        (1.0, None, "needs both latitude and longitude"),
        (None, 1.0, "needs both latitude and longitude"),
        (90.1, 0.0, "A latitude lies between -90 and 90 degrees, not 90.1"),
        (0.0, -180.5, "A longitude lies between -180 and 180 degrees, not -180.5"),
    ],
)
def test_impossible_coordinates(latitude: float | None, longitude: float | None, says: str) -> None:
    with pytest.raises(RuleError, match=says):
        entities.check_coordinates(latitude, longitude)


def test_coordinates_are_kept_as_given(project: Project) -> None:
    made = entities.create(project, "Sudzha", PLACE)
    after = replace(made, latitude=51.19, longitude=35.27000000000001, gazetteer="manual")
    entities.update(project, made, after)
    assert project.read.get(Entity, made.uid) == after
    assert project.undo_label == "Edit entity"
    entities.update(project, after, after)
    entities.check_coordinates(-90, 180)
    with pytest.raises(RuleError, match="needs a name"):
        entities.update(project, after, replace(after, name=""))


def test_renaming_keeps_the_old_name(project: Project) -> None:
    made = entities.create(project, "Peskov", PERSON)
    entities.rename(project, made, "Dmitry Peskov")
    after = project.cache.entities[made.uid]
    assert entities.names_of(after) == ("Dmitry Peskov", "Peskov")
    assert project.undo_label == "Rename entity"
    entities.rename(project, after, "Peskov")
    assert entities.names_of(project.cache.entities[made.uid]) == ("Peskov", "Dmitry Peskov")


def test_taking_a_place_keeps_the_name(project: Project) -> None:
    made = entities.create(project, "Moskau", PLACE)
    entities.take_place(project, made, Entity("p", PLACE, "Moscow", latitude=55.75, longitude=37.62, country="RU"))
    after = project.cache.entities[made.uid]
    assert (after.name, after.aliases, after.latitude, after.country) == ("Moskau", ("Moscow",), 55.75, "RU")
    assert project.undo_label == "Set place"


def test_merging(project: Project, article: Article) -> None:
    mention, other = (
        projects.tag(project, article, "speaker", "Peskov"),
        projects.tag(project, article, "speaker", "left"),
    )
    one = entities.create_for(project, mention, "Dmitry Peskov", PERSON)
    two = entities.create_for(project, other, "Peskov", PERSON)
    entities.update(project, two, replace(two, aliases=("D. P.",), role="spokesman", latitude=1.0, longitude=2.0))
    before = dict(project.cache.entities)
    merged = entities.merge(project, one, [project.cache.entities[two.uid], one])
    assert merged == replace(one, aliases=("Peskov", "D. P."), role="spokesman", latitude=1.0, longitude=2.0)
    assert project.cache.entities == {one.uid: merged}
    assert borne(project, other) == one.uid
    project.undo()
    assert project.cache.entities == before
    assert borne(project, other) == two.uid
    placed = project.cache.entities[two.uid]
    assert entities.merge(project, placed, [one]).latitude == 1.0


def test_removing(project: Project, article: Article) -> None:
    mention = projects.tag(project, article, "speaker", "Peskov")
    made = entities.create_for(project, mention, "Dmitry Peskov", PERSON)
    assert entities.remove(project, made) == 1
    assert borne(project, mention) is None
    assert project.cache.entities == {}


def test_entities_are_marked_as_given_in_one_step(project: Project) -> None:
    made = [entities.create(project, name, PERSON) for name in ("Ana", "Bo")]
    entities.give(project, made, given=True)
    assert all(one.given for one in project.read.all(Entity))
    assert project.undo_label == "Mark as given"
    sequence = project.read.last_sequence()
    entities.give(project, project.read.all(Entity), given=True)
    assert project.read.last_sequence() == sequence
    project.undo()
    assert not any(one.given for one in project.read.all(Entity))


def brute(project: Project, wanted: str, limit: int) -> list[tuple[str, float]]:
    """Score every name, as candidates() says that it does."""
    best: dict[str, tuple[Entity, float]] = {}
    for entity in project.cache.entities.values():
        for name in entities.names_of(entity):
            score = entities._contained(wanted, name.casefold())
            if score > best.get(entity.uid, (entity, 0.0))[1]:
                best[entity.uid] = (entity, score)
    ordered = sorted(best.values(), key=lambda pair: (-pair[1], pair[0].name.casefold()))
    return [(entity.name, score) for entity, score in ordered[:limit]]


@pytest.mark.parametrize("words", ["b", "ba", "bab", "o", "Ada", "ada b", "b a", "ada bak otto", "x", "-", "the ada"])
def test_what_holds_the_words_is_what_going_through_all_names_finds(project: Project, words: str) -> None:
    with project.edit("Many") as edit:
        for number in range(300):
            name = f"{('Ada', 'Otto', 'Bob')[number % 3]} {'baknol'[number % 6 :]}{'-x' * (number % 2)}"
            edit.add(Entity(f"e{number:03}", PERSON, name, ("Ada",) if number % 7 == 0 else ()))
    exact = brute(project, words.casefold(), 12)
    assert found(project, words)[: len(exact)] == exact
    assert exact or all(score <= 79 for _, score in found(project, words))


def test_names_follow_what_is_changed(project: Project) -> None:
    made = entities.create(project, "Dmitry Peskov", PERSON)
    assert found(project, "pesk") == [("Dmitry Peskov", 90.0)]
    entities.rename(project, made, "Ivan Orlov")
    assert found(project, "orlov")[0] == ("Ivan Orlov", 90.0)
    project.undo()
    assert found(project, "orlov") == []


def test_candidates_are_those_that_scoring_every_name_finds(project: Project) -> None:
    """However few are looked at: of many names the first few by score and name, as if each had been scored."""
    chance = Random(3)
    parts = ("Ma", "Mob", "Al", "of", "the", "Ünal", "x-y", "m")
    with project.edit("Add") as edit:
        for at in range(300):
            names = [" ".join(chance.choices(parts, k=chance.randint(1, 3))) for _ in range(3)]
            kind = chance.choice((PERSON, PLACE))
            edit.add(Entity(f"e{at}", kind, f"{names[0]} {at % 97}", tuple(names[1 : chance.randint(1, 3)])))
    everybody = list(project.cache.entities.values())
    for words in ("m", "ma", "al m", "of", "a", " ", "ünal of", "mob 7", "x", "the ma 3", "b al"):
        for kinds in ((), (PLACE,)):
            scored = [
                (max(entities._contained(words.strip(), n.casefold()) for n in entities.names_of(e)), e)
                for e in everybody if not kinds or e.kind in kinds
            ]  # fmt: skip
            literal = sorted((-score, e.name.casefold()) for score, e in scored if score)[:12]
            if words.strip():
                found = [(-s, e.name.casefold()) for e, s in entities.candidates(project, words, kinds) if s >= 80]
                assert [one[0] for one in found] == [one[0] for one in literal]
                certain = [one for one in literal if one[0] < -80]
                assert [one for one in found if one[0] < -80] == certain
