"""Matching, comparison and agreement of annotation sets: pure functions over the model."""

from __future__ import annotations
