"""What is remembered: tables, reads and writes, inbox, outbox, migrations."""
