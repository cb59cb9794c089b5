"""Backups of an embedded index, as rooms above this engine make and restore them."""

from searchq.index.write.copies import Copied, Restamp, Tell, backup, restore

__all__ = ["Copied", "Restamp", "Tell", "backup", "restore"]
