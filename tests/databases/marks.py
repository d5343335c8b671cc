"""Marks of tests that run on PostgreSQL: beside SQLite where there is SQL or a lock of their own, or alone."""

import pytest

on_sqlite = pytest.mark.parametrize("database", ["sqlite"])
each_database = pytest.mark.parametrize("database", ["sqlite", "postgres"])
on_postgres = pytest.mark.parametrize("database", ["postgres"])
