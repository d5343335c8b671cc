"""What people and the schedule do: each verb reads, decides by rules and writes, in one transaction."""
