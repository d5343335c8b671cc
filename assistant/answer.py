"""Answer a text: read it, look up what it asks for, and draw the page, in one read of the database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain

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
from assistant.briefs import Brief, Prose, names_said
from assistant.by_model import ModelProblem, ModelQuestion, question_for_model
from assistant.conversation import LastAnswer, going_on, recall, spoken_of
from assistant.drafts_by_model import ModelNews
from assistant.in_view import account_here, accounts_in_view, points_there, which_of
from assistant.names import Asked, Names
from assistant.news import drafts_in, key_of, news_told, not_drafted, page_of_news, rest_for_model
from assistant.reader import read_question
from assistant.remark import Reading, Remark, RemarkKind
from assistant.reply import READ_AS, Reply, in_words, offered, reply, with_opening, written
from storage import accounts, workspaces
from storage import asked as stored_asked

# Several questions in one message: each is read and answered by itself, one below the other.

MOST = 3
"""Questions of one message that are answered one by one; a longer text is read as one."""

END = re.compile(r"(?<=\?)\s+")


def reply_to_each(
    context: QuestionContext, text: str, names: Names, asked: Asked, *, last: LastAnswer | None
) -> Reply | None:
    """Return the answers to the two or three questions of a text; None where it is one, or one of them is not clear.

    A later question stands on the one before it that named an account: "How is Corvane? Any blockers? Who owns it?".
    """
    texts = [each for each in END.split(text.strip()) if each]
    if not 1 < len(texts) <= MOST or not all(each.endswith("?") for each in texts):
        return None
    replies: list[Reply] = []
    before = last
    for each in texts:
        reading = read_question(each, names, asked, today=context.today, last=before)
        if reading.query is None or reading.choices:
            return None
        replied = reply(context, each, reading, before=before)
        if replied.last is None:
            return None
        if not replies or before is None or set(replied.last.query.of) - set(before.query.of):
            before = replied.last
        replies.append(replied)
    return replace(replies[-1], page=_joined([each.page for each in replies]))


def _joined(pages: list[Page]) -> Page:
    return replace(pages[0], items=tuple(chain.from_iterable(each.items for each in pages)))


# The names in the database, as a session may read them: accounts that it hides have no name in it.


class StoredNames:
    """Names of one workspace, read when they are asked for and kept for the question that is read.

    The keys that begin with a word are one indexed read. Every key is read for words that no key begins with alone.
    """

    def __init__(self, session: Session, workspace_id: str) -> None:
        self._session = session
        self._workspace_id = workspace_id
        self._beginning: dict[str, Sequence[NameKey]] = {}
        self._members: Sequence[PersonFacts] | None = None
        self._segments: Sequence[str] | None = None
        self._contacts: Sequence[str] | None = None

    def keys_beginning(self, first_word: str) -> Sequence[NameKey]:
        """Return the keys of accounts that begin with this normal form of a word."""
        if first_word not in self._beginning:
            self._beginning[first_word] = self._keys(first_word)
        return self._beginning[first_word]

    def all_keys(self) -> Sequence[NameKey]:
        """Return every key of every account."""
        return self.keys_beginning("")

    def members(self) -> Sequence[PersonFacts]:
        """Return our people, without those who were deactivated or are of another company."""
        if self._members is None:
            rows = stored_asked.colleagues(self._session, self._workspace_id)
            self._members = [
                PersonFacts(user_id, name, Right(right), Function(function) if function else None, zone)
                for user_id, name, right, function, zone in rows
            ]
        return self._members

    def segments(self) -> Sequence[str]:
        """Return the segments of named accounts as stored, each once."""
        if self._segments is None:
            self._segments = accounts.segments(self._session, self._workspace_id)
        return self._segments

    def contacts(self) -> Sequence[str]:
        """Return the names of people at accounts, each once."""
        if self._contacts is None:
            self._contacts = stored_asked.contact_names(self._session, self._workspace_id)
        return self._contacts

    def _keys(self, beginning: str) -> list[NameKey]:
        found = accounts.keys(self._session, self._workspace_id, beginning=beginning)
        return [NameKey(account_id, name, key) for account_id, name, key, _ in found]


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


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's page.

    Attributes:
        page: what is shown.
        last: what follow-ups stand on, for `conversation.remember`; None where the answer before stays the last one.
        for_model: what a language model may be asked; None where the rules' reading stands.
        waits: an earlier question of the conversation waits for the model, and this one may stand on its answer.
        is_by_model: a language model read it, and may read it otherwise when it is asked again.
        is_follow_up: it stands on the answer before it, and the text alone asks something else.
        is_several: it answers several questions, and `last` tells of the last one alone.
        brief: the facts of a brief, of which a language model may write prose; None for any other answer.
        drafts, drafts_key: the lines of news that the page shows, and the key to keep them under for its buttons.
        opening: what it took from what the asker looks at, its first words; '' where it took nothing.
        left_out: what of the news is in none of them.
        title: what a conversation that begins with it is about, raw; '' where it goes on with another.
        news: what a language model may be asked to draft of news; None where rules drafted all of it.
    """

    page: Page
    last: LastAnswer | None = None
    for_model: ModelQuestion | None = None
    waits: bool = False
    is_by_model: bool = False
    is_follow_up: bool = False
    is_several: bool = False
    brief: Brief | None = None
    drafts: tuple[Draft, ...] = ()
    drafts_key: str = ""
    opening: str = ""
    left_out: tuple[str, ...] = ()
    title: str = ""
    news: ModelNews | None = None

    @property
    def is_for_model(self) -> bool:
        return self.for_model is not None or self.brief is not None or self.news is not None


def answer(session: Session, asking: Asking) -> Answer:
    """Answer the text with the rights of the session. Writes nothing."""
    found = _answer_to_notes(session, asking) if asking.is_notes else _answer(session, asking)
    query = found.last.query if found.last is not None else None
    if query is not None and asking.channel_id.startswith("D") and not asking.is_reply:
        found = replace(found, title=in_words(_context(session, asking), query))
    found = _with_brief(session, asking, found)
    return _opened(found, found.page)


def _opened(found: Answer, page: Page) -> Answer:
    """Return the answer with this page, below its opening if it has one."""
    return replace(found, page=with_opening(page, found.opening) if found.opening else page)


def _with_brief(session: Session, asking: Asking, found: Answer) -> Answer:
    """Return a brief with what a language model may write of it; any other answer as it is."""
    query = found.last.query if found.last is not None else None
    if query is None or query.form is not Form.BRIEF or found.is_several or asking.offered is not None:
        return found
    if query.limit > 1:
        found = replace(found, page=_with_facts(found.page, query, asking.words))
    if not asking.has_model or not is_on(session, asking.workspace_id, MODEL_BRIEFS):
        return found
    people = {user_id: name for user_id, name, *_ in stored_asked.colleagues(session, asking.workspace_id)}
    facts = facts_in(found.page, people)
    names = names_said(StoredNames(session, asking.workspace_id))
    return replace(found, brief=Brief(asking.workspace_id, asking.asker.user_id, facts, query.limit, names))


def in_prose(found: Answer, prose: Prose, words: Words) -> Answer:
    """Return the brief with the model's sentences in the place of its lines, which a button shows."""
    if found.last is None:
        return found
    page = prose_page(found.page, prose.sentences, prose.missing, words)
    if found.last.query.limit < 2:
        page = _with_facts(page, found.last.query, words)
    return _opened(replace(found, brief=None, is_by_model=True), page)


def _with_facts(page: Page, query: Query, words: Words) -> Page:
    """Return the page with the button that shows all the facts that it is made of, each with its source."""
    whole = replace(query, limit=0)
    return with_button(page, Button(words.label("ask.facts"), READ_AS, written(whole)))


def _answer(session: Session, asking: Asking) -> Answer:
    # news is recorded in the words of its writer
    told = asking.text
    asking = replace(asking, text=as_taught(told, own_words(session, asking.workspace_id)))
    context = _context(session, asking)
    where = (asking.workspace_id, asking.asker.user_id, asking.places)
    last = None if asking.stands_alone else recall(session, *where, now=asking.now)
    names, asked = _names(context, asking.text)
    viewed = _viewed(context, asking, names, asked, last)
    if viewed or (asking.picked is not None and points_there(asking.text, names, asked, context.today)):
        asked = replace(asked, channel_account=viewed[0][0] if viewed else asking.picked)
    if asking.by_model is not None:
        if drafts := news_told(context, told, asking.by_model, names, asked, last, asking.drafted):
            found = _drafted(context, asking, told, drafts, names, asked, last)
            return replace(found, is_by_model=True)
        replied = reply(context, asking.text, asking.by_model)
        opening = _said_of_view(replied, viewed, asking.words)
        return Answer(replied.page, going_on(replied.last, last), is_by_model=True, opening=opening)
    if asking.offered is not None:
        replied = reply(context, asking.text, Reading(asking.offered))
        return Answer(replied.page, going_on(replied.last, last))
    if asking.picked is None and (replies := reply_to_each(context, asking.text, names, asked, last=last)):
        opening = _said_of_view(replies, viewed, asking.words)
        return Answer(replies.page, replies.last, is_several=True, opening=opening)
    before = last
    reading = read_question(asking.text, names, asked, today=context.today, last=before)
    if len(viewed) > 1:
        reading, before, asked = which_of(reading, viewed), None, replace(asked, channel_account=None)
    if drafts := news_told(context, told, reading, names, asked, before, asking.drafted):
        return _drafted(context, asking, told, drafts, names, asked, before)
    replied = reply(context, asking.text, reading, picked=asking.picked, before=before)
    opening = _said_of_view(replied, viewed, asking.words)
    now_last = going_on(replied.last, last)
    if not asking.has_model or asking.picked is not None or not is_on(session, asking.workspace_id):
        return Answer(replied.page, now_last, is_follow_up=reading.is_follow_up, opening=opening)
    for_model = question_for_model(
        asking.text,
        names,
        asked,
        workspace_id=asking.workspace_id,
        today=context.today,
        by_rules=reading,
        last=last,
        is_empty=_found_nothing(replied),
    )
    waits = stored_asked.is_waiting(session, asking.workspace_id, asking.asker.user_id, asking.own_places[-1])
    return Answer(replied.page, now_last, for_model, waits, is_follow_up=reading.is_follow_up, opening=opening)


def _answer_to_notes(session: Session, asking: Asking) -> Answer:
    """Return what notes would record."""
    context = _context(session, asking)
    names, asked = _names(context, asking.text)
    drafts = drafts_in(context, asking.text, names, asked, asking.drafted)
    found = _drafted(context, asking, asking.text, drafts, names, asked, None)
    return found if drafts else replace(found, page=sentence_page(asking.words.say("news.nothing")))


def _drafted(
    context: QuestionContext,
    asking: Asking,
    told: str,
    drafts: tuple[Draft, ...],
    names: StoredNames,
    asked: Asked,
    last: LastAnswer | None,
) -> Answer:
    """Return the lines of news as the answer; follow-up questions are about their account."""
    remark = Remark(RemarkKind.NEWS, tuple(dict.fromkeys(each.account for each in drafts if each.account)))
    left_out = not_drafted(context, told, drafts, names, asked)
    page = page_of_news(context, drafts, left_out)
    has_model = asking.has_model and asking.drafted is None
    news = rest_for_model(context, told, drafts, names, asked, last) if has_model else None
    now_last, key = going_on(spoken_of(remark), last), key_of(context)
    return Answer(page, now_last, drafts=drafts, drafts_key=key, left_out=left_out, news=news)


NAMES_NONE = frozenset({Subject.MEMBERS, Subject.REVIEWS, Subject.PROGRAM})
"""Subjects whose answers name no account, however much they find."""


def _found_nothing(replied: Reply) -> bool:
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


def with_other_reading(session: Session, asking: Asking, found: Answer, reading: Reading) -> Answer:
    """Return the answer by rules with what a model reads otherwise as a button below it."""
    own = found.last.query if found.last is not None else None
    if reading.query is None or own is None:
        return found
    context = _context(session, asking)
    said = {each.label for each in offered(context, (own,))}
    others = tuple(each for each in offered(context, (reading.query,)) if each.label not in said)
    if not others:
        return found
    items = (*found.page.items, Note(asking.words.say("model.other")), Buttons(others))
    return replace(found, page=replace(found.page, items=items))


def with_problem(found: Answer, problem: ModelProblem | None, words: Words) -> Answer:
    """Return the answer by rules with the line that says why no model took part, if there is anything to say."""
    if problem is None:
        return found
    note = Note(words.say("model.problem", problem=problem))
    return replace(found, page=replace(found.page, items=(*found.page.items, note)))


def _context(session: Session, asking: Asking) -> QuestionContext:
    place = (asking.workspace_id, asking.thread, asking.channel_id)
    return QuestionContext(session, asking.asker, *place, asking.now, asking.words)


def _names(context: QuestionContext, text: str) -> tuple[StoredNames, Asked]:
    """Return the names that may be in a text, and the situation in which it was said."""
    bot_user_id = workspaces.bot_user_id(context.session, context.workspace_id) if "<@" in text else ""
    names = StoredNames(context.session, context.workspace_id)
    last_review_on = partial(_last_review_on, context)
    return names, Asked(context.asker.user_id, account_here(context), bot_user_id, last_review_on)


def _viewed(
    context: QuestionContext, asking: Asking, names: Names, asked: Asked, last: LastAnswer | None
) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of the accounts that "this" may mean beside a channel that the asker looks at.

    In a thread that is the account of the answer before it, too.
    """
    if not asking.viewed or not points_there(asking.text, names, asked, context.today):
        return ()
    seen = dict(accounts_in_view(context, asking.viewed))
    if seen and asking.is_reply and last is not None and len(last.query.of) == 1:
        spoken_of = accounts.get_many(context.session, context.workspace_id, last.query.of)
        seen |= {row.row_id: row.name for row in spoken_of}
    return tuple(seen.items())


def _said_of_view(replied: Reply, viewed: tuple[tuple[int, str], ...], words: Words) -> str:
    """Return the words that say which account an answer took from what the asker looks at, '' where it took none."""
    query = replied.last.query if replied.last is not None else None
    if len(viewed) != 1 or query is None or query.of != (viewed[0][0],):
        return ""
    return words.say("remarks.in_view", name=viewed[0][1])


def _last_review_on(context: QuestionContext) -> date | None:
    """Return the day of the last review that was held, in its own zone."""
    found = over(context, only_held=True, limit=1)
    return local_date(found[0].planned_at, found[0].zone) if found and found[0].planned_at else None
