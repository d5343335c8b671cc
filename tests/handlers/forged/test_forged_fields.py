"""Fields that no form of this version sends: each ends with a sentence, and nothing is recorded."""

from typing import Any

import pytest

from tests.cases import cases
from tests.handlers.acts import Acts
from tests.handlers.forged.forging import OTHER_VERSION, entered, opened, said_to
from tests.handlers.local_bot import DEE, ELI, GUS, ZED, LocalBot

pytestmark = pytest.mark.asyncio(loop_scope="module")


@cases(
    ("form", "field", "value"),
    [
        ("movement", "stage", "won"),
        ("blocker", "needs", "astrology"),
        ("decision", "decision", "dance"),
        ("next_action", "due_on", "9999-12-31"),
        ("next_action", "due_on", "soon"),
        ("choose", "kind", "x"),
        ("list_change", "tier", "one"),
        ("person", "right", "owner"),
        ("person", "function", "astrology"),
        ("schedule", "rhythm", "daily"),
        ("schedule", "minutes", "-5"),
        ("schedule", "closes", "9999999"),
        ("schedule", "tiers", "1,7"),
        ("schedule", "anchor_on", "9999-01-01"),
        ("schedule", "local_time", "25:00"),
        ("schedule", "zone", "Mars/Olympus"),
        ("skip_review", "planned_on", ""),
        ("skip_review", "planned_on", "x"),
        ("move_review", "day", "x"),
        ("move_review", "time", "noon"),
        ("move_review", "planned_on", ""),
    ],
)
async def test_a_choice_that_no_form_offers_is_refused_beside_its_field(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, form: str, field: str, value: str
) -> None:
    said = await said_to(at, entered(acts, at, form, **{field: value}), caplog)
    assert '"errors"' in said
    assert f'"{field}": "' in said


@cases(("field", "number"), [("open", "x"), ("was", ""), ("open", "-1"), ("was", "9" * 30), ("open", "1.5")])
async def test_a_field_without_a_number_is_of_another_version(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, field: str, number: str
) -> None:
    form, state = {"open": ("blocker", "resolved"), "was": ("next_action", "done")}[field]
    said = await said_to(at, entered(acts, at, form, **{f"{field}/{number}": state}), caplog)
    assert OTHER_VERSION in said


@cases(
    "changes",
    [
        {"account_id": "7"},
        {"account_id": 10**20},
        {"account_id": -1},
        {"account_id": True},
        {"account_id": None},
        {"channel_id": "x" * 50},
        {"place": "1795532400"},
        {"source": "nowhere"},
        {"evidence_at": "yesterday"},
        {"evidence_at": "2026-11-24T15:00:00"},
        {"text": ["a"]},
    ],
)
async def test_a_form_that_says_oddly_where_it_was_opened_is_of_another_version(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, changes: dict[str, Any]
) -> None:
    assert OTHER_VERSION in await said_to(at, opened(acts, at, "movement", **changes), caplog)


@cases("stored", ["{", "[]x", "[" * 5_000, "\ud800", "null x"])
async def test_a_form_that_does_not_say_where_it_was_opened_is_of_another_version(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, stored: str
) -> None:
    payload = entered(acts, at, "movement")
    payload["view"]["private_metadata"] = stored
    assert OTHER_VERSION in await said_to(at, payload, caplog)


@cases(("form", "subject"), [("close_review", "x"), ("list_change", "sell"), ("move_review", "Mars/Olympus")])
async def test_a_form_about_something_unknown_is_of_another_version(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, form: str, subject: str
) -> None:
    assert OTHER_VERSION in await said_to(at, opened(acts, at, form, subject=subject), caplog)


PUT_IN_CHARGE = [
    *(("blocker", "owner"), ("next_action", "owner"), ("schedule", "facilitator")),
    *(
        (form, role)
        for form in ("edit_account", "nominate")
        for role in ("owner", "marketing_partner", "our_executive")
    ),
]


async def test_nobody_is_put_in_charge_who_is_no_active_full_member(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture
) -> None:
    for form, field in PUT_IN_CHARGE:
        for nobody in (ZED, GUS, ELI, DEE, "U0NOBODY1"):
            said = await said_to(at, entered(acts, at, form, **{field: nobody}), caplog)
            assert "is not an active full member" in said, (form, field, nobody)
