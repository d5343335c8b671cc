"""`cadence import`: CSV files of a CRM, and exports of a whole workspace."""
