"""Which column of a table holds what: proposed from the usual names of columns, to be corrected by a person."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class ColumnMapping(Struct, frozen=True):
    """The name of the column for each field of an article, empty where there is none; ``id`` goes to ``extra``."""

    title: str = ""
    text: str = ""
    source: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    id: str = ""


FIELDS = ColumnMapping.__struct_fields__

_USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "articletext", "articlebody", "body", "bodytext", "content", "contents", "maintext",
        "articlecontent", "newstext", "story", "article", "plaintext", "rawtext", "cleantext", "document", "texte",
        "texto", "inhalt", "volltext", "artikeltext", "contenu", "contenido", "testo", "tekst", "正文", "内容",
    ),
    "title": (
        "title", "headline", "articletitle", "heading", "header", "subject", "storytitle", "newstitle", "titel",
        "titre", "título", "titulo", "titolo", "überschrift", "schlagzeile", "标题",
    ),
    "source": (
        "source", "publisher", "publication", "outlet", "newspaper", "sourcename", "medium", "media", "newssource",
        "sitename", "site", "website", "domain", "agency", "journal", "quelle", "zeitung", "fuente", "来源",
    ),
    "byline": (
        "byline", "author", "authors", "writer", "reporter", "journalist", "creator", "authorname", "by", "autor",
        "autoren", "auteur", "autore", "作者",
    ),
    "published": (
        "published", "date", "publisheddate", "datepublished", "publicationdate", "publishdate", "pubdate",
        "publishedat", "publishedon", "articledate", "datetime", "timestamp", "day", "datum", "fecha", "日期",
    ),
    "url": ("url", "link", "articleurl", "href", "weburl", "permalink", "uri", "address", "sourceurl", "webpage"),
    "language": ("language", "lang", "languagecode", "locale", "sprache", "langue", "idioma", "语言"),
    "id": ("id", "articleid", "docid", "documentid", "uid", "uuid", "guid", "identifier", "nr", "no"),
}  # fmt: skip

_SHOWN = 5
_KEYS = {
    "annotations": "annotation_uid", "quotes": "quote_uid", "claims": "claim_uid", "links": "link_uid",
    "articles": "article_uid", "entities": "entity_uid", "verdicts": "verdict_uid", "codebook": "level",
}  # fmt: skip
"""The program's own tables, by the column that each begins with."""
_OWN_TABLES = {key: table for table, key in _KEYS.items() if table != "codebook"}
_WORK = frozenset(("article_uid", "annotation_set", "annotator"))
_PLACE = frozenset(("start", "stop", "fragments"))
_TELLTALE: dict[str, frozenset[str]] = {
    "annotations": _WORK | _PLACE | {"entity_uid", "entity_kind", "gazetteer_id", "origin"},
    "quotes": _WORK | _PLACE | {"quote_type", "polarity", "speaker_uids", "claim_uids", "addressees"},
    "claims": _WORK | _PLACE | {"claim_type", "checkworthy", "claimant_uids", "claimant_stance", "author_stance"},
    "links": _WORK | {"from_uid", "from_tag", "from_text", "to_uid", "to_tag", "to_text"},
    "articles": frozenset(("characters", "sha256", "imported", "furniture")),
    "entities": frozenset(
        ("aliases", "affiliation", "wikidata", "gazetteer", "gazetteer_id", "admin1", "feature_class", "mentions")
    ),
    "verdicts": _WORK - {"annotator"} | {"annotation_uid", "reviewer", "decision", "replies", "adjudicated_uid"},
    "codebook": frozenset(("attribute", "values", "default", "mandatory", "colour", "definition")),
}
"""Columns of them that nobody's table of articles has many of."""
_MANY = 4


def propose_mapping(header: Sequence[str]) -> ColumnMapping:
    """Return the columns whose names are usual for a field; the most usual name wins, each column serves once."""
    names: dict[str, str] = {}
    for column in header:
        names.setdefault(_plain(column), column)
    return ColumnMapping(
        **{field: next((names[name] for name in usual if name in names), "") for field, usual in _USUAL.items()}
    )


def own_table_name(header: Sequence[str]) -> str | None:
    """Return the name of the program's own table that has such a header (``annotations``, ``quotes`` …), or None.

    Its first column tells it, or that column elsewhere among many others of the table.
    """
    names = _bare(header)
    if names[:2] == ["level", "tag"]:
        return "codebook"
    if names and names[0] in _OWN_TABLES:
        return _OWN_TABLES[names[0]]
    table = _most_like(names)
    return table if table is not None and _KEYS[table] in names else None


def lost_key(header: Sequence[str]) -> tuple[str, str] | None:
    """Return the program's own table that a header is of but for its first column, and that column; else None."""
    names = _bare(header)
    table = _most_like(names)
    return None if table is None or _KEYS[table] in names else (table, _KEYS[table])


def _bare(header: Sequence[str]) -> list[str]:
    return [column.strip().removeprefix("\ufeff") for column in header]


def _most_like(names: Sequence[str]) -> str | None:
    """Return the own table of whose telltale columns the most are there: four, or all but one where there are four."""
    found = {table: len(columns.intersection(names)) for table, columns in _TELLTALE.items()}
    best = max(found, key=lambda table: found[table])
    return best if found[best] >= min(_MANY, len(_TELLTALE[best]) - 1) else None


def expected_names() -> str:
    """Return what a text column may be called, for a message: the plainest name, some others, how many more."""
    first, *others = _USUAL["text"]
    return f"{first}; {', '.join(others[:_SHOWN])} and {len(others) - _SHOWN} other usual names do as well"


def _plain(name: str) -> str:
    """Return a column's name without what spellings differ in: "Article_Body", "articleBody", "article body"."""
    return "".join(character for character in name.lower() if character.isalnum())
