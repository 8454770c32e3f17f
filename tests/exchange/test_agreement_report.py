from __future__ import annotations

import csv
import io
import re
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree, html
from msgspec.structs import replace
from support.two_annotators import AGREED, A, B, reviewed_project

from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.loaded import Loaded
from annotator.analysis.result import Measure
from annotator.base.errors import ExportRefusedError
from annotator.exchange.agreement_methods import CONFUSION, FORMULAS, MATCHING, TREATMENT
from annotator.exchange.agreement_report import Made, as_page, as_table, report_files, write_report
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.operations.agreement import compared, measures_of
from annotator.project.opening import open_project

MADE = Made("2025-03-14", "1.2.3")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Loaded:
    path: Path = tmp_path_factory.mktemp("passage") / "passage.annot"
    reviewed_project(path).close()
    project = open_project(path, read_only=True)
    try:
        return compared(project.read, only_done=False)
    finally:
        project.close()


@pytest.fixture(scope="module")
def measures(loaded: Loaded) -> tuple[Measure, ...]:
    return measures_of(loaded)


def parsed(page: str) -> etree._Element:
    """Read the page as XML, which takes nothing that is not well-formed."""
    return etree.fromstring(page.encode(), etree.XMLParser(resolve_entities=False))


def text_of(page: str) -> str:
    return " ".join("".join(html.fromstring(page.encode()).itertext()).split())


# -- the page ---------------------------------------------------------------------------------------------


def test_the_page_says_all_that_a_methods_section_needs(loaded: Loaded, measures):
    said = text_of(as_page(loaded, measures, MADE))
    assert "Agreement report: Passage" in said
    for words in ("Anna, Ben", "2025-03-14 by Annotator 1.2.3", "1 (all, done or not); 0 left out", "seed 20250313"):
        assert words in said
    assert "6, of which 0 were used by one annotator only" in said
    assert "Agreement of Anna and Ben on 1 article, for all tags: F1 on exact spans 0.824; F1 on over" in said
    assert "1000 replicates" in said
    assert MATCHING in said
    assert CONFUSION in said
    for one in FORMULAS.values():
        assert one.formula in said
        assert one.source in said
        assert one.reading in said
    for name, words in TREATMENT.items():
        assert name in said
        assert words in said


def test_every_measure_is_in_a_row_with_its_reason(loaded: Loaded, measures):
    rows = [
        ["".join(cell.itertext()) for cell in row]
        for row in parsed(as_page(loaded, measures, MADE)).iter("{*}tr")
        if len(row) == 8
    ]
    assert len(rows) == len(measures) + 5  # a header for each level
    assert ["quote", "", "F1, exact", "0.750", "", "8", "", ""] in rows
    assert ["speaker", "", "Cohen’s κ", "0.400", "", "3", "85.7%", ""] in rows
    reason = "Everybody used one and the same category, so chance agreement is 1."
    assert ["quote", "medium", "Cohen’s κ", "–", "", "4", "100.0%", reason] in rows


def test_the_overview_has_a_line_for_each_tag(loaded: Loaded, measures):
    undefined = [replace(one, value=None) if one.measure == "alpha_u" else one for one in measures]
    undefined[1] = replace(measures[1], low=-0.5, high=1.0)
    rows = [
        ["".join(cell.itertext()) for cell in row]
        for row in parsed(as_page(loaded, undefined, MADE)).iter("{*}tr")
        if len(row) == 7 and row[1].text not in ("speaker", "0", "1", "3")
    ]
    assert rows[0] == [
        "Tag", "F1, exact, spans", "F1, overlapping, spans", "Krippendorff’s α_U, spans", "γ, spans",
        "Cohen’s κ, tokens", "Krippendorff’s α, nominal, tokens",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == ["speaker", "quote", "location", "claim", "cue", "(all tags)"]
    assert rows[1][1:] == ["0.857", "0.857", "–", "0.844", "0.944 (−0.500 to 1.000)", "0.945"]


def test_the_confusion_matrix_counts_pairs_and_those_without_a_counterpart(loaded: Loaded, measures):
    page = parsed(as_page(loaded, measures, MADE))
    (table,) = [one for one in page.iter("{*}table") if "Rows: Anna. Columns: Ben." in "".join(one.itertext())]
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("{*}tr")]
    assert rows == [
        ["", "speaker", "quote", "location", "claim", "cue", "no counterpart"],
        ["speaker", "3", "0", "1", "0", "0", "0"],
        ["quote", "0", "4", "0", "0", "0", "0"],
        ["location", "0", "0", "3", "0", "0", "0"],
        ["claim", "0", "0", "0", "2", "0", "0"],
        ["cue", "0", "0", "0", "0", "3", "1"],
        ["no counterpart", "0", "0", "1", "0", "0", ""],
    ]
    assert len(AGREED) + 4 == 3 + 4 + 3 + 2 + 3


def test_the_strip_shows_where_they_differ(loaded: Loaded, measures):
    """Differing characters: 42–46 of Q1, 57–85, 247–256 and 298–309; 52 of 384."""
    page = parsed(as_page(loaded, measures, MADE))
    (strip,) = page.iter("{*}svg")
    differing = 4 + 28 + 9 + 11
    assert strip.get("aria-label") == f"{differing / len(loaded.articles[0].text):.1%} tagged differently"
    background, *bars = strip.iter("{*}rect")
    assert background.get("class") == "h0"
    assert all(bar.get("class") in ("h1", "h2", "h3", "h4") for bar in bars)
    at = [int(bar.get("x", "")) for bar in bars]
    assert at == sorted(at)
    assert int(bars[0].get("x", "")) == 42 * 120 // 384
    assert any(bar.get("class") == "h4" and bar.get("height") == "14" for bar in bars)


def test_nothing_on_the_page_leads_elsewhere_or_runs(loaded: Loaded, measures):
    page = as_page(loaded, measures, MADE)
    tree = parsed(page)
    names = {etree.QName(one).localname for one in tree.iter(etree.Element)}
    assert not names & {"script", "link", "img", "iframe", "object", "a", "use", "image"}
    assert not [key for one in tree.iter(etree.Element) for key in one.keys() if key in ("src", "href", "style")]  # noqa: SIM118
    assert "url(" not in page
    assert "@import" not in page
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/1999/xhtml"}
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


HOSTILE = "</title><script>alert(1)</script>&amp;\x00\x1b\ud800\u202e\"'"


def test_every_name_is_escaped(loaded: Loaded, measures):
    tags = tuple(replace(one, name=f"{HOSTILE}{one.name}") for one in loaded.codebook.tag_types)
    bad = replace(
        loaded,
        project=HOSTILE,
        names=(HOSTILE, "Ben"),
        codebook=Codebook(tags, loaded.codebook.attributes, loaded.codebook.link_rules),
        records=(replace(loaded.records[0], title=HOSTILE, published=HOSTILE),),
        tag=tags[0],
    )
    measured = [replace(one, tag=HOSTILE, attribute=HOSTILE, reason=HOSTILE) for one in measures[:3]]
    measured += [replace(one, tag=tags[0].name) for one in measures if one.tag == "speaker"]
    page = as_page(bad, measured, replace(MADE, date=HOSTILE, version=HOSTILE))
    tree = parsed(page)
    assert not list(tree.iter("{*}script"))
    assert "\x1b" not in page
    assert "</title><script>alert(1)</script>&amp;\ufffd\ufffd\ufffd" in "".join(tree.itertext())
    assert page.encode("utf-8")


def test_more_than_two_annotators_have_a_matrix_for_each_pair(loaded: Loaded):
    (article,) = loaded.articles
    a, b = article.annotations
    three = replace(
        loaded,
        names=("Anna", "Ben", "Carol"),
        articles=(replace(article, annotations=(a, b, a), links=(), values=()),),
        marks=None,
    )
    page = as_page(three, measures_of(three, with_gamma=False, replicates=0), MADE)
    for first, second in combinations(three.names, 2):
        assert f"Rows: {first}. Columns: {second}." in text_of(page)
    assert "(mean of 3 pairs)" in page
    assert "Agreement of Anna, Ben and Carol on 1 article" in page
    assert f'aria-label="{2 / 3 * 52 / 384:.1%} tagged' in page  # Anna and Carol do not differ


def test_no_article_and_one_tag_are_said(loaded: Loaded):
    empty = replace(
        loaded, articles=(), records=(), left_out=2, only_done=True, tag=loaded.codebook.tag_types[0], marks=None
    )
    said = text_of(as_page(empty, measures_of(empty), MADE))
    assert "There is no number to report." in said
    assert "0 (those that every annotator has marked done); 2 left out" in said
    alone = replace(loaded, tag=loaded.codebook.tag_types[0])
    said = text_of(as_page(alone, measures_of(alone), MADE))
    assert "for the tag “speaker”: F1 on exact spans 0.857" in said


def test_intervals_are_shown_when_there_are_some(loaded: Loaded):
    (article,) = loaded.articles
    same = ArticleAnnotations(article.text, (article.annotations[0],) * 2)
    both = (replace(article, links=(), values=()), same)
    two = replace(loaded, articles=both, records=(*loaded.records,) * 2, marks=None)
    measured = measures_of(two, with_gamma=False)
    page = as_page(two, measured, MADE)
    assert "on 2 articles" in page
    low = next(one.low for one in measured if one.tag is None and one.measure == "f1_exact")
    assert f"F1 on exact spans 0.912 (95 % interval {low:.3f} to 1.000)" in page


def test_minus_is_a_minus(loaded: Loaded, measures):
    assert '<td class="n">−0.250</td>' in as_page(loaded, [replace(measures[0], value=-0.25)], MADE)


# -- the table --------------------------------------------------------------------------------------------


def test_the_table_has_everything_in_every_row(loaded: Loaded, measures):
    text = as_table(loaded, measures, MADE)
    assert text.count("\r\n") == text.count("\n") == len(measures) + 1
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(measures)
    assert {(row["project"], row["annotators"], row["articles"]) for row in rows} == {("Passage", "Anna; Ben", "1")}
    assert {(row["date"], row["program"], row["seed"]) for row in rows} == {
        ("2025-03-14", "Annotator 1.2.3", "20250313")
    }
    assert {row["matching_rule"] for row in rows} == {MATCHING}
    (found,) = [
        row for row in rows if (row["level"], row["tag"], row["measure"]) == ("token", "speaker", "cohen_kappa")
    ]
    assert float(found["value"]) == pytest.approx(1240 / 1313)
    assert (found["n"], found["reason"], found["source"]) == ("73", "", FORMULAS["cohen_kappa"].source)
    (medium,) = [row for row in rows if (row["attribute"], row["measure"]) == ("medium", "cohen_kappa")]
    assert (medium["value"], medium["reason"][:13]) == ("", "Everybody use")


def test_nothing_in_the_table_runs_as_a_formula(loaded: Loaded, measures):
    bad = replace(loaded, project="=cmd()", names=("+Anna", "Ben"))
    text = as_table(bad, [replace(measures[0], tag="@tag", attribute="-x", value=-0.5)], MADE)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["project"], row["annotators"], row["tag"], row["attribute"]) == (
        "'=cmd()",
        "'+Anna; Ben",
        "'@tag",
        "'-x",
    )
    assert row["value"] == "-0.5"


# -- the files --------------------------------------------------------------------------------------------


def test_page_and_table_are_written_and_the_same_every_time(tmp_path: Path, loaded: Loaded, measures):
    page, table = write_report(tmp_path / "r.html", loaded, measures, MADE)
    before = (page.read_bytes(), table.read_bytes())
    assert (page, table) == (tmp_path / "r.html", tmp_path / "r.csv")
    assert before[0].decode() == as_page(loaded, measures, MADE)
    assert before[1].startswith(b"\xef\xbb\xbfproject,annotators,")
    write_report(page, loaded, measures_of(loaded), MADE)
    assert (page.read_bytes(), table.read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.csv", "r.html"]


def test_another_ending_is_refused_and_a_failure_leaves_what_was_there(tmp_path: Path, loaded: Loaded, measures):
    for name in ("r.txt", "r", "r.csv"):
        with pytest.raises(ExportRefusedError, match=r"does not end in \.html"):
            report_files(tmp_path / name)
    (tmp_path / "d.html").mkdir()
    with pytest.raises(ExportRefusedError, match="is a folder"):
        write_report(tmp_path / "d.html", loaded, measures, MADE)
    (tmp_path / "r.html").write_text("older", encoding="utf-8")
    broken = replace(loaded, records=(Article("u", "t", "", 0, 0),) * 2)
    with pytest.raises(ValueError, match="zip"):
        write_report(tmp_path / "r.html", broken, measures, MADE)
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == "older"


def test_another_table_of_that_name_is_not_replaced(tmp_path: Path, loaded: Loaded, measures):
    (tmp_path / "r.csv").mkdir()
    (tmp_path / "s.csv").write_text("annotation_uid,article_uid\r\n", encoding="utf-8")
    for name in ("r.html", "s.htm"):
        with pytest.raises(ExportRefusedError, match=r"[rs]\.csv is there already and is no report’s table"):
            write_report(tmp_path / name, loaded, measures, MADE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.csv", "s.csv"]


def test_sets_are_those_of_the_passage(tmp_path: Path, loaded: Loaded):
    project = reviewed_project(tmp_path / "passage.annot")
    stored = {one.uid: one.annotation_set for one in project.read.all(Annotation)}
    project.close()
    assert [{stored[one.uid] for one in made} for made in loaded.articles[0].annotations] == [{A}, {B}]
