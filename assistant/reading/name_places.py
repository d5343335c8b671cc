"""Where in a sentence a name can stand, for names that are words as well."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agendas.text.names import NameKey, nearest_accounts
from assistant.query import Field, Form, Having, Period, Query, Subject, Which
from assistant.reading.as_wanted import TO_COME, WHICH_OF_FIELD, Asked
from assistant.reading.dates import COUNTED, counted, days_of
from assistant.reading.filters import ACCOUNT_FILTERS, with_persons
from assistant.reading.forms import HAVING_OF_FIELD
from assistant.reading.lexicon import EVERYDAY_WORDS, is_known
from assistant.reading.things import HAVING_OF_SUBJECT
from assistant.reading.ties import BARE
from assistant.reading.tokens import Parts, Span, Token, moved, shifted, unit_of, words_of

# Follow-ups of a word or two that change one thing of the last query: its days, its tier, whose it is.

LONGER = re.compile(rf"(?:and |or |ok |what about |how about )?(?:the )?(?:last |past |for )?{COUNTED}")
FEW_DAYS = 20
LONE_MONTH = re.compile(
    r"(?:and |or |what about |how about )?(?P<month>march|mar|april|may|june|jun|august|jan)(?: then)?"
)
"""Months whose names are others' too: days only after days."""

STEP = re.compile(
    r"(?:and |or |what about |how about )?(?:the )?(?:last|previous|next|following)(?: one)?"
    r"|(?:and )?(?:the one )?before(?: that)?"
)
OTHER_REVIEW = re.compile(
    r"(?:and |or |what about |how about |when was |when is )*(?:the )?"
    r"(?:(?:last|previous|next|following)(?: one)?|one before(?: that)?)(?: when was it| when is it)?"
)
LEADS = re.compile(
    r"(?:and |ok |so )?(?:who|whos)(?: is| will)?"
    r" (?:runs?|running|leads?|leading|chairs?|hosts?|hosting|moderates?|facilitates?|in charge of)"
    r"(?: it| that| them| those| this| that one| this one| the reviews?)?"
)


def who_leads(tokens: Sequence[Token], before: Query) -> Query | None:
    """Return who leads the reviews just spoken of, for "who runs it"; None for other texts."""
    if not LEADS.fullmatch(" ".join(each.word for each in tokens)):
        return None
    if before.subject is Subject.REVIEWS:
        return replace(before, form=Form.WHO)
    found = WHICH_OF_FIELD.get(before.fields[0]) if len(before.fields) == 1 else None
    return Query(Subject.REVIEWS, Form.WHO, of=before.of, which=found) if found else None


def changed_by_a_word(tokens: Sequence[Token], before: Query, asked: Asked, today: date) -> Query | None:
    """Return the last query with the one thing changed, None where the text does not do that."""
    if (other := _other_review(tokens, before) or _of_other_days(tokens, before, today)) is not None:
        return other
    if tiers := _other_tiers(tokens, before):
        return replace(before, tiers=tiers)
    return with_persons(before, Parts(persons=(asked.user_id,)), asked) if _is_of_asker(tokens) else None


def _other_review(tokens: Sequence[Token], before: Query) -> Query | None:
    """Return the question about the next review asked of the last one, and the other way round."""
    said = " ".join(each.word for each in tokens)
    if not OTHER_REVIEW.fullmatch(said):
        return None
    is_next = "next" in said or "following" in said
    if len(before.fields) == 1 and before.fields[0] in WHICH_OF_FIELD:
        return replace(before, form=Form.FIELD, fields=(Field.NEXT_REVIEW if is_next else Field.LAST_REVIEW,))
    if before.subject is Subject.REVIEWS and before.which is not None:
        return replace(before, which=Which.NEXT if is_next else Which.LAST)
    return None


def _of_other_days(tokens: Sequence[Token], before: Query, today: date) -> Query | None:
    """Return the last query of other days: "60 days?" after the last 30, "and last?" after this week."""
    said = " ".join(each.word for each in tokens)
    found, period = LONGER.fullmatch(said), before.period
    if period is not None and (named := LONE_MONTH.fullmatch(said)) and not _is_of_few_days(period):
        return _in_month(before, named["month"], today)
    if period is None or not (found or STEP.fullmatch(said)):
        return None
    if found is None:
        unit = unit_of(Span(period.first, period.last)) if period.first and period.last else None
        return replace(before, period=shifted(period, unit, 1 if "next" in said else -1)) if unit else None
    number, unit = counted(found["count"], found["unit"])
    if period.first is None:
        return replace(before, period=Period(None, moved(today, unit, -number)))
    if period.first >= today:
        return replace(before, period=Period(today, moved(today, unit, number)))
    return replace(before, period=Period(moved(today, unit, -number), period.last and today))


def _is_of_few_days(period: Period) -> bool:
    """Return true for days or a week: beside them the name of a month is rather somebody's."""
    return period.first is not None and period.last is not None and (period.last - period.first).days < FEW_DAYS


def _in_month(before: Query, name: str, today: date) -> Query | None:
    days = days_of(name, today)
    if days is None:
        return None
    span = days.coming if before.subject in TO_COME and not before.progress else days.past
    return replace(before, period=Period(span.first, span.last))


def _other_tiers(tokens: Sequence[Token], before: Query) -> tuple[int, ...]:
    """Return the tiers meant by mere numbers after a question about tiers: "and 2?", "tiers 2 and 3"."""
    words = [each.word for each in tokens]
    numbers = tuple(int(word) for word in words if word in ("1", "2", "3"))
    is_bare = all(word in BARE or word in ("1", "2", "3", "tier", "tiers", "t") for word in words)
    return numbers if before.tiers and is_bare else ()


def _is_of_asker(tokens: Sequence[Token]) -> bool:
    """Return true for "for me", "and me?"."""
    words = {each.word for each in tokens}
    return "me" in words and words <= BARE | {"me", "myself"}


# Words of everyday English and of the trade: they may be a name as well, but only where a name can stand.

_GRAMMAR_SAID = (
    "a about after again all also am an and any anybody anyone anything are as at be because been before being both "
    "but by can cannot cant could did didnt do does doesnt doing dont each either else ever every everybody "
    "everyone everything for from get gets getting give gives go goes going got had has hasnt have havent having he "
    "hello her hers hey hi him his how hows i id if im in into is isnt it its ive just let lets like list many me "
    "mine more most much my no nobody none nor not nothing of off ok okay on only onto or other others our ours out "
    "over own please pls plz rather same say says see she should show shows so some somebody someone something "
    "still such tell than thanks that thats the their theirs them then there theres these they theyre thing things "
    "this those though thx to too under until up upon us versus very vs w was wasnt we well were werent what whats "
    "when whens where wheres which while who whom whos whose why whys with without would yes yet you your yours"
)
GRAMMAR = frozenset(_GRAMMAR_SAID.split())
"""Words that no name begins with, unless it stands in quotation marks or begins with a capital letter."""

_OF_QUESTIONS = (
    "account accounts act acting action actions active activity actual actually ad add added adding address advance "
    "advanced against age agenda agreed alone already always amount answer answered answers apart approval approve "
    "approved around ask asked asking asks assign assigned attend attended attention average aware away back backed "
    "backwards bad badly based basically behind best better between big bigger biggest block blocked blocker "
    "blockers blocking blocks board boss both brief briefly bring brings broken budget business busy buy buyer "
    "buyers buying cadence call called calls campaign candidate candidates card case champion champions chance "
    "change changed changes channel check claim claimed claims clear clearly client clients close closed closes "
    "closest closing cold come comes coming comment committed committee committees companies company compare "
    "compared comparison complete completed concern concerned concerns confirm confirmed contact contacted contacts "
    "contract contracts cool cost count cover coverage covered covers current currently customer customers data "
    "date dated dates day days dead deadline deadlines deal deals decide decided decides decision decisions deliver "
    "delivered demo department detail details did differ difference different direction discuss discussed do doing "
    "domain done doubt down drop dropped drops due during earlier earliest early easy economic edit else email "
    "emails end ended ends energised engage engaged engagement entire escalate escalated escalation evaluator event "
    "events evidence exactly exec execs executive executives expand expanded expansion expect expected explain "
    "external extra fact facts fail failed fair fall fallen far fast field figure figures file final finally find "
    "finish finished finishes first fit fix fixed flag flagged follow followed following forecast form former "
    "forward forwards found full function functions fund funds further future gap gaps general gone good great "
    "group groups grow growing growth guess guys half hand handle handled handles handling happen happened "
    "happening happens happy hard head health healthy hear heard held help here high higher highest hiring hold "
    "holding holds hook hot hour hours huge idea important improve improved inside instead intend intent interest "
    "interested internal intervene intervened intervention interventions involved issue issues item items join "
    "joined journey key kind know known knows lack lacking lacks large larger largest last late lately later latest "
    "lead leader leaders leading leads learn least leave left legal less level levels light likely line lines "
    "listed little live lock locked log logged long longer longest look looked looking looks lose losing lost lot "
    "lots low lower lowest made main major make makes making manage managed manager manages mark marked market "
    "marketing matter maybe mean means meant meet meeting meetings member members men mention mentioned message met "
    "middle mind minor minute minutes miss missed missing moment momentum money month months move moved movement "
    "movements moves moving mqa myself name named names narrative narratives near nearly need needed needing needs "
    "never new newer newest news next nice nominate nominated nomination normal note notes notice now number "
    "numbers obstacle obstacles offer often old older oldest once one ones ongoing open opened opening openings "
    "opportunities opportunity option order outcome outreach outside outstanding overall overdue owe owed owes "
    "owned owner owners ownership owning owns page paid part partner partners parts past pause paused pausing pay "
    "pending people percent perhaps period person persons phase phone pick picked picture pilot pipe pipeline place "
    "plan planned plans plate play plays plus point points poor possible postpone postponed potential prepare "
    "present pretty previous price pricing priorities priority probably problem problems procurement product "
    "program programme progress progressed project promise promised promote promoted proof proposal proposals "
    "propose proposed prospect prospects put quarter quarters question questions quick quickly quiet quite raise "
    "raised rank ranked reach reached read ready real really reason reasons recap receive recent recently record "
    "recorded reference regarding regress regressed reject rejected related release remain remaining remember "
    "remind remove removed renewal reply report reported reports request requested require resolve resolved respond "
    "response responsible rest result results revenue review reviewed reviews right rise risk risks risky role "
    "roles room rough round row run running runs safe sales save saw scope score scored scores second security seen "
    "segment segments sell send sense sent set several share shared short shorter shortest side sign signal signals "
    "signed signoff silence silent similar simple since single situation size skip sleeping slip slipped slips slow "
    "slowest small smaller smallest smth solid solve solved soon sorry sort speak split spoke spoken sponsor "
    "sponsors spot stage stages stake stakeholder stakeholders stale stall stalled stalling stalls stand standing "
    "stands start started starts state states status statuses stay step steps stop stopped strategic strategy "
    "strong stuck stuff success suggest suggested sum summarise summarize summary support sure swap switch system "
    "take taken takes talk talked talking target targets task tasks team teams tech technical term terms test text "
    "think third threaded ticket tier tiers time times title today todo todos together told tomorrow top total "
    "touch touched touches touchpoint track traction trend trouble true trust try turn two type unblock unblocked "
    "unclear unowned untouched upcoming update updated updates urgent use used user usual valuable value values "
    "view visit visited visits vs wait waiting waits walk want wants warm watch way ways web website week weeks "
    "weight went whatever whether whole will win winning wins with within won word words work worked working works "
    "world worried worst worth wrong year years yesterday zero "
)
_OF_FOLLOW_UPS = (
    "widen broaden narrow forget ignore restrict limit filter exclude include except besides instead separately table "
    "tables overview snapshot gist version short brief paragraph sentence bullet bullets seconds minute rundown "
    "chart graph stable able fable cable label fw fwd"
)
_CALENDAR = "april august jan january july june jun mar march may morning october season summer today week winter"

COMMON_WORDS = GRAMMAR | frozenset(f"{_OF_QUESTIONS} {_OF_FOLLOW_UPS} {_CALENDAR}".split())

_COMPANY_WORDS_SAID = (
    "ag air airline airlines airways and asset assets association automotive aviation bank banking bio biotech "
    "brands brothers building capital care center centre chemical chemicals clinic co company consulting corp "
    "corporation data design digital electric electronics energy engineering enterprises equipment express farms "
    "finance financial food foods foundation freight gas gmbh group health healthcare holding holdings home "
    "hospital hospitals hotels inc industrial industries industry institute insurance international laboratories "
    "labs limited logistics ltd machines manufacturing marine materials media medical metals motors national "
    "network networks oil partners parts payments pharma plc power products properties pumpworks rail retail "
    "robotics school schools sea security services ship shipping shop software solutions sons steel stores supply "
    "systems tech technologies technology telecom textiles tools trade trading transport trust university utilities "
    "works"
)
COMPANY_WORDS = frozenset(_COMPANY_WORDS_SAID.split())
"""Words that tell a company's trade or form: none of them alone is a nickname."""


# Follow-ups that ask for the accounts with or without what was just asked for: "who has none".

HAVING_ONE = re.compile(
    r"(?:and |so |ok |but )?(?:(?:which|what)(?: other)?(?: of our)?(?: accounts| ones| companies| customers)?|who)"
    r"(?: else| also)? (?P<said>do(?:es)?(?:nt| not)(?: have)?(?: one| any)?|lacks? (?:it|one|that)"
    r"|(?:have|has)(?: got)? (?:one|any|some|none))(?: too| as well| at all| yet)?"
)
WITHOUT = re.compile(r".*(?:nt\b|\bnot\b|\bnone\b|\black)")


def having_one(tokens: Sequence[Token], before: Query) -> Query | None:
    """Return the question for the accounts that have what was asked for, None where the text asks something else."""
    found = HAVING_ONE.fullmatch(" ".join(each.word for each in tokens))
    things = _things(before) if found else ()
    if found is None or not things:
        return None
    kept = {name: getattr(before, name) for name in ACCOUNT_FILTERS if not before.of}
    name = "without" if WITHOUT.match(found["said"]) else "having"
    return Query(
        Subject.ACCOUNTS,
        Form.LIST,
        roles=before.roles,
        signals=before.signals,
        period=before.period,
        **{**kept, name: things},
    )


def _things(before: Query) -> tuple[Having, ...]:
    """Return the things that the last answer was about."""
    if before.subject is Subject.PEOPLE and before.roles:
        return (Having.ROLE,)
    if before.subject is not Subject.ACCOUNTS:
        return (HAVING_OF_SUBJECT[before.subject],) if before.subject in HAVING_OF_SUBJECT else ()
    return before.having or tuple(HAVING_OF_FIELD[each] for each in before.fields if each in HAVING_OF_FIELD)


# How well words of a text fit the name of an account.

SHORTEST_FIRST_PART = 4
"""Letters of a first word that may stand for the whole of it: `bright` for Brightwater."""

SHORTEST_LATER_PART = 3
"""Letters of a later word that may stand for it: `maple ins`."""


TWO_SLIPS = 6
"""Letters of a word from which two slips are forgiven."""

SPOKEN_AND = frozenset({"and", "an", "n", "und", "et"})


class Rank(IntEnum):
    """How much of a name the words are, the better the higher."""

    PART = 1
    """The beginning of its first word."""
    BEGINNING = 2
    """Its first words, the later ones perhaps cut short."""
    WHOLE = 3
    """All of it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Words from `start` up to `end` that fit a key."""

    start: int
    end: int
    key: NameKey
    rank: Rank


def best_fits(tokens: Sequence[Token], start: int, keys: Sequence[NameKey]) -> list[Fit]:
    """Return how the words from a token on fit each of the keys, for those that they fit."""
    found = (_fit(tokens, start, each, words) for each in keys for words in ways_to_say(each.key))
    return [fit for fit in found if fit]


@lru_cache(maxsize=8192)
def ways_to_say(key: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a key; of a domain also its first label alone."""
    words = words_of(key)
    if len(words) == 1 and "." in words[0]:
        return words, (words[0].partition(".")[0],)
    return (words,) if words else ()


def fitting_words(token: Token, word: str) -> bool:
    """Return true if the token is the word, perhaps with a possessive."""
    return token.word == word or (token.stem != token.word and token.stem == word)


def _fit(tokens: Sequence[Token], start: int, key: NameKey, words: tuple[str, ...]) -> Fit | None:
    position, fitted, ranks = start, 0, [Rank.WHOLE]
    while fitted < len(words) and position < len(tokens):
        word = words[fitted]
        if word == "and" and tokens[position].word not in SPOKEN_AND:
            fitted += 1
            continue
        step = _step(tokens[position : position + 2], word, is_first=fitted == 0)
        if step is None:
            break
        ranks.append(step[1])
        position, fitted = position + step[0], fitted + 1
        if _ends_name(tokens[position - 1]):
            break
    if position > start and tokens[position - 1].word in SPOKEN_AND:
        position -= 1
    if position == start:
        return None
    return Fit(start, position, key, min(ranks) if fitted == len(words) else min(*ranks, Rank.BEGINNING))


def _step(tokens: Sequence[Token], word: str, *, is_first: bool) -> tuple[int, Rank] | None:
    """Return how many tokens are a word of a name, and how much of it; None for another word."""
    token = tokens[0]
    if fitting_words(token, word) or (word == "and" and token.word in SPOKEN_AND):
        return 1, Rank.WHOLE
    if len(tokens) > 1 and word in (f"{token.word}{tokens[1].word}", f"{token.word}{tokens[1].stem}"):
        return 2, Rank.WHOLE
    if _is_part(token, word, is_first=is_first):
        return 1, Rank.PART if is_first else Rank.BEGINNING
    return (1, Rank.BEGINNING) if not is_first and is_slip(token, word) else None


def is_slip(token: Token, word: str) -> bool:
    """Return true if the token is spelled nearly as a word of a name, and is no common word."""
    if len(word) < SHORTEST_FIRST_PART or {token.word, token.stem} & COMMON_WORDS:
        return False
    slips = 1 if len(word) < TWO_SLIPS else 2
    return any(OSA.distance(typed, word, score_cutoff=slips) <= slips for typed in {token.word, token.stem})


def _is_part(token: Token, word: str, *, is_first: bool) -> bool:
    """Return true if the token is the beginning of the word, cut short by the person who typed it."""
    if len(token.word) < (SHORTEST_FIRST_PART if is_first else SHORTEST_LATER_PART) or token.word in COMMON_WORDS:
        return False
    return word.startswith((token.word, token.stem))


def _ends_name(token: Token) -> bool:
    return token.is_possessive or token.mark not in ("", ".")


# Accounts with a longer name that may be meant where the shorter one was found: "maple insurnaac" is not Maple.

HALF = 0.5
"""Letters of a word, as a part of all, that are in a word of a name too where it may be a slip of that."""

SAME_START = 4
"""Letters at the beginning by which a word that is spelled right is perhaps one of a name: insured."""

SHORTEST = 3


def longer_names(
    tokens: Sequence[Token], span: tuple[int, int], shorter: NameKey, keys: Iterable[NameKey]
) -> tuple[NameKey, ...]:
    """Return the keys of other accounts that the words of the span, with the word after them, may be meant for."""
    start, end = span
    if end == len(tokens) or tokens[end - 1].mark not in ("", ",", "-"):
        return ()
    is_parted = bool(tokens[end - 1].mark or tokens[end - 1].suffix)
    said = {tuple(each.stem for each in tokens[start:end]), words_of(shorter.key)}
    said |= {tuple(each.word for each in tokens[start:end])}
    found: dict[int, NameKey] = {}
    for key in keys:
        after = [words[len(each)] for words in ways_to_say(key.key) for each in said if _begins(words, each)]
        if key.account_id != shorter.account_id and any(_may_be(tokens[end], word, is_parted) for word in after):
            found.setdefault(key.account_id, key)
    return tuple(found.values())


def _begins(words: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return len(words) > len(said) and words[: len(said)] == said


def _may_be(token: Token, word: str, is_parted: bool) -> bool:
    """Return true for a word that may be a slip of one in a name; after a comma it has to be that word itself."""
    if is_parted:
        return word in (token.word, token.stem)
    if len(token.word) < SHORTEST or {token.word, token.stem} & COMMON_WORDS or is_known(token.word):
        return False
    if token.word in EVERYDAY_WORDS:
        return token.word[:SAME_START] == word[:SAME_START]
    return OSA.normalized_similarity(token.word, word) >= HALF


_BEFORE_NAMES_SAID = (
    "about and at did does for from has how hows into is of on or than to versus vs with pause resume remove restore "
    "promote demote after own owns owned behind against called between"
)
BEFORE_NAMES = frozenset(_BEFORE_NAMES_SAID.split())
"""Words after which a name often stands."""

_IMPERATIVES_SAID = (
    "drop delete kick strike throw take pause remove freeze park suspend resume promote demote set put move mark make "
    "erase keep reject approve nominate have downgrade upgrade of"
)
IMPERATIVES = frozenset(_IMPERATIVES_SAID.split())
"""Verbs of orders, which begin a text, and the end of "get rid of"."""

_BEFORE_ORDERS_SAID = "please pls can could would you we lets let us i want to get rid kindly just now and"
BEFORE_ORDERS = frozenset(_BEFORE_ORDERS_SAID.split())
DID = frozenset(
    {"demoted", "promoted", "downgraded", "upgraded", "paused", "removed", "dropped", "deleted", "rejected"}
)
"""What somebody did to an account, after "who"."""

BEFORE_PLACES = frozenset(["at", "on", "with", "about", "hows", "vs", "versus"])
"""Words after which little else than a name stands."""

_AFTER_NAMES_SAID = (
    "advance advanced after again and are at be been before blocked by close closed closing did do does doing far "
    "for get going got had has have in is last late lately looking move moved moving need needs not now on or said "
    "worth due owned "
    "shown show visited visit signed sign grown replied responded bought any ever already even allready expanded "
    "regressed slipped been gone come become made have "
    "say since so stalled stand stands still stuck this to today until versus vs was were will with yet"
)
AFTER_NAMES = frozenset(_AFTER_NAMES_SAID.split())
"""Words that may follow a name but seldom an adjective."""

AFTER_SUBJECT = frozenset({"is", "has", "was", "belongs", "needs"})
"""Verbs of a name that begins a sentence."""

DONE_BY_NAMES = frozenset(
    ["advance", "close", "do", "get", "go", "grow", "have", "move", "reach", "show", "sign", "visit"]
)
"""Verbs of an account after `did` and the beginning of its name."""

_CHOOSING_SAID = "a any each every no some that this what which"
CHOOSING = frozenset(_CHOOSING_SAID.split())
"""Words before a noun: "which signal works best"."""

_ASKED_OF_ONE_SAID = "blocker blockers champion contacts owner partner segment status tier value"
ASKED_OF_ONE = frozenset(_ASKED_OF_ONE_SAID.split())
"""Words for what is asked of one account."""


def is_name_here(tokens: Sequence[Token], fit: Fit, taken: Collection[int]) -> bool:
    """Return true if the words may be the name where they stand.

    Words that are no common ones always may, and so may a whole name of several words. One common word needs a sign: it
    is possessive, in quotation marks, a capital among small letters, the whole text or what stands before its first
    mark; or it stands between words that a name stands between. If it is only the beginning of a name, the word
    before must be one that little else than a name follows.
    """
    said = tokens[fit.start : fit.end]
    is_common = all(each.word in COMMON_WORDS or each.stem in COMMON_WORDS for each in said)
    before = tokens[fit.start - 1].word if fit.start else ""
    if not is_common:
        return True
    if len(said) > 1 and fit.rank is Rank.WHOLE:
        return before not in CHOOSING or has_sign(tokens, fit.start, fit.end)
    if has_sign(tokens, fit.start, fit.end):
        return fit.rank > Rank.PART
    if _is_name_and_noun(tokens, fit):
        return True
    if not _is_followed_by_no_noun(tokens, fit.end, taken):
        return False
    after = tokens[fit.end].word if fit.end < len(tokens) else ""
    if fit.rank is Rank.WHOLE:
        begins = (fit.start == 0 and after in AFTER_SUBJECT) or _is_acted_on(tokens, fit.start)
        return begins or before in BEFORE_NAMES or is_set_apart(tokens, fit.start, fit.end)
    if fit.rank is Rank.BEGINNING and fit.start == 1 and before in ("did", "does") and after in DONE_BY_NAMES:
        return True
    return fit.rank is Rank.BEGINNING and (before in BEFORE_PLACES or _is_after_how_is(tokens, fit.start))


def _is_acted_on(tokens: Sequence[Token], start: int) -> bool:
    """Return true after the verb of an order that begins the text, and after "who demoted"."""
    words = [each.word for each in tokens[:start]]
    if not words:
        return False
    is_order = words[-1] in IMPERATIVES and BEFORE_ORDERS.issuperset(words[:-1])
    return is_order or (words[-1] in DID and words[-2:-1] in (["who"], ["whos"]))


def _is_name_and_noun(tokens: Sequence[Token], fit: Fit) -> bool:
    """Return true for a whole name and what is asked of it: `early owner`."""
    is_all = fit.start == 0 and fit.end + 1 == len(tokens)
    return is_all and fit.rank is Rank.WHOLE and tokens[fit.end].word in ASKED_OF_ONE


def has_sign(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if the words are written as a name: possessive, quoted, or with a capital where others have none."""
    said = tokens[start:end]
    others_quoted = {each.quote for each in (*tokens[:start], *tokens[end:])}
    if (said[0].quote and said[0].quote not in others_quoted) or said[-1].is_possessive:
        return True
    is_bare_possessive = said[-1].word not in COMMON_WORDS and said[-1].stem in COMMON_WORDS
    others = [each for each in (*tokens[:start], *tokens[end:]) if each.word[:1].isalpha()]
    has_small = any(not each.is_capital for each in others)
    is_capital = all(each.is_capital for each in said) and start > 0 and has_small
    return is_bare_possessive or (is_capital and tokens[start - 1].mark != ".")


def is_set_apart(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if the words are the whole text, or begin it and a mark follows: `early - blocked?`."""
    return start == 0 and (end == len(tokens) or tokens[end - 1].mark in ("-", ":", ",", "?"))


def may_be_meant(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if unknown words stand where a name does: `blockers at hexley steel`, `how is hexley`."""
    before = tokens[start - 1].word if start else ""
    return (
        has_sign(tokens, start, end)
        or start == 0
        or before in BEFORE_PLACES | {"of", "for", "does", "did", "has", "owns"}
        or _is_after_how_is(tokens, start)
        or (before in ("is", "are") and end < len(tokens))
    )


def is_name_asked_of(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if unknown words stand where a name does: `how is hexley doing`, `is hexley stalled`."""
    before = tokens[start - 1].word if start else ""
    if end < len(tokens) and tokens[end].word not in ("doing", "going"):
        return start == 1 and before in ("is", "has", "did", "does")
    return before in BEFORE_PLACES | {"of", "for", "owns"} or _is_after_how_is(tokens, start)


def _is_after_how_is(tokens: Sequence[Token], start: int) -> bool:
    words = [each.word for each in tokens[max(0, start - 2) : start]]
    return (
        words[-1:] == ["hows"] or (words[-1:] == ["how"] and tokens[start - 1].suffix == "s") or words == ["how", "is"]
    )


def _is_followed_by_no_noun(tokens: Sequence[Token], end: int, taken: Collection[int]) -> bool:
    if end == len(tokens) or tokens[end - 1].mark or end in taken:
        return True
    return tokens[end].word in AFTER_NAMES or (tokens[end].word in GRAMMAR and tokens[end].word != "the")


# Accounts whose name is spelled nearly as words that are nothing else.

MOST_WORDS = 4
"""Words of a name that are compared together."""

SHORTEST_NAME = 4
"""Letters below which a slip makes another word of it."""

NEAR_NAMES_TWO_SLIPS, THREE_SLIPS = 6, 11
"""Letters of a name from which two and three slips are forgiven."""

SURE = 7
"""Letters from which a word that is nearly a name is taken for it wherever it stands."""

_ARTICLES_SAID = "a an another any each every more my new no our some that the this your"
ARTICLES = frozenset(_ARTICLES_SAID.split())
"""Words before words that are no names: "at the table" is not at Sable."""

MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Near:
    """The accounts nearest to the first `word_count` words of a run, best first.

    `is_near` where they are spelled nearly so, false for those that are merely alike.
    """

    word_count: int
    accounts: tuple[tuple[int, str], ...]
    is_near: bool

    @property
    def is_one(self) -> bool:
        """Return true if one account alone is near."""
        return self.is_near and len(self.accounts) == 1


def unknown_runs(tokens: Sequence[Token], taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the spans of adjacent words that are no common ones, with a company's words beside them."""
    runs: list[tuple[int, int]] = []
    for position, token in enumerate(tokens):
        is_free = position not in taken and bool(token.word) and any(each.isalpha() for each in token.word)
        follows = bool(runs) and runs[-1][1] == position and not tokens[position - 1].mark
        if is_free and follows and (_is_unknown(token) or token.word in COMPANY_WORDS):
            runs[-1] = (runs[-1][0], position + 1)
        elif is_free and _begins_name(token) and token.word not in COMPANY_WORDS:
            runs.append((position, position + 1))
    return runs


def may_be_slip(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if words that are nearly a name may be a slip of it: they are long, or no article is before them."""
    is_long = sum(len(each.word) for each in tokens[start:end]) >= SURE
    return is_long or start == 0 or tokens[start - 1].word not in ARTICLES


def nearest_names(said: Sequence[Token], keys: Sequence[NameKey]) -> Near:
    """Return the accounts nearest to the longest beginning of some words that is near to any, else to all of them."""
    choices, owners = _choices(keys)
    best: tuple[float, int, list[tuple[NameKey, bool]]] | None = None
    for word_count in range(min(len(said), MOST_WORDS), 0, -1):
        for typed in _ways_typed(said[:word_count]):
            found = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=_allowed(typed), limit=None)
            fewest = min((distance for _, distance, _ in found), default=0)
            if found and (best is None or fewest / len(typed) < best[0]):
                owned = [owners[index] for _, distance, index in found if distance == fewest]
                best = (fewest / len(typed), word_count, owned)
    if best is None:
        return _by_one_word(said, keys) or Near(len(said), nearest_accounts(_spaced(said), keys), is_near=False)
    whole = [key for key, is_whole in best[2] if is_whole]
    return Near(best[1], _accounts(whole or [key for key, _ in best[2]]), is_near=True)


def _by_one_word(said: Sequence[Token], keys: Sequence[NameKey]) -> Near | None:
    """Return the accounts that have the first word, which is no company's word, as a later word of their name."""
    word = said[0].stem
    found = [key for key in keys for words in ways_to_say(key.key) if {word, said[0].word} & set(words[1:])]
    accounts = _accounts(found)
    return Near(1, accounts, is_near=True) if accounts else None


def _choices(keys: Sequence[NameKey]) -> tuple[list[str], list[tuple[NameKey, bool]]]:
    """Return the beginnings of the keys in whole words, each with its key and true where it is all of it."""
    choices: list[str] = []
    owners: list[tuple[NameKey, bool]] = []
    for key in keys:
        for words in ways_to_say(key.key):
            for count in range(1, min(len(words), MOST_WORDS) + 1):
                if count == len(words) or words[count - 1] not in COMMON_WORDS:
                    choices.append("".join(words[:count]))
                    owners.append((key, count == len(words)))
    return choices, owners


def _accounts(keys: Sequence[NameKey]) -> tuple[tuple[int, str], ...]:
    ordered = dict.fromkeys((key.account_id, key.name) for key in keys)
    return tuple(ordered)[:MOST_NEAR]


def _ways_typed(said: Sequence[Token]) -> Iterable[str]:
    """Return the words written together; also without an `s` that may be a possessive."""
    before = "".join(each.word for each in said[:-1])
    return dict.fromkeys((f"{before}{said[-1].word}", f"{before}{said[-1].stem}"))


def _spaced(said: Sequence[Token]) -> str:
    return " ".join((*(each.word for each in said[:-1]), said[-1].stem))


def _allowed(typed: str) -> int:
    if len(typed) < SHORTEST_NAME:
        return 0
    return 1 + (len(typed) >= NEAR_NAMES_TWO_SLIPS) + (len(typed) >= THREE_SLIPS)


def _is_unknown(token: Token) -> bool:
    return token.word not in COMMON_WORDS and token.stem not in COMMON_WORDS


def _begins_name(token: Token) -> bool:
    """Return true for a word that is no English one: only the first of a name has to be none."""
    is_everyday = not {token.word, token.stem}.isdisjoint(EVERYDAY_WORDS)
    return _is_unknown(token) and not is_everyday and not is_known(token.word)
