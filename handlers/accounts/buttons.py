"""Buttons of cards, of my accounts and of histories, and the choice among the nearest accounts."""

from agendas.errors import Refused
from agendas.pages.accounts.did_you_mean import read_pick
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.delivery.share import claim_share
from agendas.verbs.privacy.mark import channel_of
from agendas.verbs.reads import accounts
from agendas.verbs.reads.reviews import facts as reviews
from handlers.accounts import pages
from handlers.edge.channel_privacy import require_no_outsiders
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, RunCommand, Say
from handlers.edge.request import Request, number_in
from handlers.edge.resumable_command import NAME_HERE, with_name


async def my_accounts(request: Request, deps: Deps) -> Reply:
    """The person's accounts, or their next page when the value carries where to go on."""
    return Say(await pages.my_accounts(request, deps, start=number_in(request.value or "0")))


async def card(request: Request, deps: Deps) -> Reply:
    """The account's card: above Home in a window, elsewhere as an answer to the person alone."""
    return Say(await pages.card(request, deps, request.number))


async def page(request: Request, deps: Deps) -> Reply:
    """A page of the account: the value carries its word after the account, as in `/account ACCOUNT deals`."""
    number, _, word = request.value.partition(" ")
    zone = request.person.time_zone
    found = await deps.read(accounts.account_card, request.workspace_id, number_in(number), now=request.now, zone=zone)
    return RunCommand("/account", with_name(f"{NAME_HERE} {word}", found.facts.account.name))


async def explain(request: Request, deps: Deps) -> Reply:
    """Why the account is in its bucket; the value carries the account, and after it a month where one is meant."""
    number, _, month = request.value.partition(" ")
    return Say(await pages.explained(request, deps, number_in(number), month))


async def history(request: Request, deps: Deps) -> Reply:
    """The account's history, or its next page when the value carries where to go on."""
    account_id, _, before = request.value.partition(" ")
    return Say(await pages.history(request, deps, number_in(account_id), number_in(before) if before else None))


async def details(request: Request, deps: Deps) -> Reply:
    """Everything that the account's few lines leave out, for the person who pressed."""
    zone = request.person.time_zone
    item = await deps.read(accounts.account_card, request.workspace_id, request.number, now=request.now, zone=zone)
    return Say(pages.details_page_of(item, request, deps))


async def agenda_details(request: Request, deps: Deps) -> Reply:
    """Everything that the account's agenda leaves out: as it is now, or as it was in a review that is closed."""
    item = await deps.read(reviews.review_item, request.workspace_id, request.number, now=request.now)
    return Say(pages.details_page_of(item, request, deps))


async def share(request: Request, deps: Deps) -> Reply:
    """The account's card, for everybody in the channel: once for clicks close together."""
    request.require(Deed.RECORD)
    await require_no_outsiders(request, deps)
    private_channel = await deps.read(channel_of, request.workspace_id, request.number)
    if private_channel not in ("", request.channel_id):
        raise Refused("It is private to another channel, so its card is shared there alone.")
    card = await pages.card(request, deps, request.number, public=True)
    claim = await deps.write(
        request,
        claim_share,
        request.author,
        request.channel_id,
        request.incoming.message_ts,
        what=str(request.number),
    )
    return Say(card, public=True, claim=claim) if claim else Say(said(deps.words.say("answers.shared_already")))


async def pick(request: Request, deps: Deps) -> Reply:
    """The command again, about the account that was picked in the place of one not found, or as it was chosen."""
    account_id, original = read_pick(request.value)
    zone = request.person.time_zone
    card = await deps.read(accounts.account_card, request.workspace_id, account_id, now=request.now, zone=zone)
    command, _, text = original.partition(" ")
    return RunCommand(command, with_name(text, card.facts.account.name), key=request.question_key)
