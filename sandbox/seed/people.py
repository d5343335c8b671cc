"""The people of the sample company. All names are invented."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author, Function, Right
from agendas.verbs.people import rights
from storage import people
from storage.people import SlackUser

COMPANY = "Tarnbrook Software (sample)"


@dataclass(frozen=True, slots=True)
class Member:
    """A full member of the workspace. `handle` names the person in the rest of the sample, `zone` is an IANA zone."""

    handle: str
    name: str
    function: Function
    right: Right
    zone: str

    @property
    def note(self) -> str:
        """The function and right shown beside the name."""
        return f"{self.function.value.replace('_', ' ').capitalize()}, {self.right.value}"


@dataclass(frozen=True, slots=True)
class Outsider:
    """A person without rights: a guest, somebody of another company, or a deactivated account."""

    handle: str
    name: str
    zone: str
    note: str
    is_guest: bool = False
    is_external: bool = False
    is_deleted: bool = False


MEMBERS = (
    Member("nora", "Nora Castellan", Function.SALES, Right.EDITOR, "America/New_York"),
    Member("tomas", "Tomas Riedel", Function.SALES, Right.EDITOR, "America/Chicago"),
    Member("priya", "Priya Venkat", Function.SALES, Right.EDITOR, "Europe/London"),
    Member("ines", "Ines Albrecht", Function.MARKETING, Right.ADMIN, "Europe/Berlin"),
    Member("malik", "Malik Fontaine", Function.MARKETING, Right.EDITOR, "America/New_York"),
    Member("helen", "Helen Okafor", Function.CUSTOMER_SUCCESS, Right.ADMIN, "America/New_York"),
    Member("dev", "Dev Raman", Function.PRODUCT, Right.EDITOR, "Asia/Kolkata"),
    Member("jonas", "Jonas Ekdal", Function.FINANCE, Right.VIEWER, "Europe/Stockholm"),
    Member("paula", "Paula Strand", Function.EXECUTIVE, Right.EDITOR, "America/Los_Angeles"),
)

OUTSIDERS = (
    Outsider("gil", "Gil Marsh", "America/Denver", "Contractor", is_guest=True),
    Outsider("ewa", "Ewa Lindgren", "Europe/Stockholm", "Agency", is_external=True),
    Outsider("rolf", "Rolf Amsel", "Europe/Vienna", "Left the company", is_deleted=True),
)

FACILITATOR, EXECUTIVE = "ines", "paula"
AWAY, STANDS_IN = "tomas", "nora"
"""Whoever is away at the end of the week that the demo begins in, and whoever is asked in their place."""
LEADS = ("nora", "ines", "helen", "dev", "jonas", "paula")
"""Whoever leads the function that they have."""


def learn_members(session: Session, workspace_id: str, user_ids: dict[str, str], *, now: datetime) -> None:
    """Store everybody as the bot would from Slack, and give the members their functions and rights.

    All but the viewers have met the bot.
    """
    users = [SlackUser(user_ids[each.handle], workspace_id, each.name, time_zone=each.zone) for each in MEMBERS]
    people.save_users(session, workspace_id, users, now)
    admins = [user_ids[each.handle] for each in MEMBERS if each.right is Right.ADMIN]
    rights.first_admins(session, workspace_id, admins, now=now)
    giver = Author(workspace_id, user_ids[FACILITATOR], Source.COMMAND, now)
    for each in MEMBERS:
        leads = (each.function,) if each.handle in LEADS else None
        rights.give(session, giver, user_ids[each.handle], function=each.function, right=each.right, leads=leads)
        if each.right is not Right.VIEWER:
            people.meet(session, workspace_id, user_ids[each.handle], now)
