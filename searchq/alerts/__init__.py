"""Alerts: who wants to be told of what, what there is to tell, and how it is sent, nothing twice and nothing lost."""
