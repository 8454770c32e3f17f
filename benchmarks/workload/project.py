"""Whole project files: articles, two annotators' work and entities, written in bulk but as the program writes them.

Every row is made by the program's own record types and codecs, so that ``annotator check`` finds the files sound; only
the history has no row for each record, for nobody made these by hand. What a colleague tags in a copy is in its own.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, Annotator, Link
from annotator.model.article import Article, ArticleWork, Status, text_hash
from annotator.model.changes import KINDS, Change, Kind, Record
from annotator.model.codebook import Codebook
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span, fragment
from annotator.project.opening import create_project, open_project, own_set, work_as
from annotator.storage import counts, records, search
from benchmarks.workload import names
from benchmarks.workload.prose import Paragraph, paragraphs

ANNA = Annotator("01900000-0000-7000-8000-0000000000a1", "Anna")
BEN = Annotator("01900000-0000-7000-8000-0000000000b1", "Ben")
PARAGRAPHS = 12
"""An article has about 800 words then, and about 25 marks."""
_TIME = "2025-03-01T09:00:00Z"
_SOURCES = ("Harbour Post", "Valley Courier", "Evening Ledger", "Northern Echo Weekly", "City Dispatch")
_BATCH = 500
Made = tuple[Article, str, list[tuple[int, Paragraph]]]
"""An article, its text, and its paragraphs with the places where they begin."""


@dataclass(frozen=True)
class Size:
    """How large a project is: articles, annotations of each annotator on one, entities; ``done`` by both."""

    articles: int
    marks: int = 25
    entities: int = 0
    done: bool = True

    @property
    def named(self) -> int:
        """How many entities there are: half as many as articles unless said otherwise, never under 50."""
        return self.entities or max(50, self.articles // 2)


@dataclass(frozen=True)
class Person:
    """An annotator with their set's uid, and a number that parts their uids from the other's."""

    who: Annotator
    set_uid: str
    number: int


def uid(kind: int, number: int) -> str:
    """Return the key that the nth record of a kind has in every run: a UUIDv7 whose time is its number."""
    time = f"{0x018F00000000 + number:012x}"
    return f"{time[:8]}-{time[8:]}-7{kind:03x}-8000-{number:012x}"


def make(path: Path, size: Size, people: Sequence[Annotator] = (ANNA, BEN)) -> None:
    """Write a project file of a size; ``people`` have annotated in it, the first is at work."""
    project = create_project(path, shipped_codebook("news"), name="Benchmark")
    try:
        workers = []
        for _number, who in enumerate((*people[1:], people[0])):
            made = work_as(project, who)
            assert made is not None
            workers.append(Person(who, made.uid, 1 if who == BEN else 0))
        codebook = project.cache.codebook
        assert own_set(project) is not None
    finally:
        project.close()
    with bulk(path) as connection:
        Bulk(connection, codebook, workers).write(size)


def annotate(path: Path, size: Size, who: Annotator) -> None:
    """Let somebody tag all articles of a file that was handed out to them."""
    project = open_project(path)
    try:
        made = work_as(project, who)
        assert made is not None
        codebook = project.cache.codebook
    finally:
        project.close()
    with bulk(path) as connection:
        Bulk(connection, codebook, [Person(who, made.uid, 1)]).tag(size)


def bulk(path: Path) -> sqlite3.Connection:
    """Open a file for writing much at once; whoever is killed meanwhile throws the file away."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -200000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def insert(connection: sqlite3.Connection, kind: Kind, made: Iterable[Record]) -> None:
    """Insert records of a kind."""
    stored = records.table(kind)
    columns = (*stored.columns, *stored.derived)
    quoted, marks = ", ".join(map(records.quoted, columns)), ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {kind} ({quoted}) VALUES ({marks})", ((*stored.encode(r), *stored.derive(r)) for r in made)
    )


class Bulk:
    """Writes a project's articles and annotations, some hundred articles at a time."""

    def __init__(self, connection: sqlite3.Connection, codebook: Codebook, people: Sequence[Person]) -> None:
        self._connection, self._codebook, self._people = connection, codebook, people
        self._tags = {tag.name: tag.uid for tag in codebook.tag_types}
        self._kind_of_quote = self._attribute("quote", "quote_type")
        self._claim_type = self._attribute("claim", "claim_type")

    def _attribute(self, tag: str, name: str) -> str:
        found = self._codebook.attribute_named(self._tags[tag], name)
        assert found is not None
        return found.uid

    def write(self, size: Size) -> None:
        """Write entities, articles, statuses and annotations in one transaction."""
        self._connection.execute("BEGIN")
        insert(self._connection, Kind.ENTITY, entities(size.named))
        for numbers, batch in self._batches(size):
            texts = {one.sha256: text for one, text, _ in batch}
            self._connection.executemany("INSERT INTO text (sha256, body) VALUES (?, ?)", texts.items())
            insert(self._connection, Kind.ARTICLE, (one for one, _, _ in batch))
            changes = [Change(Kind.ARTICLE, one.uid, None, one) for one, _, _ in batch]
            search.Words(changes).learn(self._connection, texts)
            works = [
                self._work(one, person, number, done=size.done)
                for number, (one, _, _) in zip(numbers, batch, strict=True)
                for person in self._people
            ]
            insert(self._connection, Kind.ARTICLE_WORK, works)
            self._tag_batch(numbers, batch, size)
        self._connection.execute("COMMIT")

    def tag(self, size: Size) -> None:
        """Write annotations of articles that are there, and that somebody made them, some hundred articles a step."""
        self._connection.execute("BEGIN")
        for numbers, batch in self._batches(size):
            self._remember(uid(0x50, numbers.start), self._tag_batch(numbers, batch, size))
        self._connection.execute("COMMIT")

    def _remember(self, step: str, made: Iterable[Record]) -> None:
        cursor = self._connection.execute(
            "INSERT INTO change_set (uid, label, origin, annotator, time, merge_key, reverts, state)"
            " VALUES (?, 'Tag', 'user', ?, ?, '', '', 'done')",
            (step, self._people[0].who.uid, _TIME),
        )
        self._connection.executemany(
            "INSERT INTO history (sequence, kind, uid, after) VALUES (?, ?, ?, ?)",
            ((cursor.lastrowid, KINDS[type(r)], r.uid, records.to_json(KINDS[type(r)], r)) for r in made),
        )

    def _batches(self, size: Size) -> Iterator[tuple[range, list[Made]]]:
        pool = paragraphs(2_000)
        self._entities = size.named
        for first in range(0, size.articles, _BATCH):
            numbers = range(first, min(first + _BATCH, size.articles))
            yield numbers, [article(number, pool) for number in numbers]

    def _tag_batch(self, numbers: range, batch: list[Made], size: Size) -> list[Record]:
        annotations: list[Annotation] = []
        links: list[Link] = []
        for number, (one, text, chosen) in zip(numbers, batch, strict=True):
            for person in self._people:
                mine = list(self._annotations(one, text, chosen, person, number, size.marks))
                annotations += mine
                links += self._links(mine, person)
        insert(self._connection, Kind.ANNOTATION, annotations)
        insert(self._connection, Kind.LINK, links)
        changes = [Change(Kind.ANNOTATION, a.uid, None, a) for a in annotations]
        search.Words(changes).learn(self._connection, {})
        counts.keep(self._connection, changes)
        return [*annotations, *links]

    def _work(self, one: Article, person: Person, number: int, *, done: bool) -> ArticleWork:
        status = Status.DONE if done or number % 3 == 0 else Status.IN_PROGRESS if number % 50 == 1 else Status.TODO
        return ArticleWork(uid(0x10 + person.number, number), one.uid, person.who.uid, status)

    def _annotations(
        self, one: Article, text: str, chosen: list[tuple[int, Paragraph]], person: Person, number: int, marks: int
    ) -> Iterator[Annotation]:
        """Tag what is marked; Ben leaves every ninth out and marks every fifth a word shorter."""
        at = 0
        for base, paragraph in chosen:
            for mark in paragraph.marks:
                at += 1
                if at > marks + marks // 3:
                    return
                if person.number and (at + number) % 9 == 0:
                    continue
                span = Span(base + mark.start, base + mark.stop)
                if person.number and (at + number) % 5 == 0 and " " in span.of(text):
                    span = Span(span.start, span.start + span.of(text).rindex(" "))
                yield self._annotation(one, text, span, mark.tag, mark.about, person, (number << 7) + at)

    def _annotation(
        self, one: Article, text: str, span: Span, tag: str, about: int, person: Person, number: int
    ) -> Annotation:
        values = {"quote": ((self._kind_of_quote, "indirect" if about % 2 else "direct"),),
                  "claim": ((self._claim_type, "quantity" if about % 3 else "event"),)}.get(tag, ())  # fmt: skip
        entity = uid(0x30, about % self._entities) if tag in ("speaker", "location") else None
        note = "To be looked at again: who says so?" if about % 60 == 0 else ""
        return Annotation(
            uid(0x20 + person.number, number), one.uid, self._tags[tag], person.set_uid, (fragment(text, span),),
            person.who.uid, entity, values, note, created=_TIME, modified=_TIME,
        )  # fmt: skip

    def _links(self, mine: list[Annotation], person: Person) -> Iterator[Link]:
        """Lead every quote to the speaker that stands nearest."""
        speakers = [a for a in mine if a.tag_type == self._tags["speaker"]]
        for quote in (a for a in mine if a.tag_type == self._tags["quote"]):
            nearest = min(speakers, key=lambda a: abs(a.start - quote.start), default=None)
            if nearest is not None:
                key = uid(0x40 + person.number, int(quote.uid[-12:], 16))
                yield Link(key, quote.article, quote.uid, nearest.uid, "speaker", person.who.uid)


def article(number: int, pool: list[Paragraph]) -> Made:
    """Return the nth article, its text, and its paragraphs with the places where they begin."""
    chance = random.Random(number)
    head = f"{names.place(number)}, report {number}. {names.person(number)} has followed the matter from its beginning."
    parts, at, chosen = [head], len(head) + 2, []
    for paragraph in chance.sample(pool, PARAGRAPHS):
        chosen.append((at, paragraph))
        parts.append(paragraph.text)
        at += len(paragraph.text) + 2
    text = "\n\n".join(parts)
    words = len(head.replace(".", " ").replace(",", " ").split()) + sum(p.words for _, p in chosen)
    title = f"{names.place(number)}: {names.body(number % 499)} under pressure"
    day = f"20{15 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
    made = Article(
        uid(0x00, number), title, text_hash(text), len(text), words, _SOURCES[number % len(_SOURCES)],
        names.person(number % 97), day, f"https://news.example/{number}", "en", imported=_TIME,
    )  # fmt: skip
    return made, text, chosen


def entities(count: int) -> Iterator[Entity]:
    """Yield so many entities: places, people and bodies by turns."""
    for number in range(count):
        key = uid(0x30, number)
        if number % 3 == 0:
            yield Entity(key, EntityKind.PLACE, names.place(number), country="XX", gazetteer="manual")
        elif number % 3 == 1:
            yield Entity(
                key, EntityKind.NAMED_PERSON, names.person(number), (names.word(number * 7),), names.role(number)
            )
        else:
            yield Entity(key, EntityKind.ORGANISATION, names.body(number))
