"""Articles in: read in a worker, shown and corrected in a table, taken in as one step."""

from __future__ import annotations

from annotator.ui.imports.dialog import ImportDialog, import_paths, import_text

__all__ = ["ImportDialog", "import_paths", "import_text"]
