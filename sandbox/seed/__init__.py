"""The sample program of the demo: an invented company, its people, its accounts and six months of their history."""
