/* searchq.kernel.dutch: the analysis of Dutch words, for indexing; see dutch.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "compounds.h"
#include "lexicon.h"
#include "stemming.h"

#define VERSION 1 /* raise it here and in compiled.py when either needs the other to change */

typedef struct {
    PyObject_HEAD
    Lexicon lexicon;
} DutchWords;

static const char *const REASONS[] = {"dictionary", "name", "override", "rule", "unchanged"};
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
    for (uint64_t number = 0; number < count; number++) {
        const uint8_t *line_end = memchr(at, '\n', (size_t)(end - at));
        uint32_t lemma = number_at(packed + lemmas + 4 * number);
        if (!line_end || lemma >= count) return false;
        if (!append_entry(lexicon, decoded(at, (size_t)(line_end - at), letters))) return false;
        lexicon->entries[number].lemma = lemma;
        lexicon->entries[number].flags = packed[flags + number] & (LISTED | VERB | NOUN | UNMARKED);
        at = line_end + 1;
    }
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

/* The terms of a word of letters, the whole first; see `_terms` in dutch.py. */
static bool find_terms(Analysis *analysis, Text word, Parts *terms, Why *why) {
    const Lexicon *lexicon = analysis->lexicon;
    Parts parts;
    Why of_part;
    terms->count = parts.count = 0;
    uint16_t flags = flags_of(lexicon, word);
    *why = UNCHANGED;
    if (flags & STOP_WORD) return true;
    if (flags & PECULIAR || !word.size) return false;
    for (int i = 0; i < word.size; i++)
        if (!lexicon->alphabetic[word.at[i]]) return false;
    Word lemma = stem(analysis, word, why);
    add_folded(analysis, text_of(&lemma), terms);
    if (*why == NAME || flags_of(lexicon, text_of(&lemma)) & VERB) return true;
    add_parts(analysis, text_of(&lemma), &parts);
    for (int i = 0; i < parts.count && !analysis->gave_up; i++) {
        Text part = text_of(&parts.at[i]);
        flags = flags_of(lexicon, part);
        if (flags & IDLE || (part.size <= 4 && flags & ONLY_NAME)) continue;
        if (flags & PECULIAR) return false;
        Word own = stem(analysis, part, &of_part);
        add_folded(analysis, text_of(&own), terms);
    }
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

static PyMethodDef dutch_methods[] = {
    {"stem", (PyCFunction)dutch_stem, METH_O, NULL},
    {"parts", (PyCFunction)dutch_parts, METH_O, NULL},
    {"terms", (PyCFunction)dutch_terms, METH_O, NULL},
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
