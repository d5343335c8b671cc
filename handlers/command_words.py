"""Words of commands: the first one, the account they begin with, and the confirmation of what they record."""

from dataclasses import replace

from agendas.errors import NotUnderstood, Offer, Unclear, UnknownAccount
from agendas.facts.people import ThreadMessage
from agendas.pages.updates import RecordedFacts, recorded_page
from agendas.rendering.page import Page
from agendas.text.evidence import readable
from agendas.text.limits import shown
from agendas.text.names import meant
from agendas.text.words import without_marks
from agendas.verbs import reads
from agendas.verbs.card import own_names
from agendas.verbs.card import with_context as add_context
from agendas.verbs.record import Recorded
from agendas.verbs.review_reads import message_address
from handlers.edge.deps import Deps
from handlers.edge.request import Request


def first_word(text: str) -> tuple[str, str]:
    """The first word in lower case, and the rest as typed; both '' for an empty text."""
    parts = text.strip().split(maxsplit=1)
    return (parts[0].casefold() if parts else ""), (parts[1] if len(parts) > 1 else "")


def unknown_word(request: Request, known: tuple[str, ...], usage: str) -> NotUnderstood:
    """The refusal of a command's first word: with a button that runs the nearest known one, or else the usage."""
    typed, rest = first_word(request.text)
    sentence = f"{shown(typed)} is not a word of this command."
    near = meant(typed, known)
    if near is None:
        return NotUnderstood(f"{sentence} Usage: {usage}")
    offer = Offer(near.capitalize(), f"{request.incoming.word} {near} {rest}".rstrip())
    return Unclear(f"{sentence} Did you mean {near}?", (offer,))


def read_tier(written: str, command: str) -> int | None:
    """The tier written after a command, None if there is none. Raises NotUnderstood for anything else."""
    word = written.strip().casefold().removeprefix("tier").strip()
    if not word:
        return None
    if word not in ("1", "2", "3"):
        raise NotUnderstood(f"{shown(written)} is not a tier. Write {command}, or {command} 1, 2 or 3.")
    return int(word)


async def split_account(request: Request, deps: Deps, text: str) -> tuple[int, str]:
    """The account that the text begins with, and the rest. Raises UnknownAccount with the nearest."""
    return await deps.read(reads.split_account, request.workspace_id, text, channel_id=request.channel_id)


async def account_to_record(request: Request, deps: Deps) -> tuple[int, str]:
    """The account that the request's text begins with, and the rest.

    Raises:
        UnknownAccount: with the nearest.
        Unclear: where no account is near, with the person's own to put before what they typed; where two are named.
    """
    text = request.text
    try:
        account_id, rest, two_accounts = await deps.read(
            reads.account_or_two, request.workspace_id, text, channel_id=request.channel_id
        )
    except UnknownAccount as error:
        # nothing to offer where the nearest are known, or where one word alone leaves nothing to record
        if error.nearest or not first_word(text)[1]:
            raise
        names = await deps.read(own_names, request.workspace_id, request.person.user_id, channel_id=request.channel_id)
        word, sentence = request.incoming.word, f"No account is called {shown(error.typed)}. Which account is it about?"
        offers = [Offer(name, f'{word} "{name.replace(chr(34), "")}" {text}') for name in names]
        typed = without_marks(readable(f"{word} {text}"))
        raise Unclear(sentence, (*offers, Offer("The list", "/abm list")), typed=typed) from None
    if two_accounts is not None:
        raise _ask_which_of_two(request, rest, *two_accounts)
    return account_id, rest


def _ask_which_of_two(request: Request, after_first: str, first: str, second: str, after_both: str) -> Unclear:
    """The question which of two accounts is meant, with a button for each that keeps `after_both`, the text after both.

    `after_first` is the text after the first name: unless `and` joins the two, it may be what is to be recorded of it.
    """
    word = request.incoming.word
    offers = [Offer(each, f'{word} "{each.replace(chr(34), "")}" {after_both}'.rstrip()) for each in (first, second)]
    if not reads.AND.match(after_first):
        offers.append(Offer("Keep as text", f'{word} "{first.replace(chr(34), "")}" {after_first}'))
    question = (
        f"{first} and {second} are two accounts, and an entry is of one. Record it at each with a command of its own."
    )
    return Unclear(question, offers, typed=without_marks(readable(f"{word} {request.text}")))


async def with_thread_reply(request: Request, deps: Deps, ts: str, thread_ts: str) -> Request:
    """The request, with that reply in an account's thread as the source of what it records."""
    url = await deps.read(message_address, request.workspace_id, request.channel_id, ts)
    message = ThreadMessage(request.channel_id, thread_ts, ts, url, by_letter=not request.is_answered)
    return replace(request, thread_message=message)


def confirmation(request: Request, deps: Deps, recorded: Recorded) -> Page:
    """The page that says what was recorded, with Undo."""
    facts = RecordedFacts(recorded.event, recorded.before, recorded.after, zone=request.person.time_zone)
    return recorded_page(facts, deps.words)


async def with_context(request: Request, deps: Deps, recorded: Recorded) -> Page:
    """The receipt, with its context: accounts of like names, plays that no longer fit, the lead who is asked."""
    facts = RecordedFacts(recorded.event, recorded.before, recorded.after, zone=request.person.time_zone)
    return recorded_page(await deps.read(add_context, request.workspace_id, facts), deps.words)
