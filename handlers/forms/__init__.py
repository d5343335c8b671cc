"""The kit for forms: fields, parsers, origin, drafts, merged edits, opening and submitting."""
