"""The question about something that was recorded a moment ago: is it a second one, or was it one?"""

from agendas.errors import OpenAlready, Outdated, RecordedAlready
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.filters import day
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Button, Buttons, Page, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words
from agendas.rules.commands.next_actions import Change
from agendas.rules.commands.unclear import ITEM

AGAIN, ONE, ANOTHER = "repeat.again", "repeat.one", "repeat.another"
LARGEST_ID_DIGITS = 18


def recorded_already_page(error: RecordedAlready, words: Words, *, command: str) -> Page:
    """Return the question, with a button that runs the command all the same and one that shows what is there.

    A command that is too long for a button is shown instead, so that it can be copied.
    """
    asked = recorded_already_line(error, words)
    # half a character, as JSON can bring it, is none that can be sent
    value = command.encode("utf-8", "replace").decode()
    one = labelled(words, ONE, error.what)
    if length(value) > BUTTON_VALUE_CHARACTERS:
        told = Text(words.say("answers.repeat_too_long", command=value))
        return Page(read(asked), (Text(asked), Buttons((one,)), told), key="repeat")
    if isinstance(error, OpenAlready):
        another = labelled(words, ANOTHER, value)
        return Page(read(asked), (Text(asked), Buttons((*_move(error), another, one))), key="repeat")
    again: Button = labelled(words, AGAIN, value)
    return Page(read(asked), (Text(asked), Buttons((again, one))), key="repeat")


def recorded_already_line(error: RecordedAlready, words: Words, *, is_form: bool = False) -> Mrkdwn:
    """Return the sentence that it was recorded, and when; in a form with what to press."""
    if isinstance(error, OpenAlready):
        about = {"name": error.name, "text": error.text, "owner": error.owner, "due_on": error.due_on}
        return words.say("answers.open_already", **about, wanted_on=error.wanted_on, is_form=is_form)
    return words.say(
        "answers.recorded_already",
        name=error.name,
        text=error.text,
        due_on=error.due_on,
        at=error.at,
        zone=error.zone,
        is_form=is_form,
    )


def _move(error: OpenAlready) -> tuple[Button, ...]:
    """The button that moves the open action to the day wanted, where that is later."""
    if error.due_on is None or error.wanted_on <= error.due_on:
        return ()
    name = error.name.replace('"', "")
    moved = f'/next "{name}" {Change.SLIPPED} {ITEM}{error.action_id}{ITEM} to {error.wanted_on.isoformat()}'
    return (Button(f"Move it to {day(error.wanted_on)}", f"{AGAIN}/move", moved),)


def read_what(value: str) -> tuple[str, int]:
    """The kind, event or signal, and the id that the button carries. Raises Outdated when it carries none."""
    kind, _, number = value.partition(" ")
    is_number = number.isascii() and number.isdecimal() and len(number) <= LARGEST_ID_DIGITS
    if kind not in ("event", "signal") or not is_number:
        raise Outdated("This comes from another version of Cadence and does nothing here. Enter it anew.")
    return kind, int(number)
