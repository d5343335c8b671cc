"""The world with every text of the attacks in its place, and a secret that few may see."""

import csv
import io
from datetime import timedelta
from typing import Any

from agendas.errors import CadenceError
from agendas.facts.account import Source
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.rules.import_accounts import read_accounts
from agendas.rules.import_tables import read_table
from agendas.verbs import account_list, updates
from agendas.verbs.import_runs import begin_import, parts_of
from agendas.verbs.imports import import_part, plan_import
from storage import accounts, people
from storage.database import Store
from tests.assistant.attacks.texts import Place, Text
from tests.assistant.stored_world import WORKSPACE
from tests.assistant.world import ACCOUNTS, NOW, PEOPLE, ZONE

SECRET = "quasar clause"
"""Stands in the history of Orrin Rail alone, which Nora may not see."""

NOTED = [key for key, row in ACCOUNTS.items() if row.tier and row.status == "named" and not row.is_private]


def author(who: str, source: Source = Source.COMMAND) -> Author:
    return Author(WORKSPACE, PEOPLE[who].user_id, source, NOW - timedelta(hours=1), ZONE)


def channel_of(number: int) -> str:
    return f"C0TEXT{number:04}"


def put_in(store: Store, found: list[Text]) -> dict[int, int]:
    """Put each text in its place; return the account of each by its number, as far as it has one of its own."""
    store.write_now(updates.open_blocker, author("priya"), ACCOUNTS["orrin"].account_id, text=SECRET)
    own: dict[int, int] = {}
    for number, text in enumerate(found):
        if text.place is Place.ACCOUNT:
            own[number] = _nominated(store, Profile(text.words, owner=PEOPLE["nora"].user_id))
        elif text.place is Place.NOTE:
            own[number] = ACCOUNTS[NOTED[len(own) % len(NOTED)]].account_id
            store.write_now(updates.open_blocker, author("nora"), own[number], text=text.words)
        elif text.place is Place.CHANNEL:
            profile = Profile(f"Sample {number}", channel_id=channel_of(number), owner=PEOPLE["nora"].user_id)
            store.write_now(people.get_or_add_channel, WORKSPACE, channel_of(number), name=text.words)
            own[number] = _nominated(store, profile)
    return own | _imported(store, {number: text.words for number, text in enumerate(found) if text.place is Place.CSV})


def _nominated(store: Store, profile: Profile) -> int:
    try:
        return int(store.write_now(account_list.nominate, author("nora"), profile, because="Fits").event.account_id)
    except CadenceError as refusal:
        raise AssertionError(f"{profile.name}: {refusal}") from refusal


def _imported(store: Store, names: dict[int, str]) -> dict[int, int]:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["name", "segment"])
    rows.writerows([name, "Cells"] for name in names.values())
    read = read_accounts(read_table(file.getvalue().encode())).rows
    plan = store.read_now(plan_import, WORKSPACE, read)
    by: Any = author("nora", Source.IMPORT)
    run = store.write_now(begin_import, plan, by, file_name="cells.csv")
    for part in parts_of(plan):
        store.write_now(import_part, run.row_id, by, part)

    stored = {name: account_id for account_id, name in store.read_now(accounts.names, WORKSPACE).items()}
    return {number: stored[name] for number, name in names.items() if name in stored}
