"""The panel of review mode by mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from support.two_annotators import A, B, bens, of, shown

from annotator.analysis.comparison import DifferenceKind
from annotator.model.review import Decision, Verdict
from annotator.operations import reviewing
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.theme import load_theme

LEFT = Qt.MouseButton.LeftButton


def picture(widget: QWidget) -> QImage:
    for _ in range(3):
        QApplication.processEvents()
    return widget.grab().toImage()


def test_the_counts_and_the_chips(table, panel) -> None:
    assert panel.filter.counts.text() == "11 agreed · 8 different, 0 of them decided"
    chip = panel.filter.chips[DifferenceKind.LINK]
    assert (chip.text(), chip.accessibleName()) == ("2", "Link: 2")
    chip.click()
    assert table.kinds == ["link", "link"]
    chip.click()
    assert len(table.kinds) == 8
    quote = of(table.project, "Q1").tag_type
    menu = panel.filter.menu()
    next(entry for entry in menu.actions() if entry.text() == "Quote").trigger()
    assert table.session.tag_types == {quote}
    menu.actions()[-1].trigger()
    assert table.session.tag_types == frozenset()


def test_the_list_moves_the_review_and_follows_it(table, panel) -> None:
    assert panel.list.currentIndex().row() == 0
    table.actions.run("review.next")
    assert panel.list.currentIndex().row() == 1
    row = panel.list.differences.index(6)
    panel.list.scrollTo(row)
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.visualRect(row).center())
    assert table.at == 6
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_J)
    assert table.at == 7
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert table.at == 6
    QTest.keyClick(panel.list, Qt.Key.Key_1)
    assert table.session.decided == 1


def test_both_versions_are_shown_with_what_differs(table, panel) -> None:
    first, second = panel.versions.cards
    assert ">the </span>talks" in first.body.text()
    assert "Anna" in first.head.text()
    assert "Ben" in second.head.text()
    QTest.mouseClick(first, LEFT, pos=QPoint(10, 10))
    assert table.session.subject == of(table.project, "Q1")
    table.actions.run("review.next")
    assert "nothing tagged here" in second.body.text()
    table.actions.run("review.next")
    assert "≠" in first.body.text()
    assert "Polarity: withheld" in first.body.text()
    table.actions.run("review.next")
    assert "Cue → –" in second.body.text()


def test_a_rejection_takes_a_reason_from_the_list_or_any_words(table, panel) -> None:
    table.actions.run("review.reject")
    field = panel.ask.field
    assert field.hasFocus()
    assert field.is_open()
    QTest.keyClicks(field, "dup")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.ask.isHidden()
    table.actions.run("review.reject")
    QTest.keyClicks(field, "my own words")
    QTest.keyClick(field, Qt.Key.Key_Return)
    reasons = [v.reason for v in sorted(table.project.read.all(Verdict), key=lambda v: v.uid)]
    assert reasons == ["duplicate", "my own words"]


def test_escape_leaves_the_field_and_nothing_is_said_by_an_empty_one(table, panel, qtbot) -> None:
    table.actions.run("review.comment")
    QTest.keyClick(panel.ask.field, Qt.Key.Key_Return)
    assert not panel.ask.isHidden()
    with qtbot.waitSignal(table.state.focus_reader):
        QTest.keyClick(panel.ask.field, Qt.Key.Key_Escape)
    assert panel.ask.isHidden()
    assert list(table.project.read.all(Verdict)) == []


def test_a_reason_asked_for_one_difference_is_not_given_to_the_next(table, panel) -> None:
    table.actions.run("review.reject")
    table.session.step(1)
    assert panel.ask.isHidden()


def test_comments_are_shown_and_answered(table, panel) -> None:
    reviewing.comment(table.project, shown(table.project), of(table.project, "bQ1"), "Sure?")
    assert [one.said for one in panel.remarks.shown] == ["Sure?"]
    answer = next(b for b in panel.remarks.findChildren(QToolButton) if b.text() == "Answer")
    answer.click()
    QTest.keyClicks(panel.ask.field, "Yes")
    QTest.keyClick(panel.ask.field, Qt.Key.Key_Return)
    assert [(one.said, one.depth, one.decision) for one in panel.remarks.shown] == [
        ("Sure?", 0, Decision.COMMENT), ("Yes", 1, Decision.REPLY),
    ]  # fmt: skip


def test_the_buttons_follow_their_actions(table, panel) -> None:
    assert panel.buttons["review.accept"].text() == "Accept  A"
    assert panel.buttons["review.acceptAgreed"].text() == "Accept all agreed  ⇧A"
    panel.buttons["review.second"].click()
    assert table.session.decided == 1
    panel.buttons["review.reviewed"].click()
    assert panel.reviewed.text() == "Reviewed by Carol"
    assert panel.buttons["review.reviewed"].isHidden()
    panel.buttons["review.reopen"].click()
    assert panel.reviewed.isHidden()


def test_the_sets_are_chosen(table, panel) -> None:
    chooser = panel.chooser
    assert chooser.names() == {"A": "Anna", "B": "Ben"}
    assert chooser.first.itemText(0) == "Carol (you)"
    assert chooser.second.itemText(0) == "nobody"
    chooser.second.setCurrentIndex(0)
    chooser.second.activated.emit(0)
    assert (table.session.first, table.session.second) == (A, "")
    assert panel.buttons["review.first"].isHidden()
    assert panel.filter.counts.text() == "0 of 17 decided"
    assert not panel.versions.cards[1].isVisible()
    chooser.first.setCurrentIndex(chooser.first.findData(B))
    chooser.first.activated.emit(0)
    assert table.session.subject.uid == bens("S1")


def test_an_empty_list_says_why(table, panel) -> None:
    for narrowing in (frozenset({"none"}), frozenset()):
        table.session.narrow(frozenset(), narrowing)
        picture(panel.list)
    table.session.narrow(frozenset(), frozenset({"none"}))
    assert "filter" in panel.list._emptiness()
    table.session.choose(table.session.sets()[0].uid, "")
    assert "Nothing is tagged" in panel.list._emptiness()
    table.session.found = type(table.session.found)((), 3)
    table.session.second = B
    assert "agree on everything" in panel.list._emptiness()


def test_it_is_painted_in_other_colours_when_the_theme_changes(qapp, table, panel) -> None:
    table.deciding.take_second()
    light = picture(panel)
    apply_theme(qapp, load_theme("dark"))
    dark = picture(panel)
    assert dark.pixelColor(4, 4).lightness() < light.pixelColor(4, 4).lightness()
    assert load_theme("dark").reader in panel.versions.cards[0].styleSheet()


def test_two_tags_that_alone_are_shown_are_named_and_taken_away_by_a_click(table, panel) -> None:
    assert not panel.filter.cell.isVisible()
    location = table.project.cache.codebook.tag_named("location").uid
    table.session.narrow_to((None, location))
    assert panel.filter.cell.isVisible()
    assert panel.filter.cell.text() == "nothing / Location"
    assert panel.filter.cell.accessibleName() == "Only nothing / Location: show all again"
    panel.filter.cell.click()
    assert len(table.kinds) == 8
    assert not panel.filter.cell.isVisible()
