"""The filters and the period of a query in words, so that an answer says which question it answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from agendas.facts.answered_items import AccountStanding
from agendas.facts.people import Function
from agendas.facts.query import Form, Having, Progress, Query, Subject
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class SaidBack:
    """The reader whom the words are for, and their day; `names` are those of the accounts in `of`, by id.

    `teams` are the user ids of each function: a whole team is named by its function.
    """

    words: Words
    asker: str
    today: date
    names: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[Function, frozenset[str]] = field(default_factory=dict)

    def team_of(self, people: Sequence[str]) -> str:
        """Return the function whose whole team these people are, else ''; `people` may name one that has nobody."""
        for function, team in self.teams.items():
            if len(people) > 1 and team == frozenset(people):
                return function.value
        # a question keeps the name of a function that has nobody
        return people[0] if len(people) == 1 and people[0] in tuple(Function) else ""


def said_back(query: Query, reader: SaidBack, *, but: Collection[str] = ()) -> Mrkdwn:
    """Return the filters and the period in words: `due by Fri 4 Dec, yours, Tier 1`; empty where there is none.

    `but` are attributes of the query that the answer says by itself.
    """
    return Mrkdwn(", ".join(parts(query, reader, but=but)))


def parts(query: Query, reader: SaidBack, *, but: Collection[str] = ()) -> tuple[Mrkdwn, ...]:
    """Return each part in words: filters on the thing itself first, then those on its accounts."""
    # in a question about accounts the period is of what they have, or are without, and comes after it
    is_of_accounts = query.subject is Subject.ACCOUNTS
    of_accounts = (*OF_ACCOUNTS, "period") if is_of_accounts else ("period", *OF_ACCOUNTS)
    names = (*OF_THING, *of_accounts, *OF_ANSWER)
    return tuple(said for name in names if name not in but and (said := _part(name, query, reader)))


def reading_said(query: Query, reader: SaidBack) -> Mrkdwn:
    """Return the whole query as a phrase: `Stalled accounts of tier 2`, `How many open actions, due by Fri 4 Dec`."""
    # one word about the thing stands before its noun: stalled accounts, overdue actions
    adjectives = {name: part for name in ADJECTIVES if (part := _part(name, query, reader)) and " " not in part}
    noun = [adjectives[name] for name in ADJECTIVES if name in adjectives]
    # the phrase itself names these, each in its place
    filters = parts(query, reader, but={"of", "tiers", "fields", "measures", *adjectives})
    names = [reader.names[account_id] for account_id in query.of if account_id in reader.names]
    phrase = reader.words.say("said_back.reading", query=query, before=noun, names=names, rest=filters).strip()
    return Mrkdwn(phrase[:1].upper() + phrase[1:])


ADJECTIVES = ("is_overdue", "states", "statuses", "stages", "progress")
"""Attributes that go before the noun if they are one word."""


def period_said(query: Query, reader: SaidBack) -> Mrkdwn:
    """Return the period in words, with the verb of the subject: `due by Fri 4 Dec`; empty without one."""
    if query.period is None:
        return Mrkdwn("")
    verb = period_verb(query)
    return reader.words.say("said_back.period", period=query.period, verb=verb, today=reader.today)


def period_verb(query: Query) -> str:
    """Return the verb for the period, such as "due", of what ended "resolved"; empty where none is needed."""
    ended = next((each for each in query.progress if each is not Progress.OPEN), None)
    if query.subject in ENDED_VERBS and ended:
        return ENDED_VERBS[query.subject].get(ended, ended.value)
    return VERBS.get(query.subject, "")


VERBS: Mapping[Subject, str] = {
    **dict.fromkeys((Subject.ACTIONS, Subject.ASKS), "due"),
    Subject.BLOCKERS: "opened",
    Subject.DEALS: "closing",
    Subject.PLAYS: "started",
}
"""How the days of a period are meant, by subject."""

ENDED_VERBS: Mapping[Subject, Mapping[Progress, str]] = {
    Subject.ACTIONS: {},
    Subject.DEALS: {},
    Subject.BLOCKERS: {Progress.DONE: "resolved"},
    Subject.ASKS: {Progress.DONE: "answered"},
    Subject.PLAYS: {Progress.DONE: "ended"},
    Subject.PEOPLE: {Progress.LOST: ""},
}
"""The words for days on which something ended, where they are not those of its progress."""

# The attributes of a query, in the order in which they are said; `is_lowest` is said with the order, `by`.

OF_THING = (
    *("which", "fields", "about", "is_overdue", "progress", "ways"),
    *("signals", "decisions", "needs", "roles", "measures"),
)
OF_ACCOUNTS = (
    *("whose", "of", "tiers", "stages", "states", "statuses", "segments", "owners"),
    *("least_cents", "having", "without"),
)
OF_ANSWER = ("by", "limit", "skip", "per")


def _part(name: str, query: Query, reader: SaidBack) -> Mrkdwn | None:
    """The part of the question, in words, that this attribute of the query stands for; None or empty if unset."""
    say, value, subject = reader.words.say, getattr(query, name), query.subject
    match name:
        case "period":
            return period_said(query, reader)
        case "by" if not query.by:
            return say("said_back.is_lowest") if query.is_lowest else None
        case "by":
            return say("said_back.by", by=query.by, is_lowest=query.is_lowest)
        case "least_cents":
            # bounds of the amount of deals, else of the value of accounts
            least, most, currency = query.least_cents, query.most_cents, query.currency
            noun = "" if subject in (Subject.DEALS, Subject.ACCOUNTS) else "on accounts "
            is_asked = least or most or currency
            return say("said_back.amount", least=least, most=most, currency=currency, noun=noun) if is_asked else None
    if not value:
        return None
    match name:
        case "which" | "about" | "skip" | "per":
            return say(f"said_back.{name}", value=value)
        case "is_overdue":
            return say("said_back.is_overdue")
        case "limit":
            return say("said_back.limit", count=value, is_brief=query.form is Form.BRIEF)
        case "fields" if query.form not in (Form.FIELD, Form.SUM, Form.COMPARE):
            return None
        case "progress":
            return _progress(query, reader)
        case "roles" if "role" in (*query.having, *query.without):
            # `having` and `without` already name the roles
            return None
        case "states":
            # when most states are wanted, "not paused" reads better than a list of the others
            others = tuple(each for each in AccountStanding if each not in query.states)
            is_most = 0 < len(others) < len(query.states) - 1
            return say("said_back.states", values=others if is_most else query.states, is_not=is_most)
        case "whose" | "owners":
            team = reader.team_of(value)
            if not team:
                return say(f"said_back.{name}", values=value, asker=reader.asker, subject=subject)
            return say(f"said_back.team_{name}", team=team, subject=subject, is_empty=value == (team,))
        case "of":
            names = [reader.names[account_id] for account_id in query.of if account_id in reader.names]
            return say("said_back.of", names=names) if names else None
        case "having" | "without":
            return say(f"said_back.{name}", values=value, roles=query.roles, has_left=_has_left(query))
    return say(f"said_back.{name}", values=value)


def _progress(query: Query, reader: SaidBack) -> Mrkdwn | None:
    """The progress asked for, in words, but for what other parts of the sentence say already."""
    if query.subject is Subject.ACCOUNTS and _has_left(query):
        return None
    verbs = [ENDED_VERBS.get(query.subject, {}).get(each) or each.value for each in query.progress]
    if query.period is not None and verbs[:1] == [period_verb(query)]:
        # the sentence about the period has this verb already
        verbs = verbs[1:]
    return reader.words.say("said_back.progress", values=verbs) if verbs else None


def _has_left(query: Query) -> bool:
    """Return true where a role had by somebody who left is asked for."""
    return Having.ROLE in query.having and Progress.LOST in query.progress
