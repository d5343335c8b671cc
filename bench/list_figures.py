"""A list of 10,000 accounts: its page, and an account's people and fit; signals by webhook; deals imported."""

from collections.abc import Iterator
from contextlib import ExitStack

from bench import payloads
from bench.databases import postgres_filled, sqlite_copy
from bench.harness import Figure
from bench.list_deals import seconds_to_import
from bench.list_program import ACCOUNTS, cached, fill
from bench.list_webhook import batch_milliseconds
from bench.processes import bot, floor, slack
from bench.requests import Side, latencies, rounds_of
from bot.intake.signals import SIGNALS_AT_ONCE

ALLOWED_BATCH_MS = 250.0
ALLOWED_IMPORT_SECONDS = 10.0
SHORTEST_PAGE = 1_500
"""Bytes: an answer that is shorter is no page."""
REACH = 0.5

PAGES = {
    "/abm list, p50": payloads.command("/abm", "list"),
    "/account X group, p50": payloads.command("/account", "account-@M@.example group"),
    "/account X fit, p50": payloads.command("/account", "account-@M@.example fit"),
}


def figures() -> Iterator[Figure]:
    """The figures of the list; signals and deals on SQLite alone."""
    with ExitStack() as stack:
        api = stack.enter_context(slack())
        bolt = Side(stack.enter_context(floor("default", api)))
        sqlite_url = stack.enter_context(sqlite_copy(cached()))
        sqlite = Side(stack.enter_context(bot(sqlite_url, api)), sqlite_url)
        postgres_url = stack.enter_context(postgres_filled(fill))
        postgres = Side(stack.enter_context(bot(postgres_url, api)), postgres_url)
        both = {"sqlite": sqlite, "postgres": postgres}
        for name, body in PAGES.items():
            found = rounds_of(bolt, both, body=body, shortest=SHORTEST_PAGE, spread=ACCOUNTS)
            yield from latencies(name, found, reach=REACH)
        took = batch_milliseconds(sqlite)
        yield Figure(f"{SIGNALS_AT_ONCE} signals by webhook, committed", took, ALLOWED_BATCH_MS, "ms", 1.0)
    yield Figure("8,800 rows of deals' history imported", seconds_to_import(), ALLOWED_IMPORT_SECONDS, "s", 1.0)
