"""Look-ups of accounts."""

from assistant.look_ups.accounts.card import card
from assistant.look_ups.accounts.compare import compare
from assistant.look_ups.accounts.counting import count, total
from assistant.look_ups.accounts.field import fields
from assistant.look_ups.accounts.listing import listing
from assistant.look_ups.accounts.reasons import when, who, why
from assistant.look_ups.accounts.yes_no import yes_or_no
from assistant.look_ups.found import Forms
from assistant.query import Form

FORMS: Forms = {
    Form.CARD: card,
    Form.FIELD: fields,
    Form.LIST: listing,
    Form.COUNT: count,
    Form.SUM: total,
    Form.COMPARE: compare,
    Form.YES_NO: yes_or_no,
    Form.WHY: why,
    Form.WHEN: when,
    Form.WHO: who,
}
