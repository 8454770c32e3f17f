from __future__ import annotations

import csv
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from support.command import ROOT
from support.projects import ANNA, add, new_project

from annotator import app
from annotator.base.errors import AnnotatorError, DamagedError, NotAProjectError, ProjectError
from annotator.base.settings import Settings
from annotator.project.opening import open_project
from annotator.storage.reader import Reader
from annotator.ui import demo
from annotator.ui.main_window import MainWindow


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project with one article, closed."""
    project = new_project(tmp_path / "a.annot")
    add(project)
    project.close()
    return project.path


def process(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python code without a screen in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


# -- the window -------------------------------------------------------------------------------------------


def test_a_window_on_a_project_shows_its_first_article(qtbot, file: Path, settings_dir: Path):
    window = app.create_window(file, settings_dir=settings_dir)
    qtbot.addWidget(window)
    assert window.state.project is not None
    assert window.state.content is not None
    assert window.state.content.article.title == "Talks"
    assert window.settings.folder == settings_dir
    window.close()


def test_the_list_of_a_large_project_is_read_while_the_window_is_made(
    qtbot, file: Path, settings_dir: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("annotator.project.project.AHEAD", 0)
    asked: list[str] = []
    for name in ("ordered", "begun"):
        usual = getattr(Reader, name)
        monkeypatch.setattr(
            Reader, name, lambda *a, f=usual, **k: (asked.append(threading.current_thread().name), f(*a, **k))[1]
        )
    settings = Settings(settings_dir)
    settings["annotator_uid"], settings["annotator_name"] = ANNA.uid, ANNA.name
    window = app.create_window(file, settings_dir=settings_dir)
    qtbot.addWidget(window)
    assert (len(window.side.listed_articles()), asked) == (1, ["annotator-ahead"] * 2)


def test_a_window_without_a_project_shows_the_welcome_page(qtbot, settings_dir: Path):
    window = app.create_window(None, settings_dir=settings_dir)
    qtbot.addWidget(window)
    assert window.state.project is None
    assert window.pages.currentWidget() is window.welcome


@pytest.mark.parametrize(
    ("data", "error"), [(None, ProjectError), (b"", DamagedError), (b"\xff\xd8\xff" * 99, NotAProjectError)]
)
def test_a_project_that_cannot_be_opened_leaves_no_window(
    qapp: QApplication, tmp_path: Path, settings_dir: Path, data: bytes | None, error: type[ProjectError]
):
    if data is not None:
        (tmp_path / "bad.annot").write_bytes(data)
    before = [window for window in qapp.topLevelWidgets() if isinstance(window, MainWindow)]
    with pytest.raises(error):
        app.create_window(tmp_path / "bad.annot", settings_dir=settings_dir)
    assert [window for window in qapp.topLevelWidgets() if isinstance(window, MainWindow)] == before
    assert not settings_dir.exists()


def test_there_is_one_application(qapp: QApplication):
    assert app.application() is qapp


# -- staying open -----------------------------------------------------------------------------------------


@pytest.fixture
def windows(qtbot, monkeypatch) -> list[MainWindow]:
    """Every window that run() makes, closed as soon as the loop turns; the crash hooks stay as they are."""
    made: list[MainWindow] = []
    create = app.create_window

    def watched(*arguments: object, **named: object) -> MainWindow:
        window = create(*arguments, **named)  # type: ignore[arg-type]
        qtbot.addWidget(window)
        made.append(window)
        QTimer.singleShot(0, window.close)
        return window

    monkeypatch.setattr(app, "create_window", watched)
    monkeypatch.setattr("annotator.ui.safety.watch_for_crashes", lambda _: None)
    return made


def test_the_window_stays_until_it_is_closed(file: Path, settings_dir: Path, windows: list[MainWindow]):
    before = signal.getsignal(signal.SIGINT)
    assert app.run(file, settings_dir=settings_dir) == 0
    assert len(windows) == 1
    assert str(file) in Settings(settings_dir)["recent"]
    assert signal.getsignal(signal.SIGINT) is before


def test_the_program_ends_with_its_window_though_another_one_is_there(
    qtbot, file: Path, settings_dir: Path, windows: list[MainWindow]
):
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    assert app.run(file, settings_dir=settings_dir) == 0
    assert len(windows) == 1
    windows[0].close()  # closed once more behind the loop, it leaves the loops to come alone
    turned: list[bool] = []
    QTimer.singleShot(1, lambda: turned.append(True))
    qtbot.waitUntil(lambda: bool(turned), timeout=1000)


def test_the_sample_opens(settings_dir: Path, windows: list[MainWindow], monkeypatch):
    opened: list[bool] = []
    monkeypatch.setattr("annotator.ui.files.Files.open_sample", lambda _: opened.append(True))
    assert app.run(settings_dir=settings_dir, sample=True) == 0
    assert opened == [True]


def test_a_signal_closes_the_window(qtbot, settings_dir: Path):
    window = app.create_window(None, settings_dir=settings_dir)
    qtbot.addWidget(window)
    window.show()
    with app._closed_by_signals(window):
        signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: not window.isVisible())


def test_a_desktop_entry_opens_the_project_it_is_given(
    file: Path, settings_dir: Path, windows: list[MainWindow], monkeypatch
):
    monkeypatch.setattr(app.paths, "default_settings_dir", lambda: settings_dir)
    monkeypatch.setattr(sys, "argv", ["annotator-window", str(file)])
    with pytest.raises(SystemExit) as end:
        app.main()
    assert end.value.code == 0
    assert str(file) in Settings(settings_dir)["recent"]


def test_a_desktop_entry_tells_in_the_window_what_cannot_be_opened(
    tmp_path: Path, settings_dir: Path, windows: list[MainWindow], monkeypatch
):
    asked: list[Path] = []
    monkeypatch.setattr("annotator.ui.files.Files.open_path", lambda _, path: asked.append(path))
    monkeypatch.setattr(app.paths, "default_settings_dir", lambda: settings_dir)
    monkeypatch.setattr(sys, "argv", ["annotator-window", str(tmp_path / "missing.annot")])
    with pytest.raises(SystemExit):
        app.main()
    assert asked == [tmp_path / "missing.annot"]


# -- what Qt says -----------------------------------------------------------------------------------------


def test_what_qt_says_goes_to_the_log(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]):
    with caplog.at_level(logging.DEBUG, "annotator"):
        app.take_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "This plugin does not")
        app.take_qt_message(QtMsgType.QtDebugMsg, QMessageLogContext(), "so far")
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.WARNING, "Qt: This plugin does not"),
        (logging.DEBUG, "Qt: so far"),
    ]
    assert capsys.readouterr() == ("", "")


def test_what_ends_the_program_is_for_the_user_too(capsys: pytest.CaptureFixture[str]):
    app.take_qt_message(QtMsgType.QtFatalMsg, QMessageLogContext(), "No platform\nplugin.")
    assert capsys.readouterr().err == "annotator: No platform plugin.\n"


def test_nothing_of_qt_reaches_the_terminal(tmp_path: Path, file: Path):
    code = (
        "from pathlib import Path; from annotator.app import create_window\n"
        "from PySide6.QtCore import qWarning\n"
        f"window = create_window(Path({str(file)!r}), settings_dir=Path('settings')); window.show()\n"
        "qWarning('heard'); window.close()"
    )
    result = process(code, tmp_path)
    assert (result.stdout, result.stderr) == ("", "")


# -- starting ---------------------------------------------------------------------------------------------

LATER = (
    "pysbd", "trafilatura", "docx", "pypdf", "openpyxl", "xlsxwriter", "sqlite_utils", "rapidfuzz", "numpy", "scipy",
    "lxml", "charset_normalizer", "importlib.metadata", "email", "platformdirs", "socket", "logging.handlers",
    "regex", "annotator.ui.review.panel", "annotator.ui.panel.article_tab", "annotator.ui.dialogs.welcome",
    "annotator.ui.insights.panel", "annotator.ui.codebook.editor", "annotator.ui.imports.dialog",
    "annotator.exchange.csv_tables",
)  # fmt: skip


def test_the_first_paint_waits_for_nothing_that_is_needed_later(tmp_path: Path, file: Path):
    code = (
        "import sys; from pathlib import Path; from annotator.app import create_window, application\n"
        f"window = create_window(Path({str(file)!r}), settings_dir=Path('settings')); window.show()\n"
        "application().processEvents()\n"
        f"print([name for name in {LATER!r} if name in sys.modules]); window.close()"
    )
    assert process(code, tmp_path).stdout == "[]\n"


# -- the demonstration ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """What the demonstration made."""
    out = tmp_path_factory.mktemp("demo") / "new" / "folder"
    return out, app.run_demo(out)


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / "csv" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_demonstration_makes_a_project_tables_and_a_picture(shown: tuple[Path, list[Path]]):
    out, made = shown
    assert made[0] == out / "demo.annot"
    assert made[-1] == out / "window.png"
    assert {path.parent for path in made[1:-1]} == {out / "csv"}
    assert all(path.is_file() for path in made)
    image = QImage(str(made[-1]))
    assert (image.width(), image.height()) >= (1000, 700)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 100  # a window full of words, not an empty one


def test_three_articles_are_tagged_with_quotes_speakers_places_and_claims(shown: tuple[Path, list[Path]]):
    out, made = shown
    project = open_project(made[0], read_only=True)
    articles = project.read.article_rows(project.read.all_article_uids(), "")
    project.close()
    tagged = [row.uid for row in articles if row.tags]
    assert (len(articles), len(tagged)) == (6, 3)
    annotations = rows(out, "annotations")
    for uid in tagged:
        tags = {row["tag"] for row in annotations if row["article_uid"] == uid}
        assert {"quote", "location", "claim"} <= tags
    places = [row for row in annotations if row["tag"] == "location"]
    assert {"Trieste", "Vienna", "Nairobi"} <= {row["entity"] for row in places}
    assert all(row["latitude"] and row["longitude"] and row["gazetteer"] == "geonames" for row in places)
    speakers = [row["speakers"] for row in rows(out, "quotes")]
    assert "Giulia Ferran" in speakers
    assert "Irena Vossberg" in speakers


def test_a_second_run_in_the_folder_works_and_leaves_no_settings(shown: tuple[Path, list[Path]]):
    out, made = shown
    again = app.run_demo(out)
    assert again[0] == out / "demo-2.annot"
    assert again[1:] == made[1:]
    assert sorted(path.name for path in out.iterdir()) == ["csv", "demo-2.annot", "demo.annot", "window.png"]


def test_a_picture_that_cannot_be_written_is_told(qtbot, file: Path, settings_dir: Path, tmp_path: Path):
    window = app.create_window(file, settings_dir=settings_dir)
    qtbot.addWidget(window)
    with pytest.raises(AnnotatorError, match="could not be written"):
        demo.picture(window, tmp_path / "none" / "window.png")
    window.close()


def test_without_articles_it_says_so(qtbot, tmp_path: Path, settings_dir: Path):
    new_project(tmp_path / "empty.annot").close()
    window = app.create_window(tmp_path / "empty.annot", settings_dir=settings_dir)
    qtbot.addWidget(window)
    with pytest.raises(AnnotatorError, match="no article to tag"):
        demo.tag_articles(window, 1)
    window.close()


# -- the Python sides of Qt's objects -----------------------------------------------------------------------


def test_no_layout_item_outlives_itself(tmp_path: Path):
    """A stale one is taken for the next object at its address: a new menu was once a layout's item."""
    code = """
from pathlib import Path
import shiboken6
from PySide6.QtWidgets import QLayout, QLayoutItem
from annotator import app
from annotator.ui import demo

def address(item):
    return shiboken6.getCppPointer(item)[0]

def in_layouts(layout):
    for at in range(layout.count()):
        item = layout.itemAt(at)
        yield address(item)
        if isinstance(item, QLayout):
            yield from in_layouts(item)

def look(window, path):
    wrapped = [one for one in shiboken6.getAllValidWrappers() if isinstance(one, QLayoutItem)]
    layouts = [one for one in wrapped if isinstance(one, QLayout)]
    items = {address(one) for one in wrapped if not isinstance(one, QLayout)}
    alive = {found for layout in layouts for found in in_layouts(layout)}
    print(len(layouts) > 20, len(items - alive))

demo.picture = look
app.run_demo(Path("out"))
"""
    assert process(code, tmp_path).stdout.split() == ["True", "0"]
