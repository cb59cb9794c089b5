/* searchq.kernel.marks: where the words of a query stand in texts; see marks.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VERSION 3 /* raise it here and in __init__.py when either needs the other to change */

/* Whether a character beyond Latin-1 is no letter, or two, when read: UNEVEN_SIGNS of analysis/typography.py. */
static bool is_uneven(Py_UCS4 sign) {
    return sign == 0x133 || (sign >= 0x200B && sign <= 0x200F) || sign == 0x2060 || sign == 0xFEFF || (sign >= 0xFB00 && sign <= 0xFB06);
}

enum { ASCII = 128, ROW = 16 }; /* characters; those that are read side by side */

/* A row of ASCII: letters in lower case, blanks as one sort, and the two signs that tell of other characters as a full stop. */
static inline void level_row(const uint8_t *from, uint8_t *to) {
    for (int i = 0; i < ROW; i++) {
        const uint8_t sign = from[i], small = (uint8_t)(sign + (sign >= 'A' && sign <= 'Z' ? 32 : 0));
        const bool is_blank = (sign >= 0x09 && sign <= 0x0D) || (sign >= 0x1C && sign <= 0x1F), is_sign = sign == '!' || sign == '?';
        to[i] = is_blank ? ' ' : is_sign ? '.' : small;
    }
}

/* Whether a table has the same for all ASCII. */
static bool is_by_rows(const uint8_t *table) {
    uint8_t all[ASCII], levels[ASCII];
    for (int sign = 0; sign < ASCII; sign++) all[sign] = (uint8_t)sign;
    for (int at = 0; at < ASCII; at += ROW) level_row(all + at, levels + at);
    return !memcmp(levels, table, ASCII);
}

static inline uint8_t level_sign(const uint8_t *table, Py_UCS4 sign) { return sign < 256 ? table[sign] : is_uneven(sign) ? '!' : '?'; }

/* Writes the levels of characters of some size: rows of ASCII at once, where the table has nothing else for them. */
#define DEFINE_LEVELS(type)                                                                                  \
    static void levels_##type(const type *from, Py_ssize_t size, const uint8_t *table, bool by_rows, uint8_t *to) { \
        Py_ssize_t at = 0;                                                                                   \
        for (; at + ROW <= size; at += ROW) {                                                                \
            uint8_t row[ROW];                                                                                \
            type all = 0;                                                                                    \
            for (int i = 0; i < ROW; i++) all |= from[at + i], row[i] = (uint8_t)from[at + i];               \
            if (by_rows && all < ASCII) level_row(row, to + at);                                             \
            else for (int i = 0; i < ROW; i++) to[at + i] = level_sign(table, from[at + i]);                 \
        }                                                                                                    \
        for (; at < size; at++) to[at] = level_sign(table, from[at]);                                        \
    }

DEFINE_LEVELS(Py_UCS1)
DEFINE_LEVELS(Py_UCS2)
DEFINE_LEVELS(Py_UCS4)

/* level_of(text, table): one byte for each character; those beyond Latin-1 read as `?`, or `!` where they are uneven. */
static PyObject *level_of(PyObject *Py_UNUSED(module), PyObject *const *arguments, Py_ssize_t count) {
    if (count != 2 || !PyUnicode_Check(arguments[0]) || !PyBytes_Check(arguments[1]) || PyBytes_GET_SIZE(arguments[1]) != 256)
        return PyErr_Format(PyExc_TypeError, "a text and a table of 256 bytes are expected");
    const int kind = PyUnicode_KIND(arguments[0]);
    const void *data = PyUnicode_DATA(arguments[0]);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(arguments[0]);
    uint8_t table[256];
    memcpy(table, PyBytes_AS_STRING(arguments[1]), 256);
    table['?'] = table['!'] = table['.'];
    PyObject *made = PyBytes_FromStringAndSize(NULL, size);
    if (!made) return NULL;
    uint8_t *to = (uint8_t *)PyBytes_AS_STRING(made);
    const bool by_rows = is_by_rows(table);
    if (kind == PyUnicode_1BYTE_KIND) levels_Py_UCS1(data, size, table, by_rows, to);
    else if (kind == PyUnicode_2BYTE_KIND) levels_Py_UCS2(data, size, table, by_rows, to);
    else levels_Py_UCS4(data, size, table, by_rows, to);
    return made;
}

/* Append the places of one of the two hyphens, which stand between a letter or digit and a blank. */
static bool append_breaks(PyObject *found, PyObject *text, Py_UCS4 hyphen) {
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t at = 0; (at = PyUnicode_FindChar(text, hyphen, at, size, 1)) >= 0; at++) {
        if (!at || at + 1 >= size || !Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at + 1))) continue;
        if (!Py_UNICODE_ISALNUM(PyUnicode_READ(kind, data, at - 1))) continue;
        PyObject *place = PyLong_FromSsize_t(at);
        const bool done = place && !PyList_Append(found, place);
        Py_XDECREF(place);
        if (!done) return false;
    }
    return !PyErr_Occurred();
}

/* breaks(text): the places of hyphens at which a line's end may have broken a word. */
static PyObject *breaks(PyObject *Py_UNUSED(module), PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "a text is expected");
    PyObject *found = PyList_New(0);
    if (found && !append_breaks(found, text, '-')) Py_CLEAR(found);
    const Py_ssize_t plain = found ? PyList_GET_SIZE(found) : 0;
    const bool may_have_other = PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND;
    if (found && may_have_other && !append_breaks(found, text, 0x2010)) Py_CLEAR(found);
    if (found && PyList_GET_SIZE(found) > plain && plain && PyList_Sort(found)) Py_CLEAR(found);
    return found;
}

/* Searching: for the letter of a needle that texts have least often, then for the rest of it. */

typedef struct {
    const uint8_t *letters;
    Py_ssize_t size, rare; /* of bytes; the place of the rarest */
    bool is_alone;         /* no letter or digit stands beside it */
} Needle;

static Py_ssize_t rarest(const uint8_t *letters, Py_ssize_t size) {
    static const char often[] = " enatirodslghvkmubpwjczfxyq";
    Py_ssize_t best = 0;
    size_t rarity = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        const char *known = letters[at] ? strchr(often, letters[at]) : NULL;
        size_t own = known ? (size_t)(known - often) : sizeof often;
        if (own > rarity) rarity = own, best = at;
    }
    return best;
}

static bool is_word_byte(uint8_t byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'); }

/* The next place of a needle at or after `at`, or -1. */
static Py_ssize_t find(const Needle *needle, const uint8_t *level, Py_ssize_t size, Py_ssize_t at) {
    while (at + needle->size <= size) {
        const Py_ssize_t room = size - needle->size - at + 1;
        const uint8_t *hit = memchr(level + at + needle->rare, needle->letters[needle->rare], (size_t)room);
        if (!hit) return -1;
        at = hit - level - needle->rare;
        if (!memcmp(level + at, needle->letters, (size_t)needle->size)) {
            const Py_ssize_t end = at + needle->size;
            if (!needle->is_alone) return at;
            if (!(at && is_word_byte(level[at - 1])) && !(end < size && is_word_byte(level[end]))) return at;
        }
        at++;
    }
    return -1;
}

/* The piece of a text around a place: from blank to blank, or as far as it may be long. */
static void widen(const uint8_t *level, Py_ssize_t size, Py_ssize_t longest, Py_ssize_t *start, Py_ssize_t *end) {
    const Py_ssize_t low = *start - longest - 1, high = *end + longest + 1 < size ? *end + longest + 1 : size;
    Py_ssize_t first = *start, after = *end;
    while (first > 0 && first > low && level[first - 1] != ' ') first--;
    while (after < high && level[after] != ' ') after++;
    if (after - first > longest) {
        if (first < *start - longest) first = *start - longest;
        if (after > *end + longest) after = *end + longest;
    }
    *start = first;
    *end = after;
}

/* Stretches: where a phrase may stand around its longest word. */

static Py_ssize_t last_blank(const uint8_t *level, Py_ssize_t low, Py_ssize_t before) {
    while (before > low)
        if (level[--before] == ' ') return before;
    return -1;
}

static Py_ssize_t next_blank(const uint8_t *level, Py_ssize_t from, Py_ssize_t high) {
    const uint8_t *found = from < high ? memchr(level + from, ' ', (size_t)(high - from)) : NULL;
    return found ? found - level : -1;
}

/* Extend a piece by so many blanks on each side, as far apart as in prose. */
static void extend(const uint8_t *level, Py_ssize_t size, Py_ssize_t longest, Py_ssize_t before, Py_ssize_t after, Py_ssize_t *start, Py_ssize_t *end) {
    const Py_ssize_t low = *start > before * longest ? *start - before * longest : 0;
    const Py_ssize_t high = size - *end > after * longest ? *end + after * longest : size;
    for (; before > 0; before--) {
        const Py_ssize_t blank = last_blank(level, low, *start - 1);
        *start = blank < 0 ? low : blank + 1;
    }
    for (; after > 0; after--) {
        const Py_ssize_t blank = next_blank(level, *end + 1, high);
        *end = blank < 0 ? high : blank;
    }
}

static bool has_unread(const uint8_t *level, Py_ssize_t size) { return memchr(level, '?', (size_t)size) || memchr(level, '!', (size_t)size); }

enum { MOST_NEEDLES = 64 };

typedef struct {
    Needle needles[MOST_NEEDLES];
    int words[MOST_NEEDLES]; /* the word that each stands for, ascending */
    int count;
} Others;

/* Whether a stretch holds a needle of every other word. */
static bool has_all(const Others *others, const uint8_t *level, Py_ssize_t size) {
    for (int i = 0; i < others->count;) {
        const int word = others->words[i];
        bool has_word = false;
        for (; i < others->count && others->words[i] == word; i++) has_word = has_word || find(&others->needles[i], level, size, 0) >= 0;
        if (!has_word) return false;
    }
    return true;
}

static bool read_needle(PyObject *given, Needle *needle) {
    PyObject *letters;
    int is_alone;
    if (!PyTuple_Check(given)) return PyErr_SetString(PyExc_TypeError, "a needle is no tuple"), false;
    if (!PyArg_ParseTuple(given, "Sp", &letters, &is_alone)) return false;
    const uint8_t *sought = (const uint8_t *)PyBytes_AS_STRING(letters);
    const Py_ssize_t size = PyBytes_GET_SIZE(letters);
    if (!size) return PyErr_SetString(PyExc_ValueError, "a needle without letters"), false;
    *needle = (Needle){sought, size, rarest(sought, size), is_alone};
    return true;
}

static bool read_others(PyObject *words, Others *others) {
    others->count = 0;
    for (Py_ssize_t word = 0; word < PyTuple_GET_SIZE(words); word++) {
        PyObject *needles = PyTuple_GET_ITEM(words, word);
        if (!PyTuple_Check(needles)) return PyErr_SetString(PyExc_TypeError, "the needles of a word are no tuple"), false;
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(needles); i++) {
            if (others->count == MOST_NEEDLES) return PyErr_SetString(PyExc_ValueError, "too many needles"), false;
            others->words[others->count] = (int)word;
            if (!read_needle(PyTuple_GET_ITEM(needles, i), &others->needles[others->count++])) return false;
        }
    }
    return true;
}

static bool append_range(PyObject *found, Py_ssize_t start, Py_ssize_t end) {
    PyObject *range = Py_BuildValue("nn", start, end);
    const bool done = range && !PyList_Append(found, range);
    Py_XDECREF(range);
    return done;
}

/* stretches(level, needle, others, most, longest, before, after): the stretches of the level where a phrase may stand. */
static PyObject *stretches(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *level, *given, *words;
    Needle needle;
    Others others;
    Py_ssize_t most, longest, before, after;
    if (!PyArg_ParseTuple(arguments, "SOO!nnnn", &level, &given, &PyTuple_Type, &words, &most, &longest, &before, &after)) return NULL;
    if (longest < 0 || longest > 1 << 20 || before < 0 || before > 1 << 20 || after < 0 || after > 1 << 20)
        return PyErr_Format(PyExc_ValueError, "a stretch of no size that prose has");
    if (!read_needle(given, &needle) || !read_others(words, &others)) return NULL;
    const uint8_t *bytes = (const uint8_t *)PyBytes_AS_STRING(level);
    const Py_ssize_t size = PyBytes_GET_SIZE(level);
    PyObject *found = PyList_New(0);
    Py_ssize_t last = 0, at = 0;
    for (; found && most > 0 && (at = find(&needle, bytes, size, at)) >= 0; most--, at += needle.size) {
        if (at < last) continue;
        Py_ssize_t start = at, end = at + needle.size;
        widen(bytes, size, longest, &start, &end);
        last = end;
        extend(bytes, size, longest, before, after, &start, &end);
        const bool may_stand = has_unread(bytes + start, end - start) || has_all(&others, bytes + start, end - start);
        if (may_stand && !append_range(found, start, end)) Py_CLEAR(found);
    }
    return found;
}

/* The words of pieces. */

static bool is_punctuation(Py_UCS4 sign) {
    switch (sign) {
    case '.': case ',': case ';': case ':': case '!': case '?': case '(': case ')': case '[': case ']': case '"':
    case 0x201C: case 0x201D: case 0x201E: case 0x2018: case 0x2019: case 0x2026: case 0x2022:
        return true;
    default:
        return false;
    }
}

typedef struct {
    int kind;
    const void *data;
    PyObject *text, *words, *read, *found;
} Reader;

static PyObject *place_of(Py_ssize_t start, Py_ssize_t end, PyObject *term, PyObject *weight) {
    PyObject *place = PyTuple_New(4);
    if (!place) return NULL;
    PyTuple_SET_ITEM(place, 0, PyLong_FromSsize_t(start));
    PyTuple_SET_ITEM(place, 1, PyLong_FromSsize_t(end));
    PyTuple_SET_ITEM(place, 2, Py_NewRef(term));
    PyTuple_SET_ITEM(place, 3, Py_NewRef(weight));
    if (!PyTuple_GET_ITEM(place, 0) || !PyTuple_GET_ITEM(place, 1)) Py_CLEAR(place);
    return place;
}

static bool append(PyObject *found, Py_ssize_t start, Py_ssize_t end, PyObject *term, PyObject *weight) {
    PyObject *place = place_of(start, end, term, weight);
    bool done = place && !PyList_Append(found, place);
    Py_XDECREF(place);
    return done;
}

/* The plain word of letters between the punctuation of a piece, in lower case; NULL where there is none. */
static PyObject *plain_word(const Reader *self, Py_ssize_t *start, Py_ssize_t *end) {
    while (*start < *end && is_punctuation(PyUnicode_READ(self->kind, self->data, *start))) ++*start;
    while (*start < *end && is_punctuation(PyUnicode_READ(self->kind, self->data, *end - 1))) --*end;
    for (Py_ssize_t at = *start; at < *end; at++) {
        Py_UCS4 letter = PyUnicode_READ(self->kind, self->data, at) | 32;
        if (letter < 'a' || letter > 'z') return NULL;
    }
    if (*start == *end) return NULL;
    PyObject *word = PyUnicode_New(*end - *start, 127);
    if (!word) return NULL;
    for (Py_ssize_t at = *start; at < *end; at++)
        PyUnicode_1BYTE_DATA(word)[at - *start] = (uint8_t)(PyUnicode_READ(self->kind, self->data, at) | 32);
    return word;
}

/* Append the words of other pieces, which Python reads. */
static bool append_read(const Reader *self, Py_ssize_t start, Py_ssize_t end) {
    PyObject *piece = PyUnicode_Substring(self->text, start, end);
    PyObject *given = piece ? PyObject_CallOneArg(self->read, piece) : NULL;
    PyObject *list = given ? PySequence_Fast(given, "the words of a piece are no sequence") : NULL;
    Py_XDECREF(piece);
    Py_XDECREF(given);
    bool done = list != NULL;
    for (Py_ssize_t i = 0; done && i < PySequence_Fast_GET_SIZE(list); i++) {
        Py_ssize_t first, last;
        PyObject *term, *weight, *place = PySequence_Fast_GET_ITEM(list, i);
        done = PyTuple_Check(place) ? PyArg_ParseTuple(place, "nnOO", &first, &last, &term, &weight)
                                    : (PyErr_SetString(PyExc_TypeError, "a place is no tuple"), false);
        done = done && append(self->found, start + first, start + last, term, weight);
    }
    Py_XDECREF(list);
    return done;
}

static bool append_words(const Reader *self, Py_ssize_t start, Py_ssize_t end) {
    Py_ssize_t first = start, last = end;
    PyObject *word = plain_word(self, &first, &last);
    if (!word) return !PyErr_Occurred() && append_read(self, start, end);
    PyObject *known = PyDict_GetItemWithError(self->words, word);
    Py_DECREF(word);
    if (!known) return !PyErr_Occurred();
    if (!PyTuple_Check(known) || PyTuple_GET_SIZE(known) != 2)
        return PyErr_SetString(PyExc_TypeError, "a word has no term and weight"), false;
    return append(self->found, first, last, PyTuple_GET_ITEM(known, 0), PyTuple_GET_ITEM(known, 1));
}

/* word_places(text, level, letters, is_alone, most, longest, words, read): the words around a needle. */
static PyObject *word_places(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Reader reader = {0};
    PyObject *level, *letters;
    int is_alone;
    Py_ssize_t most, longest;
    if (!PyArg_ParseTuple(arguments, "USSpnnO!O", &reader.text, &level, &letters, &is_alone, &most, &longest,
                          &PyDict_Type, &reader.words, &reader.read))
        return NULL;
    const Py_ssize_t size = PyBytes_GET_SIZE(level);
    if (size != PyUnicode_GET_LENGTH(reader.text) || !PyBytes_GET_SIZE(letters) || longest < 0 || longest > 1 << 20)
        return PyErr_Format(PyExc_ValueError, "the level of the text and letters to search for are expected");
    reader.kind = PyUnicode_KIND(reader.text);
    reader.data = PyUnicode_DATA(reader.text);
    reader.found = PyList_New(0);
    const uint8_t *bytes = (const uint8_t *)PyBytes_AS_STRING(level), *sought = (const uint8_t *)PyBytes_AS_STRING(letters);
    const Needle needle = {sought, PyBytes_GET_SIZE(letters), rarest(sought, PyBytes_GET_SIZE(letters)), is_alone};
    Py_ssize_t last = 0, at = 0;
    for (; reader.found && most > 0 && (at = find(&needle, bytes, size, at)) >= 0; most--, at += needle.size) {
        if (at < last) continue;
        Py_ssize_t start = at, end = at + needle.size;
        widen(bytes, size, longest, &start, &end);
        if (!append_words(&reader, start, end)) Py_CLEAR(reader.found);
        last = end;
    }
    return reader.found;
}

/* Marks of joined texts. */

typedef struct {
    Py_ssize_t start, end;
    long term;
    double weight;
    PyObject *term_object, *weight_object;
} Mark;

static int compare(const void *left, const void *right) {
    const Mark *one = left, *other = right;
    if (one->start != other->start) return one->start < other->start ? -1 : 1;
    if (one->end != other->end) return one->end < other->end ? -1 : 1;
    if (one->term != other->term) return one->term < other->term ? -1 : 1;
    return one->weight < other->weight ? -1 : one->weight > other->weight;
}

static bool read_place(PyObject *place, Mark *mark) {
    if (!PyTuple_Check(place) || PyTuple_GET_SIZE(place) != 4) return PyErr_SetString(PyExc_TypeError, "a place is no tuple of four"), false;
    mark->start = PyLong_AsSsize_t(PyTuple_GET_ITEM(place, 0));
    mark->end = PyErr_Occurred() ? 0 : PyLong_AsSsize_t(PyTuple_GET_ITEM(place, 1));
    mark->term_object = PyTuple_GET_ITEM(place, 2);
    mark->weight_object = PyTuple_GET_ITEM(place, 3);
    mark->term = PyErr_Occurred() ? 0 : PyLong_AsLong(mark->term_object);
    mark->weight = PyErr_Occurred() ? 0 : PyFloat_AsDouble(mark->weight_object);
    return !PyErr_Occurred();
}

/* Read places, ascending, as those of one needle are given; NULL with an exception. */
static Mark *sorted_marks(PyObject *places) {
    const Py_ssize_t count = PyTuple_GET_SIZE(places);
    Mark *marks = PyMem_New(Mark, count ? count : 1);
    if (!marks) return (Mark *)PyErr_NoMemory();
    bool are_sorted = true;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!read_place(PyTuple_GET_ITEM(places, i), &marks[i])) return PyMem_Free(marks), NULL;
        are_sorted = are_sorted && (!i || compare(&marks[i - 1], &marks[i]) <= 0);
    }
    if (!are_sorted) qsort(marks, (size_t)count, sizeof *marks, compare);
    return marks;
}

/* Append the marks of one text, from `begin` to `end` of the joined ones, the longer one of those that overlap. */
static Py_ssize_t take(PyObject *found, Mark *marks, Py_ssize_t at, Py_ssize_t count, Py_ssize_t begin, Py_ssize_t end) {
    Mark *kept = NULL;
    for (; at <= count; at++) {
        Mark *mark = at < count && marks[at].start <= end ? &marks[at] : NULL; /* one at `end` is no text's */
        if (mark && mark->end > end) continue;
        if (kept && mark && mark->start < kept->end) {
            if (mark->end - mark->start > kept->end - kept->start) kept = mark; /* a phrase replaces its words */
            continue;
        }
        if (kept && !append(found, kept->start - begin, kept->end - begin, kept->term_object, kept->weight_object)) return -1;
        if (!mark) break;
        kept = mark;
    }
    return at;
}

/* by_text(places, sizes): the marks of each of the texts, which a character each joined. */
static PyObject *by_text(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *given, *sizes;
    if (!PyArg_ParseTuple(arguments, "O!O!", &PyList_Type, &given, &PyTuple_Type, &sizes)) return NULL;
    PyObject *places = PyList_AsTuple(given);
    if (!places) return NULL;
    const Py_ssize_t count = PyTuple_GET_SIZE(places), texts = PyTuple_GET_SIZE(sizes);
    Mark *marks = sorted_marks(places);
    PyObject *found = marks ? PyList_New(texts) : NULL;
    for (Py_ssize_t i = 0, at = 0, begin = 0; found && i < texts; i++) {
        PyObject *own = PyList_New(0);
        const Py_ssize_t size = own ? PyLong_AsSsize_t(PyTuple_GET_ITEM(sizes, i)) : -1;
        if (own) PyList_SET_ITEM(found, i, own);
        if (size < 0 && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "no text is that small");
        if (size < 0 || (at = take(own, marks, at, count, begin, begin + size)) < 0) Py_CLEAR(found);
        begin += size + 1;
    }
    PyMem_Free(marks);
    Py_DECREF(places);
    return found;
}

static PyMethodDef functions[] = {
    {"level_of", (PyCFunction)(void (*)(void))level_of, METH_FASTCALL, NULL},
    {"breaks", breaks, METH_O, NULL},
    {"stretches", stretches, METH_VARARGS, NULL},
    {"word_places", word_places, METH_VARARGS, NULL},
    {"by_text", by_text, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.marks", "Where words stand in texts.", 0, functions, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_marks(void) { return PyModuleDef_Init(&module); }
