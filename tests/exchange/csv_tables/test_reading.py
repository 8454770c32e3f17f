from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.worked_passage import ANNA, ARTICLE, ENTITIES, PASSAGE, TIME, annotation_uid, uid

from annotator.base.errors import ImportRefusedError, ReadOnlyError
from annotator.exchange.csv_tables.cells import Profile
from annotator.exchange.csv_tables.reading import TablesSummary, import_tables, plan_tables
from annotator.exchange.csv_tables.writing import export_csv
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link, SetKind
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.codebook import Attribute, AttributeKind
from annotator.model.entity import Entity
from annotator.model.review import Decision, Verdict
from annotator.project.opening import open_project
from annotator.project.project import Project

New = Callable[[str], Project]
NOTE = "links, verdicts and the articles' status are not in it; import the folder to have them."


@pytest.fixture
def folder(passage: Project, tmp_path: Path) -> Path:
    """The passage's tables, with a verdict and its answer."""
    verdict = Verdict(
        uid("f000", 1), ARTICLE, annotation_uid("Q1"), ANNA.uid, Decision.COMMENT, comment="?", created=TIME
    )
    with passage.edit("Review") as edit:
        edit.add(verdict)
        edit.add(replace(verdict, uid=uid("f000", 2), decision=Decision.REPLY, reply_to=verdict.uid))
        edit.add(ArticleWork(uid("0d00", 1), ARTICLE, ANNA.uid, Status.DONE))
    export_csv(passage, tmp_path / "out", profile=Profile.EXACT, with_text=True)
    return tmp_path / "out"


def alter(folder: Path, table: str, at: int, **cells: str) -> None:
    """Write other cells into a row; ``at`` counts from 0 behind the header."""
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    for column, cell in cells.items():
        if column not in header:
            header.append(column)
            rows = [[*row, ""] for row in rows]
        rows[at][header.index(column)] = cell
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([header, *rows])


def drop(folder: Path, table: str, *columns: str) -> None:
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    header = [column for column in rows[0] if column not in columns]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def only(folder: Path, *tables: str) -> Path:
    for file in folder.iterdir():
        if file.stem not in tables:
            file.unlink()
    return folder


def erased(passage: Project, *record_types: type) -> Project:
    """Take every record of these types away."""
    with passage.edit("Remove") as edit:
        for record_type in record_types:
            for record in list(passage.read.all(record_type)):
                edit.remove(record)
    return passage


def bare(passage: Project) -> Project:
    """The passage with its article and people, nothing tagged."""
    return erased(passage, Verdict, Link, Annotation)


def line(summary: TablesSummary) -> str:
    (one,) = (text for text in summary.lines if not text.endswith(NOTE))
    return one


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"tag": "person"}, "row 2: the tag ‘person’ is not in the codebook"),
        ({"article_uid": uid("0a00", 7)}, "is not in the project; import the articles first"),
        ({"annotation_uid": "1"}, "‘1’ in annotation_uid is not a uid"),
        ({"annotation_uid": annotation_uid("K1")}, "row 3: the uid"),
        ({"confidence": "sure"}, "‘sure’ is no confidence"),
        ({"entity_uid": uid("e000", 9), "entity_kind": "thing"}, "‘thing’ in entity_kind is no kind of entity"),
        ({"entity_uid": "x"}, "‘x’ in entity_uid is not a uid"),
        ({"entity_uid": uid("e000", 9), "latitude": "north"}, "‘north’ in latitude is not a number"),
        ({"entity_uid": uid("e000", 9), "latitude": "5"}, "latitude and longitude go together"),
        ({"entity_uid": uid("e000", 9), "latitude": "95", "longitude": "0"}, "no place on earth"),
        ({"annotator": ""}, "the annotator is empty"),
        ({"annotation_set": " "}, "the annotation set is empty"),
        ({"fragments": "0-x", "text": "nowhere"}, "the offsets are bad: ‘0-x’ is not like 133-234"),
        ({"text": "the"}, "cannot be found elsewhere without doubt"),
        ({"text": "the talks"}, "the article does not say ‘the talks’ at 0-31"),
        ({"text": "x" * 50}, "does not say ‘xxx"),
        ({"text": "", "fragments": "0-9999"}, "without doubt"),
        ({"text": "told […] Peskov"}, "without doubt"),
    ],
)
def test_a_row_that_cannot_come_in_is_refused_with_one_line(
    passage: Project, folder: Path, cells: dict[str, str], words: str
) -> None:
    bare(passage)
    alter(folder, "annotations", 0, **cells)
    summary = import_tables(passage, folder / "annotations.csv")
    assert words in line(summary)
    assert summary.added["annotation"] == 16


@pytest.mark.parametrize(
    ("cells", "spans"),
    [
        ({"fragments": "0-6", "text": "told"}, "242-246"),
        ({"fragments": "nonsense", "text": "reporters"}, "247-256"),
        ({"fragments": "", "text": "Kremlin spokesman Dmitry Peskov"}, "0-31"),
        ({"fragments": "0-4;9-12", "text": "confirmed […] told"}, "32-41;242-246"),
        ({"fragments": "1-32", "text": "Kremlin spokesman Dmitry Peskov"}, "0-31"),
    ],
)
def test_words_that_stand_elsewhere_are_found_again(
    passage: Project, folder: Path, cells: dict[str, str], spans: str
) -> None:
    bare(passage)
    alter(folder, "annotations", 0, **cells)
    summary = import_tables(passage, folder / "annotations.csv")
    found = passage.read.get(Annotation, annotation_uid("S1"))
    assert found
    assert ";".join(f"{f.start}-{f.stop}" for f in found.fragments) == spans
    assert all(f.exact == PASSAGE[f.start : f.stop] for f in found.fragments)
    if cells["fragments"]:
        assert line(summary).endswith(f"the words were found at {spans}.")


@pytest.mark.parametrize(
    ("kind", "cell", "value", "words"),
    [
        (AttributeKind.NUMBER, "-2.50", -2.5, ""), (AttributeKind.NUMBER, "0", 0.0, ""),
        (AttributeKind.NUMBER, "many", None, "‘many’ in extra is not a number"),
        (AttributeKind.NUMBER, "1e999", None, "is not a number"), (AttributeKind.YES_NO, "no", False, ""),
        (AttributeKind.YES_NO, "ja", None, "neither yes nor no"), (AttributeKind.DATE, "2025-03", "2025-03", ""),
        (AttributeKind.DATE, "soon", None, "not a date"), (AttributeKind.SEVERAL, "a; b", ("a", "b"), ""),
        (AttributeKind.TEXT, "; ", "; ", ""),
    ],
)  # fmt: skip
def test_values_by_kind(
    passage: Project, folder: Path, kind: AttributeKind, cell: str, value: object, words: str
) -> None:
    bare(passage)
    tag = passage.cache.codebook.tag_named("speaker")
    assert tag
    attribute = Attribute(uid("1b00", 1), tag.uid, "extra", "Extra", kind, ("a", "b"), position=99)
    with passage.edit("Add") as edit:
        edit.add(attribute)
    alter(folder, "annotations", 0, **{"speaker.extra": cell})
    summary = import_tables(passage, folder / "annotations.csv")
    found = passage.read.get(Annotation, annotation_uid("S1"))
    assert found
    assert dict(found.values).get(attribute.uid) == value
    if words:
        assert words in line(summary)
        assert line(summary).endswith("The value was left out.")


def test_an_unknown_column_is_told_once(passage: Project, folder: Path) -> None:
    alter(folder, "annotations", 0, **{"speaker.shoe": "44"})
    summary = import_tables(bare(passage), folder / "annotations.csv")
    assert line(summary) == (
        "annotations.csv, row 1: the column speaker.shoe is no attribute of the codebook and was left out."
    )


def test_a_row_without_uid_and_entity_uid_comes_in_once(passage: Project, folder: Path) -> None:
    bare(passage)
    alter(folder, "annotations", 0, annotation_uid="", entity_uid="")
    alter(folder, "annotations", 1, entity="Somebody", entity_kind="unknown")
    assert import_tables(passage, folder / "annotations.csv").added == {"annotation": 17, "entity": 1}
    borne = {a.start: a.entity for a in passage.read.all(Annotation)}
    assert borne[0] == ENTITIES["Peskov"].uid
    assert passage.read.get(Entity, str(borne[32])) is not None
    assert import_tables(passage, folder / "annotations.csv").added == {}


def test_another_content_is_a_conflict_and_left_alone(passage: Project, folder: Path) -> None:
    alter(folder, "annotations", 0, note="other", confidence="low")
    alter(folder, "entities", 0, role="minister")
    alter(folder, "articles", 0, title="Other")
    alter(folder, "links", 0, note="other")
    alter(folder, "codebook", 0, colour="#123456")
    alter(folder, "articles", 0, **{"Anna.status": "todo"})
    summary = import_tables(passage, folder)
    assert summary.added == {}
    differences = [text.split(" with another ")[1].split(";")[0] for text in summary.lines]
    assert differences == ["colour", "role", "title", "status", "note, confidence", "note"]
    assert all(text.endswith("the project's was left as it is.") for text in summary.lines)
    assert summary.already["annotation"] == 16


@pytest.mark.parametrize(
    ("table", "at", "cells", "words"),
    [
        ("codebook", 0, {"level": "layer"}, "the level ‘layer’ is unknown"),
        ("codebook", 0, {"kind": "person"}, "kind ‘person’ or values"),
        ("codebook", 0, {"colour": "blue"}, "a tag needs a name and a colour"),
        ("codebook", 6, {"kind": "maybe"}, "an attribute needs a name and a kind"),
        ("codebook", 23, {"default": "x"}, "must be how many at most"),
        ("codebook", 118, {"kind": "layer"}, "‘layer’ is no kind of annotation set"),
        ("codebook", 118, {"default": uid("a000", 9)}, "is not among the rows annotator"),
        ("codebook", 117, {"values": "x"}, "‘x’ in values is not a uid"),
        ("entities", 0, {"name": ""}, "an entity needs a name"),
        ("entities", 0, {"kind": "god"}, "‘god’ in kind is no kind of entity"),
        ("entities", 0, {"entity_uid": "x"}, "not a uid"),
        ("articles", 0, {"sha256": "0" * 64}, "the text does not match its sha256"),
        ("articles", 0, {"furniture": "3-1"}, "furniture: "),
        ("articles", 0, {"furniture": "3-9999"}, "outside the text"),
        ("articles", 0, {"Anna.status": "later"}, "‘later’ is no status"),
        ("articles", 0, {"Anna.mood": "x"}, "‘mood’ is no attribute of articles"),
        ("links", 0, {"role": "friend"}, "the codebook allows no link ‘friend’"),
        ("links", 0, {"to_uid": uid("0b00", 99)}, "in to_uid is not in the project nor came in"),
        ("links", 0, {"link_uid": "x"}, "‘x’ in link_uid is not a uid"),
        ("verdicts", 1, {"decision": "maybe"}, "‘maybe’ is no decision"),
        ("verdicts", 0, {"adjudicated_uid": uid("0b00", 99)}, "in adjudicated_uid is not"),
    ],
)
def test_bad_rows_of_the_other_tables(
    new: New, folder: Path, table: str, at: int, cells: dict[str, str], words: str
) -> None:
    alter(folder, table, at, **cells)
    other = new("empty")
    summary = import_tables(other, folder)
    assert any(words in text and text.startswith(f"{table}.csv") for text in summary.lines), summary.lines
    assert other.undo_label == "Import tables"


def test_an_answer_to_what_was_refused_is_refused_too(new: New, folder: Path) -> None:
    alter(folder, "verdicts", 0, decision="maybe")
    other = new("empty")
    summary = import_tables(other, folder)
    assert summary.lines[1].endswith("that it answers did not come in; the row was left out.")
    assert list(other.read.all(Verdict)) == []


def test_an_article_without_text_cannot_be_made(new: New, folder: Path) -> None:
    drop(folder, "articles", "text")
    summary = import_tables(new("news"), only(folder, "articles"))
    assert "its text not in the table" in line(summary)


def test_an_article_is_found_by_its_text(passage: Project, folder: Path) -> None:
    alter(folder, "articles", 0, article_uid=uid("0a00", 5))
    alter(bare(passage) and folder, "annotations", 0, article_uid=uid("0a00", 5))
    summary = import_tables(passage, only(folder, "articles", "annotations"))
    assert summary.added["annotation"] == 17
    assert summary.already["article"] == 1
    assert {a.article for a in passage.read.all(Annotation)} == {ARTICLE}


def test_words_are_counted_when_they_are_not_told(new: New, folder: Path) -> None:
    drop(folder, "articles", "words", "characters")
    other = new("news")
    import_tables(other, only(folder, "articles"))
    (article,) = other.read.all(Article)
    assert (article.words, article.characters) == (60, 384)


def test_people_of_the_same_name_are_the_same(new: New, folder: Path) -> None:
    other = new("news")
    mine = Annotator(uid("a000", 5), "Anna")
    with other.edit("Add") as edit:
        edit.add(mine)
        edit.add(AnnotationSet(uid("a001", 5), "Anna", SetKind.PERSON, mine.uid))
    summary = import_tables(other, folder)
    assert summary.lines == ()
    assert "annotator" not in summary.added
    assert {(a.annotator, a.annotation_set) for a in other.read.all(Annotation)} == {(mine.uid, uid("a001", 5))}


def test_a_new_name_of_a_person_is_told(passage: Project, folder: Path) -> None:
    with passage.edit("Rename") as edit:
        edit.replace(ANNA, Annotator(ANNA.uid, "Anna B."))
    summary = import_tables(passage, folder)
    assert line(summary).endswith("‘Anna’ is called ‘Anna B.’ in the project; the project's name was left as it is.")


@pytest.mark.parametrize(
    ("name", "kind"), [("Anna", SetKind.PERSON), ("adjudicated", SetKind.ADJUDICATED), ("old tool", SetKind.IMPORT)]
)
def test_sets_without_rows_of_their_own(new: New, folder: Path, name: str, kind: SetKind) -> None:
    for at in range(17):
        alter(folder, "annotations", at, annotation_set=name)
    other = new("news")
    assert import_tables(other, only(folder, "articles", "annotations")).lines == ()
    (one,) = other.read.sets()
    assert (one.name, one.kind, one.annotator is not None) == (name, kind, kind is SetKind.PERSON)


@pytest.mark.parametrize(
    ("table", "columns", "words"),
    [
        ("annotations", ("text", "note"), "as annotations.csv it lacks the columns text, note"),
        ("links", ("role",), "as links.csv it lacks the columns role"),
    ],
)
def test_missing_columns_are_named(
    passage: Project, folder: Path, table: str, columns: tuple[str, ...], words: str
) -> None:
    drop(folder, table, *columns)
    for path in (folder, folder / f"{table}.csv"):
        with pytest.raises(ImportRefusedError, match=words):
            import_tables(passage, path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a table of this program"),
        (b"a;b\r\n1;2\r\n", "is not a table of this program"),
        (b"caf\xe9,b\r\n", "is not in UTF-8"),
        (b'"a"b,c\r\n', "is not a CSV file"),
    ],
)
def test_what_is_no_table_is_refused(passage: Project, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(ImportRefusedError, match=words):
        import_tables(passage, file)


def test_broken_tables_are_refused_whole(passage: Project, folder: Path) -> None:
    file = folder / "annotations.csv"
    text = file.read_text("utf-8")
    file.write_text(text + "a,b\r\n", "utf-8", newline="")
    with pytest.raises(ImportRefusedError, match=r"row 19: 2 cells where the header has 43"):
        import_tables(passage, folder)
    file.write_text(text.replace("article_url", "note", 1), "utf-8", newline="")
    with pytest.raises(ImportRefusedError, match="the column note twice"):
        import_tables(passage, folder)
    file.write_text("\r\n" + text.partition("\n")[2], "utf-8", newline="")
    with pytest.raises(ImportRefusedError, match="lacks the columns"):
        import_tables(passage, file)


def test_a_folder_without_tables_and_a_missing_path_are_refused(passage: Project, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="holds no tables"):
        import_tables(passage, tmp_path)
    with pytest.raises(ImportRefusedError, match="no file or folder"):
        import_tables(passage, tmp_path / "nowhere")


def test_empty_lines_are_passed_over(passage: Project, folder: Path) -> None:
    file = folder / "annotations.csv"
    file.write_text(file.read_text("utf-8") + "\r\n", "utf-8", newline="")
    assert import_tables(passage, file).already["annotation"] == 17


def test_an_article_twice_in_the_table(new: New, folder: Path) -> None:
    file = only(folder, "articles") / "articles.csv"
    text = file.read_text("utf-8")
    file.write_text(text + text.partition("\n")[2], "utf-8", newline="")
    summary = import_tables(new("news"), folder)
    assert summary.added["article"] == 1
    assert "row 3: the uid" in line(summary)


def test_a_link_stays_within_one_article(passage: Project, folder: Path) -> None:
    found = passage.read.get(Annotation, annotation_uid("S1"))
    article = passage.read.get(Article, ARTICLE)
    assert found and article
    with passage.edit("Add") as edit:
        edit.add(replace(article, uid=uid("0a00", 2)))
        edit.add(replace(found, uid=uid("0b00", 77), article=uid("0a00", 2)))
    alter(folder, "links", 0, to_uid=uid("0b00", 77))
    assert "in different articles" in line(import_tables(passage, folder / "links.csv"))


def test_a_file_that_cannot_be_read_is_refused(passage: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ImportRefusedError, match=r"links.csv cannot be read \(Permission denied\)"):
        import_tables(passage, folder / "links.csv")


def test_progress_and_stop(passage: Project, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    import_tables(passage, folder, progress=lambda *done: told.append(done))
    assert told == [(at, 6) for at in range(1, 7)]
    stopped = import_tables(bare(passage), folder, stop=lambda: True)
    assert stopped.stopped
    assert passage.read.counts().annotations == 0


def test_a_worker_can_plan_it(passage: Project, folder: Path) -> None:
    bare(passage)
    with passage.worker_reader() as read:
        plan = plan_tables(read, folder)
    assert plan
    assert len(plan.records) == 17 + 15 + 2


def test_a_read_only_project_stays_as_it_is(passage: Project, folder: Path) -> None:
    bare(passage)
    reading = open_project(passage.path, read_only=True)
    with pytest.raises(ReadOnlyError):
        import_tables(reading, folder)
    reading.close()


def test_a_memo_of_its_own_stays(passage: Project, new: New, folder: Path) -> None:
    info = passage.cache.info
    with passage.edit("Memo") as edit:
        edit.replace(info, replace(info, memo="theirs"))
    export_csv(passage, folder, profile=Profile.EXACT, with_text=True)
    other = new("empty")
    mine = other.cache.info
    with other.edit("Memo") as edit:
        edit.replace(mine, replace(mine, memo="mine"))
    assert "the project has another memo" in line(import_tables(other, folder))
    assert other.cache.info.memo == "mine"
    alter(folder, "codebook", 119, attribute="size")
    assert "‘size’ is nothing that a project has" in line(import_tables(new("empty"), folder))


def test_a_codebook_without_uids_finds_the_entries_by_name(passage: Project, new: New, folder: Path) -> None:
    file = only(folder, "codebook") / "codebook.csv"
    lines = file.read_text("utf-8").split("\n")
    assert import_tables(new("news"), folder).added == {"annotator": 1, "annotation_set": 1}
    file.write_text("\r\n".join(text for text in lines if not text.startswith("uid,")), "utf-8", newline="")
    assert import_tables(passage, folder).added == {}
    other = new("empty")
    assert import_tables(other, folder).added["tag_type"] == 5
    assert [tag.key for tag in other.read.codebook().tag_types] == ["1", "2", "3", "4", "5"]
