"""Engines, connections, migrations, errors of the database."""
