"""Submission of an address, and of its code."""

from agendas.errors import FieldProblems
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.mail import addresses
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import Form
from handlers.forms.origin import origin_of
from handlers.mail import form
from handlers.mail.command import require_server
from handlers.mail.new_code import new_code


async def add(request: Request, deps: Deps) -> Reply:
    """Mail a code to the address, and say what to do with it."""
    request.require(Deed.ADMINISTER)
    require_server(deps)
    typed = form.address_in(request.view)
    address = await deps.write(request, addresses.add, request.author, typed, code=new_code())
    return NextView(message_view(said(deps.words.say("mail.code_mailed", address=address))))


async def confirm(request: Request, deps: Deps) -> Reply:
    """Confirm the address by its code."""
    request.require(Deed.ADMINISTER)
    address = origin_of(request.view).subject
    is_right = await deps.write(request, addresses.confirm, request.author, address, form.code_in(request.view))
    if not is_right:
        raise FieldProblems({"code": deps.words.raw("mail.wrong_code", address=address)})
    return NextView(message_view(said(deps.words.say("mail.confirmed", address=address))))


ADDRESS = Form(form.ADDRESS_FRAME, add)
CODE = Form(form.CODE_FRAME, confirm)
