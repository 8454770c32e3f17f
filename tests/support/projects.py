"""Projects, articles and people for tests, made through the same operations as the window's."""

from __future__ import annotations

from pathlib import Path

from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article, normalised, text_hash, word_count
from annotator.model.content import ArticleContent
from annotator.model.span import Span
from annotator.operations import articles, tagging
from annotator.project.opening import create_project, open_project, work_as
from annotator.project.project import Project

ANNA = Annotator("01900000-0000-7000-8000-00000000000a", "Anna")
BEN = Annotator("01900000-0000-7000-8000-00000000000b", "Ben")
TEXT = "Peskov told reporters in Moscow: “The talks go on,” and left.\n\nBerlin said nothing.\n"


def new_project(path: Path, who: Annotator = ANNA) -> Project:
    """Create a project with the shipped news codebook, somebody at work on it."""
    project = create_project(path, shipped_codebook("news"), name="Test")
    work_as(project, who)
    return project


def reopened(project: Project, who: Annotator = ANNA) -> Project:
    """Close a project and open it again, the same person at work."""
    project.close()
    again = open_project(project.path)
    work_as(again, who)
    return again


def new_article(text: str = TEXT, title: str = "Talks", **fields: object) -> tuple[Article, str]:
    """Return an article that no project has yet, with its text."""
    text = normalised(text)
    made = Article(uuid7(), title, text_hash(text), len(text), word_count(text), **fields)  # type: ignore[arg-type]
    return made, text


def add(project: Project, text: str = TEXT, title: str = "Talks", **fields: object) -> Article:
    """Import one article."""
    return articles.add_articles(project, [new_article(text, title, **fields)]).articles[0]


def content(project: Project, article: Article | str) -> ArticleContent:
    """Read an article as the window shows it."""
    found = project.read.content(article if isinstance(article, str) else article.uid)
    assert found is not None
    return found


def tag_uid(project: Project, name: str) -> str:
    """Return the uid of a tag type of the codebook."""
    found = project.cache.codebook.tag_named(name)
    assert found is not None
    return found.uid


def attribute_uid(project: Project, tag: str | None, name: str) -> str:
    """Return the uid of an attribute of a tag type, or of articles."""
    found = project.cache.codebook.attribute_named(None if tag is None else tag_uid(project, tag), name)
    assert found is not None
    return found.uid


def tag(project: Project, article: Article, name: str, *words: str) -> Annotation:
    """Tag the first occurrence of each of these words as one annotation."""
    shown = content(project, article)
    spans = [Span(shown.text.index(piece), shown.text.index(piece) + len(piece)) for piece in words]
    return tagging.tag(project, shown, tag_uid(project, name), spans)
