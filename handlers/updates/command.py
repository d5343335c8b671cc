"""/move, /blocker and /next: updates in words; without words, the form."""

from dataclasses import replace

from agendas.errors import CannotOwn, FieldProblems, NothingShows, RecordedAlready, Refused, Unclear
from agendas.facts.thread_message import ThreadMessage
from agendas.rules.access.rights import Deed
from agendas.rules.commands.blockers import BlockerWords, ResolvedWords, read_blocker
from agendas.rules.commands.movement import MoveWords, read_move
from agendas.rules.commands.next_actions import GIVE, SETTLED, ActionWords, SettledWords, read_next
from agendas.rules.commands.unclear import Choice, UnclearPart
from agendas.rules.commands.waiting import WaitWords, read_waiting
from agendas.rules.threads.replies import take_mark
from agendas.verbs.reads.message_account import account_of_message
from agendas.verbs.reads.permalinks import message_address
from agendas.verbs.updates import typed
from agendas.verbs.updates.updates import account_to_update
from handlers.command_words import account_to_record, confirmation, with_context
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.evidence.submit import EVIDENCE
from handlers.forms import choose_account
from handlers.forms.asking import asked
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.updates import settling, submit, waiting_form


async def move(request: Request, deps: Deps) -> Reply:
    """Movement, that nothing moved, or a date that the account waits for."""
    request, account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, submit.MOVEMENT, account_id)
    try:
        waiting = read_waiting(rest, request.today, request.now)
    except UnclearPart as error:
        return await asked(request, deps, account_id, error, form=submit.WAITING)
    if waiting is not None:
        return await _wait(request, deps, account_id, waiting)
    try:
        return await _move(request, deps, account_id, read_move(rest, request.now))
    except UnclearPart as error:
        return await asked(request, deps, account_id, error, form=submit.MOVEMENT)


async def blocker(request: Request, deps: Deps) -> Reply:
    """A blocker, or that one is resolved."""
    request, account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, submit.BLOCKER, account_id)
    try:
        words = read_blocker(rest, request.now)
        if isinstance(words, ResolvedWords):
            return await settling.resolve(request, deps, account_id, words)
        return await _open_blocker(request, deps, account_id, words)
    except UnclearPart as error:
        return await asked(request, deps, account_id, error, form=submit.BLOCKER)


async def next_action(request: Request, deps: Deps) -> Reply:
    """A next action, its owner the asker and its date the next review's unless said; or what became of an open one.

    Who may record nothing settles what is theirs all the same.
    """
    try:
        request, account_id, rest = await _account_and_words(request, deps, deed=Deed.NOMINATE)
    except Unclear:
        request.require(Deed.RECORD)
        raise
    if not (SETTLED.fullmatch(rest) or GIVE.fullmatch(rest)):
        request.require(Deed.RECORD)
    if not rest:
        return await _form(request, deps, submit.NEXT_ACTION, account_id)
    try:
        words = read_next(rest, request.today, request.now)
        if isinstance(words, SettledWords):
            return await settling.settle(request, deps, account_id, words)
        request.require(Deed.RECORD)
        return await _add_action(request, deps, account_id, words)
    except UnclearPart as error:
        error = await settling.with_row(request, deps, account_id, error)
        return await asked(request, deps, account_id, error, form=submit.NEXT_ACTION)


async def _move(request: Request, deps: Deps, account_id: int, words: MoveWords) -> Reply:
    """Record the movement. Raises UnclearPart for a stage that the account cannot be moved to by these words."""
    try:
        recorded = await deps.write(request, typed.move, request.author, account_id, words)
        return Say(confirmation(request, deps, recorded))
    except NothingShows:
        # asked for in the form, which keeps what was typed
        origin = Origin(account_id=account_id, channel_id=request.channel_id)
        return await open_form(request, deps, EVIDENCE, origin, prefilled={"evidence": words.text})
    except RecordedAlready:
        raise
    except Refused as error:
        await deps.read(account_to_update, request.author, account_id)  # refuses where the account takes no updates
        if words.to_stage is None:
            raise
        without = Choice("Leave the stage out", words.news)
        raise UnclearPart(str(error), (without,), entered={"text": words.text}) from None


async def _open_blocker(request: Request, deps: Deps, account_id: int, words: BlockerWords) -> Reply:
    """Record the blocker. Raises UnclearPart for an owner who can own nothing."""
    try:
        done = await deps.write(request, typed.blocker, request.author, account_id, words)
    except CannotOwn as error:
        raise UnclearPart(str(error), entered=words.entered | {"owner": ""}) from None
    return Say(await with_context(request, deps, done))


async def _add_action(request: Request, deps: Deps, account_id: int, words: ActionWords) -> Reply:
    """Record the next action. Raises UnclearPart for an owner who can own nothing."""
    try:
        recorded = await deps.write(
            request,
            typed.next_action,
            request.author,
            account_id,
            words,
            channel_id=request.channel_id,
            today=request.today,
        )
    except CannotOwn as error:
        raise UnclearPart(str(error), entered=words.entered | {"owner": ""}) from None
    return Say(await with_context(request, deps, recorded))


async def _wait(request: Request, deps: Deps, account_id: int, words: WaitWords) -> Reply:
    """Record the date; where the words do not do, open the form with them in it and the reason."""
    wanted, evidence = words.wanted, words.evidence
    try:
        recorded = await deps.write(request, typed.wait, request.author, account_id, words)
        return Say(confirmation(request, deps, recorded))
    except FieldProblems as wrong:
        problems = wrong.fields
    origin = Origin(account_id=account_id, channel_id=request.channel_id, text=wanted.text)
    prefilled = {
        waiting_form.PROBLEM: " ".join(problems.values()),
        "until": "" if "until" in problems else wanted.until.isoformat(),
        "evidence": "\n".join(each.url for each in evidence),
    }
    return await open_form(request, deps, submit.WAITING, origin, prefilled=prefilled)


async def _account_and_words(request: Request, deps: Deps, *, deed: Deed = Deed.RECORD) -> tuple[Request, int, str]:
    """The account that the text begins with, 0 without text, and the rest of it; the request as of a reply it marks."""
    request.require(deed)
    if not request.text:
        return request, 0, ""
    account_id, words = await account_to_record(request, deps)
    ts, thread_ts, rest = take_mark(words)
    if not ts:
        return request, account_id, rest
    url = await deps.read(message_address, request.workspace_id, request.channel_id, ts)
    said = ThreadMessage(request.channel_id, thread_ts, ts, url, by_letter=not request.is_answered)
    return replace(request, said=said), account_id, rest


async def _form(request: Request, deps: Deps, form: AccountForm, account_id: int) -> Reply:
    """The form about the account; without one, the form that asks for it first."""
    origin = Origin(account_id=account_id, channel_id=request.channel_id)
    if not account_id:
        here = await deps.read(account_of_message, request.workspace_id, "", channel_id=request.channel_id)
        return OpenModal(choose_account.build(origin, kind=form.frame.callback_id, account=here))
    return await open_form(request, deps, form, origin)
