"""Opportunities and their history in CRM exports."""
