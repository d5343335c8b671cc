"""Follow-ups: texts that stand on the answer before them, completed to a query of their own."""
