/* searchq.kernel.fragments: the fragments of texts that a page shows; see fragments.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

/* Windows: the marks that stand near each other and score most. */

typedef struct {
    Py_ssize_t start, end, term;
    double weight;
} Mark;

static bool read_mark(PyObject *given, Mark *mark) {
    if (!PyTuple_Check(given)) return PyErr_SetString(PyExc_TypeError, "a mark is no tuple"), false;
    if (!PyArg_ParseTuple(given, "nnnd", &mark->start, &mark->end, &mark->term, &mark->weight)) return false;
    if (mark->term >= 0 && mark->term < 1 << 24) return true;
    return PyErr_SetString(PyExc_OverflowError, "the number of a term is too large"), false;
}

/* Read marks, and the largest number of a term; NULL with an exception. */
static Mark *read_marks(PyObject *given, Py_ssize_t *most) {
    const Py_ssize_t count = PyTuple_GET_SIZE(given);
    Mark *marks = PyMem_New(Mark, count ? count : 1);
    if (!marks) return (Mark *)PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!read_mark(PyTuple_GET_ITEM(given, i), &marks[i])) return PyMem_Free(marks), NULL;
        if (marks[i].term > *most) *most = marks[i].term;
    }
    return marks;
}

typedef struct {
    Py_ssize_t first, last;
    double score;
} Window;

/* What the next occurrence of a term adds: its weight after none, a share of it after one or two, then nothing. */
static double gain(const Mark *mark, uint32_t before, double repeat) {
    volatile double gain = mark->weight * (before == 0 ? 1.0 : before < 3 ? repeat : 0.0); /* rounded, as in Python */
    return gain;
}

static Window densest_of(const Mark *marks, Py_ssize_t count, uint32_t *counts, Py_ssize_t span, double repeat) {
    Window best = {0, 0, 0.0};
    double score = 0.0;
    for (Py_ssize_t first = 0, last = -1; first < count; first++) {
        while (last + 1 < count && (last < first || marks[last + 1].end - marks[first].start <= span)) {
            const Mark *mark = &marks[++last];
            score += gain(mark, counts[mark->term]++, repeat);
        }
        if (score > best.score + 1e-9) best = (Window){first, last, score};
        score -= gain(&marks[first], --counts[marks[first].term], repeat);
    }
    return best;
}

static PyObject *terms_of(const Mark *marks, const Window *window) {
    PyObject *terms = PyFrozenSet_New(NULL);
    for (Py_ssize_t at = window->first; terms && at <= window->last; at++) {
        PyObject *term = PyLong_FromSsize_t(marks[at].term);
        if (!term || PySet_Add(terms, term)) Py_CLEAR(terms);
        Py_XDECREF(term);
    }
    return terms;
}

/* densest(marks, span, repeat): score, first and last mark, and terms of the window that scores most. */
static PyObject *densest(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *list, *result = NULL;
    Py_ssize_t span, most = 0;
    double repeat;
    if (!PyArg_ParseTuple(arguments, "O!nd", &PyList_Type, &list, &span, &repeat)) return NULL;
    if (!PyList_GET_SIZE(list)) return PyErr_Format(PyExc_ValueError, "there are no marks");
    PyObject *given = PyList_AsTuple(list);
    Mark *marks = given ? read_marks(given, &most) : NULL;
    uint32_t *counts = marks ? PyMem_Calloc((size_t)most + 1, sizeof *counts) : NULL;
    if (counts) {
        const Window best = densest_of(marks, PyTuple_GET_SIZE(given), counts, span, repeat);
        PyObject *terms = terms_of(marks, &best);
        if (terms) result = Py_BuildValue("dnnN", best.score, best.first, best.last, terms);
    } else if (marks) {
        PyErr_NoMemory();
    }
    PyMem_Free(counts);
    PyMem_Free(marks);
    Py_XDECREF(given);
    return result;
}

/* Sentences: see results/sentences.py, whose pattern of gaps this reads. */

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t size; /* of the text */
    PyObject *text, *abbreviations, *is_label;
    Py_ssize_t min, max, sentence, lead, margin, label, shortened; /* characters, as the names of fragments.pyi */
} Cutter;

static Py_UCS4 at_(const Cutter *self, Py_ssize_t at) { return PyUnicode_READ(self->kind, self->data, at); }

static bool is_blank(Py_UCS4 sign) { return sign == ' ' || sign == '\t' || sign == 0xA0 || sign == 0x202F; }

static bool is_opener(Py_UCS4 sign) {
    return sign == '"' || sign == '\'' || sign == 0x201C || sign == 0x2018 || sign == 0xAB || sign == '(' || sign == '[' ||
           sign == 0x2022 || sign == 0x2013 || sign == '-';
}

static bool is_closer(Py_UCS4 sign) {
    return sign == ')' || sign == ']' || sign == '"' || sign == '\'' || sign == 0x2019 || sign == 0x201D || sign == 0xBB;
}

static bool is_plain_capital(Py_UCS4 sign) { return (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9'); }

static bool is_capital(Py_UCS4 sign) {
    return is_plain_capital(sign) || (sign >= 0xC0 && sign <= 0xDD) || sign == 0x152;
}

static bool is_small(Py_UCS4 sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 0xDF && sign <= 0xFF && sign != 0xF7);
}

static bool is_letter(Py_UCS4 sign) { return Py_UNICODE_ISALNUM(sign) && !Py_UNICODE_ISDECIMAL(sign); }

static bool is_end(Py_UCS4 sign) { return sign == '\n' || sign == '.' || sign == '!' || sign == '?' || sign == 0x2026; }

/* Whether a sentence may begin at a place: after signs that open one, a capital or a number, or else a label: b) */
static bool may_begin(const Cutter *self, Py_ssize_t at, Py_ssize_t high, bool or_label) {
    for (int signs = 0; signs < 3 && at < high && is_opener(at_(self, at)); signs++) at++;
    if (at >= high) return false;
    const Py_UCS4 sign = at_(self, at);
    if (is_capital(sign)) return true;
    if (!or_label || at + 2 >= high || sign < 'a' || sign > 'z') return false;
    const Py_UCS4 after = at_(self, at + 1);
    return (after == '.' || after == ')') && Py_UNICODE_ISSPACE(at_(self, at + 2));
}

static Py_ssize_t after_blanks(const Cutter *self, Py_ssize_t at, Py_ssize_t high) {
    while (at < high && is_blank(at_(self, at))) at++;
    return at;
}

static bool follows_long_word(const Cutter *self, Py_ssize_t mark) {
    if (at_(self, mark) != '.' || mark < 6) return false;
    for (Py_ssize_t at = mark - 6; at < mark; at++)
        if (!is_small(at_(self, at))) return false;
    return true;
}

/* Glued sentences: "ook.De", "systeem?2. Wat". */
static bool is_glued(const Cutter *self, Py_ssize_t mark, Py_ssize_t high) {
    const Py_UCS4 sign = at_(self, mark);
    if (sign == 0x2026 || mark < 2 || mark + 2 >= high) return false;
    if (!is_letter(at_(self, mark - 1)) || !is_letter(at_(self, mark - 2)) || !is_plain_capital(at_(self, mark + 1))) return false;
    const Py_UCS4 second = at_(self, mark + 2);
    return (second >= 'a' && second <= 'z') || second == ' ' || second == '.' || second == ')';
}

/* Where the gap that a sign begins ends, or -1; `is_sure` tells that a sentence ends there. */
static Py_ssize_t gap_end(const Cutter *self, Py_ssize_t mark, Py_ssize_t high, bool *is_sure) {
    Py_ssize_t at = after_blanks(self, mark + 1, high);
    *is_sure = at > mark + 1 && follows_long_word(self, mark) && may_begin(self, at, high, false);
    if (*is_sure) return at;
    if (at_(self, mark) == '\n') {
        for (at = mark + 1; at < high && Py_UNICODE_ISSPACE(at_(self, at));) at++;
        return at;
    }
    Py_ssize_t closed = mark + 1;
    while (closed < high && is_closer(at_(self, closed))) closed++;
    at = after_blanks(self, closed, high);
    if (at > closed && may_begin(self, at, high, true)) return at;
    return is_glued(self, mark, high) ? mark + 1 : -1;
}

/* 1 if the word before a full stop ends a sentence, 0 if not, -1 with an exception. */
static int word_ends(const Cutter *self, Py_ssize_t start, Py_ssize_t mark) {
    Py_ssize_t end = mark;
    while (end > start && Py_UNICODE_ISSPACE(at_(self, end - 1))) end--;
    Py_ssize_t from = end;
    while (from > start && !Py_UNICODE_ISSPACE(at_(self, from - 1))) from--;
    for (Py_UCS4 sign; from < end; from++) {
        sign = at_(self, from);
        if (sign != '(' && sign != '"' && sign != '\'' && sign != 0x201C && sign != 0x2018 && sign != 0xAB) break;
    }
    if (end - from == 1 && Py_UNICODE_ISALPHA(at_(self, from))) return 0;
    bool has_dot = false, has_small = false, has_other = false;
    for (Py_ssize_t at = from; at < end; at++) {
        const Py_UCS4 sign = at_(self, at);
        has_dot |= sign == '.';
        has_other |= Py_UNICODE_ISUPPER(sign) || Py_UNICODE_ISTITLE(sign);
        has_small |= Py_UNICODE_ISLOWER(sign);
    }
    if (has_dot && end - from <= self->shortened) return 0;
    PyObject *word = PyUnicode_Substring(self->text, from, end);
    PyObject *lower = word && has_other ? PyObject_CallMethod(word, "lower", NULL) : Py_XNewRef(word);
    int known = lower ? PySet_Contains(self->abbreviations, lower) : -1;
    Py_XDECREF(word);
    Py_XDECREF(lower);
    if (known) return known < 0 ? -1 : 0;
    const bool is_low = has_small && !has_other;
    return !(mark + 1 < self->size && !Py_UNICODE_ISSPACE(at_(self, mark + 1)) && !is_low);
}

/* Whether the full stop at a place ends the sentence that was opened: 1 or 0, or -1 with an exception. */
static int ends(const Cutter *self, Py_ssize_t opened, Py_ssize_t mark) {
    const bool may_be_label = mark - opened < self->label;
    const Py_ssize_t start = may_be_label ? opened : mark - self->label;
    const int found = word_ends(self, start, mark);
    if (found <= 0 || !may_be_label) return found;
    PyObject *before = PyUnicode_Substring(self->text, start, mark);
    PyObject *label = before ? PyObject_CallOneArg(self->is_label, before) : NULL;
    const int is_label = label ? PyObject_IsTrue(label) : -1;
    Py_XDECREF(before);
    Py_XDECREF(label);
    return is_label < 0 ? -1 : !is_label;
}

typedef struct { /* the starts of sentences between two places, one after the other */
    Py_ssize_t at, high, opened;
    bool is_first;
} Starts;

static Starts starts_from(Py_ssize_t low, Py_ssize_t high) { return (Starts){low, high, low, low == 0}; }

enum { NONE = -1, FAILED = -2 };

static Py_ssize_t next_start(const Cutter *self, Starts *starts) {
    if (starts->is_first) return starts->is_first = false, 0;
    while (starts->at < starts->high) {
        const Py_ssize_t mark = starts->at++;
        if (!is_end(at_(self, mark))) continue;
        bool is_sure;
        const Py_ssize_t end = gap_end(self, mark, starts->high, &is_sure);
        if (end < 0) continue;
        starts->at = end;
        const int found = is_sure || at_(self, mark) != '.' ? 1 : ends(self, starts->opened, mark);
        if (found < 0) return FAILED;
        if (found) return starts->opened = end;
    }
    return NONE;
}

/* Fragments: see results/fragments.py. */

enum { MOST = 2048 };

typedef struct {
    Py_ssize_t befores[MOST], ends[MOST];
    Py_ssize_t before_count, end_count;
} Boundaries;

static Py_ssize_t larger(Py_ssize_t one, Py_ssize_t other) { return one > other ? one : other; }
static Py_ssize_t smaller(Py_ssize_t one, Py_ssize_t other) { return one < other ? one : other; }

static Py_ssize_t words_before(const Cutter *self, Py_ssize_t first) {
    Py_ssize_t at = larger(0, first - self->lead);
    while (at > 0 && at < first && !Py_UNICODE_ISSPACE(at_(self, at - 1))) at++;
    return at;
}

static Py_ssize_t blank_before(const Cutter *self, Py_ssize_t least, Py_ssize_t at) {
    at = smaller(at, self->size);
    while (least < at && at < self->size && !Py_UNICODE_ISSPACE(at_(self, at))) at--;
    return larger(at, least);
}

/* Add a place to the boundaries; true once there are enough. */
static bool add_boundary(const Cutter *self, Boundaries *to, Py_ssize_t at, Py_ssize_t low, Py_ssize_t first, Py_ssize_t last) {
    if (at <= first && first < self->size) {
        if (at >= low && to->before_count < MOST) to->befores[to->before_count++] = at;
        return false;
    }
    if (at <= last && at != self->size) return false;
    if (to->end_count < MOST) to->ends[to->end_count++] = at;
    return at - (to->before_count ? to->befores[to->before_count - 1] : words_before(self, first)) >= self->min;
}

static bool find_boundaries(const Cutter *self, Boundaries *found, Py_ssize_t first, Py_ssize_t last) {
    const Py_ssize_t low = larger(0, last - self->max), high = smaller(self->size, first + self->sentence);
    Starts starts = starts_from(larger(0, low - self->margin), high);
    Py_ssize_t at;
    found->before_count = found->end_count = 0;
    while ((at = next_start(self, &starts)) >= 0)
        if (add_boundary(self, found, at, low, first, last)) return true;
    if (at == NONE && high == self->size) add_boundary(self, found, self->size, low, first, last);
    return at == NONE;
}

/* The start of the sentence that holds `first`, NONE if it is too far away even for a long one. */
static Py_ssize_t long_start(const Cutter *self, Py_ssize_t first, Py_ssize_t last) {
    Starts starts = starts_from(larger(0, last - self->sentence), last);
    Py_ssize_t best = NONE, at;
    while ((at = next_start(self, &starts)) >= 0)
        if (at <= first && first < self->size) best = at;
    return at == FAILED ? FAILED : best;
}

/* The start that makes a fragment up to `end` long enough, if one does. */
static Py_ssize_t lengthened(const Cutter *self, const Boundaries *found, Py_ssize_t end) {
    Py_ssize_t at = found->before_count - 1;
    for (; at >= 0 && end - found->befores[at] <= self->max; at--)
        if (end - found->befores[at] >= self->min) return found->befores[at];
    return found->befores[at + 1];
}

/* Extend a window to whole sentences, or between words; false with an exception. */
static bool widen(const Cutter *self, Py_ssize_t *first, Py_ssize_t *last) {
    Boundaries found;
    if (!find_boundaries(self, &found, *first, *last)) return false;
    const bool has_before = found.before_count > 0;
    const Py_ssize_t before = has_before ? found.befores[found.before_count - 1] : NONE;
    const Py_ssize_t nearest = has_before ? before : long_start(self, *first, *last);
    if (nearest == FAILED) return false;
    const Py_ssize_t length = found.end_count && nearest != NONE ? found.ends[0] - nearest : 0;
    if (nearest != NONE && (has_before ? self->max : 0) < length && length <= self->sentence)
        return *first = nearest, *last = found.ends[0], true;
    const Py_ssize_t start = has_before ? before : words_before(self, *first);
    Py_ssize_t end = NONE;
    for (Py_ssize_t at = 0; at < found.end_count; at++)
        if (found.ends[at] - start <= self->max) end = larger(end, found.ends[at]);
    *first = end != NONE && has_before ? lengthened(self, &found, end) : start;
    *last = end != NONE ? end : blank_before(self, *last, start + self->max);
    return true;
}

static bool is_space(const Cutter *self, Py_ssize_t from, Py_ssize_t to) {
    while (from < to && Py_UNICODE_ISSPACE(at_(self, from))) from++;
    return from >= to;
}

/* The marks within a fragment, counted from its start. */
static PyObject *ranges(PyObject *marks, Py_ssize_t start, Py_ssize_t end) {
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list && i < PyTuple_GET_SIZE(marks); i++) {
        Mark mark;
        if (!read_mark(PyTuple_GET_ITEM(marks, i), &mark)) return Py_DECREF(list), NULL;
        if (mark.start >= end) break;
        if (mark.start < start || mark.end > end) continue;
        PyObject *range = Py_BuildValue("nn", mark.start - start, mark.end - start);
        if (!range || PyList_Append(list, range)) Py_CLEAR(list);
        Py_XDECREF(range);
    }
    PyObject *made = list ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return made;
}

enum { AFTER = 200 }; /* characters behind a fragment that tell whether its text ends there */

static PyObject *cut(const Cutter *self, Py_ssize_t start, Py_ssize_t end, PyObject *marks) {
    while (end > start && Py_UNICODE_ISSPACE(at_(self, end - 1))) end--;
    while (start < end && Py_UNICODE_ISSPACE(at_(self, start))) start++;
    PyObject *found = ranges(marks, start, end), *text = PyUnicode_Substring(self->text, start, end);
    if (!found || !text) return Py_XDECREF(found), Py_XDECREF(text), NULL;
    PyObject *starts = is_space(self, 0, start) ? Py_True : Py_False;
    PyObject *ends = is_space(self, end, smaller(self->size, end + AFTER)) ? Py_True : Py_False;
    return Py_BuildValue("NNOO", text, found, starts, ends);
}

/* fragment(text, first, last, marks, rules): the text around a window, its ranges, and whether it begins and ends the text. */
static PyObject *fragment(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Cutter self;
    PyObject *list;
    Py_ssize_t first, last;
    if (!PyArg_ParseTuple(arguments, "UnnO!(O!Onnnnnnn)", &self.text, &first, &last, &PyList_Type, &list, &PyFrozenSet_Type,
                          &self.abbreviations, &self.is_label, &self.min, &self.max, &self.sentence, &self.lead, &self.margin,
                          &self.label, &self.shortened))
        return NULL;
    self.kind = PyUnicode_KIND(self.text);
    self.data = PyUnicode_DATA(self.text);
    self.size = PyUnicode_GET_LENGTH(self.text);
    if (first < 0 || last < first || last > self.size) return PyErr_Format(PyExc_ValueError, "a window outside its text");
    PyObject *marks = PyList_AsTuple(list);
    PyObject *made = marks && widen(&self, &first, &last) ? cut(&self, first, last, marks) : NULL;
    Py_XDECREF(marks);
    return made;
}

static PyMethodDef functions[] = {
    {"densest", densest, METH_VARARGS, NULL}, {"fragment", fragment, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.fragments", "The fragments of texts.", 0, functions, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_fragments(void) { return PyModuleDef_Init(&module); }
