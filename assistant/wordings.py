"""What people sent to the admins, as one of them may see it."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.pages.admin import SentWording
from agendas.verbs.wordings import sent_wordings
from assistant.answer import StoredNames
from assistant.names import Names, read_names
from assistant.words import read_tokens
from storage.database import hidden_in, showing_all

PRIVATE = "a private account"


def wordings_seen(session: Session, workspace_id: str, now: datetime) -> tuple[SentWording, ...]:
    """Return what was sent in the last 30 days, without names of accounts that the session hides."""
    sent, hidden = sent_wordings(session, workspace_id, now), hidden_in(session)
    if not hidden:
        return sent
    with showing_all(session):
        names = StoredNames(session, workspace_id)
        return tuple(replace(each, text=_without(hidden, each.text, names, now.date())) for each in sent)


def _without(hidden: Collection[int], text: str, names: Names, today: date) -> str:
    """Return the text with the names that are, or may be, of these accounts replaced."""
    tokens = read_tokens(text)
    for said in read_names(tokens, names, today).accounts:
        may_be = [number for number, _ in said.choice.accounts] if said.choice and said.choice.is_ambiguous else []
        if not {said.account_id, *may_be}.isdisjoint(hidden):
            typed = r"\W+".join(re.escape(each.typed) for each in tokens[said.start : said.end])
            text = re.sub(typed, PRIVATE, text)
    return text
