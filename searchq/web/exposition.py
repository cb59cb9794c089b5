"""The numbers of all workers in Prometheus' text format, on a port of their own. Needs the extra `metrics`.

Besides what is counted (`metrics`): each worker's process, and the index as it is now on disk.
"""

import datetime as dt
import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, ProcessCollector, make_wsgi_app
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from searchq import __version__
from searchq.api import Index
from searchq.errors import IndexFault
from searchq.web import metrics
from searchq.web.index_holder import IndexHolder
from searchq.web.measures import BOARD, Board, Histogram, Measure

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["PATH", "metrics_app", "serve_metrics"]

PATH: Final = "/metrics"


def serve_metrics(sockets: Sequence[socket.socket], holder: IndexHolder) -> None:
    """Answer on listening sockets until the process ends."""
    application = metrics_app(holder)
    servers = [threading.Thread(target=_serve, args=(own, application), daemon=True) for own in sockets]
    for server in servers:
        server.start()
    for server in servers:
        server.join()


def _serve(own: socket.socket, application: "WSGIApplication") -> None:
    server = _Server(own.getsockname()[:2], _Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = own
    server.server_name, server.server_port = own.getsockname()[:2]
    server.setup_environ()
    server.set_app(application)
    server.serve_forever()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = 10  # seconds until a silent visitor is left

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing."""


def metrics_app(holder: IndexHolder, board: Board = BOARD) -> "WSGIApplication":
    """The application: the numbers at PATH, nothing elsewhere."""
    registry = CollectorRegistry()
    for collector in (_Counted(board), _Workers(), _IndexFacts(holder)):
        registry.register(collector)
    numbers: WSGIApplication = make_wsgi_app(registry)

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") == PATH:
            return numbers(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [f"The numbers are at {PATH}.\n".encode()]

    return application


class _Counted(Collector):
    """What the workers counted."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def collect(self) -> Iterator[Metric]:
        return (_family(measure) for measure in self._board.measures if measure is not metrics.WORKER)


def _family(measure: Measure) -> Metric:
    if isinstance(measure, Histogram):
        return _histogram(measure)
    make = CounterMetricFamily if measure.kind == "counter" else GaugeMetricFamily
    family = make(measure.name, measure.help, labels=measure.label_names)
    for labels, value in measure.totals():
        family.add_metric(labels, value)
    return family


def _histogram(measure: Histogram) -> Metric:
    family = HistogramMetricFamily(measure.name, measure.help, labels=measure.label_names)
    bounds = [*map(str, measure.bounds), "+Inf"]
    for labels, counts, total in measure.distributions():
        family.add_metric(labels, buckets=list(zip(bounds, counts, strict=True)), sum_value=total)
    return family


class _Workers(Collector):
    """Memory, processor time and open files of each worker, where the system tells them (Linux)."""

    def collect(self) -> Iterator[Metric]:
        found: dict[str, Metric] = {}
        for worker, pid in enumerate(metrics.WORKER.by_block()):
            if not pid:
                continue
            of_process = ProcessCollector(namespace="searchq", pid=partial(int, pid), registry=None)
            for family in of_process.collect():
                kept = found.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    kept.add_sample(sample.name, {"worker": str(worker)}, sample.value)
        return iter(found.values())


class _IndexFacts(Collector):
    """What the index holds now, whichever worker last looked."""

    def __init__(self, holder: IndexHolder) -> None:
        self._holder = holder

    def collect(self) -> Iterator[Metric]:
        told = self._told()
        yield InfoMetricFamily("searchq_build", "The version of searchq.", {"version": __version__})
        yield _gauge("readable", "Whether the index can be read.", float(bool(told)))
        if told:
            yield _gauge("generation", "The generation of the index.", told["generation"])
            yield _gauge("questions", "Questions in the index.", told["questions"])
            yield _gauge("built_timestamp_seconds", "When the index was last written.", _seconds(told["built"]))
        if told.get("known_date"):
            day = _seconds(f"{told['known_date']}T00:00:00+00:00")
            yield _gauge("known_day_timestamp_seconds", "The last day of which the index knows anything.", day)

    def _told(self) -> dict[str, Any]:
        index: Index | None = None
        try:
            index = self._holder.index()
            return index.info()
        except IndexFault:
            if index:
                self._holder.doubt(index)
            return {}


def _gauge(name: str, help: str, value: float) -> Metric:
    return GaugeMetricFamily(f"searchq_index_{name}", help, value)


def _seconds(moment: str) -> float:
    return dt.datetime.fromisoformat(moment).timestamp()
