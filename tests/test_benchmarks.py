"""The benchmarks run, print their table and write its figures; the workload is a sound project, the same each time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.operations.checking import check_project
from annotator.project.opening import open_project

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.report import Report  # noqa: E402
from benchmarks.timing import Row, Sample, Target  # noqa: E402
from benchmarks.workload import giant, project  # noqa: E402


@pytest.mark.slow
def test_a_quick_run_prints_the_table_and_writes_the_figures(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "-n", "20", "--json", str(figures)],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert lines[0].startswith("| operation")
    said = json.loads(figures.read_text("utf-8"))["rows"]
    operations = {row["operation"] for row in said}
    assert {
        "start to first paint", "memory after start", "open an article, its text and tags painted",
        "open the giant, its beginning painted",
        "tag by key, saved and painted, article", "tag by key, saved and painted, giant", "scroll the giant, one frame",
        "import text files in the window", "search per key stroke", "CSV of all annotations",
        "agreement: loading, kappa, alpha, F1", "bring in a colleague's articles",
    } <= operations  # fmt: skip
    assert all(any(line.startswith(f"| {row['operation']} ") for line in lines) for row in said)
    (gamma,) = (row for row in said if row["operation"].startswith("gamma of an article"))
    assert (gamma["limit"], gamma["verdict"]) == (None, "")
    assert "not installed" in gamma["limit_is"]
    assert all(row["median"] > 0 for row in said if row["unit"] == "s")


def test_the_workload_is_a_sound_project(tmp_path: Path) -> None:
    path = tmp_path / "made.annot"
    project.make(path, project.Size(12))
    assert check_project(path) == []
    opened = open_project(path, read_only=True)
    counts = opened.read.counts()
    opened.close()
    assert counts.articles == 12
    assert counts.by_annotator.keys() == {"Anna", "Ben"}
    assert 15 < counts.annotations / 24 < 35
    assert counts.links > 12


def test_the_workload_is_the_same_each_time() -> None:
    pool = project.paragraphs(50)
    made = [project.article(number, pool) for number in range(5)]
    assert len({article.sha256 for article, _, _ in made}) == 5
    words = hashlib.sha256("".join(text for _, text, _ in made).encode()).hexdigest()
    again = [project.article(number, project.paragraphs(50)) for number in range(5)]
    assert hashlib.sha256("".join(text for _, text, _ in again).encode()).hexdigest() == words
    assert all(700 < article.words < 950 for article, _, _ in made)


def test_the_giant_is_sound_and_its_spans_overlap(tmp_path: Path) -> None:
    path = tmp_path / "giant.annot"
    giant.make(path, 40, 200)
    assert check_project(path) == []
    opened = open_project(path, read_only=True)
    content = opened.read.content(opened.read.all_article_uids()[0])
    opened.close()
    assert content is not None
    found = sorted((a.start, a.stop) for a in content.annotations.values())
    assert len(found) == 200
    assert sum(after[0] < before[1] for before, after in pairwise(found)) > 50


def test_a_target_is_judged_by_ratio_median_and_p99() -> None:
    ours, limit = Sample((0.010,) * 98 + (0.2, 0.3)), Sample((0.004,))
    assert ours.p99 == 0.2
    assert Target(ratio=3).reached(ours, limit) is True
    assert Target(ratio=2).reached(ours, limit) is False
    assert Target(median=0.016).reached(ours, None) is True
    assert Target(median=0.016, p99=0.1).reached(ours, None) is False
    assert Target().reached(ours, limit) is None


def test_what_grows_faster_than_its_size_is_a_defect() -> None:
    sizes = (100, 1_000, 10_000)
    rows = [Row("straight", n, Sample((n / 1_000,)), Target(median=100)) for n in sizes]
    rows += [Row("square", n, Sample((n * n / 1_000_000,)), Target(median=1_000)) for n in sizes]
    report = Report(rows)
    assert report.growth == pytest.approx({"straight": 1.0, "square": 2.0})
    assert [row.operation for row in report.missed] == ["square"] * 3
    assert "NO (grows)" in report.table()
