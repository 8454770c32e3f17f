"""The giant: one article of a megabyte in 2,550 paragraphs with 10,000 spans of two annotators, many overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.exchange.codebook_file import shipped_codebook
from annotator.model.annotation import Annotation
from annotator.model.article import Article, ArticleWork, Status, text_hash
from annotator.model.changes import Change, Kind
from annotator.model.span import Span, fragment
from annotator.project.opening import create_project, work_as
from annotator.storage import counts, search
from benchmarks.workload.project import ANNA, BEN, bulk, entities, insert, uid
from benchmarks.workload.prose import paragraphs

PARAGRAPHS, SPANS = 2_550, 10_000


def make(path: Path, length: int = PARAGRAPHS, spans: int = SPANS) -> None:
    """Write a project that holds the giant alone; half of the spans are Anna's, half Ben's."""
    project = create_project(path, shipped_codebook("news"), name="Giant")
    try:
        sets = {}
        for who in (BEN, ANNA):
            made = work_as(project, who)
            assert made is not None
            sets[who.uid] = made.uid
        tags = {tag.name: tag.uid for tag in project.cache.codebook.tag_types}
    finally:
        project.close()
    text, marks = prose(length)
    article = Article(uid(0, 0), "The giant", text_hash(text), len(text), sum(1 for _ in text.split()))
    with bulk(path) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO text (sha256, body) VALUES (?, ?)", (article.sha256, text))
        insert(connection, Kind.ARTICLE, [article])
        insert(connection, Kind.ENTITY, entities(200))
        search.Words([Change(Kind.ARTICLE, article.uid, None, article)]).learn(connection, {article.sha256: text})
        works = [ArticleWork(uid(0x10, at), article.uid, who, Status.DONE) for at, who in enumerate(sets)]
        insert(connection, Kind.ARTICLE_WORK, works)
        made = annotations(article, text, marks, sets, tags, spans)
        insert(connection, Kind.ANNOTATION, made)
        counts.keep(connection, [Change(Kind.ANNOTATION, one.uid, None, one) for one in made])
        connection.execute("COMMIT")


def prose(length: int) -> tuple[str, list[tuple[str, int, int]]]:
    """Return the text and what is marked in it, and every fourth sentence as a claim over whatever lies in it."""
    parts, marks, at = [], [], 0
    for number, paragraph in enumerate(paragraphs(length, seed=2, marked=0.25)):
        parts.append(paragraph.text)
        marks += [(m.tag, at + m.start, at + m.stop) for m in paragraph.marks]
        if number % 4 == 0:
            marks.append(("claim", at, at + paragraph.text.index(".") + 1))
        at += len(paragraph.text) + 1
    return "\n".join(parts), marks


def annotations(
    article: Article, text: str, marks: Sequence[tuple[str, int, int]], sets: dict[str, str], tags: dict[str, str],
    spans: int,
) -> list[Annotation]:  # fmt: skip
    """Spread so many annotations evenly over the marks; Ben's are a word shorter here and there."""
    made = []
    for number, (who, of) in enumerate(sets.items()):
        share = spans // len(sets)
        for at in range(share):
            tag, start, stop = marks[at * len(marks) // share]
            span = Span(start, stop)
            if number and at % 4 == 0 and " " in span.of(text):
                span = Span(start, start + span.of(text).rindex(" "))
            key = uid(0x20 + number, at)
            piece = fragment(text, span)
            made.append(Annotation(key, article.uid, tags[tag], of, (piece,), who))
    return made
