"""Where a run keeps its made files, and how large they are."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks.workload import giant, project
from benchmarks.workload.project import Size


@dataclass
class Run:
    """One run: its folder, the sizes measured over, the largest for lists and search, and the giant's length.

    ``pygamma`` is a Python that has pygamma-agreement, or None.
    Files are made when first asked for and kept until the run ends; whoever writes into one takes a copy.
    """

    folder: Path
    sizes: tuple[int, ...]
    largest: int
    entities: int = 50_000
    paragraphs: int = giant.PARAGRAPHS
    spans: int = giant.SPANS
    repeats: int = 40
    pygamma: Path | None = None
    _numbers: count[int] = field(default_factory=count)

    def project(self, articles: int) -> Path:
        """Return a project of so many articles; beyond the sizes that agreement is measured at, with fewer marks."""
        path = self.folder / f"{articles}.annot"
        if not path.exists():
            project.make(path, self.size(articles))
        return path

    def size(self, articles: int) -> Size:
        """Return what a project of so many articles holds."""
        if articles > max(self.sizes):
            return Size(articles, marks=5, entities=self.entities, done=False)
        return Size(articles)

    def giant(self) -> Path:
        """Return the project with the giant."""
        path = self.folder / "giant.annot"
        if not path.exists():
            giant.make(path, self.paragraphs, self.spans)
        return path

    def copy(self, path: Path) -> Path:
        """Return a copy of a file that may be changed."""
        made = self.scratch(path.suffix)
        shutil.copyfile(path, made)
        on_disk(made)
        return made

    def scratch(self, suffix: str = "") -> Path:
        """Return the path of something that is not there yet."""
        # An earlier run in a folder that is kept may have left some.
        paths = (self.folder / f"scratch-{number}{suffix}" for number in self._numbers)
        return next(path for path in paths if not path.exists())

    @property
    def settings(self) -> Path:
        """Return a new settings folder."""
        return self.scratch()


def on_disk(path: Path) -> None:
    """See that a file is on the disk: the first commit, of it or of another one, would wait for all of it otherwise."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
