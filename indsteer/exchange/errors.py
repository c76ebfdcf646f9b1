"""Files that cannot be read or written, as classes with facts.

Every class of reading has the fact `file` (its name, never its path). The words stand under `errors.<key>` in
`resources/words/*/errors.toml`. To add one: a class here, its words there; `UNREADABLE` finds it by its key.
"""

from indsteer.errors import SteerError


class UnreadableFileError(SteerError):
    """Any file that cannot be read; facts: `file`."""

    key = "unreadable_file"


class MissingFileError(UnreadableFileError):
    """No file with this name, or a folder."""

    key = "missing_file"


class ForbiddenFileError(UnreadableFileError):
    """The system does not let us open it: no rights, or another program holds it."""

    key = "forbidden_file"


class EmptyFileError(UnreadableFileError):
    """No bytes, or nothing but blanks."""

    key = "empty_file"


class LockFileError(UnreadableFileError):
    """The small hidden file that Excel or LibreOffice lays beside an open workbook."""

    key = "lock_file"


class NotAWorkbookError(UnreadableFileError):
    """Something else than a sheet; facts: also `looks_like` ("pdf", "html", "docx", ...)."""

    key = "not_a_workbook"


class EncryptedFileError(UnreadableFileError):
    """Protected with a password to open."""

    key = "encrypted_file"


class TooBigFileError(UnreadableFileError):
    """More bytes, or more unpacked bytes, or more memory than we allow; facts: also `limit_mb`."""

    key = "too_big_file"


class DamagedFileError(UnreadableFileError):
    """A workbook whose inside is broken; facts: also `part`, the part where reading stopped (may be empty)."""

    key = "damaged_file"


class UnsafeFileError(UnreadableFileError):
    """A workbook that holds what no spreadsheet program writes (a DOCTYPE, a bomb); facts: also `part`."""

    key = "unsafe_file"


class SlowFileError(UnreadableFileError):
    """Reading took longer than allowed; facts: also `seconds`."""

    key = "slow_file"


class CancelledReadingError(UnreadableFileError):
    """The user pressed Cancel."""

    key = "cancelled_reading"


class UnwritableFileError(SteerError):
    """A workbook cannot be written there; facts: `file`."""

    key = "unwritable_file"


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
