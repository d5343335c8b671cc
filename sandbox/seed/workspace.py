"""The sample workspace: its people, channels, and the messages in them before the demo begins."""

from dataclasses import dataclass, replace

from sandbox.content.rich_text import rich_text_of
from sandbox.seed.calendar import Calendar
from sandbox.seed.people import COMPANY, MEMBERS, OUTSIDERS
from sandbox.seed.program import SampleWorkspace
from sandbox.server import Sandbox
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User
from storage.workspaces import Installation

REVIEW_CHANNEL = "abm-weekly"
ACCOUNT_CHANNEL = "deal-corvane"
SEGMENT_CHANNEL = "abm-transport"
PRIVATE_CHANNEL = "deal-orrin"
EVERYBODY = tuple(each.handle for each in MEMBERS)


@dataclass(frozen=True, slots=True)
class SampleMessage:
    """A message of a person in a channel, at a time of the sample's calendar."""

    channel: str
    when: str
    who: str
    text: str


MESSAGES = (
    SampleMessage(
        "general", "1 mon 08:30", "ines", "This whole workspace is a sample: the company, its people and its accounts."
    ),
    SampleMessage(
        "general", "10 fri 16:00", "helen", "Office hours for questions about the list: Wednesdays at three."
    ),
    SampleMessage(
        ACCOUNT_CHANNEL, "10 tue 15:40", "nora", "Their lawyer mailed: two yearly fees as a cap, and then they sign."
    ),
    SampleMessage(
        ACCOUNT_CHANNEL, "10 fri 17:05", "nora", "COO's office: they want the rollout plan for the first five depots."
    ),
    SampleMessage(
        PRIVATE_CHANNEL, "10 tue 09:07", "ines", "Orrin Rail is private to this channel: only Nora and I find it."
    ),
    SampleMessage("ext-agency", "10 thu 10:00", "ewa", "The depot film is cut. Captions follow on Tuesday."),
)


def fill_workspace(sandbox: Sandbox, calendar: Calendar) -> SampleWorkspace:
    """Add the sample's people, channels and messages to the sandbox; return their ids."""
    workspace = sandbox.workspace
    workspace.team = replace(workspace.team, name=COMPANY, domain="tarnbrook-sample")
    users = {
        each.handle: sandbox.add_user(each.handle, real_name=each.name, display_name=each.name, tz=each.zone)
        for each in MEMBERS
    }
    outsiders = _outsiders(sandbox)
    channels = _channels(sandbox, users | outsiders)
    for message in MESSAGES:
        workspace.store(_message(message, channels[message.channel], (users | outsiders)[message.who], calendar))
    sandbox.notes |= {users[each.handle].id: each.note for each in MEMBERS}
    sandbox.notes |= {outsiders[each.handle].id: each.note for each in OUTSIDERS}
    return SampleWorkspace(
        Installation(workspace.team.id, COMPANY, workspace.team.url, workspace.bot.id, workspace.bot_id),
        {handle: user.id for handle, user in users.items()},
        review_channel_id=channels[REVIEW_CHANNEL].id,
        account_channel_id=channels[ACCOUNT_CHANNEL].id,
        segment_channel_id=channels[SEGMENT_CHANNEL].id,
        private_channel_id=channels[PRIVATE_CHANNEL].id,
    )


def _outsiders(sandbox: Sandbox) -> dict[str, User]:
    return {
        each.handle: sandbox.add_user(
            each.handle,
            guest=each.is_guest,
            external=each.is_external,
            real_name=each.name,
            display_name=each.name,
            tz=each.zone,
            deleted=each.is_deleted,
        )
        for each in OUTSIDERS
    }


def _channels(sandbox: Sandbox, users: dict[str, User]) -> dict[str, Channel]:
    def people(*handles: str) -> list[User]:
        return [users[handle] for handle in handles]

    return {
        REVIEW_CHANNEL: sandbox.add_channel(REVIEW_CHANNEL, members=people(*EVERYBODY)),
        "general": sandbox.add_channel("general", members=people(*EVERYBODY, "gil")),
        ACCOUNT_CHANNEL: sandbox.add_channel(
            ACCOUNT_CHANNEL, members=people("nora", "malik", "ines", "paula"), private=True
        ),
        PRIVATE_CHANNEL: sandbox.add_channel(PRIVATE_CHANNEL, members=people("nora", "ines"), private=True),
        SEGMENT_CHANNEL: sandbox.add_channel(SEGMENT_CHANNEL, members=people("nora", "malik", "ines", "helen")),
        "ext-agency": sandbox.add_channel("ext-agency", members=people("malik", "ines", "ewa"), shared=True),
        "abm-pilot": sandbox.add_channel("abm-pilot", members=people("nora", "ines", "helen"), archived=True),
    }


def _message(message: SampleMessage, channel: Channel, user: User, calendar: Calendar) -> Message:
    return Message(
        channel_id=channel.id,
        ts=f"{calendar.instant(message.when).timestamp():.6f}",
        user_id=user.id,
        text=message.text,
        blocks=[rich_text_of(message.text)],
        team_id=user.team_id,
    )
