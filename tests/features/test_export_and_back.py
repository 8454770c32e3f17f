"""The export dialog used by keys and by mouse, its tables read back into an empty project, and written again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QLineEdit, QRadioButton
from support.user import User, at_the_window, project_file

from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.csv_tables import Profile, export_csv, import_tables
from annotator.project.opening import create_project

TEXT = (
    "Talks\n\nKremlin spokesman Dmitry Peskov confirmed the talks.\n\n"
    "“=1+1 is \N{NO-BREAK SPACE}not 2; -no \N{PILE OF POO}, he said, 'cafe\N{COMBINING ACUTE ACCENT}',” Peskov told"
    " reporters.\n\n“We heard\tnothing,” he added.\n"
)


ON_THE_WORDS = QPoint(40, 10)


def tag(user: User) -> None:
    user.click("Dmitry")
    user.press("1", "G", "Enter")
    user.click("he said")
    user.press("2", "Enter", "N")
    user.type('=SUM(A1); "so", they say')
    user.press("Enter")
    user.type("-and so on")
    user.press("Esc", "C")
    user.click("heard")
    user.press("2", "Shift+L")


def dialog_of(user: User) -> QDialog:
    found = user.shown("exportDialog")
    assert isinstance(found, QDialog)
    return found


def button(place: QDialog, kind: type[QAbstractButton], text: str) -> QAbstractButton:
    (found,) = [b for b in place.findChildren(kind) if b.text().replace("&", "") == text]
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("profile", "choice"),
    [(Profile.SPREADSHEET, "For Excel and other spreadsheets"), (Profile.EXACT, "Exact, for R and pandas")],
)
def test_out_by_mouse_in_and_out_again_the_same_bytes(tmp_path: Path, profile: Profile, choice: str) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        tag(user)
        assert len(user.annotations) == 4
        user.press("Ctrl+E")
        dialog = dialog_of(user)
        user.click_on(button(dialog, QCheckBox, "With the articles’ text"), ON_THE_WORDS)
        user.click_on(button(dialog, QRadioButton, choice), ON_THE_WORDS)
        (target,) = [line for line in dialog.findChildren(QLineEdit) if line.accessibleName() == "Where to"]
        user.click_on(target)
        user.press("Ctrl+A")
        user.type(str(out))
        user.click_on(button(dialog, QAbstractButton, "Export"))
        user.wait(lambda: button(dialog, QAbstractButton, "Open folder").isVisible())
        user.click_on(button(dialog, QAbstractButton, "Close"))
        assert not dialog_shown()
        assert user.notice.startswith("Written: 8 files")
        assert user.reader.hasFocus()
    made = create_project(tmp_path / "other.annot", shipped_codebook("empty"))
    try:
        summary = import_tables(made, out)
        assert summary.lines == ()
        export_csv(made, again, profile=profile, with_text=True)
    finally:
        made.close()
    assert set(files(out)) == set(files(again))
    for name, written in files(out).items():
        assert files(again)[name] == written, name
    assert written


def dialog_shown() -> bool:
    return any(w.objectName() == "exportDialog" and w.isVisible() for w in QApplication.topLevelWidgets())


def test_by_keys_alone(tmp_path: Path) -> None:
    with at_the_window(project_file(tmp_path, TEXT), tmp_path / "settings") as user:
        tag(user)
        user.press("Ctrl+E")
        dialog = dialog_of(user)
        assert user.focus() is button(dialog, QAbstractButton, "Export"), "with what is proposed Enter is enough"
        for _ in range(30):
            if user.focus().accessibleName() == "Where to":
                break
            user.press("Tab")
        user.press("Ctrl+A")
        user.type(str(tmp_path / "tables"))
        user.press("Enter")
        user.wait(lambda: button(dialog, QAbstractButton, "Open folder").isVisible())
        user.press("Enter")
        assert not dialog_shown()
        assert (tmp_path / "tables" / "annotations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
