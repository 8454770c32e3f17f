from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.plain_text import decoded, read
from annotator.model.article import normalised

FRENCH = "«Ça va?», a dit l’évêque — c’était à Besançon… 20 € en août.\n"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"))


@given(TEXTS)
def test_utf8_reads_back_as_the_normalised_text(text: str) -> None:
    wanted = normalised(text)
    assume(wanted.strip())
    (article,) = read(text.encode(), "a.txt")
    assert article.text == wanted
    assert article.path == "a.txt"
    assert all(span.of(wanted) for span in article.furniture)


@given(TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_bom_tells_the_encoding(encoding: str, text: str) -> None:
    assume(not text.startswith("\ufeff"))
    assert normalised(decoded(text.encode(encoding))) == normalised(text)


def test_big_endian_boms() -> None:
    assert normalised(decoded(codecs.BOM_UTF16_BE + "Añb".encode("utf-16-be"))) == "Añb"
    assert normalised(decoded(codecs.BOM_UTF32_BE + "Añb".encode("utf-32-be"))) == "Añb"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Talks begin in Moscow", "Café talks: “so it is”, he said"])
def test_utf16_without_bom_is_found(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", FRENCH),
        ("cp1252", "“Before the talks start,” Peskov told reporters – today."),
        ("cp1252", "¿Qué pasó? El señor dijo: ¡no! La 1ª vez, 3½ años."),
        ("cp1251", "Кремль подтвердил переговоры, но воздержался от комментариев.\n" * 4),
        ("cp1250", "Zażółć gęślą jaźń, powiedział wczoraj premier Polski.\n" * 4),
        ("gb18030", "外交部发言人今天表示，中国反对这一做法。\n" * 4),
        ("shift_jis", "外務省の報道官は今日、この行為に反対すると述べた。\n" * 4),
    ],
)
def test_older_encodings_are_found(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_a_long_text_in_an_older_encoding_is_found_from_a_sample() -> None:
    text = "Кремль подтвердил переговоры, но воздержался от комментариев.\n" * 8000
    assert decoded(text.encode("cp1251")) == text
    assert decoded(text.replace("\n", " ").encode("cp1251")) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)), b"\0\0\0\0", b"\0\0", b"abc\0\1\2\3", b"a name\0\0\0\0\0\0 and a number" * 9,
        b"a\0b\0c\0d\0e", b"one\1 two\2 three\0 four\3 five\0 six", "字\0字\0字字字".encode("gb18030") + b"\0",
        b"\xff\xfe\0\0\1\0\0\0" * 4, b"\x1b$B%K%e!<%9\x1b(B\x1b\x1b",
    ],
)  # fmt: skip
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="binary data"):
        decoded(data)


def test_a_stray_control_character_is_not_binary() -> None:
    (article,) = read(b"Words\0" + b"of a long line " * 20, "")
    assert article.text.startswith("Words\ufffdof")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_nuls_between_words_are_replaced_and_do_not_make_a_text_binary(encoding: str) -> None:
    (article,) = read("Nul\0 article\n\nCafé words\0 here.\n".encode(encoding), "")
    assert article.text == "Nul\ufffd article\n\nCafé words\ufffd here.\n"
    assert article.title == "Nul\ufffd article"


def test_a_cut_utf16_file_is_refused_with_the_reason() -> None:
    with pytest.raises(ImportRefusedError, match="UTF-16 text but is damaged"):
        decoded(codecs.BOM_UTF16_LE + b"a")


def test_an_encoding_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def best(self) -> None:
            return None

    monkeypatch.setattr("charset_normalizer.from_bytes", lambda sample: Nothing())
    with pytest.raises(ImportRefusedError, match="save it as UTF-8"):
        decoded("Кремль".encode("cp1251"))


@pytest.mark.parametrize("data", [b" \n\t\r\n", codecs.BOM_UTF8, "\u00a0\u2003".encode()])
def test_white_space_alone_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="no text"):
        list(read(data, ""))


def test_ten_megabytes_are_one_article() -> None:
    text = "A sentence of the giant article, he said.\n" * 250_000
    (article,) = read(text.encode(), "giant.txt")
    assert len(article.text) == len(text) > 10_000_000
    (line,) = read(b"word " * 2_000_000, "line.txt")
    assert len(line.title) <= 101


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decoded(data)
    except ImportRefusedError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(text, str)
