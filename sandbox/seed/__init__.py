"""The sample program of the demo: an invented company, its people, its accounts and ten weeks of their history."""
