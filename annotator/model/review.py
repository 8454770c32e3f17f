"""What a reviewer says of somebody's annotation."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Decision(StrEnum):
    """A verdict's outcome; ``comment`` decides nothing, ``reply`` answers another verdict."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REVISED = "revised"
    COMMENT = "comment"
    REPLY = "reply"


class Verdict(Struct, frozen=True, gc=False):
    """A reviewer's decision with a reason and a comment; ``adjudicated`` is the final annotation it led to.

    A reason of an acceptance or revision names the one aspect that it decides; without one it is about the whole.
    ``reply_to`` is the verdict that a reply answers.
    """

    uid: str
    article: str
    annotation: str
    reviewer: str
    decision: Decision
    reason: str = ""
    comment: str = ""
    adjudicated: str | None = None
    reply_to: str | None = None
    created: str = ""
