/* searchq.kernel.tables: tables of strings merged in sorted order, and strings numbered; see tables.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VERSION 2 /* raise it here and in __init__.py when either needs the other to change */

typedef struct { /* a string that is wanted */
    uint64_t head; /* its first eight bytes, the first one highest */
    const uint8_t *at;
    uint32_t size;
    uint32_t table, number; /* where it stands */
} String;

typedef struct {
    Py_buffer blob, starts, wanted;
    Py_ssize_t count;
    bool held;
} Table;

static int by_bytes(const void *one, const void *other) {
    const String *left = one, *right = other;
    if (left->head != right->head) return left->head < right->head ? -1 : 1;
    uint32_t size = left->size < right->size ? left->size : right->size;
    int order = memcmp(left->at, right->at, size);
    return order ? order : left->size < right->size ? -1 : left->size > right->size;
}

static uint64_t head_of(const uint8_t *at, uint32_t size) {
    uint64_t head = 0;
    for (uint32_t i = 0; i < 8; i++) head = head << 8 | (i < size ? at[i] : 0);
    return head;
}

static void release(Table *tables, Py_ssize_t count) {
    for (Py_ssize_t i = 0; tables && i < count; i++) {
        if (!tables[i].held) continue;
        PyBuffer_Release(&tables[i].blob);
        PyBuffer_Release(&tables[i].starts);
        PyBuffer_Release(&tables[i].wanted);
    }
    PyMem_Free(tables);
}

/* Read one table; false, with an exception, if it is none. */
static bool read_table(PyObject *given, Table *table) {
    if (!PyTuple_Check(given)) return PyErr_Format(PyExc_TypeError, "a table is no tuple") != NULL;
    if (!PyArg_ParseTuple(given, "y*y*y*", &table->blob, &table->starts, &table->wanted)) return false;
    table->held = true;
    table->count = table->wanted.len;
    if (table->count >= INT32_MAX || table->starts.len != 4 * (table->count + 1) || (uintptr_t)table->starts.buf % 4)
        return PyErr_Format(PyExc_ValueError, "a table has not as many starts as strings") != NULL;
    const uint32_t *starts = table->starts.buf;
    for (Py_ssize_t i = 0; i < table->count; i++) /* each string ends in a line feed, which its size counts */
        if (starts[i] >= starts[i + 1] || starts[i + 1] > (size_t)table->blob.len)
            return PyErr_Format(PyExc_ValueError, "the starts of a table do not ascend within it") != NULL;
    return true;
}

static size_t collect(const Table *tables, Py_ssize_t count, String *strings) {
    size_t found = 0;
    for (Py_ssize_t t = 0; t < count; t++) {
        const uint32_t *starts = tables[t].starts.buf;
        const uint8_t *blob = tables[t].blob.buf, *wanted = tables[t].wanted.buf;
        for (Py_ssize_t i = 0; i < tables[t].count; i++) {
            if (!wanted[i]) continue;
            uint32_t size = starts[i + 1] - starts[i] - 1;
            if (strings)
                strings[found] = (String){head_of(blob + starts[i], size), blob + starts[i], size, (uint32_t)t, (uint32_t)i};
            found++;
        }
    }
    return found;
}

/* Number sorted strings, equal ones alike; write each once, if there is room for it. Return the bytes they take. */
static size_t number(const String *strings, size_t count, int32_t *const *ranks, uint8_t *out) {
    size_t bytes = 0;
    int32_t rank = -1;
    for (size_t i = 0; i < count; i++) {
        if (!i || by_bytes(&strings[i - 1], &strings[i])) {
            rank++;
            if (out) {
                memcpy(out + bytes, strings[i].at, strings[i].size);
                out[bytes + strings[i].size] = '\n';
            }
            bytes += strings[i].size + 1;
        }
        if (ranks) ranks[strings[i].table][strings[i].number] = rank;
    }
    return bytes;
}

/* A list of bytes for the ranks of each table, all -1; NULL, with an exception, without memory. */
static PyObject *no_ranks(const Table *tables, Py_ssize_t count, int32_t **ranks) {
    PyObject *list = PyList_New(count);
    for (Py_ssize_t t = 0; list && t < count; t++) {
        PyObject *own = PyBytes_FromStringAndSize(NULL, 4 * tables[t].count);
        if (!own) {
            Py_CLEAR(list);
            break;
        }
        ranks[t] = (int32_t *)(void *)PyBytes_AS_STRING(own);
        memset(ranks[t], 0xFF, (size_t)(4 * tables[t].count));
        PyList_SET_ITEM(list, t, own);
    }
    return list;
}

static PyObject *merged(const Table *tables, Py_ssize_t count) {
    size_t found = collect(tables, count, NULL);
    String *strings = PyMem_Malloc((found + 1) * sizeof *strings);
    int32_t **ranks = PyMem_Calloc((size_t)count + 1, sizeof *ranks);
    PyObject *list = strings && ranks ? no_ranks(tables, count, ranks) : PyErr_NoMemory(), *blob = NULL, *result = NULL;
    if (list) {
        size_t bytes;
        Py_BEGIN_ALLOW_THREADS
        collect(tables, count, strings);
        qsort(strings, found, sizeof *strings, by_bytes);
        bytes = number(strings, found, ranks, NULL);
        Py_END_ALLOW_THREADS
        blob = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)bytes);
    }
    if (blob) {
        number(strings, found, NULL, (uint8_t *)PyBytes_AS_STRING(blob));
        result = PyTuple_Pack(2, blob, list);
    }
    Py_XDECREF(blob);
    Py_XDECREF(list);
    PyMem_Free(strings);
    PyMem_Free(ranks);
    return result;
}

static PyObject *sorted_union(PyObject *Py_UNUSED(module), PyObject *given) {
    PyObject *list = PySequence_Fast(given, "the tables are no sequence"), *result = NULL;
    if (!list) return NULL;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(list), read = 0;
    Table *tables = PyMem_Calloc((size_t)count + 1, sizeof *tables);
    if (!tables) PyErr_NoMemory();
    while (tables && read < count && read_table(PySequence_Fast_GET_ITEM(list, read), &tables[read])) read++;
    if (tables && read == count) result = merged(tables, count);
    release(tables, count);
    Py_DECREF(list);
    return result;
}

/* The number of a key, the next one if it is new; -1 with an exception on failure. */
static long long number_of(PyObject *numbering, PyObject *key) {
    PyObject *next = PyLong_FromSsize_t(PyDict_GET_SIZE(numbering));
    PyObject *number = next ? PyDict_SetDefault(numbering, key, next) : NULL; /* borrowed, perhaps from `next` */
    long long value = number ? PyLong_AsLongLong(number) : -1;
    Py_XDECREF(next);
    if (value >= 0 && value <= INT32_MAX) return value;
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a number is beyond those of a table");
    return -1;
}

/* numbered(keys, numbering): the number of each key, int32; new ones are added to the numbering. */
static PyObject *numbered(PyObject *Py_UNUSED(module), PyObject *const *arguments, Py_ssize_t count) {
    if (count != 2 || !PyList_Check(arguments[0]) || !PyDict_Check(arguments[1]))
        return PyErr_Format(PyExc_TypeError, "a list and a dict are expected");
    PyObject *keys = arguments[0];
    const Py_ssize_t size = PyList_GET_SIZE(keys);
    PyObject *numbers = PyBytes_FromStringAndSize(NULL, size * (Py_ssize_t)sizeof(int32_t));
    for (Py_ssize_t i = 0; numbers && i < size; i++) {
        PyObject *key = i < PyList_GET_SIZE(keys) ? Py_NewRef(PyList_GET_ITEM(keys, i)) : NULL; /* hashing runs Python */
        long long value = key ? number_of(arguments[1], key) : -1;
        if (!key) PyErr_SetString(PyExc_ValueError, "the keys became fewer");
        Py_XDECREF(key);
        if (value < 0) Py_CLEAR(numbers);
        else ((int32_t *)PyBytes_AS_STRING(numbers))[i] = (int32_t)value;
    }
    return numbers;
}

static PyMethodDef methods[] = {
    {"sorted_union", sorted_union, METH_O, NULL},
    {"numbered", (PyCFunction)(void (*)(void))numbered, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.tables", "Tables of strings.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_tables(void) { return PyModuleDef_Init(&module); }
