from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from support import projects
from support.colleagues import BEN, out

from annotator.project.project import Project
from annotator.ui.colleagues.hand_out_options import HandOutOptions


@pytest.fixture
def articles(project: Project) -> list[str]:
    return [projects.add(project, f"{title}. {projects.TEXT}", title).uid for title in ("One", "Two", "Three")]


def shown(project: Project, listed: list[str], opened: str, qtbot: QtBot) -> HandOutOptions:
    options = HandOutOptions(project, listed, opened)
    qtbot.addWidget(options)
    with qtbot.waitExposed(options):
        options.show()
    return options


def test_everything_goes_blind_unless_one_says_otherwise(project: Project, articles: list[str], qtbot: QtBot) -> None:
    options = shown(project, articles, articles[0], qtbot)
    wish = options.wish()
    assert (wish.name, wish.annotator, wish.articles, wish.count, wish.blind) == ("", "", None, 3, True)
    assert not options.filtered.isVisible() and not options.titles.isVisible()


def test_a_known_colleague_is_meant_by_name_or_chosen(project: Project, articles: list[str], qtbot: QtBot) -> None:
    out(project)
    options = shown(project, articles[:1], "", qtbot)
    assert [options.name.itemText(at) for at in range(options.name.count())] == ["Ben"]
    told: list[str] = []
    options.changed.connect(lambda: told.append(options.wish().annotator))
    options.name.setEditText("  Ben ")
    options.name.setEditText("Benno")
    assert told[-2:] == [BEN.uid, ""]
    assert options.wish().name == "Benno"
    options.filtered.setChecked(True)
    assert options.wish().articles == tuple(articles[:1])


def test_articles_are_ticked_by_title(project: Project, articles: list[str], qtbot: QtBot) -> None:
    options = shown(project, articles, articles[1], qtbot)
    options.chosen.setChecked(True)
    assert options.titles.isVisible()
    assert options.wish().articles == (articles[1],)
    options.titles.names.ticked.clear()
    options.titles.names.ticked_changed.emit()
    assert (options.wish().articles, options.wish().count) == ((), 0)
    options.every.setChecked(True)
    assert options.wish().articles is None
