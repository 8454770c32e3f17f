"""What is read ahead is what would be read, or nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from support import projects

from annotator.base.errors import BusyError
from annotator.model.article import Status
from annotator.model.content import ArticleFilter, Order
from annotator.operations import articles
from annotator.project import project as project_module
from annotator.project.ahead import Ahead
from annotator.project.listings import Listings
from annotator.project.project import Project
from annotator.storage.connection import BUSY_SECONDS
from annotator.storage.reader import Reader


@pytest.fixture
def begun(project: Project) -> Project:
    """A project with three articles, one done and one begun."""
    made = [projects.add(project, f"Text {number}.", f"Title {number}") for number in range(3)]
    articles.set_status(project, made[0].uid, Status.DONE)
    articles.set_status(project, made[2].uid, Status.IN_PROGRESS)
    return project


def listed(listings: Listings, annotator: str) -> tuple[list[str], bytes]:
    listing = listings.listing(annotator, ArticleFilter())
    return listing.uids, bytes(listing.statuses)


def asked(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have what the project's own connection is asked for noted from now on."""
    said: list[str] = []
    for name in ("ordered", "begun"):
        usual = getattr(project.read, name)
        monkeypatch.setattr(project.read, name, lambda *a, n=name, f=usual, **k: (said.append(n), f(*a, **k))[1])
    return said


def test_the_list_takes_it_over_and_asks_for_nothing(begun: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = listed(Listings(begun.read), begun.annotator.uid)
    said = asked(begun, monkeypatch)
    listings = Listings(begun.read)
    listings.expect(Ahead(begun.worker_reader, begun.annotator.uid))
    assert listings.count_done(begun.annotator.uid) == 1
    assert listed(listings, begun.annotator.uid) == expected
    assert said == []


def test_another_order_and_another_person_are_read(begun: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    said = asked(begun, monkeypatch)
    listings = Listings(begun.read)
    listings.expect(Ahead(begun.worker_reader, begun.annotator.uid))
    found = listings.listing(projects.BEN.uid, ArticleFilter(), Order.IMPORTED, descending=True)
    assert (found.uids, set(found.statuses)) == (listed(Listings(begun.read), begun.annotator.uid)[0][::-1], {0})
    assert said[:2] == ["ordered", "begun"]


def test_after_a_step_it_counts_no_longer(begun: Project) -> None:
    ahead = Ahead(begun.worker_reader, begun.annotator.uid)
    ahead.end()
    uids, _ = listed(Listings(begun.read), begun.annotator.uid)
    articles.set_status(begun, uids[1], Status.DONE)
    assert ahead.found(begun.read.last_sequence()) is None
    listings = Listings(begun.read)
    listings.expect(ahead)
    assert listings.count_done(begun.annotator.uid) == 2


def test_what_cannot_be_read_is_read_by_whoever_needs_it(begun: Project) -> None:
    @contextmanager
    def busy() -> Iterator[Reader]:
        raise BusyError("in use")
        yield begun.read

    listings = Listings(begun.read)
    listings.expect(Ahead(busy, begun.annotator.uid))
    assert listed(listings, begun.annotator.uid) == listed(Listings(begun.read), begun.annotator.uid)


def test_a_step_between_its_two_readings_makes_it_nothing(begun: Project) -> None:
    class Moving:
        def __init__(self) -> None:
            self._sequences = iter((1, 2))

        def last_sequence(self) -> int:
            return next(self._sequences)

        def __getattr__(self, name: str) -> object:
            return getattr(begun.read, name)

    @contextmanager
    def reader() -> Iterator[Reader]:
        yield Moving()  # type: ignore[misc]

    ahead = Ahead(reader, begun.annotator.uid)
    assert (ahead.found(1), ahead.found(2)) == (None, None)


def test_only_a_large_project_reads_ahead_and_closing_waits_for_it(
    begun: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun.read_ahead(begun.annotator.uid)
    assert [one.name for one in threading.enumerate() if one.name == "annotator-ahead"] == []
    monkeypatch.setattr(project_module, "AHEAD", 0)
    begun.read_ahead(begun.annotator.uid)
    path = begun.path
    begun.close()
    assert [one.name for one in threading.enumerate() if one.name == "annotator-ahead"] == []
    path.rename(path.with_suffix(".moved"))  # nobody holds it, which Windows would not allow


def test_what_changed_from_outside_is_read_anew(begun: Project) -> None:
    listings = begun.cache.listings
    listings.expect(Ahead(begun.worker_reader, begun.annotator.uid))
    listings.clear()
    assert listed(listings, begun.annotator.uid) == listed(Listings(begun.read), begun.annotator.uid)


def test_a_commit_waits_for_it_however_slow_the_disk_is(begun: Project) -> None:
    reading = threading.Event()

    @contextmanager
    def slow() -> Iterator[Reader]:
        with begun.worker_reader() as read:
            read._connection.execute("BEGIN")
            read.last_sequence()  # from now on nobody can commit
            reading.set()
            time.sleep(3 * BUSY_SECONDS)
            read._connection.execute("COMMIT")
            yield read

    begun.cache.listings.expect(Ahead(slow, begun.annotator.uid))
    assert reading.wait(10)
    article = next(iter(listed(Listings(begun.read), begun.annotator.uid)[0]))
    articles.set_status(begun, article, Status.IN_PROGRESS)
    assert begun.cache.listings.count_done(begun.annotator.uid) == 0
