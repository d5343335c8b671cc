"""An account's own channel, checked with Slack before it is saved."""

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.events import Profile
from agendas.verbs.updates.updates import account_to_update
from handlers.account_list.profile_form import own_channel
from handlers.edge.deps import ChannelAnswer, Deps
from handlers.edge.request import Request
from handlers.edge.views import values_of

SILENT = "Slack did not say whether Cadence may post there, so nothing was saved. Save again in a minute."
ABSENT = "Cadence is not in that channel. Type /invite @Cadence there, then save again."
ARCHIVED = "That channel is archived. Choose another one, or unarchive it first."
SHARED = "That channel is shared with another company. Choose a channel of your own."


async def require_usable(request: Request, deps: Deps, account_id: int) -> str:
    """Return the own channel entered where it is a new choice that Slack was asked about, else ''.

    Raises FieldProblems where Cadence is not in it, where it is archived or shared outside, and where Slack says none
    of it.
    """

    def profile_of(session: Session) -> Profile:
        return account_to_update(session, request.author, account_id).profile

    had = await deps.read(profile_of)
    channel_id, posts_agenda = own_channel(values_of(request.view), had)
    is_new = channel_id != had.channel_id or (posts_agenda and not had.posts_agenda)
    if not channel_id or not is_new:
        return ""
    problem = _problem(await deps.ask_channel(request.workspace_id, channel_id))
    if problem:
        raise FieldProblems({"channel": problem})
    return channel_id


def _problem(answer: ChannelAnswer | None) -> str:
    """The sentence about a channel that cannot be an account's own; empty for one that can."""
    if answer is None:
        return SILENT
    if answer.is_archived:
        return ARCHIVED
    if answer.is_shared:
        return SHARED
    return "" if answer.is_member else ABSENT
