from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[2] / "scripts" / "build_gazetteer.py"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_gazetteer", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_gazetteer"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_names_that_people_write(build: ModuleType) -> None:
    assert build.worth_keeping("München")
    assert build.worth_keeping("慕尼黑")
    assert build.worth_keeping("ميونخ")
    assert build.worth_keeping("eThekwini")
    assert not build.worth_keeping("mu ni hei")
    assert not build.worth_keeping("'")
    assert not build.worth_keeping("A" * 101)


def test_regions_of_two_sources_are_matched_once(build: ModuleType) -> None:
    ours = {"DE.02": {"Bavaria"}, "DE.06": {"Lower Saxony"}, "RU.41": {"Kursk Oblast"}, "RU.40": {"Kurgan Oblast"}}
    others = {
        "DE-BY": ["Bayern", "Bavaria"],
        "DE-NI": ["Niedersachsen"],
        "RU-KRS": ["Kurskaya oblast'"],
        "RU-KGN": ["Kurganskaya oblast'"],
        "XX-1": ["Northern"],
    }
    assert build.matched_regions(ours, others) == {
        "DE-BY": "DE.02",
        "DE-NI": "DE.06",
        "RU-KRS": "RU.41",
        "RU-KGN": "RU.40",
    }


def test_a_name_that_two_regions_share_matches_neither(build: ModuleType) -> None:
    assert build.matched_regions({"A.1": {"Foo City"}, "A.2": {"Foo Oblast"}}, {"A-F": ["Foo"]}) == {}


def test_lines(build: ModuleType) -> None:
    town = build.Draft("Åby", "city", "SE", "Skåne", "1.50", "2.0", 16000, "7", "P", 16000, {"ÅBY", "Aaby"})
    land = build.Draft("Sweden", "country", "SE", population=10, geonames_id="8", weight=99_999)
    places = build.ranked([town, land])
    assert places == [land, town]
    assert build.place_line(1, town, {"SE": "Sweden"}) == "1\tÅby\tcity\tSE\tSweden\tSkåne\t1.50\t2.0\t16000\t7\tP"
    entries = build.entries_of(places)
    assert [build.name_line(entry) for entry in entries] == ["aaby\t1", "aby\t1\town", "sweden\t0\town"]
    assert build.short_lines(build.best_by_prefix(entries, places, 1, 5)) == ["a\t*\taby\t1\town", "a\tSE\taby\t1\town"]


def test_the_best_are_own_names_then_greater_places(build: ModuleType) -> None:
    places = [build.Draft(name, "city", "FR", names={f"P{number}"}) for number, name in enumerate(["Lille", "Paris"])]
    best = build.best_by_prefix(build.entries_of(places), places, 1, 1)
    assert best["p", "*"] == [build.Entry(False, 1, "paris")]


def test_a_region_is_ranked_by_its_greatest_city(build: ModuleType) -> None:
    towns = [build.Draft(n, "city", "FR", "Nord", population=p) for n, p in (("Lille", 30), ("Lens", 20))]
    assert build.greatest_cities(towns) == {("FR", "Nord"): 30}
