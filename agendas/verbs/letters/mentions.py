"""Replace mentions by names in messages to a channel, so that nobody is notified."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.pages.admin.mentions import mentioned_in, without_pings
from agendas.rendering.blockkit import Rendered
from agendas.verbs.loading.load_facts import names


def named_people(session: Session, workspace_id: str, rendered: Sequence[Rendered]) -> list[Rendered]:
    """Return the messages without mentions: people by their names, others by their ids."""
    mentioned = set[str]().union(*map(mentioned_in, rendered))
    known = names(session, workspace_id, mentioned)
    return [without_pings(each, known) for each in rendered]
