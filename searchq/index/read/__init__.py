"""Opening and reading an index: segments, snapshots, postings, columns."""
