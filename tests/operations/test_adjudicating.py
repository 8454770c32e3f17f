from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.model import stored
from support.two_annotators import AGREED, BENS_SET, CAROL, DIFFERENCES, A, B, bens, of, reviewed_project, shown
from support.worked_passage import ANNA, ARTICLE, ENTITIES, PASSAGE, ROWS, annotation_uid, passage_project, uid

from annotator.analysis.comparison import Difference, DifferenceKind
from annotator.base.errors import RuleError
from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.csv_tables import Profile, export_csv, import_tables
from annotator.model.annotation import Annotation, AnnotationSet, Confidence, Link, SetKind
from annotator.model.codebook import LinkRule
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span, fragments
from annotator.model.values import from_mapping
from annotator.operations import adjudicating, linking, reviewing, tagging
from annotator.operations.adjudicated_set import ADJUDICATED_UID
from annotator.operations.verdicts import Latest
from annotator.project.opening import create_project, work_as
from annotator.project.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The passage tagged by Anna and Ben, Carol at work."""
    made = reviewed_project(tmp_path / "project.annot")
    yield made
    made.close()


def take(project: Project, *names: str) -> Annotation:
    found = [adjudicating.take(project, shown(project), of(project, name)) for name in names]
    return found[-1]


def difference(project: Project, kind: str, name: str) -> Difference:
    own = {annotation_uid(name) if name != "X1" else bens("X1")}
    found = adjudicating.comparison(shown(project), A, B).differences
    return next(d for d in found if d.kind == kind and {(d.a or d.b).uid} == own)  # type: ignore[union-attr]


def first(project: Project, kind: str, name: str) -> Annotation | None:
    return adjudicating.take_first(project, shown(project), difference(project, kind, name))


def second(project: Project, kind: str, name: str) -> Annotation | None:
    return adjudicating.take_second(project, shown(project), difference(project, kind, name))


def finals(project: Project) -> list[Annotation]:
    return [a for a in shown(project).annotations.values() if a.annotation_set == ADJUDICATED_UID]


def final_links(project: Project) -> set[tuple[str, str, str]]:
    names = {a.uid: a.text[:12] for a in finals(project)}
    links = shown(project).links.values()
    return {(names[k.from_annotation], k.role, names[k.to_annotation]) for k in links if k.from_annotation in names}


def said(project: Project, name: str) -> tuple[str, str]:
    verdict = reviewing.newest_verdict(shown(project), of(project, name))
    assert verdict is not None
    return verdict.decision, verdict.reason


def open_kinds(project: Project) -> list[str]:
    return [str(one.kind) for one in adjudicating.undecided(project, shown(project), A, B)]


def one_step(project: Project, act: Callable[[], object]) -> None:
    """Check that an act is one step that is undone and done again exactly."""
    before, sequence = stored(project), project.read.last_sequence()
    act()
    after = stored(project)
    assert project.read.last_sequence() == sequence + 1
    assert after != before
    project.undo()
    assert stored(project) == before
    project.redo()
    assert stored(project) == after


def test_the_story_has_differences_of_every_kind(project: Project) -> None:
    found = adjudicating.undecided(project, shown(project), A, B)
    names = {annotation_uid(row.name): row.name for row in ROWS} | {bens("X1"): "X1"}
    assert [(str(d.kind), names[(d.a or d.b).uid]) for d in found] == DIFFERENCES  # type: ignore[union-attr]
    agreed = adjudicating.comparison(shown(project), A, B).agreed
    assert {names[a.uid] for a, _ in agreed} == set(AGREED)


def test_taking_copies_all_but_the_note(project: Project) -> None:
    tagging_of = replace(of(project, "bS1"), confidence=Confidence.LOW)
    with project.edit("Doubt") as edit:
        edit.replace(of(project, "bS1"), tagging_of)
    assert adjudicating.adjudicated_set(project) is None
    one_step(project, lambda: take(project, "bS1"))
    (final,) = finals(project)
    made = adjudicating.adjudicated_set(project)
    assert made == AnnotationSet(ADJUDICATED_UID, "adjudicated", SetKind.ADJUDICATED)
    same = ("fragments", "tag_type", "values", "entity", "confidence", "article")
    assert all(getattr(final, name) == getattr(tagging_of, name) for name in same)
    assert (final.note, final.annotator, final.origin) == ("", CAROL.uid, f"from:{tagging_of.uid}")
    verdict = reviewing.newest_verdict(shown(project), tagging_of)
    assert verdict is not None
    assert (verdict.decision, verdict.adjudicated, verdict.reason) == (Decision.ACCEPTED, final.uid, "")


def test_taking_twice_gives_one_with_both_references(project: Project) -> None:
    one = take(project, "S1")
    two = take(project, "bS1")
    assert one.uid == two.uid
    assert adjudicating.sources_of(two) == (annotation_uid("S1"), bens("S1"))
    before = stored(project)
    assert adjudicating.take(project, shown(project), two) == two
    assert stored(project) == before
    assert take(project, "S1") == two
    assert len(finals(project)) == 1
    with pytest.raises(RuleError, match="accepted or revised"):
        adjudicating.take(project, shown(project), two, Decision.REJECTED)


def test_links_come_along_when_the_second_end_comes_in(project: Project) -> None:
    take(project, "Q1")
    assert final_links(project) == set()
    take(project, "S1")
    assert final_links(project) == {("the talks", "speaker", "Kremlin spok")}
    one_step(project, lambda: take(project, "bK1"))
    assert ("the talks", "cue", "confirmed") not in final_links(project)
    take(project, "K1")
    assert ("the talks", "cue", "confirmed") in final_links(project)
    assert all(k.annotator == CAROL.uid for k in shown(project).links.values() if k.uid[:8] != "01950000")


def test_what_a_link_cannot_have_room_for_stays_behind(project: Project) -> None:
    inside = [Link(uid("0cc0", 1), ARTICLE, annotation_uid("Q1"), annotation_uid("Q2"), "inside", ANNA.uid),
              Link(uid("0cc0", 2), ARTICLE, bens("Q2"), bens("Q1"), "inside", ANNA.uid)]  # fmt: skip
    with project.edit("Links") as edit:
        for link in inside:
            edit.add(link)
    take(project, "Q1", "Q2", "bQ2")
    assert final_links(project) == {("the talks", "inside", "Russia's sta")}
    first(project, "boundary", "Q1")
    assert final_links(project) == {("the talks", "inside", "Russia's sta")}


def test_a_changed_source_is_taken_anew(project: Project) -> None:
    final = take(project, "bQ1")
    work_as(project, CAROL)
    wider = replace(of(project, "bQ1"), fragments=of(project, "Q1").fragments, modified="2999-01-01T00:00:00.000Z")
    with project.edit("Mend") as edit:
        edit.replace(of(project, "bQ1"), wider)
    again = take(project, "bQ1")
    assert (again.uid, again.spans) == (final.uid, wider.spans)
    assert take(project, "bQ1") == again


def test_the_first_or_the_second_version_with_both_verdicts(project: Project) -> None:
    one_step(project, lambda: first(project, "boundary", "Q1"))
    assert (said(project, "Q1"), said(project, "bQ1")) == (("accepted", ""), ("revised", "boundary"))
    one_step(project, lambda: second(project, "entity", "S2"))
    assert (said(project, "S2"), said(project, "bS2")) == (("revised", "entity"), ("accepted", ""))
    one_step(project, lambda: second(project, "tag", "A1"))
    assert (said(project, "A1"), said(project, "bA1")) == (("revised", "tag"), ("accepted", ""))
    one_step(project, lambda: first(project, "only_a", "K2"))
    assert said(project, "K2") == ("accepted", "")
    one_step(project, lambda: first(project, "only_b", "X1"))
    assert said(project, "bX1") == ("rejected", "nothing here is to be tagged")
    texts = {(a.text, a.entity) for a in finals(project)}
    assert texts == {
        ("the talks", None), ("Peskov", ENTITIES["Ministry"].uid), ("reporters", ENTITIES["reporters"].uid),
        ("refrained from commenting on", None),
    }  # fmt: skip
    assert open_kinds(project) == ["attribute", "link", "link"]


def test_a_later_decision_on_the_same_pair_changes_only_what_it_is_about(project: Project) -> None:
    second(project, "attribute", "Q2")
    assert "link" in open_kinds(project)
    take(project, "K2")
    assert final_links(project) == set()
    one_step(project, lambda: first(project, "link", "Q2"))
    assert final_links(project) == {("Russia's sta", "cue", "refrained fr")}
    (quote,) = (a for a in finals(project) if a.start == 86)
    assert quote.values == of(project, "bQ2").values
    assert adjudicating.sources_of(quote) == (bens("Q2"), annotation_uid("Q2"))
    assert (said(project, "Q2"), said(project, "bQ2")) == (("revised", "attribute polarity"), ("revised", "link cue"))
    one_step(project, lambda: second(project, "link", "Q2"))
    assert final_links(project) == set()
    one_step(project, lambda: first(project, "attribute", "Q2"))
    (quote,) = (a for a in finals(project) if a.start == 86)
    assert quote.values == of(project, "Q2").values
    assert open_kinds(project) == ["boundary", "link", "entity", "tag", "only_b"]


def test_a_chosen_link_takes_its_other_end_along_unless_that_was_rejected(project: Project) -> None:
    first(project, "link", "Q3")
    assert final_links(project) == {("“Before the ", "addressee", "reporters")}
    assert said(project, "A1") == ("accepted", "")
    assert (said(project, "Q3"), said(project, "bQ3")) == (("accepted", ""), ("revised", "link addressee"))
    assert first(project, "link", "Q3") is not None
    assert final_links(project) == {("“Before the ", "addressee", "reporters")}
    project.undo()
    project.undo()
    adjudicating.decide_nothing(project, shown(project), [of(project, "A1")])
    first(project, "link", "Q3")
    assert final_links(project) == set()
    assert said(project, "A1")[0] == "rejected"


def test_links_decided_otherwise_do_not_come_later(project: Project) -> None:
    take(project, "Q3")
    second(project, "link", "Q3")
    assert said(project, "Q3") == ("revised", "link addressee")
    take(project, "A1", "S2")
    assert final_links(project) == {("“Before the ", "speaker", "Peskov")}


def test_the_other_tag_drops_links_that_no_longer_fit(project: Project) -> None:
    take(project, "Q3", "A1")
    assert final_links(project) == {("“Before the ", "addressee", "reporters")}
    one_step(project, lambda: second(project, "tag", "A1"))
    assert final_links(project) == set()
    (final,) = (a for a in finals(project) if a.text == "reporters")
    assert (final.tag_type, final.values) == (of(project, "bA1").tag_type, ())


def test_a_link_that_an_import_brought_twice_is_taken_once_and_goes_with_its_twin(project: Project) -> None:
    take(project, "Q3", "A1")
    (made,) = (k for k in shown(project).links.values() if k.to_annotation in {a.uid for a in finals(project)})
    with project.edit("Twins") as edit:
        edit.add(replace(made, uid=uid("0cc0", 1)))
        (theirs,) = (k for k in shown(project).links.values() if k.to_annotation == annotation_uid("A1"))
        edit.add(replace(theirs, uid=uid("0cc0", 2)))
    second(project, "link", "Q3")
    assert final_links(project) == set()
    first(project, "link", "Q3")
    assert len([k for k in shown(project).links.values() if k.from_annotation == made.from_annotation]) == 1


def test_links_that_fit_the_other_tag_too_stay(project: Project) -> None:
    quote, place = (project.cache.codebook.tag_named(name) for name in ("quote", "location"))
    assert quote is not None
    assert place is not None
    with project.edit("Allow") as edit:
        edit.add(LinkRule(uid("1c00", 1), "addressee", "Addressee", quote.uid, place.uid))
    take(project, "Q3", "A1")
    second(project, "tag", "A1")
    assert final_links(project) == {("“Before the ", "addressee", "reporters")}


def test_what_neither_side_has(project: Project) -> None:
    cue = project.cache.codebook.tag_named("cue")
    assert cue is not None
    one_step(project, lambda: adjudicating.tag_final(project, shown(project), cue.uid, [Span(298, 300)]))
    adjudicating.tag_final(project, shown(project), cue.uid, [Span(301, 309)])
    assert project.undo_label == "Tag cue"
    assert {(a.text, a.origin, a.annotator) for a in finals(project)} == {
        ("on", "", CAROL.uid), ("Thursday", "", CAROL.uid),
    }  # fmt: skip
    before = stored(project)
    nothing = Difference(DifferenceKind.ONLY_A, None, None)
    assert adjudicating.take_first(project, shown(project), nothing) is None
    assert not adjudicating.is_decided(project, Latest(()), nothing)
    assert stored(project) == before


def test_the_merged_extent(project: Project) -> None:
    wider = replace(of(project, "bQ1"), fragments=fragments(PASSAGE, [Span(46, 60)]))
    with project.edit("Widen") as edit:
        edit.replace(of(project, "bQ1"), wider)
    asked = difference(project, "boundary", "Q1")
    one_step(project, lambda: adjudicating.take_merged_extent(project, shown(project), asked))
    (final,) = finals(project)
    assert final.spans == (Span(42, 60),)
    assert final.fragments == fragments(PASSAGE, [Span(42, 60)])
    assert adjudicating.sources_of(final) == (annotation_uid("Q1"), bens("Q1"))
    assert {said(project, "Q1"), said(project, "bQ1")} == {("revised", "boundary")}
    assert "boundary" not in open_kinds(project)
    with pytest.raises(RuleError, match="only one version"):
        adjudicating.take_merged_extent(project, shown(project), difference(project, "only_a", "K2"))


def test_two_final_versions_of_a_pair_become_one(project: Project) -> None:
    take(project, "Q1", "bQ1")
    assert len(finals(project)) == 2
    one_step(project, lambda: second(project, "boundary", "Q1"))
    (final,) = finals(project)
    assert final.spans == (Span(46, 51),)
    project.undo()
    assert len(finals(project)) == 2
    asked = difference(project, "boundary", "Q1")
    one_step(project, lambda: adjudicating.take_merged_extent(project, shown(project), asked))
    (final,) = finals(project)
    assert final.spans == (Span(42, 51),)
    assert (said(project, "Q1"), said(project, "bQ1")) == (("accepted", ""), ("revised", "boundary"))


def test_accepting_all_agreed_is_one_step_and_twice_changes_nothing(project: Project) -> None:
    one_step(project, lambda: adjudicating.accept_all_agreed(project, shown(project), A, B))
    assert len(finals(project)) == len(AGREED)
    assert all(len(adjudicating.sources_of(final)) == 2 for final in finals(project))
    assert {said(project, name) for known in AGREED for name in (known, f"b{known}")} == {("accepted", "")}
    before = stored(project)
    assert adjudicating.accept_all_agreed(project, shown(project), A, B) == 0
    assert stored(project) == before
    kept = {(s, role, e) for s, role, e in final_links(project) if s == "Russian forc"}
    assert {role for _, role, _ in kept} == {"content_of", "claimant", "about_location"}
    assert open_kinds(project) == [kind for kind, _ in DIFFERENCES]


def test_accepting_all_agreed_leaves_what_was_decided_otherwise(project: Project) -> None:
    adjudicating.decide_nothing(project, shown(project), [of(project, "S1")])
    reviewing.judge(project, shown(project), of(project, "K1"), Decision.ACCEPTED)
    take(project, "bC1")
    assert adjudicating.accept_all_agreed(project, shown(project), A, B) == len(AGREED) - 1
    texts = [final.text for final in finals(project)]
    assert "Kremlin spokesman Dmitry Peskov" not in texts
    assert len(set(texts)) == len(texts) == len(AGREED) - 1


def test_nothing_here_rejects_all_and_empties_the_place(project: Project) -> None:
    final = adjudicating.take_first(project, shown(project), difference(project, "boundary", "Q1"))
    assert final is not None
    content = shown(project)
    involved = [content.annotations[one] for one in (annotation_uid("Q1"), bens("Q1"), final.uid)]
    one_step(project, lambda: adjudicating.decide_nothing(project, content, involved, "headline"))
    assert finals(project) == []
    assert {said(project, "Q1"), said(project, "bQ1")} == {("rejected", "headline")}
    with pytest.raises(RuleError, match="Say why"):
        adjudicating.decide_nothing(project, shown(project), [of(project, "Q1")], "")


def test_a_place_of_the_adjudicated_set_alone_is_removed(project: Project) -> None:
    codebook = project.cache.codebook
    take(project, "S1", "bS1")
    home = adjudicating.adjudicated_set(project)
    cue = codebook.tag_named("cue")
    assert cue is not None
    by_hand = tagging.tag(project, shown(project), cue.uid, [Span(298, 300)], home)
    assert (by_hand.annotation_set, adjudicating.sources_of(by_hand)) == (ADJUDICATED_UID, ())
    adjudicating.decide_nothing(project, shown(project), [by_hand])
    assert [final.text for final in finals(project)] == ["Kremlin spokesman Dmitry Peskov"]
    adjudicating.decide_nothing(project, shown(project), [of(project, "S1")])
    assert [adjudicating.sources_of(final) for final in finals(project)] == [(bens("S1"),)]


def test_one_set_against_the_adjudicated_one(project: Project) -> None:
    take(project, "Q1", "K2", "S2", "K1")

    def found() -> dict[str, Difference]:
        content = shown(project)
        differences = adjudicating.comparison(content, ADJUDICATED_UID, B).differences
        return {f"{d.kind} {(d.a or d.b).text}": d for d in differences}  # type: ignore[union-attr]

    adjudicating.take_first(project, shown(project), found()["boundary the talks"])
    assert said(project, "bQ1") == ("revised", "boundary")
    adjudicating.take_second(project, shown(project), found()["entity Peskov"])
    assert said(project, "bS2") == ("accepted", "")
    gone = found()["only_a refrained from commenting on"]
    assert gone in adjudicating.undecided(project, shown(project), ADJUDICATED_UID, B)
    adjudicating.take_second(project, shown(project), gone)
    assert "refrained from commenting on" not in {final.text for final in finals(project)}
    assert said(project, "K2") == ("accepted", "")
    link = found()["link the talks"]
    adjudicating.take_first(project, shown(project), link)
    assert adjudicating.accept_all_agreed(project, shown(project), ADJUDICATED_UID, B) == 1
    (cue,) = (final for final in finals(project) if final.text == "confirmed")
    assert adjudicating.sources_of(cue) == (annotation_uid("K1"), bens("K1"))


def test_a_verdict_that_is_older_than_the_annotation_decides_nothing(project: Project) -> None:
    first(project, "boundary", "Q1")
    adjudicating.take_second(project, shown(project), difference(project, "only_b", "X1"))
    assert open_kinds(project) == ["only_a", "attribute", "link", "link", "entity", "tag"]
    for name in ("bQ1", "bX1"):
        with project.edit("Mend") as edit:
            edit.replace(of(project, name), replace(of(project, name), modified="2999-01-01T00:00:00.000Z"))
    assert open_kinds(project)[0] == "boundary"
    assert open_kinds(project)[-1] == "only_b"
    reviewing.judge(project, shown(project), of(project, "bQ1"), Decision.ACCEPTED)
    assert open_kinds(project)[0] == "only_a"


def test_the_final_version_is_edited_by_the_ordinary_operations(project: Project) -> None:
    quote = adjudicating.take(project, shown(project), of(project, "bQ1"), Decision.REVISED, "boundary")
    assert said(project, "bQ1") == ("revised", "boundary")
    wider = tagging.reshape(project, shown(project), quote, of(project, "Q1").spans, "Reshape")
    linking.link_mention(project, shown(project), wider, Span(0, 31), "speaker")
    assert final_links(project) == {("the talks", "speaker", "Kremlin spok")}
    assert project.read.work(ARTICLE, CAROL.uid) is None
    with pytest.raises(RuleError, match="one annotation set only"):
        linking.link(project, shown(project), quote, own_mention(project), "speaker")
    with pytest.raises(RuleError, match="Only Ben tags in the set of Ben"):
        tagging.tag(project, shown(project), quote.tag_type, [Span(0, 3)], BENS_SET)
    with pytest.raises(RuleError, match="belongs to Ben"):
        tagging.remove(project, [of(project, "bQ1")])
    assert tagging.remove(project, [project.read.get(Annotation, quote.uid) or quote]) == 1
    assert of(project, "bQ1").annotation_set == B


def own_mention(project: Project) -> Annotation:
    speaker = project.cache.codebook.tag_named("speaker")
    assert speaker is not None
    return tagging.tag(project, shown(project), speaker.uid, [Span(235, 241)])


def test_the_tables_tell_what_was_decided(project: Project, tmp_path: Path) -> None:
    adjudicating.accept_all_agreed(project, shown(project), A, B)
    first(project, "boundary", "Q1")
    second(project, "only_a", "K2")
    verdict = reviewing.comment(project, shown(project), of(project, "bQ3"), "To whom?")
    answer = reviewing.reply(project, shown(project), verdict, "Reporters.")
    export_csv(project, tmp_path / "all", profile=Profile.EXACT, with_text=True)
    rows = {row["annotation_uid"]: row for row in table(tmp_path / "all" / "annotations.csv")}
    status = {name: rows[of(project, name).uid]["status"] for name in ("S1", "bS1", "Q1", "bQ1", "K2", "bQ3")}
    assert status == {
        "S1": "accepted", "bS1": "accepted", "Q1": "accepted", "bQ1": "revised", "K2": "rejected", "bQ3": "",
    }  # fmt: skip
    assert {rows[final.uid]["status"] for final in finals(project)} == {""}
    verdicts = {row["verdict_uid"]: row for row in table(tmp_path / "all" / "verdicts.csv")}
    assert len(verdicts) == 2 * len(AGREED) + 2 + 1 + 2
    assert (verdicts[verdict.uid]["replies"], verdicts[answer.uid]["decision"]) == (answer.uid, "reply")
    (revised,) = (row for row in verdicts.values() if row["decision"] == "revised")
    assert (revised["reviewer"], revised["annotation_set"], revised["reason"]) == ("Carol", "Ben", "boundary")
    assert rows[revised["adjudicated_uid"]]["annotation_set"] == "adjudicated"
    export_csv(project, tmp_path / "final", profile=Profile.EXACT, sets=["adjudicated"])
    chosen = table(tmp_path / "final" / "annotations.csv")
    assert len(chosen) == len(AGREED) + 1
    assert {(row["annotation_set"], row["annotator"]) for row in chosen} == {("adjudicated", "Carol")}
    (quote,) = (row for row in chosen if row["text"] == "the talks")
    assert (quote["speaker"], quote["origin"]) == ("Dmitry Peskov", f"from:{annotation_uid('Q1')}")
    assert table(tmp_path / "final" / "verdicts.csv") == []
    assert {row["annotation_set"] for row in table(tmp_path / "final" / "links.csv")} == {"adjudicated"}
    (people,) = table(tmp_path / "final" / "articles.csv")
    assert (people["Carol.status"], people["Carol.annotations"]) == ("", str(len(chosen)))
    assert_comes_back(project, tmp_path)


def assert_comes_back(project: Project, tmp_path: Path) -> None:
    other = create_project(tmp_path / "other.annot", shipped_codebook("news"))
    import_tables(other, tmp_path / "all")
    for kind in (Annotation, AnnotationSet, Verdict, Link):
        assert {r.uid: r for r in other.read.all(kind)} == {r.uid: r for r in project.read.all(kind)}
    other.close()


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


names = st.permutations([row.name for row in ROWS])
spans = st.tuples(st.integers(0, 379), st.integers(1, 4)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
extents = st.lists(st.lists(spans, min_size=1, max_size=3), min_size=0, max_size=6)


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(names, extents, st.data())
def test_after_taking_all_of_one_set_nothing_differs(
    order: list[str], more: list[list[Span]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = passage_project(Path(folder) / "a.annot")
        try:
            extra = add_extents(project, more, data)
            for one in data.draw(st.permutations([*map(annotation_uid, order), *extra])):
                adjudicating.take(project, shown(project), shown(project).annotations[one])
            compared = adjudicating.comparison(shown(project), A, ADJUDICATED_UID)
            assert compared.differences == ()
            assert len(compared.agreed) == len(finals(project)) == len(ROWS) + len(extra)
            assert adjudicating.accept_all_agreed(project, shown(project), A, ADJUDICATED_UID) == 0
            while finals(project):
                project.undo()
            assert shown(project).verdicts == {}
        finally:
            project.close()


def add_extents(project: Project, more: list[list[Span]], data: st.DataObject) -> list[str]:
    codebook = project.cache.codebook
    known = {(a.tag_type, a.spans) for a in shown(project).annotations.values()}
    added = []
    with project.edit("More") as edit:
        for at, extent in enumerate(more):
            tag = data.draw(st.sampled_from(codebook.tag_types))
            one = Annotation(
                uid("0bc0", at), ARTICLE, tag.uid, A, fragments(PASSAGE, extent), ANNA.uid,
                data.draw(st.sampled_from([None, ENTITIES["Peskov"].uid])), from_mapping({}), "a note",
            )  # fmt: skip
            if (one.tag_type, one.spans) not in known:
                known.add((one.tag_type, one.spans))
                edit.add(one)
                added.append(one.uid)
    return added


MOVES = ("first", "second", "merged", "nothing", "agreed", "accept", "reject", "revise", "edit", "undo", "redo")


@settings(max_examples=12, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 999)), min_size=5, max_size=25))
def test_whatever_is_decided_the_file_is_sound_and_the_last_word_stands(moves: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = reviewed_project(Path(folder) / "a.annot")
        try:
            start = stored(project)
            for move, number in moves:
                wander(project, move, number)
                assert_sound(project)
            while left := adjudicating.undecided(project, shown(project), A, B):
                adjudicating.take_first(project, shown(project), left[0])
                assert_sound(project)
                now = adjudicating.undecided(project, shown(project), A, B)
                assert left[0] not in now
                assert len(now) < len(left)
            while project.undo_label:
                assert not project.undo().skipped
            assert stored(project) == start
        finally:
            project.close()


def wander(project: Project, move: str, number: int) -> None:
    content = shown(project)
    differences = adjudicating.comparison(content, A, B).differences
    asked = differences[number % len(differences)]
    sides = [one for one in content.annotations.values() if one.annotation_set in (A, B)]
    one = sides[number % len(sides)]
    made = finals(project)
    match move:
        case "first":
            adjudicating.take_first(project, content, asked)
        case "second":
            adjudicating.take_second(project, content, asked)
        case "merged" if asked.a and asked.b:
            adjudicating.take_merged_extent(project, content, asked)
        case "nothing":
            adjudicating.decide_nothing(project, content, [one, *made[number % 7 : number % 7 + 1]])
        case "agreed":
            adjudicating.accept_all_agreed(project, content, A, B)
        case "accept":
            adjudicating.take(project, content, one)
        case "reject" | "revise":
            decision = Decision.REJECTED if move == "reject" else Decision.REVISED
            reviewing.judge(project, content, one, decision, "duplicate")
        case "edit" if made:
            final = made[number % len(made)]
            tagging.reshape(project, content, final, [Span(number % 300, number % 300 + 9)], "Reshape")
        case "undo":
            project.undo()
        case "redo":
            project.redo()


def assert_sound(project: Project) -> None:
    content = shown(project)
    homes = {uid: one.annotation_set for uid, one in content.annotations.items()}
    assert all(homes[k.from_annotation] == homes[k.to_annotation] for k in content.links.values())
    ends = [(k.from_annotation, k.to_annotation, k.role) for k in content.links.values()]
    assert len(set(ends)) == len(ends)
    sources = [source for final in finals(project) for source in adjudicating.sources_of(final)]
    assert len(set(sources)) == len(sources), "one annotation has two final versions"
    assert all(homes[source] in (A, B) for source in sources)
    for verdict in content.verdicts.values():
        assert verdict.adjudicated is None or homes[verdict.adjudicated] == ADJUDICATED_UID
        assert homes[verdict.annotation] in (A, B)
    for source in sources:
        standing = reviewing.newest_verdict(content, content.annotations[source])
        assert standing is not None
        assert standing.decision is not Decision.REJECTED
