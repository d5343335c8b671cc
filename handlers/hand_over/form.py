"""The form of what a person answers for with who gets it, and the preview of who would get what."""

from collections.abc import Mapping, Sequence
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.pages.admin.hand_over import Given, Sum
from agendas.rendering.mrkdwn import escape
from agendas.rendering.words import Words
from agendas.text.limits import shortened
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION, number_in
from handlers.edge.views import Field, Values, values_of
from handlers.forms.fields import line, person, small
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("hand_over", "Hand over", "Preview")
SURE = Frame("hand_over_sure", "Hand over", "Hand over")
TO = "to"
"""The first part of the name of an account's field; its id follows after a slash."""
ROWS = 40
"""Accounts with a field of their own: what is chosen has to fit into the preview's metadata."""


def build(
    origin: Origin,
    user_id: str,
    rows: Sequence[tuple[int, Sum]],
    total: Sum,
    words: Words,
    *,
    entered: Values | None = None,
    told: str = "",
) -> View:
    """The form: who gets everything, and below it each account for which somebody else may be named."""
    had = entered or {}
    blocks: list[Field] = [
        *([small(escape(shortened(told, 1_000)))] if told else []),
        line(words.say("hand_over.whose", user_id=user_id, sum=total)),
        small(words.say("hand_over.unseen")),
        person(TO, "To", initial=had.get(TO, "")),
    ]
    for account_id, held in rows[:ROWS]:
        name = f"{TO}/{account_id}"
        label = words.raw("hand_over.row", name=held.names[0], sum=held)
        blocks.append(person(name, label[:150], initial=had.get(name, ""), optional=True))
    if len(rows) > ROWS:
        blocks.append(small(words.say("hand_over.rest", count=len(rows) - ROWS)))
    return form(FRAME, _with(origin, user_id, had), blocks)


def build_sure(origin: Origin, user_id: str, entered: Values, given: Given, words: Words) -> View:
    """The preview: what each person would get."""
    said = [line(words.say("hand_over.gets", user_id=receiver, sum=found)) for receiver, found in given]
    return form(SURE, _with(origin, user_id, entered), [*said, small(words.say("hand_over.unseen"))])


def read(view: dict[str, Any]) -> Values:
    """The people chosen, by the names of their fields. Raises FieldProblems without one for everything."""
    entered = {name: value for name, value in values_of(view).items() if value and name.split("/")[0] == TO}
    if TO not in entered:
        raise FieldProblems({TO: "Choose who gets what nobody else is named for."})
    return entered


def read_sure(view: dict[str, Any]) -> tuple[str, Values]:
    """The person whose things they are, and the people chosen before. Raises Outdated for another form."""
    user_id, *chosen = origin_of(view).subject.split(" ")
    entered = dict(each.split("=", 1) for each in chosen if "=" in each)
    if not user_id or TO not in entered:
        raise Outdated(OTHER_VERSION)
    return user_id, entered


def receivers_of(entered: Values) -> Mapping[int, str]:
    """The people named for accounts of their own, by its id."""
    return {number_in(name.partition("/")[2]): who for name, who in entered.items() if "/" in name}


def _with(origin: Origin, user_id: str, entered: Values) -> Origin:
    return Origin(
        channel_id=origin.channel_id,
        subject=" ".join((user_id, *(f"{name}={who}" for name, who in entered.items()))),
    )
