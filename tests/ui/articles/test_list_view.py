from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.user import settle

from annotator.model.article import Status
from annotator.model.content import ArticleFilter
from annotator.operations import articles as verbs
from annotator.project.project import Project
from annotator.ui.articles.list_view import ArticleList
from annotator.ui.articles.model import UID_ROLE
from annotator.ui.articles.side import ArticleSide
from annotator.ui.state import UiState
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, view: ArticleList, uid: str) -> None:
    rect = view.visualRect(view.articles.index_of(uid))
    qtbot.mouseClick(view.viewport(), LEFT, pos=rect.center())


def click_heading(qtbot: QtBot, view: ArticleList, status: Status) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.articles.heading(status)).center())


def selected(view: ArticleList) -> list[str]:
    return [index.data(UID_ROLE) for index in view.selectionModel().selectedRows()]


def test_a_click_opens(side: ArticleSide, state: UiState, add_many, qtbot: QtBot):
    articles = add_many(3)
    with qtbot.waitSignal(side.opened) as told:
        click(qtbot, side.article_list, articles[1].uid)
    assert told.args == [articles[1].uid]
    assert state.content is not None
    assert state.content.article.title == "Article 1"
    assert side.article_list.current == articles[1].uid


def test_arrow_keys_move_and_enter_opens(side: ArticleSide, state: UiState, add_many, qtbot: QtBot):
    articles = add_many(3)
    view = side.article_list
    state.open_article(articles[0].uid)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current == articles[0].uid
    assert selected(view) == [articles[1].uid]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.current == articles[1].uid
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert selected(view) == [articles[1].uid]


def test_headings_fold_by_click_and_by_keys(side: ArticleSide, add_many, qtbot: QtBot):
    add_many(3)
    view = side.article_list
    click_heading(qtbot, view, Status.TODO)
    assert view.articles.folded(Status.TODO)
    assert view.articles.rowCount() == 3
    view.setFocus()
    for key, folded in (
        (Qt.Key.Key_Return, False), (Qt.Key.Key_Space, True), (Qt.Key.Key_Right, False), (Qt.Key.Key_Right, False),
        (Qt.Key.Key_Left, True),
    ):  # fmt: skip
        qtbot.keyClick(view, key)
        assert view.articles.folded(Status.TODO) is folded
        assert view.currentIndex() == view.articles.heading(Status.TODO)


def test_left_on_an_article_goes_up_to_its_heading(side: ArticleSide, state: UiState, add_many, qtbot: QtBot):
    articles = add_many(3)
    view = side.article_list
    state.open_article(articles[2].uid)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex() == view.articles.index_of(articles[2].uid)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex() == view.articles.heading(Status.TODO)


def test_headings_are_lower_than_articles_whatever_moves(side: ArticleSide, project: Project, add_many):
    articles = add_many(4)
    view = side.article_list

    def check() -> None:
        headings = set(view.articles.heading_rows())
        heights = {view.rowHeight(row) for row in range(view.articles.rowCount()) if row not in headings}
        assert heights <= {view.delegate.row_height(view.font())}
        assert {view.rowHeight(row) for row in headings} <= {view.delegate.heading_height(view.font())}

    check()
    verbs.set_status(project, articles[3].uid, Status.DONE)
    check()
    verbs.set_status(project, articles[0].uid, Status.DONE)
    view.articles.fold(Status.TODO, True)
    check()
    verbs.set_status(project, articles[1].uid, Status.IN_PROGRESS)
    view.articles.fold(Status.TODO, False)
    check()
    verbs.remove(project, [articles[1]])
    check()
    project.undo()
    check()
    verbs.remove(project, articles)
    assert view.articles.rowCount() == 0
    project.undo()
    check()
    assert len(view.articles.heading_rows()) == 3


def test_the_open_article_stays_selected_and_the_rows_in_sight_stay(
    side: ArticleSide, state: UiState, project: Project, add_many, qtbot: QtBot
):
    articles = add_many(80)
    view = side.article_list
    state.open_article(articles[40].uid)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 37)
    witness = view.articles.index_of(articles[43].uid)
    before = view.visualRect(witness).top()
    verbs.set_status(project, articles[40].uid, Status.DONE)
    assert selected(view) == [articles[40].uid]
    verbs.set_status(project, articles[2].uid, Status.DONE)
    assert view.visualRect(view.articles.index_of(articles[43].uid)).top() in (before, before - view.rowHeight(1))
    assert selected(view) == [articles[40].uid]
    add_many(0)
    verbs.remove(project, [articles[5]])
    assert view.visualRect(view.articles.index_of(articles[43].uid)).top() in (before, before - view.rowHeight(1))
    assert selected(view) == [articles[40].uid]


def test_a_row_that_was_walked_to_stays_selected_while_others_change(
    side: ArticleSide, state: UiState, project: Project, add_many, qtbot: QtBot
):
    articles = add_many(4)
    view = side.article_list
    state.open_article(articles[0].uid)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    verbs.remove(project, [articles[3]])
    assert selected(view) == [articles[1].uid]
    verbs.remove(project, [articles[1]])
    assert selected(view) == [articles[0].uid]


def test_opening_unfolds_the_group_and_scrolls_there(side: ArticleSide, state: UiState, add_many):
    articles = add_many(80)
    view = side.article_list
    view.articles.fold(Status.TODO, True)
    state.open_article(articles[70].uid)
    assert not view.articles.folded(Status.TODO)
    assert view.viewport().rect().contains(view.visualRect(view.articles.index_of(articles[70].uid)))
    state.close_article()
    assert view.current == ""


def test_the_menu_is_wanted_by_mouse_and_by_key(side: ArticleSide, state: UiState, add_many, qtbot: QtBot):
    articles = add_many(2)
    view = side.article_list
    view.menu_wanted.disconnect()
    told: list[str] = []
    view.menu_wanted.connect(lambda uid, _where: told.append(uid))
    where = view.visualRect(view.articles.index_of(articles[1].uid)).center()
    for reason, place in (
        (QContextMenuEvent.Reason.Mouse, where),
        (QContextMenuEvent.Reason.Mouse, QPoint(5, 5)),
        (QContextMenuEvent.Reason.Mouse, QPoint(5, 590)),
    ):
        QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place)))
    state.open_article(articles[0].uid)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert told == [articles[1].uid, articles[0].uid]


def test_the_open_article_bears_a_bar_in_the_accent_colour_on_the_reading_side(
    qapp: QApplication, side: ArticleSide, state: UiState, add_many
):
    articles = add_many(2)
    view = side.article_list
    state.open_article(articles[1].uid)
    for name in ("dark", "light"):
        apply_theme(qapp, load_theme(name))
        accent = QColor(load_theme(name).accent)
        rect = view.visualRect(view.articles.index_of(articles[1].uid))
        other = view.visualRect(view.articles.index_of(articles[0].uid))
        drawn = view.viewport().grab().toImage()
        assert drawn.pixelColor(1, rect.center().y()) == accent
        assert drawn.pixelColor(1, other.center().y()) != accent
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    drawn = view.viewport().grab().toImage()
    assert drawn.pixelColor(drawn.width() - 2, rect.center().y()) == accent
    view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_larger_font_makes_higher_rows(side: ArticleSide, add_many):
    add_many(1)
    view = side.article_list
    before = view.rowHeight(1)
    font = view.font()
    font.setPixelSize(24)
    view.setFont(font)
    assert view.rowHeight(1) > before


def test_rows_have_their_height_when_articles_come_in_above_a_heading(
    side: ArticleSide, project: Project, add_many, add_article
):
    articles = add_many(5)
    for article in articles[:2]:
        verbs.set_status(project, article.uid, Status.IN_PROGRESS)
    add_article("One more.", "One more")
    view = side.article_list
    headings = set(view.articles.heading_rows())
    heights = {row: view.rowHeight(row) for row in range(view.articles.rowCount())}
    assert {height for row, height in heights.items() if row not in headings} == {
        view.delegate.row_height(view.font())
    }  # fmt: skip
    assert {heights[row] for row in headings} == {view.delegate.heading_height(view.font())}


class Paints(QObject):
    """Counts how often a list is painted."""

    def __init__(self, view: ArticleList) -> None:
        super().__init__(view)
        self.count = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def assert_rows_have_their_heights(view: ArticleList) -> None:
    """See that headings are as high as headings, articles as articles, and that the scroll bar knows of all."""
    headings = set(view.articles.heading_rows())
    heights = [view.rowHeight(row) for row in range(view.articles.rowCount())]
    delegate, font = view.delegate, view.font()
    assert heights == [
        delegate.heading_height(font) if row in headings else delegate.row_height(font) for row in range(len(heights))
    ]
    assert view.verticalScrollBar().maximum() == max(0, sum(heights) - view.viewport().height())


def test_the_list_is_painted_once_for_a_search(
    side: ArticleSide, state: UiState, project: Project, add_many, qtbot: QtBot
):
    articles = add_many(40)
    view, model = side.article_list, side.article_list.articles
    for one in articles[10:17]:
        verbs.set_status(project, one.uid, Status.DONE)
    assert model.heading_rows() == [0, 34, 35]
    settle()
    paints = Paints(view)

    def painted(change: Callable[[], object]) -> int:
        paints.count = 0
        change()
        settle()
        assert_rows_have_their_heights(view)
        return paints.count

    painted(
        lambda: side.set_filter(ArticleFilter(words="Article 1"))
    )  # there are words to be cleared now, and room for that
    before = model.heading_rows()
    assert painted(lambda: side.set_filter(ArticleFilter(words="Article 2"))) == 1
    assert model.heading_rows() != before
    painted(side.clear_filter)
    for folded in (True, False):
        painted(lambda folded=folded: model.fold(Status.TODO, folded))
    painted(lambda: verbs.set_status(project, articles[20].uid, Status.IN_PROGRESS))
    painted(project.undo)
