"""What goes in and out: importing, exporting, comparing annotators and bringing a colleague's work in."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.analysis.loaded import Loaded
from annotator.analysis.result import Level
from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.csv_tables import Profile, export_csv
from annotator.operations.agreement import compared, measures_of
from annotator.operations.bringing_in import apply, prepare
from annotator.operations.handing_out import hand_out
from annotator.project.opening import create_project, open_project, work_as
from annotator.ui.imports.dialog import ImportDialog, Page
from benchmarks.context import Run, on_disk
from benchmarks.measures import bare
from benchmarks.responsive import longest_wait
from benchmarks.timing import Row, Sample, Target, timed
from benchmarks.window import opened
from benchmarks.workload import project as workload
from benchmarks.workload.project import ANNA, BEN, Size
from benchmarks.workload.prose import paragraphs

_LEFT_ALONE = Target(median=0.1)


def importing(run: Run) -> list[Row]:
    """Import a folder of text files through the window's dialog into a new project."""
    made, waits = [], []
    pool = paragraphs(2_000)
    for articles in run.sizes:
        folder = run.scratch()
        folder.mkdir()
        texts = [workload.article(number, pool)[1] for number in range(articles)]
        for number, text in enumerate(texts):
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        path = run.scratch(".annot")
        create_project(path, shipped_codebook("news")).close()
        with opened(path, run.settings) as bench:
            taken: list[float] = []
            wait = longest_wait(lambda: taken.append(timed(lambda: _import(bench.window, folder))))
            assert bench.window.state.project is not None
            assert len(bench.window.state.project.read.all_article_uids()) == articles
        limit = timed(lambda: _insert(run.scratch(".db"), texts))
        target = Target(median=5) if articles >= 10_000 else Target()
        made.append(Row("import text files in the window", articles, Sample(tuple(taken)), target,
                        Sample((limit,)), "texts inserted with FTS5"))  # fmt: skip
        waits.append(Row("… longest wait of the window", articles, Sample((wait,)), _LEFT_ALONE))
        shutil.rmtree(folder)
    return made + waits


def _import(window: object, folder: Path) -> None:
    window.files.import_paths([folder])  # type: ignore[attr-defined]
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ImportDialog) and w.isVisible())
    # As the program's own loop does it: asking again and again would take the interpreter away from the worker.
    waiting = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while dialog.page is not Page.PREVIEW:
        QApplication.processEvents(waiting)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    while dialog.page is not Page.SUMMARY:
        QApplication.processEvents(waiting)
    dialog.reject()
    QApplication.processEvents()


def _insert(path: Path, texts: list[str]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (body, content = '', tokenize = 'unicode61')")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO text (body) VALUES (?)", ((text,) for text in texts))
    connection.execute("INSERT INTO words (rowid, body) SELECT id, body FROM text")
    connection.execute("COMMIT")
    connection.close()


def exporting(run: Run) -> list[Row]:
    """Export all annotations, beside the sqlite3 shell (the module where there is none) on the same view."""
    made = []
    for articles in run.sizes:
        project = open_project(run.project(articles), read_only=True)
        out = run.scratch(".csv")
        try:
            ours = timed(lambda: export_csv(project, out, profile=Profile.EXACT))
            (count,) = [sum(project.read.counts().by_set.values())]
        finally:
            project.close()
        assert count > 0
        limit, against = _by_sqlite(run.project(articles), run.scratch(".csv"))
        made.append(
            Row("CSV of all annotations", articles, Sample((ours,)), Target(ratio=2), Sample((limit,)), against)
        )
        out.unlink()
    return made


def _by_sqlite(path: Path, out: Path) -> tuple[float, str]:
    statement = "SELECT * FROM export_annotations ORDER BY article_uid, start, stop DESC, annotation_uid"
    shell = shutil.which("sqlite3")
    if shell is not None:
        with out.open("wb") as file:
            command = [shell, "-csv", "-header", str(path), statement]
            took = timed(lambda: subprocess.run(command, stdout=file, check=True))
        return took, "sqlite3 shell, same view"
    connection = sqlite3.connect(path)

    def write() -> None:
        with out.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(connection.execute(statement))

    took = timed(write)
    connection.close()
    return took, "sqlite3 module and csv, same view"


def comparing(run: Run) -> list[Row]:
    """Load two annotators' work and compute kappa, alpha and F1 of all tags; alpha_U by itself."""
    import numpy as np  # noqa: F401  imported once, before anything is measured
    import scipy.sparse  # noqa: F401

    made, others = [], []
    for articles in run.sizes:
        project = open_project(run.project(articles), read_only=True)
        try:
            loaded: list[Loaded] = []
            loading = timed(lambda: loaded.append(compared(project.read, detailed=False)))
            (found,) = loaded
            assert len(found.articles) == articles
            levels = (Level.TOKEN, Level.SPAN)
            usual = timed(lambda: measures_of(found, levels=levels, with_alpha_u=False, with_gamma=False))
            both = timed(lambda: measures_of(found, levels=(Level.SPAN,), with_gamma=False))
            whole = timed(lambda: compared(project.read))
        finally:
            project.close()
        limit = Sample((bare.places_read(run.project(articles)),))
        two, five = (Target(median=2), Target(median=5)) if articles >= 10_000 else (Target(), Target())
        made.append(Row("agreement: loading, kappa, alpha, F1", articles, Sample((loading + usual,)), two))
        others.append(Row("… of that, loading", articles, Sample((loading,)), limit=limit, against=bare.ALONE))
        others.append(Row("… loading with attributes and links", articles, Sample((whole,))))
        others.append(Row("agreement: F1 and alpha_U", articles, Sample((both,)), five))
    return made + others


def bringing_in(run: Run) -> list[Row]:
    """Hand all articles out, let Ben tag them in his file, and bring it in: the preview and the taking in."""
    made, rest = [], []
    for articles in run.sizes:
        path, theirs = run.scratch(".annot"), run.scratch(".annot")
        workload.make(path, Size(articles), (ANNA,))
        project = open_project(path)
        try:
            work_as(project, ANNA)
            copied = _copied(run, path)
            out = timed(lambda: hand_out(project, theirs, BEN))
            workload.annotate(theirs, Size(articles), BEN)
            on_disk(theirs)
            limit = _alone(run, path, theirs)
            plans = []
            preview = timed(lambda: plans.append(prepare(project, theirs)))
            taking = timed(lambda: apply(project, plans[0]))
            assert sum(project.read.counts().by_annotator.values()) > articles
        finally:
            project.close()
        target = Target(median=10) if articles >= 10_000 else Target()
        whole = Sample((preview + taking,))
        made.append(Row("bring in a colleague's articles", articles, whole, target, limit, bare.ALONE))
        rest.append(Row("… of that, the preview", articles, Sample((preview,))))
        rest.append(Row("hand out", articles, Sample((out,)), limit=copied, against="VACUUM INTO"))
        path.unlink()
        theirs.unlink()
    return made + rest


def _copied(run: Run, path: Path) -> Sample:
    copy = run.scratch(".annot")
    taken = bare.copied(path, copy)
    copy.unlink()
    return Sample((taken,))


def _alone(run: Run, path: Path, theirs: Path) -> Sample:
    copy = run.copy(path)
    taken = bare.brought_in(copy, theirs, BEN.uid)
    copy.unlink()
    return Sample((taken,))
