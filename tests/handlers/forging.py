"""Payloads that no form of this version sends, and what is shown to anybody after one."""

import copy
import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.database import Store
from storage.models.events import Event
from storage.models.questions import Draft
from storage.models.reviews import CadenceChange, Review
from storage.models.workspaces import AuditEntry
from tests.builders import EVE
from tests.handlers import payloads
from tests.handlers.acts import Acts
from tests.handlers.local_bot import LocalBot

OTHER_VERSION = "another version of Cadence"
GONE = "does not exist any more"
KEEPING = (Event, AuditEntry, Draft, CadenceChange, Review)
COUNTS = select(*(select(func.count()).select_from(table).scalar_subquery() for table in KEEPING))


def recorded(store: Store) -> tuple[int, ...]:
    """How many rows each table has that keeps a change: nothing changes without a new one in one of them."""
    return store.read_now(lambda session: tuple(session.execute(COUNTS).one()))


async def said_to(at: LocalBot, payload: payloads.Payload, caplog: pytest.LogCaptureFixture) -> str:
    """All that is shown to anybody; nothing fails, and nothing is recorded."""
    before = recorded(at.store)
    at.slack.calls.clear()
    answer = await at.takes(payload)
    assert answer.status == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert recorded(at.store) == before
    return f"{answer.body} {at.slack.told()}"


def entered(acts: Acts, at: LocalBot, form: str, **values: str) -> payloads.Payload:
    """The form with these fields filled in otherwise, and with those that it does not have, as of another version."""
    payload = copy.deepcopy(replace(acts, actor=EVE, number=at.number()).of(("form", form)))
    blocks, fields = payload["view"]["blocks"], payload["view"]["state"]["values"]
    for name, value in values.items():
        fields[name] = {"x": {"type": "plain_text_input", "value": value}}
        if name not in [block.get("block_id") for block in blocks]:
            label, element = {"type": "plain_text", "text": name}, {"type": "plain_text_input", "action_id": "x"}
            blocks.append({"type": "input", "block_id": name, "label": label, "element": element})
    return payload


def opened(acts: Acts, at: LocalBot, form: str, **changes: Any) -> payloads.Payload:
    payload = entered(acts, at, form)
    metadata = json.loads(payload["view"]["private_metadata"]) | changes
    payload["view"]["private_metadata"] = json.dumps(metadata)
    return payload
