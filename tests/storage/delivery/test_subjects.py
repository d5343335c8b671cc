"""Subjects of letters: the same JSON is stored and read."""

import pytest

from storage import letter_subjects, outbox
from storage.database import Store
from storage.letter_subjects import ComposedMessage, Subject, addressee_of, item_id_of, subject_of, to_json
from storage.preparing import ReminderSubject
from tests.storage.delivery.letters import letter, queue

STORED: list[tuple[Subject, dict[str, object]]] = [
    (letter_subjects.Subject(), {}),
    (letter_subjects.ReviewSubject(7), {"review_id": 7}),
    (letter_subjects.AgendaSubject(7, 8), {"review_id": 7, "item_id": 8}),
    (letter_subjects.OwnActionsSubject(7, "U1"), {"review_id": 7, "user_id": "U1"}),
    (letter_subjects.UpdateSubject(9, 7, is_late=True), {"event_id": 9, "review_id": 7, "is_late": True}),
    (letter_subjects.ThreadReceiptSubject(9, [9, 10], 7), {"event_id": 9, "event_ids": [9, 10], "review_id": 7}),
    (letter_subjects.RecordedSubject([9, 10]), {"event_ids": [9, 10]}),
    (letter_subjects.UnansweredSubject([9, 10], [3]), {"event_ids": [9, 10], "signal_ids": [3]}),
    (letter_subjects.EventSubject(9, "U1"), {"event_id": 9, "of_user_id": "U1"}),
    (letter_subjects.SignalSubject(3), {"signal_id": 3}),
    (letter_subjects.ToldSignalSubject(3, "U1"), {"signal_id": 3, "of_user_id": "U1"}),
    (
        letter_subjects.ComposedSubject([ComposedMessage(text="Hello", blocks=[{"type": "divider"}])]),
        {"messages": [{"text": "Hello", "blocks": [{"type": "divider"}]}]},
    ),
    (letter_subjects.ComposedSubject([], "U1"), {"messages": [], "to": "U1"}),
    (letter_subjects.FitQuestionSubject(is_reminder=False), {"is_reminder": False}),
    (letter_subjects.ChannelTroubleSubject("C1", "is_archived"), {"channel_id": "C1", "error": "is_archived"}),
    (
        letter_subjects.OwnChannelSubject(1, "C1", "is_archived"),
        {"account_id": 1, "channel_id": "C1", "error": "is_archived"},
    ),
    (letter_subjects.WantedSubject(1, "U1", "acme"), {"account_id": 1, "by": "U1", "word": "acme"}),
    (letter_subjects.PermissionSubject("chat:write"), {"permission": "chat:write"}),
    (letter_subjects.PersonSubject("U1"), {"user_id": "U1"}),
    (letter_subjects.AppChangesSubject(1), {"told": 1}),
    (
        letter_subjects.CadenceChangeSubject(
            "moved", "U1", "UTC", "2026-11-30", "2026-12-01T09:00:00+00:00", "Holiday"
        ),
        {
            "what": "moved",
            "by": "U1",
            "zone": "UTC",
            "planned_on": "2026-11-30",
            "moved_to": "2026-12-01T09:00:00+00:00",
            "because": "Holiday",
            "next_at": "",
        },
    ),
    (letter_subjects.ChannelSubject("C1", "2026-11-24"), {"channel_id": "C1", "review_on": "2026-11-24"}),
    (
        letter_subjects.FailureSubject("C1", "ab12", "2026-11-24"),
        {"channel_id": "C1", "reference": "ab12", "review_on": "2026-11-24"},
    ),
    (letter_subjects.ContinuationSubject(5, 2), {"of": 5, "part": 2}),
    (letter_subjects.PreparationSubject("prep:1"), {"letter_key": "prep:1"}),
    (ReminderSubject([3, 4]), {"asked_ids": [3, 4]}),
    (letter_subjects.MorningSubject("U1", [9]), {"of_user_id": "U1", "event_ids": [9]}),
    (
        letter_subjects.EscalatedSubject(9, "U1", to_admins=False),
        {"event_id": 9, "has_it": "U1", "to_admins": False, "of_user_id": ""},
    ),
    (letter_subjects.NotHeldSubject(7, 2), {"review_id": 7, "in_a_row": 2}),
    (
        letter_subjects.BriefSubject(7, "2026-11-30", "2026-11-30T15:00:00+00:00", "away"),
        {"cadence_id": 7, "planned_on": "2026-11-30", "at": "2026-11-30T15:00:00+00:00", "instead": "away"},
    ),
    (
        letter_subjects.AskedBeforeSubject(7, "2026-11-30", "U1", "Did they sign?"),
        {"cadence_id": 7, "planned_on": "2026-11-30", "by": "U1", "text": "Did they sign?"},
    ),
    (letter_subjects.LeadsSubject(7, "U1"), {"cadence_id": 7, "by": "U1"}),
    (letter_subjects.MonthSubject("2026-10"), {"month": "2026-10"}),
    (
        letter_subjects.MeetingSubject(3, "2026-12-01T09:00:00+00:00"),
        {"cadence_id": 3, "at": "2026-12-01T09:00:00+00:00"},
    ),
]


def test_every_subject_is_stored_as_letters_have_always_had_it_and_read_as_it_was(store: Store) -> None:
    queue(store, *(letter(f"k{number}", subject=to_json(subject)) for number, (subject, _) in enumerate(STORED)))
    for number, (subject, stored) in enumerate(STORED):
        found = store.read_now(outbox.by_key, "T1", f"k{number}")
        assert found is not None
        assert found.subject == stored
        assert subject_of(found, type(subject)) == subject
    known = {"Subject", *(kind.__name__ for kind in Subject.__subclasses__())}
    assert {type(subject).__name__ for subject, _ in STORED} == known


def test_a_subject_of_which_something_is_missing_is_refused() -> None:
    with pytest.raises(TypeError, match="item_id"):
        subject_of(letter(subject={"review_id": 7}), letter_subjects.AgendaSubject)


def test_a_letter_names_its_agenda_and_its_one_reader_where_it_has_them() -> None:
    assert item_id_of(letter(subject=to_json(letter_subjects.AgendaSubject(7, 8)))) == 8
    assert item_id_of(letter(subject=to_json(letter_subjects.ReviewSubject(7)))) is None
    assert addressee_of(letter(subject=to_json(letter_subjects.ComposedSubject([], "U1")))) == "U1"
    assert addressee_of(letter(user_id="U2", subject={})) == "U2"
    assert addressee_of(letter(subject={})) == ""
