from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.projects import BEN, add, content, new_project, tag

from annotator.model.article import Article, Status
from annotator.operations import linking
from annotator.operations.articles import set_status
from annotator.operations.information import as_lines, counted, information
from annotator.project.opening import work_as
from annotator.project.project import Project


@pytest.fixture
def tagged(project: Project, article: Article) -> Project:
    """Anna has tagged three times in one article and is done with it; Ben once in the other."""
    quote = tag(project, article, "quote", "“The talks go on,”")
    speaker = tag(project, article, "speaker", "Peskov")
    tag(project, article, "speaker", "Berlin")
    linking.link(project, content(project, article), quote, speaker, "speaker")
    set_status(project, article.uid, Status.DONE)
    other = add(project, "Vienna waits.\n", "Waiting", published="2025-03-04")
    work_as(project, BEN)
    tag(project, other, "location", "Vienna")
    set_status(project, other.uid, Status.IN_PROGRESS)
    return project


def test_it_counts_in_all_and_per_tag_annotator_status_and_article(tagged: Project):
    found = information(tagged)
    assert {key: found[key] for key in ("articles", "annotations", "links")} == {
        "articles": 2,
        "annotations": 4,
        "links": 1,
    }
    assert found["tags"] == {"speaker": 2, "quote": 1, "location": 1, "claim": 0, "cue": 0}
    assert found["annotators"] == {"Anna": 3, "Ben": 1}
    assert found["sets"] == {"Anna": 3, "Ben": 1}
    assert found["status"] == {"done": 1, "in_progress": 1}
    assert [(one["title"], one["published"], one["annotations"], one["tags"]) for one in found["per_article"]] == [
        ("Talks", "", 3, {"speaker": 2, "quote": 1}),
        ("Waiting", "2025-03-04", 1, {"location": 1}),
    ]
    assert found["per_article"][1]["words"] == 2


def test_two_people_of_one_name_are_counted_together(tagged: Project):
    with tagged.edit("Another Anna") as edit:
        edit.replace(BEN, replace(BEN, name="Anna"))
    assert information(tagged)["annotators"] == {"Anna": 4}


def test_it_says_which_file_it_is(project: Project):
    found = information(project)
    assert (found["project"], found["file"], found["schema"]) == ("Test", "project.annot", project.schema_version)
    assert found["bytes"] == project.path.stat().st_size
    assert found["per_article"] == []


def test_it_can_be_written_as_json(tagged: Project):
    assert json.loads(json.dumps(information(tagged))) == information(tagged)


def test_articles_are_read_some_at_a_time(project: Project, monkeypatch):
    monkeypatch.setattr("annotator.operations.information._AT_ONCE", 2)
    for number in range(5):
        add(project, f"Text {number}.\n", f"Article {number}")
    assert [one["title"] for one in information(project)["per_article"]] == [f"Article {n}" for n in range(5)]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_file_name_that_is_not_utf8_is_shown(tmp_path: Path):
    project = new_project(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.annot")))
    assert information(project)["file"] == "\ufffd.annot"
    project.close()


def test_people_read_lines(tagged: Project):
    found = information(tagged) | {"bytes": 1_250_000}
    assert as_lines(found) == [
        f"Test (project.annot, 1.2 MB, schema {tagged.schema_version})",
        "2 articles, 4 annotations, 1 link, " + counted(found["entities"], "entity"),
        "By tag: speaker 2, quote 1, location 1, claim 0, cue 0",
        "By annotator: Anna 3, Ben 1",
        "By status: done 1, in progress 1",
        "Annotations, date and title of each article:",
        "      3  –           Talks",
        "      1  2025-03-04  Waiting",
    ]


def test_what_is_not_there_has_no_line(project: Project):
    assert len(as_lines(information(project))) == 3


@pytest.mark.parametrize(
    ("count", "noun", "said"),
    [(0, "article", "0 articles"), (1, "article", "1 article"), (1, "entity", "1 entity"), (2, "entity", "2 entities")],
)
def test_numbers_and_nouns_agree(count: int, noun: str, said: str):
    assert counted(count, noun) == said
