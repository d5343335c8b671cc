"""Accounts: my accounts, the card of one, why it is on the list, its history and its deals."""

from handlers.accounts import buttons, pages
from handlers.subject import Subject

ACCOUNTS = Subject(
    buttons={
        "account.open": buttons.card,
        "account.actions": buttons.card,
        "account.page": buttons.page,
        "account.list": buttons.my_accounts,
        "account.list_more": buttons.my_accounts,
        "account.details": buttons.details,
        "account.explain": buttons.explain,
        "agenda.details": buttons.agenda_details,
        "account.history": buttons.history,
        "account.history_more": buttons.history,
        "account.share": buttons.share,
        "account.pick": buttons.pick,
    },
    account_pages={"why": pages.why, "history": pages.history, "deals": pages.deals},
)
