"""From the network to archives on disk, politely: the ledger of what was asked, WARC files, the Chamber's zips.

    senate ─┐            ┌─ robots, transport        one request at a time
            ├─ session ──┤
    chamber ┘            └─ ledger ── coverage       what is here, what is missing and why
        └─ verdict, absence                          what a page turned out to be
        └─ recorder, warc                            what is kept of it

Importing `transport` (or `session`, `senate`, `chamber`) needs the extra `fetch`; the ledger and coverage do not.
"""
