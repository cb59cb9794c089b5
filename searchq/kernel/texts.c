/* searchq.kernel.texts: the words of texts as numbers, and names within them; see texts.pyi. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

#define VERSION 4 /* raise it here and in __init__.py when either needs the other to change */

#if defined(__GNUC__) || defined(__clang__)
#define fetch(at) __builtin_prefetch(at)
#else
#define fetch(at) ((void)0)
#endif

#define AHEAD 16  /* chunks that are looked up side by side, so that one waits for memory while others go on */
#define INLINE 20 /* bytes of a chunk that stand beside its number, where the cache has them */

typedef struct { /* a chunk met before: 32 bytes */
    uint32_t hash;
    uint16_t size, count; /* bytes; words */
    int32_t number;       /* of the word if it is one, else where the numbers of its words begin */
    union {
        uint8_t letters[INLINE];
        uint32_t start; /* of the letters of a longer one */
    } is;
} Chunk;

typedef struct {
    void *at;
    size_t used, room; /* items */
} Pool;

typedef struct {
    PyObject_HEAD
    PyObject *missing;  /* bytes of a chunk -> numbers of its words */
    PyObject *words;    /* word -> number; NULL: all chunks are asked for */
    Py_ssize_t longest; /* bytes of a chunk that is kept */
    Pool chunks, letters, numbers;
    uint32_t *slots;    /* number of the chunk + 1 */
    size_t mask;
} TextReader;

/* Make room for so many more items; false, with an exception, without memory. */
static bool reserve(Pool *pool, size_t more, size_t item) {
    if (pool->used + more <= pool->room) return true;
    size_t room = 2 * pool->room + more + 64;
    void *at = PyMem_Realloc(pool->at, room * item);
    if (!at) return PyErr_NoMemory() != NULL;
    pool->at = at;
    pool->room = room;
    return true;
}

/* Splitting and stripping: as split_words.py does, byte by byte. */

enum { BLANK = 1, DIGIT = 2, BEFORE = 4, AFTER = 8, LEAD = 16 };
static uint8_t kinds[256];
static uint8_t lower[256]; /* of most bytes the byte in lower case; 0 of those that may be blanks, or are 0 */

static void fill_kinds(void) {
    const uint8_t around[] = "\"'()*/:;<>[]", before[] = "-", after[] = "!,.?", leads[] = "\xC2\xE1\xE2\xE3";
    for (int byte = 0; byte <= ' '; byte++)
        if (byte && (byte > 0x08) && !(byte >= 0x0E && byte <= 0x1B)) kinds[byte] |= BLANK;
    for (int byte = '0'; byte <= '9'; byte++) kinds[byte] |= DIGIT;
    for (const uint8_t *at = around; *at; at++) kinds[*at] |= BEFORE | AFTER;
    for (const uint8_t *at = before; *at; at++) kinds[*at] |= BEFORE;
    for (const uint8_t *at = after; *at; at++) kinds[*at] |= AFTER;
    for (const uint8_t *at = leads; *at; at++) kinds[*at] |= LEAD;
    for (int byte = 1; byte < 256; byte++)
        if (!(kinds[byte] & (BLANK | LEAD))) lower[byte] = (uint8_t)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
}

/* The size of a blank longer than a byte: U+0085, U+00A0, U+1680, U+2000 to 200A, 2028, 2029, 202F, 205F, 3000; or 0. */
static int wide_blank(const uint8_t *at, const uint8_t *end) {
    if (at[0] == 0xC2) return end - at >= 2 && (at[1] == 0x85 || at[1] == 0xA0) ? 2 : 0;
    if (end - at < 3) return 0;
    if (at[0] == 0xE1) return at[1] == 0x9A && at[2] == 0x80 ? 3 : 0;
    if (at[0] == 0xE3) return at[1] == 0x80 && at[2] == 0x80 ? 3 : 0;
    if (at[1] == 0x81) return at[2] == 0x9F ? 3 : 0;
    if (at[1] != 0x80) return 0;
    return at[2] <= 0x8A || at[2] == 0xA8 || at[2] == 0xA9 || at[2] == 0xAF ? 3 : 0;
}

static int blank_size(const uint8_t *at, const uint8_t *end) {
    uint8_t kind = kinds[*at];
    return kind & BLANK ? 1 : kind & LEAD ? wide_blank(at, end) : 0;
}

static bool is_digit(const uint8_t *at, const uint8_t *end) { return at < end && kinds[*at] & DIGIT; }

/* Whether the blank after a digit groups thousands: 12 000. */
static bool joins_thousands(const uint8_t *blank, const uint8_t *start, const uint8_t *end) {
    return *blank == ' ' && blank > start && kinds[blank[-1]] & DIGIT && is_digit(blank + 1, end) &&
           is_digit(blank + 2, end) && is_digit(blank + 3, end) && !is_digit(blank + 4, end);
}

/* Copy the next chunk of a text, in lower case, to `to`; return where it ends in the text. */
static const uint8_t *copy_chunk(const uint8_t *at, const uint8_t *end, uint8_t *to, size_t *size) {
    const uint8_t *start = at;
    uint8_t *filled = to;
    for (; at < end; at++) {
        for (; at < end && lower[*at]; at++) *filled++ = lower[*at];
        if (at == end) break;
        if (!blank_size(at, end)) *filled++ = *at ? *at : 1;
        else if (joins_thousands(at, start, end)) *filled++ = '_';
        else break;
    }
    *size = (size_t)(filled - to);
    return at;
}

static void strip(const uint8_t **chunk, size_t *size) {
    while (*size > 1 && kinds[(*chunk)[*size - 1]] & AFTER) --*size;
    while (*size > 1 && kinds[**chunk] & BEFORE) ++*chunk, --*size;
}

/* The table of chunks. */

static uint64_t load64(const uint8_t *at) {
    uint64_t found;
    memcpy(&found, at, sizeof found);
    return found;
}

/* The last bytes of a chunk, 1 to 8, after which eight bytes more can be read. */
static uint64_t last_bytes(const uint8_t *at, size_t size) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return load64(at) & ~0ull >> (64 - 8 * size);
#else
    uint64_t found = 0;
    memcpy(&found, at, size);
    return found;
#endif
}

static uint32_t hash_of(const uint8_t *chunk, size_t size) {
    uint64_t hash = 0x51ED270B35A1C3E7u ^ size;
    for (; size > 8; chunk += 8, size -= 8) hash = (hash ^ load64(chunk)) * 0x9E3779B97F4A7C15u, hash ^= hash >> 32;
    hash = (hash ^ last_bytes(chunk, size)) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash ^ hash >> 32);
}

static const uint8_t *letters_of(const TextReader *self, const Chunk *chunk) {
    return chunk->size <= INLINE ? chunk->is.letters : (const uint8_t *)self->letters.at + chunk->is.start;
}

/* The place of a chunk in the slots, or of the free slot for it. */
static size_t place_of(const TextReader *self, uint32_t hash, const uint8_t *chunk, size_t size) {
    const Chunk *chunks = self->chunks.at;
    size_t place = hash & self->mask;
    for (; self->slots[place]; place = (place + 1) & self->mask) {
        const Chunk *known = &chunks[self->slots[place] - 1];
        if (known->hash == hash && known->size == size && !memcmp(letters_of(self, known), chunk, size)) break;
    }
    return place;
}

static bool widen_slots(TextReader *self) {
    size_t size = self->slots ? 2 * (self->mask + 1) : 1 << 12;
    uint32_t *slots = PyMem_Calloc(size, sizeof *slots);
    if (!slots) return PyErr_NoMemory() != NULL;
    PyMem_Free(self->slots);
    self->slots = slots;
    self->mask = size - 1;
    const Chunk *chunks = self->chunks.at;
    for (size_t number = 0; number < self->chunks.used; number++) {
        size_t place = chunks[number].hash & self->mask;
        while (slots[place]) place = (place + 1) & self->mask;
        slots[place] = (uint32_t)(number + 1);
    }
    return true;
}

/* Ask Python for the numbers of a chunk's words, and append them to a pool. */
static bool ask(TextReader *self, const uint8_t *chunk, size_t size, Pool *numbers, size_t *count) {
    PyObject *given = PyObject_CallFunction(self->missing, "y#", chunk, (Py_ssize_t)size);
    PyObject *list = given ? PySequence_Fast(given, "the numbers of a chunk are no sequence") : NULL;
    Py_XDECREF(given);
    if (!list) return false;
    *count = (size_t)PySequence_Fast_GET_SIZE(list);
    bool done = reserve(numbers, *count, sizeof(int32_t));
    for (size_t i = 0; done && i < *count; i++) {
        long number = PyLong_AsLong(PySequence_Fast_GET_ITEM(list, i));
        if (number < 0 || number > INT32_MAX) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_OverflowError, "the number of a word is not in 31 bits");
            done = false;
        } else {
            ((int32_t *)numbers->at)[numbers->used++] = (int32_t)number;
        }
    }
    Py_DECREF(list);
    return done;
}

/* Words of simple chunks: letters glued by signs (`gebouw.Wat`, `(kmo's;`), or a number alone. All others are Python's:
   with digits among letters, @, _, something of an address, a letter beside a dot. */

static bool is_letter(uint8_t byte) { return byte >= 'a' && byte <= 'z'; }

static bool is_joint(uint8_t byte) { return byte == '-' || byte == '\'' || byte == '&'; }

static bool is_one_of(const uint8_t *at, size_t size, const char *const *words) {
    for (; *words; words++)
        if (strlen(*words) == size && !memcmp(at, *words, size)) return true;
    return false;
}

/* Whether letters between two other bytes of a chunk may be read here; `before` and `after` are 0 at its ends. */
static bool is_simple_row(const uint8_t *at, size_t size, uint8_t before, uint8_t after) {
    static const char *const tops[] = {"be", "brussels", "vlaanderen", "eu", "com", "org", "info", "nl", "fr", "lu", NULL};
    static const char *const starts[] = {"www", "http", "https", NULL};
    if (is_one_of(at, size, starts) || (before == '.' && is_one_of(at, size, tops))) return false;
    return size > 1 || (before != '.' && after != '.');
}

static bool is_simple(const uint8_t *chunk, size_t size) {
    size_t digits = 0;
    for (size_t i = 0; i < size; i++) digits += (kinds[chunk[i]] & DIGIT) != 0;
    if (digits) return digits == size;
    for (size_t i = 0, start; i < size; i++) {
        if (chunk[i] & 0x80 || chunk[i] < '!' || chunk[i] == 0x7F || chunk[i] == '_' || chunk[i] == '@') return false;
        if (!is_letter(chunk[i])) continue;
        for (start = i; i < size && is_letter(chunk[i]);) i++;
        if (!is_simple_row(chunk + start, i - start, start ? chunk[start - 1] : 0, i < size ? chunk[i] : 0)) return false;
        i--;
    }
    return true;
}

/* Where a word of a simple chunk ends that begins at `at`. */
static size_t word_end(const uint8_t *chunk, size_t size, size_t at) {
    while (at < size && (is_letter(chunk[at]) || kinds[chunk[at]] & DIGIT)) {
        at++;
        if (at + 1 < size && is_joint(chunk[at]) && is_letter(chunk[at + 1])) at++;
    }
    return at;
}

static bool append_number(const PyObject *words, const uint8_t *word, size_t size, Pool *numbers) {
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, word, (Py_ssize_t)size);
    PyObject *value = text ? PyObject_GetItem((PyObject *)words, text) : NULL;
    long number = value ? PyLong_AsLong(value) : -1;
    Py_XDECREF(text);
    Py_XDECREF(value);
    if (PyErr_Occurred()) return false;
    if (number < 0 || number > INT32_MAX)
        return PyErr_Format(PyExc_OverflowError, "the number of a word is not in 31 bits") != NULL;
    if (!reserve(numbers, 1, sizeof(int32_t))) return false;
    ((int32_t *)numbers->at)[numbers->used++] = (int32_t)number;
    return true;
}

/* Append the numbers of a new chunk's words to a pool. */
static bool find_words(TextReader *self, const uint8_t *chunk, size_t size, Pool *numbers, size_t *count) {
    if (!self->words || !is_simple(chunk, size)) return ask(self, chunk, size, numbers, count);
    *count = 0;
    for (size_t at = 0, end; at < size; at = end + 1) {
        end = word_end(chunk, size, at);
        if (end == at) continue;
        if (!append_number(self->words, chunk + at, end - at, numbers)) return false;
        ++*count;
    }
    return true;
}

/* Remember a chunk with the numbers of its words. */
static bool keep(TextReader *self, uint32_t hash, const uint8_t *letters, size_t size, const int32_t *numbers, size_t count) {
    if (!reserve(&self->chunks, 1, sizeof(Chunk)) || !reserve(&self->letters, size, 1) ||
        !reserve(&self->numbers, count, sizeof(int32_t)))
        return false;
    if (2 * self->chunks.used >= self->mask && !widen_slots(self)) return false;
    Chunk chunk = {hash, (uint16_t)size, (uint16_t)count, count == 1 ? numbers[0] : (int32_t)self->numbers.used, {{0}}};
    if (count != 1) {
        if (count) memcpy((int32_t *)self->numbers.at + self->numbers.used, numbers, count * sizeof *numbers);
        self->numbers.used += count;
    }
    if (size <= INLINE) {
        memcpy(chunk.is.letters, letters, size);
    } else {
        chunk.is.start = (uint32_t)self->letters.used;
        memcpy((uint8_t *)self->letters.at + self->letters.used, letters, size);
        self->letters.used += size;
    }
    self->slots[place_of(self, hash, letters, size)] = (uint32_t)(self->chunks.used + 1);
    ((Chunk *)self->chunks.at)[self->chunks.used++] = chunk;
    return true;
}

/* Whether one more chunk can be remembered. */
static bool has_room(const TextReader *self, size_t count) {
    return count <= UINT16_MAX && self->chunks.used < INT32_MAX && self->numbers.used < INT32_MAX - UINT16_MAX &&
           self->letters.used < UINT32_MAX - UINT16_MAX;
}

typedef struct {
    const uint8_t *letters;
    size_t size;
    uint32_t hash;
} Piece;

/* Append the numbers of a chunk's words to `found`. */
static bool read_chunk(TextReader *self, Piece piece, Pool *found) {
    size_t count, before = found->used;
    if (piece.size > (size_t)self->longest) return find_words(self, piece.letters, piece.size, found, &count);
    uint32_t number = self->slots[place_of(self, piece.hash, piece.letters, piece.size)];
    if (!number) {
        if (!find_words(self, piece.letters, piece.size, found, &count)) return false;
        return !has_room(self, count) || keep(self, piece.hash, piece.letters, piece.size, (const int32_t *)found->at + before, count);
    }
    const Chunk *chunk = &((const Chunk *)self->chunks.at)[number - 1];
    if (!reserve(found, chunk->count, sizeof(int32_t))) return false;
    int32_t *to = (int32_t *)found->at + found->used;
    found->used += chunk->count;
    if (chunk->count == 1) *to = chunk->number;
    else if (chunk->count) memcpy(to, (const int32_t *)self->numbers.at + chunk->number, chunk->count * sizeof *to);
    return true;
}

/* Cut the next chunks from a text; return how many. */
static int cut(const TextReader *self, const uint8_t **at, const uint8_t *end, uint8_t *to, Piece *pieces) {
    int count = 0;
    while (*at < end && count < AHEAD) {
        int blank = blank_size(*at, end);
        *at += blank;
        if (blank) continue;
        Piece *piece = &pieces[count++];
        piece->letters = to;
        *at = copy_chunk(*at, end, to, &piece->size);
        to += piece->size;
        strip(&piece->letters, &piece->size);
        piece->hash = piece->size > (size_t)self->longest ? 0 : hash_of(piece->letters, piece->size);
        fetch(&self->slots[piece->hash & self->mask]);
    }
    for (int i = 0; i < count; i++) {
        uint32_t number = self->slots[pieces[i].hash & self->mask];
        if (number) fetch(&((const Chunk *)self->chunks.at)[number - 1]);
    }
    return count;
}

static bool read_text(TextReader *self, PyObject *text, Pool *scratch, Pool *found) {
    const uint8_t *at = (const uint8_t *)PyBytes_AS_STRING(text), *end = at + PyBytes_GET_SIZE(text);
    scratch->used = 0;
    if (!reserve(scratch, (size_t)(end - at) + sizeof(uint64_t), 1)) return false;
    while (at < end) {
        Piece pieces[AHEAD];
        int count = cut(self, &at, end, scratch->at, pieces);
        for (int i = 0; i < count; i++)
            if (!read_chunk(self, pieces[i], found)) return false;
    }
    return true;
}

static PyObject *as_bytes(const Pool *pool, size_t item) {
    return PyBytes_FromStringAndSize(pool->used ? pool->at : "", (Py_ssize_t)(pool->used * item));
}

static PyObject *reader_read(TextReader *self, PyObject *texts) {
    if (!self->slots) return PyErr_Format(PyExc_ValueError, "this reader was not set up");
    PyObject *list = PySequence_Fast(texts, "the texts are no sequence"), *result = NULL;
    if (!list) return NULL;
    Py_ssize_t size = PySequence_Fast_GET_SIZE(list);
    Pool scratch = {0}, found = {0}, counts = {0};
    bool done = reserve(&counts, (size_t)size, sizeof(int64_t));
    for (Py_ssize_t i = 0; done && i < size; i++) {
        PyObject *text = PySequence_Fast_GET_ITEM(list, i);
        size_t before = found.used;
        if (!PyBytes_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "a text is not given as bytes");
            done = false;
        } else if ((done = read_text(self, text, &scratch, &found))) {
            ((int64_t *)counts.at)[counts.used++] = (int64_t)(found.used - before);
        }
    }
    if (done)
        result = Py_BuildValue("NN", as_bytes(&found, sizeof(int32_t)), as_bytes(&counts, sizeof(int64_t)));
    PyMem_Free(scratch.at);
    PyMem_Free(found.at);
    PyMem_Free(counts.at);
    Py_DECREF(list);
    return result;
}

/* The type. */

static void clear(TextReader *self) {
    Py_CLEAR(self->missing);
    Py_CLEAR(self->words);
    PyMem_Free(self->chunks.at);
    PyMem_Free(self->letters.at);
    PyMem_Free(self->numbers.at);
    PyMem_Free(self->slots);
    self->slots = NULL;
    self->chunks = self->letters = self->numbers = (Pool){0};
}

static int reader_init(TextReader *self, PyObject *arguments, PyObject *names) {
    static char *keywords[] = {"missing", "longest", "words", NULL};
    PyObject *missing, *words = NULL;
    Py_ssize_t longest;
    if (self->slots) return PyErr_SetString(PyExc_ValueError, "this reader was set up before"), -1;
    if (!PyArg_ParseTupleAndKeywords(arguments, names, "On|O", keywords, &missing, &longest, &words)) return -1;
    self->longest = longest < 0 ? 0 : longest > UINT16_MAX ? UINT16_MAX : longest;
    self->missing = Py_NewRef(missing);
    self->words = words && words != Py_None ? Py_NewRef(words) : NULL;
    return widen_slots(self) ? 0 : -1;
}

static Py_ssize_t reader_length(TextReader *self) { return (Py_ssize_t)self->chunks.used; }

static int reader_traverse(TextReader *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->missing);
    Py_VISIT(self->words);
    return 0;
}

static int reader_clear(TextReader *self) {
    Py_CLEAR(self->missing);
    Py_CLEAR(self->words);
    return 0;
}

static void reader_dealloc(TextReader *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    clear(self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyMethodDef reader_methods[] = {{"read", (PyCFunction)reader_read, METH_O, NULL}, {NULL, NULL, 0, NULL}};

static PyType_Slot reader_slots[] = {
    {Py_tp_init, reader_init}, {Py_tp_dealloc, reader_dealloc}, {Py_tp_methods, reader_methods},
    {Py_tp_traverse, reader_traverse}, {Py_tp_clear, reader_clear}, {Py_sq_length, reader_length},
    {Py_tp_new, PyType_GenericNew}, {0, NULL},
};

static PyType_Spec reader_spec = {
    "searchq.kernel.texts.TextReader", sizeof(TextReader), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, reader_slots,
};

/* Names within texts. */

static bool is_word_character(Py_UCS4 character) { return character == '_' || Py_UNICODE_ISALNUM(character); }

/* capitalised(text, names): where the names stand among what `(?:IJ|[A-Z])[a-z]+(?!\w)` finds: pairs of start and end. */
static PyObject *capitalised(PyObject *Py_UNUSED(module), PyObject *const *arguments, Py_ssize_t count) {
    if (count != 2 || !PyUnicode_Check(arguments[0]) || !PyAnySet_Check(arguments[1]))
        return PyErr_Format(PyExc_TypeError, "a text and a set of names are expected");
    PyObject *text = arguments[0], *places = PyList_New(0);
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0;
    while (places && at < size) {
        Py_ssize_t start = at;
        Py_UCS4 character = PyUnicode_READ(kind, data, at++);
        if (character < 'A' || character > 'Z') continue;
        bool digraph = character == 'I' && at < size && PyUnicode_READ(kind, data, at) == 'J'; /* IJzer */
        Py_ssize_t small = at += digraph;
        while (at < size && (character = PyUnicode_READ(kind, data, at)) >= 'a' && character <= 'z') at++;
        if (at == small || (at < size && is_word_character(character))) {
            if (digraph) at = start + 1;
            continue;
        }
        PyObject *word = PyUnicode_Substring(text, start, at);
        int listed = word ? PySet_Contains(arguments[1], word) : -1;
        Py_XDECREF(word);
        PyObject *place = listed > 0 ? Py_BuildValue("nn", start, at) : NULL;
        if (listed < 0 || (listed && (!place || PyList_Append(places, place)))) Py_CLEAR(places);
        Py_XDECREF(place);
    }
    return places;
}

static PyMethodDef functions[] = {
    {"capitalised", (PyCFunction)(void (*)(void))capitalised, METH_FASTCALL, NULL}, {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) {
    fill_kinds();
    PyObject *type = PyType_FromSpec(&reader_spec);
    if (!type) return -1;
    int failed = PyModule_AddObjectRef(module, "TextReader", type);
    Py_DECREF(type);
    return failed ? failed : PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.texts", "The words of texts.", 0, functions, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_texts(void) { return PyModuleDef_Init(&module); }
