from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, LinkRule, Part, TagType
from annotator.model.span import Fragment
from annotator.ui.panel.nesting import Row, flat, nested

CODEBOOK = Codebook(
    (
        TagType("s", "source", "Source", "#0072B2", part=Part.SPEAKER),
        TagType("q", "saying", "Saying", "#00805E", part=Part.QUOTE),
        TagType("k", "cue", "Cue", "#6B7280", part=Part.CUE),
        TagType("c", "thesis", "Thesis", "#A3498B", part=Part.CLAIM),
        TagType("l", "place", "Place", "#C85400", part=Part.LOCATION),
    ),
    (),
    (
        LinkRule("1", "speaker", "Said by", "q", "s"),
        LinkRule("2", "cue", "Cue", "q", "k"),
        LinkRule("3", "inside", "Inside", "q", "q", 1, True),
        LinkRule("4", "content_of", "Content of", "c", "q"),
        LinkRule("5", "claimant", "Claimant", "c", "s"),
        LinkRule("6", "about", "About", "c", "l"),
        LinkRule("7", "supports", "Supports", "c", "c"),
    ),
)
ROLES = {("q", "s"): "speaker", ("q", "k"): "cue", ("q", "q"): "inside", ("c", "q"): "content_of",
         ("c", "s"): "claimant", ("c", "l"): "about", ("c", "c"): "supports"}  # fmt: skip


def note(uid: str, start: int) -> Annotation:
    return Annotation(uid, "a", uid[0], "set", (Fragment(start, start + 5, "words"),), "me")


def tree(annotations: list[Annotation], pairs: list[tuple[str, str]]) -> list[Row]:
    links = [Link(f"{a}-{b}", "a", a, b, ROLES[a[0], b[0]], "me") for a, b in pairs]
    return nested({a.uid: a for a in annotations}, links, CODEBOOK)


def drawn(rows: list[Row], depth: int = 0) -> list[str]:
    lines = []
    for row in rows:
        name = f"{row.label}: {row.annotation}" if row.label else row.annotation
        lines.append("  " * depth + name + ("" if row.itself else " *"))
        lines += drawn(row.children, depth + 1)
    return lines


def test_without_links_everything_stands_in_text_order():
    rows = tree([note("q1", 20), note("s1", 0), note("l1", 40)], [])
    assert drawn(rows) == ["s1", "q1", "l1"]
    assert [row.at for row in rows] == [0, 1, 2]


def test_speaker_cue_and_claim_stand_under_the_quote():
    annotations = [note("s1", 0), note("k1", 6), note("q1", 12), note("c1", 13), note("l1", 15)]
    rows = tree(annotations, [("q1", "k1"), ("q1", "s1"), ("c1", "q1"), ("c1", "l1")])
    assert drawn(rows) == ["q1", "  Said by: s1", "  Cue: k1", "  Thesis: c1", "    About: l1"]
    assert rows[0].children[0].parent is rows[0]
    assert rows[0].children[0].link == "q1-s1"


def test_a_mention_of_two_quotes_is_itself_once_and_referred_to_once():
    rows = tree([note("s1", 0), note("q1", 10), note("q2", 30)], [("q2", "s1"), ("q1", "s1")])
    assert drawn(rows) == ["q1", "  Said by: s1", "q2", "  Said by: s1 *"]


def test_a_claim_does_not_repeat_the_speaker_of_its_quote():
    rows = tree([note("s1", 0), note("q1", 10), note("c1", 12)], [("q1", "s1"), ("c1", "q1"), ("c1", "s1")])
    assert drawn(rows) == ["q1", "  Said by: s1", "  Thesis: c1"]


def test_a_claim_with_a_claimant_of_its_own_shows_it():
    rows = tree([note("s1", 0), note("s2", 5), note("q1", 10), note("c1", 12)],
                [("q1", "s1"), ("c1", "q1"), ("c1", "s2")])  # fmt: skip
    assert drawn(rows) == ["q1", "  Said by: s1", "  Thesis: c1", "    Claimant: s2"]


def test_a_quote_stands_under_the_one_it_is_inside_of():
    assert drawn(tree([note("q1", 0), note("q2", 2)], [("q2", "q1")])) == ["q1", "  Inside: q2"]


def test_claims_that_support_each_other_stay_where_they_are():
    assert drawn(tree([note("c1", 0), note("c2", 9)], [("c2", "c1")])) == ["c1", "c2", "  Supports: c1 *"]


def test_a_claim_of_two_quotes_is_referred_to_under_the_second():
    rows = tree([note("q1", 0), note("q2", 9), note("c1", 3)], [("c1", "q2"), ("c1", "q1")])
    assert sorted(drawn(rows)) == sorted(["q1", "  Thesis: c1 *", "q2", "  Thesis: c1"]) or drawn(rows)[0] == "q1"
    assert sum(line.endswith("c1") for line in drawn(rows)) == 1


def test_a_role_that_the_codebook_no_longer_knows_is_shown_by_its_name():
    rows = nested({"q1": note("q1", 9), "s1": note("s1", 0)}, [Link("x", "a", "q1", "s1", "old_role", "me")], CODEBOOK)
    assert drawn(rows) == ["q1", "  old role: s1"]


def test_a_link_to_what_is_not_shown_is_left_out():
    links = [Link("x", "a", "q1", "gone", "speaker", "me"), Link("y", "a", "gone", "q1", "content_of", "me")]
    assert drawn(nested({"q1": note("q1", 9)}, links, CODEBOOK)) == ["q1"]


def test_flat_nests_nothing():
    assert drawn(flat([note("q1", 9), note("s1", 0)])) == ["s1", "q1"]


_UIDS = [f"{kind}{n}" for kind in "sqkcl" for n in range(3)]


@given(
    st.lists(st.sampled_from(_UIDS), unique=True),
    st.lists(st.tuples(st.sampled_from(_UIDS), st.sampled_from(_UIDS)), max_size=25),
    st.randoms(),
)
def test_everything_is_itself_exactly_once_whatever_the_links(uids, pairs, random):
    annotations = [note(uid, random.randrange(50)) for uid in uids]
    rows = tree(annotations, [p for p in pairs if (p[0][0], p[1][0]) in ROLES and p[0] != p[1]])
    found: list[str] = []
    waiting = list(rows)
    while waiting:
        row = waiting.pop()
        waiting.extend(row.children)
        found += [row.annotation] if row.itself else []
        assert row.itself or not row.children
        assert row.parent is None or row.parent.children[row.at] is row
    assert sorted(found) == sorted(uids)
