"""Reviews that fall due one after the other, each in a channel of its own, about the same two accounts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from agendas.facts.account import Rhythm, Source, Stage
from agendas.facts.events import Profile
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.people import Author, Function, Right
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, cadences, fit, letters, people, updates
from sandbox.server import Sandbox
from storage import people as stored_people
from storage.database import Store
from storage.models.workspaces import Workspace
from storage.people import SlackUser

ACCOUNTS = ("Initech", "Globex")
CLOSES_AFTER_MINUTES = 59


def member(sandbox: Sandbox, name: str, at: datetime) -> Author:
    return Author(sandbox.workspace.team.id, sandbox.person(name).id, Source.COMMAND, at, "UTC")


def begin_program(
    store: Store, sandbox: Sandbox, at: datetime, *, accounts: Sequence[str] = ACCOUNTS, tier: int = 1
) -> list[int]:
    """The ids of named accounts of Ann's, who is the admin, each with an open action of hers."""
    workspace = sandbox.workspace.team.id
    with store.writing() as session:
        session.add(Workspace(id=workspace, name="Sample", url="https://sample.example/", installed_at=at))
        members = [user for user in sandbox.workspace.users.values() if not user.is_bot]
        users = [SlackUser(user.id, workspace, user.name) for user in members]
        stored_people.save_users(session, workspace, users, at)
        people.first_admins(session, workspace, [sandbox.person("ann").id], now=at)
        ann = member(sandbox, "ann", at)
        for each in users:
            right = Right.ADMIN if each.user_id == ann.user_id else Right.EDITOR
            people.give(session, ann, each.user_id, function=Function.SALES, right=right)
        return [add_account(session, ann, name, tier) for name in accounts]


def plan_reviews(store: Store, sandbox: Sandbox, channels: Sequence[str], due_at: datetime, **wishes: Any) -> None:
    """A weekly review in each channel from that minute on, which closes an hour after it began, all but a minute."""
    wish = CadenceWish(
        Plan(Rhythm.WEEKLY, due_at.date(), due_at.time(), "UTC"),
        minutes=45,
        facilitator=sandbox.person("ann").id,
        close_after_minutes=CLOSES_AFTER_MINUTES,
        **wishes,
    )
    before = member(sandbox, "ann", due_at - timedelta(minutes=1))
    with store.writing() as session:
        for channel in channels:
            cadences.schedule(session, before, sandbox.channel_state(channel).id, wish)


def tell_news(store: Store, sandbox: Sandbox, account_id: int, at: datetime, text: str, *, confirmed_in: str) -> None:
    """News of the account from Ann, which shows in the thread and the messages of every open review.

    It is confirmed as after a form: in this channel, to Ann alone.
    """
    ann, channel = member(sandbox, "ann", at), sandbox.channel_state(confirmed_in)
    with store.writing() as session:
        theirs = Evidence(text, at, actor=EvidenceActor.BUYER)
        told = updates.move(session, ann, account_id, text=text, evidence=(theirs,))
        letters.confirm(session, ann, [told], channel_id=channel.id, place="")


def ask_for_scores(store: Store, sandbox: Sandbox, name: str, at: datetime) -> None:
    """A candidate of Ann's, about which she is asked, and does not answer."""
    ann = member(sandbox, "ann", at)
    with store.writing() as session:
        fit.nominate_and_ask(session, ann, Profile(name=name, domain=f"{name.lower()}.example", owner=ann.user_id))


def minute_of(at: datetime) -> datetime:
    return datetime.combine(at.date(), at.time().replace(second=0, microsecond=0), UTC) + timedelta(minutes=1)


def add_account(session: Session, owner: Author, name: str, tier: int, *, partner: str | None = None) -> int:
    """The id of a named account of this person's, with an action of theirs that is due in three days."""
    wanted = Profile(name=name, domain=f"{name.lower()}.example", owner=owner.user_id, marketing_partner=partner)
    number: int = account_list.nominate(session, owner, wanted, because="Fits the segment").event.account_id
    account_list.put_on_list(session, owner, number, tier=tier, because="Renews in spring")
    updates.move(session, owner, number, text="First call", to_stage=Stage.AWARE, evidence=())
    due_on = (owner.at + timedelta(days=3)).date()
    updates.add_action(session, owner, number, text="Send the plan", due_on=due_on)
    return number
