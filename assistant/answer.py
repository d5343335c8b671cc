"""Answer a text: read it, look up what it asks for, and draw the page, in one read of the database."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlmodel import Session

from agendas.facts.found.items import EVER
from agendas.facts.people import PersonFacts
from agendas.pages.answers.questions import QUESTIONS
from agendas.rendering.page import Note, Page
from agendas.rendering.words import Words
from agendas.text.days import local_date
from agendas.verbs.questions.model_use import is_on
from agendas.verbs.reads.found import reviews as past_reviews
from agendas.verbs.reads.reviews import facts as reviews
from assistant.by_model.problems import ModelProblem
from assistant.by_model.question import ModelQuestion, question_for_model
from assistant.context import QuestionContext
from assistant.conversation import LastAnswer, going_on, recall
from assistant.query import Form, Subject
from assistant.reading.names import Asked
from assistant.reading.reader import read_question
from assistant.reading.result import Reading
from assistant.reply import reply
from assistant.several import reply_to_each
from assistant.stored_names import StoredNames
from storage import workspaces
from storage.asked import pending_questions, questions


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
    """

    page: Page
    last: LastAnswer | None = None
    for_model: ModelQuestion | None = None
    waits: bool = False
    is_by_model: bool = False
    is_follow_up: bool = False
    is_several: bool = False


def answer(session: Session, asking: Asking) -> Answer:
    """Answer the text with the rights of the session. Writes nothing."""
    context = _context(session, asking)
    where = (asking.workspace_id, asking.asker.user_id, asking.places)
    last = None if asking.stands_alone else recall(session, *where, now=asking.now)
    if asking.by_model is not None:
        replied = reply(context, asking.text, asking.by_model)
        return Answer(replied.page, going_on(replied.last, last), is_by_model=True)
    names, asked = _names(context, asking.text)
    if asking.picked is None and (replies := reply_to_each(context, asking.text, names, asked, last=last)):
        return Answer(replies.page, replies.last, is_several=True)
    reading = read_question(asking.text, names, asked, today=context.today, last=last)
    replied = reply(context, asking.text, reading, picked=asking.picked)
    now_last = going_on(replied.last, last)
    if not asking.has_model or asking.picked is not None or not is_on(session, asking.workspace_id):
        return Answer(replied.page, now_last, is_follow_up=reading.is_follow_up)
    for_model = question_for_model(
        asking.text,
        names,
        asked,
        workspace_id=asking.workspace_id,
        today=context.today,
        by_rules=reading,
        last=last,
    )
    waits = pending_questions.is_waiting(session, asking.workspace_id, asking.asker.user_id, asking.own_places[-1])
    return Answer(replied.page, now_last, for_model, waits, is_follow_up=reading.is_follow_up)


def answer_of_list(session: Session, asking: Asking) -> Page | None:
    """Return the list of accounts that the text describes, None where it describes none without any doubt."""
    context = _context(session, asking)
    names, asked = _names(context, asking.text)
    reading = read_question(f"accounts {asking.text}", names, asked, today=context.today, last=None)
    query = reading.query
    is_list = query is not None and (query.subject, query.form) == (Subject.ACCOUNTS, Form.LIST)
    if not is_list or not reading.is_sure or reading.choices or reading.taken or reading.unread:
        return None
    return reply(context, asking.text, reading).page


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
    return names, Asked(context.asker.user_id, _account_here(context), bot_user_id, last_review_on)


def _last_review_on(context: QuestionContext) -> date | None:
    """Return the day of the last review that was held, in its own zone."""
    found = past_reviews.over(
        context.session, context.workspace_id, account_ids=None, span=EVER, only_held=True, limit=1
    )
    return local_date(found[0].planned_at, found[0].zone) if found and found[0].planned_at else None


def _account_here(context: QuestionContext) -> int | None:
    """Return the account in whose own channel, or below whose agenda, it is asked."""
    if not context.channel_id or context.channel_id.startswith("D"):
        return None
    own = questions.account_of_channel(context.session, context.workspace_id, context.channel_id)
    if own is not None or not context.place:
        return own
    return reviews.account_of(context.session, context.workspace_id, context.channel_id, context.place)
