/* The dictionary and the word lists of the analysis in one hash table, and words as Latin-1 letters.

   Every string is a row of bytes, one a letter, so that a length is a number of letters. A form with other letters has
   an entry, since forms of it may be in Latin-1, but no spelling: whoever needs that gives up (`Analysis.gave_up`), and
   the caller analyses the word in Python. */

#ifndef SEARCHQ_LEXICON_H
#define SEARCHQ_LEXICON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FORM 100 /* letters of a form in the dictionary or a list */
#define MAX_WORD 64  /* letters of a word to analyse, as in stemmer.py */
#define MAX_BUILT 256 /* letters of a candidate, built from a form with an ending and a particle */
#define NONE UINT32_MAX
#define SOON 16       /* entries from now on, whose places in the table are fetched: most are in no cache */

#if defined(__GNUC__) || defined(__clang__)
#define fetch(at) __builtin_prefetch(at)
#else
#define fetch(at) ((void)0)
#endif

enum { /* the first four as in packed.py; the others in the order of LISTS in compiled.py */
    LISTED = 1, VERB = 2, NOUN = 4, UNMARKED = 8,
    ONLY_NAME = 1 << 4, PLURAL_VERB = 1 << 5, DIMINUTIVE = 1 << 6, NO_PART = 1 << 7, SHORT_PART = 1 << 8,
    NO_COMPOUND = 1 << 9, SHORT_VOWEL = 1 << 10, STRONG = 1 << 11, FIXED = 1 << 12, STOP_WORD = 1 << 13,
    IDLE = 1 << 14, PECULIAR = 1 << 15,
};

typedef struct {
    uint32_t start;    /* of its letters */
    uint32_t lemma;    /* number of the lemma that the dictionary gives; NONE: it is not there */
    uint32_t override; /* number of the lemma of data/overrides.txt; NONE */
    uint32_t strong;   /* number of the infinitive of data/strong_verbs.txt; NONE */
    uint16_t flags;
    uint8_t size;
    bool spelled;      /* in Latin-1 */
} Entry;

typedef struct {
    const uint8_t *at;
    int size;
} Text;

typedef struct {
    uint8_t at[MAX_BUILT];
    int size;
} Word;

typedef struct {
    Text *texts;    /* longest first for each first letter */
    int count;
    int from[257];  /* by first letter, where its texts begin */
} Beginnings;

typedef struct {
    Entry *entries;
    uint32_t count, capacity;
    uint8_t *letters;
    size_t used, room;
    uint64_t *slots; /* upper half of the hash, number + 1 */
    uint32_t mask;
    uint8_t *seen;   /* a bit for each hash, of eight times as many places: tells most strings that are not here */
    Beginnings particles, prefixes;
    uint8_t folded[256][4]; /* size and letters without marks; size 255: not in Latin-1 */
    bool alphabetic[256], wordly[256], digit[256]; /* by letter, as Python's isalpha, \w and isdigit */
} Lexicon;

typedef struct {
    const Lexicon *lexicon;
    bool gave_up;
} Analysis;

static inline Text text_of(const Word *word) { return (Text){word->at, word->size}; }

/* Whether some letters are equal; a loop, since most texts are short and differ at once. */
static inline bool equal(const uint8_t *one, const uint8_t *other, int size) {
    for (int i = 0; i < size; i++)
        if (one[i] != other[i]) return false;
    return true;
}

static inline bool same(Text one, Text other) { return one.size == other.size && equal(one.at, other.at, one.size); }

static inline bool starts(Text text, Text with) { return text.size >= with.size && equal(text.at, with.at, with.size); }

static inline bool ends(Text text, Text with) {
    return text.size >= with.size && equal(text.at + text.size - with.size, with.at, with.size);
}

#define LITERAL(letters) ((Text){(const uint8_t *)(letters), (int)sizeof(letters) - 1})
#define ENDS(text, letters) ends(text, LITERAL(letters))

static inline Text from(Text text, int start) { return (Text){text.at + start, text.size - start}; }
static inline Text until(Text text, int end) { return (Text){text.at, end}; }
static inline Text without_last(Text text, int letters) { return until(text, text.size - letters); }

static inline Text without_ending(Text text, Text ending) {
    return ends(text, ending) ? without_last(text, ending.size) : text;
}

static inline void append(Analysis *analysis, Word *word, Text text) {
    if (word->size + text.size > MAX_BUILT) {
        analysis->gave_up = true;
        return;
    }
    memcpy(word->at + word->size, text.at, (size_t)text.size);
    word->size += text.size;
}

static inline Word joined(Analysis *analysis, Text one, Text other) {
    Word word;
    word.size = 0;
    append(analysis, &word, one);
    append(analysis, &word, other);
    return word;
}

/* The hash of a row of letters; of a longer row from that of its beginning. */
static inline uint64_t hash_more(uint64_t hash, uint8_t letter) { return (hash ^ letter) * 0x9E3779B97F4A7C15u; }

static inline uint64_t hash_end(uint64_t hash) { return hash ^ (hash >> 29); }

static inline uint64_t hash_of(Text text) {
    uint64_t hash = 0x51ED270B35A1C3E7u;
    for (int i = 0; i < text.size; i++) hash = hash_more(hash, text.at[i]);
    return hash;
}

static inline uint32_t find_hashed(const Lexicon *lexicon, Text text, uint64_t hash) {
    hash = hash_end(hash);
    uint32_t tag = (uint32_t)(hash >> 32), bit = (uint32_t)hash & (8 * lexicon->mask + 7);
    if (!(lexicon->seen[bit >> 3] >> (bit & 7) & 1)) return NONE;
    for (uint32_t place = (uint32_t)hash & lexicon->mask;; place = (place + 1) & lexicon->mask) {
        uint64_t slot = lexicon->slots[place];
        if (!slot) return NONE;
        if ((uint32_t)(slot >> 32) != tag) continue;
        const Entry *entry = &lexicon->entries[(uint32_t)slot - 1];
        if (same((Text){lexicon->letters + entry->start, entry->size}, text)) return (uint32_t)slot - 1;
    }
}

static inline uint32_t find(const Lexicon *lexicon, Text text) { return find_hashed(lexicon, text, hash_of(text)); }

static inline Text spelling(Analysis *analysis, uint32_t number) {
    const Entry *entry = &analysis->lexicon->entries[number];
    if (!entry->spelled) analysis->gave_up = true;
    return (Text){analysis->lexicon->letters + entry->start, entry->size};
}

static inline uint16_t flags_of(const Lexicon *lexicon, Text text) {
    uint32_t number = find(lexicon, text);
    return number == NONE ? 0 : lexicon->entries[number].flags;
}

/* The number of the lemma of a listed form; NONE if it is not listed. */
static inline uint32_t lemma_of(const Lexicon *lexicon, uint32_t number) {
    return number != NONE && lexicon->entries[number].flags & LISTED ? lexicon->entries[number].lemma : NONE;
}

static inline uint32_t override_of(const Lexicon *lexicon, uint32_t number) {
    return number == NONE ? NONE : lexicon->entries[number].override;
}

/* Whether a form is listed as its own lemma. */
static inline bool is_lemma(const Lexicon *lexicon, Text form) {
    uint32_t number = find(lexicon, form);
    return number != NONE && lemma_of(lexicon, number) == number;
}

static inline bool is_ascii(Text text) {
    for (int i = 0; i < text.size; i++)
        if (text.at[i] & 0x80) return false;
    return true;
}

/* A word without its marks; false if that is not in Latin-1. */
static inline bool fold(const Lexicon *lexicon, Text text, Word *bare) {
    bare->size = 0;
    for (int i = 0; i < text.size; i++) {
        const uint8_t *letters = lexicon->folded[text.at[i]];
        if (letters[0] == 255 || bare->size + 3 > MAX_BUILT) return false;
        memcpy(bare->at + bare->size, letters + 1, letters[0]);
        bare->size += letters[0];
    }
    return true;
}

/* Building the table. */

static inline uint64_t hash_of_entry(const Lexicon *lexicon, uint32_t number) {
    const Entry *entry = &lexicon->entries[number];
    return hash_end(hash_of((Text){lexicon->letters + entry->start, entry->size}));
}

static inline void insert_slot(Lexicon *lexicon, uint32_t number, uint64_t hash) {
    uint32_t place = (uint32_t)hash & lexicon->mask, bit = (uint32_t)hash & (8 * lexicon->mask + 7);
    lexicon->seen[bit >> 3] |= (uint8_t)(1 << (bit & 7));
    while (lexicon->slots[place]) place = (place + 1) & lexicon->mask;
    lexicon->slots[place] = hash >> 32 << 32 | (number + 1);
}

/* Enter all entries in an empty table; places that will soon be written are fetched. */
static inline void insert_slots(Lexicon *lexicon) {
    uint64_t hashes[SOON];
    uint64_t count = lexicon->count;
    for (uint64_t number = 0; number < count + SOON; number++) {
        if (number >= SOON && lexicon->entries[number - SOON].spelled)
            insert_slot(lexicon, (uint32_t)(number - SOON), hashes[number % SOON]);
        if (number >= count) continue;
        uint64_t hash = hashes[number % SOON] = hash_of_entry(lexicon, (uint32_t)number);
        fetch(&lexicon->slots[(uint32_t)hash & lexicon->mask]);
        fetch(&lexicon->seen[((uint32_t)hash & (8 * lexicon->mask + 7)) >> 3]);
    }
}

static inline bool widen_table(Lexicon *lexicon) {
    size_t size = lexicon->mask ? 2 * ((size_t)lexicon->mask + 1) : 1 << 12;
    uint64_t *slots = calloc(size, sizeof *slots);
    uint8_t *seen = calloc(size, 1);
    if (!slots || !seen) {
        free(slots);
        free(seen);
        return false;
    }
    free(lexicon->slots);
    free(lexicon->seen);
    lexicon->slots = slots;
    lexicon->seen = seen;
    lexicon->mask = (uint32_t)(size - 1);
    insert_slots(lexicon);
    return true;
}

/* Append an entry, spelled unless `text.at` is NULL, that is not in the table yet; false without memory. */
static inline bool append_outside(Lexicon *lexicon, Text text) {
    if (lexicon->count == lexicon->capacity) {
        uint32_t capacity = lexicon->capacity ? 2 * lexicon->capacity : 1 << 11;
        Entry *entries = realloc(lexicon->entries, capacity * sizeof *entries);
        if (!entries) return false;
        lexicon->entries = entries;
        lexicon->capacity = capacity;
    }
    if (lexicon->used + MAX_FORM > lexicon->room) {
        size_t room = lexicon->room ? 2 * lexicon->room : 1 << 15;
        uint8_t *letters = realloc(lexicon->letters, room);
        if (!letters) return false;
        lexicon->letters = letters;
        lexicon->room = room;
    }
    Entry *entry = &lexicon->entries[lexicon->count++];
    *entry = (Entry){(uint32_t)lexicon->used, NONE, NONE, NONE, 0, (uint8_t)text.size, text.at != NULL};
    if (text.at) memcpy(lexicon->letters + lexicon->used, text.at, (size_t)text.size);
    lexicon->used += (size_t)text.size;
    return true;
}

/* Append an entry that is in the table; false without memory. */
static inline bool append_entry(Lexicon *lexicon, Text text) {
    if (lexicon->count >= lexicon->mask / 2 && !widen_table(lexicon)) return false;
    if (!append_outside(lexicon, text)) return false;
    uint32_t number = lexicon->count - 1;
    if (text.at) insert_slot(lexicon, number, hash_of_entry(lexicon, number));
    return true;
}

static inline void free_lexicon(Lexicon *lexicon) {
    free(lexicon->entries);
    free(lexicon->letters);
    free(lexicon->slots);
    free(lexicon->seen);
    free(lexicon->particles.texts);
    free(lexicon->prefixes.texts);
    memset(lexicon, 0, sizeof *lexicon);
}

#endif
