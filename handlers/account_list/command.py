"""Words of the list in /account: nominate, edit, who is in charge, and the changes of the list."""

import re

from agendas.errors import NotUnderstood
from agendas.facts.events import Profile
from agendas.rules.access.rights import Deed
from agendas.rules.commands.list_changes import SeveralNamed, entered_of, read_list_change
from agendas.rules.imports.reading.values import read_domain
from agendas.text.account_names import QUOTED
from agendas.text.because import split_because, split_parts
from agendas.text.evidence import readable
from agendas.text.limits import TEXT_LIMIT_CHARACTERS, within_limit
from agendas.verbs.imports.typed import ask_to_name
from agendas.verbs.list.by_word import ListWord, change_list
from agendas.verbs.profiles import profile
from agendas.verbs.reads.people import colleagues
from handlers.account_list import change_form, profile_form
from handlers.account_list.submit import CHANGE, EDIT
from handlers.command_words import with_context
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.drafts import with_note
from handlers.forms.opening import kept_draft, open_form
from handlers.forms.origin import Origin

ROLES = {"owner": "owner", "partner": "marketing_partner", "executive": "our_executive"}
"""Words for who is in charge of an account, with the field of its profile."""

PUT_IN_CHARGE = re.compile(r"(?<!\S)(owner|partner|executive)[\s:]+(<@[^<>\s]+>|@\S+)", re.IGNORECASE)
NOBODY = ("nobody", "none", "no one")


async def nominate(request: Request, deps: Deps, rest: str) -> Reply:
    """A candidate by words when a reason is given, else the form with the words in it."""
    request.require(Deed.NOMINATE)
    before, because = split_because(rest)
    known, in_charge, problem = await deps.read(colleagues, request.workspace_id), {}, ""
    for word, who in PUT_IN_CHARGE.findall(before):
        try:
            in_charge[ROLES[word.casefold()]] = known.typed(who)
        except NotUnderstood as error:
            problem = str(error)
    name, domain = _name_and_domain(readable(PUT_IN_CHARGE.sub("", before)))
    parts = dict(zip(("because", "why_now", "motion"), split_parts(because or ""), strict=True))
    if name and parts["because"] and not problem:
        wanted = profile.with_people(Profile(name=name, domain=domain), in_charge)
        reasons = {each: within_limit(said) for each, said in parts.items()}
        done = await deps.write(request, profile.nominate, request.author, wanted, **reasons)
        return Say(await with_context(request, deps, done))
    typed = (
        {"name": name, "domain": domain, **in_charge, **parts, change_form.PROBLEM: problem} if name or because else {}
    )
    # a draft about another company must not be taken for words about this one
    draft = {} if typed else await kept_draft(request, deps, profile_form.NOMINATE.callback_id)
    view = profile_form.build_nomination(Origin(channel_id=request.channel_id), draft or typed)
    return OpenModal(with_note(view) if draft else view)


async def name_several(request: Request, deps: Deps, several: SeveralNamed) -> Reply:
    """The preview of several accounts to be named at once; nothing is recorded before it is confirmed."""
    request.require(Deed.DECIDE)
    where = request.channel_id
    return Say(await deps.write(request, ask_to_name, request.author, several, deps.words, channel_id=where))


async def edit(request: Request, deps: Deps, account_id: int) -> Reply:
    """The form with the account's profile."""
    request.require(Deed.DECIDE)
    return await open_form(request, deps, EDIT, Origin(account_id=account_id, channel_id=request.channel_id))


async def put_in_charge(request: Request, deps: Deps, account_id: int, words: str, *, word: str) -> Reply:
    """Who is the account's owner, marketing partner or our executive; its form where nobody is named."""
    request.require(Deed.DECIDE)
    if not words.strip():
        return await edit(request, deps, account_id)
    is_nobody = words.strip(" ,.:").casefold() in NOBODY
    user_id = None if is_nobody else (await deps.read(colleagues, request.workspace_id)).typed(words)
    done = await deps.write(request, profile.put_in_charge, request.author, account_id, ROLES[word], user_id)
    return Say(await with_context(request, deps, done))


async def change(request: Request, deps: Deps, account_id: int, words: str, *, word: ListWord) -> Reply:
    """A change of the list by words; the form when a part of it is missing or cannot be read."""
    request.require(Deed.DECIDE)
    origin = Origin(account_id=account_id, channel_id=request.channel_id, subject=word)
    if not words:
        return await open_form(request, deps, CHANGE, origin)
    try:
        wanted = read_list_change(words, word)
    except NotUnderstood as error:
        if len(words) > TEXT_LIMIT_CHARACTERS:
            raise
        # asked for in the form, which keeps what was typed
        prefilled = entered_of(words, word) | {change_form.PROBLEM: str(error)}
        return await open_form(request, deps, CHANGE, origin, prefilled=prefilled)
    recorded = await deps.write(
        request,
        change_list,
        request.author,
        account_id,
        word,
        tier=wanted.tier,
        because=wanted.because,
        why_now=wanted.why_now,
        motion=wanted.motion,
    )
    return Say(await with_context(request, deps, recorded))


def _name_and_domain(text: str) -> tuple[str, str]:
    """The name without the quotation marks around it, and the domain when the last word is one or the only one."""
    words = text.split()
    domain = read_domain(words[-1]) or "" if words else ""
    before = " ".join(words[:-1] if domain else words)
    quoted = QUOTED.fullmatch(before)
    name = (quoted[1] or quoted[2]) if quoted and not quoted[3].strip() else before
    return (name or domain), domain
