"""Records told in words, for a person who has to judge two versions of one: what it is, and field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from annotator.model.annotation import Annotation, AnnotationSet, Annotator, Link
from annotator.model.article import Article, ArticleWork, Status
from annotator.model.changes import Kind, Record
from annotator.model.codebook import Attribute, LinkRule, TagType
from annotator.model.entity import Entity
from annotator.model.merge_plan import Sides
from annotator.model.references import Key
from annotator.model.review import Verdict
from annotator.model.values import Values, as_text

_LONGEST = 70
_MARKS = frozenset("“„«»‘‚\"'「『")


def tr(text: str) -> str:
    """Translate a text of bringing in."""
    return QCoreApplication.translate("bringIn", text)


class Field(Struct, frozen=True):
    """One thing that two versions say: its name, what mine says and what theirs says."""

    label: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.mine != self.theirs


def quoted(text: str) -> str:
    """Return a text in marks, unless it has its own."""
    return text if text[:1] in _MARKS else f"“{text}”"


def in_line(text: str, longest: int = _LONGEST) -> str:
    """Return a text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


class RecordTeller:
    """Tells records of the two sides of a plan; what a record refers to is named as its own side names it.

    ``text_of`` reads an article's text by its SHA-256.
    """

    def __init__(self, sides: Sides, text_of: Callable[[str], str]) -> None:
        self._sides, self._text_of = sides, text_of

    # -- what it is ---------------------------------------------------------------------------------------

    def headline(self, record: Record) -> str:
        """Return what a record is, in one line: Quote “The talks go on,”."""
        match record:
            case Annotation():
                return f"{self._label(Kind.TAG_TYPE, record.tag_type)} {quoted(in_line(record.text))}"
            case Link():
                ends = (self._words(record.from_annotation), self._words(record.to_annotation))
                return tr("Link {0}: {1} → {2}").format(record.role.replace("_", " "), *ends)
            case Verdict():
                return tr("Verdict on {0}").format(self._words(record.annotation))
            case ArticleWork():
                return tr("{0}’s progress and memo").format(self._name(Kind.ANNOTATOR, record.annotator))
            case Attribute():
                owner = self._label(Kind.TAG_TYPE, record.tag_type) if record.tag_type else tr("articles")
                return tr("Attribute “{0}” of {1}").format(record.label, owner)
            case _:
                return self._plain_headline(record)

    def _plain_headline(self, record: Record) -> str:
        names = {
            Article: tr("Article “{0}”"), Entity: tr("“{0}”"), TagType: tr("Tag “{0}”"), LinkRule: tr("Link “{0}”"),
            Annotator: tr("Annotator {0}"), AnnotationSet: tr("Tags of {0}"),
        }  # fmt: skip
        name = next((str(getattr(record, one)) for one in ("title", "label", "name") if hasattr(record, one)), "")
        return names.get(type(record), "{0}").format(in_line(name))

    def _look_up(self, key: Key) -> Record | None:
        return self._sides.mine.get(key) or self._sides.theirs.get(key)

    def _name(self, kind: Kind, uid: str | None) -> str:
        found = self._look_up((kind, uid)) if uid is not None else None
        return str(getattr(found, "name", "")) if found is not None else ""

    def _label(self, kind: Kind, uid: str) -> str:
        return str(getattr(self._look_up((kind, uid)), "label", "?"))

    def _words(self, annotation: str) -> str:
        found = self._look_up((Kind.ANNOTATION, annotation))
        return quoted(in_line(found.text, 40)) if isinstance(found, Annotation) else "?"

    # -- what it says -------------------------------------------------------------------------------------

    def fields(self, mine: Record | None, theirs: Record | None) -> list[Field]:
        """Return what the two versions say, what differs first; a side that is not there says nothing."""
        mine_said = dict(self._said(mine)) if mine is not None else {}
        theirs_said = dict(self._said(theirs)) if theirs is not None else {}
        labels = dict.fromkeys((*mine_said, *theirs_said))
        found = [Field(label, mine_said.get(label, ""), theirs_said.get(label, "")) for label in labels]
        alike = tr("Text") if isinstance(mine, Article) and isinstance(theirs, Article) else ""
        told = [one for one in found if (one.mine or one.theirs) and (one.differs or one.label != alike)]
        if mine is None or theirs is None:
            return told
        return sorted(told, key=lambda one: not one.differs)

    def _said(self, record: Record) -> Iterator[tuple[str, str]]:
        match record:
            case Annotation():
                yield from self._annotation(record)
            case Article():
                yield from self._article(record)
            case ArticleWork():
                yield from self._work(record)
            case Link():
                yield tr("From"), self._words(record.from_annotation)
                yield tr("To"), self._words(record.to_annotation)
                yield tr("Role"), record.role.replace("_", " ")
                yield tr("Note"), record.note
            case Verdict():
                yield tr("By"), self._name(Kind.ANNOTATOR, record.reviewer)
                yield tr("Decision"), str(record.decision)
                yield tr("Reason"), record.reason
                yield tr("Comment"), record.comment
            case Entity():
                yield from _entity(record)
            case TagType() | Attribute() | LinkRule():
                yield from self._of_codebook(record)
            case _:
                yield tr("Name"), str(getattr(record, "name", ""))

    def _annotation(self, one: Annotation) -> Iterator[tuple[str, str]]:
        yield tr("Words"), one.text
        yield tr("Tag"), self._label(Kind.TAG_TYPE, one.tag_type)
        yield tr("Who or what"), self._name(Kind.ENTITY, one.entity)
        yield from self._values(one.values)
        yield tr("Note"), one.note
        yield tr("Confidence"), str(one.confidence)

    def _values(self, values: Values) -> Iterator[tuple[str, str]]:
        for uid, value in values:
            yield self._label(Kind.ATTRIBUTE, uid), as_text(value).replace("_", " ")

    def _article(self, article: Article) -> Iterator[tuple[str, str]]:
        yield tr("Text"), self._text_of(article.sha256)
        yield tr("Title"), article.title
        yield tr("Source"), article.source
        yield tr("Byline"), article.byline
        yield tr("Date"), article.published
        yield tr("Address"), article.url
        yield tr("Language"), article.language
        yield tr("Furniture"), ", ".join(f"{one.start}–{one.stop}" for one in article.furniture)
        yield from article.extra
        yield tr("Memo"), article.memo

    def _work(self, work: ArticleWork) -> Iterator[tuple[str, str]]:
        states = {Status.TODO: tr("to do"), Status.IN_PROGRESS: tr("in progress"), Status.DONE: tr("done")}
        yield tr("Status"), states[work.status]
        yield tr("Assigned"), _yes(work.assigned)
        yield tr("Reviewed"), _yes(work.reviewed)
        yield from self._values(work.values)
        yield tr("Memo"), work.memo

    def _of_codebook(self, record: TagType | Attribute | LinkRule) -> Iterator[tuple[str, str]]:
        yield tr("Label"), record.label
        if isinstance(record, LinkRule):
            yield tr("From"), self._label(Kind.TAG_TYPE, record.from_type)
            yield tr("To"), self._label(Kind.TAG_TYPE, record.to_type)
            yield tr("At most"), str(record.at_most or tr("any number"))
            yield tr("No circles"), _yes(record.acyclic)
            return
        yield tr("Export name"), record.name
        yield tr("Definition"), record.definition
        if isinstance(record, TagType):
            yield tr("Key"), record.key
            yield tr("Colour"), record.colour
            yield tr("Examples"), "; ".join(record.examples)
        else:
            yield tr("Kind"), str(record.kind).replace("_", "/")
            yield tr("Choices"), "; ".join(record.choices)
            yield tr("Default"), record.default
            yield tr("Mandatory"), _yes(record.mandatory)
        yield tr("Position"), str(record.position + 1)


def _entity(entity: Entity) -> Iterator[tuple[str, str]]:
    yield tr("Name"), entity.name
    yield tr("Kind"), str(entity.kind).replace("_", " ")
    yield tr("Also called"), "; ".join(entity.aliases)
    yield tr("Role"), entity.role
    yield tr("Affiliation"), entity.affiliation
    if entity.latitude is not None and entity.longitude is not None:
        yield tr("Coordinates"), f"{entity.latitude}, {entity.longitude}"
    yield tr("Gazetteer"), " ".join(filter(None, (entity.gazetteer, entity.gazetteer_id)))
    yield tr("Country"), ", ".join(filter(None, (entity.admin1, entity.country)))
    yield tr("Wikidata"), entity.wikidata
    yield tr("Note"), entity.note
    yield tr("Given"), _yes(entity.given)


def _yes(value: bool) -> str:
    return tr("yes") if value else tr("no")
