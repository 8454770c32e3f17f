"""Articles in: plain text, HTML, Word, PDF and tables to values; no project, no database, no network."""

from __future__ import annotations

from annotator.exchange.articles.columns import ColumnMapping, own_table_name, propose_mapping
from annotator.exchange.articles.dates import guess_date
from annotator.exchange.articles.furniture import furniture_spans
from annotator.exchange.articles.incoming import IncomingArticle, Outcome, Refused, as_article
from annotator.exchange.articles.reading import FORMATS, read_header, read_paths, read_text

__all__ = [
    "FORMATS",
    "ColumnMapping",
    "IncomingArticle",
    "Outcome",
    "Refused",
    "as_article",
    "furniture_spans",
    "guess_date",
    "own_table_name",
    "propose_mapping",
    "read_header",
    "read_paths",
    "read_text",
]
