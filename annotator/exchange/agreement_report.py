"""The agreement report: one HTML page to read, print and keep, and a CSV table beside it.

The page holds everything it shows: no script, nothing from elsewhere. Page and table are the same bytes for the same
data, date and version. The table is for spreadsheet programs: nothing in it runs as a formula.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from annotator.analysis.bootstrap import REPLICATES, SEED
from annotator.analysis.loaded import Loaded
from annotator.analysis.result import Level, Measure
from annotator.base.errors import ExportRefusedError
from annotator.exchange.agreement_methods import CONFUSION, FORMULAS, MATCHING, OVERVIEW, TREATMENT, interval_text
from annotator.exchange.agreement_pictures import confusions, strip
from annotator.exchange.agreement_table import COLUMNS, LEVELS, as_csv, listed, ordered, row, shown_tag
from annotator.exchange.csv_tables.cells import Cell, escaped_row, list_cell
from annotator.exchange.csv_tables.replacing import replacing

_ENDINGS = (".html", ".htm")
_BEFORE = ("project", "annotators", "articles", "left_out", "date", "program", "seed", "replicates")
_BEHIND = ("formula", "source", "matching_rule")
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2125; --soft: #5b636b; --line: #d5d9dd; --page: #fff; --same: #dcefe1;
  --differs: #f8e0d2; --heat: #b4491f; --empty: #eceef0 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --soft: #a2abb3; --line: #444b52; --page: #1b1e21;
  --same: #234531; --differs: #55331f; --heat: #f0925f; --empty: #2d3237 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 62rem;
  margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.2rem } h3 { font-size: 1rem }
table { border-collapse: collapse; margin: .8rem 0; width: 100%; font-size: .9rem }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.same { background: var(--same); font-weight: bold } .differs { background: var(--differs) }
.none { color: var(--soft) }
svg { width: 24rem; max-width: 60%; height: 14px; vertical-align: middle }
.h0 { fill: var(--empty) } .h1, .h2, .h3, .h4 { fill: var(--heat) }
.h1 { opacity: .4 } .h2 { opacity: .6 } .h3 { opacity: .8 }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .3rem 1rem }
dt { font-weight: bold } dd { margin: 0 }
@media print { :root { --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --same: #dcefe1; --differs: #f8e0d2;
  --heat: #b4491f; --empty: #eceef0 } body { max-width: none; margin: 0; font-size: 10pt }
  tr, dd { break-inside: avoid } * { print-color-adjust: exact } }
"""


class Made(Struct, frozen=True):
    """When and by what a report was made: ISO date, the program's version, and what the intervals were drawn with."""

    date: str
    version: str
    seed: int = SEED
    replicates: int = REPLICATES


def report_files(path: Path) -> tuple[Path, Path]:
    """Return the page and the table that a report is written to.

    Raises ExportRefusedError for another ending than .html, and when another table than a report's is in the way.
    """
    if path.suffix.lower() not in _ENDINGS or path.is_dir():
        raise ExportRefusedError(f"A report is a page: {path} is a folder or does not end in .html.")
    table = path.with_suffix(".csv")
    if table.exists() and not _is_ours(table):
        raise ExportRefusedError(f"{table.name} is there already and is no report’s table. Choose another name.")
    return path, table


def _is_ours(table: Path) -> bool:
    start = ",".join(_BEFORE).encode("utf-8-sig")
    if not table.is_file():
        return False
    with table.open("rb") as file:
        return file.read(len(start)) == start


def write_report(path: Path, loaded: Loaded, measures: Sequence[Measure], made: Made) -> tuple[Path, Path]:
    """Write page and table, and return their names; an older report is replaced, both files or neither.

    Raises ExportRefusedError when they cannot be written.
    """
    page, table = report_files(path)
    with replacing([page, table]) as parts:
        parts[page].write_bytes(as_page(loaded, measures, made).encode("utf-8", "replace"))
        parts[table].write_bytes(as_table(loaded, measures, made).encode("utf-8-sig", "replace"))
    return page, table


def as_table(loaded: Loaded, measures: Iterable[Measure], made: Made) -> str:
    """Return the measures with everything they rest on in every row, for a spreadsheet program."""
    names, count = list_cell(loaded.names), len(loaded.articles)
    before: list[Cell] = [loaded.project, names, count, loaded.left_out, made.date, f"Annotator {made.version}"]
    before += [made.seed, made.replicates]

    def cells(one: Measure) -> list[Cell]:
        known = FORMULAS[one.measure]
        return escaped_row([*before, *row(one), known.formula, known.source, MATCHING])

    return as_csv(map(cells, ordered(measures)), (*_BEFORE, *COLUMNS, *_BEHIND))


def as_page(loaded: Loaded, measures: Sequence[Measure], made: Made) -> str:
    """Return the whole page."""
    title = f"Agreement report: {loaded.project}"
    return _clean(
        '<!DOCTYPE html>\n<html lang="en" xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta charset="utf-8"/>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{_what(loaded, made)}\n{_sentence(loaded, measures)}\n<h2>Overview</h2>\n{_overview(measures)}\n"
        f"<h2>Which tags are confused</h2>\n<p>{escape(CONFUSION)}</p>\n{chr(10).join(confusions(loaded))}\n"
        f"<h2>Where the annotators differ</h2>\n{_articles(loaded)}\n<h2>All measures</h2>\n{_measures(measures)}\n"
        f"{_methods(made)}\n</body>\n</html>\n"
    )


def _clean(page: str) -> str:
    """Replace control characters and halves of characters, which no page may hold."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else "\ufffd" for c in page)


def _defined(pairs: Iterable[tuple[str, str]]) -> str:
    return "<dl>\n" + "".join(f"<dt>{name}</dt><dd>{said}</dd>\n" for name, said in pairs) + "</dl>"


def _what(loaded: Loaded, made: Made) -> str:
    which = "those that every annotator has marked done" if loaded.only_done else "all, done or not"
    tag = escape(loaded.tag.name) if loaded.tag else "all"
    unmatched = f"{loaded.entities}, of which {loaded.unmatched_entities} were used by one annotator only"
    return _defined(
        (
            ("Project", escape(loaded.project)),
            ("Annotators", ", ".join(f"<bdi>{escape(name)}</bdi>" for name in loaded.names)),
            ("Articles", f"{len(loaded.articles)} ({which}); {loaded.left_out} left out"),
            ("Tags", tag),
            ("Entities", unmatched),
            ("Made", f"{escape(made.date)} by Annotator {escape(made.version)}"),
        )
    )


def _sentence(loaded: Loaded, measures: Iterable[Measure]) -> str:
    """Say the main numbers as a methods section would."""
    tag = loaded.tag.name if loaded.tag else None
    wanted = {
        (Level.SPAN, "f1_exact"): "exact spans",
        (Level.SPAN, "f1_overlap"): "overlapping spans",
        (Level.SPAN, "gamma"): "spans",
        (Level.TOKEN, "alpha_nominal"): "tokens",
    }
    said = [
        f"{FORMULAS[one.measure].shown.partition(',')[0]} on {wanted[one.level, one.measure]} {_number(one.value)}"
        + (f" (95 % interval {_interval(one)})" if one.low is not None else "")
        for one in ordered(measures)
        if (one.level, one.measure) in wanted and one.tag == tag and one.value is not None
    ]
    if not said:
        return "<p>There is no number to report.</p>"
    count = len(loaded.articles)
    articles = "1 article" if count == 1 else f"{count} articles"
    about = f"the tag “{escape(tag)}”" if tag else "all tags"
    return f"<p>Agreement of {escape(listed(loaded.names))} on {articles}, for {about}: {'; '.join(said)}.</p>"


def _overview(measures: Iterable[Measure]) -> str:
    """Show what is cited most, a line for each tag."""
    known = [one for one in ordered(measures) if (one.level, one.measure) in OVERVIEW]
    tags = {one.tag: shown_tag(one) for one in known}
    cells = {(one.tag, one.level, one.measure): _number(one.value) + _bracketed(one) for one in known}
    head = "".join(f'<th scope="col">{FORMULAS[name].shown}, {level}s</th>' for level, name in OVERVIEW)
    rows = "".join(
        f'<tr><th scope="row">{escape(shown)}</th>'
        + "".join(f"<td>{cells.get((tag, *one), '')}</td>" for one in OVERVIEW)
        + "</tr>\n"
        for tag, shown in tags.items()
    )
    caption = "Value and 95 % interval; “–” is undefined, for a reason that stands in the table of all measures."
    return (
        f'<table><caption>{caption}</caption>\n<thead><tr><th scope="col">Tag</th>{head}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table>"
    )


def _bracketed(one: Measure) -> str:
    return "" if one.low is None else f" ({_interval(one)})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace("-", "−")


def _interval(one: Measure) -> str:
    return "" if one.low is None else f"{_number(one.low)} to {_number(one.high)}"


def _measures(measures: Iterable[Measure]) -> str:
    tables = []
    for level, some in groupby(ordered(measures), key=lambda one: one.level):
        rows = "".join(map(_row, some))
        columns = ("Tag", "Attribute or role", "Measure", "Value", "95 % interval", "n", "Matched", "Undefined because")
        head = "".join(f'<th scope="col">{name}</th>' for name in columns)
        tables.append(
            f"<table><caption>{LEVELS[level]}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
        )
    return "\n".join(tables)


def _row(one: Measure) -> str:
    matched = "" if one.matched is None else f"{one.matched:.1%}"
    shown = FORMULAS[one.measure].shown + (f" (mean of {one.pairs} pairs)" if one.pairs > 1 else "")
    numbers = (_number(one.value), _interval(one), str(one.n), matched)
    return (
        f"<tr><td>{escape(shown_tag(one))}</td><td>{escape(one.attribute or '')}</td><td>{shown}</td>"
        + "".join(f'<td class="n">{number}</td>' for number in numbers)
        + f"<td>{escape(one.reason or '')}</td></tr>\n"
    )


def _articles(loaded: Loaded) -> str:
    rows = "".join(
        f'<tr><td dir="auto">{escape(record.title)}</td><td>{escape(record.published)}</td>'
        f"<td>{strip(article, len(loaded.names))}</td></tr>\n"
        for record, article in zip(loaded.records, loaded.shown, strict=True)
    )
    caption = (
        "Each article from its beginning to its end: the taller a bar, the more characters there are tagged"
        " differently. Beside it the share of the whole article."
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Article", "Published", "Tagged differently"))
    return f"<table><caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"


def _methods(made: Made) -> str:
    rows = "".join(
        f"<tr><td>{escape(one.shown)}</td><td>{escape(one.reading)}</td><td>{escape(one.formula)}</td>"
        f"<td>{escape(one.source)}</td></tr>\n"
        for one in FORMULAS.values()
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Measure", "How to read it", "Formula", "Source"))
    return (
        f"<h2>How it was computed</h2>\n<h3>Matching</h3>\n<p>{escape(MATCHING)}</p>\n<h3>Formulas</h3>\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>\n"
        f"<p>{escape(interval_text(made.replicates, made.seed))}</p>\n<h3>Treatment</h3>\n"
        + _defined((escape(name), escape(said)) for name, said in TREATMENT.items())
    )
