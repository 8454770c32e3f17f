from __future__ import annotations

from analysis.made import TEXT, articles, linked, tagged
from hypothesis import given

from annotator.analysis.comparison import Comparison, Difference, DifferenceKind, compare
from annotator.analysis.corpus import ArticleAnnotations
from annotator.model.span import Span


def kinds(found: Comparison) -> list[str]:
    return [str(difference.kind) for difference in found.differences]


def test_the_same_is_agreed() -> None:
    a, b = tagged(TEXT, "q", (17, 41), uid="a"), tagged(TEXT, "q", (17, 41), uid="b")
    assert compare([a], [b]) == Comparison((), ((a, b),), ((a, b),))
    assert compare([], []) == Comparison((), (), ())


def test_what_one_set_has_alone_comes_in_text_order() -> None:
    late, early = tagged(TEXT, "s", (42, 52), uid="late"), tagged(TEXT, "s", (0, 10), uid="early")
    found = compare([late], [early])
    assert found.differences == (
        Difference(DifferenceKind.ONLY_B, None, early),
        Difference(DifferenceKind.ONLY_A, late, None),
    )
    assert [difference.start for difference in found.differences] == [0, 42]


def test_a_boundary_tells_which_characters_differ() -> None:
    a = tagged(TEXT, "q", (0, 10), (20, 30), uid="a")
    b = tagged(TEXT, "q", (2, 8), (12, 14), (25, 33), uid="b")
    [difference] = compare([a], [b]).differences
    assert difference.kind == DifferenceKind.BOUNDARY
    assert difference.only_a == (Span(0, 2), Span(8, 10), Span(20, 25))
    assert difference.only_b == (Span(12, 14), Span(30, 33))
    assert compare([a], [b]).agreed == ()


def test_another_tag_on_the_same_words() -> None:
    a, b = tagged(TEXT, "q", (0, 10), uid="a", values=(("x", "1"),)), tagged(TEXT, "s", (0, 9), uid="b")
    # Attributes belong to the tag, so they are not compared.
    assert kinds(compare([a], [b])) == ["boundary", "tag"]


def test_attributes_and_entities_of_a_pair() -> None:
    a = tagged(TEXT, "q", (0, 10), uid="a", entity="e", values=(("x", "1"), ("y", True), ("z", ("m", "n"))))
    b = tagged(TEXT, "q", (0, 10), uid="b", values=(("w", 2.0), ("y", False), ("z", ("m", "n"))))
    found = compare([a], [b])
    assert kinds(found) == ["attribute", "attribute", "attribute", "entity"]
    assert [difference.attribute for difference in found.differences] == ["w", "x", "y", None]


def test_links_are_compared_between_matched_ends() -> None:
    a = [
        tagged(TEXT, "q", (17, 41), uid="a1"),
        tagged(TEXT, "s", (0, 10), uid="a2"),
        tagged(TEXT, "s", (42, 52), uid="a3"),
    ]
    b = [
        tagged(TEXT, "q", (17, 41), uid="b1"),
        tagged(TEXT, "s", (0, 10), uid="b2"),
        tagged(TEXT, "s", (42, 52), uid="b3"),
    ]
    same = ([linked("a1", "a2")], [linked("b1", "b2")])
    assert compare(a, b, same).differences == ()
    assert len(compare(a, b, same).agreed) == 3
    other = ([linked("a1", "a2")], [linked("b1", "b3")])
    found = compare(a, b, other)
    assert found.differences == (
        Difference(DifferenceKind.LINK, a[0], b[0], link_a=other[0][0]),
        Difference(DifferenceKind.LINK, a[0], b[0], link_b=other[1][0]),
    )
    assert len(found.agreed) == 2
    assert kinds(compare(a, b, ([linked("a1", "a2", "addressee")], [linked("b1", "b2")]))) == ["link", "link"]


def test_links_go_with_an_annotation_that_one_set_has_alone() -> None:
    a = [tagged(TEXT, "q", (17, 41), uid="a1"), tagged(TEXT, "s", (0, 10), uid="a2")]
    b = [tagged(TEXT, "s", (0, 10), uid="b2")]
    assert kinds(compare(a, b, ([linked("a1", "a2")], []))) == ["only_a"]
    assert kinds(compare(b, a, ([], [linked("a1", "a2")]))) == ["only_b"]
    # Here the other end is missing, so the matched one differs by its link.
    assert kinds(compare(a[:1], [tagged(TEXT, "q", (17, 41))], ([linked("a1", "gone")], []))) == ["link"]


@given(articles())
def test_everything_is_listed_or_agreed_and_both_directions_mirror(one: ArticleAnnotations) -> None:
    a, b = one.annotations
    found, mirrored = compare(a, b), compare(b, a)
    alone = [d for d in found.differences if d.kind in (DifferenceKind.ONLY_A, DifferenceKind.ONLY_B)]
    assert 2 * len(found.pairs) + len(alone) == len(a) + len(b)
    differing = {(d.a.uid, d.b.uid) for d in found.differences if d.a and d.b}
    assert {(x.uid, y.uid) for x, y in found.pairs} == differing | {(x.uid, y.uid) for x, y in found.agreed}
    assert [d.start for d in found.differences] == sorted(d.start for d in found.differences)
    assert len(found.pairs) == len(mirrored.pairs)


@given(articles(1))
def test_a_set_has_no_differences_from_itself(one: ArticleAnnotations) -> None:
    [a] = one.annotations
    found = compare(a, a)
    assert found.differences == ()
    assert len(found.agreed) == len(a)
