"""A text as Slack escapes it, in its words: as typed, in their normal form, and what stands around them."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from agendas.text.dates import DAYS_PER_WEEK, add_months, month_end
from agendas.text.evidence import MENTION, unescape
from assistant.query import Form, Period, Query, Subject, Wanted
from assistant.remark import Remark

LONGEST_TEXT = 4_000
"""Characters that are read; Slack sends no longer message."""

LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))
QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
SHORTENED = frozenset({"no", "nr", "vs", "approx", "incl", "excl"})
"""Words whose full stop says that they are short, and closes nothing, where a small letter follows."""

EDGES = ".,;:!?()[]{}*_~'\"`\u201c\u201d\u201e\u00ab\u00bb\u2026@#$\u20ac\u00a3%+=/|\\^-\u2013\u2014\u2022"
ENDS = (".", "!", "?")
"""Marks that end a sentence."""

CLOSING = ".,;:!?\u2026"
DASHES = ("-", "--", "\u2013", "\u2014", "->", "|", "\u2022")
SUFFIX = re.compile(r"(?<=[a-z0-9])'(s|re|ll|ve|d|m)$|(?<=s)'$")
SPOKEN = {"&": "and", ">": ">", "<": "<"}
"""Marks that are words of their own."""

MONEY = frozenset({"$", "$$", "$$$", "\u20ac", "\u20ac\u20ac", "\u20ac\u20ac\u20ac", "\u00a3", "\u00a3\u00a3"})
"""Signs that say "money" where they stand alone."""

EMOJI = re.compile(r":[a-z+-][a-z0-9_+'-]*:", re.IGNORECASE)
ENTITY = re.compile(r"<(?P<target>[@#!][^\s<>|]+|[a-z][a-z0-9+.-]*:[^\s<>|]*)(?:\|(?P<label>[^<>]*))?>", re.IGNORECASE)
PIECE = re.compile(r"<[@#!a-z][^<>]*>(?:['\u2019]s)?|\S+", re.IGNORECASE)
# A hyphen or slash parts words, but not figures (`2026-12-04`, `4/12`) and not what is written so alone (`w/o`).
PARTED = re.compile(
    r"(?<=[^\W\d_])-(?=\w)|(?<=\w)-(?=[^\W\d_])|(?<=[^\W\d_]{2})/(?=\w)|(?<=\w)/(?=[^\W\d_]{2})|[&<>\u2014]"
)
QUOTED = re.compile(
    r"(?:^|(?<=[\s(\[:,]))(?:[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u201e\u00ab\u00bb]+)[\"\u201c\u201d\u00bb]|['\u2018]([^'\u2018\u2019]+)['\u2019](?=[\s.,;:!?)\]]|$))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        typed: the word as a person typed it, without marks at its edges.
        word: its normal form: lower case, without accents, marks at its edges, apostrophes or a contraction's end
            (`what's` and `we're` are `what` and `we`, `O'Brien's` is `obrien`, `don't` is `dont`, `&` is `and`).
            '' for a mention.
        suffix: the end that was split off, without its apostrophe: 's' of `maple's` and `what's`, 're' of `we're`;
            `s'` gives 's' as well.
        mark: the first mark that closes the word (`,`, `?`, `:`, or `-` for a dash after it), '' for none.
        is_glued: true where only a hyphen or slash parts it from the word before (`to-do`, `legal/finance`).
        is_capital: true where it begins with a capital letter.
        user_id: of a mention.
        channel_id: of a channel's mention; `typed` is its name.
        link: the address that it links to; `typed` and `word` are of its label, or of the host.
        sign: sign of a currency at its edge, '' for none.
        quote: number of the quoted span that it is in, from 1; 0 outside of one.
    """

    typed: str
    word: str
    suffix: str = ""
    mark: str = ""
    is_glued: bool = False
    is_capital: bool = False
    user_id: str = ""
    channel_id: str = ""
    link: str = ""
    quote: int = 0
    sign: str = ""

    @property
    def is_possessive(self) -> bool:
        """Return true where an apostrophe says so: `maple's`, `Signal Works'`; also for `what's`."""
        return self.suffix == "s"

    @property
    def stem(self) -> str:
        """Return the word without an `s` that may be a possessive without apostrophe (`maples`), else the word."""
        is_bare = not self.suffix and len(self.word) > 3 and self.word.endswith("s")
        return self.word[:-1] if is_bare else self.word


def read_tokens(text: str, *, bot_user_id: str = "") -> tuple[Token, ...]:
    """Return the words of a text as Slack escapes it, without emoji, calls and mentions of the bot itself."""
    found: list[Token] = []
    for quote, part in _quoted_parts(EMOJI.sub(" ", text[:LONGEST_TEXT])):
        for piece in PIECE.findall(part):
            tokens = list(_tokens_of(piece, quote))
            if found and not tokens and not found[-1].mark:
                found[-1] = replace(found[-1], mark="-" if piece in DASHES else _closing_mark(piece))
            if found and tokens and _is_shortened(found[-1], tokens[0]):
                found[-1] = replace(found[-1], mark="")
            found += tokens
    return tuple(each for each in found if not (bot_user_id and each.user_id == bot_user_id))


def as_typed(tokens: Sequence[Token]) -> str:
    """Return the words as a person typed them, without the marks at their edges; mentions as `<@U123>`."""
    said = "".join(f"{'-' if each.is_glued else ' '}{each.typed}" for each in tokens)
    return said[1:]


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return the normal forms of the words of a name, to compare with those of a text."""
    return tuple(each.word for each in read_tokens(name) if each.word)


def without_accents(text: str) -> str:
    """Return the text in lower case with plain letters for those with accents."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS_WITHOUT_ACCENT)
    return "".join(each for each in folded if unicodedata.category(each) not in ("Mn", "Cf"))


def _is_shortened(token: Token, after: Token) -> bool:
    return token.mark == "." and token.word in SHORTENED and not after.is_capital


def _quoted_parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces of the text with the number of their quoted span, 0 outside."""
    end = 0
    for number, quoted in enumerate(QUOTED.finditer(text), start=1):
        yield 0, text[end : quoted.start()]
        yield number, quoted[1] or quoted[2]
        end = quoted.end()
    yield 0, text[end:]


def _tokens_of(piece: str, quote: int) -> Iterator[Token]:
    """Yield the words of a piece of text without spaces; none for marks alone."""
    entity = ENTITY.match(piece)
    if entity is not None:
        suffix = "s" if piece[entity.end() :].translate(APOSTROPHES) == "'s" else ""
        yield from _of_entity(entity["target"], unescape(entity["label"] or ""), suffix, quote)
        return
    start, plain = 0, unescape(piece)
    if plain.casefold().startswith(("http://", "https://")):
        yield from _of_entity(plain.rstrip(EDGES), "", "", quote)
        return
    if plain.rstrip(CLOSING) in MONEY:
        yield Token(piece, "money", mark=_closing_mark(plain), quote=quote)
        return
    bounds = [(each.start(), each.end(), each[0]) for each in PARTED.finditer(plain)]
    for left, right, parting in [*bounds, (len(plain), len(plain), "")]:
        yield from _word(plain[start:left], quote, is_glued=start > 0 and plain[start - 1] in "-/")
        if parting in SPOKEN:
            yield Token(parting, SPOKEN[parting], quote=quote)
        start = right


def _of_entity(target: str, label: str, suffix: str, quote: int) -> Iterator[Token]:
    if target.startswith("@"):
        mention = MENTION.fullmatch(f"<{target}>")
        if mention:
            yield Token(f"<{target}>", "", suffix, user_id=mention[1], quote=quote)
    elif target.startswith("#"):
        yield Token(f"#{label or target[1:]}", "", suffix, channel_id=target[1:], quote=quote)
    elif not target.startswith("!"):
        address = unescape(target)
        host = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", address).split("/")[0]
        said = label if label and label != address else host
        for piece in said.split():
            yield from (replace(each, link=address, suffix=each.suffix or suffix) for each in _word(piece, quote))


def _word(piece: str, quote: int, *, is_glued: bool = False) -> Iterator[Token]:
    plain = piece.translate(APOSTROPHES)
    typed = plain.strip(EDGES)
    if plain.endswith("s'") and not quote and typed:
        typed += "'"
    if not typed:
        return
    closing = plain[plain.rfind(typed) + len(typed) :]
    folded = without_accents(typed)
    ending = SUFFIX.search(folded)
    suffix = (ending[1] or "s") if ending else ""
    word = folded[: ending.start()] if ending else folded
    yield Token(
        typed.removesuffix("'"),
        word.replace("'", ""),
        suffix,
        _closing_mark(closing),
        is_glued,
        typed[0].isupper(),
        quote=quote,
        sign=next((each for each in plain if each in "$\u20ac\u00a3"), ""),
    )


def _closing_mark(marks: str) -> str:
    return next((each for each in marks if each in CLOSING), "")


# Amounts of money that bound what is asked for: "over 100k", "at least $250k", "between EUR 50,000 and 1m".

_NUMBER = r"\d{1,3}(?:[ ,.']\d{3}){1,4}|\d{1,15}(?:[.,]\d{1,2})?"
_UNIT = r"k|thousand|grand|m|mn|mio|mil|mln|million|millions|bn|billion"
_CODE = r"usd|eur|gbp|chf"
_CURRENCY = rf"{_CODE}|us dollars?|dollars?|bucks|euros?|pounds?"
_AMOUNT = rf"(?:(?:{_CURRENCY}) ?)?(?:{_NUMBER}) ?(?:(?:{_UNIT})\b)?(?: ?(?:{_CURRENCY})\b)?"
_PART = re.compile(rf"(?P<before>{_CURRENCY})? ?(?P<number>{_NUMBER}) ?(?P<unit>{_UNIT})?\b ?(?P<after>{_CURRENCY})?")
_LEAST = (
    r"no less than|not less than|(?:more|bigger|larger|greater|higher) than|over|above|at least|exceeding|exceeds?|"
    r"beyond|north of|upwards of|starting at|minimum(?: of)?|min|>"
)
_MOST = (
    r"no more than|not more than|not over|(?:less|smaller|lower|fewer) than|under|below|at most|up to|south of|"
    r"maximum(?: of)?|max|<"
)
BETWEEN = re.compile(rf"(?:between|from) (?P<least>{_AMOUNT}) (?:and|to) (?P<most>{_AMOUNT})(?= |$)")
CODE = re.compile(rf"(?P<code>{_CODE})(?= |$)")
"""A currency alone: "pipeline in EUR"."""

RANGE = re.compile(rf"(?P<least>{_AMOUNT}) to (?P<most>{_AMOUNT})(?= |$)")
BOUND = re.compile(rf"(?:(?P<up>{_LEAST})|(?P<down>{_MOST})) (?P<amount>{_AMOUNT})(?= |$)")
AFTER = re.compile(
    rf"(?P<amount>{_AMOUNT}) (?:(?P<up>or (?:more|above|over|higher|bigger)|and (?:up|above|over)|upwards)|"
    r"(?P<down>or (?:less|below|under)|and (?:below|under)))(?= |$)"
)
UNITS = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "bn": 1_000_000_000, "billion": 1_000_000_000}
MILLION = 1_000_000
CODES = {"dollar": "USD", "us dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP"}
SIGNS = {"$": "USD", "\u20ac": "EUR", "\u00a3": "GBP"}

LEAST_OF_MONEY = 1_000
"""A number without a unit or currency is money from here on."""

YEARS = range(1990, 2101)
_OTHERS_SAID = "d day days week weeks month months quarter quarters year years hour hours people percent"
OTHER_UNITS = frozenset(_OTHERS_SAID.split())
"""Words after a number that make something else of it."""


@dataclass(frozen=True, slots=True)
class AmountSaid:
    """The tokens from `start` up to `end` that bound an amount, in cents; 0 where they give no such bound.

    `currency` is its code, '' where none is said.
    """

    start: int
    end: int
    least_cents: int = 0
    most_cents: int = 0
    currency: str = ""


def find_amounts(tokens: Sequence[Token]) -> tuple[AmountSaid, ...]:
    """Return the bounds of amounts in a text, in its order; bare amounts bound nothing."""
    text, starts = "", []
    for token in tokens:
        starts.append(len(text))
        text += f"{token.word} "
    found: list[AmountSaid] = []
    for pattern in (BETWEEN, BOUND, AFTER, RANGE):
        for match in pattern.finditer(text):
            if match.start() not in starts:
                continue
            start = starts.index(match.start())
            end = next((each for each, at in enumerate(starts) if at > match.end() - 1), len(tokens))
            said = _said(match.groupdict(), tokens, start, end)
            if said is not None and not any(said.start < each.end and each.start < said.end for each in found):
                found.append(said)
    bare = [each for each in _codes(text, starts) if not any(said.start <= each.start < said.end for said in found)]
    return tuple(sorted((*found, *bare), key=lambda each: each.start))


def _codes(text: str, starts: Sequence[int]) -> list[AmountSaid]:
    """Return the currencies that stand without an amount, which bound none."""
    found = []
    for match in CODE.finditer(text):
        if match.start() in starts:
            start = starts.index(match.start())
            found.append(AmountSaid(start, start + 1, currency=match["code"].upper()))
    return found


def _said(parts: dict[str, str | None], tokens: Sequence[Token], start: int, end: int) -> AmountSaid | None:
    after = tokens[end].word if end < len(tokens) else ""
    signs = {SIGNS[token.sign] for token in tokens[start:end] if token.sign in SIGNS}
    amounts = [_amount(parts[name] or "") for name in ("amount", "least", "most") if parts.get(name)]
    codes = signs | {code for _, code, _ in amounts if code}
    is_money = bool(codes) or any(is_sure for _, _, is_sure in amounts)
    if not is_money or after in OTHER_UNITS or len(codes) > 1:
        return None
    code = next(iter(codes), "")
    if len(amounts) == 1:
        cents = amounts[0][0]
        return AmountSaid(start, end, *((cents, 0) if parts.get("up") else (0, cents)), currency=code)
    least, most = amounts[0][0], amounts[1][0]
    if least > most or (least < LEAST_OF_MONEY * 100 <= most):
        # "50 to 100k": the unit is said once
        least *= 1_000 if most < MILLION * 100 else MILLION
    return AmountSaid(start, end, least, most, code) if least <= most else None


def _amount(said: str) -> tuple[int, str, bool]:
    """The amount in cents, its currency, and whether it can be nothing but money."""
    match = _PART.match(said)
    if match is None:
        return 0, "", False
    number, unit = match["number"], match["unit"] or ""
    is_grouped = bool(re.fullmatch(r"\d{1,3}(?:[ ,.']\d{3})+", number))
    plain = re.sub(r"[ ,.']", "", number) if is_grouped else number.replace(",", ".")
    times = UNITS.get(unit, MILLION) if unit else 1
    value = float(plain) * times
    named = (match["before"] or match["after"] or "").removesuffix("s")
    is_sure = bool(unit) or is_grouped or (value >= LEAST_OF_MONEY and int(value) not in YEARS)
    return round(value * 100), CODES.get(named, named.upper()), is_sure


# The question who of our people is away, and until when one of them is: it is asked of nothing else, so read whole.

AWAY = "away"
"""The word by which people who are away are found."""

ABSENT = (
    r"(?:currently )?(?:away|absent|ooo|out of (?:the )?office|on (?:holiday|holidays|vacation|leave|pto)|off work)"
)
WHEN = r"(?: (?:now|today|right now|currently|at the moment))?"
WHO = re.compile(rf"(?:who(?: all| of us| else)? (?:is |are )?|is (?:anyone|anybody|someone|somebody) ){ABSENT}{WHEN}")
ONE = re.compile(
    rf"(?:is|until when is|since when is|how long is|when is|who stands in for) .+?(?: {ABSENT}| back)?{WHEN}"
)
STANDS_IN = "who stands in for "


def asked_who_is_away(tokens: Sequence[Token], persons: Sequence[str]) -> Query | None:
    """Return the question for those who are away, or for the one of our people it names; None for any other text."""
    text = " ".join(each.word for each in tokens)
    if WHO.fullmatch(text):
        return Query(Subject.MEMBERS, Form.LIST, about=AWAY)
    is_of_one = len(persons) == 1 and ONE.fullmatch(text) is not None
    if is_of_one and (text.startswith(STANDS_IN) or re.search(rf"(?: {ABSENT}| back){WHEN}$", text)):
        return Query(Subject.MEMBERS, Form.CARD, whose=tuple(persons))
    return None


# Days that words mean: for what happened and for what is to come, where these differ.

MONTHS_PER_QUARTER = 3
MONTHS_PER_HALF = 6
MONTHS_PER_YEAR = 12


class Unit(StrEnum):
    """Units of time that people count in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: MONTHS_PER_QUARTER, Unit.YEAR: MONTHS_PER_YEAR}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Days:
    """Days that words mean.

    Attributes:
        past, coming: as days of what happened, and of what is to come.
        is_day: true for a single day, false for a week, month and so on.
        again: the unit after which such days come again (`friday`, `3 nov`), None for days that come once.
    """

    past: Span
    coming: Span
    is_day: bool = False
    again: Unit | None = None

    def not_before(self, earliest: "Days") -> "Days":
        """Return the days moved ahead until they don't lie before others: `friday` in "from monday to friday"."""
        return replace(
            self,
            past=self._ahead(self.past, earliest.past.first),
            coming=self._ahead(self.coming, earliest.coming.first),
        )

    def _ahead(self, span: Span, earliest: date) -> Span:
        while self.again and span.last < earliest:
            span = Span(moved(span.first, self.again, 1), _moved_end(span.last, self.again))
        return span


def one_day(on: date) -> Days:
    """Return the day alone."""
    return Days(Span(on, on), Span(on, on), is_day=True)


def once(first: date, last: date) -> Days:
    """Return days that are the same for what happened and what is to come."""
    return Days(Span(first, last), Span(first, last))


def alike(span: Span) -> Days:
    """Return the days of a span, the same for what happened and what is to come."""
    return Days(span, span)


def unit_around(on: date, unit: Unit) -> Span:
    """Return the day, week (from Monday), month, quarter or year that a day is in."""
    if unit is Unit.DAY:
        return Span(on, on)
    if unit is Unit.WEEK:
        monday = on - timedelta(days=on.weekday())
        return Span(monday, monday + timedelta(days=DAYS_PER_WEEK - 1))
    months = MONTHS_IN[unit]
    first = on.replace(day=1, month=(on.month - 1) // months * months + 1)
    return Span(first, month_end(add_months(first, months - 1)))


def moved(on: date, unit: Unit, count: int) -> date:
    """Return the date so many units later, or earlier. Raises ValueError or OverflowError beyond the calendar."""
    if unit in MONTHS_IN:
        return add_months(on, count * MONTHS_IN[unit])
    return on + timedelta(days=count * (DAYS_PER_WEEK if unit is Unit.WEEK else 1))


def unit_of(span: Span) -> Unit | None:
    """Return the unit that the days are a whole one of, None for others."""
    return next((unit for unit in Unit if unit_around(span.first, unit) == span), None)


def shifted(period: Period, unit: Unit, count: int) -> Period:
    """Return the period so many units later or earlier: a whole week, month or quarter stays a whole one."""
    first, last = period.first, period.last
    if first and last and unit_of(Span(first, last)) in (unit, None):
        is_whole = unit_of(Span(first, last)) is unit
        ahead = moved(first, unit, count)
        return Period(*_ends(unit_around(ahead, unit))) if is_whole else Period(ahead, moved(last, unit, count))
    if first and last:
        return Period(*_ends(unit_around(moved(first, unit, count), unit)))
    return Period(first and moved(first, unit, count), last and moved(last, unit, count))


def latest_and_next(find: Callable[[int], Span | None], today: date) -> Days | None:
    """Return days that come once a year: the latest that have begun, and the first that have not ended.

    `find` gives the days in one year, None where it has none.
    """
    found = [span for year in range(today.year - 1, today.year + 2) if (span := find(year))]
    past = [span for span in found if span.first <= today]
    coming = [span for span in found if span.last >= today]
    return Days(past[-1], coming[0], again=Unit.YEAR) if past and coming else None


def _ends(span: Span) -> tuple[date, date]:
    return span.first, span.last


def _moved_end(on: date, unit: Unit) -> date:
    ahead = moved(on, unit, 1)
    return month_end(ahead) if unit is Unit.YEAR and on == month_end(on) else ahead


# Readings: a text read as a query or as a remark.


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that may be one of several accounts: the words typed, and (account id, name) of the nearest, best first.

    `is_ambiguous` where the words fit each of them, false where they fit none and these are merely near. Words such as
    "it" that nothing was said before fit every account: they are ambiguous without any here.
    """

    typed: str
    accounts: tuple[tuple[int, str], ...] = ()
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: a query, or a remark, never both.

    Attributes:
        query: the question; also where a name in it is not clear, then without that account.
        remark: what was said that is no question.
        choices: names that may be several accounts; while there is one, the question is not answered but asked about.
        taken: names that were misspelt: the words typed, and the id of the one account that they were taken for.
        unread: words that were neither used nor without meaning, as typed.
        is_sure: false where a word, a name or the form was guessed; a model may then be asked.
        is_by_model: true where a language model took part, which is said under the answer.
        is_follow_up: true where it stands on the answer before, and would be read otherwise alone.
    """

    query: Query | None = None
    remark: Remark | None = None
    choices: tuple[Choice, ...] = ()
    taken: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()
    is_sure: bool = True
    is_by_model: bool = False
    is_follow_up: bool = field(default=False, compare=False)


# The parts of a text: everything that its words say, before it is decided what they ask together.


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
class Parts(Wanted):
    """Everything that one text says.

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

    coming: Period | None = None
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
