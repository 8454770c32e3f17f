#!/bin/sh
# Make requirements/*.txt anew from pyproject.toml and requirements/*.in: the newest releases that fit,
# with the hashes of every file of each release, so that one lock serves every platform.
# Pass --dry-run or other pip-compile options as arguments.
set -eu
cd "$(dirname "$0")/.."
export CUSTOM_COMPILE_COMMAND="make lock"
lock() {
    "${LOCK_WITH:-.venv/bin/pip-compile}" --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links "$@"
}
lock --output-file requirements/run.txt pyproject.toml requirements/windows.in
lock --output-file requirements/test.txt --extra dev --constraint requirements/run.txt pyproject.toml requirements/windows.in
lock --output-file requirements/pip.txt requirements/pip.in
