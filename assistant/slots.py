"""One combination of senses, filled into the slots of a query: tables of what words say first, then the steps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise, product
from typing import Any

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.query import AWAY, Field, Form, Having, Measure, Per, Period, Progress, Query, Subject, Way, Which
from agendas.facts.signals import SignalKind
from assistant.combinations import DATES, is_allowed
from assistant.names import Asked, Names
from assistant.pieces import SENTENCE_ENDS, Piece


@dataclass(frozen=True, slots=True)
class Fitted:
    """A query that words fit in these senses, and the positions of pieces of weight that it does not use."""

    query: Query
    unused: tuple[int, ...] = ()
    cost: int = 0
    senses: tuple[str, ...] = ()


MOST_READINGS, PIECES_TRIED = 48, 480
"""Combinations of senses that are tried, and pieces in all of them together: a long text is tried in fewer."""


def senses_tried(pieces: Sequence[Piece]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield a sense for each piece, and what it costs: how far the senses are from the likeliest ones."""
    ways = [each.senses or ("",) for each in pieces]
    most = max(1, min(MOST_READINGS, PIECES_TRIED // max(1, len(pieces))))
    for chosen in islice(product(*ways), most):
        yield chosen, sum(way.index(sense) for way, sense in zip(ways, chosen, strict=True))


# What senses are worth

VALUES: dict[str, Any] = {
    "noun": Subject,
    "field": Field,
    "state": AccountStanding,
    "stage": Stage,
    "status": ListStatus,
    "role": BuyingRole,
    "function": Function,
    "having": Having,
    "progress": Progress,
    "way": Way,
    "decision": DecisionKind,
    "signal": SignalKind,
    "per": Per,
    "measure": Measure,
    "tier": int,
}
"""What the values of senses are, by the beginning of their name."""

SLOT_OF = {"tier.": "tiers", "stage.": "stages", "state.": "states", "role.": "roles", "signal.": "signals"}
SLOT_OF |= {"decision.": "decisions", "progress.": "progress"}
"""Slots that senses fill whatever is asked for."""

THINGS_SAID = {
    Having.OWNER: "field.owner own",
    Having.PARTNER: "field.partner function.marketing",
    Having.EXECUTIVE: "field.executive function.executive",
    Having.SEGMENT: "field.segment",
    Having.VALUE: "field.value",
    Having.NARRATIVE: "field.narrative",
    Having.FIT: "field.fit",
    Having.JUSTIFICATION: "field.justification",
    Having.NEXT_ACTION: "noun.actions",
    Having.OVERDUE_ACTION: "overdue",
    Having.BLOCKER: "noun.blockers block blocked",
    Having.ASK: "noun.asks",
    Having.DECISION: "noun.decisions decide",
    Having.UPDATE: "noun.changes record news",
    Having.MOVEMENT: "noun.movement move way.",
    Having.EVIDENCE: "noun.evidence buyer_did",
    Having.SIGNAL: "noun.signals signal.",
    Having.CONTACT: "noun.people know",
    Having.ROLE: "field.roles role.",
    Having.DEAL: "noun.deals field.pipeline",
    Having.PLAY: "noun.plays",
    Having.REVIEW: "noun.reviews discuss",
    Having.TOUCH: "touch having.touch field.last_touch",
    Having.PROOF: "having.proof",
    Having.PROPOSAL: "having.proposal",
}
THINGS = {sense: thing for thing, said in THINGS_SAID.items() for sense in said.split()}
"""What an account may have or be without, by the senses that say it."""

BY = {"biggest": Field.VALUE, "smallest": Field.VALUE, "oldest": Field.AGE, "newest": Field.AGE}
BY |= {"longest": Field.DAYS_IN_STAGE, "shortest": Field.DAYS_IN_STAGE, "soonest": Field.CLOSE_DATE}
BY |= {"furthest": Field.STAGE, "highest": Field.VALUE, "lowest": Field.VALUE, "top": Field.VALUE}
LOWEST = frozenset({"smallest", "shortest", "soonest", "lowest", "newest"})
"""What an order word orders by, and which of them begin with the lowest."""

LAST_OF = {"touch": Field.LAST_TOUCH, "move": Field.LAST_MOVEMENT, "record": Field.LAST_UPDATE}
"""Fields of what was done last: "last touched"."""

EITHER_OF = {"tiers": Field.TIER, "stages": Field.STAGE, "states": Field.STATE, "owners": Field.OWNER}
EITHER_OF |= {"statuses": Field.STATUS}
"""Fields that "is it a or b" asks for."""


# Which subjects do what

WITH_PROGRESS = frozenset(
    {Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS, Subject.DEALS, Subject.PLAYS, Subject.MOVEMENT, Subject.EVIDENCE}
)
"""Subjects whose things come to an end, or were recorded by somebody."""

WITH_TEXT = frozenset({Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS, Subject.DECISIONS, Subject.DEALS})
WITH_TEXT |= {Subject.EVIDENCE, Subject.PEOPLE, Subject.PLAYS, Subject.CHANGES}
"""Subjects whose things have a text of their own."""

TO_COME = frozenset({Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.REVIEWS})
"""Subjects whose days are those on which they are due, close or take place."""

OVER = frozenset({Progress.DONE, Progress.DROPPED, Progress.SLIPPED, Progress.WON, Progress.LOST})
OF_OWNERS = frozenset({Subject.ACCOUNTS, Subject.MOVEMENT, Subject.SIGNALS, Subject.PEOPLE, Subject.DEALS})
OF_OWNERS |= {Subject.REVIEWS, Subject.BLOCKERS, Subject.LIST_CHANGES}
"""Subjects whose people are the owners of accounts."""

SHOWN_OF_ACCOUNTS = frozenset({Subject.ACCOUNTS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.SIGNALS})
"""Subjects that answer which accounts did something."""

TAKEN_WITH_NOUN: Mapping[Subject, str] = {
    Subject.ACTIONS: "due owe",
    Subject.ASKS: "asked wait due",
    Subject.BLOCKERS: "raise block blocked need wait start",
    Subject.CHANGES: "last",
    Subject.DEALS: "close due field.close_date field.pipeline",
    Subject.DECISIONS: "last decide",
    Subject.EVIDENCE: "last know touch record news",
    Subject.MOVEMENT: "last move",
    Subject.PEOPLE: "know touch record news",
    Subject.PLAYS: "start own",
    Subject.REVIEWS: "discuss",
    Subject.SIGNALS: "last know touch record news",
}
"""Senses of words that say no more beside the noun of a subject."""


# Sorts of words


def _senses(said: str) -> frozenset[str]:
    return frozenset(said.split())


PRONOUNS = _senses("it its they them their there theirs")
POLITE = _senses("show card hello thanks help if there_is skip") | {""}
"""Senses of phrases whose pronouns stand for nothing."""

BEFORE_THAT = _senses("is of for why do have at how_long how_much with progress.done")
"""Senses after which "that" stands for what was said before."""


def _is_any(sense: str, senses: Collection[str]) -> bool:
    """Return true for one of these senses; `role.` is every role."""
    return sense in senses or ("." in sense and sense.partition(".")[0] + "." in senses)


UNCLEAR = 0
"""Stands for the account of a name that is not clear."""

FREE = _senses(
    "which show is do any there_is if yes that have have_got with me us it they he here and or at about for from how "
    "where card hello thanks now correction job by all only than in_stage on_our_side"
)
"""Senses of words that shape a question and need no use of their own."""

WEIGHTY = _senses("not without my overdue others other second furthest top same")
"""Senses that are never left unused, also where their words may be fillers."""

FILLERS = _senses("any us that now it do for have") | {""}
"""Senses of words that tie nothing, where their words may go unused."""

INTERROGATIVE = _senses("which who whose when since_when where how how_many how_much why")
FORM_WORDS = _senses("how_many total how_much why when since_when how_long who per")
HELPING = _senses("is are was were did does do has have hvae")
PAST_WORDS = _senses("was were did had held took been")
OF_OTHER_DAYS = _senses("was were ever will soon become before")
"""Words by which the state of another day than today is asked for."""

OF_ASKER = _senses("i me my mine")
DONE_BY_ASKER = _senses("owe own due overdue asked whose noun.actions need wait")
"""Phrases that may hold the asker: "due from me", "under my name"."""

NOT_OF_CARD = _senses("do have who when where any from have_got there_is than me with")
"""Senses beside which a name alone does not ask for the card: "what did Corvane do"."""

FILTERS = ("states", "stages", "tiers", "statuses", "having", "without", "owners")
"""Slots by which one account is asked for yes or no."""

MOST_BESIDE_NAMES = 2
"""Words beside a name that alone asks how the account stands."""

MOST_IDLE, MOST_PIECES = 6, 10
"""Words that say nothing in a question that is read whole, and all of its pieces: longer ones say more than is read."""


# What is asked for


@dataclass(frozen=True, slots=True)
class Head:
    """Words that say what is asked for, without its noun: one of `said`, beside all of `beside` and none of `unless`.

    `a|b` is either of them, `role.` every role, and capitals are what the question has otherwise (`Slots.facts`).
    Words of `takes` are used up, and those of `said` that name no value; `fills` is a slot and the value put there.
    """

    said: str
    subject: Subject
    form: Form | None = None
    beside: str = ""
    unless: str = ""
    takes: str = ""
    fills: tuple[str, Any] = ("", None)


def _field(said: str, name: Field, beside: str = "", takes: str = "") -> Head:
    """Return words that ask for a field of the account named."""
    return Head(said, Subject.ACCOUNTS, Form.FIELD, f"OF {beside}", "", takes, ("fields", name))


REMOVING = "status.removed decision.remove"

FIRST_HEADS = (
    Head(
        "role.", Subject.ACCOUNTS, Form.LIST, "leave|progress.lost noun.accounts", "", "whose", ("having", Having.ROLE)
    ),
    Head(REMOVING, Subject.LIST_CHANGES, None, "DAY|PERSON", "OF decide", REMOVING, ("statuses", ListStatus.REMOVED)),
    Head("add", Subject.LIST_CHANGES, None, "", "OF ADDING", "status.named", ("statuses", ListStatus.NAMED)),
    _field("add", Field.NAMED_ON, "when|since_when", "status.named when since_when"),
    Head("leave", Subject.PEOPLE, fills=("progress", Progress.LOST)),
)
"""Roles that were lost, and the list: who came on it, and who left."""

HEADS = (
    Head("signal.", Subject.SIGNALS, None, "", "", "news last"),
    _field("role.executive_sponsor", Field.EXECUTIVE, "on_our_side", "role. who own"),
    Head("role. field.roles", Subject.PEOPLE, None, "", "ACCOUNTS_FIRST", "field.roles touch know"),
)
"""Senses that are things by themselves."""

DOING = "due|when|who|whose|owe|progress.done|progress.open|overdue|doing"

VERB_HEADS = (
    Head("overdue", Subject.ACCOUNTS, None, "ACCOUNTS", "owe due", fills=("having", Having.OVERDUE_ACTION)),
    Head("overdue", Subject.ACTIONS, takes="due owe", fills=("is_overdue", True)),
    Head("due", Subject.ACTIONS, Form.WHEN, "TEXT DATE", "owe", "when"),
    Head("owe due", Subject.ACTIONS),
    Head("asked", Subject.ASKS),
    Head("buyer_did", Subject.EVIDENCE),
    Head("recap", Subject.REVIEWS, Form.CARD, takes="last", fills=("which", Which.LAST)),
    Head("attend", Subject.REVIEWS, Form.WHO),
    _field("discuss", Field.LAST_REVIEW, "last", "last when"),
    Head("discuss", Subject.REVIEWS),
    Head("decide decision.", Subject.DECISIONS),
    Head("block", Subject.BLOCKERS),
    Head("resolve", Subject.BLOCKERS),
    Head("blocked need wait", Subject.BLOCKERS, None, "FUNCTION"),
    Head("blocked", Subject.ACCOUNTS, fills=("having", Having.BLOCKER)),
    Head("promote demote add leave", Subject.LIST_CHANGES),
    Head("silent", Subject.ACCOUNTS, fills=("without", Having.TOUCH)),
    Head("touch", Subject.PEOPLE, Form.LIST, "OF who us|me", "last when", "who"),
    Head("touch", Subject.ACCOUNTS, None, "noun.accounts", "last", fills=("having", Having.TOUCH)),
    Head("touch", Subject.ACCOUNTS, None, "", "last when", fills=("having", Having.TOUCH)),
    Head("way.", Subject.MOVEMENT, None, "NO_PROOF", "", "way. move", ("ways", Way.CLAIMED)),
    Head("way.", Subject.MOVEMENT, takes="move"),
    Head("move", Subject.ACCOUNTS, None, "OF stage.", "who DAY"),
    Head("move", Subject.MOVEMENT),
    Head("news", Subject.CHANGES),
    Head("record", Subject.CHANGES),
    Head("know", Subject.PEOPLE),
    Head("progress.won progress.lost", Subject.DEALS),
    Head("close", Subject.DEALS, unless="OF"),
    Head("progress.done", Subject.ACTIONS, unless="OF"),
    Head("progress.done", Subject.ACTIONS, beside="who|me|my|which|PERSON"),
    Head("progress.dropped", Subject.ACTIONS),
    Head("TEXT", Subject.ACTIONS, None, DOING, "field. stage. tier. noun.accounts", "own"),
)
"""Verbs, the strongest first."""

OUR_SIDE = "who|us|on_our_side"

LAST_HEADS = (
    Head("function.", Subject.MEMBERS, None, "who", "OF noun.accounts"),
    _field("function.marketing", Field.PARTNER, OUR_SIDE, "function. who own"),
    _field("function.sales", Field.OWNER, OUR_SIDE, "function. who own"),
    _field("function.executive", Field.EXECUTIVE, OUR_SIDE, "function. who own"),
    Head("progress.slipped", Subject.ACTIONS, unless="state."),
    Head("progress.open", Subject.ACTIONS, None, "PERSON|me"),
    Head("DAY", Subject.ACTIONS, None, "have_got"),
    Head("who", Subject.PEOPLE, Form.LIST, "OF at"),
    _field("how_long", Field.DAYS_IN_STAGE),
    _field("status.named", Field.NAMED_ON, "when|since_when", "status.named when since_when"),
    Head("DAY", Subject.CHANGES, Form.LIST, "any OF", "state. stage."),
)
"""Senses that say what is asked for where nothing else does."""

VERBS = tuple((tuple(each.said.split()), each.subject) for each in VERB_HEADS)
"""Verbs with the subject that they say."""

Asking = tuple[Subject, Form | None]
"""What is asked for, and the form if its words say it."""


@dataclass(slots=True)
class Slots:
    """One combination of senses, filled into the slots of a query."""

    pieces: Sequence[Piece]
    senses: Sequence[str]
    asked: Asked
    names: Names
    today: date
    used: set[int] = field(default_factory=set)
    odd: set[int] = field(default_factory=set)
    standing_on: Query | None = None
    is_subject_said: bool = True
    cleared: set[str] = field(default_factory=set)
    is_form_said: bool = False
    values: dict[str, Any] = field(default_factory=dict)

    def fit(self) -> Fitted | None:
        """Return the query that these senses make, None where they make none."""
        self._accounts()
        self._numbered_tiers()
        self._further()
        self._without()
        self._orders()
        self._having()
        self._per()
        head = self._head()
        if head is None:
            return None
        subject, form = head
        self.is_form_said = form is not None
        self._in_channel(subject)
        if self.standing_on is not None and not self.is_subject_said:
            subject = self.standing_on.subject
        by = self.values.get("by")
        if by in (Field.VALUE, Field.AMOUNT):
            self.values["by"] = Field.AMOUNT if subject is Subject.DEALS else Field.VALUE
        if by is Field.DAYS_IN_STAGE and subject is not Subject.ACCOUNTS:
            self.values["by"] = Field.AGE
        self._about(subject)
        self._filters(subject)
        self._people(subject)
        self._days(subject)
        subject, form = self._settled(subject, self._form(subject, form))
        values = {name: value for name, value in self.values.items() if value not in ((), None)}
        is_whole = is_allowed(subject, form, values) and self._is_answer_of_accounts(subject)
        if self.standing_on is None and not is_whole:
            return None
        is_done = {"whose", "progress"} & values.keys() or self.has("doing", "noun.actions", "overdue", "owe")
        if (subject, form) == (Subject.ACTIONS, Form.YES_NO) and "about" in values and not is_done:
            # what somebody has and nobody does is no action: "does Merrow have a renewal"
            return None
        query = Query(subject, form, **values)
        self._leave_idle(query)
        unused = tuple(i for i in range(len(self.pieces)) if self._is_unused(i))
        return Fitted(query, unused, senses=tuple(self.senses))

    # Looking at pieces

    def sense(self, at: int) -> str:
        """Return the sense at this position, '' beyond the text."""
        return self.senses[at] if 0 <= at < len(self.senses) else ""

    def places(self, *senses: str) -> list[int]:
        """Return the positions of these senses; `role.` means every role."""
        return [i for i, each in enumerate(self.senses) if _is_any(each, senses)]

    def has(self, *senses: str) -> bool:
        """Return true if a piece has one of these senses."""
        return any(_is_any(each, senses) for each in self.senses)

    def left(self, *senses: str) -> list[int]:
        """Return the unused positions of these senses."""
        return [i for i in self.places(*senses) if i not in self.used]

    def take(self, *senses: str) -> list[int]:
        """Use the pieces of these senses and return their positions."""
        found = self.left(*senses)
        self.used.update(found)
        return found

    def value(self, at: int) -> Any:
        """Return the value that a sense names, the first of several."""
        return self.values_at(at)[0]

    def values_at(self, *positions: int) -> list[Any]:
        """Return the values that the senses at these positions name; `state.new+state.steady` names two."""
        parts = [part.partition(".") for i in positions for part in self.senses[i].split("+")]
        return [VALUES[kind](value) for kind, _, value in parts]

    def add(self, name: str, *values: Any) -> None:
        """Add values to a slot, each once."""
        self.values[name] = tuple(dict.fromkeys((*self.values.get(name, ()), *values)))

    def after(self, at: int) -> int:
        """Return the next piece that is no filler, a position beyond the text where there is none."""
        return next((i for i in range(at + 1, len(self.pieces)) if not self.is_filler(i)), len(self.pieces))

    def before(self, at: int) -> int:
        """Return the piece before it that is no filler, -1 where there is none."""
        return next((i for i in range(at - 1, -1, -1) if not self.is_filler(i)), -1)

    def is_filler(self, at: int) -> bool:
        """Return true for a word that may go unused and ties nothing."""
        return self.pieces[at].is_soft and self.senses[at] in FILLERS

    @property
    def of(self) -> tuple[int, ...]:
        """The accounts named."""
        found: tuple[int, ...] = self.values.get("of", ())
        return found

    @property
    def persons(self) -> list[int]:
        """The unused positions of our people."""
        return [i for i, each in enumerate(self.pieces) if each.persons and i not in self.used]

    @property
    def is_dated(self) -> bool:
        """True where days are said."""
        return any(each.when for each in self.pieces)

    @property
    def is_account_named(self) -> bool:
        """True where the text itself names an account."""
        return any(each.account is not None or each.choice for each in self.pieces)

    @property
    def is_that(self) -> bool:
        """True where "that" or "this" stands for what was said before, and begins no clause."""
        for i, sense in enumerate(self.senses):
            before, after = self.sense(i - 1), self.sense(i + 1)
            if sense == "that" and (not after or after.startswith("noun.") or before in BEFORE_THAT):
                return True
            if self.pieces[i].word == "one" and before in ("last", "next", "that", "which"):
                return True
        return False

    @property
    def points(self) -> bool:
        """True where a word stands for what was said before: it, they, there, that."""
        at = next(iter(self.places("noun.accounts")), len(self.senses))
        # "who is late with their actions" speaks of those who are asked for
        own = "their" if self.has("who") else ""
        pointing = [i for i in range(at) if self.senses[i] not in POLITE and self.pieces[i].word != own]
        said = {word for i in pointing for word in self.pieces[i].word.split()}
        return any(self.senses[i] in ("it", "they", "here") for i in pointing) or self.is_that or bool(said & PRONOUNS)

    # Accounts, and the one that the channel is about

    def _accounts(self) -> None:
        for i, piece in enumerate(self.pieces):
            if piece.choice:
                self.add("of", UNCLEAR)
            if piece.account is not None:
                self.used.add(i)
                is_out = self.sense(i - 1) == "not"
                if is_out and any(each.account not in (None, piece.account) for each in self.pieces):
                    self.used.add(i - 1)
                else:
                    self.add("of", piece.account)
            if piece.segment:
                self.used.add(i)
                self.add("segments", piece.segment)
        if self.of:
            return
        here, before, are_more = self.asked.channel_account, self.standing_on, self.has("noun.accounts")
        is_here = self.has("it", "here", "that", "us", "field.") and not self.has("noun.accounts", "all", "per", "by")
        if here is not None and is_here:
            self.add("of", here)
        elif before is None and self.has("it") and not are_more:
            self.add("of", UNCLEAR)
        elif before is not None and self.points:
            self.add("of", *before.of)

    def _in_channel(self, subject: Subject) -> None:
        """Ask for the things of the account that the channel is about, where nothing says more."""
        here, things = self.asked.channel_account, WITH_TEXT | {Subject.MOVEMENT, Subject.SIGNALS, Subject.REVIEWS}
        narrowed = [i for i in self.left("tier.", "state.", "stage.") if self.senses[i] != "state.new"]
        is_narrowed = (
            narrowed or self.has("noun.accounts", "my", "all", "others") or self.values.get("segments") or self.persons
        )
        if here is not None and subject in things and not (self.of or self.standing_on or is_narrowed):
            self.add("of", here)

    # What narrows accounts

    def _numbered_tiers(self) -> None:
        """Take the bare numbers of "tier 1 or 2"."""
        in_tiers = False
        for i, piece in enumerate(self.pieces):
            if in_tiers and piece.number in (1, 2, 3):
                self.used.add(i)
                self.add("tiers", piece.number)
            sense = self.senses[i]
            in_tiers = sense.startswith("tier.") or (in_tiers and (sense in ("and", "or") or bool(piece.number)))

    def _further(self) -> None:
        """Read "engaged or further" as that stage and those after it."""
        for i in self.left("furthest"):
            joint = self.before(i)
            stage = self.before(joint)
            if self.sense(joint) == "or" and self.sense(stage).startswith("stage."):
                self.used.update((i, joint, stage))
                stages = list(Stage)
                self.add("stages", *stages[stages.index(self.value(stage)) :])

    def _without(self) -> None:
        for i in self.left("without", "missing", "not", "ownerless"):
            sense, before = self.senses[i], self.before(i)
            if sense == "not" and self._denied(i):
                continue
            targets = self._things_after(i)
            while self.sense(before) in ("is", "at", "which"):
                before = self.before(before)
            if sense == "missing" and not targets and self._thing(before):
                targets = [before]
            if sense == "not":
                targets = [j for j in targets if not self.senses[j].startswith(("field.", "noun."))]
            if targets:
                self.used.add(i)
                self._bind("without", targets)

    def _denied(self, at: int) -> bool:
        """Take a "not" that is about a tier, a state or what is done, and one that begins a question: "isn't"."""
        after = self.after(at)
        sense = self.sense(after)
        taken = [at, after]
        if self.pieces[at].word.endswith("nt") and not any(self.senses[:at]):
            taken = [at]
        elif sense.startswith("tier."):
            taken = [at, *(j for j in self.left("tier.") if j > at)]
            said = self.values_at(*taken[1:])
            self.add("tiers", *(each for each in (1, 2, 3) if each not in said))
        elif sense == "progress.done":
            self.values["progress"] = (Progress.OPEN,)
        elif sense.startswith("state."):
            said = self.values_at(after)
            if self.standing_on is None or not set(said) & set(self.standing_on.states):
                self.add("states", *(each for each in AccountStanding if each not in said))
        elif self.standing_on is not None and sense in ("overdue", "only"):
            taken = [at, *self.left("overdue")]
            self.cleared.add("is_overdue")
        else:
            return False
        self.used.update(taken)
        return True

    def _things_after(self, at: int) -> list[int]:
        """Return the pieces after it that are things an account may have, listed with and, or or a comma."""
        found: list[int] = []
        opened: list[int] = []
        i = self.after(at)
        while self.sense(i) == "progress.open":
            opened.append(i)
            i = self.after(i)
        while i not in self.used and self._thing(i):
            self.used.update(opened)
            found.append(i)
            is_listed, i = self.pieces[i].mark == ",", self.after(i)
            while self.sense(i) in ("and", "or"):
                is_listed, i = True, self.after(i)
            if not is_listed:
                while self.sense(i) == "us":
                    i = self.after(i)
                if self.sense(i) in ("record", "own", "owe"):
                    self.used.add(i)
                break
        return found

    def _thing(self, at: int) -> Having | None:
        """Return the thing that an account may have, which the piece says."""
        sense = self.sense(at)
        return THINGS.get(sense) or THINGS.get(sense.partition(".")[0] + ".")

    def _bind(self, name: str, positions: Sequence[int]) -> None:
        """Fill `having` or `without` with the things at these positions."""
        for i in positions:
            self.used.add(i)
            self.add(name, self._thing(i))
            for kind, slot in (("role.", "roles"), ("signal.", "signals"), ("way.", "ways")):
                if self.senses[i].startswith(kind):
                    self.add(slot, self.value(i))

    def _having(self) -> None:
        """Bind "accounts with a blocker", "which have a champion"; the thing asked for by itself stays a noun."""
        are_accounts = self.has("noun.accounts")
        if self.of and not are_accounts:
            return
        places = ("there_is", "us") if self.has("where") else ()
        for i in self.left("with", "have", *places):
            is_with = self.senses[i] == "with"
            if not (is_with or places or self._has_accounts_before(i)):
                continue
            if not is_with and not are_accounts and self.has("who") and self.left("noun.actions"):
                # people have actions, accounts have blockers
                continue
            first = self.after(i)
            second = self.after(first)
            if self.sense(first) == "overdue" and self.sense(second) == "noun.actions":
                self.used.update((i, first, second))
                self.add("having", Having.OVERDUE_ACTION)
                continue
            targets = self._things_after(i)
            if not is_with:
                kinds = ("noun.", "field.", "role.", "having.", "signal.")
                targets = [j for j in targets if self.senses[j].startswith(kinds)]
            if targets:
                self.used.add(i)
                self._bind("having", targets)
        if are_accounts and self.take("blocked"):
            self.add("having", Having.BLOCKER)

    def _has_accounts_before(self, at: int) -> bool:
        last = self.before(at)
        is_person = any(each.persons and not each.is_possessive for each in self.pieces[max(0, last) : last + 1])
        is_person = is_person or self.sense(last) in ("me", "us")
        return not is_person and any(i < at for i in self.places("noun.accounts", "which", "who"))

    # Order, numbers, splits

    def _orders(self) -> None:
        """Read "the five biggest", "oldest first": the field that orders, from which end, and how many."""
        for i in self.left(*BY) if len(self.of) < 2 and not self.has("compare") else ():
            sense, word, after = self.senses[i], self.pieces[i].word, self.after(i)
            places = (i + 1, i - 1, i - 2, i + 2, i + 3)
            near = [j for j in places if 0 <= j < len(self.pieces) and self.pieces[j].number]
            of_people = ("noun.actions", "noun.accounts", "noun.blockers", "overdue", "noun.deals")
            if word in ("most", "the most", "most overdue") and self.has("who") and self.sense(after) in of_people:
                self.used.update((i, *self.left("who")))
                self.values["per"] = Per.OWNER
                continue
            self.used.update((i, *near[:1]))
            self.values |= {"by": BY[sense], "is_lowest": sense in LOWEST}
            if sense in ("highest", "lowest") and self.sense(after) == "stage.engaged":
                self.used.add(after)
                self.values["by"] = Field.ENGAGEMENT
            are_all = word.endswith("first") or " to " in word
            self.values["limit"] = 0 if are_all else self.pieces[near[0]].number if near else 1
            break

    def _per(self) -> None:
        """Read "per owner", "by segment", "sorted by value"."""
        for i in self.left("per", "by", "sorted") if not self.has("compare") else ():
            j = self.after(i)
            kind, _, value = self.sense(j).partition(".")
            if kind in ("field", "per") and value in set(Per) and self.senses[i] != "sorted":
                self.used.update((i, j))
                self.values["per"] = Per(value)
            elif kind == "field":
                self.used.update((i, j))
                self.values["by"] = Field(value)

    # What is asked for

    def _head(self) -> Asking | None:
        if self.has("brief", "brief."):
            return self._brief()
        if asking := self._compared() or self._of_program():
            return asking
        if nouns := [i for i in self.left("noun.") if self.senses[i] != "noun.accounts"]:
            return self._of_noun(nouns)
        are_deals = any(each.word == "opportunity" for each in self.pieces) and not self.has("noun.accounts")
        if are_deals and "by" in self.values:
            self.take("stage.opportunity")
            return Subject.DEALS, None
        if asking := self._of_member():
            return asking
        before = self.standing_on
        if before is not None and not self.is_account_named and self._goes_on(before):
            self.is_subject_said = False
            return before.subject, None
        contacts = [i for i, each in enumerate(self.pieces) if each.contact]
        if contacts and not self.left("text", "doing"):
            return self._of_contact(contacts[0])
        facts = self.facts()
        if asking := self._of_tier_change() or self._headed(FIRST_HEADS, facts) or self._of_review():
            return asking
        if self.of and self.left("field.") and not self.left("owe", "due", "need", "wait", "decide"):
            self.take("record")
            return self._of_fields(self.left("field."))
        is_role_missing = self.values.get("without") == (Having.ROLE,) and not self.has("noun.accounts", "where", "per")
        if is_role_missing and (self.of or not self.values.get("roles")):
            return Subject.PEOPLE, Form.LIST
        if self.values.get("having") == (Having.SIGNAL,) and self.has("noun.accounts"):
            self.take("news")
            return Subject.ACCOUNTS, None
        if asking := self._headed(HEADS, facts) or (None if self._is_meeting() else self._headed(VERB_HEADS, facts)):
            return asking
        fields = self.left("field.")
        if fields or self._field_of_verb():
            return self._of_fields(fields)
        if asking := self._headed(LAST_HEADS, facts):
            return asking
        if self.left("function."):
            return None
        is_of_last = before and self.points and self.of and self.left("tier.", "state.", "stage.", "status.")
        self.is_subject_said = bool(is_of_last) or self._are_accounts_asked()
        return Subject.ACCOUNTS, None

    def _headed(self, heads: Sequence[Head], facts: frozenset[str]) -> Asking | None:
        """Return what the first of these says that the question has."""
        for head in heads:
            said = head.said.split()
            is_beside = all(facts.intersection(each.split("|")) for each in head.beside.split())
            is_said = self.left(*said) or (head.said.isupper() and head.said in facts)
            if not is_said or not is_beside or facts.intersection(head.unless.split()):
                continue
            self.take(*head.takes.split(), *(each for each in said if "." not in each))
            name, value = head.fills
            if name in ("which", "is_overdue"):
                self.values[name] = value
            elif name:
                self.add(name, value)
            if head.subject is Subject.REVIEWS and "which" not in self.values:
                self._which_review()
            return head.subject, head.form
        return None

    def facts(self) -> frozenset[str]:
        """Return the senses of the question, their kinds, and what else heads ask for, in capitals."""
        text = " ".join(each.word for each in self.pieces)
        people = self.places("role.", "field.roles")
        first = next((each.word for each in self.pieces if not each.is_soft), "")
        facts = {
            "OF": self.of,
            "DAY": self.is_dated,
            "PERSON": any(each.persons for each in self.pieces),
            "TEXT": self.left("text"),
            "FUNCTION": self.left("function."),
            "DATE": any(word in text for word in ("when", "deadline", "date")),
            "ACCOUNTS": self._are_accounts_asked(),
            "NO_PROOF": self.values.get("without") == (Having.PROOF,),
            "ACCOUNTS_FIRST": people and "noun.accounts" in self.senses[: people[0]],
            "ADDING": first == "add",
        }
        kinds = (each.partition(".")[0] + "." for each in self.senses if "." in each)
        return frozenset((*self.senses, *kinds, *(name for name, is_so in facts.items() if is_so)))

    def _is_meeting(self) -> bool:
        """Return true where one of our people met somebody: that is no review, nor what the buyer did."""
        met = (i for i, each in enumerate(self.pieces) if self.senses[i] == "touch" or each.word == "meet")
        return any(i and self.pieces[i - 1].persons for i in met)

    def _brief(self) -> Asking:
        """Read what is to be told in a few lines: "brief me on Acme", "summarise this week in three lines"."""
        self.take("brief", "program", "noun.accounts", "all")
        if lines := self.take("brief."):
            self.values["limit"] = int(self.senses[lines[0]].removeprefix("brief."))
        return Subject.ACCOUNTS, Form.BRIEF

    def _compared(self) -> Asking | None:
        orders = (*BY, "more_than")
        if not (self.has("compare") or (self.left(*orders) and len(self.of) > 1)):
            return None
        persons = [each for each in self.pieces if each.persons]
        several = (self.of, self.left("tier."), self.values.get("segments", ()), persons)
        if not any(len(each) > 1 for each in several):
            return None
        self.take("compare", "and", "or", "other", "by")
        nouns = [i for i in self.left("noun.") if self.senses[i] != "noun.accounts"]
        self.used.update(nouns[:1])
        subject = self.value(nouns[0]) if nouns else Subject.ACCOUNTS
        fields = [self.value(i) for i in self.take("field.")]
        for i in self.take(*orders):
            if not fields and self.senses[i] not in ("highest", "lowest", "more_than"):
                fields.append(BY[self.senses[i]])
        said: set[Field] = set() if len(self.of) > 1 else {Field.SEGMENT, Field.TIER}
        self.add("fields", *(each for each in fields if each not in said))
        self.take("which", "who", "how", "when")
        return subject, Form.COMPARE

    def _of_program(self) -> Asking | None:
        """Read what is asked of the program as a whole: how it is doing, and its figures."""
        if self.of:
            return None
        if measures := self.take("measure."):
            self.add("measures", *self.values_at(*measures))
            self.take("how_much", "total", "how_many", "us")
            return Subject.PROGRAM, Form.FIELD
        is_each = self.values.get("per") and self.has("how") and not self.left("noun.", "field.")
        if self.has("program") or is_each:
            self.take("program", "how", "card", "do")
            return Subject.PROGRAM, Form.CARD
        return None

    def _of_noun(self, nouns: Sequence[int]) -> Asking:
        subject: Subject = self.value(nouns[0])
        self.used.update(i for i in nouns if self.value(i) is subject)
        if subject in (Subject.ACTIONS, Subject.DEALS, Subject.ASKS) and self.take("overdue"):
            self.values["is_overdue"] = True
        if subject is Subject.BLOCKERS and self.has("who"):
            self.take("own")
        if subject is Subject.REVIEWS:
            self._which_review()
        self.take(*TAKEN_WITH_NOUN.get(subject, "").split())
        if subject is Subject.REVIEWS and (recaps := self.take("recap")):
            is_agenda = any("agenda" in self.pieces[i].word for i in recaps)
            self.values.setdefault("which", Which.NEXT if is_agenda else Which.LAST)
            return subject, Form.CARD
        return subject, Form.WHO if subject is Subject.REVIEWS and self.take("attend") else None

    def _which_review(self) -> None:
        if self.is_dated:
            self.take("next")
        for sense, which in (("next", Which.NEXT), ("last", Which.LAST), ("progress.open", Which.OPEN)):
            if self.take(sense):
                self.values["which"] = which
                return

    def _of_review(self) -> Asking | None:
        """Read what is asked of the last or the next review: when it is, who attends, what was decided."""
        reviews = self.left("field.last_review", "field.next_review")
        if not reviews or (self.of and not self.left("attend", "recap", "decide", "discuss")):
            return None
        self.values["which"] = Which.LAST if self.senses[reviews[0]] == "field.last_review" else Which.NEXT
        self.used.update(reviews)
        self.take("when")
        if self.take("decide"):
            return Subject.DECISIONS, None
        return Subject.REVIEWS, Form.WHO if self.take("attend") else Form.CARD if self.take("recap") else Form.WHEN

    def _of_member(self) -> Asking | None:
        """Read who is away, until when one of us is, and "who is Lee Park": one of us and nothing else of weight."""
        persons, rest = self.persons, [i for i, each in enumerate(self.senses) if each not in ("who", "how", "why")]
        is_away = self.left("away") and not self.of
        if is_away and not persons:
            self.values["about"] = AWAY
        elif len(persons) != 1 or not (is_away or self._is_who_asked([i for i in rest if i not in persons])):
            return None
        self.take("who", *(("away", "when", "since_when", "how_long") if is_away else ()))
        self.used.update(persons)
        self.add("whose", *(each for i in persons for each in self.pieces[i].persons))
        return Subject.MEMBERS, Form.CARD if persons else Form.LIST

    def _is_who_asked(self, others: Sequence[int]) -> bool:
        asks = self.has("who", "card", "job") or self.pieces[-1].word == "do"
        is_more = self.of or self.is_dated or self.has("my", "have_got") or any(self._is_unused(i) for i in others)
        is_of_theirs = not self.has("job") and any(each.persons and each.is_possessive for each in self.pieces)
        return asks and not is_more and not is_of_theirs

    def _goes_on(self, before: Query) -> bool:
        """Take words that say more of the things asked for before: "which are overdue", "who raised it"."""
        is_of_roles = before.subject is Subject.ACCOUNTS and before.roles and self.left("role.")
        if is_of_roles and not self.has("who", "which", "do", "have", "there_is"):
            self.add("roles", *self.values_at(*self.take("role.")))
            return True
        if before.subject not in WITH_PROGRESS or self.has("owe", "noun.accounts"):
            return False
        verbs = self.left("overdue", "progress.", "raise", "record", "start", "resolve", "block", "blocked")
        if before.subject in (Subject.BLOCKERS, Subject.ACTIONS):
            verbs += self.left("need", "wait", "own", "have")
        if not verbs and not (before.subject is Subject.BLOCKERS and self.left("function.")):
            return False
        if self.take("overdue"):
            self.values["is_overdue"] = True
        self.take("raise", "record", "start", "block", "blocked", "need", "wait", "own")
        return True

    def _of_contact(self, at: int) -> Asking:
        """Read a question about somebody at an account."""
        self.used.add(at)
        self.values["about"] = self.pieces[at].contact
        self.take("know", "job", "field.roles", "own", "touch")
        if self.take("leave", "progress.lost"):
            self.values["progress"] = (Progress.LOST,)
        is_role = self.left("role.") or "progress" in self.values
        return Subject.PEOPLE, None if is_role and self.asks_whether() else Form.WHO

    def _of_tier_change(self) -> Asking | None:
        """Read who changed tier: "moved to tier 1"."""
        tiers = [i for i in self.left("tier.") if self.sense(i - 1) != "at" or self.pieces[i - 1].word == "between"]
        is_to_tier = " to tier" in " ".join(each.word for each in self.pieces)
        moves = self.left("move", *(("progress.dropped", "way.") if is_to_tier else ()))
        if not tiers or not moves or self.left("stage."):
            return None
        self.used.update((*tiers, *moves))
        self.add("tiers", self.value(tiers[-1]))
        return Subject.LIST_CHANGES, None

    def _are_accounts_asked(self) -> bool:
        """Return true where accounts are what is asked for: "accounts that are late", not "late on my accounts"."""
        at = next(iter(self.places("noun.accounts")), None)
        return at is not None and not {"at", "for", "with", "from"}.intersection(self.senses[:at])

    def _is_answer_of_accounts(self, subject: Subject) -> bool:
        """Return false for other things where accounts are asked for: "accounts running a play"."""
        if subject in SHOWN_OF_ACCOUNTS or not self._are_accounts_asked():
            return True
        at = self.senses.index("noun.accounts")
        if any(i < at for i in self.places("noun.", "role.", "who", "whose", "block", "blocked")):
            return True
        if subject is Subject.DEALS:
            return bool(self.values.get("period")) and not self.values.get("progress")
        return bool(self.values.get({Subject.BLOCKERS: "needs", Subject.DECISIONS: "decisions"}.get(subject, "")))

    # Fields

    def _field_of_verb(self) -> bool:
        """Fill fields that verbs ask for: who owns, when does it close, how long in its stage."""
        before = len(self.values.get("fields", ()))
        mine = bool(self.persons or self.left("my", "me", "field.owner", "field.partner", "field.executive"))
        mine = mine or bool(self.left("field.") and not self.has("who", "whose"))
        is_own = bool(self.left("own")) and not mine and not self.asks_whether()
        is_had = self.has("who") and self.left("have") and not self.left("field.", "way.", "status.", "stage.", "tier.")
        if self.of and (is_own or is_had or self.left("whose")):
            self.take("whose", *(("own", "who") if is_own else ("who", "have") if is_had else ()))
            self.add("fields", Field.OWNER)
        if self.has("when") and self.take("close"):
            self.take("when")
            self.add("fields", Field.CLOSE_DATE)
        if self.has("how_long") and self.of and self.take("stage.", "field.stage"):
            self.take("how_long", "in_stage")
            self.add("fields", Field.DAYS_IN_STAGE)
        if self.has("last") and (done := self.take(*LAST_OF)):
            self.add("fields", *(LAST_OF[self.senses[i]] for i in done))
        return len(self.values.get("fields", ())) > before

    def _of_fields(self, fields: Sequence[int]) -> Asking:
        """Read a field: of the accounts named, of many as their sum or their order."""
        asked, per = [self.value(i) for i in fields], "per" in self.values
        before = self.standing_on
        is_narrowed = self.persons or self.values.get("segments") or self.has("tier.", "state.", "stage.")
        if before is not None and not (self.of or is_narrowed or self.has("noun.accounts", "per", "by")):
            self.add("of", *before.of)
            self.is_subject_said = not before.of
        if fields and self.of:
            self._field_of_verb()
        is_how = any(self.senses[i] == "field.value" and self.pieces[i].word.startswith("how") for i in fields)
        if len(asked) > 1 and is_how:
            asked.remove(Field.VALUE)
        if asked and self.of and self.take("function.executive"):
            asked.append(Field.EXECUTIVE)
        self.used.update(fields)
        if asked and len(self.of) > 1 and self.has("or") and not self.asks_whether():
            self.add("fields", *asked)
            return Subject.ACCOUNTS, Form.COMPARE
        if Field.PIPELINE in asked and not self.of:
            return Subject.DEALS, Form.SUM
        is_much = self.has("how_much", "total") and (Field.VALUE in asked or not asked)
        is_sum = not self.of and "by" not in self.values and not any(each.amount for each in self.pieces)
        if is_much or (asked == [Field.VALUE] and (is_sum or per)):
            self.take("how_much", "total", "how_many")
            self.add("fields", *(asked or [Field.VALUE]))
            return Subject.ACCOUNTS, Form.FIELD if is_much and len(self.of) == 1 else Form.SUM
        if asked == [Field.FIT] and per and not self.of:
            self.add("measures", Measure.FIT)
            return Subject.PROGRAM, Form.FIELD
        if "by" in self.values and len(asked) == 1 and not self.of:
            self.values["by"] = asked[0]
            return Subject.ACCOUNTS, None
        if self.of or self.has("it", "here"):
            return self._field_of_accounts(fields, asked)
        self.used.difference_update(fields)
        self.is_subject_said = before is None or self._are_accounts_asked()
        return Subject.ACCOUNTS, None

    def _field_of_accounts(self, fields: Sequence[int], asked: Sequence[Field]) -> Asking:
        """Read a field of the accounts named: its value, who wrote it, whether there is one."""
        said, people = set(asked), {Field.PARTNER, Field.EXECUTIVE}
        if asked and self.left("who"):
            if said <= set(LAST_OF.values()) and not self.left("record"):
                self.take("who")
            elif said <= {Field.NARRATIVE, Field.FIT, Field.JUSTIFICATION} and not self.persons:
                self._bind("having", fields)
                return Subject.ACCOUNTS, Form.WHO
        if people & said and self.persons:
            self.used.update(self.persons)
        elif self.asks_whether():
            if Field.OWNER in asked and (self.persons or self.left("me", "my")):
                return Subject.ACCOUNTS, None
            things = [i for i in fields if self._thing(i) not in (None, Having.ROLE)]
            is_either = any("or not" in each.word for each in self.pieces)
            if things and (is_either or self.has("have", "there_is", "have_got")):
                self._bind("having", things)
                return Subject.ACCOUNTS, Form.YES_NO
        self.add("fields", *asked)
        found = set(self.values["fields"])
        self.take("own")
        if (people | {Field.OWNER, Field.ROLES}) & found:
            self.take("who", "whose")
        if {Field.VALUE, Field.PIPELINE} & said:
            self.take("how_much", "how_many")
        if DATES & found:
            self.take("when", "last", "since_when", "how_long")
        if people & said:
            self.take("my", "function.")
        for kind, name in (("state.", Field.STATE), ("tier.", Field.TIER), ("stage.", Field.STAGE)):
            if name in asked and len(self.left(kind)) > 1:
                self.take(kind)
        return Subject.ACCOUNTS, Form.FIELD

    # What narrows the things asked for

    def _about(self, subject: Subject) -> None:
        """Take the words of a title: the security review, the pricing deck."""
        if subject not in WITH_TEXT:
            return
        runs: list[list[int]] = []
        for i in self.left("text", "doing"):
            if runs and runs[-1][-1] == i - 1 and not self.pieces[i - 1].mark:
                runs[-1].append(i)
            else:
                runs.append([i])
        titles = [run for run in runs if any(self.senses[i] == "text" for i in run)]
        for run in titles:
            after = run[-1] + 1
            if after < len(self.pieces) and self.pieces[after].word == "plan":
                run.append(after)
        is_done = self.left("doing") and self.pieces[0].word.split()[0] in ("did", "has", "have")
        if titles and subject is Subject.ACTIONS and is_done:
            self.values["progress"] = (Progress.DONE,)
        if titles:
            best = max(titles, key=len)
            self.values["about"] = " ".join(self.pieces[i].word for i in best)
            self.used.update(best)
        if subject is Subject.ACTIONS:
            self.take("doing")

    def _filters(self, subject: Subject) -> None:
        """Fill the slots that senses name."""
        if subject is Subject.DECISIONS and self.take("state.needs_intervention"):
            self.add("decisions", DecisionKind.INTERVENE)
        if subject is Subject.MOVEMENT:
            for way in (Way.ADVANCED, Way.EXPANDED, Way.CLAIMED):
                if self.take(f"state.{way.value}"):
                    self.add("ways", way)
            self.add("ways", *self.values_at(*self.take("way.")))
        if subject is not Subject.ACCOUNTS:
            # "new blockers", but not "which contacts are new"
            new = self.left("state.new")
            self.used.update(i for i in new if self.sense(self.after(i)).startswith(("noun.", "signal.")))
        for i in self.left("progress.done"):
            before = self.before(i)
            if self.sense(before) in ("need", "owe"):
                self.used.update((i, before))
        for kind, name in SLOT_OF.items():
            self.add(name, *self.values_at(*self.take(kind)))
        if subject in (Subject.PEOPLE, Subject.ACCOUNTS) and self.take("leave"):
            self.add("progress", Progress.LOST)
        statuses = self.values_at(*self.take("status."))
        others = [each for each in statuses if each is not ListStatus.NAMED]
        self.add("statuses", *(statuses if self.of and self.has("or") else others or statuses))
        if subject is Subject.BLOCKERS or Having.BLOCKER in self.values.get("having", ()):
            self.add("needs", *self.values_at(*self.take("function.")))
            self.take("need", "wait")
        elif subject in (Subject.ACTIONS, Subject.ASKS):
            for wanted in self.values_at(*self.take("function.")):
                of_function = [each.user_id for each in self.names.members() if each.function is wanted]
                self.add("whose", *(of_function or [wanted.value]))
        elif subject is Subject.MEMBERS:
            for wanted in self.values_at(*self.take("function.")):
                self.values["about"] = wanted.value.replace("_", " ")
        for i, piece in enumerate(self.pieces):
            if piece.amount is not None:
                self.used.add(i)
                bounds = {name: getattr(piece.amount, name) for name in ("least_cents", "most_cents", "currency")}
                self.values |= {name: value for name, value in bounds.items() if value}
                self.take("field.value", "field.amount", "field.pipeline")
        if self.take("ownerless"):
            self.add("without", Having.OWNER)
        self.take("noun.accounts")

    def _people(self, subject: Subject) -> None:
        """Give our people their part: owners of accounts, or those answerable for the things."""
        of_owners = subject in OF_OWNERS and subject is not Subject.LIST_CHANGES
        for i in (*self.persons, *self.left("my")):
            who = self.pieces[i].persons or (self.asked.user_id,)
            if len(who) > 1:
                continue
            self.used.add(i)
            also = self.after(self.after(i))
            if self.sense(self.after(i)) == "and" and also < len(self.pieces) and self.pieces[also].word == "me":
                self.used.add(also)
                who = (*who, self.asked.user_id)
            is_agent = subject is Subject.BLOCKERS and self.pieces[i].persons and not self.pieces[i].is_possessive
            self.add("owners" if (of_owners and not is_agent) or self._owns(i) else "whose", *who)
        if not (self.values.get("whose") or (self.values.get("owners") and subject in OF_OWNERS)):
            said = [set(self.pieces[i].word.split()) for i in self.places(*DONE_BY_ASKER)]
            acting = [i for i in self.left("me", "have_got") if self._acts(i, subject)]
            if acting or any(OF_ASKER & words for words in said):
                self.used.update(acting)
                is_agent = subject is Subject.BLOCKERS and self.has("own", "resolve", "need", "wait")
                self.add("owners" if of_owners and not is_agent else "whose", self.asked.user_id)
        if self.values.get("owners") or self.has("my"):
            self.take("own")

    def _owns(self, at: int) -> bool:
        """Return true for the owner of accounts: "on Nora's accounts", "accounts of Nora"."""
        return self.sense(self.after(at)) == "noun.accounts" or self.sense(self.before(at)) in ("noun.accounts", "own")

    def _acts(self, at: int, subject: Subject) -> bool:
        """Return true where "I" does what is asked: "what do I owe", not "can I see"."""
        if self.has("who") and not self.has("own", "owe", "wait", "asked"):
            return False
        if subject in (Subject.ACTIONS, Subject.ASKS) or self.senses[at] == "have_got":
            return subject is not Subject.MEMBERS
        before, after = self.sense(at - 1), self.sense(self.after(at))
        if after == "own":
            return True
        if subject is Subject.ACCOUNTS and before == "do" and after:
            return after == "have"
        return before in ("is", "do", "have", "own", "wait")

    def _days(self, subject: Subject) -> None:
        is_over = bool(set(self.values.get("progress", ())) & OVER) or self.values.get("is_overdue")
        is_over = is_over or (
            subject is Subject.REVIEWS and any(PAST_WORDS & set(each.word.split()) for each in self.pieces)
        )
        is_coming = subject in TO_COME and not is_over and self.values.get("which") is not Which.LAST
        for i, piece in enumerate(self.pieces):
            when = piece.when
            if when is None or when.problem or when.step is not None:
                continue
            if when.is_since_review:
                self.used.add(i)
                day = self.asked.last_review_on()
                if subject is not Subject.MOVEMENT and day is not None:
                    self.values["period"] = Period(day)
            elif "period" not in self.values:
                self.used.add(i)
                period = when.coming if is_coming else when.past
                if when.is_age and self.values.get("without") and when.past:
                    period = Period(when.past.last)
                self.values["period"] = period

    # The form

    def _form(self, subject: Subject, form: Form | None) -> Form:
        if form is Form.COMPARE:
            return form
        self.is_form_said = self.is_form_said or self.has(*FORM_WORDS)
        if form is not None and (subject is Subject.PROGRAM or form is Form.SUM):
            self.take("how_many", "how_much", "total", "how")
            return form
        if self.take("how_many") or (self.values.get("per") and not self.has("how_much", "total")):
            return Form.COUNT
        if form is not None:
            self.take("total", *(("who",) if form is Form.WHO else ()))
            return form
        if self.take("total", "how_much"):
            return Form.SUM if subject in (Subject.DEALS, Subject.ACCOUNTS) else Form.COUNT
        if self.take("why"):
            return Form.WHY
        if self.take("when", "since_when", "how_long"):
            return Form.WHEN
        whether = self.asks_whether() and subject is not Subject.MEMBERS
        of_account = subject is Subject.ACCOUNTS and bool(self.of)
        is_plain = of_account and not any(self.values.get(each) for each in FILTERS)
        if is_plain and self.has("card"):
            return Form.CARD
        nouns = self.places("noun.")
        if nouns and any(i > nouns[0] for i in self.left("whose")):
            self.take("whose")
        if not whether and self.take("who", "whose"):
            return self._form_of_who(subject)
        self.take("who")
        if whether and of_account and self.has("or"):
            for name, asked in EITHER_OF.items():
                if len(self.values.get(name, ())) > 1:
                    self.values[name] = ()
                    self.add("fields", asked)
                    return Form.FIELD
        if whether:
            return Form.YES_NO
        if is_plain:
            return self._plain_card()
        if of_account:
            self.odd.update(self.places("how"))
            return Form.LIST if self.has("which") and len(self.of) > 1 else Form.YES_NO
        return Form.LIST

    def _form_of_who(self, subject: Subject) -> Form:
        """Return whether "who" asks for the list of things, or for those who did something with them."""
        if subject is Subject.MEMBERS:
            return Form.LIST
        if subject is Subject.PEOPLE:
            return Form.WHO if self.values.get("about") else Form.LIST
        return Form.LIST if subject in SHOWN_OF_ACCOUNTS and not self.of else Form.WHO

    def _plain_card(self) -> Form:
        """Return the card, and leave words unread beside which a name alone does not ask for it."""
        if not self.has("card", "how"):
            odd = self.places(*NOT_OF_CARD)
            self.used.difference_update(odd)
            self.odd.update(odd)
        return Form.CARD

    def asks_whether(self) -> bool:
        """Return true where a clause begins with its verb: is, does, has, "has anybody"."""
        is_start = is_polite = False
        for i, piece in enumerate(self.pieces[:-1]):
            sense = self.senses[i]
            is_start = is_start or not i
            if is_start and (
                (sense in ("is", "have_got") or (sense == "do" and self.sense(i + 1) != "me"))
                or (sense == "have" and not is_polite)
                or (sense == "there_is" and bool(self.of or self.values.get("about")))
                or (sense == "any" and piece.word.split()[0] in HELPING and " " in piece.word)
            ):
                return True
            is_polite = is_polite or piece.word in ("could i", "can i", "may i", "could we", "can we")
            is_light = (piece.is_soft and not sense) or sense in ("hello", "thanks", "show", "yes", "if")
            is_light = is_light or (sense == "and" and not (i and self.pieces[i - 1].mark == ","))
            is_start = (is_start and is_light) or piece.mark in (*SENTENCE_ENDS, ",")
        return self.has("if") and not self.has("who", "when", "why")

    def _settled(self, subject: Subject, form: Form) -> tuple[Subject, Form]:
        """Return subject and form where several slots together say another question."""
        values = self.values
        without, having = set(values.get("without", ())), values.get("having", ())
        is_past = any(PAST_WORDS & set(each.word.split()) or each.word.endswith("ed") for each in self.pieces)
        if subject is Subject.REVIEWS and form is Form.YES_NO and is_past and not {"which", "period"} & values.keys():
            values["which"] = Which.LAST
        is_held = values.get("which") in (Which.LAST, Which.OPEN)
        if subject is Subject.REVIEWS and form is Form.LIST and is_held and not self.has("any"):
            form = Form.CARD
        if subject is Subject.CHANGES and values.get("statuses") == (ListStatus.NAMED,):
            subject, values["statuses"] = Subject.LIST_CHANGES, ()
        if having == (Having.VALUE,) and any(each.amount for each in self.pieces):
            values["having"] = ()
        if Way.CLAIMED in values.get("ways", ()) and without <= {Having.EVIDENCE, Having.PROOF}:
            values["without"] = ()
        if subject is Subject.ACCOUNTS:
            if form in (Form.WHEN, Form.WHY) and having == (Having.BLOCKER,) and self.of:
                subject, values["having"] = Subject.BLOCKERS, ()
            if form is Form.SUM and not values.get("fields"):
                values["fields"] = (Field.VALUE,)
            is_since_review = any(each.when is not None and each.when.is_since_review for each in self.pieces)
            if form is Form.LIST and having == (Having.MOVEMENT,) and is_since_review:
                subject, values["having"] = Subject.MOVEMENT, ()
            if without == {Having.MOVEMENT} and not {"period", "ways"} & values.keys():
                values["without"] = ()
                self.add("states", AccountStanding.STALLED)
        return subject, form

    # What is left unread

    def _is_unused(self, at: int) -> bool:
        piece, sense = self.pieces[at], self.senses[at]
        if at in self.odd:
            return True
        if at in self.used or piece.choice:
            return False
        if sense in WEIGHTY or (sense in ("it", "here") and not self.of):
            return True
        if sense == "with":
            return not any(each.is_name for each in self.pieces[self.after(at) :][:1])
        if sense == "me":
            return self.sense(at - 1) not in ("show", "is", "for") and piece.word not in ("me", "id", "for me")
        return not (piece.is_soft or sense in FREE)

    def _leave_idle(self, query: Query) -> None:
        """Leave words unread that shape questions but do nothing in this one."""
        said = [i for i in range(len(self.pieces)) if i not in self.used]
        asking, whether = [i for i in range(len(self.senses)) if self.senses[i] in INTERROGATIVE], self.asks_whether()
        is_of_accounts = query.subject is Subject.ACCOUNTS
        for i in said:
            sense, before = self.senses[i], self.sense(i - 1)
            is_second = sense in INTERROGATIVE and asking[0] < i
            if (
                (sense == "or" and not self._joins(i))
                or (is_second and (self.pieces[i - 1].mark or {"and", "or"} & {*self.senses[max(0, i - 2) : i]}))
                or (sense == "if" and before == "and")
            ):
                self.odd.add(i)
        is_question = self.senses[0] in ("do", "any", "if") or self.has("or") or whether
        is_question = is_question or any(each.mark == "?" for each in self.pieces)
        if query.form is Form.YES_NO and self.standing_on is None and not is_question:
            self.odd.add(0)
        if query.form is Form.CARD and is_of_accounts and not self.has("card", "how", "show"):
            beside = [i for i in said if not self.pieces[i].is_name]
            self.odd.update(beside if len(beside) > MOST_BESIDE_NAMES else ())
        if query.form is Form.YES_NO and is_of_accounts:
            if query.states or query.stages:
                self.odd.update(i for i, each in enumerate(self.pieces) if OF_OTHER_DAYS & set(each.word.split()))
            if not whether:
                self.odd.update(i for i in said if self.senses[i] in INTERROGATIVE)
        if query.form is Form.FIELD and self.has("card") and self.has("and"):
            self.odd.update(i for i in said if self.senses[i] == "card" and not self.pieces[i].is_soft)
        if query.form is Form.COUNT and query.subject in (Subject.ACCOUNTS, Subject.PEOPLE, Subject.MEMBERS):
            self.odd.update(i for i, each in enumerate(self.pieces) if "often" in each.word)
        if self.standing_on is None and self.senses[0] == "only":
            self.odd.add(0)
        if query.form is not Form.COMPARE:
            self.odd.update(self._unjoined())
        if len(query.stages) > 1:
            self.odd.update(i for i, each in enumerate(self.pieces) if each.word in ("from", "between"))
        idle = [i for i in said if i not in self.odd and self.senses[i] not in ("hello", "thanks")]
        if query.form is not Form.BRIEF and (len(idle) > MOST_IDLE or len(self.pieces) > MOST_PIECES):
            self.odd.update(idle)

    def _unjoined(self) -> Iterator[int]:
        """Yield the second of two accounts, or of two of our people, that no "and", "or" or comma joins."""
        accounts = [i for i, each in enumerate(self.pieces) if each.account is not None]
        persons = [i for i, each in enumerate(self.pieces) if each.persons]
        for one, other in (*pairwise(accounts), *pairwise(persons)):
            between = self.senses[one + 1 : other]
            if between and self.pieces[one].mark != "," and not {"and", "or", "compare"}.intersection(between):
                yield other

    def _joins(self, at: int) -> bool:
        """Return true for an "or" between two values of one kind, or before "or not"."""
        before, after = self.before(at), self.after(at)
        if before < 0 or after == len(self.pieces):
            return True
        goes_on = ("not", "without", "is", "furthest", "more_than", "any")
        return self._kind(before) == self._kind(after) or self.senses[after] in goes_on

    def _kind(self, at: int) -> str:
        """Return of what kind a piece is: an account, a person, days, or the kind of its sense."""
        piece = self.pieces[at]
        if piece.is_name:
            return "account" if piece.account or piece.choice else "segment" if piece.segment else "person"
        return "number" if piece.number else self.senses[at].partition(".")[0]
