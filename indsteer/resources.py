"""Where the program's own files are: words, templates, icons, fonts, reports, samples.

In a checkout they stand in `resources/` beside this package; in an installed wheel (`pyproject.toml`) and in the
packaged program in `indsteer_resources/` beside it. That name goes first: in a folder of many libraries a
`resources/` may be someone else's.
"""

from pathlib import Path
from typing import Final

_NAMES: Final = ("indsteer_resources", "resources")


def resource_path(*parts: str) -> Path:
    """Path of a shipped file or folder, as `resource_path("templates", "catalogue.toml")`.

    Raises:
        FileNotFoundError: the program is not whole.
    """
    return _find(Path(__file__).resolve().parent.parent, parts)


def _find(beside: Path, parts: tuple[str, ...]) -> Path:
    for name in _NAMES:
        path = beside.joinpath(name, *parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"not shipped: {'/'.join(parts)}")
