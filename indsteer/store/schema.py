"""The tables of an indsteer file. `docs/file-format.md` says the same for people.

STRICT everywhere; facts are WITHOUT ROWID with the key in front. Columns are only ever added at the end of a
table, because the journal stores rows by position.

To change the schema: 1. add the column or table here; 2. add a migration in `migrations.py`, which tells the
rest; 3. `tests/store/test_migrations.py` fails until an old file of the version before is kept as a test.
"""

APPLICATION_ID = 0x49534452  # "ISDR"
SCHEMA_VERSION = 1
LOG_WIDTH = 24  # columns a journalled table may have

# Tables whose every change is journalled, with their columns in the order of the log.
JOURNALLED: dict[str, str] = {
    "setting": "key TEXT PRIMARY KEY, value ANY",
    "unit": """code TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT NOT NULL, short TEXT NOT NULL DEFAULT '',
        location TEXT NOT NULL DEFAULT '', product TEXT NOT NULL DEFAULT '', valid_from TEXT, valid_until TEXT,
        position INTEGER NOT NULL DEFAULT 0""",
    "unit_parent": """unit TEXT NOT NULL REFERENCES unit, valid_from TEXT NOT NULL DEFAULT '',
        parent TEXT NOT NULL REFERENCES unit(code), valid_until TEXT, PRIMARY KEY (unit, valid_from)""",
    "unit_size": """unit TEXT NOT NULL REFERENCES unit, period TEXT NOT NULL, persons REAL NOT NULL,
        PRIMARY KEY (unit, period)""",
    "alias": "kind TEXT NOT NULL, text TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (kind, text)",
    "stream": "code TEXT PRIMARY KEY, name TEXT NOT NULL",
    "norm_time": """unit TEXT NOT NULL REFERENCES unit, stream TEXT NOT NULL, valid_from TEXT NOT NULL,
        hours REAL NOT NULL, reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (unit, stream, valid_from)""",
    "term": """unit TEXT NOT NULL REFERENCES unit, stream TEXT NOT NULL, valid_from TEXT NOT NULL,
        weeks REAL NOT NULL, reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (unit, stream, valid_from)""",
    "quantity": """code TEXT PRIMARY KEY, name_nl TEXT NOT NULL, name_en TEXT NOT NULL, measure TEXT NOT NULL,
        decimals INTEGER NOT NULL, over_time TEXT NOT NULL, over_units TEXT NOT NULL, direction TEXT NOT NULL,
        weight TEXT NOT NULL, sensitive INTEGER NOT NULL, grp TEXT NOT NULL, position INTEGER NOT NULL""",
    "indicator": """code TEXT PRIMARY KEY, name_nl TEXT NOT NULL, name_en TEXT NOT NULL, measure TEXT NOT NULL,
        direction TEXT NOT NULL, over_time TEXT NOT NULL, over_units TEXT NOT NULL, formula TEXT NOT NULL,
        norm TEXT NOT NULL, signal TEXT NOT NULL, intervention TEXT NOT NULL, cycle TEXT NOT NULL,
        note_nl TEXT NOT NULL, note_en TEXT NOT NULL, decimals INTEGER NOT NULL, percent INTEGER NOT NULL,
        method TEXT NOT NULL, sensitive INTEGER NOT NULL, position INTEGER NOT NULL""",
    "threshold": """indicator TEXT NOT NULL REFERENCES indicator, unit TEXT NOT NULL, level TEXT NOT NULL,
        text TEXT NOT NULL, PRIMARY KEY (indicator, unit, level)""",
    "source": """id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL,
        role TEXT NOT NULL, facts TEXT NOT NULL DEFAULT ''""",
    "profile": "fingerprint TEXT PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL",
    "actual": """unit TEXT NOT NULL REFERENCES unit, quantity TEXT NOT NULL REFERENCES quantity,
        stream TEXT NOT NULL, period TEXT NOT NULL, value REAL, final INTEGER NOT NULL,
        reason TEXT NOT NULL DEFAULT '', source INTEGER REFERENCES source, cell TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (unit, quantity, stream, period)""",
    "stated": """unit TEXT NOT NULL REFERENCES unit, indicator TEXT NOT NULL REFERENCES indicator,
        stream TEXT NOT NULL, period TEXT NOT NULL, value REAL NOT NULL, final INTEGER NOT NULL,
        source INTEGER REFERENCES source, cell TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (unit, indicator, stream, period)""",
    "plan_version": """year INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
        agreed_on TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (year, code)""",
    "target": """unit TEXT NOT NULL REFERENCES unit, indicator TEXT NOT NULL REFERENCES indicator,
        stream TEXT NOT NULL, period TEXT NOT NULL, year INTEGER NOT NULL, version TEXT NOT NULL,
        kind TEXT NOT NULL, value REAL NOT NULL, source INTEGER REFERENCES source,
        cell TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (unit, indicator, stream, period, year, version, kind),
        FOREIGN KEY (year, version) REFERENCES plan_version""",
    "forecast_run": """id TEXT PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, role TEXT NOT NULL DEFAULT '',
        source INTEGER REFERENCES source""",
    "forecast_value": """run TEXT NOT NULL REFERENCES forecast_run, unit TEXT NOT NULL REFERENCES unit,
        indicator TEXT NOT NULL REFERENCES indicator, stream TEXT NOT NULL, period TEXT NOT NULL, value REAL NOT NULL,
        cell TEXT NOT NULL DEFAULT '', PRIMARY KEY (run, unit, indicator, stream, period)""",
    "review": """id TEXT PRIMARY KEY, unit TEXT NOT NULL REFERENCES unit, period TEXT NOT NULL,
        version INTEGER NOT NULL, status TEXT NOT NULL, opened_at TEXT NOT NULL, signed_at TEXT NOT NULL DEFAULT '',
        signed_by TEXT NOT NULL DEFAULT '', present INTEGER, sheet TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '', dissent TEXT NOT NULL DEFAULT ''""",
    "review_item": """review TEXT NOT NULL REFERENCES review, indicator TEXT NOT NULL REFERENCES indicator,
        outcome TEXT NOT NULL, fault TEXT NOT NULL DEFAULT '', dissent TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (review, indicator)""",
    "decision": """id TEXT PRIMARY KEY, review TEXT NOT NULL REFERENCES review, kind TEXT NOT NULL,
        text TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT '',
        carried_from TEXT NOT NULL DEFAULT '', kept TEXT NOT NULL DEFAULT ''""",
    "finding": """id TEXT PRIMARY KEY, unit TEXT NOT NULL REFERENCES unit, indicator TEXT NOT NULL,
        period TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL, role TEXT NOT NULL DEFAULT ''""",
    "cause": """id TEXT PRIMARY KEY, unit TEXT NOT NULL REFERENCES unit, indicator TEXT NOT NULL,
        period TEXT NOT NULL, text TEXT NOT NULL, tags TEXT NOT NULL DEFAULT '', at TEXT NOT NULL,
        role TEXT NOT NULL DEFAULT ''""",
    "countermeasure": """id TEXT PRIMARY KEY, unit TEXT NOT NULL REFERENCES unit, number TEXT NOT NULL,
        title TEXT NOT NULL, indicator TEXT NOT NULL DEFAULT '', period TEXT NOT NULL DEFAULT '',
        owner TEXT NOT NULL DEFAULT '', support TEXT NOT NULL DEFAULT '', start TEXT NOT NULL DEFAULT '',
        due TEXT NOT NULL DEFAULT '', status TEXT NOT NULL, expected REAL, expected_note TEXT NOT NULL DEFAULT '',
        escalation INTEGER NOT NULL DEFAULT 0, closed_on TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
        review TEXT NOT NULL DEFAULT ''""",
    "event": """id TEXT PRIMARY KEY, unit TEXT NOT NULL DEFAULT '', period TEXT NOT NULL,
        until TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, text TEXT NOT NULL""",
    "rebase": """id TEXT PRIMARY KEY, unit TEXT NOT NULL REFERENCES unit, indicator TEXT NOT NULL,
        period TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, role TEXT NOT NULL DEFAULT ''""",
}

_WITHOUT_ROWID = {
    "unit_parent", "unit_size", "alias", "norm_time", "term", "threshold", "actual", "stated", "plan_version",
    "target", "forecast_value", "review_item", "setting",
}  # fmt: skip

_OWN = f"""
CREATE TABLE step (
    n INTEGER PRIMARY KEY, origin TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL, facts TEXT NOT NULL,
    role TEXT NOT NULL, initials TEXT NOT NULL, at TEXT NOT NULL, program TEXT NOT NULL,
    barrier INTEGER NOT NULL, undoes INTEGER, redoes INTEGER, hash BLOB NOT NULL, UNIQUE (origin, seq)
) STRICT;
CREATE TABLE log (
    n INTEGER PRIMARY KEY, step INTEGER NOT NULL, tbl TEXT NOT NULL, op TEXT NOT NULL, redacted BLOB,
    {", ".join(f"o{i} ANY" for i in range(LOG_WIDTH))},
    {", ".join(f"n{i} ANY" for i in range(LOG_WIDTH))}
) STRICT;
CREATE INDEX log_step ON log(step);
CREATE TABLE journal_state (
    id INTEGER PRIMARY KEY CHECK (id = 1), origin TEXT NOT NULL, step INTEGER, bulk INTEGER NOT NULL DEFAULT 0,
    CHECK (bulk = 0 OR step IS NOT NULL)
) STRICT;
CREATE TABLE series (
    unit TEXT NOT NULL, quantity TEXT NOT NULL, stream TEXT NOT NULL, first TEXT NOT NULL,
    vals BLOB NOT NULL, PRIMARY KEY (unit, quantity, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_version ON target(year, version);
CREATE INDEX review_unit ON review(unit, period);
"""  # `series` is a rebuildable cache; every other table above is the journal itself


def create_statements() -> str:
    """The SQL that makes an empty file's tables, without triggers."""
    tables = "".join(
        f"CREATE TABLE {name} ({columns}) STRICT{', WITHOUT ROWID' if name in _WITHOUT_ROWID else ''};\n"
        for name, columns in JOURNALLED.items()
    )
    return tables + _OWN
