/* searchq.kernel.markup: text as HTML prints it; see markup.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <string.h>

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

static PyObject *markup, *escape_any;

/* What stands for a character that HTML reads as markup; NULL for any other. */
static const char *reference(Py_UCS4 letter) {
    switch (letter) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&#34;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

static PyObject *escaped(PyObject *text) {
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    const int kind = PyUnicode_KIND(text);
    const void *letters = PyUnicode_DATA(text);
    Py_ssize_t more = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        const char *other = reference(PyUnicode_READ(kind, letters, i));
        if (other) more += (Py_ssize_t)strlen(other) - 1;
    }
    if (!more) return Py_NewRef(text);
    PyObject *found = PyUnicode_New(size + more, PyUnicode_MAX_CHAR_VALUE(text));
    if (!found) return NULL;
    void *out = PyUnicode_DATA(found);
    for (Py_ssize_t i = 0, at = 0; i < size; i++) {
        const Py_UCS4 letter = PyUnicode_READ(kind, letters, i);
        const char *other = reference(letter);
        if (!other) PyUnicode_WRITE(kind, out, at++, letter);
        for (; other && *other; other++) PyUnicode_WRITE(kind, out, at++, (unsigned char)*other);
    }
    return found;
}

static PyObject *printed(PyObject *self, PyObject *value) {
    if (PyUnicode_CheckExact(value)) return escaped(value);
    if ((PyObject *)Py_TYPE(value) == markup) return Py_NewRef(value);
    if (PyLong_CheckExact(value)) return PyObject_Str(value);
    return PyObject_CallOneArg(escape_any, value);
}

static PyMethodDef methods[] = {{"printed", printed, METH_O, NULL}, {NULL, NULL, 0, NULL}};

static int execute(PyObject *module) {
    PyObject *markupsafe = PyImport_ImportModule("markupsafe");
    if (!markupsafe) return -1;
    Py_XSETREF(markup, PyObject_GetAttrString(markupsafe, "Markup"));
    Py_XSETREF(escape_any, PyObject_GetAttrString(markupsafe, "escape"));
    Py_DECREF(markupsafe);
    return markup && escape_any ? PyModule_AddIntConstant(module, "VERSION", VERSION) : -1;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.markup", "Text as HTML prints it.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_markup(void) { return PyModuleDef_Init(&module); }
