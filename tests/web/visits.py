"""The page on a real port, and an eye on what goes wrong in a browser that visits it."""

import threading
from typing import Any

from searchq.api import Index
from searchq.web import create_app
from searchq.web.server import serve_application


class Served:
    """The page on a real port, in a thread of this process."""

    def __init__(self, index: Index, **options: Any) -> None:
        self.server = serve_application(create_app(index, **options), "127.0.0.1", 0, 4)
        self.address = f"http://127.0.0.1:{self.server.effective_port}"
        self._thread = threading.Thread(target=self.server.run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.server.task_dispatcher.shutdown()
        self.server.close()
        self._thread.join(5)


def watch(tab: Any, wrong: list[str]) -> None:
    """Collects dialogs, script errors and refusals by the policy."""

    def dialog(one: Any) -> None:
        wrong.append(f"dialog: {one.message}")
        one.dismiss()

    tab.on("dialog", dialog)
    tab.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    tab.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
