"""A server that stands where a cluster should, and answers as a test says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GREETING = b'{"version": {"number": "3.9.0", "distribution": "opensearch"}}'
Answer = tuple[int, str | None, bytes]


@contextmanager
def answering(answer: Callable[[str], Answer]) -> Iterator[str]:
    """A server that answers a path so; its address."""

    class Handler(BaseHTTPRequestHandler):
        wbufsize = -1  # head and body in one

        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, kind, body = answer(self.path)
            self.send_response(status)
            if kind is not None:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        do_GET = do_POST = do_DELETE = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"opensearch+http://127.0.0.1:{server.server_address[1]}/q"
        server.shutdown()
        thread.join()
