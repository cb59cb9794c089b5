/* searchq.kernel.fragments: the fragments of texts that a page shows; see fragments.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

#define VERSION 2 /* raise it here and in __init__.py when either needs the other to change */

/* Windows: the marks that stand near each other and score most. */

typedef struct {
    Py_ssize_t start, end, term;
    double weight;
} Mark;

static bool is_number(PyObject *given) { return PyLong_Check(given) || PyFloat_Check(given); }

/* Reads a mark, running no code of Python. */
static bool read_mark(PyObject *given, Mark *mark) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 4 || !PyLong_Check(PyTuple_GET_ITEM(given, 0)) ||
        !PyLong_Check(PyTuple_GET_ITEM(given, 1)) || !PyLong_Check(PyTuple_GET_ITEM(given, 2)) || !is_number(PyTuple_GET_ITEM(given, 3)))
        return PyErr_SetString(PyExc_TypeError, "a mark is three whole numbers and a weight"), false;
    PyObject *weight = PyTuple_GET_ITEM(given, 3);
    mark->start = PyLong_AsSsize_t(PyTuple_GET_ITEM(given, 0));
    mark->end = PyLong_AsSsize_t(PyTuple_GET_ITEM(given, 1));
    mark->term = PyLong_AsSsize_t(PyTuple_GET_ITEM(given, 2));
    mark->weight = PyFloat_Check(weight) ? PyFloat_AS_DOUBLE(weight) : PyLong_AsDouble(weight);
    if (PyErr_Occurred()) return false;
    if (mark->term >= 0 && mark->term < 1 << 24) return true;
    return PyErr_SetString(PyExc_OverflowError, "the number of a term is too large"), false;
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

/* The window that scores most; `counts` are zeros before and after. */
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

/* What is shown of a text: around the characters `first` to `last`, with those of its marks that are within. */

typedef struct {
    PyObject *zone, *text, *is_answer; /* borrowed */
    Py_ssize_t first, last;
    const Mark *marks;
    Py_ssize_t count;
} Excerpt;

static PyObject *pair_of(Py_ssize_t first, Py_ssize_t second) {
    PyObject *pair = PyTuple_New(2);
    if (!pair) return NULL;
    PyTuple_SET_ITEM(pair, 0, PyLong_FromSsize_t(first));
    PyTuple_SET_ITEM(pair, 1, PyLong_FromSsize_t(second));
    if (!PyTuple_GET_ITEM(pair, 0) || !PyTuple_GET_ITEM(pair, 1)) Py_CLEAR(pair);
    return pair;
}

/* The marks within a fragment, counted from its start. */
static PyObject *ranges(const Excerpt *excerpt, Py_ssize_t start, Py_ssize_t end) {
    const Mark *marks = excerpt->marks;
    Py_ssize_t low = 0, count = 0;
    while (low < excerpt->count && marks[low].start < start) low++;
    for (Py_ssize_t i = low; i < excerpt->count && marks[i].start < end; i++) count += marks[i].end <= end;
    PyObject *found = PyTuple_New(count);
    for (Py_ssize_t i = low, at = 0; found && at < count; i++) {
        if (marks[i].end > end) continue;
        PyObject *pair = pair_of(marks[i].start - start, marks[i].end - start);
        if (pair) PyTuple_SET_ITEM(found, at++, pair);
        else Py_CLEAR(found);
    }
    return found;
}

enum { AFTER = 200 }; /* characters behind a fragment that tell whether its text ends there */

static PyObject *cut(const Cutter *self, const Excerpt *excerpt, Py_ssize_t start, Py_ssize_t end, PyObject *make) {
    while (end > start && Py_UNICODE_ISSPACE(at_(self, end - 1))) end--;
    while (start < end && Py_UNICODE_ISSPACE(at_(self, start))) start++;
    PyObject *found = ranges(excerpt, start, end), *text = PyUnicode_Substring(self->text, start, end), *made = NULL;
    PyObject *starts = is_space(self, 0, start) ? Py_True : Py_False;
    PyObject *ends = is_space(self, end, smaller(self->size, end + AFTER)) ? Py_True : Py_False;
    PyObject *told[] = {excerpt->zone, text, found, starts, ends, excerpt->is_answer};
    if (found && text) made = PyObject_Vectorcall(make, told, 6, NULL);
    Py_XDECREF(found);
    Py_XDECREF(text);
    return made;
}

static PyObject *snippet(Cutter *self, const Excerpt *excerpt, PyObject *make) {
    self->text = excerpt->text;
    self->kind = PyUnicode_KIND(self->text);
    self->data = PyUnicode_DATA(self->text);
    self->size = PyUnicode_GET_LENGTH(self->text);
    Py_ssize_t first = excerpt->first, last = excerpt->last;
    if (first < 0 || last < first || last > self->size) return PyErr_Format(PyExc_ValueError, "a window outside its text");
    return widen(self, &first, &last) ? cut(self, excerpt, first, last, make) : NULL;
}

/* What is shown of a question: see results/snippets.py. */

typedef struct {
    Py_ssize_t span;
    double repeat, worth;
} Choice;

typedef struct {
    Excerpt excerpt; /* its marks are all of the text */
    Window window;
} Found;

typedef struct {
    Found *texts; /* with marks or without, in order */
    Py_ssize_t count;
    Mark *marks, *rest; /* of all texts; those of one outside a fragment */
    uint32_t *counts;   /* of terms: zeros between windows */
    bool *held;         /* whether the best window has a term */
} Body;

static void drop(Body *body) {
    PyMem_Free(body->texts);
    PyMem_Free(body->marks);
    PyMem_Free(body->rest);
    PyMem_Free(body->counts);
    PyMem_Free(body->held);
}

static bool read_text(PyObject *given, Excerpt *excerpt, PyObject **marks) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 4 || !PyUnicode_Check(PyTuple_GET_ITEM(given, 1)) ||
        !PyList_Check(PyTuple_GET_ITEM(given, 3)))
        return PyErr_SetString(PyExc_TypeError, "a text comes with its zone, whether it answers, and a list of marks"), false;
    *excerpt = (Excerpt){PyTuple_GET_ITEM(given, 0), PyTuple_GET_ITEM(given, 1), PyTuple_GET_ITEM(given, 2), 0, 0, NULL, 0};
    *marks = PyTuple_GET_ITEM(given, 3);
    excerpt->count = PyList_GET_SIZE(*marks);
    return true;
}

static bool read_marks(PyObject *given, Mark *marks, Py_ssize_t *most) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(given); i++) {
        if (!read_mark(PyList_GET_ITEM(given, i), &marks[i])) return false;
        *most = larger(*most, marks[i].term);
    }
    return true;
}

static bool has_room(Body *body, Py_ssize_t texts, Py_ssize_t marks) {
    body->texts = PyMem_New(Found, texts + 1);
    body->marks = PyMem_New(Mark, marks + 1);
    body->rest = PyMem_New(Mark, marks + 1);
    return (body->texts && body->marks && body->rest) || (PyErr_NoMemory(), false);
}

static Py_ssize_t count_marks(PyObject *texts) {
    Py_ssize_t total = 0;
    PyObject *marks;
    Excerpt excerpt;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(texts); i++) {
        if (!read_text(PyTuple_GET_ITEM(texts, i), &excerpt, &marks)) return -1;
        total += excerpt.count;
    }
    return total;
}

/* Reads the texts of a question with their marks, running no code of Python; false with an exception. */
static bool read_body(PyObject *texts, Body *body) {
    Py_ssize_t most = 0;
    const Py_ssize_t total = count_marks(texts);
    if (total < 0 || !has_room(body, PyTuple_GET_SIZE(texts), total)) return false;
    Mark *room = body->marks;
    for (; body->count < PyTuple_GET_SIZE(texts); body->count++) {
        PyObject *marks;
        Excerpt *excerpt = &body->texts[body->count].excerpt;
        if (!read_text(PyTuple_GET_ITEM(texts, body->count), excerpt, &marks) || !read_marks(marks, room, &most)) return false;
        excerpt->marks = room;
        room += excerpt->count;
    }
    body->counts = PyMem_Calloc((size_t)most + 1, sizeof *body->counts);
    body->held = PyMem_Calloc((size_t)most + 1, sizeof *body->held);
    return (body->counts && body->held) || (PyErr_NoMemory(), false);
}

static void find_window(Body *body, Found *found, const Choice *choice) {
    Excerpt *excerpt = &found->excerpt;
    found->window = densest_of(excerpt->marks, excerpt->count, body->counts, choice->span, choice->repeat);
    excerpt->first = excerpt->marks[found->window.first].start;
    excerpt->last = excerpt->marks[found->window.last].end;
}

static Found *find_best(Body *body, const Choice *choice) {
    Found *best = NULL;
    for (Found *found = body->texts; found < body->texts + body->count; found++) {
        if (!found->excerpt.count) continue;
        find_window(body, found, choice);
        if (!best || found->window.score > best->window.score) best = found;
    }
    for (Py_ssize_t i = best ? best->window.first : 0; best && i <= best->window.last; i++) body->held[best->excerpt.marks[i].term] = true;
    return best;
}

static bool has_others(const Body *body, const Mark *marks, Py_ssize_t first, Py_ssize_t last) {
    for (Py_ssize_t i = first; i <= last; i++)
        if (!body->held[marks[i].term]) return true;
    return false;
}

static bool adds(const Body *body, const Found *found, const Found *best, const Choice *choice) {
    if (found->excerpt.text != best->excerpt.text && found->window.score >= choice->worth * best->window.score) return true;
    return has_others(body, found->excerpt.marks, found->window.first, found->window.last);
}

/* A second window of the same text, beyond the fragment around the first; false if it has no other terms. */
static bool find_outside(Body *body, const Found *best, const Choice *choice, Py_ssize_t reach, Found *found) {
    const Excerpt *whole = &best->excerpt;
    if (!has_others(body, whole->marks, 0, whole->count - 1)) return false;
    *found = *best;
    found->excerpt.marks = body->rest;
    found->excerpt.count = 0;
    for (Py_ssize_t i = 0; i < whole->count; i++)
        if (whole->marks[i].end < whole->first - reach || whole->marks[i].start > whole->last + reach)
            body->rest[found->excerpt.count++] = whole->marks[i];
    if (!found->excerpt.count) return false;
    find_window(body, found, choice);
    return has_others(body, body->rest, found->window.first, found->window.last);
}

/* What to show second: of the texts that add to the best, that which scores most; else more of the best, if that adds. */
static const Found *find_second(Body *body, const Found *best, const Choice *choice, Py_ssize_t reach, Found *outside) {
    const Found *second = NULL;
    for (const Found *found = body->texts; found < body->texts + body->count; found++) {
        if (found == best || !found->excerpt.count || !adds(body, found, best, choice)) continue;
        if (!second || found->window.score > second->window.score) second = found;
    }
    return second || !find_outside(body, best, choice, reach, outside) ? second : outside;
}

static Excerpt beginning(const Found *found) {
    Excerpt excerpt = found->excerpt;
    const int kind = PyUnicode_KIND(excerpt.text);
    const void *data = PyUnicode_DATA(excerpt.text);
    while (excerpt.first < PyUnicode_GET_LENGTH(excerpt.text) && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, excerpt.first)))
        excerpt.first++;
    excerpt.last = excerpt.first;
    return excerpt;
}

static PyObject *snippets_of(Body *body, Cutter *cutter, const Choice *choice, PyObject *make) {
    Found outside;
    Excerpt chosen[2];
    int count = 0;
    const Found *best = find_best(body, choice), *second = best ? find_second(body, best, choice, cutter->max, &outside) : NULL;
    if (best) chosen[count++] = best->excerpt;
    else if (body->count) chosen[count++] = beginning(&body->texts[0]);
    if (second) chosen[count++] = second->excerpt;
    PyObject *found = PyTuple_New(count);
    for (int i = 0; found && i < count; i++) {
        PyObject *made = snippet(cutter, &chosen[i], make);
        if (made) PyTuple_SET_ITEM(found, i, made);
        else Py_CLEAR(found);
    }
    return found;
}

static PyObject *show(PyObject *given, Cutter *cutter, const Choice *choice, PyObject *make) {
    Body body = {0};
    PyObject *texts = PySequence_Tuple(given); /* which keeps what is borrowed from it */
    PyObject *found = texts && read_body(texts, &body) ? snippets_of(&body, cutter, choice, make) : NULL;
    drop(&body);
    Py_XDECREF(texts);
    return found;
}

/* shown(bodies, choice, rules, make): the snippets of each question, made of their fragments. */
static PyObject *shown(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Cutter cutter;
    Choice choice;
    PyObject *list, *make;
    if (!PyArg_ParseTuple(arguments, "O!(ndd)(O!Onnnnnnn)O", &PyList_Type, &list, &choice.span, &choice.repeat, &choice.worth,
                          &PyFrozenSet_Type, &cutter.abbreviations, &cutter.is_label, &cutter.min, &cutter.max,
                          &cutter.sentence, &cutter.lead, &cutter.margin, &cutter.label, &cutter.shortened, &make))
        return NULL;
    PyObject *bodies = PyList_AsTuple(list), *found = bodies ? PyList_New(0) : NULL;
    for (Py_ssize_t i = 0; found && i < PyTuple_GET_SIZE(bodies); i++) {
        PyObject *own = show(PyTuple_GET_ITEM(bodies, i), &cutter, &choice, make);
        if (!own || PyList_Append(found, own)) Py_CLEAR(found);
        Py_XDECREF(own);
    }
    Py_XDECREF(bodies);
    return found;
}

static PyMethodDef functions[] = {
    {"shown", shown, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.fragments", "The fragments of texts.", 0, functions, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_fragments(void) { return PyModuleDef_Init(&module); }
