"""The window: its parts built, joined to the state, and shown for a project or without one."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotator.base.settings import Settings
from annotator.base.synced_folder import synced_folder
from annotator.model.article import Status
from annotator.model.span import Span
from annotator.operations import articles
from annotator.project.project import Project
from annotator.ui.actions.gestures import Gestures
from annotator.ui.actions.registry import Actions
from annotator.ui.actions.table import Mode
from annotator.ui.agreeing import Agreeing
from annotator.ui.articles.side import ArticleSide
from annotator.ui.desk import Desk
from annotator.ui.dialogs.name_bar import NameBar
from annotator.ui.files import Files, Hooks
from annotator.ui.looks import Looks
from annotator.ui.menus import fill_menu_bar, keep_filled
from annotator.ui.panel.panel import Panel
from annotator.ui.parts import Parts
from annotator.ui.plurals import speak_english
from annotator.ui.reverting import Reverting
from annotator.ui.reviewing import Reviewing
from annotator.ui.safety import Safety
from annotator.ui.state import UiState
from annotator.ui.status import StatusBar
from annotator.ui.who import Who
from annotator.ui.with_colleagues import ColleagueHooks, WithColleagues

if TYPE_CHECKING:
    from annotator.ui.dialogs.welcome import WelcomePage

_OUTSIDE_CHANGES_MS = 2000


class MainWindow(QMainWindow):
    """The one window of a project. ``name`` is what the annotator is called until they say so themselves.

    ``closed`` tells that it was closed and its file with it.
    """

    closed = Signal()

    def __init__(self, settings: Settings, name: str) -> None:
        super().__init__()
        speak_english(cast("QApplication", QApplication.instance()))
        self.settings = settings
        self.looks = Looks(self, settings)
        self.looks.apply()
        self._login = name
        self.who = Who(settings, name)
        self.state = UiState(self)
        self.actions_ = Actions(self, self.state, settings["keys"])
        self.gestures = Gestures(self.state, self.actions_, lambda: bool(settings["propose_speakers"]))
        self._build()
        self.looks.dress(self.actions_, self.desk.reader)
        self.files = Files(self, self.state, self.actions_, settings, self._hooks())
        self.colleagues = WithColleagues(self, self.state, self.actions_, self.who, self._colleague_hooks())
        self.safety = Safety(self, self.state, settings)
        self.reverting = Reverting(self, self.state, self.actions_, self.panel.flush)
        self._connect()
        self.setAcceptDrops(True)
        self._restore_places()
        self._outside = QTimer(self, interval=_OUTSIDE_CHANGES_MS)
        self._outside.timeout.connect(self._look_outside)
        self.state.set_project(None)
        self._name_window()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        # From the outside in: whatever is made within its place need not be moved there, with all that is in it.
        self.pages = QStackedWidget(self)
        self.setCentralWidget(self.pages)
        self.splitter = Parts(self.pages)
        self.pages.addWidget(self.splitter)
        self.side = ArticleSide(self.state, self.actions_, self.splitter.reading)
        middle, self.panel = self._middle(self.splitter.reading), Panel(self.state, self.actions_, self.splitter)
        self.splitter.fill(self.side, middle, self.panel)
        self.review = Reviewing(self.state, self.actions_, self.desk.reader, self)
        self.review.stand_in_for(self.panel, self.splitter)
        self.agreeing = Agreeing(self.state, self.actions_, self.review, self.splitter.left)
        self.setStatusBar(StatusBar(self.state, self))

    @cached_property
    def welcome(self) -> WelcomePage:
        """The page without a project, made when it is first shown."""
        from annotator.ui.dialogs.welcome import WelcomePage

        page = WelcomePage(self.settings, self.actions_, self.pages)
        page.open_requested.connect(lambda path: self.files.open_path(Path(path)))
        self.pages.addWidget(page)
        return page

    def _middle(self, parent: QWidget) -> QWidget:
        """Return the open article beneath the bars that ask who works here."""
        middle = QWidget(parent)
        self.desk = Desk(self.state, self.actions_, self.gestures, middle)
        self.name_bar = NameBar(self._login, middle)
        self.name_bar.hide()
        self._bars = column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name_bar)
        column.addWidget(self.desk, 1)
        return middle

    def _hooks(self) -> Hooks:
        return Hooks(
            show_project=self.show_project,
            close_project=self.close_project,
            listed_articles=self.side.listed_articles,
            edit_article=self.edit_article,
            take_setting=self.take_setting,
            go_to=self.go_to,
        )

    def _colleague_hooks(self) -> ColleagueHooks:
        return ColleagueHooks(
            listed_articles=self.side.listed_articles,
            open_path=self.files.open_path,
            show_entities=self.files.show_entities,
            take_name=self.take_name,
            somebody_else_works=self._somebody_else_works,
            put_above=lambda bar: self._bars.insertWidget(0, bar),
        )

    def _connect(self) -> None:
        run = self.actions_.connect_to
        reader = self.desk.reader
        run(
            {
                "edit.find": lambda: self.desk.find_bar.open_with(self._words()),
                "edit.findNext": self.desk.find_next,
                "edit.findPrevious": self.desk.find_previous,
                "link.speaker": lambda: self._in_panel(self.panel.inspector.focus_speaker),
                "link.other": lambda: self._in_panel(self.panel.inspector.focus_link),
                "tag.entity": lambda: self._in_panel(self.panel.inspector.focus_entity),
                "tag.note": lambda: self._in_panel(self.panel.inspector.focus_note),
                "entity.rename": lambda: self._in_panel(self.panel.inspector.rename_entity),
                "article.next": self.side.next_article,
                "article.previous": self.side.previous_article,
                "article.done": self.finish_article,
                "view.palette": self.show_palette,
                "view.zoomIn": lambda: reader.step_zoom(1),
                "view.zoomOut": lambda: reader.step_zoom(-1),
                "view.zoomReset": lambda: reader.set_zoom(100),
                "view.articles": lambda: self._toggle(self.side),
                "view.panel": lambda: self._toggle(self.review.side),
                "view.nextPart": lambda: self._next_part(1),
                "view.previousPart": lambda: self._next_part(-1),
                "view.light": lambda: self._set_theme("light"),
                "view.dark": lambda: self._set_theme("dark"),
                "view.highContrast": lambda: self._set_theme("high_contrast"),
            }
        )
        self.side.words_changed.connect(self.desk.show_searched)
        # Who opens an article means to read it: the tag keys count at once.
        self.side.article_list.chosen.connect(lambda _: self.state.focus_reader.emit())
        keep_filled(self.menuBar(), self.actions_)
        self.actions_.watch(self.panel.annotation_list)
        self.state.project_opened.connect(self.actions_.rebuild)
        self.state.project_changed.connect(lambda _: self.actions_.rebuild())
        self.panel.tag_bar.hidden_changed.connect(reader.set_hidden_tag_types)
        self.name_bar.named.connect(self.take_name)

    # -- projects -----------------------------------------------------------------------------------------

    def show_project(self, project: Project) -> None:
        """Show a project in the place of the one that was open."""
        self._leave()
        self.who.begin(project)
        self.name_bar.set_name(self.who.proposal(project))
        self.settings.add_recent(project.path)
        self.state.set_project(project)
        self.pages.setCurrentWidget(self.splitter)
        asked = self.colleagues.ask_whom(project)
        self.name_bar.setVisible(not asked and not self.who.said and not project.read_only)
        self._name_window()
        self._outside.start()
        self.safety.after_opening()
        if service := synced_folder(project.path):
            text = self.tr("This project lies in a folder that {0} syncs: work on it on one computer at a time.")
            self.state.tell(text.format(service), "warning")
        if first := self.side.first_article():
            self.state.open_article(first)
            self.desk.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        if project.read_only:
            # The status bar says all the time beside it why.
            self.state.tell(self.tr("You can read and export, but not tag."), "warning")

    def close_project(self) -> None:
        """Close the project and show the welcome page."""
        self._leave()
        self.state.set_project(None)
        self.show_welcome()
        self._name_window()

    def show_welcome(self) -> None:
        """Show the welcome page as the settings are now."""
        self.welcome.refresh()
        self.pages.setCurrentWidget(self.welcome)

    def _leave(self) -> None:
        """Let every field hand over what is typed, then close the file."""
        project = self.state.project
        if project is None:
            return
        self.panel.flush()
        self._outside.stop()
        self.state.set_project(None)
        project.close()

    def _name_window(self) -> None:
        project = self.state.project
        if project is None:
            self.setWindowTitle(self.tr("Annotator"))
            return
        read_only = self.tr(" [read-only]") if project.read_only else ""
        self.setWindowTitle(f"{project.path.name}{read_only} — {project.annotator.name}")

    def take_name(self, name: str) -> bool:
        """Remember what the annotator is called, in this project and for the next; tell whether they can be."""
        project = self.state.project
        before = project.annotator if project is not None else None
        if not self.state.attempt(lambda: self.who.say(project, name)):
            return False
        self.name_bar.hide()
        self.state.focus_reader.emit()
        self._name_window()
        if project is not None and before is not None and project.annotator.uid != before.uid:
            self.state.show_anew()
        return True

    def _somebody_else_works(self) -> None:
        self._name_window()
        self.state.show_anew()
        self.state.focus_reader.emit()

    def take_setting(self, name: str) -> None:
        """Follow a setting that was changed."""
        if name == "keys":
            self.actions_.set_keys(self.settings["keys"])
            fill_menu_bar(self.menuBar(), self.actions_)
        elif name == "annotator_name":
            if not self.take_name(self.settings["annotator_name"]):
                self.settings["annotator_name"] = self.who.proposal(self.state.project)
        else:
            self.looks.apply()

    def _look_outside(self) -> None:
        project = self.state.project
        if project is not None:
            self.state.attempt(project.look_for_outside_changes)

    # -- verbs of the window ------------------------------------------------------------------------------

    def finish_article(self) -> None:
        """Mark the open article done and open the next one that is not."""
        project, content = self.state.project, self.state.content
        if project is None or content is None:
            return
        self.panel.flush()
        following = self.side.next_not_done()
        if not self.state.attempt(lambda: articles.set_status(project, content.article.uid, Status.DONE)):
            return
        if following:
            self.state.open_article(following)
            self.desk.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.state.tell(self.tr("That was the last one: every article here is done."))

    def edit_article(self) -> None:
        """Show the article's metadata in the panel; review mode ends for it."""
        self.actions_.set_mode(Mode.TAGGING)
        self.panel.setVisible(True)
        self.panel.show_article()

    def go_to(self, article: str, span: Span | None, annotation: str) -> None:
        """Open an article at a place and select an annotation there."""
        content = self.state.content
        if (content is None or content.article.uid != article) and not self.state.open_article(article):
            return
        if annotation:
            self.state.select(annotation)
        elif span is not None:
            self.desk.reader.set_selection(span)
            self.desk.reader.reveal(span)
        self.desk.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_palette(self) -> None:
        """Show the command palette over the window."""
        from annotator.ui.dialogs.palette import CommandPalette

        known = self.findChild(CommandPalette, "commandPalette")
        palette = known if known is not None else CommandPalette(self, self.state, self.actions_)
        palette.open_palette()

    def _words(self) -> str:
        content, selection = self.state.content, self.state.selection
        return selection.of(content.text) if content is not None and selection is not None else ""

    def _in_panel(self, focus: object) -> None:
        self.panel.setVisible(True)
        self.panel.show_annotations()
        focus()  # type: ignore[operator]

    def _toggle(self, part: QWidget) -> None:
        part.setVisible(not part.isVisible())

    def _next_part(self, by: int) -> None:
        """Move the focus to the next visible part: article list, reader, list of tags, agreement, inspector."""
        parts: list[QWidget] = [self.side.article_list, self.desk.reader, self.panel.annotation_list]
        inspector = [self.panel.inspector] if self.state.selected is not None else []
        parts += [*self.review.parts, *self.agreeing.parts, *inspector]
        visible = [part for part in parts if part.isVisible()]
        focus = QApplication.focusWidget()
        at = next((i for i, p in enumerate(visible) if focus is not None and (p is focus or p.isAncestorOf(focus))), -1)
        if visible:
            visible[(at + by) % len(visible)].setFocus(Qt.FocusReason.TabFocusReason)

    def _set_theme(self, name: str) -> None:
        self.settings["theme"] = name
        self.looks.apply()

    # -- the window itself --------------------------------------------------------------------------------

    def _restore_places(self) -> None:
        self.resize(1280, 800)
        places = self.settings["window"]
        if isinstance(places.get("geometry"), str):
            self.restoreGeometry(QByteArray.fromBase64(places["geometry"].encode()))
        if isinstance(places.get("parts"), str):
            self.splitter.restore(places["parts"])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hand over what is typed, note where the parts stand, and close the file; a long change is waited for."""
        if self.state.project is not None and self.state.project.lent:
            event.ignore()
            return
        self.actions_.set_mode(Mode.TAGGING)  # the places to note are those of the usual panel
        self.settings["window"] = {
            "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
            "parts": self.splitter.remembered(),
        }
        self._leave()
        super().closeEvent(event)
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and all(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project that is dropped, or bring it in; import whatever else it is."""
        chosen = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        event.acceptProposedAction()
        if len(chosen) == 1 and chosen[0].suffix == ".annot":
            self.colleagues.take_dropped(chosen[0])
        elif self.state.writable:
            self.files.import_paths(chosen)
        else:
            self.state.tell(self.tr("Open or create a project first, then drop articles on it."), "warning")
