"""What the commands share on the terminal: one line for every failure, names of files and people, progress bars."""

from __future__ import annotations

import logging
import sys
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from annotator.base import paths
from annotator.base.errors import AnnotatorError


class FilePath(click.Path):
    """A path; an empty one, as from an unset variable of a script, would mean the folder one is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty name."""
        if not str(value):
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


class PersonName(click.types.StringParamType):
    """A person's name, on one line."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse a name without a letter."""
        wanted = " ".join(str(super().convert(value, param, ctx)).split())
        if not wanted:
            self.fail("a name needs at least one letter", param, ctx)
        return wanted


FILE, NAME = FilePath(), PersonName()
Progress = Callable[[int, int], None]


class Commands(click.Group):
    """A first word that is no command is a project to open in the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command as a project."""
        if args and args[0] not in self.commands:
            return "open", self.commands["open"], args
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in the order of their writing, without the hidden one."""
        return [name for name in self.commands if not self.commands[name].hidden]

    def invoke(self, ctx: click.Context) -> Any:
        """Turn what a user can be told into one line and exit code 1."""
        _make_quiet()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click ends these well
        except AnnotatorError as error:
            fail(str(error))
        except OSError as error:
            name = error.filename or "A file"
            fail(f"{name} cannot be used ({error.strerror or error}). Check name and permissions.")
        except MemoryError:
            fail("There is not enough memory for this; nothing of this step was written. Try it in smaller parts.")
        except KeyboardInterrupt:
            fail("Stopped; nothing of this step was written.")
        except Exception as error:  # noqa: BLE001  the last resort: a report, never a traceback
            _report(ctx, error)


def _make_quiet() -> None:
    """Let nothing but our own lines out, and let no character of a name stop them."""
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(line: str, *, error: bool = False) -> None:
    """Write one line; control characters in titles and names must not reach the terminal."""
    click.echo("".join(" " if unicodedata.category(one) == "Cc" else one for one in line), err=error)


def fail(line: str) -> NoReturn:
    """Say what, why and what to do in one line on standard error, and end with exit code 1."""
    say(f"annotator: {' '.join(line.split())}", error=True)
    sys.exit(1)


def _report(ctx: click.Context, error: Exception) -> None:
    from annotator.base.crash import write_report

    folder = (ctx.obj if isinstance(ctx.obj, Path) else paths.default_settings_dir()) / "crashes"
    try:
        report = write_report(folder, error, where="the command line")
    except Exception:  # noqa: BLE001  a report that fails as well must not hide what happened
        report = None
    where = f" {report} says where: please send it to the developers." if report is not None else ""
    fail(f"Something went wrong that should not ({type(error).__name__}); what was not shown as done is not.{where}")


def reading_bar(items: Iterator[Any]) -> Iterator[Any]:
    """Yield the items, with a bar on a terminal that counts them."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="Reading", file=sys.stderr, show_pos=True) as shown:
        yield from shown


@contextmanager
def bar(label: str) -> Iterator[Progress | None]:
    """Give what long work tells how far it is: a progress bar on a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=100, label=label, file=sys.stderr) as shown:
        yield lambda done, total: shown.update(int(100 * done / max(total, 1)) - shown.pos)
