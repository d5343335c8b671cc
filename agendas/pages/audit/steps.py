"""The button for the one thing to do next about a failed check."""

from collections.abc import Mapping

from agendas.facts.measures.audit import NextThing, Step
from agendas.facts.people import PersonFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may

Way = tuple[str, Deed, str]
"""The action of a button, the deed that a person must be allowed to, and words of its value after the account's id."""

OF_ACCOUNT: Mapping[Step, Way] = {
    Step.MAKE_ROOM: ("account.open", Deed.READ, ""),
    Step.GIVE_TIER: ("account.page", Deed.READ, "fit"),
    Step.JUSTIFY: ("list.justify", Deed.DECIDE, ""),
    Step.SCORE: ("fit.score", Deed.NOMINATE, ""),
    Step.ASK_FUNCTION: ("account.page", Deed.READ, "fit"),
    Step.SAY_NO: ("account.open", Deed.READ, ""),
    Step.WRITE_NARRATIVE: ("narrative.write", Deed.RECORD, ""),
    Step.START_PLAY: ("plays.start", Deed.RECORD, ""),
    Step.END_PLAY: ("account.page", Deed.READ, "plays"),
    Step.ADD_ACTION: ("account.next", Deed.RECORD, ""),
    Step.SETTLE_ACTIONS: ("account.update", Deed.RECORD, ""),
    Step.STOP_PLAY: ("account.page", Deed.READ, "plays"),
    Step.TOUCH: ("account.update", Deed.RECORD, ""),
    Step.SCORE_IMPLEMENTATION: ("account.page", Deed.READ, "fit"),
    Step.ADD_USE_CASE: ("product.add", Deed.ADD_PRODUCT, ""),
    Step.ADD_PRODUCT_INPUT: ("product.add", Deed.ADD_PRODUCT, ""),
    Step.SHOW_EVIDENCE: ("evidence.add", Deed.RECORD, ""),
    Step.FILL_DEALS: ("account.page", Deed.READ, "deals"),
    Step.REWORD: ("account.history", Deed.READ, ""),
}
"""Ways to do what is to be done at an account."""

OF_PROGRAM: Mapping[Step, tuple[str, Deed]] = {
    Step.REVIEW_LIST: ("audit.list_reviewed", Deed.DECIDE),
    Step.OPEN_REPORT: ("menu.executive", Deed.READ),
}
"""Ways to do what concerns no single account. To bring people into a meeting there is no button."""


def step_button(thing: NextThing, words: Words, reader: PersonFacts | None) -> Button | None:
    """Return the button that opens the form or page for it; None where there is none that the reader may use."""
    if thing.account_id is None:
        action, deed = OF_PROGRAM.get(thing.step, ("", Deed.READ))
        return labelled(words, action) if action and _may(reader, deed) else None
    action, deed, rest = OF_ACCOUNT[thing.step]
    return labelled(words, action, f"{thing.account_id} {rest}".strip()) if _may(reader, deed) else None


def _may(reader: PersonFacts | None, deed: Deed) -> bool:
    """Return true where everybody reads the page: the right is asked again when somebody presses."""
    return reader is None or may(reader, deed)
