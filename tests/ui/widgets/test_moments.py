from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QDateTime, QLocale, QTime, QTimeZone

from annotator.ui.widgets.moments import shown_day, shown_moment, shown_stored_moment

MOMENT = QDateTime(QDate(2026, 11, 26), QTime(20, 28, 31))


@pytest.mark.parametrize("locale", [QLocale.c(), QLocale("en_US"), QLocale("en_GB")])
def test_days_and_moments_name_the_month_whatever_the_locale_has_for_short(locale: QLocale) -> None:
    assert shown_day(QDate(2025, 3, 4), locale) == "4 Mar 2025"
    assert shown_moment(MOMENT, locale) == "26 Nov 2026, 20:28"


def test_a_stored_moment_is_shown_in_the_persons_own_time() -> None:
    utc = MOMENT.toTimeZone(QTimeZone.utc()).toString("yyyy-MM-ddTHH:mm:ss.zzzZ")
    assert shown_stored_moment(utc, QLocale.c()) == "26 Nov 2026, 20:28"
    assert shown_stored_moment("last spring", QLocale.c()) == "last spring"
