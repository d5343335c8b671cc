"""The form that a question asks for: a number, yes or no, why, when, who, a list."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.answered_items import AccountStanding
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Per, Progress, Subject, Way
from assistant.reading.lexicon import EVERYDAY_WORDS, Piece, Said
from assistant.reading.read import Cue
from assistant.reading.tokens import Parts

# Words of titles, and unknown verbs beside them: "who countersigned the NDA" has the title "NDA".

PLACES = frozenset({"at", "with", "for", "from", "on", "of", "in"})
BEFORE_OBJECTS = frozenset(
    ["the", "a", "an", "our", "their", "its", "that", "this", "these", "those", "it", "them", "him", "her", "us", "me"]
)
"""Words of which one begins what a verb is said of."""

_JOBS_SAID = (
    "ceo cfo coo cto cio cmo cro cpo ciso vp svp evp director manager head chief officer engineer president chairman "
    "founder controller treasurer architect"
)
JOBS = frozenset(_JOBS_SAID.split())
"""Last words of titles of people."""

LIGHT = (Cue.TITLE, Cue.FILLER)

PARTICLES = frozenset({"out", "up", "off", "down", "through", "over", "back", "about", "on", "in", "away"})
PAST_OR_NOW = ("ed", "ing")


def is_title(said: Said, position: int) -> bool:
    """Return true for a word that means nothing here, a verb of work, or a name that no account has."""
    piece = said[position]
    if piece.typed[:1].isdigit():
        return False
    is_name = piece.choice is not None and not piece.choice.is_ambiguous and not stands_for_account(said, position)
    return piece.is_unknown or piece.means(Cue.DOING) or is_name


def job(piece: Piece) -> str:
    """Return the title of somebody that a piece is, of several in the singular: "plant manager"; '' for no title."""
    words = piece.typed.split()
    last = words[-1].casefold()
    single = last if last in JOBS else last.removesuffix("s")
    is_free = piece.choice is not None or all(isinstance(each, Per) or each in LIGHT for each in piece.meanings)
    is_job = single in JOBS and is_free and not (piece.persons or piece.account or piece.segment)
    return " ".join((*words[:-1], words[-1][: len(single)])) if is_job else ""


def stands_for_account(said: Said, position: int) -> bool:
    """Return true for a name that no account has where only an account's can stand: "blockers at Hexley"."""
    before = said[position - 1] if position else None
    after = said[position + 1] if position + 1 < len(said) else None
    is_after = before is not None and before.typed.casefold() in PLACES
    return is_after or said[position].is_possessive or (after is not None and after.means(Cue.HAVE))


def is_verb_here(said: Said, position: int) -> bool:
    """Return true for an unknown word that is the verb between the one who does something and what it is done to."""
    piece = said[position]
    if not (piece.is_unknown and 0 < position < len(said) - 1) or piece.mark or piece.means(Cue.TITLE):
        return False
    before, after = said[position - 1], said[position + 1]
    ends_so = piece.typed.casefold().endswith(PAST_OR_NOW)
    is_after_doer = (
        before.means(Cue.WHO, Cue.ME, Cue.US) or bool(before.persons) or before.typed.casefold().endswith("to")
    )
    is_after_helper = ends_so and before.means(Cue.IS, Cue.HAVE)
    is_object = after.account is not None or after.typed.casefold() in BEFORE_OBJECTS
    is_particle = after.typed.casefold() in PARTICLES and (ends_so or before.means(Cue.ME, Cue.US))
    return (is_after_doer or is_after_helper) and (is_object or is_particle)


# Words that the text of a thing must have: the security review, the GDPR blocker, Dana Weber.

WITH_TEXT = frozenset(set(Subject) - {Subject.ACCOUNTS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.REVIEWS})
NAMED_THINGS = (Subject.ACTIONS, Subject.BLOCKERS, Subject.DECISIONS, Subject.ASKS, Subject.PLAYS, Subject.DEALS)
_BEFORE_SAID = (
    "the a an this that our their his her its my for on of to about regarding re any no every is are with and"
)
BEFORE_TITLES = frozenset(_BEFORE_SAID.split())
"""Words that a title may follow."""

NO_TITLES = (Subject.ACCOUNTS, Subject.MEMBERS, Subject.PEOPLE)
"""Nouns whose things are asked for: "the team's commitments"."""

CALCULATED = frozenset({"average", "avg", "mean", "median", "percentage", "percent", "rate", "forecast"})
"""Words for a number that no answer has, and no word of a title."""

OF_SOMEBODY = frozenset({"of", "on", "for", "from"})
"""Words before somebody who is asked about: "the role of Dana Weber", "anything on Dana Weber"."""

PART_OF_TITLE = (Subject, BuyingRole, Function, SignalKind, Field, Way, Having)
"""Kinds of words that may be part of a title beside a word that means nothing here: "security review"."""


def with_about(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with the words that are no others': titles, topics, names of people at accounts."""
    if subject is None or subject not in WITH_TEXT:
        return parts
    runs = [each for run in _apart(_runs(said, subject)) if _may_be_title(said, run, subject) for each in run]
    words = [
        job(said[each]) or said[each].typed
        for each in runs
        if not said[each].means(Cue.DOING) or _is_inside(said, runs, each)
    ]
    if not words and not said.has(subject):
        words = [said[each].typed for each in runs]
    taken = tuple(said[each].choice for each in runs)
    parts = replace(parts, choices=tuple(each for each in parts.choices if not any(each is other for other in taken)))
    said.use(*runs)
    said.use(*(said.where(Cue.ABOUT) if words else ()))
    return replace(parts, about=" ".join(words))


def _runs(said: Said, subject: Subject) -> list[int]:
    """Return the positions of the words of titles, in their order."""
    kept: set[int] = set()
    for position in range(len(said)):
        is_head = said.first(subject) == position
        is_wanted = (
            is_title(said, position)
            or (_is_after_about(said, position) and not is_head)
            or _is_person(said, position, subject)
        )
        is_job = subject is Subject.PEOPLE and bool(job(said[position]))
        is_wanted = is_wanted or (subject is Subject.ACTIONS and said[position].means(Having.PROPOSAL))
        is_no_title = said[position].typed.casefold() in CALCULATED
        if position in said.used or not (is_wanted or is_job) or is_verb_here(said, position) or is_no_title:
            continue
        kept.add(position)
        if subject is Subject.PEOPLE and _is_full_name(said[position]):
            continue
        for step in (1, -1):
            beside = position + step
            if step > 0 and is_job and beside + 1 < len(said) and said[beside].typed.casefold() == "of":
                beside += 1
            while 0 <= beside < len(said) and _may_join(said, beside, subject) and not _is_parted(said, beside, step):
                kept.add(beside)
                beside += step
    return sorted(kept)


def _is_inside(said: Said, runs: Sequence[int], position: int) -> bool:
    """Return true for the call of "kickoff call", false for the verb that ends "was the contract sent"."""
    if position - 1 not in runs and position - 2 in runs and job(said[position - 2]):
        return True
    is_past = said[position].typed.casefold().endswith(("ed", "sent", "built", "written"))
    return position - 1 in runs and not (is_past and position + 1 not in runs)


def _apart(positions: Sequence[int]) -> list[list[int]]:
    """Return the positions in runs of those that follow each other."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _may_be_title(said: Said, run: Sequence[int], subject: Subject) -> bool:
    """Return true if words stand where a title or a name does; others are left, and said to be not understood."""
    pieces = [said[each] for each in run]
    if any(piece.choice or piece.means(Cue.TITLE, Cue.DOING) or piece.typed[:1].isupper() for piece in pieces):
        return True
    if len(run) > 1 or len(pieces[0].typed.split()) > 1 or any(piece.meanings for piece in pieces):
        return True
    if pieces[0].typed.casefold() in EVERYDAY_WORDS and subject is Subject.PEOPLE:
        return False
    after = run[-1] + 1
    is_before_noun = after < len(said) and said[after].means(*NAMED_THINGS) and not pieces[-1].mark
    before = said[run[0] - 1] if run[0] else None
    return is_before_noun or before is None or bool(before.mark) or _leads_to_title(before)


def _leads_to_title(before: Piece) -> bool:
    """Return true for a word that a title follows: an article, "about", a verb of work."""
    last = before.typed.casefold().split()[-1]
    return (
        last in BEFORE_TITLES
        or last in ("called", "named", "up")
        or before.means(Cue.ABOUT, Cue.DOING, Cue.TITLE)
        or bool(before.persons)
    )


def _is_after_about(said: Said, position: int) -> bool:
    """Return true for a word after "about" or "regarding" that nothing else has used."""
    piece = said[position]
    if piece.is_name or piece.when or not any(piece.of_kind(kind) for kind in PART_OF_TITLE):
        return False
    if _is_before_noun(said, position):
        return True
    before = position - 1
    while before >= 0 and said[before].meanings == (Cue.FILLER,):
        before -= 1
    return before >= 0 and said[before].means(Cue.ABOUT)


def _is_person(said: Said, position: int, subject: Subject) -> bool:
    """Return true for a name that no account has, where people are asked for: "what is Dana Weber's role"."""
    choice = said[position].choice
    before = said[position - 1].typed.casefold() if position else ""
    if _is_owner_of_role(said, position):
        return False
    has_noun = said.has(Subject.PEOPLE) or any(piece.of_kind(BuyingRole) for piece in said.pieces)
    if _is_full_name(said[position]) and before in OF_SOMEBODY and not has_noun:
        return True
    return subject is Subject.PEOPLE and choice is not None and not choice.is_ambiguous and before not in PLACES


def _is_full_name(piece: Piece) -> bool:
    is_name = piece.choice is not None or not (piece.meanings or piece.is_name)
    return is_name and " " in piece.typed and not job(piece)


def _is_owner_of_role(said: Said, position: int) -> bool:
    """Return true for the account of "Orrin Rail's champion": people have roles, only accounts have people in them."""
    after = position + 1
    is_possessive = said[position].choice is not None and said[position].is_possessive
    return is_possessive and after < len(said) and bool(said[after].of_kind(BuyingRole))


def _is_before_noun(said: Said, position: int) -> bool:
    """Return true for the webinar of "the webinar task"."""
    after = position + 1
    is_title = not (said[position].of_kind(Function) or said[position].means(*NO_TITLES))
    return is_title and after < len(said) and not said[position].mark and said[after].means(*NAMED_THINGS)


def _may_join(said: Said, position: int, subject: Subject) -> bool:
    piece = said[position]
    is_head = piece.means(subject) and said.first(subject) == position
    if position in said.used or piece.is_name or piece.when or is_head or is_verb_here(said, position):
        return False
    is_help = piece.means(Cue.HELP) and " " not in piece.typed
    return piece.is_unknown or is_help or any(piece.of_kind(kind) for kind in PART_OF_TITLE)


def _is_parted(said: Said, position: int, step: int) -> bool:
    """Return true if a mark stands between a piece and the one that it would be joined to."""
    return bool(said[position - 1 if step > 0 else position].mark)


# Events that did not happen at the accounts asked for: nobody touched them, they were never reviewed.

HAVING_OF_VERB = {
    Cue.TOUCH: Having.TOUCH,
    Cue.DISCUSS: Having.REVIEW,
    Cue.RECORD: Having.UPDATE,
    Cue.DECIDE: Having.DECISION,
    Cue.OWN: Having.OWNER,
}
"""Things that did not happen: "nobody touched", "never reviewed"."""

HAVING_OF_CUE = {Cue.UNPLANNED: Having.NEXT_ACTION, Cue.OWNERLESS: Having.OWNER}
HAVING_OF_PARTICIPLE = {
    **dict.fromkeys(("scored", "rated", "graded"), Having.FIT),
    **dict.fromkeys(("justified", "argued"), Having.JUSTIFICATION),
    **dict.fromkeys(("valued", "priced", "sized"), Having.VALUE),
    **dict.fromkeys(("planned", "scheduled"), Having.NEXT_ACTION),
    "segmented": Having.SEGMENT,
}
"""Things that accounts have once somebody did this."""

HAVING_OF_FIELD = {
    Field.OWNER: Having.OWNER,
    Field.PARTNER: Having.PARTNER,
    Field.EXECUTIVE: Having.EXECUTIVE,
    Field.SEGMENT: Having.SEGMENT,
    Field.VALUE: Having.VALUE,
    Field.NARRATIVE: Having.NARRATIVE,
    Field.FIT: Having.FIT,
    Field.JUSTIFICATION: Having.JUSTIFICATION,
    Field.PIPELINE: Having.DEAL,
    Field.LAST_TOUCH: Having.TOUCH,
    Field.ROLES: Having.ROLE,
}
"""Things that accounts have where a field is filled in."""

HAVING_OF_FUNCTION = {
    Function.MARKETING: Having.PARTNER,
    Function.SALES: Having.OWNER,
    Function.EXECUTIVE: Having.EXECUTIVE,
}
DEEDS = (Cue.NEED, Cue.WAIT, Cue.OWE, Cue.TOUCH, Cue.RECORD)
BETWEEN = (Cue.HAVE, Cue.IS, Cue.DO, Cue.US, Cue.ME, Cue.NOW, Cue.THERE_IS, Cue.ANY)
"""Words between "not" and its verb."""


def without_events(said: Said, parts: Parts) -> Parts:
    """Return the parts with what did not happen: "nobody touched", "not reviewed", "gone quiet"."""
    parts = _by_no_owner(said, _without_ours(said, parts))
    for cue, having in HAVING_OF_CUE.items():
        if found := [each for each in said.where(cue) if each not in said.used and not _is_by_somebody(said, each)]:
            said.use(*found)
            parts = _and_without(parts, having)
    is_of_where = said.has(Subject.ACCOUNTS, Cue.WHERE)
    if is_of_where and said.has(Cue.KNOW) and said.has_left(Cue.WITHOUT, Cue.NOT):
        said.use(*said.where(Cue.KNOW, Cue.WITHOUT, Cue.NOT))
        return _and_without(parts, Having.CONTACT)
    if not parts.of and (silent := said.where(Cue.SILENT)):
        said.use(*silent)
        return _and_without(parts, Having.TOUCH)
    for position in said.where(Cue.WITHOUT, Cue.NOT, Cue.MISSING):
        if position not in said.used:
            parts = _unmade(said, parts, position) or _denied_verb(said, parts, position)
    return parts


def _by_no_owner(said: Said, parts: Parts) -> Parts:
    """Return the parts without what "has nobody" is said of: "which accounts has nobody contacted"."""
    for position in said.where(Cue.OWNERLESS):
        if position + 1 < len(said) and said[position + 1].means(*HAVING_OF_VERB):
            parts = _denied_verb(said, parts, position)
    return parts


def _without_ours(said: Said, parts: Parts) -> Parts:
    """Return the parts without anybody of a function of ours: "accounts with nobody from marketing"."""
    denials = [each for each in said.where(Cue.WITHOUT, Cue.NOT, Cue.OWNERLESS) if each not in said.used]
    if not denials or not said.has(Subject.ACCOUNTS) or said.has(*DEEDS):
        return parts
    for position, function in said.of_kind(Function):
        if function in HAVING_OF_FUNCTION:
            said.use(position, *denials)
            return _and_without(parts, HAVING_OF_FUNCTION[function])
    return parts


def _unmade(said: Said, parts: Parts, position: int) -> Parts | None:
    """Return the parts without what nobody made: "unscored", "nobody justified", "not valued"; None for other words."""
    after = said.next_of_weight(position)
    for each in (position, after):
        last = said[each].typed.casefold().split()[-1] if each is not None else ""
        having = HAVING_OF_PARTICIPLE.get(last.removeprefix("un"))
        if having is not None and each is not None:
            fields = [field for field, thing in HAVING_OF_FIELD.items() if thing is having]
            said.use(position, each, *said.where(*fields))
            return _and_without(parts, having)
    return None


def denied_owner(said: Said) -> str:
    """Return the words that ask for accounts of all but somebody, which no query can say: "not owned by me"."""
    has_person = any(piece.persons or piece.means(Cue.ME) for piece in said.pieces)
    for position in said.where(Cue.NOT, Cue.OWNERLESS) if has_person and said.has(Subject.ACCOUNTS) else ():
        after = said.next_of_weight(position)
        is_denied = said[position].means(Cue.OWNERLESS) or (after is not None and said[after].means(Cue.OWN))
        if is_denied:
            return " ".join(piece.typed for piece in said.pieces[position:])
    return ""


def _denied_verb(said: Said, parts: Parts, position: int) -> Parts:
    """Return the parts without what the verb after "not" or "nobody" says."""
    after = said.next_of_weight(position)
    while after is not None and said[after].means(*BETWEEN):
        after = said.next_of_weight(after)
    if after is None:
        return _by_nobody(said, parts, position)
    is_of_accounts = said.has(Subject.ACCOUNTS, Cue.WHERE)
    if said[after].means(Cue.MOVE) or (is_of_accounts and said[after].means(Way.ADVANCED)):
        said.use(position, after)
        return _unmoved(said, parts)
    having = next((thing for verb, thing in HAVING_OF_VERB.items() if said[after].means(verb)), None)
    if having is None or (having is Having.OWNER and _is_by_somebody(said, after)):
        return parts
    said.use(position, after)
    return _and_without(parts, _written(said, after) if having is Having.UPDATE else having)


def _written(said: Said, verb: int) -> Having:
    """Return the thing that nobody wrote: a narrative, a value, else an update."""
    after = said.next_of_weight(verb)
    fields = said[after].of_kind(Field) if after is not None else ()
    having = next((HAVING_OF_FIELD[each] for each in fields if each in HAVING_OF_FIELD), None)
    if after is None or having is None:
        return Having.UPDATE
    said.use(after)
    return having


def _by_nobody(said: Said, parts: Parts, position: int) -> Parts:
    """Return the parts without an owner, for "owned by nobody" at the end."""
    own = position - 1
    if own < 0 or not said[own].means(Cue.OWN):
        return parts
    said.use(position, own)
    return _and_without(parts, Having.OWNER)


def _is_by_somebody(said: Said, position: int) -> bool:
    """Return true for "not owned by Nora", which is not without an owner."""
    after = [said[each] for each in range(position + 1, min(len(said), position + 3))]
    return any(each.persons or each.means(Cue.ME) for each in after)


def _unmoved(said: Said, parts: Parts) -> Parts:
    """Return the parts with accounts that did not move: in some days, else those that are stalled."""
    if any(piece.when for piece in said.pieces):
        return _and_without(parts, Having.MOVEMENT)
    return replace(parts, states=(*parts.states, AccountStanding.STALLED))


def _and_without(parts: Parts, having: Having) -> Parts:
    return replace(parts, without=tuple(dict.fromkeys((*parts.without, having))))


def empty_roles(said: Said) -> list[int]:
    """Return the words of "which roles have nobody" and "roles we don't have": the roles that are missing."""
    roles = [each for each in said.where(Field.ROLES) if said[each].typed.casefold() in ("roles", "buying roles")]
    denials = said.where(Cue.WITHOUT, Cue.NOT, Cue.MISSING, Cue.OWNERLESS)
    return [*roles, *denials] if roles and denials and not said.has(Subject.ACCOUNTS) else []


def are_claims(said: Said, position: int, missing: list[int]) -> bool:
    """Return true for moves without evidence, which are claimed ones."""
    moves = (piece for piece in said.pieces[:position] if piece.means(Subject.MOVEMENT, Cue.MOVE) or piece.of_kind(Way))
    return [said[each].means(Subject.EVIDENCE) for each in missing] == [True] and next(moves, None) is not None


# Bounds of amounts as filters: of the value of accounts, of the amount of deals.

MEASURES = frozenset({Field.VALUE, Field.AMOUNT, Field.PIPELINE})
"""Fields that are sums of money."""

OF_A_SUM = (Cue.TOTAL, Cue.HOW_MUCH)
TYING = (Cue.WITH, Cue.HAVE)


def with_amounts(said: Said, parts: Parts) -> Parts:
    """Return the parts with the bounds said; the words for what they bound are no question of their own."""
    where = [position for position, piece in enumerate(said.pieces) if piece.amount is not None]
    for position in where:
        amount = said[position].amount
        if amount is None:
            continue
        said.use(position)
        parts = replace(
            parts,
            least_cents=amount.least_cents or parts.least_cents,
            most_cents=amount.most_cents or parts.most_cents,
            currency=amount.currency or parts.currency,
        )
    if not (parts.least_cents or parts.most_cents):
        return parts
    if not said.has(*OF_A_SUM):
        said.use(*said.where(*MEASURES))
    if said.has(Subject.DEALS, Field.PIPELINE) and said.has(Subject.ACCOUNTS):
        _leave_to_deals(said, where[0])
    return parts


def _leave_to_deals(said: Said, bound: int) -> None:
    """Use the words for accounts in "accounts with a deal over 100k": the bound is of the deal."""
    nouns = [each for each in said.where(Subject.DEALS, Field.PIPELINE, Subject.ACCOUNTS) if each < bound]
    if nouns and not said[nouns[-1]].means(Subject.ACCOUNTS):
        said.use(*said.where(Subject.ACCOUNTS, *TYING))


STRONG: dict[Cue, Form] = {
    Cue.HOW_MANY: Form.COUNT,
    Cue.TOTAL: Form.SUM,
    Cue.HOW_MUCH: Form.SUM,
    Cue.COMPARE: Form.COMPARE,
    Cue.MORE_THAN: Form.COMPARE,
    Cue.WHY: Form.WHY,
    Cue.SINCE_WHEN: Form.WHEN,
    Cue.HOW_LONG: Form.WHEN,
    Cue.WHEN: Form.WHEN,
    Cue.WHO: Form.WHO,
    Cue.WHOSE: Form.WHO,
}
"""Question words that say the form wherever they stand; the first counts."""

VERBS_FIRST = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "will")
LISTING = (Cue.SHOW, Cue.WHICH, Cue.WHERE)
ASKING = (Cue.IS, Cue.DO, Cue.HAVE, Cue.THERE_IS)


RELATED = frozenset({"one", "ones", "person", "those", "people", "guy"})
"""Words of which `who` says more: "the one who owns it"."""

NOUNS_TOO = frozenset({"last time", "the last time", "most recent time", "date", "date of"})
"""Words for a day that ask by themselves: "date of the workshop", but not in "last time: who came"."""

ENDS_OF_WHO = frozenset({"by", "to"})
"""Words at the end after which a person is left out: "removed by?", "belongs to?"."""

TAGS = frozenset({"right", "correct", "yes", "yeah", "no", "true", "eh", "huh", "ok", "yep"})
"""Words that make a question of a sentence where they end it after a comma."""


def form_said(said: Said) -> Form | None:
    """Return the form that the words say, None where they leave it open."""
    strong = _strong(said)
    if strong is not None:
        return strong
    lead = lead_of(said)
    if lead is None:
        if len(said) > 1 and said[len(said) - 1].typed.casefold().split()[-1] in ENDS_OF_WHO:
            return Form.WHO
        is_asked = (
            ends_in_tag(said) or _is_told_with_mark(said) or (len(said) > 1 and said[len(said) - 1].means(Cue.IF))
        )
        is_so_far = any(set(piece.typed.casefold().split()) & {"yet", "already"} for piece in said.pieces)
        is_asked = is_asked or (is_so_far and not _is_fragment(said))
        return Form.YES_NO if is_asked else None
    is_verb_first = said[lead].typed.casefold().split()[0] in VERBS_FIRST
    after = said.next_of_weight(lead)
    if said[lead].means(Cue.SHOW) and after is not None and said[after].means(Cue.IS, Cue.DO, Cue.THERE_IS, Cue.IF):
        return Form.YES_NO
    if said[lead].means(*LISTING) or (said[lead].means(Cue.ANY) and not is_verb_first):
        return Form.LIST
    if said[lead].means(Cue.IF) and not any(said[each].means(*ASKING) for each in range(lead + 1, len(said))):
        return None
    if said[lead].means(*ASKING, Cue.ANY, Cue.IF):
        return Form.LIST if _asks_for_them_too(said) else Form.YES_NO
    return Form.CARD


def _is_fragment(said: Said) -> bool:
    """Return true for "accounts that have no deal yet" and "no narrative yet": things that are asked for."""
    has_account = any(piece.account is not None for piece in said.pieces)
    first = next((piece for position, piece in enumerate(said.pieces) if said.has_weight(position)), None)
    is_plural = first is not None and first.means(Subject.ACCOUNTS) and first.typed.casefold().endswith("s")
    return first is not None and not has_account and (is_plural or first.means(Cue.WITHOUT))


def _asks_for_them_too(said: Said) -> bool:
    """Return true for "do we have stalled accounts? which ones"."""
    return len(said) > 1 and said[len(said) - 1].means(Cue.WHICH) and bool(said[len(said) - 2].mark)


def _is_told_with_mark(said: Said) -> bool:
    """Return true for "so Tallow moved?": a name and then what became of it."""
    ends = said[len(said) - 1] if len(said) > 1 else None
    is_past = ends is not None and ends.mark == "?" and (ends.means(Cue.MOVE) or bool(ends.of_kind(Way)))
    return is_past and said[len(said) - 2].account is not None


def ends_in_tag(said: Said) -> bool:
    """Return true for "Hugo is the champion, right" and "Vantora is mine, no"."""
    last = said[len(said) - 1] if len(said) > 1 else None
    is_set_off = last is not None and bool(said[len(said) - 2].mark)
    return last is not None and is_set_off and last.typed.casefold() in TAGS


def lead_of(said: Said) -> int | None:
    """Return the position of the word that the question begins with: after names, days and fillers."""
    for position, piece in enumerate(said.pieces):
        if position < _end_of_aside(said):
            continue
        if piece.means(*LISTING, *ASKING, Cue.ANY, Cue.IF, Cue.HOW, Cue.CARD) or is_question_word(said, position):
            return position
        if piece.means(Cue.THAT) and position and said[position - 1].means(Cue.ALL):
            return None
        is_filler = piece.is_filler and not piece.of_kind(Subject)
        is_before = is_filler or piece.means(Cue.AND, Cue.HELLO, Cue.THANKS, Cue.AT, Cue.YES, Cue.ONLY)
        is_set_off = (piece.is_name or bool(piece.when)) and bool(piece.mark)
        if not (is_before or is_set_off or piece.means(Cue.CORRECTION)):
            return None
    return None


def _end_of_aside(said: Said) -> int:
    """Return where the question begins after "when I was away from 9 to 20 November", 0 without such words."""
    if not said.pieces or not said[0].means(Cue.WHEN) or is_question_word(said, 0):
        return 0
    return next((position + 1 for position, piece in enumerate(said.pieces) if piece.when or piece.mark), 0)


def is_question_word(said: Said, position: int) -> bool:
    """Return true for `who`, `when` and `why` that ask, false for "the one who" and "once when"."""
    piece = said[position]
    if _is_who_with_verb(piece):
        return True
    if not piece.means(*STRONG):
        return False
    if piece.means(Cue.WHOSE) and position and said[position - 1].of_kind(Subject):
        return False
    if piece.means(Cue.WHO) and position:
        before = said[position - 1]
        if before.typed.casefold() in RELATED or before.of_kind(Subject):
            return before.means(Subject.CHANGES) or bool(before.mark)
        return True
    after = position + 1
    if piece.means(Cue.WHEN) and after < len(said):
        return not said[after].means(Cue.ME, Cue.US)
    return True


def _is_who_with_verb(piece: Piece) -> bool:
    """Return true for `who` in one phrase with its verb: "who came", "who runs"."""
    is_said_of = piece.means(Cue.ATTEND, Cue.OWN, Cue.RECORD, Cue.ADD) or bool(piece.of_kind(BuyingRole))
    return piece.typed.casefold().startswith("who ") and is_said_of


def _strong(said: Said) -> Form | None:
    """Return the form of the first question word; one that is a noun as well counts where no other asks."""
    found = [_form_of(piece) for position, piece in enumerate(said.pieces) if _asks_there(said, position)]
    nouns = [_form_of(piece) for position, piece in enumerate(said.pieces) if _is_noun(piece)]
    sure = [form for form in found if form is not None]
    if Form.SUM in sure and not said.has(Cue.HOW_MUCH) and (Form.COUNT in sure or _is_total_of_things(said)):
        return Form.COUNT
    return sure[0] if sure else next((form for form in nouns if form is not None), None)


def _is_total_of_things(said: Said) -> bool:
    """Return true for "total accounts" and "accounts in total": a number of them where no money is named."""
    has_money = any(piece.of_kind(Field) for piece in said.pieces)
    beside = [said[at] for each in said.where(Cue.TOTAL) for at in (each - 1, each + 1) if 0 <= at < len(said)]
    return not has_money and any(piece.means(Subject.ACCOUNTS) for piece in beside)


def _asks_there(said: Said, position: int) -> bool:
    if said[position].typed.casefold() == "against" and not _is_between_names(said, position):
        return False
    return position not in said.used and is_question_word(said, position) and not _is_noun(said[position])


def _is_between_names(said: Said, position: int) -> bool:
    """Return true unless "against" is the end, or is said of "them" or "it"."""
    after = said.next_of_weight(position)
    has_first = any(piece.is_name or any(piece.of_kind(int)) for piece in said.pieces[:position])
    return has_first and after is not None and not said[after].means(Cue.THEY, Cue.IT)


def _is_noun(piece: Piece) -> bool:
    return piece.typed.casefold() in NOUNS_TOO


def _form_of(piece: Piece) -> Form | None:
    if _is_who_with_verb(piece):
        return Form.WHO
    return next((STRONG[cue] for cue in piece.of_kind(Cue) if cue in STRONG), None)


# People who left: "who left at Halden", "champions we lost", "accounts that lost their champion".

STAYS = frozenset({"to", "only", "out", "over", "undone", "off", "just", "in", "until", "before"})
"""Words after "left" and "leave" of things that remain, or that are to be left out."""

NO_LONGER = frozenset(
    ["at", "with", "there", "in", "here", "around", "from", "working", "employed", "work", "works", "have", "part of"]
)
"""Words after "no longer" of somebody who left, and of which one ends "who do we no longer have"."""

THINGS = (Subject.BLOCKERS, Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.PLAYS, Subject.REVIEWS)
ANYBODY = frozenset({"anyone", "anybody", "someone", "somebody"})
ONE = ("our", "the", "their", "my", "a")
"""Words before a role of somebody who is told of, and not asked for."""


def with_left(said: Said, parts: Parts) -> Parts:
    """Return the parts with those who left as what is asked for, or as what the accounts asked for have lost."""
    gone = [position for position in said.where(Cue.LEAVE, Progress.LOST) if _is_of_people(said, position)]
    if not gone or not _is_asked(said):
        return parts
    said.use(*gone)
    if _is_of_accounts(said, gone[0]):
        roles = [(position, each) for position, each in said.of_kind(BuyingRole)]
        said.use(*(position for position, _ in roles), *said.where(Subject.PEOPLE))
        having = tuple(dict.fromkeys((*parts.having, Having.ROLE)))
        roles_said = tuple(dict.fromkeys((*parts.roles, *(each for _, each in roles))))
        without = tuple(each for each in parts.without if each is not Having.ROLE)
        return replace(parts, having=having, without=without, roles=roles_said, progress=(Progress.LOST,))
    return replace(parts, progress=(Progress.LOST,))


def is_of_left(parts: Parts) -> bool:
    """Return true where people who left are asked for."""
    return parts.progress == (Progress.LOST,) and Having.ROLE not in parts.having


def _is_of_people(said: Said, position: int) -> bool:
    """Return true for a verb that says of somebody that they are gone."""
    piece = said[position]
    if said.has(*THINGS) and not piece.means(Progress.LOST):
        return False
    if piece.typed.casefold() == "no longer":
        return _is_no_longer(said, position)
    has_person = said.has(Subject.PEOPLE) or any(each.of_kind(BuyingRole) for each in said.pieces)
    if piece.means(Progress.LOST):
        return (has_person or _is_whom_there(said)) and not said.has(Subject.DEALS)
    after = said[position + 1] if position + 1 < len(said) and not piece.mark else None
    words = after.typed.casefold().split() if after else []
    is_of_list = said.has(Subject.LIST_CHANGES) or any("list" in each.typed.casefold().split() for each in said.pieces)
    if is_of_list or STAYS.intersection(words[:1]) or (after is not None and after.means(Subject.ACTIONS)):
        return False
    has_name = any(is_title(said, each) or said[each].choice is not None for each in range(position))
    is_anybody = said.has(Cue.WHO) or names_anybody(said.pieces[:position])
    return has_person or is_anybody or has_name


def _is_no_longer(said: Said, position: int) -> bool:
    """Return true for "champions no longer there" and "who do we no longer have"."""
    after = said[position + 1] if position + 1 < len(said) else None
    is_place = after is None or (after.typed.casefold() in NO_LONGER and not after.means(Subject.LIST_CHANGES))
    has_person = said.has(Subject.PEOPLE, Cue.WHO) or any(each.of_kind(BuyingRole) for each in said.pieces)
    return is_place and has_person and not any("list" in each.typed.casefold() for each in said.pieces)


def _is_whom_there(said: Said) -> bool:
    """Return true for "who did we lose at Halden"."""
    is_place = any(
        each.account is not None and position and said[position - 1].typed.casefold() in ("at", "from", "in")
        for position, each in enumerate(said.pieces)
    )
    return is_place and said.has(Cue.WHO)


def names_anybody(pieces: Sequence[Piece]) -> bool:
    """Return true for "has anybody left" and "anyone chasing the contract"."""
    return any(not ANYBODY.isdisjoint(piece.typed.casefold().split()) for piece in pieces)


def _is_asked(said: Said) -> bool:
    """Return true for a question, and for a fragment that begins with those who are meant."""
    if lead_of(said) is not None or said.has(Subject.ACCOUNTS, Subject.PEOPLE):
        return True
    first = said[0]
    if first.of_kind(BuyingRole):
        return first.typed.casefold().split()[0] not in ONE
    begins = [piece.typed.casefold() for piece in said.pieces[:2]]
    return (
        begins[0] in ("the", "lost") and len(begins) > 1 and bool(said[1].of_kind(BuyingRole)) and begins[1][-1] == "s"
    )


def _is_of_accounts(said: Said, position: int) -> bool:
    """Return true for accounts that lost somebody, or where somebody left."""
    lead = lead_of(said)
    if lead is not None and said[lead].means(Cue.WHERE):
        return True
    nouns = [each for each in said.where(Subject.ACCOUNTS) if each < position]
    return bool(nouns) and not said.has(Subject.PEOPLE) and not said[0].of_kind(BuyingRole)
