"""The named list: its pages and versions, and its changes: nominate, edit, name, move, pause, remove, swap."""

import re
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, NotUnderstood, Outdated, Refused, Unclear
from agendas.facts.events import Profile
from agendas.facts.narrative import Justification, WhyPart
from agendas.facts.people import Author
from agendas.facts.program import TIERS
from agendas.pages.account_list import (
    ListReader,
    changes_page,
    leaver_lines,
    list_page,
    no_room_line,
    no_room_page,
    read_swap,
    version_page,
)
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.access import Colleagues, Permission, may
from agendas.rules.account_list import NoRoom
from agendas.rules.commands import SeveralNamed, entered_of, read_list_change, read_versions
from agendas.rules.import_tables import read_domain
from agendas.text.csv_cells import split_because, split_parts
from agendas.text.evidence import readable
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS, shown, within_limit
from agendas.text.money import read_short_money
from agendas.text.names import QUOTED
from agendas.verbs import profiles
from agendas.verbs.account_list import ListWord, Swap, change_list, room_for, swap
from agendas.verbs.closing import decide_swap
from agendas.verbs.drafts import forget_draft
from agendas.verbs.imports import ask_to_name
from agendas.verbs.letters import channel_works_again, confirm
from agendas.verbs.profiles import change_account, change_justification
from agendas.verbs.profiles import nominate as profile_nominate
from agendas.verbs.reads import colleagues, filtered_list, list_changes, list_version
from agendas.verbs.record import Recorded
from agendas.verbs.updates import account_to_update
from assistant.answer import Asking, answer_of_list
from handlers import forms
from handlers.command_words import with_context
from handlers.edge.deps import ChannelAnswer, Deps
from handlers.edge.incoming import Field, Values, message_view, values_of
from handlers.edge.replies import Close, OpenModal, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.subject import Subject
from handlers.update_forms import DECISION_FRAME

# /abm list: the named list, whole or filtered.


async def show_list(request: Request, deps: Deps, rest: str) -> Reply:
    """The named list filtered by the words, or the answer to them as a question. Raises Unclear if they are neither."""
    try:
        return Say(await list_page_of_words(request, deps, rest))
    except Unclear as refusal:
        person, here = request.person, (request.channel_id, request.place)
        asking = Asking(person, rest, request.workspace_id, *here, request.now, deps.words)
        page = await deps.read(answer_of_list, asking)
        if page is None:
            raise refusal from None
        return Say(page)


async def list_page_of_words(request: Request, deps: Deps, words: str, *, start: int = 0) -> Page:
    """The accounts that fit the words as a page, after the first `start`."""
    asker, zone = request.person.user_id, request.person.time_zone
    facts = await deps.read(
        filtered_list, request.workspace_id, words, asker=asker, now=request.now, zone=zone, start=start
    )
    reader = ListReader(asker, may(request.person, Permission.RECORD))
    return list_page(facts, deps.words, reader=reader)


# The form for an account's justification: why this account, why now, what motion will move it.

NAMES = tuple(part.value for part in WhyPart)
JUSTIFICATION_FRAME = forms.Frame("justification", "Why this account", "Save", keeps=NAMES)
NO_REASON = "Say in a sentence why this account: it is the reason it is on the list."


def build_justification(facts: forms.AccountFacts) -> View:
    """The form with the stored justification, or the draft; by `origin.seen` changes of others are noticed."""
    had = entries(facts.account.justification)
    origin = replace(facts.origin, seen=forms.marks_of(had))
    return forms.form(JUSTIFICATION_FRAME, origin, [forms.account_line(facts.account), *fields(had, facts.draft)])


def fields(had: Values, draft: Values) -> list[Field]:
    """The fields of all three parts, filled from the draft, else from `had`, the stored text of each part.

    Why this account may not be emptied once it is stored.
    """
    why = forms.text(
        WhyPart.WHY_ACCOUNT.value,
        "Why this account",
        initial=draft.get(WhyPart.WHY_ACCOUNT) or had.get(WhyPart.WHY_ACCOUNT, ""),
        multiline=True,
        optional=not had.get(WhyPart.WHY_ACCOUNT),
    )
    return [why, *further_fields(had | draft)]


def further_fields(had: Values) -> list[Field]:
    """The fields of the two parts that may come later: why now, and the motion."""
    return [
        forms.text(
            WhyPart.WHY_NOW.value,
            "Why now",
            initial=had.get(WhyPart.WHY_NOW, ""),
            multiline=True,
            optional=True,
            hint="What makes this year the year: a date, a new executive, a contract that ends.",
        ),
        forms.text(
            WhyPart.MOTION.value,
            "What motion will move it",
            initial=had.get(WhyPart.MOTION, ""),
            multiline=True,
            optional=True,
            hint="Who does what to reach whom: campaign, outbound, executive, partner or product.",
        ),
    ]


def entries(justification: Justification) -> Values:
    return {part.value: justification.part(part) for part in WhyPart}


def read_justification(view: dict[str, Any], had: Justification) -> Justification:
    """The justification as entered over the present one.

    Raises FieldProblems where why this account was emptied, and for a part that somebody else changed meanwhile.
    """
    entered = forms.merge_entered(values_of(view), forms.origin_of(view).seen, entries(had))
    parts = {name: entered.get(name, had.part(WhyPart(name))).strip() for name in NAMES}
    if had.why_account and not parts[WhyPart.WHY_ACCOUNT]:
        raise FieldProblems({WhyPart.WHY_ACCOUNT.value: NO_REASON})
    return Justification(**parts)


def further_parts(entered: Values) -> dict[str, str]:
    """Why now and the motion, as entered; empty where they were left out."""
    return {name: entered.get(name, "").strip() for name in (WhyPart.WHY_NOW.value, WhyPart.MOTION.value)}


# The form for a change of the list: a tier where one is needed, and always the reason.

CHANGE_FRAME = forms.Frame("list_change", "Change the list", "Record", keeps=("because", "why_now", "motion"))
PROBLEM = "problem"
"""The name by which the sentence about a command that could not be read is given to the form."""

LABELS = {
    ListWord.NAME: "Put on the named list",
    ListWord.TIER: "Change the tier",
    ListWord.PAUSE: "Pause",
    ListWord.REMOVE: "Remove from the list",
    ListWord.REJECT: "Reject the candidate",
    ListWord.RESTORE: "Bring back",
}


def build_change(facts: forms.AccountFacts) -> View:
    """The form for the list change that `origin.subject` names, below what was wrong with its command, if anything."""
    word, draft = word_of(facts.origin), facts.draft
    blocks: list[Field] = [forms.account_line(facts.account)]
    if problem := draft.get(PROBLEM):
        blocks.append(forms.small(escape(problem)))
    if word.needs_tier:
        blocks.append(forms.select("tier", "Tier", forms.TIERS, initial=draft.get("tier", "")))
    blocks.append(forms.text("because", f"{LABELS[word]}: why", initial=draft.get("because", ""), multiline=True))
    if word.needs_tier:
        blocks += further_fields(entries(facts.account.justification) | draft)
    return forms.form(CHANGE_FRAME, facts.origin, blocks)


def word_of(origin: forms.Origin) -> ListWord:
    """The change that the form is about. Raises Outdated for a form of another version."""
    try:
        return ListWord(origin.subject)
    except ValueError:
        raise Outdated(OTHER_VERSION) from None


def read_change(view: dict[str, Any], word: ListWord) -> tuple[int | None, dict[str, str]]:
    """The tier, if asked for, and the reason with its further parts. Raises FieldProblems for what is missing."""
    entered = values_of(view)
    problems: dict[str, str] = {}
    tier = forms.number_entered(entered, "tier", most=forms.LAST_TIER) if word.needs_tier else None
    if word.needs_tier and tier is None:
        problems["tier"] = "Choose the tier."
    if not entered.get("because", "").strip():
        problems["because"] = "Give the reason in a sentence: it stays in the history."
    if problems:
        raise FieldProblems(problems)
    return tier, {"because": entered["because"].strip(), **further_parts(entered)}


# The forms to nominate an account and to edit one.

TYPED = ("name", "domain", "aliases", "segment", "value")
NOMINATE_FRAME = forms.Frame(
    "nominate", "Nominate an account", "Nominate", keeps=(*TYPED, "because", "why_now", "motion")
)
EDIT_FRAME = forms.Frame("edit_account", "Edit the account", "Save", keeps=(*TYPED, *NAMES))
POSTS = "own"
"""The value of the box for agendas in the own channel."""
NO_CHANNEL = "Choose the channel in which its agenda is to be posted, or clear the box below."


def build_nomination(origin: forms.Origin, draft: Values) -> View:
    """The form, filled from `draft`: what was typed before, or the words of a command with what was wrong in them."""
    because = forms.text(
        "because",
        "Why this account",
        initial=draft.get("because", ""),
        multiline=True,
        hint="The pressure it is under and what we would do about it.",
    )
    problem = [forms.small(escape(draft[PROBLEM]))] if draft.get(PROBLEM) else []
    return forms.form(NOMINATE_FRAME, origin, [*problem, *_profile_fields(draft), because, *further_fields(draft)])


def build_edit(facts: forms.AccountFacts) -> View:
    """The form with the profile and the justification; `origin.seen` says what they were when it opened."""
    had, why = _profile_entries(facts.account.profile), entries(facts.account.justification)
    blocks = [*_profile_fields(had | facts.draft), *_own_channel_fields(had), *fields(why, facts.draft)]
    return forms.form(EDIT_FRAME, replace(facts.origin, seen=forms.marks_of(had | why)), blocks)


def read_nomination(view: dict[str, Any]) -> tuple[Profile, dict[str, str]]:
    """The profile and the parts of the reason as entered. Raises FieldProblems for wrong fields."""
    entered, profile = values_of(view), read_profile(view, Profile(name=""))
    because = entered.get("because", "").strip()
    if not because:
        raise FieldProblems({"because": "Say in a sentence why this account."})
    return profile, {"because": because, **further_parts(entered)}


def read_profile(view: dict[str, Any], had: Profile) -> Profile:
    """The profile entered over `had`, the present one. Raises FieldProblems for fields wrong or changed by others."""
    entered = forms.merged_over(values_of(view), forms.origin_of(view).seen, _profile_entries(had))
    problems: dict[str, str] = {}
    name = " ".join(entered.get("name", "").split())
    if not name:
        problems["name"] = "Give the company's name."
    domain = read_domain(entered.get("domain", ""))
    if domain is None:
        problems["domain"] = "Write the domain alone, like example.com."
    value, currency = _money(entered.get("value", ""), problems)
    channel_id, posts_agenda = own_channel(entered)
    if posts_agenda and not channel_id:
        problems["channel"] = NO_CHANNEL
    if problems:
        raise FieldProblems(problems)
    owner = entered.get("owner") or None
    # other names stand one a line, or with commas between. An owner chosen replaces a name imported without a user id
    names = (" ".join(each.split()) for each in re.split(r"[,\n]", entered.get("aliases", "")))
    return Profile(
        name=name,
        domain=domain or "",
        aliases=tuple(dict.fromkeys(filter(None, names))),
        segment=entered.get("segment", "").strip(),
        owner=owner,
        owner_name="" if owner else had.owner_name,
        marketing_partner=entered.get("marketing_partner") or None,
        our_executive=entered.get("our_executive") or None,
        value_cents=value,
        currency=currency,
        crm_system=had.crm_system,
        crm_id=had.crm_id,
        channel_id=channel_id,
        posts_agenda=posts_agenda,
    )


def _profile_entries(profile: Profile) -> Values:
    """The profile as its form has it: text by field name, empty for nothing."""
    return {
        "name": profile.name,
        "domain": profile.domain,
        "aliases": ", ".join(profile.aliases),
        "segment": profile.segment,
        "value": _money_words(profile),
        "owner": profile.owner or "",
        "marketing_partner": profile.marketing_partner or "",
        "our_executive": profile.our_executive or "",
        "channel": profile.channel_id,
        "posts_agenda": POSTS if profile.posts_agenda else "",
    }


def own_channel(entered: Values) -> tuple[str, bool]:
    """The own channel entered, and whether agendas are posted there."""
    return entered.get("channel", ""), entered.get("posts_agenda") == POSTS


def _own_channel_fields(had: Values) -> list[Field]:
    """The fields for the account's own channel, and whether its agendas are posted there."""
    return [
        forms.channel(
            "channel",
            "Its own channel",
            initial=had.get("channel", ""),
            hint="There, the word this stands for the account in every command.",
        ),
        forms.box(
            "posts_agenda",
            "Its agenda",
            "Post its agenda in its own channel",
            POSTS,
            is_ticked=bool(had.get("posts_agenda")),
        ),
    ]


def _profile_fields(had: Values) -> list[Field]:
    """The fields of a profile, filled from `had` by field name."""
    return [
        forms.text("name", "Name", initial=had.get("name", ""), most=NAME_LIMIT_CHARACTERS),
        forms.text("domain", "Domain", initial=had.get("domain", ""), optional=True, most=NAME_LIMIT_CHARACTERS),
        forms.text(
            "aliases",
            "Also called",
            initial=had.get("aliases", ""),
            optional=True,
            multiline=True,
            hint="Short names people type, one per line or with commas between.",
        ),
        forms.text("segment", "Segment", initial=had.get("segment", ""), optional=True, most=NAME_LIMIT_CHARACTERS),
        forms.person("owner", "Owner (sales)", initial=had.get("owner", ""), optional=True),
        forms.person("marketing_partner", "Marketing partner", initial=had.get("marketing_partner", ""), optional=True),
        forms.person("our_executive", "Our executive", initial=had.get("our_executive", ""), optional=True),
        forms.text(
            "value", "Value a year", initial=had.get("value", ""), optional=True, hint="Like 250k EUR.", most=40
        ),
    ]


def _money_words(profile: Profile) -> str:
    """The value a year as its field shows it, such as `250000 EUR`; empty for none."""
    if profile.value_cents is None:
        return ""
    return f"{profile.value_cents / 100:.2f}".removesuffix(".00") + (f" {profile.currency}" if profile.currency else "")


def _money(written: str, problems: dict[str, str]) -> tuple[int | None, str]:
    """Cents and currency of `250k EUR`, (None, '') for nothing; what cannot be read gets a sentence in `problems`."""
    if not written.strip():
        return None, ""
    money = read_short_money(written)
    if money is None:
        problems["value"] = "Write an amount and a currency, like 250k EUR or 1250.50 EUR."
        return None, ""
    return money


# An account's own channel, checked with Slack before it is saved.

SILENT = "Slack did not say whether Cadence may post there, so nothing was saved. Save again in a minute."
ABSENT = "Cadence is not in that channel. Type /invite @Cadence there, then save again."
ARCHIVED = "That channel is archived. Choose another one, or unarchive it first."
SHARED = "That channel is shared with another company. Choose a channel of your own."


async def require_usable(request: Request, deps: Deps, account_id: int) -> str:
    """Return the account's own channel as entered, once Slack says that it can be used; '' for none, or nothing new.

    New is another channel, or that agendas are posted there from now on. Raises FieldProblems if Cadence is not in it,
    if it is archived or shared outside, and if Slack does not answer.
    """

    def profile_of(session: Session) -> Profile:
        return account_to_update(session, request.author, account_id).profile

    before = await deps.read(profile_of)
    channel_id, posts_agenda = own_channel(values_of(request.view))
    is_new = channel_id != before.channel_id or (posts_agenda and not before.posts_agenda)
    if not channel_id or not is_new:
        return ""
    problem = _problem(await deps.ask_channel(request.workspace_id, channel_id))
    if problem:
        raise FieldProblems({"channel": problem})
    return channel_id


def _problem(answer: ChannelAnswer | None) -> str:
    """The sentence about a channel that cannot be an account's own; empty for one that can."""
    if answer is None:
        return SILENT
    if answer.is_archived:
        return ARCHIVED
    if answer.is_shared:
        return SHARED
    return "" if answer.is_member else ABSENT


# The form that swaps one account for another in a full tier.

SWAP_FRAME = forms.Frame("swap", "Swap", "Swap")
WAYS = (
    ("Pause it: kept, and left out of reviews", "paused"),
    ("Remove it from the list", "removed"),
    ("Move it to the next tier", "next_tier"),
)
MOST_ID = 10**18


def build_swap(error: NoRoom, words: Words, origin: forms.Origin) -> View:
    """The form: the account that leaves, its new state, and a reason for both.

    It may replace the form of a review's decision, whose review item it then keeps: the swap records that decision too.
    """
    wish, full = error.wish, error.full
    leavers = [(each.name, str(each.account_id)) for each in error.leavers]
    # no tier follows the last one
    ways = WAYS if full.tier < TIERS[-1] else WAYS[:-1]
    blocks = [
        forms.line(no_room_line(error, words)),
        forms.line("\n".join(leaver_lines(error, words))),
        forms.select("leaver", "Which one leaves", leavers, initial=leavers[0][1] if leavers else ""),
        forms.select("becomes", "What becomes of it", ways, initial=ways[0][1]),
        forms.text("leaver_because", "Why it leaves", multiline=True),
        forms.text("because", "Why the other one comes", initial=wish.because, multiline=True),
        *further_fields({"why_now": wish.why_now, "motion": wish.motion}),
    ]
    about = forms.Origin(
        account_id=wish.account_id,
        channel_id=origin.channel_id,
        place=origin.place,
        item_id=origin.item_id,
        subject=str(full.tier),
    )
    return forms.form(SWAP_FRAME, about, blocks)


def swap_or_refusal(error: NoRoom, view: View, words: Words) -> View:
    """What takes the place of a form whose tier is full: the swap, or the refusal where no swap makes room."""
    if error.full.too_many:
        return message_view(no_room_page(error, words))
    return build_swap(error, words, forms.origin_of(view))


def read_swap_form(view: dict[str, Any]) -> Swap:
    """The swap asked for. Raises FieldProblems for each field that is wrong or empty, Outdated for an older form."""
    origin, entered = forms.origin_of(view), values_of(view)
    tier = number_in(origin.subject)
    if tier not in TIERS:
        raise Outdated(OTHER_VERSION)
    problems = {
        name: "Give the reason in a sentence: it stays in the history."
        for name in ("leaver_because", "because")
        if not entered.get(name, "").strip()
    }
    leaver_id = forms.number_entered(entered, "leaver", most=MOST_ID)
    if leaver_id is None:
        problems["leaver"] = "Choose the account that leaves."
    if problems or leaver_id is None:
        raise FieldProblems(problems)
    return Swap(
        account_id=origin.account_id,
        tier=tier,
        because=entered["because"].strip(),
        leaver_id=leaver_id,
        becomes=entered.get("becomes", ""),
        leaver_because=entered["leaver_because"].strip(),
        **further_parts(entered),
    )


# Submissions of the list's forms: nominate, edit, a change of the list, a swap.


async def nominated(request: Request, deps: Deps) -> Reply:
    """Record the account as a candidate."""
    request.require(Permission.NOMINATE)
    entered, reasons = read_nomination(request.view)

    def verb(session: Session, author: Author, _account_id: int) -> Recorded:
        """Nominate the account entered; the form has no account yet, so its id is not used."""
        return profile_nominate(session, author, entered, **reasons)

    return await forms.submit(request, deps, verb)


async def edited(request: Request, deps: Deps) -> Reply:
    """Record the account's new profile and justification: those entered, merged with the present ones."""
    request.require(Permission.DECIDE)
    profile = partial(read_profile, request.view)
    justification = partial(read_justification, request.view)
    channel_id = await require_usable(request, deps, forms.origin_of(request.view).account_id)

    def verb(session: Session, author: Author, account_id: int) -> list[Recorded]:
        """Record the changes; a channel newly chosen, which Slack just said is usable, counts as working."""
        if channel_id:
            channel_works_again(session, author.workspace_id, channel_id)
        return change_account(session, author, account_id, profile=profile, justification=justification)

    return await forms.submit(request, deps, verb)


async def justified(request: Request, deps: Deps) -> Reply:
    """Record why the account is on the list, as entered over the present justification."""
    request.require(Permission.DECIDE)
    changed = partial(read_justification, request.view)
    return await forms.submit(request, deps, change_justification, changed)


async def list_changed(request: Request, deps: Deps) -> Reply:
    """Record that the account was named, moved to a tier, paused, removed, rejected or restored."""
    request.require(Permission.DECIDE)
    word = word_of(forms.origin_of(request.view))
    tier, reasons = read_change(request.view, word)
    return await forms.submit(request, deps, change_list, word, tier=tier, **reasons)


async def swapped(request: Request, deps: Deps) -> Reply:
    """Record both changes of the list, and the decision where a review's decision met a full tier."""
    request.require(Permission.DECIDE)
    wanted, origin, author = read_swap_form(request.view), forms.origin_of(request.view), request.author

    def both(session: Session) -> None:
        """Record the swap, as the decision of a review where `origin.item_id` is set; drop the drafts, confirm."""
        recorded = (decide_swap if origin.item_id else swap)(session, author, wanted)
        # the full tier was met in one of these forms
        for frame in (CHANGE_FRAME, DECISION_FRAME):
            forget_draft(session, author, forms.draft_name(frame.callback_id, wanted.account_id))
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, both)
    return Close(all_views=True)


NOMINATE = forms.Form(NOMINATE_FRAME, nominated)
EDIT = forms.AccountForm(EDIT_FRAME, edited, build_edit)
JUSTIFY = forms.AccountForm(JUSTIFICATION_FRAME, justified, build_justification)
CHANGE = forms.AccountForm(CHANGE_FRAME, list_changed, build_change, takes_closed=True)
SWAP = forms.Form(SWAP_FRAME, swapped)


# Buttons of the list: its further pages, and the swap in a full tier.


async def more_of_list(request: Request, deps: Deps) -> Reply:
    """The next page of the list; the button carries how many accounts to skip and the filter: `20 tier 1`."""
    start, _, words = request.value.partition(" ")
    return Say(await list_page_of_words(request, deps, words, start=number_in(start or "0")))


async def open_swap(request: Request, deps: Deps) -> Reply:
    """The swap form with the accounts that could leave now. Raises Refused, with the command, where there is room."""
    request.require(Permission.DECIDE)
    wish = read_swap(request.value)
    # the error that says who could leave, or the account's name if there is room by now
    found, tier = await deps.read(room_for, request.author, wish), wish.tier
    if not isinstance(found, NoRoom):
        raise Refused(
            f"There is room for {found} in tier {tier} by now: /account name {found} tier {tier} because TEXT."
        )
    return OpenModal(build_swap(found, deps.words, forms.origin_here(request, place=request.place)))


# Words of the list in /account: nominate, edit, who is in charge, and the changes of the list.

ROLES = {"owner": "owner", "partner": "marketing_partner", "executive": "our_executive"}
"""Words for who is in charge of an account, with the field of its profile."""

PUT_IN_CHARGE = re.compile(
    r"(?<!\S)(owne[rd]|partner|executive)(?:\s+by)?[\s:]+(<@[^<>\s]+>|@\S+|me(?![^\s,])),?", re.IGNORECASE
)
SOMEBODY = re.compile(r"(?<!\S)(?:<@[^<>\s]+>|@\S+)")
"""Words such as `owner @who`, `owned by @who` or `partner: me`; the second matches any person that is left over."""
NOBODY = ("nobody", "none", "no one")


async def nominate(request: Request, deps: Deps, rest: str) -> Reply:
    """Record a candidate by words such as `Acme acme.com owner @who because TEXT`.

    The form with the words in it opens where name or reason is missing, or where words before the reason mean nothing;
    without any words, the form with what was typed into it before.
    """
    request.require(Permission.NOMINATE)
    before, because = split_because(rest)
    known, in_charge, problem = await deps.read(colleagues, request.workspace_id), {}, ""
    for word, who in PUT_IN_CHARGE.findall(before):
        try:
            in_charge[ROLES[word.casefold().replace("owned", "owner")]] = _id_meant(who, known, request.author)
        except NotUnderstood as error:
            problem = str(error)
    named = PUT_IN_CHARGE.sub("", before)
    name, domain, after_domain = _name_and_domain(readable(SOMEBODY.sub("", named)))
    if after_domain or SOMEBODY.search(named):
        usage = "Say who is in charge with owner @who, partner @who or executive @who."
        # a person who could not be read comes first
        problem = problem or (
            f"{shown(after_domain)} after the domain is not understood. {usage}" if after_domain else usage
        )
    parts = dict(zip(("because", "why_now", "motion"), split_parts(because or ""), strict=True))
    if name and parts["because"] and not problem:
        wanted = profiles.with_people(Profile(name=name, domain=domain), in_charge)
        reasons = {each: within_limit(reason) for each, reason in parts.items()}
        recorded = await deps.write(request, profiles.nominate, request.author, wanted, **reasons)
        return Say(await with_context(request, deps, recorded))
    typed = {"name": name, "domain": domain, **in_charge, **parts, PROBLEM: problem} if name or because else {}
    # a draft about another company must not be taken for words about this one
    draft = {} if typed else await forms.kept_draft(request, deps, NOMINATE_FRAME.callback_id)
    view = build_nomination(forms.origin_here(request), draft or typed)
    return OpenModal(forms.with_note(view) if draft else view)


async def name_several(request: Request, deps: Deps, several: SeveralNamed) -> Reply:
    """The preview of several accounts to be named at once; nothing is recorded before it is confirmed."""
    request.require(Permission.DECIDE)
    where = request.channel_id
    return Say(await deps.write(request, ask_to_name, request.author, several, deps.words, channel_id=where))


async def edit(request: Request, deps: Deps, account_id: int) -> Reply:
    request.require(Permission.DECIDE)
    return await forms.open_form(request, deps, EDIT, forms.origin_here(request, account_id))


async def put_in_charge(request: Request, deps: Deps, account_id: int, words: str, *, word: str) -> Reply:
    """Record who has the role `word` at the account, or that nobody has; without words, the form to edit it."""
    request.require(Permission.DECIDE)
    if not words.strip():
        return await edit(request, deps, account_id)
    is_nobody = words.strip(" ,.:").casefold() in NOBODY
    user_id = None if is_nobody else _id_meant(words, await deps.read(colleagues, request.workspace_id), request.author)
    recorded = await deps.write(request, profiles.put_in_charge, request.author, account_id, ROLES[word], user_id)
    return Say(await with_context(request, deps, recorded))


async def change(request: Request, deps: Deps, account_id: int, words: str, *, word: ListWord) -> Reply:
    """Record a list change by words; the form if a part is missing or unreadable, a refusal if they are too long."""
    request.require(Permission.DECIDE)
    origin = forms.origin_here(request, account_id, subject=word)
    if not words:
        return await forms.open_form(request, deps, CHANGE, origin)
    try:
        wanted = read_list_change(words, word)
    except NotUnderstood as error:
        if len(words) > TEXT_LIMIT_CHARACTERS:
            raise
        # asked for in the form, which keeps what was typed
        prefilled = entered_of(words, word) | {PROBLEM: str(error)}
        return await forms.open_form(request, deps, CHANGE, origin, prefilled=prefilled)
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


def _id_meant(typed: str, known: Colleagues, author: Author) -> str:
    """The id of the person in charge that the words name, `me` included. Raises NotUnderstood for none or several."""
    return author.user_id if typed.strip(" ,.:").casefold() == "me" else known.typed(typed)


def _name_and_domain(text: str) -> tuple[str, str, str]:
    """The name without its quotation marks, the domain after it, and the words after the domain.

    A first word that is a domain is the name; if it is the only word, it is the domain too.
    """
    words = text.strip(" ,").split()
    # the last domain counts: an earlier one belongs to the name
    domains = [read_domain(word.strip(",")) or "" for word in words]
    last = max((position for position, found in enumerate(domains) if found), default=0)
    domain = domains[last] if last or len(words) == 1 else ""
    before_domain = " ".join(words[:last] if domain else words).rstrip(",")
    # in double or single marks, with nothing behind them
    quoted = QUOTED.fullmatch(before_domain)
    name = (quoted[1] or quoted[2]) if quoted and not quoted[3].strip() else before_domain
    after_domain = " ".join(words[last + 1 :]) if domain else ""
    return (name or domain), domain, after_domain


# /abm versions: the list on any date, and what changed between two.


async def list_versions(request: Request, deps: Deps, rest: str) -> Reply:
    """The list on one date, or the changes between two; those of the last 30 days without any."""
    return Say(await _versions_page(request, deps, read_versions(rest, request.today)))


async def more_of_versions(request: Request, deps: Deps) -> Reply:
    """The next page, for the one or two dates that the button carries, as in `20 2026-01-01 2026-02-01`."""
    start, _, written = request.value.partition(" ")
    try:
        dates = tuple(date.fromisoformat(each) for each in written.split())
    except ValueError:
        raise Outdated(OTHER_VERSION) from None
    if not 1 <= len(dates) <= 2:
        raise Outdated(OTHER_VERSION)
    return Say(await _versions_page(request, deps, dates, start=number_in(start)))


async def _versions_page(request: Request, deps: Deps, dates: tuple[date, ...], *, start: int = 0) -> Page:
    """The list on one date, or the changes between two or of the last 30 days, after the first `start` entries."""
    zone = request.person.time_zone
    if len(dates) == 1:
        found = await deps.read(list_version, request.workspace_id, dates[0], zone=zone)
        return version_page(found, deps.words, start=start)
    first, second = dates if dates else (None, request.today)
    changed = await deps.read(list_changes, request.workspace_id, first, second, zone=zone)
    return changes_page(changed, deps.words, start=start)


ACCOUNT_LIST = Subject(
    account_words={word: partial(put_in_charge, word=word) for word in ROLES},
    abm_words={"list": show_list, "versions": list_versions},
    buttons={
        "abm.list": more_of_list,
        "abm.list_more": more_of_list,
        "abm.versions_more": more_of_versions,
        "list.swap": open_swap,
        **dict.fromkeys(
            ("list.justify", "list.fill"), partial(forms.open_about, form=JUSTIFY, permission=Permission.DECIDE)
        ),
    },
    forms=(NOMINATE, EDIT, JUSTIFY, CHANGE, SWAP),
    forms_instead={NoRoom: swap_or_refusal},
)
