"""One combination of senses, filled into the slots of a query."""

from collections.abc import Iterator, Sequence
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


# What the values of senses are, by the beginning of their name.

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

HAVING_OF_NOUN = {
    "noun.actions": Having.NEXT_ACTION,
    "noun.blockers": Having.BLOCKER,
    "block": Having.BLOCKER,
    "blocked": Having.BLOCKER,
    "noun.asks": Having.ASK,
    "noun.decisions": Having.DECISION,
    "decide": Having.DECISION,
    "noun.changes": Having.UPDATE,
    "record": Having.UPDATE,
    "news": Having.UPDATE,
    "noun.movement": Having.MOVEMENT,
    "move": Having.MOVEMENT,
    "noun.evidence": Having.EVIDENCE,
    "buyer_did": Having.EVIDENCE,
    "noun.signals": Having.SIGNAL,
    "noun.people": Having.CONTACT,
    "know": Having.CONTACT,
    "noun.deals": Having.DEAL,
    "noun.plays": Having.PLAY,
    "noun.reviews": Having.REVIEW,
    "discuss": Having.REVIEW,
    "touch": Having.TOUCH,
    "having.touch": Having.TOUCH,
    "having.proof": Having.PROOF,
    "having.proposal": Having.PROPOSAL,
    "field.owner": Having.OWNER,
    "own": Having.OWNER,
    "field.partner": Having.PARTNER,
    "field.executive": Having.EXECUTIVE,
    "field.segment": Having.SEGMENT,
    "field.value": Having.VALUE,
    "field.narrative": Having.NARRATIVE,
    "field.fit": Having.FIT,
    "field.justification": Having.JUSTIFICATION,
    "field.pipeline": Having.DEAL,
    "field.last_touch": Having.TOUCH,
    "function.marketing": Having.PARTNER,
    "function.executive": Having.EXECUTIVE,
    "overdue": Having.OVERDUE_ACTION,
}

_BEFORE_THAT_SAID = "is of for why do have at how_long how_much with progress.done"
BEFORE_THAT = frozenset(_BEFORE_THAT_SAID.split())

PRONOUNS = frozenset({"it", "its", "they", "them", "their", "there", "theirs"})
POLITE = frozenset({"show", "card", "hello", "thanks", "help", "if", "there_is", "skip", ""})
"""Senses of phrases whose pronouns stand for nothing."""

UNCLEAR = 0
"""Stands for the account of a name that is not clear."""

_FREE_SAID = (
    "which show is do any there_is if yes that have have_got with me us it they he here and or at about for from how "
    "where card hello thanks now correction job by all only than in_stage on_our_side"
)
FREE = frozenset(_FREE_SAID.split())
"""Senses of words that shape a question and need no use of their own."""

FILTERS = ("states", "stages", "tiers", "statuses", "having", "without", "owners")
"""Slots by which one account is asked for yes or no."""

RECORDED = frozenset({Subject.CHANGES, Subject.DECISIONS, Subject.SIGNALS, Subject.EVIDENCE, Subject.MOVEMENT})
WITH_PROGRESS = frozenset(
    {Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS, Subject.DEALS, Subject.PLAYS, Subject.MOVEMENT, Subject.EVIDENCE}
)
"""Subjects whose things come to an end, or were recorded by somebody."""

WITH_TEXT = frozenset(
    {
        Subject.ACTIONS,
        Subject.BLOCKERS,
        Subject.ASKS,
        Subject.DECISIONS,
        Subject.DEALS,
        Subject.EVIDENCE,
        Subject.PEOPLE,
    }
    | {Subject.PLAYS, Subject.CHANGES}
)
"""Subjects whose things have a text of their own."""

_WEIGHTY_SAID = "not without my overdue others other second furthest top same"
WEIGHTY = frozenset(_WEIGHTY_SAID.split())
"""Senses that are never left unused, also where their words may be fillers."""

PAST_WORDS = frozenset({"was", "were", "did", "had", "held", "took", "been"})
TO_COME = frozenset({Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.REVIEWS})
"""Subjects whose days are those on which they are due, close or take place."""

OVER = frozenset({Progress.DONE, Progress.DROPPED, Progress.SLIPPED, Progress.WON, Progress.LOST})
OF_OWNERS = frozenset(
    {Subject.ACCOUNTS, Subject.MOVEMENT, Subject.SIGNALS, Subject.PEOPLE, Subject.DEALS, Subject.REVIEWS}
    | {Subject.BLOCKERS, Subject.LIST_CHANGES}
)
"""Subjects whose people are the owners of accounts."""

BY = {"biggest": Field.VALUE, "smallest": Field.VALUE, "oldest": Field.AGE, "newest": Field.AGE}
BY |= {"longest": Field.DAYS_IN_STAGE, "shortest": Field.DAYS_IN_STAGE, "soonest": Field.CLOSE_DATE}
BY |= {"furthest": Field.STAGE, "highest": Field.VALUE, "lowest": Field.VALUE, "top": Field.VALUE}
LOWEST = frozenset({"smallest", "shortest", "soonest", "lowest", "newest"})
"""What an order word orders by, and which of them begin with the lowest."""

COMPARED = {"biggest": Field.VALUE, "smallest": Field.VALUE, "longest": Field.DAYS_IN_STAGE}
COMPARED |= {"soonest": Field.CLOSE_DATE, "furthest": Field.STAGE, "shortest": Field.DAYS_IN_STAGE}

WAY_OF_STATE = {AccountStanding.ADVANCED: Way.ADVANCED, AccountStanding.EXPANDED: Way.EXPANDED}
WAY_OF_STATE |= {AccountStanding.CLAIMED: Way.CLAIMED}

FUNCTION_FIELDS = {"marketing": Field.PARTNER, "executive": Field.EXECUTIVE, "sales": Field.OWNER}

_HELPING_SAID = "is are was were did does do has have hvae"
HELPING = frozenset(_HELPING_SAID.split())


OF_ASKER = frozenset({"i", "me", "my", "mine"})
_ABOUT_ACTIONS_SAID = "due when who whose owe progress.done progress.open overdue doing"
ABOUT_ACTIONS = frozenset(_ABOUT_ACTIONS_SAID.split())
"""Senses beside which the words of a title mean an action."""

_NOT_OF_CARD_SAID = "do have who when where any from have_got there_is than me with"
NOT_OF_CARD = frozenset(_NOT_OF_CARD_SAID.split())
_DONE_BY_ASKER_SAID = "owe own due overdue asked whose noun.actions need wait"
DONE_BY_ASKER = frozenset(_DONE_BY_ASKER_SAID.split())
"""Phrases that may hold the asker: "due from me", "under my name"."""

VERBS: tuple[tuple[tuple[str, ...], Subject], ...] = (
    (("overdue",), Subject.ACTIONS),
    (("owe", "due"), Subject.ACTIONS),
    (("asked",), Subject.ASKS),
    (("buyer_did",), Subject.EVIDENCE),
    (("recap",), Subject.REVIEWS),
    (("attend",), Subject.REVIEWS),
    (("discuss",), Subject.REVIEWS),
    (("decide", "decision."), Subject.DECISIONS),
    (("block",), Subject.BLOCKERS),
    (("resolve",), Subject.BLOCKERS),
    (("blocked",), Subject.BLOCKERS),
    (("need",), Subject.BLOCKERS),
    (("wait",), Subject.BLOCKERS),
    (("promote", "demote", "add", "leave"), Subject.LIST_CHANGES),
    (("silent",), Subject.ACCOUNTS),
    (("touch",), Subject.ACCOUNTS),
    (("way.",), Subject.MOVEMENT),
    (("move",), Subject.MOVEMENT),
    (("news",), Subject.CHANGES),
    (("record",), Subject.CHANGES),
    (("know",), Subject.PEOPLE),
    (("progress.won", "progress.lost"), Subject.DEALS),
    (("close",), Subject.DEALS),
    (("progress.done",), Subject.ACTIONS),
    (("progress.dropped",), Subject.ACTIONS),
)
"""Verbs that tell the subject, the strongest first."""


SHOWN_OF_ACCOUNTS = frozenset({Subject.ACCOUNTS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.SIGNALS})
"""Subjects that answer which accounts did something."""

INTERROGATIVE = frozenset(
    {"which", "who", "whose", "when", "since_when", "where", "how", "how_many", "how_much", "why"}
)
OF_OTHER_DAYS = frozenset({"was", "were", "ever", "will", "soon", "become", "before"})
"""Words by which the state of another day than today is asked for."""

MOST_BESIDE_NAMES = 2
"""Words beside a name that alone asks how the account stands."""

MOST_IDLE, MOST_PIECES = 6, 10
"""Words that say nothing in a question that is read whole, and all of its pieces: longer ones say more than is read."""


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
        here = self.asked.channel_account
        if (
            here is not None
            and not self.of
            and self.standing_on is None
            and subject in WITH_TEXT | {Subject.MOVEMENT, Subject.SIGNALS, Subject.REVIEWS}
        ) and not (
            self.has("noun.accounts", "my", "all", "others")
            or [i for i in self.left("tier.", "state.", "stage.") if self.senses[i] != "state.new"]
            or self.values.get("segments")
            or self._persons()
        ):
            self.add("of", here)
        if self.standing_on is not None and not self.is_subject_said:
            subject = self.standing_on.subject
        by = self.values.get("by")
        if by is Field.VALUE and subject is Subject.DEALS:
            self.values["by"] = Field.AMOUNT
        if by is Field.DAYS_IN_STAGE and subject is not Subject.ACCOUNTS:
            self.values["by"] = Field.AGE
        self._about(subject)
        self._filters(subject)
        self._people(subject)
        self._days(subject)
        form = self._form(subject, form)
        if (
            subject is Subject.REVIEWS
            and form is Form.LIST
            and self.values.get("which") in (Which.LAST, Which.OPEN)
            and not self.has("any")
        ):
            form = Form.CARD
        if subject is Subject.REVIEWS and form is Form.YES_NO and not {"which", "period"} & set(self.values):
            is_held = any(PAST_WORDS & set(each.word.split()) or each.word.endswith("ed") for each in self.pieces)
            self.values |= {"which": Which.LAST} if is_held else {}
        if subject is Subject.CHANGES and self.values.get("statuses") == (ListStatus.NAMED,):
            subject, self.values["statuses"] = Subject.LIST_CHANGES, ()
        if any(each.amount for each in self.pieces) and self.values.get("having") == (Having.VALUE,):
            self.values["having"] = ()
        if (
            subject is Subject.ACCOUNTS
            and form in (Form.WHEN, Form.WHY)
            and self.values.get("having") == (Having.BLOCKER,)
            and self.of
        ):
            subject, self.values["having"] = Subject.BLOCKERS, ()
        if subject is Subject.ACCOUNTS and form is Form.SUM and not self.values.get("fields"):
            self.values["fields"] = (Field.VALUE,)
        if subject is Subject.ACCOUNTS and self.values.get("by") is Field.AMOUNT:
            self.values["by"] = Field.VALUE
        if Way.CLAIMED in self.values.get("ways", ()) and set(self.values.get("without", ())) <= {
            Having.EVIDENCE,
            Having.PROOF,
        }:
            self.values["without"] = ()
        if (
            subject is Subject.ACCOUNTS
            and self.values.get("without") == (Having.MOVEMENT,)
            and not ({"period", "ways"} & set(self.values))
        ):
            self.values["without"] = ()
            self.add("states", AccountStanding.STALLED)
        values = {name: value for name, value in self.values.items() if value not in ((), None)}
        if self.standing_on is None and not is_allowed(subject, form, values):
            return None
        if self.standing_on is None and not self._is_answer_of_accounts(subject):
            return None
        if (subject, form) == (Subject.ACTIONS, Form.YES_NO) and "about" in values and not self._is_done(values):
            return None
        query = Query(subject, form, **values)
        self._leave_idle(query)
        unused = tuple(i for i in range(len(self.pieces)) if self._is_unused(i))
        return Fitted(query, unused, senses=tuple(self.senses))

    def _is_unused(self, at: int) -> bool:
        piece, sense = self.pieces[at], self.senses[at]
        if at in self.odd:
            return True
        if at in self.used or piece.choice:
            return False
        if sense in WEIGHTY:
            return True
        if sense in ("it", "here") and not self.of:
            return True
        if sense == "with":
            j = self.after(at)
            return j is None or not self.pieces[j].is_name
        if sense == "me":
            before = self.senses[at - 1] if at else ""
            return before not in ("show", "is", "for") and piece.word not in ("me", "id", "for me")
        return not (piece.is_soft or sense in FREE)

    def _is_answer_of_accounts(self, subject: Subject) -> bool:
        """Return false for other things where accounts are asked for: "accounts running a play"."""
        if subject in SHOWN_OF_ACCOUNTS or not self._are_accounts_asked():
            return True
        at = self.senses.index("noun.accounts")
        if any(
            each.startswith(("noun.", "role.", "who", "block")) or self.pieces[i].contact
            for i, each in enumerate(self.senses[:at])
        ):
            return True
        if subject is Subject.BLOCKERS:
            return bool(self.values.get("needs"))
        if subject is Subject.DECISIONS:
            return bool(self.values.get("decisions"))
        return subject is Subject.DEALS and bool(self.values.get("period")) and not self.values.get("progress")

    def _is_done(self, values: dict[str, Any]) -> bool:
        """Return false for a thing that somebody has and nobody does: "does Merrow have a renewal"."""
        doing = ("doing", "noun.actions", "overdue", "owe")
        return "whose" in values or "progress" in values or self.has(*doing)

    def _leave_idle(self, query: Query) -> None:
        """Leave words unread that shape questions but do nothing in this one."""
        said = [i for i in range(len(self.pieces)) if i not in self.used]
        asking = [i for i, each in enumerate(self.senses) if each in INTERROGATIVE]
        for i in said:
            sense = self.senses[i]
            if sense == "or" and not self._joins(i):
                self.odd.add(i)
            if (
                sense in INTERROGATIVE
                and asking[0] < i
                and (self.pieces[i - 1].mark or {"and", "or"} & {*self.senses[max(0, i - 2) : i]})
            ):
                self.odd.add(i)
            if sense in ("if",) and i and self.pieces[i].word in ("if", "whether") and self.senses[i - 1] == "and":
                self.odd.add(i)
        begins = self.senses[0] in ("do", "any", "if") or self.has("or")
        is_question = begins or self._asks_whether() or any(each.mark == "?" for each in self.pieces)
        if query.form is Form.YES_NO and self.standing_on is None and not is_question:
            self.odd.add(0)
        if query.form is Form.CARD and query.subject is Subject.ACCOUNTS and not self.has("card", "how", "show"):
            said_beside = [i for i in said if not self.pieces[i].is_name]
            self.odd.update(said_beside if len(said_beside) > MOST_BESIDE_NAMES else ())
        if query.form is Form.YES_NO and query.subject is Subject.ACCOUNTS:
            if query.states or query.stages:
                self.odd.update(i for i, each in enumerate(self.pieces) if OF_OTHER_DAYS & set(each.word.split()))
            if not self._asks_whether():
                self.odd.update(i for i in said if self.senses[i] in INTERROGATIVE)
        if query.form is Form.FIELD and self.has("card") and self.has("and"):
            self.odd.update(i for i in said if self.senses[i] == "card" and not self.pieces[i].is_soft)
        if query.form is Form.COUNT and query.subject in (Subject.ACCOUNTS, Subject.PEOPLE, Subject.MEMBERS):
            self.odd.update(i for i, each in enumerate(self.pieces) if "often" in each.word)
        if (
            self.standing_on is None
            and self.senses[0] == "only"
            and not any(each.startswith("noun.") for each in self.senses)
        ):
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
        for named in (accounts, persons):
            for one, other in pairwise(named):
                between = self.senses[one + 1 : other]
                is_listed = self.pieces[one].mark == "," or set(between) & {"and", "or", "compare"}
                if between and not is_listed:
                    yield other

    def _joins(self, at: int) -> bool:
        """Return true for an "or" between two values of one kind, or before "or not"."""
        before, after = self.before(at), self.after(at)
        if before is None or after is None or "or not" in self.pieces[at].word:
            return True
        kinds = [self._kind(i) for i in (before, after)]
        return kinds[0] == kinds[1] or self.senses[after] in ("not", "without", "is", "furthest", "more_than", "any")

    def _kind(self, at: int) -> str:
        """Return of what kind a piece is: an account, a person, days, or the kind of its sense."""
        piece = self.pieces[at]
        if piece.is_name:
            return "account" if piece.account or piece.choice else "segment" if piece.segment else "person"
        return "number" if piece.number else self.senses[at].partition(".")[0]

    # Looking at pieces

    def has(self, *senses: str) -> bool:
        """Return true if a piece has one of these senses."""
        return any(each in senses for each in self.senses)

    def left(self, *senses: str) -> list[int]:
        """Return the unused positions of these senses; `role.` means every role."""
        return [
            i
            for i, each in enumerate(self.senses)
            if i not in self.used
            and any(each == sense or (sense[-1] == "." and each.startswith(sense)) for sense in senses)
        ]

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

    def after(self, at: int) -> int | None:
        """Return the next piece that is no filler."""
        return next((i for i in range(at + 1, len(self.pieces)) if not self.is_filler(i)), None)

    def before(self, at: int) -> int | None:
        """Return the piece before it that is no filler."""
        return next((i for i in range(at - 1, -1, -1) if not self.is_filler(i)), None)

    def is_filler(self, at: int) -> bool:
        """Return true for a word that may go unused and ties nothing."""
        return self.pieces[at].is_soft and self.senses[at] in (
            "",
            "any",
            "us",
            "that",
            "now",
            "it",
            "do",
            "for",
            "have",
        )

    # Names

    @property
    def of(self) -> tuple[int, ...]:
        """The accounts named."""
        found: tuple[int, ...] = self.values.get("of", ())
        return found

    def _accounts(self) -> None:
        for i, piece in enumerate(self.pieces):
            if piece.choice:
                self.add("of", UNCLEAR)
            if piece.account is None:
                continue
            self.used.add(i)
            if (
                i
                and self.senses[i - 1] == "not"
                and any(each.account for each in self.pieces if each.account != piece.account)
            ):
                self.used.add(i - 1)
            else:
                self.add("of", piece.account)
        is_here = (
            self.has("it", "here", "that")
            or (self.has("us") and not self.has("noun.accounts"))
            or any(each.startswith("field.") for each in self.senses)
        )
        is_here = is_here and not self.has("noun.accounts", "all", "per", "by")
        if not self.of and self.asked.channel_account is not None and is_here:
            self.add("of", self.asked.channel_account)
        before = self.standing_on
        if not self.of and before is None and self.has("it") and not self.has("noun.accounts"):
            self.add("of", UNCLEAR)
        if not self.of and before is not None and before.of and self.points:
            self.add("of", *before.of)
        self.add("segments", *(each.segment for each in self.pieces if each.segment))
        self.used.update(i for i, each in enumerate(self.pieces) if each.segment)

    @property
    def is_that(self) -> bool:
        """True where "that" or "this" stands for what was said before, and begins no clause."""
        for i, sense in enumerate(self.senses):
            after = self.senses[i + 1] if i + 1 < len(self.senses) else ""
            if sense == "that" and (
                not after or after.startswith("noun.") or (i and self.senses[i - 1] in BEFORE_THAT)
            ):
                return True
            if self.pieces[i].word == "one" and i and self.senses[i - 1] in ("last", "next", "that", "which"):
                return True
        return False

    @property
    def points(self) -> bool:
        """True where a word stands for what was said before: it, they, there, that."""
        at = self.senses.index("noun.accounts") if "noun.accounts" in self.senses else len(self.senses)
        # "who is late with their actions" speaks of those who are asked for
        own = "their" if self.has("who") else ""
        pointing = [
            i for i, sense in enumerate(self.senses) if sense not in POLITE and i < at and self.pieces[i].word != own
        ]
        said = {word for i in pointing for word in self.pieces[i].word.split()}
        return any(self.senses[i] in ("it", "they", "here") for i in pointing) or self.is_that or bool(said & PRONOUNS)

    @property
    def is_account_named(self) -> bool:
        """True where the text itself names an account."""
        return any(each.account is not None or each.choice for each in self.pieces)

    def _numbered_tiers(self) -> None:
        """Take the bare numbers of "tier 1 or 2"."""
        last = -9
        for i, piece in enumerate(self.pieces):
            if self.senses[i].startswith("tier."):
                last = i
            elif (
                piece.number in (1, 2, 3)
                and last >= 0
                and all(
                    self.senses[j] in ("and", "or") or self.pieces[j].number or self.senses[j].startswith("tier.")
                    for j in range(last, i)
                )
            ):
                self.used.add(i)
                self.add("tiers", piece.number)

    # What accounts are without, or have

    def _without(self) -> None:
        for i in self.left("without", "missing", "not", "ownerless"):
            sense = self.senses[i]
            if (
                sense == "not"
                and self.pieces[i].word.endswith("nt")
                and not any(self.pieces[j].is_unknown or self.senses[j] for j in range(i))
            ):
                self.used.add(i)
                continue
            targets = self._things_after(i)
            if sense == "missing" and not targets:
                targets = self._things_before(i)
            if sense == "not":
                tiers = [j for j in self.left("tier.") if j > i]
                if tiers and self.after(i) == tiers[0]:
                    said = {self.value(j) for j in tiers}
                    self.used.update((i, *tiers))
                    self.add("tiers", *(tier for tier in (1, 2, 3) if tier not in said))
                    continue
                done = self.after(i)
                if done is not None and self.senses[done] in ("progress.done",):
                    self.used.update((i, done))
                    self.values["progress"] = (Progress.OPEN,)
                    continue
                targets = [j for j in targets if not self.senses[j].startswith(("field.", "noun."))]
                state = self.after(i)
                if state is not None and self.senses[state].startswith("state."):
                    said_states = self.values_at(state)
                    self.used.update((i, state))
                    self.cleared.add("states")
                    if self.standing_on is None or not set(said_states) & set(self.standing_on.states):
                        self.add("states", *(each for each in AccountStanding if each not in said_states))
                    continue
                if self.standing_on is not None and state is not None and self.senses[state] in ("overdue", "only"):
                    self.used.update((i, *self.take("overdue")))
                    self.cleared.add("is_overdue")
                    continue
            if targets:
                self.used.add(i)
                self._bind("without", targets)

    def _things_after(self, at: int) -> list[int]:
        """Return the pieces after it that are things an account may have, listed with and, or or a comma."""
        found: list[int] = []
        i = self.after(at)
        opened: list[int] = []
        while i is not None and self.senses[i] == "progress.open":
            opened.append(i)
            i = self.after(i)
        while i is not None and i not in self.used and self._thing(i):
            self.used.update(opened)
            found.append(i)
            comma, i = self.pieces[i].mark, self.after(i)
            is_listed = comma == ","
            while i is not None and self.senses[i] in ("and", "or"):
                is_listed, i = True, self.after(i)
            if not is_listed:
                while i is not None and self.senses[i] in ("on_our_side", "us"):
                    i = self.after(i)
                if i is not None and self.senses[i] in ("record", "raise", "add", "own", "owe", "know"):
                    self.used.add(i)
                break
        return found

    def _things_before(self, at: int) -> list[int]:
        found: list[int] = []
        i = self.before(at)
        while (i is not None and self.senses[i] in ("is", "have", "at", "which", "and", "or")) or (
            i is not None and self.pieces[i].account
        ):
            i = self.before(i)
        while i is not None and i not in self.used and self._thing(i):
            found.append(i)
            i = self.before(i)
            while i is not None and self.senses[i] in ("and", "or"):
                i = self.before(i)
        return found[::-1]

    def _thing(self, at: int) -> Having | None:
        """Return the thing that an account may have, which the piece says."""
        sense = self.senses[at]
        if sense.startswith("role.") or sense == "field.roles":
            return Having.ROLE
        if sense.startswith("signal."):
            return Having.SIGNAL
        if sense.startswith("way."):
            return Having.MOVEMENT
        return HAVING_OF_NOUN.get(sense)

    def _bind(self, name: str, positions: Sequence[int]) -> None:
        """Fill `having` or `without` with the things at these positions."""
        for i in positions:
            self.used.add(i)
            thing = self._thing(i)
            self.add(name, thing)
            if self.senses[i].startswith("role."):
                self.add("roles", self.value(i))
            if self.senses[i].startswith("signal."):
                self.add("signals", self.value(i))
            if self.senses[i].startswith("way."):
                self.add("ways", self.value(i))

    def _having(self) -> None:
        """Bind "accounts with a blocker", "which have a champion"; the thing asked for by itself stays a noun."""
        if self.of and not self.has("noun.accounts"):
            return
        places = ("there_is", "us") if self.has("where") else ()
        for i in self.left("with", "have", *places):
            if self.senses[i] != "with" and not places and not self._has_accounts_before(i):
                continue
            targets = self._things_after(i)
            if self.senses[i] != "with":
                targets = [
                    j
                    for j in targets
                    if self.senses[j].startswith(("noun.", "field.", "role.", "having.", "signal."))
                    and self.senses[j] != "noun.movement"
                ]
                if self.has("who") and not self.has("noun.accounts") and self.left("noun.actions"):
                    # people have actions, accounts have blockers
                    continue
            if targets:
                self.used.add(i)
                last_used = self.after(targets[-1])
                if (
                    last_used is not None
                    and self.senses[targets[-1]] == "overdue"
                    and self.senses[last_used] == "noun.actions"
                ):
                    self.used.add(last_used)
                overdue = [j for j in self.left("overdue", "progress.open") if j == targets[0] - 1]
                self._bind("having", targets)
                if overdue and self.values["having"] == (Having.NEXT_ACTION,):
                    self.used.update(overdue)
                    if self.senses[overdue[0]] == "overdue":
                        self.values["having"] = (Having.OVERDUE_ACTION,)
            elif (
                (j := self.after(i)) is not None
                and self.senses[j] == "overdue"
                and (k := self.after(j))
                and self.senses[k] == "noun.actions"
            ):
                self.used.update((j, k))
                self.add("having", Having.OVERDUE_ACTION)
        if self.has("noun.accounts") and not self.has("how_much") and self.take("blocked"):
            self.add("having", Having.BLOCKER)

    def _has_accounts_before(self, at: int) -> bool:
        before = [self.senses[i] for i in range(at)]
        last = self.before(at)
        is_person = last is not None and (
            self.senses[last] in ("me", "us")
            or (bool(self.pieces[last].persons) and not self.pieces[last].is_possessive)
        )
        return ("noun.accounts" in before or "which" in before or "who" in before) and not is_person

    # Order, numbers, splits

    def _orders(self) -> None:
        is_compared = len(self.of) > 1 or self.has("compare")
        for i in self.left(*BY):
            sense = self.senses[i]
            if is_compared:
                continue
            if sense == "top" and self.has("sorted", "by"):
                number = next((j for j in (i + 1, i - 1) if 0 <= j < len(self.pieces) and self.pieces[j].number), None)
                if number is not None:
                    self.used.update((i, number))
                    self.values["limit"] = self.pieces[number].number
                    continue
            after = self.after(i)
            is_whose = self.pieces[i].word in ("most", "the most", "most overdue") and self.has("who")
            if (
                is_whose
                and after is not None
                and self.senses[after] in ("noun.actions", "noun.accounts", "noun.blockers", "overdue", "noun.deals")
            ):
                self.used.update((i, *self.left("who", "have")))
                self.values["per"] = Per.OWNER
                continue
            number = next(
                (j for j in (i + 1, i - 1, i - 2, i + 2, i + 3) if 0 <= j < len(self.pieces) and self.pieces[j].number),
                None,
            )
            self.used.add(i)
            engaged = self.after(i)
            if sense in ("highest", "lowest") and engaged is not None and self.senses[engaged] == "stage.engaged":
                self.used.add(engaged)
                self.values["by"] = Field.ENGAGEMENT
            else:
                self.values["by"] = BY[sense]
            self.values["is_lowest"] = sense in LOWEST
            plural = self.pieces[i].word.endswith("first") or self.has("sorted") or " to " in self.pieces[i].word
            self.values["limit"] = 0 if plural else self.pieces[number].number if number is not None else 1
            if number is not None:
                self.used.add(number)
            break

    def _per(self) -> None:
        for i in self.left("per", "by", "sorted"):
            targets: list[Per] = []
            j = self.after(i)
            if j is None:
                continue
            sense = self.senses[j]
            kind, _, value = sense.partition(".")
            is_per = kind in ("field", "per") and value in set(Per)
            if self.senses[i] in ("per", "by") and is_per and not self.has("compare"):
                targets.append(Per(value))
                self.used.update((i, j))
                self.values["per"] = targets[0]
            elif kind == "field" and self.senses[i] in ("by", "sorted") and not self.has("compare"):
                self.used.update((i, j))
                self.values["by"] = Field(value)
                self.values.setdefault("is_lowest", False)

    # What is asked for

    def _head(self) -> tuple[Subject, Form | None] | None:
        if self.has("brief") or self.left("brief."):
            return self._brief()
        if (compared := self._compared()) is not None:
            return compared
        if (measured := self._of_program()) is not None:
            return measured
        nouns = [i for i in self.left("noun.") if self.senses[i] != "noun.accounts"]
        if nouns:
            return self._of_noun(nouns)
        if (
            "by" in self.values
            and not self.has("noun.accounts")
            and any(each.word == "opportunity" for each in self.pieces)
        ):
            self.take("stage.opportunity")
            self.values["by"] = Field.AMOUNT
            return Subject.DEALS, None
        if self.left("away") and not self.of:
            return self._of_absence()
        if self._is_of_member():
            return Subject.MEMBERS, Form.CARD
        before = self.standing_on
        if (
            before is not None
            and before.subject is Subject.ACCOUNTS
            and before.roles
            and self.left("role.")
            and not self.is_account_named
        ) and not self.has("who", "which", "do", "have", "there_is"):
            self.add("roles", *self.values_at(*self.take("role.")))
            self.is_subject_said = False
            return Subject.ACCOUNTS, None
        if self.standing_on is not None and not self.is_account_named and self._goes_on():
            self.is_subject_said = False
            return self.standing_on.subject, None
        contacts = [i for i, each in enumerate(self.pieces) if each.contact]
        if contacts and not self._has_text() and not self.left("doing"):
            return self._of_contact(contacts[0])
        if self.left("role.") and self.left("progress.lost", "leave"):
            self.take("leave")
            if self.has("noun.accounts"):
                self.add("progress", Progress.LOST)
                self.take("whose")
                self._bind("having", self.left("role."))
                return Subject.ACCOUNTS, Form.LIST
            self.add("progress", Progress.LOST)
            return Subject.PEOPLE, None
        if (changed := self._of_list_change()) is not None:
            return changed
        reviews = self.left("field.last_review", "field.next_review")
        if reviews and (not self.of or self.left("attend", "recap", "decide", "discuss")):
            self.values["which"] = Which.LAST if self.senses[reviews[0]] == "field.last_review" else Which.NEXT
            self.used.update(reviews)
            self.take("when")
            if self.take("decide"):
                return Subject.DECISIONS, None
            return Subject.REVIEWS, Form.WHO if self.take("attend") else Form.CARD if self.take("recap") else Form.WHEN
        if self.of and self.left("field.") and not self.left("owe", "due", "need", "wait", "decide"):
            self.take("record")
            return self._of_fields(self.left("field."))
        if self.values.get("without") == (Having.ROLE,) and self.has("where") and not self.of:
            self.take("know", "where")
            return Subject.ACCOUNTS, Form.LIST
        stands_on_one = self.standing_on is not None and bool(self.standing_on.of)
        if (
            self.values.get("without") == (Having.ROLE,)
            and (self.of or stands_on_one or not self.values.get("roles"))
            and not self.has("noun.accounts", "where", "per")
        ):
            self.take("know", "touch")
            return Subject.PEOPLE, Form.LIST
        if self.values.get("having") == (Having.SIGNAL,) and self.has("noun.accounts"):
            self.take("news")
            return Subject.ACCOUNTS, None
        if self.left("signal.") and not self.left("way.", "move", "role."):
            self.take("news", "record", "touch", "know", "last")
            return Subject.SIGNALS, None
        if self.left("role.executive_sponsor") and self.has("on_our_side") and self.of:
            self.take("role.executive_sponsor", "who", "own")
            self.add("fields", Field.EXECUTIVE)
            return Subject.ACCOUNTS, Form.FIELD
        if self.left("role.", "field.roles") and not self._are_accounts_first():
            self.take("field.roles", "touch", "know")
            return Subject.PEOPLE, None
        for senses, subject in VERBS:
            if self.left(*senses):
                found = self._of_verb(senses, subject)
                if found is not None:
                    return found
        if self._has_text() and self.left("know"):
            self.take("know")
            return Subject.PEOPLE, None
        if (
            self._has_text()
            and self.has(*ABOUT_ACTIONS)
            and not self.left("field.", "stage.", "tier.")
            and not self.has("noun.accounts")
        ):
            self.take("progress.done") and self.values.update(progress=(Progress.DONE,))
            self.take("own")
            return Subject.ACTIONS, None
        fields = self.left("field.")
        if fields or self._field_of_verb():
            return self._of_fields(fields)
        if self.left("signal."):
            return Subject.SIGNALS, None
        if self.left("function.") and not self.of and self.has("who") and not self.has("noun.accounts"):
            return Subject.MEMBERS, None
        if self.left("function."):
            return self._of_function()
        if (
            (self.left("progress.slipped") and not self.left("state."))
            or self.left("progress.dropped")
            or (self.left("progress.open") and (self._persons() or self.has("me")))
        ):
            return Subject.ACTIONS, None
        if self.has("have_got") and any(each.when for each in self.pieces):
            return Subject.ACTIONS, None
        if self.left("who") and self.of and self.has("at"):
            self.take("who")
            return Subject.PEOPLE, Form.LIST
        if self.has("how_long") and self.of:
            self.take("how_long")
            self.add("fields", Field.DAYS_IN_STAGE)
            return Subject.ACCOUNTS, Form.FIELD
        if self.has("when", "since_when") and self.of and self.left("status.named"):
            self.take("when", "since_when", "status.named")
            self.add("fields", Field.NAMED_ON)
            return Subject.ACCOUNTS, Form.FIELD
        if self.has("any") and self.of and any(each.when for each in self.pieces) and not self.left("state.", "stage."):
            return Subject.CHANGES, Form.LIST
        points = self.points
        if self.standing_on is not None and points and self.of and self.left("tier.", "state.", "stage.", "status."):
            return Subject.ACCOUNTS, None
        self.is_subject_said = self._are_accounts_asked()
        return Subject.ACCOUNTS, None

    def _brief(self) -> tuple[Subject, Form]:
        """Read what is to be told in a few lines: "brief me on Acme", "summarise this week in three lines"."""
        self.take("brief", "program", "noun.accounts", "all")
        lines = self.left("brief.")
        self.used.update(lines)
        if lines:
            self.values["limit"] = int(self.senses[lines[0]].removeprefix("brief."))
        return Subject.ACCOUNTS, Form.BRIEF

    def _of_contact(self, at: int) -> tuple[Subject, Form | None]:
        """Read a question about somebody at an account."""
        self.used.add(at)
        self.values["about"] = self.pieces[at].contact
        self.take("know", "job", "field.roles", "own", "touch")
        if self.take("leave", "progress.lost"):
            self.values["progress"] = (Progress.LOST,)
        if self.left("role.") or "progress" in self.values or self.left("know"):
            return Subject.PEOPLE, None if self._asks_whether() else Form.WHO
        self.take("who")
        return Subject.PEOPLE, Form.WHO

    def _are_accounts_first(self) -> bool:
        """Return true where accounts stand before the people that they have."""
        people = min(self.left("role.", "field.roles"))
        return "noun.accounts" in self.senses[:people]

    def _are_accounts_asked(self) -> bool:
        """Return true where accounts are what is asked for: "accounts that are late", not "late on my accounts"."""
        at = next((i for i, each in enumerate(self.senses) if each == "noun.accounts"), None)
        if at is None:
            return False
        ties = [self.senses[i] for i in range(at)]
        return not any(each in ("at", "for", "with", "from") for each in ties)

    def _of_program(self) -> tuple[Subject, Form | None] | None:
        """Read what is asked of the program as a whole: how it is doing, and its figures."""
        measures = self.left("measure.") if not self.of else []
        self.used.update(measures)
        if measures:
            self.add("measures", *self.values_at(*measures))
            self.take("noun.program", "how_much", "total", "how_many", "us")
            if not self.values.get("per"):
                pass
            return Subject.PROGRAM, Form.FIELD
        is_each = (
            self.has("how") and self.has("card", "do") and self.values.get("per") and not self.left("noun.", "field.")
        )
        if (self.has("program") or is_each) and not self.of:
            self.take("program", "how", "card", "do")
            return Subject.PROGRAM, Form.CARD
        return None

    def _goes_on(self) -> bool:
        """Take verbs that say more of the things asked for before: "which are overdue", "who raised it"."""
        before = self.standing_on
        if before is None:
            return False
        if before.subject in RECORDED and self.left("record") and self.has("who", "when"):
            self.take("record")
            return True
        if before.subject not in WITH_PROGRESS or self.has("owe", "noun.accounts"):
            return False
        verbs = self.left("overdue", "progress.", "raise", "record", "start", "resolve", "block", "blocked")
        verbs += [
            i for i in self.left("need", "wait", "own", "have") if before.subject in (Subject.BLOCKERS, Subject.ACTIONS)
        ]
        needs = before.subject is Subject.BLOCKERS and self.left("function.")
        if not verbs and not needs:
            return False
        if self.take("overdue"):
            self.values["is_overdue"] = True
        self.take("raise", "record", "start", "block", "blocked", "need", "wait", "own")
        if self.take("resolve"):
            self.values["progress"] = (Progress.DONE,)
        return True

    def _is_of_member(self) -> bool:
        """Return true for "who is Lee Park": one of us, and nothing else of weight."""
        persons = self._persons()
        rest = [
            i
            for i in range(len(self.pieces))
            if i not in persons and self._is_unused(i) and self.senses[i] not in ("who", "how", "why")
        ]
        asks = self.has("who", "card", "job") or self.pieces[-1].word == "do"
        if (
            len(persons) != 1
            or self.of
            or rest
            or not asks
            or self.has("my", "have_got")
            or any(each.when for each in self.pieces)
        ):
            return False
        self.used.update(persons)
        self.add("whose", *self.pieces[persons[0]].persons)
        self.take("who")
        return True

    def _of_absence(self) -> tuple[Subject, Form | None] | None:
        """Read who is away, and until when one of us is."""
        persons = self._persons()
        self.take("away", "who", "when", "since_when", "how_long")
        if not persons:
            self.values["about"] = AWAY
            return Subject.MEMBERS, Form.LIST
        self.used.update(persons)
        self.add("whose", *self.pieces[persons[0]].persons)
        return (Subject.MEMBERS, Form.CARD) if len(persons) == 1 else None

    def _of_list_change(self) -> tuple[Subject, Form | None] | None:
        """Read who came on the list, left it or changed tier."""
        tiers = [i for i in self.left("tier.") if self.senses[i - 1] != "at" or self.pieces[i - 1].word == "between"]
        dropped = (
            self.left("progress.dropped") if tiers and " to tier" in " ".join(each.word for each in self.pieces) else []
        )
        is_to_tier = tiers and " to tier" in " ".join(each.word for each in self.pieces)
        if (self.left("move") or dropped or (is_to_tier and self.left("way."))) and tiers and not self.left("stage."):
            self.used.update((*tiers, *dropped))
            self.take("move", "way.")
            self.add("tiers", self.value(tiers[-1]))
            return Subject.LIST_CHANGES, None
        if self.left("promote", "demote"):
            self.take("promote", "demote", "move")
            return Subject.LIST_CHANGES, None
        removed = self.left("status.removed", "decision.remove")
        days = any(each.when for each in self.pieces) or (self._persons() and self.has("who", "do"))
        if removed and not self.of and days and not self.has("decide"):
            self.used.update(removed)
            self.add("statuses", ListStatus.REMOVED)
            return Subject.LIST_CHANGES, None
        if self.standing_on is not None and self.pieces[0].word in ("add", "also", "plus"):
            return None
        if self.left("add") and not self.of:
            self.take("add", "status.named")
            if not self.take("leave"):
                self.add("statuses", ListStatus.NAMED)
            return Subject.LIST_CHANGES, None
        if self.left("add") and self.has("when", "since_when"):
            self.take("add", "status.named", "when", "since_when")
            self.add("fields", Field.NAMED_ON)
            return Subject.ACCOUNTS, Form.FIELD
        if self.left("leave"):
            self.take("leave")
            self.add("progress", Progress.LOST)
            return Subject.PEOPLE, None
        return None

    def _has_text(self) -> bool:
        return bool(self.left("text"))

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
            if (
                run[-1] + 1 < len(self.pieces)
                and self.pieces[run[-1] + 1].word == "plan"
                and not self.pieces[run[-1]].mark
            ):
                run.append(run[-1] + 1)
        if (
            titles
            and subject is Subject.ACTIONS
            and self.left("doing")
            and self.pieces[0].word in ("did", "has", "have")
            and self._persons()
        ):
            self.values["progress"] = (Progress.DONE,)
        if titles:
            best = max(titles, key=len)
            self.values["about"] = " ".join(self.pieces[i].word for i in best)
            self.used.update(best)
        if subject is Subject.ACTIONS:
            self.take("doing")

    def _compared(self) -> tuple[Subject, Form | None] | None:
        tiers, segments = self.left("tier."), self.values.get("segments", ())
        many = len(self.of) > 1 or len(tiers) > 1 or len(segments) > 1
        orders = self.left(*COMPARED, "highest", "lowest", "more_than")
        if not (self.has("compare") or (orders and len(self.of) > 1)):
            return None
        persons = [i for i, each in enumerate(self.pieces) if each.persons]
        if not many and len(persons) < 2:
            return None
        self.take("compare", "and", "or", "other", "by")
        nouns = [i for i in self.left("noun.") if self.senses[i] != "noun.accounts"]
        subject = Subject.ACCOUNTS
        if nouns:
            subject = self.value(nouns[0])
            self.used.add(nouns[0])
        fields = [self.value(i) for i in self.take("field.")]
        for i in self.take(*COMPARED, "highest", "lowest", "more_than"):
            if not fields and self.senses[i] in COMPARED:
                fields.append(COMPARED[self.senses[i]])
        if self.take("close"):
            fields = [Field.CLOSE_DATE]
        if self.take("how_long", "in_stage"):
            fields = fields or [Field.DAYS_IN_STAGE]
        if subject is Subject.ACCOUNTS:
            self.add(
                "fields", *(each for each in fields if each not in (Field.SEGMENT, Field.TIER) or len(self.of) > 1)
            )
        self.take("which", "who", "how", "when")
        return subject, Form.COMPARE

    def _of_noun(self, nouns: Sequence[int]) -> tuple[Subject, Form | None] | None:
        subjects = list(dict.fromkeys(self.value(i) for i in nouns))
        subject: Subject = subjects[0]
        self.used.update(i for i in nouns if self.value(i) is subject)
        if subject in (Subject.ACTIONS, Subject.DEALS, Subject.ASKS) and self.take("overdue"):
            self.values["is_overdue"] = True
        if subject is Subject.ASKS:
            self.take("asked", "wait", "due")
        if subject is Subject.ACTIONS:
            self.take("due", "owe")
        if subject in (Subject.DECISIONS, Subject.SIGNALS, Subject.EVIDENCE, Subject.CHANGES, Subject.MOVEMENT):
            self.take("last")
        if subject is Subject.BLOCKERS and self.take("last"):
            self.values |= {"by": Field.AGE, "is_lowest": True, "limit": 1}
        if subject is Subject.DEALS:
            self.take("close", "due", "field.close_date", "field.pipeline")
            if self.values.get("by") is Field.VALUE:
                self.values["by"] = Field.AMOUNT
        if (
            subject in (Subject.BLOCKERS, Subject.ACTIONS, Subject.ASKS)
            and self.values.get("by") is Field.DAYS_IN_STAGE
        ):
            self.values["by"] = Field.AGE
        if subject is Subject.BLOCKERS:
            self.take("raise", "block", "blocked", "need", "wait", "start", *(("own",) if self.has("who") else ()))
        if subject is Subject.MOVEMENT:
            self.take("move")
        if subject is Subject.DECISIONS:
            self.take("decide")
        if subject is Subject.REVIEWS:
            self._which_review()
            self.take("discuss")
            if self.left("recap"):
                is_agenda = any("agenda" in self.pieces[i].word for i in self.take("recap"))
                self.values.setdefault("which", Which.NEXT if is_agenda else Which.LAST)
                return subject, Form.CARD
            if self.take("attend"):
                return subject, Form.WHO
        if subject is Subject.PLAYS:
            self.take("start", "own")
        if subject in (Subject.PEOPLE, Subject.SIGNALS, Subject.EVIDENCE):
            self.take("know", "touch", "record", "news")
        return subject, None

    def _which_review(self) -> None:
        if any(each.when for each in self.pieces):
            self.take("next")
        for sense, which in (("next", Which.NEXT), ("last", Which.LAST), ("progress.open", Which.OPEN)):
            if self.take(sense):
                self.values["which"] = which
                return

    def _of_verb(self, senses: Sequence[str], subject: Subject) -> tuple[Subject, Form | None] | None:
        first = senses[0]
        met = (i for i, each in enumerate(self.pieces) if self.senses[i] == "touch" or each.word == "meet")
        if any(i and self.pieces[i - 1].persons for i in met):
            # whom one of our people met is not looked up: reviews, and what the buyer did, are something else
            return None
        if first == "overdue" and self._are_accounts_asked() and not self.has("owe", "due"):
            self.take("overdue")
            self.add("having", Having.OVERDUE_ACTION)
            return Subject.ACCOUNTS, None
        if first == "overdue":
            self.take("overdue", "due", "owe")
            self.values["is_overdue"] = True
        elif first == "owe":
            is_date = self.has("due") and not self.has("owe")
            self.take("owe", "due")
            if (
                is_date
                and self._has_text()
                and any(word in " ".join(each.word for each in self.pieces) for word in ("when", "deadline", "date"))
            ):
                self.take("when")
                return subject, Form.WHEN
        elif first == "blocked" and self.left("function."):
            self.take("blocked", "need", "wait")
        elif first == "blocked":
            self.take("blocked")
            self.add("having", Having.BLOCKER)
            return Subject.ACCOUNTS, None
        elif first in ("need", "wait"):
            if not self.left("function."):
                return None
            self.take("need", "wait")
        elif first == "touch":
            if self.has("last") or (self.has("when") and not self.has("noun.accounts")):
                return None
            self.take("touch")
            if self.of and self.has("who") and self.has("us", "me"):
                self.take("who")
                return Subject.PEOPLE, Form.LIST
            self.add("having", Having.TOUCH)
            return Subject.ACCOUNTS, None
        elif first == "silent":
            self.take("silent")
            self.add("without", Having.TOUCH)
            return Subject.ACCOUNTS, None
        elif first == "discuss" and self.has("last") and self.of:
            self.take("discuss", "last", "when")
            self.add("fields", Field.LAST_REVIEW)
            return Subject.ACCOUNTS, Form.FIELD
        elif first == "discuss":
            self.take("discuss", "attend")
            self._which_review()
        elif first == "attend":
            self.take("attend")
            self._which_review()
            return Subject.REVIEWS, Form.WHO
        elif first == "recap":
            self.take("recap")
            self.take("last")
            self.values["which"] = Which.LAST
            return Subject.REVIEWS, Form.CARD
        elif first == "close" and self.of:
            return None
        elif first == "way." and self.values.get("without") == (Having.PROOF,):
            self.values["without"] = ()
            self.add("ways", Way.CLAIMED)
            self.take("way.", "move")
        elif first == "way.":
            ways = [self.value(i) for i in self.left("way.")]
            self.take("way.", "move")
            self.add("ways", *ways)
        elif first == "progress.done":
            if (
                self.of
                and not self.has("who", "me", "my")
                and not any(each.persons for each in self.pieces)
                and not self.has("which")
            ):
                return None
            self.take("progress.done")
            self.values["progress"] = (Progress.DONE,)
        elif first == "progress.won":
            found = [self.value(i) for i in self.take("progress.won", "progress.lost")]
            self.add("progress", *found)
        elif first == "decide":
            self.take("decide")
        elif (
            first == "move"
            and self.of
            and self.left("stage.")
            and not self.has("who")
            and not any(each.when for each in self.pieces)
        ):
            self.take("move")
            return Subject.ACCOUNTS, None
        else:
            self.take(*(each for each in senses if "." not in each))
        return subject, None

    def _field_of_verb(self) -> bool:
        """Fill fields that verbs ask for: who owns, when does it close, how long in its stage."""
        before = len(self.values.get("fields", ()))
        mine = self._persons() or self.left("my", "me") or (self.left("field.") and not self.has("who", "whose"))
        mine = mine or self.left("field.owner", "field.partner", "field.executive")
        if self.left("own") and self.of and not mine and not self._asks_whether():
            self.take("own", "who", "whose")
            self.add("fields", Field.OWNER)
        elif (
            self.has("who")
            and self.of
            and not self.left("field.", "way.", "status.", "stage.", "tier.")
            and self.left("have")
        ):
            self.take("who", "have")
            self.add("fields", Field.OWNER)
        elif self.has("whose") and self.of and self.left("whose"):
            self.take("whose")
            self.add("fields", Field.OWNER)
        if self.has("when") and self.left("close"):
            self.take("close", "when")
            self.add("fields", Field.CLOSE_DATE)
        if self.has("how_long") and self.of and (self.has("in_stage") or self.left("stage.", "field.stage")):
            self.take("how_long", "in_stage")
            self.take("stage.")
            self.take("field.stage")
            self.add("fields", Field.DAYS_IN_STAGE)
        if self.has("last") and self.left("touch", "move", "record"):
            named = {"touch": Field.LAST_TOUCH, "move": Field.LAST_MOVEMENT, "record": Field.LAST_UPDATE}
            for i in self.take("touch", "move", "record"):
                self.add("fields", named[self.senses[i]])
            self.take("last", "when")
        return len(self.values.get("fields", ())) > before

    def _persons(self) -> list[int]:
        return [i for i, each in enumerate(self.pieces) if each.persons and i not in self.used]

    def _of_fields(self, fields: Sequence[int]) -> tuple[Subject, Form | None] | None:
        asked = [self.value(i) for i in fields]
        is_narrowed = self.left("tier.", "state.", "stage.") or self.values.get("segments") or self._persons()
        if (
            self.standing_on is not None
            and not self.of
            and not self.has("noun.accounts", "per", "by")
            and not is_narrowed
        ):
            self.add("of", *self.standing_on.of)
            self.is_subject_said = not self.standing_on.of
        if fields and self.of:
            self._field_of_verb()
        if (
            len(asked) > 1
            and Field.VALUE in asked
            and self.pieces[fields[asked.index(Field.VALUE)]].word.startswith("how")
        ):
            asked = [each for each in asked if each is not Field.VALUE]
        if asked and self.of and self.left("function.executive"):
            self.take("function.executive")
            asked.append(Field.EXECUTIVE)
        if self.of and len(self.of) > 1 and self.has("or") and asked and not self._asks_whether():
            self.used.update(fields)
            self.take("highest", "lowest", "which", "who")
            self.add("fields", *asked)
            return Subject.ACCOUNTS, Form.COMPARE
        if Field.PIPELINE in asked and not self.of:
            self.used.update(fields)
            self.take("close", "how_much", "total", "how_many")
            return Subject.DEALS, Form.SUM
        if self.has("how_much", "total") and (Field.VALUE in asked or not asked):
            self.used.update(fields)
            self.take("how_much", "total", "how_many")
            if self.of and len(self.of) == 1:
                self.add("fields", *asked)
                return Subject.ACCOUNTS, Form.FIELD
            self.add("fields", *(asked or [Field.VALUE]))
            return Subject.ACCOUNTS, Form.SUM
        if asked == [Field.FIT] and "per" in self.values and not self.of:
            self.used.update(fields)
            self.add("measures", Measure.FIT)
            return Subject.PROGRAM, Form.FIELD
        is_sum = not self.of and "by" not in self.values and not any(each.amount for each in self.pieces)
        if asked == [Field.VALUE] and (is_sum or "per" in self.values):
            self.used.update(fields)
            self.add("fields", Field.VALUE)
            return Subject.ACCOUNTS, Form.SUM
        if "by" in self.values and len(asked) == 1 and not self.of:
            self.used.update(fields)
            self.values["by"] = asked[0]
            return Subject.ACCOUNTS, None
        if self.of and asked and self.has("who") and self.left("who"):
            if asked == [Field.LAST_MOVEMENT] and self.take("record"):
                self.used.update((*fields, *self.take("who")))
                return Subject.MOVEMENT, Form.WHO
            if set(asked) <= {Field.LAST_TOUCH, Field.LAST_UPDATE, Field.LAST_MOVEMENT} and not self.left("record"):
                self.take("who")
            elif set(asked) <= {Field.NARRATIVE, Field.FIT, Field.JUSTIFICATION} and not self._persons():
                self.take("who", "record")
                self.used.update(fields)
                self.add("having", *(HAVING_OF_NOUN[self.senses[i]] for i in fields))
                return Subject.ACCOUNTS, Form.WHO
        if self.of and self._persons() and {Field.PARTNER, Field.EXECUTIVE} & set(asked):
            self.used.update((*fields, *self._persons()))
            self.add("fields", *asked)
            return Subject.ACCOUNTS, Form.FIELD
        if self.of and self._asks_whether():
            self.used.update(fields)
            if Field.OWNER in asked and (self._persons() or self.left("me", "my")):
                self.take("own")
                return Subject.ACCOUNTS, None
            things = [HAVING_OF_NOUN[self.senses[i]] for i in fields if self.senses[i] in HAVING_OF_NOUN]
            is_either = any("or not" in each.word for each in self.pieces)
            if things and (self.has("have", "there_is", "have_got") or is_either):
                self.add("having", *things)
                return Subject.ACCOUNTS, Form.YES_NO
        if self.of or self.has("it", "here"):
            self.used.update(fields)
            if {Field.OWNER, Field.PARTNER, Field.EXECUTIVE, Field.ROLES} & {*asked, *self.values.get("fields", ())}:
                self.take("who", "whose")
            if {Field.VALUE, Field.PIPELINE} & set(asked):
                self.take("how_much", "how_many")
            self.take("own")
            if DATES & set(asked) or DATES & set(self.values.get("fields", ())):
                self.take("when", "last", "since_when", "how_long")
            if Field.PARTNER in asked or Field.EXECUTIVE in asked:
                self.take("my", "function.")
            for prefix, name in (("state.", Field.STATE), ("tier.", Field.TIER), ("stage.", Field.STAGE)):
                if name in asked and len(self.left(prefix)) > 1:
                    self.take(prefix)
            self.add("fields", *asked)
            return Subject.ACCOUNTS, Form.FIELD
        if self.values.get("fields") == (Field.CLOSE_DATE,):
            self.values.pop("fields")
            return Subject.DEALS, None
        self.is_subject_said = self.standing_on is None or self._are_accounts_asked()
        return Subject.ACCOUNTS, None

    def _of_function(self) -> tuple[Subject, Form | None] | None:
        if self.of and self.has("who", "us", "on_our_side"):
            for i in self.take("function."):
                name = FUNCTION_FIELDS.get(self.senses[i].partition(".")[2])
                if name is None:
                    return None
                self.add("fields", name)
            self.take("who", "own")
            return Subject.ACCOUNTS, Form.FIELD
        return None

    # Filters of accounts and of things

    def _further(self) -> None:
        """Read "engaged or further" as that stage and those after it."""
        for i in self.left("furthest"):
            before = self.before(i)
            if before is None or self.senses[before] != "or":
                continue
            stage = self.before(before)
            if stage is not None and self.senses[stage].startswith("stage."):
                self.used.update((i, before, stage))
                stages = list(Stage)
                self.add("stages", *stages[stages.index(self.value(stage)) :])

    def _filters(self, subject: Subject) -> None:
        if subject is Subject.DECISIONS and self.take("state.needs_intervention"):
            self.add("decisions", DecisionKind.INTERVENE)
        if subject is Subject.MOVEMENT:
            for state, way in WAY_OF_STATE.items():
                if self.take(f"state.{state.value}"):
                    self.add("ways", way)
        self.add("tiers", *self.values_at(*self.take("tier.")))
        self.add("stages", *self.values_at(*self.take("stage.")))
        if subject is not Subject.ACCOUNTS:
            self.used.update(i for i in self.left("state.new") if self._is_beside_noun(i))
        self.add("states", *self.values_at(*self.take("state.")))
        self.add("roles", *self.values_at(*self.take("role.")))
        self.add("signals", *self.values_at(*self.take("signal.")))
        decisions = [self.value(i) for i in self.take("decision.")]
        self.add("decisions", *decisions)
        statuses = [self.value(i) for i in self.take("status.")]
        others = [each for each in statuses if each is not ListStatus.NAMED]
        self.add("statuses", *(statuses if self.of and self.has("or") else others or statuses))
        for i in self.left("progress.done"):
            before = self.before(i)
            if before is not None and self.senses[before] in ("need", "owe"):
                self.used.update((i, before))
        progress = [self.value(i) for i in self.take("progress.")]
        self.add("progress", *progress)
        if subject is Subject.MOVEMENT:
            self.add("ways", *(self.value(i) for i in self.take("way.")))
        if subject is Subject.BLOCKERS or Having.BLOCKER in self.values.get("having", ()):
            self.add("needs", *(self.value(i) for i in self.take("function.")))
            self.take("need", "wait")
        elif subject in (Subject.ACTIONS, Subject.ASKS):
            for i in self.take("function."):
                wanted = self.value(i)
                of_function = [each.user_id for each in self.names.members() if each.function is wanted]
                self.add("whose", *(of_function or [wanted.value]))
        elif subject is Subject.MEMBERS:
            for i in self.take("function."):
                self.values["about"] = self.value(i).value.replace("_", " ")
        for i, piece in enumerate(self.pieces):
            if piece.amount is not None:
                self.used.add(i)
                self.values["least_cents"] = piece.amount.least_cents or self.values.get("least_cents", 0)
                self.values["most_cents"] = piece.amount.most_cents or self.values.get("most_cents", 0)
                self.values["currency"] = piece.amount.currency or self.values.get("currency", "")
                self.take("field.value", "field.amount", "field.pipeline")
        if self.take("ownerless"):
            self.add("without", Having.OWNER)
        self.take("noun.accounts")

    def _is_beside_noun(self, at: int) -> bool:
        """Return true for "new" in "new blockers", not for "which contacts are new"."""
        after = self.after(at)
        return after is not None and self.senses[after].startswith(("noun.", "signal."))

    def _people(self, subject: Subject) -> None:
        """Give our people their part: owners of accounts, or those answerable for the things."""
        for i in (*self._persons(), *self.left("my")):
            who = self.pieces[i].persons or (self.asked.user_id,)
            if len(who) > 1:
                continue
            self.used.add(i)
            beside = self.after(i)
            if (
                beside is not None
                and self.senses[beside] == "and"
                and (j := self.after(beside)) is not None
                and self.pieces[j].word == "me"
            ):
                self.used.add(j)
                who = (*who, self.asked.user_id)
            is_agent = subject is Subject.LIST_CHANGES or (
                subject is Subject.BLOCKERS
                and bool(self.pieces[i].persons)
                and not (self.pieces[i].is_possessive or self._owns(i))
            )
            name = "owners" if (subject in OF_OWNERS and not is_agent) or self._owns(i) else "whose"
            self.add(name, *who)
        if self.values.get("owners") or self.has("my"):
            self.take("own")
        if self.values.get("whose") or (self.values.get("owners") and subject in OF_OWNERS):
            return
        spoken = any(
            OF_ASKER & set(each.word.split()) for i, each in enumerate(self.pieces) if self.senses[i] in DONE_BY_ASKER
        )
        acting = [i for i in (*self.left("me"), *self.left("have_got")) if self._acts(i, subject)]
        if spoken or acting:
            self.used.update(acting)
            is_agent = subject is Subject.LIST_CHANGES or (
                subject is Subject.BLOCKERS and self.has("own", "resolve", "need", "wait")
            )
            self.add("owners" if subject in OF_OWNERS and not is_agent else "whose", self.asked.user_id)
        if self.values.get("owners"):
            self.take("own")

    def _owns(self, at: int) -> bool:
        """Return true for the owner of accounts: "on Nora's accounts", "accounts of Nora"."""
        after, before = self.after(at), self.before(at)
        return (after is not None and self.senses[after] == "noun.accounts") or (
            before is not None and self.senses[before] in ("noun.accounts", "own")
        )

    def _acts(self, at: int, subject: Subject) -> bool:
        """Return true where "I" does what is asked: "what do I owe", not "can I see"."""
        if self.has("who") and not self.has("own", "owe", "wait", "asked"):
            return False
        if subject in (Subject.ACTIONS, Subject.ASKS) or self.senses[at] == "have_got":
            return subject is not Subject.MEMBERS
        before = self.senses[at - 1] if at else ""
        after = self.after(at)
        if after is not None and self.senses[after] == "own":
            return True
        if subject is Subject.ACCOUNTS and before == "do" and after is not None:
            return self.senses[after] == "have"
        return before in ("is", "do", "have", "own", "wait") or (
            before == "for"
            and self.pieces[at].word == "me"
            and at > 1
            and self.senses[at - 2].startswith(("noun.", "state."))
        )

    def _days(self, subject: Subject) -> None:
        for i, piece in enumerate(self.pieces):
            when = piece.when
            if when is None or when.problem or when.step is not None:
                continue
            if when.is_since_review:
                self.used.add(i)
                day = self.asked.last_review_on()
                if subject is not Subject.MOVEMENT and day is not None:
                    self.values["period"] = Period(day)
                continue
            if "period" in self.values:
                continue
            is_over = bool(set(self.values.get("progress", ())) & OVER) or self.values.get("is_overdue")
            is_over = is_over or (subject is Subject.REVIEWS and any(each.word in PAST_WORDS for each in self.pieces))
            is_coming = subject in TO_COME and not is_over and self.values.get("which") is not Which.LAST
            self.used.add(i)
            period = when.coming if is_coming else when.past
            if when.is_age and self.values.get("without") and when.past:
                period = Period(when.past.last)
            self.values["period"] = period

    # The form

    def _form(self, subject: Subject, form: Form | None) -> Form:
        if form in (Form.COMPARE,):
            return form
        self.is_form_said = self.is_form_said or self.has(
            "how_many", "total", "how_much", "why", "when", "since_when", "how_long", "who", "per"
        )
        if subject is Subject.PROGRAM and form is not None:
            self.take("how_many", "how_much", "total", "how")
            return form
        if self.take("how_many") or (
            self.values.get("per") and form is not Form.SUM and not self.has("how_much", "total")
        ):
            if form is Form.SUM:
                self.take("how_much", "total")
                return form
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
        whether = self._asks_whether() and subject is not Subject.MEMBERS
        if (
            subject is Subject.ACCOUNTS
            and self.of
            and self.has("card")
            and not any(self.values.get(each) for each in FILTERS)
        ):
            self._plain_card()
            return Form.CARD
        nouns = [i for i, each in enumerate(self.senses) if each.startswith("noun.")]
        if nouns and any(i > nouns[0] for i in self.left("whose")):
            self.take("whose")
        if self.has("who", "whose") and self.left("who", "whose") and not whether:
            self.take("who", "whose")
            if subject is Subject.MEMBERS:
                return Form.LIST
            if subject is Subject.LIST_CHANGES:
                return Form.WHO if self.of else Form.LIST
            if subject is Subject.PEOPLE:
                return Form.WHO if self.values.get("about") else Form.LIST
            if subject in (Subject.ACCOUNTS, Subject.MOVEMENT, Subject.SIGNALS) and not self.of:
                return Form.LIST
            return Form.WHO
        self.take("who")
        if whether and subject is Subject.ACCOUNTS and self.has("or"):
            for name, asked in (
                ("tiers", Field.TIER),
                ("stages", Field.STAGE),
                ("states", Field.STATE),
                ("owners", Field.OWNER),
                ("statuses", Field.STATUS),
            ):
                if len(self.values.get(name, ())) > 1 and self.of:
                    self.values[name] = ()
                    self.add("fields", asked)
                    return Form.FIELD
        if whether:
            return Form.YES_NO
        if subject is Subject.ACCOUNTS and self.of:
            if any(self.values.get(each) for each in FILTERS):
                if self.has("how"):
                    self.odd.update(i for i, each in enumerate(self.senses) if each == "how")
                return Form.LIST if self.has("which") and len(self.of) > 1 else Form.YES_NO
            self._plain_card()
            return Form.CARD
        return Form.LIST

    def _plain_card(self) -> None:
        """Leave words unread beside which a name alone does not ask for the card: "what did Corvane do"."""
        if not self.has("card", "how"):
            odd = [i for i, each in enumerate(self.senses) if each in NOT_OF_CARD]
            self.used.difference_update(odd)
            self.odd.update(odd)

    def _asks_whether(self) -> bool:
        """Return true where a clause begins with its verb: is, does, has, "has anybody"."""
        is_start = True
        for i, piece in enumerate(self.pieces):
            sense = self.senses[i]
            is_light = (piece.is_soft and not sense) or sense in ("hello", "thanks", "show", "yes", "if")
            is_light = is_light or (sense == "and" and not (i and self.pieces[i - 1].mark == ","))
            asks_politely = any(
                each.word in ("could i", "can i", "may i", "could we", "can we") for each in self.pieces[:i]
            )
            is_for_me = sense == "do" and i + 1 < len(self.senses) and self.senses[i + 1] == "me"
            if (
                is_start
                and sense in ("is", "do", "have", "have_got")
                and not is_for_me
                and not (sense == "have" and asks_politely)
            ):
                return True
            if is_start and sense == "there_is" and (self.of or self.values.get("about")):
                return True
            if is_start and sense == "any" and piece.word.split()[0] in HELPING and " " in piece.word:
                return True
            is_start = (is_start and is_light) or piece.mark in (*SENTENCE_ENDS, ",")
        return self.has("if") and not self.has("who", "when", "why")
