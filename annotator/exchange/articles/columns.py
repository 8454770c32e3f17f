"""Which column of a table holds what: proposed from the usual names of columns, to be corrected by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The name of the column for each field of an article, empty where there is none; ``id`` goes to ``extra``."""

    title: str = ""
    text: str = ""
    source: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    id: str = ""


FIELDS = tuple(field.name for field in fields(ColumnMapping))

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
_OWN_TABLES = {
    "annotation_uid": "annotations",
    "quote_uid": "quotes",
    "claim_uid": "claims",
    "link_uid": "links",
    "article_uid": "articles",
    "entity_uid": "entities",
    "verdict_uid": "verdicts",
}


def propose_mapping(header: Sequence[str]) -> ColumnMapping:
    """Return the columns whose names are usual for a field; the most usual name wins, each column serves once."""
    names: dict[str, str] = {}
    for column in header:
        names.setdefault(_plain(column), column)
    return ColumnMapping(
        **{field: next((names[name] for name in usual if name in names), "") for field, usual in _USUAL.items()}
    )


def own_table_name(header: Sequence[str]) -> str | None:
    """Return the name of the program's own table that has such a header (``annotations``, ``quotes`` …), or None."""
    names = [column.strip().removeprefix("\ufeff") for column in header]
    if names[:2] == ["level", "tag"]:
        return "codebook"
    return _OWN_TABLES.get(names[0]) if names else None


def expected_names() -> str:
    """Return what a text column may be called, for a message: the plainest name, some others, how many more."""
    first, *others = _USUAL["text"]
    return f"{first}; {', '.join(others[:_SHOWN])} and {len(others) - _SHOWN} other usual names do as well"


def _plain(name: str) -> str:
    """Return a column's name without what spellings differ in: "Article_Body", "articleBody", "article body"."""
    return "".join(character for character in name.lower() if character.isalnum())
