from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.projects import ANNA

from annotator.base.errors import ProjectError, RuleError
from annotator.base.uuid7 import uuid7
from annotator.exchange.codebook_file import shipped_codebook
from annotator.exchange.samples import SampleSet, read_samples, shipped_samples
from annotator.model.annotation import AnnotationSet, SetKind
from annotator.model.article import Status
from annotator.operations.sample_project import create_sample_project
from annotator.project.opening import open_project, own_set, work_as

CODEBOOK = shipped_codebook("news")
MINE = AnnotationSet(uuid7(), ANNA.name, SetKind.PERSON, ANNA.uid)


@pytest.fixture(scope="module")
def sample() -> SampleSet:
    return read_samples(shipped_samples(), CODEBOOK, ANNA.uid, MINE.uid)


def test_the_project_holds_the_whole_sample_as_the_annotators_own_work(tmp_path: Path, sample: SampleSet):
    project = create_sample_project(tmp_path / "s.annot", CODEBOOK, ANNA, MINE, sample)
    counts = project.read.counts()
    expected = (len(sample.articles), len(sample.annotations), len(sample.links), len(sample.entities))
    assert (counts.articles, counts.annotations, counts.links, counts.entities) == expected
    statuses = project.read.statuses(ANNA.uid)
    assert [statuses[article.uid] for article, _ in sample.articles] == [work.status for work in sample.works]
    assert Status.DONE in statuses.values()
    for article, text in sample.articles:
        assert project.read.text(article.sha256) == text
    project.close()


def test_it_opens_again_as_the_same_person_and_nothing_of_it_is_undone(tmp_path: Path, sample: SampleSet):
    create_sample_project(tmp_path / "s.annot", CODEBOOK, ANNA, MINE, sample).close()
    project = open_project(tmp_path / "s.annot")
    assert work_as(project, ANNA) == MINE == own_set(project)
    assert project.undo_label == ""
    assert project.undo().change_set is None
    project.close()


def test_a_name_that_is_taken_is_refused_and_its_file_stays(tmp_path: Path, sample: SampleSet):
    path = tmp_path / "s.annot"
    path.write_text("mine")
    with pytest.raises(ProjectError):
        create_sample_project(path, CODEBOOK, ANNA, MINE, sample)
    assert path.read_text() == "mine"


def test_a_sample_that_does_not_fit_leaves_no_file_behind(tmp_path: Path, sample: SampleSet):
    lost = replace(sample, annotations=(replace(sample.annotations[0], annotation_set="nowhere"),), links=())
    with pytest.raises(RuleError):
        create_sample_project(tmp_path / "s.annot", CODEBOOK, ANNA, MINE, lost)
    assert list(tmp_path.iterdir()) == []
