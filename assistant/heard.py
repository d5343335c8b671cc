"""Talk in an account's thread: what of it rules can draft, for its writer alone, and what a model may draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import AccountThread
from agendas.facts.program import MODEL_NEWS
from agendas.rules.access import Permission, may
from agendas.rules.news import Asks, Draft, DraftKind
from agendas.rules.threads import CHAT, may_be_news
from agendas.rules.update_words import shared_words
from agendas.text.dates import local_date
from agendas.verbs.loading import is_member, person_facts
from agendas.verbs.news import with_items
from agendas.verbs.notices import preferences_of
from agendas.verbs.questions import is_on
from agendas.verbs.record import current_state
from assistant.answer import StoredNames
from assistant.by_model import ModelRequest
from assistant.drafts import drafts_of, is_in_part
from assistant.drafts_by_model import drafting_of
from assistant.names import Asked
from storage import accounts, people


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message in a thread says of its account.

    Attributes:
        drafts: what it would record.
        request: what a language model may be asked once its writer presses Draft; None where rules drafted all of it.
    """

    drafts: tuple[Draft, ...] = ()
    request: ModelRequest[tuple[Draft, ...]] | None = None


def heard_in_thread(
    session: Session,
    workspace_id: str,
    user_id: str,
    thread: AccountThread,
    text: str,
    now: datetime,
    by_model: Sequence[Draft] | None = None,
) -> Heard:
    """Return what a message in the thread would record of its account, as far as rules are sure of it.

    With `by_model`, what a model drafted of it, whatever it says. Nothing for somebody who may record nothing or wants
    nothing offered in threads; by rules nothing of what is said of another account. Writes nothing.
    """
    row = people.find(session, workspace_id, user_id) if may_be_news(text, thread.bot_user_id) else None
    if not is_member(row) or not may(person_facts(row), Permission.RECORD):
        return Heard()
    if not preferences_of(people.of_people(session, workspace_id, (user_id,)).get(user_id)).hears_threads:
        return Heard()
    account = accounts.get(session, workspace_id, thread.account_id)
    if account is None or current_state(session, account).has_left_list:
        return Heard()
    asked, today = Asked(user_id, thread.account_id, thread.bot_user_id), local_date(now, row.time_zone)
    names = StoredNames(session, workspace_id)
    found = with_items(session, workspace_id, user_id, drafts_of(text, names, asked, today=today, by_model=by_model))
    if by_model is not None:
        return Heard(tuple(replace(each, near=()) for each in found if each.account in (0, thread.account_id)))
    drafts = tuple(each for each in found if each.account == thread.account_id and _is_sure(each))
    is_left = is_in_part(text, drafts) and not CHAT.match(text)
    if not is_left or not is_on(session, workspace_id, MODEL_NEWS):
        return Heard(drafts)
    return Heard(drafts, drafting_of(text, names, asked, workspace_id=workspace_id, today=today))


def _is_sure(draft: Draft) -> bool:
    """Return true for a draft of which at most the item has to be asked, among those of which a word is said."""
    if draft.kind in (DraftKind.NEXT_ACTION, DraftKind.MOVEMENT) and CHAT.match(draft.words):
        return False
    if draft.asks not in (None, Asks.ITEM, Asks.GONE):
        return False
    is_about_work = draft.kind in (DraftKind.DONE, DraftKind.SLIPPED, DraftKind.RESOLVED)
    return not is_about_work or any(shared_words(draft.words, text) for _, text in draft.items)
