"""The main jobs, each done by the shortest way that is offered."""

from bench.effort.hand import Hand, WayGone
from bench.effort.office import ACTION, Office
from sandbox.testing import MessageView

OWNER = "malik"
"""Somebody with five accounts in the demo's review."""

FIVE = 5
START, UPDATE, DONE, NOTHING = "Start my updates", "Update", "Done", "Nothing"
RECORDED = {"action_changed": FIVE, "moved": FIVE, "action_added": FIVE}
PREPARED = {"action_changed": FIVE, "nothing_moved": FIVE}


async def five_accounts(office: Office) -> Hand:
    """One action closed, one new, and one movement with its link, for each of five accounts."""
    hand = office.hand(OWNER)
    mine = await office.promise(hand)
    before = office.recorded(hand)
    if START in office.header.buttons:
        await hand.presses(START, on=office.header)
        for _ in range(FIVE):
            await _fill(office, hand)
        if hand.person.has_form:
            # the form of a sixth account, which a person with five does not get
            await hand.person.closes()
    else:
        for agenda in _of(office, len(mine)):
            await hand.presses(UPDATE, on=agenda)
            await _fill(office, hand)
    after = office.recorded(hand)
    found = {kind: after.get(kind, 0) - before.get(kind, 0) for kind in RECORDED}
    if found != RECORDED:
        raise WayGone(f"Five accounts were to be updated, but what was recorded is {found}.")
    return hand


async def five_prepared(office: Office) -> Hand:
    """A promise is done and nothing moved, for each of five accounts, in the message that asks before a review."""
    hand = office.hand(OWNER)
    await office.promise(hand)
    asked = await office.direct(hand, NOTHING)
    before = office.recorded(hand)
    for _ in range(FIVE):
        for label in (DONE, NOTHING):
            await hand.presses(label, on=asked)
    after = office.recorded(hand)
    found = {kind: after.get(kind, 0) - before.get(kind, 0) for kind in PREPARED}
    if found != PREPARED:
        raise WayGone(f"Five accounts were to be prepared, but what was recorded is {found}.")
    return hand


async def done_from_message(office: Office) -> Hand:
    """A next action is done, from the direct message that the owner of five accounts gets when the review closes."""
    hand = office.hand(OWNER)
    before = office.recorded(hand).get("action_changed", 0)
    await hand.presses(DONE, on=await office.direct(hand, DONE))
    if hand.person.has_form:
        await hand.submits()
    await office.until(
        lambda: office.recorded(hand).get("action_changed", 0) > before,
        f"{DONE!r} in a direct message changed nothing.",
    )
    return hand


def _of(office: Office, count: int) -> list[MessageView]:
    """The messages of accounts by which so many are updated. Raises WayGone when nothing to update them is offered."""
    found = [each for each in office.agendas if UPDATE in each.buttons][:FIVE]
    if min(len(found), count) < FIVE:
        raise WayGone(f"Neither {START!r} in the header nor {UPDATE!r} on five accounts is offered.")
    return found


async def _fill(office: Office, hand: Hand) -> None:
    """One account's form, filled in and submitted; returns once the next one is there, or none is left."""
    person = hand.person

    def rows() -> list[str]:
        return [label for label in person.form.labels if label.startswith(ACTION)] if person.has_form else []

    # on a slow machine the form says first that it is being made
    await office.until(lambda: bool(rows()), f"No form with a row for the open action {ACTION!r} was shown.")
    title = person.form.title
    [row] = rows()
    await hand.enters(row, DONE)
    await hand.enters("What moved", "They asked for a pilot")
    await hand.enters("What shows it", "They wrote: https://notes.example/1")
    await hand.enters("What is next", "Send the pilot plan")
    await hand.submits()
    await office.until(
        lambda: not person.has_form or person.form.title != title, f"The form {title!r} stayed after it was submitted."
    )
