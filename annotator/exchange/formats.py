"""The table of formats: what each can and cannot hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``directions`` is ``in``, ``out`` or ``in, out``."""

    name: str
    directions: str
    holds: str
    lacks: str = ""


FORMATS = (
    Format("csv", "in, out", "every table: articles, annotations, quotes, claims, links, entities, verdicts, codebook",
           "the history of changes; article texts unless asked for with --with-text"),
    Format("xlsx", "out", "the same tables as sheets of one workbook", "cells of more than 32,767 characters (listed)"),
    Format("text", "in", "plain text in any encoding, an article a file; title, date, byline and source proposed"),
    Format("html", "in", "the article's body and its metadata; nothing is fetched", "pictures and layout"),
    Format("docx", "in", "paragraphs and tables of a Word document", "pictures, comments and layout"),
    Format("pdf", "in", "the text layer", "scans without text; layout"),
    Format("csv", "in", "a table with an article a row (also tsv, xlsx, jsonl); further columns are kept"),
)  # fmt: skip
