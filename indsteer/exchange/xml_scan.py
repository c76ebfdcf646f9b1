"""One safe way to stream XML out of a zip: no DOCTYPE, no entities, bounded, names without their prefix.

`defusedxml` guards trees and SAX; both are too slow for a million cells, so this puts its two refusals (DOCTYPE and
entity declarations) on the bare expat parser.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from indsteer.exchange.errors import DamagedFileError, TooBigFileError, UnsafeFileError

_PIECE = 1 << 18
_MAX_PART = 1 << 30

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class _DocumentTypeFoundError(Exception):
    """Internal: a DOCTYPE or an entity stands in the part."""


def scan(
    archive: zipfile.ZipFile,
    part: str,
    *,
    file: str,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
) -> None:
    """Stream one part through the handlers.

    Attribute names keep their prefix except where the caller asks with `local`; element names come as written: use
    `local_name` on them when a prefix matters.

    Raises:
        DamagedFileError: the zip or the XML is broken, or the part is missing.
        UnsafeFileError: a DOCTYPE or entity stands in it.
        TooBigFileError: it unpacks to over 1 GB.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        with archive.open(part) as stream:
            done = 0
            while piece := stream.read(_PIECE):
                done += len(piece)
                if done > _MAX_PART:
                    raise TooBigFileError(file=file, limit_mb=_MAX_PART >> 20)
                parser.Parse(piece, False)  # noqa: FBT003
            parser.Parse(b"", True)  # noqa: FBT003  expat takes it by place
    except _DocumentTypeFoundError as wrong:
        raise UnsafeFileError(file=file, part=part) from wrong
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        OverflowError,
    ) as wrong:
        raise DamagedFileError(file=file, part=part) from wrong


def local_name(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def _refuse(*_: object) -> None:
    raise _DocumentTypeFoundError
