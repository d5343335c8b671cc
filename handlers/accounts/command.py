"""/account: my accounts, one account, and the words of the list."""

from collections.abc import Mapping

from agendas.errors import NotUnderstood
from agendas.text.limits import shown
from agendas.verbs.list.by_word import ListWord
from agendas.verbs.reads import accounts
from agendas.verbs.reads.card import find_card
from handlers.account_list.command import change, edit, nominate
from handlers.accounts.pages import card_page, my_accounts
from handlers.command_words import first_word
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.edge.routes import Handler
from handlers.subject import AccountPage, AccountWord, Word

VERBS: dict[str, Word] = {"nominate": nominate, "edit": edit}
"""First words that no account can take."""


def account_command(pages: Mapping[str, AccountPage], words: Mapping[str, AccountWord]) -> Handler:
    """The handler of /account; `pages` and `words` are those that may follow the name of an account."""
    usage = (
        f"/account, /account ACCOUNT [{' | '.join(pages)}], /account nominate NAME [DOMAIN] [because TEXT], "
        "/account edit ACCOUNT, /account name ACCOUNT tier 1 because TEXT"
    )

    async def account(request: Request, deps: Deps) -> Reply:
        word, rest = first_word(request.text)
        if not word:
            return Say(await my_accounts(request, deps))
        if word in VERBS:
            return await VERBS[word](request, deps, rest)
        if await _is_list_word(request, deps, word, rest):
            return await change(request, deps, ListWord(word), rest)
        return await _about_account(request, deps, pages=pages, words=words, usage=usage)

    return account


async def _is_list_word(request: Request, deps: Deps, word: str, rest: str) -> bool:
    """True for a change of the list. A word of the list alone may be the name of an account."""
    if word not in set(ListWord):
        return False
    return bool(rest) or await deps.read(accounts.find_exact, request.workspace_id, word) is None


async def _about_account(
    request: Request, deps: Deps, *, pages: Mapping[str, AccountPage], words: Mapping[str, AccountWord], usage: str
) -> Reply:
    """The card of the account that the text begins with, or what the words after it ask for."""
    account_id, asked, card = await deps.read(
        find_card,
        request.workspace_id,
        request.text,
        channel_id=request.channel_id,
        now=request.now,
        zone=request.person.time_zone,
    )
    if card is not None:
        return Say(card_page(card, request, deps))
    page = pages.get(asked.casefold())
    if page is not None:
        return Say(await page(request, deps, account_id))
    first, second, rest = (*asked.split(maxsplit=2), "", "")[:3]
    act = words.get(f"{first} {second}".casefold())
    if act is not None:
        return await act(request, deps, account_id, rest)
    raise NotUnderstood(f"{shown(asked)} after the account has no meaning here. Usage: {usage}.")
