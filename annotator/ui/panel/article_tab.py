"""The Article tab: what is known of the open article, how far one is with it, and a memo."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.article import Article, ArticleWork, Status
from annotator.model.changes import ChangeSet, Kind
from annotator.model.values import Value
from annotator.operations import articles
from annotator.ui.panel.attribute_editors import AttributeForm
from annotator.ui.panel.choice_chips import ChoiceChips
from annotator.ui.panel.extra_fields import ExtraFields
from annotator.ui.panel.fields import LineField, NoteField
from annotator.ui.state import UiState
from annotator.ui.theme.icons import icon
from annotator.ui.widgets.empty_state import EmptyState

_STATUSES = (Status.TODO, Status.IN_PROGRESS, Status.DONE)


class ArticleTab(QStackedWidget):
    """Metadata, further fields, status, article-level attributes, memo. Call ``flush`` before a project is closed."""

    def __init__(self, state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._shown = ""
        self.fields = {name: LineField() for name in ("title", "source", "byline", "published", "url", "language")}
        self.extra, self.attributes, self.memo = ExtraFields(), AttributeForm(), NoteField(lines=4)
        labels = (self.tr("to do"), self.tr("in progress"), self.tr("done"))
        self.status = ChoiceChips(_STATUSES, labels=labels)
        self._figures = QLabel()
        self.addWidget(
            EmptyState("article", self.tr("No article open"), self.tr("Choose one in the list at the left."))
        )
        self.addWidget(self._laid_out())
        self._connect()
        self.refresh()

    def flush(self) -> None:
        """Commit what was typed and not stored yet."""
        self.memo.flush()
        self.attributes.flush()
        for field in self.fields.values():
            field.flush()
        self.extra.flush()

    def refresh(self, _change: ChangeSet | None = None) -> None:
        """Show the open article as it is now."""
        article = self._article
        uid = article.uid if article is not None else ""
        if uid != self._shown:
            self._switch(uid)
        self.setCurrentIndex(1 if article is not None else 0)
        if article is None:
            return
        work = self._work(uid)
        for name, field in self.fields.items():
            field.show_text(getattr(article, name))
        self.extra.show_fields(article.extra)
        self.attributes.ask(self._state.codebook.attributes_of(None))
        self.attributes.show_values(dict(work.values) if work is not None else {})
        self.memo.follow(work.memo if work is not None else "")
        self.status.set_choices([work.status if work is not None else Status.TODO])
        self._figures.setText(
            self.tr("{words} words · {characters} characters").format(
                words=self.locale().toString(article.words), characters=self.locale().toString(article.characters)
            )
        )
        for part in (*self.fields.values(), self.extra, self.attributes, self.status, self.memo):
            part.setEnabled(self._state.writable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the reader by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._state.focus_reader.emit()
        else:
            super().keyPressEvent(event)

    @property
    def _article(self) -> Article | None:
        return self._state.content.article if self._state.content is not None else None

    def _record(self, uid: str) -> Article | None:
        if self._article is not None and self._article.uid == uid:
            return self._article
        return self._state.project.read.get(Article, uid) if self._state.project is not None and uid else None

    def _work(self, uid: str) -> ArticleWork | None:
        project = self._state.project
        return project.read.work(uid, project.annotator.uid) if project is not None else None

    def _switch(self, uid: str) -> None:
        """Show another article; what is typed and not stored yet still goes to the one before."""
        before = self._shown
        for name, field in self.fields.items():
            typed = field.take_typed()
            if typed is not None:
                # Later: this may come in the midst of a notification, when nothing may be edited.
                QTimer.singleShot(0, partial(self._describe, before, **{name: _meant(name, typed)}))
        for attribute, value in self.attributes.take_typed():
            QTimer.singleShot(0, partial(self._set_value_of, before, attribute, value))
        self._shown = uid
        work = self._work(uid) if uid else None
        self.memo.show_text(work.memo if work is not None else "", partial(self._set_memo_of, uid))

    def _take_in(self, change_set: ChangeSet | None) -> None:
        if change_set is None or change_set.of(Kind.ARTICLE_WORK, Kind.ARTICLE, Kind.ATTRIBUTE):
            self.refresh()

    # -- acting -------------------------------------------------------------------------------------------

    def _describe(self, uid: str, **what: object) -> None:
        project, before = self._state.project, self._record(uid)
        if project is None or before is None:
            return
        after = replace(before, **what)
        self._state.attempt(lambda: articles.describe(project, before, after))
        now = self._record(uid)
        if uid == self._shown and now is not None:
            for name in what.keys() & self.fields.keys():
                self.fields[name].put_back(getattr(now, name))

    def _set_value_of(self, uid: str, attribute: str, value: Value | None) -> None:
        project = self._state.project
        if project is None:
            return
        if not self._state.attempt(lambda: articles.set_article_value(project, uid, attribute, value)):
            self.refresh()

    def _set_memo_of(self, uid: str, memo: str, visit: str) -> None:
        project = self._state.project
        if project is not None and uid:
            self._state.attempt(lambda: articles.set_memo(project, uid, memo, merge_key=visit))

    def _set_status(self, chosen: tuple[str, ...]) -> None:
        project = self._state.project
        if project is not None and chosen:
            self._state.attempt(lambda: articles.set_status(project, self._shown, Status(chosen[0])))
        self.refresh()  # one status always holds: pressing it again does not turn it off

    # -- making -------------------------------------------------------------------------------------------

    def _laid_out(self) -> QWidget:
        labels = {
            "title": self.tr("Title"), "source": self.tr("Source"), "byline": self.tr("Byline"),
            "published": self.tr("Published"), "url": self.tr("Address"), "language": self.tr("Language"),
        }  # fmt: skip
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, text in labels.items():
            label = QLabel(text)
            label.setProperty("secondary", True)
            label.setMinimumHeight(28)
            self.fields[name].setAccessibleName(text)
            self.fields[name].setObjectName(f"article.{name}")
            form.addRow(label, self.fields[name])
        self.fields["published"].setPlaceholderText(self.tr("2025-03-13, 2025-03 or 2025"))
        self.status.set_told(self.tr("Status"), self.tr("How far you are with this article"))
        self._figures.setProperty("secondary", True)
        self.memo.setAccessibleName(self.tr("Memo"))
        self.memo.setObjectName("memoField")
        self.memo.setPlaceholderText(self.tr("Your memo on this article"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(self.status)
        column.addWidget(self.attributes)
        column.addLayout(_titled(self.tr("Memo"), self.memo))
        column.addLayout(form)
        column.addLayout(self._extra_part())
        column.addWidget(self._figures)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        return scroll

    def _extra_part(self) -> QVBoxLayout:
        label, plus = QLabel(self.tr("Further fields")), QToolButton()
        label.setProperty("secondary", True)
        plus.setIcon(icon("add"))
        plus.setIconSize(QSize(14, 14))
        plus.setFixedSize(24, 24)
        plus.setToolTip(self.tr("Add a field"))
        plus.setAccessibleName(plus.toolTip())
        plus.setObjectName("addField")
        plus.clicked.connect(self.extra.add)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(plus)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.extra)
        return column

    def _connect(self) -> None:
        state = self._state
        state.article_opened.connect(self.refresh)
        state.content_changed.connect(self._take_in)
        state.project_changed.connect(self._take_in)
        for name, field in self.fields.items():
            field.committed.connect(lambda text, name=name: self._describe(self._shown, **{name: _meant(name, text)}))
        self.extra.changed.connect(lambda fields: self._describe(self._shown, extra=fields))
        self.attributes.changed.connect(lambda uid, value: self._set_value_of(self._shown, uid, value))
        self.attributes.clicked.connect(state.focus_reader)
        self.status.chosen.connect(self._set_status)
        self.status.clicked.connect(state.focus_reader)


def _meant(name: str, text: str) -> str:
    """Return what a field's text is stored as: a date written out ("13 March 2025") as an ISO date."""
    from annotator.exchange.articles import guess_date  # not before it is needed: the window starts without readers

    text = text.strip()
    return (guess_date(text) or text) if name == "published" else text


def _titled(text: str, field: QWidget) -> QVBoxLayout:
    label = QLabel(text)
    label.setProperty("secondary", True)
    label.setBuddy(field)
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(label)
    column.addWidget(field)
    return column
