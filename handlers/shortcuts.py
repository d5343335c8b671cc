"""The shortcuts: an update from anywhere, and a message logged to an account."""

from datetime import UTC, datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.rendering.mrkdwn import escape
from agendas.rules.access.rights import Deed
from agendas.text.evidence import readable
from agendas.verbs.reads import accounts
from handlers.deps import Deps
from handlers.incoming import thread_of
from handlers.modals import choose
from handlers.modals.fields import Origin
from handlers.replies import OpenModal, Options, Reply
from handlers.request import Request
from handlers.shapes import mapping
from storage import workspaces

QUOTED_CHARACTERS = 200
NO_MESSAGE = "Use this shortcut on a message: open the message's menu and choose it there."


async def account_update(request: Request, _deps: Deps) -> Reply:
    """The form that asks which account, and what to record."""
    request.require(Deed.RECORD)
    return OpenModal(choose.build(Origin(source="shortcut")))


async def log_to_account(request: Request, deps: Deps) -> Reply:
    """The same form about a message: its text is what is recorded, its link the evidence, its time kept."""
    request.require(Deed.RECORD)
    if not request.place:
        raise Outdated(NO_MESSAGE)
    url = await deps.read(_permalink, request)
    text = readable(request.text)
    origin = Origin(
        channel_id=request.channel_id,
        place=thread_of(mapping(request.payload.get("message"))),
        source="shortcut",
        evidence_url=url,
        evidence_at=datetime.fromtimestamp(float(request.place), UTC).isoformat(),
        text=text,
    )
    note = f"From the message: {escape(text[:QUOTED_CHARACTERS])}" if text.strip() else ""
    return OpenModal(choose.build(origin, note=note))


async def accounts_like(request: Request, deps: Deps) -> Reply:
    """The accounts that what was typed may mean, for the form's select."""
    return Options(await deps.read(accounts.names_like, request.workspace_id, request.text))


def _permalink(session: Session, request: Request) -> str:
    """The message's address. Built, not asked for: asking would cost a call before the form opens."""
    workspace = workspaces.get(session, request.workspace_id)
    base = workspace.url.rstrip("/") if workspace else ""
    return f"{base}/archives/{request.channel_id}/p{request.place.replace('.', '')}" if base else ""
