"""How the sandbox brings commands, clicks and events to the app: by Socket Mode or by signed HTTP."""
