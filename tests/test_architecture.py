"""The rules of CONTRIBUTING.md that a machine can check, and for each rule a small tree that breaks it.

Every import counts, also one inside a function or under ``TYPE_CHECKING``: what knows of each other is coupled.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "annotator"

LAYERS = {
    "base": 0,
    "model": 1,
    "analysis": 2,
    "suggest": 2,
    "storage": 2,
    "project": 3,
    "operations": 4,
    "exchange": 4,
    "ui": 5,
    "app": 6,
    "cli": 6,
    "__main__": 6,
}
TOP = 6
QT = {"PySide6", "shiboken6", "PyQt6"}
SQLITE = {"sqlite3", "sqlite_utils", "pysqlite3", "apsw"}
SHARED_UI = {"bridge", "state", "actions", "theme", "widgets"}
MODULE_LINES = 400
FUNCTION_LINES = 50
LAYOUT_ITEMS = {"itemAt", "takeAt", "itemAtPosition", "QLayoutItem", "QWidgetItem", "QSpacerItem"}
TESTS_WITHOUT_A_PACKAGE = {"data", "features", "reliability"}


@dataclass(frozen=True)
class Module:
    """One source file, its dotted name and what it imports (dotted names, from our package or elsewhere)."""

    name: str
    path: Path
    lines: int
    tree: ast.Module
    imports: frozenset[str]

    @property
    def parts(self) -> list[str]:
        """The dotted name in pieces, without the package's own: ``["ui", "reader", "view"]``."""
        return self.name.split(".")[1:]


@cache
def modules(root: Path) -> tuple[Module, ...]:
    """Read every module of the package below ``root``."""
    paths = sorted((root / PACKAGE).rglob("*.py"))
    names = {dotted(path.relative_to(root)) for path in paths}
    return tuple(read(root, path, names) for path in paths)


def dotted(path: Path) -> str:
    """Return ``annotator.base`` for ``annotator/base/__init__.py``."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read(root: Path, path: Path, names: set[str]) -> Module:
    """Read one module."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    name = dotted(path.relative_to(root))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    imports = frozenset(found for node in ast.walk(tree) for found in imported(node, package, names))
    return Module(name, path.relative_to(root), len(source.splitlines()), tree, imports - {name})


def imported(node: ast.AST, package: str, names: set[str]) -> Iterator[str]:
    """Yield the modules that one import statement names; ``from a import b`` is ``a.b`` if that is a module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        for alias in node.names:
            inner = f"{base}.{alias.name}"
            yield inner if inner in names else base


def own(module: Module) -> Iterator[list[str]]:
    """Yield the pieces of what a module imports from our package, as in ``Module.parts``."""
    for name in sorted(module.imports):
        if name.startswith(f"{PACKAGE}."):
            yield name.split(".")[1:]


def foreign(module: Module) -> set[str]:
    """Return the top-level names that a module imports from elsewhere."""
    return {name.split(".")[0] for name in module.imports} - {PACKAGE}


def imports_run_one_way(root: Path) -> list[str]:
    wrong = []
    for module in modules(root):
        if not module.parts:
            continue
        here = module.parts[0]
        if here not in LAYERS:
            wrong.append(f"{module.name} has no layer")
            continue
        for target in own(module):
            there = target[0]
            fine = there == here or LAYERS.get(there, 99) < LAYERS[here] or (LAYERS[here] == LAYERS.get(there) == TOP)
            if not fine:
                wrong.append(f"{module.name} imports {'.'.join(target)}")
    return wrong


def only_ui_and_app_import_qt(root: Path) -> list[str]:
    allowed = {"ui", "app"}
    return [f"{m.name} imports Qt" for m in modules(root) if foreign(m) & QT and not allowed & set(m.parts[:1])]


def only_storage_imports_sqlite(root: Path) -> list[str]:
    return [f"{m.name} imports SQLite" for m in modules(root) if foreign(m) & SQLITE and m.parts[:1] != ["storage"]]


def ui_never_imports_storage(root: Path) -> list[str]:
    return [
        f"{module.name} imports {'.'.join(target)}"
        for module in modules(root)
        for target in own(module)
        if module.parts[:1] == ["ui"] and target[0] == "storage"
    ]


def parts_of_the_window_meet_in_the_main_window(root: Path) -> list[str]:
    folders = {path.name for path in (root / PACKAGE / "ui").glob("*/") if path.name != "__pycache__"}
    parts = folders - SHARED_UI
    wrong = []
    for module in modules(root):
        if len(module.parts) < 2 or module.parts[0] != "ui" or module.parts[1] not in parts | SHARED_UI:
            continue
        others = parts - {module.parts[1]}
        targets = (target for target in own(module) if target[0] == "ui" and len(target) > 1)
        wrong += [f"{module.name} imports {'.'.join(target)}" for target in targets if target[1] in others]
    return wrong


def no_import_cycles(root: Path) -> list[str]:
    """Take away what imports nothing, and what nothing imports, again and again; circles are left."""
    names = {module.name for module in modules(root)}
    waiting = {module.name: set(module.imports & names) for module in modules(root)}
    while free := {name for name in waiting if not waiting[name] or name not in set().union(*waiting.values())}:
        waiting = {name: needs - free for name, needs in waiting.items() if name not in free}
    return [f"{name} imports {', '.join(sorted(needs))} in a circle" for name, needs in waiting.items()]


def nobody_reads_the_items_of_a_layout(root: Path) -> list[str]:
    """Their Python side outlives them: see docs/decisions/0008. A list model's ``item`` is another thing."""
    wrong = []
    for module in modules(root):
        for node in ast.walk(module.tree):
            named = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if named in LAYOUT_ITEMS:
                wrong.append(f"{module.name} uses {named}")
            elif isinstance(node, ast.ClassDef) and any("Layout" in ast.unparse(base) for base in node.bases):
                wrong.append(f"{module.name}.{node.name} is a layout of its own")
    return wrong


def modules_are_short(root: Path) -> list[str]:
    return [f"{m.path} has {m.lines} lines" for m in modules(root) if m.lines > MODULE_LINES]


def functions_are_short(root: Path) -> list[str]:
    wrong = []
    for module in modules(root):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    wrong.append(f"{module.name}.{node.name} has {lines} lines")
    return wrong


def modules_have_docstrings(root: Path) -> list[str]:
    public = (m for m in modules(root) if not m.name.rpartition(".")[2].startswith("_"))
    return [f"{m.path} says nothing about itself" for m in public if not ast.get_docstring(m.tree)]


def the_tests_mirror_the_package(root: Path) -> list[str]:
    """A test file bears a module's or folder's name: ``test_span.py`` or ``test_span_text.py`` for ``span.py``."""
    wrong = []
    for path in sorted((root / "tests").rglob("test_*.py")):
        folder = path.relative_to(root / "tests").parent
        if not folder.parts or folder.parts[0] in TESTS_WITHOUT_A_PACKAGE:
            continue
        tested = {entry.stem for entry in (root / PACKAGE / folder).glob("*")} | {folder.name}
        subject = path.stem.removeprefix("test_")
        if not (root / PACKAGE / folder).is_dir():
            wrong.append(f"tests/{folder} mirrors nothing")
        elif not any(subject == name or subject.startswith(f"{name}_") for name in tested):
            wrong.append(f"tests/{folder}/{path.name} is named after nothing in {PACKAGE}/{folder}")
    return wrong


def every_package_is_tested(root: Path) -> list[str]:
    packages = {module.parts[0] for module in modules(root) if len(module.parts) > 1}
    tested = {path.relative_to(root / "tests").parts[0] for path in (root / "tests").rglob("test_*.py")}
    return [f"{name} has no tests" for name in sorted(packages - tested)]


Rule = Callable[[Path], list[str]]

# For each rule a tree that breaks it (path: text), and what the rule then says.
BROKEN: list[tuple[Rule, dict[str, str], list[str]]] = [
    (
        imports_run_one_way,
        {"annotator/model/span.py": "from annotator.storage import writer", "annotator/storage/writer.py": ""},
        ["annotator.model.span imports storage.writer"],
    ),
    (
        imports_run_one_way,
        {"annotator/analysis/counts.py": "import annotator.suggest.quotes", "annotator/suggest/quotes.py": ""},
        ["annotator.analysis.counts imports suggest.quotes"],
    ),
    (
        imports_run_one_way,
        {"annotator/exchange/csv_out.py": "def f():\n    from ..operations import tagging"},
        ["annotator.exchange.csv_out imports operations"],
    ),
    (imports_run_one_way, {"annotator/utils.py": ""}, ["annotator.utils has no layer"]),
    (
        only_ui_and_app_import_qt,
        {"annotator/cli.py": "from PySide6 import QtCore", "annotator/app.py": "import PySide6.QtWidgets"},
        ["annotator.cli imports Qt"],
    ),
    (
        only_storage_imports_sqlite,
        {"annotator/project/door.py": "import sqlite3", "annotator/storage/reader.py": "import sqlite_utils.db"},
        ["annotator.project.door imports SQLite"],
    ),
    (
        ui_never_imports_storage,
        {"annotator/ui/bridge.py": "from annotator import storage", "annotator/storage/__init__.py": ""},
        ["annotator.ui.bridge imports storage"],
    ),
    (
        parts_of_the_window_meet_in_the_main_window,
        {
            "annotator/ui/reader/view.py": "from annotator.ui.panel import rows\nfrom annotator.ui.theme import icons",
            "annotator/ui/panel/rows.py": "from . import model",
            "annotator/ui/panel/model.py": "",
            "annotator/ui/theme/icons.py": "",
            "annotator/ui/state.py": "import annotator.ui.panel.rows",
            "annotator/ui/main_window.py": "from annotator.ui.panel import rows",
        },
        ["annotator.ui.reader.view imports ui.panel.rows", "annotator.ui.state imports ui.panel.rows"],
    ),
    (
        no_import_cycles,
        {
            "annotator/base/a.py": "from annotator.base import b",
            "annotator/base/b.py": "def f():\n    from annotator.base.a import g",
            "annotator/base/c.py": "import annotator.base.a",
        },
        [
            "annotator.base.a imports annotator.base.b in a circle",
            "annotator.base.b imports annotator.base.a in a circle",
        ],
    ),
    (
        nobody_reads_the_items_of_a_layout,
        {"annotator/ui/a.py": "class A(QLayout):\n    def f(self):\n        self.takeAt(0)"},
        ["annotator.ui.a.A is a layout of its own", "annotator.ui.a uses takeAt"],
    ),
    (modules_are_short, {"annotator/base/long.py": "x = 1\n" * 401}, ["annotator/base/long.py has 401 lines"]),
    (
        functions_are_short,
        {"annotator/base/long.py": "class A:\n    def f(self):\n" + "        pass\n" * 50},
        ["annotator.base.long.f has 51 lines"],
    ),
    (
        modules_have_docstrings,
        {"annotator/base/a.py": "x = 1", "annotator/base/_b.py": "", "annotator/base/c.py": '"""About."""'},
        ["annotator/base/a.py says nothing about itself"],
    ),
    (
        the_tests_mirror_the_package,
        {
            "annotator/model/span.py": "",
            "tests/model/test_span.py": "",
            "tests/model/test_span_text.py": "",
            "tests/model/test_spam.py": "",
            "tests/other/test_x.py": "",
            "tests/features/test_story.py": "",
        },
        ["tests/model/test_spam.py is named after nothing in annotator/model", "tests/other mirrors nothing"],
    ),
    (
        every_package_is_tested,
        {"annotator/base/a.py": "", "annotator/model/b.py": "", "tests/model/test_b.py": ""},
        ["base has no tests"],
    ),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in BROKEN))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    assert len(modules(ROOT)) > 10
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "files", "said"), BROKEN, ids=[rule.__name__ for rule, _, _ in BROKEN])
def test_the_rule_can_fail(rule: Rule, files: dict[str, str], said: list[str], tmp_path: Path) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert rule(tmp_path) == said


def test_every_layer_may_import_what_lies_below(tmp_path: Path) -> None:
    for name, layer in LAYERS.items():
        below = [other for other, level in LAYERS.items() if level < layer]
        folder = tmp_path / PACKAGE / name
        folder.mkdir(parents=True)
        (folder / "m.py").write_text("".join(f"import annotator.{other}.m\n" for other in below), encoding="utf-8")
    assert imports_run_one_way(tmp_path) == []
    assert no_import_cycles(tmp_path) == []
