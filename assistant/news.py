"""Whether a text is news, and the answer to it: a line for each thing that it would record."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from agendas.facts.program import MODEL_NEWS
from agendas.pages.news import news_page
from agendas.rules.access import Permission, may
from agendas.rules.news import Draft, DraftKind
from agendas.rules.update_words import shared_words
from agendas.text.evidence import readable, without_person
from agendas.text.names import plain_words
from agendas.verbs.find.accounts import QuestionContext
from agendas.verbs.news import names_of, with_items
from agendas.verbs.questions import is_on
from agendas.verbs.record import current_state
from assistant.conversation import Situation, spoken_of
from assistant.drafts import drafts_of, is_for_model, left_out, named_in
from assistant.drafts_by_model import drafting_of
from assistant.remark import Reading, Remark, RemarkKind
from assistant.reply import Answer
from assistant.signs import says
from assistant.words import words_of
from storage import account_items, accounts

SAID_PLAINLY = (DraftKind.LEFT, DraftKind.JOINED, DraftKind.SLIPPED, DraftKind.DONE, DraftKind.NO_CHANGE)
"""Kinds whose words are news even where they could ask for something: "Tallow no news"."""


def news_told(
    situation: Situation, text: str, reading: Reading, by_model: Sequence[Draft] | None = None
) -> tuple[Draft, ...]:
    """Return the drafts of a text that is news; none for a question, an order and anything else that was `read`.

    `by_model` are those of a language model, None where none was asked.
    """
    context, names, asked = situation.context, situation.names, situation.asked
    kind = reading.remark.kind if reading.remark is not None else None
    if kind not in (*MAY_BE_NEWS, None) or (kind in (None, RemarkKind.VERDICT) and "?" in text):
        return ()
    text = without_person(text, asked.bot_user_id)
    told = partial(drafts_of, text, names, asked, today=context.today, spoken_of=situation.spoken_of)
    drafts = told()
    sure = [each for each in drafts if each.kind is not DraftKind.UNCLEAR]
    if kind is RemarkKind.NEWS and not drafts and reading.remark is not None:
        of = reading.remark.of
        drafts = (Draft(DraftKind.UNCLEAR, readable(text), of[0] if len(of) == 1 else 0),)
    is_plain = bool(sure) and sure[0].kind in SAID_PLAINLY
    # "They said yes. Odd mood from procurement" names nobody
    is_several = bool(sure and reading.choices) and re.search(r"[.!;]\s+\S", text) is not None
    is_told = {
        RemarkKind.NEWS: True,
        RemarkKind.UNREAD: bool(sure) or (bool(drafts) and says("absent", f" {' '.join(words_of(text))} ")),
        RemarkKind.VERDICT: bool(sure),
        RemarkKind.ORDER: is_plain,
        None: is_plain or (len(sure) > 1 and (bool(reading.choices) or "\n" in text)) or is_several,
    }[kind]
    if not is_told:
        return ()
    drafts = drafts if by_model is None else told(by_model=by_model)
    if asked.channel_account is None and not named_in(text, names, asked, today=context.today)[0]:
        drafts = _on_account_meant(context, text, drafts, situation.spoken_of[:1])
    return with_items(context.session, context.workspace_id, context.asker.user_id, drafts)


MAY_BE_NEWS = (RemarkKind.NEWS, RemarkKind.UNREAD, RemarkKind.ORDER, RemarkKind.VERDICT)

POINTS_BACK = re.compile(r"\b(?:they|them|their|theirs|he|him|his|she|her|hers)\b", re.IGNORECASE)

LEAST_SHARED = 2
"""Words by which news names an action or a blocker: ours."""


def _on_account_meant(
    context: QuestionContext, text: str, drafts: Sequence[Draft], just_told: Sequence[int]
) -> tuple[Draft, ...]:
    """Return the drafts of a text that names no account on the one that it means; without one where that is asked.

    It is that of the one open action of the writer's which the text names; else that of the answer before, where the
    text points back to its people or names one of them or something that is open there.
    """
    session, workspace_id = context.session, context.workspace_id
    mine = account_items.actions_of_owner(session, workspace_id, context.asker.user_id)
    shared = [(shared_words(text, each.text), each.account_id) for each in mine]
    most = max((count for count, _ in shared), default=0)
    meant = {account for count, account in shared if count == most >= LEAST_SHARED}
    seen = {each.row_id: each.name for each in accounts.get_many(session, workspace_id, {*meant, *just_told})}
    meant &= set(seen)
    if len(meant) != 1:
        meant = {each for each in just_told if each in seen and _is_about(context, text, each)} or meant
    if len(meant) == 1:
        return tuple(each if each.typed else replace(each, account=max(meant), near=()) for each in drafts)
    near = tuple((each, name) for each, name in seen.items() if each in meant or each in just_told)
    return tuple(each if each.typed else replace(each, account=0, near=each.near or near) for each in drafts)


def _is_about(context: QuestionContext, text: str, account_id: int) -> bool:
    if POINTS_BACK.search(text):
        return True
    row = accounts.get(context.session, context.workspace_id, account_id)
    if row is None:
        return False
    state, said = current_state(context.session, row), set(plain_words(text))
    is_of_people = any(said & set(plain_words(each.profile.name)) for each in state.contacts)
    texts = [*(each.text for each in state.open_actions), *(each.text for each in state.open_blockers)]
    return is_of_people or any(shared_words(text, each) >= LEAST_SHARED for each in texts)


def drafts_in(situation: Situation, text: str, by_model: Sequence[Draft] | None) -> tuple[Draft, ...]:
    """Return the drafts of notes, about what is open of their accounts."""
    context = situation.context
    drafts = drafts_of(text, situation.names, situation.asked, today=context.today, by_model=by_model)
    return with_items(context.session, context.workspace_id, context.asker.user_id, drafts)


def answer_to_news(situation: Situation, told: str, drafts: tuple[Draft, ...], *, has_model: bool) -> Answer:
    """Return the lines of news as the answer, with what a language model may draft of it; none of them is recorded.

    A model is asked where rules are not sure of it. Follow-up questions are about the account of the lines.
    """
    context, names, asked = situation.context, situation.names, situation.asked
    can_record, today = may(context.asker, Permission.RECORD), context.today
    text = without_person(told, asked.bot_user_id)
    left, key = left_out(text, drafts, names, asked, today=today), str(int(context.now.timestamp() * 1_000_000))
    called = names_of(context.session, context.workspace_id, drafts)
    page = news_page(drafts, called, context.words, key=key, today=today, can_record=can_record, left_out=left)
    of = tuple(dict.fromkeys(each.account for each in drafts if each.account))
    last = spoken_of(Remark(RemarkKind.NEWS, of))
    found = Answer(page, last, drafts=drafts, drafts_key=key, left_out=left)
    is_asked = has_model and can_record and is_for_model(text, drafts)
    if not is_asked or not is_on(context.session, context.workspace_id, MODEL_NEWS):
        return found
    request = drafting_of(
        text, names, asked, workspace_id=context.workspace_id, today=today, spoken_of=situation.spoken_of
    )
    return replace(found, request=request)
