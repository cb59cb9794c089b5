/* The parts of a Dutch compound: compounds.py, function by function and in the same order. */

#ifndef SEARCHQ_COMPOUNDS_H
#define SEARCHQ_COMPOUNDS_H

#include "lexicon.h"
#include "stemming.h"

#define MAX_COMPOUND 48 /* letters */
#define MIN_PART 2
#define MIN_FREE_PART 4
#define MAX_PARTS 64

typedef struct {
    Word at[MAX_PARTS];
    int count;
} Parts;

typedef struct { /* the cheapest cut of the letters before a place */
    double price;
    int before; /* where its last part begins; -1: there is no cut */
    int size;   /* letters of that part, without a linking sound */
    int count;
} Cut;

static const double SHORT_PRICES[] = {0.0, 0.0, 0.5, 0.4, 0.2, 0.05}; /* by letters */

static bool ends_in_linking_s(const Lexicon *lexicon, Text part) {
    return part.size > 6 && ENDS(part, "s") && is_lemma(lexicon, without_last(part, 1));
}

/* The price of a part, which is an entry of the lexicon; 0: it cannot be one. */
static double price_of(const Lexicon *lexicon, Text part, uint32_t number) {
    const Entry *entry = &lexicon->entries[number], *lemma = &lexicon->entries[entry->lemma];
    if (entry->flags & NO_PART) return 0.0;
    double price = 1.0 + (part.size < COUNT(SHORT_PRICES) ? SHORT_PRICES[part.size] : 0.0);
    if (entry->lemma == number) return price;
    Text written = {lexicon->letters + lemma->start, lemma->size};
    if (lemma->spelled && part.size == written.size + 1 && starts(part, written) && ENDS(part, "s")) return 0.0;
    bool only_verb = lemma->flags & VERB && !(entry->flags & NOUN);
    return only_verb ? price + 0.3 : price;
}

/* The entry of some letters as a part; NONE if they are none. */
static uint32_t part_number(const Lexicon *lexicon, Text part, uint64_t hash) {
    uint32_t number = find_hashed(lexicon, part, hash);
    if (number == NONE || !(lexicon->entries[number].flags & LISTED)) return NONE;
    return part.size >= MIN_FREE_PART || lexicon->entries[number].flags & SHORT_PART ? number : NONE;
}

static void offer(Cut *cuts, int start, int end, int size, double price) {
    double whole = cuts[start].price + price;
    if (cuts[end].before < 0 || whole < cuts[end].price) cuts[end] = (Cut){whole, start, size, cuts[start].count + 1};
}

/* Every part that begins at a place and leaves letters for the last one. */
static void offer_readings(const Lexicon *lexicon, Text word, Cut *cuts, int start, int stop, bool is_known) {
    uint64_t hash = hash_of(until(from(word, start), MIN_PART - 1));
    for (int end = start + MIN_PART; end <= stop; end++) {
        Text part = {word.at + start, end - start};
        hash = hash_more(hash, word.at[end - 1]);
        uint32_t number = part_number(lexicon, part, hash);
        if (number == NONE || ends_in_linking_s(lexicon, part)) continue;
        double price = price_of(lexicon, part, number);
        if (price == 0.0) continue;
        bool linked = ENDS(part, "ing") || ENDS(part, "heid") || ENDS(part, "schap") || ENDS(part, "teit");
        offer(cuts, start, end, part.size, linked ? price + 0.3 : price);
        if (word.at[end] == 's' && word.at[end - 1] != 's') offer(cuts, start, end + 1, part.size, price + 0.05);
    }
    int place = -1;
    if (start == 0 && !is_known)
        for (Text prefix; (prefix = next_beginning(&lexicon->prefixes, word, &place)).size;)
            if (prefix.size <= stop) offer(cuts, 0, prefix.size, prefix.size, 1.0 + 0.6);
}

/* Split a word; return the number of its parts, which stand in `parts`, and 0 if it is no compound. */
static int split(const Lexicon *lexicon, Text word, Text *parts) {
    if (word.size <= 2 * MIN_PART || word.size > MAX_COMPOUND) return 0;
    for (int i = 0; i < word.size; i++)
        if (!lexicon->alphabetic[word.at[i]]) return 0;
    uint16_t flags = flags_of(lexicon, word);
    if (flags & NO_COMPOUND) return 0;
    double last_prices[MAX_COMPOUND + 1];
    int last_start = 0;
    for (int start = MIN_PART; start <= word.size - MIN_PART; start++) {
        Text part = from(word, start);
        uint32_t number = part_number(lexicon, part, hash_of(part));
        last_prices[start] = number == NONE ? 0.0 : price_of(lexicon, part, number);
        if (last_prices[start] > 0.0) last_start = start;
    }
    if (!last_start) return 0; /* so is one word in four */
    Cut cuts[MAX_COMPOUND + 2];
    for (int place = 0; place <= word.size + 1; place++) cuts[place].before = -1;
    cuts[0] = (Cut){0.0, 0, 0, 0};
    for (int start = 0; start < last_start; start++)
        if (cuts[start].before >= 0) offer_readings(lexicon, word, cuts, start, last_start, flags & LISTED);
    int best = 0;
    double cheapest = 0.0;
    for (int start = MIN_PART; start <= last_start; start++)
        if (last_prices[start] > 0.0 && cuts[start].before >= 0 &&
            (!best || cuts[start].price + last_prices[start] < cheapest)) {
            best = start;
            cheapest = cuts[start].price + last_prices[start];
        }
    int count = best ? cuts[best].count + 1 : 0;
    double dearest = 1.0 + (flags & LISTED ? 0.31 : 0.45);
    volatile double bound = dearest * count; /* not fused with the sum: as Python computes it */
    if (cheapest > bound + 1e-9) return 0;
    if (count) parts[count - 1] = from(word, best);
    for (int end = best, left = count - 1; left > 0; end = cuts[end].before)
        parts[--left] = (Text){word.at + cuts[end].before, cuts[end].size};
    return count;
}

static void add_part(Analysis *analysis, Parts *found, Text part) {
    for (int i = 0; i < found->count; i++)
        if (same(text_of(&found->at[i]), part)) return;
    if (found->count == MAX_PARTS) {
        analysis->gave_up = true;
        return;
    }
    found->at[found->count++] = joined(analysis, part, EMPTY);
}

/* Add all parts of a compound, parts of parts too. */
static void add_parts(Analysis *analysis, Text word, Parts *found) {
    Text cut[MAX_COMPOUND];
    int count = split(analysis->lexicon, word, cut);
    for (int i = 0; i < count; i++) {
        uint32_t lemma = lemma_of(analysis->lexicon, find(analysis->lexicon, cut[i]));
        add_part(analysis, found, cut[i]);
        Text whole = lemma == NONE ? cut[i] : spelling(analysis, lemma);
        if (whole.size < word.size && !analysis->gave_up) add_parts(analysis, whole, found);
    }
}

#endif
