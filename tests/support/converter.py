"""A process that opens an older project and is killed in the middle of converting it, right after one statement.

``python converter.py FILE N``: N counts the statements of all migrations; prints how many ran when it was not killed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from sqlite_utils import Database

from annotator.project.opening import open_project
from annotator.storage import migrate


def main() -> None:
    """Open the project; see above."""
    path, last = Path(sys.argv[1]), int(sys.argv[2])
    statements, run = migrate.statements, migrate._Runner.__call__
    ran, in_file = 0, False

    def counted(script: str) -> Iterator[str]:
        nonlocal ran
        for statement in statements(script):
            yield statement
            ran += in_file
            if in_file and ran == last:
                os.kill(os.getpid(), signal.SIGKILL)

    def noted(self: migrate._Runner, db: Database, /) -> None:
        nonlocal in_file
        # The check for strange tables runs the same migrations in memory, to compare with.
        in_file = any(row[2] for row in db.conn.execute("PRAGMA database_list"))
        run(self, db)

    with patch.object(migrate, "statements", counted), patch.object(migrate._Runner, "__call__", noted):
        open_project(path).close()
    sys.stdout.write(f"{ran}\n")


if __name__ == "__main__":
    main()
