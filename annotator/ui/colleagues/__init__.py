"""Working with colleagues: handing articles out, bringing their work in, saying whom a copy is for."""

from __future__ import annotations
