"""Stored records: every question kept whole."""
