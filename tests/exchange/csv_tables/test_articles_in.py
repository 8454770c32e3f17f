"""Articles with everybody's standing, read back from their table."""

from __future__ import annotations

import csv
from pathlib import Path

from msgspec.structs import replace
from support.worked_passage import ANNA, ARTICLE, passage_project, uid

from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.csv_tables import Profile, export_csv, import_tables
from annotator.model.article import ArticleWork, Status
from annotator.project.opening import create_project


def test_reviewed_goes_out_and_comes_back(tmp_path: Path) -> None:
    project = passage_project(tmp_path / "a.annot")
    work = ArticleWork(uid("0d00", 1), ARTICLE, ANNA.uid, Status.DONE, reviewed=True)
    with project.edit("Mark") as edit:
        edit.add(work)
    export_csv(project, tmp_path / "out", profile=Profile.EXACT, with_text=True)
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["Anna.status"], row["Anna.reviewed"]) == ("done", "yes")
    assert "Anna.assigned" not in row
    other = create_project(tmp_path / "b.annot", shipped_codebook("news"))
    import_tables(other, tmp_path / "out")
    (came,) = other.read.all(ArticleWork)
    assert replace(came, uid=work.uid) == work
    assert import_tables(other, tmp_path / "out").lines == ()
    for one in (project, other):
        one.close()
