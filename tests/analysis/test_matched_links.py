from __future__ import annotations

import pytest
from analysis.made import CODEBOOK, QUOTE, SPEAKER, TEXT, article, linked, tagged

from annotator.analysis import nominal
from annotator.analysis.bootstrap import Tally, estimates
from annotator.analysis.corpus import ArticleAnnotations, corpus
from annotator.analysis.matched_links import items, link_tallies, roles
from annotator.analysis.spans import matched
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, LinkRule


def annotations(who: str) -> list[Annotation]:
    return [
        tagged(TEXT, "q", (17, 41), uid=f"{who}q1"),
        tagged(TEXT, "q", (60, 66), uid=f"{who}q2"),
        tagged(TEXT, "s", (0, 10), uid=f"{who}s1"),
        tagged(TEXT, "s", (42, 52), uid=f"{who}s2"),
    ]


def made(first: list[Link], second: list[Link], *, without: str = "") -> ArticleAnnotations:
    one, other = ([a for a in annotations(who) if a.uid != without] for who in "ab")
    return ArticleAnnotations(TEXT, (tuple(one), tuple(other)), links=(tuple(first), tuple(second)))


def tally(several: list[ArticleAnnotations], codebook: Codebook = CODEBOOK) -> Tally:
    of = corpus(several, codebook)
    [(tag, role, found)] = link_tallies(of, matched(of), codebook)
    assert (tag, role) == (0, "speaker")
    return found


def test_every_matched_pair_that_could_be_linked_is_an_item() -> None:
    one = made([linked("aq1", "as1"), linked("aq2", "as2")], [linked("bq1", "bs1"), linked("bq2", "bs1")])
    found = tally([one])
    assert items(found) == 4
    assert found.counts.tolist() == [[2, 2, 2, 2, 2]]
    [values] = estimates([found])
    of = nominal.counts([[1, 0, 0, 1], [1, 0, 1, 0]])
    assert values["cohen_kappa"].value == pytest.approx(float(nominal.cohen_kappa(of)))
    assert values["alpha_nominal"].value == pytest.approx(float(nominal.alpha_nominal(of)))


def test_links_with_an_unmatched_end_or_of_another_role_are_left_out() -> None:
    one = made([linked("aq1", "as1"), linked("aq2", "as2", "addressee")], [linked("bq1", "bs1")], without="bs1")
    assert items(tally([one])) == 2
    assert tally([one]).counts.tolist() == [[2, 2, 0, 2, 0]]
    wrong = made([linked("as1", "as2")], [])
    assert tally([wrong]).counts.tolist() == [[4, 4, 0, 4, 0]]


def test_articles_have_rows_of_their_own_and_may_have_no_links() -> None:
    bare = article(TEXT, annotations("a"), annotations("b"))
    linked_once = made([linked("aq1", "as1")], [linked("bq1", "bs1")])
    assert tally([bare, linked_once]).counts.tolist() == [[4, 4, 0, 4, 0], [4, 3, 1, 3, 1]]


def test_an_annotation_is_never_an_item_with_itself() -> None:
    rules = (*CODEBOOK.link_rules, LinkRule("2", "speaker", "Speaker", "q", "q"))
    found = tally([made([linked("aq1", "aq2")], [])], Codebook((QUOTE, SPEAKER), (), rules))
    assert items(found) == 2 * 4 - 2
    assert found.counts.tolist() == [[5, 5, 1, 6, 0]]


def test_roles_with_the_tags_they_lead_to() -> None:
    rules = (LinkRule("1", "r", "R", "q", "s"), LinkRule("2", "r", "R", "q", "q"), LinkRule("3", "t", "T", "s", "q"))
    book = Codebook((QUOTE, SPEAKER), (), rules)
    assert list(roles(book)) == [(0, "r", {0, 1}), (1, "t", {0})]
