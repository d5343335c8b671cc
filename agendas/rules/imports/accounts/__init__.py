"""Accounts in CRM exports."""
