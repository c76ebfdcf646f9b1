"""What a file is, judged by its bytes and never by its name; and whether its zip is safe to open.

Nothing here unpacks: the sizes of a zip are taken from its directory, and parts are read in bounded pieces.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from indsteer.exchange.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LockFileError,
    NotAWorkbookError,
    TooBigFileError,
    UnsafeFileError,
)

MAX_FILE_MB = 100
MAX_UNPACKED_MB = 600
MAX_PARTS = 5_000
MAX_RATIO = 300  # of a part over 10 MB; real sheets stay under 60
_MB = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(StrEnum):
    """The kinds of file that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class _Magic:
    start: bytes
    looks_like: str


_OTHERS = (
    _Magic(b"%PDF", "PDF"),
    _Magic(b"\x89PNG", "JPEG/PNG/GIF"),
    _Magic(b"\xff\xd8\xff", "JPEG/PNG/GIF"),
    _Magic(b"GIF8", "JPEG/PNG/GIF"),
    _Magic(b"{\\rtf", "RTF"),
    _Magic(b"MIME-Version", "MHTML"),
    _Magic(b"Rar!", "RAR/7z/gzip"),
    _Magic(b"7z\xbc\xaf", "RAR/7z/gzip"),
    _Magic(b"\x1f\x8b", "RAR/7z/gzip"),
    _Magic(b"SQLite format 3", "SQLite"),
    _Magic(b"PK\x05\x06", "ZIP"),
)


def sniff(data: bytes, name: str) -> FileKind:
    """The kind of this file.

    Args:
        data: all its bytes.
        name: its name without folders, for lock files and for the errors.

    Raises:
        UnreadableFileError: one of its subclasses, when it cannot or should not be opened.
    """
    if len(data) > MAX_FILE_MB * _MB:
        raise TooBigFileError(file=name, limit_mb=MAX_FILE_MB)
    if (name.startswith("~$") and len(data) < 1024) or name.startswith(".~lock."):
        raise LockFileError(file=name)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyFileError(file=name)
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, name)
    if data.startswith(_OLE):
        return _sniff_ole(data, name)
    if data[:2] == b"\x09\x08" and data[2:4] in (b"\x10\x00", b"\x08\x00"):
        return FileKind.XLS
    if data[:1] == b"\x09" and data[1:2] in (b"\x00", b"\x02", b"\x04") and data[3:4] == b"\x00":
        raise NotAWorkbookError(file=name, looks_like="Excel 2-4")
    for magic in _OTHERS:
        if data.startswith(magic.start):
            raise NotAWorkbookError(file=name, looks_like=magic.looks_like)
    return _sniff_text(data, name)


def _sniff_text(data: bytes, name: str) -> FileKind:
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return FileKind.CSV
    markup = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if markup.startswith((b"<!doctype html", b"<html")) or (
        markup.startswith((b"<!--", b"<?xml")) and b"<html" in markup
    ):
        raise NotAWorkbookError(file=name, looks_like="HTML")
    if markup.startswith((b"<?xml", b"<")):
        looks_like = "Excel XML 2003" if b"office:spreadsheet" in markup else "XML"
        raise NotAWorkbookError(file=name, looks_like=looks_like)
    if markup.startswith((b"content-type:", b"mime-version")) or b"\nmime-version:" in markup:
        raise NotAWorkbookError(file=name, looks_like="MHTML")
    wide = _looks_like_utf16(head)
    control = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    if not wide and control > len(head) // 500:
        raise NotAWorkbookError(file=name, looks_like="?")
    return FileKind.CSV


def _looks_like_utf16(head: bytes) -> bool:
    """UTF-16 without a mark: every other byte is 0."""
    return len(head) >= 8 and (head[1::2].count(0) > len(head) * 0.4 or head[::2].count(0) > len(head) * 0.4)


def _sniff_ole(data: bytes, name: str) -> FileKind:
    def has(stream: str) -> bool:
        wide = stream.encode("utf-16-le")
        return wide in data or stream.upper().encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise EncryptedFileError(file=name)
    if has("Workbook") or has("Book"):
        return FileKind.XLS
    if has("WordDocument"):
        raise NotAWorkbookError(file=name, looks_like="Word")
    if has("PowerPoint Document"):
        raise NotAWorkbookError(file=name, looks_like="PowerPoint")
    raise DamagedFileError(file=name, part="")


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The zip, after its directory was found to be whole and of a believable size.

    Raises:
        DamagedFileError: no directory, or names used twice.
        TooBigFileError: unpacks to more than we allow.
        UnsafeFileError: packed as only a bomb is.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as wrong:
        raise DamagedFileError(file=name, part="") from wrong
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_MB * _MB:
        raise TooBigFileError(file=name, limit_mb=MAX_UNPACKED_MB)
    for part in parts:
        if part.file_size > 10 * _MB and part.file_size > MAX_RATIO * max(1, part.compress_size):
            raise UnsafeFileError(file=name, part=part.filename)
    return archive


def _sniff_zip(data: bytes, name: str) -> FileKind:
    with open_zip(data, name) as archive:
        names = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in archive.infolist()}
        if any(part.flag_bits & 1 for part in names.values()):
            raise EncryptedFileError(file=name)
        if "mimetype" in names or "content.xml" in names:
            return _sniff_open_document(archive, names, name)
    if any(n.startswith("xl/") and n.endswith("workbook.bin") for n in names):
        return FileKind.XLSB
    if "[content_types].xml" in names or any(n.endswith("workbook.xml") for n in names):
        for folder, looks_like in (("word/", "Word"), ("ppt/", "PowerPoint"), ("visio/", "Visio")):
            if any(n.startswith(folder) for n in names):
                raise NotAWorkbookError(file=name, looks_like=looks_like)
        return FileKind.XLSX
    raise NotAWorkbookError(file=name, looks_like="ZIP")


def _sniff_open_document(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str) -> FileKind:
    manifest = names.get("meta-inf/manifest.xml")
    try:
        if manifest is not None:
            with archive.open(manifest) as stream:
                if b"encryption-data" in stream.read(_MB):
                    raise EncryptedFileError(file=name)
        content = names.get("content.xml")
        if content is None:
            raise NotAWorkbookError(file=name, looks_like="ZIP")
        with archive.open(content) as stream:
            if b"<!DOCTYPE" in stream.read(64 * 1024):
                raise UnsafeFileError(file=name, part="content.xml")
        if "mimetype" in names:
            with archive.open(names["mimetype"]) as stream:
                if b"spreadsheet" not in stream.read(200):
                    raise NotAWorkbookError(file=name, looks_like="OpenDocument")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as wrong:
        raise DamagedFileError(file=name, part="content.xml") from wrong
    return FileKind.ODS
