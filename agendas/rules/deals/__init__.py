"""Deals: progress through stages, expansion, stalls, summary."""
