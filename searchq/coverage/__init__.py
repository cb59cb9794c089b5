"""What is here of what there is: the questions of an index against the ledgers of the archives it was made from.

ledger ──(fetching)──> CoverageSummary ──┐
rejections, archives of the Chamber ─────┴─(indexing)──> Kept, state of the index ──┐
numbers and answers of the index ───────────────────────────────────────────────────┴──> Coverage
"""
