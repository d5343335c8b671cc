"""Feedback on answers, /abm questions, and teaching a word."""

from agendas.errors import FieldProblems
from agendas.pages.admin import SEND, TEACH, send_page, taught_page, wordings_page
from agendas.rendering.page import sentence_page
from agendas.rendering.words import Words
from agendas.rules.access import Permission
from agendas.text.dates import local_date
from agendas.text.evidence import readable
from agendas.text.limits import shown
from agendas.verbs.wordings import own_words, send_wording, teach
from assistant.lexicon import single_words
from assistant.names import EVERYDAY_WORDS
from assistant.wordings import wordings_seen
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import message_view, values_of
from handlers.edge.replies import NextView, Nothing, OpenModal, Reply, Say, View
from handlers.edge.request import Request
from handlers.subject import Subject

FEEDBACK = "answer.feedback"
"""The action of the two thumbs below an answer; the value of the lower one is the question."""


async def feedback(request: Request, deps: Deps) -> Reply:
    """After a thumb down, ask whether the words may be sent; nothing after a thumb up, or without words."""
    request.require(Permission.READ)
    if not request.value.strip() or request.value == GOOD:
        return Nothing()
    return Say(send_page(readable(request.value.removeprefix(BAD)), deps.words))


GOOD, BAD = "good", "bad "


async def send_wording_on(request: Request, deps: Deps) -> Reply:
    request.require(Permission.READ)
    await deps.write(request, send_wording, request.workspace_id, request.person.user_id, request.value, request.now)
    return Say(sentence_page(deps.words.say("answers.is_sent")), replace=True)


async def questions(request: Request, deps: Deps, _rest: str) -> Reply:
    """What people sent, for admins."""
    request.require(Permission.ADMINISTER)
    sent = await deps.read(wordings_seen, request.workspace_id, request.now)
    taught = await deps.read(own_words, request.workspace_id)
    zone = request.person.time_zone
    return Say(wordings_page(sent, taught, deps.words, zone=zone, today=local_date(request.now, zone)))


# The form that teaches a word.

EVERYDAY = "“{}” has a meaning in questions already. Write a word that only your team uses so."
FRAME = forms.Frame("teach", "Teach a word", "Teach", keeps=("word", "means"))
WORD_CHARACTERS = 60


def build(text: str, words: Words, origin: forms.Origin) -> View:
    """The form, with the question that was sent."""
    hint = "An account, a segment or a stage, by the name that it has here."
    blocks = [
        forms.line(words.say("answers.form_intro", text=text)),
        forms.text("word", "Word", most=WORD_CHARACTERS, hint="As people write it in questions."),
        forms.text("means", "Means", most=WORD_CHARACTERS, hint=hint),
    ]
    return forms.form(FRAME, origin, blocks)


async def open_teach(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    return OpenModal(build(request.value, deps.words, forms.origin_here(request)))


async def taught(request: Request, deps: Deps) -> Reply:
    """Teach the word, and say what it means from now on. Raises FieldProblems for an empty field or everyday word."""
    request.require(Permission.ADMINISTER)
    entered = values_of(request.view)
    word, means = entered.get("word", ""), entered.get("means", "")
    if not word.strip() or not means.strip():
        raise FieldProblems({"word" if not word.strip() else "means": "Write something here."})
    if word.strip().casefold() in single_words() | EVERYDAY_WORDS:
        # the meaning would replace the word in every question
        raise FieldProblems({"word": EVERYDAY.format(shown(word.strip()))})
    name = await deps.write(request, teach, request.author, word, means)
    return NextView(message_view(taught_page(word, name, deps.words)))


WORDINGS = Subject(
    abm_words={"questions": questions},
    buttons={FEEDBACK: feedback, SEND: send_wording_on, TEACH: open_teach},
    forms=(forms.Form(FRAME, taught),),
)
