"""The process that reads files: `python -m indsteer.exchange.worker`.

One JSON object per line in, one per line out. In: `path`, `name`, `hints`, `profile`, `known`. Out: `{"reading": ...}`,
`{"error": {"key", "facts"}}`, or `{"bug": text}`. It ends when its input ends, or by itself when one file takes longer
than `SECONDS` plus a little, so that it never outlives the program by long.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from indsteer.exchange.errors import (
    ForbiddenFileError,
    MissingFileError,
    TooBigFileError,
    UnreadableFileError,
)
from indsteer.exchange.limits import MEMORY_BYTES, limit_memory
from indsteer.exchange.sniffing import MAX_FILE_MB
from indsteer.exchange.wire import pack_error, pack_reading

SECONDS = 20.0


def main() -> None:
    """Serve requests from standard input until it ends."""
    limit_memory()
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    quiet = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  open as long as the process
    os.dup2(quiet.fileno(), sys.stdout.fileno())  # what a library prints must not end up between the answers
    gc.disable()  # a million cells and no cycles: collecting would only walk them
    for line in requests:
        faulthandler.dump_traceback_later(SECONDS + 5, exit=True, file=quiet)
        answer(json.loads(line), answers)
        faulthandler.cancel_dump_traceback_later()
        gc.collect()


def answer(request: dict[str, Any], answers: IO[bytes]) -> None:
    """Answer one request."""
    name = str(request["name"])
    try:
        reply = {"reading": pack_reading(_read(request, name))}
        text = json.dumps(reply, ensure_ascii=True, allow_nan=False)
    except UnreadableFileError as error:
        text = json.dumps({"error": pack_error(error)})
    except (MemoryError, RecursionError):
        text = json.dumps({"error": pack_error(TooBigFileError(file=name, limit_mb=MEMORY_BYTES >> 20))})
    except Exception as bug:  # noqa: BLE001  our bug: told as one, the worker lives on
        import traceback

        text = json.dumps({"bug": f"{type(bug).__name__}: {bug}", "trace": traceback.format_exc()[-4000:]})
    answers.write(text.encode() + b"\n")
    answers.flush()


def _read(request: dict[str, Any], name: str) -> Any:
    from indsteer.exchange.inside import read_bytes_here

    path = Path(request["path"])
    try:
        if not path.is_file():
            raise MissingFileError(file=name)
        if path.stat().st_size > MAX_FILE_MB << 20:
            raise TooBigFileError(file=name, limit_mb=MAX_FILE_MB)
        data = path.read_bytes()
    except OSError as wrong:
        raise ForbiddenFileError(file=name) from wrong
    return read_bytes_here(
        data, name, hints=request.get("hints"), profile=request.get("profile"), known=request.get("known")
    )


if __name__ == "__main__":
    main()
