"""A blind hand-out holds nobody else's work: not in its rows, not in its history, not anywhere among its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support import colleagues, projects
from support.colleagues import BEN

from annotator.base.uuid7 import uuid7
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.article import ArticleWork
from annotator.model.entity import EntityKind
from annotator.model.review import Decision, Verdict
from annotator.operations import articles, entities, people, settings, tagging
from annotator.operations.handing_out import hand_out
from annotator.project.opening import work_as
from annotator.project.project import Project

SECRETS = (
    "Annemarie Geheimnis", "note-of-anna", "claim-of-anna", "entity-of-anna", "alias-of-anna", "comment-of-anna",
    "memo-of-anna", "project-memo", "article-memo", "Importset", "private-article", "private-text", "answer-of-anna",
)  # fmt: skip


def lead_with_secrets(project: Project) -> Project:
    """Fill a project with words of Anna's that nobody else may read, and with some of Ben's own."""
    people.rename_annotator(project, "Annemarie Geheimnis")
    shared = projects.add(project)
    projects.add(project, "private-text, not for Ben", "private-article")
    articles.describe(project, shared, replace(shared, memo="article-memo"))
    quote = projects.tag(project, shared, "quote", "“The talks go on,”")
    tagging.set_note(project, quote, "note-of-anna")
    claim = projects.tag(project, shared, "claim", "The talks go on")
    tagging.set_value(project, claim, projects.attribute_uid(project, "claim", "claim_text"), "claim-of-anna")
    speaker = projects.tag(project, shared, "speaker", "Peskov")
    entity = entities.create_for(project, speaker, "entity-of-anna", EntityKind.NAMED_PERSON)
    entities.update(project, entity, replace(entity, aliases=("alias-of-anna",)))
    colleagues.link(project, quote, speaker)
    articles.set_memo(project, shared.uid, "memo-of-anna")
    settings.set_memo(project, "project-memo")
    anna = project.annotator
    work_as(project, BEN)
    own = projects.tag(project, shared, "location", "Moscow")
    own_entity = entities.create_for(project, own, "entity-of-anna-too", EntityKind.PLACE)
    assert own_entity.name
    work_as(project, anna)
    with project.edit("Review") as edit:
        said = Verdict(uuid7(), shared.uid, own.uid, anna.uid, Decision.COMMENT, comment="comment-of-anna")
        answer = replace(said, uid=uuid7(), decision=Decision.REPLY, reply_to=said.uid, reviewer=BEN.uid)
        edit.add(said)
        edit.add(replace(answer, comment="answer-of-ben"))
        edit.add(replace(said, uid=uuid7(), annotation=quote.uid, comment="answer-of-anna"))
        edit.add(AnnotationSet(uuid7(), "Importset", SetKind.IMPORT))
    tagging.remove(project, [projects.tag(project, shared, "quote", "Berlin said nothing.")])
    return project


@pytest.mark.parametrize("blind", [True, False])
def test_no_byte_of_a_blind_copy_tells_of_the_others(project: Project, blind: bool) -> None:
    lead_with_secrets(project)
    path = project.path.with_name("ben.annot")
    shared = project.read.all_article_uids()[:1]
    hand_out(project, path, BEN, articles=shared, blind=blind)
    held = [word for word in SECRETS if word.encode() in path.read_bytes()]
    if blind:
        assert held == []
    else:  # the words are found where they may be: the search itself works
        assert set(held) == set(SECRETS) - {"private-article", "private-text"}
    for word in ("Moscow", "answer-of-ben", "Berlin said nothing"):
        assert word.encode() in path.read_bytes()
    assert [one.name for one in path.parent.iterdir() if "part" in one.name or "lock" in one.name] == [
        "project.annot.lock"
    ]


def test_what_was_hidden_is_still_there_after_the_work_came_back(project: Project, tmp_path: Path) -> None:
    lead_with_secrets(project)
    before = colleagues.records(project)
    path = colleagues.out(project, blind=True)
    with colleagues.at_work(path) as copy:
        (own,) = projects.content(copy, copy.read.all_article_uids()[0]).annotations.values()
        assert own.entity is None
        tagging.set_note(copy, own, "seen")
        (reply,) = projects.content(copy, own.article).verdicts.values()
        assert (reply.comment, reply.reply_to) == ("answer-of-ben", None)
        kept = copy.read.all_article_uids()
    colleagues.bring(project, path)
    after = colleagues.records(project)
    changed = {uid for uid in after if after[uid] != before.get(uid)}
    assert own.uid in changed
    assert before.keys() <= after.keys()
    mine = project.read.annotations(kept[0])
    (merged,) = [one for one in mine if one.uid == own.uid]
    assert (merged.note, project.cache.entities[merged.entity or ""].name) == ("seen", "entity-of-anna-too")
    assert changed - before.keys() - {own.uid} == {one.uid for one in _works(project)} - before.keys()


def _works(project: Project) -> list[ArticleWork]:
    return [work for uid in project.read.all_article_uids() for work in project.read.works(uid)]
