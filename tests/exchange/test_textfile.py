import codecs

import pytest

from indsteer.exchange.textfile import read_text, separator

TEXT = "Periode;Eenheid;Waarde\r\n01-2024;Één;24,4\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("cp1252"), TEXT.encode("utf-8"), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\r\n", "\r").encode(), TEXT.replace(";", "\t").encode(),
        b"sep=;\r\n" + TEXT.encode(),
    ],
)  # fmt: skip
def test_every_encoding_and_line_end_gives_the_same_cells(data: bytes) -> None:
    rows = list(read_text(data, "x.csv").sheets[0].rows.values())
    assert [[cell.value for cell in row.values()] for row in rows] == [
        ["Periode", "Eenheid", "Waarde"],
        ["01-2024", "Één", "24,4"],
    ]


def test_quoted_cells_keep_their_line_ends() -> None:
    rows = read_text(b'a;"een\ntwee ""x"""\n', "x.csv").sheets[0].rows
    assert rows[0][1].value == 'een\ntwee "x"'


def test_decimal_commas_do_not_pass_for_separators() -> None:
    assert separator("a;b\n1,5;2,5\n3,5;4,5\n") == ";"
    assert separator("a,b\n1.5,2.5\n") == ","
