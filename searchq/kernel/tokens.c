/* searchq.kernel.tokens: text as numbers of the strings of a table; see tokens.pyi and index/records/tokens.py. */

#include "arrays.h"

#include <string.h>

#define VERSION 4 /* raise it here and in __init__.py when either needs the other to change */

#define BYTES 256      /* the first tokens: one for every byte */
#define MOST 65536     /* tokens of a table */
#define LONGEST 32     /* bytes of a token */
#define SHORT 8        /* tokens of so many bytes are found by all of them, longer ones by their first so many */
#define SLOTS (1 << 17)
#define HEAD 5         /* bytes of a piece before its codes: a mark, and their checksum */
#define LANES 8        /* texts that are packed side by side */
#define MARK 1
#define AHEAD 64       /* codes looked up before their texts are copied */
#define MULTIPLIER 0x9E3779B97F4A7C15ull

static inline uint64_t load64(const unsigned char *at) {
    uint64_t found;
    memcpy(&found, at, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    found = __builtin_bswap64(found);
#endif
    return found;
}

static inline unsigned load16(const unsigned char *at) { return at[0] | at[1] << 8; }

static inline uint64_t first_bytes(uint64_t word, int count) { return count < 8 ? word & ((1ull << 8 * count) - 1) : word; }

#if defined(__GNUC__) || defined(__clang__)
#define fetch(at) __builtin_prefetch(at)
#else
#define fetch(at) ((void)0)
#endif

/* The tokens, and how the longest at a place is found. A slot is empty if its token is 0, which is a byte. */

typedef struct {
    uint32_t start : 26; /* 65,536 tokens of 32 bytes end at 2^21 */
    uint32_t length : 6;
} Token;

typedef struct {
    uint64_t word; /* of its first bytes, 8 at most */
    uint32_t length;
    uint32_t id; /* or, of a longer token, its place among these */
} Slot;

typedef struct {
    uint64_t then;    /* its bytes from the ninth on, 8 at most */
    uint16_t id;
    uint16_t shorter; /* the place of the next token that begins with the same 8, among the longer ones; 0: none */
    uint8_t length;
} Long;

typedef struct {
    uint64_t held[1 << 14]; /* of the hashes of what the slots hold: a bit each, which fit in a cache; most that is looked for is absent */
    Slot by_text[SLOTS];  /* tokens of up to 8 bytes */
    Slot by_begin[SLOTS]; /* the longest token that begins with 8 bytes */
    Long longer[MOST];
    uint8_t lengths[1 << 16]; /* of the tokens of up to 8 bytes that begin with 2 bytes: a bit each, from 2 on */
} Finder;

typedef struct {
    PyObject_HEAD
    Py_ssize_t count;
    Token *tokens;
    unsigned char *texts; /* end with LONGEST bytes more, so that whole words can be read */
    Finder *finder;       /* made when something is packed */
} Table;

static inline uint64_t hashed(uint64_t word, unsigned length) { return (word ^ (uint64_t)length << 56) * MULTIPLIER; }

/* The slot of some bytes, or the empty one where they belong. */
static inline Slot *slot_of(Slot *slots, uint64_t word, unsigned length) {
    for (size_t at = hashed(word, length) >> 47;; at = (at + 1) & (SLOTS - 1)) {
        Slot *slot = &slots[at];
        if (!slot->id || (slot->word == word && slot->length == length)) return slot;
    }
}

/* The token, or place, in the slot of some bytes; 0: there is none. */
static inline unsigned look_up(const Finder *finder, const Slot *slots, uint64_t word, unsigned length) {
    const uint64_t bit = hashed(word, length) >> 44;
    return finder->held[bit >> 6] >> (bit & 63) & 1 ? slot_of((Slot *)slots, word, length)->id : 0;
}

static void enter(Table *table, unsigned id) {
    Finder *finder = table->finder;
    const Token token = table->tokens[id];
    const unsigned char *text = table->texts + token.start;
    const unsigned begin = token.length < SHORT ? token.length : SHORT;
    const uint64_t word = first_bytes(load64(text), (int)begin);
    if (token.length < 2) return;
    Slot *slot = slot_of(token.length > SHORT ? finder->by_begin : finder->by_text, word, begin);
    if (token.length <= SHORT) finder->lengths[load16(text)] |= (uint8_t)(1 << (token.length - 2));
    unsigned before = 0, after = token.length > SHORT ? slot->id : 0;
    Long *longer = finder->longer;
    while (after && longer[after].length > token.length) before = after, after = longer[after].shorter;
    if (token.length > SHORT)
        longer[id] = (Long){first_bytes(load64(text + SHORT), (int)token.length - SHORT), (uint16_t)id, (uint16_t)after, (uint8_t)token.length};
    if (before) longer[before].shorter = (uint16_t)id;
    else *slot = (Slot){word, begin, id};
    const uint64_t bit = hashed(word, begin) >> 44;
    finder->held[bit >> 6] |= 1ull << (bit & 63);
}

/* Puts tokens that begin alike side by side, where one look into memory finds several; none is entered after that. */
static bool settle(Finder *finder) {
    Long *settled = PyMem_Malloc(sizeof finder->longer);
    if (!settled) return PyErr_NoMemory(), false;
    unsigned places = 1;
    for (Slot *slot = finder->by_begin; slot < finder->by_begin + SLOTS; slot++) {
        unsigned at = slot->id;
        if (at) slot->id = places;
        for (; at; at = finder->longer[at].shorter) {
            settled[places] = finder->longer[at];
            places++;
            settled[places - 1].shorter = finder->longer[at].shorter ? (uint16_t)places : 0;
        }
    }
    memcpy(finder->longer, settled, places * sizeof(Long));
    PyMem_Free(settled);
    return true;
}

static inline bool same_after(const unsigned char *left, const unsigned char *right, int from, int length) {
    for (int at = from; at < length; at += 8)
        if (first_bytes(load64(left + at) ^ load64(right + at), length - at < 8 ? length - at : 8)) return false;
    return true;
}

/* What is found at a place, in three steps, so that what each needs can be fetched into the cache meanwhile. */
typedef struct {
    uint64_t word; /* its first bytes */
    unsigned place; /* of the first of the longer tokens that begin so; 0: none */
    unsigned length; /* of the longest of the others that may be here; 0: none */
} Sight;

static inline unsigned next_length(const Finder *finder, uint64_t word, unsigned lengths) {
    for (unsigned length = SHORT; lengths; length--) {
        const unsigned bit = 1u << (length - 2);
        if (!(lengths & bit)) continue;
        lengths ^= bit;
        const uint64_t at = hashed(first_bytes(word, (int)length), length) >> 44;
        if (finder->held[at >> 6] >> (at & 63) & 1) return length;
    }
    return 0;
}

static inline Sight look(const Finder *finder, const unsigned char *text) {
    const Sight sight = {load64(text), 0, 0};
    fetch(&finder->held[hashed(sight.word, SHORT) >> 50]);
    fetch(&finder->by_begin[hashed(sight.word, SHORT) >> 47]);
    fetch(&finder->lengths[load16(text)]);
    return sight;
}

static inline void aim(const Finder *finder, Sight *sight, Py_ssize_t left) {
    unsigned lengths = left > 1 ? finder->lengths[sight->word & 0xFFFF] : 0;
    if (left < SHORT) lengths &= (1u << (left > 1 ? left - 1 : 0)) - 1;
    sight->place = left > SHORT ? look_up(finder, finder->by_begin, sight->word, SHORT) : 0;
    sight->length = next_length(finder, sight->word, lengths);
    if (sight->place) fetch(&finder->longer[sight->place]);
    if (sight->length) fetch(&finder->by_text[hashed(first_bytes(sight->word, (int)sight->length), sight->length) >> 47]);
}

/* The longest token at a place with `left` bytes, after which LONGEST more can be read, and its length. */
static inline unsigned hit(const Table *table, const Sight *sight, const unsigned char *text, Py_ssize_t left, unsigned *found) {
    const Finder *finder = table->finder;
    for (unsigned at = sight->place; at; at = finder->longer[at].shorter) {
        const Long own = finder->longer[at];
        if (own.length > left || first_bytes(load64(text + SHORT), own.length - SHORT) != own.then) continue;
        if (own.length > 2 * SHORT && !same_after(table->texts + table->tokens[own.id].start, text, 2 * SHORT, own.length)) continue;
        *found = own.length;
        return own.id;
    }
    for (unsigned length = sight->length; length;) {
        const unsigned id = slot_of((Slot *)finder->by_text, first_bytes(sight->word, (int)length), length)->id;
        *found = length;
        if (id) return id;
        length = next_length(finder, sight->word, finder->lengths[sight->word & 0xFFFF] & ((1u << (length - 2)) - 1));
    }
    *found = 1;
    return text[0];
}

static inline unsigned longest(const Table *table, const unsigned char *text, Py_ssize_t left, unsigned *found) {
    Sight sight = look(table->finder, text);
    aim(table->finder, &sight, left);
    return hit(table, &sight, text, left, found);
}

static bool make_finder(Table *table) {
    if (table->finder) return true;
    table->finder = PyMem_Calloc(1, sizeof(Finder));
    if (!table->finder) return PyErr_NoMemory(), false;
    for (Py_ssize_t id = BYTES; id < table->count; id++) enter(table, (unsigned)id);
    return true;
}

static bool is_ready(Table *table) { return table->finder || (make_finder(table) && settle(table->finder)); }

/* Pieces. */

static uint32_t checksum(const unsigned char *codes, Py_ssize_t size) {
    uint64_t sum = (uint64_t)size;
    Py_ssize_t at = 0;
    for (; at + 8 <= size; at += 8) sum = (sum ^ load64(codes + at)) * MULTIPLIER;
    if (at < size) {
        unsigned char last[8] = {0};
        memcpy(last, codes + at, (size_t)(size - at));
        sum = (sum ^ load64(last)) * MULTIPLIER;
    }
    return (uint32_t)((sum ^ sum >> 32) * MULTIPLIER >> 32);
}

static PyObject *torn(const char *what) {
    PyErr_SetString(PyExc_ValueError, what);
    return NULL;
}

/* Memory for the text of a piece, used for one after another. */

typedef struct {
    unsigned char near[1 << 14];
    unsigned char *bytes; /* of longer ones, or NULL */
    Py_ssize_t size;
} Room;

static void make_room(Room *room) { /* an initialiser would clear `near` */
    room->bytes = NULL;
    room->size = 0;
}

static unsigned char *room_for(Room *room, Py_ssize_t size) {
    if (size <= (Py_ssize_t)sizeof room->near) return room->near;
    if (size > room->size) {
        PyMem_Free(room->bytes);
        room->bytes = PyMem_Malloc((size_t)size);
        room->size = room->bytes ? size : 0;
        if (!room->bytes) PyErr_NoMemory();
    }
    return room->bytes;
}

/* Looks some codes up, so that their texts are fetched side by side. */
static bool find_tokens(const Table *table, const unsigned char *codes, Py_ssize_t count, Token *tokens) {
    for (Py_ssize_t i = 0; i < count; i++) {
        const unsigned id = load16(codes + 2 * i);
        if (id >= table->count) return false;
        tokens[i] = table->tokens[id];
        fetch(table->texts + tokens[i].start);
    }
    return true;
}

/* Writes the text of some codes, each of which has LONGEST bytes of room; its end, or NULL if it names an unknown token. */
static unsigned char *read_codes(const Table *table, const unsigned char *codes, Py_ssize_t count, unsigned char *text) {
    Token tokens[AHEAD];
    for (Py_ssize_t first = 0; first < count; first += AHEAD) {
        const Py_ssize_t some = count - first < AHEAD ? count - first : AHEAD;
        if (!find_tokens(table, codes + 2 * first, some, tokens)) return NULL;
        for (Py_ssize_t i = 0; i < some; i++) {
            memcpy(text, table->texts + tokens[i].start, 16);
            if (tokens[i].length > 16) memcpy(text + 16, table->texts + tokens[i].start + 16, 16);
            text += tokens[i].length;
        }
    }
    return text;
}

/* The text of a piece, and its length; NULL with an error if it was altered. */
static unsigned char *read_piece(const Table *table, const unsigned char *piece, Py_ssize_t size, Room *room, Py_ssize_t *length) {
    size -= HEAD;
    if (size < 0 || size % 2 || piece[0] != MARK) return torn("its head was altered"), NULL;
    if (checksum(piece + HEAD, size) != (piece[1] | piece[2] << 8 | piece[3] << 16 | (uint32_t)piece[4] << 24))
        return torn("its checksum differs"), NULL;
    unsigned char *text = room_for(room, size / 2 * LONGEST);
    unsigned char *end = text ? read_codes(table, piece + HEAD, size / 2, text) : NULL;
    if (text && !end) return torn("it names an unknown token"), NULL;
    if (text) *length = end - text;
    return text;
}

static PyObject *unpack(PyObject *self, PyObject *piece) {
    Py_buffer view;
    Room room;
    Py_ssize_t length;
    if (PyObject_GetBuffer(piece, &view, PyBUF_SIMPLE) < 0) return NULL;
    make_room(&room);
    const unsigned char *text = read_piece((Table *)self, view.buf, view.len, &room, &length);
    PyObject *found = text ? PyBytes_FromStringAndSize((const char *)text, length) : NULL;
    PyMem_Free(room.bytes);
    PyBuffer_Release(&view);
    return found;
}

/* Records: the header as the question that `decode` makes of it, into which its texts are filled. */

static PyObject *question_name, *answer_name, *answers_name, *text_name, *first_seen_name, *answer_first_seen_name;

typedef struct {
    const Table *table;
    Arrays pieces; /* the headers and where they start, the texts and where they do */
    PyObject *decode;
    Room room;
} Reading;

/* Where a piece of a document is; false where it is nowhere. */
static inline bool place_of(const Reading *reading, Py_ssize_t doc, int kind, int64_t *start, int64_t *end) {
    const Py_buffer *pieces = &reading->pieces.views[2 * kind], *starts = pieces + 1;
    if (doc < 0 || doc >= items(starts) - 1) return false;
    *start = number(starts, doc);
    *end = number(starts, doc + 1);
    return *start >= 0 && *start <= *end && *end <= pieces->len;
}

static unsigned char *read_own(Reading *reading, Py_ssize_t doc, int kind, Py_ssize_t *length) {
    int64_t start, end;
    if (!place_of(reading, doc, kind, &start, &end)) return torn("there is no such document, or its place was altered"), NULL;
    const unsigned char *piece = (unsigned char *)reading->pieces.views[2 * kind].buf + start;
    return read_piece(reading->table, piece, end - start, &reading->room, length);
}

static PyObject *decoded(const unsigned char *text, Py_ssize_t size) { return PyUnicode_DecodeUTF8((const char *)text, size, NULL); }

static bool fill_answers(PyObject *made, PyObject *answer) {
    PyObject *answers = PyObject_GetAttr(made, answers_name);
    bool done = answers && (PyTuple_Check(answers) || (PyErr_SetString(PyExc_TypeError, "the answers are no tuple"), false));
    for (Py_ssize_t i = 0; done && i < PyTuple_GET_SIZE(answers); i++)
        done = !PyObject_GenericSetAttr(PyTuple_GET_ITEM(answers, i), text_name, answer);
    Py_XDECREF(answers);
    return done;
}

/* Fills in the texts of a question that was just decoded, which nobody else has yet; a frozen one, too. */
static bool fill_texts(PyObject *made, const unsigned char *text, Py_ssize_t size) {
    const unsigned char *middle = memchr(text, 0, (size_t)size), *end = text + size;
    PyObject *question = decoded(text, (middle ? middle : end) - text);
    PyObject *answer = !question ? NULL : middle ? decoded(middle + 1, end - middle - 1) : Py_NewRef(Py_None);
    const bool done = answer && !PyObject_GenericSetAttr(made, question_name, question) &&
                      !PyObject_GenericSetAttr(made, answer_name, answer) && fill_answers(made, answer);
    Py_XDECREF(question);
    Py_XDECREF(answer);
    return done;
}

/* Whether a table packed the texts of a document, and not as JSON: no header is decoded in vain. */
static bool are_plain(const Reading *reading, Py_ssize_t doc) {
    int64_t start, end;
    if (!place_of(reading, doc, 1, &start, &end) || end - start < HEAD + 2) return torn("its texts are missing"), false;
    const unsigned char *piece = (unsigned char *)reading->pieces.views[2].buf + start;
    const Table *table = reading->table;
    const unsigned first = load16(piece + HEAD);
    if (piece[0] != MARK || first >= table->count || table->texts[table->tokens[first].start] == '{')
        return torn("other texts than plain ones"), false;
    return true;
}

static PyObject *read_header(Reading *reading, Py_ssize_t doc) {
    Py_ssize_t size;
    const unsigned char *text = read_own(reading, doc, 0, &size);
    PyObject *header = text ? PyBytes_FromStringAndSize((const char *)text, size) : NULL;
    PyObject *made = header ? PyObject_CallOneArg(reading->decode, header) : NULL;
    Py_XDECREF(header);
    return made;
}

/* The question of a document; None of one that is to be read apart. */
static PyObject *read_record(Reading *reading, Py_ssize_t doc) {
    Py_ssize_t size;
    PyObject *made = are_plain(reading, doc) ? read_header(reading, doc) : NULL;
    const unsigned char *text = made ? read_own(reading, doc, 1, &size) : NULL;
    if (text && fill_texts(made, text, size)) return made;
    Py_XDECREF(made);
    if (!PyErr_ExceptionMatches(PyExc_ValueError)) return NULL;
    PyErr_Clear();
    return Py_NewRef(Py_None);
}

static PyObject *read_all(Reading *reading, const Py_ssize_t *docs, Py_ssize_t count) {
    PyObject *found = PyList_New(count);
    for (Py_ssize_t i = 0; found && i < count; i++) {
        PyObject *record = read_record(reading, docs[i]);
        if (record) PyList_SET_ITEM(found, i, record);
        else Py_CLEAR(found);
    }
    return found;
}

/* The numbers of a list; NULL, with an error, where it is none or memory is short. */
static Py_ssize_t *numbers_of(PyObject *list, Py_ssize_t *count) {
    if (!PyList_Check(list)) return PyErr_SetString(PyExc_TypeError, "a list of documents is expected"), NULL;
    *count = PyList_GET_SIZE(list);
    Py_ssize_t *numbers = PyMem_Malloc((size_t)(*count + 1) * sizeof *numbers);
    if (!numbers) return PyErr_NoMemory(), NULL;
    for (Py_ssize_t i = 0; i < *count; i++) {
        numbers[i] = i < PyList_GET_SIZE(list) ? PyLong_AsSsize_t(PyList_GET_ITEM(list, i)) : -1;
        if (numbers[i] == -1 && PyErr_Occurred()) return PyMem_Free(numbers), NULL;
    }
    return numbers;
}

static PyObject *records(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Reading reading;
    Py_ssize_t count;
    if (!are_given(given, 6)) return NULL;
    Py_ssize_t *docs = numbers_of(args[4], &count);
    if (!docs) return NULL;
    PyObject *found = NULL;
    if (take(&reading.pieces, args, 4, 4, "-0-0")) {
        reading.table = (Table *)self;
        reading.decode = args[5];
        make_room(&reading.room);
        found = read_all(&reading, docs, count);
        PyMem_Free(reading.room.bytes);
        release(&reading.pieces);
    }
    PyMem_Free(docs);
    return found;
}

/* When questions were first seen: a column of seconds, of which most of a page are alike. */

typedef struct {
    const Py_buffer *column;
    PyObject *name, *moment; /* the last one, or NULL */
    int64_t second;
} Seen;

static bool fill_moment(Seen *seen, PyObject *question, Py_ssize_t doc, PyObject *moment_of) {
    if (doc < 0 || doc >= items(seen->column)) return PyErr_SetString(PyExc_IndexError, "there is no such document"), false;
    const int64_t second = number(seen->column, doc);
    if (!seen->moment || second != seen->second) {
        PyObject *own = PyLong_FromLongLong(second), *moment = own ? PyObject_CallOneArg(moment_of, own) : NULL;
        Py_XDECREF(own);
        if (!moment) return false;
        Py_XSETREF(seen->moment, moment);
        seen->second = second;
    }
    return !PyObject_GenericSetAttr(question, seen->name, seen->moment);
}

static bool fill_moments(PyObject *questions, const Py_ssize_t *docs, Py_ssize_t count, const Arrays *columns, PyObject *moment_of) {
    Seen asked = {&columns->views[0], first_seen_name, NULL, 0}, answered = {&columns->views[1], answer_first_seen_name, NULL, 0};
    bool done = true;
    for (Py_ssize_t i = 0; done && i < count; i++) {
        PyObject *own = i < PyList_GET_SIZE(questions) ? Py_NewRef(PyList_GET_ITEM(questions, i)) : NULL;
        if (!own) PyErr_SetString(PyExc_ValueError, "there are more documents than questions");
        done = own && fill_moment(&asked, own, docs[i], moment_of) && fill_moment(&answered, own, docs[i], moment_of);
        Py_XDECREF(own);
    }
    Py_XDECREF(asked.moment);
    Py_XDECREF(answered.moment);
    return done;
}

/* tell(questions, docs, asked, answered, moment_of): fills in when they were first seen, and their answers. */
static PyObject *tell(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t given) {
    Arrays columns;
    Py_ssize_t count;
    if (!are_given(given, 5)) return NULL;
    if (!PyList_Check(args[0])) return PyErr_SetString(PyExc_TypeError, "a list of questions is expected"), NULL;
    Py_ssize_t *docs = numbers_of(args[1], &count);
    if (!docs) return NULL;
    bool done = false;
    if (take(&columns, args + 2, 2, 2, "00")) {
        done = fill_moments(args[0], docs, count, &columns, args[4]);
        release(&columns);
    }
    PyMem_Free(docs);
    return done ? Py_NewRef(Py_None) : NULL;
}

/* Several texts are packed side by side, so that each waits for memory while the others go on. */

typedef struct {
    unsigned char *room; /* of the piece, which is written before the text */
    unsigned char *codes;
    const unsigned char *at, *end;
    Py_ssize_t number;
    Sight sight;
} Lane;

static bool begin(Lane *lane, PyObject *texts, Py_ssize_t number) {
    char *text;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(PyList_GET_ITEM(texts, number), &text, &size) < 0) return false;
    lane->room = PyMem_Malloc(HEAD + 3 * (size_t)size + LONGEST);
    if (!lane->room) return PyErr_NoMemory(), false;
    unsigned char *copy = lane->room + HEAD + 2 * size;
    memcpy(copy, text, (size_t)size);
    memset(copy + size, 0, LONGEST);
    lane->codes = lane->room + HEAD;
    lane->at = copy;
    lane->end = copy + size;
    lane->number = number;
    return true;
}

static PyObject *finish(Lane *lane) {
    const uint32_t sum = checksum(lane->room + HEAD, lane->codes - lane->room - HEAD);
    lane->room[0] = MARK;
    for (int i = 0; i < 4; i++) lane->room[1 + i] = (unsigned char)(sum >> 8 * i);
    PyObject *piece = PyBytes_FromStringAndSize((char *)lane->room, lane->codes - lane->room);
    PyMem_Free(lane->room);
    lane->room = NULL;
    return piece;
}

static void step(const Table *table, Lane *lanes, int count) {
    for (int i = 0; i < count; i++) lanes[i].sight = look(table->finder, lanes[i].at);
    for (int i = 0; i < count; i++) aim(table->finder, &lanes[i].sight, lanes[i].end - lanes[i].at);
    for (int i = 0; i < count; i++) {
        Lane *lane = &lanes[i];
        unsigned length;
        const unsigned id = hit(table, &lane->sight, lane->at, lane->end - lane->at, &length);
        *lane->codes++ = (unsigned char)id;
        *lane->codes++ = (unsigned char)(id >> 8);
        lane->at += length;
    }
}

/* Moves on from texts that are packed to the next ones; how many lanes are under way, or -1 with an exception. */
static int refill(Lane *lanes, int count, PyObject *texts, Py_ssize_t *next, PyObject *pieces) {
    const Py_ssize_t size = PyList_GET_SIZE(pieces) < PyList_GET_SIZE(texts) ? PyList_GET_SIZE(pieces) : PyList_GET_SIZE(texts);
    for (int i = 0; i < LANES;) {
        Lane *lane = &lanes[i];
        if (i < count && lane->at < lane->end) {
            i++;
        } else if (i < count && lane->room) {
            PyObject *piece = finish(lane);
            if (!piece) return -1;
            PyList_SET_ITEM(pieces, lane->number, piece);
        } else if (*next < size) {
            if (!begin(lane, texts, (*next)++)) return -1;
            count = i < count ? count : i + 1;
        } else if (i < count) {
            *lane = lanes[--count];
            lanes[count].room = NULL;
            lanes[count].at = lanes[count].end = NULL;
        } else break;
    }
    return count;
}

static PyObject *pack(PyObject *self, PyObject *texts) {
    Lane lanes[LANES] = {{0}};
    Py_ssize_t next = 0;
    if (!PyList_Check(texts)) return PyErr_SetString(PyExc_TypeError, "the texts are a list"), NULL;
    if (!is_ready((Table *)self)) return NULL;
    PyObject *pieces = PyList_New(PyList_GET_SIZE(texts));
    int count = pieces ? refill(lanes, 0, texts, &next, pieces) : -1;
    while (count > 0) {
        step((Table *)self, lanes, count);
        count = refill(lanes, count, texts, &next, pieces);
    }
    for (int i = 0; i < LANES; i++) PyMem_Free(lanes[i].room);
    if (count < 0) Py_CLEAR(pieces);
    return pieces;
}

/* The table. */

static bool has_room(Table *table, Py_ssize_t tokens, Py_ssize_t bytes) {
    table->tokens = PyMem_Malloc((size_t)tokens * sizeof(Token));
    table->texts = PyMem_Calloc((size_t)bytes + LONGEST, 1);
    return table->tokens && table->texts ? true : (PyErr_NoMemory(), false);
}

static bool fill(Table *table, const Py_buffer *lengths, const Py_buffer *texts) {
    const unsigned char *each = lengths->buf;
    if (lengths->len < BYTES || lengths->len > MOST) return torn("a table of too few or too many tokens"), false;
    if (!has_room(table, lengths->len, texts->len)) return false;
    memcpy(table->texts, texts->buf, (size_t)texts->len);
    Py_ssize_t start = 0;
    for (Py_ssize_t id = 0; id < lengths->len; id++) {
        const bool fits = each[id] >= 1 && each[id] <= LONGEST && start + each[id] <= texts->len;
        if (!fits || (id < BYTES && (each[id] != 1 || table->texts[start] != id))) return torn("its tokens do not fit"), false;
        table->tokens[id] = (Token){(uint32_t)start, each[id]};
        start += each[id];
    }
    table->count = lengths->len;
    return start == texts->len ? true : (torn("its tokens do not fit"), false);
}

static PyObject *table_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    Py_buffer lengths, texts;
    if (!PyArg_ParseTuple(args, "y*y*", &lengths, &texts)) return NULL;
    Table *table = (Table *)type->tp_alloc(type, 0);
    if (table && !fill(table, &lengths, &texts)) Py_CLEAR(table);
    PyBuffer_Release(&lengths);
    PyBuffer_Release(&texts);
    return (PyObject *)table;
}

static void table_dealloc(PyObject *self) {
    Table *table = (Table *)self;
    PyMem_Free(table->tokens);
    PyMem_Free(table->texts);
    PyMem_Free(table->finder);
    Py_TYPE(self)->tp_free(self);
}

static PyMethodDef table_methods[] = {
    {"pack", pack, METH_O, NULL},
    {"unpack", unpack, METH_O, NULL},
    {"records", (PyCFunction)(void (*)(void))records, METH_FASTCALL, NULL},
    {NULL},
};

static PyTypeObject table_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "searchq.kernel.tokens.Table",
    .tp_basicsize = sizeof(Table),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = table_new,
    .tp_dealloc = table_dealloc,
    .tp_methods = table_methods,
};

/* Learning: two tokens that stood side by side so often become one. */

#define PAIR_SLOTS (1 << 21)
#define MOST_PAIRS (1 << 20)

typedef struct {
    uint32_t pair;
    uint32_t seen; /* and one; 0 is an empty slot */
} Count;

typedef struct {
    Count *slots;
    Py_ssize_t used;
} Counts;

static Count *count_of(Counts *counts, unsigned left, unsigned right) {
    const uint32_t pair = (uint32_t)left << 16 | right;
    size_t at = (size_t)((pair + 1) * MULTIPLIER >> 43);
    while (counts->slots[at].seen && counts->slots[at].pair != pair) at = (at + 1) & (PAIR_SLOTS - 1);
    Count *found = &counts->slots[at];
    if (found->seen) return found;
    if (counts->used == MOST_PAIRS) return NULL;
    counts->used++;
    *found = (Count){pair, 1};
    return found;
}

static unsigned append(Table *table, const unsigned char *text, Py_ssize_t length) {
    const Token last = table->tokens[table->count - 1];
    const unsigned id = (unsigned)table->count++;
    table->tokens[id] = (Token){last.start + last.length, (uint32_t)length};
    memcpy(table->texts + last.start + last.length, text, (size_t)length);
    enter(table, id);
    return id;
}

static void learn_from(Table *table, Counts *counts, uint32_t least, const unsigned char *text, Py_ssize_t size) {
    Py_ssize_t at = 0, begin = 0;
    unsigned before = MOST;
    while (at < size && table->count < MOST) {
        unsigned length;
        const unsigned id = longest(table, text + at, size - at, &length);
        const Py_ssize_t end = at + length;
        Count *count = before < MOST && end - begin <= LONGEST ? count_of(counts, before, id) : NULL;
        if (count && ++count->seen > least) {
            count->seen = 1;
            const unsigned whole = longest(table, text + begin, end - begin, &length);
            before = length == end - begin ? whole : append(table, text + begin, end - begin);
        } else {
            before = id;
            begin = at;
        }
        at = end;
    }
}

static PyObject *table_as_bytes(const Table *table) {
    const Token last = table->tokens[table->count - 1];
    PyObject *lengths = PyBytes_FromStringAndSize(NULL, table->count);
    if (!lengths) return NULL;
    for (Py_ssize_t id = 0; id < table->count; id++) PyBytes_AS_STRING(lengths)[id] = (char)table->tokens[id].length;
    return Py_BuildValue("(Ny#)", lengths, (char *)table->texts, (Py_ssize_t)(last.start + last.length));
}

static PyObject *learn_all(Table *table, Counts *counts, uint32_t least, PyObject *samples) {
    for (int byte = 0; byte < BYTES; byte++) {
        table->tokens[byte] = (Token){(uint32_t)byte, 1};
        table->texts[byte] = (unsigned char)byte;
    }
    table->count = BYTES;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(samples); i++) {
        char *text;
        Py_ssize_t size;
        if (PyBytes_AsStringAndSize(PyList_GET_ITEM(samples, i), &text, &size) < 0) return NULL;
        unsigned char *copy = PyMem_Calloc((size_t)size + LONGEST, 1);
        if (!copy) return PyErr_NoMemory();
        memcpy(copy, text, (size_t)size);
        learn_from(table, counts, least, copy, size);
        PyMem_Free(copy);
    }
    return table_as_bytes(table);
}

static PyObject *learn(PyObject *self, PyObject *args) {
    PyObject *samples;
    unsigned int least;
    if (!PyArg_ParseTuple(args, "O!I", &PyList_Type, &samples, &least)) return NULL;
    Table *table = (Table *)table_type.tp_alloc(&table_type, 0);
    if (!table) return NULL;
    Counts counts = {PyMem_Calloc(PAIR_SLOTS, sizeof(Count)), 0};
    PyObject *found = NULL;
    if (!counts.slots) PyErr_NoMemory();
    else if (has_room(table, MOST, (Py_ssize_t)MOST * LONGEST) && make_finder(table)) found = learn_all(table, &counts, least, samples);
    PyMem_Free(counts.slots);
    Py_DECREF(table);
    return found;
}

static PyMethodDef methods[] = {
    {"learn", learn, METH_VARARGS, NULL},
    {"tell", (PyCFunction)(void (*)(void))tell, METH_FASTCALL, NULL},
    {NULL},
};

static PyModuleDef module = {PyModuleDef_HEAD_INIT, "tokens", NULL, -1, methods};

static bool has_name(PyObject **name, const char *text) { return (*name = PyUnicode_InternFromString(text)) != NULL; }

static bool has_names(void) {
    return has_name(&question_name, "question") && has_name(&answer_name, "answer") && has_name(&answers_name, "answers") &&
           has_name(&text_name, "text") && has_name(&first_seen_name, "first_seen") &&
           has_name(&answer_first_seen_name, "answer_first_seen");
}

PyMODINIT_FUNC PyInit_tokens(void) {
    if (PyType_Ready(&table_type) < 0 || !has_names()) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Table", (PyObject *)&table_type) < 0 || PyModule_AddIntConstant(made, "VERSION", VERSION) < 0)
        Py_CLEAR(made);
    return made;
}
