"""The sample project: shipped articles, two of them annotated, as one person's work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link
from annotator.model.article import Article, ArticleWork
from annotator.model.changes import Origin, Record
from annotator.model.codebook import Codebook
from annotator.model.entity import Entity
from annotator.project.edit import Edit
from annotator.project.opening import create_project
from annotator.project.project import Project


class Sample(Protocol):
    """What the sample files hold, as records."""

    @property
    def articles(self) -> Sequence[tuple[Article, str]]:
        """The articles with their texts."""

    @property
    def works(self) -> Sequence[ArticleWork]:
        """How far each article is."""

    @property
    def entities(self) -> Sequence[Entity]:
        """People, organisations and places."""

    @property
    def annotations(self) -> Sequence[Annotation]:
        """The annotations of the articles that are done."""

    @property
    def links(self) -> Sequence[Link]:
        """The links between them."""


def create_sample_project(
    path: Path, codebook: Codebook, annotator: Annotator, annotation_set: AnnotationSet, sample: Sample
) -> Project:
    """Create a project with the sample in it, all of it the annotator's own, and open it; the filling has no undo.

    Raises ProjectError as create_project does. When the filling fails no file stays behind.
    """
    project = create_project(path, codebook, name="Sample project")
    project.annotator = annotator
    try:
        with project.edit("Create sample project", origin=Origin.SYSTEM) as edit:
            _fill(edit, annotator, annotation_set, sample)
    except BaseException:
        project.close()
        path.unlink()
        raise
    return project


def _fill(edit: Edit, annotator: Annotator, annotation_set: AnnotationSet, sample: Sample) -> None:
    edit.add(annotator)
    edit.add(annotation_set)
    for article, text in sample.articles:
        edit.add_text(text)
        edit.add(article)
    records: list[Record] = [*sample.works, *sample.entities, *sample.annotations, *sample.links]
    for record in records:
        edit.add(record)
