"""What can go wrong on the way to paper that a user can solve."""

from __future__ import annotations

from indsteer.errors import SteerError


class MissingTemplateError(SteerError):
    """A template or a font of the installation is gone; facts: `file`."""

    key = "missing_template"


class PaperNotWrittenError(SteerError):
    """The chosen file or folder cannot be written, or the child process ended; facts: `file`, `reason`."""

    key = "paper_not_written"
