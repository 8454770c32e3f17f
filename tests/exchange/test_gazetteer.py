from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.base.errors import AnnotatorError
from annotator.exchange.gazetteer import ATTRIBUTION, Gazetteer, Place, as_entity, described, fold
from annotator.model.entity import EntityKind

PLACES = [
    "0\tGreatland\tcountry\tGL\tGreatland\t\t\t\t9000000\t1\tA",
    "1\tÅby\tcity\tGL\tGreatland\tNorth\t1.50\t-2.25\t20000\t22\tP",
    "2\tAbyss\tcity\tOT\tOtherland\tSouth\t0.0\t0.0\t16000\t9000000\tP",
    "3\tNorth\tregion\tGL\tGreatland\tNorth\t\t\t\t\tA",
]
NAMES = ["aby\t1\town", "aby stad\t1", "abyss\t2\town", "gl\t0", "greatland\t0\town", "north\t3\town", "абю\t1"]


def folder_with(
    folder: Path, places: list[str] = PLACES, names: list[str] = NAMES, short: list[str] | None = None, end: str = "\n"
) -> Path:
    short = ["~\t*\t~\t0"] if short is None else short
    for name, lines in (("places.tsv", places), ("names.tsv", names), ("short.tsv", short)):
        folder.joinpath(name).write_bytes("".join(line + end for line in lines).encode())
    return folder


@pytest.fixture(scope="module")
def world() -> Iterator[Gazetteer]:
    gazetteer = Gazetteer.open_shipped()
    yield gazetteer
    gazetteer.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Gazetteer]:
    gazetteer = Gazetteer(folder_with(tmp_path))
    yield gazetteer
    gazetteer.close()


def names(places: list[Place]) -> list[str]:
    return [place.name for place in places]


def test_springfields_are_told_apart(world: Gazetteer) -> None:
    found = [place for place in world.search("Springfield", 40) if place.name == "Springfield"]
    labels = [described(place) for place in found]
    assert labels[0] == "Springfield — Missouri, United States · city · 170,188 people"
    assert "Springfield — Illinois, United States · city · 114,394 people" in labels
    assert len(labels) == len(set(labels)) >= 8


def test_a_city_outside_the_united_states_has_its_region(world: Gazetteer) -> None:
    (trieste,) = world.search("Trieste")
    assert trieste == Place(
        name="Trieste",
        matched="trieste",
        kind="city",
        country_code="IT",
        country="Italy",
        admin1="Friuli Venezia Giulia",
        latitude=45.64953,
        longitude=13.77678,
        population=204338,
        geonames_id="3165185",
        feature_class="P",
    )


@pytest.mark.parametrize("query", ["München", "munchen", "MUNICH", "  Munich ", "Мюнхен", "慕尼黑", "뮌헨", "ميونخ"])
def test_any_name_of_a_city_finds_it(world: Gazetteer, query: str) -> None:
    assert world.search(query)[0].geonames_id == "2867714"


@pytest.mark.parametrize("query", ["Москва", "Moscow", "moscow"])
def test_the_greater_namesake_comes_first(world: Gazetteer, query: str) -> None:
    found = world.search(query)
    assert (found[0].country_code, found[0].kind) == ("RU", "city")
    assert "Idaho" in [place.admin1 for place in found]


def test_a_preferred_country_comes_before_a_greater_namesake(world: Gazetteer) -> None:
    assert world.search("Moscow", prefer_countries=["us"])[0].admin1 == "Idaho"
    assert {place.country_code for place in world.search("s", prefer_countries={"US", "GB"})} == {"US", "GB"}


@pytest.mark.parametrize(
    ("query", "code"),
    [("Saudi Arabia", "SA"), ("UK", "GB"), ("u.s.", "US"), ("Россия", "RU"), ("Deutschland", "DE"), ("Iran", "IR")],
)
def test_countries_by_the_names_that_news_use(world: Gazetteer, query: str, code: str) -> None:
    first = world.search(query)[0]
    assert (first.kind, first.country_code, first.feature_class) == ("country", code, "A")
    assert described(first).startswith(f"{first.country} · country · ")


def test_a_country_has_an_id_and_no_coordinates(world: Gazetteer) -> None:
    first = world.search("Saudi Arabia")[0]
    assert (first.geonames_id, first.latitude, first.longitude) == ("102358", None, None)


@pytest.mark.parametrize(("query", "name"), [("Kurskaya Oblast", "Kursk Oblast"), ("Bayern", "Bavaria")])
def test_a_region_by_its_local_name(world: Gazetteer, query: str, name: str) -> None:
    first = world.search(query)[0]
    assert (first.name, first.kind, first.geonames_id, first.population) == (name, "region", "", 0)


def test_kursk_finds_the_city_then_its_region(world: Gazetteer) -> None:
    assert names(world.search("Kursk")) == ["Kursk", "Kursk Oblast"]


def test_an_american_state_has_its_id(world: Gazetteer) -> None:
    missouri = next(place for place in world.search("Missouri") if place.kind == "region")
    assert missouri.geonames_id == "4398678"
    assert described(missouri) == "Missouri — United States · region"


def test_a_town_below_the_limit_is_not_there_and_does_no_harm(world: Gazetteer) -> None:
    assert [place for place in world.search("Sudzha") if place.name == "Sudzha"] == []


def test_own_names_come_before_foreign_ones_of_greater_places(world: Gazetteer) -> None:
    assert all(fold(place.name).startswith("s") for place in world.search("s"))


@pytest.mark.parametrize("query", ["s", "sa", "San", "spr", "北", "м"])
def test_short_lists_give_what_reading_all_names_gives(world: Gazetteer, query: str) -> None:
    for prefer in ((), ("US", "RU", "JP")):
        wide = world.search(query, 300, prefer)
        assert world.search(query, 12, prefer) == wide[:12]
        assert len(wide) == len({(p.name, p.kind, p.country, p.admin1, p.geonames_id) for p in wide})


def test_a_keystroke_is_fast(world: Gazetteer) -> None:
    took = []
    for query in ("s", "a", "北", "kal", "sao", "Springfield"):
        begin = time.perf_counter()
        world.search(query, 12, ("US", "FR", "DE"))
        took.append(time.perf_counter() - begin)
    assert sorted(took)[len(took) // 2] < 0.01


@given(st.text(max_size=6), st.integers(-1, 15), st.lists(st.sampled_from(["US", "cn", "", "XX"]), max_size=2))
def test_any_query_gives_places_that_match(world: Gazetteer, query: str, limit: int, prefer: list[str]) -> None:
    found = world.search(query, limit, prefer)
    assert len(found) <= max(limit, 0)
    assert all(place.matched.startswith(fold(query)) for place in found)
    exact = [place.matched == fold(query) for place in found]
    assert exact == sorted(exact, reverse=True)


@pytest.mark.parametrize("query", ["", "  \t\n", ".", "'", "́", "\ud800", "\x00", "*", "s\t*"])
def test_odd_queries_find_nothing_and_do_not_raise(world: Gazetteer, query: str) -> None:
    assert world.search(query) == []


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding() -> None:
    assert fold("  São  PAULO ") == "sao paulo"
    assert fold("Xi’an") == fold("Xi'an") == "xian"
    assert fold("Stratford-upon-Avon") == "stratford upon avon"
    assert fold("Straße") == "strasse"


def test_lookup(world: Gazetteer) -> None:
    munich = world.lookup("2867714")
    assert munich is not None
    assert (munich.name, munich.matched) == ("Munich", "")
    assert world.lookup("1") is None
    assert world.lookup("") is None
    assert world.lookup("²") is None
    assert world.lookup("city") is None


def test_lookup_is_not_misled_by_a_population(small: Gazetteer) -> None:
    found = small.lookup("9000000")
    assert found is not None
    assert found.name == "Abyss"
    assert small.lookup("20000") is None


def test_exact_then_prefix_and_one_place_once(small: Gazetteer) -> None:
    assert names(small.search("aby")) == ["Åby", "Abyss"]
    assert [place.matched for place in small.search("ab")] == ["aby", "abyss"]
    assert names(small.search("ab", prefer_countries=["OT"])) == ["Abyss", "Åby"]
    assert names(small.search("ÅBY", 1)) == ["Åby"]
    assert small.search("ab", 0) == []
    assert names(small.search("g")) == ["Greatland"]
    assert small.search("zzz") == []


def test_values_are_as_given(small: Gazetteer) -> None:
    place = small.search("абю")[0]
    assert (place.latitude, place.longitude, place.population) == (1.5, -2.25, 20000)
    assert small.search("abyss")[0].latitude == 0.0
    assert small.search("north")[0].population == 0


def test_a_place_as_an_entity(small: Gazetteer) -> None:
    entity = as_entity(small.search("aby")[0], "u-1")
    assert (entity.uid, entity.kind, entity.name, entity.aliases) == ("u-1", EntityKind.PLACE, "Åby", ())
    assert (entity.gazetteer, entity.gazetteer_id, entity.latitude, entity.longitude) == ("geonames", "22", 1.5, -2.25)
    assert (entity.country, entity.admin1, entity.feature_class) == ("GL", "North", "P")


def test_an_entity_without_an_id_names_no_gazetteer(small: Gazetteer) -> None:
    entity = as_entity(small.search("north")[0], "u-2")
    assert (entity.gazetteer, entity.gazetteer_id, entity.latitude) == ("", "", None)


def test_short_lists_are_used_with_their_countries(tmp_path: Path) -> None:
    short = ["a\t*\taby\t1\town", "a\t*\tabyss\t2\town", "a\tOT\tabyss\t2\town"]
    gazetteer = Gazetteer(folder_with(tmp_path, short=short))
    assert names(gazetteer.search("a", 2)) == ["Åby", "Abyss"]
    assert names(gazetteer.search("a", 2, ["OT"])) == ["Abyss", "Åby"]
    gazetteer.close()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_of_either_kind(tmp_path: Path, end: str) -> None:
    gazetteer = Gazetteer(folder_with(tmp_path, end=end))
    assert names(gazetteer.search("aby")) == ["Åby", "Abyss"]
    found = gazetteer.lookup("22")
    assert found is not None
    assert found.feature_class == "P"
    gazetteer.close()


def test_it_opens_again_after_closing(small: Gazetteer) -> None:
    small.search("aby")
    small.close()
    small.close()
    assert names(small.search("aby", 1)) == ["Åby"]


@pytest.mark.parametrize("name", ["places.tsv", "names.tsv", "short.tsv"])
@pytest.mark.parametrize("empty", [True, False])
def test_an_empty_or_missing_file_is_one_clear_error(tmp_path: Path, name: str, empty: bool) -> None:
    path = folder_with(tmp_path) / name
    path.write_bytes(b"") if empty else path.unlink()
    with pytest.raises(AnnotatorError, match=rf"{name} in .* is missing or damaged"):
        Gazetteer(tmp_path).search("ab")


def test_a_missing_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="Install the program again"):
        Gazetteer(tmp_path / "none").lookup("1")


@pytest.mark.parametrize("line", ["aby", "aby\tx", "aby\t99", "aby\t-1"])
def test_a_damaged_name_is_one_clear_error(tmp_path: Path, line: str) -> None:
    gazetteer = Gazetteer(folder_with(tmp_path, names=[line]))
    with pytest.raises(AnnotatorError, match=r"names\.tsv"):
        gazetteer.search("ab")
    gazetteer.close()


@pytest.mark.parametrize("line", ["0\tCut", PLACES[1], PLACES[0].replace("9000000", "many"), ""])
def test_a_damaged_place_is_one_clear_error(tmp_path: Path, line: str) -> None:
    gazetteer = Gazetteer(folder_with(tmp_path, places=[line], names=["gl\t0"]))
    with pytest.raises(AnnotatorError, match=r"places\.tsv"):
        gazetteer.search("gl")
    gazetteer.close()


def test_broken_utf8_is_one_clear_error(tmp_path: Path) -> None:
    folder_with(tmp_path)
    tmp_path.joinpath("places.tsv").write_bytes("\n".join(PLACES).encode().replace(b"Greatland", b"Gr\xff"))
    gazetteer = Gazetteer(tmp_path)
    with pytest.raises(AnnotatorError, match=r"places\.tsv"):
        gazetteer.search("gl")
    gazetteer.close()


def test_the_attribution_names_source_and_licence() -> None:
    assert "GeoNames" in ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION
