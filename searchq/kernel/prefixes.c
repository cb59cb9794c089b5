/* searchq.kernel.prefixes: the words that begin alike, in all segments and zones of a language; see prefixes.pyi. */

#include "arrays.h"

#include <string.h>

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

typedef struct { /* the words of a segment that begin alike */
    const Py_buffer *blob, *starts;
    int64_t first, last, next; /* numbers in its table: the last one not included; the next one to look at */
    int32_t *numbers;          /* of each among the words of all segments */
} Segment;

typedef struct { /* a word in the table of a segment */
    const char *text;
    Py_ssize_t size;
} Word;

typedef struct {
    Py_buffer *views; /* blobs, starts, rows and starts of rows, each of every segment, the latter of every zone, too */
    Py_ssize_t segments, zones, taken, most;
    Segment *each;
    int32_t *numbers;
    PyObject *words; /* of all segments, in order, each once */
    bool *occurring; /* which of them occur in each zone */
    int64_t *found;  /* where the documents of each zone and segment begin and end */
} Search;

static bool refuse(void) {
    PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    return false;
}

/* The words of all segments. */

/* Reads the next word, without the line feed that ends it; false if the table is torn. */
static bool read_next(const Segment *segment, Word *word) {
    const uint32_t *starts = segment->starts->buf;
    const uint32_t first = starts[segment->next], end = starts[segment->next + 1];
    if (first >= end || (Py_ssize_t)end > items(segment->blob)) return refuse();
    *word = (Word){(const char *)segment->blob->buf + first, (Py_ssize_t)(end - first) - 1};
    return true;
}

static int compare(const Word *left, const Word *right) {
    const int found = memcmp(left->text, right->text, (size_t)(left->size < right->size ? left->size : right->size));
    return found ? found : (left->size > right->size) - (left->size < right->size);
}

/* Finds the least of the next words of all segments; its text is NULL if there is none. */
static bool find_least(const Search *search, Word *least) {
    Word word;
    least->text = NULL;
    for (Py_ssize_t i = 0; i < search->segments; i++) {
        if (search->each[i].next >= search->each[i].last) continue;
        if (!read_next(&search->each[i], &word)) return false;
        if (!least->text || compare(&word, least) < 0) *least = word;
    }
    return true;
}

/* Gives the segments whose next word this is its number, and moves them on. */
static bool pass(Search *search, const Word *least, int32_t number) {
    Word word;
    for (Py_ssize_t i = 0; i < search->segments; i++) {
        Segment *own = &search->each[i];
        if (own->next >= own->last) continue;
        if (!read_next(own, &word)) return false;
        if (!compare(&word, least)) own->numbers[own->next++ - own->first] = number;
    }
    return true;
}

/* Collects the words of all segments, at most one more than are wanted. */
static bool collect(Search *search) {
    Word least;
    search->words = PyList_New(0);
    while (search->words && PyList_GET_SIZE(search->words) <= search->most) {
        if (!find_least(search, &least)) return false;
        if (!least.text) return true;
        if (!pass(search, &least, (int32_t)PyList_GET_SIZE(search->words))) return false;
        PyObject *text = PyUnicode_DecodeUTF8(least.text, least.size, "surrogatepass");
        const int failed = text ? PyList_Append(search->words, text) : -1;
        Py_XDECREF(text);
        if (failed) return false;
    }
    return search->words != NULL;
}

/* The rows of those words in a zone of a segment. */

/* The first row from `at` on whose word is not less than `wanted`. */
static Py_ssize_t reach_row(const uint32_t *rows, Py_ssize_t at, Py_ssize_t size, int64_t wanted) {
    Py_ssize_t end = size;
    while (at < end) {
        const Py_ssize_t middle = at + (end - at) / 2;
        if (rows[middle] < wanted) at = middle + 1;
        else end = middle;
    }
    return at;
}

static bool find_rows(const Search *search, const Segment *segment, Py_ssize_t place, bool *occurring) {
    const Py_buffer *rows = &search->views[(2 * search->segments) + place];
    const Py_buffer *starts = rows + search->zones * search->segments;
    const uint32_t *row = rows->buf, *start = starts->buf;
    const Py_ssize_t size = items(rows);
    if (items(starts) != size + 1) return refuse();
    const Py_ssize_t first = reach_row(row, 0, size, segment->first);
    Py_ssize_t at = first;
    for (; at < size && row[at] < segment->last; at++) {
        if (row[at] < segment->first) return refuse();
        if (start[at] < start[at + 1]) occurring[segment->numbers[row[at] - segment->first]] = true;
    }
    search->found[2 * place] = start[first];
    search->found[2 * place + 1] = start[at];
    return true;
}

static bool find_all_rows(const Search *search) {
    const Py_ssize_t count = PyList_GET_SIZE(search->words);
    for (Py_ssize_t zone = 0; zone < search->zones; zone++)
        for (Py_ssize_t i = 0; i < search->segments; i++)
            if (!find_rows(search, &search->each[i], zone * search->segments + i, search->occurring + zone * count)) return false;
    return true;
}

/* Between Python and C. */

/* The words that occur in a zone. */
static PyObject *occurring_in(const Search *search, Py_ssize_t zone) {
    const Py_ssize_t count = PyList_GET_SIZE(search->words);
    PyObject *found = PyList_New(0);
    for (Py_ssize_t i = 0; found && i < count; i++)
        if (search->occurring[zone * count + i] && PyList_Append(found, PyList_GET_ITEM(search->words, i)) < 0) Py_CLEAR(found);
    return found;
}

static PyObject *told(const Search *search) {
    PyObject *found = PyList_New(search->zones);
    for (Py_ssize_t zone = 0; found && zone < search->zones; zone++) {
        PyObject *own = occurring_in(search, zone);
        if (own) PyList_SET_ITEM(found, zone, own);
        else Py_CLEAR(found);
    }
    return found;
}

/* Takes the arrays of a tuple, as many as expected, of items of a size. */
static bool take_all(Search *search, PyObject *given, Py_ssize_t expected, int size) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != expected) return refuse();
    for (Py_ssize_t i = 0; i < expected; i++) {
        Py_buffer *view = &search->views[search->taken];
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(given, i), view, PyBUF_C_CONTIGUOUS) < 0) return false;
        search->taken++;
        if (view->itemsize != size) return refuse();
    }
    return true;
}

/* Lays out the words of each segment, whose ranges are given. */
static bool lay_out(Search *search, const Py_buffer *ranges) {
    int64_t total = 0;
    if (items(ranges) != 2 * search->segments) return refuse();
    for (Py_ssize_t i = 0; i < search->segments; i++) {
        const Py_buffer *starts = &search->views[search->segments + i];
        const int64_t first = number(ranges, 2 * i), last = number(ranges, 2 * i + 1);
        if (first < 0 || first > last || (first < last && last >= items(starts))) return refuse();
        search->each[i] = (Segment){&search->views[i], starts, first, last, first, NULL};
        total += last - first;
    }
    search->numbers = PyMem_Calloc((size_t)total + 1, sizeof(int32_t));
    int32_t *numbers = search->numbers;
    for (Py_ssize_t i = 0; numbers && i < search->segments; i++) {
        search->each[i].numbers = numbers;
        numbers += search->each[i].last - search->each[i].first;
    }
    if (!numbers) PyErr_NoMemory();
    return numbers != NULL;
}

static PyObject *search_all(Search *search, const Py_buffer *ranges) {
    if (!lay_out(search, ranges) || !collect(search)) return NULL;
    if (PyList_GET_SIZE(search->words) > search->most) Py_RETURN_NONE;
    search->occurring = PyMem_Calloc((size_t)(PyList_GET_SIZE(search->words) * search->zones) + 1, sizeof(bool));
    if (!search->occurring) return PyErr_NoMemory();
    return find_all_rows(search) ? told(search) : NULL;
}

static PyObject *zone_words(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 7)) return NULL;
    const Py_ssize_t most = PyLong_AsSsize_t(args[5]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[4], args[6]};
    Arrays arrays;
    if (!take(&arrays, chosen, 2, 1, "88")) return NULL;
    const Py_ssize_t segments = PyTuple_Check(args[0]) ? PyTuple_GET_SIZE(args[0]) : 0;
    const Py_ssize_t places = items(&arrays.views[1]) / 2, zones = segments ? places / segments : 0;
    Search search = {.segments = segments, .zones = zones, .most = most, .found = arrays.views[1].buf};
    search.views = PyMem_Calloc((size_t)(2 * segments + 2 * zones * segments) + 1, sizeof(Py_buffer));
    search.each = PyMem_Calloc((size_t)segments + 1, sizeof(Segment));
    PyObject *found = NULL;
    if (!search.views || !search.each) PyErr_NoMemory();
    else if (items(&arrays.views[1]) != 2 * zones * segments) refuse();
    else if (take_all(&search, args[0], segments, 1) && take_all(&search, args[1], segments, 4)
             && take_all(&search, args[2], zones * segments, 4) && take_all(&search, args[3], zones * segments, 4))
        found = search_all(&search, &arrays.views[0]);
    while (search.taken) PyBuffer_Release(&search.views[--search.taken]);
    PyMem_Free(search.views);
    PyMem_Free(search.each);
    PyMem_Free(search.numbers);
    PyMem_Free(search.occurring);
    Py_XDECREF(search.words);
    release(&arrays);
    return found;
}

static PyMethodDef methods[] = {
    {"zone_words", (PyCFunction)(void (*)(void))zone_words, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.prefixes", "Words that begin alike.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_prefixes(void) { return PyModuleDef_Init(&module); }
