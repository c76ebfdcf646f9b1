"""Where the files that ship with the program are."""

from pathlib import Path

_SOURCE = Path(__file__).resolve().parent.parent / "resources"
_INSTALLED = Path(__file__).resolve().parent.parent / "indsteer_resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file, in a checkout (`resources`) or a wheel (`indsteer_resources`)."""
    root = _SOURCE if _SOURCE.is_dir() else _INSTALLED
    return root.joinpath(*parts)
