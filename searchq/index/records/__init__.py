"""Stored records: every complete question."""
