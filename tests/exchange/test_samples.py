from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from annotator.base.errors import ImportRefusedError
from annotator.exchange.codebook_file import read_codebook, shipped_codebook
from annotator.exchange.samples import SampleSet, read_samples, shipped_samples
from annotator.model.annotation import Annotation, Confidence
from annotator.model.article import Article, Status, normalised, text_hash, word_count
from annotator.model.codebook import AttributeKind, Codebook, Part
from annotator.model.entity import EntityKind
from annotator.model.span import fragments
from annotator.model.values import value_of

ANNOTATOR, SET = "01900000-0000-7000-8000-00000000aaaa", "01900000-0000-7000-8000-00000000bbbb"
NEWS = shipped_codebook("news")


@pytest.fixture(scope="module")
def samples() -> SampleSet:
    return read_samples(shipped_samples(), NEWS, ANNOTATOR, SET)


@pytest.fixture
def texts(samples: SampleSet) -> dict[str, str]:
    return {article.uid: text for article, text in samples.articles}


def part(annotation: Annotation) -> Part:
    return NEWS.tag(annotation.tag_type).part


def value(annotation: Annotation, name: str) -> object:
    attribute = NEWS.attribute_named(annotation.tag_type, name)
    assert attribute is not None
    return value_of(annotation.values, attribute.uid)


def tagged(samples: SampleSet, words: str) -> Annotation:
    return next(a for a in samples.annotations if a.text.startswith(words))


class TestArticles:
    def test_six_with_their_texts(self, samples: SampleSet) -> None:
        assert len(samples.articles) == 6
        for article, text in samples.articles:
            assert article.sha256 == text_hash(text)
            assert (article.characters, article.words) == (len(text), word_count(text))
            assert normalised(text) == text
            assert text.endswith("\n")
            assert 150 <= len(text.split()) <= 350

    def test_metadata_is_complete(self, samples: SampleSet) -> None:
        for article, _ in samples.articles:
            assert all([article.title, article.source, article.byline, article.imported])
            assert re.fullmatch(r"2025-\d\d-\d\d", article.published)
            assert re.fullmatch(r"https://[a-z-]+\.example/\S+", article.url)
        assert [article.language for article, _ in samples.articles] == ["en", "en", "en", "en", "ar", "en"]

    def test_genres(self, samples: SampleSet) -> None:
        genre = NEWS.attribute_named(None, "genre")
        assert genre is not None
        genres = [value_of(work.values, genre.uid) for work in samples.works]
        assert genres == ["news report", "interview", "opinion", "news report", "news report", "live blog"]

    def test_works(self, samples: SampleSet) -> None:
        assert [work.article for work in samples.works] == [article.uid for article, _ in samples.articles]
        done = [work.status is Status.DONE for work in samples.works]
        assert done == [True, False, False, True, False, False]
        assert {work.annotator for work in samples.works} == {ANNOTATOR}

    def test_furniture_is_whole_lines(self, samples: SampleSet) -> None:
        assert all(article.furniture for article, _ in samples.articles)
        for article, text in samples.articles:
            assert list(article.furniture) == sorted(article.furniture)
            assert all(span.of(text) in text.split("\n") for span in article.furniture)
        article, text = samples.articles[0]
        assert [span.of(text) for span in article.furniture] == [
            "Share  |  Save  |  Listen (2 min)",
            "(Reporting by Anna Kovic; editing by Tom Reyes)",
        ]

    def test_one_runs_from_right_to_left(self, samples: SampleSet) -> None:
        text = samples.articles[4][1]
        right = sum(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
        assert right > 900
        assert "Wi-Fi" in text

    def test_one_has_emoji_and_combining_marks(self, samples: SampleSet) -> None:
        text = samples.articles[5][1]
        assert any(ord(c) > 0xFFFF for c in text)
        assert "👨‍👩‍👧‍👦" in text
        assert "👋🏽" in text
        assert "\u00a0" in text
        assert sum(1 for c in text if unicodedata.combining(c)) > 10
        assert unicodedata.normalize("NFC", text) != text


class TestAnnotations:
    def test_offsets_match_the_words(self, samples: SampleSet, texts: dict[str, str]) -> None:
        for annotation in samples.annotations:
            text = texts[annotation.article]
            assert annotation.fragments == fragments(text, annotation.spans)
            assert all(text[f.start : f.stop] == f.exact for f in annotation.fragments)

    def test_words_are_whole(self, samples: SampleSet, texts: dict[str, str]) -> None:
        for annotation in samples.annotations:
            text = texts[annotation.article]
            for f in annotation.fragments:
                assert not (text[f.start - 1 : f.start + 1].isalnum() and f.start)
                assert not text[f.stop - 1 : f.stop + 1].isalnum()

    def test_whose_they_are(self, samples: SampleSet) -> None:
        assert {a.annotator for a in samples.annotations} == {ANNOTATOR}
        assert {a.annotation_set for a in samples.annotations} == {SET}
        assert {link.annotator for link in samples.links} == {ANNOTATOR}
        assert all(a.created and a.modified == a.created for a in samples.annotations)

    def test_two_articles_are_tagged_with_every_part(self, samples: SampleSet) -> None:
        parts = {(a.article, part(a)) for a in samples.annotations}
        first, fourth = samples.articles[0][0].uid, samples.articles[3][0].uid
        assert parts == {(uid, p) for uid in (first, fourth) for p in Part if p is not Part.OTHER}

    def test_each_quote_has_a_speaker_and_a_cue(self, samples: SampleSet) -> None:
        linked = {(link.from_annotation, link.role) for link in samples.links}
        quotes = [a for a in samples.annotations if part(a) is Part.QUOTE]
        assert len(quotes) == 24
        assert all((a.uid, "speaker") in linked or a.entity for a in quotes)
        assert all((a.uid, "cue") in linked for a in quotes)

    def test_each_claim_is_restated_and_has_a_source_unless_it_is_the_authors(self, samples: SampleSet) -> None:
        linked = {(link.from_annotation, link.role) for link in samples.links}
        for claim in (a for a in samples.annotations if part(a) is Part.CLAIM):
            assert str(value(claim, "claim_text")).endswith(".")
            assert ((claim.uid, "content_of") in linked) == ((claim.uid, "claimant") in linked)
            assert ((claim.uid, "claimant") in linked) == (value(claim, "claimant_stance") is not None)

    def test_claims_stand_inside_their_quotes(self, samples: SampleSet) -> None:
        by_uid = {a.uid: a for a in samples.annotations}
        for link in (link for link in samples.links if link.role == "content_of"):
            claim, quote = by_uid[link.from_annotation], by_uid[link.to_annotation]
            assert all(any(q.covers(c) for q in quote.spans) for c in claim.spans)

    def test_quote_types_agree_with_the_marks(self, samples: SampleSet) -> None:
        for quote in (a for a in samples.annotations if part(a) is Part.QUOTE):
            opened = [f.exact[0] in "“‘" for f in quote.fragments]
            marks = any(c in f.exact for f in quote.fragments for c in "“”")
            expected = "direct" if all(opened) else "mixed" if marks else "indirect"
            assert value(quote, "quote_type") == expected

    def test_values_are_in_the_codebook(self, samples: SampleSet) -> None:
        for annotation in samples.annotations:
            assert list(annotation.values) == sorted(annotation.values)
            for uid, given in annotation.values:
                attribute = NEWS.attribute(uid)
                assert attribute.tag_type == annotation.tag_type
                assert attribute.kind is AttributeKind.TEXT or given in attribute.choices
            mandatory = [a for a in NEWS.attributes_of(annotation.tag_type) if a.mandatory]
            assert all(value_of(annotation.values, a.uid) for a in mandatory)

    def test_all_shapes_are_there(self, samples: SampleSet) -> None:
        quotes = [a for a in samples.annotations if part(a) is Part.QUOTE]
        for name, wanted in [
            ("quote_type", {"direct", "indirect", "mixed"}),
            ("medium", {"speech", "writing", "thought"}),
            ("polarity", {"asserted", "denied", "withheld"}),
        ]:
            assert {value(quote, name) for quote in quotes} == wanted
        assert {len(quote.fragments) for quote in quotes} == {1, 2}
        assert {a.confidence for a in samples.annotations} == {Confidence.UNSAID, Confidence.LOW, Confidence.MEDIUM}

    def test_one_quote_over_two_paragraphs(self, samples: SampleSet, texts: dict[str, str]) -> None:
        quote = tagged(samples, "“We are open to talks")
        first, second = quote.fragments
        assert texts[quote.article][first.stop : second.start] == "\n\n"

    def test_repeated_words_are_the_right_ones(self, samples: SampleSet) -> None:
        speaker = next(link for link in samples.links if link.from_annotation == tagged(samples, "“Tired").uid)
        she = next(a for a in samples.annotations if a.uid == speaker.to_annotation)
        assert (she.text, she.fragments[0].prefix[-9:]) == ("she", " things,” "[-9:])
        he = next(a for a in samples.annotations if a.text == "he")
        assert he.fragments[0].suffix.startswith(" added.")


class TestLinks:
    def test_rules_are_obeyed(self, samples: SampleSet) -> None:
        by_uid = {a.uid: a for a in samples.annotations}
        for link in samples.links:
            start, target = by_uid[link.from_annotation], by_uid[link.to_annotation]
            assert link.article == start.article == target.article
            assert NEWS.link_rule(link.role, start.tag_type, target.tag_type) is not None
        limits = {rule.role: rule.at_most for rule in NEWS.link_rules if rule.at_most}
        counted = Counter((link.from_annotation, link.role) for link in samples.links)
        assert all(times <= limits.get(role, times) for (_, role), times in counted.items())

    def test_roles(self, samples: SampleSet) -> None:
        roles = {link.role for link in samples.links}
        assert roles == {rule.role for rule in NEWS.link_rules} - {"same_as"}

    def test_a_joint_statement_and_a_quote_within_a_quote(self, samples: SampleSet) -> None:
        joint = tagged(samples, "Dockworkers at the port of Trieste stopped work on Tuesday, halting")
        assert sum(link.role == "speaker" and link.from_annotation == joint.uid for link in samples.links) == 2
        inner = tagged(samples, "‘You will have")
        outer = tagged(samples, "“The minister stood")
        inside = [link for link in samples.links if link.role == "inside"]
        assert [(link.from_annotation, link.to_annotation) for link in inside] == [(inner.uid, outer.uid)]
        assert outer.spans[0].covers(inner.spans[0])


class TestEntities:
    def test_speakers_and_places_refer_to_fitting_entities(self, samples: SampleSet) -> None:
        kinds = {entity.uid: entity.kind for entity in samples.entities}
        for annotation in samples.annotations:
            if part(annotation) in (Part.SPEAKER, Part.LOCATION):
                assert annotation.entity is not None
                assert (kinds[annotation.entity] is EntityKind.PLACE) == (part(annotation) is Part.LOCATION)

    def test_kinds(self, samples: SampleSet) -> None:
        assert {entity.kind for entity in samples.entities} == set(EntityKind) - {EntityKind.UNKNOWN}

    def test_coordinates(self, samples: SampleSet) -> None:
        places = {entity.name: entity for entity in samples.entities if entity.kind is EntityKind.PLACE}
        trieste = places["Trieste"]
        assert (trieste.latitude, trieste.longitude) == (45.64953, 13.77678)
        assert (trieste.gazetteer, trieste.gazetteer_id) == ("geonames", "3165185")
        assert (places["Italy"].latitude, places["Italy"].gazetteer_id) == (None, "3175395")
        assert (places["Pier VII"].gazetteer, places["Pier VII"].gazetteer_id) == ("manual", "")
        assert places["Kilbracken"].latitude is None


class TestUids:
    def test_stable_from_run_to_run(self, samples: SampleSet) -> None:
        assert read_samples(shipped_samples(), NEWS, ANNOTATOR, SET) == samples
        assert samples.articles[0][0].uid == "87b93b09-e4e6-5d19-bdfb-92c79e4a5e83"

    def test_unique(self, samples: SampleSet) -> None:
        articles = tuple(article for article, _ in samples.articles)
        records = (*articles, *samples.works, *samples.entities, *samples.annotations, *samples.links)
        assert len({UUID(record.uid) for record in records}) == len(records)

    def test_articles_and_entities_are_shared_between_projects_and_the_rest_is_not(self, samples: SampleSet) -> None:
        other = read_samples(shipped_samples(), NEWS, "b" * 36, "c" * 36)
        assert (other.articles, other.entities) == (samples.articles, samples.entities)
        assert not {a.uid for a in other.annotations} & {a.uid for a in samples.annotations}
        assert not {link.uid for link in other.links} & {link.uid for link in samples.links}
        assert not {work.uid for work in other.works} & {work.uid for work in samples.works}


HEADER = 'title = "T"\n'
TEXT = "“No,” she told the man. “No.”\n\nThe man told her “maybe”.\n"
QUOTE = '[[annotations]]\nid = "Q"\ntag = "quote"\n'
ENTITIES = '[[entities]]\nid = "man"\nkind = "named_person"\nname = "M"\n'
DIRECT = 'attributes = { quote_type = "direct" }\n'


def made(
    folder: Path, tags: str = "", *, header: str = HEADER, entities: str = ENTITIES, text: str = TEXT
) -> SampleSet:
    (folder / "01-a.txt").write_bytes(text.encode())
    (folder / "01-a.toml").write_text(header, encoding="utf-8")
    (folder / "01-a.tags.toml").write_text(tags, encoding="utf-8")
    (folder / "entities.toml").write_text(entities, encoding="utf-8")
    return read_samples(folder, NEWS, ANNOTATOR, SET)


def cue(name: str, more: str) -> str:
    return f'[[annotations]]\nid = "{name}"\ntag = "cue"\n{more}\n'


class TestMistakes:
    def test_none_is_well(self, tmp_path: Path) -> None:
        result = made(tmp_path, cue("K", 'text = "told"\noccurrence = 2'))
        assert result.annotations[0].spans[0].start == TEXT.rindex("told")
        assert result.works[0].values == ()

    @pytest.mark.parametrize(
        ("tags", "message"),
        [
            ("[[annotation]]", "01-a.tags.toml: unknown field ‘annotation’"),
            (
                cue("K", 'text = "shouted"'),
                "01-a.tags.toml, annotation ‘K’: the words ‘shouted’ are not in the",
            ),
            (cue("K", 'text = "old"'), "the words ‘old’ are not in the article"),
            (cue("K", 'text = "told"'), "the words ‘told’ are in the article 2 times; say which by ‘occurrence’"),
            (cue("K", 'text = "told"\noccurrence = 3'), "are in the article only 2 times, not 3"),
            (cue("K", 'fragments = ["man", "she"]\noccurrence = 1'), "the words ‘she’ do not follow in the article"),
            (cue("K", 'fragments = ["she", " told"]'), "two fragments touch each other; write them as one"),
            (cue("K", "fragments = []"), "give either ‘text’ or a list of ‘fragments’"),
            (cue("K", 'fragments = ["she"]\ntext = "she"'), "give either ‘text’ or a list of ‘fragments’"),
            (cue("K", ""), "annotation ‘K’: ‘text’ is missing"),
            (cue("K", 'text = "she"\nsize = 3'), "unknown field ‘size’"),
            (cue("K", 'text = "she"\nconfidence = "total"'), "unknown confidence ‘total’"),
            (cue("K", 'text = "she"') * 2, "annotation ‘K’: there are two entries with this id"),
            (cue("K", 'text = "she"').replace("cue", "verb"), "‘verb’ is not a tag type of the codebook"),
            (cue("K", 'text = "she"\nentity = "boy"'), "there is no entity ‘boy’"),
            (cue("K", 'text = "she"\nattributes = { x = "y" }'), "the codebook has no attribute ‘x’ for this"),
            (cue("K", 'text = "she"\nattributes = "y"'), "‘attributes’ must be a table of names and values"),
            (QUOTE + 'text = "“maybe”"', "annotation ‘Q’: the attribute ‘quote_type’ is mandatory"),
            (
                QUOTE + 'text = "“maybe”"\nattributes = { quote_type = "loud" }',
                "‘loud’ is not one of direct",
            ),
            (
                QUOTE + 'text = "“maybe”"\nattributes = { quote_type = 3 }',
                "‘quote_type’ must be text in",
            ),
            (
                '[[annotations]]\nid = "L"\ntag = "location"\ntext = "she"\nentity = "man"',
                "a location cannot refer to ‘man’, which is a named_person",
            ),
            (QUOTE + DIRECT + 'text = "“maybe”"\nlinks = { cue = ["K"] }', "the link ‘cue’ leads to ‘K’, which is no"),
            (QUOTE + DIRECT + 'text = "“maybe”"\nlinks = { inside = ["Q"] }', "the link ‘inside’ leads to ‘Q’, which"),
            (
                QUOTE + DIRECT + 'text = "“maybe”"\nlinks = { cue = ["K", "K"] }\n' + cue("K", 'text = "she"'),
                "leads to ‘K’, which is no other entry or is named twice",
            ),
            (
                QUOTE + DIRECT + 'text = "“maybe”"\nlinks = { speaker = ["K"] }\n' + cue("K", 'text = "she"'),
                "the codebook allows no link ‘speaker’ from here to ‘K’",
            ),
        ],
    )
    def test_annotations(self, tmp_path: Path, tags: str, message: str) -> None:
        with pytest.raises(ImportRefusedError, match=re.escape(message)):
            made(tmp_path, tags)

    def test_too_many_links_and_circles(self, tmp_path: Path) -> None:
        def quotes(**inside: str) -> str:
            return "".join(
                QUOTE.replace("Q", name) + f'text = "“maybe”"\n{DIRECT}links = {{ inside = [{of}] }}\n'
                for name, of in inside.items()
            )

        assert len(made(tmp_path, quotes(A='"B"', B='"C"', C="")).links) == 2
        with pytest.raises(ImportRefusedError, match="‘A’: at most 1 link ‘inside’ may leave one annotation"):
            made(tmp_path, quotes(A='"B", "C"', B="", C=""))
        with pytest.raises(ImportRefusedError, match=r"tags\.toml: the links ‘inside’ of A, B go round in a circle"):
            made(tmp_path, quotes(A='"B"', B='"A"', C=""))

    @pytest.mark.parametrize(
        ("header", "message"),
        [
            ("", "01-a.toml: ‘title’ is missing"),
            (HEADER + 'author = "x"', "01-a.toml: unknown field ‘author’"),
            (HEADER + 'furniture = ["she"]', "01-a.toml: the furniture line ‘she’ is not in the article"),
            (HEADER + 'genre = "poem"', "01-a.toml: genre ‘poem’ is not one of news report"),
        ],
    )
    def test_headers(self, tmp_path: Path, header: str, message: str) -> None:
        with pytest.raises(ImportRefusedError, match=re.escape(message)):
            made(tmp_path, header=header)

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ('size = "x"', "entities.toml, entity ‘man’: unknown field ‘size’"),
            ("latitude = 3", "give both latitude and longitude or neither"),
            ("latitude = 91\nlongitude = 0", "91.0, 0.0 are not degrees of latitude and longitude"),
            ("latitude = 'x'", "‘latitude’ must be a number"),
            ("latitude = 1\nlongitude = 0", "only a place has coordinates and a gazetteer"),
            ("gazetteer = 'manual'", "only a place has coordinates and a gazetteer"),
            ("gazetteer = 'osm'", "unknown gazetteer ‘osm’; use geonames, wikidata or manual"),
            (ENTITIES, "entity ‘man’: there are two entities with this id"),
        ],
    )
    def test_entities(self, tmp_path: Path, more: str, message: str) -> None:
        with pytest.raises(ImportRefusedError, match=re.escape(message)):
            made(tmp_path, entities=ENTITIES + more)

    def test_texts(self, tmp_path: Path) -> None:
        with pytest.raises(ImportRefusedError, match=r"01-a\.txt must have plain line ends"):
            made(tmp_path, text="a\r\nb")
        (tmp_path / "01-a.txt").write_bytes(b"\xff")
        with pytest.raises(ImportRefusedError, match=r"01-a\.txt cannot be read as UTF-8 text"):
            read_samples(tmp_path, NEWS, ANNOTATOR, SET)

    def test_missing_files(self, tmp_path: Path) -> None:
        with pytest.raises(ImportRefusedError, match=r"entities\.toml cannot be read"):
            read_samples(tmp_path, NEWS, ANNOTATOR, SET)
        shutil.copy(shipped_samples() / "entities.toml", tmp_path)
        with pytest.raises(ImportRefusedError, match="there are no sample articles in "):
            read_samples(tmp_path, NEWS, ANNOTATOR, SET)
        shutil.copy(shipped_samples() / "03-night-trains.txt", tmp_path)
        with pytest.raises(ImportRefusedError, match=r"03-night-trains\.toml cannot be read"):
            read_samples(tmp_path, NEWS, ANNOTATOR, SET)


class TestOtherCodebooks:
    BOOK = """
[[tag_types]]
name = "thing"
colour = "#000000"
[[attributes]]
of = "thing"
name = "tones"
kind = "several"
choices = ["warm", "cold"]
default = "warm; cold"
[[attributes]]
of = "thing"
name = "sure"
kind = "yes_no"
default = "no"
[[attributes]]
of = "thing"
name = "size"
kind = "number"
default = "2.5"
[[attributes]]
of = "thing"
name = "day"
kind = "date"
default = "2025-03-13"
"""

    @pytest.fixture
    def book(self, tmp_path: Path) -> Codebook:
        (tmp_path / "book.toml").write_text(self.BOOK, encoding="utf-8")
        return read_codebook(tmp_path / "book.toml")

    def values(self, folder: Path, book: Codebook, attributes: str) -> dict[str, object]:
        with pytest.raises(ImportRefusedError):
            made(folder, "x")
        tags = f'[[annotations]]\nid = "T"\ntag = "thing"\ntext = "she"\nattributes = {{ {attributes} }}'
        (folder / "01-a.tags.toml").write_text(tags, encoding="utf-8")
        (annotation,) = read_samples(folder, book, ANNOTATOR, SET).annotations
        return {book.attribute(uid).name: given for uid, given in annotation.values}

    def test_defaults_of_every_kind(self, tmp_path: Path, book: Codebook) -> None:
        expected = {"tones": ("warm", "cold"), "sure": False, "size": 2.5, "day": "2025-03-13"}
        assert self.values(tmp_path, book, "") == expected

    def test_values_of_every_kind(self, tmp_path: Path, book: Codebook) -> None:
        given = 'tones = ["cold"], sure = true, size = 3, day = "2025-04"'
        expected = {"tones": ("cold",), "sure": True, "size": 3.0, "day": "2025-04"}
        assert self.values(tmp_path, book, given) == expected

    def test_a_genre_needs_its_attribute(self, book: Codebook) -> None:
        with pytest.raises(ImportRefusedError, match=r"01-port-strike\.toml: the codebook has no attribute ‘genre’"):
            read_samples(shipped_samples(), book, ANNOTATOR, SET)


def test_article_record(samples: SampleSet) -> None:
    article = samples.articles[3][0]
    assert isinstance(article, Article)
    assert (article.title, article.byline) == ("Kilbracken footbridge to stay shut until autumn", "Niamh Corless")
