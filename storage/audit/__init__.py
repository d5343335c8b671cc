"""The audit trail: its entries, and the page that reads them together with the history of accounts."""
