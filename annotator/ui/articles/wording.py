"""How articles are put into words: dates as people write them, and the names of the states of work."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from annotator.model.article import Status
from annotator.model.content import ArticleRow

STATUS_ICONS = {Status.TODO: "todo", Status.IN_PROGRESS: "in-progress", Status.DONE: "done"}


def shown_date(published: str, locale: QLocale) -> str:
    """Return an ISO date, or as much of one as is known, as people write it: 13 Mar 2025, Mar 2025, 2025."""
    pieces = published.split("-")
    known = QDate.fromString("-".join([*pieces, "01", "01"][:3]), "yyyy-MM-dd")
    if not published or not known.isValid():
        return published
    pattern = ("yyyy", "MMM yyyy", "d MMM yyyy")[min(len(pieces), 3) - 1]
    return locale.toString(known, pattern)


def status_name(status: Status) -> str:
    """Return what a state of work is called."""
    names = {
        Status.TODO: QCoreApplication.translate("articles", "To do"),
        Status.IN_PROGRESS: QCoreApplication.translate("articles", "In progress"),
        Status.DONE: QCoreApplication.translate("articles", "Done"),
    }
    return names[status]


def word_count_in_words(count: int, locale: QLocale) -> str:
    """Return "1 word" or "612 words"."""
    if count == 1:
        return QCoreApplication.translate("articles", "1 word")
    return QCoreApplication.translate("articles", "{0} words").format(locale.toString(count))


def second_line(row: ArticleRow, locale: QLocale) -> str:
    """Return what stands under a title in the list: date and source, or how long it is where neither is known."""
    return in_one_line(shown_date(row.published, locale), row.source) or word_count_in_words(row.words, locale)


def in_one_line(*parts: str) -> str:
    """Join what is there by dots; each part keeps its own direction, so that an Arabic name cannot tear a date apart.

    The marks are FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode Bidirectional Algorithm, 2.4); a line that
    reads in one direction throughout comes without them.
    """
    there = [part for part in parts if part]
    if not any(map(reads_right_to_left, there)):
        return " · ".join(there)
    return " · ".join(f"\u2068{part}\u2069" for part in there)


def reads_right_to_left(text: str) -> bool:
    """Tell by the first letter that has a direction, as labels do (Unicode Bidirectional Algorithm, P2 and P3)."""
    first = next((found for c in text if (found := unicodedata.bidirectional(c)) in ("L", "R", "AL")), "L")
    return first != "L"


def tags_in_words(row: ArticleRow, labels: dict[str, str]) -> str:
    """Return the annotations by tag type, in the codebook's order: "Speaker 3 · Quote 4"; empty when there are none."""
    return " · ".join(f"{label} {row.tags[uid]}" for uid, label in labels.items() if row.tags.get(uid))
