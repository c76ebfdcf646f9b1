"""Days as people type them in a field: `31-12-2024`, `31/12/24`, `31 dec`, `2024-12-31`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from indsteer.words.catalogue import LANGUAGES, Language, entry

_PARTS: Final = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2}|[^\W\d_]+)\.?(?:[-./ ,]+(\d{4}|\d{2}))?")


def day_input(iso: str, language: Language) -> str:
    """An ISO day as it stands in a field: `31-12-2024`, in English `31 Dec 2024`; empty for empty."""
    if not iso:
        return ""
    found = date.fromisoformat(iso)
    if language == "en":
        return f"{found.day} {entry(f'periods.month_short.{found.month:02d}', language)} {found.year}"
    return f"{found.day:02d}-{found.month:02d}-{found.year}"


def parse_day(text: str, year: int) -> str | None:
    """The ISO day that a person wrote, day before month; `year` is meant when none is written.

    Empty gives empty; None when it is not a day.
    """
    rest = text.strip()
    if not rest:
        return ""
    try:
        return date.fromisoformat(rest).isoformat()
    except ValueError:
        pass
    found = _PARTS.fullmatch(rest)
    month = _month(found[2]) if found else 0
    if found is None or not month:
        return None
    written = found[3]
    full = year if written is None else int(written) + (2000 if len(written) == 2 else 0)
    try:
        return date(full, month, int(found[1])).isoformat()
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    wanted = text.lower()
    for number in range(1, 13):
        for language in LANGUAGES:
            names = (entry(f"periods.{table}.{number:02d}", language) for table in ("month_name", "month_short"))
            if wanted in {str(name).lower() for name in names}:
                return number
    return 0
