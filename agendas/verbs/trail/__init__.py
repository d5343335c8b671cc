"""The audit trail: entries noted, and the page that reads them."""
