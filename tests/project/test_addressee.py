from __future__ import annotations

from pathlib import Path

import pytest
from support import projects
from support.colleagues import BEN, out

from annotator.model.annotation import Annotator
from annotator.model.article import Article
from annotator.model.hand_out import HandOut
from annotator.project.addressee import addressee, is_to_be_asked, own_hand_out, work_as_addressee
from annotator.project.opening import open_project, own_set, work_as
from annotator.project.project import Project

AT_HOME = Annotator("01900000-0000-7000-8000-0000000000bb", "ben at home")


def opened(path: Path) -> Project:
    return open_project(path)


def test_a_copy_knows_whom_it_is_for_and_the_lead_s_file_is_nobodys(project: Project, article: Article) -> None:
    copy = opened(out(project))
    assert addressee(copy) == BEN
    assert own_hand_out(copy) == next(copy.read.all(HandOut))
    assert addressee(project) is None and own_hand_out(project) is None
    copy.close()


def test_who_is_asked(project: Project, article: Article) -> None:
    path = out(project)
    assert not is_to_be_asked(project, AT_HOME)
    copy = opened(path)
    assert is_to_be_asked(copy, AT_HOME)
    assert not is_to_be_asked(copy, BEN)
    assert not is_to_be_asked(copy, Annotator(AT_HOME.uid, "Ben"))
    copy.close()
    reading = open_project(path, read_only=True)
    assert not is_to_be_asked(reading, AT_HOME)
    assert work_as_addressee(reading, AT_HOME) is not None
    reading.close()


def test_who_says_yes_works_as_the_addressee_from_then_on(project: Project, article: Article) -> None:
    path = out(project)
    copy = opened(path)
    mine = work_as_addressee(copy, AT_HOME)
    assert (copy.annotator, mine) == (BEN, own_set(copy))
    assert mine is not None and mine.annotator == BEN.uid
    assert not is_to_be_asked(copy, AT_HOME)
    assert copy.undo_label == ""
    copy.close()
    copy = opened(path)
    assert work_as(copy, AT_HOME) == mine
    assert copy.annotator == BEN
    sequence = copy.read.last_sequence()
    assert work_as_addressee(copy, AT_HOME) == mine
    assert copy.read.last_sequence() == sequence
    copy.close()


def test_somebody_else_stays_who_they_are(project: Project, article: Article) -> None:
    copy = opened(out(project))
    work_as(copy, AT_HOME)
    assert copy.annotator == AT_HOME
    copy.close()


def test_a_project_that_is_nobodys_copy_has_no_addressee(project: Project) -> None:
    with pytest.raises(ValueError, match="nobody"):
        work_as_addressee(project, projects.ANNA)
