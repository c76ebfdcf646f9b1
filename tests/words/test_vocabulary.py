"""The vocabulary of docs/words.md: every word has a Dutch and a code term, and one meaning."""

from pathlib import Path

DOC = Path(__file__).resolve().parents[2] / "docs" / "words.md"


def rows() -> list[list[str]]:
    vocabulary = DOC.read_text(encoding="utf-8").partition("## The vocabulary")[2]
    lines = [line for line in vocabulary.splitlines() if line.startswith("|") and "---" not in line]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "Dutch"]


def test_every_word_has_both_languages_and_a_meaning() -> None:
    assert len(rows()) > 90
    for row in rows():
        assert len(row) == 3, row
        assert all(row), row


def test_a_word_has_one_row_in_either_language() -> None:
    for column in (0, 1):
        words = [row[column] for row in rows()]
        assert sorted(words) == sorted(set(words))
