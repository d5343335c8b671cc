"""How people write: names of accounts, dates, evidence, vocabulary, limits."""
