"""The addresses that the executive review is mailed to."""

import secrets
from typing import Any

from agendas.errors import FieldProblems, NotUnderstood, Refused
from agendas.pages.admin import ADD, AGAIN, REMOVE, mail_page
from agendas.pages.admin import CODE as MAIL_CODE
from agendas.rendering.page import Page, sentence_page
from agendas.rendering.words import brief
from agendas.rules.access import ADDRESS_CHARACTERS, Permission, read_address
from agendas.verbs import mail as mail_verbs
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import message_view, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import Request
from handlers.subject import Subject

# Codes that are mailed to an address.

CODE_DIGITS = 6
"""Ours: five tries of a million."""


def new_code() -> str:
    """Return a code of six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


# /abm mail: the addresses that the executive review is mailed to.

USAGE = "Write /abm mail, /abm mail add ADDRESS, /abm mail confirm ADDRESS CODE or /abm mail remove ADDRESS."


async def mail(request: Request, deps: Deps, rest: str) -> Reply:
    """The addresses; or one added, confirmed by its code, or removed."""
    request.require(Permission.ADMINISTER)
    word, *typed = rest.split() or [""]
    match word.lower(), typed:
        case "", _:
            return Say(await addresses_page(request, deps))
        case "add", [address]:
            require_server(deps)
            added = await deps.write(request, mail_verbs.add_address, request.author, address, code=new_code())
            return Say(sentence_page(deps.words.say("notices.mail_code_mailed", address=added)))
        case "confirm", [address, *code] if code:
            is_right = await deps.write(request, mail_verbs.confirm, request.author, address, "".join(code))
            return Say(
                sentence_page(
                    deps.words.say("notices.mail_confirmed" if is_right else "notices.mail_wrong_code", address=address)
                )
            )
        case "remove", [address]:
            removed = await deps.write(request, mail_verbs.remove_address, request.author, address)
            return Say(sentence_page(deps.words.say("notices.mail_removed", address=removed)))
    raise NotUnderstood(USAGE)


async def addresses_page(request: Request, deps: Deps) -> Page:
    facts = await deps.read(mail_verbs.mail_facts, request.workspace_id, now=request.now)
    zone = request.person.time_zone
    return mail_page(facts, deps.words, has_server=deps.has_mail, zone=zone, today=request.today)


def require_server(deps: Deps) -> None:
    """Raise Refused where no mail server is set."""
    if not deps.has_mail:
        raise Refused(deps.words.raw("notices.mail_no_server"))


# The forms for an address, and for the code that was mailed there.

ADDRESS_FRAME = forms.Frame("mail_address", "Add an address", "Send the code")
CODE_FRAME = forms.Frame("mail_code", "Type the code", "Confirm")
CODE_CHARACTERS = 20


def build_address(origin: forms.Origin) -> View:
    hint = "A code is mailed there, so that nobody gets mails unasked. Type the code here to begin."
    return forms.form(
        ADDRESS_FRAME, origin, [forms.text("address", "E-mail address", hint=hint, most=ADDRESS_CHARACTERS)]
    )


def build_code(address: str, origin: forms.Origin) -> View:
    line = forms.line(f"A code of six digits was mailed to {brief(address, ADDRESS_CHARACTERS)}.")
    return forms.form(CODE_FRAME, origin, [line, forms.text("code", "Code", most=CODE_CHARACTERS)])


def address_in(view: dict[str, Any]) -> str:
    """The address as typed. Raises FieldProblems if it is none."""
    typed = values_of(view).get("address", "")
    try:
        return read_address(typed)
    except NotUnderstood as error:
        raise FieldProblems({"address": str(error)}) from error


def entered_code(view: dict[str, Any]) -> str:
    return values_of(view).get("code", "")


# The buttons of the addresses.


async def add(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    require_server(deps)
    return OpenModal(build_address(forms.origin_here(request)))


async def code(request: Request, _deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    return OpenModal(build_code(request.value, forms.origin_here(request, subject=request.value)))


async def remove(request: Request, deps: Deps) -> Reply:
    """Remove the address, and show the others instead of the page."""
    request.require(Permission.ADMINISTER)
    await deps.write(request, mail_verbs.remove_address, request.author, request.value)
    return Say(await addresses_page(request, deps), replace=True)


async def again(request: Request, deps: Deps) -> Reply:
    """Send a mail once more that did not arrive, or may not have."""
    request.require(Permission.ADMINISTER)
    require_server(deps)
    address = await deps.write(request, mail_verbs.send_again, request.author, request.number)
    return Say(sentence_page(deps.words.say("notices.mail_again", address=address)))


# Submission of an address, and of its code.


async def add_submitted(request: Request, deps: Deps) -> Reply:
    """Mail a code to the address, and say what to do with it."""
    request.require(Permission.ADMINISTER)
    require_server(deps)
    typed = address_in(request.view)
    address = await deps.write(request, mail_verbs.add_address, request.author, typed, code=new_code())
    return NextView(message_view(sentence_page(deps.words.say("notices.mail_code_mailed", address=address))))


async def confirm(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    address = forms.origin_of(request.view).subject
    is_right = await deps.write(request, mail_verbs.confirm, request.author, address, entered_code(request.view))
    if not is_right:
        raise FieldProblems({"code": deps.words.raw("notices.mail_wrong_code", address=address)})
    return NextView(message_view(sentence_page(deps.words.say("notices.mail_confirmed", address=address))))


ADDRESS = forms.Form(ADDRESS_FRAME, add_submitted)
CODE = forms.Form(CODE_FRAME, confirm)


MAIL = Subject(
    abm_words={"mail": mail}, buttons={ADD: add, MAIL_CODE: code, REMOVE: remove, AGAIN: again}, forms=(ADDRESS, CODE)
)
