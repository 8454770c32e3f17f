from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.codebook import Attribute, AttributeKind, Codebook, Part, TagType
from annotator.operations.codebook import REMOVE
from annotator.ui.codebook.draft import Draft, Trouble

NEWS = shipped_codebook("news")
SPEAKER, QUOTE, LOCATION, CLAIM, CUE = (
    tag.uid for name in ("speaker", "quote", "location", "claim", "cue") if (tag := NEWS.tag_named(name)) is not None
)
MEDIUM = NEWS.attribute_named(QUOTE, "medium").uid  # type: ignore[union-attr]
FRAME = NEWS.attribute_named(None, "frame").uid  # type: ignore[union-attr]


@pytest.fixture
def draft() -> Draft:
    return Draft.of(NEWS)


def names(draft: Draft) -> list[str]:
    return [tag.name for tag in draft.codebook.tag_types]


def attribute(draft: Draft, uid: str) -> Attribute:
    return draft.codebook.attribute(uid)


def test_a_new_draft_is_unchanged_sound_and_saves_as_it_was(draft: Draft):
    assert not draft.changed
    assert draft.result == NEWS
    assert draft.problems() == []
    assert draft.troubles() == []


# -- tag types --------------------------------------------------------------------------------------------


def test_a_tag_type_is_added_at_the_end_with_a_free_key_and_a_colour_of_its_own(draft: Draft):
    added = draft.add_tag("t", "Legal term").codebook.tag("t")
    assert (added.name, added.key, added.part) == ("legal_term", "6", Part.OTHER)
    assert added.colour not in {tag.colour for tag in NEWS.tag_types}
    assert draft.add_tag("t", "Legal term").alike("t") == ()
    assert draft.add_tag("t", "Legal term").result.tag("t").position == 5


def test_a_tenth_tag_type_has_no_key(draft: Draft):
    for number in range(5):
        draft = draft.add_tag(f"t{number}", "More")
    assert draft.codebook.tag("t4").key == ""
    assert names(draft)[-3:] == ["more_3", "more_4", "more_5"]
    assert draft.problems() == []


def test_the_export_name_of_a_new_type_follows_its_label_until_it_is_edited(draft: Draft):
    draft = draft.add_tag("t", "New tag").label_tag("t", "Épreuve d’appel")
    assert draft.codebook.tag("t").name == "epreuve_dappel"
    draft = draft.edit_tag("t", name="appeal").label_tag("t", "Appeals")
    assert (draft.codebook.tag("t").label, draft.codebook.tag("t").name) == ("Appeals", "appeal")


def test_the_export_name_of_a_known_type_stays(draft: Draft):
    draft = draft.label_tag(CLAIM, "Assertion")
    assert draft.codebook.tag(CLAIM).name == "claim"
    assert draft.name_before(draft.codebook.tag(CLAIM)) == "claim"
    assert draft.name_before(draft.add_tag("t", "x").codebook.tag("t")) == ""
    assert draft.changed


def test_a_clashing_key_and_name_are_found(draft: Draft):
    draft = draft.edit_tag(CUE, key="1", name="quote")
    clash = draft.key_taken_by(CUE, "1")
    assert clash is not None and clash.uid == SPEAKER
    assert draft.key_taken_by(CUE, "") is None
    assert draft.key_taken_by(SPEAKER, "9") is None
    assert draft.problems() == ["The tag name “quote” is there twice.", "The key “1” is there twice."]


def test_colours_too_alike_for_some_eyes_are_found(draft: Draft):
    draft = draft.edit_tag(CUE, colour="#0072B5")
    assert [tag.uid for tag in draft.alike(CUE)] == [SPEAKER]
    assert draft.alike(QUOTE) == ()


def test_moving_changes_the_order_and_positions(draft: Draft):
    moved = draft.move_tag(CUE, 0)
    assert names(moved) == ["cue", "speaker", "quote", "location", "claim"]
    assert moved.result.tag(CUE).position == 0
    assert moved.changed
    assert not moved.move_tag(CUE, 4).changed


def test_removing_takes_attributes_and_links_along(draft: Draft):
    removed = draft.remove_tag(SPEAKER)
    assert names(removed) == ["quote", "location", "claim", "cue"]
    assert removed.codebook.attributes_of(SPEAKER) == ()
    assert {rule.role for rule in removed.codebook.link_rules} == {
        "cue", "inside", "content_of", "about_location", "supports", "attacks", "same_as"
    }  # fmt: skip
    assert removed.moved == {SPEAKER: REMOVE}
    assert removed.problems() == []


def test_removing_a_new_type_leaves_no_trace(draft: Draft):
    assert draft.add_tag("t", "New").remove_tag("t") == draft


def test_moving_annotations_on_twice_ends_at_the_last(draft: Draft):
    draft = draft.remove_tag(CUE, CLAIM)
    assert draft.homes(CLAIM) == (CLAIM, CUE)
    draft = draft.remove_tag(CLAIM, QUOTE)
    assert draft.moved == {CUE: QUOTE, CLAIM: QUOTE}
    assert draft.homes(QUOTE) == (QUOTE, CUE, CLAIM)
    assert draft.homes(SPEAKER) == (SPEAKER,)
    assert draft.remove_tag(QUOTE).moved == {CUE: REMOVE, CLAIM: REMOVE, QUOTE: REMOVE}


def test_annotations_can_go_to_a_new_type(draft: Draft):
    draft = draft.add_tag("t", "Said").remove_tag(QUOTE, "t")
    assert draft.homes("t") == (QUOTE,)
    assert draft.remove_tag("t", CLAIM).moved == {QUOTE: CLAIM}


def test_a_merge_takes_over_what_the_target_lacks(draft: Draft):
    merged = draft.remove_tag(CLAIM, QUOTE, take_over=True)
    known = {one.name for one in merged.codebook.attributes_of(QUOTE)}
    assert {"quote_type", "medium", "claim_type", "rating"} <= known
    ends = {(rule.role, rule.to_type) for rule in merged.codebook.rules_from(QUOTE)}
    assert {("claimant", SPEAKER), ("content_of", QUOTE), ("supports", QUOTE)} <= ends
    assert merged.problems() == []
    assert merged.troubles() == []


def test_a_merge_keeps_the_target_s_own_where_both_have_one(draft: Draft):
    draft = draft.add_attribute("a", CLAIM, "Medium").add_rule("r", CLAIM, SPEAKER, "Speaker")
    merged = draft.remove_tag(CLAIM, QUOTE, take_over=True)
    assert merged.codebook.attribute_named(QUOTE, "medium") == NEWS.attribute(MEDIUM)
    assert all(rule.uid != "r" for rule in merged.codebook.link_rules)
    assert merged.troubles() == []


# -- attributes -------------------------------------------------------------------------------------------


def test_an_attribute_is_added_to_a_type_or_to_articles(draft: Draft):
    draft = draft.add_attribute("a", None, "Tone").add_attribute("b", QUOTE, "Medium")
    assert attribute(draft, "a").kind is AttributeKind.TEXT
    assert [one.name for one in draft.codebook.attributes_of(None)] == ["genre", "frame", "tone"]
    assert attribute(draft, "b").name == "medium_2"


def test_the_export_name_of_a_new_attribute_follows_its_label(draft: Draft):
    draft = draft.add_attribute("a", QUOTE, "New attribute").label_attribute("a", "Loudness")
    assert attribute(draft, "a").name == "loudness"
    assert draft.label_attribute(MEDIUM, "Channel").codebook.attribute(MEDIUM).name == "medium"
    assert draft.name_before(NEWS.attribute(MEDIUM)) == "medium"


def test_attributes_move_among_those_of_the_same_owner(draft: Draft):
    moved = draft.move_attribute(MEDIUM, 0)
    assert [one.name for one in moved.codebook.attributes_of(QUOTE)] == ["medium", "quote_type", "polarity"]
    assert moved.codebook.attributes_of(CLAIM) == NEWS.attributes_of(CLAIM)
    assert len(moved.codebook.attributes) == len(NEWS.attributes)


def test_a_kind_can_be_tried_and_taken_back(draft: Draft):
    tried = draft.edit_attribute(MEDIUM, kind=AttributeKind.TEXT)
    assert attribute(tried, MEDIUM).choices == NEWS.attribute(MEDIUM).choices
    assert attribute(tried, MEDIUM).default == ""
    assert tried.result.attribute(MEDIUM).choices == ()
    back = tried.edit_attribute(MEDIUM, kind=AttributeKind.ONE, default="speech")
    assert not back.changed
    assert attribute(draft.edit_attribute(MEDIUM, kind=AttributeKind.ONE), MEDIUM).default == "speech"


def test_a_removed_attribute_is_gone(draft: Draft):
    assert draft.remove_attribute(MEDIUM).codebook.attribute_named(QUOTE, "medium") is None


# -- choices ----------------------------------------------------------------------------------------------


def test_choices_are_added_once(draft: Draft):
    draft = draft.add_choice(MEDIUM, " song ")
    assert attribute(draft, MEDIUM).choices == ("speech", "writing", "thought", "song")
    assert draft.add_choice(MEDIUM, "song") == draft
    assert draft.add_choice(MEDIUM, "  ") == draft


def test_a_reworded_choice_keeps_stored_values_and_the_default(draft: Draft):
    draft = draft.rename_choice(MEDIUM, "speech", "oral")
    assert attribute(draft, MEDIUM).choices == ("oral", "writing", "thought")
    assert attribute(draft, MEDIUM).default == "oral"
    assert draft.renamed == {(MEDIUM, "speech"): "oral"}


def test_rewording_twice_and_back(draft: Draft):
    twice = draft.rename_choice(MEDIUM, "speech", "oral").rename_choice(MEDIUM, "oral", "said")
    assert twice.renamed == {(MEDIUM, "speech"): "said"}
    assert twice.rename_choice(MEDIUM, "said", "speech").renamed == {}
    assert not twice.rename_choice(MEDIUM, "said", "speech").changed


def test_two_choices_can_change_places_by_their_words(draft: Draft):
    swapped = draft.rename_choice(MEDIUM, "speech", "x").rename_choice(MEDIUM, "writing", "speech")
    swapped = swapped.rename_choice(MEDIUM, "x", "writing")
    assert attribute(swapped, MEDIUM).choices == ("writing", "speech", "thought")
    assert swapped.renamed == {(MEDIUM, "speech"): "writing", (MEDIUM, "writing"): "speech"}


def test_rewording_to_what_is_there_or_of_what_is_not_is_refused(draft: Draft):
    assert draft.rename_choice(MEDIUM, "speech", "writing") == draft
    assert draft.rename_choice(MEDIUM, "speech", "") == draft
    assert draft.rename_choice(MEDIUM, "shout", "cry") == draft


def test_rewording_a_new_choice_renames_nothing_stored(draft: Draft):
    draft = draft.add_choice(MEDIUM, "song").rename_choice(MEDIUM, "song", "hymn")
    assert draft.renamed == {}
    assert draft.add_attribute("a", QUOTE, "A").add_choice("a", "x").rename_choice("a", "x", "y").renamed == {}


def test_a_removed_choice_leaves_the_default_and_the_renames(draft: Draft):
    draft = draft.rename_choice(MEDIUM, "speech", "oral").remove_choice(MEDIUM, "oral")
    assert attribute(draft, MEDIUM).choices == ("writing", "thought")
    assert attribute(draft, MEDIUM).default == ""
    assert draft.renamed == {}


def test_defaults_of_several_choices_follow(draft: Draft):
    draft = draft.edit_attribute(FRAME, default="conflict; morality")
    assert attribute(draft.rename_choice(FRAME, "morality", "values"), FRAME).default == "conflict; values"
    assert attribute(draft.remove_choice(FRAME, "conflict"), FRAME).default == "morality"


def test_choices_move(draft: Draft):
    assert attribute(draft.move_choice(MEDIUM, "thought", 0), MEDIUM).choices == ("thought", "speech", "writing")


WORDS = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.tuples(WORDS, WORDS), max_size=12))
def test_renames_always_lead_from_stored_words_to_words_that_are_there(steps: list[tuple[str, str]]):
    tag = TagType("t", "t", "T", "#0072B2")
    one = Attribute("x", "t", "x", "X", AttributeKind.ONE, ("a", "b", "c"))
    draft = Draft.of(Codebook((tag,), (one,)))
    origin = {"a": "a", "b": "b", "c": "c"}  # wording now: wording stored
    for old, new in steps:
        after = draft.rename_choice("x", old, new)
        if after is not draft:
            origin[new] = origin.pop(old)
        draft = after
    assert set(attribute(draft, "x").choices) == set(origin)
    assert draft.renamed == {("x", stored): now for now, stored in origin.items() if now != stored}


# -- links ------------------------------------------------------------------------------------------------


def test_links_are_added_edited_and_removed(draft: Draft):
    draft = draft.add_rule("r", CUE, SPEAKER, "New link").label_rule("r", "Said by")
    rule = next(rule for rule in draft.codebook.link_rules if rule.uid == "r")
    assert (rule.role, rule.label, rule.at_most, rule.acyclic) == ("said_by", "Said by", 0, False)
    draft = draft.edit_rule("r", role="said", at_most=2, acyclic=True).label_rule("r", "By")
    assert draft.result.link_rules[-1].role == "said"
    assert draft.result.link_rules[-1].position == 10
    assert not draft.remove_rule("r").changed


def test_the_role_of_a_known_link_stays(draft: Draft):
    uid = NEWS.link_rules[0].uid
    assert draft.label_rule(uid, "Said by").codebook.link_rules[0].role == "speaker"


# -- troubles ---------------------------------------------------------------------------------------------


def test_troubles_name_what_to_mend(draft: Draft):
    assert draft.edit_tag(CUE, label=" ").troubles() == [(Trouble.LABEL_MISSING, "cue")]
    assert draft.edit_attribute(MEDIUM, label="").troubles() == [(Trouble.LABEL_MISSING, "medium")]
    assert draft.edit_attribute(MEDIUM, choices=("a", "a")).troubles() == [(Trouble.CHOICE_TWICE, "Medium")]
    assert draft.edit_attribute(MEDIUM, choices=("a", " ")).troubles() == [(Trouble.CHOICE_MISSING, "Medium")]
    rule = NEWS.link_rules[0].uid
    assert draft.edit_rule(rule, role="").troubles() == [(Trouble.ROLE_MISSING, "Quote")]
    assert draft.edit_rule(rule, label="").troubles() == [(Trouble.ROLE_MISSING, "Quote")]
    assert draft.edit_rule(rule, role="addressee").troubles() == [(Trouble.LINK_TWICE, "Addressee")]


# -- a codebook file --------------------------------------------------------------------------------------


def renumbered(codebook: Codebook) -> Codebook:
    """Return the same codebook as another project would have it: with uids of its own."""
    new = {record.uid: uuid7() for record in codebook.records}
    from msgspec.structs import replace

    return Codebook(
        tuple(replace(tag, uid=new[tag.uid]) for tag in codebook.tag_types),
        tuple(
            replace(one, uid=new[one.uid], tag_type=new[one.tag_type] if one.tag_type else None)
            for one in codebook.attributes
        ),
        tuple(
            replace(rule, uid=new[rule.uid], from_type=new[rule.from_type], to_type=new[rule.to_type])
            for rule in codebook.link_rules
        ),
    )


def test_importing_the_same_codebook_changes_nothing(draft: Draft):
    assert not draft.imported(NEWS, set()).changed
    assert not draft.imported(renumbered(NEWS), {QUOTE}).changed


def test_importing_keeps_what_is_used_and_drops_the_rest(draft: Draft):
    other = Codebook((TagType("n", "actor", "Actor", "#0072B2", "2"),), ())
    taken = draft.imported(other, {QUOTE, None})
    assert names(taken) == ["actor", "quote"]
    assert taken.codebook.tag(QUOTE).key == ""
    assert taken.codebook.attributes_of(QUOTE) == NEWS.attributes_of(QUOTE)
    assert taken.codebook.attributes_of(None) == NEWS.attributes_of(None)
    assert [rule.role for rule in taken.codebook.link_rules] == ["inside"]
    assert taken.problems() == []


def test_importing_takes_attributes_of_the_same_name_for_the_same(draft: Draft):
    other = Codebook(
        (TagType("n", "quote", "Words", "#0072B2", "2"),),
        (
            Attribute("m", "n", "medium", "Channel", AttributeKind.ONE, ("speech",)),
            Attribute("g", None, "tone", "Tone", AttributeKind.TEXT),
        ),
    )
    taken = draft.imported(other, set())
    assert [(tag.uid, tag.label) for tag in taken.codebook.tag_types] == [(QUOTE, "Words")]
    assert [(one.uid, one.label) for one in taken.codebook.attributes] == [(MEDIUM, "Channel"), ("g", "Tone")]


def test_a_name_is_no_match_when_the_file_has_that_type_under_its_uid(draft: Draft):
    other = Codebook((TagType(QUOTE, "said", "Said", "#0072B2"), TagType("n", "quote", "Quote", "#00805E")))
    taken = draft.imported(other, set())
    assert [(tag.uid, tag.name) for tag in taken.codebook.tag_types] == [(QUOTE, "said"), ("n", "quote")]
    assert taken.problems() == []
