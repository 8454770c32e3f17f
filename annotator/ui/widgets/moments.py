"""Days and moments as the window writes them everywhere: 13 Mar 2025, and with the time in one's own time zone."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

DAY = "d MMM yyyy"
"""Not the locale's short form: which of 3/4/25 is the month depends on who reads it."""


def shown_day(day: QDate, locale: QLocale) -> str:
    """Return a day, its month by name."""
    return locale.toString(day, DAY)


def shown_moment(moment: QDateTime, locale: QLocale) -> str:
    """Return day and time in the person's own time zone."""
    return locale.toString(moment.toLocalTime(), f"{DAY}, HH:mm")


def shown_stored_moment(stored: str, locale: QLocale) -> str:
    """Return a moment given as it is stored, in UTC and ISO 8601; what is no such moment comes back as it is."""
    moment = QDateTime.fromString(stored, Qt.DateFormat.ISODateWithMs)
    return shown_moment(moment, locale) if moment.isValid() else stored
