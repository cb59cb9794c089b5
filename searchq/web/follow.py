"""Following a search: its feed, and, where the operator has switched mail on, a form that subscribes.

    /volgen?q=…                 the feed and the form         POST: a mail asks to confirm
    /volgen/bevestigen?sleutel  a button                      POST: the subscription begins
    /volgen/opzeggen?sleutel    a button                      POST: it ends

Nothing else on the site accepts a POST. It must come from a page of the site, or be the one click of a mail program
(RFC 8058). A GET changes nothing, since scanners of mail follow links.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from msgspec import Struct
from msgspec.structs import replace
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from searchq.alerts.keys import Purpose
from searchq.alerts.places import ENVIRONMENT, alerts_file
from searchq.alerts.run import Clock, stamp
from searchq.alerts.settings import mail_settings, missing
from searchq.alerts.signup import SignUp, TooManySignUps
from searchq.alerts.subscription import KINDS, Subscription, mail_address, search_of
from searchq.errors import AlertError
from searchq.limits import MAX_MAIL_ADDRESS, MAX_SIGNUP_BYTES
from searchq.query.request import Request as Search
from searchq.web import links
from searchq.web.context import Context, NotHere, PageResponse, html
from searchq.web.errors_page import error_answer
from searchq.web.formats import single
from searchq.web.houses import houses_in
from searchq.web.letters import CONFIRM, FOLLOW, REMOVE, LetterWriter, watched
from searchq.web.mount import language, url
from searchq.web.parameters import parse, query_string
from searchq.web.security import host_of, is_same_origin
from searchq.web.translations import gettext as _

__all__ = ["PATHS", "follow_path", "followed", "sign_up_of"]

PATHS: Final = (FOLLOW, CONFIRM, REMOVE)

_ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")


class Visit(Struct, frozen=True):
    """One request for a page of following; without `sign_up`, mail is off."""

    request: Request
    context: Context
    sign_up: SignUp | None


def sign_up_of(environ: Mapping[str, str], index: str | Path, clock: Clock) -> SignUp | None:
    """What visitors may subscribe with; None unless every setting of mail is there. Raises AlertError."""
    if missing(environ):
        return None
    return SignUp(alerts_file(str(index), environ.get(ENVIRONMENT)), mail_settings(environ), clock)


def follow_path(search: Search) -> str:
    """The address at which a search can be followed."""
    query = query_string(search_of(search))
    return url(f"{FOLLOW}?{query}" if query else FOLLOW)


def followed(request: Request, context: Context, sign_up: SignUp | None) -> PageResponse:
    """The answer to a request for one of PATHS."""
    visit, is_post = Visit(request, context, sign_up), request.method == "POST"
    request.max_content_length = request.max_form_memory_size = MAX_SIGNUP_BYTES
    try:
        answer = (
            error_answer(request, 403) if is_post and not _is_from_here(visit) else _VIEWS[is_post, request.path](visit)
        )
    except RequestEntityTooLarge:
        answer = error_answer(request, 413)
    answer.headers["Cache-Control"] = "no-store"
    return answer


# --- the form


def _form(visit: Visit, problem: str | None = None, status: int = 200) -> PageResponse:
    """The feed and the form; after a problem with what was typed."""
    asked, form = _asked(visit), visit.request.form
    search = asked.search or Search()
    back = links.question_path(asked.number) if asked.number else links.search_path(search)
    feed = f"{back}.atom" if asked.number else links.search_path(search, format="atom")
    return _page(
        visit,
        "follow.html",
        status,
        watched=watched(asked),
        number=asked.number,
        back_path=back,
        feed=visit.context.site + feed,
        has_mail=visit.sign_up is not None,
        action=f"{url(FOLLOW)}?{visit.context.query}",
        address=form.get("mail", "")[:MAX_MAIL_ADDRESS],
        kinds=form.getlist("wanneer") if problem else KINDS,
        problem=problem,
        request=search,
    )


def _asked(visit: Visit) -> Subscription:
    """What the address of the form says is to be followed."""
    number = single(visit.context.query, "vraag")
    if number and not visit.context.index.held([number]):
        raise NotHere(_("Zo’n vraag is er niet."))
    search = search_of(parse(visit.context.query, visit.context.today).request)
    return Subscription(
        channel="mail",
        target="",
        search=None if number else search,
        number=number or None,
        kinds=("answered",) if number else KINDS,
        language=language(),
        state="waiting",
    )


def _ask(visit: Visit) -> PageResponse:
    """`POST /volgen`: keep what is asked until it is confirmed, and send a mail."""
    sign_up, form, asked = _switched_on(visit), visit.request.form, _asked(visit)
    kinds = asked.kinds if asked.number else tuple(kind for kind in KINDS if kind in form.getlist("wanneer"))
    try:
        address = mail_address(form.get("mail", ""))
    except AlertError:
        return _form(visit, _("Dat is geen e-mailadres; schrijf naam@voorbeeld.be."), 400)
    if not kinds:
        return _form(visit, _("Kies nieuwe vragen, nieuwe antwoorden of beide."), 400)
    wanted = replace(asked, target=address, kinds=kinds)
    try:
        sign_up.ask(_placed(wanted, visit), visit.request.remote_addr or "", _writer(visit, sign_up).confirmation)
    except TooManySignUps:
        return _form(visit, _("Dit werd te vaak gevraagd; probeer het later opnieuw."), 429)
    return _done(visit, "asked", asked)


def _placed(asked: Subscription, visit: Visit) -> Subscription:
    """What is in the index now is known."""
    index = visit.context.index
    return replace(asked, origin=index.origin, cursor=index.generation, created=stamp(_switched_on(visit).now()))


def _writer(visit: Visit, sign_up: SignUp) -> LetterWriter:
    return LetterWriter(sign_up.settings.site, sign_up.signer, visit.context.known)


# --- links of mails


def _button(purpose: Purpose, visit: Visit) -> PageResponse:
    """A GET of a link: what the button would do."""
    found = _switched_on(visit).find(purpose, _key(visit))
    if found is None:
        raise NotHere(_NO_LINK[purpose]())
    return _page(
        visit,
        "follow_link.html",
        200,
        purpose=purpose,
        watched=watched(found),
        key=_key(visit),
        action=url(_ACTIONS[purpose]),
    )


def _confirm(visit: Visit) -> PageResponse:
    found = _switched_on(visit).confirm(_key(visit))
    if found is None:
        raise NotHere(_NO_LINK["confirm"]())
    return _done(visit, "confirmed", found)


def _remove(visit: Visit) -> PageResponse:
    found = _switched_on(visit).remove(_key(visit))
    return _done(visit, "removed", found)


_ACTIONS: Final[Mapping[Purpose, str]] = {"confirm": CONFIRM, "remove": REMOVE}
_NO_LINK: Final[Mapping[Purpose, Callable[[], str]]] = {
    "confirm": lambda: _("Deze link is ouder dan twee dagen, of niet volledig. Vraag het opnieuw aan."),
    "remove": lambda: _("Hier wordt niets meer gevolgd: het is al opgezegd, of de link is niet volledig."),
}


def _key(visit: Visit) -> str:
    """The key of a link: in the address of a GET or of a click in a mail program, in the form of our own button."""
    return visit.request.form.get("sleutel") or parse_qs(visit.context.query).get("sleutel", [""])[-1]


# --- what all have in common


def _switched_on(visit: Visit) -> SignUp:
    if visit.sign_up is None:
        raise NotHere("")
    return visit.sign_up


def _is_from_here(visit: Visit) -> bool:
    """Whether a form was sent from a page of the site, or a mail program ends a subscription by one click."""
    request = visit.request
    if request.path == REMOVE and request.form.get(_ONE_CLICK[0]) == _ONE_CLICK[1]:
        return True
    return is_same_origin(request.headers, {visit.context.site, f"{request.scheme}://{host_of(request.environ)}"})


def _done(visit: Visit, what: str, subscription: Subscription | None) -> PageResponse:
    """What was done, in a sentence."""
    return _page(visit, "follow_done.html", 200, done=what, watched=watched(subscription) if subscription else None)


def _page(visit: Visit, template: str, status: int, **values: Any) -> PageResponse:
    return html(
        template,
        status,
        houses=houses_in(visit.context.index, visit.context.generation),
        **{"request": Search(), **values},
    )


_VIEWS: Final[Mapping[tuple[bool, str], Callable[[Visit], PageResponse]]] = {
    (False, FOLLOW): _form,
    (True, FOLLOW): _ask,
    (False, CONFIRM): partial(_button, "confirm"),
    (True, CONFIRM): _confirm,
    (False, REMOVE): partial(_button, "remove"),
    (True, REMOVE): _remove,
}
