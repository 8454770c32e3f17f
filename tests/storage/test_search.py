from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import projects

from annotator.base.errors import RuleError
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.content import ArticleFilter
from annotator.model.finding import is_unspaced
from annotator.operations import articles, tagging
from annotator.operations.checking import check_project
from annotator.project.project import Project
from annotator.storage import search

CHINESE = "莫斯科的外交部发言人周四表示谈判继续。"


def titles(project: Project, words: str) -> list[str]:
    found = project.cache.listings.listing(projects.ANNA.uid, ArticleFilter(words=words)).uids
    return [row.title for row in project.read.article_rows(list(found), projects.ANNA.uid)]


@pytest.fixture
def library(project: Project, add_article: Callable[..., Article]) -> dict[str, Article]:
    texts = {
        "Éclair": "Le café est fermé. Naïve co-operation: 50% off_now.",
        "Talks": projects.TEXT,
        "谈判": CHINESE,
        "100% sure": "Nothing else.",
    }
    return {title: add_article(text, title) for title, text in texts.items()}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cafe", ["Éclair"]),
        ("CAFÉ ferme", ["Éclair"]),
        ("ecl", ["Éclair"]),
        ("caf fermé", []),
        ("fermé caf", ["Éclair"]),
        ('"café est"', ["Éclair"]),
        ('"est café"', []),
        ('"caf"', []),
        ("told Peskov", ["Talks"]),
        ("co-operation", ["Éclair"]),
        ("co-op", ["Éclair"]),
        ("opera-co", []),
        ("n", ["Éclair", "Talks", "100% sure"]),
        ("co-operation n", ["Éclair"]),
        ('"café est" n', ["Éclair"]),
        ('"est café" n', []),
        ("op cafe", []),
        ("外交部", ["谈判"]),
        ("外交", ["谈判"]),
        ("部", ["谈判"]),
        ("外交部 继续", ["谈判"]),
        ("外交部 战争", []),
        ("交外", []),
        ("谈判", ["谈判"]),
        ("%", ["100% sure"]),
        ("nothing", ["Talks", "100% sure"]),
        ("_ nothing", ["Talks", "100% sure"]),
        ("nothing _", ["Talks", "100% sure"]),
    ],
)
def test_what_words_find(project: Project, library: dict[str, Article], words: str, found: list[str]) -> None:
    assert titles(project, words) == found


@pytest.mark.parametrize(
    "words",
    [
        "Peskov OR left", "NOT Peskov", "title:Talks",
        "NEAR(a b)", "a*b", '"', '""', '"""', "'", "(", ")", "^a", "-a", "a AND",
        "Pes\0kov", "\0", "\ud83d", "外\0交部", "外\ud83d", "'; DROP TABLE article; --", "{title}: x", "外'\"交",
        "*", "a" * 5000, "\\", "外\\", "外%",
    ],
)  # fmt: skip
def test_nothing_typed_is_a_query_of_its_own(project: Project, library: dict[str, Article], words: str) -> None:
    assert set(titles(project, words)) <= {"Talks"} | set(library)
    project.read.find_everywhere(words)
    project.read.articles_titled(words, 5)
    assert len(list(project.read.all(Article))) == 4


def test_what_is_taken_for_one_word_is_one_to_the_index(project: Project, library: dict[str, Article]) -> None:
    """A phrase would be refused where words are indexed without their places."""
    letters = [chr(code) for code in range(0x20000) if search._is_one_word(chr(code)) and not is_unspaced(chr(code))]
    assert len(letters) > 10_000
    for start in range(0, len(letters), 500):
        words = " ".join(f"a{letter}b" for letter in letters[start : start + 500]) + " x"
        assert [index for index, _ in search.article_queries(words)] == ["article_starts"]
        assert titles(project, words) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(words=st.text(max_size=12) | st.text(alphabet='"*():^-+{}外a \0\\%_', max_size=8))
def test_no_words_break_it(project: Project, words: str) -> None:
    titles(project, words)
    list(search.annotations_with(project.read._connection, words, 5))


def test_the_index_is_in_step_after_everything(project: Project, library: dict[str, Article]) -> None:
    article = library["Talks"]
    articles.describe(project, article, replace(article, title="外交部 Summit"))
    assert titles(project, "Summit") == ["外交部 Summit"]
    assert sorted(titles(project, "外交部")) == sorted(["外交部 Summit", "谈判"])
    project.undo()
    assert (titles(project, "Summit"), titles(project, "外交部")) == ([], ["谈判"])
    articles.remove(project, [library["谈判"]])
    assert titles(project, "外交部") == []
    project.undo()
    assert titles(project, "外交部") == ["谈判"]
    project.redo()
    assert titles(project, "外交部") == []
    assert check_project(project.path) == []


def test_notes_and_values_are_found_as_they_are_now(project: Project, library: dict[str, Article]) -> None:
    def found(words: str) -> list[str]:
        return [uid for uid, *_ in search.annotations_with(project.read._connection, words, 5)]

    claim = projects.tag(project, library["Talks"], "claim", "Moscow")
    tagging.set_note(project, claim, "doubtful")
    now = project.read.get(Annotation, claim.uid)
    assert now is not None
    tagging.set_value(project, now, projects.attribute_uid(project, "claim", "claim_text"), "Peskov spoke")
    assert (found("doubt"), found("spoke peskov"), found("?")) == ([claim.uid], [claim.uid], [])
    project.undo()
    assert (found("doubtful"), found("spoke")) == ([claim.uid], [])
    project.undo()
    assert found("doubtful") == []
    assert check_project(project.path) == []


def test_an_article_without_its_text_is_refused(project: Project) -> None:
    made, _ = projects.new_article("nowhere")
    with pytest.raises(RuleError, match="The text of “Talks” is not there; nothing was written"):  # noqa: SIM117
        with project.edit("Import") as edit:
            edit.add(made)
    with pytest.raises(KeyError):
        project.read.text(made.sha256)


def test_a_text_that_does_not_answer_to_its_hash_is_refused(project: Project) -> None:
    made, text = projects.new_article("nowhere")
    with pytest.raises(RuleError, match="does not match its checksum"), project.edit("Import") as edit:
        edit.add(made)
        edit.texts[made.sha256] = text + "!"
