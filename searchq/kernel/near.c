/* searchq.kernel.near: the documents in which words stand near each other; see near.pyi and execution/phrase_match.py.

   The postings of several words are read side by side, as they are stored. First the next document that all words have is
   looked for, in their documents alone; only there positions are read. */

#include "positions.h"

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

#define STRIDE 64 /* of so many postings the first one's place is told, where places are told */

typedef struct { /* a row of a word: its documents from the next one on; its places from the posting `read` on */
    const uint16_t *first, *docs, *last;
    const uint8_t *start, *at, *end;
    const uint32_t *skips; /* NULL: not told */
    Py_ssize_t told, read;
} Row;

typedef struct { /* a word: its rows, a heap by their next documents; and its positions in one document */
    Row *rows;
    Py_ssize_t left, filled, room, held;
    int64_t *positions;
} Word;

typedef struct { /* a word stands `least` to `most` places after another, or before it */
    int64_t least, most;
    bool after, before;
} Reach;

/* The next document that all words have. */

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

/* Puts the row on top, which moved on, where it belongs. */
static void settle_top(Word *word) {
    if (word->rows->docs == word->rows->last) {
        word->left--;
        swap_rows(word->rows, &word->rows[word->left]);
    }
    if (word->left > 1) settle(word, 0);
}

/* Moves a row on to the first document from `doc` on, in steps twice as long each. */
static void gallop(Row *row, uint32_t doc) {
    const uint16_t *before = row->docs, *after = before + 1;
    for (Py_ssize_t step = 2; after < row->last && *after < doc; step *= 2) {
        before = after;
        after = step < row->last - after ? after + step : row->last;
    }
    while (before + 1 < after) {
        const uint16_t *middle = before + (after - before) / 2;
        if (*middle < doc) before = middle;
        else after = middle;
    }
    row->docs = after;
}

/* Moves a word on to the first document from `doc` on; false if there is none. */
static inline bool advance(Word *word, uint32_t doc) {
    while (word->left && *word->rows->docs < doc) {
        gallop(word->rows, doc);
        if (word->left > 1 || word->rows->docs == word->rows->last) settle_top(word);
    }
    return word->left > 0;
}

/* Moves all words on to their next common document from `doc` on; false if there is none. */
static bool meet(Word *words, Py_ssize_t count, uint32_t *doc) {
    for (Py_ssize_t place = 0, agreed = 0; agreed < count; place = place + 1 < count ? place + 1 : 0) {
        if (!advance(&words[place], *doc)) return false;
        const uint32_t next = *words[place].rows->docs;
        agreed = next == *doc ? agreed + 1 : 1;
        *doc = next;
    }
    return true;
}

/* Positions as lists. */

/* Moves the places of a row on to its next document. */
static void catch_up(Row *row) {
    const Py_ssize_t wanted = row->docs - row->first;
    if (row->skips && wanted - row->read > STRIDE && wanted / STRIDE < row->told
        && row->skips[wanted / STRIDE] <= row->end - row->start) {
        row->at = row->start + row->skips[wanted / STRIDE];
        row->read = wanted - wanted % STRIDE;
    }
    row->at = skip_postings(row->at, row->end, wanted - row->read);
    row->read = wanted;
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

static inline const uint8_t *read_step(const uint8_t *at, const uint8_t *end, uint32_t *step) {
    const uint32_t byte = *at;
    if (byte >= 128) return read_varint(at, end, step);
    *step = byte;
    return at + 1;
}

static bool read_into(Word *word, Row *row) {
    catch_up(row);
    if (row->at >= row->end || !(*row->at & 1)) return false;
    int64_t position = 0;
    for (bool first = true; row->at < row->end && (first || !(*row->at & 1)); first = false) {
        uint32_t step;
        row->at = read_step(row->at, row->end, &step);
        position += step >> 1;
        if (!make_room(word)) return false;
        word->positions[word->filled++] = position;
    }
    row->docs++;
    row->read++;
    return true;
}

/* Reads the positions of a word in a document, ascending. */
static bool read_doc(Word *word, uint32_t doc) {
    Py_ssize_t rows = 0;
    word->filled = 0;
    for (; word->left && *word->rows->docs == doc; rows++) {
        if (!read_into(word, word->rows)) return false;
        settle_top(word);
    }
    for (Py_ssize_t i = 1; rows > 1 && i < word->filled; i++) {
        const int64_t position = word->positions[i];
        Py_ssize_t place = i;
        for (; place && word->positions[place - 1] > position; place--) word->positions[place] = word->positions[place - 1];
        word->positions[place] = position;
    }
    word->held = word->filled;
    return true;
}

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

/* Whether each word stands in a document within reach of the one before; -1 if the rows are not what they should be. */
static int stand_in(Word *words, Py_ssize_t count, uint32_t doc, Reach reach) {
    for (Py_ssize_t place = 0; place < count; place++) {
        if (!read_doc(&words[place], doc)) return -1;
        if (place) keep_near(&words[place - 1], &words[place], reach);
    }
    return words[count - 1].filled > 0;
}

/* Two words of one row each: the positions of one as bits, MARGIN bits further, and those of the other looked up in them. */

#define MARGIN 64
#define MOST_POSITION (1 << 16) /* words in longer texts are compared as lists */

typedef struct {
    uint64_t bits[(MOST_POSITION + 4 * MARGIN) / 64];
} Marks;

/* Marks the positions of the next posting; where it ends, NULL if it is none, or too long. */
static const uint8_t *mark(const uint8_t *at, const uint8_t *end, Marks *marks, int64_t *last, Py_ssize_t *held) {
    int64_t place = MARGIN;
    Py_ssize_t count = 0;
    if (at >= end || !(*at & 1)) return NULL;
    do {
        uint32_t step;
        at = read_step(at, end, &step);
        place += step >> 1;
        if (place >= MOST_POSITION) return NULL;
        marks->bits[place >> 6] |= (uint64_t)1 << (place & 63);
        *last = place;
        count++;
    } while (at < end && !(*at & 1));
    *held = count;
    return at;
}

/* The marks of the 64 places from one on. */
static inline uint64_t marked(const Marks *marks, int64_t place) {
    const uint64_t *at = &marks->bits[place >> 6];
    return at[0] >> (place & 63) | at[1] << 1 << (63 - (place & 63));
}

/* Whether the next posting has a position within reach of a mark; `at` is then behind what was read, `held` so many. */
static inline bool meets(
    const uint8_t **at, const uint8_t *end, const Marks *marks, int64_t most, Reach reach, Py_ssize_t *held
) {
    const uint64_t mask = ~(uint64_t)0 >> (63 - (reach.most - reach.least));
    const uint8_t *next = *at;
    int64_t place = MARGIN;
    Py_ssize_t count = 0;
    bool hit = false;
    do {
        uint32_t step;
        next = read_step(next, end, &step);
        place += step >> 1;
        count++;
        if (place > most) break;
        hit = (reach.after && marked(marks, place - reach.most) & mask)
            || (reach.before && marked(marks, place + reach.least) & mask);
    } while (!hit && next < end && !(*next & 1));
    *at = next;
    *held = count;
    return hit;
}

/* The end of a posting, from a place between two of its positions on; counts the others, eight bytes at a time. */
static const uint8_t *count_rest(const uint8_t *at, const uint8_t *end, Py_ssize_t *held) {
    const uint64_t ones = 0x0101010101010101;
    Py_ssize_t count = *held;
    if (at >= end || *at & 1) return at;
    while (end - at > 8) {
        uint64_t before, bytes;
        memcpy(&before, at, 8);
        memcpy(&bytes, at + 1, 8);
        if (bytes & ~(before >> 7) & ones) break;
        count += (Py_ssize_t)(((~before >> 7 & ones) * ones) >> 56);
        at += 8;
    }
    for (bool whole = false; at < end && !(whole && *at & 1); at++) {
        whole = *at < 128;
        count += whole;
    }
    *held = count;
    return at;
}

/* Whether a document has the two words within reach; -1 if a row is not what it should be, or longer than expected. */
static int stand_near(Word *one, Word *other, Reach reach, Marks *marks) {
    Row *left = one->rows, *right = other->rows;
    catch_up(left);
    catch_up(right);
    int64_t last = 0;
    const uint8_t *end = mark(left->at, left->end, marks, &last, &one->held), *at = right->at;
    const bool whole = end && at < right->end && *at & 1;
    const bool hit = whole && meets(&at, right->end, marks, last + reach.most, reach, &other->held);
    memset(marks->bits, 0, (size_t)((last >> 6) + 1) * 8);
    if (!whole) return -1;
    left->at = end;
    left->read++;
    right->at = count_rest(at, right->end, &other->held);
    right->read++;
    return hit;
}

/* The search through the rows of all words, segment by segment. */

typedef struct {
    Word *words;
    Py_ssize_t count, room, filled;
    Marks *marks;
    int64_t *docs;
    float *weights; /* of each word, `room` in a row; NULL: not wanted */
} Search;

static bool is_pair(const Search *search, Reach reach) {
    const Word *words = search->words;
    return search->count == 2 && words[0].left == 1 && words[1].left == 1 && reach.least >= 0
        && reach.least <= reach.most && reach.most < MARGIN;
}

/* The second of two words is read last, and only until it stands near the first: better the longer one. */
static bool turn(Word *words, Reach *reach) {
    const Row *first = words[0].rows, *last = words[1].rows;
    if (first->end - first->start <= last->end - last->start) return false;
    const Word kept = words[0];
    words[0] = words[1];
    words[1] = kept;
    *reach = (Reach){reach->least, reach->most, reach->before, reach->after};
    return true;
}

static bool put(Search *search, int64_t doc, bool turned) {
    if (search->filled >= search->room) return false;
    search->docs[search->filled] = doc;
    for (Py_ssize_t place = 0; search->weights && place < search->count; place++) {
        const Py_ssize_t own = turned ? search->count - 1 - place : place;
        search->weights[own * search->room + search->filled] = (float)search->words[place].held;
    }
    search->filled++;
    return true;
}

/* Finds the documents of a segment, numbered from `base`; false if the arrays do not belong together. */
static bool find_in(Search *search, Reach reach, int64_t base, const Py_buffer *live) {
    Word *words = search->words;
    const bool pair = is_pair(search, reach), turned = pair && turn(words, &reach);
    for (uint32_t doc = 0; meet(words, search->count, &doc); doc++) {
        if (live->buf && (Py_ssize_t)doc >= live->len) return false;
        if (live->buf && !((const uint8_t *)live->buf)[doc]) continue;
        int hit = pair ? stand_near(&words[0], &words[1], reach, search->marks) : -1;
        if (hit < 0) hit = stand_in(words, search->count, doc, reach);
        if (hit < 0 || (hit && !put(search, base + doc, turned))) return false;
    }
    return true;
}

/* The arguments: for each segment the array of its live documents (None: all), and for each row three arrays: documents,
   encoded positions, and where one in STRIDE postings begins (None: not told). */

typedef struct {
    Py_buffer *views;
    Py_ssize_t taken;
} Taken;

static bool take_each(PyObject *given, const int *sizes, Py_ssize_t period, Taken *taken) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(given); i++) {
        PyObject *own = PyTuple_GET_ITEM(given, i);
        Py_buffer *view = &taken->views[taken->taken];
        const int size = sizes[i % period];
        if (own == Py_None && (period == 1 || i % period == 2)) PyBuffer_FillInfo(view, NULL, NULL, 0, 1, PyBUF_SIMPLE);
        else if (PyObject_GetBuffer(own, view, PyBUF_C_CONTIGUOUS) < 0) return false;
        taken->taken++;
        if (view->buf && view->itemsize != size) {
            PyErr_SetString(PyExc_TypeError, "an array has items of another size");
            return false;
        }
    }
    return true;
}

static bool fill_row(Row *row, const Py_buffer *views) {
    row->first = row->docs = views[0].buf;
    row->last = row->docs + items(&views[0]);
    row->start = row->at = views[1].buf;
    row->end = row->start + views[1].len;
    row->skips = views[2].buf;
    row->told = items(&views[2]);
    row->read = 0;
    return row->docs < row->last;
}

/* Gives a word its rows; false if there are not as many, or one is empty. */
static bool fill_word(Word *word, int64_t size, Row **rows, Py_ssize_t *left, const Py_buffer **views) {
    if (size < 1 || size > *left) return false;
    word->rows = *rows;
    word->left = (Py_ssize_t)size;
    for (int64_t i = 0; i < size; i++, *views += 3)
        if (!fill_row(&word->rows[i], *views)) return false;
    for (Py_ssize_t place = word->left / 2; place-- > 0;) settle(word, place);
    *rows += size;
    *left -= (Py_ssize_t)size;
    return true;
}

/* `shape`: for each segment the number of its first document, and how many rows each word has in it. */
static bool find_all(
    Search *search, Reach reach, const Py_buffer *shape, const Py_buffer *lives, Py_ssize_t segments, Row *rows,
    Py_ssize_t left, const Py_buffer *views
) {
    for (Py_ssize_t segment = 0; segment < segments; segment++) {
        const Py_ssize_t first = segment * (search->count + 1);
        for (Py_ssize_t place = 0; place < search->count; place++)
            if (!fill_word(&search->words[place], number(shape, first + 1 + place), &rows, &left, &views)) return false;
        if (!find_in(search, reach, number(shape, first), &lives[segment])) return false;
    }
    return !left;
}

static Py_ssize_t find(Arrays *arrays, PyObject *rows, PyObject *lives, Reach reach, Py_ssize_t filled) {
    static const int of_row[] = {2, 1, 4}, of_segment[] = {1};
    const Py_ssize_t segments = PyTuple_GET_SIZE(lives), size = PyTuple_GET_SIZE(rows), shape = items(&arrays->views[0]);
    const Py_ssize_t count = segments ? shape / segments - 1 : 0, room = items(&arrays->views[1]);
    const bool fits = segments && count >= 1 && shape == segments * (count + 1) && size % 3 == 0 && filled >= 0
        && (!arrays->views[2].buf || items(&arrays->views[2]) / count >= room);
    if (!fits) return -1;
    Taken taken = {PyMem_Calloc((size_t)(size + segments), sizeof(Py_buffer)), 0};
    Row *own = PyMem_Calloc((size_t)(size / 3 + 1), sizeof(Row));
    Word *words = PyMem_Calloc((size_t)count, sizeof(Word));
    Marks *marks = PyMem_Calloc(1, sizeof(Marks));
    Search search = {words, count, room, filled, marks, arrays->views[1].buf, arrays->views[2].buf};
    bool found = false;
    if (!taken.views || !own || !words || !marks) PyErr_NoMemory();
    else if (take_each(rows, of_row, 3, &taken) && take_each(lives, of_segment, 1, &taken)) {
        Py_BEGIN_ALLOW_THREADS
        found = find_all(&search, reach, &arrays->views[0], &taken.views[size], segments, own, size / 3, taken.views);
        Py_END_ALLOW_THREADS
    }
    for (Py_ssize_t i = 0; words && i < count; i++) PyMem_RawFree(words[i].positions);
    while (taken.taken) PyBuffer_Release(&taken.views[--taken.taken]);
    PyMem_Free(taken.views);
    PyMem_Free(own);
    PyMem_Free(words);
    PyMem_Free(marks);
    return found ? search.filled : -1;
}

static PyObject *near_docs(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 9)) return NULL;
    const long long least = PyLong_AsLongLong(args[3]), most = PyLong_AsLongLong(args[4]);
    const int ordered = PyObject_IsTrue(args[5]);
    const Py_ssize_t filled = PyLong_AsSsize_t(args[8]);
    if (PyErr_Occurred()) return NULL;
    if (!PyTuple_Check(args[0]) || !PyTuple_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "rows and live documents are no tuples");
        return NULL;
    }
    PyObject *const chosen[] = {args[1], args[6], args[7]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 1, "084")) return NULL;
    const Py_ssize_t count = find(&arrays, args[0], args[2], (Reach){least, most, true, !ordered}, filled);
    if (PyErr_Occurred()) {
        release(&arrays);
        return NULL;
    }
    return result(&arrays, count);
}

static PyMethodDef methods[] = {
    {"near_docs", (PyCFunction)(void (*)(void))near_docs, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) {
    return PyModule_AddIntConstant(module, "VERSION", VERSION) || PyModule_AddIntConstant(module, "STRIDE", STRIDE) ? -1 : 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.near", "Words near each other.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_near(void) { return PyModuleDef_Init(&module); }
