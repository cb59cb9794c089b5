/* searchq.kernel.positions: the positions of words, decoded and compared; see positions.pyi. */

#include "arrays.h"

#include <string.h>

#define VERSION 2 /* raise it here and in __init__.py when either needs the other to change */

static void put(const Py_buffer *view, Py_ssize_t at, int64_t value) {
    if (view->itemsize == 4) ((int32_t *)view->buf)[at] = (int32_t)value;
    else ((int64_t *)view->buf)[at] = value;
}

/* Encoded positions (see segment_data.ZonePostings): varints of 7 bits a byte, an odd one begins a posting. */

static inline const uint8_t *read_varint(const uint8_t *at, const uint8_t *end, uint32_t *value) {
    uint32_t found = 0;
    for (int shift = 0; at < end; shift += 7) {
        const uint8_t byte = *at++;
        if (shift < 32) found |= (uint32_t)(byte & 127) << shift;
        if (byte < 128) break;
    }
    *value = found;
    return at;
}

/* Skips whole postings; a byte that begins one is odd and follows one below 128: eight are looked at together. */
static const uint8_t *skip_postings(const uint8_t *at, const uint8_t *end, Py_ssize_t count) {
    const uint64_t ones = 0x0101010101010101;
    while (count && end - at > 8) {
        uint64_t before, bytes;
        memcpy(&before, at, 8);
        memcpy(&bytes, at + 1, 8);
        const Py_ssize_t begin = (Py_ssize_t)(((bytes & ~(before >> 7) & ones) * ones) >> 56);
        if (begin >= count) break;
        count -= begin;
        at += 8;
    }
    while (count && at < end) {
        at++;
        count -= at < end && (*at & 1) && at[-1] < 128;
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

/* Words near each other (see execution/phrase_match.py): the postings of several words are read side by side, as they are stored. */

typedef struct { /* a row of a word, from its next posting on */
    const uint16_t *docs, *last;
    const uint8_t *at, *end;
} Row;

typedef struct { /* a word: its rows, a heap by their next documents; and its positions in one document */
    Row *rows;
    Py_ssize_t left, filled, room;
    int64_t *positions;
} Word;

static void swap_rows(Row *one, Row *other) {
    const Row kept = *one;
    *one = *other;
    *other = kept;
}

static void settle(Word *word, Py_ssize_t place) {
    for (;;) {
        Py_ssize_t least = place;
        for (Py_ssize_t below = 2 * place + 1; below <= 2 * place + 2 && below < word->left; below++)
            if (*word->rows[below].docs < *word->rows[least].docs) least = below;
        if (least == place) return;
        swap_rows(&word->rows[place], &word->rows[least]);
        place = least;
    }
}

static bool make_room(Word *word) {
    if (word->filled < word->room) return true;
    const Py_ssize_t room = word->room ? 2 * word->room : 64;
    int64_t *positions = PyMem_RawRealloc(word->positions, (size_t)room * sizeof(int64_t));
    if (!positions) return false;
    word->positions = positions;
    word->room = room;
    return true;
}

static bool read_into(Word *word, Row *row) {
    if (row->at >= row->end || !(*row->at & 1)) return false;
    int64_t position = 0;
    for (bool first = true; row->at < row->end && (first || !(*row->at & 1)); first = false) {
        uint32_t step = *row->at++;
        if (step >= 128) row->at = read_varint(row->at - 1, row->end, &step);
        position += step >> 1;
        if (!make_room(word)) return false;
        word->positions[word->filled++] = position;
    }
    row->docs++;
    return true;
}

static void pass_docs(Row *row, uint16_t doc) {
    const uint16_t *docs = row->docs;
    while (docs < row->last && *docs < doc) docs++;
    row->at = skip_postings(row->at, row->end, docs - row->docs);
    row->docs = docs;
}

/* Reads the positions of a word in a document, ascending. */
static bool read_doc(Word *word, uint16_t doc) {
    Py_ssize_t rows = 0;
    word->filled = 0;
    while (word->left && word->rows->docs < word->rows->last && *word->rows->docs <= doc) {
        if (*word->rows->docs < doc) pass_docs(word->rows, doc);
        else if (!read_into(word, word->rows)) return false;
        else rows++;
        if (word->rows->docs == word->rows->last && word->left > 1) word->rows[0] = word->rows[--word->left];
        settle(word, 0);
    }
    for (Py_ssize_t i = 1; rows > 1 && i < word->filled; i++) {
        const int64_t position = word->positions[i];
        Py_ssize_t place = i;
        for (; place && word->positions[place - 1] > position; place--) word->positions[place] = word->positions[place - 1];
        word->positions[place] = position;
    }
    return true;
}

typedef struct { /* a word stands `least` to `most` places after another, or before it */
    int64_t least, most;
    bool after, before;
} Reach;

/* Keeps the positions of a word that are within reach of one of another. */
static void keep_near(const Word *other, Word *word, Reach reach) {
    Py_ssize_t low = 0, high = 0, kept = 0;
    for (Py_ssize_t i = 0; i < word->filled; i++) {
        const int64_t position = word->positions[i];
        bool hit = false;
        if (reach.after) {
            while (low < other->filled && other->positions[low] < position - reach.most) low++;
            hit = low < other->filled && other->positions[low] <= position - reach.least;
        }
        if (reach.before && !hit) {
            while (high < other->filled && other->positions[high] < position + reach.least) high++;
            hit = high < other->filled && other->positions[high] <= position + reach.most;
        }
        if (hit) word->positions[kept++] = position;
    }
    word->filled = kept;
}

/* Two words of one row each: the positions of one as bits, MARGIN bits further, and those of the other looked up in them. */

#define MARGIN 64
#define MOST_POSITION (1 << 16) /* words in longer texts are compared as lists */

typedef struct {
    uint64_t bits[(MOST_POSITION + 4 * MARGIN) / 64];
} Marks;

static inline const uint8_t *read_step(const uint8_t *at, const uint8_t *end, uint32_t *step) {
    const uint32_t byte = *at;
    if (byte >= 128) return read_varint(at, end, step);
    *step = byte;
    return at + 1;
}

/* Marks the positions of the next posting; where it ends, NULL if it is none, or too long. */
static const uint8_t *mark(const uint8_t *at, const uint8_t *end, Marks *marks, int64_t *last) {
    int64_t place = MARGIN;
    if (at >= end || !(*at & 1)) return NULL;
    do {
        uint32_t step;
        at = read_step(at, end, &step);
        place += step >> 1;
        if (place >= MOST_POSITION) return NULL;
        marks->bits[place >> 6] |= (uint64_t)1 << (place & 63);
        *last = place;
    } while (at < end && !(*at & 1));
    return at;
}

/* The marks of the 64 places from one on. */
static inline uint64_t marked(const Marks *marks, int64_t place) {
    const uint64_t *at = &marks->bits[place >> 6];
    return at[0] >> (place & 63) | at[1] << 1 << (63 - (place & 63));
}

/* Whether the next posting has a position within reach of a mark; `at` is then behind what was read. */
static inline bool meets(const uint8_t **at, const uint8_t *end, const Marks *marks, int64_t most, Reach reach) {
    const uint64_t mask = ~(uint64_t)0 >> (63 - (reach.most - reach.least));
    int64_t place = MARGIN;
    do {
        uint32_t step;
        *at = read_step(*at, end, &step);
        place += step >> 1;
        if (place > most) return false;
        if (reach.after && marked(marks, place - reach.most) & mask) return true;
        if (reach.before && marked(marks, place + reach.least) & mask) return true;
    } while (*at < end && !(**at & 1));
    return false;
}

static void pass_posting(Row *row, const uint8_t *from) {
    if (from > row->at && (from == row->end || *from & 1)) row->at = from;
    else row->at = skip_postings(from, row->end, 1);
    row->docs++;
}

static bool advance(Row *row, uint16_t doc) {
    if (row->docs < row->last && *row->docs < doc) pass_docs(row, doc);
    return row->docs < row->last && *row->docs == doc;
}

/* Whether a document has the two words within reach; -1 if a row is not what it should be, or longer than expected. */
static int stands_near(Row *one, Row *other, uint16_t doc, Reach reach, Marks *marks) {
    if (!advance(one, doc) || !advance(other, doc)) return 0;
    int64_t last = 0;
    const uint8_t *end = mark(one->at, one->end, marks, &last), *at = other->at;
    const bool whole = end && at < other->end && *at & 1;
    const bool hit = whole && meets(&at, other->end, marks, last + reach.most, reach);
    memset(marks->bits, 0, (size_t)((last >> 6) + 1) * 8);
    if (!whole) return -1;
    one->at = end;
    one->docs++;
    pass_posting(other, at);
    return hit;
}

/* Whether each word stands in a document within reach of the one before; -1 if the rows are not what they should be. */
static int stand_in(Word *words, Py_ssize_t count, uint16_t doc, Reach reach) {
    for (Py_ssize_t place = 0; place < count; place++) {
        if (!read_doc(&words[place], doc)) return -1;
        if (place) keep_near(&words[place - 1], &words[place], reach);
        if (!words[place].filled) return 0;
    }
    return 1;
}

static bool is_pair(const Word *words, Py_ssize_t count, Reach reach) {
    return count == 2 && words[0].left == 1 && words[1].left == 1 && reach.least >= 0 && reach.least <= reach.most
        && reach.most < MARGIN;
}

static Py_ssize_t search(
    const Py_buffer *docs, Word *words, Py_ssize_t count, Reach reach, Marks *marks, const Py_buffer *out
) {
    const bool pair = is_pair(words, count, reach);
    uint8_t *found = out->buf;
    if (items(out) != items(docs)) return -1;
    for (Py_ssize_t i = 0; i < items(docs); i++) {
        const int64_t doc = number(docs, i);
        if (doc < 0 || doc > UINT16_MAX) return -1;
        int hit = pair ? stands_near(words[0].rows, words[1].rows, (uint16_t)doc, reach, marks) : -1;
        if (hit < 0) hit = stand_in(words, count, (uint16_t)doc, reach);
        if (hit < 0) return -1;
        found[i] = (uint8_t)hit;
    }
    return items(docs);
}

/* Takes the rows of words, each an array of documents and one of places, in turn; the rows taken, -1 if they are none. */
static Py_ssize_t take_rows(PyObject *arrays, Py_buffer *views, Row *rows, Py_ssize_t *taken) {
    const Py_ssize_t count = PyTuple_GET_SIZE(arrays);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(arrays, i), &views[i], PyBUF_C_CONTIGUOUS) < 0) return -1;
        ++*taken;
        if (views[i].itemsize != (i & 1 ? 1 : 2)) {
            PyErr_SetString(PyExc_TypeError, "an array has items of another size");
            return -1;
        }
        Row *row = &rows[i / 2];
        if (i & 1) {
            row->at = views[i].buf;
            row->end = row->at + views[i].len;
        } else {
            row->docs = views[i].buf;
            row->last = row->docs + items(&views[i]);
        }
    }
    return count / 2;
}

/* Divides rows among words, as many as told for each; false if they are not as many, or one is empty. */
static bool divide(Row *rows, Py_ssize_t count, const Py_buffer *sizes, Word *words) {
    Py_ssize_t first = 0;
    for (Py_ssize_t i = 0; i < count; i++)
        if (rows[i].docs == rows[i].last) return false;
    for (Py_ssize_t i = 0; i < items(sizes); i++) {
        const int64_t size = number(sizes, i);
        if (size < 0 || size > count - first) return false;
        words[i].rows = rows + first;
        words[i].left = (Py_ssize_t)size;
        for (Py_ssize_t place = words[i].left / 2; place-- > 0;) settle(&words[i], place);
        first += (Py_ssize_t)size;
    }
    return first == count;
}

/* The second of two words is read last, and only until it stands near the first: better the longer one. */
static void put_longer_last(Word *words, Py_ssize_t count, Reach *reach) {
    if (count != 2 || words[0].left != 1 || words[1].left != 1) return;
    const Row *first = words[0].rows, *last = words[1].rows;
    if (first->end - first->at <= last->end - last->at) return;
    const Word kept = words[0];
    words[0] = words[1];
    words[1] = kept;
    *reach = (Reach){reach->least, reach->most, reach->before, reach->after};
}

static Py_ssize_t find(Arrays *arrays, PyObject *given, Reach reach) {
    const Py_ssize_t size = PyTuple_GET_SIZE(given), count = items(&arrays->views[1]);
    Py_buffer *views = PyMem_Calloc((size_t)size + 1, sizeof(Py_buffer));
    Row *rows = PyMem_Calloc((size_t)size / 2 + 1, sizeof(Row));
    Word *words = PyMem_Calloc((size_t)count + 1, sizeof(Word));
    Marks *marks = PyMem_Calloc(1, sizeof(Marks));
    Py_ssize_t taken = 0, found = -1;
    if (views && rows && words && marks) {
        const Py_ssize_t held = size & 1 ? 0 : take_rows(given, views, rows, &taken);
        if (held >= 0 && !(size & 1) && divide(rows, held, &arrays->views[1], words)) {
            put_longer_last(words, count, &reach);
            Py_BEGIN_ALLOW_THREADS
            found = search(&arrays->views[0], words, count, reach, marks, &arrays->views[2]);
            Py_END_ALLOW_THREADS
        }
        for (Py_ssize_t i = 0; i < count; i++) PyMem_RawFree(words[i].positions);
    } else PyErr_NoMemory();
    while (taken) PyBuffer_Release(&views[--taken]);
    PyMem_Free(views);
    PyMem_Free(rows);
    PyMem_Free(words);
    PyMem_Free(marks);
    return found;
}

static PyObject *mark_near(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 7)) return NULL;
    const long long least = PyLong_AsLongLong(args[3]), most = PyLong_AsLongLong(args[4]);
    const int ordered = PyErr_Occurred() ? -1 : PyObject_IsTrue(args[5]);
    if (ordered < 0) return NULL;
    if (!PyTuple_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "the rows are a tuple of arrays");
        return NULL;
    }
    PyObject *const chosen[] = {args[0], args[2], args[6]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 2, "001")) return NULL;
    const Py_ssize_t count = find(&arrays, args[1], (Reach){least, most, true, !ordered});
    if (PyErr_Occurred()) {
        release(&arrays);
        return NULL;
    }
    return result(&arrays, count);
}

static PyMethodDef methods[] = {
    {"read_positions", (PyCFunction)(void (*)(void))read_positions, METH_FASTCALL, NULL},
    {"read_frequencies", (PyCFunction)(void (*)(void))read_frequencies, METH_FASTCALL, NULL},
    {"mark_near", (PyCFunction)(void (*)(void))mark_near, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.positions", "The positions of words.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_positions(void) { return PyModuleDef_Init(&module); }
