"""How many messages the bot sends a person by itself this week, and what it held back."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import MessageWeek
from agendas.rules.notices.sending import Reason
from agendas.verbs.notices.budget import Budget
from storage.delivery import unasked

DO_NOT_DISTURB = "do not disturb"
"""The note of the delivery on a message whose reader has Do Not Disturb in Slack."""
HELD = (Reason.OVER_CAP, Reason.LIGHT, DO_NOT_DISTURB)


def message_week(session: Session, workspace_id: str, user_id: str, now: datetime) -> MessageWeek:
    """Return the person's messages of the week that holds the instant."""
    budget = Budget(session, workspace_id, (user_id,), now)
    found = dict(unasked.held_back(session, workspace_id, user_id, since=budget.begins_at, reasons=HELD))
    held = tuple((str(reason), found[reason]) for reason in HELD if reason in found)
    return MessageWeek(budget.cap, budget.spent(user_id, now).total, held)
