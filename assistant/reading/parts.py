"""The parts of a text: everything that its words say, before it is decided what they ask together."""

from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Per, Period, Progress, Subject, Way, Which
from assistant.reading.periods.days import Unit
from assistant.reading.result import Choice
from assistant.remark import Remark


class Pronoun(StrEnum):
    """Words that stand for something said before."""

    IT = "it"
    """it, its, this account, there: one account."""
    THEY = "they"
    """they, them, their, those, these, both: several things, or the people of one account."""
    PERSON = "person"
    """he, she, him, his, her."""
    THAT = "that"
    """that, this: what was just said."""


class Mark(StrEnum):
    """Words that tie a text to the answer before it, or say how it stands to it."""

    FOLLOWING = "following"
    """Begins with and, or, also, what about, how about, same for."""
    ONLY = "only"
    """only, just: a narrowing."""
    ALL = "all"
    """all, everything, everybody, any: a widening, or no filter of the kind named."""
    OTHER = "other"
    """the other one, another."""
    OTHERS = "others"
    """the others, the rest, more, who else."""
    CORRECTION = "correction"
    """no, I meant, not that one, sorry, rather."""
    SAME = "same"
    """the same, again."""
    YES = "yes"
    """yes, yes please, ok: agreed to what was offered."""
    MINE = "mine"
    """my, mine, I, me: the asker; which filter it is stands in `owners`, `whose` or `persons`."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that one text says. Attributes that a `Query` has too have its meaning, empty where nothing is said.

    Attributes:
        subject, form: as the words say them; None where they don't, as in "and tier 2?".
        persons: user ids of our people named, whose part the words don't tell, as in "and Tomas?".
        period: the days said, read as the subject said wants them, else as past days.
        coming: the same days read as coming ones; differs from `period` for names of months and weekdays alone.
        step: the unit and number by which the days said before are moved, as in "and the week before".
        ordinal: "the first one" 1, "the second" 2, "the last" -1; 0 for none.
        not_of: accounts said not to be meant ("not Maple, Maple Insurance").
        is_lowest: with or without `by`: smallest, least, newest.
        pronouns, marks: words that stand on what was said before.
        choices: names that may be several accounts, or none.
        unread: words neither used nor without meaning, as typed.
        is_guessed: true where a word or name was corrected or taken for something that it may not be.
        is_bare: true where no word says what is asked: names, periods, filters alone ("Corvane?", "tier 2").
        is_question: true where a question word, a request or a question mark says that it is one.
        remark: where the text is no question by itself; a follow-up may still be read from the rest.
    """

    subject: Subject | None = None
    form: Form | None = None
    of: tuple[int, ...] = ()
    fields: tuple[Field, ...] = ()
    tiers: tuple[int, ...] = ()
    stages: tuple[Stage, ...] = ()
    states: tuple[AccountStanding, ...] = ()
    statuses: tuple[ListStatus, ...] = ()
    segments: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    having: tuple[Having, ...] = ()
    without: tuple[Having, ...] = ()
    whose: tuple[str, ...] = ()
    needs: tuple[Function, ...] = ()
    roles: tuple[BuyingRole, ...] = ()
    ways: tuple[Way, ...] = ()
    progress: tuple[Progress, ...] = ()
    is_overdue: bool = False
    signals: tuple[SignalKind, ...] = ()
    decisions: tuple[DecisionKind, ...] = ()
    least_cents: int = 0
    most_cents: int = 0
    currency: str = ""
    about: str = ""
    period: Period | None = None
    coming: Period | None = None
    by: Field | None = None
    is_lowest: bool = False
    limit: int = 0
    skip: int = 0
    per: Per | None = None
    which: Which | None = None
    persons: tuple[str, ...] = ()
    step: tuple[Unit, int] | None = None
    ordinal: int = 0
    not_of: tuple[int, ...] = ()
    pronouns: tuple[Pronoun, ...] = ()
    marks: tuple[Mark, ...] = ()
    choices: tuple[Choice, ...] = ()
    unread: tuple[str, ...] = ()
    is_guessed: bool = False
    is_bare: bool = False
    is_question: bool = False
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Assumed:
    """The parts that a text leaves unsaid, from the answer before it: subject, form, and the accounts it is about."""

    subject: Subject | None = None
    form: Form | None = None
    of: tuple[int, ...] = ()


NOTHING = Assumed()
