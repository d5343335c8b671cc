"""Typed words of the other commands read into values."""

import calendar
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import pairwise

from agendas.errors import AmbiguousDate, FieldProblems, NotUnderstood, Offer, Unclear
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountFilter, AccountStanding
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.program import DOMAIN, GROUPS, SETTINGS, TIERS, ProgramSettings, Setting, SettingUnit, Value
from agendas.rules.account_list import LONGEST, UNKNOWN_NAMED, FilterPlace, refusal
from agendas.rules.schedule import place_name
from agendas.text.csv_cells import split_because, split_parts
from agendas.text.dates import MONTHS, day_text, past_date, read_date, read_future_date, read_time
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import required_text, shown, within_limit
from agendas.text.money import read_short_money
from agendas.text.names import QUOTED as ACCOUNT_NAMES_QUOTED
from agendas.text.names import meant, normal_key
from agendas.text.words import QUOTES, TypedWords, kept

# The words after ACCOUNT in the list words of /account: a tier, and the reason.

TIER = re.compile(r"(?:tier\s*|t)?(\d+)(?!\w)", re.IGNORECASE)
LAST_TIER = re.compile(r"[\s,]+(?:(?:in|to)\s+)?(?:tier\s*|t)(\d+)[\s.:]*$", re.IGNORECASE)
LISTED = re.compile(r"[\"\u201c-\u201e]([^\"\u201c-\u201e]+)[\"\u201c\u201d]|([^,;\n\"\u201c-\u201e]+)")
SEVERAL = 2
TIER_EXAMPLES = {"name": "tier 1 ", "tier": "1 "}


@dataclass(frozen=True, slots=True)
class ListWords:
    """A change of the list and its reason; `tier` only where the command names one.

    `why_now` and `motion` are further parts of the reason where a tier is given.
    """

    tier: int | None
    because: str
    why_now: str = ""
    motion: str = ""


@dataclass(frozen=True, slots=True)
class SeveralNamed:
    accounts: tuple[str, ...]
    tier: int | None = None
    because: str = ""
    why_now: str = ""
    motion: str = ""


def read_several(rest: str) -> SeveralNamed | None:
    """Read the words after `/account name` with commas between accounts; None where there is one account alone.

    As in `Acme, "Globex, Inc." tier 2 because TEXT`: tier and reason are of all accounts, and may be missing.
    Raises NotUnderstood for a tier that there is not, and for a reason that is too long.
    """
    before, because = split_because(rest)
    tier = LAST_TIER.search(before)
    named = readable(before[: tier.start()] if tier else before)
    names = dict.fromkeys((quoted or bare).strip() for quoted, bare in LISTED.findall(named))
    accounts = tuple(name for name in names if name)
    if len(accounts) < SEVERAL:
        return None
    if tier is not None and tier[1] not in map(str, TIERS):
        raise NotUnderstood(f"There is no tier {tier[1]}. The tiers are 1, 2 and 3.")
    parts = (within_limit(part) for part in split_parts(because or ""))
    return SeveralNamed(accounts, int(tier[1]) if tier else None, *parts)


def entered_of(rest: str, word: str) -> dict[str, str]:
    """What the form of `/account WORD` is prefilled with, by field, when the words after ACCOUNT are no full change.

    No typed word is lost: words that are no tier become the reason. A number that no tier has, as in `tier 9`, is
    named by the refusal above the form.
    """
    before, because = split_because(rest)
    takes_tier = word in TIER_EXAMPLES
    typed = TIER.match(before) if takes_tier else None
    tier = typed[1] if typed and typed[1] in map(str, TIERS) else ""
    leftover = readable(before[typed.end() :] if typed else before).strip(" ,.:")
    text = " because ".join(part for part in (leftover, because) if part)
    why, why_now, motion = split_parts(text) if takes_tier else (text, "", "")
    return {"tier": tier, "because": why, "why_now": why_now, "motion": motion}


def read_list_change(rest: str, word: str) -> ListWords:
    """Read the words after `/account WORD ACCOUNT`, for name, tier, pause, remove, reject and restore.

    The reason is required; a tier is required by name and tier, and refused by the others. Where a tier is given, the
    reason may go on with `now: TEXT` and `motion: TEXT`.
    """
    takes_tier = word in TIER_EXAMPLES
    usage = f"/account {word} ACCOUNT {TIER_EXAMPLES.get(word, '')}because TEXT"
    before, because = split_because(rest)
    tier_typed = TIER.match(before) if takes_tier else None
    if tier_typed is not None and tier_typed[1] not in map(str, TIERS):
        raise NotUnderstood(f"There is no tier {tier_typed[1]}. The tiers are 1, 2 and 3: {usage}.")
    if because is None:
        raise NotUnderstood(f"Say why, it is kept with the change: {usage}.")
    if before and not takes_tier:
        raise NotUnderstood(f"{shown(before)} before the reason has no meaning here; write {usage}.")
    tier = _tier(before, usage) if takes_tier else None
    why, why_now, motion = split_parts(because) if takes_tier else (because, "", "")
    required = required_text(why, f"Say why after because: {usage}.")
    return ListWords(tier, required, within_limit(why_now), within_limit(motion))


def _tier(typed: str, usage: str) -> int:
    """The number in `1`, `t1` or `tier 1`. Raises NotUnderstood with the usage for anything else, or for nothing."""
    match = TIER.fullmatch(typed.strip(" ,.:"))
    if match is None:
        problem = f"{shown(typed)} is not a tier" if typed else "The tier is missing"
        raise NotUnderstood(f"{problem}; write {usage}.")
    return int(match[1])


# The words of /account in both orders: `/account ACCOUNT fit` and `/account fit ACCOUNT`, and which one was meant.

EDIT = "edit"
NOMINATE = "nominate"
LIST = "list"
CARD = ""
"""No word: the account's card."""

CHANGES = ("name", "tier", "pause", "remove", "reject", "restore")
"""Words that change the list."""

OWN_WORDS = (NOMINATE, LIST, EDIT, *CHANGES)
"""First words that no page and no act of an account has."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that take an account: `pages` alone, `acts` of one word, or of two before more (`group add`)."""

    pages: tuple[str, ...]
    acts: tuple[str, ...] = ()

    @property
    def of_account(self) -> tuple[str, ...]:
        """First words that take an account."""
        return (*self.pages, *(act for act in self.acts if " " not in act), *CHANGES, EDIT)

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.of_account, NOMINATE, LIST)


@dataclass(frozen=True, slots=True)
class CommandReading:
    """One reading of what was typed.

    Args:
        word: what is asked for, such as `history` or `group add`; empty for the card.
        rest: the words after it and the account, as typed.
        account_id: the account; 0 for words that take none.
        is_exact: the account was called by a whole name, alias or domain, and not by the beginning of one.
        is_whole: every word has its meaning.
    """

    word: str
    rest: str = ""
    account_id: int = 0
    is_exact: bool = field(default=False, compare=False)
    is_whole: bool = field(default=True, compare=False)


class SeveralMeant(Exception):
    """Two readings are as likely as each other."""

    def __init__(self, readings: Sequence[CommandReading]) -> None:
        self.readings = tuple(readings)
        super().__init__("several readings")


def split_first_word(text: str) -> tuple[str, str]:
    """The first word, folded, and the text after it as typed."""
    first, *rest = text.strip().split(maxsplit=1) or [""]
    return first.casefold(), "".join(rest)


def read_after_account(account_id: int, typed: str, vocabulary: Vocabulary, *, is_exact: bool) -> CommandReading:
    """Read the words after an account that comes first."""
    word, rest = split_first_word(typed)
    if not word:
        return CommandReading(CARD, "", account_id, is_exact)
    if word not in vocabulary.of_account:
        return CommandReading(CARD, typed, account_id, is_exact, is_whole=False)
    return completed(word, rest, account_id, vocabulary, is_exact=is_exact)


def completed(word: str, rest: str, account_id: int, vocabulary: Vocabulary, *, is_exact: bool) -> CommandReading:
    """The reading of one or two words, such as `group add`; whole if each word has a meaning: a page takes no more."""
    second, further = split_first_word(rest)
    if f"{word} {second}" in vocabulary.acts:
        return CommandReading(f"{word} {second}", further, account_id, is_exact)
    is_whole = _reads_as_change(word, rest) if word in CHANGES else word in vocabulary.acts or not rest
    return CommandReading(word, rest, account_id, is_exact, is_whole)


def _reads_as_change(word: str, rest: str) -> bool:
    """True if the words after a word such as `pause` are nothing, or a change of the list that can be recorded."""
    if not rest:
        return True
    try:
        read_list_change(rest, word)
    except NotUnderstood:
        return False
    return True


def words_before(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """The ways in which the text begins with a word that takes an account, the longest word first.

    Each with the text after it, in which the account comes first: `group add acme` gives (`group add`, `acme`) and
    (`group`, `add acme`).
    """
    first, rest = split_first_word(text)
    second, further = split_first_word(rest)
    two_words = [(f"{first} {second}", further)] if f"{first} {second}" in vocabulary.acts and further else []
    return (*two_words, *([(first, rest)] if first in vocabulary.of_account and rest else []))


def choose(readings: Sequence[CommandReading]) -> CommandReading | None:
    """The reading to use, None without any: one that uses every word is preferred.

    Of two such readings that differ, one with a whole account name wins over one with the beginning of a name. If no
    reading uses every word, the first with a whole name is taken, else the last, which `account_asked` reads with the
    word in front of the account. Raises SeveralMeant where two remain.
    """
    whole_readings = [each for each in readings if each.is_whole]
    if not whole_readings:
        return next((each for each in readings if each.is_exact), readings[-1] if readings else None)
    best = [each for each in whole_readings if each.is_exact] or whole_readings
    if any(each != best[0] for each in best):
        raise SeveralMeant(best)
    return best[0]


def nearest_word(typed: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The words that the first one or two typed after an account are a slip of, and the text after them.

    `group ad Rita` gives (`group add`, `Rita`). A right first word that nothing right follows is given alone, without
    text; None where no word is near.
    """
    first, rest = split_first_word(typed)
    second, further = split_first_word(rest)
    followers = [act.partition(" ")[2] for act in vocabulary.acts if act.partition(" ")[0] == first]
    if followers and second:
        near = meant(second, followers)
        return (f"{first} {near}", further) if near else (first, "")
    if first in vocabulary.of_account:
        return first, ""
    near = meant(first, vocabulary.of_account)
    return (near, rest) if near else None


# The words after `/abm list`, read into a filter, and a filter written as such words.

FILTER_LIST = FilterPlace()
"""The list takes the words below and no others."""

STATE_WORDS: Mapping[str, AccountStanding] = {each.value.replace("_", " "): each for each in AccountStanding} | {
    "intervention": AccountStanding.NEEDS_INTERVENTION,
    "interventions": AccountStanding.NEEDS_INTERVENTION,
    "intervene": AccountStanding.NEEDS_INTERVENTION,
}
STATUS_WORDS: Mapping[str, ListStatus] = {each.value: each for each in ListStatus} | {
    "candidates": ListStatus.CANDIDATE
}
STAGE_WORDS = {each.value: each for each in Stage} | {"customers": Stage.CUSTOMER}
MINE = frozenset({"mine", "my", "me"})
OWNER_WORDS = {"nobody": NOBODY, "nobody's": NOBODY, "no owner": NOBODY, "without owner": NOBODY, "unowned": NOBODY}
SAYS_NOTHING = frozenset({"and", "accounts", "all"})
SUGGESTED = (*STATE_WORDS, *STATUS_WORDS, *STAGE_WORDS, "mine", "nobody")
TIER_WORD = re.compile(r"(?:tiers?\s*|t)?(\d+)", re.IGNORECASE)
TIER_BEFORE = ("tier", "tiers")
SEGMENT_BEFORE = ("segment", "segments")
OWNER_BEFORE = ("owner", "by", "of")
LONGEST_PHRASE = 2
COMMA = re.compile(r",(?=\S)")
QUOTE_MARK = re.compile(r"[\"\u201c-\u201e]")


@dataclass(slots=True)
class _PartsRead:
    """The parts read so far; `unknown` maps words that mean nothing to the nearest filter words, or ''."""

    tiers: list[int] = field(default_factory=list)
    states: list[AccountStanding] = field(default_factory=list)
    statuses: list[ListStatus] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)

    def filter(self) -> AccountFilter:
        """The filter of the parts, each once and in the order of their kinds."""
        return AccountFilter(
            tiers=tuple(sorted(set(self.tiers))),
            stages=tuple(each for each in Stage if each in self.stages),
            states=tuple(each for each in AccountStanding if each in self.states),
            statuses=tuple(each for each in ListStatus if each in self.statuses),
            segments=tuple(dict.fromkeys(self.segments)),
            owners=tuple(dict.fromkeys(self.owners)),
        )


def read_filter(
    text: str,
    *,
    asker: str,
    segments: Sequence[str],
    people: Mapping[str, str] | None = None,
    place: FilterPlace = FILTER_LIST,
) -> AccountFilter:
    """Read the words as Slack escapes them; `mine` means `asker`, and `segments` are the segments in use.

    `people` are names by user id, to offer the person of a name without an @; `place` is the page that is filtered.
    Several words of one kind widen the filter, words of different kinds narrow it. A segment stands in quotation
    marks, after `segment`, or by itself where no other word has that meaning.
    Raises NotUnderstood for a tier that there is not, and Unclear for words that mean nothing, with the nearest ones.
    """
    parts = _PartsRead()
    _WordReader(asker, {name: normal_key(name) for name in segments}, people or {}, place, parts).read(text)
    wanted = parts.filter()
    if parts.unknown:
        names = {**(people or {}), asker: "mine"}
        raise refusal(tuple(parts.unknown.items()), list_filter_written(wanted), names, place)
    if len(list_filter_written(wanted)) > LONGEST:
        raise NotUnderstood("These are more words than a filter can have. Name fewer.")
    return wanted


def list_filter_written(wanted: AccountFilter) -> str:
    return " ".join(_list_filter_words(wanted))


def _list_filter_words(wanted: AccountFilter) -> Iterator[str]:
    yield from (f"tier {tier}" for tier in wanted.tiers)
    yield from (state.value.replace("_", " ") for state in wanted.states)
    yield from (stage.value for stage in wanted.stages)
    yield from (status.value for status in wanted.statuses)
    yield from (f"<@{user_id}>" if user_id else "nobody" for user_id in wanted.owners)
    yield from ('segment "' + name.replace('"', "") + '"' for name in wanted.segments)


@dataclass(frozen=True, slots=True)
class _WordReader:
    """Reads words into `found`; `segments` has the normal form of each segment's name, by name."""

    asker: str
    segments: Mapping[str, str]
    people: Mapping[str, str]
    place: FilterPlace
    found: _PartsRead

    def read(self, text: str) -> None:
        """Read the whole text, one segment, person, tier or phrase after the other."""
        # a comma without a space separates words too, but between quotation marks it may be part of a name
        rest = COMMA.sub(", ", text) if QUOTE_MARK.search(text) is None else text
        rest = rest.lstrip(" ,")
        while rest:
            rest = self._take_next(rest).lstrip(" ,")

    def _take_next(self, rest: str) -> str:
        """Take what comes first: a segment, a person, a tier or the longest known words. Return the text after it."""
        quoted = ACCOUNT_NAMES_QUOTED.fullmatch(rest)
        if quoted is not None:
            self._take_segment(quoted[1] or quoted[2])
            return quoted[3]
        mention = MENTION.match(rest)
        if mention is not None:
            self.found.owners.append(mention[1])
            return rest[mention.end() :]
        words = rest.split()
        first, after = plain_words(words[0]), words_after(rest, 1)
        if first in SEGMENT_BEFORE and after:
            return self._after_segment(after)
        is_before_tier = first in TIER_BEFORE and len(words) > 1
        tier = TIER_WORD.fullmatch(f"tier {plain_words(words[1])}" if is_before_tier else first)
        # a bare number may be the name of a segment; of a number of many digits the first say enough
        if tier is not None and not first.isdecimal() and int(tier[1][:9]) not in TIERS:
            raise NotUnderstood(f"There is no tier {tier[1][:9]}. The tiers are 1, 2 and 3.")
        # before its number or person such a word says nothing of its own
        if tier is not None and first in TIER_BEFORE:
            return after
        if first in OWNER_BEFORE and _begins_with_person(after):
            return after
        count = self._take_longest(words)
        return words_after(rest, count)

    def _after_segment(self, rest: str) -> str:
        """Take the segment, in quotation marks or the longest known one. Return the text after it."""
        quoted = ACCOUNT_NAMES_QUOTED.fullmatch(rest)
        if quoted is not None:
            self._take_segment(quoted[1] or quoted[2])
            return quoted[3]
        count = self._segment_words(rest.split())
        self._take_segment(" ".join(rest.split()[: count or 1]))
        return words_after(rest, count or 1)

    def _take_longest(self, words: Sequence[str]) -> int:
        """Take the longest run of words that means something, else the first word as one that means nothing."""
        in_segment = self._segment_words(words)
        for count in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            # the name of a segment is taken before a shorter phrase, other words before a name as long
            if in_segment > count:
                break
            if self._take_phrase(plain_words(" ".join(words[:count]))):
                return count
        if in_segment:
            self._take_segment(" ".join(words[:in_segment]))
            return in_segment
        self._take_unknown(words[0])
        return 1

    def _take_phrase(self, phrase: str) -> bool:
        """Take a phrase other than a segment's name; return whether it has a meaning."""
        tier = TIER_WORD.fullmatch(phrase)
        if tier is not None and int(tier[1][:9]) in TIERS:
            self.found.tiers.append(int(tier[1]))
        elif phrase in STATE_WORDS:
            self.found.states.append(STATE_WORDS[phrase])
        elif phrase in STATUS_WORDS:
            self.found.statuses.append(STATUS_WORDS[phrase])
        elif phrase in STAGE_WORDS:
            self.found.stages.append(STAGE_WORDS[phrase])
        elif phrase in MINE:
            self.found.owners.append(self.asker)
        elif phrase in OWNER_WORDS:
            self.found.owners.append(OWNER_WORDS[phrase])
        else:
            return phrase in SAYS_NOTHING
        return True

    def _segment_words(self, words: Sequence[str]) -> int:
        """Return the number of leading words that make up a segment's name (the longest match), or 0."""
        keys = set(self.segments.values())
        longest = max((key.count(" ") + 1 for key in keys), default=0)
        runs = range(min(longest, len(words)), 0, -1)
        return next((count for count in runs if normal_key(" ".join(words[:count])) in keys), 0)

    def _take_segment(self, typed: str) -> None:
        """Note the segments of this name, or the name as unknown, with the nearest filter."""
        key = normal_key(typed)
        fitting = [name for name, each in self.segments.items() if each == key]
        self.found.segments += fitting
        if not fitting:
            near = meant(key, self.segments.values())
            self.found.unknown[typed] = f'segment "{near}"' if near else ""

    def _take_unknown(self, typed: str) -> None:
        """Note a word that means nothing, with the nearest filter for the first few of them."""
        # nothing is offered in place of more words than are named, so nothing is looked for
        is_offered = typed not in self.found.unknown and len(self.found.unknown) < UNKNOWN_NAMED
        self.found.unknown.setdefault(typed, self._nearest(plain_words(typed)) if is_offered else "")

    def _nearest(self, word: str) -> str:
        """The filter most similar to the word, or ''."""
        people_named = [each for each, name in self.people.items() if word in name.casefold().split()]
        if len(people_named) == 1:
            return f"<@{people_named[0]}>"
        # a word of the page itself is replaced by the filter that it suggests
        if near := meant(word, (*SUGGESTED, *self.place.suggested)):
            return self.place.suggested.get(near, near)
        segment = meant(normal_key(word), self.segments.values())
        return f'segment "{segment}"' if segment else ""


def _begins_with_person(text: str) -> bool:
    """True for a text that begins with a mention, with `mine`, or with a word for no owner."""
    word = plain_words(text.split(maxsplit=1)[0]) if text else ""
    return bool(MENTION.match(text)) or word in MINE or word in OWNER_WORDS


def plain_words(words: str) -> str:
    return " ".join(words.split()).strip(" ,.:;").casefold()


def words_after(text: str, count: int) -> str:
    parts = text.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""


# The words after `/abm people @who`: a function, a right, or both, in either order, and what the person leads.

PEOPLE_USAGE = "/abm people @who sales editor, or /abm people @who leads product"
RIGHT_WORDS = tuple(right.value for right in Right)
FUNCTION_WORDS = {function.value: function for function in Function} | {
    "cs": Function.CUSTOMER_SUCCESS,
    "success": Function.CUSTOMER_SUCCESS,
    "exec": Function.EXECUTIVE,
}
LEADS = frozenset({"leads", "lead"})
NOTHING = frozenset({"nothing", "none"})
JOINING = frozenset({"and", "of", "the"})


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Function and right asked for; `leads` are the functions to lead from now on, None to keep those they lead."""

    function: Function | None
    right: Right
    leads: tuple[Function, ...] | None = None


def read_person(rest: str, known: PersonFacts, leading: tuple[Function, ...] = ()) -> PersonWords:
    """Read the words; what is not named stays as the person has it.

    `leads FUNCTION, ...` comes last and adds to what they are `leading`; `leads nothing` ends it.

    Raises NotUnderstood without a word, or for one that is neither a function nor a right, with the nearest if any.
    """
    function, right = known.function, known.right
    words = rest.casefold().replace("customer success", Function.CUSTOMER_SUCCESS.value).replace(",", " ").split()
    if not words:
        raise NotUnderstood(f"Say the function or the right to give, or what they lead: {PEOPLE_USAGE}.")
    position = next((number for number, word in enumerate(words) if word in LEADS), len(words))
    for word in words[:position]:
        if word in FUNCTION_WORDS:
            function = FUNCTION_WORDS[word]
        elif word in RIGHT_WORDS:
            right = Right(word)
        else:
            raise _unknown_word(word, words, known, (*FUNCTION_WORDS, *RIGHT_WORDS, "leads"))
    if position == len(words):
        return PersonWords(function, right)
    return PersonWords(function, right, _functions_to_lead(words, position, known, leading))


def _functions_to_lead(
    words: list[str], position: int, known: PersonFacts, leading: tuple[Function, ...]
) -> tuple[Function, ...]:
    """The functions led after `leads` at `position`: those before (`leading`) and those named, none for `nothing`."""
    named = [word for word in words[position + 1 :] if word not in JOINING]
    if named and all(word in NOTHING for word in named):
        return ()
    if not named:
        raise NotUnderstood("Say which function they lead: /abm people @who leads product.")
    for word in named:
        if word not in FUNCTION_WORDS:
            raise _unknown_word(word, words, known, tuple(FUNCTION_WORDS))
    functions = {*leading, *(FUNCTION_WORDS[word] for word in named)}
    return tuple(function for function in Function if function in functions)


def _unknown_word(word: str, words: list[str], known: PersonFacts, choices: tuple[str, ...]) -> NotUnderstood:
    """The refusal of a word, with the command again and the nearest of `choices` in its place, else all of them."""
    near = meant(word, choices)
    has_rights = RIGHT_WORDS[0] in choices
    problem = "neither a function nor a right" if has_rights else "not a function"
    if near:
        again = " ".join(near if each == word else each for each in words)
        offer = Offer(near.replace("_", " ").capitalize(), f"/abm people <@{known.user_id}> {again}")
        return Unclear(f"{shown(word)} is {problem}. Did you mean {near.replace('_', ' ')}?", (offer,))
    functions = ", ".join(function.value.replace("_", " ") for function in Function)
    if not has_rights:
        return NotUnderstood(f"{shown(word)} is not a function: write {functions}.")
    return NotUnderstood(f"{shown(word)} is neither a function ({functions}) nor a right ({', '.join(RIGHT_WORDS)}).")


# Words of a command that have to be asked about: what is unclear, and the words that say it plainly.

ITEM = "\u241e"
"""Marks around the id of the action or blocker that was chosen, in a command run again."""

CHOSEN = re.compile(f"{ITEM}\\d+{ITEM} ?")
"""The id with its marks."""

NONE = frozenset({"nothing", "none", "no", "nobody", "no one", "nope", "n/a", "-", "nothing new", "nothing yet"})
"""Texts that name no blocker and no next action."""


@dataclass(frozen=True, slots=True)
class WordChoice:
    """The label of a button, and the words after ACCOUNT that it stands for."""

    label: str
    rest: str


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """An @name that nobody has; `before` and `after` are the words around it."""

    typed: str
    before: str
    after: str


class UnclearPart(NotUnderstood):
    """A part of a command's words that is asked about; nothing is taken for text in silence.

    Attributes:
        choices: what may be meant, most likely first.
        as_text: the words after ACCOUNT by which the part is text; empty where it cannot be.
        entered: what was understood, by the names of the form's fields.
        person: the @name that is asked about.
    """

    def __init__(
        self,
        sentence: str,
        choices: tuple[WordChoice, ...] = (),
        *,
        as_text: str = "",
        entered: Mapping[str, str] | None = None,
        person: UnknownPerson | None = None,
    ) -> None:
        self.choices, self.as_text, self.person = choices, as_text, person
        self.entered: dict[str, str] = dict(entered or {})
        super().__init__(sentence)


def refuse_nothing(typed: str, sentence: str) -> None:
    """Raise UnclearPart with the sentence for a text that says only that there is none."""
    if typed.rstrip(" .!").casefold() in NONE:
        raise UnclearPart(sentence, as_text=first_kept(typed))


def first_kept(rest: str) -> str:
    """The words with their first one kept as text."""
    match = re.match(r"[^\s.,;:!]+", rest)
    return f"{kept(match[0])}{rest[match.end() :]}" if match else rest


# The @who that ends the words of a command: one person, or asked about.

PLACE = "\n\n"
"""Stands in a text for an @name, to tell the words before it from those after it."""
BEFORE_PART = frozenset({"to", "with", "from", "for", "of", "about", "and", "or", "via", "through", "on", "by"})
"""Words before the person at the end of a text by which they may be part of the text, and not the owner."""
NAMED = re.compile(r"<@[A-Z0-9]+\|([^<>]+)>.*")


def take_owner(words: TypedWords) -> str | None:
    """Take the person at the end of the words and return the user id; None if they do not end with a person.

    Raises UnclearPart for an @name that Slack did not recognise as a person.
    """
    unknown_name = words.last_unknown_person
    if unknown_name:
        as_text = words.last_again(1, kept(words.last_words(1)))
        raise _unknown_person(words, unknown_name, without=words.last_again(1, PLACE), as_text=as_text)
    return words.take_last_person()


def take_first_owner(words: TypedWords) -> str | None:
    """Take the person who begins the words, as a user id, or None. Raises UnclearPart for an @name unknown to Slack."""
    unknown_name = words.first_unknown_person
    if unknown_name:
        as_text = words.first_again(1, kept(words.words[0]))
        raise _unknown_person(words, unknown_name, without=words.first_again(1, PLACE), as_text=as_text)
    return words.take_first_person()


def _unknown_person(words: TypedWords, typed: str, *, without: str, as_text: str) -> UnclearPart:
    """The refusal of an @name that is nobody's; `without` is the whole text with PLACE where the name was."""
    before, _, after = without.partition(PLACE)
    return UnclearPart(
        f"{shown(typed)} is nobody here; type @ and pick the person from Slack's list.",
        as_text=as_text,
        entered={"text": readable(words.text)},
        person=UnknownPerson(typed, before, after),
    )


def one_owner(words: TypedWords, owner: str | None) -> str | None:
    """The owner taken from the end before, else the person who ends the words now; None for nobody.

    Raises UnclearPart where a second person ends the words.
    """
    if owner is None:
        owner = take_owner(words)
    if owner is None:
        return None
    if not words.words:
        return owner
    last, other = words.taken_person, words.words[-1]
    choices = (
        WordChoice(_person_label(other, "The first"), words.taken_before_last()),
        WordChoice(_person_label(last, "The last"), words.last_again(1, kept(other))),
    )
    text = readable(words.text)
    # the choices above need the words before a second person is taken from them
    if take_owner(words) is None:
        return owner
    raise UnclearPart("Name one owner: the text ends with two people.", choices, entered={"text": text})


def ask_about_part(words: TypedWords, owner: str | None) -> None:
    """Raise UnclearPart for an owner who ends the text after a word as in `send it to @who`."""
    if not owner or not words.words or words.words[-1].casefold() not in BEFORE_PART:
        return
    named = _person_label(words.taken_person, "the person")
    question = f"Does {named} own it, or is the name part of the text?"
    choice = WordChoice("Owns it", words.last_again(1, ""))
    raise UnclearPart(question, (choice,), as_text=words.taken_kept(), entered={"text": readable(words.text)})


def _person_label(mention: str, otherwise: str) -> str:
    """The name in a mention, as `@Dana`; `otherwise` where it has none."""
    named = NAMED.fullmatch(mention)
    return f"@{named[1]}" if named else otherwise


# Quotation marks in the words of a command: a text between them is never read, and an open one is asked about.


def refuse_open_quote(words: TypedWords, rest: str) -> None:
    """Raise UnclearPart where a quotation mark is opened and not closed."""
    # one begins a word and none closes it
    if any(word[0] in QUOTES and sum(map(word.count, QUOTES)) == 1 for word in words.words):
        plain = "".join(letter for letter in rest if letter not in QUOTES)
        choice = WordChoice("Read it without the mark", plain)
        raise UnclearPart(
            "A quotation mark is opened and not closed, so it is not clear where the text ends.",
            (choice,),
            as_text=kept(rest),
            entered={"text": readable(rest)},
        )


# The words after /review skip and /review move, read into which occurrence is meant and what becomes of it.

SKIP_USAGE = "/review skip [DATE] because TEXT"
MOVE_USAGE = "/review move [DATE] to DATE [TIME]"
TO = re.compile(r"(?:^|\s)to\s+", re.IGNORECASE)
TRAILING_TIME = re.compile(
    r"(?P<date>.*?),? (?:at )?(?P<time>\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReviewMoveWords:
    """One occurrence moved: `from_date` None is the next one, `to_time` None the cadence's own time."""

    from_date: date | None
    to_date: date
    to_time: time | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class SkipWords:
    """One occurrence skipped: `shown_on` None is the next one."""

    shown_on: date | None
    because: str


def read_review_move(rest: str, today: date) -> ReviewMoveWords:
    """Read the words after `/review move` on the cadence's local date `today`; `because` may begin a reason.

    As in `3 Mar to 5 Mar at 10:00 because TEXT`; without a date before `to` it is the next occurrence.
    Raises NotUnderstood without `to DATE`, or for a date or time that cannot be read or has passed.
    """
    dates, because = split_because(rest)
    parts = TO.split(dates)
    if len(parts) != 2 or not parts[1].strip():
        raise NotUnderstood(f"Say to which day: {MOVE_USAGE}.")
    from_text, to_text = (" ".join(part.split()) for part in parts)
    timed = TRAILING_TIME.fullmatch(to_text)
    return ReviewMoveWords(
        from_date=read_future_date(from_text, today) if from_text else None,
        to_date=read_future_date(timed["date"] if timed else to_text, today),
        to_time=read_time(timed["time"]) if timed else None,
        because=within_limit(because or ""),
    )


def read_skip(rest: str, today: date) -> SkipWords:
    """Read the words after `/review skip` on the cadence's local date `today`.

    Raises NotUnderstood without a reason, or for a date that cannot be read or has passed.
    """
    on, because = split_because(rest)
    if because is None:
        raise NotUnderstood(f"Say why it is skipped, the reason is shown to all: {SKIP_USAGE}.")
    shown_on = read_future_date(on, today) if on else None
    return SkipWords(shown_on, required_text(because, f"Say why after because: {SKIP_USAGE}."))


# Values of settings: how one is written, how one that was typed is read, and which settings a word means.

NUMBER = re.compile(r"[0-9]{1,9}")
AMOUNTS_BETWEEN = re.compile(r"[;·\n]|,\s+|,(?=[A-Za-z€£¥₹])|\s+and\s+")
CURRENCY_LETTERS = 3
ONE = {SettingUnit.PEOPLE: "person", SettingUnit.PERCENT: "percent"}
"""Singular of the units, where it is not the word without its s."""


def written(setting: Setting, value: Value) -> str:
    """The value with its unit: `12 accounts`, `1 day`, `no limit`, `EUR 500,000`, `champion, economic buyer`."""
    if isinstance(value, str) and setting.unit is SettingUnit.PLACE:
        return place_name(value) or "none"
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, tuple) and setting.unit is SettingUnit.AMOUNTS:
        return " · ".join(f"{each[:3]} {int(each[4:]):,}" for each in value) or "none"
    if isinstance(value, tuple):
        return ", ".join(map(_word, value)) or "none"
    if value == 0 and setting.may_be_none:
        return "none" if setting.unit is SettingUnit.PEOPLE else "no limit"
    one = ONE.get(setting.unit, setting.unit.value.removesuffix("s"))
    return f"{value:,} {one if value == 1 else setting.unit.value}"


def _word(value: str) -> str:
    return value.replace("_", " ")


def bounds(setting: Setting) -> str:
    """Describe the numbers that the setting may have: `a whole number of days from 0 to 730, 0 for no limit`."""
    none = f", 0 for {written(setting, 0)}" if setting.may_be_none else ""
    return f"a whole number of {setting.unit.value} from {setting.least:,} to {setting.most:,}{none}"


def read_number(setting: Setting, typed: str) -> int:
    """The number typed for this setting. Raises NotUnderstood for what is none, or none that it may have."""
    plain = typed.strip().replace(",", "")
    if not plain:
        raise NotUnderstood(f"Write {bounds(setting)}.")
    if not NUMBER.fullmatch(plain):
        raise NotUnderstood(f"{shown(typed)} is not a number it may have. Write {bounds(setting)}.")
    value = setting.accepted(int(plain))
    if not isinstance(value, int):
        than = "under" if int(plain) < setting.least else "over"
        raise NotUnderstood(f"{int(plain):,} is {than} what is possible. Write {bounds(setting)}.")
    return value


def read_domains(setting: Setting, typed: str) -> tuple[str, ...]:
    """The domains typed, with commas or spaces between them. Raises NotUnderstood for a word that is none."""
    words = [word.removeprefix("@") for word in re.split(r"[\s,;]+", typed.strip().casefold()) if word]
    wrong = next((word for word in words if not DOMAIN.fullmatch(word)), None)
    if wrong is not None:
        raise NotUnderstood(f"{shown(wrong)} is not a domain. Write domains such as acme.example, with commas between.")
    if len(words) > setting.most:
        raise NotUnderstood(f"These are {len(words)} domains; write at most {setting.most}.")
    return tuple(dict.fromkeys(words))


def read_words(setting: Setting, typed: str) -> tuple[str, ...]:
    """The words typed with what each means: `eval = opportunity`. Raises NotUnderstood for what is none."""
    meanings: dict[str, str] = {}
    for each in (" ".join(part.split()) for part in re.split(r"[,\n]", typed) if part.strip()):
        word, _, means = (part.strip() for part in each.partition("="))
        written_so = f"{word} = {means}"
        if setting.accepted([written_so]) is None:
            raise NotUnderstood(f"{shown(each)} is no word with its meaning. Write them like eval = opportunity.")
        meanings[word.casefold()] = written_so
    if len(meanings) > setting.most:
        raise NotUnderstood(f"These are {len(meanings)} words; write at most {setting.most}.")
    return tuple(meanings.values())


def read_amounts(setting: Setting, typed: str) -> tuple[str, ...]:
    """The amounts typed, one of each currency: `EUR 500000, USD 1.2M`. Raises NotUnderstood for what is none."""
    amounts: dict[str, str] = {}
    for amount in (each.strip() for each in AMOUNTS_BETWEEN.split(typed.strip()) if each.strip()):
        currency, whole = _amount(amount)
        if currency in amounts:
            raise NotUnderstood(f"{currency} is there twice. Write one amount of each currency.")
        amounts[currency] = f"{currency} {whole}"
    if len(amounts) > setting.most:
        raise NotUnderstood(f"These are {len(amounts)} amounts; write at most {setting.most}.")
    return tuple(amounts[currency] for currency in sorted(amounts))


def _amount(typed: str) -> tuple[str, int]:
    """Return the currency and the amount in whole units. Raises NotUnderstood for cents, or without a currency."""
    money = read_short_money(typed)
    if money is None or len(money[1]) != CURRENCY_LETTERS or money[0] < 100 or money[0] % 100:
        raise NotUnderstood(f"{shown(typed)} is not an amount. Write a currency and an amount, such as EUR 500000.")
    return money[1], money[0] // 100


def of_group(group: str) -> tuple[Setting, ...]:
    return tuple(setting for setting in SETTINGS.values() if setting.group == group)


def meant_by(typed: str) -> tuple[Setting, ...]:
    """The settings whose name or group has a word starting with each typed word; every setting if none is typed."""
    wanted = _plain_words(typed)
    words = [(each, _plain_words(f"{GROUPS[each.group]} {each.label} {each.key}")) for each in SETTINGS.values()]
    return tuple(
        setting for setting, names in words if all(any(word.startswith(each) for word in names) for each in wanted)
    )


def refuse_contradictions(settings: ProgramSettings, changed: Collection[str]) -> None:
    """Raise FieldProblems at a changed fit by which a higher tier asks for less than the one below it."""
    problems: dict[str, str] = {}
    for tier, below in pairwise(TIERS):
        higher, lower = f"fit.tier.{tier}", f"fit.tier.{below}"
        most, least = settings.number(higher), settings.number(lower)
        if most < least and higher in changed:
            problems[higher] = f"{most} is less than the {least} of tier {below}. Write {least} or more, or lower that."
        elif most < least and lower in changed:
            problems[lower] = f"{least} is more than the {most} of tier {tier}. Write {most} or less, or raise that."
    if problems:
        raise FieldProblems(problems)


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


# The words after /abm trail, read into a person, a period and the name of an account, in any order.

USAGE = "/abm trail [DATE | DATE to DATE | since DATE | last week] [@who] [ACCOUNT]"
LONGEST_PERIOD_WORDS = 9
"""Words of `since 24 Nov 2026 to ...`: the longest form is two dates of four words with `to` between them."""

LAST_DAYS = re.compile(r"(?:the )?last (\d{1,3}) (day|week|month)s?")
QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')
DAYS_OF = {"day": 1, "week": 7, "month": 30}

Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class TrailWords:
    """Entries asked for: local dates, both included, a person's user id, and text that names an account."""

    first: date | None = None
    last: date | None = None
    user_id: str = ""
    account: str = ""


def read_trail(text: str, today: date) -> TrailWords:
    """Read the words. Words that are neither a person nor a period are left as the name of an account.

    What stands in quotation marks as a whole is an account's name, even if it reads as a period.
    Raises NotUnderstood for two persons, two periods, a name after @ that Slack did not link, and a date in the future.
    """
    user_id, rest = _without_person(text)
    if rest.startswith('"') and QUOTED.fullmatch(rest):
        return TrailWords(user_id=user_id, account=rest)
    (first, last), account = _period_at_either_end(rest.split(), today)
    return TrailWords(first, last, user_id, account)


def _without_person(text: str) -> tuple[str, str]:
    """The person's user id, '' for nobody, and the other words. Raises NotUnderstood for two, or an unlinked @name."""
    mentions = list(MENTION.finditer(text))
    if len(mentions) > 1:
        raise NotUnderstood(f"Name one person at a time: {USAGE}.")
    rest = " ".join(MENTION.sub(" ", text).split())
    typed = next((word for word in QUOTED.sub(" ", rest).split() if word.startswith("@")), "")
    if typed:
        raise NotUnderstood(f"{shown(typed)} names nobody here. Type @ and choose the person from Slack's list.")
    return (mentions[0][1] if mentions else ""), rest


def _period_at_either_end(words: list[str], today: date) -> tuple[Period, str]:
    """Return the longest period that the words begin or end with, and the other words; without one (None, None)."""
    for count in range(min(len(words), LONGEST_PERIOD_WORDS), 0, -1):
        for part, others in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            period = read_period(" ".join(part), today)
            if period is not None:
                return period, " ".join(others)
    return (None, None), " ".join(words)


def read_period(text: str, today: date) -> Period | None:
    """Read a period into its first and last day, None for words that are none. Raises NotUnderstood for the future.

    As in `24 Nov`, `3 Nov to 9 Nov` in either order, `since 3 Nov` (without a last day) or `last week`.
    """
    words = " ".join(text.casefold().split()).strip(" .,;")
    if (named := _named_period(words, today)) is not None:
        return named
    if words.startswith("since "):
        first = _past_day(words.removeprefix("since "), today)
        return (first, None) if first else None
    first_text, to, last_text = words.partition(" to ")
    if not to:
        on = _past_day(words, today)
        return (on, on) if on else None
    first, last = _past_day(first_text.removeprefix("from "), today), _past_day(last_text, today)
    if first is None or last is None:
        return None
    return min(first, last), max(first, last)


def _named_period(words: str, today: date) -> Period | None:
    """The first and last day of a named period, as `last month`; None for other words."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    previous = month - timedelta(days=1)
    match words:
        case "this week":
            return monday, today
        case "last week":
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "this month":
            return month, today
        case "last month":
            return previous.replace(day=1), previous.replace(day=calendar.monthrange(previous.year, previous.month)[1])
    last_days = LAST_DAYS.fullmatch(words)
    return (today - timedelta(days=int(last_days[1]) * DAYS_OF[last_days[2]]), today) if last_days else None


def _past_day(text: str, today: date) -> date | None:
    """Read a past date; None for words that are none. Raises NotUnderstood for a future one, or no day of a month."""
    try:
        read_date(text, today)
    except AmbiguousDate:
        return past_date(text, today)  # of two dates one in the future is not meant
    except NotUnderstood:
        if _has_form_of_date(text):
            raise
        return None
    return past_date(text, today)


def _has_form_of_date(text: str) -> bool:
    """Return true for numbers with marks between them, and for numbers next to a month without any other word."""
    words = text.split()
    months = [word for word in words if word.strip(".,") in MONTHS]
    numbers = [word for word in words if word[0].isdigit()]
    is_day_and_month = len(months) == 1 and bool(numbers) and len(months) + len(numbers) == len(words)
    return is_day_and_month or re.fullmatch(r"\d+([/.-]\d+)+", text) is not None


# The words after /abm versions, read into one date, two, or none.

VERSIONS_USAGE = "/abm versions [DATE | DATE to DATE]"


def read_versions(text: str, today: date) -> tuple[date, ...]:
    """No date, one, or two, the earlier one first.

    A day and month without a year is the last such date. Raises NotUnderstood for what is no date or lies in the
    future, and for two dates in the wrong order.
    """
    parts = [part.strip() for part in TO.split(text)] if text.strip() else []
    if len(parts) > 2 or (len(parts) == 2 and not all(parts)):
        raise NotUnderstood(f"Give one date, or two with to between them: {VERSIONS_USAGE}.")
    dates = tuple(past_date(part, today) for part in parts)
    if len(dates) == 2 and dates[0] >= dates[1]:
        first, last = (day_text(each, today) for each in dates)
        raise NotUnderstood(f"{first} is not before {last}; give the earlier date first: {VERSIONS_USAGE}.")
    return dates
