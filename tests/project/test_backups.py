from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import projects

from annotator.base.errors import BusyError, DamagedError, ProjectError
from annotator.model.article import Article
from annotator.operations import articles
from annotator.operations.checking import check_project
from annotator.project import backups
from annotator.project.backups import Backup, back_up, backups_of_file, list_backups, make_backup, restore
from annotator.project.opening import open_project
from annotator.project.project import Project

GB = 10**9


def test_a_copy_holds_everything_and_is_sound(project: Project, article: Article, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    back_up(project.path, tmp_path / "copy.annot", progress=lambda *pages: seen.append(pages))
    assert check_project(tmp_path / "copy.annot") == []
    copy = open_project(tmp_path / "copy.annot")
    assert projects.content(copy, article.uid).text == projects.TEXT
    copy.close()
    assert seen[-1][0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.annot", "project.annot", "project.annot.lock"]


def test_an_older_copy_is_replaced_when_asked_and_its_journal_goes(
    project: Project, article: Article, tmp_path: Path
) -> None:
    target = tmp_path / "copy.annot"
    target.write_bytes(b"old")
    Path(f"{target}-journal").write_bytes(b"left behind")
    with pytest.raises(ProjectError, match="exists already and is not overwritten"):
        back_up(project.path, target, overwrite=False)
    assert target.read_bytes() == b"old"
    back_up(project.path, target)
    assert check_project(target) == []
    assert not Path(f"{target}-journal").exists()


def test_a_name_taken_while_copying_is_not_overwritten(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "copy.annot"

    def meanwhile(_remaining: int, _total: int) -> None:
        target.write_bytes(b"somebody else's")

    with pytest.raises(ProjectError, match="exists already"):
        back_up(project.path, target, overwrite=False, progress=meanwhile)
    assert target.read_bytes() == b"somebody else's"
    assert not list(tmp_path.glob(".*"))


def test_without_links_the_file_is_renamed(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", link)
    back_up(project.path, tmp_path / "copy.annot", overwrite=False)
    assert check_project(tmp_path / "copy.annot") == []


def test_an_open_project_is_never_overwritten(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is the open project itself"):
        back_up(project.path, project.path)
    other = projects.new_project(tmp_path / "other.annot")
    with pytest.raises(ProjectError, match="is the open project itself"):
        back_up(project.path, other.path)
    other.close()
    back_up(project.path, other.path)


def test_bad_targets_are_refused(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProjectError, match="There is no folder"):
        back_up(project.path, tmp_path / "none" / "copy.annot")
    with pytest.raises(ProjectError, match="is a folder"):
        back_up(project.path, tmp_path)

    def replace(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ProjectError, match=r"The backup copy.annot cannot be written \(Permission denied\)"):
        back_up(project.path, tmp_path / "copy.annot")
    assert not list(tmp_path.glob(".*"))


def test_a_damaged_source_makes_no_backup(project: Project, article: Article, tmp_path: Path) -> None:
    project.close()
    with sqlite3.connect(project.path) as raw:
        raw.execute("UPDATE text SET body = replace(body, 'Moscow', 'Berlin')")
    raw.close()
    with pytest.raises(DamagedError, match=r"the text .* is not what it was"):
        back_up(project.path, tmp_path / "copy.annot")
    data = bytearray(project.path.read_bytes())
    page = 4096
    for at in range(3 * page, len(data), 2 * page):
        data[at : at + page] = bytes(page)
    project.path.write_bytes(data)
    with pytest.raises(DamagedError):
        back_up(project.path, tmp_path / "copy.annot")
    assert not (tmp_path / "copy.annot").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_source_that_stays_busy_is_given_up(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.storage.backups._TRIES", 1)
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError, match="is in use by another program"):
        back_up(project.path, tmp_path / "copy.annot")
    other.close()


def test_work_goes_on_while_a_backup_is_made(project: Project, article: Article, tmp_path: Path) -> None:
    def work(_remaining: int, _total: int) -> None:
        if project.cache.info.memo == "":
            from annotator.operations import settings

            settings.set_memo(project, "written meanwhile")

    back_up(project.path, tmp_path / "copy.annot", progress=work)
    assert project.cache.info.memo == "written meanwhile"
    assert check_project(tmp_path / "copy.annot") == []


def test_a_backup_is_made_only_when_something_changed(project: Project, article: Article, tmp_path: Path) -> None:
    uid = project.cache.info.uid
    first = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert first is not None
    assert first.path.parent == tmp_path / "b" / uid
    assert first.path.name.endswith("Z-00000003.annot")
    assert (first.sequence, first.size) == (3, first.path.stat().st_size)
    assert make_backup(project.path, tmp_path / "b", cap_bytes=GB) is None
    project.undo()
    second = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert second is not None
    assert list_backups(tmp_path / "b", uid) == [second, first]
    assert list_backups(tmp_path / "b", "another") == []
    assert backups_of_file(tmp_path / "b", project.path) == [second, first]
    assert backups_of_file(tmp_path / "b", tmp_path / "other.annot") == []
    for backup in (first, second):
        assert check_project(backup.path) == []


def test_a_backup_comes_back_under_a_new_name_only(project: Project, article: Article, tmp_path: Path) -> None:
    backup = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert backup is not None
    articles.remove(project, [article])
    with pytest.raises(ProjectError, match="exists already"):
        restore(backup, project.path)
    restore(backup, tmp_path / "restored.annot")
    restored = open_project(tmp_path / "restored.annot")
    assert projects.content(restored, article.uid).text == projects.TEXT
    assert restored.cache.info == project.cache.info
    restored.close()


def test_a_restored_copy_that_went_another_way_is_backed_up_too(
    project: Project, add_article: Callable[..., Article], tmp_path: Path
) -> None:
    first = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert first is not None
    restore(first, tmp_path / "restored.annot")
    add_article("one way")
    assert make_backup(project.path, tmp_path / "b", cap_bytes=GB) is not None
    restored = open_project(tmp_path / "restored.annot")
    projects.work_as(restored, projects.ANNA)
    projects.add(restored, "another way")
    restored.close()
    assert make_backup(restored.path, tmp_path / "b", cap_bytes=GB) is not None


def test_an_unreadable_newest_backup_is_no_reason_not_to_make_one(project: Project, tmp_path: Path) -> None:
    first = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert first is not None
    first.path.write_bytes(b"")
    assert make_backup(project.path, tmp_path / "b", cap_bytes=GB) is not None


def test_a_clock_that_moved_back_buries_no_backup(
    project: Project, add_article: Callable[..., Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert first is not None
    add_article("more")
    monkeypatch.setattr("annotator.base.clock.now", lambda: "1999-12-31T23:59:59.000Z")
    second = make_backup(project.path, tmp_path / "b", cap_bytes=GB)
    assert second is not None
    assert second.time == first.time + timedelta(milliseconds=1)
    assert list_backups(tmp_path / "b", project.cache.info.uid) == [second, first]


def test_what_else_lies_in_the_folder_is_left_alone(project: Project, tmp_path: Path) -> None:
    mine = tmp_path / "b" / project.cache.info.uid
    mine.mkdir(parents=True)
    for name in ("mine.annot", "2025-99-99T000000.000Z-00000001.annot", ".young.annot.part"):
        (mine / name).write_bytes(b"")
    old = mine / ".old.annot.part-journal"
    old.write_bytes(b"")
    import os

    os.utime(old, (0, 0))
    made = make_backup(project.path, tmp_path / "b", cap_bytes=0)
    assert made is not None
    assert list_backups(tmp_path / "b", project.cache.info.uid) == [made]
    assert (mine / "mine.annot").exists()
    assert (mine / ".young.annot.part").exists()
    assert not old.exists()
    (mine / "about.json").write_text("[1]")
    assert backups_of_file(tmp_path / "b", project.path) == []


def test_a_folder_that_cannot_be_made(project: Project, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("")
    with pytest.raises(ProjectError, match=r"The backup folder .* cannot be written"):
        make_backup(project.path, tmp_path / "b", cap_bytes=GB)


def test_what_it_is_of_is_noted_if_possible(project: Project, tmp_path: Path) -> None:
    mine = tmp_path / "b" / project.cache.info.uid
    (mine / "about.json").mkdir(parents=True)
    assert make_backup(project.path, tmp_path / "b", cap_bytes=GB) is not None
    assert backups_of_file(tmp_path / "b", project.path) == []


def written(folder: Path, *days: float) -> list[Backup]:
    """Make empty backups that many days before 13 March 2025, 10 bytes each, newest first."""
    made = []
    for number, day in enumerate(days):
        time = datetime(2025, 3, 13, 12, tzinfo=UTC) - timedelta(days=day)
        path = folder / f"{backups._written(time)}-{100 - number:08d}.annot"
        path.write_bytes(b"0123456789")
        made.append(Backup(path, time, 100 - number, 10))
    return made


def test_kept_are_the_last_five_then_seven_days_then_four_weeks(tmp_path: Path) -> None:
    hours = [number / 24 for number in range(7)]
    days = [float(number) for number in range(1, 40)]
    made = written(tmp_path, *hours, *days)
    backups._thin_out(made, GB)
    kept = [(made[0].time - backup.time).total_seconds() / 86400 for backup in backups._listed(tmp_path)]
    # 13 March 2025 is a Thursday: the weeks end on the Sundays 4, 11 and 18 days before.
    assert kept == [0, 1 / 24, 2 / 24, 3 / 24, 4 / 24, 1, 2, 3, 4, 5, 6, 11, 18]


def test_the_disk_space_is_kept_to_but_the_newest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = written(tmp_path, 0, 0.01, 0.02, 0.03)
    backups._thin_out(made, 25)
    assert backups._listed(tmp_path) == made[:2]
    backups._thin_out(made[:2], 5)
    assert backups._listed(tmp_path) == made[:1]

    def unlink(_path: Path) -> None:
        raise PermissionError

    made = written(tmp_path, 0, 0.01)
    monkeypatch.setattr(Path, "unlink", unlink)
    backups._thin_out(made, 5)
    assert backups._listed(tmp_path) == made
