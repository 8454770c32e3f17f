from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.worked_passage import ANNA, ARTICLE, ENTITIES, ROWS, TIME, annotation_uid, passage_project, uid

from annotator.exchange.csv_tables.cells import Profile
from annotator.exchange.csv_tables.codebook_rows import Level
from annotator.exchange.csv_tables.columns import COLUMNS, Table
from annotator.exchange.csv_tables.reading import import_tables
from annotator.exchange.csv_tables.writing import export_csv
from annotator.model.article import ArticleWork, Status
from annotator.model.review import Decision, Verdict
from annotator.project.project import Project

Rows = dict[str, list[dict[str, str]]]

HEADER = [
    "annotation_uid", "article_uid", "article_title", "article_source", "article_published", "article_url",
    "annotation_set", "annotator", "tag", "text", "start", "stop", "fragments", "entity_uid", "entity",
    "entity_kind", "latitude", "longitude", "gazetteer", "gazetteer_id", "speaker", "status", "note", "confidence",
    "origin", "created", "modified", "speaker.mention_form", "speaker.role_as_stated",
    "speaker.affiliation_as_stated", "quote.quote_type", "quote.medium", "quote.polarity", "location.usage",
    "location.function", "location.resolution", "claim.claim_text", "claim.claim_type", "claim.checkworthy",
    "claim.claimant_stance", "claim.author_stance", "claim.rating", "claim.rating_url",
]  # fmt: skip

# name, tag, text, start, stop, entity, kind, latitude, longitude, gazetteer, speaker, values in column order
EXPECTED = """
S1|speaker|Kremlin spokesman Dmitry Peskov|0|31|Dmitry Peskov|named_person||||||name spokesman Kremlin
K1|cue|confirmed|32|41|||||||
Q1|quote|the talks|42|51||||||Dmitry Peskov|indirect speech asserted
K2|cue|refrained from commenting on|57|85|||||||
Q2|quote|Russia's stance before negotiations commenced|86|131||||||Dmitry Peskov|indirect speech withheld
L1|location|Russia|86|92|Russia|place|||||metonymic mention
Q3|quote|“Before the talks start, and they haven’t started yet, it would be wrong to talk about it in public,”|133|234\
||||||Dmitry Peskov|direct speech asserted
C1|claim|they haven’t started yet|162|186||||||Dmitry Peskov|event yes affirm
S2|speaker|Peskov|235|241|Dmitry Peskov|named_person|||||name
K3|cue|told|242|246|||||||
A1|speaker|reporters|247|256|reporters|collective|||||nominal
S3|speaker|The Russian Ministry of Defence|258|289|Ministry of Defence|organisation|||||organisation
K4|cue|claimed|290|297|||||||
Q4|quote|that Russian forces had recaptured the town of Sudzha in the Kursk region|310|383\
||||||Ministry of Defence|indirect speech asserted
C2|claim|Russian forces had recaptured the town of Sudzha in the Kursk region|315|383\
||||||Ministry of Defence|event yes affirm distance
L2|location|Sudzha|357|363|Sudzha|place|51.19|35.27|manual||literal event resolved
L3|location|Kursk region|371|383|Kursk region|place|||||literal event unresolvable
""".strip().splitlines()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = passage_project(tmp_path_factory.mktemp("passage") / "passage.annot")
    yield project
    project.close()


@pytest.fixture(scope="module")
def tables(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    out = tmp_path_factory.mktemp("tables") / "out"
    summary = export_csv(project, out, profile=Profile.EXACT, with_text=True)
    assert [file.name for file in summary.files] == [table.file_name for table in Table]
    return {file.stem: read(file) for file in summary.files}


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, strict=True))


def test_the_header_of_annotations(tables: Rows) -> None:
    assert list(tables["annotations"][0]) == HEADER


@pytest.mark.parametrize("at", range(17))
def test_every_cell_of_the_seventeen_annotations(tables: Rows, at: int) -> None:
    name, tag, text, start, stop, entity, kind, latitude, longitude, gazetteer, speaker, *rest = EXPECTED[at].split("|")
    row = tables["annotations"][at]
    values = " ".join(rest).split()
    entity_uid = next((e.uid for e in ENTITIES.values() if e.name == entity), "")
    fixed = [
        annotation_uid(name), ARTICLE, "Talks", "Reuters", "2025-03-13", "https://example.org/talks", "Anna", "Anna",
        tag, text, start, stop, f"{start}-{stop}", entity_uid, entity, kind, latitude, longitude, gazetteer, "",
        speaker, "", "", "", "", TIME, TIME,
    ]  # fmt: skip
    assert list(row.values())[:27] == fixed
    said = {column: cell for column, cell in row.items() if "." in column and cell}
    assert list(said.values()) == values
    assert all(column.startswith(f"{tag}.") for column in said)
    expected = {f"{tag}.{pair.split('=')[0]}" for r in ROWS if r.name == name for pair in r.values.split()}
    assert set(said) == expected


def test_there_are_seventeen(tables: Rows) -> None:
    assert len(tables["annotations"]) == len(EXPECTED) == len(ROWS) == 17


def test_the_joint_cells_of_the_last_quote(tables: Rows) -> None:
    row = tables["quotes"][3]
    assert list(row) == list(COLUMNS[Table.QUOTES])
    assert list(row.values()) == [
        annotation_uid("Q4"), ARTICLE, "Talks", "2025-03-13", "Anna", "Anna",
        "that Russian forces had recaptured the town of Sudzha in the Kursk region", "indirect", "speech", "asserted",
        "Ministry of Defence", ENTITIES["Ministry"].uid, "", "", "The Russian Ministry of Defence", "claimed", "",
        "Russian forces had recaptured the town of Sudzha in the Kursk region", annotation_uid("C2"),
        "Sudzha; Kursk region", f"{ENTITIES['Sudzha'].uid}; {ENTITIES['Kursk'].uid}", "310", "383", "310-383", "",
    ]  # fmt: skip


def test_addressee_role_and_affiliation(tables: Rows) -> None:
    assert tables["quotes"][2]["addressees"] == "reporters"
    # S1 states role and affiliation; S2 does not, so the entity's are taken.
    assert [row["roles"] for row in tables["quotes"]] == ["spokesman", "spokesman", "spokesman", ""]
    assert [row["affiliations"] for row in tables["quotes"]] == ["Kremlin", "Kremlin", "Kremlin", ""]
    assert [row["mentions"] for row in tables["quotes"]][1:3] == ["Kremlin spokesman Dmitry Peskov", "Peskov"]
    assert [row["cue"] for row in tables["quotes"]] == ["confirmed", "refrained from commenting on", "told", "claimed"]


def test_claims(tables: Rows) -> None:
    first, second = tables["claims"]
    assert list(first) == list(COLUMNS[Table.CLAIMS])
    assert first["claimants"] == "Dmitry Peskov"
    assert first["claimant_uids"] == ENTITIES["Peskov"].uid
    assert first["quote_uid"] == annotation_uid("Q3")
    assert first["locations"] == ""
    assert second["author_stance"] == "distance"
    assert second["locations"] == "Sudzha; Kursk region"
    assert second["location_uids"] == f"{ENTITIES['Sudzha'].uid}; {ENTITIES['Kursk'].uid}"


def test_links(tables: Rows) -> None:
    rows = tables["links"]
    assert list(rows[0]) == list(COLUMNS[Table.LINKS])
    assert len(rows) == 15
    assert [(row["from_tag"], row["role"], row["to_text"]) for row in rows[:2]] == [
        ("quote", "cue", "confirmed"),
        ("quote", "speaker", "Kremlin spokesman Dmitry Peskov"),
    ]


def test_articles_and_entities(tables: Rows) -> None:
    (article,) = tables["articles"]
    assert list(article) == [
        *COLUMNS[Table.ARTICLES], "Anna.status", "Anna.annotations", "Anna.genre", "Anna.frame", "text",
    ]  # fmt: skip
    assert (article["characters"], article["words"], article["Anna.annotations"]) == ("384", "60", "17")
    assert article["Anna.status"] == ""
    assert article["text"].startswith("Kremlin spokesman")
    assert list(tables["entities"][0]) == list(COLUMNS[Table.ENTITIES])
    assert [(row["name"], row["mentions"]) for row in tables["entities"]][:2] == [
        ("Dmitry Peskov", "2"),
        ("reporters", "1"),
    ]
    assert tables["entities"][4]["latitude"] == "51.19"


def test_the_codebook(tables: Rows, project: Project) -> None:
    rows = tables["codebook"]
    assert list(rows[0]) == list(COLUMNS[Table.CODEBOOK])
    assert rows[0]["tag"] == "speaker"
    assert rows[0]["colour"] == "#0072B2"
    view = [[str(cell) for cell in row] for row in project.read.export.codebook_rows()]
    assert [list(row.values()) for row in rows[: len(view)]] == view
    assert {row["level"] for row in rows} == set(Level) - {Level.PROJECT}


@pytest.mark.parametrize("profile", list(Profile))
def test_export_import_export_gives_the_same_bytes(
    tmp_path: Path, new: Callable[[str], Project], profile: Profile
) -> None:
    project = new("passage")
    q3, ben = annotation_uid("Q3"), uid("a000", 2)
    first = Verdict(uid("f000", 1), ARTICLE, q3, ANNA.uid, Decision.REVISED, "boundary", "=too; long", created=TIME)
    answer = Verdict(uid("f000", 2), ARTICLE, q3, ANNA.uid, Decision.REPLY, reply_to=first.uid, created=TIME)
    genre = project.cache.codebook.attributes_of(None)[0]
    with project.edit("Review") as edit:
        edit.add(first)
        edit.add(answer)
        edit.add(type(ANNA)(ben, "Anna"))
        edit.add(
            ArticleWork(
                uid("0d00", 1), ARTICLE, ben, Status.DONE, True, "-memo\r\nof mine", ((genre.uid, genre.choices[0]),)
            )
        )
        info = project.cache.info
        edit.replace(info, type(info)(info.uid, info.name, "+ a memo", False, info.created))
    export_csv(project, tmp_path / "one", profile=profile, with_text=True)
    other = new("empty")
    summary = import_tables(other, tmp_path / "one")
    assert summary.lines == ()
    assert summary.added["annotation"] == 17
    assert other.undo_label == "Import tables"
    export_csv(other, tmp_path / "two", profile=profile, with_text=True)
    for table in Table:
        assert (tmp_path / "one" / table.file_name).read_bytes() == (tmp_path / "two" / table.file_name).read_bytes()
    again = import_tables(other, tmp_path / "one")
    assert (again.added, again.lines) == ({}, ())
    assert again.already["link"] == 15
    assert other.read.codebook() == project.read.codebook()
    other.undo()
    assert other.read.counts().annotations == 0
