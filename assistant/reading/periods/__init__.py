"""Periods in a text: which words are days, and the days that they mean for what happened and for what is to come."""
