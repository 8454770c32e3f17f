"""Whatever a text is made of: what is tagged in the window is stored as the text's own characters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from support.user import User, at_the_window, project_file, settle

from annotator.exchange.articles import as_article, read_text
from annotator.model.boundaries import graphemes_whole
from annotator.model.content import ArticleContent
from annotator.model.span import Span
from annotator.operations.articles import add_articles

PIECES = (
    "Peskov", "said", "“yes,”", "d’accord", "a", "I", "—", "3.14", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}",
    "\N{GRINNING FACE}", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}", "\U0001f1e9\U0001f1ea",
    "e\N{COMBINING ACUTE ACCENT}", "q\N{COMBINING DOT BELOW}\N{COMBINING TILDE}", "שלום", "מוסקבה", "السلام",
    "موسكو 2025", "北京", "한국", "हिन्दी", "\N{LINE SEPARATOR}", "\n", "\n\n", "\t", "\N{RIGHT-TO-LEFT MARK}",
    "\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}", "\N{DESERET CAPITAL LETTER LONG I}", "…", "«", "»",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=4, max_size=40).map(
    lambda pieces: "Title\n\n" + " ".join(pieces) + " end"
)
FEW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[User]:
    folder = tmp_path_factory.mktemp("texts")
    with at_the_window(project_file(folder, "First\n\nSome words."), folder / "settings") as user:
        yield user


def shown(user: User, text: str) -> ArticleContent:
    """Import a text and open it."""
    project = user.window.state.project
    assert project is not None
    added = add_articles(project, [as_article(read_text(text))])
    uid = added.articles[0].uid if added.articles else added.known[0][1].uid
    user.window.state.open_article(uid)
    user.reader.setFocus()
    settle()
    content = user.window.state.content
    assert content is not None
    return content


def the_only_one(user: User, content: ArticleContent) -> Span:
    """Check the one annotation against the text, remove it, and return its span."""
    project = user.window.state.project
    assert project is not None
    stored = project.read.content(content.article.uid)
    assert stored is not None
    assert stored.text == content.text
    (annotation,) = stored.annotations.values()
    (fragment,) = annotation.fragments
    assert fragment.exact == stored.text[fragment.start : fragment.stop]
    assert stored.text[: fragment.start].endswith(fragment.prefix)
    assert stored.text[fragment.stop :].startswith(fragment.suffix)
    user.press("Ctrl+Z")  # shows where the change was, whatever the text there
    assert user.annotations == []
    user.press("Ctrl+Shift+Z")
    assert [one.uid for one in user.annotations] == [annotation.uid]
    user.window.state.select(annotation.uid)
    user.press("Delete")
    assert user.annotations == []
    return fragment.span


@FEW
@given(TEXTS, st.data())
def test_a_selected_span_and_a_key(user: User, text: str, data: st.DataObject) -> None:
    content = shown(user, text)
    start = data.draw(st.integers(0, len(content.text) - 1), "start")
    stop = data.draw(st.integers(start + 1, len(content.text)), "stop")
    span = graphemes_whole(content.text, Span(start, stop))
    if not content.text[span.start : span.stop].strip():
        return
    user.window.desk.reader.set_selection(span)
    settle()
    assert user.window.state.selection == span
    user.press("5")
    tagged = the_only_one(user, content)
    assert tagged.start <= start or not content.text[start : tagged.start].strip()
    assert tagged.stop >= stop or not content.text[tagged.stop : stop].strip()


@FEW
@given(TEXTS, st.data())
@example("Title\n\n\N{GRINNING FACE} שלום \N{LINE SEPARATOR} e\N{COMBINING ACUTE ACCENT} end", None)
def test_a_drag_and_a_key(user: User, text: str, data: st.DataObject | None) -> None:
    content = shown(user, text)
    body = content.text.index("end") if data is None else 0
    start = body if data is None else data.draw(st.integers(0, len(content.text) - 2), "start")
    stop = len(content.text) if data is None else data.draw(st.integers(start + 1, len(content.text)), "stop")
    reader = user.window.desk.reader
    begin, end = reader.point_of(start), reader.point_of(min(stop, len(content.text) - 1))
    QTest.qWait(1)
    user.pull(reader.viewport(), begin, reader.viewport(), end)
    selection = reader.selection()
    if selection is None or not content.text[selection.start : selection.stop].strip():
        return
    user.press("5")
    tagged = the_only_one(user, content)
    assert tagged == graphemes_whole(content.text, tagged), "no character is cut"


def test_a_claim_over_empty_lines_can_be_undone_and_redone(user: User) -> None:
    """The place of an undone step is shown: an empty line within it has no box, and once hung the window."""
    content = shown(user, "Title\n\nShe said “first part.\n\n\n“second part,” yes.")
    whole = Span(content.text.index("first"), content.text.index(",”"))
    user.window.desk.reader.set_selection(whole)
    settle()
    user.press("4")
    assert the_only_one(user, content) == whole
