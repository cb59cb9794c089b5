/* searchq.kernel.facets: the values of facets among some documents, counted, and the first of them; see facets.pyi. */

#include "arrays.h"

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

#if defined(__GNUC__) || defined(__clang__)
#define fetch(at) __builtin_prefetch(at)
#else
#define fetch(at) ((void)(at))
#endif

#define AHEAD 24 /* documents: the rows of those to come are fetched meanwhile */

typedef struct { /* a facet, and what was found of it */
    Arrays arrays; /* rows, owners, others, order, totals */
    PyObject *values;
    int64_t width, limit;
    bool by_count;
    uint32_t *counts; /* of each code, then of each place that may be empty */
    uint64_t *best;   /* the first ones: count and place in the facet's own order, the last on top */
    Py_ssize_t size, kept, distinct, missing;
} Facet;

enum { ROWS, OWNERS, OTHERS, ORDER, TOTALS, TABLES };

/* Counting. */

#define COUNTING(name, type)                                                                                           \
    static inline bool name(const Facet *facet, const int64_t *docs, Py_ssize_t size, int64_t width) {                 \
        const type *rows = facet->arrays.views[ROWS].buf;                                                              \
        const uint64_t last = (uint64_t)(items(&facet->arrays.views[ROWS]) / width);                                   \
        const uint64_t most = (uint64_t)(facet->size + width);                                                         \
        uint32_t *counts = facet->counts;                                                                              \
        for (Py_ssize_t i = 0; i < size; i++) {                                                                        \
            if ((uint64_t)docs[i] >= last) return false;                                                               \
            if (i + AHEAD < size && (uint64_t)docs[i + AHEAD] < last) fetch(rows + docs[i + AHEAD] * width);           \
            const type *row = rows + docs[i] * width;                                                                  \
            for (int64_t at = 0; at < width; at++) {                                                                   \
                if (row[at] >= most) return false;                                                                     \
                counts[row[at]]++;                                                                                     \
            }                                                                                                          \
        }                                                                                                              \
        return true;                                                                                                   \
    }

COUNTING(count_bytes, uint8_t)
COUNTING(count_pairs, uint16_t)
COUNTING(count_words, uint32_t)

static bool count_rows(const Facet *facet, const int64_t *docs, Py_ssize_t size) {
    switch (facet->arrays.views[ROWS].itemsize) {
    case 1: return facet->width == 1 ? count_bytes(facet, docs, size, 1) : count_bytes(facet, docs, size, facet->width);
    case 2: return facet->width == 6 ? count_pairs(facet, docs, size, 6) : count_pairs(facet, docs, size, facet->width);
    default: return count_words(facet, docs, size, facet->width);
    }
}

/* Counts the codes that did not fit into the rows: `owners` are the documents of each, ascending. */
static bool count_others(const Facet *facet, const int64_t *docs, Py_ssize_t size) {
    const Py_buffer *owners = &facet->arrays.views[OWNERS];
    const int64_t *owner = owners->buf, *other = facet->arrays.views[OTHERS].buf;
    const Py_ssize_t count = items(owners);
    for (Py_ssize_t i = 0, at = 0; i < size && at < count; i++) {
        if (owner[at] < docs[i]) at = reach_number(owners, at, docs[i]);
        for (; at < count && owner[at] == docs[i]; at++) {
            if (other[at] < 0 || other[at] >= facet->size) return false;
            facet->counts[other[at]]++;
        }
    }
    return true;
}

/* How many documents have a code (`size`: none): those counted, or, where there are totals, all but those counted. */
static int64_t count_of(const Facet *facet, int64_t code) {
    const int64_t *totals = facet->arrays.views[TOTALS].buf;
    return totals ? totals[code] - facet->counts[code] : facet->counts[code];
}

/* The first values. */

static void sink(uint64_t *heap, Py_ssize_t size, Py_ssize_t at) {
    const uint64_t item = heap[at];
    for (Py_ssize_t below = 2 * at + 1; below < size; below = 2 * at + 1) {
        if (below + 1 < size && heap[below + 1] < heap[below]) below++;
        if (item <= heap[below]) break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = item;
}

static void rise(uint64_t *heap, Py_ssize_t at) {
    const uint64_t item = heap[at];
    for (; at && heap[(at - 1) / 2] > item; at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
    heap[at] = item;
}

static void sort(uint64_t *heap, Py_ssize_t size) { /* greatest first */
    for (Py_ssize_t i = size - 1; i > 0; i--) {
        const uint64_t least = heap[0];
        heap[0] = heap[i];
        sink(heap, i, 0);
        heap[i] = least;
    }
}

/* Keeps the first values that occur: the most frequent ones, or in the facet's own order. */
static bool choose(Facet *facet) {
    const int64_t *order = facet->arrays.views[ORDER].buf;
    for (Py_ssize_t place = 0; place < facet->size; place++) {
        if (order[place] < 0 || order[place] >= facet->size) return false;
        const int64_t count = count_of(facet, order[place]);
        if (count < 0 || count > UINT32_MAX) return false;
        if (!count) continue;
        facet->distinct++;
        const uint64_t key = (facet->by_count ? (uint64_t)count << 32 : 0) | (UINT32_MAX - (uint64_t)place);
        if (facet->kept < facet->limit) {
            facet->best[facet->kept] = key;
            rise(facet->best, facet->kept++);
        } else if (facet->kept && key > facet->best[0]) {
            facet->best[0] = key;
            sink(facet->best, facet->kept, 0);
        }
    }
    sort(facet->best, facet->kept);
    facet->missing = count_of(facet, facet->size);
    return facet->missing >= 0;
}

static bool count(Facet *facets, Py_ssize_t several, const Py_buffer *docs) {
    for (Py_ssize_t i = 0; i < several; i++) {
        Facet *facet = &facets[i];
        if (!count_rows(facet, docs->buf, items(docs))) return false;
        if (!count_others(facet, docs->buf, items(docs))) return false;
        if (!choose(facet)) return false;
    }
    return true;
}

/* Between Python and C. */

static bool fits(const Facet *facet) {
    const Py_buffer *views = facet->arrays.views;
    const Py_ssize_t bytes = views[ROWS].itemsize;
    return (bytes == 1 || bytes == 2 || bytes == 4) && facet->width >= 1 && facet->width < INT16_MAX
           && items(&views[OWNERS]) == items(&views[OTHERS]) && facet->size < INT32_MAX
           && (!views[TOTALS].buf || items(&views[TOTALS]) == facet->size + 1) && PyTuple_GET_SIZE(facet->values) == facet->size;
}

/* Takes a facet as Python gives it: rows, owners, others, order, totals, values, width, limit, by_count. */
static bool take_facet(Facet *facet, PyObject *given) {
    if (!PyTuple_Check(given)) {
        PyErr_SetString(PyExc_TypeError, "a facet is no tuple");
        return false;
    }
    if (!are_given(PyTuple_GET_SIZE(given), 9)) return false;
    PyObject *const *args = ((PyTupleObject *)given)->ob_item;
    if (!take(&facet->arrays, args, TABLES, TABLES, "-8888")) return false;
    facet->size = items(&facet->arrays.views[ORDER]);
    facet->values = args[5];
    facet->width = PyLong_AsLongLong(args[6]);
    facet->limit = PyLong_AsLongLong(args[7]);
    const int by_count = PyObject_IsTrue(args[8]);
    if (by_count < 0 || PyErr_Occurred()) return false;
    facet->by_count = by_count;
    if (!PyTuple_Check(facet->values) || !fits(facet)) {
        PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
        return false;
    }
    if (facet->limit > facet->size) facet->limit = facet->size;
    facet->counts = PyMem_Calloc((size_t)(facet->size + facet->width), sizeof(uint32_t));
    facet->best = PyMem_Calloc((size_t)(facet->limit > 0 ? facet->limit : 1), sizeof(uint64_t));
    if (!facet->counts || !facet->best) PyErr_NoMemory();
    return facet->counts && facet->best;
}

/* What was found of a facet: the first values, their counts, how many occur, and how many documents have none. */
static PyObject *told(const Facet *facet) {
    PyObject *values = PyList_New(facet->kept), *counts = PyList_New(facet->kept);
    const int64_t *order = facet->arrays.views[ORDER].buf;
    for (Py_ssize_t i = 0; values && counts && i < facet->kept; i++) {
        const int64_t code = order[UINT32_MAX - (uint32_t)facet->best[i]];
        PyObject *value = PyTuple_GET_ITEM(facet->values, code), *number = PyLong_FromLongLong(count_of(facet, code));
        Py_INCREF(value);
        PyList_SET_ITEM(values, i, value);
        if (!number) Py_CLEAR(counts);
        else PyList_SET_ITEM(counts, i, number);
    }
    if (values && counts) return Py_BuildValue("(NNnn)", values, counts, facet->distinct, facet->missing);
    Py_XDECREF(values);
    Py_XDECREF(counts);
    return NULL;
}

static PyObject *all_told(const Facet *facets, Py_ssize_t several) {
    PyObject *found = PyList_New(several);
    for (Py_ssize_t i = 0; found && i < several; i++) {
        PyObject *own = told(&facets[i]);
        if (own) PyList_SET_ITEM(found, i, own);
        else Py_CLEAR(found);
    }
    return found;
}

static PyObject *counted(Facet *facets, PyObject *given, const Py_buffer *docs) {
    const Py_ssize_t several = PyTuple_GET_SIZE(given);
    for (Py_ssize_t i = 0; i < several; i++)
        if (!take_facet(&facets[i], PyTuple_GET_ITEM(given, i))) return NULL;
    bool fitting;
    Py_BEGIN_ALLOW_THREADS
    fitting = count(facets, several, docs);
    Py_END_ALLOW_THREADS
    if (fitting) return all_told(facets, several);
    PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    return NULL;
}

static PyObject *first_values(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 2)) return NULL;
    if (!PyTuple_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "the facets are no tuple");
        return NULL;
    }
    Arrays docs;
    if (!take(&docs, args + 1, 1, 1, "8")) return NULL;
    const Py_ssize_t several = PyTuple_GET_SIZE(args[0]);
    Facet *facets = PyMem_Calloc((size_t)several + 1, sizeof(Facet));
    PyObject *found = facets ? counted(facets, args[0], &docs.views[0]) : PyErr_NoMemory();
    for (Py_ssize_t i = 0; facets && i < several; i++) {
        release(&facets[i].arrays);
        PyMem_Free(facets[i].counts);
        PyMem_Free(facets[i].best);
    }
    PyMem_Free(facets);
    release(&docs);
    return found;
}

static PyMethodDef methods[] = {
    {"first_values", (PyCFunction)(void (*)(void))first_values, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.facets", "Values of facets, counted.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_facets(void) { return PyModuleDef_Init(&module); }
