"""Dress a widget anew after one of the properties that the style sheet goes by has changed."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def polish_anew(widget: QWidget) -> None:
    """Have the style sheet look at the widget's properties again.

    The application's style, never ``widget.style()``: that call makes the one style that all widgets share a child of
    the widget that was asked. When the widget goes, the style's wrapper goes with it, and the next widget that is
    deleted crashes the program (PySide 6.11, Shiboken::BindingManager::releaseWrapper).
    """
    style = QApplication.style()
    style.unpolish(widget)
    style.polish(widget)
