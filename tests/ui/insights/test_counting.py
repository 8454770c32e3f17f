from __future__ import annotations

import pytest

from annotator.analysis.result import Level
from annotator.operations.agreement import compared, measures_of
from annotator.ui.insights.counting import NotWantedError, Question, by_key, count, count_alone, lone_article

from .conftest import ARTICLE, A, B, Study

ALL = Question((A, B), only_done=False)


def ignore(_done: int, _total: int) -> None:
    """Nobody looks at the progress."""


def test_two_are_needed() -> None:
    assert not Question((A,)).askable
    assert ALL.askable


def test_the_numbers_are_those_of_the_command_line(study: Study) -> None:
    steps: list[tuple[int, int]] = []
    answer = count(study.project, ALL, lambda done, total: steps.append((done, total)), lambda: False)
    loaded = compared(study.project.read, ("Anna", "Ben"), only_done=False)
    assert answer.loaded == loaded
    assert answer.measures == measures_of(loaded)
    assert [record.title for record in answer.loaded.records] == [record.title for record in loaded.records]
    assert len(answer.articles) == 2
    assert steps[0][0] > 0
    assert steps[-1][0] == steps[-1][1]


def test_one_tag(study: Study) -> None:
    location = study.project.cache.codebook.tag_named("location")
    assert location is not None
    answer = count(study.project, Question((A, B), only_done=False, tag=location.uid), ignore, lambda: False)
    assert {one.tag for one in answer.measures} == {"location"}
    assert set(answer.confusions[0, 1].cells) == {(location.uid, location.uid), (None, location.uid)}


def test_counting_stops_when_it_is_not_wanted(study: Study) -> None:
    with pytest.raises(NotWantedError):
        count(study.project, ALL, ignore, lambda: True)
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    with pytest.raises(NotWantedError):
        count(study.project, ALL, ignore, stopped)


def test_an_article_alone_has_the_same_numbers_fast_and_slow(study: Study) -> None:
    content = study.state.content
    assert content is not None
    loaded = lone_article(study.project, content, ALL)
    fast, slow = count_alone(loaded, with_gamma=False), count_alone(loaded, with_gamma=True)
    assert fast.article == slow.article == ARTICLE
    assert (fast.waiting, slow.waiting) == (True, False)
    gamma = {key for key in slow.measures if key[3] == "gamma"}
    assert (Level.SPAN, None, None, "gamma") in gamma
    assert {key: one for key, one in slow.measures.items() if key not in gamma} == fast.measures
    assert fast.measures == by_key(measures_of(loaded, with_gamma=False, replicates=0))
    assert fast.one.share > 0
