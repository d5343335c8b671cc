"""News in its clauses: where each begins and ends, and by its signs what it is."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.evidence import EvidenceActor
from agendas.rules.news import DraftKind
from agendas.rules.threads import ONLY_NOTHING, TALK
from agendas.text.dates import WEEKDAY_NAMES, WEEKDAYS, past_date
from agendas.text.evidence import readable
from agendas.text.who_acted import MONTHS_BACK, Sides, read_actor, read_day
from assistant.names import Asked, Names
from assistant.pieces import Piece, pieces_of
from assistant.remarks import groups
from assistant.signs import says, sign, value_said, words_of_signs
from assistant.words import Token, read_tokens, words_of

BULLET = re.compile(r"[ \t\xa0]*(?:[-\u2013\u2022\u25e6*]|\d{1,2}[.)])?[ \t\xa0]+|[-\u2013\u2022\u25e6*](?=\w)")
SHORT_DAYS = {short: WEEKDAY_NAMES[number] for short, number in WEEKDAYS.items() if number < WEEKDAYS["saturday"]}
SHORT_DAY = re.compile(rf"\b(?:{'|'.join(SHORT_DAYS)})\b", re.IGNORECASE)
SHORT_WORD = r"(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bdr)(?<!\bno)(?<!\bnr)(?<!\bca)(?<!\bvs)"
CLAUSE_END = re.compile(
    rf"{SHORT_WORD}[.!?\u2026]+[')]*\s+|[,;]\s+(?:(?:and|but|so|then|also)\s+)?|\s+[-\u2013\u2014]{{1,2}}\s+|:\s+"
    r"|\s+(?:and|but|so|then|because)\s+|\s+(?=\()",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"(?:(?:and|but|so|then|also|btw|fyi|ok|hey|hi|well|update|news|heads up|quick one)\b[ ,:!-]*)+", re.IGNORECASE
)
AROUND = " \t,;:-\u2013\u2014."
DAY_WITHOUT_STOP = re.compile(r"(?<=\b(?:to|by|on) )(\d{1,2}\.\d{1,2})(?![\d.%])")
MOST_HEADER_WORDS = 6
LEAST_WORDS = 3
LONGEST_AGO = timedelta(days=30 * MONTHS_BACK)


@dataclass(slots=True)
class Clause:
    """Words with one verb: the piece of a line from `start` to `end`.

    `said` has the words in their normal form, with `ACCOUNT`, `OURS` (people of ours), `THEIRS` (people at accounts),
    `NAME` (a name that nobody has) and `DAY` for names and days. `header` are the words before a colon that begin the
    line, in the same form, `leads` the one of ours among them; `mark` is what closes the clause. `on` is the day before
    today on which it happened, None where neither it nor what stands before it in its sentence tells one.
    """

    line: str
    number: int
    start: int
    end: int
    mark: str
    today: date
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    said: str
    sides: Sides
    header: str = ""
    leads: str = ""
    kind: DraftKind | None = None
    actor: EvidenceActor | None = None
    accounts: tuple[int, ...] = field(default=())
    on: date | None = None

    @property
    def text(self) -> str:
        return self.line[self.start : self.end]

    @property
    def words(self) -> str:
        """Return the words without what leads up to them: "and", and the name of the account before a colon."""
        text, first = self.text, self.pieces[0]
        if first.account is not None and first.mark in (":", "-"):
            text = re.sub(r"^[^:\u2013\u2014-]*\s?[:\u2013\u2014-]\s*", "", text, count=1) or text
        begun = LEADING.match(text)
        return text[begun.end() if begun else 0 :].strip(AROUND) or text

    @property
    def counted(self) -> tuple[int, str] | None:
        """Return how many there were and of whom, of an entry in a list of accounts: "3 from Kestrel", "Kestrel 3"."""
        found = COUNTED.fullmatch(self.text.strip(AROUND))
        if found is None or self.days:
            return None
        who = (found["who"] or found["name"]).strip(AROUND)
        words = len(who.split())
        of_names = sum(each.end - each.start for each in self.pieces if each.account is not None or each.choice)
        if not (of_names and of_names >= words - 1) and not (found["who"] and who[:1].isupper() and words == 1):
            return None
        return int(found["before"] or found["after"]), who

    @property
    def is_silent(self) -> bool:
        """Return true for a question, an order, a greeting, a guess and a judgement of a colleague."""
        is_talk = self.mark == "?" or any(says(each, self.said) for each in ("question", "order", "greeting"))
        return is_talk or _is_supposed(self.said) or _is_verdict(self.said)

    @property
    def days(self) -> tuple[date, ...]:
        said = [
            each for before, each in pairwise([None, *self.pieces]) if each and (before is None or before.word != "not")
        ]
        whens = [each.when.coming for each in said if each.when is not None and each.when.coming is not None]
        return tuple(each.last for each in whens if each.last is not None)

    @property
    def is_ahead(self) -> bool:
        """Return true where a day by which something has to be is still to come."""
        until = [each.when.coming for each in self.pieces if each.when is not None and UNTIL_DAY.match(each.word)]
        return any(each is not None and each.last is not None and each.last > self.today for each in until)

    @property
    def gone_by(self) -> date | None:
        """Return the last of the first days told that are past or today."""
        pasts = (each.when.past for each in self.pieces if each.when is not None and each.when.past is not None)
        ends = (each.last or each.first for each in pasts)
        return next((min(each, self.today) for each in ends if each is not None), None)


UNTIL_DAY = re.compile(r"(?:by|until|till?|before|no later than) ")
MOST_CLAUSES = 200
"""Clauses of one text that are read: notes of 4,000 characters have some 120. Ours."""


def clauses_in(text: str, names: Names, asked: Asked, today: date, *, first: int = 0) -> list[Clause]:
    """Return the first clauses of a text, whose first line has this number."""
    clauses: list[Clause] = []
    for number, line in enumerate(readable(text).splitlines(), first):
        clauses += _clauses(number, line, names, asked, today, most=MOST_CLAUSES - len(clauses))
    return clauses


def _clauses(number: int, line: str, names: Names, asked: Asked, today: date, *, most: int) -> list[Clause]:
    """Return the first clauses of a line; names are read in all of them."""
    begun = BULLET.match(line)
    start, spans = begun.end() if begun else 0, []
    for cut in CLAUSE_END.finditer(line, start):
        if cut.start() > start:
            spans.append((start, cut.start(), cut[0].strip()[:1]))
        start = max(start, cut.end())
    spans = [*spans, (start, len(line.rstrip()), line.rstrip()[-1:])][:most]
    marked = [DAY_WITHOUT_STOP.sub(r"\1.", f"{line[a:b]}{mark if mark in '.,;:!?-' else ''}") for a, b, mark in spans]
    spelled = [SHORT_DAY.sub(lambda found: SHORT_DAYS[found[0].casefold()], each) for each in marked]
    parts = [read_tokens(each, bot_user_id=asked.bot_user_id) for each in spelled]
    tokens = [token for each in parts for token in each]
    pieces = pieces_of(tokens, names, today) if tokens else ()
    sides, found, ahead, beyond = _sides(names), [], deque(pieces), 0
    for (begin, end, mark), own_tokens in zip(spans, parts, strict=True):
        own, beyond = [], beyond + len(own_tokens)
        while ahead and ahead[0].start < beyond:
            own.append(_as_person(ahead.popleft(), tokens, names))
        if own:
            said = PREFIX.sub(" ", f" {' '.join(map(_symbol, own))} ")
            clause = Clause(line, number, begin, end, mark, today, own_tokens, own, said, sides)
            sure = (each.account for each in own if each.account is not None and _is_sure(each, names))
            clause.accounts = tuple(dict.fromkeys(sure))
            clause.on = _told_on(clause)
            found.append(_with_kind(clause))
    return found


PREFIX = re.compile(
    r"^ (?:(?:and|but|so|then|also|btw|fyi|ok|hey|hi|well) )*(?:(?:(?:can|could|would|please|pls) )*(?:(?:you|u) )?"
    r"(?:(?:please|pls) )?(?:note|log|record|add) (?:that )?)?"
)


def _symbol(piece: Piece) -> str:
    if piece.account is not None:
        return "ACCOUNT"
    if piece.contact:
        return "THEIRS"
    if piece.when is not None and (piece.when.coming or piece.when.past):
        return "DAY"
    if piece.choice is not None or (piece.is_unknown and piece.typed[:1].isupper()):
        said = [_word_of_name(each) for each in piece.typed.split()]
        # "Luc Ferrand wants" was taken for one name
        is_written = any(each[:1].isupper() for each in piece.typed.split())
        return " ".join(each for each, _ in groupby(said)) if is_written else "NAME"
    return "OURS" if piece.persons else piece.word.replace("'ll", " will")


LONGEST_SHORT = 4


def _word_of_name(typed: str) -> str:
    """Return NAME for a word that is written as a name, and any other, short forms such as ERP and CISO, as it is."""
    is_short = typed.isupper() and 1 < len(typed) <= LONGEST_SHORT
    is_name = typed[:1].isupper() and not is_short and typed.casefold() not in words_of_signs()
    return "NAME" if is_name else " ".join(words_of(typed))


def _as_person(piece: Piece, tokens: Sequence[Token], names: Names) -> Piece:
    """Return the piece as the name that that begins such words as these: "Mark to check", "March: signed"."""
    token, after = tokens[piece.start], tokens[piece.start + 1 : piece.start + 2]
    leads = token.mark in (":", ",") or [each.word for each in after] in (["to"], ["will"])
    if not token.is_capital or not leads or piece.account is not None:
        return piece
    if piece.start == 0 and piece.when is not None and token.mark == ":":
        accounts = {each.account_id for each in names.keys_beginning(token.word)}
        return replace(piece, account=accounts.pop(), when=None) if len(accounts) == 1 else piece
    called = [each.user_id for each in names.members() if words_of(each.name)[:1] == (token.word,)]
    return replace(piece, persons=tuple(called), when=None, choice=None, senses=()) if len(called) == 1 else piece


SAME_LETTERS = 4


def _is_sure(piece: Piece, names: Names) -> bool:
    """Return true for an account that is spelled right, or no other begins as the one that was meant."""
    if not piece.is_guessed:
        return True
    first = next((each.key for each in names.all_keys() if each.account_id == piece.account), "")[:SAME_LETTERS]
    return {each.account_id for each in names.keys_beginning(first)} == {piece.account}


def _sides(names: Names) -> Sides:
    contacts = frozenset(word for each in names.contacts() for word in words_of(each))
    ours = frozenset(word for each in names.members() for word in words_of(each.name))
    return Sides(buyer_names=contacts - ours, our_names=ours - contacts)


def joined(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses, each with what goes on from it: words without a kind or a subject of their own."""
    current: Clause | None = None
    for each in clauses:
        clause = each if current is None else _after(current, each)
        if current is None or clause.number != current.number:
            yield from _whole(current)
            current = clause
        elif _is_header(current):
            current = _headed(clause, current)
        elif _goes_on(current, each):
            current = together(current, clause)
        else:
            yield from _whole(current)
            is_same = current.mark not in (".", "!", "?")
            current = replace(clause, header=current.header if is_same else "", leads=current.leads if is_same else "")
    yield from _whole(current)


def _after(before: Clause, clause: Clause) -> Clause:
    """Return the clause with what stands before it in its line: the day, and the buyer where it has no subject."""
    if clause.number != before.number:
        return clause
    on = clause.on if any(each.when is not None for each in clause.pieces) else clause.on or before.on
    if before.mark in (".", "!", "?"):
        # "Tuesday we met their COO. She wants two depots"
        is_theirs = clause.kind is DraftKind.MOVEMENT and says("they begin", clause.said)
        is_same = is_theirs and before.mark != "?" and not set(clause.accounts) - set(before.accounts)
        return replace(clause, on=on if is_same else clause.on)
    is_held = sign("occasion").fullmatch(before.said) and before.on is None
    if is_held and any(day > before.today for day in before.days) and clause.kind is DraftKind.MOVEMENT:
        return replace(clause, kind=DraftKind.UNCLEAR, actor=None)
    joining = clause.line[before.end : clause.start].split()[:1]
    is_theirs = joining == [","] and says("they acted", before.said)
    if joining == ["and"]:
        is_theirs = before.actor is EvidenceActor.BUYER or says("they begin", before.said)
    is_same = is_theirs and clause.kind is DraftKind.MOVEMENT and says("no subject", clause.said)
    return replace(clause, on=on, actor=EvidenceActor.BUYER if is_same else clause.actor)


def _told_on(clause: Clause) -> date | None:
    """Return the one day before today on which the words say that it happened."""
    on = read_day(clause.words, clause.today)
    days = [(each.when.past, each.word) for each in clause.pieces if each.when is not None]
    if on is None and len(days) == 1:
        [(past, word)] = days
        if word.startswith("since "):
            with suppress(AmbiguousDate, NotUnderstood):
                on = past_date(word.removeprefix("since "), clause.today)
        elif past is not None and (says("occasion", clause.said) or says("on day", clause.said)):
            on = past.first if past.first == past.last else None
    is_recent = on is not None and clause.today - LONGEST_AGO < on < clause.today
    return on if is_recent else None


def _whole(clause: Clause | None) -> Iterator[Clause]:
    """Yield the clause; where none of its parts has a kind, as what it is as a whole."""
    if clause is not None:
        yield clause if clause.kind is not None else _with_kind(clause)


def _headed(clause: Clause, header: Clause) -> Clause:
    leads = next((each.persons[0] for each in header.pieces if len(each.persons) == 1), "")
    # "blocked - not really" takes back its first word
    is_taken_back = header.mark == "-" and not header.accounts and TALK.match(clause.text)
    said = "" if is_taken_back else header.said
    accounts, on = clause.accounts or header.accounts, clause.on or header.on
    return _with_kind(replace(clause, header=said, leads=leads, accounts=accounts, on=on))


def _is_header(clause: Clause) -> bool:
    is_name = not clause.said.replace("ACCOUNT", "").strip(" and")
    is_short = clause.mark == ":" and clause.kind is None and len(clause.tokens) <= MOST_HEADER_WORDS
    is_word = any(sign(f"front {kind}").fullmatch(clause.said) for kind in FRONTS)
    return is_short or ((is_name or is_word) and clause.mark in (":", "-", ","))


def _goes_on(current: Clause, clause: Clause) -> bool:
    if current.actor in (None, EvidenceActor.US) and current.kind == value_said("goes on", clause.said):
        return True
    if current.mark in (".", "!", "?") or clause.mark == "?":
        return False
    if not current.said.replace("ACCOUNT", "").strip() or (sign("occasion").fullmatch(current.said) and clause.kind):
        return True
    if clause.accounts and current.accounts and clause.accounts != current.accounts:
        return False
    if clause.kind is None or current.kind is None:
        return not (says("own subject", clause.said) and len(clause.tokens) >= LEAST_WORDS)
    alone = clause.kind in (DraftKind.SIGNAL, DraftKind.JOINED, DraftKind.LEFT) or says("subject", clause.said)
    return clause.kind is current.kind and clause.actor in (current.actor, None) and not alone


def together(one: Clause, other: Clause) -> Clause:
    return replace(
        one,
        end=other.end,
        mark=other.mark,
        tokens=[*one.tokens, *other.tokens],
        pieces=[*one.pieces, *other.pieces],
        said=f"{one.said.rstrip()}{other.said}",
        kind=one.kind or other.kind,
        actor=one.actor or other.actor,
        accounts=tuple(dict.fromkeys((*one.accounts, *other.accounts))),
        on=one.on or other.on,
    )


# The kind of a clause: the first of which it has a sign


FRONTS = (DraftKind.BLOCKER, DraftKind.RESOLVED, DraftKind.NEXT_ACTION, DraftKind.DONE)
"""Kinds that words before a colon say."""


def _with_kind(clause: Clause) -> Clause:
    """Return the clause with its kind; of a movement, also who acted."""
    kind = _kind(clause)
    return replace(clause, kind=kind, actor=actor_of(clause) if kind is DraftKind.MOVEMENT else None)


def _kind(clause: Clause) -> DraftKind | None:
    """Return the kind that the words plainly say, None where they say none."""
    said = clause.said
    if front := value_said("front", clause.header):
        return DraftKind(front)
    if clause.mark == "?" or says("question", said):
        return None
    if says("no_change", said) or _is_nothing(clause, said):
        return DraftKind.NO_CHANGE
    if says("greeting", said) or _is_supposed(said) or _is_verdict(said):
        return None
    if clause.counted is not None:
        return DraftKind.SIGNAL
    if says("hearsay", said):
        return None
    is_negated = says("negated", said)
    if says("staged", said) and not is_negated:
        return DraftKind.MOVEMENT
    for kind in (DraftKind.LEFT, DraftKind.JOINED, DraftKind.SLIPPED, DraftKind.RESOLVED, DraftKind.DONE):
        found = sign(kind).search(said)
        is_no_slip = kind is DraftKind.SLIPPED and not TOWARDS.search(clause.text)
        if found and not is_no_slip and not (kind in FRONTS and _is_undone(said, found)):
            return kind
    if says("order", said) or says("absent", said):
        return None
    if says("put off", said) and not is_negated:
        return DraftKind.SLIPPED
    # what is told of days gone by is no promise
    is_over = (bool(clause.days) and max(clause.days) < clause.today) or says("past of ours", said)
    is_promise = says("next_action", said) and not says("ours did", said)
    if not is_over and (is_promise or (says("by name", clause.header) and len(said.split()) > 1)):
        return DraftKind.NEXT_ACTION
    for kind, is_seen in ((DraftKind.NOTE, says("note", said)), (DraftKind.SIGNAL, bool(value_said("signal", said)))):
        if is_seen:
            return None if says("nobody did", said) else kind
    if any(not says("denied", said[: found.start()]) for found in sign("blocker").finditer(said)):
        return DraftKind.BLOCKER
    did = any(says(each, said) for each in ("they did", "we did", "some came"))
    if any(each > clause.today for each in clause.days):
        is_dated = says("dated", said)
        # what they will do by a day may be either
        if says("they will", said) or (did and is_dated):
            return None
        # an entry such as "tenancy paper, tomorrow" below the name of an account
        is_entry = "ACCOUNT" in clause.header and says("entry", said)
        if not did and not is_over and (is_dated or is_entry or clause.is_ahead or says("meeting", said)):
            return DraftKind.NEXT_ACTION
        # nothing has happened yet on a day to come
        if (says("day in front", said) or says("occasion", said)) and _told_on(clause) is None:
            return None
    if did and (says("NOT", said) or says("personnel", sign("from new").sub("", said))):
        return None
    if says("signed", said) and not did and (clause.is_ahead or not is_signed(said)):
        return None
    plain = read_actor(clause.text, sides=clause.sides) is not EvidenceActor.IN_DOUBT
    plain = plain or (says("they", said) and not is_negated)
    was_granted = says("granted", said) and not says("undone", said)
    return DraftKind.MOVEMENT if did or was_granted or is_signed(said) or says("met", said) or plain else None


TOWARDS = re.compile(r"\b(?:to|until|till|by|from|a)\b|cancelled", re.IGNORECASE)


def _is_supposed(said: str) -> bool:
    found, by_them = sign("supposed").search(said), sign("they said").search(said)
    return found is not None and (by_them is None or found.start() < by_them.end())


def _is_undone(said: str, found: re.Match[str]) -> bool:
    """Return true where the words around a sign of something done say that it is not."""
    before, after = said[: found.start()], said[found.end() - 1 :]
    return says("undone", before) or says("negated", f"{before}{after}")


def is_signed(said: str) -> bool:
    signed = sign("signed").search(said)
    return signed is not None and not (says("not reached", said) or says("undone", said[: signed.end()]))


def _is_nothing(clause: Clause, said: str) -> bool:
    words = " ".join(each for each in said.split() if each not in ("ACCOUNT", "at", "from"))
    is_alone = not clause.header.replace("ACCOUNT", "").strip()
    return is_alone and not said.startswith(" same at ") and bool(ONLY_NOTHING.fullmatch(words))


def actor_of(clause: Clause) -> EvidenceActor | None:
    said, has_signed = clause.said, says("signed", clause.said)
    if says("staged", said) and not has_signed:
        return None
    if " by us " in said:
        return EvidenceActor.US
    if has_signed or any(says(each, said) for each in ("they did", "they", "some came")):
        return EvidenceActor.BUYER
    if says("we did", said):
        return EvidenceActor.US
    actor = read_actor(clause.text, sides=clause.sides)
    return None if actor is EvidenceActor.IN_DOUBT else actor


COUNTED = re.compile(
    r"(?P<before>\d{1,3})\s*(?:x|\u00d7|people|persons|attendees|visitors|guests)?\s*(?:from|at|of)?\s+(?P<who>\D+)"
    r"|(?P<name>\D+?)\s*[:=]?\s+(?P<after>\d{1,3})\s*(?:people|persons|attendees|x)?(?:\s*\(.*)?\W*",
    re.IGNORECASE,
)


def _is_verdict(said: str) -> bool:
    """Return true for a judgement of a colleague."""
    is_theirs = says("they did", said) and not said.startswith(" OURS ")
    return (
        "OURS" in said
        and not is_theirs
        and any(f" {each} {'OURS ' if each in OF_THINGS else ''}" in said for each in groups()["verdict"][""])
    )


OF_THINGS = frozenset(("replace", "replaced", "raise", "promote", "promoted", "trust", "fault", "mistake"))
"""Words of a judgement that are as well said of things: only those of a colleague are one."""
