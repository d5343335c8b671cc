"""Accounts: my accounts, the card of one, why it is on the list, its history and its deals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agendas.errors import NotUnderstood, Offer, Refused, Unclear, UnknownAccount
from agendas.facts.reviews import AgendaItem
from agendas.pages.account_list import my_accounts_page
from agendas.pages.accounts import (
    HistoryLine,
    account_card,
    details_page,
    details_terms_page,
    explained_page,
    history_page,
    read_pick,
    why_page,
)
from agendas.pages.deals import deals_page
from agendas.rendering.page import Page, sentence_page
from agendas.rules.access import Permission, may
from agendas.rules.commands import (
    CHANGES,
    EDIT,
    LIST,
    NOMINATE,
    SEVERAL,
    TIER_EXAMPLES,
    CommandReading,
    SeveralNamed,
    Vocabulary,
    nearest_word,
    read_several,
    split_first_word,
)
from agendas.text.limits import shown
from agendas.text.names import meant
from agendas.verbs import reads, review_reads
from agendas.verbs.account_list import ListWord
from agendas.verbs.card import (
    FullCard,
    account_deals,
    account_history,
    account_placed,
    account_why,
    find_asked,
    full_card,
    is_correctable,
    own_accounts,
    own_names,
)
from agendas.verbs.delivery import claim_share
from agendas.verbs.imports import known_among
from agendas.verbs.privacy import channel_of
from handlers.account_list import change, edit, name_several, nominate, show_list
from handlers.edge.access import NAME_HERE, Handler, require_no_outsiders, with_name
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, RunCommand, Say
from handlers.edge.request import Request, number_in
from handlers.subject import AccountPage, AccountWord, Subject, Word

# Pages of accounts: my accounts, a card, a history, deals.


async def my_accounts(request: Request, deps: Deps, *, start: int = 0) -> Page:
    """A page of the accounts that the person owns or partners, after the first `start`."""
    items, next_reviews = await deps.read(
        own_accounts, request.workspace_id, request.person.user_id, now=request.now, zone=request.person.time_zone
    )
    can_record = may(request.person, Permission.RECORD)
    return my_accounts_page(items, deps.words, next_reviews=next_reviews, start=start, can_record=can_record)


async def card_of(request: Request, deps: Deps, account_id: int, *, public: bool = False) -> Page:
    """One account as it is; with `public` the card that everybody sees, without buttons that record."""
    zone = request.person.time_zone
    found = await deps.read(full_card, request.workspace_id, account_id, now=request.now, zone=zone)
    return card_page(found, request, deps, public=public)


def card_page(found: FullCard, request: Request, deps: Deps, *, public: bool = False) -> Page:
    """The card with buttons for what the person may do; with `public` without any that record, decide or correct."""
    can_record = may(request.person, Permission.RECORD) and not public
    return account_card(
        found.item,
        deps.words,
        next_review_at=found.next_review_at,
        last_events=found.last_events,
        can_record=can_record,
        can_decide=may(request.person, Permission.DECIDE) and not public,
        can_correct=not public and _can_correct(found.last_events, request),
        has_unclear_acts=found.has_unclear_acts,
        away=found.away,
        reader=None if public else request.person,
    )


def _details_page(item: AgendaItem, request: Request, deps: Deps) -> Page:
    """The details of an account, with the buttons that the person's right allows."""
    can_act, can_decide = (may(request.person, permission) for permission in (Permission.RECORD, Permission.DECIDE))
    return details_page(item, deps.words, can_act=can_act, can_decide=can_decide)


async def why_on_list(request: Request, deps: Deps, account_id: int) -> Page:
    """Why the account is on the list and in its bucket, with the button to change it for who may."""
    zone = request.person.time_zone
    facts = await deps.read(account_why, request.workspace_id, account_id, now=request.now, zone=zone)
    is_open = not facts.account.list_status.is_closed
    return why_page(facts, deps.words, can_change=is_open and may(request.person, Permission.DECIDE))


async def why_in_bucket(request: Request, deps: Deps, account_id: int, month: str) -> Page:
    """Why the account is in its bucket: since its last held review, or over `month`, '' for none, such as 2026-03."""
    zone = request.person.time_zone
    # a month is read from the history, which takes longer
    read = deps.read_long if month else deps.read
    placed = await read(account_placed, request.workspace_id, account_id, month, now=request.now, zone=zone)
    return explained_page(placed.facts, placed.placement, deps.words, month=placed.month)


async def history(request: Request, deps: Deps, account_id: int, before_id: int | None = None) -> Page:
    """A page of the account's history, newest first, before the event `before_id`."""
    zone = request.person.time_zone
    facts = await deps.read(
        account_history, request.workspace_id, account_id, now=request.now, zone=zone, before_id=before_id
    )
    return history_page(facts, deps.words, can_correct=_can_correct(facts.lines, request))


def _can_correct(lines: Iterable[HistoryLine], request: Request) -> bool:
    """True if the person may correct any of these lines: editors every line, others lines of their own."""
    person, is_editor = request.person, may(request.person, Permission.RECORD)
    may_correct_own = may(person, Permission.NOMINATE)
    return may_correct_own and any(is_correctable(line, person.user_id, is_editor=is_editor) for line in lines)


async def deals(request: Request, deps: Deps, account_id: int) -> Page:
    """The account's deals: open ones by phase, the latest won and lost, and their sums by currency."""
    zone = request.person.time_zone
    facts = await deps.read(account_deals, request.workspace_id, account_id, now=request.now, zone=zone)
    return deals_page(facts, deps.words)


# Buttons of cards, of my accounts and of histories, and the choice among the nearest accounts.


async def open_my_accounts(request: Request, deps: Deps) -> Reply:
    """The person's accounts; the value is how many to skip, empty for none."""
    return Say(await my_accounts(request, deps, start=number_in(request.value or "0")))


async def open_card(request: Request, deps: Deps) -> Reply:
    """The account's card: above Home in a window, elsewhere as an answer to the person alone."""
    return Say(await card_of(request, deps, request.number))


async def page(request: Request, deps: Deps) -> Reply:
    """Run the command for a page of the account; the value is the account's id and the page's word, as in `7 deals`."""
    account_id, _, word = request.value.partition(" ")
    zone = request.person.time_zone
    card = await deps.read(reads.account_card, request.workspace_id, number_in(account_id), now=request.now, zone=zone)
    return RunCommand("/account", with_name(f"{NAME_HERE} {word}", card.facts.account.name))


async def explain(request: Request, deps: Deps) -> Reply:
    """Why the account is in its bucket; the value is `7`, or `7 2026-03` for a month."""
    account_id, _, month = request.value.partition(" ")
    return Say(await why_in_bucket(request, deps, number_in(account_id), month))


async def open_history(request: Request, deps: Deps) -> Reply:
    """The account's history; the value is its id, and for a next page the event before which it goes on: `7 120`."""
    account_id, _, before = request.value.partition(" ")
    return Say(await history(request, deps, number_in(account_id), number_in(before) if before else None))


async def details(request: Request, deps: Deps) -> Reply:
    """Everything that the account's few lines leave out, for the person who pressed."""
    zone = request.person.time_zone
    item = await deps.read(reads.account_card, request.workspace_id, request.number, now=request.now, zone=zone)
    return Say(_details_page(item, request, deps))


async def details_terms(request: Request, deps: Deps) -> Reply:
    """What each word, mark and figure of the account's details means, with the limits of the workspace."""
    zone = request.person.time_zone
    item = await deps.read(reads.account_card, request.workspace_id, request.number, now=request.now, zone=zone)
    return Say(details_terms_page(item, deps.words))


async def agenda_details(request: Request, deps: Deps) -> Reply:
    """Everything that the account's agenda leaves out: as it is now, or as it was in a review that is closed."""
    item = await deps.read(review_reads.review_item, request.workspace_id, request.number, now=request.now)
    return Say(_details_page(item, request, deps))


async def share(request: Request, deps: Deps) -> Reply:
    """The account's card, for everybody in the channel; a sentence where a click close before shared it already."""
    request.require(Permission.RECORD)
    await require_no_outsiders(request, deps)
    private_channel = await deps.read(channel_of, request.workspace_id, request.number)
    if private_channel not in ("", request.channel_id):
        raise Refused("It is private to another channel, so its card is shared there alone.")
    card = await card_of(request, deps, request.number, public=True)
    claim = await deps.write(
        request, claim_share, request.author, request.channel_id, request.incoming.message_ts, what=str(request.number)
    )
    if not claim:
        return Say(sentence_page(deps.words.say("answers.shared_already")))
    return Say(card, public=True, claim=claim)


async def pick(request: Request, deps: Deps) -> Reply:
    """Run the command again, with the account picked for the name not found, or with the words chosen in it."""
    account_id, original = read_pick(request.value)
    zone = request.person.time_zone
    card = await deps.read(reads.account_card, request.workspace_id, account_id, now=request.now, zone=zone)
    command, _, text = original.partition(" ")
    return RunCommand(command, with_name(text, card.facts.account.name), key=request.question_key)


# /account: my accounts, one account, and the words of the list, before the account or after it.

WITHOUT_ACCOUNT: dict[str, Word] = {NOMINATE: nominate, LIST: show_list}
"""First words that need no account."""


@dataclass(frozen=True, slots=True)
class AccountWords:
    """Words that may follow or precede an account: pages by word, and acts by two words with more after them."""

    pages: Mapping[str, AccountPage]
    acts: Mapping[str, AccountWord]

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(tuple(self.pages), tuple(self.acts))

    @property
    def usage(self) -> str:
        return (
            f"/account, /account ACCOUNT [{' | '.join(self.pages)}], /account nominate NAME [DOMAIN] [because TEXT], "
            "/account edit ACCOUNT, /account name ACCOUNT tier 1 because TEXT"
        )


def account_command(pages: Mapping[str, AccountPage], acts: Mapping[str, AccountWord]) -> Handler:
    """The handler of /account: my accounts without words, a card for an account alone, else what the words ask for.

    A name that no account has may begin a list of several to be named, or be a misspelt word of the command.
    """
    words = AccountWords(pages, acts)

    async def account(request: Request, deps: Deps) -> Reply:
        """Answer one command. Raises UnknownAccount for a name that no account has, Unclear where it is a slip."""
        if not request.text.strip():
            return Say(await my_accounts(request, deps))
        try:
            reading, card = await deps.read(
                find_asked,
                request.workspace_id,
                request.text,
                words.vocabulary,
                channel_id=request.channel_id,
                now=request.now,
                zone=request.person.time_zone,
            )
        except UnknownAccount as error:
            if several := await _several_named(request, deps):
                return await name_several(request, deps, several)
            raise _slip_before(request, error, words) or error from None
        if card is not None:
            return Say(card_page(card, request, deps))
        return await _answer(request, deps, reading, words)

    return account


async def _answer(request: Request, deps: Deps, reading: CommandReading, words: AccountWords) -> Reply:
    """The answer to `/account ACCOUNT word`, anything but the card; refuses a missing account and unused words."""
    if reading.word in WITHOUT_ACCOUNT:
        return await WITHOUT_ACCOUNT[reading.word](request, deps, reading.rest)
    if (
        reading.word == ListWord.NAME
        and not reading.is_whole
        and (several := await _several_named(request, deps, reading.rest))
    ):
        return await name_several(request, deps, several)
    if not reading.account_id:
        raise await _account_missing(request, deps, reading.word)
    if reading.word in CHANGES:
        return await change(request, deps, reading.account_id, reading.rest, word=ListWord(reading.word))
    if not reading.is_whole:
        raise _without_meaning(request, reading, words)
    if reading.word == EDIT:
        return await edit(request, deps, reading.account_id)
    if reading.word in words.acts:
        return await words.acts[reading.word](request, deps, reading.account_id, reading.rest)
    return Say(await words.pages[reading.word](request, deps, reading.account_id))


async def _account_missing(request: Request, deps: Deps, word: str) -> NotUnderstood:
    """The refusal of a word without an account, with the person's own accounts to choose from."""
    is_change = word in CHANGES
    if is_change or word == EDIT:
        request.require(Permission.DECIDE)
    further = f" {TIER_EXAMPLES.get(word, '')}because TEXT" if is_change else ""
    sentence = f"Name the account: /account {word} ACCOUNT{further}."
    names = await deps.read(own_names, request.workspace_id, request.person.user_id, channel_id=request.channel_id)
    return Unclear(sentence, [Offer(name, _command_of_account(name, word)) for name in names])


async def _several_named(request: Request, deps: Deps, after_account: str | None = None) -> SeveralNamed | None:
    """Accounts of `/account name ACCOUNT, ACCOUNT tier 1 because TEXT`; None where one is meant or none is known.

    `after_account` is what follows the name of a known account, None if the text begins with no known account. It goes
    on with the list if it names another known account, or if a comma leads to a tier or a reason; else it may be the
    reason of that account alone.
    """
    word, rest = split_first_word(request.text)
    several = read_several(rest) if word == ListWord.NAME else None
    if several is None:
        return None
    known_count = await deps.read(known_among, request.author, several, channel_id=request.channel_id)
    before = request.text.strip().removesuffix(after_account or "").rstrip()
    follows_comma = after_account is not None and before.endswith(",")
    is_list = after_account is None or (follows_comma and (several.tier or several.because))
    return several if known_count >= (1 if is_list else SEVERAL) else None


def _slip_before(request: Request, error: UnknownAccount, words: AccountWords) -> Unclear | None:
    """The refusal of a first word near a word of the command; None if near none, one itself, or of several accounts."""
    typed, rest = split_first_word(request.text)
    near = meant(typed, words.vocabulary.every)
    if near is None or error.ambiguous or typed == near:
        return None
    nearest = [Offer(name, _command_of_account(name, rest)) for _, name in error.nearest]
    sentence = f"{shown(typed)} is neither an account nor a word of this command. Did you mean {near}?"
    return Unclear(sentence, (_offer_command(near, rest), *nearest))


def _without_meaning(request: Request, reading: CommandReading, words: AccountWords) -> NotUnderstood:
    """The refusal of words after an account, or after its word, that mean nothing there; with the nearest words."""
    sentence = f"{shown(reading.rest)} after {reading.word or 'the account'} has no meaning here."
    typed = request.text.strip()
    near = nearest_word(f"{reading.word} {reading.rest}", words.vocabulary)
    offers = [_offer_command(*near, account=_account_in(typed, reading))] if near else []
    first, rest = split_first_word(typed)
    # the first word may be a misspelt word of the command, not the account
    meant_first = None if reading.is_exact else meant(first, words.vocabulary.every)
    if meant_first is not None and meant_first != first:
        offers.append(_offer_command(meant_first, rest))
    if not offers:
        return NotUnderstood(f"{sentence} Usage: {words.usage}.")
    return Unclear(f"{sentence} Did you mean {' or '.join(each.label.lower() for each in offers)}?", offers)


def _account_in(typed: str, reading: CommandReading) -> str:
    """The account as typed in `Acme deals foo` or `deals Acme foo`: without the command's word and the rest."""
    before = typed.removesuffix(reading.rest).rstrip()
    if before.casefold().endswith(reading.word) and before.casefold() != reading.word:
        return before[: len(before) - len(reading.word)].strip()
    return before[len(reading.word) :].strip()


def _offer_command(word: str, rest: str, *, account: str = "") -> Offer:
    """The offer to run /account with this word, behind the account if there is one and before the rest."""
    return Offer(word.capitalize(), " ".join(filter(None, ("/account", account, word, rest))))


def _command_of_account(name: str, words: str) -> str:
    """The command that asks for this of the account, whose name in quotation marks can only be a name."""
    bare = name.replace('"', "")
    return f'/account "{bare}" {words}'.rstrip()


ACCOUNTS = Subject(
    buttons={
        "account.open": open_card,
        "account.actions": open_card,
        "account.page": page,
        "account.list": open_my_accounts,
        "account.list_more": open_my_accounts,
        "account.details": details,
        "account.terms": details_terms,
        "account.explain": explain,
        "agenda.details": agenda_details,
        "account.history": open_history,
        "account.history_more": open_history,
        "account.share": share,
        "account.pick": pick,
    },
    account_pages={"why": why_on_list, "history": history, "deals": deals},
)
