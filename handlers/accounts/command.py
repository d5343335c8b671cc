"""/account: my accounts, one account, and the words of the list, before the account or after it."""

from collections.abc import Mapping
from dataclasses import dataclass

from agendas.errors import NotUnderstood, Offer, Unclear, UnknownAccount
from agendas.rules.access.rights import Deed
from agendas.rules.commands.account_words import (
    CHANGES,
    EDIT,
    LIST,
    NOMINATE,
    Asked,
    Vocabulary,
    first_words,
    nearest_word,
)
from agendas.rules.commands.list_changes import SEVERAL, TIER_EXAMPLES, SeveralNamed, read_several
from agendas.text.limits import shown
from agendas.text.spelling import meant
from agendas.verbs.imports.typed import known_among
from agendas.verbs.list.by_word import ListWord
from agendas.verbs.reads.account.asked import own_names
from agendas.verbs.reads.card import find_asked
from handlers.account_list.command import change, edit, name_several, nominate
from handlers.account_list.pages import show_list
from handlers.accounts.pages import card_page, my_accounts
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.edge.routes import Handler
from handlers.subject import AccountPage, AccountWord, Word

WITHOUT_ACCOUNT: dict[str, Word] = {NOMINATE: nominate, LIST: show_list}
"""First words that need no account."""


@dataclass(frozen=True, slots=True)
class AccountWords:
    """Words that may stand beside an account: pages by word, and acts by two words with more after them."""

    pages: Mapping[str, AccountPage]
    acts: Mapping[str, AccountWord]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words alone."""
        return Vocabulary(tuple(self.pages), tuple(self.acts))

    @property
    def usage(self) -> str:
        """The sentence that says what can be typed."""
        return (
            f"/account, /account ACCOUNT [{' | '.join(self.pages)}], /account nominate NAME [DOMAIN] [because TEXT], "
            "/account edit ACCOUNT, /account name ACCOUNT tier 1 because TEXT"
        )


def account_command(pages: Mapping[str, AccountPage], acts: Mapping[str, AccountWord]) -> Handler:
    """The handler of /account."""
    words = AccountWords(pages, acts)

    async def account(request: Request, deps: Deps) -> Reply:
        if not request.text.strip():
            return Say(await my_accounts(request, deps))
        try:
            asked, card = await deps.read(
                find_asked,
                request.workspace_id,
                request.text,
                words.vocabulary,
                channel_id=request.channel_id,
                now=request.now,
                zone=request.person.time_zone,
            )
        except UnknownAccount as error:
            if several := await _several(request, deps):
                return await name_several(request, deps, several)
            raise _slip_before(request, error, words) or error from None
        if card is not None:
            return Say(card_page(card, request, deps))
        return await _answer(request, deps, asked, words)

    return account


async def _answer(request: Request, deps: Deps, asked: Asked, words: AccountWords) -> Reply:
    """The answer to what is asked beside a card."""
    if asked.word in WITHOUT_ACCOUNT:
        return await WITHOUT_ACCOUNT[asked.word](request, deps, asked.rest)
    if asked.word == ListWord.NAME and not asked.is_whole and (several := await _several(request, deps, asked.rest)):
        return await name_several(request, deps, several)
    if not asked.account_id:
        raise await _account_missing(request, deps, asked.word)
    if asked.word in CHANGES:
        return await change(request, deps, asked.account_id, asked.rest, word=ListWord(asked.word))
    if not asked.is_whole:
        raise _without_meaning(request, asked, words)
    if asked.word == EDIT:
        return await edit(request, deps, asked.account_id)
    if asked.word in words.acts:
        return await words.acts[asked.word](request, deps, asked.account_id, asked.rest)
    return Say(await words.pages[asked.word](request, deps, asked.account_id))


async def _account_missing(request: Request, deps: Deps, word: str) -> NotUnderstood:
    """The refusal of a word that stands alone, with the person's own accounts to choose from."""
    is_change = word in CHANGES
    if is_change or word == EDIT:
        request.require(Deed.DECIDE)
    further = f" {TIER_EXAMPLES.get(word, '')}because TEXT" if is_change else ""
    sentence = f"Name the account: /account {word} ACCOUNT{further}."
    names = await deps.read(own_names, request.workspace_id, request.person.user_id, channel_id=request.channel_id)
    return Unclear(sentence, [Offer(name, _of_account(name, word)) for name in names])


async def _several(request: Request, deps: Deps, after: str | None = None) -> SeveralNamed | None:
    """Several accounts to be named, at least one of them known; None for other words.

    `after` stands after the name of a known account: as a list it holds another one, or goes on with a comma to a tier
    or a reason. Else it may be the reason of that account alone.
    """
    word, rest = first_words(request.text)
    several = read_several(rest) if word == ListWord.NAME else None
    if several is None:
        return None
    found = await deps.read(known_among, request.author, several, channel_id=request.channel_id)
    goes_on = after is not None and request.text.strip().removesuffix(after).rstrip().endswith(",")
    is_list = after is None or (goes_on and (several.tier or several.because))
    return several if found >= (1 if is_list else SEVERAL) else None


def _slip_before(request: Request, error: UnknownAccount, words: AccountWords) -> Unclear | None:
    """The refusal of a first word that is no account and nearly a word of the command; the account may follow it."""
    typed, rest = first_words(request.text)
    near = meant(typed, words.vocabulary.every)
    if near is None or error.ambiguous or typed == near:
        return None
    nearest = [Offer(name, _of_account(name, rest)) for _, name in error.nearest]
    sentence = f"{shown(typed)} is neither an account nor a word of this command. Did you mean {near}?"
    return Unclear(sentence, (_offer(near, rest), *nearest))


def _without_meaning(request: Request, asked: Asked, words: AccountWords) -> NotUnderstood:
    """The refusal of words after an account, or after its word, that mean nothing there; with the nearest words."""
    sentence = f"{shown(asked.rest)} after {asked.word or 'the account'} has no meaning here."
    typed = request.text.strip()
    near = nearest_word(f"{asked.word} {asked.rest}", words.vocabulary)
    offers = [_offer(*near, account=_account_in(typed, asked))] if near else []
    first, rest = first_words(typed)
    begun = None if asked.is_exact else meant(first, words.vocabulary.every)
    if begun is not None and begun != first:
        offers.append(_offer(begun, rest))
    if not offers:
        return NotUnderstood(f"{sentence} Usage: {words.usage}.")
    return Unclear(f"{sentence} Did you mean {' or '.join(each.label.lower() for each in offers)}?", offers)


def _account_in(typed: str, asked: Asked) -> str:
    """The account as it was typed, before the words about it or between them."""
    before = typed.removesuffix(asked.rest).rstrip()
    if before.casefold().endswith(asked.word) and before.casefold() != asked.word:
        return before[: len(before) - len(asked.word)].strip()
    return before[len(asked.word) :].strip()


def _offer(word: str, rest: str, *, account: str = "") -> Offer:
    return Offer(word.capitalize(), " ".join(filter(None, ("/account", account, word, rest))))


def _of_account(name: str, words: str) -> str:
    """The command that asks for this of the account, whose name in quotation marks leaves no doubt."""
    bare = name.replace('"', "")
    return f'/account "{bare}" {words}'.rstrip()
