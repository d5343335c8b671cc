"""Contacts in CRM exports."""
