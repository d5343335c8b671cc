"""First words to whoever meets the bot, and buttons that ask a question."""

from functools import partial

from agendas.pages.answers.questions import ASK_ABOUT, QUESTIONS
from handlers.questions.answering import ask_by_button
from handlers.subject import Subject
from handlers.welcome import events

WELCOME = Subject(
    events={"member_joined_channel": events.joined},
    buttons={
        ASK_ABOUT: ask_by_button,
        **{action: partial(ask_by_button, question=question) for action, question in QUESTIONS.items()},
    },
)
