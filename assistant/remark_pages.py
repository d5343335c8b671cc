"""Answers to remarks: greetings, help, news, orders, verdicts, other languages, and what means nothing here."""

from collections.abc import Callable, Mapping, Sequence

from agendas.pages import answers
from agendas.pages.answers import FormOffer, can_ask_page, greeting_page, told_page
from agendas.rendering.page import Page, said
from agendas.rules import access
from agendas.text.evidence import without_person
from agendas.verbs import home
from agendas.verbs.home import waiting_for
from assistant.conversation import QuestionContext
from assistant.reading.orders import words_of_how
from assistant.remark import Deed, Remark, RemarkKind
from storage import accounts, workspaces

NEEDS: Mapping[Deed, access.Deed] = {
    Deed.NOMINATE: access.Deed.NOMINATE,
    Deed.EDIT: access.Deed.DECIDE,
    Deed.TIER: access.Deed.DECIDE,
    Deed.PAUSE: access.Deed.DECIDE,
    Deed.REMOVE: access.Deed.DECIDE,
}
"""The right that a form needs; all others need that of recording."""

WITHOUT_ACCOUNT = (Deed.NOMINATE, Deed.MOVE, Deed.BLOCKER, Deed.NEXT_ACTION, Deed.SIGNAL, Deed.UPDATE)
"""Forms that can be opened before the account is known: they ask for it, or for a new one."""

NO_FORM = {Deed.REVIEW: "review", Deed.DECIDE: "decide", Deed.STATE: "state", Deed.OTHER: "other"}
"""Deeds that no form does from here, and what is said instead."""

NEWS = (Deed.MOVE, Deed.EVIDENCE, Deed.BLOCKER, Deed.NEXT_ACTION)
"""Deeds that news may tell of; each of them is offered, those that were read in it first."""


def remark_page(context: QuestionContext, remark: Remark, *, text: str, unread: Sequence[str] = ()) -> Page:
    """Return the answer to what was said. `unread` are the words of it that mean nothing here."""
    if "<@" in text:
        text = without_person(text, workspaces.bot_user_id(context.session, context.workspace_id))
    if remark.kind in (RemarkKind.NEWS, RemarkKind.ORDER):
        return _told(context, remark, text)
    if remark.kind is RemarkKind.UNREAD:
        named = [name for _, name in _named(context, remark)]
        left = unread or (() if named else (text,))
        return answers.unread_page(context.words, text=text, samples=samples(context), named=named, unread=left)
    if remark.kind is RemarkKind.TERM:
        return answers.term_page(context.words, text=text)
    return SAID_BACK[remark.kind](context)


def samples(context: QuestionContext) -> tuple[str, ...]:
    """Return names of accounts for the questions offered: the asker's own first."""
    return home.sample_names(context.session, context.workspace_id, context.asker.user_id)


def _told(context: QuestionContext, remark: Remark, text: str) -> Page:
    """Return the line that nothing was done, with the forms that the asker may use."""
    is_order = remark.kind is RemarkKind.ORDER
    deeds = remark.deeds if is_order else tuple(dict.fromkeys((*remark.deeds, *NEWS)))
    formed = [deed for deed in deeds if deed not in NO_FORM]
    allowed = [deed for deed in formed if access.may(context.asker, NEEDS.get(deed, access.Deed.RECORD))]
    named = _named(context, remark)
    offers = [FormOffer(deed.value, *one) for deed in allowed for one in named if _fits(context, deed, one[0])]
    if len(named) > 1:
        offers = [each for each in offers if each.deed == offers[0].deed]
    elif not named:
        offers = [FormOffer(deed.value) for deed in allowed if deed in WITHOUT_ACCOUNT]
    text = "" if words_of_how(text.casefold().split()) else text
    hint = "right" if formed and not allowed else NO_FORM.get(deeds[0], "") if deeds else "other"
    return told_page(offers, context.words, text=text, is_order=is_order, hint=hint)


def _fits(context: QuestionContext, deed: Deed, account_id: int) -> bool:
    """Return whether the form opens for the account: evidence is asked for a claimed stage alone."""
    if deed is not Deed.EVIDENCE:
        return True
    row = accounts.get(context.session, context.workspace_id, account_id)
    return row is not None and not row.stage_has_evidence


def _named(context: QuestionContext, remark: Remark) -> list[tuple[int, str]]:
    """Return (id, name) of the accounts named in it, in their order there."""
    found = {row.row_id: row.name for row in accounts.get_many(context.session, context.workspace_id, remark.of)}
    return [(each, found[each]) for each in remark.of if each in found]


def _help(context: QuestionContext) -> Page:
    return can_ask_page(context.words, samples(context))


def _hello(context: QuestionContext) -> Page:
    waiting = waiting_for(context.session, context.workspace_id, context.asker, now=context.now)
    return greeting_page(waiting, context.words, zone=context.zone)


SAID_BACK: Mapping[RemarkKind, Callable[[QuestionContext], Page]] = {
    RemarkKind.HELP: _help,
    RemarkKind.HELLO: _hello,
    RemarkKind.THANKS: lambda context: said(context.words.say("welcome.thanks")),
    RemarkKind.VERDICT: lambda context: answers.verdict_page(context.words, samples=samples(context)),
    RemarkKind.LANGUAGE: lambda context: answers.language_page(context.words, samples=samples(context)),
}
"""Answers that need nothing of the text."""
