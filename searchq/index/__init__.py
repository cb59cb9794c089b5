"""The index: flat arrays in memory-mapped files; written by batches, read through snapshots. It knows no queries.

`docs/engine.md` draws the format and tells why each choice was made.
"""
