"""Access: identifies the person of a request, and refuses guests and people of other companies."""

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from agendas.errors import CadenceError, CannotBeNominated
from agendas.facts.people import PersonFacts
from agendas.rules.list.capacity import NoRoom
from agendas.text.days import is_zone
from agendas.verbs.letters.deactivated import learn
from agendas.verbs.letters.wanted import tell_of_wish
from agendas.verbs.list.capacity import find_leavers
from agendas.verbs.loading.rows import person_facts
from agendas.verbs.reads.people import admin_ids
from handlers.edge.call_outcome import FAILURES, code_of, is_passing
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.payloads.values import mapping, sequence, slack_id, text
from handlers.edge.request import NotAllowed, Outsider
from storage import people
from storage.delivery import direct_channels
from storage.people import SlackUser
from storage.tables import Person

UNKNOWN_TEAM = "unknown"
NO_SUCH_USER = ("user_not_found", "user_not_visible")


class NotIdentified(CadenceError):
    """Slack did not say who the person is. `is_passing`: it may in a while, so the request can be repeated."""

    def __init__(self, code: str, *, is_passing: bool) -> None:
        self.is_passing = is_passing
        super().__init__(
            "Slack did not say who you are, so nothing was done. Try again in a minute."
            if is_passing
            else f"Slack did not say who you are ({code}), so nothing was done. Whoever runs Cadence learns what to do "
            "from cadence doctor."
        )


async def admit(
    deps: Deps, client: AsyncWebClient, incoming: Incoming, *, workspace_id: str, now: datetime
) -> PersonFacts:
    """Return the person of the request. Slack is asked only about somebody never seen before.

    Raises:
        Outsider: for guests, bots, deactivated people, and people of other or unknown teams.
        NotIdentified: when Slack does not say who it is.
    """
    user_id = incoming.user_id
    person = await deps.read(_member, workspace_id, user_id, incoming.home_team_id, is_asked=False)
    if person is None:
        user = await fetch_user(client, user_id, workspace_id)
        await deps.note(learn, workspace_id, [user], now)
        person = await deps.read(_member, workspace_id, user_id, incoming.home_team_id, is_asked=True)
    if person is None:
        raise Outsider("unknown")
    await _keep_conversation(deps, incoming, workspace_id)
    return person


async def _keep_conversation(deps: Deps, incoming: Incoming, workspace_id: str) -> None:
    """Keep the person's direct conversation with the bot: events come of no other, clicks and commands do."""
    if incoming.kind != "event" or not incoming.channel_id.startswith("D"):
        return
    theirs = (workspace_id, incoming.user_id, incoming.channel_id)
    if await deps.read(direct_channels.is_new, *theirs):
        await deps.note(direct_channels.keep, *theirs)


async def complete_refusal(
    deps: Deps, error: CadenceError, workspace_id: str, *, person: PersonFacts | None, now: datetime
) -> None:
    """Give a refusal the admins who can help, or the accounts that could leave: read only when something is refused.

    The owner of a private account is told who wanted its name.
    """
    if isinstance(error, NotAllowed | Outsider):
        error.admins = await deps.read(admin_ids, workspace_id)
    elif isinstance(error, CannotBeNominated) and error.account_id is not None and person is not None:
        wish = partial(tell_of_wish, by=person.user_id, word=error.word, now=now)
        await deps.note(wish, workspace_id, error.account_id)
    elif isinstance(error, NoRoom) and person is not None:
        error.leavers = await deps.read(find_leavers, workspace_id, error, now=now, zone=person.time_zone)


async def fetch_user(client: AsyncWebClient, user_id: str, workspace_id: str) -> SlackUser:
    """Ask Slack about the user; somebody it does not know here counts as an outsider.

    Raises NotIdentified when it does not say.
    """
    try:
        answer = await client.users_info(user=user_id)
    except FAILURES as error:
        if code_of(error) in NO_SUCH_USER:
            return SlackUser(user_id, home_team_id=UNKNOWN_TEAM, name="", is_external=True)
        raise NotIdentified(code_of(error), is_passing=is_passing(error)) from error
    return slack_user(answer["user"], workspace_id)


def slack_user(user: dict[str, Any], workspace_id: str) -> SlackUser:
    """Slack's user object as the bot keeps it.

    In an organisation (Enterprise Grid) a person's one team is any workspace of it, or not told; the list of their
    workspaces then says whether this one is among them.
    """
    profile = mapping(user.get("profile"))
    is_here = workspace_id in sequence(mapping(user.get("enterprise_user")).get("teams"))
    told = slack_id(user.get("team_id")) or slack_id(profile.get("team"))
    home = told or (workspace_id if is_here else UNKNOWN_TEAM)
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return SlackUser(
        user_id=user["id"],
        home_team_id=home,
        name=next(filter(None, map(text, names)), ""),
        email=text(profile.get("email")),
        time_zone=zone if is_zone(zone := text(user.get("tz"))) else "UTC",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_external=not (is_here or home == workspace_id) or bool(user.get("is_stranger")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_deleted=bool(user.get("deleted")),
        is_slack_admin=any(user.get(name) for name in ("is_primary_owner", "is_owner", "is_admin")),
    )


def _member(
    session: Session, workspace_id: str, user_id: str, home_team_id: str, *, is_asked: bool
) -> PersonFacts | None:
    """The person as known here; None while Slack has to be asked. Raises Outsider."""
    person = people.find(session, workspace_id, user_id)
    if person is None or not (is_asked or (person.home_team_id and person.name)):
        return None
    if outside := _outside(person, home_team_id, workspace_id):
        raise Outsider(outside)
    return person_facts(person)


def _outside(person: Person, home_team_id: str, workspace_id: str) -> str:
    """The reason against the person: guest, external, deactivated or unknown; empty for a full member."""
    if person.is_deleted:
        return "deactivated"
    if person.is_bot or person.home_team_id == UNKNOWN_TEAM:
        return "unknown"
    # an organisation's id names no workspace: what Slack says of the person decides
    is_named = bool(home_team_id) and not home_team_id.startswith("E")
    if person.is_external or (is_named and home_team_id not in (workspace_id, person.home_team_id)):
        return "external"
    return "guest" if person.is_guest else ""


def workspace_of(context: AsyncBoltContext) -> str:
    """The workspace of the installation, whatever team the payload names."""
    installed = context.authorize_result
    return (installed.team_id if installed else None) or context.team_id or ""
