"""The forms to nominate an account and to edit one."""

import re
from dataclasses import replace
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.events import Profile
from agendas.rendering.mrkdwn import escape
from agendas.rules.imports.reading.values import read_domain
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.text.money import read_short_money
from handlers.account_list import justification_form
from handlers.account_list.change_form import PROBLEM
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.fields import box, channel, person, small, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.merge_edits import marks_of, merged_over
from handlers.forms.origin import Origin, origin_of

TYPED = ("name", "domain", "aliases", "segment", "value")
NOMINATE = Frame("nominate", "Nominate an account", "Nominate", keeps=(*TYPED, "because", "why_now", "motion"))
EDIT = Frame("edit_account", "Edit the account", "Save", keeps=(*TYPED, *justification_form.NAMES))
POSTS = "own"
"""The value of the box for agendas in the own channel."""
NO_CHANNEL = "Choose the channel in which its agenda is to be posted, or clear the box below."


def build_nomination(origin: Origin, draft: Values) -> View:
    """The form for a new candidate."""
    because = text(
        "because",
        "Why this account",
        initial=draft.get("because", ""),
        multiline=True,
        hint="The pressure it is under and what we would do about it.",
    )
    problem = [small(escape(draft[PROBLEM]))] if draft.get(PROBLEM) else []
    return form(NOMINATE, origin, [*problem, *_fields(draft), because, *justification_form.further_fields(draft)])


def build_edit(facts: AccountFacts) -> View:
    """The form with the account's profile and justification in it."""
    had, why = _entries(facts.account.profile), justification_form.entries(facts.account.justification)
    blocks = [*_fields(had | facts.draft), *_own_channel(had), *justification_form.fields(why, facts.draft)]
    return form(EDIT, replace(facts.origin, seen=marks_of(had | why)), blocks)


def read_nomination(view: dict[str, Any]) -> tuple[Profile, dict[str, str]]:
    """The profile and the parts of the reason as entered. Raises FieldProblems beside wrong fields."""
    entered, profile = values_of(view), read_profile(view, Profile(name=""))
    because = entered.get("because", "").strip()
    if not because:
        raise FieldProblems({"because": "Say in a sentence why this account."})
    return profile, {"because": because, **justification_form.further_parts(entered)}


def read_profile(view: dict[str, Any], had: Profile) -> Profile:
    """The profile as entered over the one it has. Raises FieldProblems beside wrong fields."""
    entered = merged_over(values_of(view), origin_of(view).seen, _entries(had))
    problems: dict[str, str] = {}
    name = " ".join(entered.get("name", "").split())
    if not name:
        problems["name"] = "Give the company's name."
    domain = read_domain(entered.get("domain", ""))
    if domain is None:
        problems["domain"] = "Write the domain alone, like example.com."
    value, currency = _money(entered.get("value", ""), problems)
    channel_id, posts_agenda = own_channel(entered, had)
    if posts_agenda and not channel_id:
        problems["channel"] = NO_CHANNEL
    if problems:
        raise FieldProblems(problems)
    owner = entered.get("owner") or None
    return Profile(
        name=name,
        domain=domain or "",
        aliases=_aliases(entered.get("aliases", "")),
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


def own_channel(entered: Values, had: Profile) -> tuple[str, bool]:
    """The own channel entered, and whether agendas are posted there. A form of an older version leaves both."""
    if "channel" not in entered:
        return had.channel_id, had.posts_agenda
    return entered["channel"], entered.get("posts_agenda") == POSTS


def _aliases(written: str) -> tuple[str, ...]:
    """The other names, one per line or with commas between, each once."""
    return tuple(dict.fromkeys(alias for each in re.split(r"[,\n]", written) if (alias := " ".join(each.split()))))


def _entries(profile: Profile) -> Values:
    """The profile as it stands in the form's fields."""
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


def _own_channel(had: Values) -> list[Field]:
    """The account's own channel, and the choice to post its agendas there."""
    return [
        channel(
            "channel",
            "Its own channel",
            initial=had.get("channel", ""),
            hint="There, the word this stands for the account in every command.",
        ),
        box(
            "posts_agenda",
            "Its agenda",
            "Post its agenda in its own channel",
            POSTS,
            is_ticked=bool(had.get("posts_agenda")),
        ),
    ]


def _fields(had: Values) -> list[Field]:
    return [
        text("name", "Name", initial=had.get("name", ""), most=NAME_LIMIT_CHARACTERS),
        text("domain", "Domain", initial=had.get("domain", ""), optional=True, most=NAME_LIMIT_CHARACTERS),
        text(
            "aliases",
            "Also called",
            initial=had.get("aliases", ""),
            optional=True,
            multiline=True,
            hint="Short names people type, one per line or with commas between.",
        ),
        text("segment", "Segment", initial=had.get("segment", ""), optional=True, most=NAME_LIMIT_CHARACTERS),
        person("owner", "Owner (sales)", initial=had.get("owner", ""), optional=True),
        person("marketing_partner", "Marketing partner", initial=had.get("marketing_partner", ""), optional=True),
        person("our_executive", "Our executive", initial=had.get("our_executive", ""), optional=True),
        text("value", "Value a year", initial=had.get("value", ""), optional=True, hint="Like 250k EUR.", most=40),
    ]


def _money_words(profile: Profile) -> str:
    if profile.value_cents is None:
        return ""
    return f"{profile.value_cents / 100:.2f}".removesuffix(".00") + (f" {profile.currency}" if profile.currency else "")


def _money(written: str, problems: dict[str, str]) -> tuple[int | None, str]:
    """The amount in cents and its currency, upper case."""
    if not written.strip():
        return None, ""
    money = read_short_money(written)
    if money is None:
        problems["value"] = "Write an amount and a currency, like 250k EUR or 1250.50 EUR."
        return None, ""
    return money
