"""What everything else stands on: errors, paths, log, settings, keys and the clock."""

from __future__ import annotations
