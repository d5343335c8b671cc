"""The forms of each subject about things of accounts."""

from collections.abc import Mapping

from assistant.look_ups.found import Forms
from assistant.look_ups.items import forms, members, reviews
from assistant.query import Form, Subject

LISTED: Forms = {Form.LIST: forms.list_, Form.COUNT: forms.count, Form.YES_NO: forms.yes_no}
TOLD: Forms = {**LISTED, Form.WHEN: forms.when, Form.WHO: forms.who}
EXPLAINED: Forms = {**TOLD, Form.WHY: forms.why}

LOOK_UPS: Mapping[Subject, Forms] = {
    Subject.ACTIONS: {**TOLD, Form.COMPARE: forms.compare},
    Subject.BLOCKERS: EXPLAINED,
    Subject.ASKS: TOLD,
    Subject.DECISIONS: EXPLAINED,
    Subject.MOVEMENT: EXPLAINED,
    Subject.EVIDENCE: TOLD,
    Subject.CHANGES: TOLD,
    Subject.LIST_CHANGES: EXPLAINED,
    Subject.SIGNALS: {**LISTED, Form.WHEN: forms.when},
    Subject.PEOPLE: {**LISTED, Form.WHO: forms.who},
    Subject.DEALS: {**LISTED, Form.SUM: forms.sum_, Form.WHEN: forms.when, Form.COMPARE: forms.compare_sums},
    Subject.PLAYS: LISTED,
    Subject.REVIEWS: reviews.FORMS,
    Subject.MEMBERS: members.FORMS,
}
"""Each combination that makes sense; the table of docs/questions.md says the same."""
