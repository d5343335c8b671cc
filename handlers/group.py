"""The buying group of an account: its people, their roles, and who left."""

from functools import partial

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState
from agendas.facts.group import BuyingRole, ContactDepth, ContactProfile, Support
from agendas.pages.evidence import FILL
from agendas.pages.group import group_page
from agendas.pages.updates import RecordedFacts, recorded_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page, notice
from agendas.rendering.words import spoken
from agendas.rules.access import Permission, may
from agendas.rules.commands import UnclearPart
from agendas.rules.group import EMAIL_CHARACTERS
from agendas.rules.update_words import read_contact
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.verbs import group as group_verbs
from agendas.verbs.card import account_group
from agendas.verbs.letters import confirm
from handlers import fields, forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import ChangedMessage, Reply, Say
from handlers.edge.request import Request, number_in, parts_in
from handlers.subject import Subject

# The forms of a person at an account: to add one, to edit one, and to say that somebody left.

SUPPORT = {Support.NON_SUPPORTER: "No supporter"}
DEPTH = {
    ContactDepth.BRIEF: "Brief contact",
    ContactDepth.MULTIPLE: "Several contacts",
    ContactDepth.IN_DEPTH: "In-depth contact",
}
GONE = "That person is not in this group any more. See it with /account ACCOUNT group."


class ContactForm(fields.DeclaredForm):
    """What can be known of a person."""

    name = fields.Text("Name", most=NAME_LIMIT_CHARACTERS)
    title = fields.Text("Title", optional=True, most=NAME_LIMIT_CHARACTERS)
    email = fields.Text("E-mail", optional=True, most=EMAIL_CHARACTERS)
    roles = fields.Choices("Roles", BuyingRole, hint="Left empty, the title may suggest some.")
    support = fields.Choice("Support", Support, SUPPORT, optional=True).otherwise(Support.UNKNOWN)
    depth = fields.Choice("Contact so far", ContactDepth, DEPTH, optional=True).otherwise(ContactDepth.UNKNOWN)
    touched_on = fields.Day(
        "Last touch on",
        optional=True,
        hint="The last day on which they did something: wrote, called, came to a meeting.",
    )

    @property
    def profile(self) -> ContactProfile:
        return ContactProfile(**self.values | {"email": self.email.lower()})


class AddContact(ContactForm):
    frame = forms.Frame("add_contact", "Add a person", "Add", keeps=("name", "title", "email"))

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        return await forms.submit(request, deps, group_verbs.add_contact, self.profile)


def _suggested(facts: forms.AccountFacts) -> str:
    """The note of the roles that are guessed from the title and not confirmed; empty for none."""
    roles = EditContact.had(facts).suggested_roles
    return f"Suggested, not confirmed: {', '.join(map(spoken, roles))}." if roles else ""


class EditContact(ContactForm):
    """The profile of the person that `origin.subject` names."""

    frame = forms.Frame("edit_contact", "Edit a person", "Save")
    merges = True

    left_on = fields.Day("Left on", optional=True)
    suggested = fields.Note(_suggested)

    @classmethod
    def had(cls, facts: forms.AccountFacts, /) -> ContactProfile:
        """The present profile. Raises Outdated when the person is not in the group any more."""
        wanted = number_in(facts.origin.subject)
        for each in facts.account.contacts:
            if each.id == wanted:
                return each.profile
        raise Outdated(GONE)

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        def changed(had: ContactProfile) -> ContactProfile:
            return self.read(request, over=had).profile

        contact_id = number_in(self.origin.subject)
        return await forms.submit(request, deps, group_verbs.change_contact, contact_id, changed=changed)


def people_there(account: AccountState) -> list[tuple[str, str]]:
    """Name with title, and id, of everybody who has not left, by name."""
    present = [each for each in account.contacts if each.profile.left_on is None]
    present.sort(key=lambda each: each.profile.name.casefold())
    return [(", ".join(filter(None, (each.profile.name, each.profile.title))), str(each.id)) for each in present]


def _may_have_left(facts: forms.AccountFacts) -> list[tuple[str, str]]:
    """Everybody there, those with a role first. Raises Outdated when nobody is."""
    found = people_there(facts.account)
    if not found:
        raise Outdated(f"Nobody of {facts.account.name} is recorded as there.")
    with_role = {str(each.id) for each in facts.account.contacts if each.profile.roles}
    return sorted(found, key=lambda pair: pair[1] not in with_role)


def _others(facts: forms.AccountFacts) -> str:
    """The hint that not everybody is in the menu; empty where everybody is."""
    count = len(_may_have_left(facts))
    return f"The first {forms.OPTIONS} of {count}. For others use Edit beside them." if count > forms.OPTIONS else ""


class ContactLeft(fields.DeclaredForm):
    frame = forms.Frame("contact_left", "Somebody left", "Record")

    who = fields.Pick("Who", _may_have_left, hint=_others).required("Choose who left.")
    left_on = fields.Day("Left on", initial=lambda facts: facts.today.isoformat()).required("Choose the day.")

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        return await forms.submit(request, deps, group_verbs.contact_left, self.who, left_on=self.left_on)


# /account ACCOUNT group, and /account ACCOUNT group add.


async def group(request: Request, deps: Deps, account_id: int, start: int = 0) -> Page:
    """The map of the account's group, after its first `start` lines."""
    zone = request.person.time_zone
    facts = await deps.read(account_group, request.workspace_id, account_id, now=request.now, zone=zone)
    return group_page(facts, deps.words, can_record=may(request.person, Permission.RECORD), start=start)


async def add_typed(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """Add somebody by words; without any the form, and a question about a part that is unclear."""
    request.require(Permission.RECORD)
    if not rest.strip():
        return await forms.open_form(request, deps, AddContact.form, forms.origin_here(request, account_id))
    try:
        profile = read_contact(rest)
    except UnclearPart as error:
        return await forms.ask_about_part(request, deps, account_id, error, form=AddContact.form, word="group add")
    recorded = await deps.write(request, group_verbs.add_contact, request.author, account_id, profile)
    return Say(confirmation(request, deps, recorded))


# Buttons of an account's group.


async def more(request: Request, deps: Deps) -> Reply:
    account_id, start = request.two_numbers
    return Say(await group(request, deps, account_id, start))


async def open_edit(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    account_id, contact_id = request.two_numbers
    origin = forms.origin_here(request, account_id, subject=str(contact_id))
    return await forms.open_form(request, deps, EditContact.form, origin)


async def add_stranger(request: Request, deps: Deps) -> Reply:
    """Add the person whom an entry names with a title, in the role that the title suggests.

    The receipt, if it is about this alone, then says who is credited, even if somebody else added the person.
    """
    request.require(Permission.RECORD)
    # `index` counts those whom the entry names; `receipt`, which may be missing, is the event of a receipt of it alone
    account_id, entry_id, index, *receipt = map(number_in, parts_in(request.value, 3))

    def add(session: Session) -> tuple[Page, RecordedFacts | None]:
        """The answer, and the receipt to draw again; None where the click was on no receipt of this entry alone."""
        try:
            added = group_verbs.add_named(session, request.author, account_id, entry_id, index)
            answer = confirmation(request, deps, added)
        except group_verbs.AlreadyInGroup as error:
            if not receipt:
                raise
            answer = notice(str(error))
        if not receipt:
            return answer, None
        return answer, group_verbs.receipt_with_group(session, request.author, account_id, receipt[0], entry_id)

    answer, updated = await deps.write(request, add)
    return ChangedMessage(messages(recorded_page(updated, deps.words))[0], answer) if updated else Say(answer)


async def confirm_suggested(request: Request, deps: Deps) -> Reply:
    """Confirm the suggested roles of a person, and show the page again in its place."""
    request.require(Permission.RECORD)
    account_id, contact_id = request.two_numbers

    def confirm_roles(session: Session) -> None:
        recorded = group_verbs.confirm_roles(session, request.author, account_id, contact_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place="")

    await deps.write(request, confirm_roles)
    return Say(await group(request, deps, account_id), replace=True)


GROUP = Subject(
    account_pages={"group": group},
    account_words={"group add": add_typed},
    buttons={
        "group.add": partial(forms.open_about, form=AddContact.form),
        "group.edit": open_edit,
        "group.left": partial(forms.open_about, form=ContactLeft.form),
        "group.stranger": add_stranger,
        "group.confirm": confirm_suggested,
        "group.more": more,
        f"{FILL}/{AddContact.frame.callback_id}": partial(forms.fill_in, form=AddContact.form),
    },
    forms=(AddContact.form, EditContact.form, ContactLeft.form),
)
