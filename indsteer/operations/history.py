"""Undo and redo."""

from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes


def undo(file: SteerFile) -> Changes:
    """Undo the last step that still stands, as a new step.

    Raises:
        NothingToUndoError: there is none, or it lies before the last barrier.
    """
    return file.undo()


def redo(file: SteerFile) -> Changes:
    """Do the last undone step again, as a new step.

    Raises:
        NothingToRedoError: no undone step is left.
    """
    return file.redo()
