"""A small parliament, written for the tests: three ministers asked one thing, and twenty-seven questions besides."""

import datetime as dt

from searchq.question import ChronologyEntry, FrenchText, Question, Reference, Source

PARTIES = ("Open Vld", "CD&V", "Groen!", "MR")
AUTHORS = ("Martha Peeters", "Jan De Smet", "Fatima El Amrani", "Luc Dubois")
MINISTERS = (
    (
        "vice-eersteminister en minister van Buitenlandse Zaken, Buitenlandse Handel en Europese Zaken",
        "Buitenlandse Zaken",
    ),
    ("minister van Justitie", "Justitie"),
    ("staatssecretaris voor Mobiliteit, toegevoegd aan de eerste minister", "Mobiliteit"),
)
TOPICS = (
    ("Treinen - Stiptheid - Avondspits", "spoorwegen", "stiptheid van treinen in de avondspits"),
    ("Gevangenissen - Bezoekregeling", "gevangenis", "bezoek van kinderen in de gevangenis"),
    ("Ambassades - Gebruik van sociale media", "sociale media", "sociale media op de ambassades"),
)
LONG_ADDRESS = "http://media.example/company/chancellerie-du-premier-ministre-fod-kanselarij-van-de-eerste-minister"


def sibling_group() -> list[Question]:
    """5-101, 5-102 and 5-103: the same question to three ministers, one of them silent."""
    numbers = ("5-101", "5-102", "5-103")
    answers = (
        (
            f"Ja, de FOD gebruikt sociale media en antwoordt binnen een dag.\n\nZie {LONG_ADDRESS}.",
            dt.date(2014, 2, 17),
        ),
        ("De FOD Justitie gebruikt voorlopig alleen de eigen website.", dt.date(2013, 5, 30)),
        (None, None),
    )
    return [
        _sibling(number, title, portfolio, answer, day, numbers)
        for number, (title, portfolio), (answer, day) in zip(numbers, MINISTERS, answers, strict=True)
    ]


def _sibling(
    number: str, minister: str, portfolio: str, answer: str | None, day: dt.date | None, group: tuple[str, ...]
) -> Question:
    asked = dt.date(2013, 4, 30)
    chronology = [ChronologyEntry(asked, "sent", "Verzending vraag")]
    if number == "5-101":
        chronology.append(ChronologyEntry(dt.date(2013, 12, 18), "reminder", "Rappel"))
    if day:
        chronology.append(ChronologyEntry(day, "answered", "Antwoord"))
    return Question(
        number,
        legislature=5,
        session="2012-2013",
        date=asked,
        author="Martha Peeters",
        party="Open Vld",
        minister=minister,
        portfolios=(portfolio,),
        title="Federale overheidsdiensten - Gebruik van sociale media",
        title_path=("Federale overheidsdiensten", "Gebruik van sociale media"),
        keywords=("sociale media", "ministerie"),
        language="nl",
        chronology=tuple(chronology),
        references=(
            *(Reference("also-asked-to", "written-question", other) for other in group if other != number),
            Reference("requalification-of", "request-for-explanation", "5-3000"),
        ),
        question="Gebruiken de diensten sociale media voor potentiële klanten?\n\n1) Zo ja, welke?\n\n2) Hoe vaak?",
        answer=answer,
        answer_date=day,
        status="answered" if day else "open",
        delay_days=(day - asked).days if day else None,
        reminders=1 if number == "5-101" else 0,
        waiting_since=None if day else asked,
        source=Source(
            "vraag.txt", None, "http://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=101&LANG=nl"
        ),
    )


def other_questions() -> list[Question]:
    """5-1 to 5-27, spread over topics, authors, parties and the years 2011 to 2019."""
    return [_other(at) for at in range(1, 28)]


def _other(at: int) -> Question:
    title, keyword, matter = TOPICS[at % 3]
    minister, portfolio = MINISTERS[(at + 1) % 3]
    asked = dt.date(2011 + at % 9, 1 + at % 12, 1 + at)
    day = None if at % 5 == 0 else asked + dt.timedelta(days=at * 7)
    return Question(
        f"5-{at}",
        legislature=5,
        session=f"{asked.year - 1}-{asked.year}",
        date=asked,
        author=AUTHORS[at % 4],
        party=PARTIES[at % 4],
        minister=minister,
        portfolios=(portfolio,),
        title=title,
        title_path=tuple(title.split(" - ")),
        keywords=(keyword, "overheid"),
        language="fr" if at % 7 == 0 else "nl",
        chronology=(ChronologyEntry(asked, "sent", "Verzending vraag"),),
        question=f"Graag vernam ik wat u denkt over {matter}. Hoeveel klachten kwamen er in {asked.year} binnen?",
        answer=None if day is None else f"1. Over {matter} kwamen {at} klachten binnen.\n\n • De meeste uit Gent.",
        answer_date=day,
        status="open" if day is None else "answered",
        delay_days=None if day is None else at * 7,
        waiting_since=asked if day is None else None,
    )


FRENCH_ONLY = Question(
    "7-12",
    legislature=7,
    date=dt.date(2020, 8, 1),
    author="Luc Dubois",
    party="MR",
    language="fr",
    status="open",
    waiting_since=dt.date(2020, 8, 1),
    french=FrenchText("Trains de nuit", ("chemin de fer",), "Quand reviendront-ils ?", None, "ministre"),
)

BARE = Question("2-7")  # a number and nothing else

QUESTIONS = [*sibling_group(), *other_questions(), FRENCH_ONLY, BARE]
