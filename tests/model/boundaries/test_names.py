from __future__ import annotations

import pytest

from annotator.model.boundaries import name_phrase_at
from annotator.model.span import Span


def phrase(text: str, caret: str, *, place: bool = False) -> str | None:
    span = name_phrase_at(text, text.index(caret) + 1, place)
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("text", "caret", "wanted"),
    [
        ("Top Kremlin aide Yuri Ushakov said he", "Ushakov", "Top Kremlin aide Yuri Ushakov"),
        ("Top Kremlin aide Yuri Ushakov said he", "aide", "Top Kremlin aide Yuri Ushakov"),
        ("a plane carrying US envoy Steve Witkoff had landed", "Witkoff", "US envoy Steve Witkoff"),
        ("The Russian Ministry of Defence claimed", "Russian", "The Russian Ministry of Defence"),
        ("The Russian Ministry of Defence claimed", "The", "The Russian Ministry of Defence"),
        ("The Russian Ministry of Defence claimed", "of", "The Russian Ministry of Defence"),
        ("The Russian Ministry of Defence claimed", "claimed", "claimed"),
        ("Peskov told reporters on Wednesday.", "reporters", "reporters"),
        ("Peskov told reporters on Wednesday.", "told", "told"),
        ("However, the Kremlin has signalled", "Kremlin", "the Kremlin"),
        ("Russia’s state-run TASS news agency reported", "TASS", "Russia’s state-run TASS news agency"),
        ("Trump’s administration remains", "Trump", "Trump"),
        ("said Dr. Jane K. Goodall of Oxford yesterday", "Goodall", "Dr. Jane K. Goodall of Oxford"),
        ("the Bank of the West said", "West", "the Bank of the West"),
        ("the Bank of the West said", "Bank", "the Bank of the West"),
        ("the head of Gazprom said", "Gazprom", "the head of Gazprom"),
        ("as Ludwig van Beethoven wrote", "Ludwig", "Ludwig van Beethoven"),
        ("President Vladimir Putin, dressed in black", "Putin", "President Vladimir Putin"),
        ("a Moscow-based analyst Ivan Petrov says", "Ivan", "a Moscow-based analyst Ivan Petrov"),
        ("it is one of the things", "of", "of"),
        ("Trump of course said", "of", "of"),
        ("on Thursday", "Thursday", "Thursday"),
        ("the", "the", "the"),
        ("Tom Smith and the rest", "Smith", "Tom Smith"),
        ("Smith of", "Smith", "Smith"),
        ("Putin and Xi top the list", "Xi", "Xi"),
    ],
)
def test_the_name_of_a_source(text: str, caret: str, wanted: str) -> None:
    assert phrase(text, caret) == wanted


@pytest.mark.parametrize(
    ("text", "caret", "wanted"),
    [
        ("town of Sudzha in the Kursk region, along", "Kursk", "Kursk region"),
        ("town of Sudzha in the Kursk region, along", "region", "Kursk region"),
        ("town of Sudzha in the Kursk region, along", "the", "Kursk region"),
        ("town of Sudzha in the Kursk region, along", "Sudzha", "Sudzha"),
        ("officials in Saudi Arabia earlier", "Saudi", "Saudi Arabia"),
        ("officials in Saudi Arabia earlier", "Arabia", "Saudi Arabia"),
        ("MOSCOW: A high-level", "MOSCOW", "MOSCOW"),
        ("Russia’s stance", "Russia", "Russia"),
        ("a Moscow-based analyst", "Moscow", "Moscow"),
        ("US envoy Steve Witkoff", "US", "US"),
        ("US President Donald Trump", "US", "US"),
        ("Ukrainian President Volodymyr", "Ukrainian", "Ukrainian"),
        ("in the Gulf of Mexico now", "Gulf", "Gulf of Mexico"),
        ("in the Gulf of Mexico now", "Mexico", "Gulf of Mexico"),
        ("the President of Ukraine", "Ukraine", "Ukraine"),
        ("the President of Ukraine", "President", "President"),
        ("Rio de Janeiro", "Janeiro", "Rio de Janeiro"),
        ("the Black Sea coast", "Black", "Black Sea coast"),
        ("the region", "region", "region"),
        ("Moscow’s Arbat", "Arbat", "Arbat"),
    ],
)
def test_the_name_of_a_place(text: str, caret: str, wanted: str) -> None:
    assert phrase(text, caret, place=True) == wanted


def test_nothing_where_no_word_is() -> None:
    assert name_phrase_at("a  ,  b", 3) is None
    assert name_phrase_at("", 0) is None


def test_a_name_does_not_run_over_the_paragraphs_end() -> None:
    assert phrase("Steve Witkoff\n\nDonald Trump", "Witkoff") == "Steve Witkoff"


def test_a_name_of_endless_words_is_bounded() -> None:
    text = "Ivan " * 100_000
    span = name_phrase_at(text, 250_000)
    assert span is not None
    assert len(span) <= 1_000


def test_endless_initials_are_the_same_word_wherever_the_line_is_cut_off() -> None:
    text = "xA." + "B." * 300
    found = {name_phrase_at(text, position) for position in range(390, 420)}
    assert found == {Span(3, len(text))}
