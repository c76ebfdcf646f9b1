"""Files that cannot be read or written, as classes with facts.

Every class of reading has the fact `file` (its name, never its path). The words stand under `errors.<key>` in
`resources/words/*/errors.toml`. To add one: a class here, its words there; `UNREADABLE` finds it by its key.
"""

from indsteer.errors import SteerError


class UnreadableFileError(SteerError):
    """Any file that cannot be read; facts: `file`."""

    key = "import_unreadable"


class MissingFileError(UnreadableFileError):
    """No file with this name, or a folder."""

    key = "import_missing"


class ForbiddenFileError(UnreadableFileError):
    """The system does not let us open it: no rights, or another program holds it."""

    key = "import_forbidden"


class EmptyFileError(UnreadableFileError):
    """No bytes, or nothing but blanks."""

    key = "import_empty"


class LockFileError(UnreadableFileError):
    """The small hidden file that Excel or LibreOffice lays beside an open workbook."""

    key = "import_lock_file"


class NotAWorkbookError(UnreadableFileError):
    """Something else than a sheet.

    facts: `file`, `looks_like`: a name alike in every language ("PDF", "HTML", "Word"; "?" when it looks like nothing).
    """

    key = "import_not_a_workbook"


class EncryptedFileError(UnreadableFileError):
    """Protected with a password to open."""

    key = "import_encrypted"


class TooBigFileError(UnreadableFileError):
    """More bytes, or more unpacked bytes, or more memory than we allow; facts: also `limit_mb`."""

    key = "import_too_big"


class DamagedFileError(UnreadableFileError):
    """A workbook whose inside is broken; facts: also `part`, the part where reading stopped (may be empty)."""

    key = "import_damaged"


class UnsafeFileError(UnreadableFileError):
    """A workbook that holds what no spreadsheet program writes (a DOCTYPE, a bomb); facts: also `part`."""

    key = "import_unsafe"


class SlowFileError(UnreadableFileError):
    """Reading took longer than allowed; facts: also `seconds`."""

    key = "import_slow"


class CancelledReadingError(UnreadableFileError):
    """The user pressed Cancel."""

    key = "import_cancelled"


class UnwritableFileError(SteerError):
    """A workbook cannot be written there; facts: `file`."""

    key = "export_unwritable"


UNREADABLE: dict[str, type[UnreadableFileError]] = {
    kind.key: kind
    for kind in (
        UnreadableFileError,
        MissingFileError,
        ForbiddenFileError,
        EmptyFileError,
        LockFileError,
        NotAWorkbookError,
        EncryptedFileError,
        TooBigFileError,
        DamagedFileError,
        UnsafeFileError,
        SlowFileError,
        CancelledReadingError,
    )
}
