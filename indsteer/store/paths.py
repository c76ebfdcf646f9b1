"""Where files stand: long paths on Windows, synchronised folders, names beside the file."""

import os
from pathlib import Path

SUFFIX = ".indsteer"
_LONG = 240  # Windows without long-path support fails at 260, the lock and journal names are longer


def system_path(path: Path) -> str:
    """The path as the operating system takes it, also over 260 characters on Windows."""
    full = os.path.abspath(path)  # noqa: PTH100  resolve() would follow mapped drives to their server
    if os.name == "nt" and len(full) >= _LONG and not full.startswith("\\\\?\\"):
        return "\\\\?\\UNC\\" + full[2:] if full.startswith("\\\\") else "\\\\?\\" + full
    return full


def lock_path(path: Path) -> Path:
    """The file that the writer holds locked."""
    return path.with_name(path.name + ".lock")


def backups_path(path: Path) -> Path:
    """The folder of the copies, beside the file."""
    return path.with_name(path.name + "-backups")


def synchronised_by(path: Path) -> str:
    """Name of the program that synchronises this folder ("OneDrive", "SharePoint", ...), or empty.

    Such a program copies the file while it is open, and two people may then both write.
    """
    parts = [part.lower() for part in Path(system_path(path)).parts]
    for mark, name in (
        ("onedrive", "OneDrive"),
        ("sharepoint", "SharePoint"),
        ("dropbox", "Dropbox"),
        ("google drive", "Google Drive"),
    ):
        if any(mark in part for part in parts):
            return name
    return ""
