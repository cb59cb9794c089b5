"""The embedded engine: everything that touches arrays between a request and its answer."""
