"""The rest of the week's messages to people, counted while letters are queued and again as each is sent."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Preferences
from agendas.facts.program.settings import WEEKLY_CAP
from agendas.rules.notices.budget import Rank, Spent, has_room, week_after, week_of
from agendas.rules.notices.sending import next_digest
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.notices.kinds import DIGESTS, UNASKED
from agendas.verbs.notices.preferences import EVERYTHING_AT_ONCE, readers
from storage import workspaces
from storage.delivery import unasked
from storage.tables import Letter

UNTIL_OTHERS_WENT = timedelta(minutes=2)
"""Pause of a message while another one being sent may take the last place of its reader's week."""


class Budget:
    """The messages of two weeks to these people, beginning with the week of `at` in the workspace's zone.

    It counts what `take` gives away, so it is used up within one transaction.
    """

    def __init__(self, session: Session, workspace_id: str, user_ids: Collection[str], at: datetime) -> None:
        self.cap = settings_of(session, workspace_id).number(WEEKLY_CAP)
        self._zone = workspaces.zone(session, workspace_id)
        self.begins_at = week_of(at, self._zone)
        next_at = week_after(self.begins_at, self._zone)
        weeks = unasked.Weeks(self.begins_at, next_at, week_after(next_at, self._zone))
        found = unasked.count(session, workspace_id, user_ids, weeks, pages=UNASKED, digests=DIGESTS)
        self._spent = {
            (each.user_id, next_at if each.is_next_week else self.begins_at): Spent(
                each.messages - each.digests, each.digests
            )
            for each in found
        }

    def spent(self, user_id: str, at: datetime) -> Spent:
        """Return what the person got, or will get, in the week that holds the instant."""
        return self._spent.get((user_id, week_of(at, self._zone)), Spent())

    def has_room(self, user_id: str, at: datetime, rank: Rank) -> bool:
        """Return true if the person may get one more message of this rank in the week of the instant."""
        return has_room(self.cap, self.spent(user_id, at), rank)

    def take(self, user_id: str, at: datetime, rank: Rank) -> bool:
        """Count one more message to the person; return false, with nothing counted, if it were too many."""
        if not self.has_room(user_id, at, rank):
            return False
        self._spent[user_id, week_of(at, self._zone)] = self.spent(user_id, at).plus(rank)
        return True

    def digest_at(self, user_id: str, wanted_at: datetime, preferences: Preferences, zone: str) -> datetime:
        """Return when a new digest of the person is sent, and count it: in a later week where this one is used up."""
        due_at = wanted_at
        while not self.take(user_id, due_at, Rank.DIGEST):
            # from the first instant of the week after
            due_at = next_digest(preferences, zone, week_after(week_of(due_at, self._zone), self._zone))
        return due_at


def over_cap_until(session: Session, letter: Letter, now: datetime) -> datetime | None:
    """Return until when a letter in hand waits for its reader's weekly cap, None where it may be sent now.

    What was queued counted what was there then: transactions at once do not see each other, and a letter may have
    waited for another week. Of two in hand for one reader at least one sees the other here.
    """
    if letter.page not in UNASKED:
        return None
    zone = workspaces.zone(session, letter.workspace_id)
    begins_at = week_of(now, zone)
    cap = settings_of(session, letter.workspace_id).number(WEEKLY_CAP)
    gone, in_hand = unasked.gone_since(session, letter, begins_at, pages=UNASKED)
    if gone >= cap:
        reader = readers(session, letter.workspace_id, (letter.user_id,)).get(letter.user_id, EVERYTHING_AT_ONCE)
        return next_digest(reader.preferences, reader.zone, week_after(begins_at, zone))
    if gone + in_hand >= cap:
        return now + UNTIL_OTHERS_WENT
    # due now, it counts in this week
    return now if letter.due_at < begins_at else None
