"""The store: tables, reads and writes, inbox, outbox, migrations."""
