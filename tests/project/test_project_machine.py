"""Any sequence of gestures, undo and redo, by two people, with closing in between, equals a plain model."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from support import model, projects

from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, Confidence, Link
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.changes import Record
from annotator.model.codebook import Attribute, Codebook, LinkRule, TagType
from annotator.model.entity import Entity, EntityKind
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span, fragments, joined
from annotator.model.values import from_mapping
from annotator.operations import articles, checking, codebook, entities, linking, tagging
from annotator.project.opening import own_set, work_as

FULL = bool(os.environ.get("ANNOTATOR_FULL"))
STEPS = 50
ROUNDS = 240 if FULL else 30
MEMORY = "/dev/shm"
TEXTS = (
    projects.TEXT,
    "北京外交部发言人说:“谈判继续。”莫斯科没有回应。\n",
    "قال المتحدث إن المحادثات مستمرة.\n\nشكرا\n",
    "A👩‍👩‍👧b\u2028c\u00a0d e\u0301 " * 6 + "\n",
    "x",
)
R = TypeVar("R", bound=Record)


class Gestures(RuleBasedStateMachine):
    """The project and its model, side by side."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
        self.project = projects.new_project(self.folder / "p.annot")
        work_as(self.project, projects.BEN)
        work_as(self.project, projects.ANNA)
        self.model = model.Model(model.stored(self.project))
        self.heard: list[int] = []
        for text in TEXTS[:3]:
            self.import_articles(text, more=False)
        for name in ("Dmitry Peskov", "Sudzha"):
            self.make_entity(name, EntityKind.UNKNOWN)
        for article in self.all(Article):
            for words in (Span(0, 1), Span(2, 9)):
                self.tag_span(article, self.all(TagType)[words.start % 5], [words])
        self.project.subscribe(lambda change_set: self.heard.append(change_set.sequence if change_set else -1))

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            found = checking.check_project(self.project.path)
            shutil.rmtree(self.folder)
            assert found == []

    @invariant()
    def the_file_holds_what_the_model_holds(self) -> None:
        if hasattr(self, "project"):
            assert model.stored(self.project) == self.model.state
            assert self.heard == sorted(self.heard)

    # -- looking things up ------------------------------------------------------------------------------------

    @property
    def me(self) -> str:
        return self.project.annotator.uid

    def all(self, kind: type[R]) -> list[R]:
        return [record for record in self.model.state.values() if isinstance(record, kind)]

    def mine(self) -> list[Annotation]:
        own = own_set(self.project)
        assert own is not None
        return [a for a in self.all(Annotation) if a.annotation_set == own.uid]

    def one(self, data: st.DataObject, choices: list[R]) -> R:
        return data.draw(st.sampled_from(sorted(choices, key=lambda record: record.uid)))

    def span(self, data: st.DataObject, text: str) -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span(start, data.draw(st.integers(start + 1, min(len(text), start + 12))))

    def work(self, article: str) -> ArticleWork | None:
        return next((w for w in self.all(ArticleWork) if (w.article, w.annotator) == (article, self.me)), None)

    def worked(self, article: str, **fields: object) -> dict[str, Record | None]:
        known = self.work(article)
        if known is None:
            fresh = self.project.read.work(article, self.me)
            assert fresh is not None
            known = ArticleWork(fresh.uid, article, self.me)
        return {known.uid: replace(known, **fields)}  # type: ignore[arg-type]

    def links_of(self, *annotations: Annotation) -> list[Link]:
        uids = {a.uid for a in annotations}
        return [k for k in self.all(Link) if uids & {k.from_annotation, k.to_annotation}]

    def do(self, after: dict[str, Record | None], merge_key: str = "") -> None:
        self.model.do(self.me, after, self.project, merge_key)

    def without(self, *doomed: Annotation) -> dict[str, Record | None]:
        uids = {a.uid for a in doomed}
        after: dict[str, Record | None] = dict.fromkeys(uids)
        after.update(dict.fromkeys(link.uid for link in self.links_of(*doomed)))
        gone = {v.uid for v in self.all(Verdict) if v.annotation in uids}
        for verdict in self.all(Verdict):
            kept = replace(
                verdict,
                adjudicated=None if verdict.adjudicated in uids else verdict.adjudicated,
                reply_to=None if verdict.reply_to in gone else verdict.reply_to,
            )
            after[verdict.uid] = None if verdict.uid in gone else kept
        return after

    # -- articles -----------------------------------------------------------------------------------------------

    @rule(text=st.sampled_from(TEXTS), more=st.booleans())
    def import_articles(self, text: str, more: bool) -> None:
        known = {a.sha256 for a in self.all(Article)}
        incoming = [projects.new_article(text, "One")] + (
            [projects.new_article("More. " + text, "Two")] if more else []
        )
        added = articles.add_articles(self.project, incoming)
        assert {a.uid for a in added.articles} == {a.uid for a, _ in incoming if a.sha256 not in known}
        self.do({article.uid: article for article in added.articles})

    @precondition(lambda self: self.all(Article))
    @rule(data=st.data())
    def remove_articles(self, data: st.DataObject) -> None:
        doomed = {self.one(data, self.all(Article)) for _ in range(2)}
        on_them = [a for a in self.all(Annotation) if a.article in {d.uid for d in doomed}]
        assert articles.remove(self.project, sorted(doomed, key=lambda a: a.uid)) == len(on_them)
        works = [w.uid for w in self.all(ArticleWork) if w.article in {d.uid for d in doomed}]
        self.do({**self.without(*on_them), **dict.fromkeys((*works, *(d.uid for d in doomed)))})

    @precondition(lambda self: self.all(Article))
    @rule(data=st.data(), furniture=st.booleans())
    def mark_furniture(self, data: st.DataObject, furniture: bool) -> None:
        article = self.one(data, self.all(Article))
        span = self.span(data, self.project.read.text(article.sha256))
        articles.mark_furniture(self.project, article, span, furniture=furniture)
        after = joined((*article.furniture, span)) if furniture else ()
        after = (
            after if furniture else tuple(s for s in article.furniture if s.stop <= span.start or s.start >= span.stop)
        )
        self.do({article.uid: replace(article, furniture=after)})

    @precondition(lambda self: self.all(Article))
    @rule(data=st.data(), title=st.sampled_from(("Talks", "外交部", "Éclair")), key=st.sampled_from(("", "k")))
    def describe(self, data: st.DataObject, title: str, key: str) -> None:
        article = self.one(data, self.all(Article))
        after = replace(article, title=title)
        articles.describe(self.project, article, after, merge_key=key)
        self.do({article.uid: after}, key)

    @precondition(lambda self: self.all(Article))
    @rule(data=st.data(), status=st.sampled_from(Status), memo=st.sampled_from(("", "later", "soon")))
    def say_how_far(self, data: st.DataObject, status: Status, memo: str) -> None:
        article = self.one(data, self.all(Article)).uid
        known = self.work(article)
        articles.set_status(self.project, article, status)
        if known is not None or status is not Status.TODO:
            self.do(self.worked(article, status=status))
        known = self.work(article)
        articles.set_memo(self.project, article, memo, merge_key=f"memo {article}")
        if known is not None or memo:
            self.do(self.worked(article, memo=memo), f"memo {article}")

    # -- annotations ----------------------------------------------------------------------------------------------

    @precondition(lambda self: self.all(Article))
    @rule(data=st.data())
    def tag(self, data: st.DataObject) -> None:
        article, tag_type = self.one(data, self.all(Article)), self.one(data, self.all(TagType))
        text = self.project.read.text(article.sha256)
        self.tag_span(article, tag_type, [self.span(data, text) for _ in range(data.draw(st.integers(1, 3)))])

    def tag_span(self, article: Article, tag_type: TagType, spans: list[Span]) -> Annotation:
        shown = projects.content(self.project, article)
        made = tagging.tag(self.project, shown, tag_type.uid, spans)
        assert made.spans == joined(spans)
        assert all(f.exact == shown.text[f.start : f.stop] for f in made.fragments)
        if made.uid in self.model.state:
            return made
        known = self.work(article.uid)
        todo = known is None or known.status is Status.TODO
        self.do({made.uid: made, **(self.worked(article.uid, status=Status.IN_PROGRESS) if todo else {})})
        return made

    @precondition(lambda self: self.mine())
    @rule(data=st.data())
    def retype(self, data: st.DataObject) -> None:
        annotation, target = self.one(data, self.mine()), self.one(data, self.all(TagType))
        tagging.retype(self.project, projects.content(self.project, annotation.article), annotation, target.uid)
        self.do(self.moved([annotation], target.uid))

    def moved(self, bearers: list[Annotation], target: str) -> dict[str, Record | None]:
        after: dict[str, Record | None] = {}
        for annotation in bearers:
            actual = self.project.read.get(Annotation, annotation.uid)
            assert actual is not None
            asked = {a.uid for a in self.all(Attribute) if a.tag_type == target}
            assert {uid for uid, _ in actual.values} <= asked
            after[annotation.uid] = replace(annotation, tag_type=target, values=actual.values)
        rules = {(r.role, r.from_type, r.to_type) for r in self.all(LinkRule)}
        for link in self.links_of(*bearers):
            ends = [after.get(uid) or self.model.state[uid] for uid in (link.from_annotation, link.to_annotation)]
            types = [end.tag_type for end in ends if isinstance(end, Annotation)]
            if (link.role, *types) not in rules:
                after[link.uid] = None
        return after

    @precondition(lambda self: self.mine())
    @rule(data=st.data(), more=st.booleans())
    def reshape(self, data: st.DataObject, more: bool) -> None:
        annotation = self.one(data, self.mine())
        shown = projects.content(self.project, annotation.article)
        span = self.span(data, shown.text)
        wanted = (*annotation.spans, span) if more else (span,)
        tagging.reshape(self.project, shown, annotation, wanted, "Reshape")
        self.do({annotation.uid: replace(annotation, fragments=fragments(shown.text, wanted))})

    @precondition(lambda self: self.mine())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        doomed = {self.one(data, self.mine()) for _ in range(data.draw(st.integers(1, 3)))}
        assert tagging.remove(self.project, sorted(doomed, key=lambda a: a.uid)) == len(doomed)
        self.do(self.without(*doomed))

    @precondition(lambda self: self.mine())
    @rule(
        data=st.data(),
        notes=st.lists(st.sampled_from(("a", "ab", "abc", "")), min_size=1, max_size=4),
        key=st.sampled_from(("", "note 1", "note 2")),
    )
    def type_a_note(self, data: st.DataObject, notes: list[str], key: str) -> None:
        uid = self.one(data, self.mine()).uid
        for note in notes:
            annotation = self.model.state[uid]
            assert isinstance(annotation, Annotation)
            tagging.set_note(self.project, annotation, note, merge_key=key)
            self.do({uid: replace(annotation, note=note)}, key)

    @precondition(lambda self: self.mine())
    @rule(data=st.data(), confidence=st.sampled_from(Confidence))
    def say_more(self, data: st.DataObject, confidence: Confidence) -> None:
        annotation = self.one(data, self.mine())
        tagging.set_confidence(self.project, annotation, confidence)
        after = replace(annotation, confidence=confidence)
        self.do({annotation.uid: after})
        after = self.project.read.get(Annotation, annotation.uid) or after
        asked = [a for a in self.all(Attribute) if a.tag_type == annotation.tag_type and a.choices]
        if asked:
            attribute = self.one(data, asked)
            value = data.draw(st.sampled_from((None, *attribute.choices)))
            tagging.set_value(self.project, after, attribute.uid, value)
            self.do({after.uid: replace(after, values=from_mapping({**dict(after.values), attribute.uid: value}))})

    # -- links and verdicts -----------------------------------------------------------------------------------------

    @precondition(lambda self: self.all(Article) and self.all(LinkRule))
    @rule(data=st.data())
    def tag_and_link(self, data: st.DataObject) -> None:
        article, link_rule = self.one(data, self.all(Article)), self.one(data, self.all(LinkRule))
        text = self.project.read.text(article.sha256)
        ends = [
            self.tag_span(article, self.project.cache.codebook.tag(uid), [self.span(data, text)])
            for uid in (link_rule.from_type, link_rule.to_type)
        ]
        self.join(ends[0], ends[1], link_rule.role)

    @precondition(lambda self: self.mine())
    @rule(data=st.data())
    def link(self, data: st.DataObject) -> None:
        allowed = [
            (source, target, r.role)
            for source in self.mine()
            for target in self.mine()
            for r in self.all(LinkRule)
            if source.article == target.article and (source.tag_type, target.tag_type) == (r.from_type, r.to_type)
        ]
        if not allowed:
            return
        self.join(*data.draw(st.sampled_from(sorted(allowed, key=lambda a: (a[0].uid, a[1].uid, a[2])))))

    def join(self, source: Annotation, target: Annotation, role: str) -> None:
        try:
            made = linking.link(self.project, projects.content(self.project, source.article), source, target, role)
        except RuleError:
            assert source == target or role == "inside"
            return
        assert (made.from_annotation, made.to_annotation, made.role) == (source.uid, target.uid, role)
        self.do({made.uid: made})

    @precondition(lambda self: self.links_of(*self.mine()))
    @rule(data=st.data())
    def unlink(self, data: st.DataObject) -> None:
        link = self.one(data, self.links_of(*self.mine()))
        linking.unlink(self.project, projects.content(self.project, link.article), link)
        self.do({link.uid: None})

    @precondition(lambda self: self.all(Annotation))
    @rule(data=st.data())
    def judge(self, data: st.DataObject) -> None:
        annotation = self.one(data, self.all(Annotation))
        others = [a for a in self.all(Annotation) if a.article == annotation.article and a != annotation]
        answered = [v for v in self.all(Verdict) if v.article == annotation.article]
        made = Verdict(
            uuid7(), annotation.article, annotation.uid, self.me, Decision.COMMENT,
            adjudicated=self.one(data, others).uid if others and data.draw(st.booleans()) else None,
            reply_to=self.one(data, answered).uid if answered and data.draw(st.booleans()) else None,
        )  # fmt: skip
        with self.project.edit("Judge") as edit:
            edit.add(made)
        self.do({made.uid: made})

    # -- entities ------------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.all(Entity)) < 6)
    @rule(name=st.sampled_from(("Dmitry Peskov", "Kremlin", "Sudzha")), kind=st.sampled_from(EntityKind))
    def make_entity(self, name: str, kind: EntityKind) -> None:
        made = entities.create(self.project, name, kind)
        assert (made.name, made.kind) == (name, kind)
        self.do({made.uid: made})

    @precondition(lambda self: self.mine() and self.all(Entity))
    @rule(data=st.data(), away=st.booleans())
    def set_entity(self, data: st.DataObject, away: bool) -> None:
        annotation = self.one(data, self.mine())
        entity = None if away else self.one(data, self.all(Entity)).uid
        tagging.set_entity(self.project, annotation, entity)
        self.do({annotation.uid: replace(annotation, entity=entity)})

    @precondition(lambda self: self.all(Entity))
    @rule(data=st.data(), name=st.sampled_from(("Peskov", "The Kremlin", "Sudzha")))
    def rename_entity(self, data: st.DataObject, name: str) -> None:
        entity = self.one(data, self.all(Entity))
        entities.rename(self.project, entity, name)
        names = [n for n in dict.fromkeys((*entity.aliases, entity.name)) if n != name]
        self.do({entity.uid: replace(entity, name=name, aliases=tuple(names))})

    @precondition(lambda self: len(self.all(Entity)) > 1)
    @rule(data=st.data())
    def merge_entities(self, data: st.DataObject) -> None:
        keep, gone = self.one(data, self.all(Entity)), self.one(data, self.all(Entity))
        entities.merge(self.project, keep, [gone])
        if keep == gone:
            return
        names = [n for n in dict.fromkeys((*keep.aliases, gone.name, *gone.aliases)) if n != keep.name]
        after: dict[str, Record | None] = {gone.uid: None, keep.uid: replace(keep, aliases=tuple(names))}
        bearers = [a for a in self.all(Annotation) if a.entity == gone.uid]
        self.do({**after, **{a.uid: replace(a, entity=keep.uid) for a in bearers}})

    @precondition(lambda self: self.all(Entity))
    @rule(data=st.data())
    def remove_entity(self, data: st.DataObject) -> None:
        entity = self.one(data, self.all(Entity))
        bearers = [a for a in self.all(Annotation) if a.entity == entity.uid]
        assert entities.remove(self.project, entity) == len(bearers)
        self.do({entity.uid: None, **{a.uid: replace(a, entity=None) for a in bearers}})

    # -- codebook -----------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.all(TagType)) > 2)
    @rule(data=st.data(), often=st.integers(0, 3), keep=st.booleans())
    def remove_tag_type(self, data: st.DataObject, often: int, keep: bool) -> None:
        if often:  # a gesture made now and then
            return
        gone = self.one(data, self.all(TagType))
        target = self.one(data, [t for t in self.all(TagType) if t != gone])
        bearers = [a for a in self.all(Annotation) if a.tag_type == gone.uid]
        before = self.project.cache.codebook
        book = Codebook(
            tuple(t for t in before.tag_types if t != gone),
            tuple(a for a in before.attributes if a.tag_type != gone.uid),
            tuple(r for r in before.link_rules if gone.uid not in (r.from_type, r.to_type)),
        )
        codebook.save(self.project, book, moved={gone.uid: target.uid if keep else codebook.REMOVE})
        records = dict.fromkeys(record.uid for record in before.records if record not in book.records)
        rules_gone = [r for r in self.all(LinkRule) if r.uid in records]
        for doomed in rules_gone:
            del self.model.state[doomed.uid]
        after = self.moved(bearers, target.uid) if keep else self.without(*bearers)
        self.model.state.update({doomed.uid: doomed for doomed in rules_gone})
        self.do({**after, **records})

    @rule(data=st.data(), label=st.sampled_from(("Speaker", "Voice", "Stimme")))
    def rename_tag_type(self, data: st.DataObject, label: str) -> None:
        known = self.one(data, self.all(TagType))
        book = self.project.cache.codebook
        renamed = replace(known, label=label)
        changed = replace(book, tag_types=tuple(renamed if t == known else t for t in book.tag_types))
        codebook.save(self.project, changed)
        self.do({known.uid: renamed})

    # -- undo, people, closing -----------------------------------------------------------------------------------------

    @precondition(lambda self: any(step.who == self.me and step.standing == "done" for step in self.model.steps))
    @rule(back=st.integers(1, 5), forth=st.integers(0, 5), reopen=st.booleans())
    def undo_and_redo(self, back: int, forth: int, reopen: bool) -> None:
        for _ in range(back):
            came = self.project.undo()
            assert (came.change_set is not None, len(came.skipped)) == self.model.undo(self.me)
        self.the_file_holds_what_the_model_holds()
        if reopen:
            self.close_and_open()
        for _ in range(forth):
            came = self.project.redo()
            assert (came.change_set is not None, len(came.skipped)) == self.model.redo(self.me)

    @precondition(lambda self: len(self.model.steps) % 3 == 0)
    @rule()
    def take_turns(self) -> None:
        work_as(self.project, projects.BEN if self.me == projects.ANNA.uid else projects.ANNA)

    @precondition(lambda self: len(self.model.steps) % 4 == 0)
    @rule()
    def close_and_open(self) -> None:
        self.project = projects.reopened(self.project, self.project.annotator)


Gestures.TestCase.settings = settings(
    max_examples=ROUNDS,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestGestures = Gestures.TestCase
