"""What a project holds, as values that JSON can carry."""

from __future__ import annotations

from typing import Any

from annotator.project.project import Project


def information(project: Project) -> dict[str, Any]:
    """Return counts in all and per article, tag and annotator, the file's size in bytes and the schema's version."""
    counts = project.read.counts()
    info = project.cache.info
    codebook = project.cache.codebook
    names = {tag.uid: tag.name for tag in codebook.tag_types}
    uids = project.read.all_article_uids()
    per_article: list[dict[str, Any]] = []
    for at in range(0, len(uids), 500):
        per_article.extend(
            {
                "article_uid": row.uid,
                "title": row.title,
                "published": row.published,
                "words": row.words,
                "annotations": sum(row.tags.values()),
                "tags": {names[tag]: count for tag, count in sorted(row.tags.items())},
            }
            for row in project.read.article_rows(uids[at : at + 500], project.annotator.uid)
        )
    return {
        "project": info.name,
        "file": project.path.name,
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
        "per_article": per_article,
    }


def as_text(found: dict[str, Any]) -> str:
    """Write the information for a person."""
    size = f"{found['bytes'] / 1e6:.1f} MB, schema {found['schema']}"
    held = [f"{found[key]} {key}" for key in ("articles", "annotations", "links", "entities")]
    lines = [f"{found['project']} ({found['file']}, {size})", ", ".join(held)]
    for title, key in (("By tag", "tags"), ("By annotator", "annotators"), ("By status", "status")):
        if found[key]:
            lines.append(f"{title}: " + ", ".join(f"{name} {count}" for name, count in found[key].items()))
    lines.extend(
        f"  {one['annotations']:>5}  {one['published'] or '–':<10}  {one['title']}" for one in found["per_article"]
    )
    return "\n".join(lines)
