from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.base import crash, log
from annotator.base.errors import DamagedError


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    yield
    log.tear_down_logging()


def raise_in_main(error: BaseException) -> None:
    """What the interpreter does with an exception that nobody catches, and Qt with one of a slot."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_a_crash_in_the_main_thread_writes_a_report_without_what_was_worked_on(tmp_path: Path) -> None:
    log.set_up_logging(tmp_path)
    logging.getLogger("annotator.x").warning("before the crash")
    heard: list[Path] = []
    stop = crash.watch(tmp_path, versions={"Qt": "6.11"}, told=heard.append)
    raise_in_main(ValueError("Peskov told reporters"))
    stop()
    (report,) = crash.pending_reports(tmp_path)
    assert heard == [report]
    text = report.read_text("utf-8")
    assert text.startswith("Annotator crash report of 20")
    assert ", in MainThread\n" in text
    assert f"Python {sys.version.split()[0]}\n" in text
    assert "annotator 0." in text
    assert "Qt 6.11\n" in text
    assert "builtins.ValueError\n" in text
    assert "test_crash.py" in text
    assert "raise_in_main" in text
    assert "WARNING annotator.x: before the crash" in text
    assert "Peskov" not in text
    assert "Peskov" not in (tmp_path / log.FILE).read_text("utf-8")


def test_a_crash_in_a_worker_writes_a_report(tmp_path: Path) -> None:
    def work() -> None:
        raise DamagedError("a.annot is damaged.")

    stop = crash.watch(tmp_path)
    worker = threading.Thread(target=work, name="reading")
    worker.start()
    worker.join()
    stop()
    (report,) = crash.pending_reports(tmp_path)
    text = report.read_text("utf-8")
    assert ", in reading\n" in text
    assert "annotator.base.errors.DamagedError: a.annot is damaged.\n" in text


def test_a_thread_that_is_gone_or_says_nothing(tmp_path: Path) -> None:
    crash.watch(tmp_path)
    threading.excepthook(threading.ExceptHookArgs((ValueError, ValueError(), None, None)))
    threading.excepthook(threading.ExceptHookArgs((ValueError, None, None, None)))
    (report,) = crash.pending_reports(tmp_path)
    assert "in a thread that is gone" in report.read_text("utf-8")


def test_leaving_the_program_is_no_crash_and_the_hooks_before_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: seen.append(kind))
    before = sys.excepthook
    stop = crash.watch(tmp_path)
    raise_in_main(KeyboardInterrupt())
    raise_in_main(ValueError())
    stop()
    assert sys.excepthook is before
    assert seen == [KeyboardInterrupt, ValueError]
    assert len(crash.pending_reports(tmp_path)) == 1


def test_reports_do_not_fill_the_disk_and_can_be_dismissed(tmp_path: Path) -> None:
    for _ in range(25):
        crash.write_report(tmp_path, ValueError())
    reports = crash.pending_reports(tmp_path)
    assert len(reports) == 20
    assert reports == sorted(reports, reverse=True)
    crash.dismiss(reports[0])
    crash.dismiss(reports[0])
    assert crash.pending_reports(tmp_path) == reports[1:]


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert crash.write_report(tmp_path / "file", ValueError()) is None
    stop = crash.watch(tmp_path / "file", told=lambda _: pytest.fail("there is no report"))
    raise_in_main(ValueError())
    stop()
    (tmp_path / "crash-folder.txt").mkdir()
    crash.dismiss(tmp_path / "crash-folder.txt")
    assert (tmp_path / "crash-folder.txt").is_dir()


def test_a_package_that_is_not_installed_has_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "_PACKAGES", ("no-such-package",))
    report = crash.write_report(tmp_path, ValueError())
    assert report is not None
    assert "no-such-package unknown\n" in report.read_text("utf-8")
