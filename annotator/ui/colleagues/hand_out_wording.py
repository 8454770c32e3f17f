"""What is said before and after a handing out: what the file will hold, what it will not, what to write to whom."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QLocale

from annotator.project.project import Project

_NAMED = 3


class Wish(Struct, frozen=True):
    """What a person asks for; ``articles`` None means all, ``count`` how many that are, ``annotator`` empty: new."""

    name: str
    annotator: str
    articles: tuple[str, ...] | None
    count: int
    blind: bool


def _tr(text: str) -> str:
    return QCoreApplication.translate("handOut", text)


def number(count: int) -> str:
    """Return a number as the locale writes it."""
    return QLocale().toString(count)


def article_count(count: int) -> str:
    """Return how many articles, in words."""
    return _tr("1 article") if count == 1 else _tr("{0} articles").format(number(count))


def entity_count(count: int) -> str:
    """Return how many people, bodies and places, in words."""
    return _tr("1 person, body or place") if count == 1 else _tr("{0} people, bodies and places").format(number(count))


def names_in_words(names: list[str]) -> str:
    """Return some names: "Anna", "Anna and Ben", "Anna, Ben, Carla and 2 more"."""
    if len(names) > _NAMED:
        return _tr("{0} and {1} more").format(", ".join(names[:_NAMED]), number(len(names) - _NAMED))
    head, last = names[:-1], names[-1:]
    return _tr("{0} and {1}").format(", ".join(head), last[0]) if head else "".join(last)


def given_count(project: Project) -> int:
    """Return how many entities are marked as given."""
    return project.read.count_entities(given=True)


def will_hold(project: Project, wish: Wish) -> list[str]:
    """Return what the file will hold, line by line."""
    tags = len(project.cache.codebook.tag_types)
    lines = [
        _tr("{0}, with the text").format(article_count(wish.count)),
        _tr("the codebook with its 1 tag") if tags == 1 else _tr("the codebook with its {0} tags").format(number(tags)),
    ]
    entities, given = project.read.count_entities(), given_count(project)
    if not wish.blind:
        lines.append(_tr("everybody’s tags, links, notes and verdicts on them"))
        lines += [entity_count(entities)] if entities else []
        return [*lines, _tr("the memos of the project and of the articles")]
    if wish.annotator and project.read.count_by(wish.annotator):
        lines.append(_tr("what {0} has tagged on them so far").format(wish.name))
    if given:
        lines.append(_tr("{0} marked as given").format(entity_count(given)))
    return lines


def will_lack(project: Project, wish: Wish) -> list[str]:
    """Return what the file will not hold, line by line."""
    lines = []
    if wish.blind:
        others = [one.name for one in project.cache.annotators.values() if one.uid != wish.annotator]
        if others:
            lines.append(_tr("the tags, notes, verdicts and names of others: {0}").format(names_in_words(others)))
        hidden = project.read.count_entities() - given_count(project)
        if hidden:
            lines.append(_tr("{0} not marked as given").format(entity_count(hidden)))
        lines.append(_tr("the memos of the project and of the articles"))
    left = project.read.count_articles() - wish.count
    lines += [_tr("the other {0}").format(article_count(left))] if left > 0 else []
    return [*lines, _tr("the history of changes")]


def letter(name: str, file: str, count: int) -> str:
    """Return what to write to the colleague."""
    return _tr(
        "Hello {name},\n\n"
        "here is {file} with {articles} to annotate. Open it with Annotator; if it asks “Are you {name}?”, answer"
        " Yes.\n\n"
        "Tag each article and mark it done with Ctrl+Enter. Everything is saved as you go. When you have finished,"
        " send me this same file back.\n"
    ).format(name=name, file=file, articles=article_count(count))
