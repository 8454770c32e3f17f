"""CSV tables: a project's work as researchers use it, out and in again without loss."""

from __future__ import annotations

from annotator.exchange.csv_tables.cells import Profile
from annotator.exchange.csv_tables.reading import TablesSummary, import_tables
from annotator.exchange.csv_tables.recognising import is_own_tables
from annotator.exchange.csv_tables.writing import ExportSummary, export_csv, preview

__all__ = ["ExportSummary", "Profile", "TablesSummary", "export_csv", "import_tables", "is_own_tables", "preview"]
