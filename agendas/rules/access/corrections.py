"""Entries that a person may correct."""

from agendas.facts.account import EventFacts, Source
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Corrected, Nominated


def may_correct(event: EventFacts, user_id: str, *, is_editor: bool) -> bool:
    """Return true for an entry of the person's own, and for any entry where the person is an editor.

    What came with an import is for editors. A correction stays, and a nomination, without which there is no account;
    who may see an account is set anew instead.
    """
    if isinstance(event.change, Corrected | Nominated | PrivacySet):
        return False
    return is_editor or (event.actor == user_id and event.source is not Source.IMPORT)
