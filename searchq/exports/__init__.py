"""Questions as files for other programs: CSV, JSON, Parquet and spreadsheets, and references to cite them by."""
