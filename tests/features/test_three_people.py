"""Three people and one study: the lead hands out blind to two colleagues, brings both in, reviews, settles, reports.

Then a colleague gets the file back, reads what was said of their tags, answers and mends; the lead reads the answer.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QListWidget
from support.by_file import BOX, bring_in, by_palette, dialog, hand_out_to, the_project
from support.user import User, at_the_window, project_file, settle

from annotator.model.article import Article, Status
from annotator.model.review import Decision, Verdict
from annotator.operations import reviewing
from annotator.ui.colleagues.hand_out_dialog import HandOutDialog

TEXT = "Talks\n\nPeskov told reporters in Moscow: “The talks go on,” and left.\n\nBerlin said nothing.\n"
OTHER = "Harbour\n\nAna Marin spoke in Koper about the strike.\n"
AGREED = [("speaker", "Peskov"), ("location", "Moscow")]
QUESTION, ANSWER = "Is the cue missing?", "Yes, it is: added."


def open_article(user: User, title: str) -> None:
    user.window.go_to(next(one.uid for one in the_project(user).read.all(Article) if one.title == title), None, "")
    settle()


def at_home(path: Path, home: Path, name: str, tags: list[tuple[str, str]]) -> None:
    """Open the file one was sent, say who one is, tag, and mark the article done: all at one's own window."""
    with at_the_window(path, home) as user:
        assert user.window.colleagues.bar.question.text().startswith(f"Are you {name}?")
        user.click_on(user.window.colleagues.bar.yes)
        assert the_project(user).annotator.name == name
        open_article(user, "Talks")
        assert user.annotations == []
        for key, words in tags:
            user.drag(words)
            user.press(key)
        user.press("Ctrl+Enter")
        assert Status.DONE in the_project(user).read.statuses(the_project(user).annotator.uid).values()


def choose_set(user: User, box_name: str, name: str) -> None:
    """Choose one of the two sets in the list, by keys."""
    box = user.part(box_name)
    assert isinstance(box, QComboBox)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    wanted = box.findText(name)
    assert wanted >= 0, [box.itemText(at) for at in range(box.count())]
    while box.currentIndex() != wanted:
        user.press("Down" if box.currentIndex() < wanted else "Up", on=box)


def difference(user: User) -> tuple[str, list[str]]:
    item = user.window.review.session.current
    assert item is not None
    return str(item.difference.kind), [side.text for side in item.sides]


def settled(user: User) -> list[tuple[str, str]]:
    """Return tag and words of the adjudicated set, in text order."""
    project = the_project(user)
    sets = {one.uid for one in project.cache.sets.values() if str(one.kind) == "adjudicated"}
    found = sorted((a for a in user.annotations if a.annotation_set in sets), key=lambda a: a.start)
    return [(project.cache.codebook.tag(a.tag_type).name, a.text) for a in found]


def export(user: User, folder: Path, *, only: str = "") -> dict[str, list[dict[str, str]]]:
    """Export the tables by the dialog, of one set only where that is said, and read them."""
    user.press("Ctrl+E")
    shown = user.shown("exportDialog")
    assert isinstance(shown, QDialog)
    (sets,) = [w for w in shown.findChildren(QListWidget) if w.accessibleName() == "Annotations of"]
    for row in range(sets.count() if only else 0):
        if sets.item(row).text() != only:
            sets.scrollToItem(sets.item(row))
            place = sets.visualItemRect(sets.item(row))
            user.click_on(sets.viewport(), QPoint(place.left() + BOX.x() + 4, place.center().y()))
            assert sets.item(row).checkState() is Qt.CheckState.Unchecked
    buttons = {b.text().replace("&", ""): b for b in shown.findChildren(QAbstractButton)}
    user.click_on(buttons["Exact, for R and pandas"], QPoint(40, 10))
    (target,) = [line for line in shown.findChildren(QLineEdit) if line.accessibleName() == "Where to"]
    user.click_on(target)
    user.press("Ctrl+A")
    user.type(str(folder))
    user.click_on(buttons["Export"])
    user.wait(lambda: any(b.text() == "Open folder" and b.isVisible() for b in shown.findChildren(QAbstractButton)))
    user.press("Esc")
    return {
        file.stem: list(csv.DictReader(file.read_text("utf-8").splitlines(keepends=True)))
        for file in folder.glob("*.csv")
    }


def send_back(user: User, name: str, path: Path) -> None:
    """Hand out to somebody again, with the tags and what was said of them."""
    by_palette(user, "Hand out")
    shown = dialog(user, HandOutDialog)
    assert isinstance(shown, HandOutDialog)
    user.type(name)
    user.click_on("handOutTagged")
    user.fill("handOutTarget", str(path), end="Tab")
    user.click_on("handOutPrimary")
    user.wait(lambda: shown.primary.text() == "Close")
    user.press("Enter")


def review(user: User) -> None:
    """Go through what Ben and Carol say differently, and settle it."""
    open_article(user, "Talks")
    user.press("Ctrl+Shift+R")
    choose_set(user, "firstSet", "Ben")
    choose_set(user, "secondSet", "Carol")
    user.reader.setFocus(Qt.FocusReason.OtherFocusReason)
    assert user.window.panel.isHidden()
    assert difference(user) == ("tag", ["reporters", "reporters"])
    user.press("2")  # Carol's
    assert difference(user) == ("boundary", ["talks go on", "“The talks go on,”"])
    user.press("S", "M")  # of Ben's version
    user.type(QUESTION)
    user.press("Enter", "2")
    assert difference(user)[0] == "only_b"
    user.press("R")
    user.type("says nothing")
    user.press("Enter", "Shift+A", "Shift+Enter")
    assert settled(user) == [*AGREED[:1], ("speaker", "reporters"), *AGREED[1:], ("quote", "“The talks go on,”")]
    content = user.window.state.content
    assert content is not None
    assert reviewing.reviewers(the_project(user), content.article.uid) == [the_project(user).annotator.uid]
    user.press("Ctrl+Shift+R")


def answer(path: Path, home: Path) -> None:
    """Ben reads what was said of his quote, answers, and mends."""
    with at_the_window(path, home) as user:
        assert the_project(user).annotator.name == "Ben"
        open_article(user, "Talks")
        mine = next(
            a for a in user.annotations if a.text == "talks go on" and a.annotator == the_project(user).annotator.uid
        )
        user.window.state.select(mine.uid)
        settle()
        section = user.window.panel.inspector.review
        assert any(QUESTION in remark.said for remark in section.remarks.shown)
        user.click_on("answerField")
        user.type(ANSWER)
        user.press("Enter")
        user.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        user.drag("told")
        user.press("5")


def test_a_study_from_handing_out_to_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = project_file(tmp_path, TEXT, OTHER)
    with at_the_window(lead, tmp_path / "settings") as user:
        to_ben, to_carol = hand_out_to(user, "Ben"), hand_out_to(user, "Carol")
    at_home(
        to_ben, tmp_path / "ben", "Ben", [("1", "Peskov"), ("5", "reporters"), ("3", "Moscow"), ("2", "talks go on")]
    )
    at_home(
        to_carol, tmp_path / "carol", "Carol",
        [("1", "Peskov"), ("1", "reporters"), ("3", "Moscow"), ("2", "“The talks go on,”"), ("3", "Berlin")],
    )  # fmt: skip
    assert b"Carol" not in to_ben.read_bytes()
    assert b"Ben" not in to_carol.read_bytes()

    with at_the_window(lead, tmp_path / "settings") as user:
        for path in (to_ben, to_carol):
            bring_in(user, path, monkeypatch)
            user.press("Enter")
        done = {
            name: the_project(user).read.statuses(uid)
            for uid, name in ((a.uid, a.name) for a in the_project(user).read.annotators())
        }
        assert [sorted(done[name].values()) for name in ("Ben", "Carol")] == [[Status.DONE, Status.TODO]] * 2
        review(user)
        tables = export(user, tmp_path / "all")
        final = export(user, tmp_path / "final", only="Adjudicated version")
        back = tmp_path / "back to ben.annot"
        send_back(user, "Ben", back)

    judged = [(row["annotation_set"], row["decision"], row["reason"], row["comment"]) for row in tables["verdicts"]]
    assert sorted(judged) == sorted([
        ("Ben", "revised", "tag", ""),
        ("Carol", "accepted", "", ""),
        ("Ben", "comment", "", QUESTION),
        ("Ben", "revised", "boundary", ""),
        ("Carol", "accepted", "", ""),
        ("Carol", "rejected", "says nothing", ""),
        ("Ben", "accepted", "", ""),
        ("Carol", "accepted", "", ""),
        ("Ben", "accepted", "", ""),
        ("Carol", "accepted", "", ""),
    ])  # fmt: skip
    assert {row["reviewer"] for row in tables["verdicts"]} == {"Anna"}
    assert [(row["tag"], row["text"]) for row in final["annotations"]] == [
        ("speaker", "Peskov"), ("speaker", "reporters"), ("location", "Moscow"), ("quote", "“The talks go on,”"),
    ]  # fmt: skip
    assert {row["annotation_set"] for row in final["annotations"]} == {"adjudicated"}

    answer(back, tmp_path / "ben")
    with at_the_window(lead, tmp_path / "settings") as user:
        bring_in(user, back, monkeypatch)
        user.press("Enter")
        replies = [one for one in the_project(user).read.all(Verdict) if one.decision is Decision.REPLY]
        assert [one.comment for one in replies] == [ANSWER]
        open_article(user, "Talks")
        assert "told" in [a.text for a in user.annotations]
        verdicts = export(user, tmp_path / "again")["verdicts"]
        (said,) = [row for row in verdicts if row["comment"] == ANSWER]
        assert (said["reviewer"], said["decision"]) == ("Ben", "reply")
        (asked,) = [row for row in verdicts if row["replies"] == said["verdict_uid"]]
        assert (asked["reviewer"], asked["annotation_set"], asked["decision"]) == ("Anna", "Ben", "revised")
