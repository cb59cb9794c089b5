"""French words of the French twin texts."""

import pytest

from searchq.analysis.french import analyze_word, words


def first_terms(text: str) -> list[str]:
    return [term.term for word in words(text) for term in analyze_word(word).terms[:1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L'enseignement des mathématiques", "enseignements mathematique"),
        ("les services publics fédéraux", "le service public federal"),
        ("qu'il répondra", "repondra"),
        ("À l'école", "ecoles"),
        ("les détenus, les emplois, les médias, les euros", "détenu emploi media euro"),
        ("les françaises", "le français"),
        ("étrangers étrangère étrangères etrangers", "étranger étranger étranger étranger"),
        ("dangers, cancers, bergers, gangsters", "danger cancer berger gangster"),
        ("conflits, crédits, petite, interdites", "conflit crédit petit interdit"),
        ("commissions, connexions, réflexions, professions", "commission connexion réflexion profession"),
        ("enjeux, milieux, genoux, chevaux, hôpitaux", "enjeu milieu genou cheval hôpital"),
        ("travaux, baux, vitraux, yeux", "travail bail vitrail œil"),
        ("nouvelles belles vieille folle", "nouveau beau vieux fou"),
        ("grosse basses franche blanches sèche fraîche longues", "gros bas franc blanc sec frais long"),
        ("neuve veuves brève douce fausse", "neuf veuf bref doux faux"),
        ("sportive massives officielle publiques turque", "sportif massif officiel public turc"),
    ],
)
def test_inflection_elision_and_accents_do_not_matter(one: str, other: str) -> None:
    assert first_terms(one) == first_terms(other)


@pytest.mark.parametrize(
    "words",
    [
        "loyer loi",
        "commune communication",
        "partie parti part",
        "données don",
        "vie via",
        "cour cours course courant",
        "environnement environ",
        "parlement parler",
        "public publicité publication",
        "vente vent",
        "testament test",
        "amendement amende",
        "traité traitement trait",
        "détention détente",
        "maïs mai",
        "fois foi",
        "villa ville",
        "socialiste social",
    ],
)
def test_words_that_the_stemmer_confuses_are_kept_apart(words: str) -> None:
    terms = first_terms(words)
    assert len(set(terms)) == len(terms) == len(words.split())


def test_a_hyphenated_name_is_found_by_its_parts() -> None:
    assert [(term.term, term.weight) for term in analyze_word("bruxelles-capitale").terms] == [
        ("bruxellescapital", 1.0),
        ("bruxelles", 0.7),
        ("capital", 0.7),
    ]


def test_stop_words_and_numbers() -> None:
    assert [[term.term for term in analyze_word(word).terms] for word in ("le", "l'on", "2016", "5-8902")] == [
        [],
        [],
        ["2016"],
        ["5-8902"],
    ]
