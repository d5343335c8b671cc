"""The forms for an address, and for the code that was mailed there."""

from typing import Any

from agendas.errors import FieldProblems, NotUnderstood
from agendas.rendering.filters import brief
from agendas.rules.access.mail_addresses import ADDRESS_CHARACTERS, read_address
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.fields import line, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

ADDRESS_FRAME = Frame("mail_address", "Add an address", "Send the code")
CODE_FRAME = Frame("mail_code", "Type the code", "Confirm")
CODE_CHARACTERS = 20


def build_address(origin: Origin) -> View:
    """The form for an address."""
    hint = "A code is mailed there, so that nobody gets mails unasked. Type the code here to begin."
    return form(ADDRESS_FRAME, origin, [text("address", "E-mail address", hint=hint, most=ADDRESS_CHARACTERS)])


def build_code(address: str, origin: Origin) -> View:
    """The form for the code of an address."""
    said = line(f"A code of six digits was mailed to {brief(address, ADDRESS_CHARACTERS)}.")
    return form(CODE_FRAME, origin, [said, text("code", "Code", most=CODE_CHARACTERS)])


def address_in(view: dict[str, Any]) -> str:
    """The address as typed. Raises FieldProblems beside the field where it is none."""
    typed = values_of(view).get("address", "")
    try:
        return read_address(typed)
    except NotUnderstood as error:
        raise FieldProblems({"address": str(error)}) from error


def code_in(view: dict[str, Any]) -> str:
    """The code as typed."""
    return values_of(view).get("code", "")
