import json
import re
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from agendas.facts.account import Stage
from agendas.facts.group import BuyingRole, ContactAdded, ContactProfile
from agendas.verbs.record import record
from bot.intake import signature_of
from tests.stories.importing import imports
from tests.stories.team import CHANNEL, Team


async def posts(team: Team, secret: str, *signals: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """The status and the answer to these signals, sent by a program that signs with this secret."""
    body = json.dumps(signals).encode()
    stamp = str(int(team.clock.now().timestamp()))
    headers = {
        "X-Cadence-Workspace": team.workspace_id,
        "X-Cadence-Timestamp": stamp,
        "X-Cadence-Signature": signature_of(secret, stamp, body),
    }
    url = f"http://127.0.0.1:{team.cadence.port}/signals"
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_signal_in_words_stands_in_the_review_and_is_taken_back(team: Team) -> None:
    await team.begins_review_of("Initech")
    seen = await team.ann.types("/signal initech event high They came to our dinner", in_=CHANNEL)
    assert "30 points. A signal is a hint: it moves no stage." in seen
    await team.quiet()
    agenda = team.agenda("Initech")
    assert "engagement 30 (was 0, no trend), hints at engaged" in agenda.words
    assert "noted a signal: event, high: They came to our dinner." in agenda.thread[-1].words
    assert team.state("Initech").stage is Stage.TARGET
    await team.ann.clicks("Undo", on=seen)
    await team.ann.sees("*Taken back* for Initech", in_=CHANNEL)
    await team.quiet()
    assert "engagement" not in team.agenda("Initech").words
    assert "took back a signal" in team.agenda("Initech").thread[-1].words
    assert "taken back" in await team.ann.types("/account initech signals", in_=CHANNEL)


async def test_the_stage_that_signals_hint_at_counts_once_a_person_records_it(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/signal initech event high They came to our dinner", in_=CHANNEL)
    page = await team.ann.types("/account initech signals", in_=CHANNEL)
    assert "They hint at engaged; the account is at target. If it is so, press Record the step" in page
    await team.ann.clicks("Record the step", on=page)
    assert (await team.form(team.ann)).values["Stage now"] == "engaged"
    assert team.state("Initech").stage is Stage.TARGET
    assert (await team.submits(team.ann, text="Two of them came to our dinner and asked for a pilot")).ok
    assert team.state("Initech").stage is Stage.ENGAGED
    assert "Record the step" not in await team.ann.types("/account initech signals", in_=CHANNEL)


async def test_a_message_becomes_a_signal_of_a_person_with_its_day_and_link(team: Team) -> None:
    number = await team.knows("Initech")
    rita = ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.ECONOMIC_BUYER,))
    await team.did(record, number, ContactAdded(rita))
    said = await team.bob.says("Rita read our pricing page twice", in_=CHANNEL)
    await team.bob.runs("log_to_account", on=said)
    await team.form(team.bob)
    await team.picks_account(team.bob, "Initech")
    await team.submits(team.bob, kind="signal")
    await team.form(team.bob)
    [person] = team.state("Initech").contacts
    await team.bob.fills(person=str(person.id))
    await team.submits(team.bob, kind="web_visit", strength="high")
    [touched] = team.state("Initech").contacts
    assert touched.signalled_on is not None
    page = await team.bob.types("/account initech signals", in_=CHANNEL)
    assert "web visit, high, Rita Sample" in page
    assert "10 points" in page


async def test_a_form_without_what_was_seen_says_what_is_missing(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/signal initech", in_=CHANNEL)
    await team.form(team.ann)
    assert not (await team.submits(team.ann, text=" ", kind="hiring")).ok
    assert team.ann.form.errors == {"In a sentence": "Say in a sentence what was seen."}


@pytest.mark.proof
async def test_a_file_of_signals_shows_in_the_open_review_and_its_people_are_known_once_they_are_added(team: Team):
    await team.begins_review_of("Initech")
    today = team.clock.now().date().isoformat()
    await imports(
        team,
        "account,kind,strength,text,occurred_at,id,person",
        f"initech.example,web visit,high,Pricing page,{today},v1,jo@initech.example",
        f"other.example,intent,high,Compared,{today},v2,",
    )
    await team.passes(timedelta(minutes=2))
    assert "engagement 5 (was 0, no trend)" in team.agenda("Initech").words
    page = await team.ann.types("/account initech signals", in_=CHANNEL)
    assert "web visit, high, jo@initech.example (not in the group yet): Pricing page · 5 points, imported" in page
    added = await team.ann.types("/account initech group add Jo Sample, CFO jo@initech.example", in_=CHANNEL)
    page = await team.ann.types("/account initech signals", in_=CHANNEL)
    assert "web visit, high, Jo Sample: Pricing page · 10 points, imported" in page
    await team.quiet()
    assert "engagement 10 (was 0, no trend)" in team.agenda("Initech").words
    await team.ann.clicks("Undo", on=added)
    await team.quiet()
    assert "engagement 5 (was 0, no trend)" in team.agenda("Initech").words


@pytest.mark.parametrize("setting", ["sqlite http"], indirect=True)
async def test_programs_send_signals_with_the_secret_that_an_admin_made(team: Team) -> None:
    await team.knows("Initech")
    refused = await team.bob.types("/abm signals", in_=CHANNEL)
    assert "Ask @ann" in refused
    page = await team.ann.types("/abm signals", in_=CHANNEL)
    assert "There is no secret yet" in page
    await team.ann.clicks("New secret", on=page)
    secret = re.findall(r"[\w-]{43}", await team.ann.sees("The new secret of", in_=CHANNEL))[0]
    sent = {
        "account": "initech.example",
        "kind": "intent",
        "strength": "high",
        "text": "Compared three vendors",
        "occurred_at": team.clock.now().isoformat(),
        "id": "intent-1",
    }
    status, answer = await posts(team, secret, sent, sent | {"id": "intent-2", "account": "other.example"})
    assert (status, answer["taken"]) == (202, ["intent-1"])
    [unmatched] = answer["unmatched"]
    assert unmatched["id"] == "intent-2"
    assert "has other.example for its domain or CRM id." in unmatched["why"]
    assert (await posts(team, secret, sent))[1]["repeated"] == ["intent-1"]
    [refused] = (await posts(team, secret, sent | {"text": "Compared four"}))[1]["refused"]
    assert refused == {"id": "intent-1", "why": "This id came before with other content. Send another id for it."}
    wrong = await posts(team, "another secret", sent | {"id": "intent-3"})
    assert wrong == (401, {"error": "the signature, the time or the workspace is not right"})
    listed = await team.ann.types("/account initech signals", in_=CHANNEL)
    assert listed.count("intent, high") == 1
    assert "intent, high: Compared three vendors · 0.2 points, by webhook" in listed
    assert "1 signal came in the last 24 hours" in await team.ann.types("/abm signals", in_=CHANNEL)


async def test_the_link_of_a_signal_is_shown_once_and_not_in_its_sentence(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/signal initech hiring They look for a buyer https://jobs.example/7", in_=CHANNEL)
    assert "hiring, medium: They look for a buyer." in seen
    assert "https://jobs.example/7" not in seen
    listed = await team.ann.sees("*Noted* for Initech", in_=CHANNEL)
    assert listed.message is not None
    assert "<https://jobs.example/7|They look for a buyer>" in str(listed.message.blocks)
