"""Make the pictures of the README and the user guide from the real window: ``make pictures``.

The window is shown on the sample project, without a screen, at fixed sizes; what is in a picture was done by mouse
and keys or by the same actions. Needs a real font; the pictures in the repository were made with Noto Sans and
Charis SIL.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LOGNAME"] = "anna"  # whoever makes the pictures
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget  # noqa: E402

from annotator.app import create_window  # noqa: E402
from annotator.base.settings import Settings  # noqa: E402
from annotator.base.uuid7 import uuid7  # noqa: E402
from annotator.exchange.codebook_file import shipped_codebook  # noqa: E402
from annotator.exchange.samples import read_samples, shipped_samples  # noqa: E402
from annotator.model.annotation import AnnotationSet, Annotator, SetKind  # noqa: E402
from annotator.model.article import Article, Status  # noqa: E402
from annotator.model.codebook import Part  # noqa: E402
from annotator.model.span import Span, fragments  # noqa: E402
from annotator.operations.articles import describe, set_status  # noqa: E402
from annotator.project.opening import create_project, open_project, work_as  # noqa: E402
from annotator.project.project import Project  # noqa: E402
from annotator.ui import demo  # noqa: E402
from annotator.ui.colleagues.bring_in_dialog import BringInDialog  # noqa: E402
from annotator.ui.colleagues.hand_out_dialog import HandOutDialog  # noqa: E402
from annotator.ui.insights.panel import InsightsPanel  # noqa: E402
from annotator.ui.main_window import MainWindow  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
LARGE, SMALL = (1440, 900), (1024, 700)


def main() -> None:
    """Make them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        settings["theme"] = "light"
        window = create_window(None, settings_dir=Path(folder))
        show(window, SMALL)
        keep(window, "welcome")
        settings["annotator_name"] = "Anna"
        window.settings["annotator_name"] = "Anna"
        window.actions_.run("file.sample")
        tagged(window)
        dialogs(window, Path(folder))
        agreement(window, Path(folder))
        window.actions_.run("file.sample")
        colleagues(window)
        window.close()


def show(window: MainWindow, size: tuple[int, int]) -> None:
    """Show the window in a size."""
    window.resize(*size)
    window.show()
    settle()


def settle() -> None:
    """Let everything be painted."""
    for _ in range(6):
        QApplication.processEvents()


def wait(seconds: float = 1.5) -> None:
    """Let workers finish what a dialog asked of them."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        settle()
        time.sleep(0.02)


def without_machine_paths(dialog: QDialog) -> None:
    """Show a path as a user would have it, not that of the temporary folder."""
    for field in dialog.findChildren(QLineEdit):
        if field.text().startswith(tempfile.gettempdir()):
            # Blocked, for the dialog would say that there is no such folder here.
            field.blockSignals(True)
            field.setText(f"Documents/{Path(field.text()).name}")
            field.blockSignals(False)


def keep(widget: QWidget, name: str) -> None:
    """Save a picture."""
    settle()
    path = PICTURES / f"{name}.png"
    if not widget.grab().save(str(path), "PNG"):
        raise SystemExit(f"{path} could not be written")
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def tagged(window: MainWindow) -> None:
    """The window on an article that is tagged: light, dark, high contrast, small."""
    show(window, LARGE)
    window.state.open_article(window.side.listed_articles()[-1])
    select(window, Part.QUOTE, 1)
    keep(window, "window-light")
    keep(window.panel, "panel-quote")
    select(window, Part.LOCATION, 1)
    keep(window.panel, "panel-location")
    select(window, Part.QUOTE, 1)
    for name, action in (("window-dark", "view.dark"), ("window-high-contrast", "view.highContrast")):
        window.actions_.run(action)
        keep(window, name)
    window.actions_.run("view.light")
    show(window, SMALL)
    keep(window, "window-small")
    show(window, LARGE)
    proposed(window)


def select(window: MainWindow, part: Part, at: int) -> None:
    """Select an annotation that plays a part."""
    content, codebook = window.state.content, window.state.codebook
    if content is None:
        raise SystemExit("no article is open")
    found = [a for a in content.annotations.values() if codebook.tag(a.tag_type).part is part]
    window.state.select(sorted(found, key=lambda a: a.start)[at].uid)
    settle()


def proposed(window: MainWindow) -> None:
    """A quote just tagged, its speaker proposed."""
    window.state.open_article(window.side.listed_articles()[1])
    content = window.state.content
    if content is None:
        raise SystemExit("no article is open")
    reader = window.desk.reader
    at = content.text.index("“The demand is there") + 8
    reader.reveal(Span(at, at + 200))
    settle()
    demo.click(reader.viewport(), reader.point_of(at))
    demo.press(reader, Qt.Key.Key_2)
    keep(window, "speaker-proposed")
    window.actions_.run("view.palette")
    palette = window.findChild(QWidget, "commandPalette")
    if palette is not None:
        keep(window, "palette")
        palette.hide()


def agreement(window: MainWindow, folder: Path) -> None:
    """The agreement of two people: beside review mode, and which tags they confuse."""
    project = open_project(folder / "Sample project.annot")  # the window has another one open since the import
    work_as(project, Annotator(window.settings.annotator_uid, "Anna"))
    tagged_by_a_colleague(project)
    project.close()
    window.actions_.run("file.sample")
    window.state.open_article(window.side.listed_articles()[-1])
    window.actions_.run("review.toggle")
    window.actions_.run("review.agreement")
    panel = window.agreeing.panel
    if panel is None:
        raise SystemExit("there is no agreement panel")
    counted(panel)
    keep(window, "agreement")
    keep_page(panel, panel.articles, "agreement-articles")
    keep_page(panel, panel.confusion, "agreement-confused")
    window.agreeing.hide()
    window.actions_.run("review.toggle")
    settle()


def keep_page(panel: InsightsPanel, page: QWidget, name: str) -> None:
    """Save a picture of one page of the agreement panel."""
    for tabs in (panel.measures.tabs, panel.differences):
        if tabs.has(page):
            tabs.show_page(page)
    keep(panel, name)


def counted(panel: InsightsPanel) -> None:
    """Wait until all numbers are there."""
    end = time.monotonic() + 60
    wait()
    while panel.inquiry.counting or (panel.inquiry.here is not None and panel.inquiry.here.waiting):
        if time.monotonic() > end:
            raise SystemExit("the numbers never came")
        settle()


def tagged_by_a_colleague(project: Project) -> None:
    """Have Ben tag what Anna has tagged, a little differently, and both mark it done."""
    anna, ben = project.annotator, Annotator(uuid7(), "Ben")
    own = AnnotationSet(uuid7(), ben.name, SetKind.PERSON, ben.uid)
    contents = [found for uid in project.read.all_article_uids() if (found := project.read.content(uid))]
    tags = [tag.uid for tag in project.cache.codebook.tag_types]
    with project.edit("Bring in Ben’s work") as edit:
        edit.add(ben)
        edit.add(own)
        for content in contents:
            for at, one in enumerate(sorted(content.annotations.values(), key=lambda a: (a.start, a.stop))):
                bens = replace(one, uid=uuid7(), annotation_set=own.uid, annotator=ben.uid)
                if at % 8 == 5:
                    continue
                if at % 7 == 3:
                    bens = replace(bens, tag_type=tags[(tags.index(one.tag_type) + 1) % len(tags)], values=())
                elif at % 6 == 1 and " " in one.fragments[0].exact:
                    first, *others = one.spans
                    cut = Span(first.start + one.fragments[0].exact.index(" ") + 1, first.stop)
                    bens = replace(bens, fragments=fragments(content.text, [cut, *others]))
                edit.add(bens)
    for who in (ben, anna):
        work_as(project, who)
        for content in contents:
            if content.annotations:
                set_status(project, content.article.uid, Status.DONE)


def colleagues(window: MainWindow) -> None:
    """Hand out to Ben, be asked as Ben, tag, and bring it in with something to decide."""
    project = window.state.project
    if project is None:
        raise SystemExit("no project is open")
    path = project.path
    window.actions_.run("file.handOut")
    handing = opened(window, HandOutDialog)
    handing.options.name.setEditText("Ben")
    copy = Path(handing.target.text())
    without_machine_paths(handing)
    keep(handing, "hand-out")
    handing.target.setText(str(copy))
    handing.primary.click()
    wait()
    handing.accept()
    window.files.open_path(copy)
    show(window, SMALL)
    keep(window, "addressee")
    window.colleagues.bar.yes.click()
    renamed(window, "Dockworkers halt all container traffic")
    tag_first_quotes(window)
    window.files.open_path(path)
    renamed(window, "Dockworkers halt container traffic in the port")
    window.colleagues.bring_in(copy)
    wait()
    bringing = opened(window, BringInDialog)
    keep(bringing, "bring-in")
    bringing.primary.click()
    keep(bringing, "bring-in-decide")
    bringing.reject()
    show(window, LARGE)


Shown = TypeVar("Shown", bound=QDialog)


def opened(window: MainWindow, kind: type[Shown]) -> Shown:
    """Return the dialog of a kind that is open."""
    settle()
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} {kind.__name__} are open")
    return found[0]


def renamed(window: MainWindow, title: str) -> None:
    """Give the article about the dockworkers another title."""
    project = window.state.project
    if project is None:
        raise SystemExit("no project is open")
    known = next(one for one in project.read.all(Article) if one.title.startswith("Dockworkers"))
    describe(project, known, replace(known, title=title))


def tag_first_quotes(window: MainWindow) -> None:
    """Tag quotes in the first articles by click and key."""
    for uid in window.side.listed_articles()[:3]:
        window.state.open_article(uid)
        content, reader = window.state.content, window.desk.reader
        if content is None:
            raise SystemExit("no article is open")
        for at in [found.start() for found in re.finditer("“", content.text)][:3]:
            reader.reveal(Span(at, at + 20))
            settle()
            demo.click(reader.viewport(), reader.point_of(at + 2))
            demo.press(reader, Qt.Key.Key_2)


def imported(window: MainWindow, folder: Path) -> None:
    """Import files as they come from a newspaper's page, into an empty project."""
    files = folder / "articles"
    files.mkdir()
    codebook = shipped_codebook("news")
    for article, text in read_samples(shipped_samples(), codebook, "", "").articles:
        name = "-".join(re.findall(r"\w+", article.title.lower())[:3])
        head = f"{article.title}\n\nBy {article.byline or 'our reporter'}\n{article.published}\n{article.source}\n\n"
        (files / f"{name}.txt").write_text(head + text, "utf-8")
    (files / "scan.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    window.show_project(create_project(folder / "Harbour study.annot", codebook))
    window.files.import_paths([files])


def dialogs(window: MainWindow, folder: Path) -> None:
    """The dialogs, one after another."""
    wanted: list[tuple[str, Callable[[], object]]] = [
        ("export", window.files.export),
        ("codebook", window.files.show_codebook),
        ("entities", window.files.show_entities),
        ("preferences", window.files.show_preferences),
        ("keys", window.files.show_keys),
        ("search", window.files.show_search),
        ("import", lambda: imported(window, folder)),
    ]
    for name, open_it in wanted:
        open_it()
        wait()
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                without_machine_paths(dialog)
                keep(dialog, name)
                dialog.close()
                dialog.deleteLater()
        settle()


if __name__ == "__main__":
    main()
