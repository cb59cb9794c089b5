"""The index: flat arrays in memory-mapped files, written in batches and read through snapshots. It runs no queries.

`docs/engine.md` describes the format and explains each choice.
"""
