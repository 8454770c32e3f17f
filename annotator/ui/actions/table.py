"""The table of actions: id, title, keys, menu, where its key counts and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import cast

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP

from annotator.model.codebook import Codebook, TagType


class Mode(Enum):
    """What the window is for just now: tagging, or going through differences."""

    TAGGING = "tagging"
    REVIEW = "review"


class Where(Enum):
    """Where an action's key counts: in the whole window, or only while reader or a list of tags has the focus.

    READER keys count while tagging, REVIEW keys in review mode: the same key can be one of each.
    """

    WINDOW = "window"
    READER = "reader"
    REVIEW = "review"


class Need(Enum):
    """What must be there for an action to be enabled; each includes those before it."""

    NOTHING = 0
    PROJECT = 1
    WRITABLE = 2
    ARTICLE = 3
    TAGGING = 4  # an open article in a writable project
    ANNOTATION = 5  # a selected annotation in a writable project
    REVIEWING = 6  # review mode with an article open
    DECIDING = 7  # the same in a writable project


class Menu(StrEnum):
    """The menus in their order; NONE for actions that only the palette and keys reach."""

    FILE = "&File"
    EDIT = "&Edit"
    TAG = "&Tag"
    ARTICLE = "&Article"
    REVIEW = "&Review"
    VIEW = "&View"
    HELP = "&Help"
    NONE = ""


class Action(Struct, frozen=True):
    """One thing the window can do. ``group`` parts a menu by lines; ``keys`` are portable key sequences."""

    id: str
    title: str
    keys: tuple[str, ...] = ()
    menu: Menu = Menu.NONE
    group: int = 0
    where: Where = Where.WINDOW
    need: Need = Need.NOTHING
    icon: str = ""
    checkable: bool = False
    hint: str = ""


_T = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_C = "actions"
_READER = Where.READER
_REVIEW = Where.REVIEW

TABLE: tuple[Action, ...] = (
    Action("file.new", _T(_C, "New project…"), ("Ctrl+N",), Menu.FILE, 0, icon="new-project"),
    Action("file.open", _T(_C, "Open project…"), ("Ctrl+O",), Menu.FILE, 0, icon="open"),
    Action("file.sample", _T(_C, "Open the sample project"), (), Menu.FILE, 0, icon="sample"),
    Action("file.close", _T(_C, "Close project"), ("Ctrl+W",), Menu.FILE, 0, need=Need.PROJECT, icon="close"),
    Action("file.import", _T(_C, "Import articles…"), ("Ctrl+I",), Menu.FILE, 1, need=Need.WRITABLE, icon="import"),
    Action(
        "file.importFolder", _T(_C, "Import a folder…"), ("Ctrl+Shift+I",), Menu.FILE, 1, need=Need.WRITABLE,
        icon="folder",
    ),
    Action(
        "file.paste", _T(_C, "Paste as new article"), ("Ctrl+Shift+V",), Menu.FILE, 1, need=Need.WRITABLE, icon="copy"
    ),
    Action("file.export", _T(_C, "Export…"), ("Ctrl+E",), Menu.FILE, 2, need=Need.PROJECT, icon="export"),
    Action("file.handOut", _T(_C, "Hand out…"), (), Menu.FILE, 3, need=Need.WRITABLE, icon="hand-out",
           hint=_T(_C, "Write a file with articles for a colleague to annotate")),
    Action("file.bringIn", _T(_C, "Bring in a colleague’s work…"), (), Menu.FILE, 3, need=Need.WRITABLE,
           icon="bring-in", hint=_T(_C, "Merge what a colleague has done in a file that you have handed out")),
    Action("file.backup", _T(_C, "Save a backup copy…"), (), Menu.FILE, 4, need=Need.PROJECT, icon="backup"),
    Action("file.backups", _T(_C, "Backups…"), (), Menu.FILE, 4),
    Action("file.preferences", _T(_C, "Preferences…"), ("Ctrl+,",), Menu.FILE, 5, icon="settings"),
    Action("file.quit", _T(_C, "Quit"), ("Ctrl+Q",), Menu.FILE, 6),
    Action("edit.undo", _T(_C, "Undo"), ("Ctrl+Z",), Menu.EDIT, 0, need=Need.WRITABLE, icon="undo"),
    Action("edit.redo", _T(_C, "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), Menu.EDIT, 0, need=Need.WRITABLE, icon="redo"),
    Action("edit.find", _T(_C, "Find in article"), ("Ctrl+F",), Menu.EDIT, 1, need=Need.ARTICLE, icon="search"),
    Action("edit.findNext", _T(_C, "Find next"), ("F3",), Menu.EDIT, 1, need=Need.ARTICLE),
    Action("edit.findPrevious", _T(_C, "Find previous"), ("Shift+F3",), Menu.EDIT, 1, need=Need.ARTICLE),
    Action("edit.search", _T(_C, "Search everything"), ("Ctrl+Shift+F",), Menu.EDIT, 1, need=Need.PROJECT),
    Action("edit.codebook", _T(_C, "Codebook…"), ("Ctrl+B",), Menu.EDIT, 2, need=Need.PROJECT, icon="codebook"),
    Action(
        "edit.entities", _T(_C, "People, bodies and places…"), ("Ctrl+Shift+E",), Menu.EDIT, 2, need=Need.PROJECT,
        icon="entity",
    ),
    Action("edit.project", _T(_C, "Project…"), (), Menu.EDIT, 2, need=Need.PROJECT, icon="info"),
    Action(
        "link.accept", _T(_C, "Take the proposed speaker"), ("Return",), Menu.TAG, 1, _READER, Need.ANNOTATION,
        "check",
    ),
    Action("link.speaker", _T(_C, "Choose the speaker…"), ("L",), Menu.TAG, 1, _READER, Need.ANNOTATION, "speaker"),
    Action(
        "link.before", _T(_C, "Speaker of the quote before"), ("Shift+L",), Menu.TAG, 1, _READER, Need.ANNOTATION
    ),
    Action("link.other", _T(_C, "Link to…"), ("K",), Menu.TAG, 1, _READER, Need.ANNOTATION, "link"),
    Action("tag.entity", _T(_C, "Choose who or what it is…"), ("G",), Menu.TAG, 1, _READER, Need.ANNOTATION, "entity"),
    Action("tag.retype", _T(_C, "Change the tag (then a digit)"), ("T",), Menu.TAG, 2, _READER, Need.ANNOTATION),
    Action("tag.note", _T(_C, "Note"), ("N",), Menu.TAG, 2, _READER, Need.ANNOTATION, "note"),
    Action("tag.confidence", _T(_C, "Confidence: next"), ("C",), Menu.TAG, 2, _READER, Need.ANNOTATION, "confidence"),
    Action("entity.rename", _T(_C, "Rename who or what it is"), ("F2",), Menu.TAG, 2, _READER, Need.ANNOTATION),
    Action("tag.delete", _T(_C, "Remove the tag"), ("Del", "Backspace"), Menu.TAG, 2, _READER, Need.ANNOTATION,
           "remove"),
    Action("tag.startBack", _T(_C, "Start a word earlier"), ("U",), Menu.TAG, 3, _READER, Need.ANNOTATION),
    Action("tag.startForward", _T(_C, "Start a word later"), ("I",), Menu.TAG, 3, _READER, Need.ANNOTATION),
    Action("tag.stopBack", _T(_C, "End a word earlier"), ("O",), Menu.TAG, 3, _READER, Need.ANNOTATION),
    Action("tag.stopForward", _T(_C, "End a word later"), ("P",), Menu.TAG, 3, _READER, Need.ANNOTATION),
    Action("tag.startBackCharacter", _T(_C, "Start a character earlier"), ("Shift+U",), Menu.NONE, 3, _READER,
           Need.ANNOTATION),
    Action("tag.startForwardCharacter", _T(_C, "Start a character later"), ("Shift+I",), Menu.NONE, 3, _READER,
           Need.ANNOTATION),
    Action("tag.stopBackCharacter", _T(_C, "End a character earlier"), ("Shift+O",), Menu.NONE, 3, _READER,
           Need.ANNOTATION),
    Action("tag.stopForwardCharacter", _T(_C, "End a character later"), ("Shift+P",), Menu.NONE, 3, _READER,
           Need.ANNOTATION),
    Action("tag.addFragment", _T(_C, "Add the selection as a fragment"), ("+",), Menu.TAG, 3, _READER,
           Need.ANNOTATION, "add"),
    Action("tag.removeFragment", _T(_C, "Take the fragment at the caret away"), ("-",), Menu.TAG, 3, _READER,
           Need.ANNOTATION),
    Action("tag.next", _T(_C, "Next annotation"), ("Tab",), Menu.TAG, 4, _READER, Need.ARTICLE, "arrow-down"),
    Action("tag.previous", _T(_C, "Previous annotation"), ("Shift+Tab",), Menu.TAG, 4, _READER, Need.ARTICLE,
           "arrow-up"),
    Action("tag.none", _T(_C, "Select no annotation"), ("Esc",), Menu.NONE, 4, _READER, Need.ARTICLE),
    Action("article.done", _T(_C, "Mark done and open the next"), ("Ctrl+Return",), Menu.ARTICLE, 0,
           need=Need.TAGGING, icon="done"),
    Action("article.inProgress", _T(_C, "Mark in progress"), (), Menu.ARTICLE, 0, need=Need.TAGGING,
           icon="in-progress"),
    Action("article.todo", _T(_C, "Mark to do"), (), Menu.ARTICLE, 0, need=Need.TAGGING, icon="todo"),
    Action("article.next", _T(_C, "Next article"), ("Ctrl+Down",), Menu.ARTICLE, 1, need=Need.PROJECT,
           icon="arrow-down"),
    Action("article.previous", _T(_C, "Previous article"), ("Ctrl+Up",), Menu.ARTICLE, 1, need=Need.PROJECT,
           icon="arrow-up"),
    Action("article.furniture", _T(_C, "Mark the selection as furniture"), ("Ctrl+Shift+D",), Menu.ARTICLE, 2,
           need=Need.TAGGING, hint=_T(_C, "Share icons and the like: dimmed, never cut")),
    Action("article.notFurniture", _T(_C, "This is no furniture"), (), Menu.ARTICLE, 2, need=Need.TAGGING),
    Action("article.edit", _T(_C, "Title, date and source…"), ("Ctrl+Shift+M",), Menu.ARTICLE, 2, need=Need.ARTICLE,
           icon="edit"),
    Action("article.remove", _T(_C, "Remove the article…"), (), Menu.ARTICLE, 3, need=Need.TAGGING, icon="remove"),
    Action("review.toggle", _T(_C, "Review mode"), ("Ctrl+Shift+R",), Menu.REVIEW, 0, need=Need.ARTICLE, icon="review",
           checkable=True),
    Action("review.agreement", _T(_C, "Agreement"), ("Ctrl+Shift+A",), Menu.REVIEW, 0, need=Need.PROJECT,
           icon="insights", checkable=True,
           hint=_T(_C, "How far annotators agree, where they differ, and a report of it")),
    Action("review.next", _T(_C, "Next difference"), ("J",), Menu.REVIEW, 1, _REVIEW, Need.REVIEWING, "arrow-down"),
    Action("review.previous", _T(_C, "Previous difference"), ("K",), Menu.REVIEW, 1, _REVIEW, Need.REVIEWING,
           "arrow-up"),
    Action("review.side", _T(_C, "Judge the other version"), ("S",), Menu.REVIEW, 1, _REVIEW, Need.REVIEWING),
    Action("review.accept", _T(_C, "Accept"), ("A",), Menu.REVIEW, 2, _REVIEW, Need.DECIDING, "check"),
    Action("review.reject", _T(_C, "Reject…"), ("R",), Menu.REVIEW, 2, _REVIEW, Need.DECIDING, "close"),
    Action("review.revise", _T(_C, "Revise"), ("E",), Menu.REVIEW, 2, _REVIEW, Need.DECIDING, "edit"),
    Action("review.comment", _T(_C, "Comment…"), ("M",), Menu.REVIEW, 2, _REVIEW, Need.DECIDING, "note"),
    Action("review.first", _T(_C, "Take the first version"), ("1",), Menu.REVIEW, 3, _REVIEW, Need.DECIDING),
    Action("review.second", _T(_C, "Take the second version"), ("2",), Menu.REVIEW, 3, _REVIEW, Need.DECIDING),
    Action("review.merged", _T(_C, "Take the merged extent"), ("3",), Menu.REVIEW, 3, _REVIEW, Need.DECIDING, "merge"),
    Action("review.nothing", _T(_C, "Nothing here is to be tagged"), ("X",), Menu.REVIEW, 3, _REVIEW, Need.DECIDING),
    Action("review.acceptAgreed", _T(_C, "Accept everything agreed"), ("Shift+A",), Menu.REVIEW, 4, _REVIEW,
           Need.DECIDING, "done"),
    Action("review.reviewed", _T(_C, "Mark the article reviewed"), ("Shift+Return",), Menu.REVIEW, 5, _REVIEW,
           Need.DECIDING),
    Action("review.reopen", _T(_C, "Reopen the article"), (), Menu.REVIEW, 5, _REVIEW, Need.DECIDING),
    Action("view.palette", _T(_C, "Find a command…"), ("Ctrl+K",), Menu.VIEW, 0, icon="palette"),
    Action("view.zoomIn", _T(_C, "Larger text"), ("Ctrl++", "Ctrl+="), Menu.VIEW, 1, need=Need.ARTICLE),
    Action("view.zoomOut", _T(_C, "Smaller text"), ("Ctrl+-",), Menu.VIEW, 1, need=Need.ARTICLE),
    Action("view.zoomReset", _T(_C, "Usual text size"), ("Ctrl+0",), Menu.VIEW, 1, need=Need.ARTICLE),
    Action("view.articles", _T(_C, "Show the article list"), ("F9",), Menu.VIEW, 2, need=Need.PROJECT, checkable=True),
    Action("view.panel", _T(_C, "Show the annotations"), ("F10",), Menu.VIEW, 2, need=Need.PROJECT, checkable=True),
    Action("view.nextPart", _T(_C, "Next part of the window"), ("F6",), Menu.VIEW, 3, need=Need.PROJECT),
    Action("view.previousPart", _T(_C, "Previous part of the window"), ("Shift+F6",), Menu.VIEW, 3,
           need=Need.PROJECT),
    Action("view.light", _T(_C, "Light theme"), (), Menu.VIEW, 4, icon="theme"),
    Action("view.dark", _T(_C, "Dark theme"), (), Menu.VIEW, 4, icon="theme"),
    Action("view.highContrast", _T(_C, "High contrast theme"), (), Menu.VIEW, 4, icon="theme"),
    Action("help.keys", _T(_C, "Keys"), ("F1",), Menu.HELP, 0, icon="help"),
    Action("help.about", _T(_C, "About Annotator"), (), Menu.HELP, 1, icon="info"),
)  # fmt: skip

TAG, RETYPE, TAG_SAME = "tag.", "retype.", "tagSame."


def tag_action(tag: TagType) -> Action:
    """Return the action that adds an annotation of a tag type; its digit is looked up by the key's position."""
    hint = tag.definition.split("\n", 1)[0]
    title = f"Tag {tag.label.lower()}"
    return Action(
        f"{TAG}{tag.name}", title, (tag.key,) if tag.key else (), Menu.TAG, 0, Where.READER, Need.TAGGING,
        tag.part.value if tag.part.value != "other" else "tag", hint=hint,
    )  # fmt: skip


def codebook_actions(codebook: Codebook) -> list[Action]:
    """Return the actions that a codebook brings: tag, tag all same and retype, for each tag type in order."""
    return [
        *(tag_action(tag) for tag in codebook.tag_types),
        *(_further(TAG_SAME, "Tag all same as", "Ctrl+", Need.TAGGING, tag) for tag in codebook.tag_types),
        *(_further(RETYPE, "Change the tag to", "T, ", Need.ANNOTATION, tag) for tag in codebook.tag_types),
    ]


def _further(prefix: str, title: str, before_digit: str, need: Need, tag: TagType) -> Action:
    keys = (f"{before_digit}{tag.key}",) if tag.key else ()
    return Action(f"{prefix}{tag.name}", f"{title} {tag.label.lower()}", keys, Menu.NONE, 0, Where.READER, need)
