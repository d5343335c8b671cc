"""The CRM's row of a deal as evidence."""

from datetime import datetime

from agendas.facts.account import Stage
from agendas.facts.deals import OpportunityProfile
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor

SYSTEMS = {"hubspot": "HubSpot", "salesforce": "Salesforce"}


def evidence_of(deal: OpportunityProfile, at: datetime, *, is_signed: bool = False) -> Evidence:
    """Return the CRM's row as evidence about the deal; one that tells that it `is_signed` shows the buyer's act."""
    closes = f", closes {deal.closes_on:%d %b %Y}" if deal.phase.is_open and deal.closes_on else ""
    said = f"{deal.name}: {deal.stage_name} in {SYSTEMS.get(_system(deal), 'CRM')}{closes}"
    if not is_signed:
        return Evidence(said, at, kind="crm")
    return Evidence(said, at, kind="crm", actor=EvidenceActor.BUYER, act=BuyerAct.DEAL, step=Stage.CUSTOMER.value)


def crm_of(deal: OpportunityProfile) -> str:
    """Return the name of the CRM that the deal is of, to be said in a sentence."""
    return SYSTEMS.get(_system(deal), "the CRM")


def _system(deal: OpportunityProfile) -> str:
    return deal.key.partition(":")[0]
