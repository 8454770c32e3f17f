"""What is said around a bringing in: whose file it is, what is to be minded, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt

from annotator.model.changes import Kind
from annotator.model.merge_plan import Fate
from annotator.operations.bringing_in import Plan, Summary
from annotator.ui.colleagues.record_wording import tr


def file_line(plan: Plan) -> str:
    """Return the file's name, and when and how it was handed out."""
    parts = [plan.path.name]
    if plan.hand_out is not None:
        moment = QDateTime.fromString(plan.hand_out.created, Qt.DateFormat.ISODateWithMs).toLocalTime()
        day = QLocale().toString(moment.date(), "d MMM yyyy")
        parts.append((tr("handed out blind on {0}") if plan.hand_out.blind else tr("handed out on {0}")).format(day))
    return " · ".join(parts)


def warning(plan: Plan) -> str:
    """Return what is to be minded before; empty when nothing is."""
    if plan.three_way:
        return ""
    mine, homes = plan.sides.mine, plan.merge.homes
    theirs = (key for key in plan.sides.theirs if key[0] is Kind.ARTICLE)
    text = tr(
        "This file was not handed out from here: nobody knows who has changed what. Nothing is removed, and everything"
        " that differs is yours to decide."
    )
    if not any(key in mine or key[1] in homes for key in theirs):
        text += " " + tr("None of its articles is in this project: is it the right file?")
    return text


def nothing_new(plan: Plan) -> str:
    """Return what to say when everything is here already."""
    text = tr("Everything that {0} holds is here already, or was decided before. Nothing was written.")
    told = [text.format(plan.path.name)]
    if plan.codebook:
        told.append(tr("Its codebook differs from yours; yours stays as it is."))
    return " ".join(told)


def brought(plan: Plan, summary: Summary) -> str:
    """Return what came in, for the status bar."""
    words = {Fate.NEW: tr("{0} new"), Fate.CHANGED: tr("{0} changed"), Fate.REMOVED: tr("{0} removed")}
    parts = []
    for fate, text in words.items():
        count = sum(n for (_, one), n in summary.counts.items() if one is fate)
        parts += [text.format(QLocale().toString(count))] if count else []
    what = ", ".join(parts) or tr("nothing changed here")
    name = tr("{0}’s work").format(plan.who.name) if plan.who is not None else plan.name
    return tr("Brought in {0}: {1}. Undo takes it back.").format(name, what)
