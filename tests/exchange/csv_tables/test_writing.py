from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.worked_passage import (
    ANNA,
    ANNAS_SET,
    ARTICLE,
    ENTITIES,
    PASSAGE,
    TIME,
    Row,
    annotation,
    annotation_uid,
    uid,
)  # fmt: skip

from annotator.base.errors import BusyError, ExportRefusedError
from annotator.exchange.csv_tables import replacing, writing
from annotator.exchange.csv_tables.cells import Cell, Profile, escaped_row
from annotator.exchange.csv_tables.columns import Table
from annotator.exchange.csv_tables.spreading import Piece
from annotator.exchange.csv_tables.writing import export_csv, preview
from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link, SetKind
from annotator.model.article import ArticleWork
from annotator.model.changes import Record
from annotator.model.review import Decision, Verdict
from annotator.model.span import Span, fragments
from annotator.project.project import Project
from annotator.storage.export_rows import Chosen


def rows(project: Project, table: str, folder: Path) -> list[dict[str, str]]:
    file = folder / f"{table}.csv"
    export_csv(project, folder, profile=Profile.EXACT, tables=[table])
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def by_uid(found: list[dict[str, str]], name: str) -> dict[str, str]:
    return next(row for row in found if next(iter(row.values())) == annotation_uid(name))


def add(project: Project, *records: Record) -> None:
    with project.edit("Add") as edit:
        for record in records:
            edit.add(record)


def link(number: int, start: str, end: str, role: str) -> Link:
    return Link(uid("0c00", number), ARTICLE, annotation_uid(start), annotation_uid(end), role, ANNA.uid)


def stored(project: Project, name: str) -> Annotation:
    found = project.read.get(Annotation, annotation_uid(name))
    assert found
    return found


def change(project: Project, before: Annotation, after: Annotation) -> None:
    with project.edit("Change") as edit:
        edit.replace(before, after)


def test_a_joint_statement_names_every_speaker_in_text_order(passage: Project, tmp_path: Path) -> None:
    add(passage, link(50, "Q3", "S1", "speaker"), link(51, "Q3", "S3", "speaker"))
    quote = by_uid(rows(passage, "quotes", tmp_path / "o"), "Q3")
    assert quote["speakers"] == "Dmitry Peskov; Dmitry Peskov; Ministry of Defence"
    assert quote["roles"] == "spokesman; spokesman; "
    assert quote["speaker_uids"].split("; ")[2] == ENTITIES["Ministry"].uid
    annotations = rows(passage, "annotations", tmp_path / "o")
    assert by_uid(annotations, "Q3")["speaker"] == quote["speakers"]


def test_a_mention_without_entity_speaks_in_its_own_words(passage: Project, tmp_path: Path) -> None:
    mention = stored(passage, "S3")
    change(passage, mention, replace(mention, entity=None))
    quote = by_uid(rows(passage, "quotes", tmp_path / "o"), "Q4")
    assert quote["speakers"] == "The Russian Ministry of Defence"
    assert quote["speaker_uids"] == annotation_uid("S3")
    assert by_uid(rows(passage, "claims", tmp_path / "o"), "C2")["claimants"] == "The Russian Ministry of Defence"


def test_without_a_mention_the_own_entity_speaks(passage: Project, tmp_path: Path) -> None:
    codebook = passage.cache.codebook
    quote = replace(
        annotation(codebook, Row("L3", "quote", 32, 51)), uid=uid("0b00", 40), entity=ENTITIES["Peskov"].uid
    )
    claim = replace(annotation(codebook, Row("L3", "claim", 32, 50)), uid=uid("0b00", 41))
    add(passage, quote, claim)
    found = rows(passage, "quotes", tmp_path / "o")[0]
    assert (found["speakers"], found["speaker_uids"]) == ("Dmitry Peskov", ENTITIES["Peskov"].uid)
    assert (found["roles"], found["affiliations"], found["mentions"]) == ("spokesman", "Kremlin", "")
    annotations = {row["annotation_uid"]: row for row in rows(passage, "annotations", tmp_path / "o")}
    assert annotations[quote.uid]["speaker"] == "Dmitry Peskov"
    assert annotations[claim.uid]["speaker"] == ""
    own = next(row for row in rows(passage, "claims", tmp_path / "o") if row["claim_uid"] == claim.uid)
    assert (own["claimants"], own["quote_uid"], own["locations"]) == ("", "", "")


def test_only_quotes_and_claims_have_a_speaker(passage: Project, tmp_path: Path) -> None:
    found = rows(passage, "annotations", tmp_path / "o")
    assert {row["tag"] for row in found if row["speaker"]} == {"quote", "claim"}


def test_fragments_are_joined(passage: Project, tmp_path: Path) -> None:
    before = stored(passage, "Q3")
    change(passage, before, replace(before, fragments=fragments(PASSAGE, [Span(133, 161), Span(188, 234)])))
    row = by_uid(rows(passage, "quotes", tmp_path / "o"), "Q3")
    assert row["fragments"] == "133-161;188-234"
    assert (row["start"], row["stop"]) == ("133", "234")
    assert row["quote"] == "“Before the talks start, and […] it would be wrong to talk about it in public,”"


def test_a_place_of_two_claims_is_named_once(passage: Project, tmp_path: Path) -> None:
    add(passage, link(50, "C1", "Q4", "content_of"), link(51, "C1", "L2", "about_location"))
    row = by_uid(rows(passage, "quotes", tmp_path / "o"), "Q4")
    assert row["locations"] == "Sudzha; Kursk region"
    assert row["claim_uids"] == f"{annotation_uid('C1')}; {annotation_uid('C2')}"


def test_status_is_the_newest_verdict_that_decides(passage: Project, tmp_path: Path) -> None:
    def verdict(number: int, decision: Decision, time: str) -> Verdict:
        return Verdict(uid("f000", number), ARTICLE, annotation_uid("Q1"), ANNA.uid, decision, created=time)

    add(passage, verdict(3, Decision.ACCEPTED, "2025-01-01"), verdict(1, Decision.REJECTED, "2025-01-02"))
    add(passage, replace(verdict(4, Decision.REPLY, "2025-01-03"), reply_to=uid("f000", 1)))
    found = rows(passage, "annotations", tmp_path / "o")
    assert by_uid(found, "Q1")["status"] == "rejected"
    assert by_uid(found, "Q2")["status"] == ""
    verdicts = rows(passage, "verdicts", tmp_path / "o")
    assert [row["decision"] for row in verdicts] == ["accepted", "rejected", "reply"]
    assert [row["replies"] for row in verdicts] == ["", uid("f000", 4), ""]


def test_attributes_by_name_in_the_view(passage: Project) -> None:
    before = stored(passage, "C1")
    attribute = passage.cache.codebook.attribute_named(before.tag_type, "claim_text")
    assert attribute
    change(passage, before, replace(before, values=tuple(sorted((*before.values, (attribute.uid, 'a "b"\n\\c'))))))
    found = passage.read.export.rows("export_annotations", ("annotation_uid", "attributes"), [ARTICLE], Chosen())
    said = dict(found)
    assert said[annotation_uid("C1")] == (
        '{"claim_text":"a \\"b\\"\\n\\\\c","claim_type":"event","checkworthy":"yes","claimant_stance":"affirm"}'
    )
    assert said[annotation_uid("K1")] == "{}"
    assert said[annotation_uid("L2")] == '{"usage":"literal","function":"event","resolution":"resolved"}'


def two_annas(project: Project) -> Annotator:
    other = Annotator(uid("a000", 2), "Anna")
    theirs = AnnotationSet(uid("a001", 2), "Anna", SetKind.PERSON, other.uid)
    settled = AnnotationSet(uid("a001", 3), "Final", SetKind.ADJUDICATED)
    one = replace(stored(project, "K1"), uid=uid("0b00", 50), annotator=other.uid, annotation_set=theirs.uid)
    final = replace(stored(project, "S2"), uid=uid("0b00", 51), annotation_set=settled.uid)
    work = ArticleWork(uid("0d00", 1), ARTICLE, other.uid, assigned=True)
    add(project, other, theirs, settled, one, final, work)
    return other


def test_two_people_of_one_name_are_told_apart(passage: Project, tmp_path: Path) -> None:
    two_annas(passage)
    found = rows(passage, "annotations", tmp_path / "o")
    assert {(row["annotator"], row["annotation_set"]) for row in found} == {
        ("Anna", "Anna"), ("Anna (2)", "Anna (2)"), ("Anna", "Final"),
    }  # fmt: skip
    (article,) = rows(passage, "articles", tmp_path / "o")
    assert article["Anna (2).annotations"] == "1"
    assert (article["Anna (2).status"], article["Anna (2).assigned"]) == ("todo", "yes")
    assert "Anna.assigned" not in article


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({}, 19), ({"annotators": ["Anna (2)"]}, 1), ({"annotators": ["Anna"]}, 19), ({"annotators": [ANNA.uid]}, 18),
        ({"sets": ["adjudicated"]}, 1), ({"sets": ["Final"]}, 1), ({"sets": [ANNAS_SET.uid]}, 17),
        ({"articles": []}, 0), ({"articles": [ARTICLE]}, 19), ({"annotators": ["Anna (2)"], "sets": ["Final"]}, 0),
    ],
)  # fmt: skip
def test_what_is_chosen(passage: Project, tmp_path: Path, chosen: dict[str, list[str]], count: int) -> None:
    two_annas(passage)
    summary = export_csv(passage, tmp_path / "o", profile=Profile.EXACT, **chosen)  # type: ignore[arg-type]
    assert summary.rows["annotations.csv"] == count
    if chosen == {"sets": ["adjudicated"]}:
        (entity,) = rows_of(tmp_path / "o" / "entities.csv")
        assert (entity["name"], entity["mentions"]) == ("Dmitry Peskov", "1")


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"annotators": ["Nobody"]}, "no annotator ‘Nobody’ in this project; there are: Anna"),
        ({"sets": ["X"]}, "no annotation set ‘X’"),
        ({"tables": ["x"]}, "no table x; there are annotations, quotes"),
        ({"tables": []}, "no table"),
    ],
)
def test_what_is_not_there_is_refused(
    passage: Project, tmp_path: Path, options: dict[str, list[str]], words: str
) -> None:
    with pytest.raises(ExportRefusedError, match=words):
        export_csv(passage, tmp_path / "o", profile=Profile.EXACT, **options)  # type: ignore[arg-type]
    assert not (tmp_path / "o").exists()


def test_one_file_holds_one_table(passage: Project, tmp_path: Path) -> None:
    summary = export_csv(passage, tmp_path / "Mine.CSV", profile=Profile.EXACT)
    assert summary.files == (tmp_path / "Mine.CSV",)
    assert summary.rows == {"Mine.CSV": 17}
    assert summary.warnings == ()
    export_csv(passage, tmp_path / "l.csv", profile=Profile.EXACT, tables=["links"])
    assert len(rows_of(tmp_path / "l.csv")) == 15
    with pytest.raises(ExportRefusedError, match="one table only"):
        export_csv(passage, tmp_path / "l.csv", profile=Profile.EXACT, tables=["links", "quotes"])


def test_line_ends_and_the_mark_of_a_spreadsheet(passage: Project, tmp_path: Path) -> None:
    export_csv(passage, tmp_path / "e.csv", profile=Profile.EXACT)
    export_csv(passage, tmp_path / "s.csv", profile=Profile.SPREADSHEET)
    exact, spreadsheet = (tmp_path / "e.csv").read_bytes(), (tmp_path / "s.csv").read_bytes()
    assert spreadsheet == b"\xef\xbb\xbf" + exact
    assert exact.count(b"\r\n") == exact.count(b"\n") == 18


def test_a_formula_is_defused_and_a_number_is_not(passage: Project, tmp_path: Path) -> None:
    before = stored(passage, "L2")
    sudzha = ENTITIES["Sudzha"]
    with passage.edit("Change") as edit:
        edit.replace(before, replace(before, note="=cmd|x"))
        edit.replace(sudzha, replace(sudzha, latitude=-51.19))
    export_csv(passage, tmp_path / "s.csv", profile=Profile.SPREADSHEET)
    text = (tmp_path / "s.csv").read_text("utf-8-sig")
    assert ",'=cmd|x," in text
    assert ",-51.19," in text


def test_the_reader_is_warned_when_the_text_is_missing(passage: Project, tmp_path: Path) -> None:
    assert "text" in export_csv(passage, tmp_path / "o", profile=Profile.EXACT).warnings[0]
    assert export_csv(passage, tmp_path / "o", profile=Profile.EXACT, with_text=True).warnings == ()


def test_progress_reaches_its_total(passage: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_csv(passage, tmp_path / "o", profile=Profile.EXACT, progress=lambda *done: told.append(done))
    assert told == sorted(told)
    assert told[-1] == (8, 8)


def test_a_stopped_export_leaves_everything_as_it_was(passage: Project, tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.write_text("old")
    summary = export_csv(passage, old, profile=Profile.EXACT, stop=lambda: True)
    assert summary.stopped
    assert summary.files == ()
    assert old.read_text() == "old"
    assert sorted(file.name for file in tmp_path.glob("*export*")) == []
    assert export_csv(passage, tmp_path / "new", profile=Profile.EXACT, stop=lambda: True).stopped
    assert not (tmp_path / "new").exists()


def test_a_failed_export_leaves_older_files_as_they_were(
    passage: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "o"
    out.mkdir()
    for table in (Table.ANNOTATIONS, Table.QUOTES):
        (out / table.file_name).write_text("old")
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == out / "claims.csv":
            raise PermissionError(13, "Permission denied", str(target))
        return real(self, target)

    monkeypatch.setattr(replacing.Path, "replace", refuse)
    with pytest.raises(ExportRefusedError, match=r"claims.csv cannot be written \(Permission denied\); what was there"):
        export_csv(passage, out, profile=Profile.EXACT)
    assert {file.name: file.read_text() for file in out.iterdir()} == {"annotations.csv": "old", "quotes.csv": "old"}


def test_a_folder_that_cannot_be_made_is_refused(passage: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportRefusedError, match="cannot be written"):
        export_csv(passage, tmp_path / "file" / "o", profile=Profile.EXACT)


def test_an_export_never_mixes_two_states(passage: Project, tmp_path: Path) -> None:
    seen: list[int] = []

    def write_meanwhile(done: int, total: int) -> None:
        seen.append(done)
        if len(seen) <= 2:
            before = stored(passage, "K1")
            change(passage, before, replace(before, note=f"note {len(seen)}"))

    export_csv(passage, tmp_path / "o", profile=Profile.EXACT, progress=write_meanwhile)
    assert by_uid(rows_of(tmp_path / "o" / "annotations.csv"), "K1")["note"] == "note 2"
    assert seen[:4] == [1, 1, 1, 2]


def test_one_who_types_all_the_time_waits_once(
    passage: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy: list[int] = []

    def write_meanwhile(done: int, total: int) -> None:
        before = stored(passage, "K1")
        if done == 1:
            try:
                change(passage, before, replace(before, note=f"{before.note}x"))
            except BusyError:
                busy.append(done)

    monkeypatch.setattr(writing, "_TRIES", 2)
    export_csv(passage, tmp_path / "o", profile=Profile.EXACT, progress=write_meanwhile)
    assert by_uid(rows_of(tmp_path / "o" / "annotations.csv"), "K1")["note"] == "xx"
    assert busy == [1]


def test_a_preview_shows_what_the_file_will(passage: Project, tmp_path: Path) -> None:
    header, shown = preview(passage, "annotations", 3, profile=Profile.SPREADSHEET)
    export_csv(passage, tmp_path / "a.csv", profile=Profile.EXACT)
    found = rows_of(tmp_path / "a.csv")
    assert list(header) == list(found[0])
    assert [list(row) for row in shown] == [list(row.values()) for row in found[:3]]
    assert len(preview(passage, "codebook")[1]) == 50
    assert preview(passage, "annotations", articles=[])[1] == []
    assert TIME in shown[0]


CELLS = st.one_of(
    st.none(), st.integers(-9, 10**16), st.floats(-2, 2), st.text(st.sampled_from("a,\"'=+\r\n é🙂"), max_size=4)
)


@pytest.mark.parametrize("most", [1, 10_000])
@given(
    tails=st.lists(st.lists(CELLS, min_size=2, max_size=2).map(tuple), min_size=1, max_size=3),
    rows=st.lists(st.tuples(CELLS, CELLS, st.integers(0, 2)), max_size=5),
    profile=st.sampled_from(Profile),
)
def test_the_file_is_that_of_whole_rows(
    most: int, tails: list[tuple[Cell, ...]], rows: list[tuple[Cell, Cell, int]], profile: Profile
) -> None:
    piece = Piece([row[:2] for row in rows], [tails[row[2] % len(tails)] for row in rows])
    whole = io.StringIO(newline="")
    escape = escaped_row if profile is Profile.SPREADSHEET else list
    csv.writer(whole, lineterminator="\r\n").writerows(escape(row) for row in [["a"], *piece.rows()])
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "TAILS", most)
        file = Path(folder) / "a.csv"
        assert writing._write_csv(file, ["a"], profile, [piece]) == len(rows)
        assert file.read_bytes().decode("utf-8-sig") == whole.getvalue()


def test_equal_numbers_of_two_kinds_keep_their_looks(tmp_path: Path) -> None:
    writing._write_csv(tmp_path / "a.csv", ["x", "y"], Profile.EXACT, [Piece([["a"], ["b"]], [(10**15,), (1e15,)])])
    assert (tmp_path / "a.csv").read_bytes() == b"x,y\r\na,1000000000000000\r\nb,1000000000000000.0\r\n"


def test_without_attributes_the_line_ends_at_once(tmp_path: Path) -> None:
    writing._write_csv(tmp_path / "a.csv", ["x", "y"], Profile.EXACT, [Piece([["a", 1]], [()])])
    assert (tmp_path / "a.csv").read_bytes() == b"x,y\r\na,1\r\n"
