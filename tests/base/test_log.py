from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.base import log
from annotator.base.errors import RuleError


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    log.tear_down_logging()


def read(path: Path | None) -> str:
    assert path is not None
    return path.read_text("utf-8")


def test_what_we_log_is_in_the_file_with_utc_time_and_what_others_log_is_not(tmp_path: Path) -> None:
    path = log.set_up_logging(tmp_path / "logs")
    logging.getLogger("annotator.x").info("opened %d", 3)
    logging.getLogger("pypdf").error("Peskov said")
    assert path == tmp_path / "logs" / "annotator.log"
    (line,) = read(path).splitlines()
    assert line.endswith("Z INFO annotator.x: opened 3")
    assert "Peskov" not in line


def test_an_exception_is_logged_without_what_it_says(tmp_path: Path) -> None:
    path = log.set_up_logging(tmp_path)
    try:
        raise ValueError("Peskov told reporters")
    except ValueError:
        logging.getLogger("annotator").exception("failed")
    text = read(path)
    assert "builtins.ValueError" in text
    assert "test_log.py" in text
    assert "Peskov" not in text


def test_logging_no_exception_as_exception_does_no_harm(tmp_path: Path) -> None:
    path = log.set_up_logging(tmp_path)
    logging.getLogger("annotator").error("odd", exc_info=(None, None, None))
    assert "odd" in read(path)


def test_the_newest_folder_counts(tmp_path: Path) -> None:
    first = log.set_up_logging(tmp_path / "a")
    second = log.set_up_logging(tmp_path / "b")
    logging.getLogger("annotator").warning("here")
    assert read(first) == ""
    assert "here" in read(second)


def test_a_folder_that_cannot_be_made_means_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert log.set_up_logging(tmp_path / "file") is None


def test_a_full_log_is_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_BYTES", 200)
    log.set_up_logging(tmp_path)
    for number in range(50):
        logging.getLogger("annotator").warning("line %d", number)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["annotator.log", "annotator.log.1", "annotator.log.2", "annotator.log.3"]


def test_only_our_own_errors_speak_and_causes_are_named() -> None:
    try:
        try:
            raise KeyError("Peskov")
        except KeyError as error:
            raise RuleError("An entity needs a name.") from error
    except RuleError as caught:
        quiet, told = log.described(caught), log.described(caught, messages=True)
    assert "An entity needs a name." not in quiet
    assert told.splitlines()[0] == "annotator.base.errors.RuleError: An entity needs a name."
    assert "caused by\nbuiltins.KeyError\n" in told
    assert "Peskov" not in told
    assert str(Path.home()) not in told


def test_what_was_being_handled_is_named_unless_it_is_hidden() -> None:
    with pytest.raises(ValueError) as shown:
        try:
            raise KeyError
        except KeyError:
            raise ValueError  # noqa: B904
    assert "builtins.KeyError" in log.described(shown.value)
    with pytest.raises(ValueError) as hidden:
        try:
            raise KeyError
        except KeyError:
            raise ValueError from None
    assert "builtins.KeyError" not in log.described(hidden.value)


def test_the_last_lines(tmp_path: Path) -> None:
    assert log.last_lines(tmp_path, 2) == []
    (tmp_path / "annotator.log").write_text("a\nb\nc\n")
    assert log.last_lines(tmp_path, 2) == ["b", "c"]


def test_who_else_listens_to_our_log_goes_on_listening(tmp_path: Path) -> None:
    other = logging.NullHandler()
    ours = logging.getLogger("annotator")
    ours.addHandler(other)
    try:
        log.set_up_logging(tmp_path)
        assert len(ours.handlers) == 2
        log.tear_down_logging()
        assert ours.handlers == [other]
    finally:
        ours.removeHandler(other)
