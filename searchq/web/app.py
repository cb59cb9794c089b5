"""The application: one table of routes, and the same steps for every request.

    host -> method -> URL length -> file or route -> index -> visitor's cache valid? -> response cache
         -> semaphore -> view -> headers, gzip, log

Each step may answer the request. Every response, errors included, takes the same way out and has the same headers. A
view is a function from `Context` to `PageResponse`; it may raise any SearchqError.
"""

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from werkzeug.exceptions import RequestedRangeNotSatisfiable, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Request

from searchq.alerts.signup import SignUp
from searchq.api import Index
from searchq.bulk import BulkBusy
from searchq.errors import IndexFault, OutOfTime, QuestionNotFound, RequestError
from searchq.limits import MAX_QUERY_CHARACTERS, MAX_URL_CHARACTERS
from searchq.numbers import NUMBER
from searchq.query.hints import OUT_OF_TIME
from searchq.web import (
    access_log,
    coverage_pages,
    feeds,
    follow,
    help_page,
    http_validators,
    metrics,
    openapi,
    pages,
    problem_pages,
    question_pages,
    refusals,
    security,
    services,
    statistics_pages,
    texts,
)
from searchq.web.assets import ASSETS
from searchq.web.compression import compress, wants_gzip
from searchq.web.context import Context, NotHere, PageResponse, redirect
from searchq.web.entity_pages import entity
from searchq.web.errors_page import error_answer
from searchq.web.export_slots import ExportSlot, ExportSlots, NoExportSlot
from searchq.web.fair_semaphore import FairSemaphore, TooBusy
from searchq.web.formats import begun
from searchq.web.index_holder import IndexHolder, open_index
from searchq.web.links import ENTITIES
from searchq.web.mount import Mount, mounted, site_and_prefix, split_language, split_path, url, with_language
from searchq.web.parameters import AddressError
from searchq.web.request_kinds import kind_of
from searchq.web.response_cache import ResponseCache
from searchq.web.translations import gettext as _
from searchq.web.visitors import visitor_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["ROUTES", "Application", "create_app"]

View = Callable[[Context], PageResponse]

_NUMBER: Final = f"({NUMBER})"

ROUTES: Final[tuple[tuple[re.Pattern[str], View], ...]] = tuple(
    (re.compile(pattern), view)
    for pattern, view in (
        (r"/", pages.search),
        (rf"/vraag/{_NUMBER}", question_pages.question),
        (rf"/vraag/{_NUMBER}\.json", question_pages.as_json),
        (rf"/vraag/{_NUMBER}\.txt", question_pages.as_text),
        (rf"/vraag/{_NUMBER}\.atom", feeds.of_question),
        (rf"/vraag/{_NUMBER}\.bib", question_pages.as_bibtex),
        (rf"/vraag/{_NUMBER}\.ris", question_pages.as_ris),
        (rf"/vraag/{_NUMBER}\.csl\.json", question_pages.as_csl_json),
        (rf"/vraag/{_NUMBER}/naast-elkaar", question_pages.side_by_side),
        (rf"/vraag/(.{{1,{MAX_QUERY_CHARACTERS}}})", question_pages.named),
        (r"/filter/([a-z_]{1,20})", pages.all_values),
        (rf"/((?:{'|'.join(ENTITIES)})/[^/]{{1,{MAX_QUERY_CHARACTERS}}})", entity),
        (r"/hulp", help_page.help_page),
        (r"/statistiek", statistics_pages.statistics),
        (r"/problemen", problem_pages.problems),
        (coverage_pages.PATH, coverage_pages.coverage),
        (r"/suggesties", services.suggestions),
        (r"/opensearch\.xml", services.opensearch),
        (r"/robots\.txt", services.robots),
        (r"/sitemap\.xml", services.sitemap),
        (r"/sitemap-([0-9]{1,4})\.xml", services.sitemap_part),
        (r"/export\.jsonl\.gz", services.bulk),
        (r"/record\.schema\.json", services.record_schema),
        (r"/gezondheid", services.health),
        (r"/openapi\.json", openapi.description),
    )
)

MAX_PIECE_WAIT_SECONDS: Final = 60.0  # for the next turn of an export; it breaks off then
_METHODS: Final = ("GET", "HEAD")
_LOG: Final = logging.getLogger("searchq.web")


def create_app(
    index: Index | str | Path,
    *,
    hosts: Collection[str] = (),
    site: str | None = None,
    prefix: str | None = None,
    trust_proxy: int = 0,
    today: Callable[[], dt.date] = dt.date.today,
    sign_up: SignUp | None = None,
) -> "WSGIApplication":
    """Create the search page for an opened index or an index directory.

    `hosts`: allowed host names; empty allows any. `site`: the public address ("https://vragen.example/vragen"), for the
    few absolute URLs; defaults to the request's own. `prefix`: where the page stands on its host ("/vragen"); defaults
    to the path of `site`. `trust_proxy`: how many proxies stand in front, whose `X-Forwarded-*` headers are believed.
    `today` says what `gisteren` is told from. With `sign_up`, visitors can follow a search by mail.
    Raises RequestError for a site or prefix that is no address.
    """
    opener = partial(open_index, index) if isinstance(index, str | Path) else lambda: index
    origin, prefix = site_and_prefix(site, prefix)
    application = Application(
        IndexHolder(opener), hosts=hosts, site=origin, prefix=prefix, today=today, sign_up=sign_up
    )
    if not trust_proxy:
        return application
    return ProxyFix(
        application, x_for=trust_proxy, x_proto=trust_proxy, x_host=trust_proxy, x_port=0, x_prefix=trust_proxy
    )


class Application:
    """A thread-safe WSGI application."""

    def __init__(
        self,
        holder: IndexHolder,
        *,
        hosts: Collection[str] = (),
        site: str | None = None,
        prefix: str = "",
        today: Callable[[], dt.date] = dt.date.today,
        sign_up: SignUp | None = None,
    ) -> None:
        self._holder = holder
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._site = site
        self._prefix = prefix
        self._today = today
        self._sign_up = sign_up
        self._cache = ResponseCache()
        self._semaphore = FairSemaphore()
        self._exports = ExportSlots()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started = time.perf_counter()
        prefix, path = split_path(environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", ""), self._prefix)
        language, path = split_language(path)
        request = Request({**environ, "SCRIPT_NAME": prefix, "PATH_INFO": path}, populate_request=False)
        with mounted(Mount(prefix, language, self._origin(request), _address(request))):
            answer = self._answer(request)
        compress(request, answer)
        security.guard(answer.headers)
        size = None if answer.is_streamed else len(answer.get_data())
        query = "" if request.path in follow.PATHS else request.query_string.decode("utf-8", "replace")  # no keys
        seconds = time.perf_counter() - started
        path = with_language(language, request.path)
        access_log.record(request.method, path, query, answer.status_code, seconds, size, answer.results)
        _count(request, answer, seconds)
        return answer(environ, start_response)

    def _answer(self, request: Request) -> PageResponse:
        """The response, or the error page."""
        try:
            with refusals.counted():
                return self._dispatch(request)
        except QuestionNotFound:
            number = re.search(NUMBER, request.path)
            return error_answer(request, 404, number=number[0] if number else None)
        except NotHere as error:
            return error_answer(request, 404, str(error))
        except AddressError as error:
            return error_answer(request, 400, str(error))
        except OutOfTime:
            return error_answer(request, 400, texts.hint(OUT_OF_TIME))
        except RequestedRangeNotSatisfiable:
            return error_answer(request, 416)
        except BulkBusy:
            return error_answer(request, 503, _(texts.BULK_BUSY))
        except NoExportSlot:
            return error_answer(request, 503, _(texts.EXPORTS_BUSY))
        except TooBusy:
            return error_answer(request, 503, _(texts.TOO_BUSY))
        except (RequestError, SecurityError):
            return error_answer(request, 400)
        except IndexFault as fault:
            _LOG.warning("%s", fault)
            return error_answer(request, 503)
        except Exception:
            _LOG.exception("a request failed: %s", request.path)
            return error_answer(request, 500)

    def _dispatch(self, request: Request) -> PageResponse:
        if refusal := self._refusal(request):
            return refusal
        if not request.environ["PATH_INFO"]:  # the prefix without its slash
            query = request.query_string.decode("latin-1")
            return redirect(url("/") + (f"?{query}" if query else ""))
        if asset := ASSETS.get(request.path):
            return _asset_answer(request, asset.path)
        if self._sign_up:
            self._sign_up.tidy()
        if request.path in follow.PATHS:
            return self._on_index(lambda index: follow.followed(request, self._context(request, index), self._sign_up))
        view, argument = _route(request.path)
        return self._on_index(lambda index: self._view(request, view, self._context(request, index, argument)))

    def _on_index(self, answer: Callable[[Index], PageResponse]) -> PageResponse:
        """The answer from the index, which is opened anew if it cannot be read."""
        index = self._holder.index()
        try:
            return answer(index)
        except IndexFault:
            self._holder.doubt(index)
            raise

    def _refusal(self, request: Request) -> PageResponse | None:
        if not security.host_allowed(security.host_of(request.environ), self._hosts):
            return error_answer(request, 400, _("Deze site luistert niet naar die naam."))
        if request.method not in _METHODS and not self._takes_form(request):
            return error_answer(request, 405)
        if len(request.query_string) + len(request.path) > MAX_URL_CHARACTERS:
            return error_answer(request, 414)
        return None

    def _takes_form(self, request: Request) -> bool:
        return self._sign_up is not None and request.method == "POST" and request.path in follow.PATHS

    def _origin(self, request: Request) -> str:
        return self._site or f"{request.scheme}://{security.host_of(request.environ)}"

    def _context(self, request: Request, index: Index, argument: str = "") -> Context:
        query = request.query_string.decode("utf-8", "replace")
        generation = index.generation
        known = http_validators.known_day(index, generation)
        slot = ExportSlot(self._exports, visitor_of(request.remote_addr or ""))
        return Context(index, argument, query, self._origin(request), known, self._today(), generation, slot)

    def _view(self, request: Request, view: View, context: Context) -> PageResponse:
        index, query = context.index, context.query
        day = context.today if query else None  # a search may ask for days told from today
        etag = http_validators.tag(index, context.generation, f"{context.site}{url(request.path)}?{query}\n{day or ''}")
        changed = http_validators.changed(index, context.generation, day)
        if http_validators.is_current(request, etag):
            return _not_modified(etag, changed)
        key = f"{etag} {'packed' if wants_gzip(request) else 'plain'}"
        if kept := self._cache.answer(key):
            return _not_modified(etag, changed) if http_validators.is_existing_current(request, changed) else kept
        visitor = visitor_of(request.remote_addr or "")
        with context.export_slot.kept_by_streams() as keep:
            with metrics.in_stages(), self._semaphore.turn(visitor):
                answer = view(context)
            if answer.is_streamed and not answer.direct_passthrough:
                pieces = self._in_turns(visitor, answer.iter_encoded())
                answer.response = pieces if request.method == "HEAD" else begun(pieces)
            if answer.status_code == 200:
                http_validators.label(answer, etag, changed, weak=answer.file_bytes is None)
                compress(request, answer)
                self._cache.keep(key, answer)
            if answer.file_bytes is not None:
                environ = {key: value for key, value in request.environ.items() if key != "HTTP_IF_MODIFIED_SINCE"}
                answer.make_conditional(environ, accept_ranges=True, complete_length=answer.file_bytes)
            if answer.status_code != 200 or not http_validators.is_existing_current(request, changed):
                keep(answer)
                return answer
        answer.close()
        return _not_modified(etag, changed, weak=answer.file_bytes is None)

    def _in_turns(self, visitor: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces of a stream, each made when it is this visitor's turn, after searches."""
        while True:
            with refusals.counted(), self._semaphore.turn(visitor, long=True, max_wait=MAX_PIECE_WAIT_SECONDS):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece


def _count(request: Request, answer: PageResponse, seconds: float) -> None:
    kind = kind_of(request.path, request.query_string)
    metrics.REQUESTS.add(kind, str(answer.status_code))
    metrics.DURATION.observe(seconds, kind)
    if answer.results == 0:
        metrics.EMPTY.add()


def _not_modified(etag: str, changed: dt.datetime, *, weak: bool = True) -> PageResponse:
    answer = PageResponse(b"", "text/html", 304)
    http_validators.label(answer, etag, changed, weak=weak)
    return answer


def _address(request: Request) -> str:
    """The address of a request in every language; that of the start page if it is too long to be answered."""
    query = request.query_string.decode("utf-8", "replace")
    address = quote(request.path, safe="/:@!$&'()*+,;=~", errors="replace") + (f"?{query}" if query else "")
    return address if len(address) <= 3 * MAX_URL_CHARACTERS else "/"


def _route(path: str) -> tuple[View, str]:
    for pattern, view in ROUTES:
        if found := pattern.fullmatch(path):
            return view, found[1] if pattern.groups else ""
    raise NotHere("")


def _asset_answer(request: Request, path: str) -> PageResponse:
    asset = ASSETS[path]
    answer = PageResponse(asset.body, asset.type)
    if wants_gzip(request):
        answer.set_data(asset.gzipped)
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = http_validators.STATIC
    return answer
