"""Merging as such: random edits on both sides of a small project, against a plain model of what must come out."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.worked_passage import ANNA, PASSAGE, uid

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model import manifest
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link, SetKind
from annotator.model.article import Article, ArticleWork, Status, text_hash, word_count
from annotator.model.changes import Kind, Record
from annotator.model.entity import Entity, EntityKind
from annotator.model.merge_plan import CODEBOOK, Fate, Merge, Reason, Side, Sides
from annotator.model.merging import merge
from annotator.model.references import Key, references
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span, fragments

State = dict[Key, Record]
PEOPLE = [Annotator(uid("a000", 1), "Anna"), Annotator(uid("a000", 2), "Ben"), Annotator(uid("a000", 3), "Carla")]
SETS = [AnnotationSet(uid("a001", at), p.name, SetKind.PERSON, p.uid) for at, p in enumerate(PEOPLE, 1)]
BOOK = shipped_codebook("news")
TAGS = [tag.uid for tag in BOOK.tag_types]
ARTICLES = [
    Article(uid("0a00", at), f"Title {at}", text_hash(PASSAGE), len(PASSAGE), word_count(PASSAGE)) for at in (1, 2)
]
NUMBERS = st.integers(0, 5)


def keyed(records: list[Record]) -> State:
    return {manifest.key_of(record): record for record in records}


def annotation(number: int, who: int, group: str = "0b00") -> Annotation:
    article = ARTICLES[number % 2].uid
    cut = fragments(PASSAGE, [Span(number * 3, number * 3 + 5)])
    return Annotation(uid(group, number), article, TAGS[number % 2], SETS[who].uid, cut, PEOPLE[who].uid)


def link(number: int, source: Annotation, target: Annotation, group: str = "0c00") -> Link:
    return Link(uid(group, number), source.article, source.uid, target.uid, "speaker", source.annotator)


def start() -> State:
    made = [annotation(number, who) for number, who in enumerate((0, 0, 1, 1, 2, 2))]
    entities = [Entity(uid("e000", at), EntityKind.PLACE, f"Place {at}") for at in range(3)]
    said = Verdict(uid("0d00", 1), made[2].article, made[2].uid, ANNA.uid, Decision.COMMENT)
    reply = Verdict(uid("0d00", 2), made[2].article, made[2].uid, PEOPLE[1].uid, Decision.REPLY, reply_to=said.uid)
    works = [ArticleWork(uid("0e00", at), ARTICLES[at % 2].uid, PEOPLE[at // 2].uid) for at in range(6)]
    made[3] = replace(made[3], entity=entities[0].uid)
    links: list[Record] = [link(1, made[0], made[2]), link(2, made[1], made[3])]
    return keyed([*PEOPLE, *SETS, *ARTICLES, *BOOK.records, *entities, *made, *links, said, reply, *works])


START = start()
BASE = manifest.hashes_of(START.values())


def drop(state: State, key: Key) -> None:
    """Remove a record with what must go with it; what can do without it stays."""
    del state[key]
    for other, record in list(state.items()):
        for one in references(record):
            if one.key == key and other in state:
                if one.optional:
                    state[other] = replace(record, **{one.field: None})  # type: ignore[arg-type]
                else:
                    drop(state, other)


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["note", "remove", "add", "entity", "new entity", "drop entity", "rename entity", "link",
                               "unlink", "verdict", "unsay", "status", "title"]), NUMBERS, NUMBERS),
    max_size=6,
)  # fmt: skip


def of(state: State, kind: Kind, mine: Callable[[Record], bool] = lambda _: True) -> list[Key]:
    return sorted(key for key, record in state.items() if key[0] is kind and mine(record))


def edited(state: State, steps: list[Step], side: int, *, own: bool = False) -> State:
    """Do some steps; new uids are the side's own. With ``own`` nothing of anybody else is touched."""
    state = dict(state)

    def allowed(record: Record) -> bool:
        person = getattr(record, "reviewer", getattr(record, "annotator", None))
        return not own or person == PEOPLE[side].uid

    for at, (what, number, other) in enumerate(steps):
        fresh = uid(f"{side}f00", at)
        one_step(state, what, number, other, fresh, side, allowed, own=own)
    return state


def one_step(
    state: State, what: str, number: int, other: int, fresh: str, side: int, allowed: Callable[[Record], bool], *,
    own: bool,
) -> None:  # fmt: skip
    tagged, every = of(state, Kind.ANNOTATION, allowed), of(state, Kind.ANNOTATION)
    entities, links, verdicts = of(state, Kind.ENTITY), of(state, Kind.LINK, allowed), of(state, Kind.VERDICT, allowed)
    chosen = tagged[number % len(tagged)] if tagged else None
    if what == "add":
        record = replace(annotation(number, side), uid=fresh)
        state[Kind.ANNOTATION, fresh] = record
    elif what == "new entity":
        state[Kind.ENTITY, fresh] = Entity(fresh, EntityKind.PLACE, f"New {side} {other}")
    elif what in ("drop entity", "rename entity") and entities and not own:
        key = entities[number % len(entities)]
        if what == "drop entity":
            drop(state, key)
        else:
            state[key] = replace(state[key], name=f"Renamed {other}")  # type: ignore[call-arg]
    elif what == "title" and not own:
        key = (Kind.ARTICLE, ARTICLES[number % 2].uid)
        state[key] = replace(state[key], title=f"Title {other}")  # type: ignore[call-arg]
    elif what == "status":
        key = of(state, Kind.ARTICLE_WORK, allowed)[number % 2]
        state[key] = replace(state[key], status=list(Status)[other % 3])  # type: ignore[call-arg]
    elif what == "unlink" and links:
        drop(state, links[number % len(links)])
    elif what == "unsay" and verdicts:
        drop(state, verdicts[number % len(verdicts)])
    elif what == "verdict" and every:
        target = state[every[number % len(every)]]
        assert isinstance(target, Annotation)
        said = Verdict(fresh, target.article, target.uid, PEOPLE[side].uid, Decision.COMMENT, comment=str(other))
        state[Kind.VERDICT, fresh] = said
    elif chosen is not None:
        on_chosen(state, what, chosen, other, fresh, tagged, entities)


def on_chosen(
    state: State, what: str, chosen: Key, other: int, fresh: str, tagged: list[Key], entities: list[Key]
) -> None:
    record = state[chosen]
    assert isinstance(record, Annotation)
    if what == "note":
        state[chosen] = replace(record, note=f"note {other}")
    elif what == "remove":
        drop(state, chosen)
    elif what == "entity" and entities:
        state[chosen] = replace(record, entity=entities[other % len(entities)][1])
    elif what == "link":
        target = state[tagged[other % len(tagged)]]
        assert isinstance(target, Annotation)
        if target.article == record.article and target != record:
            state[Kind.LINK, fresh] = replace(link(0, record, target), uid=fresh)


def outcome(mine: State, merged: Merge) -> State:
    after = dict(mine)
    for change in merged.changes:
        assert after.get((change.kind, change.uid)) == change.before != change.after
        if change.after is None:
            del after[change.kind, change.uid]
        else:
            after[change.kind, change.uid] = change.after
    return after


def sound(state: State) -> bool:
    works = [(r.article, r.annotator) for r in state.values() if isinstance(r, ArticleWork)]
    there = all(one.key in state for record in state.values() for one in references(record))
    return there and len(works) == len(set(works))


def decided(sides: Sides, choose: Callable[[], Side]) -> Merge:
    decisions: dict[Key, Side] = {}
    while True:
        merged = merge(sides, decisions)
        new = [one.key for one in merged.conflicts if one.key not in decisions]
        if not new:
            return merged
        decisions.update((key, choose()) for key in new)


@given(STEPS, STEPS, st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_whatever_is_decided_the_result_is_sound_and_the_second_time_changes_nothing(
    here: list[Step], there: list[Step], random: object
) -> None:
    mine, theirs = edited(START, here, 0), edited(START, there, 1)
    assert sound(mine) and sound(theirs)
    merged = decided(Sides(mine, theirs, BASE), lambda: random.choice(list(Side)))  # type: ignore[attr-defined]
    after = outcome(mine, merged)
    assert sound(after)
    again = merge(Sides(after, theirs, merged.base))
    assert (again.changes, again.conflicts) == ((), ())
    assert again.base == merged.base


@given(STEPS, STEPS)
@settings(max_examples=300)
def test_without_conflicts_each_record_is_that_of_the_side_that_changed_it(here: list[Step], there: list[Step]) -> None:
    mine, theirs = edited(START, here, 0), edited(START, there, 1)
    merged = merge(Sides(mine, theirs, BASE))
    assume(not merged.conflicts)
    after = outcome(mine, merged)
    for key in {*START, *mine, *theirs}:
        base, ours, other = START.get(key), mine.get(key), theirs.get(key)
        assert after.get(key) == (ours if other == base else other)
        assert other == base or ours in (base, other)


@given(STEPS, STEPS)
@settings(max_examples=300)
def test_before_anything_is_decided_nothing_that_i_changed_is_touched(here: list[Step], there: list[Step]) -> None:
    mine, theirs = edited(START, here, 0), edited(START, there, 1)
    merged = merge(Sides(mine, theirs, BASE))
    after = outcome(mine, merged)
    assert sound(after)
    for key, record in mine.items():
        if record != START.get(key):
            assert after[key] == record
        elif key not in after:
            assert key not in theirs
    asked = {one.key for one in merged.conflicts}
    for key, record in theirs.items():  # what they did is there, or is asked about, or waits for what is
        if record != START.get(key) and after.get(key) != record:
            assert (
                key in asked or merged.fates[key] is Fate.WAITING or any(one.key in asked for one in references(record))
            )


@given(STEPS, STEPS, STEPS)
@settings(max_examples=200)
def test_two_colleagues_work_comes_in_in_either_order(lead: list[Step], ben: list[Step], carla: list[Step]) -> None:
    mine = edited(START, lead, 0, own=True)
    sides = [edited(START, ben, 1, own=True), edited(START, carla, 2, own=True)]
    results = []
    for order in (sides, sides[::-1]):
        state = mine
        for theirs in order:
            merged = merge(Sides(state, theirs, BASE))
            assume(not merged.conflicts)
            state = outcome(state, merged)
        results.append(state)
    assert results[0] == results[1]
    for side in sides:
        assert all(results[0][key] == record for key, record in side.items() if record != START.get(key))


@given(STEPS, STEPS)
@settings(max_examples=200)
def test_without_a_common_point_nothing_is_removed_and_nothing_overwritten(here: list[Step], there: list[Step]) -> None:
    mine, theirs = edited(START, here, 0), edited(START, there, 1)
    merged = merge(Sides(mine, theirs))
    after = outcome(mine, merged)
    assert sound(after)
    assert all(after[key] == record for key, record in mine.items())
    differing = {key for key in theirs if key in mine and mine[key] != theirs[key]}
    assert {one.key for one in merged.conflicts} == differing


def test_a_person_is_never_removed() -> None:
    theirs = {key: record for key, record in START.items() if getattr(record, "annotator", "") != PEOPLE[2].uid}
    del theirs[Kind.ANNOTATOR, PEOPLE[2].uid]
    after = outcome(START, merge(Sides(START, theirs, BASE)))
    assert {SETS[2], PEOPLE[2]} <= set(after.values())
    assert not [r for r in after.values() if isinstance(r, Annotation) and r.annotator == PEOPLE[2].uid]


def test_what_both_added_alike_is_no_conflict() -> None:
    both = edited(START, [("add", 1, 1), ("note", 2, 2)], 1)
    merged = merge(Sides(both, both, BASE))
    assert (merged.changes, merged.conflicts) == ((), ())
    assert set(merged.fates.values()) == {Fate.IDENTICAL}
    assert merged.base == {**BASE, **manifest.hashes_of(both.values())}


def test_the_base_keeps_the_codebook_as_it_was() -> None:
    tag = BOOK.tag_types[0]
    theirs = {**START, (Kind.TAG_TYPE, tag.uid): replace(tag, label="Other")}
    assert merge(Sides(START, theirs, BASE)).base == BASE
    assert {key[0] for key in BASE} >= set(CODEBOOK)


def test_reasons_and_sides_are_words() -> None:
    assert [str(one) for one in Side] == ["mine", "theirs"]
    assert "both_changed" in set(Reason)
