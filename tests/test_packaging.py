"""What ``pyproject.toml`` asks for is locked with hashes, whole on every platform, and names no machine."""

from __future__ import annotations

import importlib.metadata
import itertools
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import annotator

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCKS = ["pip", "run", "test"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """Return release by canonical package name."""
    return {canonicalize_name(found[1]): found[2] for found in PINNED.finditer(text(name))}


def environments() -> list[dict[str, str]]:
    """Return the markers' values on every platform and Python that we support."""
    systems = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
    return [
        {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "sys_platform": platform,
            "platform_system": system,
            "os_name": os_name,
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "platform_machine": "x86_64",
            "extra": "",
        }
        for python, (platform, system, os_name) in itertools.product(["3.11", "3.12", "3.13", "3.14"], systems)
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_a_pinned_release_with_hashes_or_a_comment(name: str) -> None:
    rest = PINNED.sub("", text(name))
    assert [line for line in rest.splitlines() if line.strip() and not line.strip().startswith("#")] == []
    assert len(pins(name)) >= 3


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_host_or_a_place_on_somebodys_disk(name: str) -> None:
    assert (
        re.findall(r"https?:|file://|--(?:extra-)?index-url|--find-links|--trusted-host|(?:^|\s)/\w|\.\./", text(name))
        == []
    )


@pytest.mark.parametrize(("name", "asked"), [("run", PROJECT["dependencies"]), ("test", PROJECT["dependencies"])])
def test_what_the_project_needs_is_locked_in_a_release_that_fits(name: str, asked: list[str]) -> None:
    locked = pins(name)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_the_tools_for_the_checks_are_locked_in_a_release_that_fits() -> None:
    for requirement in map(Requirement, PROJECT["optional-dependencies"]["dev"]):
        assert requirement.specifier.contains(pins("test")[canonicalize_name(requirement.name)]), requirement


def test_what_builds_the_project_is_locked_with_pip() -> None:
    for requirement in map(Requirement, [*PYPROJECT["build-system"]["requires"], "pip>=24"]):
        assert requirement.specifier.contains(pins("pip")[canonicalize_name(requirement.name)]), requirement


def test_the_locks_agree_and_testing_takes_all_that_running_takes() -> None:
    assert pins("run").items() <= pins("test").items()
    both = pins("pip").keys() & pins("test").keys()
    assert {name: pins("pip")[name] for name in both} == {name: pins("test")[name] for name in both}


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_lock_is_whole_on_every_platform_and_python(name: str) -> None:
    """Pip refuses a lock that leaves out what one of its packages needs on the machine it installs on."""
    locked = pins(name)
    for package in locked:
        if package == "pip":
            continue
        for requirement in map(Requirement, importlib.metadata.requires(package) or []):
            wanted = [e for e in environments() if not requirement.marker or requirement.marker.evaluate(e)]
            assert not wanted or canonicalize_name(requirement.name) in locked, (package, str(requirement))


def test_every_locked_release_runs_on_every_python_that_we_support() -> None:
    for package, release in pins("run").items():
        metadata = importlib.metadata.metadata(package)
        assert metadata["Version"] == release, f"{package}: run `make test` to install what is locked"
        asked = Requirement(f"python{metadata.get('Requires-Python') or ''}").specifier
        assert all(asked.contains(f"3.{minor}.0") for minor in range(11, 15)), package


def test_pyside_stays_below_the_release_that_crashes() -> None:
    (pyside,) = [r for r in map(Requirement, PROJECT["dependencies"]) if r.name == "PySide6-Essentials"]
    assert not pyside.specifier.contains("6.12.0")
    assert pyside.specifier.contains("6.11.3")


def test_the_wheel_holds_one_top_level_package() -> None:
    wheel = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["annotator"]
    assert wheel["force-include"] == {"db": "annotator/db", "resources": "annotator/resources"}
    assert list((ROOT / "db" / "migrations").glob("0001_*.sql"))
    assert any((ROOT / "resources").iterdir())


def test_there_is_one_version() -> None:
    assert annotator.__version__ == PROJECT["version"]
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_starting_points_are_functions_of_the_package() -> None:
    points = {**PROJECT["scripts"], **PROJECT["gui-scripts"]}
    assert points == {"annotator": "annotator.cli:main", "annotator-window": "annotator.app:main"}
