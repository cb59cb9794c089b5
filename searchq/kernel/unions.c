/* searchq.kernel.unions: documents that hold any of many words, with what each holds; see unions.pyi. */

#include "arrays.h"

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

#define MOST_DOCS (1 << 16) /* of a segment */
#define WORDS (MOST_DOCS / 64)

typedef struct { /* a segment: the marks of each document, and a bit for each that has any */
    uint32_t marks[MOST_DOCS];
    uint64_t marked[WORDS];
} Segment;

typedef struct { /* what is found: documents and their marks */
    int64_t *docs;
    uint32_t *marks;
    Py_ssize_t filled, room;
} Found;

/* Sets a bit for each of some documents that are live; false if one is none of the segment's. */
static bool mark(Segment *segment, const Py_buffer *docs, const Py_buffer *live, uint32_t bit) {
    const uint16_t *own = docs->buf;
    const uint8_t *alive = live->buf;
    const Py_ssize_t size = items(docs);
    for (Py_ssize_t i = 0; i < size; i++) {
        const uint32_t doc = own[i];
        if (alive && (Py_ssize_t)doc >= live->len) return false;
        if (alive && !alive[doc]) continue;
        segment->marks[doc] |= bit;
        segment->marked[doc / 64] |= (uint64_t)1 << (doc % 64);
    }
    return true;
}

/* Moves the marked documents of a segment, numbered from `base`, to what is found, ascending; none is marked then. */
static bool move(Segment *segment, int64_t base, Found *found) {
    int64_t *docs = found->docs + found->filled;
    uint32_t *marks = found->marks + found->filled;
    for (uint32_t word = 0; word < WORDS; word++) {
        uint64_t bits = segment->marked[word];
        if (!bits) continue;
        if (found->room - (docs - found->docs) < __builtin_popcountll(bits)) return false;
        for (; bits; bits &= bits - 1) {
            const uint32_t doc = word * 64 + (uint32_t)__builtin_ctzll(bits);
            *docs++ = base + doc;
            *marks++ = segment->marks[doc];
            segment->marks[doc] = 0;
        }
        segment->marked[word] = 0;
    }
    found->filled = docs - found->docs;
    return true;
}

/* `places`: of each array the number of its segment's first document, and its bit; those of a segment follow each other. */
static bool unite(Segment *segment, const Py_buffer *arrays, const Py_buffer *lives, const Py_buffer *places, Found *found) {
    const Py_ssize_t count = items(places) / 2;
    for (Py_ssize_t i = 0; i < count; i++) {
        const int64_t base = number(places, 2 * i), bit = number(places, 2 * i + 1);
        if (bit < 0 || bit > 31 || !mark(segment, &arrays[i], &lives[i], (uint32_t)1 << bit)) return false;
        if ((i + 1 == count || number(places, 2 * i + 2) != base) && !move(segment, base, found)) return false;
    }
    return true;
}

/* Takes the arrays of a tuple, of items of a size; None, where allowed, has none. Counts those taken. */
static bool take_all(PyObject *given, int size, bool may_lack, Py_buffer *views, Py_ssize_t *taken) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(given); i++) {
        PyObject *own = PyTuple_GET_ITEM(given, i);
        Py_buffer *view = &views[*taken];
        if (own == Py_None && may_lack) PyBuffer_FillInfo(view, NULL, NULL, 0, 1, PyBUF_SIMPLE);
        else if (PyObject_GetBuffer(own, view, PyBUF_C_CONTIGUOUS) < 0) return false;
        ++*taken;
        if (view->buf && view->itemsize != size) {
            PyErr_SetString(PyExc_TypeError, "an array has items of another size");
            return false;
        }
    }
    return true;
}

static Py_ssize_t find(PyObject *docs, PyObject *lives, const Py_buffer *places, Found *found) {
    const Py_ssize_t count = PyTuple_GET_SIZE(docs);
    if (PyTuple_GET_SIZE(lives) != count || items(places) != 2 * count) return -1;
    Py_buffer *views = PyMem_Calloc((size_t)(2 * count) + 1, sizeof(Py_buffer));
    Segment *segment = PyMem_Calloc(1, sizeof(Segment));
    Py_ssize_t taken = 0;
    bool fits = false;
    if (!views || !segment) PyErr_NoMemory();
    else if (take_all(docs, 2, false, views, &taken) && take_all(lives, 1, true, views, &taken)) {
        Py_BEGIN_ALLOW_THREADS
        fits = unite(segment, views, views + count, places, found);
        Py_END_ALLOW_THREADS
    }
    while (taken) PyBuffer_Release(&views[--taken]);
    PyMem_Free(views);
    PyMem_Free(segment);
    return fits ? found->filled : -1;
}

static PyObject *marked_docs(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 5)) return NULL;
    if (!PyTuple_Check(args[0]) || !PyTuple_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "documents and live ones are no tuples");
        return NULL;
    }
    PyObject *const chosen[] = {args[2], args[3], args[4]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 1, "084")) return NULL;
    Found found = {arrays.views[1].buf, arrays.views[2].buf, 0, items(&arrays.views[1])};
    const Py_ssize_t fitting = items(&arrays.views[2]) < found.room ? -1 : find(args[0], args[1], &arrays.views[0], &found);
    if (PyErr_Occurred()) {
        release(&arrays);
        return NULL;
    }
    return result(&arrays, fitting);
}

/* The sums of marks: documents share few, so that the last ones are remembered. */

#define REMEMBERED 256

typedef struct {
    uint32_t marks[REMEMBERED];
    float sums[REMEMBERED];
} Memory;

static float sum_of(uint32_t marks, const float *values) {
    float sum = 0;
    for (int place = 0; marks; place++, marks >>= 1)
        if (marks & 1) sum += values[place];
    return sum;
}

static Py_ssize_t sum(const Py_buffer *marks, const Py_buffer *values, const Py_buffer *found) {
    const Py_ssize_t size = items(marks), count = items(values);
    const uint32_t *own = marks->buf, known = count < 32 ? ((uint32_t)1 << count) - 1 : UINT32_MAX;
    Memory memory = {{0}, {0}};
    if (count > 32 || items(found) != size) return -1;
    for (Py_ssize_t i = 0; i < size; i++) {
        const uint32_t bits = own[i] & known;
        const uint32_t place = bits * 0x9E3779B1u >> 24;
        if (memory.marks[place] != bits) {
            memory.marks[place] = bits;
            memory.sums[place] = sum_of(bits, values->buf);
        }
        ((float *)found->buf)[i] = memory.sums[place];
    }
    return size;
}

static PyObject *sum_marked(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 3) || !take(&arrays, args, 3, 2, "444")) return NULL;
    const Py_buffer *views = arrays.views;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = sum(&views[0], &views[1], &views[2]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

static PyMethodDef methods[] = {
    {"marked_docs", (PyCFunction)(void (*)(void))marked_docs, METH_FASTCALL, NULL},
    {"sum_marked", (PyCFunction)(void (*)(void))sum_marked, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.unions", "Documents with any of many words.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_unions(void) { return PyModuleDef_Init(&module); }
