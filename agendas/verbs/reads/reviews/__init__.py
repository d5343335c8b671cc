"""Look-ups about reviews: one review, the open ones, and what was posted for them."""
