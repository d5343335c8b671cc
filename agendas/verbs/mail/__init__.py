"""Pages by e-mail: the addresses that they go to, and the mails on their way."""
