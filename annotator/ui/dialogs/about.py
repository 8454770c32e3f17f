"""What the program is, its version, and whose work is in it."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

import annotator
from annotator.exchange.gazetteer import ATTRIBUTION
from annotator.ui.theme.apply import current_theme
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.dialog import Dialog, rule, small


def versions() -> str:
    """Return the versions that a report of a fault needs, one a line."""
    return "\n".join(
        (
            f"Annotator {annotator.__version__}",
            f"Python {platform.python_version()}",
            f"Qt {qVersion()}, PySide6 {PySide6.__version__}",
            f"{QSysInfo.prettyProductName()} ({QSysInfo.currentCpuArchitecture()})",
        )
    )


class AboutDialog(Dialog):
    """Shows versions and licences; the versions can be copied."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, 460)
        self.set_title(self.tr("About Annotator"))
        self.setObjectName("aboutDialog")
        picture = QLabel()
        picture.setPixmap(icon("app", current_theme().accent).pixmap(56, 56))
        name = QLabel(self.tr("Annotator {0}").format(annotator.__version__))
        name.setProperty("title", True)
        what = QLabel(self.tr("Tag who says what, and where, in news articles. Everything stays on this computer."))
        what.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(name)
        words.addWidget(what)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.body.addLayout(head)
        self.body.addWidget(rule())
        for text in self._licences():
            self.body.addWidget(small(text))
        shown = small(versions())
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName(self.tr("Versions"))
        self.body.addWidget(rule())
        self.body.addWidget(shown)
        self.body.addStretch(1)
        self._copy = self.add_button(self.tr("Copy versions"), left=True)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        close = self.add_button(self.tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        close.setFocus()

    def _licences(self) -> tuple[str, ...]:
        return (
            self.tr("Annotator is free software under the MIT licence: use, change and share it as you like."),
            self.tr("The window is made with Qt and PySide6, under the GNU Lesser General Public License, version 3."),
            ATTRIBUTION,
        )
