import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import Session, select

from agendas.errors import NotUnderstood
from agendas.facts.program import log_facts
from handlers.edge.access import NotIdentified, Routes
from handlers.edge.deps import Deps, Repeated
from handlers.edge.dispatch import Edge
from handlers.edge.incoming import INCOMING, Incoming, read_button, read_command, read_event
from handlers.edge.replies import Nothing, Reply
from handlers.edge.request import Request
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox, people
from storage.database import Store
from storage.models.delivery import AnswerUnderWay, Letter
from storage.people import SlackUser
from tests.some_deps import some_deps

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
BODY = {"command": "/account", "user_id": "U1", "channel_id": "C1", "text": "acme", "trigger_id": "1.2"}


class Told:
    def __init__(self, store: Store) -> None:
        self.told: list[tuple[str, str]] = []
        self.carried: dict[str, object] = {}
        self.error: Exception | None = None
        self.records = False
        table = {"/account": self._serve, "agenda.pick": self._serve, "message": self._serve}
        tables = dict.fromkeys(("command", "button", "event"), table)
        routes = Routes(tables, {"user_change": self._note}, frozenset({"field"}), {})
        self.deps = some_deps(store, lambda: NOW, after_request=self._after)
        self.edge = Edge(self.deps, routes, answer_within_seconds=PATIENCE_SECONDS)
        self.context = AsyncBoltContext({"team_id": "T1", "client": AsyncWebClient()})

    async def command(self, **changes: str) -> None:
        body = BODY | changes
        self.context[INCOMING] = read_command(body)
        await self.edge.act(AsyncAck(), body, self.context)

    async def event(self, **event: str) -> None:
        body = {"event_id": "Ev1", "event": {"channel_type": "im"} | event}
        self.context[INCOMING] = read_event(body)
        await self.edge.event(body, self.context)

    async def _serve(self, request: Request, deps: Deps) -> Reply:
        self.carried = dict(log_facts())
        if self.records:
            await deps.write(request, inbox.note_event, 5)
        if self.error is not None:
            raise self.error
        return Nothing()

    async def _note(self, _incoming: Incoming, _body: dict[str, Any], _workspace_id: str, _deps: Deps) -> None:
        return None

    def refused(self) -> list[str]:
        """The texts of the direct messages that say why an event was refused."""

        def read(session: Session) -> list[str]:
            letters = session.exec(select(Letter).where(Letter.kind == "direct")).all()
            return [str(each["text"]) for letter in letters for each in letter.subject["messages"]]

        return self.deps.store.read_now(read)

    def _after(self, kind: str, outcome: str, seconds: float) -> None:
        assert seconds > 0
        self.told.append((kind, outcome))


@pytest.fixture
def store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """One of the two databases will do: nothing here depends on it."""
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    yield store
    store.close()


@pytest.fixture
def told(store: Store) -> Told:
    store.write_now(people.save_users, "T1", [SlackUser("U1", home_team_id="T1", name="ann")], NOW)
    return Told(store)


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    """Kind, word and outcome of each request that was logged."""
    found = [record for record in caplog.records if record.getMessage() == "served"]
    assert all(record.milliseconds >= 0 for record in found)  # type: ignore[attr-defined]
    return [(record.kind, record.word, record.outcome) for record in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "done"),
        (NotUnderstood("What is that?"), "refused"),
        (Repeated(), "repeated"),
        (ValueError("nobody expects this"), "failed"),
    ],
)
async def test_each_request_is_told_once_with_what_came_of_it(told: Told, caplog, error, outcome):
    caplog.set_level(logging.INFO)
    told.error = error
    await told.command()
    assert told.told == [("command", outcome)]
    assert lines(caplog) == [("command", "/account", outcome)]


@pytest.mark.parametrize(("error", "is_left"), [(None, False), (ValueError("nobody expects this"), True)])
async def test_who_is_told_of_a_failure_after_something_was_recorded_is_told_of_that_later(told, store, error, is_left):
    told.records, told.error = True, error
    await told.command()
    await told.edge.drain(2)
    left = store.read_now(lambda session: list(session.exec(select(AnswerUnderWay))))
    assert [each.events for each in left] == ([[5]] if is_left else [])


async def test_a_word_that_nobody_listens_to_is_not_repeated_in_the_log(told: Told, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    await told.command(command="/Acme-Corp")
    await told.event(type="Acme Corp")
    assert lines(caplog) == [("command", "", "unheard"), ("event", "", "unheard")]
    assert "Acme" not in caplog.text


async def test_a_choice_in_a_form_is_acknowledged_without_asking_who_it_was(told: Told, store: Store) -> None:
    body = {"user": {"id": "U9"}, "actions": [{"action_id": "field/stage"}]}
    told.context[INCOMING] = read_button(body)
    ack = AsyncAck()
    store.close()
    await told.edge.act(ack, body, told.context)
    assert ack.response is not None
    assert told.told == [("button", "done")]


class Silent:
    """In the place of Slack's client: it never says who somebody is."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def users_info(self, *, user: str) -> dict[str, Any]:
        raise self._error


def refusal(code: str, status: int = 200) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=None, http_verb="GET", api_url="", req_args={}, data={"error": code}, headers={}, status_code=status
    )
    return SlackApiError("refused", answer)


@pytest.mark.parametrize(
    "error",
    [
        refusal("internal_error"),
        refusal("ratelimited", 429),
        refusal("service_unavailable", 503),
        SlackApiError("no JSON", {}),
        TimeoutError(),
        ClientConnectionError(),
    ],
)
async def test_an_event_of_somebody_whom_slack_does_not_name_now_is_left_for_it_to_send_again(told: Told, error):
    told.context["client"] = Silent(error)
    with pytest.raises(NotIdentified):
        await told.event(type="message", user="U0NEW", channel="C1", text="How is Acme?")
    assert (told.told, told.refused()) == ([("event", "failed")], [])
    await told.command(user_id="U0NEW")
    assert told.told[1:] == [("command", "refused")]
    assert told.deps.store.read_now(people.find, "T1", "U0NEW") is None


@pytest.mark.parametrize("code", ["missing_scope", "invalid_auth"])
async def test_an_event_is_not_sent_again_where_slack_will_not_name_the_person_either_way(told: Told, code: str):
    told.context["client"] = Silent(refusal(code))
    await told.event(type="message", user="U0NEW", channel="C1", text="How is Acme?")
    assert told.told == [("event", "refused")]
    [said] = told.refused()
    assert said == (
        f"Slack did not say who you are ({code}), so nothing was done. Whoever runs Cadence learns what to do from "
        "cadence doctor."
    )
    assert told.deps.store.read_now(people.find, "T1", "U0NEW") is None


@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible"])
async def test_whom_slack_does_not_know_is_an_outsider(told: Told, code: str) -> None:
    told.context["client"] = Silent(refusal(code))
    await told.event(type="message", user="U0NEW", channel="C1", text="How is Acme?")
    assert "People this workspace does not know cannot use Cadence here." in told.refused()[0]


async def test_events_are_told_as_well_also_when_they_fail(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await told.event(type="user_change")
    await told.event(type="message", user="U1")
    told.error = NotUnderstood("What is that?")
    await told.event(type="message", user="U1")
    told.error = ValueError("nobody expects this")
    with pytest.raises(ValueError, match="nobody"):
        await told.event(type="message", user="U1")
    assert [outcome for _, outcome in told.told] == ["done", "done", "refused", "failed"]
    assert [word for _, word, _ in lines(caplog)] == ["user_change", "message", "message", "message"]


async def test_every_line_logged_meanwhile_carries_the_id_of_the_request(told: Told) -> None:
    await told.command()
    first = told.carried["request_id"]
    await told.event(type="message", user="U1")
    assert isinstance(first, str)
    assert len(first) == 8
    assert told.carried["request_id"] not in ("", first)
