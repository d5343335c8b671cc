"""The question of an account's agenda: rules by which it is asked, most pressing first."""
