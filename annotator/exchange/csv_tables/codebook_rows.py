"""The codebook as rows: first what a researcher reads, then what is needed to restore everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from annotator.exchange.csv_tables.cells import Cell, list_cell
from annotator.exchange.csv_tables.columns import COLUMNS, Table
from annotator.exchange.csv_tables.names import distinct_names
from annotator.model.annotation import AnnotationSet, Annotator
from annotator.model.codebook import Attribute, Codebook, LinkRule, TagType
from annotator.model.project_info import ProjectInfo


class Level(StrEnum):
    """What a row of codebook.csv is about.

    ``tag``: kind is its part, values its unit and ``auxiliary``. ``attribute`` of a tag, ``article`` an attribute of
    articles. ``link``: from tag, role as attribute, to tag in values, default is how many at most, kind ``acyclic``.
    ``label``, ``example`` and ``uid`` say more of the entry that tag, attribute and values name, in definition.
    ``annotator`` and ``set`` give, for the name in attribute that the tables show, the uid in values and the real name
    in definition; a set's kind, and in default its annotator's uid. ``project``: the field in attribute.
    """

    TAG = "tag"
    ATTRIBUTE = "attribute"
    ARTICLE = "article"
    LINK = "link"
    LABEL = "label"
    EXAMPLE = "example"
    UID = "uid"
    ANNOTATOR = "annotator"
    SET = "set"
    PROJECT = "project"


AUXILIARY = "auxiliary"
ACYCLIC = "acyclic"
_AT = {column: at for at, column in enumerate(COLUMNS[Table.CODEBOOK])}


def codebook_rows(
    codebook: Codebook, annotators: Iterable[Annotator], sets: Iterable[AnnotationSet], info: ProjectInfo
) -> Iterator[list[Cell]]:
    """Yield the rows of codebook.csv: tags, attributes, article-level attributes, links; then the rest."""
    names = {tag.uid: tag.name for tag in codebook.tag_types}
    yield from (_tag_row(tag) for tag in codebook.tag_types)
    yield from (_attribute_row(attribute, names) for attribute in ordered_attributes(codebook))
    yield from (_rule_row(rule, names) for rule in codebook.link_rules)
    entries: tuple[TagType | Attribute | LinkRule, ...]
    entries = (*codebook.tag_types, *ordered_attributes(codebook), *codebook.link_rules)
    for entry in entries:
        yield from _more_rows(entry, names)
    yield from _people_rows(list(annotators), list(sets))
    if info.memo:
        yield _row(level=Level.PROJECT, attribute="memo", definition=info.memo)
    if not info.snap_to_words:
        yield _row(level=Level.PROJECT, attribute="snap_to_words", definition="no")


def ordered_attributes(codebook: Codebook) -> list[Attribute]:
    """Return the attributes in the order of the tables: by tag type, those of articles last."""
    return [a for tag in (*codebook.tag_types, None) for a in codebook.attributes_of(tag.uid if tag else None)]


def _row(**cells: str) -> list[Cell]:
    row: list[Cell] = [""] * len(_AT)
    for column, cell in cells.items():
        row[_AT[column]] = str(cell)
    return row


def _tag_row(tag: TagType) -> list[Cell]:
    values = list_cell((tag.unit, AUXILIARY) if tag.auxiliary else (tag.unit,))
    return _row(
        level=Level.TAG, tag=tag.name, kind=tag.part, values=values,
        key=tag.key, colour=tag.colour, definition=tag.definition,
    )  # fmt: skip


def _attribute_row(attribute: Attribute, names: dict[str, str]) -> list[Cell]:
    of = attribute.tag_type
    return _row(
        level=Level.ARTICLE if of is None else Level.ATTRIBUTE,
        tag="" if of is None else names[of],
        attribute=attribute.name,
        kind=attribute.kind,
        values=list_cell(attribute.choices),
        default=attribute.default,
        mandatory="yes" if attribute.mandatory else "no",
        definition=attribute.definition,
    )


def _rule_row(rule: LinkRule, names: dict[str, str]) -> list[Cell]:
    return _row(
        level=Level.LINK,
        tag=names[rule.from_type],
        attribute=rule.role,
        kind=ACYCLIC if rule.acyclic else "",
        values=names[rule.to_type],
        default=str(rule.at_most) if rule.at_most else "",
    )


def _more_rows(entry: TagType | Attribute | LinkRule, names: dict[str, str]) -> Iterator[list[Cell]]:
    where = {"tag": "", "attribute": "", "values": ""}
    if isinstance(entry, TagType):
        where["tag"] = usual = entry.name
    elif isinstance(entry, Attribute):
        where |= {"tag": names[entry.tag_type] if entry.tag_type else "", "attribute": entry.name}
        usual = entry.name
    else:
        where = {"tag": names[entry.from_type], "attribute": entry.role, "values": names[entry.to_type]}
        usual = entry.role
    if entry.label != usual:
        yield _row(level=Level.LABEL, **where, definition=entry.label)
    for example in entry.examples if isinstance(entry, TagType) else ():
        yield _row(level=Level.EXAMPLE, **where, definition=example)
    yield _row(level=Level.UID, **where, definition=entry.uid)


def _people_rows(annotators: list[Annotator], sets: list[AnnotationSet]) -> Iterator[list[Cell]]:
    shown = distinct_names(annotators)
    for person in sorted(annotators, key=lambda one: one.uid):
        yield _row(level=Level.ANNOTATOR, attribute=shown[person.uid], values=person.uid, definition=person.name)
    shown = distinct_names(sets)
    for one in sorted(sets, key=lambda one: one.uid):
        yield _row(
            level=Level.SET, attribute=shown[one.uid], kind=one.kind, values=one.uid,
            default=one.annotator or "", definition=one.name,
        )  # fmt: skip
