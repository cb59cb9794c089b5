"""Pages in every layout of known facts: a question is drawn, written as the site would print it, and remembered.

A page is a list of pieces, each with the field it shows, so that a test knows where every field ends: a page cut
between two pieces must give the fields before the cut and say nothing of those after it.
"""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from searchq import months
from searchq.question import Answer, ChronologyEntry, Event, Reference

RULE, WIDE_RULE, TWIN_RULE = "_" * 8, "_" * 16, "_" * 8 + " " + "_" * 8

NAMES = [
    "Cécile Deconinck",
    "Sabine de Béthune",
    "Björn Van den Brande",
    "Zoé Marchal",
    "Jean-Jacques D'Hondt",
    "Lore Maes",
    "Güler Demir",
    "Alain Du Bus de Warnave",
    "Anne-Marie Lizeau",
    "Joëlle Ó Briain",
]
PARTIES = [
    ("CD&V", "CD&V"),
    ("Onafhankelijke", "Indépendant"),
    ("Groen!", "Groen!"),
    ("PTB-GO!", "PTB-GO!"),
    ("Open Vld", "Open Vld"),
    ("sp.a", "sp.a"),
    ("CD&V N-VA", "CD&V N-VA"),
]
MINISTERS = [
    ("minister van Justitie", "ministre de la Justice"),
    ("eerste minister", "premier ministre"),
    ("vice-eersteminister en minister van Financiën", "vice-première ministre et ministre des Finances"),
    (
        "staatssecretaris voor Mobiliteit, toegevoegd aan de eerste minister",
        "secrétaire d'État à la Mobilité, adjoint au premier ministre",
    ),
    (
        "minister van Sociale Zaken en Volksgezondheid, belast met Maatschappelijke Integratie",
        "ministre des Affaires sociales et de la Santé publique, chargée de l'Intégration sociale",
    ),
    (
        "minister van KMO's, Zelfstandigen, Landbouw en Wetenschapsbeleid",
        "ministre des PME, des Indépendants, de l'Agriculture et de la Politique scientifique",
    ),
]
TITLES = [
    ("Gevangenissen", "Prisons"),
    ("E-sigaret", "Cigarette électronique"),
    ("Verbod op roken", "Interdiction de fumer"),
    ("Vreemdelingen in België", "Étrangers en Belgique"),
    ("Aantal slachtoffers", "Nombre de victimes"),
    ("Hulpverlening aan kinderen", "Aide aux enfants"),
    ("Overheidsdiensten", "Services publics"),
    ("Evaluatie van het beleid", "Évaluation de la politique"),
    ("Reïntegratie", "Réintégration"),
    ("Maatregelen", "Mesures"),
    ("Kosten van de treinen", "Coût des trains"),
]
KEYWORDS = [
    ("strafgevangenis", "établissement pénitentiaire"),
    ("tabaksverslaving", "tabagisme"),
    ("Raad van State (België)", "Conseil d'État (Belgique)"),
    ("kind", "enfant"),
    ("officiële statistiek", "statistique officielle"),
    ("reizigersvervoer", "transport de voyageurs"),
    ("geneesmiddel", "médicament"),
    ("vreemdeling", "ressortissant étranger"),
    ("sociale media", "médias sociaux"),
]
SENTENCES = [
    ("Hoeveel gedetineerden zijn er in de gevangenissen?", "Combien de détenus y a-t-il dans les prisons ?"),
    ("De minister heeft de maatregelen geëvalueerd.", "La ministre a évalué les mesures."),
    ("Het verbod kostte 1\xa0565 euro, zegt men.", "L'interdiction a coûté 1\xa0565 euros, dit-on."),
    (
        "Volgens een “officiële” enquête wachten de inwoners zeven weken.",
        "D'après une enquête « officielle », les habitants attendent sept semaines.",
    ),
    ("Welke maatregelen neemt de regering, en wanneer?", "Quelles mesures le gouvernement prend-il, et quand ?"),
    (
        "Ik verwijs naar het antwoord op vraag nr. 5-1235 van het geachte lid.",
        "Je renvoie à la réponse à la question n° 5-1235 de l'honorable membre.",
    ),
    (
        "Zo werden er in België 12 dossiers geopend, waarvan 3 in 2008.",
        "Ainsi, 12 dossiers ont été ouverts en Belgique, dont 3 en 2008.",
    ),
    (
        "Dat is vóór de zomer gebeurd, tenminste volgens mijn coördinator.",
        "Cela s'est passé avant l'été, du moins selon mon coordinateur.",
    ),
]
AWKWARD = [
    ("____", "____"),
    ("Vraag nr. 2 :", "Question n° 2 :"),
    ("Antwoord :", "Réponse :"),
    (" • eerste punt;", " • premier point ;"),
    ("1. Neen.", "1. Non."),
    ("aan de lezer", "au lecteur"),
    ("1/1/2008 was een dinsdag.", "1/1/2008 était un mardi."),
    ("Chronologie", "Chronologie"),
    ("a) Ja.", "a) Oui."),
    ("2) 50 % (2007) - 60 % (2008)", "2) 50 % (2007) - 60 % (2008)"),
    ("Ook gesteld aan : niemand.", "Aussi posée à : personne."),
]
EVENT_LABELS: dict[Event, tuple[str, str]] = {
    "sent": ("Verzending vraag", "Envoi question"),
    "reminder": ("Rappel", "Rappel"),
    "answered": ("Antwoord", "Réponse"),
    "supplementary-answer": ("Aanvullend antwoord", "Réponse complémentaire"),
    "closed": ("Dossier gesloten", "Dossier clôturé"),
    "not-published": ("Beslissing om niet te publiceren", "Décision de ne pas publier"),
    "end-of-legislature": ("Einde zittingsperiode", "Fin de la législature"),
    "requalified": ("Herkwalificatie", "Requalification"),
    "other": ("Nieuwe termijn toegestaan", "Nouveau délai accordé"),
}
KIND_LABELS = {
    "also-asked-to": ("Ook gesteld aan", "Aussi posée à"),
    "reintroduced-as": ("Heringediend als", "Réintroduite comme"),
    "reintroduction-of": ("Herindiening van", "Réintroduction de"),
    "requalification-of": ("Herkwalificatie van", "Requalification de"),
    "requalified-as": ("Geherkwalificeerd als", "Requalifiée en"),
}
TYPE_LABELS = {
    "written-question": ("schriftelijke vraag", "question écrite"),
    "request-for-explanation": ("vraag om uitleg", "demande d'explications"),
}
SPOKEN = {"nl": ("Nederlands", "néerlandais"), "fr": ("Frans", "français"), "de": ("Duits", "allemand")}
NL, FR = 0, 1
Pair = tuple[str, str]


@dataclass
class Facts:
    """One question as it is in truth, Dutch and French."""

    number: str
    date: dt.date
    author: str
    party: Pair
    minister: Pair
    titles: list[Pair]
    keywords: list[Pair]
    events: list[tuple[dt.date, Event]]
    deadline: dt.date | None
    references: list[Reference]
    language: str | None
    question: list[Pair]
    answers: list[tuple[Event, dt.date, list[Pair]]] = field(default_factory=list)

    def title(self, side: int) -> str:
        return " - ".join(pair[side] for pair in self.titles)

    def text(self, side: int) -> str:
        return "\n\n".join(pair[side] for pair in self.question)

    def answer(self, side: int) -> str | None:
        return "\n\n".join(pair[side] for _, _, text in self.answers for pair in text) or None

    def chronology(self, side: int) -> tuple[ChronologyEntry, ...]:
        return tuple(ChronologyEntry(day, event, EVENT_LABELS[event][side]) for day, event in self.events)

    def told_answers(self, side: int) -> tuple[Answer, ...]:
        return tuple(
            Answer(
                EVENT_LABELS[event][side],
                day,
                text="\n\n".join(pair[NL] for pair in text) if side == NL else None,
                french="\n\n".join(pair[FR] for pair in text) if side == FR else None,
            )
            for event, day, text in self.answers
        )

    @property
    def session(self) -> str:
        year = self.date.year - (self.date.month < 10)
        return f"{year}-{year + 1}"

    @property
    def status(self) -> str:
        events = [event for _, event in self.events]
        kinds = {reference.kind for reference in self.references}
        if self.answers:
            return "answered"
        if "requalified-as" in kinds or ("requalified" in events and "requalification-of" not in kinds):
            return "requalified"
        if "end-of-legislature" in events:
            return "end-of-legislature"
        return "closed" if {"closed", "not-published"} & set(events) or "reintroduced-as" in kinds else "open"


def facts(rng: Random, awkward: bool = True, legislature: int | None = None) -> Facts:
    """A question drawn at random; `awkward` texts hold rules, and lines that look like headings."""
    legislature = legislature or rng.randint(4, 7)
    first = {1: 1996, 2: 2000, 3: 2004, 4: 2007, 5: 2011, 6: 2015, 7: 2020}[legislature]
    asked = dt.date(first, 7, 1) + dt.timedelta(days=rng.randrange(900))
    number = f"{legislature}-{rng.randint(1, 10 ** rng.randint(1, 5))}"
    days = sorted(asked + dt.timedelta(days=rng.randrange(1, 700)) for _ in range(6))
    middle: list[Event] = ["reminder", "other"]
    events: list[tuple[dt.date, Event]] = [(asked, "sent")]
    events += [(day, rng.choice(middle)) for day in days[: rng.randrange(3)]]
    answers = []
    if rng.random() < 0.6:
        kinds: list[Event] = ["answered", "supplementary-answer"][: 1 + (rng.random() < 0.2)]  # type: ignore[assignment]
        answers = [(kind, day, body(rng, awkward)) for kind, day in zip(kinds, days[3:], strict=False)]
        events += [(day, kind) for kind, day, _ in answers]
    elif rng.random() < 0.6:
        ends: list[Event] = ["closed", "not-published", "end-of-legislature", "requalified"]
        events.append((days[3], rng.choice(ends)))
    return Facts(
        number,
        asked,
        rng.choice(NAMES),
        rng.choice(PARTIES),
        rng.choice(MINISTERS),
        rng.sample(TITLES, rng.randint(1, 4)),
        rng.sample(KEYWORDS, rng.randint(1, 6)),
        events,
        asked + dt.timedelta(days=30) if rng.random() < 0.7 else None,
        references(rng, legislature),
        rng.choice(["nl", "fr", "de", None]),
        body(rng, awkward),
        answers,
    )


def references(rng: Random, legislature: int) -> list[Reference]:
    kinds = list(KIND_LABELS)
    found = []
    for serial in rng.sample(range(1, 99999), rng.choice([0, 0, 1, 2, 5])):
        kind = rng.choice(kinds)
        type_ = "request-for-explanation" if kind.startswith("requalif") else "written-question"
        found.append(Reference(kind, type_, f"{legislature}-{serial}"))  # type: ignore[arg-type]
    return found


def body(rng: Random, awkward: bool) -> list[Pair]:
    """Paragraphs, each in both languages; the first and the last are sentences."""
    inner = SENTENCES + (AWKWARD if awkward else [])
    middle = [rng.choice(inner) for _ in range(rng.randrange(4))]
    return [rng.choice(SENTENCES), *middle, rng.choice(SENTENCES)]


def long_date(day: dt.date, side: int) -> str:
    names = (months.DUTCH, months.FRENCH)[side]
    name = names[day.month - 1]
    return f"{day.day} {name if isinstance(name, str) else name[0]} {day.year}"


def short_date(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


@dataclass
class Page:
    """A page as pieces of text, each with the field that it shows, if any."""

    layout: str
    facts: Facts
    sides: tuple[int, ...]  # the languages it shows
    pieces: list[tuple[str, str]] = field(default_factory=list)
    address: str = "a.txt"

    def add(self, text: str, name: str = "") -> None:
        self.pieces.append((name, text))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.pieces)

    def piece_at(self, place: int) -> tuple[str, int, int]:
        """The piece that holds a place of the text: its fields, where it begins and ends."""
        end = 0
        for name, text in self.pieces:
            start, end = end, end + len(text)
            if place < end:
                return name, start, end
        return "", end, end

    def spans(self) -> dict[str, tuple[int, int]]:
        """Where each field begins and ends in the text."""
        found: dict[str, tuple[int, int]] = {}
        at = 0
        for name, text in self.pieces:
            for one in filter(None, name.split()):
                found[one] = (found.get(one, (at, at))[0], at + len(text))
            at += len(text)
        return found


def one_language(facts: Facts, side: int, is_print: bool) -> Page:
    """nl-print, nl-web, fr-print or fr-web."""
    page = Page(("nl", "fr")[side] + ("-print" if is_print else "-web"), facts, (side,))
    gap = f"{RULE}\n" if is_print else "\n"
    written = ("Schriftelijke vraag nr.", "Question écrite n°")[side]
    house = ("SENAAT ", "SÉNAT ")[side] if is_print else ""
    if is_print:
        page.add(f"{('BELGISCHE SENAAT', 'SÉNAT DE BELGIQUE')[side]}\n{RULE}\n")
        page.add(f"{('Zitting', 'Session')[side]} {facts.session}\n", "session")
        page.add(f"{RULE}\n{long_date(facts.date, side)}\n{RULE}\n", "date")
    else:
        versions = ("Tweetalige printerversie Eentalige printerversie", "Version à imprimer bilingue")
        page.add(f"{versions[side]}\n\n")
    page.add(f"{house}{written} {facts.number}\n", "number")
    day = "" if is_print else (" d.d. ", " du ")[side] + long_date(facts.date, side)
    by = "de" if is_print else ("van", "de")[side]
    page.add(f"\n{by} {facts.author} ({facts.party[side]}){day}\n", "author party" + (" date" if day else ""))
    page.add("\n" + to_minister(facts.minister[side], side) + "\n", "minister")
    page.add(gap + facts.title(side) + "\n", "title")
    page.add(gap + "".join(pair[side] + "\n" for pair in facts.keywords), "keywords")
    page.add(gap if is_print else "\nChronologie\n\n")
    page.add(
        "".join(line + "\n" for line in chronology(facts, side, show_deadline=not is_print)), "chronology deadline"
    )
    if facts.references or is_print:
        page.add(gap + "".join(line + "\n" for line in reference_lines(facts, side)), "references")
    page.add(gap)
    begin = f"{house}{written}" if is_print else ("Vraag nr.", "Question n°")[side]
    when = (" d.d. ", " du ")[side] + long_date(facts.date, side)
    page.add(f"{begin} {facts.number}{when} :{label(facts, side)}\n", "language")
    add_texts(page, side)
    return page


def add_texts(page: Page, side: int) -> None:
    page.add("\n" + page.facts.text(side) + "\n", "question")
    for number, (event, day, text) in enumerate(page.facts.answers):
        kind = EVENT_LABELS[event][side]
        page.add(f"\n{kind} {('ontvangen op', 'reçue le')[side]} {long_date(day, side)} :\n", f"heading{number}")
        page.add("\n" + "\n\n".join(pair[side] for pair in text) + "\n", f"answer answer{number}")


def to_minister(minister: str, side: int) -> str:
    if side == NL:
        return f"aan de {minister}"
    return ("à la " if minister.startswith(("ministre", "vice-première")) else "au ") + minister


def chronology(facts: Facts, side: int, show_deadline: bool, apart: bool = False) -> list[str]:
    lines = [f"{short_date(day)}{EVENT_LABELS[event][side]}" for day, event in facts.events]
    if show_deadline and facts.deadline:
        words = ("Einde van de antwoordtermijn", "Fin du délai de réponse")[side]
        told = f"({words}: {short_date(facts.deadline)})"
        lines = [lines[0], told, *lines[1:]] if apart else [f"{lines[0]} {told}", *lines[1:]]
    return lines


def reference_lines(facts: Facts, side: int) -> list[str]:
    return [f"{KIND_LABELS[one.kind][side]} : {TYPE_LABELS[one.type][side]} {one.number}" for one in facts.references]


def label(facts: Facts, side: int) -> str:
    if facts.language is None:
        return ""
    words = ("Vraag gesteld in het", "Question posée en")
    return f" ({words[side]} {SPOKEN[facts.language][side]})"


def two_languages(facts: Facts) -> Page:
    """nlfr-print, the two columns merged."""
    page = Page("nlfr-print", facts, (FR, NL))
    rule = f"{WIDE_RULE}\n"
    page.add(f"SÉNAT DE BELGIQUE BELGISCHE SENAAT\n{rule}")
    page.add(f"Session {facts.session} Zitting {facts.session}\n", "session")
    page.add(f"{rule}{long_date(facts.date, FR)} {long_date(facts.date, NL)}\n{rule}", "date")
    page.add(f"Question écrite n° {facts.number} Schriftelijke vraag nr. {facts.number}\n", "number")
    page.add(f"\nde {facts.author} ({facts.party[FR]})\n\nvan {facts.author} ({facts.party[NL]})\n", "author party")
    page.add(f"\n{to_minister(facts.minister[FR], FR)}\n", "french.minister")
    page.add(f"\n{to_minister(facts.minister[NL], NL)}\n", "minister")
    page.add(f"{rule}{facts.title(FR)} {facts.title(NL)} \n", "title french.title")
    keywords = "".join(pair[side] + "\n" for side in (FR, NL) for pair in facts.keywords)
    page.add(f"{rule}{keywords}", "keywords french.keywords")
    lines = chronology(facts, NL, show_deadline=True, apart=True)
    page.add(f"{TWIN_RULE}\n", "keywords french.keywords")  # a list of two halves ends where its rule says so
    page.add("".join(line + "\n" for line in lines * 2), "chronology deadline")
    page.add(f"{TWIN_RULE}\n")
    if references := reference_lines(facts, FR):
        twice = [" ".join(references * 2)] if len(references) == 1 else references * 2
        page.add("".join(line + "\n" for line in twice) + f"{TWIN_RULE}\n", "references")
    days = long_date(facts.date, FR), long_date(facts.date, NL)
    page.add(f"Question n° {facts.number} du {days[0]} :{label(facts, FR)} ")
    page.add(f"Vraag nr. {facts.number} d.d. {days[1]} :{label(facts, NL)}\n", "language")
    page.add("\n" + facts.text(FR) + "\n", "french.question")
    page.add("\n \n\n" + facts.text(NL) + "\n", "question")
    for number, (event, day, text) in enumerate(facts.answers):
        french = f"{EVENT_LABELS[event][FR]} reçue le {long_date(day, FR)} :"
        page.add(f"\n{french} {EVENT_LABELS[event][NL]} ontvangen op {long_date(day, NL)} :\n", f"heading{number}")
        page.add("\n" + "\n\n".join(pair[FR] for pair in text) + "\n", "french.answer")
        page.add("\n \n\n" + "\n\n".join(pair[NL] for pair in text) + "\n", f"answer answer{number}")
    return page


def two_columns(facts: Facts) -> tuple[Page, str]:
    """nlfr-print as the site serves it, a table of two columns: the page that it is, and its HTML."""
    rule, lines = "<hr>", chronology(facts, NL, show_deadline=True)
    rows = [("SÉNAT DE BELGIQUE", "BELGISCHE SENAAT"), (rule, rule)]
    rows += [(f"Session {facts.session}", f"Zitting {facts.session}"), (rule, rule)]
    rows += [(long_date(facts.date, FR), long_date(facts.date, NL)), (rule, rule)]
    rows.append((f"Question écrite n° {facts.number}", f"Schriftelijke vraag nr. {facts.number}"))
    rows.append((f"de {facts.author} ({facts.party[FR]})", f"van {facts.author} ({facts.party[NL]})"))
    rows += [(to_minister(facts.minister[FR], FR), to_minister(facts.minister[NL], NL)), (rule, rule)]
    rows += [(facts.title(FR), facts.title(NL)), (rule, rule)]
    rows += [("\n".join(pair[FR] for pair in facts.keywords), "\n".join(pair[NL] for pair in facts.keywords))]
    rows += [(rule, rule), ("\n".join(lines), "\n".join(lines)), (rule, rule)]
    if references := "\n".join(reference_lines(facts, FR)):
        rows += [(references, references), (rule, rule)]
    asked = f"Question n° {facts.number} du {long_date(facts.date, FR)} :{label(facts, FR)}"
    rows.append((asked, f"Vraag nr. {facts.number} d.d. {long_date(facts.date, NL)} :{label(facts, NL)}"))
    rows.append((facts.text(FR), facts.text(NL)))
    for event, day, text in facts.answers:
        french, dutch = (f"{EVENT_LABELS[event][side]} {word} {long_date(day, side)} :"
                         for side, word in ((FR, "reçue le"), (NL, "ontvangen op")))  # fmt: skip
        rows += [(french, dutch), tuple("\n\n".join(pair[side] for pair in text) for side in (FR, NL))]  # type: ignore[list-item]
    cells = "".join(f"<tr><td>{in_html(french)}</td><td>{in_html(dutch)}</td></tr>" for french, dutch in rows)
    return Page("nlfr-print", facts, (FR, NL)), f"<html><body><table>{cells}</table></body></html>"


def in_html(text: str) -> str:
    """A cell of a table: its paragraphs, or a rule."""
    if text == "<hr>":
        return text
    paragraphs = text.replace("&", "&amp;").split("\n\n")
    return "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)


def piped(facts: Facts, rng: Random) -> Page:
    """The columns apart, in rows that end in bars; texts without paragraphs, no chronology."""
    page = Page("piped", facts, (FR, NL))
    bars = "|" * rng.choice([1, 2, 3, 7, 8, 9, 10, 72, rng.randint(1, 300)])
    leading = "| " if rng.random() < 0.3 else ""
    rule = f"{leading}{RULE} | {RULE} | {bars}\n"

    def row(french: str, dutch: str, name: str = "") -> None:
        """A row on one line."""
        empty = " | " * (rng.random() < 0.1)
        page.add(f"{leading}{french} | {empty}", " ".join(f"french.{one}" for one in name.split()))
        page.add(f"{dutch} | {bars}\n", name)

    def cells(french: str, dutch: str, name: str) -> None:
        """A row of a line a cell."""
        page.add(f"{french} |\n", " ".join(f"french.{one}" for one in name.split()))
        page.add(f"{dutch} |\n", name)
        page.add(f"{bars}\n")

    row("SÉNAT DE BELGIQUE", "BELGISCHE SENAAT")
    page.add(rule)
    row(f"Session {facts.session}", f"Zitting {facts.session}", "session")
    page.add(rule)
    row(long_date(facts.date, FR), long_date(facts.date, NL), "date")
    page.add(rule)
    row(f"Question écrite n° {facts.number}", f"Schriftelijke vraag nr. {facts.number}", "number")
    by = facts.author
    cells(f"de {by} ({facts.party[FR]})", f"van {by} ({facts.party[NL]})", "author party")
    cells(to_minister(facts.minister[FR], FR), to_minister(facts.minister[NL], NL), "minister")
    page.add(rule)
    row(facts.title(FR), facts.title(NL), "title")
    page.add(rule)
    cells(*(" ".join(pair[side] for pair in facts.keywords) for side in (FR, NL)), "keywords")  # type: ignore[call-arg]
    page.add(f"{rule}|\n|\n{bars}\n{rule}")
    if references := reference_lines(facts, FR):
        row("\n".join(references), "\n".join(references), "references")
        page.add(rule)
    row(
        f"Question n° {facts.number} du {long_date(facts.date, FR)} :{label(facts, FR)}",
        f"Vraag nr. {facts.number} d.d. {long_date(facts.date, NL)} :{label(facts, NL)}",
        "language",
    )
    cells(*(" ".join(pair[side] for pair in facts.question) for side in (FR, NL)), "question")  # type: ignore[call-arg]
    for number, (event, day, text) in enumerate(facts.answers):
        row(
            f"{EVENT_LABELS[event][FR]} reçue le {long_date(day, FR)} :",
            f"{EVENT_LABELS[event][NL]} ontvangen op {long_date(day, NL)} :",
            f"heading{number}",
        )
        cells(*(" ".join(pair[side] for pair in text) for side in (FR, NL)), f"answer answer{number}")  # type: ignore[call-arg]
    return page


def bulletin(questions: list[Facts], side: int, rng: Random) -> list[Page]:
    """A page of the old Bulletin; one Page a question, the first with the frame, to be read one after the other."""
    legislature = questions[0].number.partition("-")[0]
    issue = rng.randint(1, 99)
    named = rng.random() < 0.7
    pages = []
    for at, facts in enumerate(questions):
        page = Page("bulletin", facts, (side,))
        if at == 0:
            frame = ("Vragen en Antwoorden\n\nBELGISCHE SENAAT", "Questions et Réponses\n\nSénat de Belgique")
            page.add(f"{frame[side]}\n\n\n" + (f"Bulletin {legislature}-{issue}\n\n" if named else ""))
            page.add(("(N.): Vraag gesteld in het Nederlands", "(Fr.): Question posée en français")[side] + "\n\n")
        if at == 0 or questions[at - 1].minister != facts.minister:
            minister = facts.minister[side]
            page.add(f"\n{minister[0].upper()}{minister[1:]}\n\n", "minister")
        spoken = {"nl": "N.", "fr": "Fr.", "de": "D."}.get(facts.language or "")
        mark = f" ({spoken})" if spoken else ""
        number = facts.number if rng.random() < 0.3 else facts.number.partition("-")[2]
        to = ("van", "de")[side]
        lady = rng.choice((["de heer ", "mevrouw ", ""], ["M. ", "Mme ", ""])[side])
        begin = rng.choice((["Vraag nr.", "- Vraag nr."], ["Question nº", "Question n°", "- Question nº"])[side])
        when = (rng.choice(["d.d.", "van"]), "du")[side] + " " + long_date(facts.date, side)
        page.add(f"{begin} {number} {to} {lady}{facts.author} {when}{mark} :\n", "number author date language")
        page.add(bulletin_title(facts, side) + "\n", "title")
        add_bulletin_texts(page, side)
        pages.append(page)
    return pages


def bulletin_title(facts: Facts, side: int) -> str:
    return ". — ".join(pair[side] for pair in facts.titles) + "."


def add_bulletin_texts(page: Page, side: int) -> None:
    page.add("\n" + page.facts.text(side) + "\n\n", "question")
    for number, (event, _, text) in enumerate(page.facts.answers):
        page.add(f"{EVENT_LABELS[event][side]} : ", f"heading{number}")
        page.add("\n\n".join(pair[side] for pair in text) + "\n\n", f"answer answer{number}")


def stripped(facts: Facts, side: int) -> Page:
    """A web page without number, people and headings; the address tells the number."""
    page = Page("stripped", facts, (side,))
    legislature, serial = facts.number.split("-")
    page.address = f"x?MIval=/Vragen/SchriftelijkeVraag&LEG={legislature}&NR={serial}&LANG={('nl', 'fr')[side]}"
    page.add(facts.title(side) + "\n", "title")
    page.add("\n" + "".join(pair[side] + "\n" for pair in facts.keywords), "keywords")
    lines = chronology(facts, side, show_deadline=True)
    page.add("\n" + "".join(line + "\n" for line in lines), "chronology deadline date")
    page.add("\n" + "".join(line + "\n" for line in reference_lines(facts, side)), "references")
    page.add("\n" + facts.text(side) + "\n", "question")
    return page


def garbled(text: str, guess: str) -> str:
    """Text whose windows-1252 bytes were read in another character set, wherever that gives a character."""
    found = []
    for char in text:
        try:
            found.append(char if char.isascii() else char.encode("cp1252").decode(guess))
        except UnicodeError:
            found.append(char)
    return "".join(found)


def draw_page(rng: Random, layout: str | None = None) -> Page:
    """A page of one question in a layout drawn at random."""
    layout = layout or rng.choice(LAYOUTS)
    if layout in ("nl-web", "nl-print", "fr-web", "fr-print"):
        return one_language(facts(rng), FR if layout.startswith("fr") else NL, layout.endswith("print"))
    if layout == "nlfr-print":
        return two_languages(facts(rng))
    if layout == "piped":
        return piped(facts(rng, awkward=False), rng)
    if layout == "stripped":
        return stripped(facts(rng, awkward=False), rng.choice([NL, FR]))
    return bulletin([facts(rng, awkward=False, legislature=rng.randint(1, 3))], rng.choice([NL, FR]), rng)[0]


LAYOUTS = ("nl-web", "nl-print", "fr-web", "fr-print", "nlfr-print", "piped", "stripped", "bulletin")


def expected(page: Page) -> dict[str, object]:
    """What a careful reader takes from the whole page, by the names of the record; French texts under `french.`."""
    facts, layout = page.facts, page.layout
    found: dict[str, object] = {"number": facts.number, "date": facts.date, "status": status(page)}
    for side in page.sides:
        found |= {("french." if side == FR else "") + name: value for name, value in texts(page, side).items()}
    if layout != "bulletin":
        found["references"] = tuple(facts.references)
    if layout != "stripped":
        found |= {"author": facts.author, "language": facts.language}
    if layout not in ("bulletin", "stripped"):
        found |= {"party": facts.party[page.sides[-1]], "session": facts.session}
    if layout not in ("bulletin", "piped"):
        found["chronology"] = facts.chronology(page.sides[-1])
    if layout in ("nl-web", "fr-web", "nlfr-print", "stripped"):
        found["deadline"] = facts.deadline
    return found


def texts(page: Page, side: int) -> dict[str, object]:
    """The texts of one language as the layout shows them."""
    facts, layout = page.facts, page.layout
    gap = " " if layout == "piped" else "\n\n"
    question = gap.join(pair[side] for pair in facts.question)
    answers = [gap.join(pair[side] for pair in text) for _, _, text in facts.answers]
    keywords = tuple(pair[side] for pair in facts.keywords)
    minister = facts.minister[side]
    if layout == "bulletin":
        found = {"minister": minister[0].upper() + minister[1:], "title": bulletin_title(facts, side)}
        return found | {"question": question, "answer": "\n\n".join(answers) or None}
    if layout == "stripped":
        return {"title": facts.title(side), "keywords": keywords, "question": question}
    return {
        "minister": minister,
        "title": facts.title(side),
        "keywords": (" ".join(keywords),) if layout == "piped" else keywords,
        "question": question,
        "answer": "\n\n".join(answers) or None,
    }


def status(page: Page) -> str:
    """The status as far as the layout tells it: without a chronology, no answer does not mean that there was none."""
    told = page.facts.status
    if page.layout == "bulletin" and told != "answered":
        return "unknown"
    if page.layout == "piped" and told != "answered":
        kinds = {reference.kind for reference in page.facts.references}
        return "requalified" if "requalified-as" in kinds else "closed" if "reintroduced-as" in kinds else "unknown"
    return told
