/* searchq.kernel.combined: the weighted postings of a term in all segments; see combined.pyi. */

#include "arrays.h"

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

#define COLUMNS 4 /* of a segment: the number of its first document; where its starts, documents and codes begin in the file */

typedef struct { /* arrays of each segment, taken together */
    Py_buffer *views;
    Py_ssize_t segments, taken;
    int block; /* bits of a place in a block */
} Segments;

/* Whether the blocks of some items were all compared with their checksums; without `seen` there is nothing to compare. */
static bool are_compared(
    const Segments *all, const Py_buffer *seen, int64_t begin, const Py_buffer *array, int64_t first, int64_t end
) {
    if (!seen->buf || first == end) return true;
    const int64_t low = (begin + first * array->itemsize) >> all->block;
    const int64_t high = (begin + end * array->itemsize - 1) >> all->block;
    if (low < 0 || high >= seen->len) return false;
    for (int64_t at = low; at <= high; at++)
        if (!((const uint8_t *)seen->buf)[at]) return false;
    return true;
}

/* Takes the arrays of a tuple, as many as there are segments, of items of a size; None, where allowed, has none. */
static bool take_all(Segments *all, PyObject *given, int size, bool may_lack) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != all->segments) {
        PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
        return false;
    }
    for (Py_ssize_t i = 0; i < all->segments; i++) {
        PyObject *own = PyTuple_GET_ITEM(given, i);
        Py_buffer *view = &all->views[all->taken];
        if (own == Py_None && may_lack) PyBuffer_FillInfo(view, NULL, NULL, 0, 1, PyBUF_SIMPLE);
        else if (PyObject_GetBuffer(own, view, PyBUF_C_CONTIGUOUS) < 0) return false;
        all->taken++;
        if (view->buf && view->itemsize != size) {
            PyErr_SetString(PyExc_TypeError, "an array has items of another size");
            return false;
        }
    }
    return true;
}

static bool open_segments(Segments *all, PyObject *given, int tuples, PyObject *block) {
    const long bits = PyLong_AsLong(block);
    if (PyErr_Occurred()) return false;
    all->segments = PyTuple_Check(given) ? PyTuple_GET_SIZE(given) : 0;
    all->block = (int)bits;
    all->views = PyMem_Calloc((size_t)(all->segments * tuples) + 1, sizeof(Py_buffer));
    if (!all->views) PyErr_NoMemory();
    else if (bits < 0 || bits > 62) PyErr_SetString(PyExc_ValueError, "no block is of that size");
    return all->views && !PyErr_Occurred();
}

static void close_segments(Segments *all) {
    while (all->taken) PyBuffer_Release(&all->views[--all->taken]);
    PyMem_Free(all->views);
}

static PyObject *written(Py_ssize_t count) {
    if (count >= -1) return PyLong_FromSsize_t(count);
    PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    return NULL;
}

#define UNCOMPARED (-1) /* a block of what was to be read */
#define TORN (-2)

/* Where the rows of a term begin and end; returns how many postings they have. */

static Py_ssize_t find(const Segments *all, const Py_buffer *layout, const Py_buffer *numbers, int64_t *bounds) {
    Py_ssize_t total = 0;
    for (Py_ssize_t i = 0; i < all->segments; i++) {
        const Py_buffer *starts = &all->views[i], *seen = &all->views[all->segments + i];
        const int64_t row = number(numbers, i);
        bounds[2 * i] = bounds[2 * i + 1] = 0;
        if (row < 0) continue;
        if (row + 1 >= items(starts)) return TORN;
        if (!are_compared(all, seen, number(layout, COLUMNS * i + 1), starts, row, row + 2)) return UNCOMPARED;
        bounds[2 * i] = ((const uint32_t *)starts->buf)[row];
        bounds[2 * i + 1] = ((const uint32_t *)starts->buf)[row + 1];
        if (bounds[2 * i] > bounds[2 * i + 1]) return TORN;
        total += bounds[2 * i + 1] - bounds[2 * i];
    }
    return total;
}

static PyObject *find_rows(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 6)) return NULL;
    PyObject *const chosen[] = {args[2], args[3], args[5]};
    Arrays arrays;
    Segments all = {NULL, 0, 0, 0};
    if (!take(&arrays, chosen, 3, 2, "888")) return NULL;
    const Py_buffer *views = arrays.views;
    PyObject *found = NULL;
    if (open_segments(&all, args[0], 2, args[4]) && take_all(&all, args[0], 4, false) && take_all(&all, args[1], 1, true)) {
        const bool fits = items(&views[0]) == COLUMNS * all.segments && items(&views[1]) == all.segments
                          && items(&views[2]) == 2 * all.segments;
        found = written(fits ? find(&all, &views[0], &views[1], views[2].buf) : TORN);
    }
    close_segments(&all);
    release(&arrays);
    return found;
}

/* The documents that are live, numbered across the segments, and their weights. */

typedef struct {
    int32_t *docs;
    float *weights;
    const float *table; /* the weight of each code */
    Py_ssize_t count, room;
} Joined;

static Py_ssize_t join_row(
    const Py_buffer *docs, const Py_buffer *codes, const Py_buffer *live, int64_t base, int64_t first, int64_t end, Joined *joined
) {
    const uint16_t *own = docs->buf;
    const uint8_t *code = codes->buf, *alive = live->buf;
    Py_ssize_t count = joined->count;
    if (joined->room - count < end - first) return TORN;
    for (int64_t at = first; at < end; at++) {
        if (alive && own[at] >= live->len) return TORN;
        if (alive && !alive[own[at]]) continue;
        joined->docs[count] = (int32_t)(base + own[at]);
        joined->weights[count++] = joined->table[code[at]];
    }
    return joined->count = count;
}

static Py_ssize_t join(const Segments *all, const Py_buffer *layout, const Py_buffer *bounds, Joined *joined) {
    const Py_ssize_t size = all->segments;
    for (Py_ssize_t i = 0; i < size; i++) {
        const Py_buffer *docs = &all->views[i], *codes = docs + size, *seen = codes + size, *live = seen + size;
        const int64_t first = number(bounds, 2 * i), end = number(bounds, 2 * i + 1);
        if (first < 0 || first > end || end > items(docs) || end > items(codes)) return TORN;
        if (!are_compared(all, seen, number(layout, COLUMNS * i + 2), docs, first, end)) return UNCOMPARED;
        if (!are_compared(all, seen, number(layout, COLUMNS * i + 3), codes, first, end)) return UNCOMPARED;
        if (join_row(docs, codes, live, number(layout, COLUMNS * i), first, end, joined) < 0) return TORN;
    }
    return joined->count;
}

static PyObject *join_rows(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 10)) return NULL;
    PyObject *const chosen[] = {args[4], args[5], args[7], args[8], args[9]};
    Arrays arrays;
    Segments all = {NULL, 0, 0, 0};
    if (!take(&arrays, chosen, 5, 3, "88444")) return NULL;
    const Py_buffer *views = arrays.views;
    PyObject *found = NULL;
    if (open_segments(&all, args[0], 4, args[6]) && take_all(&all, args[0], 2, false) && take_all(&all, args[1], 1, false)
        && take_all(&all, args[2], 1, true) && take_all(&all, args[3], 1, true)) {
        const bool fits = items(&views[0]) == COLUMNS * all.segments && items(&views[1]) == 2 * all.segments
                          && items(&views[2]) == 256 && items(&views[3]) == items(&views[4]);
        Joined joined = {views[3].buf, views[4].buf, views[2].buf, 0, items(&views[3])};
        Py_ssize_t count = TORN;
        if (fits) {
            Py_BEGIN_ALLOW_THREADS
            count = join(&all, &views[0], &views[1], &joined);
            Py_END_ALLOW_THREADS
        }
        found = written(count);
    }
    close_segments(&all);
    release(&arrays);
    return found;
}

static PyMethodDef methods[] = {
    {"find_rows", (PyCFunction)(void (*)(void))find_rows, METH_FASTCALL, NULL},
    {"join_rows", (PyCFunction)(void (*)(void))join_rows, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.combined", "Postings of a term in all segments.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_combined(void) { return PyModuleDef_Init(&module); }
