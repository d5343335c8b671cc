"""The hand of a person: it does what a person does in Slack's client, and counts each press in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blocks import Value
from sandbox.testing import Form, MessageView, Person, Seen, find_control, find_field

ANSWER_SECONDS = 20.0
"""How long the app may take to show a form; more than Slack gives it, as this machine may be busy."""

PRESSES: Mapping[str, int] = {
    "button": 1,
    "radio_buttons": 1,
    "overflow": 2,
    "static_select": 2,
    "external_select": 2,
    "users_select": 2,
    "conversations_select": 2,
    "channels_select": 2,
    "datepicker": 2,
    "timepicker": 2,
    "datetimepicker": 2,
    "file_input": 2,
    "plain_text_input": 0,
    "url_text_input": 0,
    "email_text_input": 0,
    "number_input": 0,
    "rich_text_input": 0,
}
"""Presses by the type of a control: opening a picker and choosing in it are two; typing and its focus are none."""

EACH: Mapping[str, int] = {
    "checkboxes": 0,
    "multi_static_select": 1,
    "multi_external_select": 1,
    "multi_users_select": 1,
    "multi_conversations_select": 1,
    "multi_channels_select": 1,
}
"""Controls that take several choices, a press each, by the presses that open them."""


class WayGone(Exception):
    """A way that people had is not offered any more; the message says which."""


def presses_of(control: str, choices: int = 1) -> int:
    return EACH[control] + choices if control in EACH else PRESSES[control]


@dataclass
class Hand:
    """A person whose presses are counted. `forms` are those submitted."""

    person: Person
    clicks: int = 0
    forms: int = 0

    async def presses(self, label: str, *, on: MessageView | Seen | Form) -> Seen:
        """Press the button or choice with this label. Raises WayGone when there is none."""
        blocks = on.view.blocks if isinstance(on, Form) else _blocks(on)
        try:
            _, control, _ = find_control(blocks, label)
        except AssertionError as gone:
            raise WayGone(str(gone)) from gone
        self.clicks += presses_of(control["type"])
        seen = await self.person.clicks(label, on=on)
        if seen.outcome is not None and seen.outcome.error:
            raise WayGone(f"{label!r} was refused: {seen.outcome.error}")
        return seen

    async def enters(self, field: str, value: Value) -> None:
        """Type or choose in a field of the form in front. Raises WayGone when it has no such field."""
        form = self.person.form
        try:
            _, control = find_field(form.view.blocks, field)
        except AssertionError as gone:
            raise WayGone(f"The form {form.title!r}: {gone}") from gone
        self.clicks += presses_of(control["type"], len(value) if isinstance(value, list) else 1)
        await self.person.fills(**{field: value})

    async def submits(self) -> None:
        """Press submit. Raises WayGone when the form is refused."""
        form = self.person.form
        self.clicks, self.forms = self.clicks + 1, self.forms + 1
        outcome = await self.person.submits()
        if not outcome.ok:
            raise WayGone(f"The form {form.title!r} was refused: {outcome.error or form.errors}")


def _blocks(seen: MessageView | Seen) -> list[dict[str, Any]]:
    if seen.message is None:
        raise WayGone(f"There is no message to press a button on; seen was {str(seen)!r}.")
    return seen.message.blocks
