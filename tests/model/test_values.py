from __future__ import annotations

import pytest

from annotator.model.values import Value, as_text, from_mapping, value_of, with_value


def test_values_are_sorted_and_hold_no_emptiness() -> None:
    values = from_mapping({"b": "x", "a": False, "c": "", "d": (), "e": None, "f": 0.0})
    assert values == (("a", False), ("b", "x"), ("f", 0.0))


def test_one_value_is_set_replaced_and_taken_away() -> None:
    values = with_value((), "a", "x")
    assert value_of(values, "a") == "x"
    assert with_value(values, "a", "y") == (("a", "y"),)
    assert with_value(values, "a", None) == with_value(values, "a", "") == ()
    assert value_of((), "a") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "yes"), (False, "no"), (("a", "b"), "a; b"), (3.0, "3"), (-0.5, "-0.5"), (51.19, "51.19"),
        (1e15, "1000000000000000.0"), (1e300, "1e+300"), ("2025-03-13", "2025-03-13"),
    ],
)  # fmt: skip
def test_as_exports_write_them(value: Value | None, text: str) -> None:
    assert as_text(value) == text
