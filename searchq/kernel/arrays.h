/* Arrays of NumPy as the buffers that a function in C reads and writes. */

#ifndef SEARCHQ_ARRAYS_H
#define SEARCHQ_ARRAYS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>

#define MOST_ARRAYS 7

typedef struct {
    Py_buffer views[MOST_ARRAYS];
    int count;
} Arrays;

static void release(Arrays *arrays) {
    while (arrays->count) PyBuffer_Release(&arrays->views[--arrays->count]);
}

/* Takes the arguments of a call as arrays of items of the given sizes (0: 4 or 8, -: any), those from `outputs` on to be written;
   None has no items. */
static bool take(Arrays *arrays, PyObject *const *args, int expected, int outputs, const char *sizes) {
    arrays->count = 0;
    for (int i = 0; i < expected; i++) {
        Py_buffer *view = &arrays->views[i];
        if (args[i] == Py_None) PyBuffer_FillInfo(view, NULL, NULL, 0, 1, PyBUF_SIMPLE);
        else if (PyObject_GetBuffer(args[i], view, PyBUF_C_CONTIGUOUS | (i >= outputs ? PyBUF_WRITABLE : 0)) < 0) {
            release(arrays);
            return false;
        }
        arrays->count++;
        const int size = sizes[i] - '0';
        if (view->buf && (size < 0 ? view->itemsize < 1 : size ? view->itemsize != size : view->itemsize != 4 && view->itemsize != 8)) {
            release(arrays);
            PyErr_SetString(PyExc_TypeError, "an array has items of another size");
            return false;
        }
    }
    return true;
}

static Py_ssize_t items(const Py_buffer *view) { return view->buf ? view->len / view->itemsize : 0; }

/* A whole number of an array of 4 or 8 bytes each. */
static inline int64_t number(const Py_buffer *view, Py_ssize_t at) {
    return view->itemsize == 4 ? ((const int32_t *)view->buf)[at] : ((const int64_t *)view->buf)[at];
}

/* The first place of ascending numbers from `at` on that is not less than `wanted`, looked for in steps twice as long each. */
static inline Py_ssize_t reach_number(const Py_buffer *numbers, Py_ssize_t at, int64_t wanted) {
    const Py_ssize_t size = items(numbers);
    Py_ssize_t step = 1, before = at - 1;
    while (at < size && number(numbers, at) < wanted) {
        before = at;
        at = step < size - at ? at + step : size;
        step *= 2;
    }
    while (before + 1 < at) {
        const Py_ssize_t middle = before + (at - before) / 2;
        if (number(numbers, middle) < wanted) before = middle;
        else at = middle;
    }
    return at;
}

/* The result of a loop: the items written, or the error that the arrays do not fit each other. */
static PyObject *result(Arrays *arrays, Py_ssize_t count) {
    release(arrays);
    if (count >= 0) return PyLong_FromSsize_t(count);
    PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    return NULL;
}

static bool are_given(Py_ssize_t given, int expected) {
    if (given == expected) return true;
    PyErr_Format(PyExc_TypeError, "%d arguments expected, not %zd", expected, given);
    return false;
}

#endif
