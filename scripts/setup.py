"""Make the environment ``.venv`` and install Annotator into it from the locked, hashed requirements.

``python scripts/setup.py`` installs what running needs, ``--test`` the tools for the checks too. What is there
already is left alone, so that a second run takes a moment and needs no network. Standard library only; no
syntax newer than Python 3.7, so that an old Python gets a sentence and not a traceback.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "annotator-setup.json"
REQUIREMENTS = ROOT / "requirements"

# Debian's and Ubuntu's packages, by the file that each brings: without these Qt does not start at all, ...
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
# ... without these it has no window under X.
X_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Programs that some tests use; a test that misses its program skips and says so.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "strace": "strace",
    "xdotool": "xdotool",
    "setxkbmap": "x11-xkb-utils",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


class SetUpError(Exception):
    """What is missing and what to do about it, in one line."""


def check_python():
    """Raise SetUpError if this Python is too old or lacks a part that we need."""
    if sys.version_info < (3, 11):  # noqa: UP036  (an older one must get this far to be told)
        raise SetUpError("Annotator needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))
    try:
        import sqlite3

        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except (ImportError, sqlite3.OperationalError) as error:
        raise SetUpError(f"This Python cannot search text with SQLite ({error}); use another one.") from error


def known_libraries():
    """Return the names of the shared libraries that the loader knows, or None where nothing can tell."""
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if not ldconfig:
        return None
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines() if "=>" in line}


def has_font():
    """Tell whether any font file is installed where fontconfig looks."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(next(folder.rglob(f"*.{kind}"), None) for folder in folders for kind in ("ttf", "otf", "ttc"))


def missing_packages(for_tests):
    """Return Debian's names of (what Qt cannot do without, what it can)."""
    libraries = known_libraries()
    needed = [] if libraries is None else [deb for so, deb in QT_LIBRARIES.items() if so not in libraries]
    useful = []
    if libraries is not None and (for_tests or os.environ.get("DISPLAY")):
        useful += [deb for so, deb in X_LIBRARIES.items() if so not in libraries]
    if not has_font():
        useful.append("fonts-dejavu-core")
    if for_tests:
        useful += [deb for program, deb in TEST_PROGRAMS.items() if not shutil.which(program)]
    return needed, useful


def apt_install(packages):
    """Install Debian packages; the package lists are brought up to date only if that is what it takes."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (install, ["apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
        if done.returncode == 0 and command is install:
            return


def install_system_packages(for_tests):
    """Install what Qt needs of the system where we may; else say in one line what is missing."""
    if not sys.platform.startswith("linux"):
        return
    needed, useful = missing_packages(for_tests)
    if (needed or useful) and shutil.which("apt-get") and os.geteuid() == 0:
        apt_install(needed + useful)
        needed, useful = missing_packages(for_tests)
    if needed:
        raise SetUpError("Qt needs libraries that are missing: " + how_to_get(needed + useful))
    if useful:
        print("Some things will not work or be skipped: " + how_to_get(useful))


def how_to_get(packages):
    """Return the command that brings the packages, or their names where there is no apt-get."""
    if shutil.which("apt-get"):
        return "sudo apt-get install -y " + " ".join(packages)
    return "install what Debian calls " + " ".join(packages)


def digest(*paths):
    """Return the SHA-256 of the files' contents, one after another."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def read_stamp():
    """Return what an earlier run installed here; None if there is no usable environment."""
    if not PYTHON.exists():
        return None
    if subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False).returncode:
        return None
    stamp = json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {"folder": str(ROOT)}
    return stamp if stamp["folder"] == str(ROOT) else None  # a moved environment's programs point to the old place


def write_stamp(stamp):
    """Note what is installed now."""
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def run(command, failure):
    """Run a command; raise SetUpError with ``failure`` if it does not succeed."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0")
    if subprocess.run([str(part) for part in command], env=environment, cwd=str(ROOT), check=False).returncode:
        raise SetUpError(failure)


def make_environment():
    """Make ``.venv`` with a pip in it, also where the system's Python came without ensurepip (Debian)."""
    print("Making the environment .venv ...", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, check=False)
    if done.returncode == 0:
        return
    no_venv = "Python cannot make an environment: sudo apt-get install -y python3-venv python3-pip"
    run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV], no_venv)
    pip = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "--require-hashes"]
    run([*pip, "-r", REQUIREMENTS / "pip.txt"], no_venv)


def install(for_tests):
    """Bring ``.venv`` up to the locked requirements; do nothing that an earlier run has done."""
    stamp = read_stamp()
    if stamp is None:
        make_environment()
        stamp = {"folder": str(ROOT)}
    pip = [PYTHON, "-m", "pip", "install", "-q"]
    offline = "Packages could not be installed (see above); is there a network?"
    for name in ["pip", "test" if for_tests else "run"]:
        wanted = digest(REQUIREMENTS / f"{name}.txt")
        covered = name == "run" and stamp.get("run, by test") == wanted
        if stamp.get(name) == wanted or covered:
            continue
        print(f"Installing requirements/{name}.txt ...", flush=True)
        run([*pip, "--require-hashes", "-r", REQUIREMENTS / f"{name}.txt"], offline)
        stamp[name] = wanted
        if name == "test":  # it holds all of run.txt, release for release (tests/test_packaging.py)
            stamp["run, by test"] = digest(REQUIREMENTS / "run.txt")
        write_stamp(stamp)
    if stamp.get("project") != digest(ROOT / "pyproject.toml"):
        failure = "Annotator itself could not be installed (see above)."
        run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], failure)
        stamp["project"] = digest(ROOT / "pyproject.toml")
        write_stamp(stamp)


def main():
    """Set everything up; return the exit status."""
    parser = argparse.ArgumentParser(description="Make .venv and install Annotator into it.")
    parser.add_argument("--test", action="store_true", help="also the tools that the checks need")
    for_tests = parser.parse_args().test
    try:
        check_python()
        install_system_packages(for_tests)
        install(for_tests)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
