"""What the buttons of messages do: those of an agenda, of a card, of a cadence, of a list, and Undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from agendas.errors import Outdated, UnknownAccount
from agendas.pages.accounts.did_you_mean import nearest_page, read_pick
from agendas.pages.accounts.recorded import RecordedFacts, read_undo, undone_page
from agendas.pages.admin.help import help_page
from agendas.pages.admin.unconfirmed import doubts_page
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed, may
from agendas.verbs.delivery import unconfirmed as doubts
from agendas.verbs.letters.queue import confirm
from agendas.verbs.reads import accounts
from agendas.verbs.reads import people as members
from agendas.verbs.reads import unconfirmed as look_up_doubts
from agendas.verbs.undo import undo as take_back
from agendas.verbs.updates import updates
from handlers import fit
from handlers.commands import abm, account, group, imports, narrative, plays, product, review, signals, subjects
from handlers.commands.settings import edit_settings
from handlers.commands.versions import more_of_versions
from handlers.deps import Deps
from handlers.kept_command import with_name, without_name
from handlers.modals import people
from handlers.modals.fields import Origin
from handlers.open_forms import open_update
from handlers.readers import require_no_outsiders
from handlers.replies import Nothing, OpenModal, Reply, Say
from handlers.request import Request, number_in
from handlers.routes import Handler
from handlers.submit_swap import open_swap
from storage import reviews
from storage.delivery import inbox

OUTDATED_AGENDA = "That review is not kept any more. See the account with /account."
SHARED_AGAIN_AFTER = timedelta(minutes=1)
"""Clicks on the same Share that are closer together than this share once."""


async def agenda_form(request: Request, deps: Deps, kind: str) -> Reply:
    """The form of an agenda's button, about the account of its review item."""
    request.require(Deed.DECIDE if kind == "decision" else Deed.RECORD)
    account_id = await deps.read(_account_of_item, request)
    origin = Origin(account_id=account_id, channel_id=request.channel_id, place=request.place, item_id=request.number)
    return await open_update(request, deps, kind, origin)


async def no_change(request: Request, deps: Deps) -> Reply:
    """Nothing moved, said with one tap; saying it twice in a row changes nothing."""
    request.require(Deed.RECORD)

    def say_so(session: Session) -> None:
        account_id = _account_of_item(session, request)
        recorded = updates.say_nothing_moved(session, request.author, account_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place=request.place)

    await deps.write(request, say_so)
    return Nothing()


async def account_form(request: Request, deps: Deps, kind: str) -> Reply:
    """The form of a card's button."""
    request.require(Deed.RECORD)
    origin = Origin(account_id=request.number, channel_id=request.channel_id)
    return await open_update(request, deps, kind, origin)


async def account_history(request: Request, deps: Deps) -> Reply:
    """The account's history, or its next page when the value carries where to go on."""
    account_id, _, before = request.value.partition(" ")
    return Say(await subjects.history(request, deps, number_in(account_id), number_in(before) if before else None))


async def share(request: Request, deps: Deps) -> Reply:
    """The account's card, for everybody in the channel: once for what is clicked twice."""
    request.require(Deed.RECORD)
    await require_no_outsiders(request, deps)
    card = await account.card(request, deps, request.number, public=True)
    claim = f"share:{request.channel_id}:{request.message_ts}:{request.person.user_id}:{request.number}"
    is_first = await deps.write(
        request, inbox.take_anew, request.workspace_id, claim, request.now, after=SHARED_AGAIN_AFTER
    )
    return Say(card, public=True, claim=claim) if is_first else Say(said(deps.words.say("answers.shared_already")))


async def pick(request: Request, deps: Deps) -> Reply:
    """The command again, with the account that was picked in the place of the one not found."""
    account_id, original = read_pick(request.value)
    card = await deps.read(
        accounts.card, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    command, _, text = original.partition(" ")
    handler = COMMANDS_BY_WORD.get(command)
    if handler is None:
        raise Outdated("That command is not known any more. See /abm help.")
    corrected = with_name(text, card.facts.account.name)
    try:
        return await handler(replace(request, kind="command", text=corrected), deps)
    except UnknownAccount as unknown:
        # the command names several accounts, and another of them is not known either
        return Say(nearest_page(unknown, deps.words, original=f"{command} {without_name(corrected, unknown.typed)}"))


async def undo(request: Request, deps: Deps) -> Reply:
    """The event taken back; where it was the only one, the message says so in its place.

    Open to everybody who may record anything at all, such as scores: only the author of an event can take it back.
    """
    request.require(Deed.NOMINATE)
    event_id, is_alone = read_undo(request.value)
    recorded = await deps.write(request, take_back.take_back, request.author, event_id)
    facts = RecordedFacts(recorded.event, recorded.before, recorded.after)
    return Say(undone_page(facts, deps.words), replace=is_alone)


async def settle_doubt(request: Request, deps: Deps, decide: Callable[..., None]) -> Reply:
    """The ledger again, after the decision about a message that may be there or not."""
    request.require(Deed.RECORD)
    is_admin = may(request.person, Deed.ADMINISTER)
    await deps.write(request, decide, request.author, request.number, is_admin=is_admin)
    return Say(await review.ledger_shown(request, deps), replace=True)


async def settle_any_doubt(request: Request, deps: Deps, decide: Callable[..., None]) -> Reply:
    """What is still in doubt, after an admin's decision about a message of whatever kind."""
    request.require(Deed.ADMINISTER)
    await deps.write(request, decide, request.author, request.number, is_admin=True)
    left = await deps.read(look_up_doubts.doubts, request.workspace_id)
    return Say(doubts_page(left, deps.words, zone=request.person.time_zone, now=request.now), replace=True)


async def edit_person(request: Request, deps: Deps) -> Reply:
    """The form for a person's function and right."""
    request.require(Deed.ADMINISTER)
    person = await deps.read(members.person, request.workspace_id, request.value, now=request.now)
    return OpenModal(people.build(person, Origin(subject=person.user_id, channel_id=request.channel_id)))


def _account_of_item(session: Session, request: Request) -> int:
    item = reviews.item(session, request.workspace_id, request.number)
    if item is None:
        raise Outdated(OUTDATED_AGENDA)
    return item.account_id


async def _close_review(request: Request, deps: Deps) -> Reply:
    return await review.close_with_form(request, deps, request.number)


async def _menu_help(_request: Request, deps: Deps) -> Reply:
    return Say(help_page(deps.words))


async def _my_accounts(request: Request, deps: Deps) -> Reply:
    return Say(await account.my_accounts(request, deps, start=number_in(request.value or "0")))


async def _program(request: Request, deps: Deps) -> Reply:
    start, _, tier = request.value.partition(" ")
    return Say(await abm.program_page(request, deps, number_in(tier) if tier else None, start=number_in(start or "0")))


async def _people(request: Request, deps: Deps) -> Reply:
    start, _, name = request.value.partition(" ")
    return Say(await abm.people_list(request, deps, start=number_in(start or "0"), name=name))


COMMANDS_BY_WORD: dict[str, Handler] = {f"/{word}": handler for word, handler in abm.OTHER_COMMANDS.items()}

BUTTONS: dict[str, Handler] = {
    "agenda.move": lambda request, deps: agenda_form(request, deps, "movement"),
    "agenda.blocker": lambda request, deps: agenda_form(request, deps, "blocker"),
    "agenda.next": lambda request, deps: agenda_form(request, deps, "next_action"),
    "agenda.no_change": no_change,
    "agenda.decide": lambda request, deps: agenda_form(request, deps, "decision"),
    "account.move": lambda request, deps: account_form(request, deps, "movement"),
    "account.blocker": lambda request, deps: account_form(request, deps, "blocker"),
    "account.next": lambda request, deps: account_form(request, deps, "next_action"),
    "account.history": account_history,
    "account.history_more": account_history,
    "account.share": share,
    "account.pick": pick,
    "account.list": _my_accounts,
    "account.list_more": _my_accounts,
    "abm.list": _program,
    "abm.list_more": _program,
    "abm.people": _people,
    "abm.people_more": _people,
    "abm.versions_more": more_of_versions,
    "abm.help": _menu_help,
    "list.swap": open_swap,
    "people.edit": edit_person,
    "settings.edit": edit_settings,
    "group.add": group.add_button,
    "group.edit": group.edit_button,
    "group.left": group.left_button,
    "group.confirm": group.confirm_button,
    "group.more": group.more,
    "narrative.write": narrative.write_button,
    "narrative.rewrite": narrative.write_button,
    "narrative.read": narrative.read_version,
    "product.add": product.add_button,
    "plays.start": plays.start_button,
    "plays.end": plays.end_button,
    "plays.add": plays.add_button,
    "plays.change": plays.change_button,
    "plays.more": plays.more,
    "fit.open": fit.open_all,
    "fit.score": fit.open_one,
    "fit.stop": fit.stop,
    "fit.ask": fit.ask,
    "fit.name": lambda request, deps: fit.change_list(request, deps, "name"),
    "fit.tier": lambda request, deps: fit.change_list(request, deps, "tier"),
    "fit.reject": lambda request, deps: fit.change_list(request, deps, "reject"),
    "fit.remove": lambda request, deps: fit.change_list(request, deps, "remove"),
    "review.schedule": lambda request, deps: review.schedule(request, deps, ""),
    "review.now": lambda request, deps: review.now(request, deps, ""),
    "review.pause": lambda request, deps: review.pause(request, deps, ""),
    "review.resume": lambda request, deps: review.resume(request, deps, ""),
    "review.close": _close_review,
    "import.apply": imports.apply_button,
    "import.answer": imports.answer_button,
    "letter.again": lambda request, deps: settle_doubt(request, deps, doubts.post_again),
    "letter.there": lambda request, deps: settle_doubt(request, deps, doubts.leave_it),
    "doubt.again": lambda request, deps: settle_any_doubt(request, deps, doubts.post_again),
    "doubt.there": lambda request, deps: settle_any_doubt(request, deps, doubts.leave_it),
    "signals.add": signals.add,
    "signals.record": signals.record_step,
    "signals.more": signals.more,
    "signals.secret": signals.new_secret,
    "signals.undo": signals.undo,
    "undo": undo,
}
