"""Copies of the file, made by SQLite itself so that they are whole even while the file is open."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from indsteer.store.paths import SUFFIX, backups_path, system_path

KEEP = 10
KEEP_BYTES = 1 << 30


def back_up(
    connection: sqlite3.Connection, path: Path, now: datetime, why: str, fallback: Path | None = None
) -> Path | None:
    """Copy the open file to `NAME.indsteer-backups/`, or to `fallback` where that cannot be written.

    Returns:
        the copy, or None when neither place can be written (the caller tells the user).
    """
    for folder in (backups_path(path), fallback):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target = _free_name(folder, f"{path.stem} {now:%Y-%m-%d %H%M%S} {why}")
            copy = sqlite3.connect(system_path(target))
        except (OSError, sqlite3.Error):
            continue
        try:
            connection.backup(copy)
        except sqlite3.Error:
            copy.close()
            target.unlink(missing_ok=True)
            continue
        copy.close()
        _thin_out(folder, path.stem)
        return target
    return None


def backups(path: Path) -> list[Path]:
    """The copies of this file, newest first."""
    folder = backups_path(path)
    if not folder.is_dir():
        return []
    return sorted(folder.glob(f"{_escaped(path.stem)} *{SUFFIX}"), key=lambda p: p.name, reverse=True)


def daily_due(path: Path, now: datetime) -> bool:
    """Whether no copy was made today."""
    return not any(f" {now:%Y-%m-%d} " in copy.name for copy in backups(path))


def newest_good(path: Path) -> Path | None:
    """The newest copy that SQLite finds whole."""
    for copy in backups(path):
        try:
            connection = sqlite3.connect(system_path(copy))
            try:
                good = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            finally:
                connection.close()
        except sqlite3.Error:
            continue
        if good:
            return copy
    return None


def _free_name(folder: Path, name: str) -> Path:
    for number in range(1, 1000):
        target = folder / f"{name}{'' if number == 1 else f' ({number})'}{SUFFIX}"
        if not target.exists():
            return target
    raise OSError("no free name")


def _thin_out(folder: Path, stem: str) -> None:
    total = 0
    copies = sorted(folder.glob(f"{_escaped(stem)} *{SUFFIX}"), key=lambda p: p.name, reverse=True)
    for place, copy in enumerate(copies):
        total += os.path.getsize(system_path(copy))  # noqa: PTH202  long paths on Windows
        if place and (place >= KEEP or total > KEEP_BYTES):
            copy.unlink(missing_ok=True)


def _escaped(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)
