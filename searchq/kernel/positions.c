/* searchq.kernel.positions: the positions of words, decoded and compared; see positions.pyi. */

#include "arrays.h"

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

static void put(const Py_buffer *view, Py_ssize_t at, int64_t value) {
    if (view->itemsize == 4) ((int32_t *)view->buf)[at] = (int32_t)value;
    else ((int64_t *)view->buf)[at] = value;
}

/* Encoded positions (see segment_data.ZonePostings): varints of 7 bits a byte, an odd one begins a posting. */

static const uint8_t *read_varint(const uint8_t *at, const uint8_t *end, uint32_t *value) {
    uint32_t found = 0;
    for (int shift = 0; at < end; shift += 7) {
        const uint8_t byte = *at++;
        if (shift < 32) found |= (uint32_t)(byte & 127) << shift;
        if (byte < 128) break;
    }
    *value = found;
    return at;
}

static const uint8_t *skip_posting(const uint8_t *at, const uint8_t *end) {
    for (bool first = true; at < end && (first || !(*at & 1)); first = false) {
        while (at < end && *at >= 128) at++;
        at += at < end;
    }
    return at;
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
            for (; reached < wanted && at < end; reached++) at = skip_posting(at, end);
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

/* Absolute positions and bitmaps of them (see execution/positions.py). */

static Py_ssize_t set_bits(const Py_buffer *positions, const Py_buffer *bits) {
    uint64_t *numbers = bits->buf;
    const int64_t most = (int64_t)items(bits) << 6;
    for (Py_ssize_t i = 0; i < items(positions); i++) {
        const int64_t position = number(positions, i);
        if (position < 0 || position >= most) return -1;
        numbers[position >> 6] |= (uint64_t)1 << (position & 63);
    }
    return items(positions);
}

static PyObject *mark_bits(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 2) || !take(&arrays, args, 2, 1, "--")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = set_bits(&arrays.views[0], &arrays.views[1]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

/* Marks which positions have one of `others` at a distance from low to high; both ascend. */
static Py_ssize_t search(
    const Py_buffer *positions, const Py_buffer *others, int64_t low, int64_t high, const Py_buffer *out
) {
    const Py_ssize_t count = items(positions), size = items(others);
    uint8_t *found = out->buf;
    Py_ssize_t at = 0;
    if (items(out) != count) return -1;
    for (Py_ssize_t i = 0; i < count && at < size; i++) {
        const int64_t position = number(positions, i), least = position + low;
        Py_ssize_t step = 1, before = at; /* gallops: others[before] < least <= others[at] */
        while (at < size && number(others, at) < least) {
            before = at;
            at = step < size - at ? at + step : size;
            step *= 2;
        }
        while (before + 1 < at) {
            const Py_ssize_t middle = before + (at - before) / 2;
            if (number(others, middle) < least) before = middle;
            else at = middle;
        }
        if (at < size && number(others, at) <= position + high) found[i] = 1;
    }
    return count;
}

static PyObject *mark_near(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 5)) return NULL;
    const long long low = PyLong_AsLongLong(args[2]), high = PyLong_AsLongLong(args[3]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[1], args[4]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 2, "---")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = search(&arrays.views[0], &arrays.views[1], low, high, &arrays.views[2]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

/* Marks which positions have a bit at any of the 64 places from `ahead` on that are set in `mask`. */
static Py_ssize_t look_up(
    const Py_buffer *positions, const Py_buffer *bits, int64_t ahead, uint64_t mask, const Py_buffer *out
) {
    const uint64_t *numbers = bits->buf;
    const int64_t most = (int64_t)items(bits) - 1;
    uint8_t *found = out->buf;
    if (items(out) != items(positions)) return -1;
    for (Py_ssize_t i = 0; i < items(positions); i++) {
        const int64_t place = number(positions, i) + ahead, at = place >> 6;
        if (place < 0 || at >= most) return -1;
        const int within = place & 63;
        uint64_t near = numbers[at] >> within;
        if (within) near |= numbers[at + 1] << (64 - within);
        if (near & mask) found[i] = 1;
    }
    return items(positions);
}

static PyObject *mark_hits(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 5)) return NULL;
    const long long ahead = PyLong_AsLongLong(args[2]);
    const unsigned long long mask = PyLong_AsUnsignedLongLong(args[3]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[1], args[4]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 2, "---")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = look_up(&arrays.views[0], &arrays.views[1], ahead, mask, &arrays.views[2]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

static PyMethodDef methods[] = {
    {"read_positions", (PyCFunction)(void (*)(void))read_positions, METH_FASTCALL, NULL},
    {"read_frequencies", (PyCFunction)(void (*)(void))read_frequencies, METH_FASTCALL, NULL},
    {"mark_bits", (PyCFunction)(void (*)(void))mark_bits, METH_FASTCALL, NULL},
    {"mark_near", (PyCFunction)(void (*)(void))mark_near, METH_FASTCALL, NULL},
    {"mark_hits", (PyCFunction)(void (*)(void))mark_hits, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.positions", "The positions of words.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_positions(void) { return PyModuleDef_Init(&module); }
