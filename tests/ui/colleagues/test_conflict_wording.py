from __future__ import annotations

import pytest
from support.projects import ANNA, BEN

from annotator.model.changes import Kind
from annotator.model.merge_plan import Conflict, Reason, Side
from annotator.ui.colleagues.conflict_wording import absent, consequence, reason


@pytest.mark.parametrize("why", list(Reason))
def test_every_reason_says_why_and_what_either_choice_comes_to(why: Reason) -> None:
    conflict = Conflict(Kind.ANNOTATOR, ANNA.uid, ANNA, BEN, why)
    assert reason(conflict, "Ben")
    mine, theirs = (consequence(conflict, side) for side in Side)
    assert mine.endswith(".") and theirs.endswith(".")
    assert mine != theirs


def test_a_side_that_is_not_there_is_said_to_be_removed_or_unknown() -> None:
    assert absent(Conflict(Kind.ANNOTATOR, "x", None, BEN, Reason.REMOVED_HERE)) == ("removed", "")
    assert absent(Conflict(Kind.ANNOTATOR, "x", ANNA, None, Reason.REMOVED_THERE)) == ("", "removed")
    assert absent(Conflict(Kind.TAG_TYPE, "x", None, BEN, Reason.CODEBOOK)) == ("not in your codebook", "")
    assert absent(Conflict(Kind.ANNOTATOR, "x", ANNA, BEN, Reason.BOTH_CHANGED)) == ("", "")
