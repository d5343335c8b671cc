"""The narrative of an account."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative
from agendas.pages.narrative import NarrativeFacts, narrative_page, narrative_version_page
from agendas.rendering.page import Page
from agendas.rules.access import Permission, may
from agendas.rules.narrative import EXAMPLE
from agendas.verbs.card import account_narrative
from agendas.verbs.narrative import write_narrative
from handlers import fields, forms
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request
from handlers.subject import Subject

# The form of an account's narrative: filled with the present one, or with what was typed and not saved.


class NarrativeForm(fields.DeclaredForm):
    """`origin.subject` is the instant at which the narrative in it was written, empty for none."""

    frame = forms.Frame("narrative", "Narrative", "Save", keeps=("pressure", "point_of_view", "proof", "ask"))

    pressure = fields.Text(
        "The pressure they are under", multiline=True, hint=f"About them, not about us. An example: {EXAMPLE}"
    )
    point_of_view = fields.Text(
        "Our point of view", multiline=True, hint="How we see it, and what they could do about it."
    )
    proof = fields.Text("Proof", multiline=True, optional=True, hint="Who did it already, and what came of it.")
    ask = fields.Text("Ask", multiline=True, hint="What we want them to do next.")
    roles = fields.Choices("For which roles", BuyingRole, hint="None: for all.")

    @classmethod
    def build(cls, facts: forms.AccountFacts) -> View:
        """The form; its `origin.subject` keeps when the present narrative was written, so that a later one stays."""
        account, opened_at = facts.account, facts.origin
        written_at = account.narrative.written_at.isoformat() if account.narrative else ""
        origin = forms.Origin(opened_at.account_id, opened_at.channel_id, subject=written_at)
        return super().build(replace(facts, origin=origin))

    @classmethod
    def had(cls, facts: forms.AccountFacts, /) -> Narrative | None:
        return facts.account.narrative.narrative if facts.account.narrative else None

    @property
    def shown_at(self) -> datetime | None:
        """When the narrative in the form was written, None if there was none. Raises Outdated for an older form."""
        try:
            written_at = datetime.fromisoformat(self.origin.subject) if self.origin.subject else None
        except ValueError:
            raise Outdated(OTHER_VERSION) from None
        if written_at is not None and written_at.tzinfo is None:
            raise Outdated(OTHER_VERSION)
        return written_at

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        return await forms.submit(request, deps, write_narrative, Narrative(**self.values), after=self.shown_at)


# /account ACCOUNT narrative, and earlier versions of it.


async def narrative(request: Request, deps: Deps, account_id: int) -> Page:
    facts = await _narrative_facts(request, deps, account_id)
    return narrative_page(facts, deps.words, can_record=may(request.person, Permission.RECORD))


async def read_version(request: Request, deps: Deps) -> Reply:
    account_id, version = request.two_numbers
    return Say(narrative_version_page(await _narrative_facts(request, deps, account_id), deps.words, version))


async def _narrative_facts(request: Request, deps: Deps, account_id: int) -> NarrativeFacts:
    zone = request.person.time_zone
    return await deps.read(account_narrative, request.workspace_id, account_id, now=request.now, zone=zone)


NARRATIVE = Subject(
    account_pages={"narrative": narrative},
    buttons={
        **dict.fromkeys(("narrative.write", "narrative.rewrite"), partial(forms.open_about, form=NarrativeForm.form)),
        "narrative.read": read_version,
    },
    forms=(NarrativeForm.form,),
)
