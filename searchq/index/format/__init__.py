"""The on-disk format: arrays in mapped files, compact number encodings, and the manifest that lists the files."""
