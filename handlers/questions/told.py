"""Buttons that open the form for what was told or ordered instead of asked, with its words in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agendas.pages.answers.told import TOLD, read_told
from agendas.rules.access import rights
from agendas.text.because import split_because
from agendas.text.evidence import readable
from agendas.verbs.list.by_word import ListWord
from assistant.remark import Deed
from handlers.account_list import profile_form
from handlers.account_list.submit import CHANGE, EDIT
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply
from handlers.edge.request import Request
from handlers.edge.views import Values
from handlers.evidence.submit import EVIDENCE
from handlers.forms import choose_account
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.group.submit import ADD
from handlers.signals.submit import SIGNAL
from handlers.updates.submit import BLOCKER, MOVEMENT, NEXT_ACTION
from handlers.updates.update import UPDATE

TIER = re.compile(r"\b(?:tier|t)\s*([123])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldForm:
    """A form, the field that takes the words, '' where they are none of its values, and the right it needs.

    `word` is the change of the list that the form is about.
    """

    form: AccountForm
    field: str = "text"
    right: rights.Deed = rights.Deed.RECORD
    word: ListWord | None = None


FORMS: Mapping[Deed, ToldForm] = {
    Deed.MOVE: ToldForm(MOVEMENT),
    Deed.EVIDENCE: ToldForm(EVIDENCE, "evidence"),
    Deed.BLOCKER: ToldForm(BLOCKER),
    Deed.RESOLVE: ToldForm(BLOCKER, ""),
    Deed.NEXT_ACTION: ToldForm(NEXT_ACTION),
    Deed.DONE: ToldForm(NEXT_ACTION, ""),
    Deed.UPDATE: ToldForm(UPDATE),
    Deed.SIGNAL: ToldForm(SIGNAL),
    Deed.CONTACT: ToldForm(ADD, ""),
    Deed.EDIT: ToldForm(EDIT, "", rights.Deed.DECIDE),
    Deed.TIER: ToldForm(CHANGE, "because", rights.Deed.DECIDE, ListWord.TIER),
    Deed.PAUSE: ToldForm(CHANGE, "because", rights.Deed.DECIDE, ListWord.PAUSE),
    Deed.REMOVE: ToldForm(CHANGE, "because", rights.Deed.DECIDE, ListWord.REMOVE),
}
"""The form of each deed that is about an account."""

KINDS = {Deed.BLOCKER: "blocker", Deed.NEXT_ACTION: "next_action", Deed.SIGNAL: "signal", Deed.UPDATE: "update"}
"""Kinds of update in the form that asks for the account; any other deed is movement there."""


async def open_told(request: Request, deps: Deps, *, deed: Deed) -> Reply:
    """The form of the deed with the words in it; where no account was named, the form that asks for it first."""
    account_id, text = read_told(request.value)
    text = readable(text)
    if deed is Deed.NOMINATE:
        request.require(rights.Deed.NOMINATE)
        origin = Origin(channel_id=request.channel_id, place=request.place)
        return OpenModal(profile_form.build_nomination(origin, {"because": text}))
    told = FORMS[deed]
    request.require(told.right)
    if not account_id:
        origin = Origin(channel_id=request.channel_id, place=request.place, text=text)
        return OpenModal(choose_account.build(origin, kind=KINDS.get(deed, "movement")))
    origin = Origin(
        account_id=account_id,
        channel_id=request.channel_id,
        place=request.place,
        subject=told.word or "",
        text=text if told.field else "",
    )
    return await open_form(request, deps, told.form, origin, prefilled=_filled(told, text))


def _filled(told: ToldForm, text: str) -> Values:
    """The fields that the words fill: of a change of the list, the tier and the reason that is said in them."""
    if told.word is not None:
        tier = TIER.search(text)
        entered = {"because": split_because(text)[1] or "", "tier": tier[1] if tier else ""}
        return {name: value for name, value in entered.items() if value}
    return {told.field: text} if told.field and text else {}


BUTTONS = tuple((f"{TOLD}.{deed}", deed) for deed in (*FORMS, Deed.NOMINATE))
"""Each button's action with its deed."""
