/* searchq.kernel.typed: where the words of a query stand in some documents; see typed.pyi and engines/embedded/as_typed.py.

   Of each word the posting of every document is looked up once, by where some postings begin; then document by document
   words are counted, and their positions compared. */

#include "positions.h"

#define VERSION 2 /* raise it here and in __init__.py when either needs the other to change */

#define STRIDE 64 /* of so many postings the first one's place is told, where places are told */

typedef struct { /* a word in a segment: its documents, the places of its postings, and where some of these begin */
    int64_t base;
    const uint16_t *docs;
    const uint8_t *at, *start, *end;
    const uint32_t *skips; /* NULL: not told */
    Py_ssize_t count, told, read;
} Row;

typedef struct { /* a word in a document; `at` is NULL where it does not stand there */
    const uint8_t *at, *end;
} Posting;

typedef struct { /* the positions of a word in a document, one after another */
    Posting left;
    int64_t position;
    bool begun;
} Walk;

/* The postings of a word in some documents. */

/* The first place from `at` on whose document is not less than `wanted`, looked for in steps twice as long each. */
static Py_ssize_t reach_row(const Row *row, Py_ssize_t at, int64_t wanted) {
    Py_ssize_t step = 1, before = at - 1;
    while (at < row->count && row->docs[at] < wanted) {
        before = at;
        at = step < row->count - at ? at + step : row->count;
        step *= 2;
    }
    while (before + 1 < at) {
        const Py_ssize_t middle = before + (at - before) / 2;
        if (row->docs[middle] < wanted) before = middle;
        else at = middle;
    }
    return at;
}

/* Where a posting begins, which is no earlier one than the last; NULL if there is none. */
static const uint8_t *posting_of(Row *row, Py_ssize_t wanted) {
    const Py_ssize_t skip = wanted / STRIDE;
    if (skip < row->told && skip * STRIDE > row->read && row->skips[skip] <= row->end - row->start) {
        row->at = row->start + row->skips[skip];
        row->read = skip * STRIDE;
    }
    row->at = skip_postings(row->at, row->end, wanted - row->read);
    row->read = wanted;
    return row->at < row->end && *row->at & 1 ? row->at : NULL;
}

/* Finds the postings of some documents, ascending, but only whether there are any if they are not `read`; false if the row is
   not what it should be. */
static bool locate(Row *row, const Py_buffer *docs, bool read, Posting *found) {
    const int64_t *doc = docs->buf;
    Py_ssize_t at = 0;
    for (Py_ssize_t i = 0; i < items(docs); i++) {
        if (doc[i] < row->base) continue;
        const int64_t own = doc[i] - row->base;
        if (own > UINT16_MAX) break;
        at = reach_row(row, at, own);
        if (at == row->count) break;
        if (row->docs[at] != own) continue;
        found[i] = (Posting){read ? posting_of(row, at) : row->start, row->end};
        if (!found[i].at) return false;
    }
    return true;
}

/* Positions. */

static bool step(Walk *walk) {
    uint32_t way;
    if (!walk->left.at || walk->left.at >= walk->left.end || (walk->begun && *walk->left.at & 1)) return false;
    walk->left.at = read_varint(walk->left.at, walk->left.end, &way);
    walk->position += way >> 1;
    walk->begun = true;
    return true;
}

/* Twice the gain of two words in a document: 2 side by side, 1 at most `window` apart. */
static int gain(Posting one, Posting other, int64_t window) {
    Walk left = {.left = one}, right = {.left = other};
    int64_t least = INT64_MAX;
    for (bool more = step(&left) && step(&right); more && least > 1;) {
        const int64_t gap = left.position - right.position;
        if (llabs(gap) < least) least = llabs(gap);
        more = step(gap < 0 ? &left : &right);
    }
    return least <= 1 ? 2 : least <= window;
}

static bool stands_at(Posting posting, int64_t place) {
    Walk walk = {.left = posting};
    while (step(&walk))
        if (walk.position >= place) return walk.position == place;
    return false;
}

/* The arguments: of each word a tuple of rows, (base, documents, places, skips or None). */

typedef struct {
    Py_buffer *views;
    Py_ssize_t taken, room;
} Taken;

static const Py_buffer *take_one(Taken *taken, PyObject *own, int size) {
    Py_buffer *view = &taken->views[taken->taken];
    if (taken->taken == taken->room) return PyErr_SetString(PyExc_ValueError, "there are other arrays now"), NULL;
    if (own == Py_None) PyBuffer_FillInfo(view, NULL, NULL, 0, 1, PyBUF_SIMPLE);
    else if (PyObject_GetBuffer(own, view, PyBUF_C_CONTIGUOUS) < 0) return NULL;
    taken->taken++;
    if (!view->buf || view->itemsize == size) return view;
    PyErr_SetString(PyExc_TypeError, "an array has items of another size");
    return NULL;
}

static void release_all(Taken *taken) {
    while (taken->taken) PyBuffer_Release(&taken->views[--taken->taken]);
    PyMem_Free(taken->views);
}

static bool fill_row(PyObject *given, Taken *taken, Row *row) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 4) return PyErr_SetString(PyExc_TypeError, "a row is no tuple of four"), false;
    row->base = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    if (row->base == -1 && PyErr_Occurred()) return false;
    const Py_buffer *docs = take_one(taken, PyTuple_GET_ITEM(given, 1), 2);
    const Py_buffer *places = docs ? take_one(taken, PyTuple_GET_ITEM(given, 2), 1) : NULL;
    const Py_buffer *skips = places ? take_one(taken, PyTuple_GET_ITEM(given, 3), 4) : NULL;
    if (!skips) return false;
    row->docs = docs->buf;
    row->count = items(docs);
    row->start = row->at = places->buf;
    row->end = row->start + places->len;
    row->skips = skips->buf;
    row->told = items(skips);
    row->read = 0;
    return true;
}

/* How many rows some words have; -1 with an error if they are no tuples. */
static Py_ssize_t count_rows(PyObject *words) {
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; PyTuple_Check(words) && i < PyTuple_GET_SIZE(words); i++) {
        PyObject *rows = PyTuple_GET_ITEM(words, i);
        if (!PyTuple_Check(rows)) return PyErr_SetString(PyExc_TypeError, "the rows of a word are no tuple"), -1;
        count += PyTuple_GET_SIZE(rows);
    }
    return PyTuple_Check(words) ? count : (PyErr_SetString(PyExc_TypeError, "words are no tuple"), -1);
}

/* The postings of each word in each document, word after word; NULL with an error. */
static Posting *find_postings(PyObject *words, const Py_buffer *docs, bool read, Taken *taken) {
    const Py_ssize_t size = items(docs), count = PyTuple_GET_SIZE(words);
    Posting *found = PyMem_Calloc((size_t)(count * size + 1), sizeof(Posting));
    bool fits = found || PyErr_NoMemory();
    for (Py_ssize_t word = 0; fits && word < count; word++) {
        PyObject *rows = PyTuple_GET_ITEM(words, word);
        for (Py_ssize_t i = 0; fits && i < PyTuple_GET_SIZE(rows); i++) {
            Row row;
            fits = fill_row(PyTuple_GET_ITEM(rows, i), taken, &row);
            if (fits && !(fits = locate(&row, docs, read, found + word * size)))
                PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
        }
    }
    if (fits) return found;
    PyMem_Free(found);
    return NULL;
}

/* The factors of documents. */

typedef struct {
    const Py_buffer *docs, *pairs, *near, *form, *beginning;
    float *factors;
    Posting *postings;
    Py_ssize_t words;
    int64_t window;
} Typed;

/* Counts in how many ascending lists each document is. */
static bool count_held(PyObject *lists, const Py_buffer *docs, Taken *taken, int64_t *counts) {
    const int64_t *doc = docs->buf;
    for (Py_ssize_t list = 0; list < PyTuple_GET_SIZE(lists); list++) {
        const Py_buffer *own = take_one(taken, PyTuple_GET_ITEM(lists, list), 4);
        if (!own) return false;
        for (Py_ssize_t i = 0, at = 0; i < items(docs); i++) {
            at = reach_number(own, at, doc[i]);
            counts[i] += at < items(own) && number(own, at) == doc[i];
        }
    }
    return true;
}

static void weigh(const Typed *typed, const int64_t *early) {
    const Py_ssize_t size = items(typed->docs), pairs = items(typed->pairs) / 2;
    const int32_t *pair = typed->pairs->buf;
    const float *near = typed->near->buf, *form = typed->form->buf, *beginning = typed->beginning->buf;
    for (Py_ssize_t doc = 0; doc < size; doc++) {
        const Posting *own = typed->postings + doc;
        Py_ssize_t written = 0, gained = 0;
        for (Py_ssize_t word = 0; word < typed->words; word++) written += own[word * size].at != NULL;
        for (Py_ssize_t i = 0; i < pairs; i++) gained += gain(own[pair[2 * i] * size], own[pair[2 * i + 1] * size], typed->window);
        typed->factors[doc] = near[gained] * form[written];
        typed->factors[doc] *= beginning[early[doc]];
    }
}

static bool belong_together(const Typed *typed, const Py_buffer *found, Py_ssize_t lists) {
    const int32_t *pair = typed->pairs->buf;
    for (Py_ssize_t i = 0; i < items(typed->pairs); i++)
        if (pair[i] < 0 || pair[i] >= typed->words) return false;
    return items(typed->pairs) % 2 == 0 && items(typed->near) == items(typed->pairs) + 1 && items(typed->form) == typed->words + 1
        && items(typed->beginning) == lists + 1 && items(found) == items(typed->docs);
}

/* Writes the factors; false with an error. */
static bool find_factors(Typed *typed, PyObject *words, PyObject *lists, Py_ssize_t rows) {
    Taken taken = {NULL, 0, 3 * rows + PyTuple_GET_SIZE(lists)};
    taken.views = PyMem_Calloc((size_t)(taken.room + 1), sizeof(Py_buffer));
    int64_t *early = PyMem_Calloc((size_t)(items(typed->docs) + 1), sizeof(int64_t));
    bool fits = (taken.views && early) || PyErr_NoMemory();
    fits = fits && (typed->postings = find_postings(words, typed->docs, items(typed->pairs) > 0, &taken)) && count_held(lists, typed->docs, &taken, early);
    if (fits) weigh(typed, early);
    PyMem_Free(typed->postings);
    PyMem_Free(early);
    release_all(&taken);
    return fits;
}

static PyObject *typed_factors(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 9)) return NULL;
    const long long window = PyLong_AsLongLong(args[4]);
    const Py_ssize_t rows = PyErr_Occurred() ? -1 : count_rows(args[1]);
    if (rows < 0) return NULL;
    if (!PyTuple_Check(args[2])) return PyErr_SetString(PyExc_TypeError, "lists are no tuple"), NULL;
    PyObject *const chosen[] = {args[0], args[3], args[5], args[6], args[7], args[8]};
    Arrays arrays;
    if (!take(&arrays, chosen, 6, 5, "844444")) return NULL;
    const Py_buffer *views = arrays.views;
    Typed typed = {&views[0], &views[1], &views[2], &views[3], &views[4], views[5].buf, NULL, PyTuple_GET_SIZE(args[1]), window};
    const bool fits = belong_together(&typed, &views[5], PyTuple_GET_SIZE(args[2]));
    const bool found = fits && find_factors(&typed, args[1], args[2], rows);
    const Py_ssize_t count = found ? items(&views[0]) : -1;
    if (!PyErr_Occurred()) return result(&arrays, count);
    release(&arrays);
    return NULL;
}

/* Titles. */

static Py_ssize_t keep_titled(const Posting *postings, Py_ssize_t words, Py_ssize_t size, int64_t *found) {
    Py_ssize_t count = 0;
    for (Py_ssize_t doc = 0; doc < size; doc++) {
        Py_ssize_t word = 0;
        while (word < words && stands_at(postings[word * size + doc], word)) word++;
        if (word == words) found[count++] = doc;
    }
    return count;
}

static PyObject *in_order(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 3)) return NULL;
    const Py_ssize_t rows = count_rows(args[1]);
    PyObject *const chosen[] = {args[0], args[2]};
    Arrays arrays;
    if (rows < 0 || !take(&arrays, chosen, 2, 1, "88")) return NULL;
    const Py_buffer *docs = &arrays.views[0];
    Taken taken = {PyMem_Calloc((size_t)(3 * rows + 1), sizeof(Py_buffer)), 0, 3 * rows};
    Posting *postings = taken.views ? find_postings(args[1], docs, true, &taken) : (Posting *)PyErr_NoMemory();
    Py_ssize_t count = -1;
    if (postings && items(&arrays.views[1]) == items(docs))
        count = keep_titled(postings, PyTuple_GET_SIZE(args[1]), items(docs), arrays.views[1].buf);
    PyMem_Free(postings);
    release_all(&taken);
    if (!PyErr_Occurred()) return result(&arrays, count);
    release(&arrays);
    return NULL;
}

static PyMethodDef methods[] = {
    {"typed_factors", (PyCFunction)(void (*)(void))typed_factors, METH_FASTCALL, NULL},
    {"in_order", (PyCFunction)(void (*)(void))in_order, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) {
    return PyModule_AddIntConstant(module, "VERSION", VERSION) || PyModule_AddIntConstant(module, "STRIDE", STRIDE) ? -1 : 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.typed", "The words of a query in documents.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_typed(void) { return PyModuleDef_Init(&module); }
