from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from support.projects import tag

from annotator.ui.insights.confusion_model import COUNT_ROLE, SAME_ROLE, SHARE_ROLE, ConfusionModel
from annotator.ui.insights.place_model import PlaceModel, places

from .conftest import Study


def index_of(model: ConfusionModel, first: str | None, second: str | None) -> QModelIndex:
    heads = [model.headerData(at, Qt.Orientation.Vertical) for at in range(model.rowCount())]
    return model.index(heads.index(first or "nothing"), heads.index(second or "nothing"))


def test_the_table_counts_pairs_of_tags(counted: Study) -> None:
    model = ConfusionModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == model.columnCount() == 6
    confused = index_of(model, "Speaker", "Location")
    assert (model.count(confused), model.data(confused)) == (2, "2")  # what A1 covers in the passage, and Schmidt
    assert model.data(confused, SAME_ROLE) is False
    assert model.data(confused, SHARE_ROLE) == 1  # nothing is confused more often
    assert model.data(confused, Qt.ItemDataRole.AccessibleTextRole) == "Anna: Speaker · Ben: Location: 2 places"
    alone = index_of(model, None, "Location")
    assert model.count(alone) == 2
    assert model.data(index_of(model, "Speaker", "Speaker"), SAME_ROLE) is True
    assert model.data(index_of(model, "Quote", "Cue")) == "·"
    nobodys = index_of(model, None, None)
    assert model.data(nobodys, COUNT_ROLE) is None
    assert model.flags(nobodys) == Qt.ItemFlag.NoItemFlags
    total = sum(model.count(model.index(r, c)) for r in range(6) for c in range(6))
    assert total == 18 + 3  # the passage: 16 pairs, K2 and X1 alone; then Vienna, Berlin and Schmidt


def test_places_of_a_cell_in_the_order_of_articles_and_text(counted: Study) -> None:
    answer = counted.inquiry.answer
    assert answer is not None
    location = counted.project.cache.codebook.tag_named("location")
    speaker = counted.project.cache.codebook.tag_named("speaker")
    assert location is not None
    assert speaker is not None
    schmidt, confused = places(answer, (0, 1), (speaker.uid, location.uid))
    assert (schmidt.title, schmidt.words) == ("Vienna waits", ("Schmidt",))
    assert confused.title != schmidt.title
    assert len(confused.sides) == len(confused.uids) == 2
    alone = list(places(answer, (0, 1), (None, location.uid)))
    assert [one.words for one in alone] == [("Berlin",), ("on Thursday",)]
    assert all(one.first is None for one in alone)
    assert list(places(answer, (0, 1), (speaker.uid, None))) == []


def test_the_list_of_places_keeps_its_rows(counted: Study) -> None:
    answer = counted.inquiry.answer
    assert answer is not None
    location = counted.project.cache.codebook.tag_named("location")
    assert location is not None
    model = PlaceModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found = list(places(answer, (0, 1), (None, location.uid)))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show(found)
    model.show(list(found))
    assert len(resets) == 1
    assert model.rowCount() == 2
    assert model.data(model.index(0)) == "Berlin"
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "Berlin\nVienna waits"
    model.show([])
    assert model.rowCount() == 0


def test_three_annotators_have_three_tables(counted: Study) -> None:
    tag(counted.project, counted.second, "speaker", "Berlin")
    counted.wait()
    sets = tuple(one.uid for one in counted.inquiry.offered)
    counted.inquiry.choose(replace(counted.inquiry.question, sets=sets))
    counted.wait()
    model = ConfusionModel(counted.state, counted.inquiry)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.choose((1, 2))
    assert model.count(index_of(model, "Location", "Speaker")) == 1
    counted.inquiry.choose(replace(counted.inquiry.question, sets=sets[:2]))
    assert model.rowCount() == 0
    counted.wait()
    assert model.pair == (0, 1)
