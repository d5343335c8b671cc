"""/move, /blocker and /next: what people report, in words; without words, the form."""

from sqlmodel import Session

from agendas.rules.access.rights import Deed
from agendas.rules.commands.updates import ActionWords, BlockerWords, MoveWords, read_blocker, read_move, read_next
from agendas.verbs.reads import accounts
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from handlers.commands.words import confirmation
from handlers.deps import Deps
from handlers.modals import choose
from handlers.modals.fields import Origin
from handlers.open_forms import due_by_default, open_update, today_of
from handlers.replies import OpenModal, Reply, Say
from handlers.request import Request
from handlers.routes import Looking

_Named = tuple[int, str]
"""The account that the words begin with, and the rest of them."""


def _account_or_form(session: Session, request: Request) -> _Named:
    """The account and the rest of the words; 0 and nothing when nothing was typed."""
    request.require(Deed.RECORD)
    if not request.text:
        return 0, ""
    return accounts.split_account(session, request.workspace_id, request.text, channel_id=request.channel_id)


async def _show_move(request: Request, deps: Deps, named: _Named) -> Reply:
    account_id, rest = named
    if not rest:
        return await _form(request, deps, "movement", account_id)
    words = read_move(rest, request.now)
    return Say(confirmation(await deps.write(request, _move, request, account_id, words), deps))


async def _show_blocker(request: Request, deps: Deps, named: _Named) -> Reply:
    account_id, rest = named
    if not rest:
        return await _form(request, deps, "blocker", account_id)
    words = read_blocker(rest, request.now)
    return Say(confirmation(await deps.write(request, _blocker, request, account_id, words), deps))


async def _show_next_action(request: Request, deps: Deps, named: _Named) -> Reply:
    account_id, rest = named
    if not rest:
        return await _form(request, deps, "next_action", account_id)
    words = read_next(rest, today_of(request), request.now)
    return Say(confirmation(await deps.write(request, _next_action, request, account_id, words), deps))


move = Looking(_account_or_form, _show_move)
"""Movement, or that nothing moved."""

blocker = Looking(_account_or_form, _show_blocker)
"""A blocker, or how one was resolved."""

next_action = Looking(_account_or_form, _show_next_action)
"""A next action; its owner is the asker and its date the next review's, unless said."""


async def _form(request: Request, deps: Deps, kind: str, account_id: int) -> Reply:
    if not account_id:
        return OpenModal(choose.build(Origin(channel_id=request.channel_id), kind=kind))
    return await open_update(request, deps, kind, Origin(account_id=account_id, channel_id=request.channel_id))


def _move(session: Session, request: Request, account_id: int, words: MoveWords) -> Recorded:
    if words.nothing:
        return updates.say_nothing_moved(session, request.author, account_id, text=words.text)
    return updates.move(
        session, request.author, account_id, text=words.text, to_stage=words.to_stage, evidence=words.evidence
    )


def _blocker(session: Session, request: Request, account_id: int, words: BlockerWords) -> Recorded:
    if words.resolve:
        found = updates.only_open_blocker(session, request.author, account_id)
        return updates.resolve_blocker(session, request.author, account_id, found.id, text=words.text)
    return updates.open_blocker(
        session,
        request.author,
        account_id,
        text=words.text,
        owner=words.owner,
        needs=words.needs.value if words.needs else None,
        evidence=words.evidence,
    )


def _next_action(session: Session, request: Request, account_id: int, words: ActionWords) -> Recorded:
    return updates.add_action(
        session,
        request.author,
        account_id,
        text=words.text,
        due_on=words.due_on or due_by_default(session, request),
        owner=words.owner,
        evidence=words.evidence,
    )
