"""Private accounts: the form in which an account is made private to a channel, and public again."""

from collections.abc import Collection
from functools import partial

from agendas.errors import NotUnderstood
from agendas.facts.audience import Members
from agendas.rendering.page import sentence_page
from agendas.rules.access import Permission
from agendas.text.limits import shown
from agendas.verbs.privacy import FIELD, channel_of, publish_all, set_privacy
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import slack_id, values_of
from handlers.edge.replies import Reply, Say, View
from handlers.edge.request import Request
from handlers.subject import Subject

# The form that makes an account private to a channel, and public again.

FRAME = forms.Frame("private_account", "Who may see it", "Save")
NOTE = (
    "Its members alone find the account, in every list, answer and count; admins are no exception. It is reviewed in "
    "that channel only. What was posted elsewhere before stays in Slack; the open review there does not show it any "
    "more. You have to be in the channel, and Cadence too."
)


def build(facts: forms.AccountFacts) -> View:
    """The form with the channel that the account is private to, empty for an account that everybody sees."""
    chosen = forms.channel(
        FIELD,
        "Private to",
        initial=facts.account.private_channel,
        hint="A private channel. Leave it empty, and everybody sees the account.",
        kinds=("private",),
    )
    return forms.form(FRAME, facts.origin, [forms.account_line(facts.account), chosen, forms.small(NOTE)])


def read_channel(view: View) -> str:
    """The chosen channel, or ''."""
    return values_of(view).get(FIELD, "")


# Submission of the form that makes an account private to a channel.


async def made_private(request: Request, deps: Deps) -> Reply:
    """Record the channel that the account is private to, if Slack says that the person is in it and the one before."""
    request.require(Permission.DECIDE)
    account_id, wanted = forms.origin_of(request.view).account_id, read_channel(request.view)
    before = await deps.read(channel_of, request.workspace_id, account_id)
    members = await members_of(request, deps, {before, wanted} - {""})
    return await forms.submit(request, deps, set_privacy, channel_id=wanted, asked=members)


async def members_of(request: Request, deps: Deps, channel_ids: Collection[str]) -> dict[str, Members]:
    """The members of each of these channels, as Slack tells them now."""
    return {each: await deps.members_of(request.workspace_id, each) for each in channel_ids}


PRIVATE = forms.AccountForm(FRAME, made_private, build, takes_closed=True)


# /account private ACCOUNT, and the same from the card's menu.


async def open_privacy(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The form that makes the account private or public; refuses words behind the account."""
    if rest.strip():
        raise NotUnderstood(f"{shown(rest)} after private has no meaning here. Type /account private ACCOUNT.")
    request.require(Permission.DECIDE)
    return await forms.open_form(request, deps, PRIVATE, forms.origin_here(request, account_id))


async def publish(request: Request, deps: Deps) -> Reply:
    """Let everybody see what is private to the channel that the button carries."""
    request.require(Permission.DECIDE)
    channel_id = slack_id(request.value)
    members = await members_of(request, deps, [channel_id])
    count = await deps.write(request, publish_all, request.author, channel_id, members)
    return Say(sentence_page(deps.words.say("cadence.published", count=count)))


PRIVACY = Subject(
    account_words={"private": open_privacy},
    buttons={
        "account.private": partial(forms.open_about, form=PRIVATE, permission=Permission.DECIDE),
        "privacy.publish": publish,
    },
    forms=(PRIVATE,),
)
