"""Putting finished files in the place of older ones: all of them or none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from annotator.base.errors import ExportRefusedError


@contextmanager
def replacing(files: list[Path]) -> Iterator[dict[Path, Path]]:
    """Give a temporary path for every file; when the block ends well, they take the files' places.

    When it does not, or a file cannot be replaced, everything is as it was. The folder of the files is made if need
    be. Raises ExportRefusedError with the reason when something cannot be written.
    """
    folder = files[0].parent
    with ExitStack() as clean:
        try:
            if _make(folder):
                clean.push(lambda kind, *_: _unmake(folder) if kind else None)
            temporary = Path(clean.enter_context(tempfile.TemporaryDirectory(prefix=".annotator-export-", dir=folder)))
        except OSError as error:
            raise _refused(folder, error) from error
        parts = {file: temporary / file.name for file in files}
        try:
            yield parts
            _take_places({part: file for file, part in parts.items() if part.exists()}, temporary)
        except OSError as error:
            raise _refused(Path(error.filename) if error.filename else folder, error) from error


def _make(folder: Path) -> bool:
    if folder.is_dir():
        return False
    folder.mkdir(parents=True)
    return True


def _unmake(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _take_places(parts: dict[Path, Path], temporary: Path) -> None:
    older = temporary / "older"
    older.mkdir()
    done: list[tuple[Path, Path | None]] = []
    try:
        for part, file in parts.items():
            kept = older / file.name if file.exists() else None
            if kept is not None:
                file.replace(kept)
            done.append((file, kept))
            part.replace(file)
    except OSError:
        for file, kept in reversed(done):
            file.unlink(missing_ok=True)
            if kept is not None:
                kept.replace(file)
        raise


def _refused(path: Path, error: OSError) -> ExportRefusedError:
    return ExportRefusedError(
        f"{path.name or path.resolve()} cannot be written ({error.strerror}); what was there is as it was."
        " Close it in other programs, check the folder, or choose another."
    )
