"""Somebody who has never seen the program works through a small study on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from support.command import child

from annotator.project.opening import open_project

ARTICLE = """\
Envoys Land in Harbour City to Present Ceasefire Plan

Thu Mar 13 2025
icon-facebook icon-twitter icon-whatsapp

KEY POINTS

  • Envoys arrived in Harbour City for talks
  • The government is expected to present its own demands

HARBOUR CITY: Envoys on Thursday arrived for talks on a 30-day\u00a0ceasefire 🕊️.

“Before the talks start, it would be wrong to talk about it in public,” spokesman Ivo Brand told reporters.

ALSO READ: Government Says Operation in Final Stage

“Our task is clear,” Brand said.

icon-facebook icon-twitter icon-whatsapp"""


def test_a_study_from_the_first_command_to_the_tables(tmp_path: Path):
    (tmp_path / "articles" / "more").mkdir(parents=True)
    (tmp_path / "articles" / "envoys.txt").write_bytes(ARTICLE.encode())
    (tmp_path / "articles" / "more" / "again.txt").write_bytes(ARTICLE.replace("\n", "\r\n").encode("utf-16"))
    (tmp_path / "articles" / "more" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(99))

    made = child("new", "study.annot", "--annotator", "Anna", folder=tmp_path)
    assert (made.returncode, made.stdout, made.stderr) == (0, "Created study.annot.\n", "")

    taken = child("import", "study.annot", "articles", folder=tmp_path)
    assert (taken.returncode, taken.stdout) == (0, "1 added, 1 already there, 1 skipped.\n")
    photo = Path("articles", "more", "photo.jpg")
    assert taken.stderr.startswith(f"skipped {photo}: is a JPEG picture")

    told = json.loads(child("info", "study.annot", "--format", "json", folder=tmp_path).stdout)
    (article,) = told["per_article"]
    assert (article["title"], article["published"]) == (
        "Envoys Land in Harbour City to Present Ceasefire Plan",
        "2025-03-13",
    )
    the_text_is_whole_and_furniture_is_marked(tmp_path / "study.annot")

    assert child("check", "study.annot", folder=tmp_path).stdout == "study.annot: everything is in order.\n"
    assert child("backup", "study.annot", "--out", "copy.annot", folder=tmp_path).returncode == 0
    assert child("export", "study.annot", "--out", "tables", "--with-text", folder=tmp_path).returncode == 0
    with (tmp_path / "tables" / "articles.csv").open(encoding="utf-8", newline="") as table:
        (row,) = csv.DictReader(table)
    assert row["text"] == ARTICLE

    assert child("new", "other.annot", folder=tmp_path).returncode == 0
    back = child("import", "other.annot", "tables", folder=tmp_path)
    assert back.returncode == 0
    assert "1 article" in back.stdout
    assert child("export", "other.annot", "--out", "again", "--with-text", folder=tmp_path).returncode == 0
    for table in (tmp_path / "tables").iterdir():
        assert (tmp_path / "again" / table.name).read_bytes() == table.read_bytes(), table.name


def the_text_is_whole_and_furniture_is_marked(path: Path) -> None:
    project = open_project(path, read_only=True)
    try:
        content = project.read.content(project.read.all_article_uids()[0])
        assert content is not None
        assert content.text == ARTICLE
        assert [span.of(content.text) for span in content.article.furniture] == [
            "icon-facebook icon-twitter icon-whatsapp",
            "KEY POINTS",
            "ALSO READ: Government Says Operation in Final Stage",
            "icon-facebook icon-twitter icon-whatsapp",
        ]
    finally:
        project.close()
