"""A step that brings very many annotations rebuilds the list at once."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.base.uuid7 import uuid7
from annotator.model.span import Span, fragments


def test_many_at_once_are_one_reset_and_few_keep_the_rows(desk, qtbot) -> None:
    model, first = desk.panel.annotation_list.annotations, desk.now("S1")
    text = desk.state.content.text
    before = model.rowCount()
    desk.select("S2")
    with qtbot.waitSignal(model.modelReset), desk.project.edit("Add many") as edit:
        for at in range(101):
            edit.add(replace(first, uid=uuid7(), fragments=fragments(text, [Span(at, at + 3)])))
    assert model.rowCount() == before + 101
    assert model.row(desk.panel.annotation_list.currentIndex()).annotation == desk.now("S2").uid
    with qtbot.assertNotEmitted(model.modelReset), desk.project.edit("Add one") as edit:
        edit.add(replace(first, uid=uuid7(), fragments=fragments(text, [Span(0, 5)])))
    assert model.rowCount() == before + 102
