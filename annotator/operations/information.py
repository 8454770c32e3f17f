"""What a project holds, as values that JSON can carry."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.model.article import Status
from annotator.project.project import Project

_AT_ONCE = 500
_STATUS = {Status.TODO: "to do", Status.IN_PROGRESS: "in progress", Status.DONE: "done"}


def information(project: Project) -> dict[str, Any]:
    """Return counts in all and per article, tag and annotator, the file's size in bytes and the schema's version.

    ``status`` counts pairs of an article and an annotator; a pair that nobody has touched is in none.
    """
    counts = project.read.counts()
    codebook = project.cache.codebook
    return {
        "project": project.cache.info.name,
        "file": _shown(project.path),
        "bytes": project.path.stat().st_size,
        "schema": project.schema_version,
        "articles": counts.articles,
        "annotations": counts.annotations,
        "links": counts.links,
        "entities": counts.entities,
        "tags": {tag.name: counts.by_tag.get(tag.name, 0) for tag in codebook.tag_types},
        "annotators": counts.by_annotator,
        "sets": counts.by_set,
        "status": counts.by_status,
        "per_article": list(_per_article(project)),
    }


def _shown(path: Path) -> str:
    """Return a file's name as text that can be written anywhere, also when its bytes are not UTF-8."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _per_article(project: Project) -> Iterable[dict[str, Any]]:
    names = {tag.uid: tag.name for tag in project.cache.codebook.tag_types}
    uids = project.read.all_article_uids()
    for at in range(0, len(uids), _AT_ONCE):
        for row in project.read.article_rows(uids[at : at + _AT_ONCE], project.annotator.uid):
            yield {
                "article_uid": row.uid,
                "title": row.title,
                "published": row.published,
                "words": row.words,
                "annotations": sum(row.tags.values()),
                "tags": {names[tag]: count for tag, count in sorted(row.tags.items())},
            }


def as_lines(found: dict[str, Any]) -> list[str]:
    """Write the information for a person, a line each."""
    size = f"{found['bytes'] / 1e6:.1f} MB, schema {found['schema']}"
    held = [counted(found[f"{noun}s"], noun) for noun in ("article", "annotation", "link")]
    held.append(counted(found["entities"], "entity"))
    status = {_STATUS[Status(name)]: count for name, count in found["status"].items()}
    lines = [f"{found['project']} ({found['file']}, {size})", ", ".join(held)]
    for title, counts in (("tag", found["tags"]), ("annotator", found["annotators"]), ("status", status)):
        if counts:
            lines.append(f"By {title}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    if found["per_article"]:
        lines.append("Annotations, date and title of each article:")
    lines.extend(
        f"  {one['annotations']:>5}  {one['published'] or '–':<10}  {one['title']}" for one in found["per_article"]
    )
    return lines


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 article``, ``2 entities``."""
    if count == 1:
        return f"{count} {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"
