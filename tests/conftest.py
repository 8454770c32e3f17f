"""What every test stands on: no screen, settings of its own, a small project."""

from __future__ import annotations

import gc
import os
import tempfile

# Before anything imports Qt or asks for the user's folders.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_private = tempfile.TemporaryDirectory(prefix="annotator-tests-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
    os.environ[_name] = _private.name

from collections.abc import Callable, Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from support import projects  # noqa: E402

from annotator.model.article import Article  # noqa: E402
from annotator.project.project import Project  # noqa: E402

# The same examples in every run: a failure is the change's, not the day's.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000, database=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


gc.disable()


@pytest.fixture(autouse=True)
def garbage_is_collected_between_tests() -> Iterator[None]:
    """Collect on this thread only, as the program does (ui/collector.py): a worker's would delete Qt's objects."""
    yield
    gc.collect(1)


@pytest.fixture
def settings_dir(tmp_path: Path) -> Path:
    """A settings folder of this test's own; it does not exist yet."""
    return tmp_path / "settings"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A new project with the news codebook, Anna at work on it."""
    made = projects.new_project(tmp_path / "project.annot")
    yield made
    made.close()


@pytest.fixture
def add_article(project: Project) -> Callable[..., Article]:
    """Import a text into the project: ``add_article(text, title)``."""

    def add(text: str = projects.TEXT, title: str = "Talks", **fields: object) -> Article:
        return projects.add(project, text, title, **fields)

    return add


@pytest.fixture
def article(add_article: Callable[..., Article]) -> Article:
    """A small article in the project."""
    return add_article()
