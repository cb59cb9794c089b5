/* searchq.kernel.dutch: the analysis of Dutch words, for indexing; see dutch.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "compounds.h"
#include "lexicon.h"
#include "stemming.h"

#define VERSION 5 /* raise it here and in __init__.py when either needs the other to change */

typedef struct {
    PyObject_HEAD
    Lexicon lexicon;
} DutchWords;

static const char *const REASONS[] = {"dictionary", "name", "override", "rule", "unchanged", "address", "compound", "number"};
static PyObject *reasons[COUNT(REASONS)];

/* The letters of a string in Latin-1, which Python keeps so; false for others, and for those too long. */
static bool as_text(PyObject *string, Py_ssize_t most, Text *text) {
    if (!PyUnicode_Check(string) || PyUnicode_KIND(string) != PyUnicode_1BYTE_KIND) return false;
    Py_ssize_t size = PyUnicode_GET_LENGTH(string);
    *text = (Text){PyUnicode_1BYTE_DATA(string), (int)size};
    return size <= most;
}

static PyObject *as_string(Text text) {
    return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, text.at, text.size);
}

/* Reading the packed dictionary (see packed.py). */

/* A form in UTF-8 as Latin-1; `at` is NULL if it has other letters. */
static Text decoded(const uint8_t *form, size_t size, uint8_t *letters) {
    int count = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t letter = form[i];
        if (letter >= 0x80) {
            if ((letter & 0xFE) != 0xC2 || i + 1 == size) return (Text){NULL, 0};
            letter = (uint8_t)(letter << 6 | (form[++i] & 0x3F));
        }
        if (count == MAX_FORM) return (Text){NULL, 0};
        letters[count++] = letter;
    }
    return (Text){letters, count};
}

static uint32_t number_at(const uint8_t *at) {
    uint32_t number;
    memcpy(&number, at, sizeof number);
    return number;
}

static bool read_packed(Lexicon *lexicon, const uint8_t *packed, size_t size) {
    const size_t header = 32;
    if (size < header) return false;
    uint64_t count = number_at(packed), forms_size = number_at(packed + 4), buckets = number_at(packed + 8);
    uint64_t lemmas = header + 8 * (buckets + 1), flags = lemmas + 4 * count, forms = flags + count;
    if ((uint64_t)size != forms + forms_size || !forms_size || packed[forms] != '\n') return false;
    const uint8_t *at = packed + forms + 1, *end = packed + size;
    uint8_t letters[MAX_FORM];
    while (lexicon->mask / 2 <= count) /* at once: widening a full table enters all its forms anew */
        if (!widen_table(lexicon)) return false;
    for (uint64_t number = 0; number < count; number++) {
        const uint8_t *line_end = memchr(at, '\n', (size_t)(end - at));
        uint32_t lemma = number_at(packed + lemmas + 4 * number);
        if (!line_end || lemma >= count) return false;
        if (!append_outside(lexicon, decoded(at, (size_t)(line_end - at), letters))) return false;
        lexicon->entries[number].lemma = lemma;
        lexicon->entries[number].flags = packed[flags + number] & (LISTED | VERB | NOUN | UNMARKED);
        at = line_end + 1;
    }
    insert_slots(lexicon);
    return at == end;
}

/* Reading the lists. */

/* The number of a string's entry, added where there is none; NONE, with an exception, on failure. */
static uint32_t entry_of(Lexicon *lexicon, PyObject *string) {
    Text text;
    if (!as_text(string, MAX_FORM, &text)) {
        PyErr_SetString(PyExc_ValueError, "a list holds a word that is long, or not in Latin-1");
        return NONE;
    }
    uint32_t number = find(lexicon, text);
    if (number != NONE) return number;
    if (append_entry(lexicon, text)) return lexicon->count - 1;
    PyErr_NoMemory();
    return NONE;
}

static bool read_list(Lexicon *lexicon, PyObject *words, uint16_t flag) {
    PyObject *list = PySequence_Fast(words, "a list of words is no sequence");
    if (!list) return false;
    bool done = true;
    for (Py_ssize_t i = 0; done && i < PySequence_Fast_GET_SIZE(list); i++) {
        uint32_t number = entry_of(lexicon, PySequence_Fast_GET_ITEM(list, i));
        done = number != NONE;
        if (done) lexicon->entries[number].flags |= flag;
    }
    Py_DECREF(list);
    return done;
}

static bool read_lists(Lexicon *lexicon, PyObject *lists) {
    uint32_t flag = ONLY_NAME;
    bool done = true;
    for (Py_ssize_t i = 0; done && i < PyTuple_GET_SIZE(lists); i++, flag <<= 1)
        done = flag <= PECULIAR && read_list(lexicon, PyTuple_GET_ITEM(lists, i), (uint16_t)flag);
    if (!done && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "too many lists");
    return done;
}

/* Read form -> lemma into one of the two tables of lemmas. */
static bool read_lemmas(Lexicon *lexicon, PyObject *lemmas, bool strong) {
    PyObject *form, *lemma;
    Py_ssize_t place = 0;
    while (PyDict_Next(lemmas, &place, &form, &lemma)) {
        uint32_t number = entry_of(lexicon, form), of = number == NONE ? NONE : entry_of(lexicon, lemma);
        if (of == NONE) return false;
        if (strong) lexicon->entries[number].strong = of;
        else lexicon->entries[number].override = of;
    }
    return true;
}

static int by_beginning(const void *one, const void *other) {
    const Text *left = one, *right = other;
    if (left->at[0] != right->at[0]) return left->at[0] < right->at[0] ? -1 : 1;
    return right->size - left->size; /* the longest first; no two of a length begin the same word */
}

/* Read words of two letters or more, to find those that a word begins with. */
static bool read_beginnings(Lexicon *lexicon, PyObject *words, Beginnings *all) {
    Py_ssize_t size = PyTuple_GET_SIZE(words);
    if (!(all->texts = calloc((size_t)size + 1, sizeof *all->texts))) return PyErr_NoMemory() != NULL;
    for (Py_ssize_t i = 0; i < size; i++) /* their entries first: these move the letters */
        if (entry_of(lexicon, PyTuple_GET_ITEM(words, i)) == NONE) return false;
    for (all->count = 0; all->count < size; all->count++) {
        Text text = EMPTY;
        as_text(PyTuple_GET_ITEM(words, all->count), MAX_FORM, &text);
        if (text.size < 2) {
            PyErr_SetString(PyExc_ValueError, "a particle or prefix has one letter");
            return false;
        }
        const Entry *entry = &lexicon->entries[find(lexicon, text)];
        all->texts[all->count] = (Text){lexicon->letters + entry->start, entry->size};
    }
    qsort(all->texts, (size_t)all->count, sizeof *all->texts, by_beginning);
    for (int i = 0, letter = 0; letter <= 256; letter++) {
        while (i < all->count && all->texts[i].at[0] < letter) i++;
        all->from[letter] = i;
    }
    return true;
}

/* Read what the 256 letters are without their marks, and which are letters. */
static bool read_letters(Lexicon *lexicon, PyObject *folded, PyObject *letters) {
    Text alphabet;
    if (PyTuple_GET_SIZE(folded) != 256 || !as_text(letters, 256, &alphabet)) {
        PyErr_SetString(PyExc_ValueError, "256 letters are expected");
        return false;
    }
    for (int i = 0; i < 256; i++) {
        Text bare;
        bool fits = as_text(PyTuple_GET_ITEM(folded, i), 3, &bare);
        lexicon->folded[i][0] = fits ? (uint8_t)bare.size : 255;
        if (fits) memcpy(lexicon->folded[i] + 1, bare.at, (size_t)bare.size);
    }
    for (int i = 0; i < alphabet.size; i++) lexicon->alphabetic[alphabet.at[i]] = true;
    for (int i = 0; i < 256; i++) {
        lexicon->wordly[i] = i == '_' || Py_UNICODE_ISALNUM((Py_UCS4)i);
        lexicon->digit[i] = Py_UNICODE_ISDIGIT((Py_UCS4)i);
    }
    return true;
}

/* The type. */

static int dutch_init(DutchWords *self, PyObject *arguments, PyObject *names) {
    static char *keywords[] = {"packed", "lists", "overrides", "strong", "particles", "prefixes", "folded", "letters", NULL};
    Py_buffer packed;
    PyObject *lists, *overrides, *strong, *particles, *prefixes, *folded, *letters;
    if (!PyArg_ParseTupleAndKeywords(
            arguments, names, "y*O!O!O!O!O!O!U", keywords, &packed, &PyTuple_Type, &lists, &PyDict_Type, &overrides,
            &PyDict_Type, &strong, &PyTuple_Type, &particles, &PyTuple_Type, &prefixes, &PyTuple_Type, &folded, &letters))
        return -1;
    Lexicon *lexicon = &self->lexicon;
    free_lexicon(lexicon);
    bool done = widen_table(lexicon) && read_packed(lexicon, packed.buf, (size_t)packed.len);
    if (!done) PyErr_SetString(PyExc_ValueError, "these are no bytes of a packed dictionary");
    done = done && read_lists(lexicon, lists) && read_lemmas(lexicon, overrides, false) &&
           read_lemmas(lexicon, strong, true) && read_letters(lexicon, folded, letters) &&
           read_list(lexicon, particles, 0) && read_list(lexicon, prefixes, 0) &&
           read_beginnings(lexicon, particles, &lexicon->particles) &&
           read_beginnings(lexicon, prefixes, &lexicon->prefixes);
    PyBuffer_Release(&packed);
    if (done) return 0;
    free_lexicon(lexicon);
    return -1;
}

static void dutch_dealloc(DutchWords *self) {
    PyTypeObject *type = Py_TYPE(self);
    free_lexicon(&self->lexicon);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* Begin the analysis of a word; false where it must be done in Python. */
static bool begin(DutchWords *self, PyObject *word, Analysis *analysis, Text *text) {
    *analysis = (Analysis){&self->lexicon, false};
    return self->lexicon.slots && as_text(word, MAX_WORD, text);
}

static PyObject *dutch_stem(DutchWords *self, PyObject *word) {
    Analysis analysis;
    Text text;
    Why why;
    if (!begin(self, word, &analysis, &text)) Py_RETURN_NONE;
    Word found = stem(&analysis, text, &why);
    if (analysis.gave_up) Py_RETURN_NONE;
    return Py_BuildValue("NO", as_string(text_of(&found)), reasons[why]);
}

static PyObject *tuple_of(const Parts *parts) {
    PyObject *tuple = PyTuple_New(parts->count);
    for (int i = 0; tuple && i < parts->count; i++) {
        PyObject *part = as_string(text_of(&parts->at[i]));
        if (!part) Py_CLEAR(tuple);
        else PyTuple_SET_ITEM(tuple, i, part);
    }
    return tuple;
}

static PyObject *dutch_parts(DutchWords *self, PyObject *word) {
    Analysis analysis;
    Text text;
    Parts found;
    if (!begin(self, word, &analysis, &text)) Py_RETURN_NONE;
    found.count = 0;
    add_parts(&analysis, text, &found);
    if (analysis.gave_up) Py_RETURN_NONE;
    return tuple_of(&found);
}

static void add_folded(Analysis *analysis, Text word, Parts *found) {
    Word bare;
    if (fold(analysis->lexicon, word, &bare)) add_part(analysis, found, text_of(&bare));
    else analysis->gave_up = true;
}

/* Add the term of a word within another one, unless nobody looks for it alone. */
static void add_term_within(Analysis *analysis, Text part, Parts *terms) {
    uint16_t flags = flags_of(analysis->lexicon, part);
    Why why;
    if (flags & IDLE) return;
    if (flags & PECULIAR) {
        analysis->gave_up = true;
        return;
    }
    Word own = stem(analysis, part, &why);
    add_folded(analysis, text_of(&own), terms);
}

/* Add the terms of a lemma's parts; verbs are not split. */
static void add_terms_of_parts(Analysis *analysis, Text lemma, Why why, Parts *terms) {
    Parts parts;
    parts.count = 0;
    if (why == NAME || flags_of(analysis->lexicon, lemma) & VERB) return;
    add_parts(analysis, lemma, &parts);
    for (int i = 0; i < parts.count && !analysis->gave_up; i++) {
        Text part = text_of(&parts.at[i]);
        bool short_name = part.size <= 4 && flags_of(analysis->lexicon, part) & ONLY_NAME;
        if (!short_name) add_term_within(analysis, part, terms);
    }
}

/* Words of several pieces: wiskunde-onderwijs, l'union, kmo's, @fod_financien. */

#define MAX_PIECES 16

typedef struct {
    Text at[MAX_PIECES];
    Word lemmas[MAX_PIECES];
    Why whys[MAX_PIECES];
    int count;
} Pieces;

static Text without_clitics(const Lexicon *lexicon, Text word) {
    static const char *const ENDS_OF[] = {"'s", "'er", "'ers", "'en", "'tje", "'tjes"};
    const bool *wordly = lexicon->wordly;
    int start = word.size > 1 && among(word.at[0], "dljtscnm") && word.at[1] == '\'' ? 2 : 0;
    if (starts(word, LITERAL("qu'"))) start = 3;
    if (start && !(word.size > start + 1 && wordly[word.at[start]] && wordly[word.at[start + 1]])) start = 0;
    for (int i = 0; i < COUNT(ENDS_OF); i++) {
        Text ending = {(const uint8_t *)ENDS_OF[i], (int)strlen(ENDS_OF[i])};
        int place = word.size - ending.size;
        if (place > start && ends(word, ending) && wordly[word.at[place - 1]]) word.size = place;
    }
    return from(word, start);
}

/* Cut a word at its joints; false if it has no piece, or too many. */
static bool cut_pieces(Analysis *analysis, Text word, Pieces *pieces) {
    word = without_clitics(analysis->lexicon, word);
    pieces->count = 0;
    for (int start = 0, end = 0; end <= word.size; end++) {
        if (end < word.size && !among(word.at[end], "-'&@._")) continue;
        if (end > start) {
            if (pieces->count == MAX_PIECES) return false;
            int i = pieces->count++;
            pieces->at[i] = (Text){word.at + start, end - start};
            pieces->lemmas[i] = stem(analysis, pieces->at[i], &pieces->whys[i]);
        }
        start = end + 1;
    }
    if (pieces->count > 1 && same(pieces->at[0], LITERAL("st"))) { /* st-truiden */
        pieces->at[0] = LITERAL("sint");
        pieces->lemmas[0] = stem(analysis, pieces->at[0], &pieces->whys[0]);
    }
    return pieces->count > 0;
}

static bool is_address(const Lexicon *lexicon, Text word) {
    for (int i = 0; i < word.size; i++) {
        if (among(word.at[i], "@_")) return true;
        bool between = i && i + 1 < word.size && lexicon->wordly[word.at[i - 1]] && lexicon->wordly[word.at[i + 1]];
        if (word.at[i] == '.' && between) return true;
    }
    return false;
}

static bool is_number(const Lexicon *lexicon, Text text) {
    for (int i = 0; i < text.size; i++)
        if (!lexicon->digit[text.at[i]]) return false;
    return true;
}

static void add_whole(Analysis *analysis, Text word, const Pieces *pieces, Parts *terms, Why *why) {
    int last = pieces->count - 1;
    if (is_address(analysis->lexicon, word)) {
        *why = ADDRESS;
        if (starts(word, LITERAL("www."))) word = from(word, 4);
        if (starts(word, LITERAL("@"))) word = from(word, 1);
        add_folded(analysis, word, terms);
        return;
    }
    *why = pieces->whys[last];
    Word whole = {{0}, 0};
    bool postposed = same(pieces->at[last], LITERAL("generaal")) || same(pieces->at[last], LITERAL("verbaal"));
    for (int i = 0; i < last; i++) append(analysis, &whole, postposed ? text_of(&pieces->lemmas[i]) : pieces->at[i]);
    append(analysis, &whole, text_of(&pieces->lemmas[last]));
    add_folded(analysis, text_of(&whole), terms);
}

/* Whether some digits may be a year, which Python finds. */
static bool may_hold_year(const Lexicon *lexicon, Text word) {
    for (int i = 0; i + 3 < word.size; i++) {
        const bool century = starts(from(word, i), LITERAL("19")) || starts(from(word, i), LITERAL("20"));
        if (century && lexicon->digit[word.at[i + 2]] && lexicon->digit[word.at[i + 3]]) return true;
    }
    return false;
}

/* The term of a number without a year: itself. */
static bool find_number(Analysis *analysis, Text word, Parts *terms, Why *why) {
    if (may_hold_year(analysis->lexicon, word)) return false;
    *why = NUMBER;
    add_folded(analysis, word, terms);
    return true;
}

static bool find_joined_terms(Analysis *analysis, Text word, Parts *terms, Why *why) {
    Pieces pieces;
    bool number = true;
    for (int i = 0; number && i < word.size; i++) number = among(word.at[i], "0123456789.,/-");
    if (number) return find_number(analysis, word, terms, why);
    if (!cut_pieces(analysis, word, &pieces)) return false;
    add_whole(analysis, word, &pieces, terms, why);
    for (int i = 0; pieces.count > 1 && i < pieces.count && !analysis->gave_up; i++)
        if (pieces.at[i].size > 1 && !is_number(analysis->lexicon, pieces.at[i]))
            add_term_within(analysis, pieces.at[i], terms);
    for (int i = 0; i < pieces.count && !analysis->gave_up; i++)
        add_terms_of_parts(analysis, text_of(&pieces.lemmas[i]), pieces.whys[i], terms);
    return true;
}

/* The terms of a word, the whole first; see `_terms` in dutch.py. False where Python must find them: of years, say. */
static bool find_terms(Analysis *analysis, Text word, Parts *terms, Why *why) {
    const Lexicon *lexicon = analysis->lexicon;
    terms->count = 0;
    uint16_t flags = flags_of(lexicon, word);
    *why = UNCHANGED;
    if (flags & STOP_WORD) return true;
    if (flags & PECULIAR || !word.size) return false;
    for (int i = 0; i < word.size; i++)
        if (!lexicon->alphabetic[word.at[i]]) return find_joined_terms(analysis, word, terms, why);
    Word lemma = stem(analysis, word, why);
    add_folded(analysis, text_of(&lemma), terms);
    add_terms_of_parts(analysis, text_of(&lemma), *why, terms);
    return true;
}

static PyObject *dutch_terms(DutchWords *self, PyObject *word) {
    Analysis analysis;
    Text text;
    Parts terms;
    Why why;
    if (!begin(self, word, &analysis, &text)) Py_RETURN_NONE;
    if (!find_terms(&analysis, text, &terms, &why) || analysis.gave_up) Py_RETURN_NONE;
    PyObject *found = tuple_of(&terms);
    return found ? Py_BuildValue("NO", found, reasons[why]) : NULL;
}

/* Terms of many words. */

/* Append a term of a word, and its kind. */
static bool append_term(PyObject *terms, PyObject *kinds, PyObject *term, PyObject *kind) {
    return term && kind && !PyList_Append(terms, term) && !PyList_Append(kinds, kind);
}

/* Append what Python finds for a word; return how many terms, -1 with an exception on failure. */
static Py_ssize_t append_missing(PyObject *missing, PyObject *word, PyObject *terms, PyObject *kinds) {
    PyObject *found = PyObject_CallOneArg(missing, word);
    PyObject *list = found ? PySequence_Fast(found, "the terms of a word are no sequence") : NULL;
    Py_XDECREF(found);
    if (!list) return -1;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(list);
    for (Py_ssize_t i = 0; count >= 0 && i < count; i++) {
        PyObject *term = PySequence_Fast_GET_ITEM(list, i);
        if (!PyTuple_Check(term) || PyTuple_GET_SIZE(term) != 2) {
            PyErr_SetString(PyExc_TypeError, "a term is no pair");
            count = -1;
        } else if (!append_term(terms, kinds, PyTuple_GET_ITEM(term, 0), PyTuple_GET_ITEM(term, 1))) {
            count = -1;
        }
    }
    Py_DECREF(list);
    return count;
}

/* The same of a word whose terms C finds. */
static Py_ssize_t append_found(const Parts *found, Why why, PyObject *of_kind, PyObject *terms, PyObject *kinds) {
    for (int i = 0; i < found->count; i++) {
        PyObject *term = as_string(text_of(&found->at[i]));
        bool done = append_term(terms, kinds, term, PyTuple_GET_ITEM(of_kind, i ? COMPOUND : why));
        Py_XDECREF(term);
        if (!done) return -1;
    }
    return found->count;
}

static bool append_all(DutchWords *self, PyObject *words, PyObject *of_kind, PyObject *missing, PyObject *found[3]) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(words); i++) {
        PyObject *word = Py_NewRef(PyList_GET_ITEM(words, i));
        Analysis analysis;
        Text text;
        Parts terms;
        Why why;
        bool here = begin(self, word, &analysis, &text) && find_terms(&analysis, text, &terms, &why) && !analysis.gave_up;
        Py_ssize_t count = here ? append_found(&terms, why, of_kind, found[1], found[2])
                                : append_missing(missing, word, found[1], found[2]);
        Py_DECREF(word);
        PyObject *number = count < 0 ? NULL : PyLong_FromSsize_t(count);
        bool done = number && !PyList_Append(found[0], number);
        Py_XDECREF(number);
        if (!done) return false;
    }
    return true;
}

static PyObject *dutch_all_terms(DutchWords *self, PyObject *arguments) {
    PyObject *words, *of_kind, *missing, *found[3] = {PyList_New(0), PyList_New(0), PyList_New(0)}, *all = NULL;
    if (found[0] && found[1] && found[2] &&
        PyArg_ParseTuple(arguments, "O!O!O", &PyList_Type, &words, &PyTuple_Type, &of_kind, &missing)) {
        if (PyTuple_GET_SIZE(of_kind) != COUNT(REASONS)) PyErr_SetString(PyExc_ValueError, "a kind for each reason is expected");
        else if (append_all(self, words, of_kind, missing, found)) all = PyTuple_Pack(3, found[0], found[1], found[2]);
    }
    for (int i = 0; i < 3; i++) Py_XDECREF(found[i]);
    return all;
}

static PyMethodDef dutch_methods[] = {
    {"stem", (PyCFunction)dutch_stem, METH_O, NULL},
    {"parts", (PyCFunction)dutch_parts, METH_O, NULL},
    {"terms", (PyCFunction)dutch_terms, METH_O, NULL},
    {"all_terms", (PyCFunction)dutch_all_terms, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot dutch_slots[] = {
    {Py_tp_init, dutch_init}, {Py_tp_dealloc, dutch_dealloc}, {Py_tp_methods, dutch_methods},
    {Py_tp_new, PyType_GenericNew}, {0, NULL},
};

static PyType_Spec dutch_spec = {"searchq.kernel.dutch.DutchWords", sizeof(DutchWords), 0, Py_TPFLAGS_DEFAULT, dutch_slots};

static int execute(PyObject *module) {
    for (int i = 0; i < COUNT(REASONS); i++)
        if (!reasons[i] && !(reasons[i] = PyUnicode_InternFromString(REASONS[i]))) return -1;
    PyObject *type = PyType_FromSpec(&dutch_spec);
    if (!type) return -1;
    int failed = PyModule_AddObjectRef(module, "DutchWords", type);
    Py_DECREF(type);
    return failed ? failed : PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.dutch", "The analysis of Dutch words.", 0, NULL, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_dutch(void) { return PyModuleDef_Init(&module); }
