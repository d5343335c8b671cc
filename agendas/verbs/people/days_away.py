"""Days on which people are away: said, taken back, and read."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.people import Author, Right
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.preparing import Away
from agendas.rules.access.rights import Deed, may
from agendas.rules.preparing import days_wished
from agendas.text.days import day_said, local_date
from agendas.verbs.loading.days_away import A_DAY, away_facts, away_on
from agendas.verbs.loading.rows import is_member, person_facts
from agendas.verbs.notices.telling import tell_when_back
from agendas.verbs.reads.people import UNKNOWN_PERSON
from agendas.verbs.reviews.everyone_away import follow_everyone_away
from agendas.verbs.trail.note import note_change
from storage import people, workspaces
from storage.preparing import days_away
from storage.tables import DaysAway

__all__ = ["Kept", "away_on", "is_back", "say_away", "take_back"]

GONE = "Those days were taken back already. See who is away with /abm away."
ONLY_OWN = "Only admins say when somebody else is away, or everybody."


@dataclass(frozen=True, slots=True)
class Kept:
    """Days away as they are kept now, and how many planned reviews they leave out for everybody.

    `stood_in` is the user id of another person who stood in on the same days before, '' for none.
    """

    away: Away
    left_out: int = 0
    stood_in: str = ""


def say_away(session: Session, author: Author, wish: Away) -> Kept:
    """Keep days away, in the place of those with the wish's id or of the same days. Admins say it for others too.

    Raises:
        FieldProblems: for days that are over, reversed or too long, and for a stand-in who cannot be asked, or who
            would be the second one on a day.
        Refused: for days of somebody else, or too many ranges.
        Outdated: when the days to change were taken back, or nobody knows the person.
    """
    workspaces.lock(session, author.workspace_id)
    _require_own(session, author, wish.user_id)
    today = _today(session, author, wish.user_id)
    row = _row_for(session, author, wish, today)
    if wrong := days_wished.problems(wish.from_on, wish.until_on, today):
        raise FieldProblems(dict(wrong))
    if len(wish.name) > days_wished.NAME_CHARACTERS:
        raise FieldProblems({"name": f"Write at most {days_wished.NAME_CHARACTERS} characters."})
    if wish.stand_in:
        _require_stand_in(session, author.workspace_id, wish, today)
        _require_one_stand_in(session, author.workspace_id, wish, replaces=row, today=today)
    before, stood_in = (_noted(row), row.stand_in) if row else ({}, "")
    row = row or DaysAway(
        workspace_id=author.workspace_id,
        user_id=wish.user_id,
        from_on=wish.from_on,
        until_on=wish.until_on,
        said_by=author.user_id,
        said_at=author.at,
    )
    row.from_on, row.until_on, row.stand_in, row.name = wish.from_on, wish.until_on, wish.stand_in, wish.name.strip()
    row.said_by, row.said_at = author.user_id, author.at
    days_away.save(session, row)
    _note(session, author, away_facts(row), before=before, after=_noted(row))
    is_everybody = row.user_id == days_away.EVERYBODY
    left_out = follow_everyone_away(session, author, away_facts(row)) if is_everybody else 0
    tell_when_back(session, author.workspace_id, row.user_id, author.at)
    return Kept(away_facts(row), left_out, stood_in if stood_in != row.stand_in else "")


def take_back(session: Session, author: Author, days_id: int) -> Away:
    """End these days away: those that began before today end yesterday, others are forgotten. Return them as they were.

    Raises Outdated when they were taken back already, Refused for somebody else's.
    """
    workspaces.lock(session, author.workspace_id)
    row = days_away.get(session, author.workspace_id, days_id, lock=True)
    if row is None:
        raise Outdated(GONE)
    _require_own(session, author, row.user_id)
    was, before = away_facts(row), _noted(row)
    today = _today(session, author, row.user_id)
    if row.until_on < today:
        raise Outdated(GONE)
    if row.from_on < today:
        row.until_on = today - A_DAY
        days_away.save(session, row)
        after = _noted(row)
    else:
        days_away.take_back(session, row)
        after = {}
    _note(session, author, was, before=before, after=after)
    if was.user_id == days_away.EVERYBODY:
        follow_everyone_away(session, author, was, is_back=True)
    tell_when_back(session, author.workspace_id, was.user_id, author.at)
    return was


def is_back(session: Session, author: Author) -> tuple[Away, ...]:
    """End everything for which the author is away today, and return it as it was; none where they are not away."""
    today = local_date(author.at, author.zone)
    rows = days_away.between(session, author.workspace_id, today, today, user_ids=(author.user_id,))
    return tuple(take_back(session, author, row.row_id) for row in rows)


def _row_for(session: Session, author: Author, wish: Away, today: date) -> DaysAway | None:
    """Return the stored days to change, None where new ones are to be kept."""
    if wish.id:
        row = days_away.get(session, author.workspace_id, wish.id, lock=True)
        if row is None or row.user_id != wish.user_id:
            raise Outdated(GONE)
        return row
    known = days_away.not_over(session, author.workspace_id, today, user_ids=(wish.user_id,))
    same = [row for row in known if (row.from_on, row.until_on) == (wish.from_on, wish.until_on)]
    if not same and len(known) >= days_wished.MOST_RANGES:
        raise Refused(days_wished.TOO_MANY)
    return same[0] if same else None


def _require_own(session: Session, author: Author, user_id: str) -> None:
    """Raise Refused unless the days are the author's, or the author is an admin and the person a member."""
    if user_id == author.user_id:
        return
    asker = people.find(session, author.workspace_id, author.user_id)
    if asker is None or not may(person_facts(asker), Deed.ADMINISTER):
        raise Refused(ONLY_OWN)
    if user_id and not is_member(people.find(session, author.workspace_id, user_id)):
        raise FieldProblems({"user_id": UNKNOWN_PERSON})


def _require_stand_in(session: Session, workspace_id: str, wish: Away, today: date) -> None:
    """Raise FieldProblems for somebody who cannot be asked on all of these days."""
    row = people.find(session, workspace_id, wish.stand_in)
    if wish.stand_in == wish.user_id:
        raise _no_stand_in("Nobody stands in for themselves. Name somebody else, or nobody.")
    if row is None:
        raise _no_stand_in(UNKNOWN_PERSON)
    if not is_member(row):
        raise _no_stand_in(f"{row.name} is a guest, a bot, deactivated or from another company. Name somebody else.")
    if not may(person_facts(row), Deed.RECORD):
        article = "a viewer" if row.right == Right.VIEWER else "an observer"
        raise _no_stand_in(f"{row.name} is {article}, so cannot record. Name an editor, or let an admin change that.")
    meanwhile = days_away.between(
        session, workspace_id, max(wish.from_on, today), wish.until_on, user_ids=(wish.stand_in,)
    )
    if meanwhile:
        raise _no_stand_in(f"{row.name} is away too, {_span(meanwhile[0], today)}. Name somebody else.")


def _require_one_stand_in(
    session: Session, workspace_id: str, wish: Away, *, replaces: DaysAway | None, today: date
) -> None:
    """Raise FieldProblems where other days of the person name another stand-in for one of these days."""
    known = days_away.not_over(session, workspace_id, today, user_ids=(wish.user_id,))
    others = {each.row_id: each for each in known if each is not replaces}
    found = days_wished.with_another_stand_in(wish, map(away_facts, others.values()))
    if found is None:
        return
    row = people.find(session, workspace_id, found.stand_in)
    name = row.name if row else "somebody else"
    raise _no_stand_in(
        f"{name} is the stand-in for {_span(others[found.id], today)} already, so two would stand in on one day. "
        f"Name {name} here too, choose other days, or change those first: /abm away."
    )


def _span(row: DaysAway, today: date) -> str:
    first, last = (day_said(on, today) for on in (row.from_on, row.until_on))
    return first if first == last else f"{first} to {last}"


def _no_stand_in(sentence: str) -> FieldProblems:
    return FieldProblems({"stand_in": sentence})


def _today(session: Session, author: Author, user_id: str) -> date:
    """Return the day where the person is; for everybody, where the author is."""
    row = people.find(session, author.workspace_id, user_id) if user_id else None
    return local_date(author.at, row.time_zone if row else author.zone)


def _noted(row: DaysAway) -> dict[str, object]:
    found = {"days": f"{row.from_on.isoformat()} to {row.until_on.isoformat()}"}
    return {**found, **{key: value for key in ("stand_in", "name") if (value := getattr(row, key))}}


def _note(session: Session, author: Author, away: Away, *, before: dict[str, object], after: dict[str, object]) -> None:
    if before != after:
        note_change(session, author, TrailSubject.DAYS_AWAY, away.user_id, before=before, after=after)
