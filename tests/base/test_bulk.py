from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from annotator.base.bulk import without_collections


@pytest.fixture
def collecting() -> Iterator[None]:
    """Python's own collecting, which is off in the tests as it is in the window."""
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("collecting")
def test_the_collector_is_off_within_and_on_again_behind() -> None:
    with without_collections():
        assert not gc.isenabled()
        with without_collections():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_what_was_made_within_is_not_gone_through_right_behind() -> None:
    with without_collections():
        made = [[number] for number in range(50_000)]
    assert gc.get_count()[0] < 1000 < len(made)
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert not young.intersection(map(id, made))
    seen = weakref.ref(_InACircle())
    assert seen() is not None
    gc.collect()
    assert seen() is None, "circles made outside are still collected"


class _InACircle:
    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("collecting")
def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(KeyError), without_collections():
        raise KeyError
    assert gc.isenabled()


@pytest.mark.parametrize("nested", [False, True])
def test_it_stays_off_for_who_has_switched_it_off(nested: bool) -> None:
    assert not gc.isenabled()
    first, second = without_collections(), without_collections()
    first.__enter__()
    if nested:
        second.__enter__()
    first.__exit__(None, None, None)
    if nested:
        second.__exit__(None, None, None)
    assert not gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_the_last_of_several_threads_switches_it_on() -> None:
    first, second = without_collections(), without_collections()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()
