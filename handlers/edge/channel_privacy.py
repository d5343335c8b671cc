"""Privacy of channels: nothing about accounts is posted where people of another company read along."""

from sqlmodel import Session

from agendas.errors import Refused
from agendas.verbs.letters.trouble import OWN_CHANNEL, note_channel_name, note_sharing
from handlers.edge.deps import ChannelAnswer, Deps
from handlers.edge.payloads.values import mapping, text
from handlers.edge.request import Request
from storage import people

IN_A_CHANNEL = "Use it in the channel of the review."
SEVERAL_PEOPLE = "mpdm-"
"""The beginning of Slack's name for a direct message of several people; the bot is in none."""
NOT_SHARED = "This channel is shared with another company, so nothing was shared."
UNKNOWN = (
    "Slack did not say whether another company reads here, so nothing was shared. "
    "Invite Cadence here, or try again in a minute."
)
SHARE_IN_A_CHANNEL = "Share it from a channel: type /account or /abm ask there."


def is_direct(request: Request) -> bool:
    """True outside channels: on Home, and in a direct message of two people or of several.

    The id of a message of several looks like a channel's.
    """
    channel_name = request.payload.get("channel_name") or mapping(request.payload.get("channel")).get("name")
    return not request.channel_id or request.channel_id.startswith("D") or text(channel_name).startswith(SEVERAL_PEOPLE)


def require_channel(request: Request) -> None:
    """Raise Refused in a direct message, where no review can be."""
    if is_direct(request):
        raise Refused(IN_A_CHANNEL)


async def require_own_channel(request: Request, deps: Deps) -> None:
    """Raise Refused in a direct message, and in a channel that another company reads.

    While Slack does not say, what was learned before holds; before a review is posted Slack is asked again.
    """
    require_channel(request)
    is_shared = await _ask(request, deps)
    if is_shared is None:
        is_shared = await deps.read(_was_shared, request.workspace_id, request.channel_id)
    if is_shared:
        raise Refused(OWN_CHANNEL)


async def require_no_outsiders(request: Request, deps: Deps) -> None:
    """Raise Refused unless Slack says that no other company reads the channel: what is shared is posted at once."""
    if is_direct(request):
        raise Refused(SHARE_IN_A_CHANNEL)
    is_shared = await _ask(request, deps)
    if is_shared is not False:
        raise Refused(NOT_SHARED if is_shared else UNKNOWN)


async def _ask(request: Request, deps: Deps) -> bool | None:
    """Ask Slack, and keep its answer where it is new; None when it does not say."""
    place = (request.workspace_id, request.channel_id)
    answer = await deps.ask_channel(*place)
    if answer is not None and answer.name and not await deps.read(_is_named, *place, answer):
        await deps.note(note_channel_name, *place, name=answer.name, is_private=answer.is_private)
    is_shared = answer.is_shared if answer else None
    if is_shared is not None and is_shared != await deps.read(_was_shared, *place):
        await deps.note(note_sharing, *place, is_shared=is_shared, now=request.now)
    return is_shared


def _is_named(session: Session, workspace_id: str, channel_id: str, answer: ChannelAnswer) -> bool:
    channel = people.find_channel(session, workspace_id, channel_id)
    return channel is not None and (channel.name, channel.is_private) == (answer.name, answer.is_private)


def _was_shared(session: Session, workspace_id: str, channel_id: str) -> bool:
    channel = people.find_channel(session, workspace_id, channel_id)
    return channel is not None and channel.is_shared
