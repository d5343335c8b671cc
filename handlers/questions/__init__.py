"""Questions: in a direct message, where the bot is mentioned, and about a message."""

from functools import partial

from assistant.reply import PICK
from handlers.questions import answering, told, word
from handlers.subject import Subject

QUESTIONS = Subject(
    notices={"message": answering.question_deleted},
    abm_words={"ask": word.ask},
    shortcuts={"ask_cadence": answering.ask_about_message},
    buttons={
        PICK: answering.picked,
        word.SHARE: word.share,
        **{action: partial(told.open_told, deed=deed) for action, deed in told.BUTTONS},
    },
)
