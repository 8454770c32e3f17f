"""Agreement in words: numbers as they are shown, what a measure says and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from annotator.analysis.result import Level, Measure
from annotator.exchange.agreement_methods import FORMULAS
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.codebook import Codebook
from annotator.project.project import Project

_T = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_CONTEXT = "agreement"
NO_NUMBER = "–"
AWAITED = "…"
_LEVELS: dict[Level, tuple[str, str]] = {
    Level.SPAN: (_T(_CONTEXT, "spans"), _T(_CONTEXT, "annotations")),
    Level.TOKEN: (_T(_CONTEXT, "tokens"), _T(_CONTEXT, "tokens")),
    Level.ATTRIBUTE: (
        _T(_CONTEXT, "attributes"), _T(_CONTEXT, "matched annotations"),
    ),
    Level.ENTITY: (_T(_CONTEXT, "entities"), _T(_CONTEXT, "matched annotations")),
    Level.LINK: (
        _T(_CONTEXT, "links"), _T(_CONTEXT, "pairs that could be linked"),
    ),
}  # fmt: skip


def level_word(level: Level) -> str:
    """Return what is compared."""
    return QCoreApplication.translate(_CONTEXT, _LEVELS[level][0])


def number(value: float | None, digits: int = 3) -> str:
    """Return a number as the report has it, or the dash of a measure that is undefined."""
    if value is None:
        return NO_NUMBER
    shown = f"{value:.{digits}f}"
    # No minus before a number that is shown as nothing.
    return shown.lstrip("-") if float(shown) == 0 else shown.replace("-", "−")


def percent(share: float) -> str:
    """Return a share in percent."""
    return f"{share:.1%}".replace("%", " %")


def interval(measure: Measure, digits: int = 3) -> str:
    """Return the 95 % interval, or nothing where there is none."""
    if measure.low is None or measure.high is None:
        return ""
    return f"{number(measure.low, digits)} – {number(measure.high, digits)}"


def measure_word(name: str) -> str:
    """Return what people call a measure."""
    return QCoreApplication.translate(_CONTEXT, FORMULAS[name].shown)


def tag_word(codebook: Codebook, measure: Measure) -> str:
    """Return what the codebook calls the tag of a measure, or what stands for none."""
    if measure.tag is not None:
        tag = codebook.tag_named(measure.tag)
        return tag.label if tag is not None else measure.tag
    if measure.level is Level.ATTRIBUTE:
        return QCoreApplication.translate(_CONTEXT, "The article itself")
    return QCoreApplication.translate(_CONTEXT, "All tags")


def value_told(measure: Measure) -> str:
    """Return a measure's number with interval and n in words, or why it has none."""
    say = QCoreApplication.translate
    counted = say(_CONTEXT, "{n} {what}").format(n=measure.n, what=say(_CONTEXT, _LEVELS[measure.level][1]))
    if measure.level is Level.ATTRIBUTE and measure.tag is None:
        counted = say(_CONTEXT, "%n article(s)", "", measure.n)
    if measure.value is None:
        reason = say(_CONTEXT, str(measure.reason)) if measure.reason else ""
        return say(_CONTEXT, "undefined ({counted}): {reason}").format(reason=reason, counted=counted)
    parts = [number(measure.value)]
    if measure.low is not None and measure.high is not None:
        bounds = number(measure.low), number(measure.high)
        parts.append(say(_CONTEXT, "95 % interval {0} to {1}").format(*bounds))
    parts.append(counted)
    if measure.matched is not None:
        parts.append(say(_CONTEXT, "{0} of annotations matched").format(percent(measure.matched)))
    if measure.pairs > 1:
        parts.append(say(_CONTEXT, "mean of {0} pairs").format(measure.pairs))
    return ", ".join(parts)


def name_told(codebook: Codebook, measure: Measure) -> str:
    """Return what is measured: the measure, on what, of which tag and attribute or role."""
    about = [tag_word(codebook, measure), level_word(measure.level)]
    if measure.attribute:
        about.append(measure.attribute.replace("_", " "))
    return f"{measure_word(measure.measure)} ({', '.join(about)})"


def reading(name: str) -> str:
    """Return how to read a measure, in the report's words."""
    return QCoreApplication.translate(_CONTEXT, FORMULAS[name].reading)


def set_word(project: Project | None, one: AnnotationSet) -> str:
    """Return whose a set is: the person's name, the import's, or that it is the adjudicated one."""
    if one.kind is SetKind.ADJUDICATED:
        return QCoreApplication.translate(_CONTEXT, "Adjudicated")
    who = project.cache.annotators.get(one.annotator or "") if project is not None else None
    name = who.name if who is not None else one.name
    mine = project is not None and one.kind is SetKind.PERSON and one.annotator == project.annotator.uid
    return QCoreApplication.translate(_CONTEXT, "{name} (you)").format(name=name) if mine else name
