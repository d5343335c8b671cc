"""The shortcuts for updates: from anywhere, and about a message."""

from handlers.forms import choose_account
from handlers.shortcuts import actions
from handlers.subject import Subject

SHORTCUTS = Subject(
    shortcuts={"account_update": actions.account_update, "log_to_account": actions.log_to_account},
    forms=(actions.CHOOSE,),
    options={choose_account.ACCOUNTS: actions.accounts_like},
    choices=frozenset({choose_account.ACCOUNTS}),
)
