"""The sentences of Do: the lead, the sum of a breach with its answers, and the history of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from indsteer.analysis.identities import Breach
from indsteer.answers.do import DoAnswer, DoState
from indsteer.domain.period import shift_month
from indsteer.errors import Fact
from indsteer.store.queries.history import CellChange
from indsteer.words import Words
from ui.pages.do_drawer import AnswerText, SumLine

ALMOST = 6  # so many open points at most are "almost ready"


def lead_of(answer: DoAnswer, words: Words) -> tuple[str, str, str]:
    """Sentence, tone and second line."""
    broken, missing = len(answer.breaches), answer.missing
    state, period = answer.state, answer.period
    if state is DoState.ROLLUP:
        lead = words("do.lead.rollup", unit=answer.unit_name, teams=words("common.count.teams", n=answer.teams))
        return lead, "none", words("do.second.rollup")
    if state is DoState.EMPTY:
        return _capital(words("do.lead.empty", period=period, year=period[:4])), "none", words("do.second.empty")
    if state in (DoState.FINAL, DoState.SIGNED):
        return _capital(words(f"do.lead.{state}", period=period)), "good", words(f"do.second.{state}")
    said = {
        "broken": words("do.lead.wrong", n=broken),
        "missing": words("do.lead.lacking", n=missing),
    }
    numbers: dict[str, Fact] = {"filled": answer.filled, "expected": answer.expected, "deadline": answer.deadline}
    if not broken and not missing:
        return _capital(words("do.lead.complete", period=period)), "good", words("do.second.complete", **numbers)
    key = "both" if broken and missing else "broken" if broken else "missing" if missing <= ALMOST else "many"
    lead = _capital(words(f"do.lead.{key}", period=period, **said))
    return lead, "bad" if broken else "warn", words("do.second.open", **numbers)


def emphasis_of(answer: DoAnswer, words: Words) -> tuple[str, ...] | None:
    """The parts of the sentence in the ink of its tone."""
    if not answer.breaches:
        return (words("do.lead.lacking", n=answer.missing),) if answer.missing else None
    return (words("do.lead.wrong", n=len(answer.breaches)),)


def sum_of(answer: DoAnswer, breach: Breach, words: Words) -> list[SumLine]:
    """The sum as on paper."""
    name = _Names(answer)
    number = _Numbers(answer, words)
    lines: list[SumLine] = []
    for at, term in enumerate(breach.terms):
        if term.back:
            period = shift_month(answer.period, -term.back)
            label = words("do.breach.before", name=name(term.code), period=period)
            lines.append(SumLine(label, number(breach.whole, term.value)))
            continue
        key = "first" if at == 0 else "plus" if term.sign > 0 else "minus"
        shown = number(term.code, term.value) if at == 0 else number.signed(term.code, term.sign * term.value)
        lines.append(SumLine(words(f"do.breach.{key}", name=name.small(term.code, first=at == 0)), shown))
    lines.append(SumLine(words("do.breach.then"), number(breach.whole, breach.computed), "strong", rule=True))
    label = "whole" if breach.at_most else "entered"
    lines.append(SumLine(words(f"do.breach.{label}", name=name(breach.whole)), number(breach.whole, breach.entered)))
    lines.append(SumLine(words("do.breach.difference"), number.signed(breach.whole, breach.difference), "bad"))
    return lines


def breach_text(answer: DoAnswer, breach: Breach, words: Words) -> str:
    """What is wrong, in one sentence."""
    if breach.at_most:
        return words("do.breach.at_most")
    key = "more" if breach.difference > 0 else "less"
    return words(f"do.breach.{key}", amount=_Numbers(answer, words)(breach.whole, abs(breach.difference)))


def answers_of(answer: DoAnswer, breach: Breach, words: Words) -> list[AnswerText]:
    """Three answers: a slip of the pen, another number, or all right with a reason."""
    name, number = _Names(answer), _Numbers(answer, words)
    found: list[AnswerText] = []
    if breach.at_most:
        for code in (breach.marked, breach.whole):
            row = answer.row(code)
            value = number(code, row.entry.value or 0.0) if row else ""
            found.append(
                (
                    f"go:{code}",
                    words("do.breach.look_at", name=name.small(code)),
                    words("do.breach.look_at_why", value=value),
                )
            )
    else:
        value = number(breach.whole, breach.fitting)
        found.append(("typo", words("do.breach.typo", value=value), words("do.breach.typo_why")))
        other = answer.others.get(breach.key)
        if other is not None:
            facts = {
                "name": name(other.code),
                "fitting": number(other.code, other.fitting),
                "value": number(other.code, other.value),
            }
            why = words("do.breach.other_why", **facts, whole=name.small(breach.whole))
            found.append(("other", words("do.breach.other", **facts), why))
    found.append(("both", words("do.breach.both"), words("do.breach.both_why")))
    return found


def history_of(answer: DoAnswer, code: str, changes: Sequence[CellChange], words: Words) -> list[str]:
    """Lines of the history of a cell, newest first."""
    number = _Numbers(answer, words)
    lines = []
    for change in changes:
        at = datetime.fromisoformat(change.step.at).astimezone()
        who = " ".join(part for part in (change.step.role, change.step.initials) if part)
        what = _what(change, code, number, words)
        lines.append(words("do.history.by", what=what, who=who, day=at.date().isoformat(), time=f"{at:%H:%M}"))
    return lines


def paste_notes(answer: DoAnswer, rows: Sequence[str], now: str, words: Words) -> dict[str, str]:
    """What to say beside the rows of a paste: the first tells of the paste, each its value before."""
    notes: dict[str, str] = {}
    for code in rows:
        row = answer.row(code)
        if row is not None and row.entry.value is not None:
            notes[code] = words("do.note.pasted_was", was=words.number(row.entry.value, row.decimals))
    if rows:
        said = words("do.note.pasted", time=now, n=len(rows))
        notes[rows[0]] = f"{said}; {notes[rows[0]]}" if rows[0] in notes else said
    return notes


def _what(change: CellChange, code: str, number: _Numbers, words: Words) -> str:
    if change.became is None and change.exists:
        return words("do.history.absent", reason=change.reason)
    if change.became is None:
        return words("do.history.cleared", was=number(code, change.was or 0.0))
    if change.value_changed:
        value = number(code, change.became)
        if change.was is None:
            return words("do.history.first", value=value)
        return words("do.history.changed", was=number(code, change.was), value=value)
    if change.final != change.was_final:
        return words("do.history.final" if change.final else "do.history.provisional")
    if change.reason:
        return words("do.history.reason", reason=change.reason)
    return words("do.history.first", value=number(code, change.became))


class _Names:
    """Names of quantities, at the start of a line or within one."""

    def __init__(self, answer: DoAnswer) -> None:
        self._answer = answer

    def __call__(self, code: str) -> str:
        row = self._answer.row(code)
        return row.name if row else code

    def small(self, code: str, *, first: bool = False) -> str:
        name = self(code)
        return name if first or name[:2].isupper() else name[:1].lower() + name[1:]


class _Numbers:
    """Values in the decimals of their quantity."""

    def __init__(self, answer: DoAnswer, words: Words) -> None:
        self._answer, self._words = answer, words

    def __call__(self, code: str, value: float) -> str:
        return self._words.number(value, self._decimals(code))

    def signed(self, code: str, value: float) -> str:
        return self._words.signed(value, self._decimals(code))

    def _decimals(self, code: str) -> int:
        row = self._answer.row(code)
        return row.decimals if row else 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
