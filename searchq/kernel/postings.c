/* searchq.kernel.postings: words in document order as postings in word order; see postings.pyi and index/write/invert.py. */

#include "arrays.h"

#include <string.h>

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

#define DIGIT 11        /* bits that one pass of sorting looks at */
#define DOCS (1 << 16)  /* documents of a batch */
#define CODES 255       /* bounds between the codes of weights */
#define MOST_ZONES 64

typedef struct { /* what is sorted, and what goes with it */
    uint32_t key, first, second;
} Item;

typedef struct {
    unsigned char *at;
    Py_ssize_t used;
} Out;

static inline void put32(Out *out, uint32_t value) {
    memcpy(out->at + out->used, &value, 4);
    out->used += 4;
}

static inline void put16(Out *out, uint16_t value) {
    memcpy(out->at + out->used, &value, 2);
    out->used += 2;
}

static inline void put_varint(Out *out, uint32_t value) {
    for (; value >= 128; value >>= 7) out->at[out->used++] = (unsigned char)(value | 128);
    out->at[out->used++] = (unsigned char)value;
}

/* The outputs as bytes, all or none; frees them. */
static PyObject *as_bytes(Out *outs, int count) {
    PyObject *found = PyTuple_New(count);
    for (int i = 0; i < count; i++) {
        PyObject *own = found ? PyBytes_FromStringAndSize((char *)outs[i].at, outs[i].used) : NULL;
        if (own) PyTuple_SET_ITEM(found, i, own);
        else Py_CLEAR(found);
        PyMem_Free(outs[i].at);
    }
    return found;
}

/* Room for so many bytes in each output; false, with an exception and nothing to free, without memory. */
static bool make_outs(Out *outs, int count, const Py_ssize_t *sizes) {
    bool done = true;
    for (int i = 0; i < count; i++) done &= (outs[i] = (Out){PyMem_Malloc((size_t)sizes[i] + 1), 0}).at != NULL;
    for (int i = 0; !done && i < count; i++) PyMem_Free(outs[i].at);
    return done ? true : (PyErr_NoMemory(), false);
}

/* Sorts by key, equal keys in the order given; the result is in either array. */
static Item *sorted(Item *items, Item *spare, Py_ssize_t count, uint32_t greatest) {
    for (unsigned shift = 0; shift < 32 && greatest >> shift; shift += DIGIT) {
        uint32_t places[1 << DIGIT] = {0}, total = 0;
        for (Py_ssize_t i = 0; i < count; i++) places[items[i].key >> shift & ((1 << DIGIT) - 1)]++;
        for (int digit = 0; digit < 1 << DIGIT; digit++) {
            const uint32_t own = places[digit];
            places[digit] = total;
            total += own;
        }
        for (Py_ssize_t i = 0; i < count; i++) spare[places[items[i].key >> shift & ((1 << DIGIT) - 1)]++] = items[i];
        Item *kept = items;
        items = spare;
        spare = kept;
    }
    return items;
}

/* invert */

/* The words as items, each with its position and document; false where the arrays do not belong together. */
static bool list_words(const Arrays *arrays, Item *to, uint32_t *greatest) {
    const int32_t *words = arrays->views[0].buf, *positions = arrays->views[1].buf;
    const Py_ssize_t count = items(&arrays->views[0]), docs = items(&arrays->views[2]);
    Py_ssize_t at = 0;
    for (Py_ssize_t doc = 0; doc < docs; doc++) {
        const int64_t size = number(&arrays->views[2], doc);
        if (size < 0 || size > count - at) return false;
        for (const Py_ssize_t end = at + (Py_ssize_t)size; at < end; at++) {
            if (words[at] < 0) return false;
            if ((uint32_t)words[at] > *greatest) *greatest = (uint32_t)words[at];
            to[at] = (Item){(uint32_t)words[at], (uint32_t)positions[at], (uint32_t)doc};
        }
    }
    return at == count;
}

enum { ROWS, STARTS, DOCUMENTS, PLACE_STARTS, PLACES, INVERTED };

static void write_postings(const Item *items, Py_ssize_t count, Out *outs) {
    for (Py_ssize_t i = 0; i < count; i++) {
        const bool is_row = !i || items[i].key != items[i - 1].key, is_first = is_row || items[i].second != items[i - 1].second;
        if (is_row) {
            put32(&outs[ROWS], items[i].key);
            put32(&outs[STARTS], (uint32_t)(outs[DOCUMENTS].used / 2));
            put32(&outs[PLACE_STARTS], (uint32_t)outs[PLACES].used);
        }
        if (is_first) put16(&outs[DOCUMENTS], (uint16_t)items[i].second);
        put_varint(&outs[PLACES], is_first ? items[i].first << 1 | 1 : (items[i].first - items[i - 1].first) << 1);
    }
    put32(&outs[STARTS], (uint32_t)(outs[DOCUMENTS].used / 2));
    put32(&outs[PLACE_STARTS], (uint32_t)outs[PLACES].used);
}

static PyObject *inverted(const Arrays *arrays) {
    const Py_ssize_t count = items(&arrays->views[0]), sizes[INVERTED] = {4 * count, 4 * count + 4, 2 * count, 4 * count + 4, 5 * count};
    Item *given = PyMem_Malloc(((size_t)count * 2 + 1) * sizeof(Item));
    uint32_t greatest = 0;
    Out outs[INVERTED];
    PyObject *found = NULL;
    if (!given) PyErr_NoMemory();
    else if (!list_words(arrays, given, &greatest)) PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    else if (make_outs(outs, INVERTED, sizes)) {
        write_postings(sorted(given, given + count, count, greatest), count, outs);
        found = as_bytes(outs, INVERTED);
    }
    PyMem_Free(given);
    return found;
}

static PyObject *invert(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 3) || !take(&arrays, args, 3, 3, "440")) return NULL;
    PyObject *found = NULL;
    if (items(&arrays.views[0]) != items(&arrays.views[1]) || items(&arrays.views[2]) > DOCS || items(&arrays.views[0]) >= INT32_MAX / 5)
        PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    else found = inverted(&arrays);
    release(&arrays);
    return found;
}

/* combine */

typedef struct { /* a row of a zone */
    const uint16_t *docs;
    const uint32_t *counts; /* how often the word stands in each document */
    uint32_t size;
    double weight; /* of the zone */
} Row;

typedef struct {
    Arrays meanings;           /* where the terms of each word begin, the terms, their weights, the bounds of codes */
    Arrays zones[MOST_ZONES];  /* rows, starts, docs, places */
    double weights[MOST_ZONES];
    uint32_t *counts[MOST_ZONES];
    int zone_count;
    Row *rows;
    Item *uses; /* key: a term; first: a row; second: the bits of its weight */
    Py_ssize_t row_count, use_count, posting_count;
    uint32_t greatest;
    double *sums; /* by document */
    uint64_t *touched;
} Work;

static void discard(Work *work) {
    for (int zone = 0; zone < work->zone_count; zone++) {
        release(&work->zones[zone]);
        PyMem_Free(work->counts[zone]);
    }
    release(&work->meanings);
    PyMem_Free(work->rows);
    PyMem_Free(work->uses);
    PyMem_Free(work->sums);
    PyMem_Free(work->touched);
    PyMem_Free(work);
}

/* How often each word stands in each document, from the bytes of its positions; false if they are of other postings. */
static bool count_places(const Py_buffer *places, uint32_t *counts, Py_ssize_t postings) {
    const unsigned char *at = places->buf, *end = at + places->len;
    Py_ssize_t posting = -1;
    while (at < end) {
        if (*at & 1) {
            if (++posting == postings) return false;
            counts[posting] = 0;
        }
        if (posting < 0) return false;
        counts[posting]++;
        while (at < end && *at & 128) at++;
        at++;
    }
    return posting == postings - 1;
}

static bool fits(const Work *work, uint32_t word) {
    const uint32_t *starts = work->meanings.views[0].buf;
    return word < items(&work->meanings.views[0]) - 1 && starts[word] <= starts[word + 1] && starts[word + 1] <= items(&work->meanings.views[1]);
}

/* Count what a zone has, and whether its arrays belong together. */
static bool measure(Work *work, int zone) {
    const Arrays *own = &work->zones[zone];
    const uint32_t *words = own->views[0].buf, *starts = own->views[1].buf, *terms = work->meanings.views[0].buf;
    const Py_ssize_t rows = items(&own->views[0]), postings = items(&own->views[2]);
    if (items(&own->views[1]) != rows + 1 || starts[0] || starts[rows] != postings) return false;
    for (Py_ssize_t row = 0; row < rows; row++) {
        if (!fits(work, words[row]) || starts[row] > starts[row + 1]) return false;
        const Py_ssize_t uses = terms[words[row] + 1] - terms[words[row]];
        work->use_count += uses;
        work->posting_count += uses * (Py_ssize_t)(starts[row + 1] - starts[row]);
    }
    work->row_count += rows;
    work->counts[zone] = PyMem_Malloc((size_t)postings * 4 + 1);
    return work->counts[zone] && count_places(&own->views[3], work->counts[zone], postings);
}

/* Enter the rows of a zone, and which terms use them. */
static void enter(Work *work, int zone) {
    const Arrays *own = &work->zones[zone];
    const uint32_t *words = own->views[0].buf, *starts = own->views[1].buf;
    const uint32_t *first = work->meanings.views[0].buf, *terms = work->meanings.views[1].buf, *weights = work->meanings.views[2].buf;
    for (Py_ssize_t row = 0; row < items(&own->views[0]); row++) {
        const uint32_t start = starts[row];
        work->rows[work->row_count] = (Row){(const uint16_t *)own->views[2].buf + start, work->counts[zone] + start, starts[row + 1] - start, work->weights[zone]};
        for (uint32_t at = first[words[row]]; at < first[words[row] + 1]; at++) {
            if (terms[at] > work->greatest) work->greatest = terms[at];
            work->uses[work->use_count++] = (Item){terms[at], (uint32_t)work->row_count, weights[at]};
        }
        work->row_count++;
    }
}

static bool gather(Work *work) {
    for (int zone = 0; zone < work->zone_count; zone++)
        if (!measure(work, zone)) return PyErr_Occurred() ? false : (PyErr_SetString(PyExc_ValueError, "the arrays do not belong together"), false);
    work->rows = PyMem_Malloc((size_t)(work->row_count + 1) * sizeof(Row));
    work->uses = PyMem_Malloc((size_t)(work->use_count * 2 + 1) * sizeof(Item));
    work->sums = PyMem_Calloc(DOCS, sizeof(double));
    work->touched = PyMem_Calloc(DOCS / 64, sizeof(uint64_t));
    if (!work->rows || !work->uses || !work->sums || !work->touched) return PyErr_NoMemory(), false;
    work->row_count = work->use_count = 0;
    for (int zone = 0; zone < work->zone_count; zone++) enter(work, zone);
    return true;
}

/* The code of the nearest weight: how many bounds are less. */
static unsigned char code_of(const Work *work, double weight) {
    const float *bounds = work->meanings.views[3].buf, own = (float)weight;
    unsigned code = 0;
    for (unsigned step = 128; step; step >>= 1) code += bounds[code + step - 1] < own ? step : 0;
    return (unsigned char)code;
}

static inline double weight_of(const Row *row, const Item *use, uint32_t posting) {
    float weight;
    memcpy(&weight, &use->second, 4);
    return (double)row->counts[posting] * row->weight * (double)weight;
}

enum { TERMS, TERM_STARTS, TERM_DOCS, WEIGHTS, COMBINED };

static void write_posting(const Work *work, uint16_t doc, double weight, Out *outs) {
    put16(&outs[TERM_DOCS], doc);
    outs[WEIGHTS].at[outs[WEIGHTS].used++] = code_of(work, weight);
}

/* The postings of a term that stands in several rows. */
static void sum_rows(const Work *work, const Item *uses, const Item *end, Out *outs) {
    int low = DOCS / 64, high = -1;
    for (; uses < end; uses++) {
        const Row *row = &work->rows[uses->first];
        for (uint32_t i = 0; i < row->size; i++) {
            const int doc = row->docs[i], word = doc / 64;
            work->sums[doc] += weight_of(row, uses, i);
            work->touched[word] |= 1ull << (doc & 63);
            low = word < low ? word : low;
            high = word > high ? word : high;
        }
    }
    for (int word = low; word <= high; word++) {
        for (uint64_t bits = work->touched[word]; bits; bits &= bits - 1) {
            const int doc = 64 * word + __builtin_ctzll(bits);
            write_posting(work, (uint16_t)doc, work->sums[doc], outs);
            work->sums[doc] = 0;
        }
        work->touched[word] = 0;
    }
}

static void write_terms(const Work *work, const Item *uses, Out *outs) {
    for (const Item *end = uses + work->use_count, *next; uses < end; uses = next) {
        for (next = uses + 1; next < end && next->key == uses->key;) next++;
        put32(&outs[TERMS], uses->key);
        put32(&outs[TERM_STARTS], (uint32_t)(outs[TERM_DOCS].used / 2));
        const Row *row = &work->rows[uses->first];
        if (next > uses + 1) sum_rows(work, uses, next, outs);
        else
            for (uint32_t i = 0; i < row->size; i++) write_posting(work, row->docs[i], weight_of(row, uses, i), outs);
    }
    put32(&outs[TERM_STARTS], (uint32_t)(outs[TERM_DOCS].used / 2));
}

static PyObject *combined(Work *work) {
    if (!gather(work)) return NULL;
    const Py_ssize_t sizes[COMBINED] = {4 * work->use_count, 4 * work->use_count + 4, 2 * work->posting_count, work->posting_count};
    Out outs[COMBINED];
    if (!make_outs(outs, COMBINED, sizes)) return NULL;
    write_terms(work, sorted(work->uses, work->uses + work->use_count, work->use_count, work->greatest), outs);
    return as_bytes(outs, COMBINED);
}

static bool take_zones(Work *work, PyObject *zones) {
    if (PyTuple_GET_SIZE(zones) > MOST_ZONES) return PyErr_SetString(PyExc_ValueError, "too many zones"), false;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(zones); i++) {
        PyObject *parts[4];
        if (!PyTuple_Check(PyTuple_GET_ITEM(zones, i))) return PyErr_SetString(PyExc_TypeError, "a zone is no tuple"), false;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(zones, i), "dOOOO", &work->weights[i], &parts[0], &parts[1], &parts[2], &parts[3])) return false;
        if (!take(&work->zones[i], parts, 4, 4, "4421")) return false;
        work->zone_count++;
    }
    return true;
}

static PyObject *combine(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 5)) return NULL;
    if (!PyTuple_Check(args[0])) return PyErr_Format(PyExc_TypeError, "the zones are a tuple");
    Work *work = PyMem_Calloc(1, sizeof(Work));
    if (!work) return PyErr_NoMemory();
    PyObject *found = NULL;
    if (take(&work->meanings, args + 1, 4, 4, "4444") && take_zones(work, args[0])) {
        const Py_buffer *views = work->meanings.views;
        if (items(&views[1]) != items(&views[2]) || items(&views[3]) != CODES) PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
        else found = combined(work);
    }
    discard(work);
    return found;
}

static PyMethodDef methods[] = {
    {"invert", (PyCFunction)(void (*)(void))invert, METH_FASTCALL, NULL},
    {"combine", (PyCFunction)(void (*)(void))combine, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.postings", "Postings of words and terms.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_postings(void) { return PyModuleDef_Init(&module); }
