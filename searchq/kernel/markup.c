/* searchq.kernel.markup: text as HTML prints it; see markup.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <string.h>

#define VERSION 3 /* raise it here and in __init__.py when either needs the other to change */

static PyObject *markup, *escape_any, *html;

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

/* Most letters are none: 64 bits tell which of the first 64 are. */
#define MARKUP_LETTERS (1ull << '&' | 1ull << '<' | 1ull << '>' | 1ull << '"' | 1ull << '\'')

static inline int is_markup(Py_UCS4 letter) { return letter < 64 && (MARKUP_LETTERS >> letter & 1); }

typedef struct {
    int kind;
    const void *letters;
    Py_ssize_t size;
} Text;

static Text text_of(PyObject *text) {
    return (Text){PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)};
}

/* How many letters more than the text from first to last its HTML has. */
static Py_ssize_t more_letters(Text text, Py_ssize_t first, Py_ssize_t last) {
    Py_ssize_t more = 0;
    for (Py_ssize_t i = first; i < last; i++) {
        const Py_UCS4 letter = PyUnicode_READ(text.kind, text.letters, i);
        if (is_markup(letter)) more += (Py_ssize_t)strlen(reference(letter)) - 1;
    }
    return more;
}

typedef struct {
    int kind;
    void *letters;
    Py_ssize_t at;
} Output;

static void write_plain(Output *out, const char *ascii) {
    for (; *ascii; ascii++) PyUnicode_WRITE(out->kind, out->letters, out->at++, (unsigned char)*ascii);
}

static void write_escaped(Output *out, Text text, Py_ssize_t first, Py_ssize_t last) {
    for (Py_ssize_t i = first; i < last; i++) {
        const Py_UCS4 letter = PyUnicode_READ(text.kind, text.letters, i);
        if (is_markup(letter)) write_plain(out, reference(letter));
        else PyUnicode_WRITE(out->kind, out->letters, out->at++, letter);
    }
}

static PyObject *escaped(PyObject *string) {
    const Text text = text_of(string);
    const Py_ssize_t more = more_letters(text, 0, text.size);
    if (!more) return Py_NewRef(string);
    PyObject *found = PyUnicode_New(text.size + more, PyUnicode_MAX_CHAR_VALUE(string));
    if (!found) return NULL;
    Output out = {PyUnicode_KIND(found), PyUnicode_DATA(found), 0};
    write_escaped(&out, text, 0, text.size);
    return found;
}

/* What bounds the letters of a stretch: a string has the narrowest kind that holds its own. */
static Py_UCS4 widest(Text text, Py_ssize_t first, Py_ssize_t last) {
    Py_UCS4 bits = 0;
    for (Py_ssize_t i = first; i < last; i++) bits |= PyUnicode_READ(text.kind, text.letters, i);
    return bits < 0x10ffff ? bits | 127 : 0x10ffff;
}

typedef struct {
    Py_ssize_t first, last;
} Range;

static int are_blanks(Text text, Py_ssize_t first, Py_ssize_t last) {
    for (Py_ssize_t i = first; i < last; i++)
        if (!Py_UNICODE_ISSPACE(PyUnicode_READ(text.kind, text.letters, i))) return 0;
    return first < last;
}

/* The ranges between at and end, in order; those that only blanks separate are joined. -1: an exception is set. */
static Py_ssize_t joined_ranges(Text text, PyObject *ranges, Py_ssize_t at, Py_ssize_t end, Range *found) {
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(ranges); i++) {
        PyObject *range = PySequence_Fast_GET_ITEM(ranges, i);
        if (!PyTuple_Check(range) || PyTuple_GET_SIZE(range) < 2) {
            PyErr_SetString(PyExc_TypeError, "a range is a tuple of two offsets");
            return -1;
        }
        Py_ssize_t first = PyLong_AsSsize_t(PyTuple_GET_ITEM(range, 0));
        Py_ssize_t last = PyLong_AsSsize_t(PyTuple_GET_ITEM(range, 1));
        if (PyErr_Occurred()) return -1;
        if (first < at) first = at;
        if (last > end) last = end;
        if (first >= last) continue;
        if (count && are_blanks(text, at, first)) found[count - 1].last = last;
        else found[count++] = (Range){first, last};
        at = last;
    }
    return count;
}

#define MARK "<mark>"
#define END_OF_MARK "</mark>"

/* A string of the type Markup; takes the reference to the plain one. */
static PyObject *as_markup(PyObject *plain) {
    PyObject *arguments = plain ? PyTuple_Pack(1, plain) : NULL;
    Py_XDECREF(plain);
    PyObject *found = arguments ? PyUnicode_Type.tp_new((PyTypeObject *)markup, arguments, NULL) : NULL;
    Py_XDECREF(arguments);
    return found;
}

static PyObject *with_marks(PyObject *string, Py_ssize_t start, Py_ssize_t end, const Range *ranges, Py_ssize_t count) {
    const Text text = text_of(string);
    const Py_ssize_t around = count * (Py_ssize_t)(sizeof MARK + sizeof END_OF_MARK - 2);
    const Py_ssize_t size = start < end ? end - start + more_letters(text, start, end) : 0;
    PyObject *found = PyUnicode_New(size + around, widest(text, start, end));
    if (!found) return NULL;
    Output out = {PyUnicode_KIND(found), PyUnicode_DATA(found), 0};
    for (Py_ssize_t i = 0; i < count; i++) {
        write_escaped(&out, text, start, ranges[i].first);
        write_plain(&out, MARK);
        write_escaped(&out, text, ranges[i].first, ranges[i].last);
        write_plain(&out, END_OF_MARK);
        start = ranges[i].last;
    }
    write_escaped(&out, text, start, end);
    return found;
}

static PyObject *marked(PyObject *self, PyObject *stretch) {
    PyObject *string, *given;
    Py_ssize_t start, end;
    if (!PyTuple_Check(stretch)) return PyErr_Format(PyExc_TypeError, "a stretch is a tuple");
    if (!PyArg_ParseTuple(stretch, "UOnn", &string, &given, &start, &end)) return NULL;
    PyObject *ranges = PySequence_Fast(given, "ranges are a sequence");
    if (!ranges) return NULL;
    const Text text = text_of(string);
    if (start < 0) start = 0;
    if (end > text.size) end = text.size;
    Range *found = PyMem_New(Range, (size_t)PySequence_Fast_GET_SIZE(ranges) + 1);
    const Py_ssize_t count = found ? joined_ranges(text, ranges, start, end, found) : -1;
    PyObject *html = count < 0 ? NULL : as_markup(with_marks(string, start, end, found, count));
    if (!found) PyErr_NoMemory();
    PyMem_Free(found);
    Py_DECREF(ranges);
    return html;
}

static PyObject *printed(PyObject *self, PyObject *value) {
    if (PyUnicode_CheckExact(value)) return escaped(value);
    if ((PyObject *)Py_TYPE(value) == markup) return Py_NewRef(value);
    if (PyLong_CheckExact(value) || PyFloat_CheckExact(value)) return PyObject_Str(value);
    if (PyObject_HasAttr(value, html)) return PyObject_CallOneArg(escape_any, value);
    PyObject *string = PyObject_Str(value);
    PyObject *found = string ? escaped(string) : NULL;
    Py_XDECREF(string);
    return found;
}

#define FEW_PARTS 24 /* pointers to so many fit on the stack */

/* The parts one after the other; they are strings. */
static PyObject *concatenated(PyObject *const *parts, Py_ssize_t count) {
    Py_ssize_t size = 0;
    Py_UCS4 most = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        const Py_ssize_t more = PyUnicode_GET_LENGTH(parts[i]);
        const Py_UCS4 bound = PyUnicode_MAX_CHAR_VALUE(parts[i]);
        if (more > PY_SSIZE_T_MAX - size) return PyErr_NoMemory();
        size += more;
        if (bound > most) most = bound;
    }
    PyObject *found = PyUnicode_New(size, most);
    Py_ssize_t at = 0;
    for (Py_ssize_t i = 0; found && i < count; i++) {
        const Py_ssize_t copied = PyUnicode_CopyCharacters(found, at, parts[i], 0, PyUnicode_GET_LENGTH(parts[i]));
        if (copied < 0) Py_CLEAR(found);
        at += copied;
    }
    return found;
}

/* A part as it is joined: text of the template as it stands, a value as HTML prints it. */
static PyObject *as_part(PyObject *given, int is_value) {
    PyObject *part = is_value ? printed(NULL, given) : Py_NewRef(given);
    if (!part || PyUnicode_Check(part)) return part;
    Py_DECREF(part);
    return PyErr_Format(PyExc_TypeError, "a part is a string, not %s", Py_TYPE(given)->tp_name);
}

static PyObject *joined(PyObject *self, PyObject *const *given, Py_ssize_t count) {
    PyObject *few[FEW_PARTS];
    PyObject **parts = count > FEW_PARTS ? PyMem_New(PyObject *, (size_t)count) : few;
    if (!parts) return PyErr_NoMemory();
    Py_ssize_t made = 0;
    while (made < count && (parts[made] = as_part(given[made], made % 2))) made++;
    PyObject *found = made == count ? concatenated(parts, count) : NULL;
    for (Py_ssize_t i = 0; i < made; i++) Py_DECREF(parts[i]);
    if (parts != few) PyMem_Free(parts);
    return found;
}

static PyMethodDef methods[] = {
    {"printed", printed, METH_O, NULL},
    {"marked", marked, METH_O, NULL},
    {"joined", (PyCFunction)(void (*)(void))joined, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) {
    PyObject *markupsafe = PyImport_ImportModule("markupsafe");
    if (!markupsafe) return -1;
    Py_XSETREF(markup, PyObject_GetAttrString(markupsafe, "Markup"));
    Py_XSETREF(escape_any, PyObject_GetAttrString(markupsafe, "escape"));
    Py_DECREF(markupsafe);
    Py_XSETREF(html, PyUnicode_InternFromString("__html__"));
    return markup && escape_any && html ? PyModule_AddIntConstant(module, "VERSION", VERSION) : -1;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.markup", "Text as HTML prints it.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_markup(void) { return PyModuleDef_Init(&module); }
