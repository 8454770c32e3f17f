"""Let go of a widget for good, without a crash on the way."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

_kept: dict[int, list[QObject]] = {}
"""The Python sides of widgets that Qt is about to delete, with everything in them."""


def dismiss(widget: QWidget) -> None:
    """Hide a widget and have Qt delete it with all that is in it."""
    keep_until_gone(widget)
    widget.hide()
    widget.deleteLater()


def keep_until_gone(widget: QWidget) -> None:
    """Hold the Python side of a widget, of its layouts and of all its parts until Qt has deleted them.

    While Qt deletes a widget, Shiboken (6.10 and 6.11) takes each part from its parent and then looks at the part's
    Python side once more. Where nobody but the parent held that, it is freed memory by then and the program crashes
    (Shiboken::Object::destroy, BindingManager::releaseWrapper): once in some hundred rebuilt forms, as measured.
    """
    key = id(widget)
    if key not in _kept:
        _kept[key] = [widget, *widget.findChildren(QObject)]
        widget.destroyed.connect(partial(_let_go_later, key))


def _let_go_later(key: int) -> None:
    # Not now: Qt is still in the middle of it.
    QTimer.singleShot(0, partial(_kept.pop, key, None))


def delete_on_close(widget: QWidget) -> None:
    """Have Qt delete a dialog or menu once it is closed."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if isinstance(widget, QDialog):
        widget.finished.connect(lambda _result: keep_until_gone(widget))
    else:
        keep_until_gone(widget)
