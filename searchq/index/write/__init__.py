"""Writes an index: questions to batches, batches to segments, segments merged; all or nothing."""
