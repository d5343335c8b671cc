"""The answer to a text that is read: to a question, to one with a name that is not clear, and to a remark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import TypeAdapter

from agendas.errors import NotUnderstood, Outdated, UnknownAccount
from agendas.facts.query import Form, Query, Subject
from agendas.pages.accounts import nearest_page
from agendas.pages.answers import no_answer_page, offers_page
from agendas.pages.said_back import parts, reading_said, said_back
from agendas.rendering.blockkit import BUTTON_CHARACTERS, BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import Mrkdwn, escape, length, read
from agendas.rendering.page import Button, Item, Note, Page, Text, sentence_page
from agendas.rules.news import Draft
from agendas.text.evidence import readable
from agendas.text.limits import shortened, shown
from agendas.verbs.find.accounts import Found, QuestionContext, back_of
from agendas.verbs.find.run import has_answer, run
from assistant.by_model import ModelRequest
from assistant.conversation import LastAnswer, spoken_of
from assistant.names import Choice
from assistant.remark import Reading, Remark, RemarkKind
from assistant.remark_pages import remark_page, samples
from storage import accounts, asked

# Follow-ups that widen an answer about many things, so that it says how there is more.

OF_MANY = (Form.LIST, Form.COUNT, Form.SUM)

WIDER: Mapping[str, Callable[[Query, str], bool]] = {
    "all of them?": lambda query, _asker: query.limit > 1,
    "everyone's?": lambda query, asker: (asker,) in (query.owners, query.whose),
    "all tiers?": lambda query, _asker: bool(query.tiers),
    "all segments?": lambda query, _asker: bool(query.segments),
}
"""What to say to leave out a limit or a filter, the likeliest first."""

SAID = 2


def wider(query: Query, asker: str) -> tuple[str, ...]:
    """Return the follow-ups that widen the query, two at most; none for one that asks of named accounts."""
    if query.form not in OF_MANY or query.of or query.per is not None:
        return ()
    return tuple(words for words, is_narrowed in WIDER.items() if is_narrowed(query, asker))[:SAID]


OFFERED = 5

PICK = "ask.pick"
"""The action of the buttons that offer the nearest accounts; `did_you_mean.read_pick` reads their value."""


READ_AS = "ask.read"
"""The action of the buttons that offer readings; `read_query` reads their value."""

OUTDATED_READING = "This comes from another version of Cadence and does nothing here. Ask your question anew."
LARGEST_NUMBER = 10**15
"""Above every id and amount of a query."""

_QUERY = TypeAdapter(Query)


def written(query: Query) -> str:
    """Return the query as such a button carries it."""
    return _QUERY.dump_json(query, exclude_defaults=True).decode()


def read_query(value: str) -> Query:
    """Return the query that such a button carries. Raises Outdated where it carries none of this version."""
    try:
        query = _QUERY.validate_json(value)
    except ValueError:
        raise Outdated(OUTDATED_READING) from None
    texts = (query.about, query.currency, *query.segments, *query.owners, *query.whose)
    numbers = (*query.of, *query.tiers, query.least_cents, query.most_cents, query.limit, query.skip)
    if not all(0 <= each < LARGEST_NUMBER for each in numbers) or not all(map(str.isprintable, texts)):
        raise Outdated(OUTDATED_READING)
    return query


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's page, and what goes on from it.

    Attributes:
        page: what is shown.
        last: what follow-ups stand on; None where the answer before stays the last one.
        is_asked_back: it asks which account or which reading is meant: without `last`, follow-ups stand on nothing.
        request: what a language model may be asked of it; None where it stands as it is.
        waits: an earlier question of the conversation waits for the model, and this one may stand on its answer.
        is_by_model: a language model took part, and may read it otherwise when it is asked again.
        is_follow_up: it stands on the answer before it, and the text alone asks something else.
        is_several: it answers several questions, and `last` tells of the last one alone.
        drafts, drafts_key: the lines of news that the page shows, and the key to keep them under for its buttons.
        left_out: what of the news is in none of them.
        opening: what it took from what the asker looks at, its first words; '' where it took nothing.
        title: what a conversation that begins with it is about, raw; '' where it goes on with another.
    """

    page: Page
    last: LastAnswer | None = None
    is_asked_back: bool = False
    request: ModelRequest[Any] | None = None
    waits: bool = False
    is_by_model: bool = False
    is_follow_up: bool = False
    is_several: bool = False
    drafts: tuple[Draft, ...] = ()
    drafts_key: str = ""
    left_out: tuple[str, ...] = ()
    opening: str = ""
    title: str = ""

    def with_items(self, *items: Item) -> "Answer":
        """Return the answer with these below it."""
        return replace(self, page=replace(self.page, items=(*self.page.items, *items)))


def reply(
    context: QuestionContext,
    text: str,
    reading: Reading,
    *,
    picked: int | None = None,
    before: LastAnswer | None = None,
) -> Answer:
    """Return the answer to the text that was read, in a read of the database.

    `picked` is the account chosen for it, `before` the answer that a follow-up stands on.
    """
    if picked is not None:
        text, reading = _with_picked(context, text, reading, picked)
    if reading.choices:
        return _which(context, text, reading)
    if reading.query is None:
        remark = reading.remark or Remark(RemarkKind.UNREAD)
        offers = offered(context, reading.offers) if remark.kind is RemarkKind.UNREAD else ()
        if offers:
            page = offers_page(offers, context.words, unread=reading.unread)
        else:
            page = remark_page(context, remark, text=text, unread=reading.unread)
        found = Answer(page, spoken_of(reading.remark), is_asked_back=bool(offers))
        return found.with_items(*_by_model(context, reading))
    try:
        matches = run(context, reading.query)
    except NotUnderstood as problem:
        why = str(problem) if has_answer(reading.query) else ""
        return Answer(_no_answer(context, text, reading.query, why)).with_items(*_notes(context, reading))
    page, owner = matches.page, _owner(context, reading.query, matches)
    last = LastAnswer(reading.query, listed=matches.listed, items=matches.items, owner=owner)
    if reading.is_follow_up and before is not None:
        page = _with_taken_over(context, reading.query, before.query, page)
    found = Answer(page, last, is_follow_up=reading.is_follow_up)
    return found.with_items(*_notes(context, reading), *_wider(context, reading.query))


def _owner(context: QuestionContext, query: Query, found: Found) -> str:
    """Return the owner of the one account asked about, '' without one."""
    if found.owner is not None:
        return found.owner
    return asked.owner_of(context.session, context.workspace_id, *query.of) if len(query.of) == 1 else ""


def offered(context: QuestionContext, queries: Sequence[Query]) -> tuple[Button, ...]:
    """Return the buttons that offer these readings, each in plain words; none for one that has no answer."""
    found: dict[str, Button] = {}
    for query in queries:
        value = written(query)
        if has_answer(query) and not _asks_for_all(query) and length(value) <= BUTTON_VALUE_CHARACTERS:
            label = shortened(in_words(context, query), BUTTON_CHARACTERS)
            found.setdefault(label, Button(label, READ_AS, value))
    return tuple(found.values())


def _asks_for_all(query: Query) -> bool:
    """Return true for the whole list, which is near to nothing that was asked."""
    return query == Query(Subject.ACCOUNTS, query.form)


def in_words(context: QuestionContext, query: Query) -> str:
    """Return the whole query as raw text: `Stalled accounts of tier 2`."""
    said = reading_said(query, back_of(context, query, _names(context, query.of)))
    people = asked.colleagues(context.session, context.workspace_id) if query.owners or query.whose else ()
    return read(said, {each[0]: each[1] for each in people})


def _with_taken_over(context: QuestionContext, query: Query, before: Query, page: Page) -> Page:
    """Return the page of a follow-up with what it took over as its first words, where it does not say so by itself."""
    kept = {each.name: getattr(query, each.name) for each in fields(Query) if _is_kept(each.name, query, before)}
    reader = back_of(context, query, _names(context, query.of))
    said = parts(replace(Query(query.subject, query.form), **kept), reader)
    first = page.items[0] if page.items else None
    shown = f"{page.title} {first.mrkdwn if isinstance(first, Text) else ''}".casefold()
    missing = [each for each in said if read(each).casefold() not in shown and each.casefold() not in shown]
    if not missing:
        return page
    took = Mrkdwn(", ".join(missing))
    sentence = context.words.say("remarks.took_over", said=Mrkdwn(took[:1].upper() + took[1:]))
    return with_opening(page, sentence)


def with_opening(page: Page, sentence: str) -> Page:
    """Return the page with these first words, on the line of its own first text."""
    first = page.items[0] if page.items else None
    if isinstance(first, Text):
        return replace(page, items=(replace(first, mrkdwn=f"{sentence} {first.mrkdwn}"), *page.items[1:]))
    return replace(page, items=(Text(sentence), *page.items))


KEPT_BY_ALL = frozenset({"subject", "form", "limit", "skip"})
"""Attributes that a follow-up says by itself, or that its answer shows."""


def _is_kept(name: str, query: Query, before: Query) -> bool:
    return name not in KEPT_BY_ALL and bool(getattr(query, name)) and getattr(query, name) == getattr(before, name)


def _no_answer(context: QuestionContext, text: str, query: Query, why: str) -> Page:
    """Return the page that says what was read, the subject, its filters and its period in words, and what it lacks."""
    names = _names(context, query.of)
    narrowed = said_back(query, back_of(context, query, names))
    understood = context.words.say("remarks.understood", subject=query.subject, narrowed=narrowed)
    nearest = (*names.values(), *samples(context))
    return no_answer_page(context.words, text=text, understood=understood, why=why, samples=nearest)


def _which(context: QuestionContext, text: str, reading: Reading) -> Answer:
    """Ask about the first name that is not clear, each account a button that answers the same text about it."""
    choice = reading.choices[0]
    is_of_person = reading.query is not None and reading.query.subject in (Subject.MEMBERS, Subject.PEOPLE)
    if is_of_person and not choice.accounts and not choice.is_ambiguous:
        return Answer(sentence_page(context.words.say("remarks.nobody", typed=shown(readable(choice.typed)))))
    nearest = choice.accounts or (_own_accounts(context) if choice.is_ambiguous else ())
    unknown = UnknownAccount(choice.typed, nearest, ambiguous=choice.is_ambiguous)
    page = nearest_page(unknown, context.words, original=text, action=PICK)
    offered = tuple(account_id for account_id, _ in nearest)
    last = LastAnswer(reading.query, offered=offered, is_waiting=True) if reading.query else None
    return Answer(page, last, is_asked_back=True)


def _own_accounts(context: QuestionContext) -> tuple[tuple[int, str], ...]:
    """Return the asker's own accounts, for a word that may stand for any account."""
    rows = accounts.of_person(context.session, context.workspace_id, context.asker.user_id)
    return tuple((row.row_id, row.name) for row in rows)[:OFFERED]


def _with_picked(context: QuestionContext, text: str, reading: Reading, picked: int) -> tuple[str, Reading]:
    """Return the text and its reading with the account in the place of the name that was not clear.

    A text that means something else by now, as after a name was changed, is asked of this account alone.
    """
    fitting = (each for each in reading.choices if picked in dict(each.accounts) or not each.accounts)
    choice = next(fitting, None)
    of: tuple[int, ...] = (picked,)
    left: tuple[Choice, ...] = ()
    if choice is not None:
        name = _names(context, of).get(picked, "").replace('"', "")
        text = text.replace(choice.typed, f'"{escape(name)}"', 1)
        left = tuple(each for each in reading.choices if each is not choice)
        of = (*reading.query.of, picked) if reading.query else of
    query = replace(reading.query, of=of) if reading.query else None
    return text, replace(reading, query=query, choices=left)


def _notes(context: QuestionContext, reading: Reading) -> tuple[Item, ...]:
    """Return the lines below an answer: a name taken for another, words left out, that a model read the question."""
    words, notes = context.words, list[Item]()
    names = _names(context, [account_id for _, account_id in reading.taken])
    for typed, account_id in reading.taken:
        if account_id in names:
            notes.append(Note(words.say("remarks.taken", typed=readable(typed), name=names[account_id])))
    return (*notes, *_by_model(context, reading))


def _by_model(context: QuestionContext, reading: Reading) -> tuple[Item, ...]:
    """Return the line that says that a language model took part, if one did."""
    return (Note(context.words.say("model.took_part")),) if reading.is_by_model else ()


def _wider(context: QuestionContext, query: Query) -> tuple[Item, ...]:
    """Return the line that says how there is more, where the answer leaves something out."""
    ways = wider(query, context.asker.user_id)
    return (Note(context.words.say("remarks.wider", ways=ways)),) if ways else ()


def _names(context: QuestionContext, account_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of accounts by id, in the order of the ids."""
    found = accounts.get_many(context.session, context.workspace_id, account_ids) if account_ids else ()
    known = {row.row_id: row.name for row in found}
    return {each: known[each] for each in account_ids if each in known}
