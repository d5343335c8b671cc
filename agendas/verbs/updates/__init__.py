"""Updates: what people report about an account."""
