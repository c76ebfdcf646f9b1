"""What a user can solve about the file itself."""

from indsteer.errors import SteerError


class FileMissingError(SteerError):
    """The file is not there; facts: `file`."""

    key = "file_missing"


class FileExistsAlreadyError(SteerError):
    """A new file would replace an existing one; facts: `file`."""

    key = "file_exists"


class NotOurFileError(SteerError):
    """The file is something else than an indsteer file; facts: `file`."""

    key = "not_our_file"


class NewerFileError(SteerError):
    """The file was written by a newer program; facts: `file`, `version`, `known`."""

    key = "newer_file"


class DamagedFileError(SteerError):
    """SQLite finds the file damaged; facts: `file`, `backup` (name of the newest good copy, or empty)."""

    key = "damaged_file"


class ReadOnlyFileError(SteerError):
    """A change was asked of a file that is open for reading only; facts: `file`, `who`."""

    key = "read_only_file"


class FolderNotWritableError(SteerError):
    """The file cannot be made here; facts: `folder`."""

    key = "folder_not_writable"


class NothingToUndoError(SteerError):
    """No step can be undone: there is none, or the last one is a barrier; facts: `barrier` (its key or empty)."""

    key = "nothing_to_undo"


class NothingToRedoError(SteerError):
    """No undone step is left to redo."""

    key = "nothing_to_redo"


class DiskFullError(SteerError):
    """The change could not be kept: no room on the disk; facts: `file`."""

    key = "disk_full"


class FileBusyError(SteerError):
    """Another program holds the file; facts: `file`."""

    key = "file_busy"
