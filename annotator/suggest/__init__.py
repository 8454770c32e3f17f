"""Suggestions by rules, offline: pure functions of the text that propose and never annotate."""

from __future__ import annotations

from annotator.suggest.mentions import bare_name, mention_form
from annotator.suggest.speakers import DOUBTFUL, SpeakerProposal, propose_speaker

__all__ = ["DOUBTFUL", "SpeakerProposal", "bare_name", "mention_form", "propose_speaker"]
