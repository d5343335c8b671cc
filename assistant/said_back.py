"""The filters and the period of a query in words, so that an answer says which question it answers."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from agendas.facts.found import AccountStanding
from agendas.facts.people import Function
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.words import Words
from assistant.query import Form, Having, Progress, Query, Subject


@dataclass(frozen=True, slots=True)
class SaidBack:
    """The reader of the words, and the day; `names` are those of the accounts in `of`, by id.

    `teams` are the people of each function, so that all of one are called by it.
    """

    words: Words
    asker: str
    today: date
    names: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[Function, frozenset[str]] = field(default_factory=dict)

    def team_of(self, people: Sequence[str]) -> str:
        """Return the function whose people these are, all of several; the one that has nobody; else ''."""
        for function, team in self.teams.items():
            if len(people) > 1 and team == frozenset(people):
                return function.value
        return people[0] if people in [(each.value,) for each in Function] else ""


def said_back(query: Query, reader: SaidBack, *, but: Collection[str] = ()) -> Mrkdwn:
    """Return the filters and the period in words: `due by Fri 4 Dec, yours, Tier 1`; empty where there is none.

    `but` are attributes of the query that the answer says by itself.
    """
    return Mrkdwn(", ".join(parts(query, reader, but=but)))


def heading(query: Query, reader: SaidBack, *, but: Collection[str] = ()) -> Mrkdwn:
    """Return `said_back` as the beginning of a sentence: `Due by Fri 4 Dec, yours, Tier 1`."""
    said = said_back(query, reader, but=but)
    return Mrkdwn(said[:1].upper() + said[1:])


def parts(query: Query, reader: SaidBack, *, but: Collection[str] = ()) -> tuple[Mrkdwn, ...]:
    """Return each part in words, those that narrow the thing itself before those of its accounts."""
    return tuple(said for name, say in PARTS if name not in but for said in say(query, reader) if said)


def period_said(query: Query, reader: SaidBack) -> Mrkdwn:
    """Return the period in words, with the verb of the subject: `due by Fri 4 Dec`; empty without one."""
    if query.period is None:
        return Mrkdwn("")
    verb = period_verb(query)
    return reader.words.say("said_back.period", period=query.period, verb=verb, today=reader.today)


def period_verb(query: Query) -> str:
    """Return the word for how the thing asked for lies on its days, empty where that goes without saying."""
    ended = next((each for each in query.progress if each in ENDED), None)
    if query.subject in ENDED_VERBS and ended:
        return ENDED_VERBS[query.subject].get(ended, ENDED[ended])
    return VERBS.get(query.subject, "")


VERBS: Mapping[Subject, str] = {
    Subject.ACTIONS: "due",
    Subject.ASKS: "due",
    Subject.BLOCKERS: "opened",
    Subject.DEALS: "closing",
    Subject.PLAYS: "started",
}
"""How the days of a period are meant, by subject."""

ENDED: Mapping[Progress, str] = {
    Progress.DONE: "done",
    Progress.DROPPED: "dropped",
    Progress.SLIPPED: "slipped",
    Progress.WON: "won",
    Progress.LOST: "lost",
}

ENDED_VERBS: Mapping[Subject, Mapping[Progress, str]] = {
    Subject.ACTIONS: {},
    Subject.BLOCKERS: {Progress.DONE: "resolved"},
    Subject.ASKS: {Progress.DONE: "answered"},
    Subject.DEALS: {},
    Subject.PLAYS: {Progress.DONE: "ended"},
    Subject.PEOPLE: {Progress.LOST: ""},
}
"""The words for days on which something ended, where they are not those of its progress."""

Say = Callable[[Query, SaidBack], Iterator[Mrkdwn]]


def _each(name: str) -> Say:
    """Say all values of an attribute together, by the macro of its name."""

    def say(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
        if values := getattr(query, name):
            yield reader.words.say(f"said_back.{name}", values=values)

    return say


def _states(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    """Say of nearly all states those that are not asked for."""
    if not query.states:
        return
    others = tuple(each for each in AccountStanding if each not in query.states)
    is_most = 0 < len(others) < len(query.states) - 1
    yield reader.words.say("said_back.states", values=others if is_most else query.states, is_not=is_most)


def _people(name: str) -> Say:
    def say(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
        if values := getattr(query, name):
            team = reader.team_of(values)
            is_empty = values == (team,)
            yield (
                reader.words.say(f"said_back.team_{name}", team=team, subject=query.subject, is_empty=is_empty)
                if team
                else reader.words.say(f"said_back.{name}", values=values, asker=reader.asker, subject=query.subject)
            )

    return say


def _progress(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    if query.subject is Subject.ACCOUNTS and _has_left(query):
        return
    said = [ENDED_VERBS.get(query.subject, {}).get(each) or ENDED.get(each, each.value) for each in query.progress]
    # the verb of the period says the first of them already
    said = said[1:] if query.period is not None and said and said[0] == period_verb(query) else said
    if said:
        yield reader.words.say("said_back.progress", values=said)


def _things(name: str) -> Say:
    def say(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
        if values := getattr(query, name):
            yield reader.words.say(f"said_back.{name}", values=values, roles=query.roles, has_left=_has_left(query))

    return say


def _has_left(query: Query) -> bool:
    """Return true where a role had by somebody who left is asked for."""
    return Having.ROLE in query.having and Progress.LOST in query.progress


def _roles(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    """Roles are said with what is had or lacked in them, where there is such a thing."""
    if query.roles and "role" not in (*query.having, *query.without):
        yield reader.words.say("said_back.roles", values=query.roles)


def _of(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    names = [reader.names[number] for number in query.of if number in reader.names]
    if names:
        yield reader.words.say("said_back.of", names=names)


def _period(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    if query.subject is not Subject.ACCOUNTS:
        yield period_said(query, reader)


def _period_of_accounts(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    """A period of accounts belongs to what they have, or are without."""
    if query.subject is Subject.ACCOUNTS:
        yield period_said(query, reader)


def _flag(name: str) -> Say:
    def say(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
        if getattr(query, name):
            yield reader.words.say(f"said_back.{name}")

    return say


def _order(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    if query.by:
        yield reader.words.say("said_back.by", by=query.by, is_lowest=query.is_lowest)
    elif query.is_lowest:
        yield reader.words.say("said_back.is_lowest")


def _limit(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    if query.limit:
        yield reader.words.say("said_back.limit", count=query.limit)


def _amount(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    """Bounds of the amount of deals, else of the value of accounts."""
    if query.least_cents or query.most_cents or query.currency:
        noun = "" if query.subject in (Subject.DEALS, Subject.ACCOUNTS) else "on accounts "
        yield reader.words.say(
            "said_back.amount", least=query.least_cents, most=query.most_cents, currency=query.currency, noun=noun
        )


def _fields(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
    if query.fields and query.form in (Form.FIELD, Form.SUM, Form.COMPARE):
        yield reader.words.say("said_back.fields", values=query.fields)


def _single(name: str) -> Say:
    def say(query: Query, reader: SaidBack) -> Iterator[Mrkdwn]:
        if value := getattr(query, name):
            yield reader.words.say(f"said_back.{name}", value=value)

    return say


PARTS: Sequence[tuple[str, Say]] = (
    ("which", _single("which")),
    ("fields", _fields),
    ("about", _single("about")),
    ("is_overdue", _flag("is_overdue")),
    ("progress", _progress),
    ("ways", _each("ways")),
    ("signals", _each("signals")),
    ("decisions", _each("decisions")),
    ("needs", _each("needs")),
    ("roles", _roles),
    ("period", _period),
    ("whose", _people("whose")),
    ("of", _of),
    ("tiers", _each("tiers")),
    ("stages", _each("stages")),
    ("states", _states),
    ("statuses", _each("statuses")),
    ("segments", _each("segments")),
    ("owners", _people("owners")),
    ("least_cents", _amount),
    ("having", _things("having")),
    ("without", _things("without")),
    ("period", _period_of_accounts),
    ("by", _order),
    ("limit", _limit),
    ("skip", _single("skip")),
    ("per", _single("per")),
)
"""The words of each attribute of a query, in the order in which they are said; `is_lowest` is said with the order."""
