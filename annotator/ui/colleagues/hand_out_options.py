"""What is to be handed out: to whom, which articles, blind or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton, QVBoxLayout, QWidget

from annotator.project.project import Project
from annotator.ui.colleagues.hand_out_wording import Wish, given_count, number
from annotator.ui.widgets.check_list import CheckList
from annotator.ui.widgets.dialog import grouped, heading, small


class HandOutOptions(QWidget):
    """``changed`` tells that another ``wish`` is made, ``entities_requested`` that entities are to be marked."""

    changed = Signal()
    entities_requested = Signal()

    def __init__(self, project: Project, listed: Sequence[str], opened: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._listed, self._opened = project, listed, opened
        self._all = project.read.count_articles()
        self.name = QComboBox()
        self.every = QRadioButton(self.tr("All articles ({0})").format(number(self._all)))
        self.filtered = QRadioButton(self.tr("Those in the list now ({0})").format(number(len(listed))))
        self.chosen = QRadioButton(self.tr("Chosen ones"))
        self.titles = CheckList(self.tr("Articles to hand out"), self.tr("Find a title"))
        self.blind = QRadioButton(self.tr("Blind: nobody else’s work"))
        self.with_tags = QRadioButton(self.tr("With all the tags so far"))
        self._why = small()
        self._given = small()
        self.mark = QPushButton(self.tr("Mark what is given…"))
        self._set_up()
        self._lay_out()
        self._listen()
        self.refresh()

    def _set_up(self) -> None:
        self.name.setEditable(True)
        self.name.setObjectName("handOutName")
        self.name.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name.setMinimumContentsLength(12)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(self.tr("For whom"))
        for one in self._project.cache.annotators.values():
            if one.uid != self._project.annotator.uid:
                self.name.addItem(one.name, one.uid)
        self.name.setCurrentIndex(-1)
        line = self.name.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("Choose or type a name"))
            line.setAccessibleName(self.name.accessibleName())
        self.every.setObjectName("handOutAll")
        self.filtered.setObjectName("handOutListed")
        self.chosen.setObjectName("handOutChosen")
        self.blind.setObjectName("handOutBlind")
        self.with_tags.setObjectName("handOutTagged")
        self.filtered.setVisible(0 < len(self._listed) < self._all)
        self.every.setChecked(True)
        self.blind.setChecked(True)
        self.titles.hide()
        self.mark.setAutoDefault(False)
        self.mark.setToolTip(self.tr("Open the list of people, bodies and places to mark what goes with blind files"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for title, widgets in (
            (self.tr("For whom"), (self.name,)),
            (self.tr("Articles"), (grouped(self.every, self.filtered, self.chosen), self.titles)),
            (self.tr("What goes with them"), (grouped(self.blind, self.with_tags), self._why, self._given)),
        ):
            column.addWidget(heading(title))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(10)
        column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)

    def _listen(self) -> None:
        self.name.currentTextChanged.connect(self._tell)
        for button in (self.every, self.filtered, self.chosen, self.blind):
            button.toggled.connect(self._tell)
        self.titles.changed.connect(self._tell)
        self.mark.clicked.connect(self.entities_requested)

    def refresh(self) -> None:
        """Say anew what depends on the project."""
        blind, entities = self.blind.isChecked(), self._project.read.count_entities()
        self._why.setText(
            self.tr("For a second opinion: your colleague tags without seeing what others have done.")
            if blind
            else self.tr("To go on with, or to review: your colleague sees and keeps what others have done.")
        )
        given = given_count(self._project)
        text = self.tr("People, bodies and places: {0} of {1} are marked as given and go along.")
        self._given.setText(text.format(number(given), number(entities)))
        self._given.setVisible(blind and entities > 0)
        self.mark.setVisible(blind and entities > 0)
        self.titles.setVisible(self.chosen.isChecked())

    def _tell(self, *_: object) -> None:
        if self.chosen.isChecked() and not self.titles.names.filled:
            self._fill_titles()
        self.refresh()
        self.changed.emit()

    def _fill_titles(self) -> None:
        choices = self._project.read.article_titles()
        self.titles.set_choices(choices, {uid for uid, _ in choices if uid == self._opened})

    @property
    def _uid(self) -> str:
        """The uid of the annotator that is meant, empty for somebody new."""
        name, at = self._typed, self.name.currentIndex()
        if at >= 0 and self.name.itemText(at) == name:
            return str(self.name.itemData(at))
        known = self._project.cache.annotators.values()
        return next((one.uid for one in known if one.name == name), "")

    @property
    def _typed(self) -> str:
        return " ".join(self.name.currentText().split())

    def wish(self) -> Wish:
        """Return what is asked for now."""
        articles: tuple[str, ...] | None = None
        if self.filtered.isChecked():
            articles = tuple(self._listed)
        elif self.chosen.isChecked():
            articles = tuple(sorted(self.titles.ticked))
        count = self._all if articles is None else len(articles)
        return Wish(self._typed, self._uid, articles, count, self.blind.isChecked())
