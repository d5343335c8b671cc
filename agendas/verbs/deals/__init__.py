"""Deals of the CRM: the stages that they imply, confirmed by people."""
