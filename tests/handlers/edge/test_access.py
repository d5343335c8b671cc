"""Somebody whom nobody has seen before is asked about once, and admitted or refused by what Slack says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.edge.access import admit
from handlers.edge.incoming import Incoming
from handlers.edge.request import Outsider
from storage import people
from storage.database import Store
from tests.some_deps import some_deps

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
HOME = "T0SAMPLE1"


class OneUser(AsyncWebClient):
    """Slack that says the same of everybody."""

    def __init__(self, **said: Any) -> None:
        super().__init__()
        self.said, self.asked = said, 0

    async def users_info(self, *, user: str, **_others: Any) -> AsyncSlackResponse:  # type: ignore[override]
        """Slack's answer about the user."""
        self.asked += 1
        data = {"ok": True, "user": {"id": user, **self.said}}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
        )


async def admitted(store: Store, slack: OneUser, *, home_team_id: str = HOME) -> str:
    deps = some_deps(store, lambda: NOW)
    incoming = Incoming("command", "/abm", "U0ANN0001", home_team_id, key="1")
    return (await admit(deps, slack, incoming, workspace_id=HOME, now=NOW)).user_id


async def test_a_member_is_asked_about_once(store: Store) -> None:
    slack = OneUser(team_id=HOME, real_name="Ann Sample")
    assert [await admitted(store, slack) for _ in range(2)] == ["U0ANN0001"] * 2
    assert slack.asked == 1


async def test_a_member_without_a_name_is_admitted(store: Store) -> None:
    assert await admitted(store, OneUser(team_id=HOME)) == "U0ANN0001"


@pytest.mark.parametrize(
    ("said", "who"),
    [({"team_id": HOME, "deleted": True}, "deactivated"), ({"team_id": "T0OTHER01"}, "external"), ({}, "unknown")],
)
async def test_an_outsider_without_a_name_is_told_what_kind(store: Store, said: dict[str, Any], who: str) -> None:
    with pytest.raises(Outsider) as refused:
        await admitted(store, OneUser(**said))
    assert refused.value.kind == who


ORGANISATION = {"enterprise_id": "E0SAMPLES", "enterprise_name": "Samples", "is_admin": False, "is_owner": False}


@pytest.mark.parametrize("elsewhere", [{}, {"team_id": "T0SISTER1", "profile": {"team": "T0SISTER1"}}])
async def test_in_an_organisation_whoever_is_in_this_workspace_is_a_member(
    store: Store, elsewhere: dict[str, Any]
) -> None:
    slack = OneUser(**elsewhere, enterprise_user=ORGANISATION | {"teams": ["T0SISTER1", HOME]})
    for named in ("", HOME, "E0SAMPLES", elsewhere.get("team_id", "")):
        assert await admitted(store, slack, home_team_id=named) == "U0ANN0001"
    with pytest.raises(Outsider):
        await admitted(store, slack, home_team_id="T0OTHER01")


async def test_whoever_is_only_in_other_workspaces_of_an_organisation_is_refused(store: Store) -> None:
    with pytest.raises(Outsider) as refused:
        await admitted(store, OneUser(team_id="T0SISTER1", enterprise_user=ORGANISATION | {"teams": ["T0SISTER1"]}))
    assert refused.value.kind == "external"


@pytest.mark.parametrize(
    ("kind", "channel_id", "kept"), [("event", "D0ANN", "D0ANN"), ("event", "C0TEAM", ""), ("command", "D0OTHERS", "")]
)
async def test_the_conversation_that_an_event_comes_from_is_kept_and_no_other(
    store: Store, kind: str, channel_id: str, kept: str
) -> None:
    incoming = Incoming(kind, "message", "U0ANN0001", HOME, key="1", channel_id=channel_id)
    slack, deps = OneUser(team_id=HOME, real_name="Ann Sample"), some_deps(store, lambda: NOW)
    await admit(deps, slack, incoming, workspace_id=HOME, now=NOW)
    person = store.read_now(people.find, HOME, "U0ANN0001")
    assert person is not None
    assert person.direct_channel == kept
