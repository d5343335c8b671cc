"""Help asked of a function: the account's own person for it, else its lead."""

from typing import Protocol

from agendas.facts.people import Function, Leads

NOBODY_LEADS = Leads()


class OwnPeople(Protocol):
    """An account's own people for a function, as its profile and its stored row have them."""

    @property
    def our_executive(self) -> str | None:
        """The user id of our executive there."""

    @property
    def marketing_partner(self) -> str | None:
        """The user id of its marketing partner."""


def own_of(needs: str | None, profile: OwnPeople, leads: Leads) -> str | None:
    """Return the account's own person for a function who can be asked: our executive, or the marketing partner."""
    own = {
        Function.EXECUTIVE.value: profile.our_executive,
        Function.MARKETING.value: profile.marketing_partner,
    }
    found = own.get(needs or "")
    return None if found in leads.unable else found


def lead_asked(needs: str | None, profile: OwnPeople, leads: Leads) -> str | None:
    """Return the user id of the lead who is asked, None where the account's own person is, or nobody leads."""
    return None if own_of(needs, profile, leads) else leads.get(needs or "")


def asked_of(needs: str | None, profile: OwnPeople, leads: Leads) -> str | None:
    """Return the user id of whoever is asked where a function's help is needed, None for nobody."""
    return own_of(needs, profile, leads) or leads.get(needs or "")
