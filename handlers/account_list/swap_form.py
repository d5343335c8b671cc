"""The form that swaps one account for another in a full tier."""

from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.program.settings import TIERS
from agendas.pages.list.tier_full import leaver_lines, no_room_line, no_room_page
from agendas.rendering.words import Words
from agendas.rules.list.capacity import NoRoom
from agendas.verbs.list.swap import Swap
from handlers.account_list.justification_form import further_fields, further_parts
from handlers.edge.page_views import message_view
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION, number_in
from handlers.edge.views import values_of
from handlers.forms.field_parsers import number_entered
from handlers.forms.fields import line, select, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("swap", "Swap", "Swap")
WAYS = (
    ("Pause it: kept, and left out of reviews", "paused"),
    ("Remove it from the list", "removed"),
    ("Move it to the next tier", "next_tier"),
)
MOST_ID = 10**18


def build(error: NoRoom, words: Words, origin: Origin) -> View:
    """The form: the account that leaves, its new state, and a reason for both.

    It keeps the review item of the decision that it takes the place of.
    """
    wish, full = error.wish, error.full
    leavers = [(each.name, str(each.account_id)) for each in error.leavers]
    ways = WAYS if full.tier < TIERS[-1] else WAYS[:-1]
    blocks = [
        line(no_room_line(error, words)),
        line("\n".join(leaver_lines(error, words))),
        select("leaver", "Which one leaves", leavers, initial=leavers[0][1] if leavers else ""),
        select("becomes", "What becomes of it", ways, initial=ways[0][1]),
        text("leaver_because", "Why it leaves", multiline=True),
        text("because", "Why the other one comes", initial=wish.because, multiline=True),
        *further_fields({"why_now": wish.why_now, "motion": wish.motion}),
    ]
    about = Origin(
        account_id=wish.account_id,
        channel_id=origin.channel_id,
        place=origin.place,
        item_id=origin.item_id,
        subject=str(full.tier),
    )
    return form(FRAME, about, blocks)


def in_place_of(error: NoRoom, view: View, words: Words) -> View:
    """What takes the place of a form whose tier is full: the swap, or the refusal where no swap makes room."""
    if error.full.too_many:
        return message_view(no_room_page(error, words))
    return build(error, words, origin_of(view))


def read(view: dict[str, Any]) -> Swap:
    """The swap asked for. Raises FieldProblems beside each field that is wrong or empty."""
    origin, entered = origin_of(view), values_of(view)
    tier = number_in(origin.subject)
    if tier not in TIERS:
        raise Outdated(OTHER_VERSION)
    problems = {
        name: "Give the reason in a sentence: it stays in the history."
        for name in ("leaver_because", "because")
        if not entered.get(name, "").strip()
    }
    leaver_id = number_entered(entered, "leaver", most=MOST_ID)
    if leaver_id is None:
        problems["leaver"] = "Choose the account that leaves."
    if problems or leaver_id is None:
        raise FieldProblems(problems)
    return Swap(
        account_id=origin.account_id,
        tier=tier,
        because=entered["because"].strip(),
        leaver_id=leaver_id,
        becomes=entered.get("becomes", ""),
        leaver_because=entered["leaver_because"].strip(),
        **further_parts(entered),
    )
