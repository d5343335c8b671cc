"""Messages about to be sent: composed, expired, confirmed."""
