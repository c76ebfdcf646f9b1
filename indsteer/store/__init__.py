"""The one SQLite file: schema, journal, queries, lock, backup. The only place that knows SQLite."""
