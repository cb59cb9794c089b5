"""The command line: each command reads its input, calls one use case of `searchq.api`, and renders the answer."""
