"""The sample articles: text, header and annotation files that a person can read, made into records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from annotator.base.errors import ImportRefusedError
from annotator.base.paths import resources
from annotator.exchange.sample_tags import MADE, TaggedArticle, read_annotations, read_values, sample_uid
from annotator.exchange.toml_table import TomlTable, read_toml
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, ArticleWork, Status, normalised, text_hash, word_count
from annotator.model.codebook import Codebook
from annotator.model.entity import Entity, EntityKind
from annotator.model.span import Span


class SampleSet(Struct, frozen=True):
    """Everything of a sample project but the project itself; each article comes with its text."""

    articles: tuple[tuple[Article, str], ...]
    works: tuple[ArticleWork, ...]
    entities: tuple[Entity, ...]
    annotations: tuple[Annotation, ...]
    links: tuple[Link, ...]


def shipped_samples() -> Path:
    """Return the folder of the shipped sample articles."""
    return resources() / "samples"


def read_samples(folder: Path, codebook: Codebook, annotator: str, annotation_set: str) -> SampleSet:
    """Read every ``NN-name.txt`` of a folder with its ``.toml`` header, its ``.tags.toml`` and ``entities.toml``.

    Uids depend only on file names, entry ids, annotator and annotation set; articles and entities have the same
    ones in every project. An article with an annotation file is done, the others are to do.

    Raises ImportRefusedError naming the file, and the entry where there is one, at the first mistake.
    """
    entities = _entities(folder / "entities.toml")
    articles, works = [], []
    annotations: list[Annotation] = []
    links: list[Link] = []
    for path in sorted(folder.glob("*.txt")):
        header, text = read_toml(path.with_suffix(".toml")), _text(path)
        article, tags = _article(header, path.stem, text), path.with_suffix(".tags.toml")
        works.append(_work(header, article, codebook, annotator, tags.exists()))
        articles.append((article, text))
        if tags.exists():
            of = TaggedArticle(article.uid, text, codebook, entities, annotator, annotation_set)
            tagged, linked = read_annotations(read_toml(tags), of)
            annotations.extend(tagged)
            links.extend(linked)
    if not articles:
        raise ImportRefusedError(f"there are no sample articles in {folder.name}")
    return SampleSet(tuple(articles), tuple(works), tuple(entities.values()), tuple(annotations), tuple(links))


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportRefusedError(f"{path.name} cannot be read as UTF-8 text: {error}") from error
    if normalised(text) != text:
        raise ImportRefusedError(f"{path.name} must have plain line ends, no BOM and no NUL")
    return text


def _article(header: TomlTable, name: str, text: str) -> Article:
    article = Article(
        uid=sample_uid("article", name),
        title=header.text("title"),
        sha256=text_hash(text),
        characters=len(text),
        words=word_count(text),
        source=header.text("source", ""),
        byline=header.text("byline", ""),
        published=header.text("published", ""),
        url=header.text("url", ""),
        language=header.text("language", ""),
        furniture=_furniture(header, text),
        imported=_moment(name),
    )
    header.raw("genre")
    header.done()
    return article


def _moment(name: str) -> str:
    """Return a time of import that keeps the files' order (``04-local-news``: four seconds after MADE)."""
    number = name.partition("-")[0]
    return MADE.replace(":00.000Z", f":{int(number) % 60:02}.000Z") if number.isdigit() else MADE


def _furniture(header: TomlTable, text: str) -> tuple[Span, ...]:
    """Return the spans of the lines named in the header, without their line ends, in the order of the text."""
    wanted = header.texts("furniture")
    spans, start = [], 0
    for line in text.split("\n"):
        if line in wanted:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    missing = [line for line in wanted if line not in {span.of(text) for span in spans}]
    if missing:
        header.refuse(f"the furniture line ‘{missing[0]}’ is not in the article")
    return tuple(spans)


def _work(header: TomlTable, article: Article, codebook: Codebook, annotator: str, tagged: bool) -> ArticleWork:
    """Make the annotator's standing; the genre becomes a value of the article-level attribute of that name."""
    given = TomlTable({"genre": header.raw("genre")} if header.has("genre") else {}, header.where)
    return ArticleWork(
        uid=sample_uid("work", article.uid, annotator),
        article=article.uid,
        annotator=annotator,
        status=Status.DONE if tagged else Status.TODO,
        values=read_values(header, given, codebook, None),
    )


def _entities(path: Path) -> Mapping[str, Entity]:
    file = read_toml(path)
    tables = file.tables("entities", "entity")
    file.done()
    entities: dict[str, Entity] = {}
    for table in tables:
        if (name := table.text("id")) in entities:
            table.refuse("there are two entities with this id")
        entities[name] = _entity(table, name)
    return entities


def _entity(table: TomlTable, name: str) -> Entity:
    entity = Entity(
        uid=sample_uid("entity", name),
        kind=table.one_of("kind", EntityKind),
        name=table.text("name"),
        aliases=table.texts("aliases"),
        role=table.text("role", ""),
        affiliation=table.text("affiliation", ""),
        wikidata=table.text("wikidata", ""),
        note=table.text("note", ""),
        latitude=table.number("latitude"),
        longitude=table.number("longitude"),
        gazetteer=table.text("gazetteer", ""),
        gazetteer_id=table.text("gazetteer_id", ""),
        country=table.text("country", ""),
        admin1=table.text("admin1", ""),
        feature_class=table.text("feature_class", ""),
    )
    table.done()
    _check_place(table, entity)
    return entity


def _check_place(table: TomlTable, entity: Entity) -> None:
    latitude, longitude = entity.latitude, entity.longitude
    if (latitude is None) != (longitude is None):
        table.refuse("give both latitude and longitude or neither")
    if latitude is not None and longitude is not None and not (abs(latitude) <= 90 and abs(longitude) <= 180):
        table.refuse(f"{latitude}, {longitude} are not degrees of latitude and longitude")
    if entity.gazetteer not in ("", "geonames", "wikidata", "manual"):
        table.refuse(f"unknown gazetteer ‘{entity.gazetteer}’; use geonames, wikidata or manual")
    if entity.kind is not EntityKind.PLACE and (entity.gazetteer or latitude is not None):
        table.refuse("only a place has coordinates and a gazetteer")
