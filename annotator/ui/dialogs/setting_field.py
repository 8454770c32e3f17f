"""The widget for one setting, by the kind of its value."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from annotator.base.settings import Setting, Settings
from annotator.ui.dialogs.theme_choice import ThemeChoice
from annotator.ui.widgets.project_undo import with_project_undo

Changed = Callable[[str], object]
_BEST_FACE = QT_TRANSLATE_NOOP("settings", "The best book face")


def said(text: str) -> str:
    """Return a text of the table of settings in the person's language."""
    return QCoreApplication.translate("settings", text)


def setting_field(setting: Setting, settings: Settings, changed: Changed) -> QWidget:
    """Return a widget that shows a setting and sets it at once; ``changed`` is then called with its name."""

    def put(value: object) -> None:
        if value != settings[setting.name]:
            settings[setting.name] = value
            changed(setting.name)

    field = _field(setting, settings[setting.name], put)
    field.setObjectName(f"setting.{setting.name}")
    field.setAccessibleName(said(setting.label))
    field.setAccessibleDescription(said(setting.hint) if setting.hint else "")
    return field


def _field(setting: Setting, value: object, put: Callable[[object], None]) -> QWidget:
    if isinstance(value, bool):
        return _check_box(setting, value, put)
    if isinstance(value, int):
        return _spin_box(setting, value, put)
    if setting.name == "theme":
        cards = ThemeChoice([(name, said(label)) for name, label in setting.choices], str(value))
        cards.chosen.connect(put)
        return cards
    if setting.name == "article_family":
        faces = [("", said(str(_BEST_FACE))), *((name, name) for name in QFontDatabase.families())]
        return _combo_box(faces, str(value), put)
    if setting.choices:
        return _combo_box([(name, said(label)) for name, label in setting.choices], str(value), put)
    return _line_edit(str(value), put)


def _check_box(setting: Setting, value: bool, put: Callable[[object], None]) -> QWidget:
    box = QCheckBox(said(setting.label))
    box.setChecked(value)
    box.toggled.connect(put)
    return box


def _spin_box(setting: Setting, value: int, put: Callable[[object], None]) -> QWidget:
    box = with_project_undo(QSpinBox())
    box.setRange(setting.least, setting.most)
    box.setValue(value)
    box.setKeyboardTracking(False)
    box.setFixedWidth(112)
    box.valueChanged.connect(put)
    return box


def _combo_box(choices: list[tuple[str, str]], value: str, put: Callable[[object], None]) -> QWidget:
    box = QComboBox()
    for name, label in choices:
        box.addItem(label, name)
    if box.findData(value) < 0:
        box.addItem(value, value)
    box.setCurrentIndex(box.findData(value))
    box.setMaximumWidth(280)
    box.currentIndexChanged.connect(lambda _: put(box.currentData()))
    return box


def _line_edit(value: str, put: Callable[[object], None]) -> QWidget:
    line = QLineEdit(value)
    line.setMaximumWidth(280)

    def take() -> None:
        typed = " ".join(line.text().split())
        if typed:
            put(typed)
        else:
            line.setText(value)

    line.editingFinished.connect(take)
    return line
