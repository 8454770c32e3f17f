from __future__ import annotations

import csv
import io
import json

from msgspec.structs import replace

from annotator.analysis.corpus import ArticleAnnotations
from annotator.analysis.loaded import Loaded
from annotator.analysis.result import Level, Measure, Reason
from annotator.exchange.agreement_methods import FORMULAS
from annotator.exchange.agreement_table import (
    COLUMNS,
    JSON_MEASURES,
    as_csv,
    as_document,
    as_lines,
    left_out_line,
    listed,
    ordered,
    row,
)
from annotator.model.article import Article
from annotator.model.codebook import Codebook

ARTICLE = ArticleAnnotations("Text", ((), ()))
LOADED = Loaded("Study", Codebook(), ("Anna", "Ben"), (Article("u", "T", "", 4, 1),), (ARTICLE,), left_out=1)
TWO = replace(LOADED, articles=(ARTICLE, ARTICLE), left_out=0)
F1 = Measure(Level.SPAN, "quote", None, "f1_exact", 0.8251, 0.7, 0.95, 34)
WHOLE = Measure(Level.SPAN, None, None, "agr_ab", 1.0, n=40)
KAPPA = Measure(Level.ATTRIBUTE, "quote", "medium", "cohen_kappa", None, n=4, reason=Reason.ONE_CATEGORY, matched=0.875)
GENRE = Measure(Level.ATTRIBUTE, None, "genre", "alpha_nominal", -0.125, n=2)
TOKEN = Measure(Level.TOKEN, "cue", None, "observed", 0.5, n=123456)
ALL = [TOKEN, WHOLE, F1, KAPPA, GENRE]


def test_the_document_is_what_the_design_says_and_nothing_else():
    document = json.loads(json.dumps(as_document(LOADED, [F1, WHOLE, KAPPA])))
    assert document == {
        "annotators": ["Anna", "Ben"],
        "articles": 1,
        "measures": [
            {
                "level": "span", "tag": "quote", "attribute": None, "measure": "f1_exact", "value": 0.8251, "low": 0.7,
                "high": 0.95, "n": 34, "reason": None,
            },
            {
                "level": "attribute", "tag": "quote", "attribute": "medium", "measure": "cohen_kappa", "value": None,
                "low": None, "high": None, "n": 4,
                "reason": "Everybody used one and the same category, so chance agreement is 1.",
            },
        ],
    }  # fmt: skip


def test_every_measure_of_the_document_has_a_formula():
    assert set(JSON_MEASURES) < set(FORMULAS)


def test_levels_stand_in_order_and_all_tags_last():
    assert ordered(ALL) == [F1, WHOLE, TOKEN, KAPPA, GENRE]
    assert ordered([]) == []


def test_the_table_is_rfc_4180_with_every_column():
    text = as_csv(map(row, [F1, KAPPA]))
    header, first, second = csv.reader(io.StringIO(text, newline=""))
    assert text.count("\r\n") == 3
    assert tuple(header) == COLUMNS
    assert first == ["span", "quote", "", "f1_exact", "0.8251", "0.7", "0.95", "34", "", "", "1"]
    assert second[4:] == ["", "", "", "4", str(Reason.ONE_CATEGORY), "0.875", "1"]


def test_lines_are_for_people():
    assert as_lines(TWO, ALL) == [
        "Agreement in “Study” on 2 articles, between:",
        "  Anna",
        "  Ben",
        "",
        "Spans: n counts annotations of all annotators",
        "  tag            attribute            measure              value  95 % interval          n matched",
        "  quote                               f1_exact             0.825  0.700 … 0.950         34",
        "  (all tags)                          agr_ab               1.000                        40",
        "",
        "Tokens: n counts tokens",
        "  tag            attribute            measure              value  95 % interval          n matched",
        "  cue                                 observed             0.500                    123456",
        "",
        "Attributes: n counts matched annotations, or articles",
        "  tag            attribute            measure              value  95 % interval          n matched",
        "  quote          medium               cohen_kappa              –  (1)                    4   87.5%",
        "  (article)      genre                alpha_nominal       -0.125                         2",
        "",
        "Undefined:",
        "  (1) Everybody used one and the same category, so chance agreement is 1.",
    ]


def test_lines_stay_within_100_columns():
    long = replace(F1, tag="x" * 90, attribute="y" * 90, measure="precision_overlap", value=-1.0, low=-1.0, high=-0.5)
    undefined = replace(KAPPA, n=1234567, matched=1.0)
    lines = as_lines(LOADED, [long, undefined, *(replace(KAPPA, reason=one) for one in Reason)])
    assert max(map(len, lines)) <= 100
    assert any("xxx… " in line and " yyy" in line for line in lines)
    assert [line[:5] for line in lines if line.startswith("  (")] == [f"  ({at})" for at in range(1, len(Reason) + 1)]


def test_articles_that_are_left_out_are_counted():
    said = "1 article left out because not everybody has marked it done (--articles all compares all)."
    assert left_out_line(LOADED) == said
    lines = as_lines(LOADED, [F1])
    assert said in lines
    assert lines[-1] == "Intervals need at least two articles."
    none = replace(LOADED, articles=(), records=(), left_out=3)
    assert as_lines(none, [F1])[-2:] == [
        "3 articles left out because not everybody has marked them done (--articles all compares all).",
        "There is no article to compare.",
    ]
    assert left_out_line(TWO) == ""


def test_names_are_listed_as_in_a_sentence():
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
