"""Things that answers find: each with its account, and the filters by which they are looked for."""
