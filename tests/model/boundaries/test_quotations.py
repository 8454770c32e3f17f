from __future__ import annotations

import pytest

from annotator.model.boundaries import quotation_at, quotations, quote_type
from annotator.model.boundaries.quotations import interior
from annotator.model.span import Span


def found(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text, Span(0, len(text)))]


def at(text: str, caret: str) -> list[str]:
    return [span.of(text) for span in quotation_at(text, text.index(caret))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“A b,” she said.", ["“A b,”"]),
        ('"A b," she said, "C d."', ['"A b,"', '"C d."']),
        ('He: " A b " and "C"', ['" A b "', '"C"']),
        ('a 5" pipe and a 6" pipe', []),
        ('"It is 5" wide," he said', ['"It is 5" wide,"']),
        ('"It is 5" he said', ['"It is 5"']),
        ("‘I don’t know the officials’ views,’ he said", ["‘I don’t know the officials’ views,’"]),
        ("'I don't know,' he said", ["'I don't know,'"]),
        ("rock 'n' roll, 'em and the boys' hats", []),
        ("‘the boys’ and girls", ["‘the boys’"]),
        ("‘the boys’ hats and ‘the girls’", ["‘the boys’", "‘the girls’"]),
        ("‘A “b” c,’ he said", ["‘A “b” c,’"]),
        ("“A ‘b’ c,” he said", ["“A ‘b’ c,”"]),
        ("‘a “b’ c”", ["“b’ c”"]),
        ("« Oui », dit-il", ["« Oui »"]),
        ("Er sagte: „Ja.“ Dann", ["„Ja.“"]),
        ("»Ja«, sagte er", ["»Ja«"]),
        ("他说：「好。」了", ["「好。」"]),
        ("他说：「好『不』。」了", ["「好『不』。」"]),
        ('“He said "yes" to me,” she said', ['“He said "yes" to me,”']),
        ("“A b “C d,” he said", ["“A b", "“C d,”"]),
        ('"A b. He said "C d," too', ['"A b. He said', '"C d,"']),
        ("a ” stray", []),
        ("a » stray", []),
        ("“", ["“"]),
        ("““", ["“", "“"]),
        ("“never closed", ["“never closed"]),
    ],
)
def test_marks_pair_within_a_paragraph(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize("caret", ["“A", "A", "B", "B it is."])
def test_an_interrupting_cue_parts_a_quotation(caret: str) -> None:
    text = "Then: “A it is,” she said, “B it is.” The end."
    assert at(text, caret) == ["“A it is,”", "“B it is.”"]


@pytest.mark.parametrize(
    "text",
    [
        "“A it is,” said Smith. “B it is,” said Jones.",
        "“A it is,” said Smith, while Jones said, “B it is.”",
        "“A it is.” Smith said: “B it is.”",
        "“A it is,” said Smith. “Hasty” was the word.",
        "“A it is,” said Smith of the “hasty” plan.",
        "“A it is,” the weather, “B it is.”",
        "“A it is,” said Smith and Jones said, “B it is.”",
        "“A it is,” said " + "the man, " * 30 + "“B it is.”",
        "“A,”“B,”",
    ],
)
def test_two_quotations_stay_two(text: str) -> None:
    assert len(at(text, "A")) == 1


@pytest.mark.parametrize(
    "text",
    ["“A it is,” she said. “B it is.”", "“Why?” he asked, “B it is!”", "“A it —” he said — “B it is.”"],
)
def test_more_interrupting_cues(text: str) -> None:
    assert len(at(text, "B")) == 2


def test_a_caret_behind_the_closing_mark_counts_and_one_outside_does_not() -> None:
    text = "“A b,” she said."
    assert quotation_at(text, 6) == (Span(0, 6),)
    assert quotation_at(text, 9) == ()
    assert quotation_at(text, 99) == ()
    assert quotation_at("", 0) == ()


def test_an_unclosed_mark_goes_on_in_the_next_paragraphs() -> None:
    text = "He said: “A one.\n\n“B two.\n\n“C three,” he said. “D.”"
    for caret in "ABC":
        assert at(text, caret)[:3] == ["“A one.", "“B two.", "“C three,”"]


def test_a_next_paragraph_need_not_begin_with_a_mark() -> None:
    text = "He said: “A one.\n\nB two,” he said."
    assert at(text, "A") == ["“A one.", "B two,”"]
    assert at(text, "B") == ["“A one.", "B two,”"]


def test_an_unclosed_mark_before_an_unquoted_paragraph_ends_there() -> None:
    assert at("He said: “A one.\n\nB two.", "A") == ["“A one."]
    assert at("He said: “A one.\n\nB “two”.", "A") == ["“A one."]
    assert at("“A one.", "A") == ["“A one."]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "“A it is and,\nB it is to\nthe end,” he said."
    assert at(text, "B") == ["“A it is and,\nB it is to\nthe end,”"]


@pytest.mark.parametrize(
    ("text", "wanted"), [("“A b,”", "A b,"), ("“”", None), ("“ ”", None), ("“", None), ("« Oui »", "Oui")]
)
def test_the_interior_has_no_marks(text: str, wanted: str | None) -> None:
    inside = interior(text, Span(0, len(text)))
    assert (inside.of(text) if inside else None) == wanted


def test_the_interior_of_what_goes_on_from_an_earlier_paragraph() -> None:
    for text in ("B two,”", 'B two,"', "B two,»"):
        assert interior(text, Span(0, 7)) == Span(0, 6)
    assert interior("‘B’ two,”", Span(0, 9)) == Span(0, 8), "the first mark is a nested quotation's"
    assert interior("”", Span(0, 1)) is None


def test_quote_types() -> None:
    text = "He warned against a “hasty” deal.\n\n“No,” he said. Go"
    assert quote_type(text, [Span(text.index("“No"), text.index(" he said"))]) == "direct"
    assert quote_type(text, [Span(text.index("No"), text.index(",”"))]) == "direct"
    assert quote_type(text, [Span(0, 9)]) == "indirect"
    assert quote_type(text, [Span(0, 32)]) == "mixed"
    assert quote_type(text, [Span(0, 9), Span(text.index("No"), text.index(",”"))]) == "mixed"
    assert quote_type(text, [Span(0, len(text))]) == "mixed"
    assert quote_type(text, []) == "indirect"


def test_six_thousand_quotations_in_one_paragraph() -> None:
    text = "“A it is,” she said, " * 6_000
    assert len(quotations(text, Span(0, len(text)))) == 6_000
    middle = quotation_at(text, len(text) // 2)
    assert 100 < len(middle) < 3_000
    assert quote_type(text, [Span(0, 30_000)]) == "mixed"


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", '""'])
def test_a_quotation_that_an_earlier_paragraph_began_ends_with_its_mark(opening: str, closing: str) -> None:
    text = f"{opening}A one.\n\nB two.{closing}\n\n{opening}C three.{closing}"
    first = [f"{opening}A one.", f"B two.{closing}"]
    assert (at(text, "A"), at(text, "B"), at(text, "C")) == (first, first, [f"{opening}C three.{closing}"])


def test_a_cue_interrupts_what_an_earlier_paragraph_began_too() -> None:
    text = "“A one.\n\nB two,” he said, “C three.”"
    assert at(text, "B") == at(text, "C") == ["“A one.", "B two,”", "“C three.”"]


def test_a_quotation_runs_over_so_many_paragraphs_and_no_more() -> None:
    text = "\n\n".join(f"“{number:02} it is." for number in range(60))
    found = at(text, "30")
    assert (found[0], found[-1], len(found)) == ("“10 it is.", "“50 it is.", 41)
