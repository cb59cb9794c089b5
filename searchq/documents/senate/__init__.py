"""The Senate: every layout of its pages to drafts, and drafts assembled to records."""
