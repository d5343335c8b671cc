"""Pages for those who run the program: settings, people, health, ledger, help, refusals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, takewhile

from agendas.facts.people import LeftBehind
from agendas.facts.program import (
    CALIBRATION,
    GROUPS,
    SETTINGS,
    HealthFacts,
    LedgerLine,
    LedgerState,
    LimitFrom,
    MailAddressFacts,
    MailFacts,
    ProgramSettings,
    ReportKind,
    Setting,
    SetupFacts,
    SetupStep,
    UnsureMessages,
    Value,
)
from agendas.rendering.mrkdwn import one_line, read
from agendas.rendering.page import Button, Buttons, Confirm, Heading, Item, Line, Note, Page, Rows, Text, sentence_page
from agendas.rendering.words import Words, labelled
from agendas.rules.access import MAY_BE_LEFT_OUT, MEMBER_REASONS, OPTIONAL, SLACK_SCOPES, open_steps
from agendas.rules.commands import meant_by, written
from agendas.text.dates import day_text, local_date
from agendas.text.limits import SHOWN_CHARACTERS, shortened

# Messages that may be there or not, each with the buttons by which an admin decides about it.


def unsure_list_page(doubts: UnsureMessages, words: Words, *, zone: str, now: datetime) -> Page:
    title = words.raw("trouble.title", count=doubts.count)
    return Page(title, (Text(words.say("trouble.said", count=doubts.count)), *decisions(doubts, words, zone, now)))


def decisions(messages: UnsureMessages, words: Words, zone: str, now: datetime) -> tuple[Item, ...]:
    """The messages that Slack may or may not have posted, each with buttons to decide what to do."""
    items: list[Item] = []
    for unsure in messages.shown:
        value = str(unsure.letter_id)
        items += [
            Text(words.say("trouble.one", doubt=unsure, zone=zone, today=local_date(now, zone))),
            Buttons((labelled(words, "doubt.again", value), labelled(words, "doubt.there", value))),
        ]
    more = messages.count - len(messages.shown)
    return (*items, Note(words.say("trouble.more", count=more))) if more else tuple(items)


# Health of the bot, for admins: last message posted, messages waiting, troubles and version.

ADMINS_ADVISED = 2
PEOPLE_SHOWN = 20
CADENCES_SHOWN = 15


def health_page(
    facts: HealthFacts,
    words: Words,
    *,
    version: str,
    answered_in_milliseconds: int,
    zone: str,
    now: datetime,
    has_model: bool = False,
) -> Page:
    """A line for each thing looked at; the title counts those that are not as they should be.

    Of the cadences, those without a facilitator, paused or held up come first.
    """
    held_up = {each.channel_id for each in facts.paused}
    return words.page(
        "health",
        key="health",
        parts={"doubts": decisions(facts.unsure, words, zone, now)},
        facts=facts,
        milliseconds=answered_in_milliseconds,
        troubles=troubles(facts),
        held_up=held_up,
        cadences=sorted(
            facts.cadences,
            key=lambda each: (
                bool(each.facilitator) and not each.is_paused and each.channel_id not in held_up,
                each.channel_id,
            ),
        ),
        cadences_shown=CADENCES_SHOWN,
        unread=[(each, MEMBER_REASONS[each.problem]) for each in facts.unread],
        lacking=[(each, SLACK_SCOPES[each]) for each in facts.missing_permissions],
        declined=[(each, OPTIONAL[each]) for each in facts.declined_permissions],
        admins_advised=ADMINS_ADVISED,
        people_shown=PEOPLE_SHOWN,
        version=version,
        has_model=has_model,
        zone=zone,
        today=local_date(now, zone),
    )


def troubles(facts: HealthFacts) -> int:
    """How much is not as it should be: one for each cadence, channel and mail in trouble, else one for each kind."""
    messages = sum(map(bool, (facts.overdue, facts.refused, facts.dropped, facts.unsure.count)))
    flags = (facts.has_stopped, facts.missing_permissions, facts.admins < ADMINS_ADVISED, facts.deactivated)
    unled = sum(not each.facilitator for each in facts.cadences)
    return messages + unled + len(facts.paused) + len(facts.unread) + len(facts.mails) + sum(map(bool, flags))


# Ledger of a channel's planned posts: posted, late, missed, skipped, moved, refused or waiting.

DECISIONS_SHOWN = 10
"""More messages in doubt than this are decided about after these."""


def ledger_page(
    lines: Sequence[LedgerLine], words: Words, *, zone: str, now: datetime, decider: str = "", is_admin: bool = False
) -> Page:
    """One line per post in the order given; where the newest past review was missed, a button holds it now.

    `decider` is the reader: as the facilitator of a review, or as an admin (`is_admin`), they have buttons that decide
    whether a message that may not have been posted was.
    """
    heading = Heading(words.raw("cadence.ledger_heading"))
    title = words.raw("cadence.ledger_title", counts=Counter(line.state for line in lines).most_common())
    if not lines:
        return Page(title, (heading, Text(words.say("cadence.ledger_nothing"))), key="ledger")
    items: list[Item] = [heading, Rows(tuple(text for line in lines for text in _ledger_line(line, words, zone, now)))]
    decidable = [line for line in lines if line.letter_id and (is_admin or decider == line.facilitator)]
    for line in decidable[:DECISIONS_SHOWN]:
        items += [
            Text(words.say("cadence.ledger_unsure", line=line, zone=zone, today=local_date(now, zone))),
            Buttons(tuple(labelled(words, each, str(line.letter_id)) for each in ("letter.again", "letter.there"))),
        ]
    past = [line for line in lines if line.due_at <= now]
    newest = max(past, key=lambda line: line.due_at, default=None)
    if newest is not None and newest.state is LedgerState.MISSED:
        items += [Note(words.say("cadence.ledger_missed")), Buttons((labelled(words, "review.now"),))]
    return Page(title, tuple(items), key="ledger")


def _ledger_line(line: LedgerLine, words: Words, zone: str, now: datetime) -> tuple[str, ...]:
    """The lines of one post, with the minutes by which it was late; 0 for one that is not done."""
    late_minutes = round((line.done_at - line.due_at).total_seconds() / 60) if line.done_at else 0
    return words.lines("cadence.ledger_line", line=line, zone=zone, today=local_date(now, zone), late=late_minutes)


# The addresses that the executive review is mailed to, for admins.

ADD, CODE, REMOVE, AGAIN = "mail.add", "mail.code", "mail.remove", "mail.again"
TROUBLES_SHOWN = 10


def mail_page(facts: MailFacts, words: Words, *, has_server: bool, zone: str, today: date) -> Page:
    """Each address with its button, the mails that did not arrive, and the button that adds an address."""
    confirmed = sum(each.confirmed_at is not None for each in facts.addresses)
    items: list[Item] = [Heading(words.raw("notices.mail_heading"))]
    items += [] if has_server else [Text(words.say("notices.mail_no_server"))]
    no_address = Text(words.say("notices.mail_no_address"))
    items += [_mail_line(each, words, zone, today) for each in facts.addresses] or [no_address]
    for each in facts.troubles[:TROUBLES_SHOWN]:
        month = date.fromisoformat(f"{each.month}-01") if each.month else None
        trouble = words.say("notices.mail_trouble", each=each, month=month, zone=zone, today=today)
        items.append(Line(trouble, labelled(words, AGAIN, str(each.id))))
    items += [Note(words.say("notices.mail_about")), Buttons((labelled(words, ADD, style="primary"),))]
    title = words.raw("notices.mail_title", count=confirmed, waiting=len(facts.addresses) - confirmed)
    return Page(title, tuple(items), key="mail")


def _mail_line(each: MailAddressFacts, words: Words, zone: str, today: date) -> Line:
    """An address with its button to remove it; before it, until the address is confirmed, the one to enter its code."""
    sentence = words.say("notices.mail_address", each=each, zone=zone, today=today)
    asked = Confirm("Remove the address?", f"Nothing is mailed to {each.address} any more.", "Remove", "Keep it")
    remove = labelled(words, REMOVE, each.address, confirm=asked)
    return (
        Line(sentence, remove) if each.confirmed_at else Line(sentence, labelled(words, CODE, each.address), (remove,))
    )


# The buttons below a page of the program that send it as a file.

AS_HTML, AS_CSV = "report.html", "report.csv"


def file_buttons(words: Words, kind: ReportKind, month: str) -> tuple[Button, ...]:
    """The buttons that send the page of this month, `2026-10`, or of the month up to a day, `2026-10-15`."""
    return tuple(labelled(words, action, f"{kind.value} {month}") for action in (AS_HTML, AS_CSV))


# The program's settings with their values and defaults, and what was changed of them.


@dataclass(frozen=True, slots=True)
class SettingChange:
    setting: Setting
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A setting's current value and its origin, its default, and the value calibrated from a number of stays."""

    value: str
    default: str
    origin: LimitFrom
    calibrated: str = ""
    stays: int = 0


def settings_page(settings: ProgramSettings, words: Words, *, can_edit: bool, word: str = "") -> Page:
    """One line for each group with what counts most in it; or the settings that a word means, with their defaults.

    `settings`: those in force. `can_edit`: gives each group a button to change it; others see it whole by theirs.
    `word`: what the names of the settings shown begin with; '' for the groups.
    """
    own = dict(settings.own)
    found = meant_by(word)
    title = words.raw("settings.title", count=len(found), own=sum(setting.key in own for setting in found))
    items: list[Item] = [Heading(words.raw("settings.heading"))]
    if not word.strip():
        items += _overview(settings, words, can_edit=can_edit)
        return Page(title, (*items, Note(words.say("settings.overview_note", can_edit=can_edit))), key="settings")
    if not found:
        values = {"word": shortened(word, SHOWN_CHARACTERS), "groups": GROUPS.values()}
        # plays are no settings: the sentence then says where they are
        means_plays = any(each.startswith("play") for each in word.casefold().split())
        items.append(Text(words.say("settings.nothing", **values, means_plays=means_plays)))
    for group, members in groupby(found, key=lambda setting: setting.group):
        items += _group(group, list(members), settings, words, can_edit=can_edit)
    if found:
        calibrated_on = settings.calibration.on if settings.calibration.limits else None
        calibrated = day_text(calibrated_on) if calibrated_on and settings.value(CALIBRATION) == "on" else ""
        items.append(Note(words.say("settings.note", can_edit=can_edit, calibrated_on=calibrated)))
    return Page(title, tuple(items), key="settings")


def _overview(settings: ProgramSettings, words: Words, *, can_edit: bool) -> Iterator[Line]:
    """A line for each group: the values that say most of it, and how many of all are the team's own."""
    values = {key: written(setting, settings.value(key)) for key, setting in SETTINGS.items()}
    for group, name in GROUPS.items():
        own = sum(SETTINGS[key].group == group for key, _ in settings.own)
        line = words.say("settings.overview", group=group, name=name, own=own, said=values)
        yield Line(line, labelled(words, "settings.edit" if can_edit else "settings.show", group))


def settings_saved_page(changes: Sequence[SettingChange], words: Words) -> Page:
    lines = [
        words.say(
            "settings.changed",
            group=GROUPS[change.setting.group],
            label=change.setting.label,
            before=written(change.setting, change.before),
            after=written(change.setting, change.after),
        )
        for change in changes
    ]
    sentence = Rows(tuple(lines)) if lines else Text(words.say("settings.unchanged"))
    note = (Note(words.say("settings.counts_from")),) if lines else ()
    return Page(words.raw("settings.saved", count=len(lines)), (sentence, *note), key="settings_saved")


def _group(
    group: str, members: Sequence[Setting], settings: ProgramSettings, words: Words, *, can_edit: bool
) -> Iterator[Item]:
    """The group's name with the number of the team's own values, and its settings, those of a family in one line."""
    own = sum(setting.key in dict(settings.own) for setting in members)
    label = words.say("settings.group", group=GROUPS[group], count=len(members), own=own)
    yield Line(label, labelled(words, "settings.edit", group)) if can_edit else Text(label)
    families = groupby(members, key=lambda setting: setting.key.rpartition(".")[0])
    lines = (line for family, same_family in families for line in _lines(family, list(same_family), settings, words))
    yield Rows(tuple(lines))


def _lines(family: str, members: Sequence[Setting], settings: ProgramSettings, words: Words) -> Iterator[str]:
    """A line for each setting; settings that differ only by stage share one (`family` is their key without it)."""
    # only a family of settings by stage, such as `tier.1.aged`, has two dots
    if family.count(".") < 2 or len(members) == 1:
        yield from (words.say("settings.line", label=each.label, one=_value_of(each, settings)) for each in members)
        return
    # the words with which all labels begin name the line: `stall limit` of `stall limit target`, `stall limit mql`
    columns = zip(*(setting.label.split() for setting in members), strict=False)
    label = " ".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns))
    pairs = tuple((setting.label.removeprefix(label).strip(), _value_of(setting, settings)) for setting in members)
    yield words.say("settings.family", label=label, said=pairs)


def _value_of(setting: Setting, settings: ProgramSettings) -> SettingValue:
    calibrated = settings.calibration.of_key(setting.key)
    return SettingValue(
        value=written(setting, settings.value(setting.key)),
        default=written(setting, setting.default),
        origin=settings.origin(setting.key),
        calibrated=written(setting, calibrated.days) if calibrated else "",
        stays=calibrated.stays if calibrated else 0,
    )


# Checklist for admins: what is not set up yet, each line with the button that does it.

SETUP_NAMES_SHOWN = 3
"""Accounts without an owner that are named."""

ACTIONS = {
    SetupStep.PERMISSIONS: "menu.health",
    SetupStep.ADMINS: "abm.people",
    SetupStep.IMPORT: "menu.import",
    SetupStep.NAMED: "menu.nominate",
    SetupStep.OWNERS: "setup.owner",
    SetupStep.PEOPLE: "abm.people",
    SetupStep.FUNCTIONS: "abm.people",
    SetupStep.LEADS: "abm.people",
    SetupStep.CADENCE: "menu.review",
}
"""The button that does each step, or says how."""


def setup_lines(facts: SetupFacts, words: Words) -> tuple[Item, ...]:
    """The open steps, each with its button and, where it may be left out, one for that; nothing without such a step."""
    steps = open_steps(facts)
    if not steps:
        return ()
    heading = Text(words.say("settings.setup_heading", count=len(steps), of=len(SetupStep)))
    lines = []
    for step in steps:
        # the button asks for the owner of the first account without one
        value = str(facts.ownerless[0].account_id) if step is SetupStep.OWNERS else ""
        leave_out = (labelled(words, "setup.leave_out", step.value),) if step in MAY_BE_LEFT_OUT else ()
        sentence = words.say(f"settings.setup_{step}", facts=facts, most=SETUP_NAMES_SHOWN)
        lines.append(Line(sentence, labelled(words, ACTIONS[step], value), leave_out))
    return (heading, *lines)


# Notices of trouble: a channel that cannot be posted in, or a failure of our own.

UNNAMED = "unnamed"
"""The permission that is lacking when Slack does not say which."""
NAMES_SHOWN = 25
"""Accounts of each kind that are named of somebody who is deactivated."""


def lacking_page(permission: str, words: Words) -> Page:
    """Tells admins that the app lacks a Slack permission it needs, and what to do.

    `permission` is a scope or several separated by commas, any of which would do, or UNNAMED.
    """
    scopes = [] if permission == UNNAMED else [scope.strip() for scope in permission.split(",")]
    return sentence_page(words.say("trouble.lacking", scopes=scopes))


def deactivated_page(left: LeftBehind, words: Words) -> Page:
    """That somebody is deactivated in Slack, what they left behind, and how to give it to others."""
    lines = words.lines("trouble.left_behind", left=left, most=NAMES_SHOWN)
    label = Text(words.say("trouble.deactivated", user_id=left.user_id))
    title = words.raw("trouble.deactivated_title", name=left.name)
    return Page(title, (label, Rows(lines)), key=f"deactivated-{left.user_id}")


def failure_page(reference: str, words: Words, database: str = "") -> Page:
    """That something broke on our side and whether anything was recorded, with the reference that the log has too.

    `database` is a `DatabaseProblem` of storage when the database is what failed; empty for any other failure.
    """
    if database:
        return sentence_page(words.say("trouble.database", trouble=str(database), reference=reference))
    return sentence_page(words.say("trouble.failed", reference=reference))


# Feedback on answers, and what admins see and teach of what was not answered as it was meant.

SEND, TEACH = "wording.send", "wording.teach"
VALUE_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class SentWording:
    """Words of a question that were sent, how often, and when last."""

    text: str
    count: int
    sent_at: datetime


def send_page(text: str, words: Words) -> Page:
    """Ask whether the admins may see the words of the question."""
    sentence = words.say("answers.ask", text=text)
    send = labelled(words, SEND, one_line(text)[:VALUE_CHARACTERS])
    return Page(read(sentence), (Text(sentence), Buttons((send,))), "wording")


def wordings_page(sent: Sequence[SentWording], taught: Sequence[str], words: Words, *, zone: str, today: date) -> Page:
    """What was sent, each with a button to teach a word of it, and the words taught."""
    title = words.raw("answers.title", count=len(sent))
    lines = tuple(
        Line(words.say("answers.sent", each=each, zone=zone, today=today), _teach(each.text, words)) for each in sent
    )
    known = (Rows(tuple(words.say("answers.taught", word=each) for each in taught)),) if taught else ()
    first = Text(words.say("answers.first", has_any=bool(sent)))
    note = Note(words.say("answers.note"))
    return Page(title, (Heading(title), first, *lines, *known, note, Buttons((_teach("", words),))), "wordings")


def taught_page(word: str, means: str, words: Words) -> Page:
    sentence = words.say("answers.now_means", word=word, means=means)
    return Page(read(sentence), (Text(sentence),), "taught")


def _teach(text: str, words: Words) -> Button:
    """The button to teach a word of this question, or any word where `text` is ''."""
    return labelled(words, TEACH, shortened(one_line(text), VALUE_CHARACTERS))
