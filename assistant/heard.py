"""Talk in an account's thread: what of it rules can draft, for its writer alone."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import AccountThread
from agendas.rules.access import Permission, may
from agendas.rules.news import Asks, Draft, DraftKind
from agendas.rules.threads import CHAT, may_be_news
from agendas.rules.update_words import shared_words
from agendas.text.dates import local_date
from agendas.verbs.loading import is_member, person_facts
from agendas.verbs.news import with_items
from agendas.verbs.notices import preferences_of
from agendas.verbs.record import current_state
from assistant.answer import StoredNames
from assistant.drafts import drafts_of
from assistant.names import Asked
from storage import accounts, people


def drafts_heard(
    session: Session, workspace_id: str, user_id: str, thread: AccountThread, text: str, now: datetime
) -> tuple[Draft, ...]:
    """Return what a message in the thread would record of its account, as far as rules are sure of it.

    None for somebody who may record nothing or wants nothing offered in threads, and for what is said of another
    account. Writes nothing.
    """
    row = people.find(session, workspace_id, user_id) if may_be_news(text, thread.bot_user_id) else None
    if not is_member(row) or not may(person_facts(row), Permission.RECORD):
        return ()
    if not preferences_of(people.of_people(session, workspace_id, (user_id,)).get(user_id)).hears_threads:
        return ()
    account = accounts.get(session, workspace_id, thread.account_id)
    if account is None or current_state(session, account).has_left_list:
        return ()
    asked, today = Asked(user_id, thread.account_id, thread.bot_user_id), local_date(now, row.time_zone)
    found = drafts_of(text, StoredNames(session, workspace_id), asked, today=today)
    here = [each for each in found if each.account == thread.account_id]
    return tuple(each for each in with_items(session, workspace_id, user_id, here) if _is_sure(each))


def _is_sure(draft: Draft) -> bool:
    """Return true for a draft of which at most the item has to be asked, among those of which a word is said."""
    if draft.kind in (DraftKind.NEXT_ACTION, DraftKind.MOVEMENT) and CHAT.match(draft.words):
        return False
    if draft.asks not in (None, Asks.ITEM, Asks.GONE):
        return False
    is_about_work = draft.kind in (DraftKind.DONE, DraftKind.SLIPPED, DraftKind.RESOLVED)
    return not is_about_work or any(shared_words(draft.words, text) for _, text in draft.items)
