"""Articles: take them in, describe them, say how far one is, correct and remove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.base.errors import RuleError
from annotator.base.uuid7 import uuid7
from annotator.model import rules
from annotator.model.article import Article, ArticleWork, Status, normalised, word_count
from annotator.model.span import Span, joined
from annotator.model.values import Value, with_value
from annotator.operations import tagging
from annotator.project.edit import Edit
from annotator.project.project import Project


class Added(Struct, frozen=True):
    """What came in: the new articles, and for each that was there already the new title with the known article."""

    articles: tuple[Article, ...]
    known: tuple[tuple[str, Article], ...]


def add_articles(project: Project, incoming: Iterable[tuple[Article, str]]) -> Added:
    """Add articles with their texts as one step; a text that the project has already (same SHA-256) is left out.

    Raises RuleError when a text is not normalised: its offsets would drift.
    """
    items = list(incoming)
    return _added(project, items, project.read.known_texts(), _label(items))


def add_in_steps(project: Project, incoming: Iterable[tuple[Article, str]], at_once: int = 100) -> Iterator[Added]:
    """Do what ``add_articles`` does some articles at a time, and yield what came in each time; one step to undo.

    The window goes on between: 10,000 articles take seconds. Whoever stops has what came in until then. Raises as
    ``add_articles``.
    """
    items, texts, key = list(incoming), project.read.known_texts(), uuid7()
    for first in range(0, len(items), at_once):
        done = _added(project, items[first : first + at_once], texts, _label(items), key)
        texts.update(article.sha256 for article in done.articles)
        yield done


def _label(items: Sequence[object]) -> str:
    return "Import articles" if len(items) > 1 else "Import article"


def _added(
    project: Project, items: Iterable[tuple[Article, str]], texts: set[str], label: str, merge_key: str = ""
) -> Added:
    added: list[Article] = []
    known: list[tuple[str, Article]] = []
    here: dict[str, Article] = {}
    with project.edit(label, merge_key=merge_key) as edit:
        for article, text in items:
            if article.sha256 in texts or article.sha256 in here:
                same = here.get(article.sha256) or project.read.articles_with_text(article.sha256)[0]
                known.append((article.title, same))
                continue
            _take_in(edit, article, text)
            here[article.sha256] = article
            added.append(article)
    return Added(tuple(added), tuple(known))


def _take_in(edit: Edit, article: Article, text: str) -> None:
    if text != normalised(text):
        raise RuleError(f"The text of “{article.title}” was not normalised; it was not imported.")
    if edit.add_text(text) != article.sha256:
        raise RuleError(f"The text of “{article.title}” does not match its checksum; it was not imported.")
    edit.add(article)


def describe(project: Project, before: Article, after: Article, *, merge_key: str = "") -> None:
    """Change an article's metadata, memo or furniture.

    Raises RuleError when its text would be another, its title empty, or a new date none (one that came in so may stay).
    """
    if (before.uid, before.sha256) != (after.uid, after.sha256):
        raise RuleError("An article's text is changed by a correction only.")
    if not after.title.strip():
        raise RuleError("An article needs a title.")
    if after.published not in ("", before.published):
        rules.check_date("Published", after.published)
    if before != after:
        with project.edit("Edit article", merge_key=merge_key) as edit:
            edit.replace(before, after)


def mark_furniture(project: Project, article: Article, span: Span, *, furniture: bool) -> None:
    """Mark a span as furniture (share icons and the like), or take the mark from whatever it touches."""
    if furniture:
        spans = joined((*article.furniture, span))
    else:
        spans = tuple(known for known in article.furniture if not known.overlaps(span))
    if spans != article.furniture:
        with project.edit("Mark furniture" if furniture else "Unmark furniture") as edit:
            edit.replace(article, replace(article, furniture=spans))


def _work(project: Project, article: str) -> tuple[ArticleWork | None, ArticleWork]:
    known = project.read.work(article, project.annotator.uid)
    fresh = ArticleWork(
        uuid7(), article, project.annotator.uid, values=rules.default_values(project.cache.codebook, None)
    )
    return known, known or fresh


def _put(edit: Edit, known: ArticleWork | None, after: ArticleWork) -> None:
    if known is None:
        edit.add(after)
    else:
        edit.replace(known, after)


def set_status(project: Project, article: str, status: Status) -> None:
    """Say how far the annotator is with an article."""
    known, work = _work(project, article)
    if work.status is not status:
        labels = {Status.DONE: "Mark done", Status.TODO: "Mark to do", Status.IN_PROGRESS: "Mark in progress"}
        with project.edit(labels[status]) as edit:
            _put(edit, known, replace(work, status=status))


def set_memo(project: Project, article: str, memo: str, *, merge_key: str = "") -> None:
    """Set the annotator's memo on an article."""
    known, work = _work(project, article)
    if work.memo != memo:
        with project.edit("Edit memo", merge_key=merge_key) as edit:
            _put(edit, known, replace(work, memo=memo))


def set_article_value(project: Project, article: str, attribute: str, value: Value | None) -> None:
    """Set one article-level attribute as the annotator codes it, or take its value away with None."""
    record = project.cache.codebook.attribute(attribute)
    if record.tag_type is not None:
        raise RuleError(f"“{record.label}” is asked of annotations, not of articles.")
    kept = None if value is None or value in ("", ()) else rules.check_value(record, value)
    known, work = _work(project, article)
    after = replace(work, values=with_value(work.values, attribute, kept))
    if after != work:
        with project.edit(f"Set {record.label.lower()}") as edit:
            _put(edit, known, after)


def assign(project: Project, articles: Sequence[str], annotator: str, *, assigned: bool = True) -> None:
    """Assign articles to an annotator, or take the assignment away; one step."""
    with project.edit("Assign articles" if assigned else "Unassign articles") as edit:
        for article in articles:
            known = project.read.work(article, annotator)
            if known is None and assigned:
                edit.add(ArticleWork(uuid7(), article, annotator, assigned=True))
            elif known is not None:
                edit.replace(known, replace(known, assigned=assigned))


def remove(project: Project, articles: Sequence[Article]) -> int:
    """Remove articles with everything on them, of every annotator, as one step; return how many annotations went."""
    count = 0
    with project.edit("Remove article" if len(articles) == 1 else f"Remove {len(articles)} articles") as edit:
        for article in articles:
            for annotation in list(project.read.annotations(article.uid)):
                tagging.remove_within(edit, project, annotation)
                count += 1
            for work in project.read.works(article.uid):
                edit.remove(work)
            edit.remove(article)
    return count


def measured(article: Article, text: str, sha256: str) -> Article:
    """Return the article with the figures that follow from its text."""
    return replace(article, sha256=sha256, characters=len(text), words=word_count(text))
