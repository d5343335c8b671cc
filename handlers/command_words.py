"""Words of commands: the first one, the account they begin with, and the confirmation of what they record."""

from agendas.errors import NotUnderstood, Offer, Unclear
from agendas.pages.accounts.recorded import RecordedFacts, recorded_page
from agendas.rendering.page import Page
from agendas.text.limits import shown
from agendas.text.spelling import meant
from agendas.verbs.reads import accounts
from agendas.verbs.reads.account.recorded import with_context as add_context
from agendas.verbs.record.record import Recorded
from handlers.edge.deps import Deps
from handlers.edge.request import Request


def first_word(text: str) -> tuple[str, str]:
    """The first word in lower case, and the rest as typed."""
    parts = text.strip().split(maxsplit=1)
    return (parts[0].casefold() if parts else ""), (parts[1] if len(parts) > 1 else "")


def unknown_word(request: Request, known: tuple[str, ...], usage: str) -> NotUnderstood:
    """The refusal of a command's first word, with the nearest one that is known as a button that runs it."""
    typed, rest = first_word(request.text)
    sentence = f"{shown(typed)} is not a word of this command."
    near = meant(typed, known)
    if near is None:
        return NotUnderstood(f"{sentence} Usage: {usage}")
    offer = Offer(near.capitalize(), f"{request.incoming.word} {near} {rest}".rstrip())
    return Unclear(f"{sentence} Did you mean {near}? Usage: {usage}", (offer,))


def read_tier(written: str, command: str) -> int | None:
    """The tier written after a command, None where nothing is. Raises NotUnderstood for anything else."""
    word = written.strip().casefold().removeprefix("tier").strip()
    if not word:
        return None
    if word not in ("1", "2", "3"):
        raise NotUnderstood(f"{shown(written)} is not a tier. Write {command}, or {command} 1, 2 or 3.")
    return int(word)


async def split_account(request: Request, deps: Deps, text: str) -> tuple[int, str]:
    """The account that the text begins with, and the rest. Raises UnknownAccount with the nearest."""
    return await deps.read(accounts.split_account, request.workspace_id, text, channel_id=request.channel_id)


def confirmation(recorded: Recorded, deps: Deps) -> Page:
    """The page that says what was recorded, with Undo."""
    return recorded_page(RecordedFacts(recorded.event, recorded.before, recorded.after), deps.words)


async def with_context(request: Request, deps: Deps, recorded: Recorded) -> Page:
    """The page that says what was recorded, with what belongs beside it: accounts of like names, plays, a lead."""
    facts = RecordedFacts(recorded.event, recorded.before, recorded.after)
    return recorded_page(await deps.read(add_context, request.workspace_id, facts), deps.words)
