"""News read by rules: the clauses of a text, and for each what it would record."""

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, reduce
from itertools import groupby, pairwise

from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from agendas.rules.group import OUR_WORDS
from agendas.rules.news import MOST_DRAFTS, Draft, DraftKind
from agendas.rules.signals import only_campaign_figures
from agendas.rules.threads import ONLY_NOTHING, TALK
from agendas.text import people_named
from agendas.text.evidence import readable
from agendas.text.vocabulary import STAGE_WORDS
from agendas.text.who_acted import MONTHS_BACK, Sides, read_actor, read_day
from assistant.names import Asked, Names
from assistant.pieces import Piece, pieces_of
from assistant.remarks import groups
from assistant.words import Token, read_tokens, words_of


def drafts_of(
    text: str,
    names: Names,
    asked: Asked,
    *,
    today: date,
    spoken_of: Sequence[int] = (),
    by_model: Sequence[Draft] | None = None,
) -> tuple[Draft, ...]:
    """Return what a piece of news would record, clause by clause, in its order; nothing is recorded.

    The account of a draft is the one that its clause names, else the one last named before it in the text; where none
    was, that of the thread or channel (`asked.channel_account`), else the one that the text alone names, else the one
    that was just spoken of. Where these differ, where a name may be several accounts or is nobody's, it is 0: asked.
    The kind is told only by words that say it plainly; a clause that names an account and says something else is
    `DraftKind.UNCLEAR`. Questions, orders, greetings and campaign figures draft nothing.

    Actions, blockers and people are not looked up: `agendas.rules.news.about` finds those meant, for drafts of an
    account that the writer may see. `draft.asks` is what is still open then.

    Args:
        text: the text as Slack escapes it, up to 4,000 characters.
        names: the names that its writer may see.
        asked: the writer, and the place where it was told.
        today: the writer's local date.
        spoken_of: accounts of the answer before it in the conversation.
        by_model: what a language model drafted of the text, None where none was asked. It takes the place of what
            rules are not sure of, as far as the text holds it.
    """
    clauses = _clauses_in(text, names, asked, today)
    named = tuple(dict.fromkeys(each for clause in clauses for each in clause.accounts))
    drafts: list[Draft] = []
    here, topic = _first_account(named, asked, spoken_of), None
    joined = list(_joined(clauses))
    places = list(_places(joined, here, named, in_thread=asked.channel_account is not None))
    quotes = [each for draft in by_model or () if (each := _quoted(draft, joined, places)) is not None]
    for number, (clause, (about, is_open)) in enumerate(zip(joined, places, strict=True)):
        topic = next((sort for sort, sign in EVENTS.items() if sign.search(f"{clause.header}{clause.said}")), topic)
        by_rules = _by_rules(clause, asked, topic)
        told = [(by_rules, clause)] if by_rules is not None else []
        own = [each for each in quotes if number in each.clauses]
        if by_model is not None and _gives_way(by_rules, own, is_whole=len(quotes) == len(by_model)):
            read = [(each.draft, _as_clause(each, clause, names, asked)) for each in own if each.clauses[0] == number]
            told = [(_held(draft, each, clause, asked, clauses), each) for draft, each in read if each is not None]
        if is_open:
            both = tuple((each, _name(each, names)) for each in about)
            drafts += [replace(draft, account=0, near=both) for draft, _ in told]
            continue
        for draft, said in told:
            drafts += _placed(draft, said, about, names)
    return tuple(drafts)[:MOST_DRAFTS]


def named_in(text: str, names: Names, asked: Asked, *, today: date) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the accounts and the people of ours whom a text names or may mean, each once, in their order."""
    pieces = [each for clause in _clauses_in(text, names, asked, today) for each in clause.pieces]
    near = [dict(each.choice.accounts) if each.choice else (each.account,) for each in pieces]
    accounts = [account for each in near for account in each if account is not None]
    return tuple(dict.fromkeys(accounts)), tuple(dict.fromkeys(each for piece in pieces for each in piece.persons))


def person_in(text: str, names: Names, asked: Asked, *, today: date) -> tuple[str, str]:
    """Return the name and the title of the first person at an account whom a text names; '' for what it does not."""
    found = ((clause, _person(clause)) for clause in _joined(_clauses_in(text, names, asked, today)))
    return next(((person, _title(clause, person)) for clause, person in found if person), ("", ""))


def is_in_part(text: str, drafts: Sequence[Draft]) -> bool:
    """Return whether a clause of the text has no draft, or one that has to be asked what it is."""
    left = readable(text)
    for each in drafts:
        left = left.replace(each.words, "\n", 1)
    parts = [each.split() for each in CLAUSE.findall(left) if not each.endswith("?")]
    is_unclear = any(each.kind is DraftKind.UNCLEAR for each in drafts)
    return is_unclear or any(len(each) >= LEAST_WORDS for each in parts)


CLAUSE = re.compile(r"[^\n.,;:!?]+\??")


def left_out(text: str, drafts: Sequence[Draft], names: Names, asked: Asked, *, today: date) -> tuple[str, ...]:
    """Return the clauses of which nothing was drafted, as they are written, but greetings and headings."""
    left = []
    for clause in _joined(_clauses_in(text, names, asked, today)):
        words = _words(clause)
        is_drafted = any(each.words in words or words in each.words for each in drafts)
        if not (is_drafted or GREETING.match(clause.said) or HEADING.search(clause.said)) and " " in words:
            left.append(words)
    return tuple(left)


def is_for_model(text: str, drafts: Sequence[Draft]) -> bool:
    """Return whether a model may draft more of the text, or draft it otherwise: rules are not sure of all of it."""
    return is_in_part(text, drafts) or not all(map(_is_certain, drafts))


def _is_certain(draft: Draft) -> bool:
    """Return true for what rules are sure of: a stage, a person or a number that is named, a day that is promised."""
    match draft.kind:
        case DraftKind.UNCLEAR | DraftKind.BLOCKER:
            return False
        case DraftKind.MOVEMENT:
            return draft.stage is not None
        case DraftKind.NEXT_ACTION:
            return bool(draft.owner and draft.due_on)
        case DraftKind.LEFT | DraftKind.JOINED:
            return bool(draft.person or draft.role)
        case DraftKind.SIGNAL:
            return draft.count > 0
    return True


def _first_account(named: Sequence[int], asked: Asked, spoken_of: Sequence[int]) -> tuple[int, ...]:
    """Return the account of clauses before the first that names one; none where several may be meant."""
    if asked.channel_account is not None:
        return (asked.channel_account,)
    return tuple(named if len(named) == 1 and set(spoken_of) <= set(named) else () if named else spoken_of[:1])


# Lines and clauses

BULLET = re.compile(r"[ \t\xa0]*(?:[-\u2013\u2022\u25e6*]|\d{1,2}[.)])?[ \t\xa0]+|[-\u2013\u2022\u25e6*](?=\w)")
SHORT_DAYS = {
    "mon": "monday",
    "tue": "tuesday",
    "tues": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "fri": "friday",
}
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
NAMED = re.compile(r"^ NAME ")
BESIDES = re.compile(r" (?:with|from|at|for|of|to|by|via|like|than) ACCOUNT ")


def _name(account: int, names: Names) -> str:
    return next((each.name for each in names.all_keys() if each.account_id == account), "")


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


def _clauses_in(text: str, names: Names, asked: Asked, today: date, *, first: int = 0) -> list[Clause]:
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
            clause.kind, clause.actor = _kind(clause)
            clause.on = _told_on(clause)
            found.append(clause)
    return found


PREFIX = re.compile(r"^ (?:(?:and|but|so|then|also|btw|fyi|ok|hey|hi|well) )+")


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
    is_name = typed[:1].isupper() and not is_short and typed.casefold() not in _words_of_signs()
    return "NAME" if is_name else " ".join(words_of(typed))


@cache
def _words_of_signs() -> frozenset[str]:
    """Return the words that the signs below are made of: none of them is a name where it begins a clause."""
    signs = (
        *SIGNS.values(),
        *SEEN.values(),
        *EVENTS.values(),
        BLOCKED,
        SIGNED,
        THEY_DID,
        WE_DID,
        MET,
        MEETING,
        GREETING,
    )
    return frozenset(word for sign in signs for word in re.findall(r"[a-z]{3,}", sign.pattern))


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


def _joined(clauses: Sequence[Clause]) -> Iterator[Clause]:
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
            current = _together(current, clause)
        else:
            yield from _whole(current)
            is_same = current.mark not in (".", "!", "?")
            current = replace(clause, header=current.header if is_same else "", leads=current.leads if is_same else "")
    yield from _whole(current)


def _after(before: Clause, clause: Clause) -> Clause:
    """Return the clause with what stands before it in its sentence: the day, and the buyer where it has no subject."""
    if clause.number != before.number or before.mark in (".", "!", "?"):
        return clause
    is_ahead = OCCASION.fullmatch(before.said) and before.on is None and any(day > before.today for day in before.days)
    if is_ahead and clause.kind is DraftKind.MOVEMENT:
        return replace(clause, kind=DraftKind.UNCLEAR, actor=None)
    on = clause.on if any(each.when is not None for each in clause.pieces) else clause.on or before.on
    is_theirs = before.actor is EvidenceActor.BUYER or THEY_BEGIN.match(before.said) is not None
    is_theirs = is_theirs and clause.line[before.end : clause.start].split()[:1] == ["and"]
    is_same = is_theirs and clause.kind is DraftKind.MOVEMENT and NO_SUBJECT.match(clause.said) is not None
    return replace(clause, on=on, actor=EvidenceActor.BUYER if is_same else clause.actor)


def _told_on(clause: Clause) -> date | None:
    """Return the one day before today on which the words say that it happened."""
    on = read_day(_words(clause), clause.today)
    days = [each.when for each in clause.pieces if each.when is not None]
    if on is None and len(days) == 1 and any(each.match(clause.said) for each in ON_DAY):
        past = days[0].past
        on = past.first if past is not None and past.first == past.last else None
    is_recent = on is not None and clause.today - LONGEST_AGO < on < clause.today
    return on if is_recent else None


def _whole(clause: Clause | None) -> Iterator[Clause]:
    """Yield the clause; where none of its parts has a kind, as what it is as a whole."""
    if clause is not None:
        kind, actor = (clause.kind, clause.actor) if clause.kind is not None else _kind(clause)
        yield replace(clause, kind=kind, actor=actor)


def _headed(clause: Clause, header: Clause) -> Clause:
    leads = next((each.persons[0] for each in header.pieces if len(each.persons) == 1), "")
    # "blocked - not really" takes back its first word
    is_taken_back = header.mark == "-" and not header.accounts and TALK.match(clause.text)
    said = "" if is_taken_back else header.said
    accounts, on = clause.accounts or header.accounts, clause.on or header.on
    headed = replace(clause, header=said, leads=leads, accounts=accounts, kind=None, on=on)
    kind, actor = _kind(headed)
    return replace(headed, kind=kind, actor=actor)


def _is_header(clause: Clause) -> bool:
    is_name = not clause.said.replace("ACCOUNT", "").strip(" and")
    is_short = clause.mark == ":" and clause.kind is None and len(clause.tokens) <= MOST_HEADER_WORDS
    is_word = any(sign.fullmatch(f"{clause.said} ".replace("  ", " ")) for sign in IN_FRONT.values())
    return is_short or ((is_name or is_word) and clause.mark in (":", "-", ","))


def _goes_on(current: Clause, clause: Clause) -> bool:
    after = GOES_ON.get(current.kind) if current.actor in (None, EvidenceActor.US) else None
    if after is not None and after.match(clause.said):
        return True
    if current.mark in (".", "!", "?") or clause.mark == "?":
        return False
    if not current.said.replace("ACCOUNT", "").strip() or (OCCASION.fullmatch(current.said) and clause.kind):
        return True
    if clause.accounts and current.accounts and clause.accounts != current.accounts:
        return False
    if clause.kind is None or current.kind is None:
        return not (OWN_SUBJECT.match(clause.said) and len(clause.tokens) >= LEAST_WORDS)
    alone = clause.kind in (DraftKind.SIGNAL, DraftKind.JOINED, DraftKind.LEFT) or SUBJECT.match(clause.said)
    return clause.kind is current.kind and clause.actor in (current.actor, None) and not alone


GOES_ON: Mapping[DraftKind | None, re.Pattern[str]] = {
    DraftKind.NO_CHANGE: re.compile(r"^ (?:(?:i|we) )?(?:am |are |im )?still (?:wait|no |nothing|quiet|silent)"),
    DraftKind.JOINED: re.compile(r"^ (?:starts|starting|begins|joins) "),
    DraftKind.MOVEMENT: re.compile(r"^ (?:all )?done $"),
}
"""Beginnings that are no news of their own after a clause of this kind: "nothing new, still waiting on them"."""

SUBJECT = re.compile(r"^ (?:i|we|OURS|ACCOUNT) ")
OWN_SUBJECT = re.compile(r"^ (?:i|we|they|he|she|it|there|OURS|ACCOUNT|THEIRS|NAME|the|their|our|his|her) ")


def _together(one: Clause, other: Clause) -> Clause:
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


# Kinds by their signs: patterns over words in their normal form; the first that fits is the kind


def _any(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split(",")), key=lambda each: (-len(each), each)))


TITLES = "|".join(sorted(people_named.TITLES | {"board", "boss", "deputy", "guy", "lady", "dispatchers", "owner"}))
DEPARTMENTS = "|".join(sorted(people_named.DEPARTMENTS | {"purchasing", "procurement", "council"}))
ROLES = "|".join(sorted(OUR_WORDS, key=lambda each: -len(each)))
STAGES = "|".join(sorted(map(re.escape, STAGE_WORDS), key=lambda each: -len(each)))
THEM = (
    r"(?:they|he|she|it security|legal|procurement|purchasing|treasury|theirs|(?:NAME|THEIRS|ACCOUNT)(?: THEIRS|"
    r" NAME)?"
    rf"|(?:(?:their|his|her|the|a|one|ACCOUNT) )?(?:\w+ ){{0,2}}(?:{TITLES}|{ROLES})(?: of \w+)?(?: (?:THEIRS|NAME))?"
    rf"|(?:their|ACCOUNT) (?:\w+ ){{0,2}}(?:{DEPARTMENTS}))(?: (?:at|of|from) (?:ACCOUNT|NAME))?"
)
SOME_OF_THEM = r"(?:\w+ of (?:theirs|them|their (?:\w+ )?\w+))"
THINGS = "|".join(
    sorted(
        people_named.THINGS
        | people_named.words("budget deal order pilot price project renewal tour training visit workshop")
    )
)
US = "(?:i|we|OURS)"
SOON = "(?:(?:just|also|already|finally|now|again|both|ve|has|have|had|still|only|then) )*"
PAST = "|".join(sorted((people_named.ACTS - {"says", "sends", "calls"}) | {"promised", "rescheduled", "sat", "spoke"}))
NOW = _any(
    "wants,want,likes,like,loves,needs,agreed,supports,prefers,plans,plan,asks,ask,accepts,accept,confirms,"
    "approves,agrees,"
    "happy,hopes,expects,chose,is fine,are fine,is ready,are ready,is interested,are interested,compares,"
    "decides,will,"
    "would,read,reads,takes,goes,starts,expand,expands,got in touch,came back,brings,now ok,writes,got promoted"
)
NEGATED = re.compile(r" (?:not|never|hasnt|havent|didnt|isnt|arent|nothing|wasnt|dont|doesnt|no) ")
SUPPOSED = re.compile(
    r"^ (?:if|maybe|perhaps|probably|hopefully|suppose|imagine|unless|once|in case|lets|let us) "
    r"|(?<!asked)(?<!asks)(?<!know)(?<!tell me)(?<!check)(?<!sure) if (?:they|he|she|we|ACCOUNT) "
    r"| (?:might|(?:may|could|must) have|may (?:be|not|leave|go|sign|come|move|cancel)"
    r"|(?:could|would|should) (?:become|be (?:an?|our|the|good))"
    r"|i (?:think|guess|hope|wonder|believe|doubt|fear|wish)|would be nice"
    r"|hopefully|fingers crossed|sounds like|feels like|last year|years? ago|months ago|used to|back in (?:DAY|the)) "
)
"""Words of what is only supposed, hoped for, or long past: no news."""

THEY_SAID = re.compile(rf"^ (?:ACCOUNT )?{THEM} {SOON}(?:said|says|told|replied|answered|wrote|mentioned) ")
"""A beginning after which what they suppose is still what they said."""

HEARSAY = re.compile(
    r" (?:apparently|supposedly|allegedly|rumou?rs?|word is|(?:someone|somebody|people) (?:said|says|told|say)) "
    r"|^ (?:ACCOUNT )?(?:i |we )?(?:hear|heard) (?!back |from |nothing )"
)
"""Words of what others are said to have said: what it is has to be asked."""

DENIED = re.compile(
    r" (?:not|isnt|arent|wasnt|werent|no|never|nothing|didnt|doesnt|dont|hasnt|havent|longer) (?:\w+ )?$"
)
"""Words just before a sign by which it is not so."""

UNDONE = re.compile(
    r" (?:almost|nearly|half|partly|mostly|soon|not|never|isnt|arent|hasnt|havent|didnt|wasnt|cant|cannot|be|being"
    r"|will|must|should|needs?|until|when|before|expect\w*|await\w*|waiting) "
)
"""Words before a sign of something done by which it is not done yet."""

ABSENT = re.compile(
    r" (?:on (?:\w+ )?(?:vacation|holidays?|leave)|(?:out|off) sick|out of (?:the )?office|ooo"
    r"|(?:THEIRS|NAME) out (?:today|DAY|this week|next week)|(?:is|are|be) back (?:in|on|at|from|DAY|today|next week)"
    r"|(?:is|are) (?:leaving|retiring|sick|ill|away|off|out(?: (?:today|DAY|this week|next week))?)) (?!of )"
)
"""Words of somebody who is not there for a while, or will leave: no act of theirs."""

PUT_OFF = re.compile(
    rf" (?:{THINGS}|kickoff|review|session|date|deadline) (?:was |is |has been |got )?(?:again )?"
    r"(?:pushed|moved|postponed|delayed|rescheduled) (?!to (?!DAY))"
)

NOBODY_DID = re.compile(r" (?:not|nobody|none|no one|noone|hasnt|havent|didnt|isnt|arent|never|doesnt|dont) ")

PERSONNEL = re.compile(
    r" (?:joined|joins|joining|started|starts|replaces|replacement|successor|hired|takes over|took over|in charge|role"
    rf"|position|introduced|promoted|retires|retiring|leaves|leaving"
    rf"|new (?:\w+ )?(?:{TITLES}|{ROLES}|boss|person|contact)) "
)
"""Words of people who come and go: with them what somebody did may be news of the person."""

FROM_NEW = re.compile(r" (?:from|to|with|by) (?:their |the |a )?new \w+ ")
NOT_DONE = re.compile(r" (?:not|never|hasnt|havent|didnt|isnt|arent|wasnt) ")
TOWARDS = re.compile(r"\b(?:to|until|till|by|from|a)\b|cancelled", re.IGNORECASE)
NO_NEWS = re.compile(
    r"^ (?:ACCOUNT )*(?:still )?(?:no|nothing|zero)(?: (?:change|changes|news|new|updates?|moved|movement|to report))"
    r"(?: (?:at|from|for|on|with|here|yet|since|this|today|ACCOUNT|DAY|week|my|side|the|honestly|really|sadly|tbh))* $"
    r"|^ (?:ACCOUNT )?(?:is |its |still |all )*(?:nothing|no answer|no reply|no response|unchanged|same|quiet"
    r"|no sign of life|radio silence|silence|as before) (?:still |yet |so far |again |this week |here )*$"
)
QUESTION = re.compile(
    r"^ (?:who|what|when|where|why|how|which|is|are|was|were|does|do|did|should|shall|any|anybody|anyone|has|have|can"
    r"|could|would|whats|hows) (?!you (?:please |pls )?(?:push|move|postpone|note|log|record|delay))"
)
ORDER = re.compile(
    r"^ (?:please |pls )?(?:drop|delete|remove|ask|show|give|list|remind|undo|put|cancel|stop|open|create|"
    r"nominate|pause"
    r"|change|rename|export|summari[sz]e|schedule|reject|restore|promote|demote|skip|archive|merge|set|make|name|tier"
    r"|correct|find|get me|compare|brief|tell me|let me know|great put) "
)
GREETING = re.compile(
    r"^ (?:hi|hello|hey|thanks|thank you|lol|(?:great|nice)(?! (?:call|demo|meeting|visit) )|congrats"
    r"|good (?:morning|job|work)|impressive|cool|bye|cheers|haha)(?: \w+){0,5} $"
    r"|^ (?:ok|okay|perfect|agreed|sure|yes|no)(?: (?:thanks|thank|you|problem|problems|worries|idea|way|for|with|by|me"
    r"|us|it|then|good|great|cool))* $"
    r"|^ (?:as )?(?:i|we) (?:just |already )*(?:told|wrote|asked|said)(?: (?:it|that))?(?: to)? (?:you|u)(?: \w+)? $"
)
ASIDE = re.compile(
    r"^ (?:can |could |would |please |pls )*(?:you |u )?(?:please |pls )?(?:note|log|record|add)(?: that)? "
)
STAGED = re.compile(
    rf" (?:moved|move|moves|mark|set|promoted|is now|are now|now)(?: \w+){{0,3}}? (?:(?:to|as|at|"
    rf"in) )?(?:an? )?({STAGES}) "
)
SIGNED = re.compile(
    r" (?:contract|order form|order|agreement|deal) (?:\w+ ){0,2}(?:signed|countersigned|closed) "
    r"| (?:signed|countersigned) (?:the |our )?(?:contract|order form|order|agreement|deal) "
)
NOT_REACHED = re.compile(
    r" (?:lost|without|instead|almost|nearly|cancel\w*|terminat\w*|competitors?|would"
    r"|(?:wants?|going|about|ready|plans?|hopes?|close) to|customers? (?:of|at|success|service|support|care)|by us"
    r"|expected) "
    r"|^ (?!(?:ACCOUNT )?(?:i|we|OURS) ).*(?:signed|closed) (?:\w+ ){0,4}(?:with|w) (?!us |our |a )"
)
"""Words beside a stage or a signature by which it was not reached, or is over."""

IN_FRONT: Mapping[DraftKind, re.Pattern[str]] = {
    DraftKind.BLOCKER: re.compile(r"^ (?:blockers?|blokcer|blocked|risk|issue|problem) (?!can |is |gone |was )"),
    DraftKind.RESOLVED: re.compile(r"^ (?:resolved|solved|unblocked) "),
    DraftKind.NEXT_ACTION: re.compile(
        r"^ (?:next steps?|next action|next|todo|to do|my todo|follow up|followup|action) "
    ),
    DraftKind.DONE: re.compile(r"^ done "),
}
"""Words that begin a clause, or stand before its colon, and say what it is."""

SIGNS: Mapping[DraftKind, re.Pattern[str]] = {
    DraftKind.LEFT: re.compile(
        rf"^ {THEM} (?:{SOON})(?:left|resigned|quit|retired|stepped down|gone) (?!a |us |me |it |open |out |"
        rf"voicemail |over |early |the (?:call|demo|meeting|room|session|workshop) )"
        r"| (?:is|are|was|got) (?:let go|fired|laid off|sacked|no longer (?:with|at|there|in charge)|gone) "
        r"| no longer works | has gone $| has (?:just )?(?:resigned|quit|retired|left) $"
        r"| (?:moved|went|goes) to (?:a |another )(?:new )?(?:company|job|competitor) "
        rf"| (?:isnt|is not|not) (?:the |our |their )*(?:{ROLES}) any ?(?:more|longer) "
        rf"| no longer (?:the |our |their )*(?:{ROLES}) "
        rf"| lost (?:their|its|our|the) (?:{ROLES}|{TITLES}) "
    ),
    DraftKind.JOINED: re.compile(
        rf" (?:is|becomes) (?:the|their) (?:{ROLES}) "
        r"| (?:is|are|becomes|became) (?:now |the new |our new |now our |now the |our )+(?:\w+ )?"
        rf"(?:{ROLES}|{TITLES}) "
        r"| (?:replaces|replaced) (?:THEIRS|NAME|him|her|them) | (?:is|are) the new \w+ | new contact "
        r"| (?:took|takes) over (?:as|from|her|his|their) | promoted to | (?:joined|joins|started|starts) as |"
        r" appointed "
        rf"|^ (?:ACCOUNT )?(?:(?:since|from|as of) )?(?:DAY )?"
        rf"(?:has |have |hired )?(?:a |their )?new (?:{ROLES}|{TITLES}|head of \w+) "
        rf"|^ {THEM} {SOON}joined (?!us |our |the |a )"
        r"| (?:replacement|successor) (?:(?:at|of|for) \w+ )?(?:is|will be) (?:called |named )?(?:NAME|THEIRS) "
        r"| replaced by (?:NAME|THEIRS) "
    ),
    DraftKind.SLIPPED: re.compile(
        r"^ (?:(?:can|could|would) (?:you|u|we) )?(?:please |pls )?(?:push|move|postpone|delay|reschedule|shift|"
        r"slip) "
        r".*?(?:DAY|week|month|days) | (?:pushed(?! back on)|move[ds](?! to (?:an? |another |their |new ))|postponed|"
        r"delayed|rescheduled|shifted|slips|slipped) .*?DAY "
        r"|^ (?:\w+ )*cancelled .*new date "
    ),
    DraftKind.RESOLVED: re.compile(
        r" (?:resolved|solved|unblocked|cleared|sorted out|sorted) | blocker (?:can go|is gone|gone) | went through $"
        r"| (?:was|were|got|is|are|been) (?:now |finally )?(?:accepted|cleared|signed off|fixed|off the table|agreed $|"
        r"through|waived) "
        r"| no (?:longer|more) (?:a )?(?:block\w*|stuck|frozen|on hold|problem|issue) "
        r"| (?:not|isnt|arent) (?:\w+ )?(?:block\w*|stuck|frozen|on hold|problem|issue) any ?more "
    ),
    DraftKind.DONE: re.compile(
        rf"^ (?:{US} )?{SOON}(?:finished|completed|closed|wrapped up|delivered|done with|corrected) "
        r"| (?:done|finished|completed|delivered|rewritten) (?:to \w+ )*$"
        rf"|^ (?!{THEM} (?:is|are)|OURS )(?:\w+ )+(?:is|are) out $"
    ),
}
BLOCKED = re.compile(
    " (?:"
    + _any(
        "blocked,blocks,blocking,stuck,on hold,misses,missing,lacks,lacking,refused,refuses,rejected,rejects,"
        "against it,"
        "unhappy,not happy,complain,complains,complained,insist,insists,delays,concerned,worried,object,objects,"
        "objected,"
        "afraid,stalling,red flag,no budget,not approved,not informed,not ready,not interested,cant,cannot,wont,"
        "waiting for,waiting on,waits for,wait for,depends on,nobody,cut the budget,frozen,freeze,hold up,holds up,"
        "pushback,pushed back on,pushes back,ghosted,hesitates,hesitant,is against,are against,no money,no capacity,"
        "no time,no resources,until they,"
        "held up,pending,still no,not signed,unclear who,undercut,cheaper,disappeared,went dark,ghosting,"
        "doubts,dont like,doesnt like,dont want,doesnt want,scared,veto,vetoed,budget freeze,hiring freeze,"
        "objections,problem with,unpaid,failed,more time,more weeks,"
        "last point,block,penalty clause,too expensive,too high,no owner,says no,said no,says no to,they stop"
    )
    + ") | (?:need|needs) (?:an? |our |the |help |someone |somebody )| (?:needs?|wants?) .* (?:before|first) "
)
SEEN: Mapping[SignalKind, re.Pattern[str]] = {
    kind: re.compile(f" (?:{pattern}) ")
    for kind, pattern in {
        SignalKind.HIRING: r"hiring(?! freeze)|job ads?|job posting|vacanc\w+|recruiting",
        SignalKind.TECH_CHANGE: r"technology change|tech change|switched (?:erp|crm|from|to)"
        rf"|replaced their (?!{TITLES}|{ROLES})\w+"
        r"|migrat(?:ed|es|ing) (?:to|from|off)",
        SignalKind.INTENT: r"intent (?:spike|data|signals?|surge|on)|searching for|researching|surge",
        SignalKind.COMPETITIVE_RESEARCH: r"comparing us|compares us|compared us|competitors? page|"
        r"looking at competitors",
        SignalKind.PRODUCT_USAGE: r"usage|logins?|active users|weekly users|test calls|trial users",
        SignalKind.WEB_VISIT: r"visited (?:our|the) (?:site|website|web|page|pricing)|(?:web|page|website) "
        r"(?:visits?|views?)|site (?:visits|views)|pricing page|on our (?:site|website|page)",
        SignalKind.CONTENT: r"opened (?:the|our)|clicked|downloaded|dowloaded|downloads?|watched|newsletter|"
        r"following our",
        SignalKind.EVENT: r"came to (?:our|the)(?! office)|attended|attends|registered for|signed up for|sat in|"
        r"(?:visited|at) our booth|joined (?:our|the) (?:webinar|roundtable|breakfast)",
    }.items()
}
EVENTS: Mapping[SignalKind, re.Pattern[str]] = {
    SignalKind.EVENT: re.compile(
        r" (?:webinar|roundtable|events?|forum|breakfast|booth|fair|summit|conference|attendance|attendees|guests?) "
    ),
    SignalKind.WEB_VISIT: re.compile(r" (?:visits|visitors) "),
    SignalKind.CONTENT: re.compile(r" (?:downloads?|whitepaper|report|video) "),
}
"""Words over a list of accounts with numbers that say what was counted."""

COUNTED = re.compile(
    r"(?P<before>\d{1,3})\s*(?:x|\u00d7|people|persons|attendees|visitors|guests)?\s*(?:from|at|of)?\s+(?P<who>\D+)"
    r"|(?P<name>\D+?)\s*[:=]?\s+(?P<after>\d{1,3})\s*(?:people|persons|attendees|x)?(?:\s*\(.*)?\W*",
    re.IGNORECASE,
)
DOING = _any(
    "take,do,book,own,fill,prepare,send,talk,mail,call,write,ask,check,bring,try,meet,visit,set,make,get,give,"
    "draft,share,"
    "follow,organise,organize,schedule,present,review,fix,update,deliver,order,invite,start,plan,finish,clarify,"
    "handle,"
    "host,arrange,push,speak,owe"
)
PROMISE = re.compile(
    rf"^ (?:ACCOUNT |DAY )*{US} (?:will|shall|should|must|can|could|needs? to|has to|have to|is going to|please|"
    rf"pls|to) "
    rf"|^ (?:ACCOUNT |DAY )*(?:i|we) (?:still |also |then )?(?!do $)(?:{DOING}) "
    r"|^ (?:will|ill|need to|have to|must|gotta|got to|gonna|going to) "
    r"|^ (?:please|pls) .*(?:DAY|today) "
    r"|^ our \w+ (?:\w+ )?\w+s .*DAY |^ OURS (?:\w+s|(?!to )(?:\w+ )*(?:by|until|till|on)|"
    r"(?:\w+ )*)(?: .*)?(?: )?DAY "
)
OURS_DID = re.compile(
    rf"^ (?:ACCOUNT |DAY )*OURS {SOON}(?:(?!promised|agreed|offered|planned|need)\w+ed|met|sent|spoke|told|gave|had|saw"
    r"|got|brought|wrote|held|rang|took|sat|ran|made|went|came|did) "
)
BY_NAME = re.compile(r"^ (?:i|me|we|OURS|OURS and OURS) $")
DATED = re.compile(
    r" (?:by|until|till|due|follows|begins|starts|kickoff|planned) (?:\w+ )?DAY |^ new date .*DAY | due "
)
MEETING = re.compile(
    r" (?:call|meeting|mtg|demo|workshop|kickoff|visit|review|training|session|appointment|qbr|min|minutes|lunch) "
)
THEY_WILL = re.compile(rf"^ (?:ACCOUNT )?{THEM} (?:\w+ )?(?:will|would) ")
SAYS = _any(
    "wants,want,asks,agreed,confirmed,said,replied,approved,signed,countersigned,insists,accepted,requested,commented"
)
THEY_DID = re.compile(
    rf"^ (?:ACCOUNT )?(?:{THEM}) (?:(?!(?:{THINGS}) )\w+ )?{SOON}(?:{PAST}|{NOW}) |^ (?!i |we |you |"
    rf"OURS )(?:\w+ )?{SOON}(?:{SAYS}) |^ (?:got|received) (?:a |an |the )?(?:mail|reply|answer"
    r"|call|yes|order|po) |^ (?:got|received) (?:\w+ ){1,4}from (?:ACCOUNT|THEIRS|NAME|them|their) "
    rf"|^ (?:ACCOUNT )?(?!i |we |you |sent |told |met |asked )(?:\w+ ){{1,2}}(?:THEIRS|NAME) {SOON}(?:{PAST}|{NOW}) "
)
THEY = re.compile(
    rf"^ (?:they|he|she|THEIRS|(?:their|the|ACCOUNT) (?:{TITLES}|{ROLES})(?: of \w+)?(?: (?:THEIRS|NAME))?)"
    r" (?!of |at |from )\w+ \w+"
)
WE_DID = re.compile(
    rf"^ (?:{US} )?{SOON}(?!asked )(?:{PAST}|rang|tried|reviewd) |^ {US} asked |^ (?:\w+ ){{1,3}}(?:sent|shared) "
)
GRANTED = re.compile(r" (?:approved|confirmed|granted) (?:(?:by|from) (?:\w+ ){1,4})?(?:DAY )?$")
MET = re.compile(
    r"^ asked |^ (?:ACCOUNT )?(?:good |great |nice |short |long )?(?:call|meeting|demo|visit|workshop|chat|"
    r"lunch|dinner)(?: \w+)? "
    r"(?:with|went|held) "
    r"| (?:call|meeting|demo|visit|workshop|training|session|pilot|kickoff|test) went"
    r" (?:fine|well|great|ok|good|badly) "
)


MEETINGS = "call|meeting|mtg|demo|visit|workshop|chat|lunch|dinner|breakfast|webinar|event|fair|roundtable|session"
OCCASION = re.compile(
    rf" (?:ACCOUNT )?(?:our |the |a )?(?:\w+ )?(?:{MEETINGS}) "
    r"(?:(?:with|at|for) (?:ACCOUNT|them|THEIRS|NAME) )?(?:on )?DAY "
)
"""What was held on a day, without what came of it."""

WE_ON_DAY = re.compile(
    rf"^ (?:ACCOUNT )?{US} {SOON}(?!asked|agreed|confirmed|offered|promised|invited|booked|planned|proposed|moved|set)"
    rf"(?:\w+ed|met|sent|spoke|told|gave|had|saw|rang|took|went|came) (?:\w+ ){{0,8}}DAY $|^ (?:on )?DAY {US} "
)
"""What we did on a day."""

LONGEST_AGO = timedelta(days=30 * MONTHS_BACK)
DAY_IN_FRONT = re.compile(r"^ (?:ACCOUNT )?(?:on )?DAY ")
DAY_OF_ACT = re.compile(rf"^ (?:ACCOUNT )?DAY (?:{THEM}|{US}) {SOON}(?:{PAST}) ")
STEP_ON_DAY = re.compile(rf"^ (?:ACCOUNT )?(?:moved to|became|is now) (?:an? )?(?:{STAGES}) DAY $")
CAME_ON_DAY = re.compile(r"^ .* (?:came|attended|visited|downloaded|registered) (?:\w+ ){0,4}DAY $")
ON_DAY = (OCCASION, WE_ON_DAY, DAY_OF_ACT, STEP_ON_DAY, CAME_ON_DAY, re.compile(r"^ (?:ACCOUNT )?DAY $"))
THEY_BEGIN = re.compile(rf"^ (?:ACCOUNT )?(?:{THEM}|{SOME_OF_THEM}) (?!is |are |was |were )")
NO_SUBJECT = re.compile(rf"^ {SOON}(?:\w+ed|{PAST}) (?!(?:them|him|her|ACCOUNT|THEIRS) )")
"""A beginning with something done, by the subject of what stands before it."""

SOME_CAME = re.compile(rf"^ (?:ACCOUNT )?{SOME_OF_THEM} {SOON}(?:{PAST}) ")
REPORTED_BY_PROGRAMS = re.compile(
    r" (?:opened (?:a |an |all |both |our |my |the |your |this |that |last |first |latest )*"
    r"(?:e-?mails?|mails?|newsletters?)"
    r"|impressions?|(?:liked|likes|clicked(?: on)?|clicks(?: on)?) (?:our|my|the|a) (?:\w+ )?"
    r"(?:posts?|ads?|page|banner|links?|campaign|video)|\d+ (?:likes|clicks|opens)) "
)
"""Campaign figures, and what a mail program or a network reports: no act of the buyer."""

PAST_OF_OURS = re.compile(r"^ (?:ACCOUNT |DAY )*(?:OURS|i|we|our \w+) (?:was|were|had|did|didnt|wasnt|werent|hadnt) ")


def _is_over(clause: Clause, said: str) -> bool:
    """Return true for what is told of days gone by."""
    is_past = bool(clause.days) and max(clause.days) < clause.today
    return is_past or PAST_OF_OURS.match(said) is not None or said.startswith(" asked ")


def _kind(clause: Clause) -> tuple[DraftKind | None, EvidenceActor | None]:
    """Return the kind that the words plainly say, None where they say none; of a movement, who acted."""
    said = ASIDE.sub(" ", clause.said)
    kind = _kind_of(clause, said)
    if kind is DraftKind.MOVEMENT:
        return kind, _actor(clause, said)
    return kind, None


def _kind_of(clause: Clause, said: str) -> DraftKind | None:
    front = next((kind for kind, sign in IN_FRONT.items() if sign.match(clause.header)), None)
    if front is not None:
        return front
    if clause.mark == "?" or QUESTION.match(said):
        return None
    if NO_NEWS.match(said) or _is_nothing(clause, said):
        return DraftKind.NO_CHANGE
    if GREETING.match(said) or _is_supposed(said) or _is_verdict(said):
        return None
    if _counted(clause) is not None:
        return DraftKind.SIGNAL
    if HEARSAY.search(said):
        return None
    if STAGED.search(said) and not NEGATED.search(said):
        return DraftKind.MOVEMENT
    for kind, sign in SIGNS.items():
        found = sign.search(said)
        is_no_slip = kind is DraftKind.SLIPPED and not TOWARDS.search(clause.text)
        if found and not is_no_slip and not (kind in (DraftKind.RESOLVED, DraftKind.DONE) and _is_undone(said, found)):
            return kind
    if ORDER.match(said) or ABSENT.search(said):
        return None
    if PUT_OFF.search(said) and not NEGATED.search(said):
        return DraftKind.SLIPPED
    is_over = _is_over(clause, said)
    is_promise = PROMISE.search(said) and not OURS_DID.match(said)
    if not is_over and (is_promise or (BY_NAME.match(clause.header) and len(said.split()) > 1)):
        return DraftKind.NEXT_ACTION
    if REPORTED_BY_PROGRAMS.search(said):
        return None if NOBODY_DID.search(said) else DraftKind.NOTE
    if any(sign.search(said) for sign in SEEN.values()):
        return None if NOBODY_DID.search(said) else DraftKind.SIGNAL
    if any(not DENIED.search(said[: found.start() + 1]) for found in BLOCKED.finditer(said)):
        return DraftKind.BLOCKER
    did = THEY_DID.search(said) or WE_DID.search(said) or SOME_CAME.match(said)
    if any(each > clause.today for each in clause.days):
        is_dated = DATED.search(said)
        # what they will do by a day may be either
        if THEY_WILL.match(said) or (did and is_dated):
            return None
        if not did and not is_over and (is_dated or clause.is_ahead or MEETING.search(said)):
            return DraftKind.NEXT_ACTION
        # nothing has happened yet on a day to come
        if (DAY_IN_FRONT.match(said) or OCCASION.match(said)) and _told_on(clause) is None:
            return None
    if did and (NOT_DONE.search(said) or PERSONNEL.search(FROM_NEW.sub(" ", said))):
        return None
    if SIGNED.search(said) and not did and (clause.is_ahead or not _is_signed(said)):
        return None
    plain = read_actor(clause.text, sides=clause.sides) is not EvidenceActor.IN_DOUBT
    plain = plain or (bool(THEY.match(said)) and not NEGATED.search(said))
    was_granted = GRANTED.search(said) and not UNDONE.search(said)
    return DraftKind.MOVEMENT if did or was_granted or _is_signed(said) or MET.match(said) or plain else None


def _is_supposed(said: str) -> bool:
    found, by_them = SUPPOSED.search(said), THEY_SAID.match(said)
    return found is not None and (by_them is None or found.start() < by_them.end() - 1)


def _is_undone(said: str, sign: re.Match[str]) -> bool:
    """Return true where the words around a sign of something done say that it is not."""
    before, after = said[: sign.start() + 1], said[sign.end() - 1 :]
    return bool(UNDONE.search(before) or NEGATED.search(f"{before}{after}"))


def _is_signed(said: str) -> bool:
    signed = SIGNED.search(said)
    return signed is not None and not (NOT_REACHED.search(said) or UNDONE.search(said[: signed.end()]))


def _is_nothing(clause: Clause, said: str) -> bool:
    words = " ".join(each for each in said.split() if each not in ("ACCOUNT", "at", "from"))
    is_alone = not clause.header.replace("ACCOUNT", "").strip()
    return is_alone and not said.startswith(" same at ") and bool(ONLY_NOTHING.fullmatch(words))


def _actor(clause: Clause, said: str) -> EvidenceActor | None:
    if STAGED.search(said) and not SIGNED.search(said):
        return None
    if " by us " in said:
        return EvidenceActor.US
    if THEY_DID.search(said) or THEY.match(said) or SIGNED.search(said) or SOME_CAME.match(said):
        return EvidenceActor.BUYER
    if WE_DID.search(said):
        return EvidenceActor.US
    actor = read_actor(clause.text, sides=clause.sides)
    return None if actor is EvidenceActor.IN_DOUBT else actor


def _counted(clause: Clause) -> tuple[int, str] | None:
    """Return how many there were and of whom, of an entry in a list of accounts: "3 from Kestrel", "Kestrel 3"."""
    found = COUNTED.fullmatch(clause.text.strip(AROUND))
    if found is None or clause.days:
        return None
    who = (found["who"] or found["name"]).strip(AROUND)
    words = len(who.split())
    of_names = sum(each.end - each.start for each in clause.pieces if each.account is not None or each.choice)
    if not (of_names and of_names >= words - 1) and not (found["who"] and who[:1].isupper() and words == 1):
        return None
    return int(found["before"] or found["after"]), who


# Drafts of a clause


def _by_rules(clause: Clause, asked: Asked, topic: SignalKind | None) -> Draft | None:
    """Return what the clause would record of its accounts, None for nothing."""
    words, said, kind = _words(clause), ASIDE.sub(" ", clause.said), clause.kind
    if only_campaign_figures(words) or (kind is None and not _may_be_news(clause, said)):
        return None
    counted, who = _counted(clause) or (-1, "")
    if kind is DraftKind.SIGNAL and (not counted or (counted > 0 and topic is None)):
        return None
    draft = _told(kind or DraftKind.UNCLEAR, words, clause, asked, topic)
    return replace(draft, typed=who) if kind is DraftKind.SIGNAL and not clause.accounts else draft


def _told(kind: DraftKind, words: str, clause: Clause, asked: Asked, topic: SignalKind | None = None) -> Draft:
    """Return the draft of this kind with what the clause says of it."""
    draft, said = Draft(kind, words), ASIDE.sub(" ", clause.said)
    due_on = clause.days[-1] if clause.days else None
    match kind:
        case DraftKind.MOVEMENT:
            stage = None if clause.is_ahead else _stage(said)
            return replace(draft, actor=clause.actor, stage=stage, happened_on=clause.on)
        case DraftKind.NOTE | DraftKind.UNCLEAR:
            return replace(draft, happened_on=clause.on)
        case DraftKind.BLOCKER:
            return replace(draft, needs=_needs(said))
        case DraftKind.NEXT_ACTION:
            return replace(draft, owner=_owner(clause, asked), due_on=due_on)
        case DraftKind.SLIPPED:
            return replace(draft, due_on=due_on)
        case DraftKind.LEFT:
            return replace(draft, person=_person(clause), role=_role(said), left_on=clause.gone_by)
        case DraftKind.JOINED:
            person = _person(clause)
            return replace(draft, person=person, title=_title(clause, person), role=_role(said))
        case DraftKind.SIGNAL:
            sort = next((kind for kind, sign in SEEN.items() if sign.search(said)), topic) or SignalKind.OTHER
            count = max(0, (_counted(clause) or (0, ""))[0])
            return replace(draft, signal=sort, count=count, happened_on=clause.on)
    return draft


Place = tuple[tuple[int, ...], bool]
"""The accounts that a clause may be about, and whether it is open which of them."""


def _places(
    clauses: Sequence[Clause], here: tuple[int, ...], named: Sequence[int], *, in_thread: bool
) -> Iterator[Place]:
    """Yield the place of each clause; the first that name no account are about those that are `here`."""
    for clause in clauses:
        is_beside = BESIDES.search(clause.said) or (in_thread and "ACCOUNT" not in clause.header)
        if here and set(clause.accounts) - set(here) and is_beside and not _counted(clause):
            # "a call with Umber" may be news of either account, and so may any other that a thread names
            yield (*here, *clause.accounts), True
            continue
        here = clause.accounts or here
        # where several accounts are told about, a name that nobody has is one more
        is_other = not clause.accounts and len(named) > 1 and NAMED.match(clause.header or clause.said)
        yield () if is_other else here, False


def _placed(draft: Draft, clause: Clause, here: Sequence[int], names: Names) -> Iterator[Draft]:
    """Yield the draft for each account that its clause is about; without one where that has to be asked."""
    unclear = next((each for each in clause.pieces if each.choice and each.choice.is_ambiguous), None)
    guessed = next((each for each in clause.pieces if each.account is not None and not clause.accounts), None)
    meant, draft = draft.account, replace(draft, account=0)
    about = tuple(clause.accounts or here)
    if draft.typed:
        yield draft
    elif unclear is not None and unclear.choice is not None and not clause.accounts:
        yield replace(draft, typed=unclear.typed, near=unclear.choice.accounts)
    elif guessed is not None:
        yield replace(draft, typed=guessed.typed)
    elif meant and meant not in about:
        # a model takes it for news of another account than rules do
        yield replace(draft, near=tuple((each, _name(each, names)) for each in (*about, meant)))
    elif about:
        yield from (replace(draft, account=each) for each in ((meant,) if meant else about))
    else:
        yield replace(draft, typed=next((each.typed for each in clause.pieces if each.choice is not None), ""))


def _stage(said: str) -> Stage | None:
    """Return the stage that the words say was reached; None in doubt."""
    if NOT_REACHED.search(said):
        return None
    named = STAGED.search(said)
    return STAGE_WORDS[named[1]] if named else Stage.CUSTOMER if _is_signed(said) else None


def _may_be_news(clause: Clause, said: str) -> bool:
    """Return true for a clause that names an account and says something of it that has no sign."""
    is_own = OWN_SUBJECT.match(said) or any(each > clause.today for each in clause.days)
    is_long = len(said.split()) >= LEAST_WORDS + (not clause.accounts)
    is_news = is_long and not HEADING.search(said) and bool(clause.accounts or is_own)
    return is_news and not _is_silent(clause, said)


def _is_silent(clause: Clause, said: str) -> bool:
    """Return true for a question, an order, a greeting, a guess and a judgement of a colleague."""
    is_talk = clause.mark == "?" or any(each.search(said) for each in (QUESTION, ORDER, GREETING))
    return is_talk or _is_supposed(said) or _is_verdict(said)


LEAST_WORDS = 3
HEADING = re.compile(r" (?:notes|minutes|summary|recap|debrief|transcript|protocol|notebook) ")
"""Words of a line that says of what the others tell."""


def _is_verdict(said: str) -> bool:
    """Return true for a judgement of a colleague."""
    is_theirs = THEY_DID.search(said) and not said.startswith(" OURS ")
    return (
        "OURS" in said
        and not is_theirs
        and any(f" {each} {'OURS ' if each in OF_THINGS else ''}" in said for each in groups()["verdict"][""])
    )


OF_THINGS = frozenset(("replace", "replaced", "raise", "promote", "promoted", "trust", "fault", "mistake"))
"""Words of a judgement that are as well said of things: only those of a colleague are one."""


def _words(clause: Clause) -> str:
    """Return the words without what leads up to them: "and", and the name of the account before a colon."""
    text = clause.text
    first = clause.pieces[0]
    if first.account is not None and first.mark in (":", "-"):
        text = re.sub(r"^[^:\u2013\u2014-]*\s?[:\u2013\u2014-]\s*", "", text, count=1) or text
    begun = LEADING.match(text)
    return text[begun.end() if begun else 0 :].strip(AROUND) or text


FUNCTIONS: Mapping[Function, re.Pattern[str]] = {
    Function.EXECUTIVE: re.compile(r" (?:an executive|our (?:ceo|coo|cfo|executive)|an exec) "),
    Function.FINANCE: re.compile(r" (?:(?:our|from) finance|finance (?:must|should|has to|to)) "),
    Function.PRODUCT: re.compile(r" (?:(?:our|from) product|product (?:must|should|has to|team)) "),
    Function.MARKETING: re.compile(r" (?:(?:our|from) marketing|marketing (?:must|should|has to)) "),
    Function.CUSTOMER_SUCCESS: re.compile(r" (?:our|from) (?:customer success|cs) "),
}


def _needs(said: str) -> Function | None:
    return next((function for function, sign in FUNCTIONS.items() if sign.search(said)), None)


def _owner(clause: Clause, asked: Asked) -> str:
    """Return who of ours does it: who is named first, else the writer; '' where "our engineer" does."""
    said = f"{clause.header.rstrip()}{clause.said}"
    return _named_owner(clause, asked) or ("" if SOMEBODY_OF_OURS.match(said) else asked.user_id)


def _named_owner(clause: Clause, asked: Asked) -> str:
    """Return who of ours is named first, or the writer who says "I"; '' where nobody is named."""
    if BY_NAME.match(clause.header):
        return clause.leads or asked.user_id
    said = f"{clause.header.rstrip()}{clause.said}"
    first = next((each for each in clause.pieces if each.persons), None)
    own = re.search(r" (?:i|me|my) ", said)
    if first is not None and len(first.persons) == 1 and not (own and own.start() < said.find(" OURS ")):
        return first.persons[0]
    return asked.user_id if own else ""


SOMEBODY_OF_OURS = re.compile(r" (?:ACCOUNT )?(?:our|the|somebody|someone|one of) ")
"""A beginning that tells of somebody who is not the writer and is not named."""


def _role(said: str) -> BuyingRole | None:
    return next((role for words, role in OUR_WORDS.items() if f" {words} " in said), None)


NAME_TYPED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms)\.? )?\b[A-Z\u00c0-\u00de][\w\u00c0-\u024f'-]+(?: [A-Z\u00c0-\u00de][\w\u00c0-\u024f'-]+)?"
)
AFTER_PERSON = re.compile(r"^.*\b(?:(?:replacement|successor)\b.*?\b(?:is|will be)|replaced by) ", re.IGNORECASE)
"""A beginning that names whom the new person comes after."""

NO_NAMES = people_named.words("CEO CFO CIO CTO COO CMO IT HR VP The She He They Their Our")


def _person(clause: Clause) -> str:
    """Return the person at the account whom the clause names: a known one, else a name as it is written."""
    known = next((each.typed for each in clause.pieces if each.contact and not AFTER_PERSON.search(clause.text)), "")
    others = {each.typed for each in clause.pieces if each.account is not None or each.persons or each.when is not None}
    written = (
        found[0]
        for found in NAME_TYPED.finditer(re.sub(r"\w+", _without_title, AFTER_PERSON.sub("", clause.text)))
        if not any(found[0] in each or each in found[0] for each in others)
    )
    return known or next((each for each in written if " " in each or not clause.text.startswith(each)), "")


def _without_title(word: re.Match[str]) -> str:
    return word[0].casefold() if word[0] in NO_NAMES else word[0]


def _title(clause: Clause, person: str) -> str:
    """Return what stands beside the person's name, where it is a title: "Karl Sample, head of IT", "new CFO Jan"."""
    name = re.escape(person)
    found = re.search(rf"{name}, ([^,.;:()]+)|\bnew ([^,.;:()]+?),? {name}", clause.text) if person else None
    said = (found[1] or found[2]).strip() if found else ""
    return said if set(words_of(said)) & people_named.TITLES else ""


# What a language model drafted: of the text's own words, with what the text holds of it


@dataclass(frozen=True, slots=True)
class Quote:
    """A draft by a model in the words of the text, and the clauses that have some of them, first the one with most."""

    draft: Draft
    clauses: tuple[int, ...]


def _gives_way(by_rules: Draft | None, by_model: Sequence[Quote], *, is_whole: bool) -> bool:
    """Return whether what rules drafted of a clause gives way to what a model drafted of its words; two are more.

    What is unclear to rules goes where the model drafted nothing of it, if all that it drafted `is_whole`: in the text.
    """
    if by_rules is None or by_rules.kind is DraftKind.UNCLEAR:
        return by_rules is None or is_whole or bool(by_model)
    return len(by_model) > 1 or bool(by_model and not _is_certain(by_rules))


def _quoted(draft: Draft, clauses: Sequence[Clause], places: Sequence[Place]) -> Quote | None:
    """Return the draft with its words as they stand in one line of the text, None where they stand in none.

    Where they stand in several, those about the draft's account are meant. What shows a stage is kept where it stands
    in other clauses about the same account, is no question or guess, and has some words.
    """
    found = _found(draft, clauses, places)
    if found is None:
        return None
    shows = _found(replace(draft, words=draft.shows), clauses, places)
    is_shown = (
        shows is not None
        and len(draft.shows.split()) >= LEAST_WORDS
        and not set(shows.clauses) & set(found.clauses)
        and not any(_is_silent(clauses[each], ASIDE.sub(" ", clauses[each].said)) for each in shows.clauses)
        and {places[each] for each in (*shows.clauses, *found.clauses)} == {(places[found.clauses[0]][0], False)}
    )
    return replace(found, draft=replace(found.draft, shows=draft.shows if is_shown else ""))


def _found(draft: Draft, clauses: Sequence[Clause], places: Sequence[Place]) -> Quote | None:
    words, quotes = r"\s+".join(map(re.escape, draft.words.split())), []
    for number, line in dict.fromkeys((each.number, each.line) for each in clauses):
        for place in re.finditer(rf"(?<!\w){words}(?!\w)", line, re.IGNORECASE) if words else ():
            shared = [
                min(place.end(), each.end) - max(place.start(), each.start) if each.number == number else 0
                for each in clauses
            ]
            of = sorted((each for each in range(len(clauses)) if shared[each] > 0), key=lambda each: -shared[each])
            quotes += [Quote(replace(draft, words=place[0]), tuple(of))] if of else []
    return max(quotes, key=lambda each: draft.account in places[each.clauses[0]][0], default=None)


def _as_clause(quote: Quote, home: Clause, names: Names, asked: Asked) -> Clause | None:
    """Return the words read as a clause in the place of that which has most of them; None where they say nothing."""
    parts = _clauses_in(quote.draft.words, names, asked, home.today, first=home.number)
    if not parts or only_campaign_figures(quote.draft.words):
        return None
    own = reduce(_together, parts)
    accounts, on = own.accounts or home.accounts, own.on or home.on
    return replace(own, header=home.header, leads=home.leads, accounts=accounts, on=on)


def _held(draft: Draft, clause: Clause, home: Clause, asked: Asked, clauses: Sequence[Clause]) -> Draft:
    """Return what the model's words say, as rules read them; what these leave open is filled from the model's draft.

    `home` is the clause of the text in which the words stand; days and people are of the text alone.
    """
    days = {day for each in clauses for day in each.days}
    pieces = [piece for each in clauses for piece in each.pieces]
    told = replace(_told(draft.kind, draft.words, clause, asked), account=draft.account, is_by_model=True)
    match draft.kind:
        case DraftKind.MOVEMENT:
            said = ASIDE.sub(" ", clause.said)
            actor = told.actor or _actor(clause, said) or home.actor or draft.actor
            return replace(told, actor=actor, shows=draft.shows if told.stage else "")
        case DraftKind.NEXT_ACTION:
            ours = {asked.user_id}.union(*(each.persons for each in pieces if len(each.persons) == 1))
            owner = _named_owner(clause, asked) or _named_owner(home, asked)
            owner = owner or (draft.owner if draft.owner in ours else told.owner)
            return replace(told, owner=owner, due_on=_due_on(draft, clause, days))
        case DraftKind.SLIPPED:
            return replace(told, due_on=_due_on(draft, clause, days))
        case DraftKind.LEFT | DraftKind.JOINED if draft.person and draft.person in clause.line:
            title = _title(clause, draft.person) if draft.kind is DraftKind.JOINED else ""
            return replace(told, person=draft.person, title=title)
        case DraftKind.SIGNAL:
            return replace(told, signal=draft.signal or told.signal)
    return told


def _due_on(draft: Draft, clause: Clause, days: Collection[date]) -> date | None:
    """Return the day of the model's draft where its words name it, or name none and the text does; else theirs."""
    if draft.due_on in (clause.days or days):
        return draft.due_on
    return clause.days[-1] if clause.days else None
