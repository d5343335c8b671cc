"""Open actions and blockers settled in words: done, slipped, dropped, resolved; asked where several may be meant."""

from dataclasses import replace

from agendas.errors import RecordedAlready, Refused
from agendas.facts.account import NextAction
from agendas.pages.accounts.asked import which_action_page, which_blocker_page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.blockers import ResolvedWords
from agendas.rules.commands.next_actions import Change, SettledWords
from agendas.rules.commands.unclear import UnclearPart
from agendas.text.days import weekday_said
from agendas.verbs.updates import typed
from agendas.verbs.updates.open_items import waits_for
from agendas.verbs.updates.updates import account_to_update
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.forms.asking import answered, question_about
from handlers.updates import promises, submit

MOST_OFFERED = 12
"""Open actions or blockers offered, those of the asker first; the card has all of them."""


async def require_to_settle(request: Request, deps: Deps, account_id: int, number: int) -> None:
    """Raise NotAllowed unless the person may record, or is a viewer for whom the item of this event waits."""
    if may(request.person, Deed.RECORD):
        return
    if may(request.person, Deed.NOMINATE) and await deps.read(waits_for, request.author, account_id, number):
        return
    request.require(Deed.RECORD)


async def settle(request: Request, deps: Deps, account_id: int, words: SettledWords) -> Reply:
    """Record what became of the one open action, or ask which one is meant.

    Raises:
        UnclearPart: for a date that is not later than the one it had.
        AlreadySettled: when the action that was chosen is not open any more.
        NotAllowed: for an action that is not the person's, who may record nothing else.
    """
    own_alone = not may(request.person, Deed.RECORD)
    if words.action_id is not None:
        await require_to_settle(request, deps, account_id, words.action_id)
    try:
        recorded = await deps.write(request, typed.settled, request.author, account_id, words, own_alone=own_alone)
    except typed.WhichAction as error:
        return await _which_action(request, deps, account_id, words, error=error)
    except Refused as error:
        if words.change is not Change.SLIPPED or isinstance(error, RecordedAlready):
            raise
        chosen = str(words.action_id or "")
        entered = {"text": words.text, "was": words.change.value, "why": words.text, "action": chosen}
        raise UnclearPart(str(error), as_text=words.as_text, entered=entered) from None
    return Say(confirmation(request, deps, recorded))


async def resolve(request: Request, deps: Deps, account_id: int, words: ResolvedWords) -> Reply:
    """Record that the one open blocker is resolved, or ask which one.

    Raises AlreadySettled when the blocker that was chosen is not open any more.
    """
    try:
        recorded = await deps.write(request, typed.resolved, request.author, account_id, words)
    except typed.WhichBlocker as error:
        question = replace(
            question_about(request, account_id, _offered(str(error), len(error.blockers))),
            as_text=words.as_text,
            entered={"text": words.text},
        )
        blockers = [(each, words.about(each.id)) for each in error.blockers[:MOST_OFFERED]]
        page = which_blocker_page(question, blockers, deps.words, now=request.now, zone=request.person.time_zone)
        return await answered(request, deps, question, page, form=submit.BLOCKER)
    return Say(confirmation(request, deps, recorded))


async def with_row(request: Request, deps: Deps, account_id: int, error: UnclearPart) -> UnclearPart:
    """The question, with what was said of the action that was chosen, or the one open, in its row of the form."""
    was, why, chosen = (error.entered.pop(name, "") for name in ("was", "why", "action"))
    if not was:
        return error
    actions = (await deps.read(account_to_update, request.author, account_id)).open_actions
    meant = [each.id for each in actions if chosen in ("", str(each.id))]
    if len(meant) == 1 and len(why) <= promises.REASON_CHARACTERS:
        error.entered = {f"{promises.STATE}/{meant[0]}": was, f"{promises.WHY}/{meant[0]}": why}
    return error


async def _which_action(
    request: Request, deps: Deps, account_id: int, words: SettledWords, *, error: typed.WhichAction
) -> Reply:
    question = replace(
        question_about(request, account_id, _offered(str(error), len(error.actions))),
        as_text=words.as_text,
        entered={"text": words.text},
    )
    actions: list[tuple[NextAction, str]] = [(each, words.about(each.id)) for each in error.actions[:MOST_OFFERED]]
    page = which_action_page(question, actions, deps.words, label=_label(request, deps, words), today=request.today)
    return await answered(request, deps, question, page, form=submit.NEXT_ACTION)


def _label(request: Request, deps: Deps, words: SettledWords) -> str:
    """The label of the button beside each action."""
    if words.due_on is not None:
        return f"Move to {weekday_said(words.due_on, request.today)}"
    labels = {Change.DONE: "action.done", Change.GIVEN: "action.give"}
    return deps.words.label(labels.get(words.change, "action.drop"))


def _offered(sentence: str, count: int) -> str:
    return f"{sentence} These are the first {MOST_OFFERED}; the card has all." if count > MOST_OFFERED else sentence
