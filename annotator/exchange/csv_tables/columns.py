"""The tables, their order and their fixed columns."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Table(StrEnum):
    """One CSV file of an export."""

    ANNOTATIONS = "annotations"
    QUOTES = "quotes"
    CLAIMS = "claims"
    LINKS = "links"
    ARTICLES = "articles"
    ENTITIES = "entities"
    VERDICTS = "verdicts"
    CODEBOOK = "codebook"

    @property
    def file_name(self) -> str:
        """The name of its file in an export folder."""
        return f"{self.value}.csv"


COLUMNS: dict[Table, tuple[str, ...]] = {
    Table.ANNOTATIONS: (
        "annotation_uid", "article_uid", "article_title", "article_source", "article_published", "article_url",
        "annotation_set", "annotator", "tag", "text", "start", "stop", "fragments", "entity_uid", "entity",
        "entity_kind", "latitude", "longitude", "gazetteer", "gazetteer_id", "speaker", "status", "note",
        "confidence", "origin", "created", "modified",
    ),
    Table.QUOTES: (
        "quote_uid", "article_uid", "article_title", "article_published", "annotation_set", "annotator", "quote",
        "quote_type", "medium", "polarity", "speakers", "speaker_uids", "roles", "affiliations", "mentions", "cue",
        "addressees", "claims", "claim_uids", "locations", "location_uids", "start", "stop", "fragments", "note",
    ),
    Table.CLAIMS: (
        "claim_uid", "article_uid", "article_title", "article_published", "annotation_set", "annotator", "claim",
        "claim_text", "claim_type", "checkworthy", "claimant_stance", "author_stance", "rating", "rating_url",
        "claimants", "claimant_uids", "quote_uid", "locations", "location_uids", "start", "stop", "fragments", "note",
    ),
    Table.LINKS: (
        "link_uid", "article_uid", "annotation_set", "annotator", "from_uid", "from_tag", "from_text", "role",
        "to_uid", "to_tag", "to_text", "note",
    ),
    Table.ARTICLES: (
        "article_uid", "title", "source", "byline", "published", "url", "language", "characters", "words", "sha256",
        "imported", "furniture", "memo",
    ),
    Table.ENTITIES: (
        "entity_uid", "kind", "name", "aliases", "role", "affiliation", "wikidata", "latitude", "longitude",
        "gazetteer", "gazetteer_id", "country", "admin1", "feature_class", "mentions", "note",
    ),
    Table.VERDICTS: (
        "verdict_uid", "article_uid", "annotation_uid", "annotation_set", "reviewer", "decision", "reason", "comment",
        "replies", "adjudicated_uid", "created",
    ),
    Table.CODEBOOK: (
        "level", "tag", "attribute", "kind", "values", "default", "mandatory", "key", "colour", "definition",
    ),
}  # fmt: skip
"""The fixed columns; annotations and articles have further ones behind them that depend on the project."""

VALUE_COLUMNS = {
    Table.QUOTES: COLUMNS[Table.QUOTES][7:10],
    Table.CLAIMS: COLUMNS[Table.CLAIMS][7:14],
}
"""Columns that hold the value of the attribute of that name."""

WORK_COLUMNS = ("status", "annotations")
WORK_NOTES = ("assigned", "memo", "reviewed")
"""Written for an annotator only where there is something to write, so that nothing is lost."""
_RESERVED = {*COLUMNS[Table.ARTICLES], "text"}


def extra_column(field: str, occurrence: int = 1) -> str:
    """Return the column of an article's extra field; ``extra.`` stands before a name that would be mistaken.

    ``occurrence`` counts a field that one article has several times.
    """
    if occurrence > 1:
        return f"extra{occurrence}.{field}"
    return f"extra.{field}" if field in _RESERVED or "." in field or not field else field


def extra_field(column: str) -> str:
    """Return the field that extra_column() made the column of."""
    head, dot, field = column.partition(".")
    return field if dot and head.startswith("extra") and head[5:].isdigit() | (head == "extra") else column


def extra_columns(articles: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return the columns for the extra fields of some articles, in the order of their first appearance."""
    columns: dict[str, None] = {}
    for fields in articles:
        columns.update(dict.fromkeys(numbered(fields)))
    return tuple(columns)


def numbered(fields: Iterable[str]) -> list[str]:
    """Return the columns of one article's extra fields."""
    seen: dict[str, int] = {}
    found = []
    for field in fields:
        seen[field] = seen.get(field, 0) + 1
        found.append(extra_column(field, seen[field]))
    return found


def work_column(name: str, attribute: str) -> str:
    """Return the column of an article-level attribute of one annotator."""
    if attribute in (*WORK_COLUMNS, *WORK_NOTES):
        return f"{name}.attribute.{attribute}"
    return f"{name}.{attribute}"
