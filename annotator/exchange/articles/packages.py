"""Zip packages (.docx, .xlsx) looked over before anything in them is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib

from annotator.base.errors import ImportRefusedError
from annotator.exchange.articles.limits import (
    MAX_ARCHIVE_PARTS,
    MAX_EXPANDED_BYTES,
    MAX_STYLES_BYTES,
    MAX_XML_BYTES,
    MEGABYTE,
)

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_OBJECTS = ("styles.xml", ".rels", "[content_types].xml", "workbook.xml")
_DAMAGED = "is damaged or cut off: open it in its own program and save it again"
_TYPE_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def parts(data: bytes) -> frozenset[str]:
    """Return the names in a zip package; they are looked up, never used as paths.

    Raises ImportRefusedError when the package is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ImportRefusedError(_DAMAGED) from error


def examine(data: bytes) -> None:
    """Refuse a package that would unpack to too much, is damaged or declares XML entities.

    Sizes are the declared ones: zipfile never unpacks more of a part than it declares. Office files have no
    document type declaration (ECMA-376, part 2, 9.1.2), so one in them is an attack.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _weigh(package.infolist())
            for part in package.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_declarations(package.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ImportRefusedError(_DAMAGED) from error


def refuse_ole(data: bytes) -> None:
    """Refuse an OLE file: an Office file behind a password, or one of Office before 2007. Always raises."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ImportRefusedError(
            "is encrypted (password-protected): remove the password in Word or Excel, save, and import it again"
        )
    raise ImportRefusedError(
        "is an Office file of the kind used before 2007, or encrypted: save it as .docx or .xlsx without a password"
    )


def _weigh(members: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in members)
    largest = max((part.file_size for part in members if part.filename.lower().endswith(".xml")), default=0)
    styles = max((part.file_size for part in members if part.filename.lower().endswith(_OBJECTS)), default=0)
    too_large = total > MAX_EXPANDED_BYTES or largest > MAX_XML_BYTES or styles > MAX_STYLES_BYTES
    if too_large or len(members) > MAX_ARCHIVE_PARTS:
        raise ImportRefusedError(
            f"would unpack to {total // MEGABYTE:,} MB in {len(members):,} parts, more than any article needs, "
            "and was not opened: save its text alone under a new name"
        )


def _refuse_declarations(part: bytes) -> None:
    if any(declaration in part for declaration in _TYPE_DECLARATIONS):
        raise ImportRefusedError(
            "holds XML with a document type declaration, which Office never writes, and was not opened: "
            "save its text under a new name"
        )
