from __future__ import annotations

import re
import tomllib
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.base.errors import ExportRefusedError, ImportRefusedError
from annotator.exchange.codebook_file import (
    codebook_text,
    read_codebook,
    shipped_codebook,
    shipped_codebooks,
    write_codebook,
)
from annotator.exchange.toml_text import toml_string
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType, Unit

TAG = '[[tag_types]]\nname = "quote"\ncolour = "#00805E"\n'
ATTRIBUTE = TAG + '[[attributes]]\nof = "quote"\nname = "medium"\n'
RULE = TAG + '[[link_rules]]\nrole = "inside"\nfrom = "quote"\n'
UID = "01900000-0000-7000-8000-000000000999"


@pytest.fixture
def news() -> Codebook:
    return shipped_codebook("news")


def read(folder: Path, text: str | bytes) -> Codebook:
    path = folder / "mine.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_codebook(path)


class TestNews:
    def test_tag_types(self, news: Codebook) -> None:
        rows = [(t.key, t.name, t.label, t.colour, t.part, t.unit, t.auxiliary, t.position) for t in news.tag_types]
        assert rows == [
            ("1", "speaker", "Speaker", "#0072B2", Part.SPEAKER, Unit.NAME, False, 0),
            ("2", "quote", "Quote", "#00805E", Part.QUOTE, Unit.QUOTATION, False, 1),
            ("3", "location", "Location", "#C85400", Part.LOCATION, Unit.NAME, False, 2),
            ("4", "claim", "Claim", "#A3498B", Part.CLAIM, Unit.SENTENCE, False, 3),
            ("5", "cue", "Cue", "#6B7280", Part.CUE, Unit.WORD, True, 4),
        ]

    @pytest.mark.parametrize(
        ("tag", "name", "choices"),
        [
            ("speaker", "mention_form", "name nominal pronoun organisation"),
            ("speaker", "role_as_stated", ""),
            ("speaker", "affiliation_as_stated", ""),
            ("quote", "quote_type", "direct indirect mixed"),
            ("quote", "medium", "speech writing thought"),
            ("quote", "polarity", "asserted denied withheld hypothetical"),
            ("location", "usage", "literal metonymic demonym other"),
            ("location", "function", "event dateline mention origin destination"),
            ("location", "resolution", "resolved ambiguous unresolvable fictional"),
            ("claim", "claim_text", ""),
            ("claim", "claim_type", "event quantity prediction causal normative opinion other"),
            ("claim", "checkworthy", "yes no unsure"),
            ("claim", "claimant_stance", "affirm deny question report"),
            ("claim", "author_stance", "endorse neutral distance"),
            ("claim", "rating", "true mostly_true half_true mostly_false false unverifiable not_checked"),
            ("claim", "rating_url", ""),
        ],
    )
    def test_attributes(self, news: Codebook, tag: str, name: str, choices: str) -> None:
        found = news.tag_named(tag)
        assert found is not None
        attribute = news.attribute_named(found.uid, name)
        assert attribute is not None
        assert attribute.choices == tuple(choices.split())
        assert attribute.kind is (AttributeKind.ONE if choices else AttributeKind.TEXT)
        assert attribute.mandatory is (name == "quote_type")
        assert attribute.default == {"medium": "speech", "polarity": "asserted"}.get(name, "")

    def test_articles_are_coded_too(self, news: Codebook) -> None:
        genre, frame = news.attributes_of(None)
        assert genre.choices == ("news report", "interview", "opinion", "feature", "live blog", "other")
        assert (genre.kind, frame.kind) == (AttributeKind.ONE, AttributeKind.SEVERAL)
        assert len(news.attributes) == 16 + 2

    def test_link_rules(self, news: Codebook) -> None:
        rows = [
            (news.tag(r.from_type).name, news.tag(r.to_type).name, r.role, r.at_most, r.acyclic)
            for r in news.link_rules
        ]
        assert rows == [
            ("quote", "speaker", "speaker", 0, False),
            ("quote", "speaker", "addressee", 0, False),
            ("quote", "cue", "cue", 0, False),
            ("quote", "quote", "inside", 1, True),
            ("claim", "quote", "content_of", 0, False),
            ("claim", "speaker", "claimant", 0, False),
            ("claim", "location", "about_location", 0, False),
            ("claim", "claim", "supports", 0, False),
            ("claim", "claim", "attacks", 0, False),
            ("claim", "claim", "same_as", 0, False),
        ]

    def test_uids_are_fixed_and_of_version_7(self, news: Codebook) -> None:
        records = [*news.tag_types, *news.attributes, *news.link_rules]
        assert {UUID(r.uid).version for r in records} == {7}
        assert {UUID(r.uid).variant for r in records} == {"specified in RFC 4122"}
        assert len({r.uid for r in records}) == len(records)
        assert shipped_codebook("news") == news
        assert news.tag_types[0].uid == "01900000-0000-7000-8000-000000000101"

    def test_it_serves_as_a_coding_manual(self, news: Codebook) -> None:
        assert all(len(tag.definition) > 150 and len(tag.examples) >= 3 for tag in news.tag_types)
        assert all(len(attribute.definition) > 30 for attribute in news.attributes)
        assert not any("\n" in record.definition or "  " in record.definition for record in news.tag_types)

    def test_every_choice_is_defined_where_it_needs_it(self, news: Codebook) -> None:
        choosing = [a for a in news.attributes if a.kind is AttributeKind.ONE and a.name not in ("genre", "rating")]
        missing = [(a.name, c) for a in choosing for c in a.choices if c != "other" and c not in a.definition]
        assert missing == []


class TestShipped:
    def test_list(self) -> None:
        assert shipped_codebooks() == [
            ("news", "News: speakers, quotes, places and claims"),
            ("empty", "Empty codebook"),
        ]

    def test_empty(self) -> None:
        assert shipped_codebook("empty") == Codebook()

    def test_unknown(self) -> None:
        with pytest.raises(ImportRefusedError, match="no shipped codebook ‘sports’; there are news, empty"):
            shipped_codebook("sports")


class TestRead:
    def test_what_is_left_out(self, tmp_path: Path) -> None:
        book = read(tmp_path, ATTRIBUTE + 'kind = "text"\n[[link_rules]]\nrole = "x"\nfrom = "quote"\nto = "quote"\n')
        tag = book.tag_types[0]
        assert tag == TagType(tag.uid, "quote", "quote", "#00805E")
        attribute = book.attributes[0]
        assert attribute == Attribute(attribute.uid, tag.uid, "medium", "medium", AttributeKind.TEXT)
        rule = book.link_rules[0]
        assert rule == LinkRule(rule.uid, "x", "x", tag.uid, tag.uid)
        assert [UUID(record.uid).version for record in (tag, attribute, rule)] == [7, 7, 7]
        assert len({tag.uid, attribute.uid, rule.uid}) == 3

    def test_byte_order_mark(self, tmp_path: Path) -> None:
        assert len(read(tmp_path, b"\xef\xbb\xbf" + TAG.encode()).tag_types) == 1

    @pytest.mark.parametrize(
        ("kind", "default"),
        [
            ("one", "b"), ("several", "a; b"), ("several", "a"), ("text", "any; thing"), ("number", "-2.5"),
            ("date", "2025-03-13"), ("date", "2025"), ("yes_no", "no"),
        ],
    )  # fmt: skip
    def test_defaults(self, tmp_path: Path, kind: str, default: str) -> None:
        choices = 'choices = ["a", "b"]\n' if kind in ("one", "several") else ""
        book = read(tmp_path, f'{ATTRIBUTE}kind = "{kind}"\ndefault = "{default}"\n{choices}')
        assert book.attributes[0].default == default

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (b"\xff\xfe", "mine.toml is not UTF-8 text (byte 0)"),
            ("name = ", "mine.toml is not valid TOML: Invalid value (at end of document)"),
            ("a = " + "[" * 5000, "mine.toml is not valid TOML: "),
            ("format = 2", "mine.toml: written by a newer version of this program (format 2)"),
            ("format = -1", "‘format’ must be a whole number, 0 or more"),
            ("format = true", "‘format’ must be a whole number"),
            ("title = 3", "mine.toml: ‘title’ must be text in quotation marks"),
            ("tags = []", "unknown field ‘tags’; known here are attributes, description, format"),
            ("tag_types = 3", "‘tag_types’ must be written as [[tag_types]]"),
            ("tag_types = [3]", "‘tag_types’ must be written as [[tag_types]]"),
            ("[[tag_types]]\nlabel = 'x'", "mine.toml, tag type number 1: ‘name’ is missing"),
            ('[[tag_types]]\nname = "a\\nb"\n', "mine.toml, tag type ‘a b’: ‘colour’ is missing"),
            ("[[tag_types]]\nname = ' '\ncolour = '#000000'", "‘name’ is empty"),
            ("[[tag_types]]\nname = 'a'", "mine.toml, tag type ‘a’: ‘colour’ is missing"),
            (TAG.replace("#00805E", "green"), "tag type ‘quote’: colour ‘green’ must look like #0072B2"),
            (TAG + "key = '10'", "key ‘10’ must be a digit from 1 to 9"),
            (TAG + "part = 'verb'", "unknown part ‘verb’; use speaker, quote, cue, location, claim, other"),
            (TAG + "unit = 'line'", "unknown unit ‘line’; use quotation, sentence, name, word"),
            (TAG + "auxiliary = 'no'", "‘auxiliary’ must be true or false"),
            (TAG + "examples = 'x'", "‘examples’ must be a list of texts, none of them empty"),
            (TAG + "examples = ['']", "‘examples’ must be a list of texts, none of them empty"),
            (TAG + "hotkey = '1'", "unknown field ‘hotkey’"),
            (TAG + "uid = '7'", "‘7’ is not a uid; leave the field out to get a new one"),
            (TAG + TAG, "mine.toml: there are two tag types named ‘quote’"),
            (TAG + "key = '1'\n" + TAG.replace("quote", "b") + "key = '1'", "two tag types with the key ‘1’"),
            (f"{TAG}uid = '{UID}'\n{ATTRIBUTE[len(TAG):]}kind='text'\nuid = '{UID}'", f"entries with the uid ‘{UID}’"),
            (ATTRIBUTE, "mine.toml, attribute ‘medium’: ‘kind’ is missing"),
            (ATTRIBUTE + "kind = 'many'", "unknown kind ‘many’; use one, several, text, number, date, yes_no"),
            (ATTRIBUTE + "kind = 'one'", "an attribute of kind ‘one’ needs ‘choices’"),
            (ATTRIBUTE + "kind = 'several'\nchoices = []", "an attribute of kind ‘several’ needs ‘choices’"),
            (ATTRIBUTE + "kind = 'text'\nchoices = ['a']", "an attribute of kind ‘text’ takes no ‘choices’"),
            (ATTRIBUTE + "kind = 'one'\nchoices = ['a', 'a']", "there are two choices ‘a’"),
            (ATTRIBUTE + "kind = 'one'\nchoices = ['a']\ndefault = 'b'", "default ‘b’ is not among the choices a"),
            (ATTRIBUTE + "kind = 'several'\nchoices = ['a']\ndefault = 'a; b'", "is not among the choices a"),
            (ATTRIBUTE + "kind = 'number'\ndefault = '2,5'", "default ‘2,5’ must be a number such as 2.5"),
            (ATTRIBUTE + "kind = 'date'\ndefault = '3 May'", "must be a date such as 2025-03-13"),
            (ATTRIBUTE + "kind = 'yes_no'\ndefault = 'true'", "default ‘true’ must be yes or no"),
            (ATTRIBUTE + "kind = 'text'\nrequired = true", "attribute ‘medium’: unknown field ‘required’"),
            (ATTRIBUTE.replace('of = "quote"', 'of = "cue"') + "kind = 'text'", "‘of’ names ‘cue’, which is not a tag"),
            (ATTRIBUTE + "kind='text'\n" + ATTRIBUTE[len(TAG):] + "kind='text'", "of ‘quote’ named ‘medium’"),
            ("[[attributes]]\nname='a'\nkind='text'\n" * 2, "there are two attributes of articles named ‘a’"),
            (RULE, "mine.toml, link rule ‘inside’: ‘to’ is missing"),
            (RULE + "to = 'cue'", "‘to’ names ‘cue’, which is not a tag type of this codebook"),
            (RULE + "to = 'quote'\nat_most = 1.5", "‘at_most’ must be a whole number, 0 or more"),
            (RULE + "to = 'quote'\ncyclic = true", "unknown field ‘cyclic’"),
            (RULE + "to = 'quote'\n" + RULE[len(TAG):] + "to = 'quote'", "two link rules ‘inside quote → quote’"),
        ],
    )  # fmt: skip
    def test_mistakes(self, tmp_path: Path, text: str | bytes, message: str) -> None:
        with pytest.raises(ImportRefusedError, match=re.escape(message)) as caught:
            read(tmp_path, text)
        assert "mine.toml" in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(ImportRefusedError, match=r"^none\.toml cannot be read: "):
            read_codebook(tmp_path / "none.toml")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAME = TEXT.filter(str.strip)
UIDS = st.uuids().map(str)


@st.composite
def attributes(draw: st.DrawFn, tags: list[TagType], uid: str, at: int) -> Attribute:
    kind = draw(st.sampled_from(AttributeKind))
    choosing = kind in (AttributeKind.ONE, AttributeKind.SEVERAL)
    choices = tuple(draw(st.lists(NAME.filter(lambda c: "; " not in c), min_size=1, max_size=4, unique=True)))
    defaults = {
        AttributeKind.ONE: st.sampled_from(choices),
        AttributeKind.SEVERAL: st.just("; ".join(choices)),
        AttributeKind.TEXT: TEXT,
        AttributeKind.NUMBER: st.integers().map(str),
        AttributeKind.DATE: st.dates().map(str),
        AttributeKind.YES_NO: st.sampled_from(["yes", "no"]),
    }
    return Attribute(
        uid=uid,
        tag_type=draw(st.sampled_from([None, *(tag.uid for tag in tags)])),
        name=f"{draw(TEXT)}{at}",
        label=draw(TEXT),
        kind=kind,
        choices=choices if choosing else (),
        default=draw(st.just("") | defaults[kind]).strip() if kind is AttributeKind.DATE else draw(defaults[kind]),
        mandatory=draw(st.booleans()),
        definition=draw(TEXT),
        position=draw(st.integers(0, 50)),
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    uids = draw(st.lists(UIDS, min_size=9, max_size=9, unique=True))
    names = draw(st.lists(NAME, max_size=3, unique=True))
    keys = draw(st.permutations(["", *"123456789"]))
    tags = [
        TagType(
            uid, name, draw(TEXT), draw(st.from_regex("#[0-9A-Fa-f]{6}", fullmatch=True)), key,
            draw(st.sampled_from(Part)), draw(st.sampled_from(Unit)), draw(st.booleans()), draw(TEXT),
            tuple(draw(st.lists(NAME, max_size=3))), draw(st.integers(0, 50)),
        )
        for uid, name, key in zip(uids, names, keys, strict=False)
    ]  # fmt: skip
    asked = tuple(draw(attributes(tags, uid, at)) for at, uid in enumerate(uids[3 : 3 + draw(st.integers(0, 3))]))
    ends = st.sampled_from([tag.uid for tag in tags]) if tags else st.nothing()
    rules = tuple(
        LinkRule(
            uid, f"{draw(TEXT)}{at}", draw(TEXT), draw(ends), draw(ends), draw(st.integers(0, 3)), draw(st.booleans()),
            draw(st.integers(0, 50)),
        )
        for at, uid in enumerate(uids[6 : 6 + (draw(st.integers(0, 3)) if tags else 0)])
    )  # fmt: skip
    return Codebook(tuple(tags), asked, rules)


class TestWrite:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(codebook=codebooks(), title=TEXT)
    def test_reading_gives_back_what_was_written(self, tmp_path: Path, codebook: Codebook, title: str) -> None:
        path = tmp_path / "out.toml"
        write_codebook(codebook, path, title)
        assert read_codebook(path) == codebook
        assert tomllib.loads(path.read_text(encoding="utf-8")).get("title", "") == title

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_strings(self, text: str) -> None:
        written = f"text = {toml_string(text)}\n"
        assert tomllib.loads(written) == {"text": text}
        assert not re.search("[\r\x85\u2028\u2029\ufeff]", written)

    def test_a_text_of_several_lines_stays_readable(self) -> None:
        assert toml_string('One "two"\nthree\\') == '"""\nOne \\"two\\"\nthree\\\\"""'

    def test_shape(self, news: Codebook) -> None:
        lines = codebook_text(replace(news, attributes=(), link_rules=()), "News").splitlines()
        assert lines[:4] == ["format = 1", 'title = "News"', "", "[[tag_types]]"]
        assert lines[4:6] == ['uid = "01900000-0000-7000-8000-000000000101"', 'name = "speaker"']
        assert codebook_text(Codebook()) == "format = 1\n"

    def test_shipped_ones_survive(self, tmp_path: Path, news: Codebook) -> None:
        write_codebook(news, tmp_path / "a.toml")
        assert read_codebook(tmp_path / "a.toml") == news
        assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]

    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""},
            {"name": "\ud800"},
            {"colour": "red"},
            {"uid": UID},
        ],
    )
    def test_what_could_not_be_read_back_is_not_written(
        self, tmp_path: Path, news: Codebook, change: dict[str, str]
    ) -> None:
        path = tmp_path / "a.toml"
        path.write_text("before", encoding="utf-8")
        broken = replace(news, tag_types=(replace(news.tag_types[0], **change), *news.tag_types[1:]))  # type: ignore[arg-type]
        with pytest.raises(ExportRefusedError, match=r"the codebook cannot be written to a\.toml: "):
            write_codebook(broken, path)
        assert path.read_text(encoding="utf-8") == "before"
        assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]

    def test_what_would_change_is_not_written(self, tmp_path: Path) -> None:
        odd = Codebook((TagType(UID, "a", "a", "#000000", position=True),))
        same = Codebook((TagType(UID, "a", "a", "#000000", examples=["x"]),))  # type: ignore[arg-type]
        with pytest.raises(ExportRefusedError):
            write_codebook(odd, tmp_path / "a.toml")
        with pytest.raises(ExportRefusedError):
            write_codebook(same, tmp_path / "a.toml")
        assert list(tmp_path.iterdir()) == []

    def test_no_such_folder(self, tmp_path: Path, news: Codebook) -> None:
        with pytest.raises(ExportRefusedError, match=r"cannot be written to a\.toml"):
            write_codebook(news, tmp_path / "none" / "a.toml")
        (tmp_path / "file").write_text("")
        with pytest.raises(ExportRefusedError, match=r"cannot be written to a\.toml"):
            write_codebook(news, tmp_path / "file" / "a.toml")
