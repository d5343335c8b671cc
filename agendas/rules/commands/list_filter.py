"""The words after `/abm list`, read into a filter, and a filter written as such words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agendas.errors import NotUnderstood
from agendas.facts.account import ListStatus, Stage
from agendas.facts.list_filter import NOBODY, AccountFilter, AccountStanding
from agendas.facts.program.settings import TIERS
from agendas.rules.list.filter_refusal import LONGEST, UNKNOWN_NAMED, FilterPlace, refusal
from agendas.text.account_names import QUOTED, normal_key
from agendas.text.evidence import MENTION
from agendas.text.spelling import meant

LIST = FilterPlace()
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
TIER = re.compile(r"(?:tiers?\s*|t)?(\d+)", re.IGNORECASE)
TIER_BEFORE = ("tier", "tiers")
SEGMENT_BEFORE = ("segment", "segments")
OWNER_BEFORE = ("owner", "by", "of")
LONGEST_PHRASE = 2
COMMA = re.compile(r",(?=\S)")
QUOTE_MARK = re.compile(r"[\"\u201c-\u201e]")


@dataclass(slots=True)
class _Found:
    """The parts read so far; `unknown` are words that mean nothing, each with the filter words it may have meant."""

    tiers: list[int] = field(default_factory=list)
    states: list[AccountStanding] = field(default_factory=list)
    statuses: list[ListStatus] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)

    def filter(self) -> AccountFilter:
        """The filter of the parts, each once and in the order of their kinds."""
        return AccountFilter(
            tuple(sorted(set(self.tiers))),
            tuple(each for each in AccountStanding if each in self.states),
            tuple(each for each in ListStatus if each in self.statuses),
            tuple(dict.fromkeys(self.people)),
            tuple(dict.fromkeys(self.segments)),
            tuple(each for each in Stage if each in self.stages),
        )


def read_filter(
    text: str,
    *,
    asker: str,
    segments: Sequence[str],
    people: Mapping[str, str] | None = None,
    place: FilterPlace = LIST,
) -> AccountFilter:
    """Read the words as Slack escapes them; `asker` is meant by `mine`, `segments` are those that accounts have.

    `people` are names by user id, to offer the person of a name without an @; `place` is the page that is filtered.

    Several words of one kind widen the filter, words of different kinds narrow it. A segment stands in quotation
    marks, after `segment`, or by itself where no other word has that meaning.

    Raises:
        NotUnderstood: for a tier that there is not.
        Unclear: naming the words that mean nothing, with the nearest ones.
    """
    found = _Found()
    _Reader(asker, {name: normal_key(name) for name in segments}, people or {}, place, found).read(text)
    wanted = found.filter()
    if found.unknown:
        names = {**(people or {}), asker: "mine"}
        raise refusal(tuple(found.unknown.items()), written(wanted), names, place)
    if len(written(wanted)) > LONGEST:
        raise NotUnderstood("These are more words than a filter can have. Name fewer.")
    return wanted


def written(wanted: AccountFilter) -> str:
    """The filter as words that `read_filter` reads again."""
    return " ".join(_words(wanted))


def _words(wanted: AccountFilter) -> Iterator[str]:
    yield from (f"tier {tier}" for tier in wanted.tiers)
    yield from (state.value.replace("_", " ") for state in wanted.states)
    yield from (stage.value for stage in wanted.stages)
    yield from (status.value for status in wanted.statuses)
    yield from (f"<@{user_id}>" if user_id else "nobody" for user_id in wanted.people)
    yield from ('segment "' + name.replace('"', "") + '"' for name in wanted.segments)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads words; `segments` are the keys of segments' names."""

    asker: str
    segments: Mapping[str, str]
    people: Mapping[str, str]
    place: FilterPlace
    found: _Found

    def read(self, text: str) -> None:
        """Read the words one after the other."""
        rest = COMMA.sub(", ", text) if QUOTE_MARK.search(text) is None else text
        rest = rest.lstrip(" ,")
        while rest:
            rest = self._after_next(rest).lstrip(" ,")

    def _after_next(self, rest: str) -> str:
        quoted = QUOTED.fullmatch(rest)
        if quoted is not None:
            self._take_segment(quoted[1] or quoted[2])
            return quoted[3]
        mention = MENTION.match(rest)
        if mention is not None:
            self.found.people.append(mention[1])
            return rest[mention.end() :]
        words = rest.split()
        first, after = _clean(words[0]), _after(rest, 1)
        if first in SEGMENT_BEFORE and after:
            return self._after_segment(after)
        tier = TIER.fullmatch(first if first not in TIER_BEFORE or len(words) == 1 else f"tier {_clean(words[1])}")
        if tier is not None and not first.isdecimal() and int(tier[1][:9]) not in TIERS:
            raise NotUnderstood(f"There is no tier {tier[1][:9]}. The tiers are 1, 2 and 3.")
        if tier is not None and first in TIER_BEFORE:
            return after
        if first in OWNER_BEFORE and _begins_with_person(after):
            return after
        count = self._take_longest(words)
        return _after(rest, count)

    def _after_segment(self, rest: str) -> str:
        quoted = QUOTED.fullmatch(rest)
        if quoted is not None:
            self._take_segment(quoted[1] or quoted[2])
            return quoted[3]
        count = self._segment_words(rest.split())
        self._take_segment(" ".join(rest.split()[: count or 1]))
        return _after(rest, count or 1)

    def _take_longest(self, words: Sequence[str]) -> int:
        """Take the longest run of words that means something, else the first word as one that means nothing."""
        in_segment = self._segment_words(words)
        for count in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            if in_segment > count:
                break
            if self._take_phrase(_clean(" ".join(words[:count]))):
                return count
        if in_segment:
            self._take_segment(" ".join(words[:in_segment]))
            return in_segment
        self._take_unknown(words[0])
        return 1

    def _take_phrase(self, phrase: str) -> bool:
        """Take a phrase that is no segment's, and return whether it means something."""
        tier = TIER.fullmatch(phrase)
        if tier is not None and int(tier[1][:9]) in TIERS:
            self.found.tiers.append(int(tier[1]))
        elif phrase in STATE_WORDS:
            self.found.states.append(STATE_WORDS[phrase])
        elif phrase in STATUS_WORDS:
            self.found.statuses.append(STATUS_WORDS[phrase])
        elif phrase in STAGE_WORDS:
            self.found.stages.append(STAGE_WORDS[phrase])
        elif phrase in MINE:
            self.found.people.append(self.asker)
        elif phrase in OWNER_WORDS:
            self.found.people.append(OWNER_WORDS[phrase])
        else:
            return phrase in SAYS_NOTHING
        return True

    def _segment_words(self, words: Sequence[str]) -> int:
        """Return how many of the first words are a segment's name, 0 for none; the longest counts."""
        keys = set(self.segments.values())
        longest = max((key.count(" ") + 1 for key in keys), default=0)
        runs = range(min(longest, len(words)), 0, -1)
        return next((count for count in runs if normal_key(" ".join(words[:count])) in keys), 0)

    def _take_segment(self, typed: str) -> None:
        key = normal_key(typed)
        fitting = [name for name, each in self.segments.items() if each == key]
        self.found.segments += fitting
        if not fitting:
            near = meant(key, self.segments.values())
            self.found.unknown[typed] = f'segment "{near}"' if near else ""

    def _take_unknown(self, typed: str) -> None:
        # nothing is offered in place of more words than are named, so nothing is looked for
        is_offered = typed not in self.found.unknown and len(self.found.unknown) < UNKNOWN_NAMED
        self.found.unknown.setdefault(typed, self._nearest(_clean(typed)) if is_offered else "")

    def _nearest(self, word: str) -> str:
        """The filter that the word may have meant, '' for none."""
        near = self._person_called(word) or meant(word, (*SUGGESTED, *self.place.suggested))
        near = self.place.suggested.get(near or "", near)
        segment = None if near else meant(normal_key(word), self.segments.values())
        return near or (f'segment "{segment}"' if segment else "")

    def _person_called(self, word: str) -> str:
        """The only person with this word in their name, empty for none and for several."""
        found = [each for each, name in self.people.items() if word in name.casefold().split()]
        return f"<@{found[0]}>" if len(found) == 1 else ""


def _begins_with_person(text: str) -> bool:
    word = _clean(text.split(maxsplit=1)[0]) if text else ""
    return bool(MENTION.match(text)) or word in MINE or word in OWNER_WORDS


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" ,.:;").casefold()


def _after(text: str, count: int) -> str:
    """The text after its first words."""
    parts = text.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""
