"""What is proposed: light to import, for the window knows of it long before the first proposal is made."""

from __future__ import annotations

from msgspec import Struct

from annotator.model.span import Span

DOUBTFUL = frozenset({"loose", "previous"})
"""Rules that are right in about 6 of 10 cases: to be shown as "please check"."""


class SpeakerProposal(Struct, frozen=True):
    """The likely speaker of a quote: where it is mentioned, by which cue, and what its entity would be called.

    ``annotation`` is the uid of the speaker annotation that is there already, ``rule`` what found it.
    """

    mention: Span
    annotation: str | None
    cue: Span | None
    name: str
    rule: str
