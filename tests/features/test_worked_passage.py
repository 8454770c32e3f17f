"""The worked passage of the data model, tagged completely in the real window by keys and mouse."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QTableView
from support.user import User, at_the_window, project_file, settle
from support.worked_passage import PASSAGE

from annotator.exchange.csv_tables import Profile, export_csv
from annotator.model.annotation import Link

# tag, start, stop, text, values in the codebook's order, entity
ANNOTATIONS = {
    ("speaker", 0, 31, "Kremlin spokesman Dmitry Peskov", "name spokesman Kremlin", "Dmitry Peskov"),
    ("cue", 32, 41, "confirmed", "", ""),
    ("quote", 42, 51, "the talks", "indirect speech asserted", ""),
    ("cue", 57, 85, "refrained from commenting on", "", ""),
    ("quote", 86, 131, "Russia's stance before negotiations commenced", "indirect speech withheld", ""),
    (
        "quote", 133, 234,
        "“Before the talks start, and they haven’t started yet, it would be wrong to talk about it in public,”",
        "direct speech asserted", "",
    ),
    ("claim", 162, 186, "they haven’t started yet", "event yes affirm", ""),
    ("speaker", 235, 241, "Peskov", "name", "Dmitry Peskov"),
    ("cue", 242, 246, "told", "", ""),
    ("speaker", 247, 256, "reporters", "nominal", "reporters"),
    ("speaker", 258, 289, "The Russian Ministry of Defence", "organisation", "Ministry of Defence"),
    ("cue", 290, 297, "claimed", "", ""),
    (
        "quote", 310, 383, "that Russian forces had recaptured the town of Sudzha in the Kursk region",
        "indirect speech asserted", "",
    ),
    (
        "claim", 315, 383, "Russian forces had recaptured the town of Sudzha in the Kursk region",
        "event yes affirm distance", "",
    ),
    ("location", 86, 92, "Russia", "metonymic mention", "Russia"),
    ("location", 357, 363, "Sudzha", "literal event resolved", "Sudzha"),
    ("location", 371, 383, "Kursk region", "literal event unresolvable", "Kursk region"),
}  # fmt: skip
LINKS = {
    (42, "speaker", 0), (42, "cue", 32), (86, "speaker", 0), (86, "cue", 57), (133, "speaker", 235),
    (133, "addressee", 247), (133, "cue", 242), (162, "content_of", 133), (162, "claimant", 235),
    (310, "speaker", 258), (310, "cue", 290), (315, "content_of", 310), (315, "claimant", 258),
    (315, "about_location", 357), (315, "about_location", 371),
}  # fmt: skip
# name, kind, role, affiliation, latitude, longitude, gazetteer
ENTITIES = {
    ("Dmitry Peskov", "named_person", "spokesman", "Kremlin", None, None, ""),
    ("reporters", "collective", "", "", None, None, ""),
    ("Ministry of Defence", "organisation", "", "", None, None, ""),
    ("Russia", "place", "", "", None, None, "geonames"),
    ("Sudzha", "place", "", "", 51.19, 35.27, "manual"),
    ("Kursk region", "place", "", "", None, None, ""),
}


def tag_speakers_and_places(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "G", "Enter")  # the bare name stands in the field already
    user.choose("mention_form", "name")
    user.fill("attribute.role_as_stated", "spokesman")
    user.fill("attribute.affiliation_as_stated", "Kremlin")
    user.click("Peskov told", 2)
    user.press("1", "G", "Enter")  # “Peskov” proposes “Dmitry Peskov”
    user.choose("mention_form", "name")
    user.click("reporters")
    user.press("1", "G", "Enter")
    user.choose("mention_form", "nominal")
    user.click("Ministry")
    user.press("1", "G")
    user.press("Ctrl+A")
    user.type("Ministry of Defence")
    user.press("Enter")
    user.choose("mention_form", "organisation")
    user.click("Russia's", 2)
    user.press("3", "G", "Enter")  # the gazetteer knows the country: an id without coordinates
    user.choose("usage", "metonymic")
    user.choose("function", "mention")
    user.click("Sudzha")
    user.press("3")
    create(user, "Sudzha")
    user.fill("latitudeField", "51.19")
    user.fill("longitudeField", "35.27")
    user.choose("usage", "literal")
    user.choose("function", "event")
    user.choose("resolution", "resolved")
    user.click("Kursk region")
    user.press("3")
    create(user, "Kursk region")
    user.choose("usage", "literal")
    user.choose("function", "event")
    user.choose("resolution", "unresolvable")


def create(user: User, name: str) -> None:
    """Make an entity of that name, whatever places the gazetteer proposes: the last row of the list."""
    user.press("G", "Ctrl+A")
    user.type(name)
    user.press(*["Down"] * 20, "Enter")


def tag_cues(user: User) -> None:
    for words in ("confirmed", "told", "claimed"):
        user.click(words)
        user.press("5")
    user.drag("refrained from commenting on")
    user.press("5")


def link(user: User, *words: str) -> None:
    for typed in words:
        user.press("K")
        user.type(typed)
        user.press("Enter")


def tag_quotes(user: User) -> None:
    user.drag("the talks")
    user.press("2", "Enter")
    user.choose("quote_type", "indirect")
    link(user, "cue confirmed")
    user.drag("Russia's stance before negotiations commenced")
    user.press("2", "Shift+L")
    user.choose("quote_type", "indirect")
    user.choose("polarity", "withheld")
    link(user, "cue refrained")
    user.click("it would be wrong")
    user.press("2", "Enter")
    link(user, "addressee reporters", "cue told")
    user.drag("that Russian forces had recaptured the town of Sudzha in the Kursk region")
    user.press("2", "L")
    user.type("Ministry")
    user.press("Enter")
    user.choose("quote_type", "indirect")
    link(user, "cue claimed")


def tag_claims(user: User) -> None:
    user.drag("they haven’t started yet")
    user.press("4", "Enter")  # the speaker of the quote around it, and that it is the quote's content
    user.choose("claim_type", "event")
    user.choose("checkworthy", "yes")
    user.choose("claimant_stance", "affirm")
    user.drag("Russian forces had recaptured the town of Sudzha in the Kursk region")
    user.press("4", "Enter")
    user.choose("claim_type", "event")
    user.choose("checkworthy", "yes")
    user.choose("claimant_stance", "affirm")
    user.choose("author_stance", "distance")
    link(user, "sudzha", "kursk")


def describe_people(user: User) -> None:
    user.press("Ctrl+Shift+E")
    dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "entitiesDialog" and w.isVisible())
    assert isinstance(dialog, QDialog)
    for name, role, affiliation in (("Dmitry Peskov", "spokesman", "Kremlin"),):
        table = dialog.findChild(QTableView)
        assert table is not None
        model = table.model()
        row = next(r for r in range(model.rowCount()) if name in str(model.index(r, 0).data()))
        user.click_row(table, model.index(row, 0))
        user.fill("entityRole", role)
        user.fill("entityAffiliation", affiliation)
    user.press("Esc")
    settle()


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("passage")
    path = project_file(folder, PASSAGE)
    with at_the_window(path, folder / "settings") as user:
        tag_speakers_and_places(user)
        tag_cues(user)
        tag_quotes(user)
        tag_claims(user)
        describe_people(user)
    return path


@pytest.fixture
def user(tagged: Path) -> Iterator[User]:
    with at_the_window(tagged, tagged.parent / "settings") as user:
        yield user


def exported(user: User, folder: Path) -> dict[str, bytes]:
    project = user.window.state.project
    assert project is not None
    export_csv(project, folder, profile=Profile.EXACT)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_file_holds_the_seventeen_annotations(user: User) -> None:
    project, codebook = user.window.state.project, user.window.state.codebook
    assert project is not None
    found = set()
    for a in user.annotations:
        said = dict(a.values)
        values = [str(said[q.uid]) for q in codebook.attributes_of(a.tag_type) if q.uid in said]
        entity = project.cache.entities[a.entity].name if a.entity else ""
        (span,) = a.spans
        assert a.text == user.text[span.start : span.stop]
        found.add((codebook.tag(a.tag_type).name, span.start, span.stop, a.text, " ".join(values), entity))
    assert found == ANNOTATIONS
    assert len(user.annotations) == 17


def test_the_file_holds_the_links_and_entities(user: User) -> None:
    project = user.window.state.project
    assert project is not None
    start = {a.uid: a.start for a in user.annotations}
    claims = {a.uid for a in user.annotations if (a.start, a.stop) == (315, 383)}
    quote = {a.uid for a in user.annotations if (a.start, a.stop) == (86, 131)}
    assert len(claims) == len(quote) == 1
    links = list(project.read.all(Link))
    assert {(start[k.from_annotation], k.role, start[k.to_annotation]) for k in links} == LINKS
    assert len(links) == 15
    found = {
        (e.name, e.kind.value, e.role, e.affiliation, e.latitude, e.longitude, e.gazetteer)
        for e in project.cache.entities.values()
    }
    assert found == ENTITIES


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files[name].decode("utf-8").splitlines(), strict=True))


def test_the_tables_hold_every_value(user: User, tmp_path: Path) -> None:
    files = exported(user, tmp_path / "csv")
    found = set()
    for row in rows(files, "annotations.csv"):
        said = " ".join(cell for column, cell in row.items() if "." in column and cell)
        found.add((row["tag"], int(row["start"]), int(row["stop"]), row["text"], said, row["entity"]))
    assert found == ANNOTATIONS
    quotes = [
        (row["speakers"], row["roles"], row["affiliations"], row["mentions"], row["cue"], row["addressees"])
        for row in rows(files, "quotes.csv")
    ]
    spokesman = ("Dmitry Peskov", "spokesman", "Kremlin")
    assert quotes == [
        (*spokesman, "Kremlin spokesman Dmitry Peskov", "confirmed", ""),
        (*spokesman, "Kremlin spokesman Dmitry Peskov", "refrained from commenting on", ""),
        (*spokesman, "Peskov", "told", "reporters"),
        ("Ministry of Defence", "", "", "The Russian Ministry of Defence", "claimed", ""),
    ]
    claims = [(row["claimants"], row["author_stance"], row["locations"]) for row in rows(files, "claims.csv")]
    assert claims == [("Dmitry Peskov", "", ""), ("Ministry of Defence", "distance", "Sudzha; Kursk region")]
    assert len(rows(files, "links.csv")) == 15
    places = {row["name"]: (row["latitude"], row["longitude"]) for row in rows(files, "entities.csv")}
    assert places["Sudzha"] == ("51.19", "35.27")
    assert places["Kursk region"] == ("", "")


def test_undone_to_the_empty_article_and_done_again_it_is_the_same(user: User, tmp_path: Path) -> None:
    project = user.window.state.project
    assert project is not None
    before = exported(user, tmp_path / "before")
    steps = 0
    while user.annotations or project.cache.entities:
        user.press("Ctrl+Z")
        steps += 1
        assert steps < 200
    assert list(project.read.all(Link)) == []
    for _ in range(steps):
        user.press("Ctrl+Shift+Z")
    assert project.redo_label == ""
    assert exported(user, tmp_path / "after") == before
