"""Suggestions by rules, offline: pure functions of the text that propose and never annotate.

``speakers`` finds who speaks; it is not imported here, for it brings rules and verbs that only a new quote needs.
"""

from __future__ import annotations

from annotator.suggest.mentions import bare_name, mention_form
from annotator.suggest.proposal import DOUBTFUL, SpeakerProposal

__all__ = ["DOUBTFUL", "SpeakerProposal", "bare_name", "mention_form"]
