"""Place names on the user's own disk: searched at every keystroke by bisection in memory-mapped text files.

The folder holds ``places.tsv`` (a place a line, the greatest first, so that its number is its rank), ``names.tsv``
(folded name, place number, ``own`` or nothing; sorted by the name's UTF-8 bytes) and ``short.tsv`` (the best places
for each prefix that very many names begin with). ``scripts/build_gazetteer.py`` makes the files and describes them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Self

from msgspec import Struct

from annotator.base.paths import resources
from annotator.exchange.sorted_lines import SortedLines
from annotator.model.entity import Entity, EntityKind

ATTRIBUTION = "Place names and coordinates: GeoNames (https://www.geonames.org), CC BY 4.0"
EVERYWHERE = "*"
COLUMNS = (
    "number",
    "name",
    "kind",
    "country_code",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "population",
    "geonames_id",
    "feature_class",
)
_Entry = tuple[bool, int, str]  # whether it is an alternative name, the place's number (its rank), the folded name
_WITHOUT = dict.fromkeys(map(ord, "'’‘ʻʼʹ`´."))
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—"), " ")


class Place(Struct, frozen=True):
    """One place of the gazetteer. Coordinates are WGS 84 degrees as GeoNames gives them, both or neither.

    ``matched`` is the folded name that the query met (empty after a look-up by id); ``kind`` is ``city``, ``region``
    or ``country``; ``admin1`` is the name of the first-level region; a population of 0 is an unknown one;
    ``geonames_id`` is empty where none is known.
    """

    name: str
    matched: str
    kind: str
    country_code: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    geonames_id: str
    feature_class: str


def fold(name: str) -> str:
    """Return the name as it is compared: no case, accents, apostrophes or full stops; a dash is a space."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(bare.translate(_WITHOUT).translate(_DASHES).split())


def described(place: Place) -> str:
    """Return a label that tells namesakes apart: ``Springfield — Missouri, United States · city · 170,188 people``."""
    within = [part for part in (place.admin1, place.country) if part and part != place.name]
    label = f"{place.name} — {', '.join(within)}" if within else place.name
    people = f" · {place.population:,} people" if place.population else ""
    return f"{label} · {place.kind}{people}"


def as_entity(place: Place, uid: str) -> Entity:
    """Return the place as an entity of the project. Without a GeoNames id it names no gazetteer."""
    return Entity(
        uid=uid,
        kind=EntityKind.PLACE,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        gazetteer="geonames" if place.geonames_id else "",
        gazetteer_id=place.geonames_id,
        country=place.country_code,
        admin1=place.admin1,
        feature_class=place.feature_class,
    )


class Gazetteer:
    """The places of one folder. Files are opened at the first search and hold no memory of their own."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is read yet."""
        self._folder = folder
        self._files: dict[str, SortedLines] = {}

    @classmethod
    def open_shipped(cls) -> Self:
        """Return the gazetteer that comes with the program."""
        return cls(resources() / "gazetteer")

    def search(self, query: str, limit: int = 12, prefer_countries: Collection[str] = ()) -> list[Place]:
        """Return at most ``limit`` places: names equal to the query first, then names that begin with it.

        Within each of the two, places in ``prefer_countries`` (ISO 3166 two-letter codes) come first, then the
        greater ones; but of the names that only begin with the query, a place's own name goes before the other
        names it has (or "s" would find China, by its name in some other language). No place comes twice.

        Raises:
            AnnotatorError: the gazetteer's files are missing or damaged.
        """
        folded = fold(query)
        if not folded or limit < 1:
            return []
        preferred = {code.upper() for code in prefer_countries}
        found = dict.fromkeys(self._exact(folded, preferred), folded)
        if len(found) < limit:
            for _, number, name in self._beginning(folded, limit, preferred):
                found.setdefault(number, name)
        return [self._place(number, found[number]) for number in list(found)[:limit]]

    def lookup(self, geonames_id: str) -> Place | None:
        """Return the place with this GeoNames id, or None.

        Raises:
            AnnotatorError: the gazetteer's files are missing or damaged.
        """
        if not (geonames_id.isascii() and geonames_id.isdigit()):
            return None
        for number in self._file("places.tsv").lines_with(f"\t{geonames_id}\t".encode()):
            place = self._place(number, "")
            if place.geonames_id == geonames_id:  # the same digits may be somebody's population
                return place
        return None

    def close(self) -> None:
        """Let go of the files; a later search opens them again."""
        for lines in self._files.values():
            lines.close()
        self._files.clear()

    def _file(self, name: str) -> SortedLines:
        if name not in self._files:
            self._files[name] = SortedLines(self._folder / name)
        return self._files[name]

    def _exact(self, folded: str, preferred: set[str]) -> list[int]:
        names = self._file("names.tsv")
        numbers = [number for _, number, _ in self._entries(names, f"{folded}\t", 0)]
        return sorted(numbers, key=lambda number: (self._elsewhere(number, preferred), number))

    def _beginning(self, folded: str, limit: int, preferred: set[str]) -> list[_Entry]:
        """Return the names that begin with the query, the best first; a place may come more than once."""
        best = self._shortlist(folded, EVERYWHERE)
        if len(best) < limit:
            met = list(self._entries(self._file("names.tsv"), folded, 0))
        else:
            met = best + [entry for country in sorted(preferred) for entry in self._shortlist(folded, country)]
        return sorted(met, key=lambda entry: (self._elsewhere(entry[1], preferred), entry))

    def _shortlist(self, prefix: str, country: str) -> list[_Entry]:
        """Return the best places for a prefix that very many names begin with; nothing for any other prefix."""
        return list(self._entries(self._file("short.tsv"), f"{prefix}\t{country}\t", 2))

    def _elsewhere(self, number: int, preferred: set[str]) -> bool:
        """Tell whether the place lies outside the preferred countries; with none preferred all are alike."""
        return bool(preferred) and self._fields(number)[3] not in preferred

    def _entries(self, lines: SortedLines, beginning: str, column: int) -> Iterator[_Entry]:
        """Yield what the lines that begin so hold from this column on: a name, a place number and perhaps ``own``."""
        count = self._file("places.tsv").count()
        for line in lines.beginning(beginning.encode("utf-8", "surrogatepass")):  # a lone surrogate finds nothing
            try:
                name, number, *own = line.decode().split("\t")[column:]
                entry = (own != ["own"], int(number), name)
            except ValueError as error:
                raise lines.damaged() from error
            if not 0 <= entry[1] < count:
                raise lines.damaged()
            yield entry

    def _fields(self, number: int) -> list[str]:
        places = self._file("places.tsv")
        try:
            fields = places.line(number).decode().split("\t")
        except UnicodeDecodeError as error:
            raise places.damaged() from error
        if len(fields) != len(COLUMNS) or fields[0] != str(number):
            raise places.damaged()
        return fields

    def _place(self, number: int, matched: str) -> Place:
        _, name, kind, code, country, admin1, latitude, longitude, population, identity, feature = self._fields(number)
        try:
            return Place(
                name=name,
                matched=matched,
                kind=kind,
                country_code=code,
                country=country,
                admin1=admin1,
                latitude=float(latitude) if latitude else None,
                longitude=float(longitude) if longitude else None,
                population=int(population or 0),
                geonames_id=identity,
                feature_class=feature,
            )
        except ValueError as error:
            raise self._file("places.tsv").damaged() from error
