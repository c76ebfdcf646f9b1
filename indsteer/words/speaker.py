"""`Words`: the one door to every sentence, number and date that a person sees."""

from __future__ import annotations

from dataclasses import dataclass

from indsteer.errors import SteerError
from indsteer.words import numbers, periods
from indsteer.words.catalogue import Language, entries, entry, written_in
from indsteer.words.filling import Fact, fill
from indsteer.words.pseudo import accented, wrapped


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks one language; cheap to make, files are read when first needed and kept.

    Facts are plain values; `filling.py` says how a sentence shows them.
    """

    language: Language = "nl"

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """The sentence under `key` with its places filled; a plural is chosen by the fact `n`.

        Raises:
            KeyError: no such sentence, or one of its facts is missing: our bug, never shown as a key.
        """
        try:
            return self._said(fill(entry(key, self.language), facts, self.language))
        except KeyError as error:
            raise KeyError(f"{key}: {error.args[0]}") from None

    def text(self, key: str, /, **facts: Fact) -> str:
        """The same as calling it."""
        return self(key, **facts)

    def has(self, key: str) -> bool:
        """Whether there is a sentence under this key."""
        area, _, name = key.partition(".")
        return name in entries(area, written_in(self.language))

    def error(self, error: SteerError) -> str:
        """What happened, where, and what to do."""
        return self(f"errors.{error.key}", **error.facts)

    def measure(self, measure: str) -> str:
        """A unit of measure in this language; itself when it is not known, for measures are data."""
        key = f"common.measure.{measure}"
        return self(key) if self.has(key) else measure

    def number(self, value: float | None, decimals: int = 0) -> str:
        """`1.234,5`; an en dash for None."""
        return numbers.number(value, decimals, self.language)

    def signed(self, value: float | None, decimals: int = 0) -> str:
        """`+1.234,5`."""
        return numbers.signed(value, decimals, self.language)

    def percent(self, value: float | None, decimals: int = 0, *, plus: bool = False) -> str:
        """A fraction as a percentage: `85,0 %`."""
        return numbers.percent(value, decimals, self.language, plus=plus)

    def points(self, value: float | None, decimals: int = 0, *, plus: bool = False) -> str:
        """A difference of fractions: `+2,1 procentpunt`."""
        return self._named(numbers.points(value, decimals, self.language, plus=plus))

    def measure_value(self, value: float | None, *, percent: bool, decimals: int, plus: bool = False) -> str:
        """A value of an indicator, as a percentage or a plain number, without its measure."""
        return numbers.measure_value(value, percent=percent, decimals=decimals, language=self.language, plus=plus)

    def parse_number(self, text: str) -> float:
        """The number that a person wrote.

        Raises:
            BadNumberError: it is not a number.
        """
        return numbers.parse_number(text, self.language)

    def period(self, period: str) -> str:
        """A period's id in full: "augustus 2024"."""
        return self._named(periods.label(period, self.language))

    def period_name(self, period: str) -> str:
        """A period in full without its year: "augustus"."""
        return self._named(periods.name(period, self.language))

    def period_short(self, period: str) -> str:
        """A period short and without its year, for axes: "aug"."""
        return self._named(periods.short(period, self.language))

    def period_short_year(self, period: str) -> str:
        """A period short and with its year: "aug 2024"."""
        return self._named(periods.short_year(period, self.language))

    def span(self, first: str, last: str) -> str:
        """From one period up to and including another: "januari t/m augustus 2024"."""
        return self._named(periods.span(first, last, self.language))

    def day(self, iso: str) -> str:
        """An ISO day in full: "9 augustus 2024"."""
        return self._named(periods.day(iso, self.language))

    def _named(self, shown: str) -> str:
        return self._said(accented(shown) if self.language == "pseudo" else shown)

    def _said(self, shown: str) -> str:
        return wrapped(shown) if self.language == "pseudo" else shown
