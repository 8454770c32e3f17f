"""Whether a folder is kept in step with a cloud by a program that may copy a project file while it is written."""

from __future__ import annotations

import os
from pathlib import Path

_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "box sync": "Box",
    "pclouddrive": "pCloud",
}
_STARTS = {"onedrive -": "OneDrive", "onedrive-": "OneDrive", "dropbox (": "Dropbox", "googledrive-": "Google Drive"}
_VARIABLES = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}


def synced_folder(path: Path) -> str:
    """Return the name of the service that keeps a path's folder in step, or nothing.

    Goes by the names the services give their folders and by the variables OneDrive sets; never looks on the network.
    """
    for variable, service in _VARIABLES.items():
        folder = os.environ.get(variable, "")
        if folder and path.is_relative_to(folder):
            return service
    for part in path.parts:
        service = _service(part.casefold())
        if service:
            return service
    return ""


def _service(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    return next((service for start, service in _STARTS.items() if name.startswith(start)), "")
