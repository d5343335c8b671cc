"""Rights of people, permissions of the app, reasons for not delivering."""
