"""Answer a text: read it, look up what it asks for, and draw the page, in one read of the database."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from sqlmodel import Session

from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.program import MODEL_BRIEFS
from agendas.facts.query import Form, Query, Subject
from agendas.pages.answers import QUESTIONS
from agendas.pages.briefs import facts_in, prose_page, with_button
from agendas.rendering.page import Button, Buttons, Note, Page, sentence_page
from agendas.rendering.words import Words
from agendas.rules.news import Draft
from agendas.text.dates import local_date
from agendas.text.names import NameKey
from agendas.verbs.find.accounts import QuestionContext
from agendas.verbs.find.reviews import over
from agendas.verbs.questions import is_on
from agendas.verbs.wordings import as_taught, own_words
from assistant.briefs import Prose, names_said, prose_of
from assistant.by_model import ModelProblem, question_for_model, reading_of
from assistant.conversation import Situation, recall
from assistant.follow_up import stands_on
from assistant.in_view import account_here, accounts_in_view, points_there, which_of, which_this
from assistant.names import Asked
from assistant.news import answer_to_news, drafts_in, news_told
from assistant.reader import read_question
from assistant.remark import Reading
from assistant.reply import READ_AS, Answer, in_words, offered, reply, with_opening, written
from storage import accounts, workspaces
from storage import asked as stored_asked

T = TypeVar("T")

# Several questions in one message: each is read and answered by itself, one below the other.

MOST = 3
"""Questions of one message that are answered one by one; a longer text is read as one."""

END = re.compile(r"(?<=\?)\s+")


def reply_to_each(situation: Situation, text: str) -> Answer | None:
    """Return the answers to the two or three questions of a text; None where it is one, or one of them is not clear.

    A later question stands on the one before it that named an account: "How is Corvane? Any blockers? Who owns it?".
    """
    texts = [each for each in END.split(text.strip()) if each]
    if not 1 < len(texts) <= MOST or not all(each.endswith("?") for each in texts):
        return None
    context, before = situation.context, situation.last
    replies: list[Answer] = []
    for each in texts:
        reading = read_question(each, situation.names, situation.asked, today=context.today, last=before)
        if reading.query is None or reading.choices:
            return None
        replied = reply(context, each, reading, before=before)
        if replied.last is None:
            return None
        if not replies or before is None or set(replied.last.query.of) - set(before.query.of):
            before = replied.last
        replies.append(replied)
    items = chain.from_iterable(each.page.items for each in replies)
    return replace(replies[-1], page=replace(replies[0].page, items=tuple(items)), is_several=True)


# The names in the database, as a session may read them: accounts that it hides have no name in it.


class StoredNames:
    """Names of one workspace, read when they are asked for and kept for the question that is read.

    The keys that begin with a word are one indexed read. Every key is read for words that no key begins with alone.
    """

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session = session
        self._workspace_id = workspace_id
        self._read: dict[object, Any] = {}

    def keys_beginning(self, first_word: str) -> Sequence[NameKey]:
        """Return the keys of accounts that begin with this normal form of a word."""
        return self._once(_keys, first_word)

    def all_keys(self) -> Sequence[NameKey]:
        """Return every key of every account."""
        return self.keys_beginning("")

    def members(self) -> Sequence[PersonFacts]:
        """Return our people, without those who were deactivated or are of another company."""
        return self._once(_members)

    def segments(self) -> Sequence[str]:
        """Return the segments of named accounts as stored, each once."""
        return self._once(accounts.segments)

    def contacts(self) -> Sequence[str]:
        """Return the names of people at accounts, each once."""
        return self._once(stored_asked.contact_names)

    def _once(self, read: Callable[..., Sequence[T]], *what: str) -> Sequence[T]:
        if (read, what) not in self._read:
            self._read[read, what] = read(self._session, self._workspace_id, *what)
        found: Sequence[T] = self._read[read, what]
        return found


def _keys(session: Session, workspace_id: str, beginning: str) -> list[NameKey]:
    found = accounts.keys(session, workspace_id, beginning=beginning)
    return [NameKey(account_id, name, key) for account_id, name, key, _ in found]


def _members(session: Session, workspace_id: str) -> list[PersonFacts]:
    return [
        PersonFacts(user_id, name, Right(right), Function(function) if function else None, zone)
        for user_id, name, right, function, zone in stored_asked.colleagues(session, workspace_id)
    ]


@dataclass(frozen=True, slots=True)
class Asking:
    """A text that somebody wrote to the bot, in its situation.

    Attributes:
        asker: the person; dates are read and shown in their zone.
        text: the text as Slack escapes it, with or without a mention of the bot.
        workspace_id: the workspace of the accounts.
        channel_id: the channel or direct conversation, '' on Home.
        thread: the ts of the thread, or of the message itself; '' where it has none.
        now: the instant of asking.
        words: the sentences to answer in.
        is_reply: the message is a reply in that thread, whose conversation is one of its own from then on.
        picked: the account chosen among those offered for the same text.
        has_model: a language model may be asked where the rules are not sure.
        by_model: what a model read it as; None has the rules read it.
        offered: the reading that was pressed among those offered for it; None where none was.
        viewed: the channel, or the message in it, that the asker looks at while writing; '' where Slack says none.
        is_notes: the text is that of a file with notes, which is news and no question.
        drafted: what a model drafted of the news; None where none was asked.
    """

    asker: PersonFacts
    text: str
    workspace_id: str
    channel_id: str
    thread: str
    now: datetime
    words: Words
    is_reply: bool = False
    picked: int | None = None
    has_model: bool = False
    by_model: Reading | None = None
    offered: Query | None = None
    viewed: str = ""
    is_notes: bool = False
    drafted: tuple[Draft, ...] | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The conversations of which it is a part: the thread, and for a direct message the whole conversation."""
        thread = f"{self.channel_id} {self.thread}".strip()
        is_direct = self.channel_id.startswith("D")
        return tuple(dict.fromkeys((thread, self.channel_id))) if is_direct else (thread,)

    @property
    def own_places(self) -> tuple[str, ...]:
        """The conversations that go on from its answer: a reply leaves the one around its thread as it was."""
        return self.places[:1] if self.is_reply else self.places

    @property
    def stands_alone(self) -> bool:
        """True for a question that a button or prompt asks, which refers to nothing before it."""
        return self.text.strip() in QUESTIONS.values()


def answer(session: Session, asking: Asking) -> Answer:
    """Answer the text with the rights of the session. Writes nothing."""
    found = _answer(session, asking)
    query = found.last.query if found.last is not None else None
    if query is not None and asking.channel_id.startswith("D") and not asking.is_reply:
        found = replace(found, title=in_words(_context(session, asking), query))
    if query is not None and query.form is Form.BRIEF and not found.is_several and asking.offered is None:
        found = _brief(session, asking, found, query)
    return _opened(found, found.page)


def _opened(found: Answer, page: Page) -> Answer:
    """Return the answer with this page, below its opening if it has one."""
    return replace(found, page=with_opening(page, found.opening) if found.opening else page)


def _brief(session: Session, asking: Asking, found: Answer, query: Query) -> Answer:
    """Return a brief with the button to its facts, and with what a language model may write of them."""
    page = _with_facts(found.page, query, asking.words) if query.limit > 1 else found.page
    if found.request is not None or not asking.has_model or not is_on(session, asking.workspace_id, MODEL_BRIEFS):
        return replace(found, page=page)
    people = {user_id: name for user_id, name, *_ in stored_asked.colleagues(session, asking.workspace_id)}
    names = names_said(StoredNames(session, asking.workspace_id))
    who = asking.workspace_id, asking.asker.user_id
    return replace(found, page=page, request=prose_of(*who, facts_in(page, people), most=query.limit, names=names))


def _with_facts(page: Page, query: Query, words: Words) -> Page:
    """Return the page with the button that shows all the facts that it is made of, each with its source."""
    whole = replace(query, limit=0)
    return with_button(page, Button(words.label("ask.facts"), READ_AS, written(whole)))


def answer_with(
    session: Session, asking: Asking, found: Answer, made: Reading | Prose | tuple[Draft, ...]
) -> tuple[Asking, Answer]:
    """Return the answer with what a language model made for its request, and what was asked, with its reading of it.

    Where rules answered, another reading is a button below their answer; elsewhere it may have a request of its own.
    """
    query = found.last.query if found.last is not None else None
    if isinstance(made, Prose):
        page = prose_page(found.page, made.sentences, made.missing, asking.words)
        if query is not None and query.limit < 2:
            page = _with_facts(page, query, asking.words)
        return asking, _opened(replace(found, request=None, is_by_model=True), page)
    if not isinstance(made, Reading):
        asking = replace(asking, drafted=made)
    elif query is None:
        asking = replace(asking, by_model=made)
    else:
        context, found = _context(session, asking), replace(found, request=None)
        said = {each.label for each in offered(context, (query,))}
        others = [each for each in offered(context, (made.query,) if made.query else ()) if each.label not in said]
        other = (Note(asking.words.say("model.other")), Buttons(tuple(others)))
        return asking, found.with_items(*other) if others else found
    return asking, answer(session, asking)


def _answer(session: Session, asking: Asking) -> Answer:
    # news is recorded in the words of its writer
    told, words = asking.text, asking.words
    text = told if asking.is_notes else as_taught(told, own_words(session, asking.workspace_id))
    context = _context(session, asking)
    names, asked = _names(context, text)
    may_draft = asking.has_model and asking.drafted is None
    if asking.is_notes:
        notes = Situation(context, names, asked)
        drafts = drafts_in(notes, told, asking.drafted)
        found = answer_to_news(notes, told, drafts, has_model=may_draft)
        return found if drafts else replace(found, page=sentence_page(words.say("news.nothing")))
    where = (asking.workspace_id, asking.asker.user_id, asking.places)
    last = None if asking.stands_alone else recall(session, *where, now=asking.now)
    last = stands_on(last, text, names, asked, context.today)
    viewed = _viewed(Situation(context, names, asked, last), asking, text)
    if viewed or (asking.picked is not None and points_there(text, names, asked, context.today)):
        asked = replace(asked, channel_account=viewed[0][0] if viewed else asking.picked)
    situation = Situation(context, names, asked, last)
    given = asking.by_model or (Reading(asking.offered) if asking.offered is not None else None)
    if given is None and asking.picked is None and (replies := reply_to_each(situation, text)):
        return replace(replies, opening=_said_of_view(replies, viewed, words))
    reading = given or read_question(text, names, asked, today=context.today, last=last)
    if given is None and len(viewed) > 1:
        reading = which_of(reading, viewed)
        situation = Situation(context, names, replace(asked, channel_account=None))
    elif given is None and last is None:
        reading = which_this(reading, text, names, asked, context.today)
    if drafts := news_told(situation, told, reading, asking.drafted):
        found = answer_to_news(situation, told, drafts, has_model=may_draft)
        return replace(found, is_by_model=asking.by_model is not None)
    found = reply(context, text, reading, picked=asking.picked, before=situation.last)
    opening, is_by_model = _said_of_view(found, viewed, words), asking.by_model is not None
    found = replace(found, opening=opening, is_by_model=is_by_model)
    may_ask = asking.has_model and given is None and asking.picked is None
    if not may_ask or not is_on(session, asking.workspace_id):
        return found
    question = question_for_model(
        text,
        names,
        situation.asked,
        workspace_id=asking.workspace_id,
        today=context.today,
        by_rules=reading,
        last=last,
        is_empty=_found_nothing(found),
    )
    waits = stored_asked.is_waiting(session, asking.workspace_id, asking.asker.user_id, asking.own_places[-1])
    return replace(found, request=reading_of(question) if question is not None else None, waits=waits)


NAMES_NONE = frozenset({Subject.MEMBERS, Subject.REVIEWS, Subject.PROGRAM})
"""Subjects whose answers name no account, however much they find."""


def _found_nothing(replied: Answer) -> bool:
    """Return true for an answer that should list things and has none, and where there is no such answer."""
    last = replied.last
    if last is None:
        return True
    is_list = last.query.form in (Form.LIST, Form.WHEN, Form.WHO, Form.WHY) and last.query.subject not in NAMES_NONE
    return is_list and not (last.listed or last.items)


def answer_of_list(session: Session, asking: Asking) -> Page | None:
    """Return the list of accounts that the text describes, None where it describes none without any doubt."""
    context = _context(session, asking)
    names, asked = _names(context, asking.text)
    reading = read_question(f"accounts {asking.text}", names, asked, today=context.today, last=None)
    query = reading.query
    is_list = query is not None and (query.subject, query.form) == (Subject.ACCOUNTS, Form.LIST)
    if not is_list or reading.choices or reading.taken:
        return None
    return reply(context, asking.text, reading).page


def with_problem(found: Answer, problem: ModelProblem | None, words: Words) -> Answer:
    """Return the answer by rules with the line that says why no model took part, if there is anything to say."""
    if problem is None:
        return found
    return found.with_items(Note(words.say("model.problem", problem=problem)))


def _context(session: Session, asking: Asking) -> QuestionContext:
    place = (asking.workspace_id, asking.thread, asking.channel_id)
    return QuestionContext(session, asking.asker, *place, asking.now, asking.words)


def _names(context: QuestionContext, text: str) -> tuple[StoredNames, Asked]:
    """Return the names that may be in a text, and the situation in which it was said."""
    bot_user_id = workspaces.bot_user_id(context.session, context.workspace_id) if "<@" in text else ""
    names = StoredNames(context.session, context.workspace_id)
    last_review_on = partial(_last_review_on, context)
    return names, Asked(context.asker.user_id, account_here(context), bot_user_id, last_review_on)


def _viewed(situation: Situation, asking: Asking, text: str) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of the accounts that "this" may mean beside a channel that the asker looks at.

    In a thread that is the account of the answer before it, too.
    """
    context = situation.context
    if not asking.viewed or not points_there(text, situation.names, situation.asked, context.today):
        return ()
    seen = dict(accounts_in_view(context, asking.viewed))
    if seen and asking.is_reply and len(situation.spoken_of) == 1:
        spoken_of = accounts.get_many(context.session, context.workspace_id, situation.spoken_of)
        seen |= {row.row_id: row.name for row in spoken_of}
    return tuple(seen.items())


def _said_of_view(replied: Answer, viewed: tuple[tuple[int, str], ...], words: Words) -> str:
    """Return the words that say which account an answer took from what the asker looks at, '' where it took none."""
    query = replied.last.query if replied.last is not None else None
    if len(viewed) != 1 or query is None or query.of != (viewed[0][0],):
        return ""
    return words.say("remarks.in_view", name=viewed[0][1])


def _last_review_on(context: QuestionContext) -> date | None:
    """Return the day of the last review that was held, in its own zone."""
    found = over(context, only_held=True, limit=1)
    return local_date(found[0].planned_at, found[0].zone) if found and found[0].planned_at else None
