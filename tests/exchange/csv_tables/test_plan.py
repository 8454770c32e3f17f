from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.worked_passage import ANNA, ARTICLE, ENTITIES, TIME, annotation_uid, passage_project, uid

from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.csv_tables.cells import Profile
from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.reading import import_tables
from annotator.exchange.csv_tables.writing import export_csv
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, SetKind
from annotator.model.article import Article, ArticleWork, Status, normalised, word_count
from annotator.model.codebook import Attribute, AttributeKind, TagType
from annotator.model.entity import Entity
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span, fragments
from annotator.model.values import from_mapping
from annotator.project.opening import create_project
from annotator.project.project import Project

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.text(alphabet="'=+-@\t\r\n;\",[]{}\\ \U0001f600א\x00\x1fé.", min_size=1, max_size=12),
    st.sampled_from(["a; b", '["x"]', " […] ", "'=1", "extra.a", "Anna.status", "title", "\ufeffx"]),
)
NAMES = WORDS.filter(str.strip)


def add_strange(project: Project, draw: st.DataObject) -> None:
    """Put words into every field that holds words."""
    w = lambda: draw.draw(WORDS)  # noqa: E731
    name = lambda: draw.draw(NAMES)  # noqa: E731
    text = normalised(draw.draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=40)) + "abcd")
    people = [Annotator(uid("a000", at), name()) for at in (7, 8)]
    sets = [
        AnnotationSet(uid("a001", at), name(), kind) for at, kind in ((7, SetKind.IMPORT), (8, SetKind.ADJUDICATED))
    ]
    tag_name, attribute_name = name().replace(".", "_"), name().replace(".", "_")
    tag = TagType(uid("1a00", 1), f"t{tag_name}", w(), "#123456", definition=w(), examples=(w(), w()), position=99)
    kinds = {AttributeKind.TEXT: w(), AttributeKind.NUMBER: draw.draw(st.floats(allow_nan=False, allow_infinity=False)),
             AttributeKind.YES_NO: draw.draw(st.booleans()), AttributeKind.SEVERAL: (w(), w())}  # fmt: skip
    attributes = [
        Attribute(uid("1b00", at), tag.uid, f"{attribute_name}{at}", w(), kind, definition=w(), position=90 + at,
                  choices=value if isinstance(value, tuple) else ())
        for at, (kind, value) in enumerate(kinds.items())
    ]  # fmt: skip
    level = Attribute(uid("1b00", 9), None, "memo", w(), AttributeKind.TEXT, position=99)
    values = from_mapping(dict(zip((a.uid for a in attributes), kinds.values(), strict=True)))
    spans = draw.draw(st.sampled_from([[Span(0, 2)], [Span(0, 1), Span(2, 4)]]))
    with project.edit("Add") as edit:
        for record in (*people, *sets, tag, *attributes, level):
            edit.add(record)
        article = Article(
            uid("0a00", 9), w(), edit.add_text(text), len(text), word_count(text), w(), w(), w(), w(), w(),
            (Span(0, 1), Span(2, 3)), ((w(), w()), (w(), w())), w(), w(),
        )  # fmt: skip
        edit.add(article)
        edit.add(replace(ENTITIES["Sudzha"], uid=uid("e000", 9), name=name(), aliases=(w(), w()), role=w(), note=w()))
        one = Annotation(
            uid("0b00", 90), article.uid, tag.uid, sets[0].uid, fragments(text, spans), people[0].uid, uid("e000", 9),
            values, w(), origin=w(), created=TIME, modified=w(),
        )  # fmt: skip
        edit.add(one)
        edit.add(Verdict(uid("f000", 9), article.uid, one.uid, people[1].uid, Decision.REJECTED, w(), w(), one.uid))
        edit.add(ArticleWork(uid("0d00", 9), article.uid, people[1].uid, Status.DONE, True, w(), ((level.uid, w()),)))


@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.data(), st.sampled_from(Profile))
def test_export_import_export_gives_the_same_bytes_whatever_the_words(data: st.DataObject, profile: Profile) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = passage_project(folder / "a.annot")
        other = create_project(folder / "b.annot", shipped_codebook("empty"))
        try:
            add_strange(project, data)
            export_csv(project, folder / "one", profile=profile, with_text=True)
            summary = import_tables(other, folder / "one")
            assert summary.lines == (), summary.lines
            export_csv(other, folder / "two", profile=profile, with_text=True)
            for table in Table:
                one, two = (folder / which / table.file_name for which in ("one", "two"))
                assert one.read_bytes() == two.read_bytes()
            for record_type in (Annotation, Article, Entity, Annotator, AnnotationSet, Verdict, Attribute):
                before = {r.uid: r for r in project.read.all(record_type)}
                after = {r.uid: r for r in other.read.all(record_type)}
                assert _comparable(before) == _comparable(after)
        finally:
            project.close()
            other.close()


def _comparable(records: dict[str, object]) -> dict[str, object]:
    # An extra field's place among others, and an entry's number in the codebook, are the table's.
    found: dict[str, object] = {}
    for key, record in records.items():
        if isinstance(record, Article):
            found[key] = replace(record, extra=tuple(sorted(record.extra)))
        elif isinstance(record, Attribute):
            found[key] = replace(record, position=0)
        else:
            found[key] = record
    return found


def test_annotations_alone_come_back_where_the_articles_are(tmp_path: Path) -> None:
    project = passage_project(tmp_path / "a.annot")
    export_csv(project, tmp_path / "all", profile=Profile.EXACT, with_text=True)
    export_csv(project, tmp_path / "a.csv", profile=Profile.SPREADSHEET)
    other = create_project(tmp_path / "b.annot", shipped_codebook("news"))
    (tmp_path / "articles").mkdir()
    (tmp_path / "all" / "articles.csv").rename(tmp_path / "articles" / "articles.csv")
    assert import_tables(other, tmp_path / "articles").added == {"article": 1}
    summary = import_tables(other, tmp_path / "a.csv")
    assert summary.added == {"annotator": 1, "annotation_set": 1, "entity": 6, "annotation": 17}
    assert summary.lines == (
        "a.csv: links, verdicts and the articles' status are not in it; import the folder to have them.",
    )
    one = other.read.get(Annotation, annotation_uid("S1"))
    before = project.read.get(Annotation, annotation_uid("S1"))
    assert one and before
    assert replace(one, annotator=ANNA.uid, annotation_set=before.annotation_set) == before
    assert other.read.get(Entity, ENTITIES["Sudzha"].uid) == ENTITIES["Sudzha"]
    assert other.read.sets()[0].kind is SetKind.PERSON
    assert other.read.counts().links == 0
    assert import_tables(other, tmp_path / "a.csv").added == {}
    # A new export tells the speaker anew, which needs the links; the rest is the same.
    assert other.read.get(Article, ARTICLE)
    project.close()
    other.close()
