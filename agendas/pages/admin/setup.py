"""Checklist for admins: what is not set up yet, each line with the button that does it."""

from agendas.facts.program.health import SetupFacts, SetupStep
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Item, Line, Text
from agendas.rendering.words import Words
from agendas.rules.access.setup import MAY_BE_LEFT_OUT, open_steps

NAMES_SHOWN = 3
"""Accounts without an owner that are named."""

ACTIONS = {
    SetupStep.PERMISSIONS: "menu.health",
    SetupStep.ADMINS: "abm.people",
    SetupStep.IMPORT: "menu.import",
    SetupStep.NAMED: "menu.nominate",
    SetupStep.OWNERS: "setup.owner",
    SetupStep.PEOPLE: "abm.people",
    SetupStep.FUNCTIONS: "abm.people",
    SetupStep.LEADS: "abm.people",
    SetupStep.CADENCE: "menu.review",
}
"""The button that does each step, or says how."""


def setup_lines(facts: SetupFacts, words: Words) -> tuple[Item, ...]:
    """A line for each step that is still to be taken; nothing once all is set up."""
    steps = open_steps(facts)
    if not steps:
        return ()
    heading = Text(words.say("setup.heading", count=len(steps), of=len(SetupStep)))
    return (heading, *(_line(step, facts, words) for step in steps))


def _line(step: SetupStep, facts: SetupFacts, words: Words) -> Line:
    said = words.say(f"setup.{step}", facts=facts, most=NAMES_SHOWN)
    others = (labelled(words, "setup.leave_out", step.value),) if step in MAY_BE_LEFT_OUT else ()
    return Line(said, _button(step, facts, words), others)


def _button(step: SetupStep, facts: SetupFacts, words: Words) -> Button:
    value = str(facts.ownerless[0].account_id) if step is SetupStep.OWNERS else ""
    return labelled(words, ACTIONS[step], value)
