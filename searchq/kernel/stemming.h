/* The stem of a Dutch word: endings.py, strong_verbs.py and stemmer.py, function by function and in the same order.

   tests/kernel holds both to each other, on every form of the dictionary and on random words. */

#ifndef SEARCHQ_STEMMING_H
#define SEARCHQ_STEMMING_H

#include "lexicon.h"

#define MAX_CANDIDATES 64

typedef struct {
    Word at[MAX_CANDIDATES];
    int count;
} Candidates;

typedef enum { DICTIONARY, NAME, OVERRIDE, RULE, UNCHANGED, ADDRESS, COMPOUND, NUMBER } Why; /* the last three not of a stem */

typedef struct {
    Text ending, base;
} Replaced;

static inline bool among(uint8_t letter, const char *letters) { return letter && strchr(letters, letter) != NULL; }

static inline bool is_vowel(uint8_t letter) { return among(letter, "aeiou"); }

static void add(Analysis *analysis, Candidates *found, Text one, Text other, Text third) {
    if (found->count == MAX_CANDIDATES) {
        analysis->gave_up = true;
        return;
    }
    Word *word = &found->at[found->count++];
    word->size = 0;
    append(analysis, word, one);
    append(analysis, word, other);
    append(analysis, word, third);
}

#define EMPTY LITERAL("")

/* strong_verbs.py */

/* The particle at the beginning of a word that comes after `*place`, longest first; an empty text after the last. */
static Text next_beginning(const Beginnings *all, Text word, int *place) {
    if (word.size >= 2) {
        if (*place < 0) *place = all->from[word.at[0]];
        while (*place < all->from[word.at[0] + 1]) {
            Text one = all->texts[(*place)++];
            if (starts(word, one)) return one;
        }
    }
    return EMPTY;
}

static inline Text next_particle(const Lexicon *lexicon, Text word, int *place) {
    return next_beginning(&lexicon->particles, word, place);
}

static bool is_particle(const Lexicon *lexicon, Text word) {
    int place = -1;
    for (Text one; (one = next_particle(lexicon, word, &place)).size;)
        if (one.size == word.size) return true;
    return false;
}

static uint32_t strong_form(const Lexicon *lexicon, Text form) {
    uint32_t number = find(lexicon, form);
    return number == NONE ? NONE : lexicon->entries[number].strong;
}

static bool infinitive_of(Analysis *analysis, Text form, Word *infinitive) {
    const Lexicon *lexicon = analysis->lexicon;
    infinitive->size = 0;
    uint32_t verb = strong_form(lexicon, form);
    if (verb != NONE) {
        append(analysis, infinitive, spelling(analysis, verb));
        return true;
    }
    int place = -1;
    for (Text particle; (particle = next_particle(lexicon, form, &place)).size;) {
        Text rest = from(form, particle.size);
        verb = strong_form(lexicon, rest);
        if (verb == NONE && flags_of(lexicon, particle) & FIXED) {
            Word participle = joined(analysis, LITERAL("ge"), rest);
            verb = strong_form(lexicon, text_of(&participle));
        }
        if (verb == NONE) continue;
        *infinitive = joined(analysis, particle, spelling(analysis, verb));
        if (!(flags_of(lexicon, text_of(infinitive)) & LISTED)) continue;
        return !(flags_of(lexicon, form) & VERB) && !is_lemma(lexicon, form);
    }
    return false;
}

static Text without_particle(const Lexicon *lexicon, Text infinitive) {
    int place = -1;
    for (Text particle; (particle = next_particle(lexicon, infinitive, &place)).size;)
        if (infinitive.size >= particle.size + 5) return from(infinitive, particle.size);
    return infinitive;
}

/* endings.py */

#define MIN_STEM 3

static bool is_open(Text stem) {
    const uint8_t *end = stem.at + stem.size;
    return stem.size > 2 && !among(end[-1], "aeiouy") && among(end[-2], "aeou") && !is_vowel(end[-3]);
}

static void add_closed(Analysis *analysis, Candidates *found, Text stem) {
    if (!stem.size) return;
    uint8_t last = stem.at[stem.size - 1];
    uint8_t hard_last = last == 'v' ? 'f' : last == 'z' ? 's' : last;
    Text rest = without_last(stem, 1), end = {&hard_last, 1};
    bool doubled = rest.size && rest.at[rest.size - 1] == last && !is_vowel(last);
    bool open = is_open(stem), long_last = false;
    Text middle = open ? from(rest, rest.size - 1) : EMPTY; /* the vowel, once more */
    if (open) {
        Word hard = joined(analysis, rest, end);
        long_last = flags_of(analysis->lexicon, text_of(&hard)) & SHORT_VOWEL;
        if (!long_last) add(analysis, found, rest, middle, end);
    }
    if (doubled) add(analysis, found, rest, EMPTY, EMPTY);
    else if (hard_last != last) add(analysis, found, rest, end, EMPTY);
    add(analysis, found, stem, EMPTY, EMPTY);
    if (long_last) add(analysis, found, rest, middle, end);
}

static void add_infinitives(Analysis *analysis, Candidates *found, Text particle, Text stem) {
    if (stem.size < 2) return;
    uint8_t last = stem.at[stem.size - 1], soft_letter = last == 'f' ? 'v' : last == 's' ? 'z' : 0;
    Text rest = without_last(stem, 1), end = from(stem, stem.size - 1), soft = {&soft_letter, soft_letter ? 1 : 0};
    Word ending;
    if (ENDS(rest, "aa") || ENDS(rest, "ee") || ENDS(rest, "oo") || ENDS(rest, "uu")) {
        Text open = without_last(rest, 1);
        if (soft.size) {
            ending = joined(analysis, soft, LITERAL("en"));
            add(analysis, found, particle, open, text_of(&ending));
        }
        ending = joined(analysis, end, LITERAL("en"));
        add(analysis, found, particle, open, text_of(&ending));
        return;
    }
    const uint8_t *before = rest.at + rest.size;
    if (is_vowel(before[-1]) && !among(last, "aeiouwxj") && (rest.size < 2 || !is_vowel(before[-2]))) {
        ending = joined(analysis, end, LITERAL("en"));
        add(analysis, found, particle, stem, text_of(&ending));
        add(analysis, found, particle, stem, LITERAL("en"));
        return;
    }
    add(analysis, found, particle, stem, LITERAL("en"));
    if (soft.size) {
        ending = joined(analysis, soft, LITERAL("en"));
        add(analysis, found, particle, rest, text_of(&ending));
    }
    add(analysis, found, particle, stem, LITERAL("n"));
}

/* Whether a word has an ending that leaves enough of it. */
static inline bool has(Text word, Text ending) { return ending.size <= word.size - MIN_STEM && ends(word, ending); }

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define L(letters) {(const uint8_t *)(letters), (int)sizeof(letters) - 1}

static const Replaced REPLACED[] = {
    {L("heden"), L("heid")}, {L("ie\xEB""n"), L("ie")}, {L("ee\xEB""n"), L("ee")}, {L("i\xEB""n"), L("ie")},
    {L("inkjes"), L("ing")}, {L("inkje"), L("ing")}, {L("'tjes"), L("")}, {L("'tje"), L("")}, {L("'ers"), L("")},
    {L("'er"), L("")}, {L("'en"), L("")}, {L("'s"), L("")}, {L("iel"), L("ieel")},
};
static const Text OPENING[] = {L("etjes"), L("etje"), L("eren"), L("en"), L("e")};
static const Text ADDED[] = {L("tjes"), L("tje"), L("pjes"), L("pje"), L("jes"), L("je"), L("s")};
static const Text COMPARED[] = {L("sten"), L("ste"), L("st"), L("eren"), L("ere"), L("er")};
static const Text PAST[] = {L("den"), L("ten"), L("de"), L("te"), L("t"), L("d")};
static const Text PARTICIPLES[] = {L("enden"), L("ende"), L("end")};
static const Replaced CERTAIN[] = {
    {L("heden"), L("heid")}, {L("enden"), L("ende")}, {L("ie\xEB""n"), L("ie")}, {L("iteiten"), L("iteit")},
    {L("ingen"), L("ing")}, {L("ties"), L("tie")}, {L("isten"), L("ist")}, {L("'s"), L("")}, {L("ische"), L("isch")},
    {L("elijke"), L("elijk")}, {L("i\xEB""le"), L("ieel")}, {L("bare"), L("baar")}, {L("zame"), L("zaam")},
    {L("loze"), L("loos")}, {L("tieve"), L("tief")}, {L("rige"), L("rig")}, {L("dige"), L("dig")},
    {L("gerichte"), L("gericht")}, {L("ndse"), L("nds")}, {L("rgse"), L("rgs")}, {L("ntse"), L("nts")},
    {L("mse"), L("ms")}, {L("nse"), L("ns")},
};

static void find_bases(Analysis *analysis, Text word, Candidates *found) {
    found->count = 0;
    for (int i = 0; i < COUNT(REPLACED); i++)
        if (ends(word, REPLACED[i].ending))
            add(analysis, found, without_last(word, REPLACED[i].ending.size), REPLACED[i].base, EMPTY);
    for (int i = 0; i < COUNT(OPENING); i++)
        if (has(word, OPENING[i])) add_closed(analysis, found, without_last(word, OPENING[i].size));
    for (int i = 0; i < COUNT(ADDED); i++)
        if (has(word, ADDED[i])) add(analysis, found, without_last(word, ADDED[i].size), EMPTY, EMPTY);
    if (ENDS(word, "en")) add(analysis, found, without_last(word, 1), EMPTY, EMPTY);
}

static void find_compared(Analysis *analysis, Text word, Candidates *found) {
    found->count = 0;
    for (int i = 0; i < COUNT(COMPARED); i++)
        if (has(word, COMPARED[i])) add_closed(analysis, found, without_last(word, COMPARED[i].size));
}

static Word inflected(Analysis *analysis, Text adjective) {
    Candidates found;
    found.count = 0;
    add_infinitives(analysis, &found, EMPTY, adjective);
    Text first = found.count ? text_of(&found.at[0]) : adjective;
    return joined(analysis, without_ending(first, LITERAL("n")), EMPTY);
}

static void add_verbs_of_participle(Analysis *analysis, Candidates *found, Text stem, Text particle) {
    if (starts(from(stem, particle.size), LITERAL("ge")))
        add_infinitives(analysis, found, particle, from(stem, particle.size + 2));
}

static void find_verbs(Analysis *analysis, Text word, Candidates *found) {
    Text past[COUNT(PAST)];
    int count = 0;
    found->count = 0;
    for (int i = 0; i < COUNT(PARTICIPLES); i++)
        if (has(word, PARTICIPLES[i]))
            add(analysis, found, without_last(word, PARTICIPLES[i].size), LITERAL("en"), EMPTY);
    for (int i = 0; i < COUNT(PAST); i++)
        if (has(word, PAST[i])) past[count++] = without_last(word, PAST[i].size);
    for (int i = 0; i < count; i++) {
        int place = -1;
        add_verbs_of_participle(analysis, found, past[i], EMPTY);
        for (Text particle; (particle = next_particle(analysis->lexicon, past[i], &place)).size;)
            add_verbs_of_participle(analysis, found, past[i], particle);
    }
    if (word.size <= MIN_STEM + 1) return;
    for (int i = 0; i < count; i++) add_infinitives(analysis, found, EMPTY, past[i]);
    add_infinitives(analysis, found, EMPTY, word);
}

static bool latinate_infinitive(Analysis *analysis, Text word, Word *infinitive) {
    Text stem = without_ending(word, LITERAL("n"));
    stem = without_ending(stem, LITERAL("e"));
    Text bare = without_ending(stem, LITERAL("eerd"));
    if (!starts(bare, LITERAL("ge")) || !starts(from(word, bare.size), LITERAL("eerd"))) return false;
    *infinitive = joined(analysis, from(bare, 2), LITERAL("eren"));
    if (bare.size > 2) {
        uint8_t first = infinitive->at[0];
        infinitive->at[0] = first == 0xEB ? 'e' : first == 0xEF ? 'i' : first == 0xFC ? 'u' : first == 0xF6 ? 'o' : first;
    }
    return true;
}

/* An unknown stem without its ending. */
static Word respelled(Analysis *analysis, Text stem) {
    if (ENDS(stem, "el") || ENDS(stem, "em") || ENDS(stem, "en") || ENDS(stem, "er") || ENDS(stem, "on") ||
        ENDS(stem, "or"))
        return joined(analysis, stem, EMPTY);
    Candidates found;
    found.count = 0;
    add_closed(analysis, &found, stem);
    return found.count ? found.at[0] : joined(analysis, stem, EMPTY);
}

static bool certain_base(Analysis *analysis, Text word, Word *base) {
    for (int i = 0; i < COUNT(CERTAIN); i++)
        if (ends(word, CERTAIN[i].ending) && word.size - CERTAIN[i].ending.size >= MIN_STEM - 1) {
            *base = joined(analysis, without_last(word, CERTAIN[i].ending.size), CERTAIN[i].base);
            return true;
        }
    if (word.size >= 8 && ENDS(word, "en") && !ENDS(word, "eren") && !ENDS(word, "elen") && !ENDS(word, "enen") &&
        !ENDS(word, "ieen")) {
        *base = respelled(analysis, without_last(word, 2));
        return true;
    }
    if (word.size >= MIN_STEM + 2 && ENDS(word, "s") && !among(word.at[word.size - 2], "aious'")) {
        *base = joined(analysis, without_last(word, 1), EMPTY);
        return true;
    }
    return false;
}

/* stemmer.py */

static bool first_lemma(Analysis *analysis, Text stem, bool or_noun, Word *noun) {
    Candidates found;
    found.count = 0;
    add_closed(analysis, &found, stem);
    for (int i = 0; i < found.count; i++) {
        uint32_t number = find(analysis->lexicon, text_of(&found.at[i]));
        if (number == NONE) continue;
        if (lemma_of(analysis->lexicon, number) == number ||
            (or_noun && analysis->lexicon->entries[number].flags & NOUN)) {
            *noun = found.at[i];
            return true;
        }
    }
    return false;
}

static bool plural_of(Analysis *analysis, Text form, Word *noun) {
    return ENDS(form, "en") && first_lemma(analysis, without_last(form, 2), false, noun);
}

static bool adjective_of(Analysis *analysis, Text form, Word *adjective) {
    bool inflects = ENDS(form, "e") && !ENDS(form, "de") && !ENDS(form, "te");
    return inflects && first_lemma(analysis, without_last(form, 1), false, adjective);
}

static bool noun_written_as(Analysis *analysis, Text form, Word *noun) {
    return ENDS(form, "en") && first_lemma(analysis, without_last(form, 2), true, noun);
}

static Word noun_of(Analysis *analysis, Text lemma) {
    const Lexicon *lexicon = analysis->lexicon;
    uint32_t number = find(lexicon, lemma), override = override_of(lexicon, number);
    if (override != NONE) return joined(analysis, spelling(analysis, override), EMPTY);
    Word noun;
    if (number != NONE && lexicon->entries[number].flags & PLURAL_VERB && noun_written_as(analysis, lemma, &noun))
        return noun;
    return joined(analysis, lemma, EMPTY);
}

static bool is_infinitive_of(Analysis *analysis, Text lemma, Text stem) {
    Candidates found;
    found.count = 0;
    add_infinitives(analysis, &found, EMPTY, stem);
    for (int i = 0; i < found.count; i++)
        if (same(text_of(&found.at[i]), lemma)) return true;
    return false;
}

static Word noun_rather(Analysis *analysis, Text form, Text lemma) {
    const Lexicon *lexicon = analysis->lexicon;
    if (same(form, lemma)) return joined(analysis, lemma, EMPTY);
    uint16_t own = flags_of(lexicon, form), of_lemma = flags_of(lexicon, lemma);
    if (of_lemma & VERB) {
        if (own & NOUN && !(of_lemma & STRONG) && is_infinitive_of(analysis, lemma, form))
            return joined(analysis, form, EMPTY);
        Word found;
        if (plural_of(analysis, form, &found) || adjective_of(analysis, form, &found)) return found;
        return joined(analysis, lemma, EMPTY);
    }
    bool feminine = ENDS(form, "ster") || ENDS(form, "in") || ENDS(form, "es") || ENDS(form, "rice");
    bool with_s = form.size == lemma.size + 1 && starts(form, lemma) && form.at[lemma.size] == 's';
    bool stays = own & NOUN && (lemma.size >= form.size || (feminine && !with_s));
    return joined(analysis, stays ? form : lemma, EMPTY);
}

static Word made_from(Analysis *analysis, Text lemma) {
    const Lexicon *lexicon = analysis->lexicon;
    if (ENDS(lemma, "end") || ENDS(lemma, "ende")) {
        Text verb = without_ending(lemma, LITERAL("e"));
        verb = without_ending(verb, LITERAL("d"));
        return flags_of(lexicon, verb) & VERB ? noun_of(analysis, verb) : joined(analysis, lemma, EMPTY);
    }
    if (ENDS(lemma, "je") && !(flags_of(lexicon, lemma) & DIMINUTIVE)) {
        Candidates found;
        find_bases(analysis, lemma, &found);
        for (int i = 0; i < found.count; i++) {
            uint32_t known = lemma_of(lexicon, find(lexicon, text_of(&found.at[i])));
            if (known != NONE) return joined(analysis, spelling(analysis, known), EMPTY);
        }
    }
    return joined(analysis, lemma, EMPTY);
}

static bool noun_of_past(Analysis *analysis, Text form, Text verb, Word *noun) {
    const Lexicon *lexicon = analysis->lexicon;
    Text particle = without_ending(verb, without_particle(lexicon, verb));
    if (!particle.size) return false;
    if (starts(form, particle) && starts(from(form, particle.size), LITERAL("ge"))) return false;
    uint32_t listed = lemma_of(lexicon, find(lexicon, form));
    if (listed != NONE && lexicon->entries[listed].flags & NOUN) {
        *noun = joined(analysis, spelling(analysis, listed), EMPTY);
        return true;
    }
    return plural_of(analysis, form, noun);
}

/* vissen are of vis, not of visse. */
static Word without_n(Analysis *analysis, Text lemma) {
    const Lexicon *lexicon = analysis->lexicon;
    Candidates found;
    Word noun;
    found.count = 0;
    add_closed(analysis, &found, without_last(lemma, 1));
    for (int i = 0; i < found.count; i++)
        if (flags_of(lexicon, text_of(&found.at[i])) & NOUN) return found.at[i];
    if (first_lemma(analysis, without_last(lemma, 1), false, &noun)) return noun;
    return joined(analysis, lemma, EMPTY);
}

static Word weighed(Analysis *analysis, Text form, Text given) {
    const Lexicon *lexicon = analysis->lexicon;
    Word strong;
    if (infinitive_of(analysis, given, &strong)) return noun_of(analysis, text_of(&strong));
    if ((ENDS(form, "ische") || ENDS(form, "lijke") || ENDS(form, "ige") || ENDS(form, "bare") || ENDS(form, "zame")) &&
        is_lemma(lexicon, without_last(form, 1)))
        return joined(analysis, without_last(form, 1), EMPTY);
    Word lemma = noun_rather(analysis, form, given);
    bool with_n = form.size == lemma.size + 1 && starts(form, text_of(&lemma)) && form.at[lemma.size] == 'n';
    if (with_n && ENDS(text_of(&lemma), "e")) lemma = without_n(analysis, text_of(&lemma));
    lemma = made_from(analysis, text_of(&lemma));
    uint32_t own = find(lexicon, text_of(&lemma)), further = lemma_of(lexicon, own);
    if (further != NONE && further != own && !(lexicon->entries[own].flags & VERB)) {
        uint32_t last = lemma_of(lexicon, further);
        if (last == further || last == own)
            lemma = noun_rather(analysis, text_of(&lemma), spelling(analysis, further));
    }
    return noun_of(analysis, text_of(&lemma));
}

/* The lemma of a form as it is written, or else without its marks; NONE. */
static uint32_t lemma_as_written(Analysis *analysis, Text form) {
    const Lexicon *lexicon = analysis->lexicon;
    uint32_t number = find(lexicon, form);
    if (lemma_of(lexicon, number) != NONE) return lexicon->entries[number].lemma;
    if (!is_ascii(form)) {
        Word bare;
        if (!fold(lexicon, form, &bare)) {
            analysis->gave_up = true;
            return NONE;
        }
        number = find(lexicon, text_of(&bare));
    }
    return number != NONE && lexicon->entries[number].flags & (LISTED | UNMARKED) ? lexicon->entries[number].lemma : NONE;
}

static bool looked_up(Analysis *analysis, Text form, Word *found) {
    const Lexicon *lexicon = analysis->lexicon;
    Word strong, latinate;
    if (infinitive_of(analysis, form, &strong)) {
        if (!noun_of_past(analysis, form, text_of(&strong), found)) *found = noun_of(analysis, text_of(&strong));
        return true;
    }
    uint32_t lemma = lemma_as_written(analysis, form);
    if (lemma == NONE || same(spelling(analysis, lemma), without_ending(form, LITERAL("e")))) {
        if (latinate_infinitive(analysis, form, &latinate)) {
            uint32_t number = find(lexicon, text_of(&latinate));
            if (number != NONE && lexicon->entries[number].flags & VERB) lemma = number;
        }
    }
    if (lemma == NONE || !(lexicon->entries[lemma].flags & LISTED)) return false;
    *found = weighed(analysis, form, spelling(analysis, lemma));
    return true;
}

static bool known(Analysis *analysis, Text word, Word *found, Why *why) {
    const Lexicon *lexicon = analysis->lexicon;
    Candidates candidates;
    Word strong;
    uint32_t override = override_of(lexicon, find(lexicon, word));
    if (override != NONE) {
        *found = joined(analysis, spelling(analysis, override), EMPTY);
        *why = OVERRIDE;
        return true;
    }
    *why = DICTIONARY;
    if (looked_up(analysis, word, found)) return true;
    *why = RULE;
    find_bases(analysis, word, &candidates);
    for (int i = 0; i < candidates.count; i++) {
        Text base = text_of(&candidates.at[i]);
        override = override_of(lexicon, find(lexicon, base));
        if (override != NONE) *found = joined(analysis, spelling(analysis, override), EMPTY);
        else if (!looked_up(analysis, base, found)) continue;
        if (ENDS(base, "en") || !infinitive_of(analysis, base, &strong)) return true; /* gaffe is not of gaf */
    }
    find_compared(analysis, word, &candidates);
    for (int i = 0; i < candidates.count; i++) {
        Text base = text_of(&candidates.at[i]);
        uint32_t number = find(lexicon, base);
        if (number == NONE || lemma_of(lexicon, number) != number) continue;
        Word long_form = inflected(analysis, base);
        if (lemma_of(lexicon, find(lexicon, text_of(&long_form))) == number) {
            *found = candidates.at[i];
            return true;
        }
    }
    find_verbs(analysis, word, &candidates);
    for (int i = 0; i < candidates.count; i++)
        if (flags_of(lexicon, text_of(&candidates.at[i])) & VERB) {
            *found = noun_of(analysis, text_of(&candidates.at[i]));
            return true;
        }
    return false;
}

static bool is_word(const Lexicon *lexicon, Text front) {
    return (flags_of(lexicon, front) | flags_of(lexicon, without_ending(front, LITERAL("s")))) & LISTED;
}

static bool as_last_part(Analysis *analysis, Text tail, Word *found) {
    const Lexicon *lexicon = analysis->lexicon;
    Why why;
    Word noun;
    if (!known(analysis, tail, found, &why)) return false;
    if (flags_of(lexicon, text_of(found)) & VERB) {
        Word plural = joined(analysis, tail, LITERAL("s"));
        uint32_t override = override_of(lexicon, find(lexicon, text_of(&plural)));
        bool settled = override != NONE && same(spelling(analysis, override), text_of(found)); /* wagen, not of waag */
        if (!settled && noun_written_as(analysis, tail, &noun)) *found = noun;
    }
    return true;
}

static bool by_last_part(Analysis *analysis, Text word, Word *found) {
    const Lexicon *lexicon = analysis->lexicon;
    const int long_part = 7;
    for (int cut = 3; cut <= word.size - 4; cut++) {
        Text tail = from(word, cut), front = until(word, cut);
        uint16_t flags = flags_of(lexicon, tail);
        if (!(flags & LISTED) || flags & NO_PART) continue;
        if (tail.size < long_part && front.size < long_part && !is_word(lexicon, front)) continue;
        Word lemma;
        if (!as_last_part(analysis, tail, &lemma)) continue;
        if (is_particle(lexicon, front) || !(flags_of(lexicon, text_of(&lemma)) & VERB)) {
            *found = joined(analysis, front, text_of(&lemma));
            return true;
        }
    }
    return false;
}

static bool spelled(Analysis *analysis, Text word, Word *base) {
    const Lexicon *lexicon = analysis->lexicon;
    if (!certain_base(analysis, word, base)) return false;
    for (int cut = 3; cut <= word.size - 3; cut++) {
        Text tail = from(word, cut);
        bool whole = tail.size > 3 ? is_lemma(lexicon, tail) : flags_of(lexicon, tail) & SHORT_PART;
        if (whole && is_word(lexicon, until(word, cut))) return false;
    }
    return true;
}

static Word stem(Analysis *analysis, Text word, Why *why) {
    const Lexicon *lexicon = analysis->lexicon;
    Word found, again;
    *why = UNCHANGED;
    if (word.size > MAX_WORD) return joined(analysis, word, EMPTY);
    if (flags_of(lexicon, word) & ONLY_NAME) {
        *why = NAME;
        return joined(analysis, word, EMPTY);
    }
    if (known(analysis, word, &found, why)) {
        Text lemma = text_of(&found);
        bool settled = same(lemma, word) || *why == OVERRIDE || flags_of(lexicon, lemma) & VERB;
        Why second;
        return !settled && known(analysis, lemma, &again, &second) ? again : found;
    }
    if (!by_last_part(analysis, word, &found) && (!spelled(analysis, word, &found) || !found.size)) {
        *why = UNCHANGED;
        return joined(analysis, word, EMPTY);
    }
    if (found.size < word.size) {
        Why inner;
        found = stem(analysis, text_of(&found), &inner);
    }
    *why = RULE;
    return found;
}

#endif
