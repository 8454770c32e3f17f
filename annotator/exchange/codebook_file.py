"""Codebooks as TOML files: read strictly, written back without loss, and the ones that are shipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from annotator.base.errors import ExportRefusedError, ImportRefusedError
from annotator.base.paths import resources
from annotator.base.uuid7 import uuid7
from annotator.exchange.toml_table import TomlTable, read_toml
from annotator.exchange.toml_text import Field, toml_fields
from annotator.model.codebook import Attribute, AttributeKind, Codebook, LinkRule, Part, TagType, Unit

FORMAT = 1
"""Version of the file's shape; a file with a higher one is refused."""
_CHOOSING = (AttributeKind.ONE, AttributeKind.SEVERAL)


def read_codebook(path: Path) -> Codebook:
    """Read a codebook file; records without a uid get a new one.

    Raises ImportRefusedError with one line that names the file, the entry and the mistake.
    """
    return _codebook(read_toml(path))


def write_codebook(codebook: Codebook, path: Path, title: str = "") -> None:
    """Write a codebook so that reading it gives an equal one; an older file is replaced only when all is well.

    Raises ExportRefusedError when the file cannot be written or the codebook could not be read back.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(codebook_text(codebook, title).encode())
        if read_codebook(beside) != codebook:
            raise ExportRefusedError(f"{path.name} would not hold the whole codebook; nothing was written")
        beside.replace(path)
    except (OSError, UnicodeEncodeError, KeyError, ImportRefusedError) as error:
        raise ExportRefusedError(f"the codebook cannot be written to {path.name}: {error}") from error
    finally:
        if beside.exists():
            beside.unlink()


def shipped_codebooks() -> list[tuple[str, str]]:
    """Return (name, title) of every shipped codebook, the usual one first."""
    files = sorted((resources() / "codebooks").glob("*.toml"), key=lambda path: (path.stem != "news", path.stem))
    return [(path.stem, read_toml(path).text("title")) for path in files]


def shipped_codebook(name: str) -> Codebook:
    """Return the shipped codebook of that name (``news``, ``empty``).

    Raises ImportRefusedError when there is none of that name.
    """
    names = [known for known, _ in shipped_codebooks()]
    if name not in names:
        raise ImportRefusedError(f"there is no shipped codebook ‘{name}’; there are {', '.join(names)}")
    return read_codebook(resources() / "codebooks" / f"{name}.toml")


def codebook_text(codebook: Codebook, title: str = "") -> str:
    """Return the codebook as TOML, tag types first, then attributes, then link rules.

    Raises KeyError when an attribute or link rule names a tag type that is not in the codebook.
    """
    head = toml_fields({"format": FORMAT, "title": title}, {"title": ""})
    names = {tag.uid: tag.name for tag in codebook.tag_types}
    tags = [_tag_type_text(tag, at) for at, tag in enumerate(codebook.tag_types)]
    attributes = [_attribute_text(attribute, at, names) for at, attribute in enumerate(codebook.attributes)]
    rules = [_link_rule_text(rule, at, names) for at, rule in enumerate(codebook.link_rules)]
    return "\n".join([head, *tags, *attributes, *rules])


def _tag_type_text(tag: TagType, at: int) -> str:
    fields: dict[str, Field] = {
        "uid": tag.uid, "name": tag.name, "label": tag.label, "colour": tag.colour, "key": tag.key,
        "part": tag.part.value, "unit": tag.unit.value, "auxiliary": tag.auxiliary,
        "definition": tag.definition, "examples": tag.examples, "position": tag.position,
    }  # fmt: skip
    usual: dict[str, Field] = {
        "label": tag.name,
        "key": "",
        "auxiliary": False,
        "definition": "",
        "examples": (),
        "position": at,
    }
    return "[[tag_types]]\n" + toml_fields(fields, usual)


def _attribute_text(attribute: Attribute, at: int, names: dict[str, str]) -> str:
    of = {} if attribute.tag_type is None else {"of": names[attribute.tag_type]}
    fields: dict[str, Field] = {
        "uid": attribute.uid, **of, "name": attribute.name, "label": attribute.label, "kind": attribute.kind.value,
        "choices": attribute.choices, "default": attribute.default, "mandatory": attribute.mandatory,
        "definition": attribute.definition, "position": attribute.position,
    }  # fmt: skip
    usual: dict[str, Field] = {
        "label": attribute.name,
        "choices": (),
        "default": "",
        "mandatory": False,
        "definition": "",
        "position": at,
    }
    return "[[attributes]]\n" + toml_fields(fields, usual)


def _link_rule_text(rule: LinkRule, at: int, names: dict[str, str]) -> str:
    fields: dict[str, Field] = {
        "uid": rule.uid, "role": rule.role, "label": rule.label, "from": names[rule.from_type],
        "to": names[rule.to_type], "at_most": rule.at_most, "acyclic": rule.acyclic, "position": rule.position,
    }  # fmt: skip
    return "[[link_rules]]\n" + toml_fields(
        fields, {"label": rule.role, "at_most": 0, "acyclic": False, "position": at}
    )


def _codebook(file: TomlTable) -> Codebook:
    if file.whole("format", FORMAT) > FORMAT:
        file.refuse(f"written by a newer version of this program (format {file.raw('format')})")
    file.text("title", "")
    file.text("description", "")
    tags = file.tables("tag_types", "tag type")
    attributes = file.tables("attributes", "attribute")
    rules = file.tables("link_rules", "link rule")
    file.done()
    tag_types = tuple(_tag_type(table, at) for at, table in enumerate(tags))
    _unique(file, "tag types named", (tag.name for tag in tag_types))
    _unique(file, "tag types with the key", (tag.key for tag in tag_types if tag.key))
    uids = {tag.name: tag.uid for tag in tag_types}
    codebook = Codebook(
        tag_types,
        tuple(_attribute(table, at, uids) for at, table in enumerate(attributes)),
        tuple(_link_rule(table, at, uids) for at, table in enumerate(rules)),
    )
    _check_unique(file, codebook)
    return codebook


def _check_unique(file: TomlTable, codebook: Codebook) -> None:
    records: tuple[TagType | Attribute | LinkRule, ...]
    records = (*codebook.tag_types, *codebook.attributes, *codebook.link_rules)
    _unique(file, "entries with the uid", (record.uid for record in records))
    for tag in (None, *codebook.tag_types):
        of = f"of ‘{tag.name}’" if tag else "of articles"
        names = (a.name for a in codebook.attributes_of(tag.uid if tag else None))
        _unique(file, f"attributes {of} named", names)
    names_of = {tag.uid: tag.name for tag in codebook.tag_types}
    rules = (f"{rule.role} {names_of[rule.from_type]} → {names_of[rule.to_type]}" for rule in codebook.link_rules)
    _unique(file, "link rules", rules)


def _unique(file: TomlTable, what: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        file.refuse(f"there are two {what} ‘{twice[0]}’")


def _tag_type(table: TomlTable, at: int) -> TagType:
    name = table.text("name")
    tag = TagType(
        uid=_uid(table),
        name=name,
        label=table.text("label", name),
        colour=table.text("colour"),
        key=table.text("key", ""),
        part=table.one_of("part", Part, Part.OTHER),
        unit=table.one_of("unit", Unit, Unit.WORD),
        auxiliary=table.flag("auxiliary"),
        definition=table.text("definition", ""),
        examples=table.texts("examples"),
        position=table.whole("position", at),
    )
    table.done()
    if not re.fullmatch("#[0-9A-Fa-f]{6}", tag.colour):
        table.refuse(f"colour ‘{tag.colour}’ must look like #0072B2")
    if not re.fullmatch("[1-9]?", tag.key):
        table.refuse(f"key ‘{tag.key}’ must be a digit from 1 to 9")
    return tag


def _attribute(table: TomlTable, at: int, tag_types: dict[str, str]) -> Attribute:
    name = table.text("name")
    attribute = Attribute(
        uid=_uid(table),
        tag_type=_tag(table, "of", tag_types) if table.has("of") else None,
        name=name,
        label=table.text("label", name),
        kind=table.one_of("kind", AttributeKind),
        choices=table.texts("choices"),
        default=table.text("default", ""),
        mandatory=table.flag("mandatory"),
        definition=table.text("definition", ""),
        position=table.whole("position", at),
    )
    table.done()
    _check_choices(table, attribute)
    _check_default(table, attribute)
    return attribute


def _check_choices(table: TomlTable, attribute: Attribute) -> None:
    if attribute.kind in _CHOOSING and not attribute.choices:
        table.refuse(f"an attribute of kind ‘{attribute.kind}’ needs ‘choices’")
    if attribute.kind not in _CHOOSING and attribute.choices:
        table.refuse(f"an attribute of kind ‘{attribute.kind}’ takes no ‘choices’")
    _unique(table, "choices", attribute.choices)


def _check_default(table: TomlTable, attribute: Attribute) -> None:
    """A default is written as an export writes the value: several choices joined by ``; ``."""
    default, kind = attribute.default, attribute.kind
    if not default or kind is AttributeKind.TEXT:
        return
    parts = default.split("; ") if kind is AttributeKind.SEVERAL else [default]
    if kind in _CHOOSING and not set(parts) <= set(attribute.choices):
        table.refuse(f"default ‘{default}’ is not among the choices {', '.join(attribute.choices)}")
    shapes = {
        AttributeKind.NUMBER: (r"[-+]?\d+(\.\d+)?", "a number such as 2.5"),
        AttributeKind.DATE: (r"\d{4}(-\d\d(-\d\d)?)?", "a date such as 2025-03-13"),
        AttributeKind.YES_NO: ("yes|no", "yes or no"),
    }
    if kind in shapes and not re.fullmatch(shapes[kind][0], default, re.ASCII):
        table.refuse(f"default ‘{default}’ must be {shapes[kind][1]}")


def _link_rule(table: TomlTable, at: int, tag_types: dict[str, str]) -> LinkRule:
    role = table.text("role")
    rule = LinkRule(
        uid=_uid(table),
        role=role,
        label=table.text("label", role),
        from_type=_tag(table, "from", tag_types),
        to_type=_tag(table, "to", tag_types),
        at_most=table.whole("at_most", 0),
        acyclic=table.flag("acyclic"),
        position=table.whole("position", at),
    )
    table.done()
    return rule


def _tag(table: TomlTable, field: str, tag_types: dict[str, str]) -> str:
    name = table.text(field)
    if name not in tag_types:
        table.refuse(f"‘{field}’ names ‘{name}’, which is not a tag type of this codebook")
    return tag_types[name]


def _uid(table: TomlTable) -> str:
    uid = table.text("uid") if table.has("uid") else uuid7()
    table.raw("uid")
    if not re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uid):
        table.refuse(f"‘{uid}’ is not a uid; leave the field out to get a new one")
    return uid
