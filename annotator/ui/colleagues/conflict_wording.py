"""Why a person has to decide, and what either choice comes to."""

from __future__ import annotations

from annotator.model.merge_plan import Conflict, Reason, Side
from annotator.ui.colleagues.record_wording import tr


def reason(conflict: Conflict, who: str) -> str:
    """Return why this is to be decided; ``who`` is the colleague."""
    return {
        Reason.BOTH_CHANGED: tr("changed by you and by {0}"),
        Reason.REMOVED_HERE: tr("removed here, but {0} has changed it or needs it"),
        Reason.REMOVED_THERE: tr("removed by {0}, but changed here"),
        Reason.STILL_USED: tr("removed by {0}, but in use here"),
        Reason.TEXT_DIFFERS: tr("the text differs from {0}’s"),
        Reason.CODEBOOK: tr("{0}’s work needs this of their codebook"),
    }[conflict.reason].format(who)


def consequence(conflict: Conflict, side: Side) -> str:
    """Return what deciding for a side comes to."""
    mine, theirs = {
        Reason.BOTH_CHANGED: (tr("Yours stays as it is."), tr("Theirs takes the place of yours.")),
        Reason.REMOVED_HERE: (tr("It stays removed."), tr("It comes back, with what belongs to it.")),
        Reason.REMOVED_THERE: (tr("It stays."), tr("It is removed here too.")),
        Reason.STILL_USED: (
            tr("It stays."),
            tr("It is removed, and what cannot be without it goes with it."),
        ),
        Reason.TEXT_DIFFERS: (
            tr("Your text stays. What they have tagged in this article does not come in: it would not fit."),
            tr("Their text takes the place of yours. That is refused if tags of yours would no longer fit."),
        ),
        Reason.CODEBOOK: (
            tr("Your codebook stays as it is. Their work comes in without what it does not know."),
            tr("Your codebook takes it over, and their work comes in whole."),
        ),
    }[conflict.reason]
    return mine if side is Side.MINE else theirs


def absent(conflict: Conflict) -> tuple[str, str]:
    """Return what to say of a side that has no version."""
    codebook = conflict.reason is Reason.CODEBOOK
    mine = "" if conflict.mine is not None else (tr("not in your codebook") if codebook else tr("removed"))
    return mine, "" if conflict.theirs is not None else tr("removed")
