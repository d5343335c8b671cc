"""News read by rules: the clauses of a text, and for each what it would record."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from agendas.facts.account import Stage
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from agendas.rules.group import OUR_WORDS
from agendas.rules.news import MOST_DRAFTS, Draft, DraftKind
from agendas.rules.signals import only_campaign_figures
from agendas.text import people_named
from agendas.text.evidence import readable
from agendas.text.vocabulary import STAGE_WORDS
from assistant.clauses import LEAST_WORDS, Clause, actor_of, clauses_in, is_signed, joined, together
from assistant.names import Asked, Names
from assistant.signs import says, sign, value_said
from assistant.words import words_of


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
    clauses = clauses_in(text, names, asked, today)
    named = tuple(dict.fromkeys(each for clause in clauses for each in clause.accounts))
    drafts: list[Draft] = []
    here, topic = _first_account(named, asked, spoken_of), ""
    parts = list(joined(clauses))
    places = list(_places(parts, here, named, in_thread=asked.channel_account is not None))
    quotes = [each for draft in by_model or () if (each := _quoted(draft, parts, places)) is not None]
    for number, (clause, (about, is_open)) in enumerate(zip(parts, places, strict=True)):
        topic = value_said("topic", f"{clause.header}{clause.said}") or topic
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
    pieces = [each for clause in clauses_in(text, names, asked, today) for each in clause.pieces]
    near = [dict(each.choice.accounts) if each.choice else (each.account,) for each in pieces]
    accounts = [account for each in near for account in each if account is not None]
    return tuple(dict.fromkeys(accounts)), tuple(dict.fromkeys(each for piece in pieces for each in piece.persons))


def person_in(text: str, names: Names, asked: Asked, *, today: date) -> tuple[str, str]:
    """Return the name and the title of the first person at an account whom a text names; '' for what it does not."""
    found = ((clause, _person(clause)) for clause in joined(clauses_in(text, names, asked, today)))
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
    for clause in joined(clauses_in(text, names, asked, today)):
        words = clause.words
        is_drafted = any(each.words in words or words in each.words for each in drafts)
        if not (is_drafted or says("greeting", clause.said) or says("heading", clause.said)) and " " in words:
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


def _by_rules(clause: Clause, asked: Asked, topic: str) -> Draft | None:
    """Return what the clause would record of its accounts, None for nothing."""
    words, kind = clause.words, clause.kind
    if only_campaign_figures(words) or (kind is None and not _may_be_news(clause)):
        return None
    counted, who = clause.counted or (-1, "")
    if kind is DraftKind.SIGNAL and (not counted or (counted > 0 and not topic)):
        return None
    draft = _told(kind or DraftKind.UNCLEAR, words, clause, asked, topic)
    return replace(draft, typed=who) if kind is DraftKind.SIGNAL and not clause.accounts else draft


def _told(kind: DraftKind, words: str, clause: Clause, asked: Asked, topic: str = "") -> Draft:
    """Return the draft of this kind with what the clause says of it."""
    draft, said = Draft(kind, words), clause.said
    due_on = clause.days[-1] if clause.days else None
    match kind:
        case DraftKind.MOVEMENT:
            stage = None if clause.is_ahead else _stage(said)
            return replace(draft, actor=clause.actor, stage=stage, happened_on=clause.on)
        case DraftKind.NOTE | DraftKind.UNCLEAR:
            return replace(draft, happened_on=clause.on)
        case DraftKind.BLOCKER:
            needs = value_said("needs", said)
            return replace(draft, needs=Function(needs) if needs else None, happened_on=clause.on)
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
            sort = SignalKind(value_said("signal", said) or topic or SignalKind.OTHER)
            count = max(0, (clause.counted or (0, ""))[0])
            return replace(draft, signal=sort, count=count, happened_on=clause.on)
    return draft


Place = tuple[tuple[int, ...], bool]
"""The accounts that a clause may be about, and whether it is open which of them."""


def _places(
    clauses: Sequence[Clause], here: tuple[int, ...], named: Sequence[int], *, in_thread: bool
) -> Iterator[Place]:
    """Yield the place of each clause; the first that name no account are about those that are `here`."""
    for clause in clauses:
        is_beside = says("beside", clause.said) or (in_thread and "ACCOUNT" not in clause.header)
        if here and set(clause.accounts) - set(here) and is_beside and not clause.counted:
            # "a call with Umber" may be news of either account, and so may any other that a thread names
            yield (*here, *clause.accounts), True
            continue
        here = clause.accounts or here
        # where several accounts are told about, a name that nobody has is one more
        is_other = not clause.accounts and len(named) > 1 and (clause.header or clause.said).startswith(" NAME ")
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


def _name(account: int, names: Names) -> str:
    return next((each.name for each in names.all_keys() if each.account_id == account), "")


def _stage(said: str) -> Stage | None:
    """Return the stage that the words say was reached; None in doubt."""
    if says("not reached", said):
        return None
    named = sign("staged").search(said)
    if named is None:
        return Stage.CUSTOMER if is_signed(said) else None
    return STAGE_WORDS[max((each for each in STAGE_WORDS if named[0].endswith(f" {each} ")), key=len)]


def _may_be_news(clause: Clause) -> bool:
    """Return true for a clause that names an account and says something of it that has no sign."""
    said = clause.said
    is_own = says("own subject", said) or any(each > clause.today for each in clause.days)
    is_long = len(said.split()) >= LEAST_WORDS + (not clause.accounts)
    is_news = is_long and not says("heading", said) and bool(clause.accounts or is_own)
    return is_news and not clause.is_silent


def _owner(clause: Clause, asked: Asked) -> str:
    """Return who of ours does it: who is named first, else the writer; '' where "our engineer" does."""
    said = f"{clause.header.rstrip()}{clause.said}"
    return _named_owner(clause, asked) or ("" if says("not the writer", said) else asked.user_id)


def _named_owner(clause: Clause, asked: Asked) -> str:
    """Return who of ours is named first, or the writer who says "I"; '' where nobody is named."""
    if says("by name", clause.header):
        return clause.leads or asked.user_id
    said = f"{clause.header.rstrip()}{clause.said}"
    first = next((each for each in clause.pieces if each.persons), None)
    own = sign("own").search(said)
    if first is not None and len(first.persons) == 1 and not (own and own.start() < said.find(" OURS ")):
        return first.persons[0]
    return asked.user_id if own else ""


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
        and not any(clauses[each].is_silent for each in shows.clauses)
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
    parts = clauses_in(quote.draft.words, names, asked, home.today, first=home.number)
    if not parts or only_campaign_figures(quote.draft.words):
        return None
    own = reduce(together, parts)
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
            actor = told.actor or actor_of(clause) or home.actor or draft.actor
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
