"""The sentences as they stand in `resources/words/<language>/<area>.toml`, read once and kept.

A key is `area.name`, with more dots for tables within the file. An entry is a text, or a table of texts
`{zero = "...", one = "...", other = "..."}` from which the fact `n` chooses (`zero` may be left out).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

Language = Literal["nl", "en", "pseudo"]
Entry = str | Mapping[str, str]

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
"""The languages that have files; pseudo is made from Dutch."""

PLURALS: Final = frozenset({"zero", "one", "other"})

_ROOT: Final = Path(__file__).resolve().parents[2]
# From the source tree, or installed from a wheel (pyproject.toml puts `resources` beside the package).
_FOLDERS: Final = (_ROOT / "resources" / "words", _ROOT / "indsteer_resources" / "words")


def entry(key: str, language: Language) -> Entry:
    """The entry under this key.

    Raises:
        KeyError: there is none: our bug, never shown to a user as a key.
    """
    area, _, name = key.partition(".")
    try:
        return entries(area, written_in(language))[name]
    except KeyError:
        raise KeyError(f"no words for {key!r} in {written_in(language)}") from None


def written_in(language: Language) -> Language:
    """The language whose files, numbers and dates are used: Dutch for pseudo."""
    return "nl" if language == "pseudo" else language


def areas(language: Language) -> tuple[str, ...]:
    """Names of the areas that have a file in this language."""
    return tuple(sorted(path.stem for path in _folder(language).glob("*.toml")))


def keys(language: Language) -> tuple[str, ...]:
    """Every key of the catalogue in this language."""
    return tuple(f"{area}.{name}" for area in areas(language) for name in entries(area, language))


@lru_cache(maxsize=128)
def entries(area: str, language: Language) -> Mapping[str, Entry]:
    """All entries of one area by the part of their key after the area; empty when it has no file."""
    path = _folder(language) / f"{area}.toml"
    if not path.is_file():
        return MappingProxyType({})
    found: dict[str, Entry] = {}
    _flatten(tomllib.loads(path.read_text(encoding="utf-8")), "", found)
    return MappingProxyType(found)


def _flatten(table: Mapping[str, Any], prefix: str, into: dict[str, Entry]) -> None:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            into[key] = value
        elif not isinstance(value, dict):
            raise TypeError(f"{key} is neither a text nor a table")
        elif "other" in value and value.keys() <= PLURALS:
            into[key] = MappingProxyType(value)
        else:
            _flatten(value, f"{key}.", into)


@lru_cache(maxsize=4)
def _folder(language: Language) -> Path:
    for folder in _FOLDERS:
        if folder.is_dir():
            return folder / written_in(language)
    raise FileNotFoundError(f"no words in {' or '.join(str(folder) for folder in _FOLDERS)}")
