from __future__ import annotations

import pytest

from annotator.analysis.result import Level, Measure, Reason
from annotator.exchange.agreement_methods import FORMULAS
from annotator.ui.insights import wording


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.5, "0.50"), (-0.25, "−0.25"), (-0.001, "0.00"), (1.0, "1.00"), (0.0, "0.00")]
)
def test_a_number_as_it_is_shown(value: float | None, shown: str) -> None:
    assert wording.number(value, 2) == shown


def test_a_value_is_told_with_all_that_goes_with_it() -> None:
    one = Measure(Level.ENTITY, None, None, "cohen_kappa", 0.4, 0.1, 0.7, 12, None, 0.9, 3)
    assert wording.value_told(one) == (
        "0.400, 95 % interval 0.100 to 0.700, 12 matched annotations, 90.0 % of annotations matched, mean of 3 pairs"
    )


def test_what_is_undefined_tells_why() -> None:
    one = Measure(Level.SPAN, "quote", None, "alpha_u", None, n=7, reason=Reason.OVERLAPPING)
    assert wording.value_told(one) == f"undefined (7 annotations): {Reason.OVERLAPPING}"


def test_every_measure_has_a_word_and_a_reading() -> None:
    for name in FORMULAS:
        assert wording.measure_word(name)
        assert wording.reading(name).endswith((".", ")"))
    for level in Level:
        assert wording.level_word(level)
