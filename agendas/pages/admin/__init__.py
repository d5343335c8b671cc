"""Pages for those who run the program: settings, people, health, ledger, help, refusals."""
