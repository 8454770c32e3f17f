from __future__ import annotations

from time import perf_counter

from msgspec.structs import replace
from pytest import MonkeyPatch
from support.projects import add, tag
from support.two_annotators import CAROL, of

from annotator.analysis.result import Level
from annotator.model.annotation import Annotation, Link
from annotator.model.review import Decision
from annotator.model.span import Span, fragments
from annotator.operations import adjudicating, reviewing
from annotator.project.opening import work_as
from annotator.ui.insights.counting import Question, count_alone, lone_article
from annotator.ui.insights.inquiry import Inquiry

from .conftest import ARTICLE, A, B, Study, done_by_both

F1 = (Level.SPAN, None, None, "f1_exact")
GAMMA = (Level.SPAN, None, None, "gamma")


def test_those_who_have_worked_are_compared_at_first(study: Study) -> None:
    assert not study.inquiry.question.askable  # nobody looks yet
    study.inquiry.watch(watched=True)
    assert study.inquiry.question == Question((A, B))
    assert study.inquiry.counting
    study.wait()
    answer = study.inquiry.answer
    assert answer is not None
    assert (len(answer.articles), answer.loaded.left_out) == (0, 2)


def test_what_is_counted_follows_what_is_changed(counted: Study) -> None:
    inquiry = counted.inquiry
    before = inquiry.measures[F1].value
    work_as(counted.project, next(one for one in counted.project.read.annotators() if one.name == "Anna"))
    tag(counted.project, counted.second, "location", "Berlin")
    assert inquiry.counting
    assert inquiry.measures[F1].value == before  # the old number, until there is another
    counted.wait()
    after = inquiry.measures[F1].value
    assert before is not None
    assert after is not None
    assert after > before


def test_a_verdict_alone_changes_no_number(counted: Study) -> None:
    content = counted.state.content
    assert content is not None
    reviewing.judge(counted.project, content, of(counted.project, "Q1"), Decision.REJECTED, "boundary")
    assert not counted.inquiry.counting


def test_the_open_article_is_right_before_anything_else_happens(counted: Study) -> None:
    inquiry, project = counted.inquiry, counted.project
    content = counted.state.content
    assert content is not None
    difference = adjudicating.comparison(content, A, B).differences[0]
    adjudicating.take_first(project, content, difference)
    counted.wait()
    final = next(one.uid for one in inquiry.offered if one.uid not in (A, B))
    inquiry.choose(Question((A, final), only_done=False))
    counted.wait()
    assert inquiry.here is not None
    before = inquiry.here.measures[F1].value
    second = next(d for d in adjudicating.comparison(content, A, B).differences if d.a is not None and d.b is None)
    adjudicating.take_first(project, content, second)
    assert inquiry.here.waiting  # gamma takes longer
    assert GAMMA not in inquiry.here.measures
    now = inquiry.here.measures[F1].value
    assert before is not None
    assert now is not None
    assert now > before
    counted.wait()
    assert not inquiry.here.waiting
    assert inquiry.here.measures[GAMMA].value is not None
    assert inquiry.here.measures[F1].value == now


def test_of_an_article_with_very_many_annotations_a_worker_counts(counted: Study, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.ui.insights.inquiry.MANY", 0)
    inquiry, before = counted.inquiry, counted.inquiry.here
    assert before is not None
    work_as(counted.project, next(one for one in counted.project.read.annotators() if one.name == "Anna"))
    content = counted.state.content
    assert content is not None
    tag(counted.project, content.article, "location", content.text.split()[0])
    assert inquiry.here is before
    counted.wait()
    assert inquiry.here is not None and not inquiry.here.waiting
    assert inquiry.here.measures[F1].value != before.measures[F1].value
    counted.state.open_article(counted.second.uid)
    assert inquiry.here is None
    counted.wait()
    assert inquiry.here is not None and inquiry.here.article == counted.second.uid


def test_another_article_brings_its_own_numbers(counted: Study) -> None:
    here = counted.inquiry.here
    assert here is not None
    assert here.article == ARTICLE
    counted.state.open_article(counted.second.uid)
    here = counted.inquiry.here
    assert here is not None
    assert here.article == counted.second.uid
    counted.state.close_article()
    assert counted.inquiry.here is None


def test_nothing_is_counted_while_nobody_looks(counted: Study) -> None:
    inquiry = counted.inquiry
    inquiry.watch(watched=False)
    before = inquiry.answer
    add(counted.project, "Rome.\n", "Rome")
    counted.qtbot.wait(400)
    assert inquiry.answer is before
    inquiry.watch(watched=True)
    counted.wait()
    assert inquiry.answer is not None
    assert len(inquiry.answer.articles) == 3


def test_other_sets_are_not_answered_with_the_numbers_of_those_before(counted: Study) -> None:
    counted.inquiry.choose(replace(counted.inquiry.question, sets=(A,)))
    assert counted.inquiry.answer is None
    assert counted.inquiry.measures == {}
    assert counted.inquiry.here is None
    assert not counted.inquiry.counting


def test_one_tag_shows_its_numbers_at_once(counted: Study) -> None:
    location = counted.project.cache.codebook.tag_named("location")
    assert location is not None
    counted.inquiry.choose(replace(counted.inquiry.question, tag=location.uid))
    assert counted.inquiry.counting
    assert {key[1] for key in counted.inquiry.measures} == {"location"}
    before = dict(counted.inquiry.measures)
    counted.wait()
    assert counted.inquiry.measures == before


def test_done_by_all_leaves_out_what_is_not(counted: Study) -> None:
    done_by_both(counted, ARTICLE)
    counted.inquiry.choose(replace(counted.inquiry.question, only_done=True))
    counted.wait()
    answer = counted.inquiry.answer
    assert answer is not None
    assert [record.uid for record in answer.loaded.records] == [ARTICLE]
    assert answer.loaded.left_out == 1


def test_a_closed_project_is_forgotten(counted: Study) -> None:
    counted.state.set_project(None)
    assert counted.inquiry.answer is None
    assert counted.inquiry.offered == []
    assert not counted.inquiry.question.askable


def test_who_comes_to_work_is_compared_too_until_somebody_has_chosen(study: Study) -> None:
    study.inquiry.watch(watched=True)
    study.wait()
    tag(study.project, study.second, "speaker", "Schmidt")
    study.wait()
    carols = study.inquiry.question.sets
    assert len(carols) == 3
    assert CAROL.uid == study.project.annotator.uid
    study.inquiry.choose(Question((A, B), only_done=False))
    tag(study.project, study.second, "location", "Berlin")
    study.wait()
    assert study.inquiry.question.sets == (A, B)


def test_an_inquiry_without_a_project_asks_nothing(study: Study) -> None:
    other = Inquiry(type(study.state)())
    other.watch(watched=True)
    assert other.offered == []
    assert not other.counting


def test_an_article_of_ordinary_size_is_counted_within_the_blink_of_an_eye(study: Study) -> None:
    """The passage fifteen times over: 5,760 characters, 255 annotations by each of two."""
    content = study.state.content
    assert content is not None
    length, made = len(content.text), {}
    for time in range(15):
        for uid, one in content.annotations.items():
            spans = [Span(span.start + time * length, span.stop + time * length) for span in one.spans]
            again = f"{uid}-{time}"
            made[again] = replace(one, uid=again, fragments=fragments(content.text * 15, spans))
    large = replace(content, text=content.text * 15, annotations=made, links={})
    question = Question((A, B), only_done=False)
    took = []
    for _ in range(5):
        start = perf_counter()
        found = count_alone(lone_article(study.project, large, question), with_gamma=False)
        took.append(perf_counter() - start)
    assert found.measures[F1].n == 2 * 255
    assert min(took) < 0.1, took


def test_a_set_that_goes_is_compared_no_more(counted: Study) -> None:
    project, inquiry = counted.project, counted.inquiry
    bens = {one.uid for one in project.read.all(Annotation) if one.annotation_set == B}
    with project.edit("Take Ben’s work out") as edit:
        for link in list(project.read.all(Link)):
            if link.from_annotation in bens:
                edit.remove(link)
        for one in list(project.read.all(Annotation)):
            if one.uid in bens:
                edit.remove(one)
        edit.remove(next(one for one in project.read.sets() if one.uid == B))
    assert inquiry.here is None  # there is nobody to compare the open article with
    counted.wait()
    assert inquiry.question.sets == (A,)
    assert inquiry.answer is None
    assert inquiry.problem == ""
