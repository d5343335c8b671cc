"""Deals of the CRM: the stages that they imply, confirmed one by one or all that an import brought, or declined."""

from handlers.deals import buttons, submit
from handlers.subject import Subject

DEALS = Subject(
    buttons={
        "deal.confirm": buttons.confirm,
        "deal.confirm_all": buttons.confirm_all,
        "deal.decline": buttons.decline,
    },
    forms=(submit.DECLINE,),
)
