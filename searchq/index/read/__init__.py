"""Opens and reads an index: segments, snapshots, postings, columns."""
