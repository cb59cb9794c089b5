/* searchq.kernel.positions: the positions of words, decoded; see positions.pyi. */

#include "positions.h"

#define VERSION 4 /* raise it here and in __init__.py when either needs the other to change */

static void put(const Py_buffer *view, Py_ssize_t at, int64_t value) {
    if (view->itemsize == 4) ((int32_t *)view->buf)[at] = (int32_t)value;
    else ((int64_t *)view->buf)[at] = value;
}

/* Decodes the posting at `at`; the place behind it, NULL if there is no posting or no room. */
static const uint8_t *read_posting(
    const uint8_t *at, const uint8_t *end, int64_t origin, const Py_buffer *out, Py_ssize_t *filled
) {
    const Py_ssize_t room = items(out);
    Py_ssize_t place = *filled;
    if (at >= end || !(*at & 1)) return NULL;
    uint32_t step;
    int64_t position = origin;
    for (bool first = true; at < end && (first || !(*at & 1)); first = false) {
        at = read_varint(at, end, &step);
        position += step >> 1;
        if (place >= room) return NULL;
        put(out, place++, position);
    }
    *filled = place;
    return at;
}

static Py_ssize_t decode(const Py_buffer *views) {
    const Py_buffer *data = &views[0], *origins = &views[1], *chosen = &views[2], *begins = &views[3], *out = &views[4];
    const uint8_t *start = data->buf, *at = start, *end = start + data->len;
    const bool every = !chosen->buf;
    const Py_ssize_t count = every ? items(origins) : items(chosen);
    Py_ssize_t filled = 0;
    int64_t reached = 0;
    if (count != items(origins)) return -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        const int64_t wanted = every ? reached : number(chosen, i);
        if (begins->buf) {
            if (wanted < 0 || wanted >= items(begins)) return -1;
            const int64_t begin = number(begins, wanted);
            if (begin < 0 || begin >= data->len) return -1;
            at = start + begin;
        } else {
            if (wanted < reached) return -1;
            at = skip_postings(at, end, wanted - reached);
            reached = wanted;
        }
        at = read_posting(at, end, number(origins, i), out, &filled);
        if (!at) return -1;
        reached++;
    }
    return every && at != end ? -1 : filled;
}

static PyObject *read_positions(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 5) || !take(&arrays, args, 5, 4, "-----")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = decode(arrays.views);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

static Py_ssize_t count_positions(const Py_buffer *data, const Py_buffer *out) {
    const uint8_t *at = data->buf, *end = at + data->len;
    float *counts = out->buf;
    Py_ssize_t filled = 0;
    while (at < end) {
        if (*at & 1) {
            if (filled == items(out)) return -1;
            counts[filled++] = 0;
        }
        if (!filled) return -1;
        counts[filled - 1]++;
        while (at < end && *at >= 128) at++;
        at += at < end;
    }
    return filled;
}

static PyObject *read_frequencies(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 2) || !take(&arrays, args, 2, 1, "--")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = count_positions(&arrays.views[0], &arrays.views[1]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

/* The first position of each posting. */
static Py_ssize_t read_firsts(const Py_buffer *data, const Py_buffer *out) {
    const uint8_t *at = data->buf, *end = at + data->len;
    Py_ssize_t filled = 0;
    for (uint32_t step; at < end; at = skip_postings(at, end, 1)) {
        if (!(*at & 1) || filled == items(out)) return -1;
        read_varint(at, end, &step);
        ((uint32_t *)out->buf)[filled++] = step >> 1;
    }
    return filled;
}

static PyObject *first_positions(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 2) || !take(&arrays, args, 2, 1, "14")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = read_firsts(&arrays.views[0], &arrays.views[1]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

/* Where one posting in so many begins in the bytes of a row, the first one first. */
static Py_ssize_t skip(const Py_buffer *data, int64_t every, const Py_buffer *out) {
    const uint8_t *start = data->buf, *at = start, *end = start + data->len;
    Py_ssize_t filled = 0;
    if (every < 1 || data->len > UINT32_MAX) return -1;
    for (; at < end; at = skip_postings(at, end, (Py_ssize_t)every)) {
        if (filled == items(out)) return -1;
        ((uint32_t *)out->buf)[filled++] = (uint32_t)(at - start);
    }
    return filled;
}

static PyObject *skip_places(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 3)) return NULL;
    const long long every = PyLong_AsLongLong(args[1]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[2]};
    Arrays arrays;
    if (!take(&arrays, chosen, 2, 1, "14")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = skip(&arrays.views[0], every, &arrays.views[1]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

static PyMethodDef methods[] = {
    {"read_positions", (PyCFunction)(void (*)(void))read_positions, METH_FASTCALL, NULL},
    {"first_positions", (PyCFunction)(void (*)(void))first_positions, METH_FASTCALL, NULL},
    {"skip_places", (PyCFunction)(void (*)(void))skip_places, METH_FASTCALL, NULL},
    {"read_frequencies", (PyCFunction)(void (*)(void))read_frequencies, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.positions", "The positions of words.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_positions(void) { return PyModuleDef_Init(&module); }
