from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles import (
    FORMATS,
    ColumnMapping,
    IncomingArticle,
    Refused,
    limits,
    plain_text,
    read_header,
    read_paths,
    read_text,
)
from annotator.exchange.articles.packages import OLE_MAGIC
from annotator.exchange.articles.sniffing import ENDINGS
from annotator.model.article import normalised

ROOT = Path(__file__).parents[3]
SEED = ROOT.parent / "shared" / "seeds" / "000_8327ac55fc6d0f85.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text("Second")
    (tmp_path / "1.txt").write_text("First")
    (tmp_path / "3.csv").write_text("text\nThird\nFourth\n")
    return tmp_path


def test_a_folder_is_read_in_order(folder: Path) -> None:
    found = list(read_paths([folder]))
    assert [article.text for article in found] == ["First", "Third", "Fourth", "Second"]
    assert found[0].path == str(folder / "1.txt")
    assert [article.location for article in found] == ["", "row 2", "row 3", ""]


def test_hidden_files_and_folders_are_left_out(folder: Path) -> None:
    for name in (".hidden.txt", "~$lock.docx", ".git/a.txt", "__MACOSX/a.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    assert len(list(read_paths([folder]))) == 4


def test_one_bad_file_never_stops_the_others(folder: Path) -> None:
    bad = {
        "0.txt": b"",
        "0.docx": OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"),
        "0.csv": b"foo,bar\n1,2\n",
        "0.pdf": b"%PDF-",
        "0.jpg": b"\xff\xd8\xff",
        "0.log": b"words",
        "0.html": b"<html></html>",
        "00.txt": b"\xff\xd8\xff\xe0" + bytes(300),
        "01.txt": bytes(range(256)),
        "02.txt": b" \n",
    }
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    found = list(read_paths([folder]))
    refused = {Path(outcome.path).name: outcome.reason for outcome in found if isinstance(outcome, Refused)}
    assert refused.keys() == bad.keys()
    assert [article.text for article in found if isinstance(article, IncomingArticle)][0:2] == ["First", "Third"]
    assert "empty, 0 bytes" in refused["0.txt"]
    assert "not a kind of file that holds articles" in refused["0.log"]
    assert "JPEG picture" in refused["00.txt"]
    assert all("\n" not in reason and len(reason) < 300 for reason in refused.values())


def test_a_file_of_unknown_kind_is_read_as_text_when_chosen_itself(tmp_path: Path) -> None:
    (tmp_path / "notes.log").write_text("Words")
    assert [article.text for article in read_paths([tmp_path / "notes.log"])] == ["Words"]


def test_a_format_can_be_said(folder: Path) -> None:
    (found,) = read_paths([folder / "3.csv"], format="text")
    assert found.text == "text\nThird\nFourth\n"
    with pytest.raises(ImportRefusedError, match="no format is called “word”: choose auto, text"):
        read_paths([folder], format="word")


def test_a_mapping_is_used(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("one,two\nA,B\n")
    (found,) = read_paths([tmp_path / "a.csv"], mapping=ColumnMapping(text="two"))
    assert found.text == "B"


def test_reading_stops_when_asked(folder: Path) -> None:
    assert list(read_paths([folder], stop=lambda: True)) == []
    seen: list[object] = []
    for outcome in read_paths([folder], stop=lambda: len(seen) == 2):
        seen.append(outcome)  # noqa: PERF402  the stop looks at what has been seen
    assert [article.text for article in seen] == ["First", "Third"]


def test_what_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(limits.MAX_FILE_BYTES + 1)
    reasons = [outcome.reason for outcome in read_paths([tmp_path, tmp_path / "gone.txt"])]
    assert "65 MB large, more than the 64 MB" in reasons[0]
    assert reasons[1] == reasons[3] == "does not exist: check the name"
    assert "device or pipe" in reasons[2]

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    (found,) = read_paths([tmp_path / "a.txt"])
    assert found.reason == "cannot be opened (Permission denied): check that you may read it"


@pytest.mark.parametrize("name", ["a b.txt", "a\nb.txt", "日本 😀.txt", "a\\b'\".txt", "%s{0}.txt", "-rf.txt"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Words")
    (found,) = read_paths([tmp_path])
    assert (found.text, Path(found.path).name) == ("Words", name)


def test_names_that_are_no_utf8_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("2025-03-13")
    (found,) = read_paths([tmp_path])
    assert found.path.endswith("caf\ufffd.txt")
    assert found.title == "caf\ufffd"
    found.path.encode()


def test_a_readers_own_failure_is_refused_and_logged_without_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(data: bytes, path: str) -> Iterator[IncomingArticle]:
        raise KeyError("secret words of the article")
        yield

    monkeypatch.setitem(__import__("annotator.exchange.articles.reading", fromlist=["x"])._READERS, "text", fail)
    (tmp_path / "a.txt").write_text("secret words of the article")
    with caplog.at_level(logging.DEBUG):
        (found,) = read_paths([tmp_path])
    assert found.reason.startswith("cannot be read as Plain text: it is damaged or unusual")
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


def test_headers_of_tables(folder: Path) -> None:
    assert read_header(folder / "3.csv") == ["text"]
    for path, reason in ((folder / "1.txt", "not a table"), (folder / "gone.csv", "does not exist")):
        with pytest.raises(ImportRefusedError, match=reason):
            read_header(path)


def test_pasted_text_is_an_article() -> None:
    found = read_text("\ufeffTalks begin\r\n13 March 2025\r\n\r\nTweet")
    assert (found.title, found.published, found.text) == (
        "Talks begin",
        "2025-03-13",
        "Talks begin\n13 March 2025\n\nTweet",
    )
    assert [span.of(found.text) for span in found.furniture] == ["Tweet"]
    assert read_text("13 March 2025", name="Clip").title == "Clip"
    assert read_text("13 March 2025").title == "Untitled"
    with pytest.raises(ImportRefusedError, match="no text"):
        read_text(" \n")


def test_every_ending_has_a_reader() -> None:
    assert set(ENDINGS.values()) == set(FORMATS)


@pytest.mark.skipif(not SEED.exists(), reason="the sample article lies beside the project, not in it")
def test_the_sample_article_comes_in_whole() -> None:
    (found,) = read_paths([SEED])
    text = SEED.read_text(encoding="utf-8")
    assert found.text == text
    assert found.title == "US Delegation Arrives in Russia to Present Ukraine Ceasefire Plan"
    assert (found.published, found.byline, found.source) == ("2025-03-13", "", "")
    assert [span.of(text) for span in found.furniture] == [
        "icon-facebook icon-twitter icon-whatsapp",
        "KEY POINTS",
        "ALSO READ: Russia Says Kursk Operation in Final Stage as US Seeks Ukraine Ceasefire",
        "icon-facebook icon-twitter icon-whatsapp",
    ]


MAGIC = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.4\n",
        OLE_MAGIC,
        b"<html><body>",
        b'{"text": "',
        b"text,date\n",
        b"\xff\xfe",
        b"\xff\xd8\xff",
    ]
)


@given(MAGIC, st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode())))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_under_any_name_are_articles_or_refused(magic: bytes, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for ending in (*ENDINGS, "doc", "xyz"):
            Path(folder, f"a.{ending}").write_bytes(magic + data)
        found = list(read_paths([Path(folder)]))
        found += [outcome for name in FORMATS for outcome in read_paths([Path(folder, "a.txt")], format=name)]
    for outcome in found:
        assert isinstance(outcome, IncomingArticle | Refused)
        if isinstance(outcome, Refused):
            assert outcome.reason
            assert "\n" not in outcome.reason
        else:
            assert outcome.text == normalised(outcome.text)
            assert outcome.text.strip()
            assert all(span.of(outcome.text).strip() for span in outcome.furniture)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t")))
@settings(max_examples=60, deadline=None)
def test_text_survives_the_way_through_a_file(text: str) -> None:
    assume(normalised(text).strip() and not text.lstrip("\ufeff \n\r\t").startswith(("<", "%PDF", "{\\rtf")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes(text.encode())
        (found,) = read_paths([path])
    assert isinstance(found, IncomingArticle)
    assert found.text == normalised(text)


def test_plain_files_are_read_fast_and_without_a_detector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "_detected", lambda data: pytest.fail("the detector is for what is not UTF-8"))
    text = "Talks begin\nBy Jane Doe\n13 March 2025\n\n" + "“A paragraph of the article,” he said.\n\n" * 120
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(f"{number} {text}", encoding="utf-8")
    started = time.perf_counter()
    assert len(list(read_paths([tmp_path]))) == 300
    # 10,000 in 5 s are 0.5 ms each, with storing; ten times that leaves room for a busy machine.
    assert time.perf_counter() - started < 300 * 0.005
