from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support.command import child, refused, run
from support.projects import ANNA, BEN, add, new_project, tag
from support.two_annotators import reviewed_project

from annotator.analysis.result import Level, Reason
from annotator.cli import agreement as command
from annotator.exchange.agreement_table import JSON_MEASURES
from annotator.model.article import Status
from annotator.operations.articles import set_status
from annotator.project.opening import open_project, work_as


@pytest.fixture
def passage(tmp_path: Path) -> Path:
    """Anna's and Ben's passage, which nobody has marked done."""
    reviewed_project(tmp_path / "passage.annot").close()
    return tmp_path / "passage.annot"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Two articles that Anna and Ben have done, each tagging the same but once, and one that Ben has not."""
    project = new_project(tmp_path / "study.annot")
    articles = [add(project, text, text[:6]) for text in ("Vienna waits.\n", "Rome said no to Berlin.\n", "Oslo.\n")]
    for who, done in ((ANNA, articles), (BEN, articles[:2])):
        work_as(project, who)
        tag(project, articles[0], "location", "Vienna")
        tag(project, articles[1], "location", "Rome")
        if who is ANNA:
            tag(project, articles[1], "location", "Berlin")
        for one in done:
            set_status(project, one.uid, Status.DONE)
    project.close()
    return tmp_path / "study.annot"


def document(*words: object) -> dict[str, object]:
    result = run("agreement", *words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


def value(found: dict[str, object], level: str, name: str, tag_name: str | None = None) -> object:
    measures = found["measures"]
    assert isinstance(measures, list)
    (one,) = [
        m for m in measures if (m["level"], m["measure"], m["tag"], m["attribute"]) == (level, name, tag_name, None)
    ]
    return one["value"]


# -- levels -----------------------------------------------------------------------------------------------


def test_only_some_levels_and_no_gamma_have_the_numbers_they_have_among_all(study: Path, tmp_path: Path):
    everything = document(study)
    some = document(study, "--level", "span", "--level", "token", "--no-gamma")
    assert isinstance(everything["measures"], list)
    kept = [m for m in everything["measures"] if m["level"] in ("span", "token") and m["measure"] != "gamma"]
    assert some == {**everything, "measures": kept}
    text = run("agreement", study, "--level", "token").stdout
    assert "Tokens: " in text
    assert "Spans: " not in text
    page = tmp_path / "report.html"
    assert run("agreement", study, "--level", "span", "--no-gamma", "--report", page).exit_code == 0
    assert "no counterpart" in page.read_text("utf-8")


# -- json -------------------------------------------------------------------------------------------------


def test_json_is_one_document_with_the_schema_of_the_design(passage: Path):
    found = document(passage, "--articles", "all")
    assert list(found) == ["annotators", "articles", "measures"]
    assert (found["annotators"], found["articles"]) == (["Anna", "Ben"], 1)
    measures = found["measures"]
    assert isinstance(measures, list)
    for one in measures:
        assert list(one) == ["level", "tag", "attribute", "measure", "value", "low", "high", "n", "reason"]
        assert one["level"] in set(Level)
        assert one["measure"] in JSON_MEASURES
        assert isinstance(one["n"], int)
        assert (one["value"] is None) == (one["reason"] in set(Reason))
    assert {one["measure"] for one in measures} == set(JSON_MEASURES)
    assert {one["level"] for one in measures} == set(Level)
    assert value(found, "span", "f1_exact") == pytest.approx(28 / 34)
    assert value(found, "span", "f1_overlap") == pytest.approx(30 / 34)
    assert value(found, "token", "cohen_kappa", "speaker") == pytest.approx(1240 / 1313)


def test_articles_count_that_both_have_done_and_the_others_are_told(study: Path):
    result = run("agreement", study, "--format", "json")
    assert result.stderr == (
        "1 article left out because not everybody has marked it done (--articles all compares all).\n"
    )
    found = json.loads(result.stdout)
    assert found["articles"] == 2
    assert value(found, "span", "f1_exact") == pytest.approx(4 / 5)
    assert run("agreement", study, "--format", "json", "--articles", "all").stderr == ""
    assert document(study, "--articles", "all")["articles"] == 3


def test_the_same_every_time(study: Path):
    first = run("agreement", study, "--format", "json").stdout
    assert run("agreement", study, "--format", "json").stdout == first


def test_annotators_sets_and_tags_are_chosen(passage: Path):
    found = document(passage, "--articles", "all", "--annotator", "Ben", "--set", "Anna", "--tag", "cue")
    assert found["annotators"] == ["Ben", "Anna"]
    assert value(found, "span", "f1_exact", "cue") == pytest.approx(6 / 7)
    measures = found["measures"]
    assert isinstance(measures, list)
    assert {one["tag"] for one in measures} == {"cue"}


def test_names_stay_names_where_output_is_not_utf8(tmp_path: Path, study: Path):
    project = open_project(study)
    with project.edit("Rename") as edit:
        for person in project.read.annotators():
            edit.replace(person, type(person)(person.uid, f"{person.name} Łuć"))
    project.close()
    result = child("agreement", study, "--format", "json", folder=tmp_path, environment={"PYTHONIOENCODING": "cp1252"})
    assert (result.returncode, result.stdout.isascii()) == (0, True)
    assert json.loads(result.stdout)["annotators"] == ["Anna Łuć", "Ben Łuć"]


# -- text and csv -----------------------------------------------------------------------------------------


def test_text_is_readable_in_100_columns(study: Path, passage: Path):
    result = run("agreement", study)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:3] == ["Agreement in “Test” on 2 articles, between:", "  Anna", "  Ben"]
    assert "1 article left out because not everybody has marked it done" in lines[3]
    assert any(line.split()[:3] == ["location", "f1_exact", "0.800"] and "…" in line for line in lines)
    assert "  (1) No annotator has anything here." in lines
    long = run("agreement", passage, "--articles", "all").stdout.splitlines()
    assert max(map(len, [*lines, *long])) <= 100


def test_without_an_article_only_that_is_said(passage: Path):
    result = run("agreement", passage)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-2:] == [
        "1 article left out because not everybody has marked it done (--articles all compares all).",
        "There is no article to compare.",
    ]


def test_csv_is_one_table(study: Path):
    result = run("agreement", study, "--format", "csv")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))
    assert result.stdout_bytes.count(b"\r\n") == len(rows) + 1
    (found,) = [
        row for row in rows if (row["level"], row["tag"], row["measure"]) == ("span", "location", "recall_exact")
    ]
    assert (float(found["value"]), found["n"]) == (pytest.approx(2 / 3), "5")
    assert result.stderr.startswith("1 article left out")


# -- the report -------------------------------------------------------------------------------------------


def test_a_report_is_written_beside_the_numbers(tmp_path: Path, study: Path, monkeypatch):
    monkeypatch.setattr("annotator.base.clock.now", lambda: "2025-03-14T09:00:00.000Z")
    page = tmp_path / "out" / "agreement.html"
    result = run("agreement", study, "--format", "json", "--report", page)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["articles"] == 2
    assert result.stderr.splitlines()[:2] == [f"Written: {page}", f"Written: {page.with_suffix('.csv')}"]
    before = page.read_bytes()
    assert b"2025-03-14 by Annotator" in before
    assert run("agreement", study, "--report", page).exit_code == 0
    assert page.read_bytes() == before


def test_a_report_that_cannot_be_written_is_told_before_anything(tmp_path: Path, study: Path):
    assert "does not end in .html" in refused("agreement", study, "--report", tmp_path / "report.pdf")
    (tmp_path / "r.csv").write_text("mine", encoding="utf-8")
    assert "is no report’s table" in refused("agreement", study, "--report", tmp_path / "r.html")
    assert (tmp_path / "r.csv").read_text(encoding="utf-8") == "mine"


# -- what is refused --------------------------------------------------------------------------------------


def test_one_annotator_is_not_enough(tmp_path: Path):
    project = new_project(tmp_path / "a.annot")
    tag(project, add(project), "speaker", "Berlin")
    project.close()
    said = refused("agreement", project.path, "--format", "json")
    assert said == (
        "Agreement needs two annotators or sets, and this is one. There is work of: Anna. Name two of them, or bring a"
        " colleague’s work in first."
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--annotator", "Dora"], "There is no annotator ‘Dora’ in this project; there are: Anna, Ben, Carol."),
        (["--set", "gold"], "There is no annotation set ‘gold’ in this project; there are: Anna, Ben, Carol."),
        (["--tag", "no"], "There is no tag ‘no’ in this project; there are: claim, cue, location, quote, speaker."),
    ],
)
def test_unknown_names_are_told_with_those_there_are(passage: Path, option: list[str], said: str):
    assert refused("agreement", passage, *option) == said


def test_wrong_usage_is_2(passage: Path):
    assert run("agreement").exit_code == 2
    assert run("agreement", passage, "--articles", "some").exit_code == 2
    assert "There is no file" in refused("agreement", passage.with_name("none.annot"))


def test_nothing_is_written_to_the_project(study: Path):
    before = study.read_bytes()
    run("agreement", study)
    assert study.read_bytes() == before


def test_a_terminal_sees_how_far_it_is(study: Path, monkeypatch):
    told: dict[str, list[tuple[int, int]]] = {}

    class Bar:
        def __init__(self, label: str) -> None:
            self.told = told.setdefault(label, [])

        def __enter__(self):
            return lambda done, total: self.told.append((done, total))

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(command, "bar", Bar)
    assert run("agreement", study).exit_code == 0
    assert told["Reading"] == [(1, 3), (2, 3), (3, 3)]
    computing = told["Computing"]
    assert computing[-1] == (14, 14)  # five tags and all together, on two articles
    assert [done for done, _ in computing] == list(range(1, 15))
    told.clear()
    assert run("agreement", study, "--tag", "location").exit_code == 0
    assert all(done <= total for done, total in told["Computing"])
