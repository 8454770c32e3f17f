from __future__ import annotations

from pathlib import Path

import pytest

from annotator.base.synced_folder import synced_folder


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/a/Dropbox/p.annot", "Dropbox"),
        ("/home/a/Dropbox (Personal)/work", "Dropbox"),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/p", "iCloud"),
        ("/Users/a/Library/CloudStorage/OneDrive-University/p", "OneDrive"),
        ("/c/Users/a/OneDrive - University of X/p.annot", "OneDrive"),
        ("/Users/a/Library/CloudStorage/GoogleDrive-a@b.org/My Drive/p", "Google Drive"),
        ("/g/My Drive/p.annot", "Google Drive"),
        ("/home/a/Nextcloud/p.annot", "Nextcloud"),
        ("/home/a/Documents/my drive notes/p.annot", ""),
        ("/home/a/dropboxes/p.annot", ""),
    ],
)
def test_known_folders(path: str, service: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OneDrive", raising=False)
    assert synced_folder(Path(path)) == service


def test_the_variable_that_onedrive_sets_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert synced_folder(tmp_path / "deep" / "p.annot") == "OneDrive"
    assert synced_folder(tmp_path.parent / "p.annot") == ""
