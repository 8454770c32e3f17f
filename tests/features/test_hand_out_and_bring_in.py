"""Two people and two files: the lead hands out, a colleague tags in their own window, the lead brings the work in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from support import model, projects
from support.by_file import BOX, bring_in, by_palette, dialog, hand_out_to, the_project
from support.user import NAME, at_the_window, project_file, settle

from annotator.base.settings import Settings
from annotator.base.uuid7 import uuid7
from annotator.model.annotation import Annotation, Annotator
from annotator.model.article import Article
from annotator.model.entity import Entity, EntityKind
from annotator.model.hand_out import HandOut
from annotator.operations import articles, entities, tagging
from annotator.project.opening import open_project, work_as
from annotator.project.project import Project
from annotator.storage import migrate
from annotator.storage.session import Session
from annotator.ui.colleagues.bring_in_dialog import BringInDialog, Page
from annotator.ui.colleagues.hand_out_dialog import HandOutDialog

TEXTS = (
    "Talks\n\nPeskov told reporters in Moscow: “The talks go on,” and left.\n\nBerlin said nothing.\n",
    "Harbour\n\nAna Marin spoke in Koper.\n",
)
SECRET = "Xylographic-secret-note"


def message(shown: BringInDialog) -> str:
    assert shown.page is Page.MESSAGE
    return " / ".join(label.text() for label in shown.message.findChildren(QLabel) if label.text())


def tagged_by(path: Path, who: Annotator, tags: list[tuple[str, str]]) -> list[Annotation]:
    """Tag in a copy, without a window."""
    project = open_project(path)
    work_as(project, who)
    made = []
    for tag, words in tags:
        article = next(one for one in project.read.all(Article) if words in project.read.text(one.sha256))
        made.append(projects.tag(project, article, tag, words))
    project.close()
    return made


def change(path: Path, who: Annotator, how: Callable[[Project], object]) -> None:
    project = open_project(path)
    work_as(project, who)
    how(project)
    project.close()


def everything(project: Project) -> dict[str, object]:
    """Read all records, without the file's own history."""
    return dict(model.stored(project))


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """Anna's project: two articles, a tag with a note, somebody's name."""
    path = project_file(tmp_path, *TEXTS)
    project = open_project(path)
    work_as(project, Annotator(Settings(tmp_path / "settings").annotator_uid, NAME))
    article = next(one for one in project.read.all(Article) if one.title == "Talks")
    made = projects.tag(project, article, "speaker", "Peskov")
    tagging.set_note(project, made, SECRET)
    mine = project.read.get(Annotation, made.uid)
    assert mine is not None
    entities.create_for(project, mine, "Dmitry Qwertzuiop", EntityKind.NAMED_PERSON)
    articles.set_memo(project, article.uid, f"{SECRET}-memo")
    project.close()
    return path


def ben_of(project: Project) -> Annotator:
    return next(one for one in project.cache.annotators.values() if one.name == "Ben")


def test_from_handing_out_blind_to_bringing_in_and_back(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        assert path == lead.with_name("reading-group – Ben.annot")
        assert user.notice == f"2 articles handed out to Ben: {path.name}"
        assert the_project(user).undo_label == "Hand out to Ben"
        ben = ben_of(the_project(user))
        assert all(
            the_project(user).read.work(uid, ben.uid).assigned  # type: ignore[union-attr]
            for uid in the_project(user).read.all_article_uids()
        )
    for secret in (SECRET, "Qwertzuiop", NAME):
        assert secret.encode() not in path.read_bytes()

    home = Settings(tmp_path / "ben")
    home["annotator_name"] = "B. at home"
    with at_the_window(path, tmp_path / "ben") as user:
        bar = user.window.colleagues.bar
        assert bar.isVisible() and not user.window.name_bar.isVisible()
        assert bar.question.text() == "Are you Ben? This file was handed out to them."
        assert user.reader.hasFocus()
        user.window.go_to(next(a.uid for a in the_project(user).read.all(Article) if a.title == "Talks"), None, "")
        user.click("Moscow")
        user.press("3")  # before the question is answered
        user.click_on(bar.yes)
        assert not bar.isVisible()
        assert user.window.windowTitle().endswith("— Ben")
        assert the_project(user).annotator == ben
        assert user.reader.hasFocus()
        user.click("“The talks")
        user.press("2")
        assert [(a.text, a.annotator) for a in user.annotations] == [
            ("Moscow", ben.uid), ("“The talks go on,”", ben.uid),
        ]  # fmt: skip
        assert [one.name for one in the_project(user).read.annotators()] == ["Ben"]
        user.press("Ctrl+Enter")
    with at_the_window(path, tmp_path / "ben") as user:
        assert not user.window.colleagues.bar.isVisible()
        assert the_project(user).annotator == ben

    with at_the_window(lead, tmp_path / "settings") as user:
        before = everything(the_project(user))
        shown = bring_in(user, path, monkeypatch)
        assert shown.articles.articles.rowCount() == 1
        assert not user.all_shown("bringInConflicts")
        assert everything(the_project(user)) == before
        user.press("Enter")
        assert not user.all_shown("bringInDialog")
        assert user.notice == "Brought in Ben’s work: 2 new, 1 changed. Undo takes it back."
        assert the_project(user).undo_label == "Bring in Ben’s work"
        user.window.go_to(next(a.uid for a in the_project(user).read.all(Article) if a.title == "Talks"), None, "")
        assert {a.text for a in user.annotations} == {"Peskov", "Moscow", "“The talks go on,”"}
        after = everything(the_project(user))

        shown = bring_in(user, path, monkeypatch)
        assert message(shown).startswith("Nothing new / ")
        user.press("Esc")
        assert everything(the_project(user)) == after

        user.press("Ctrl+Z")
        assert [a.text for a in user.annotations] == ["Peskov"]
        assert everything(the_project(user)) == before
        user.press("Ctrl+Shift+Z")
        assert everything(the_project(user)) == after


def test_what_both_have_changed_is_decided_by_hand(lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        ben = ben_of(the_project(user))
        first, second = tagged_by(path, ben, [("quote", "“The talks go on,”"), ("location", "Koper")])
        shown = bring_in(user, path, monkeypatch)
        user.press("Enter")
        with the_project(user).edit("Correct") as edit:
            for one in (first, second):
                edit.replace(one, replace(one, note="mine"))

        def note_theirs(copy: Project) -> None:
            for one in (first, second):
                stored = copy.read.get(Annotation, one.uid)
                assert stored is not None
                tagging.set_note(copy, stored, "theirs")

        change(path, ben, note_theirs)
        shown = bring_in(user, path, monkeypatch)
        assert shown.primary.text() == "Decide 2 first"
        user.press("Enter")
        assert shown.conflicts.list.hasFocus()
        assert not shown.primary.isEnabled()
        assert "[mine]" in shown.conflicts.versions.accessibleDescription()
        before = everything(the_project(user))
        decided = [one.uid for one in shown._read.plan.conflicts]  # type: ignore[union-attr]
        user.press("1")
        assert shown.conflicts.list.currentIndex().row() == 1  # the next one comes by itself
        user.click_on("takeTheirs")
        user.wait(shown.primary.isEnabled)
        assert everything(the_project(user)) == before
        user.click_on("bringInPrimary")
        assert user.notice.startswith("Brought in Ben’s work: 1 changed.")
        notes = {one.uid: one.note for one in the_project(user).read.all(Annotation)}
        assert [notes[uid] for uid in decided] == ["mine", "theirs"]
        shown = bring_in(user, path, monkeypatch)
        assert message(shown).startswith("Nothing new")
        user.press("Esc", "Ctrl+Z")
        assert everything(the_project(user)) == before


def test_names_are_joined_only_where_a_person_says_so(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        ben = ben_of(the_project(user))
        (made,) = tagged_by(path, ben, [("speaker", "Peskov")])

        def name(copy: Project) -> None:
            entities.create_for(copy, made, "Dmitry Qwertzuiop", EntityKind.NAMED_PERSON)

        change(path, ben, name)
        shown = bring_in(user, path, monkeypatch)
        bar = shown.tabs.tabBar()
        user.click_on(bar, bar.tabRect(shown.tabs.indexOf(shown.names)).center())
        user.click_on("joinAll", BOX)
        user.wait(shown.primary.isEnabled)
        user.click_on("bringInPrimary")
        (entity,) = the_project(user).read.all(Entity)
        brought = the_project(user).read.get(Annotation, made.uid)
        assert brought is not None
        assert brought.entity == entity.uid


def test_a_project_that_changes_under_the_preview_is_compared_anew(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        tagged_by(path, ben_of(the_project(user)), [("location", "Koper")])
        shown = bring_in(user, path, monkeypatch)
        project = the_project(user)
        article = next(one for one in project.read.all(Article) if one.title == "Harbour")
        projects.tag(project, article, "speaker", "Ana Marin")
        assert shown.page is Page.READING
        user.wait(lambda: shown.page is Page.PREVIEW)
        assert "compared anew" in user.shown("bringInProblem").text()  # type: ignore[attr-defined]
        user.click_on("bringInPrimary")
        assert sorted(one.text for one in projects.content(project, article).annotations.values()) == [
            "Ana Marin", "Koper",
        ]  # fmt: skip


def test_files_that_cannot_be_brought_in_are_told_in_one_message(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        copy = hand_out_to(user, "Ben")
        whole = copy.read_bytes()
        damaged, foreign, newer = (tmp_path / f"{one}.annot" for one in ("damaged", "foreign", "newer"))
        damaged.write_bytes(whole[: len(whole) // 2])
        foreign.write_bytes(b"\xff\xd8\xff\xe0 a picture" * 50)
        version = (migrate.schema_version() + 1).to_bytes(4, "big")
        newer.write_bytes(whole[:60] + version + whole[64:])
        for path, told in (
            (damaged, "is cut off"), (foreign, "not an Annotator project"), (newer, "newer version"),
            (lead, "this very project"), (tmp_path / "gone.annot", "There is no file"),
        ):  # fmt: skip
            before = everything(the_project(user))
            shown = bring_in(user, path, monkeypatch)
            assert told in message(shown)
            assert not shown.primary.isVisible()
            assert user.shown("bringInAnother").isVisible()
            user.press("Esc")
            assert everything(the_project(user)) == before
        assert damaged.read_bytes() == whole[: len(whole) // 2]


def test_a_file_that_was_never_handed_out_from_here_is_warned_of(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = projects.new_project(tmp_path / "strange.annot", Annotator(uuid7(), "Zoe"))
    projects.add(strange, "Something else.", "Elsewhere")
    strange.close()
    with at_the_window(lead, tmp_path / "settings") as user:
        shown = bring_in(user, strange.path, monkeypatch)
        assert shown.page is Page.PREVIEW
        warning = user.shown("bringInWarning").text()  # type: ignore[attr-defined]
        assert "not handed out from here" in warning and "is it the right file?" in warning
        assert shown.articles.articles.index(0, 7).data() == "not here yet"
        user.press("Esc")
        assert the_project(user).undo_label != "Bring in “Test”"


def test_a_dropped_project_is_opened_or_brought_in_as_the_user_says(lead: Path, tmp_path: Path) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        tagged_by(path, ben_of(the_project(user)), [("location", "Koper")])

        def drop() -> QMessageBox:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path))])
            none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
            user.window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))
            settle()
            box = user.shown("openOrBringIn")
            assert isinstance(box, QMessageBox)
            return box

        user.click_on(next(b for b in drop().buttons() if b.text() == "Cancel"))
        assert the_project(user).path == lead
        user.press("Enter", on=drop())  # the button that is meant most often
        shown = dialog(user, BringInDialog)
        assert isinstance(shown, BringInDialog)
        user.wait(lambda: shown.page is Page.PREVIEW)
        user.press("Esc")
        assert the_project(user).path == lead
        user.click_on(next(b for b in drop().buttons() if b.text() == "Open it"))
        assert the_project(user).path == path


def test_somebody_else_than_the_addressee_says_who_they_are(lead: Path, tmp_path: Path) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
    with at_the_window(path, tmp_path / "carla") as user:
        bar = user.window.colleagues.bar
        assert bar.no.text() == "No, I am …"
        user.click_on(bar.no)
        assert bar.field.hasFocus()
        user.type("Carla")
        user.press("Enter")
        assert not bar.isVisible() and not user.window.name_bar.isVisible()
        assert user.window.windowTitle().endswith("— Carla")
        assert user.reader.hasFocus()
        assert sorted(one.name for one in the_project(user).read.annotators()) == ["Ben", "Carla"]
        assert [one.accepted for one in the_project(user).read.all(HandOut)] == [""]
    with at_the_window(path, tmp_path / "carla") as user:  # asked once
        assert not user.window.colleagues.bar.isVisible()
        assert the_project(user).annotator.name == "Carla"
    with at_the_window(path, tmp_path / "somebody") as user:  # but anybody else is asked still
        assert user.window.colleagues.bar.isVisible()


def test_the_lead_is_never_asked_and_no_without_a_name_is_one_click(lead: Path, tmp_path: Path) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        assert not user.window.colleagues.bar.isVisible()
        user.window.files.open_path(path)
        bar = user.window.colleagues.bar
        assert bar.isVisible() and bar.no.text() == "No"
        user.click_on(bar.no)
        assert not bar.isVisible()
        assert the_project(user).annotator.name == NAME
        assert user.notice == f"You work as {NAME} in this file."
        user.window.close_project()
        assert not bar.isVisible()


def test_chosen_articles_with_the_tags_so_far_by_mouse(lead: Path, tmp_path: Path) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        harbour = next(a.uid for a in the_project(user).read.all(Article) if a.title == "Harbour")
        user.window.go_to(harbour, None, "")
        by_palette(user, "Hand out")
        shown = dialog(user, HandOutDialog)
        assert isinstance(shown, HandOutDialog)
        assert not shown.primary.isEnabled()
        user.type("Cleo")
        user.click_on("handOutChosen")
        assert "1 article, with the text" in shown.summary.holds.accessibleName()
        assert "the other 1 article" in shown.summary.lacks.accessibleName()
        user.click_on("handOutTagged")
        assert "everybody’s tags" in shown.summary.holds.accessibleName()
        taken = tmp_path / "taken.annot"
        taken.write_bytes(b"mine")
        user.fill("handOutTarget", str(taken), end="Tab")
        assert "not overwritten" in user.shown("handOutProblem").text()  # type: ignore[attr-defined]
        assert not shown.primary.isEnabled()
        user.fill("handOutTarget", str(tmp_path / "cleo.annot"), end="Tab")
        user.click_on("handOutPrimary")
        user.wait(lambda: shown.primary.text() == "Close")
        copy = next(b for b in shown.findChildren(QPushButton) if b.text() == "Copy the letter")
        user.click_on(copy)
        assert "Hello Cleo" in QApplication.clipboard().text()
        user.press("Esc")
    copied = open_project(tmp_path / "cleo.annot")
    assert [one.title for one in copied.read.all(Article)] == ["Harbour"]
    assert NAME in [one.name for one in copied.read.annotators()]
    copied.close()
    assert taken.read_bytes() == b"mine"


def test_what_is_given_goes_with_a_blind_file(lead: Path, tmp_path: Path) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        by_palette(user, "Hand out")
        shown = dialog(user, HandOutDialog)
        assert isinstance(shown, HandOutDialog)
        assert "1 person, body or place not marked as given" in shown.summary.lacks.accessibleName()
        user.click_on(shown.options.mark)
        given = user.shown("entityGiven")
        user.click_on(given, BOX)
        user.press("Esc")
        assert "1 person, body or place marked as given" in shown.summary.holds.accessibleName()
        user.click_on(shown.options.name)
        user.type("Ben")
        user.click_on("handOutPrimary")
        user.wait(lambda: shown.primary.text() == "Close")
        user.press("Enter")
    copy = open_project(lead.with_name("reading-group – Ben.annot"))
    assert [one.name for one in copy.read.all(Entity)] == ["Dmitry Qwertzuiop"]
    copy.close()


def test_a_stopped_writing_leaves_nothing(lead: Path, tmp_path: Path) -> None:
    with at_the_window(lead, tmp_path / "settings") as user:
        before, sequence = sorted(tmp_path.iterdir()), the_project(user).read.last_sequence()
        by_palette(user, "Hand out")
        shown = dialog(user, HandOutDialog)
        assert isinstance(shown, HandOutDialog)
        user.type("Ben")
        QTest.mouseClick(shown.primary, Qt.MouseButton.LeftButton)
        shown.reject()  # Escape, before the worker is through
        user.wait(shown.primary.isEnabled)
        assert "Stopped" in user.shown("handOutProblem").text()  # type: ignore[attr-defined]
        user.press("Esc")
        assert the_project(user).read.last_sequence() == sequence
        assert sorted(tmp_path.iterdir()) == before


def test_a_project_that_is_nobodys_copy_asks_for_the_name_as_before(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, *TEXTS), tmp_path / "fresh") as user:
        assert user.window.name_bar.isVisible()
        assert not user.window.colleagues.bar.isVisible()


def test_what_takes_long_is_written_and_undone_beside_the_window(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.project.project.MANY", 1)
    for name in ("bring_in_dialog", "hand_out_dialog"):
        monkeypatch.setattr(f"annotator.ui.colleagues.{name}.MANY", 1)
    threads: list[str] = []
    commit, go_on = Session.commit, threading.Event()

    def noted(self: Session, *arguments: object) -> object:
        threads.append(threading.current_thread().name)
        assert go_on.wait(10)
        go_on.clear()
        return commit(self, *arguments)  # type: ignore[arg-type]

    with at_the_window(lead, tmp_path / "settings") as user:
        path = hand_out_to(user, "Ben")
        (made,) = tagged_by(path, ben_of(the_project(user)), [("location", "Koper")])
        shown = bring_in(user, path, monkeypatch)
        before = {one.uid for one in the_project(user).read.all(Annotation)}
        monkeypatch.setattr(Session, "commit", noted)
        user.click_on("bringInPrimary")
        assert shown.page is Page.READING and the_project(user).lent
        user.press("Esc")
        user.window.close()
        assert shown.isVisible() and user.window.isVisible()
        go_on.set()
        user.wait(lambda: not user.all_shown("bringInDialog"))
        assert {one.uid for one in the_project(user).read.all(Annotation)} == {*before, made.uid}
        for keys, told, here in (("Ctrl+Z", "Undone: ", before), ("Ctrl+Shift+Z", "Done again: ", {*before, made.uid})):
            user.press(keys)
            assert the_project(user).lent
            assert "Bring in Ben’s work" in user.shown("waiting").text.text()  # type: ignore[attr-defined]
            user.press("Esc")
            assert user.all_shown("waiting")
            go_on.set()
            user.wait(lambda: not user.all_shown("waiting"))
            assert not the_project(user).lent
            assert user.notice == f"{told}Bring in Ben’s work"
            assert {one.uid for one in the_project(user).read.all(Annotation)} == here
    assert threads == ["annotator-work"] * 3
