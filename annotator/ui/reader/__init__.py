"""The article as it is read and tagged: text with painted spans, a margin of brackets, caret and selection."""

from __future__ import annotations
