"""Remarks on the rows of an import of people."""

from collections.abc import Iterator, Mapping

from agendas.facts.group import ContactProfile
from agendas.rules.imports.people.plan import PlannedPerson


def person_reasons(row: PlannedPerson, _people: Mapping[str, str]) -> Iterator[str]:
    """Return the remarks on a person's row: why it is skipped, its changes, and values that were not understood."""
    if row.reason:
        yield row.reason
    elif row.after is not None:
        yield row.account_name
        was = dict(_fields(row.before)) if row.before else {}
        for name, said in _fields(row.after):
            if row.before is None and name != "name" and said not in ("", "unknown"):
                yield f"{name} {said}"
            elif row.before is not None and was[name] != said:
                yield f"{name} {was[name] or 'none'} → {said or 'none'}"
    yield from row.notes


def _fields(profile: ContactProfile) -> Iterator[tuple[str, str]]:
    yield "name", profile.name
    yield "title", profile.title
    yield "e-mail", profile.email
    yield "roles", ", ".join(role.value.replace("_", " ") for role in profile.roles)
    yield "suggested", ", ".join(role.value.replace("_", " ") for role in profile.suggested_roles)
    yield "support", profile.support.value.replace("_", " ")
    yield "contact", profile.depth.value.replace("_", " ")
    yield "last touch", f"{profile.touched_on:%d %b %Y}" if profile.touched_on else ""
    yield "left", f"{profile.left_on:%d %b %Y}" if profile.left_on else ""
    yield "CRM record", f"{profile.crm_system} {profile.crm_id}" if profile.crm_id else ""
