from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from support import colleagues, model, projects
from support.colleagues import BEN, CARLA, at_work, bring, nothing_left, out, records
from support.older import older_copy

from annotator.base.errors import DamagedError, RuleError, StaleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link, SetKind
from annotator.model.article import Article, ArticleWork, Status, normalised
from annotator.model.changes import Kind
from annotator.model.codebook import Attribute, AttributeKind, LinkRule, TagType
from annotator.model.entity import Entity, EntityKind
from annotator.model.hand_out import HandOut
from annotator.model.merge_plan import Fate, Reason, Side
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span
from annotator.operations import articles, entities, linking, people, tagging
from annotator.operations.bringing_in import apply, prepare, prepare_apart
from annotator.project.project import Project


def again(project: Project, uid: str) -> Annotation:
    found = project.read.get(Annotation, uid)
    assert found is not None
    return found


def reasons(project: Project, path: object) -> list[tuple[Kind, Reason]]:
    return [(one.kind, one.reason) for one in prepare(project, path).conflicts]  # type: ignore[arg-type]


def test_a_file_of_an_older_version_comes_in_and_stays_as_it_is(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        projects.tag(copy, article, "speaker", "Peskov")
    for version in (3, 4, 5):
        older = older_copy(path, version, path.with_name(f"older{version}.annot"))
        before = older.read_bytes()
        assert prepare(project, older).articles[0].counts[Fate.NEW] == 1
        assert older.read_bytes() == before
        older.write_bytes(before[: len(before) // 2])
        with pytest.raises(DamagedError, match=older.name):
            prepare(project, older)
    bring(project, older_copy(path, 4, path.with_name("older.annot")))
    assert [one.text for one in project.read.all(Annotation)] == ["Peskov"]
    assert not list(path.parent.glob("*before-schema*"))


def test_what_was_tagged_comes_in_as_one_step_that_can_be_undone(project: Project, article: Article) -> None:
    mine = projects.tag(project, article, "cue", "told")
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "“The talks go on,”")
        speaker = projects.tag(copy, article, "speaker", "Peskov")
        entity = entities.create_for(copy, speaker, "Dmitry Peskov", EntityKind.NAMED_PERSON)
        link = colleagues.link(copy, quote, speaker)
        articles.set_status(copy, article.uid, Status.DONE)
        articles.set_memo(copy, article.uid, "hard")
        theirs = records(copy)
    before = model.stored(project)
    plan = prepare(project, path)
    assert (plan.who, plan.three_way, plan.label) == (BEN, True, "Bring in Ben’s work")
    (one,) = plan.articles
    assert (one.uid, one.title, one.matched_by_text, one.conflict) == (article.uid, "Talks", False, None)
    assert one.counts == {Fate.NEW: 3, Fate.CHANGED: 1, Fate.IDENTICAL: 3}
    assert model.stored(project) == before
    summary = bring(project, path)
    assert summary.changed_anything
    assert summary.counts == {
        (Kind.ANNOTATION, Fate.NEW): 2, (Kind.LINK, Fate.NEW): 1, (Kind.ENTITY, Fate.NEW): 1,
        (Kind.ARTICLE_WORK, Fate.CHANGED): 1,
    }  # fmt: skip
    after = model.stored(project)
    assert records(project) == theirs
    assert {quote.uid, entity.uid, link.uid, mine.uid} <= after.keys()
    assert project.undo().label == "Bring in Ben’s work"
    assert model.stored(project) == before
    project.redo()
    assert model.stored(project) == after
    assert nothing_left(project, path)


def test_changes_and_removals_come_in_and_mine_stay(project: Project, add_article: Callable[..., Article]) -> None:
    article, other = add_article(), add_article("Another text.", "Other")
    path = out(project)
    with at_work(path) as copy:
        first = projects.tag(copy, article, "quote", "Moscow")
        second = projects.tag(copy, article, "speaker", "Peskov")
        colleagues.link(copy, first, second)
    bring(project, path)
    articles.describe(project, other, replace(other, title="Renamed"))
    late = projects.tag(project, article, "quote", "reporters")
    with at_work(path) as copy:
        tagging.set_note(copy, again(copy, first.uid), "sure")
        tagging.remove(copy, [again(copy, second.uid)])
    summary = bring(project, path)
    assert dict(summary.counts) == {
        (Kind.ANNOTATION, Fate.CHANGED): 1, (Kind.ANNOTATION, Fate.REMOVED): 1, (Kind.LINK, Fate.REMOVED): 1,
    }  # fmt: skip
    assert again(project, first.uid).note == "sure"
    assert not list(project.read.all(Link))
    assert again(project, late.uid) == late
    assert project.read.get(Article, other.uid) == replace(other, title="Renamed")


def test_the_same_annotation_changed_on_both_sides_is_decided_by_a_person(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        made = projects.tag(copy, article, "quote", "Moscow")
    bring(project, path)
    with project.edit("Correct") as edit:  # as merging entities or retyping does
        mine = replace(again(project, made.uid), note="mine")
        edit.replace(again(project, made.uid), mine)
    with at_work(path) as copy:
        tagging.set_note(copy, again(copy, made.uid), "theirs")
        theirs = again(copy, made.uid)
        more = projects.tag(copy, article, "cue", "told")
    plan = prepare(project, path)
    (conflict,) = plan.conflicts
    assert (conflict.kind, conflict.uid, conflict.article) == (Kind.ANNOTATION, made.uid, article.uid)
    assert (conflict.mine, conflict.theirs, conflict.reason) == (mine, theirs, Reason.BOTH_CHANGED)
    before = model.stored(project)
    with pytest.raises(RuleError, match=f"decide first what becomes of annotation {made.uid}"):
        apply(project, plan)
    assert model.stored(project) == before
    apply(project, plan, {conflict.key: Side.MINE})
    assert again(project, made.uid) == mine
    assert again(project, more.uid) == more
    assert nothing_left(project, path)
    project.undo()
    apply(project, prepare(project, path), {conflict.key: Side.THEIRS})
    assert again(project, made.uid) == theirs
    assert nothing_left(project, path)


def test_what_was_removed_here_and_changed_there(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
        speaker = projects.tag(copy, article, "speaker", "Peskov")
        colleagues.link(copy, quote, speaker)
    bring(project, path)
    projects.work_as(project, BEN)
    tagging.remove(project, [again(project, quote.uid)])
    projects.work_as(project, projects.ANNA)
    assert nothing_left(project, path)
    with at_work(path) as copy:
        tagging.set_note(copy, again(copy, quote.uid), "still")
    plan = prepare(project, path)
    assert [(c.kind, c.uid, c.mine, c.reason) for c in plan.conflicts] == [
        (Kind.ANNOTATION, quote.uid, None, Reason.REMOVED_HERE)
    ]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert project.read.get(Annotation, quote.uid) is None
    assert nothing_left(project, path)


def test_it_comes_back_with_what_hung_on_it(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
        speaker = projects.tag(copy, article, "speaker", "Peskov")
        link = colleagues.link(copy, quote, speaker)
    bring(project, path)
    projects.work_as(project, BEN)
    tagging.remove(project, [again(project, quote.uid)])
    projects.work_as(project, projects.ANNA)
    with at_work(path) as copy:
        tagging.set_note(copy, again(copy, quote.uid), "still")
        theirs = again(copy, quote.uid)
    plan = prepare(project, path)
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert again(project, quote.uid) == theirs
    assert project.read.get(Link, link.uid) == link
    assert nothing_left(project, path)


def test_what_was_removed_there_and_judged_here(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
    bring(project, path)
    said = Verdict(uuid7(), article.uid, quote.uid, projects.ANNA.uid, Decision.REJECTED, reason="no quote")
    with project.edit("Reject") as edit:
        edit.add(said)
    with at_work(path) as copy:
        tagging.remove(copy, [again(copy, quote.uid)])
    plan = prepare(project, path)
    assert [(c.uid, c.theirs, c.reason) for c in plan.conflicts] == [(quote.uid, None, Reason.STILL_USED)]
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert project.read.get(Annotation, quote.uid) is None and project.read.get(Verdict, said.uid) is None
    assert nothing_left(project, path)
    project.undo()
    apply(project, prepare(project, path), plan.all_decided(Side.MINE))
    assert again(project, quote.uid) == quote
    assert project.read.get(Verdict, said.uid) == said
    assert nothing_left(project, path)


def test_several_that_need_the_same_are_one_thing_to_decide(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
    bring(project, path)
    with project.edit("Reject") as edit:
        for comment in ("one", "two"):
            edit.add(Verdict(uuid7(), article.uid, quote.uid, projects.ANNA.uid, Decision.COMMENT, comment=comment))
    with at_work(path) as copy:
        tagging.remove(copy, [again(copy, quote.uid)])
        frame = TagType(uuid7(), "frame", "Frame", "#123456")
        with copy.edit("Edit codebook") as edit:
            edit.add(frame)
        shown = projects.content(copy, article)
        for at in (0, 9):
            tagging.tag(copy, shown, frame.uid, [Span(at, at + 3)])
    plan = prepare(project, path)
    assert [one.uid for one in plan.conflicts] == [frame.uid, quote.uid]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert colleagues.annotations(project) == ["Moscow"]
    project.undo()
    apply(project, prepare(project, path), plan.all_decided(Side.THEIRS))
    assert len(list(project.read.all(Annotation))) == 2
    assert not list(project.read.all(Verdict))
    assert nothing_left(project, path)


def test_removed_there_and_changed_here(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
    bring(project, path)
    with project.edit("Correct") as edit:
        edit.replace(quote, replace(quote, note="mine"))
    with at_work(path) as copy:
        tagging.remove(copy, [again(copy, quote.uid)])
    plan = prepare(project, path)
    assert [one.reason for one in plan.conflicts] == [Reason.REMOVED_THERE]
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert project.read.get(Annotation, quote.uid) is None
    assert nothing_left(project, path)


def test_verdicts_go_out_and_answers_come_back(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
    bring(project, path)
    said = Verdict(uuid7(), article.uid, quote.uid, projects.ANNA.uid, Decision.COMMENT, comment="why?")
    with project.edit("Comment") as edit:
        edit.add(said)
    back = out(project, "back.annot")
    with at_work(back) as copy:
        answer = Verdict(uuid7(), article.uid, quote.uid, BEN.uid, Decision.REPLY, comment="so", reply_to=said.uid)
        assert copy.read.get(Verdict, said.uid) == said
        with copy.edit("Answer") as edit:
            edit.add(answer)
    bring(project, back)
    assert project.read.get(Verdict, answer.uid) == answer
    # The colleague can bring the lead's file in too.
    with at_work(path) as copy:
        bring(copy, project.path)
        assert copy.read.get(Verdict, answer.uid) == answer


def test_an_answer_to_what_was_removed_here_comes_in_without_it(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        quote = projects.tag(copy, article, "quote", "Moscow")
    bring(project, path)
    said = Verdict(uuid7(), article.uid, quote.uid, projects.ANNA.uid, Decision.COMMENT, comment="why?")
    with project.edit("Comment") as edit:
        edit.add(said)
    path = out(project, "back.annot")
    with at_work(path) as copy, copy.edit("Answer") as edit:
        answer = Verdict(uuid7(), article.uid, quote.uid, BEN.uid, Decision.REPLY, comment="so", reply_to=said.uid)
        edit.add(answer)
    with project.edit("Take the comment away") as edit:
        edit.remove(said)
    plan = prepare(project, path)
    assert [(one.uid, one.reason) for one in plan.conflicts] == [(said.uid, Reason.REMOVED_HERE)]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert project.read.get(Verdict, answer.uid) == replace(answer, reply_to=None)
    assert nothing_left(project, path)
    project.undo()
    apply(project, prepare(project, path), plan.all_decided(Side.THEIRS))
    assert project.read.get(Verdict, answer.uid) == answer and project.read.get(Verdict, said.uid) == said


def test_three_people(project: Project, article: Article) -> None:
    ben, carla = out(project, blind=True), out(project, "carla.annot", CARLA, blind=True)
    mine = projects.tag(project, article, "quote", "Berlin")
    with at_work(ben) as copy:
        projects.tag(copy, article, "quote", "Moscow")
    with at_work(carla, CARLA) as copy:
        projects.tag(copy, article, "quote", "Moscow")
        projects.tag(copy, article, "cue", "told")
    bring(project, carla)
    bring(project, ben)
    assert colleagues.annotations(project) == ["Berlin", "Moscow", "Moscow", "told"]
    assert again(project, mine.uid) == mine
    assert {s.name for s in project.cache.sets.values()} == {"Anna", "Ben", "Carla"}
    assert nothing_left(project, carla)


# -- entities -------------------------------------------------------------------------------------------------


def test_entities_of_the_same_name_are_listed_and_joined_only_when_asked(project: Project, article: Article) -> None:
    mine = entities.create(project, "Moscow", EntityKind.PLACE)
    path = out(project, blind=True)
    with at_work(path) as copy:
        tagged = projects.tag(copy, article, "location", "Moscow")
        theirs = entities.create_for(copy, tagged, "Moscow", EntityKind.PLACE)
        other = entities.create(copy, "Moscow", EntityKind.ORGANISATION)
    plan = prepare(project, path)
    assert plan.merge.same_names == ((theirs, mine),)
    bring(project, path)
    assert {one.uid for one in project.read.all(Entity)} == {mine.uid, theirs.uid, other.uid}
    project.undo()
    bring(project, path, merge_same_names=True)
    assert {one.uid for one in project.read.all(Entity)} == {mine.uid, other.uid}
    assert again(project, tagged.uid).entity == mine.uid


def test_entities_of_the_same_name_can_be_joined_one_by_one(project: Project, article: Article) -> None:
    for name in ("Moscow", "Berlin"):
        entities.create(project, name, EntityKind.PLACE)
    path = out(project, blind=True)
    with at_work(path) as copy:
        theirs = {name: entities.create(copy, name, EntityKind.PLACE) for name in ("Moscow", "Berlin")}
    plan = prepare(project, path).joining(frozenset({theirs["Berlin"].uid}))
    assert {one.uid for one in plan.merge.changes} == {theirs["Moscow"].uid}
    assert len(plan.merge.same_names) == 2
    apply(project, plan)
    assert sorted(one.name for one in project.read.all(Entity)) == ["Berlin", "Moscow", "Moscow"]


def test_a_worker_prepares_and_settles_what_the_window_applies(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        made = projects.tag(copy, article, "quote", "Moscow")
    plan = prepare_apart(project.path, path)
    assert plan.merge.changes == prepare(project, path).merge.changes
    apply(project, plan, {}, merged=plan.decided({}))
    assert again(project, made.uid) == made
    assert nothing_left(project, path)


def test_an_entity_removed_there_that_is_borne_here(project: Project, article: Article) -> None:
    entity = entities.create(project, "Moscow", EntityKind.PLACE)
    path = out(project)
    tagged = projects.tag(project, projects.add(project, "Moscow again", "Late"), "location", "Moscow")
    tagging.set_entity(project, tagged, entity.uid)
    with at_work(path) as copy:
        entities.remove(copy, entity)
    plan = prepare(project, path)
    assert [(one.uid, one.reason) for one in plan.conflicts] == [(entity.uid, Reason.STILL_USED)]
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert again(project, tagged.uid).entity is None
    assert nothing_left(project, path)
    project.undo()
    apply(project, prepare(project, path), plan.all_decided(Side.MINE))
    assert again(project, tagged.uid).entity == entity.uid


def test_an_entity_removed_here_that_their_work_bears(project: Project, article: Article) -> None:
    entity = entities.create(project, "Moscow", EntityKind.PLACE)
    path = out(project)
    with at_work(path) as copy:
        tagged = projects.tag(copy, article, "location", "Moscow")
        tagging.set_entity(copy, tagged, entity.uid)
    entities.remove(project, entity)
    plan = prepare(project, path)
    assert [(one.uid, one.reason) for one in plan.conflicts] == [(entity.uid, Reason.REMOVED_HERE)]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert again(project, tagged.uid).entity is None
    assert nothing_left(project, path)


# -- articles -------------------------------------------------------------------------------------------------


def test_an_article_of_theirs_comes_with_its_text(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        added = projects.add(copy, "A new text of Ben's.", "New")
        projects.tag(copy, added, "quote", "new text")
    bring(project, path)
    assert projects.content(project, added).text == "A new text of Ben's."
    assert colleagues.annotations(project) == ["new text"]


def test_an_article_is_known_by_its_text_and_never_by_its_title(project: Project, article: Article) -> None:
    path = out(project)
    text = "The same text."
    mine = projects.add(project, text, "Mine")
    other = projects.add(project, "Not the same.", "Namesake")
    with at_work(path) as copy:
        theirs = projects.add(copy, text, "Theirs")
        projects.tag(copy, theirs, "quote", "same text")
        namesake = projects.add(copy, "Another one.", "Namesake")
    plan = prepare(project, path)
    assert [one.matched_by_text for one in plan.articles if one.uid == mine.uid] == [True]
    bring(project, path)
    assert [one.text for one in project.read.annotations(mine.uid)] == ["same text"]
    assert project.read.get(Article, theirs.uid) is None
    assert {namesake.uid, other.uid} <= set(project.read.all_article_uids())


def corrected(project: Project, article: Article, text: str) -> Article:
    """Give an article another text, as a correction does."""
    text = normalised(text)
    with project.edit("Correct text") as edit:
        after = articles.measured(article, text, edit.add_text(text))
        edit.replace(article, after)
    return after


def test_an_article_whose_text_differs_is_decided_by_a_person(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        tagged = projects.tag(copy, article, "quote", "Moscow")
    after = corrected(project, article, "Corrected: " + projects.TEXT)
    plan = prepare(project, path)
    (conflict,) = plan.conflicts
    assert (conflict.mine, conflict.theirs, conflict.reason) == (after, article, Reason.TEXT_DIFFERS)
    assert [one.conflict for one in plan.articles] == [conflict]
    apply(project, plan, {conflict.key: Side.MINE})
    assert list(project.read.all(Annotation)) == []
    # It stays to be decided: once the texts are one again the work can come in.
    assert reasons(project, path) == [(Kind.ARTICLE, Reason.TEXT_DIFFERS)]
    apply(project, prepare(project, path), {conflict.key: Side.THEIRS})
    assert project.read.get(Article, article.uid) == article
    assert again(project, tagged.uid) == tagged
    assert nothing_left(project, path)


def test_a_text_is_not_taken_that_my_own_work_does_not_fit(project: Project, article: Article) -> None:
    path = out(project, blind=True)
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
    projects.tag(project, corrected(project, article, "Corrected: " + projects.TEXT), "cue", "told")
    plan = prepare(project, path)
    before = model.stored(project)
    with pytest.raises(RuleError, match="would not fit"):
        apply(project, plan, plan.all_decided(Side.THEIRS))
    assert model.stored(project) == before


def test_a_corrected_text_that_they_did_nothing_on_is_nothing_to_decide(project: Project, article: Article) -> None:
    path = out(project)
    corrected(project, article, "Corrected: " + projects.TEXT)
    assert bring(project, path).changed_anything is False


def test_an_article_removed_here_that_they_worked_on(project: Project, add_article: Callable[..., Article]) -> None:
    article, _ = add_article(), add_article("Another text.")
    path = out(project)
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
    articles.remove(project, [article])
    plan = prepare(project, path)
    assert [(one.uid, one.reason) for one in plan.conflicts] == [(article.uid, Reason.REMOVED_HERE)]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert project.read.get(Article, article.uid) is None
    assert nothing_left(project, path)


def test_an_article_removed_here_comes_back_with_their_work(
    project: Project, add_article: Callable[..., Article]
) -> None:
    article, _ = add_article(), add_article("Another text.")
    path = out(project)
    with at_work(path) as copy:
        tagged = projects.tag(copy, article, "quote", "Moscow")
        theirs = records(copy)
    articles.remove(project, [article])
    plan = prepare(project, path)
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert again(project, tagged.uid) == tagged
    assert records(project) == theirs
    assert nothing_left(project, path)


def test_an_article_removed_there_is_never_removed_here_unasked(
    project: Project, add_article: Callable[..., Article]
) -> None:
    article, other = add_article(), add_article("Another text.", "Other")
    path = out(project)
    with at_work(path) as copy:
        articles.remove(copy, [article, other])
    tagged = projects.tag(project, other, "quote", "text")
    plan = prepare(project, path)
    assert {one.uid: one.reason for one in plan.conflicts} == {
        article.uid: Reason.REMOVED_THERE, other.uid: Reason.STILL_USED,
    }  # fmt: skip
    apply(project, plan, {(Kind.ARTICLE, article.uid): Side.THEIRS, (Kind.ARTICLE, other.uid): Side.MINE})
    assert project.read.all_article_uids() == [other.uid]
    assert again(project, tagged.uid) == tagged
    assert nothing_left(project, path)


# -- the codebook ---------------------------------------------------------------------------------------------


def test_my_codebook_is_never_changed_silently(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        tag = copy.cache.codebook.tag(projects.tag_uid(copy, "quote"))
        gone = copy.cache.codebook.link_rules[0]
        with copy.edit("Edit codebook") as edit:
            edit.replace(tag, replace(tag, label="Quotation"))
            edit.remove(gone)
        projects.tag(copy, article, "quote", "Moscow")
    plan = prepare(project, path)
    assert [(one.mine, one.theirs) for one in plan.codebook] == [(tag, replace(tag, label="Quotation")), (gone, None)]
    before = project.cache.codebook
    bring(project, path)
    assert project.cache.codebook == before


def test_what_needs_their_codebook_is_asked_for_once(project: Project, article: Article) -> None:
    path = out(project)
    frame = TagType(uuid7(), "quote", "Frame", "#123456", "2", position=50)
    tone = Attribute(uuid7(), frame.uid, "tone", "Tone", AttributeKind.ONE, ("warm", "cold"))
    rule = LinkRule(uuid7(), "frames", "frames", frame.uid, projects.tag_uid(project, "quote"))
    with at_work(path) as copy:
        with copy.edit("Edit codebook") as edit:
            for one in (frame, tone, rule):
                edit.add(one)
        shown = projects.content(copy, article)
        quote = projects.tag(copy, article, "quote", "Moscow")
        made = tagging.tag(copy, shown, frame.uid, quote.spans)
        tagging.set_value(copy, made, tone.uid, "cold")
        colleagues.link(copy, again(copy, made.uid), quote, "frames")
        theirs = again(copy, made.uid)
    plan = prepare(project, path)
    assert [(one.kind, one.uid, one.reason) for one in plan.conflicts] == [(Kind.TAG_TYPE, frame.uid, Reason.CODEBOOK)]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert colleagues.annotations(project) == ["Moscow"]
    assert not list(project.read.all(Link))
    assert reasons(project, path) == [(Kind.TAG_TYPE, Reason.CODEBOOK)]
    apply(project, prepare(project, path), plan.all_decided(Side.THEIRS))
    taken = project.cache.codebook.tag(frame.uid)
    assert (taken.name, taken.key, taken.label) == ("quote_2", "", "Frame")
    assert taken.position > max(t.position for t in project.cache.codebook.tag_types if t is not taken)
    assert project.cache.codebook.attribute(tone.uid).choices == ("warm", "cold")
    assert again(project, made.uid) == theirs
    assert len(list(project.read.all(Link))) == 1
    assert nothing_left(project, path)


def test_a_value_that_my_codebook_does_not_allow(project: Project, article: Article) -> None:
    path = out(project)
    attribute = project.cache.codebook.attribute(projects.attribute_uid(project, "quote", "medium"))
    with at_work(path) as copy:
        wider = replace(attribute, choices=(*attribute.choices, "song"))
        with copy.edit("Edit codebook") as edit:
            edit.replace(attribute, wider)
        made = projects.tag(copy, article, "quote", "Moscow")
        tagging.set_value(copy, made, attribute.uid, "song")
        theirs = again(copy, made.uid)
    plan = prepare(project, path)
    assert [(one.mine, one.theirs, one.reason) for one in plan.conflicts] == [(attribute, wider, Reason.CODEBOOK)]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert attribute.uid not in dict(again(project, made.uid).values)
    sequence = project.read.last_sequence()
    apply(project, prepare(project, path), plan.all_decided(Side.MINE))
    assert project.read.last_sequence() == sequence
    apply(project, prepare(project, path), plan.all_decided(Side.THEIRS))
    assert again(project, made.uid) == theirs
    assert nothing_left(project, path)


def test_an_attribute_is_not_taken_that_my_own_values_do_not_fit(project: Project, article: Article) -> None:
    path = out(project, blind=True)
    attribute = project.cache.codebook.attribute(projects.attribute_uid(project, "quote", "medium"))
    with at_work(path) as copy:
        with copy.edit("Edit codebook") as edit:
            edit.replace(attribute, replace(attribute, choices=("song",), default=""))
        for quote in copy.read.annotations_with_tag(attribute.tag_type or ""):
            tagging.remove(copy, [quote])
        made = projects.tag(copy, article, "quote", "Moscow")
        tagging.set_value(copy, again(copy, made.uid), attribute.uid, "song")
    mine = projects.tag(project, article, "quote", "Berlin")
    tagging.set_value(project, mine, attribute.uid, "writing")
    plan = prepare(project, path)
    with pytest.raises(RuleError, match="does not allow a value"):
        apply(project, plan, plan.all_decided(Side.THEIRS))


def test_a_link_that_no_rule_of_mine_allows(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        rule = LinkRule(uuid7(), "echo", "echoes", projects.tag_uid(copy, "cue"), projects.tag_uid(copy, "cue"))
        with copy.edit("Edit codebook") as edit:
            edit.add(rule)
        first, second = projects.tag(copy, article, "cue", "told"), projects.tag(copy, article, "cue", "said")
        link = linking.link(copy, projects.content(copy, article), first, second, "echo")
    plan = prepare(project, path)
    assert [(one.kind, one.uid) for one in plan.conflicts] == [(Kind.LINK_RULE, rule.uid)]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert project.read.get(Link, link.uid) is None
    apply(project, prepare(project, path), plan.all_decided(Side.THEIRS))
    assert project.read.get(Link, link.uid) == link
    assert nothing_left(project, path)


# -- without a common point -----------------------------------------------------------------------------------


def test_a_copy_of_the_file_is_merged_without_removing_anything(project: Project, article: Article) -> None:
    tagged = projects.tag(project, article, "quote", "Moscow")
    path = project.path.with_name("copied.annot")
    shutil.copyfile(project.path, path)
    with at_work(path) as copy:
        projects.work_as(copy, projects.ANNA)
        tagging.remove(copy, [again(copy, tagged.uid)])
        projects.tag(copy, article, "cue", "told")
    plan = prepare(project, path)
    assert (plan.who, plan.three_way, plan.label) == (None, False, "Bring in “Test”")
    bring(project, path)
    assert colleagues.annotations(project) == ["Moscow", "told"]


def test_without_a_common_point_every_difference_is_a_conflict(project: Project, article: Article) -> None:
    tagged = projects.tag(project, article, "quote", "Moscow")
    path = project.path.with_name("copied.annot")
    shutil.copyfile(project.path, path)
    tagging.set_note(project, tagged, "mine")
    plan = prepare(project, path)
    assert [(one.uid, one.reason) for one in plan.conflicts] == [(tagged.uid, Reason.BOTH_CHANGED)]
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert again(project, tagged.uid) == tagged
    assert nothing_left(project, path)


def test_a_project_made_apart_is_joined_by_text_and_person(project: Project, article: Article) -> None:
    other = projects.new_project(project.path.with_name("other.annot"))
    same = projects.add(other, projects.TEXT, "Elsewhere")
    projects.tag(other, same, "quote", "Moscow")
    articles.set_memo(project, article.uid, "mine")
    other.close()
    plan = prepare(project, other.path)
    assert [one.kind for one in plan.conflicts] == [Kind.ARTICLE_WORK]
    apply(project, plan, plan.all_decided(Side.MINE))
    assert [one.title for one in project.read.all(Article)] == ["Talks"]
    assert len(project.cache.sets) == 1
    assert [one.text for one in project.read.annotations(article.uid)] == ["Moscow"]
    assert [one.memo for one in project.read.all(ArticleWork)] == ["mine"]


def test_a_handing_out_that_was_undone_is_still_a_common_point(project: Project, article: Article) -> None:
    path = out(project)
    project.undo()
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
        expected = records(copy)
    plan = prepare(project, path)
    assert (plan.who, plan.three_way) == (BEN, True)
    bring(project, path)
    assert records(project) == expected
    assert len(list(project.read.all(HandOut))) == 1


# -- around it ------------------------------------------------------------------------------------------------


def test_a_plan_is_only_good_for_the_state_it_was_made_of(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        projects.tag(copy, article, "quote", "Moscow")
    plan = prepare(project, path)
    projects.tag(project, article, "cue", "told")
    with pytest.raises(StaleError, match="has changed since"):
        apply(project, plan)


def test_the_base_alone_is_no_step_to_undo(project: Project, article: Article) -> None:
    path = out(project)
    with at_work(path) as copy:
        people.rename_annotator(copy, "Benjamin")
    with project.edit("Rename") as edit:
        edit.replace(BEN, Annotator(BEN.uid, "Benjamin"))
        known = next(s for s in project.cache.sets.values() if s.annotator == BEN.uid)
        edit.replace(known, AnnotationSet(known.uid, "Benjamin", SetKind.PERSON, BEN.uid))
    base = next(project.read.all(HandOut)).base
    assert bring(project, path).changed_anything is False
    assert next(project.read.all(HandOut)).base != base
    assert project.undo_label == "Rename"


def test_an_attribute_of_articles_is_not_taken_that_my_own_values_do_not_fit(
    project: Project, article: Article
) -> None:
    frame = Attribute("frame", None, "frame", "Frame", AttributeKind.ONE, ("war", "peace"))
    with project.edit("Edit codebook") as edit:
        edit.add(frame)
    path = out(project)
    with at_work(path) as copy:
        with copy.edit("Edit codebook") as edit:
            edit.replace(frame, replace(frame, choices=("peace", "trade")))
        articles.set_article_value(copy, article.uid, frame.uid, "trade")
    articles.set_article_value(project, article.uid, frame.uid, "war")
    plan = prepare(project, path)
    before = model.stored(project)
    with pytest.raises(RuleError, match="Their “Frame” does not allow a value that stands in this project"):
        apply(project, plan, plan.all_decided(Side.THEIRS))
    assert model.stored(project) == before
    articles.set_article_value(project, article.uid, frame.uid, "peace")
    plan = prepare(project, path)
    apply(project, plan, plan.all_decided(Side.THEIRS))
    assert project.cache.codebook.attribute(frame.uid).choices == ("peace", "trade")
    assert nothing_left(project, path)
