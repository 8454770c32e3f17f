"""Errors that a user is told about: each message says what, why and what to do, in one line."""

from __future__ import annotations


class AnnotatorError(Exception):
    """Something a user can be told in one line; never shown as a traceback."""


class ProjectError(AnnotatorError):
    """A project file cannot be opened, created or written."""


class NotAProjectError(ProjectError):
    """The file is not a project of this program."""


class DamagedError(ProjectError):
    """The file is a project, but damaged or truncated."""


class NewerSchemaError(ProjectError):
    """The file was written by a newer version of this program."""


class ReadOnlyError(ProjectError):
    """A change was asked of a project that is open for reading only."""


class BusyError(ProjectError):
    """Another program holds the file; nothing was written."""


class StaleError(AnnotatorError):
    """A row no longer equals what the change was made from: somebody else changed it. Nothing was written."""


class RuleError(AnnotatorError):
    """The codebook or the data model forbids the change. Nothing was written."""


class ImportRefusedError(AnnotatorError):
    """One file or row cannot be imported; the others of the same import still come in."""


class ExportRefusedError(AnnotatorError):
    """An export cannot be written; an existing output file stays as it was."""
