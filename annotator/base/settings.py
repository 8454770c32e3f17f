"""A person's settings, kept in one small JSON file: one table of what there is, from which the dialog is made too."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

from msgspec import Struct

from annotator.base.uuid7 import uuid7

_log = logging.getLogger(__name__)
_RECENT = 12
_DECLINED = 200


class Setting(Struct, frozen=True):
    """One setting: its name in the file, its default (which fixes its type) and how the dialog shows it.

    A setting without a label is not shown in the dialog. Numbers lie within ``least`` and ``most``.
    """

    name: str
    default: Any
    label: str = ""
    page: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    hint: str = ""


TABLE = (
    Setting("annotator_uid", ""),
    Setting("annotator_name", "", "Your name", "Annotator", hint="Stands beside your annotations in every export."),
    Setting(
        "theme",
        "system",
        "Theme",
        "Looks",
        (("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("high_contrast", "High contrast")),
    ),
    Setting("interface_size", 13, "Size of the interface", "Looks", least=10, most=24, hint="Pixels."),
    Setting("article_family", "", "Typeface of articles", "Looks", hint="Empty: the best book face that is there."),
    Setting("article_size", 16, "Size of articles", "Looks", least=10, most=48, hint="Pixels; Ctrl + and Ctrl − zoom."),
    Setting("propose_speakers", True, "Propose the speaker of a new quote", "Tagging"),
    Setting("backups", True, "Keep backups of every project", "Safety", hint="Made after opening, when work was done."),
    Setting("backup_megabytes", 2000, "Disk space for backups", "Safety", least=10, most=100_000, hint="Megabytes."),
    Setting("keys", {}),
    Setting("recent", []),
    Setting("window", {}),
    Setting("declined", []),
)
_KNOWN = {setting.name: setting for setting in TABLE}


class Settings:
    """Reads once, writes at each change through a temporary file; a damaged file counts as empty and is kept aside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "settings.json"
        self._values: dict[str, Any] = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            _log.warning("the settings could not be read; the defaults are used")
            self._set_aside()
            return {}
        return values if isinstance(values, dict) else {}

    def _set_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".damaged.json"))
        except OSError:
            _log.warning("the damaged settings could not be set aside")

    def __getitem__(self, name: str) -> Any:
        """Return a setting's value, the default when it was never set or has the wrong type; KeyError if unknown."""
        setting = _KNOWN[name]
        value = self._values.get(name, setting.default)
        return value if type(value) is type(setting.default) else setting.default

    def __setitem__(self, name: str, value: Any) -> None:
        """Set and save; raises KeyError for an unknown name, TypeError for a value of the wrong type."""
        setting = _KNOWN[name]
        if type(value) is not type(setting.default):
            raise TypeError(f"{name} must be {type(setting.default).__name__}")
        if value != self._values.get(name, setting.default):
            self._values[name] = value
            self._write()

    def _write(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix="settings", suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._values, file, ensure_ascii=False, indent=1, sort_keys=True)
            Path(name).replace(self._path)
        except OSError:
            # Settings are a comfort: a folder that cannot be written must not stop the work.
            _log.warning("the settings could not be saved")

    @property
    def annotator_uid(self) -> str:
        """The person's own key, made at first need."""
        if not self["annotator_uid"]:
            self["annotator_uid"] = uuid7()
        return str(self["annotator_uid"])

    def decline(self, hand_out: str) -> None:
        """Note the uid of a handing out that was to somebody else, so that nobody is asked again."""
        self["declined"] = [*(other for other in self["declined"] if other != hand_out), hand_out][-_DECLINED:]

    def add_recent(self, project: Path) -> None:
        """Put a project at the head of the recent ones."""
        path = str(project.resolve())
        self["recent"] = [path, *(other for other in self["recent"] if other != path)][:_RECENT]

    def forget_recent(self, project: str) -> None:
        """Take a project out of the recent ones."""
        self["recent"] = [other for other in self["recent"] if other != project]
