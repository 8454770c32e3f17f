from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

import annotator.ui
from annotator.base.paths import resources
from annotator.ui.theme.apply import apply_theme
from annotator.ui.theme.icons import icon, icon_names
from annotator.ui.theme.theme import load_theme

WANTED = (
    "speaker quote location claim cue tag entity link unlink note search filter import export hand-out "
    "bring-in undo redo settings help add remove edit close check done todo in-progress warning info "
    "article folder open new-project sample save palette codebook person organisation document place "
    "chevron-right chevron-down arrow-up arrow-down copy eye lock backup theme app star confidence "
)
ICON_CALL = re.compile(r"\bicon\(\s*\"([a-z-]+)\"")


def _ink(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 40 for x in range(image.width()) for y in range(image.height()))


def test_every_icon_wanted_is_shipped():
    assert set(WANTED.split()) <= set(icon_names())


def test_every_icon_named_in_the_code_is_shipped():
    sources = Path(annotator.ui.__file__).parent.rglob("*.py")
    named = {name for path in sources for name in ICON_CALL.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(icon_names())


@pytest.mark.parametrize("name", icon_names())
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_every_icon_shows_something_at_any_ratio(qapp: QApplication, name: str, ratio: float):
    picture = icon(name).pixmap(QSize(16, 16), ratio)
    assert picture.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert _ink(picture.toImage()) > 4


@pytest.mark.parametrize("path", sorted((resources() / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_line_icons_share_grid_and_stroke(path: Path):
    drawing = path.read_text(encoding="utf-8")
    if path.stem != "app":
        assert 'viewBox="0 0 16 16"' in drawing
        assert 'stroke="currentColor" stroke-width="1.5"' in drawing


def test_a_tinted_icon_has_its_colour(qapp: QApplication):
    image = icon("dot", "#C85400").pixmap(QSize(16, 16), 1.0).toImage()
    assert image.pixelColor(8, 8) == QColor("#C85400")


def test_a_disabled_icon_is_dimmer(qapp: QApplication):
    apply_theme(qapp, load_theme("light"))
    normal, disabled = (
        icon("dot").pixmap(QSize(16, 16), 1.0, mode).toImage().pixelColor(8, 8).lightness()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert disabled > normal + 40


def test_icons_follow_the_theme_and_are_kept(qapp: QApplication):
    apply_theme(qapp, load_theme("light"))
    light = icon("add")
    assert icon("add") is light
    apply_theme(qapp, load_theme("dark"))
    assert icon("add") is not light
    apply_theme(qapp, load_theme("light"))


def test_an_unknown_icon_is_an_error(qapp: QApplication):
    with pytest.raises(FileNotFoundError):
        icon("unicorn")


def test_tinted_drawings_are_gone_when_the_program_ends():
    code = "from annotator.ui.theme.icons import tinted_file; print(tinted_file('add', '#FF0000'))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    path = Path(run.stdout.strip())
    assert path.name == "add-ff0000.svg"
    assert not path.parent.exists()


def test_the_program_icon_is_large(qapp: QApplication):
    assert _ink(icon("app").pixmap(QSize(256, 256), 1.0).toImage()) > 40_000
