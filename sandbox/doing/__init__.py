"""What people do, one file for each kind of act; ``sandbox.acts`` is the way in."""
