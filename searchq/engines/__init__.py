"""The engines behind the port `searchq.engine`."""
