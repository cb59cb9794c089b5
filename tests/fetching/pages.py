"""Made-up questions, written as the Senate's site serves them: both languages in a table, one language as a page."""

from dataclasses import dataclass
from html import escape

INTERIM = "Het antwoord op deze vraag zal zo spoedig mogelijk worden meegedeeld."
INTERIM_FR = "La réponse à cette question sera communiquée dès que possible."

RULE = "<tr><td>________</td><td>________</td></tr>"


@dataclass(frozen=True)
class Made:
    """A made-up question; `answer` None: not answered yet."""

    number: int
    legislature: int = 5
    answer: tuple[str, str] | None = ("Oui, depuis l'été.", "Ja, sedert de zomer.")
    is_closed: bool = False
    reminders: int = 0

    @property
    def name(self) -> str:
        return f"{self.legislature}-{self.number}"


def both(made: Made) -> str:
    """The page in both languages."""
    rows = [
        ("SÉNAT DE BELGIQUE", "BELGISCHE SENAAT"),
        None,
        ("Session 2012-2013", "Zitting 2012-2013"),
        None,
        ("30 avril 2013", "30 april 2013"),
        None,
        (f"Question écrite n° {made.name}", f"Schriftelijke vraag nr. {made.name}"),
        ("de Lore Vermeersch (Open Vld)", "van Lore Vermeersch (Open Vld)"),
        ("à la ministre de la Justice", "aan de minister van Justitie"),
        None,
        (f"Prisons - Cellule {made.number} - Été", f"Gevangenissen - Cel {made.number} - Zomer"),
        None,
        ("prison", "strafgevangenis"),
        None,
        *[(event, event) for event in _events(made)],
        None,
        None,
        (
            f"Question n° {made.name} du 30 avril 2013 : (Question posée en néerlandais)",
            f"Vraag nr. {made.name} d.d. 30 april 2013 : (Vraag gesteld in het Nederlands)",
        ),
        (f"La cellule {made.number} est-elle chauffée ?", f"Is cel {made.number} één keer verwarmd?"),
    ]
    if made.answer:
        rows.append(("Réponse reçue le 30 mai 2013 :", "Antwoord ontvangen op 30 mei 2013 :"))
        rows.append(made.answer)
    cells = "".join(f"<tr><td>{escape(row[0])}</td><td>{escape(row[1])}</td></tr>" if row else RULE for row in rows)
    return f"<!DOCTYPE html><html><head><title>Senaat</title></head><body><table>{cells}</table></body></html>"


def dutch(made: Made) -> str:
    """The page in Dutch."""
    answer = f"<p>Antwoord ontvangen op 30 mei 2013 :</p><p>{escape(made.answer[1])}</p>" if made.answer else ""
    return f"""<!DOCTYPE html><html><body><p>Tweetalige printerversie Eentalige printerversie</p>
<p>Schriftelijke vraag nr. {made.name}</p><p>van Lore Vermeersch (Open Vld) d.d. 30 april 2013</p>
<p>aan de minister van Justitie</p><p>Gevangenissen - Cel {made.number} - Zomer</p><p>strafgevangenis<br>cel</p>
<p>Chronologie</p><p>{"<br>".join(_events(made))}</p>
<p>Vraag nr. {made.name} d.d. 30 april 2013 : (Vraag gesteld in het Nederlands)</p>
<p>Is cel {made.number} één keer verwarmd?</p>{answer}</body></html>"""


def changed_layout(made: Made) -> str:
    """The same question in a layout of the future."""
    return f"""<!DOCTYPE html><html><body><main><h1>PQ {made.legislature}/{made.number}</h1>
<article><h2>Cel {made.number}</h2><p>Is cel {made.number} één keer verwarmd?</p></article></main></body></html>"""


def shell(text: str = "") -> str:
    """A page with the frame of the site and no question."""
    return f"<!DOCTYPE html><html><body><p>Belgische Senaat</p><p>{text}</p></body></html>"


def _events(made: Made) -> list[str]:
    events = ["30/4/2013Verzending vraag", *["15/6/2013Rappel"] * made.reminders]
    if made.answer:
        events.append("30/5/2013Antwoord")
    return [*events, "28/4/2014Dossier gesloten"] if made.is_closed else events
