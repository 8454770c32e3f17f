from __future__ import annotations

from msgspec.structs import replace
from support.projects import ANNA, BEN

from annotator.base.uuid7 import uuid7
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.article import ArticleWork, Status
from annotator.model.changes import Kind, Record
from annotator.model.entity import Entity, EntityKind
from annotator.model.merge_plan import Fate
from annotator.model.review import Decision, Verdict
from annotator.ui.colleagues.record_wording import Field, in_line, quoted


def test_headlines_say_what_a_record_is(study) -> None:
    read = study.read()
    teller, theirs = study.teller(read.plan), read.plan.sides.theirs
    records_here = read.records[study.articles["New"].uid]
    told = sorted((str(fate), teller.headline(theirs[key])) for fate, key in records_here)
    assert told == [
        (Fate.CHANGED, "Ben’s progress and memo"), (Fate.NEW, "Link speaker: “The talks go on,” → “Peskov”"),
        (Fate.NEW, "Quote “The talks go on,”"), (Fate.NEW, "Speaker “Peskov”"),
    ]  # fmt: skip
    records: dict[str, Record] = {
        "Article “Both”": study.articles["Both"],
        "“Kursk”": Entity(uuid7(), EntityKind.PLACE, "Kursk"),
        "Verdict on “The talks go on,”": Verdict(uuid7(), "", study.quote, ANNA.uid, Decision.ACCEPTED),
        "Annotator Ben": BEN,
        "Tags of Ben": AnnotationSet(uuid7(), "Ben", SetKind.PERSON, BEN.uid),
    }
    codebook = study.project.cache.codebook
    tag = codebook.tag_named("quote")
    attribute = codebook.attribute_named(tag.uid, "polarity")
    records |= {"Tag “Quote”": tag, "Attribute “Polarity” of Quote": attribute}
    assert [teller.headline(record) for record in records.values()] == list(records)


def test_what_differs_stands_first_and_what_nobody_says_is_left_out(study) -> None:
    plan = study.plan()
    conflict = next(one for one in plan.conflicts if one.kind is Kind.ANNOTATION)
    fields = study.teller(plan).fields(conflict.mine, conflict.theirs)
    assert fields[0] == Field("Note", "mine", "theirs")
    assert [one.label for one in fields if one.differs] == ["Note"]
    assert Field("Words", "“The talks go on,”", "“The talks go on,”") in fields
    assert "Confidence" not in [one.label for one in fields]


def test_a_side_that_is_not_there_says_nothing(study) -> None:
    plan = study.plan()
    conflict = next(one for one in plan.conflicts if one.kind is Kind.ARTICLE)
    fields = {one.label: one for one in study.teller(plan).fields(None, conflict.theirs)}
    assert fields["Title"] == Field("Title", "", "Gone")
    assert fields["Text"].theirs.startswith("Gone. Peskov told")


def test_texts_are_told_only_where_they_differ(study) -> None:
    plan = study.plan()
    article = study.articles["Both"]
    teller = study.teller(plan)
    assert [one.label for one in teller.fields(article, replace(article, title="B")) if one.differs] == ["Title"]
    assert "Text" not in [one.label for one in teller.fields(article, replace(article, title="B"))]
    other = study.articles["Same"]
    assert teller.fields(article, replace(article, sha256=other.sha256))[0].label == "Text"


def test_progress_is_told_in_words(study) -> None:
    work = ArticleWork(uuid7(), study.articles["Same"].uid, BEN.uid)
    fields = study.teller(study.plan()).fields(work, replace(work, status=Status.DONE, memo="hard"))
    assert fields[:2] == [Field("Status", "to do", "done"), Field("Memo", "", "hard")]


def test_lines_and_marks() -> None:
    assert in_line("a\n b") == "a b"
    assert in_line("x" * 100, 10) == "xxxxxxxxx…"
    assert (quoted("word"), quoted("“word”"), quoted("「言」")) == ("“word”", "“word”", "「言」")
