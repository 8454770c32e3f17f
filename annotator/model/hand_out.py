"""What was handed out to a colleague: the point from which two files of one project have grown apart."""

from __future__ import annotations

from msgspec import Struct


class HandOut(Struct, frozen=True):
    """One handing out; the lead's file and the copy both hold it, so that bringing in can compare with it.

    ``annotator`` is the colleague, ``origin`` the uid of the project it came from (the copy has another of its own).
    ``base`` is the SHA-256 of the manifest of what the two files last agreed on; the manifest lies among the texts.
    ``accepted`` is the uid by which the colleague's own computer knows them, once they have said that it is them.
    """

    uid: str
    annotator: str
    origin: str
    created: str
    blind: bool
    base: str
    accepted: str = ""
