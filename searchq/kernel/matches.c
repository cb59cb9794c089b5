/* searchq.kernel.matches: the documents of a search, joined, scored and ranked; see matches.pyi. */

#include "arrays.h"

#include <string.h>

#define VERSION 9 /* raise it here and in __init__.py when either needs the other to change */

/* The common numbers of two ascending lists. */

#define STEEP 8 /* where one list is so many times longer, its numbers are looked for */

static Py_ssize_t look_for_each(const Py_buffer *few, const Py_buffer *many, int64_t *here, int64_t *there) {
    const Py_ssize_t size = items(few), most = items(many);
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0, at = 0; i < size; i++) {
        const int64_t wanted = number(few, i);
        at = reach_number(many, at, wanted);
        if (at == most) break;
        if (number(many, at) != wanted) continue;
        here[found] = i;
        there[found++] = at;
    }
    return found;
}

static Py_ssize_t merge(const Py_buffer *few, const Py_buffer *many, int64_t *here, int64_t *there) {
    const Py_ssize_t size = items(few), most = items(many);
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0, j = 0; i < size && j < most;) { /* no branch to predict */
        const int64_t left = number(few, i), right = number(many, j);
        here[found] = i;
        there[found] = j;
        found += left == right;
        i += left <= right;
        j += right <= left;
    }
    return found;
}

typedef struct { /* the numbers of a list up to its last one */
    uint64_t *bits;  /* one for each that it holds */
    int32_t *firsts; /* of each 64 numbers: the place of the first that it holds */
    uint64_t last;
} Held;

static void hold(const Py_buffer *numbers, const Held *held) {
    for (Py_ssize_t i = items(numbers) - 1; i >= 0; i--) {
        const uint64_t own = (uint64_t)number(numbers, i);
        if (own > held->last) continue; /* of a list that is not ascending */
        held->bits[own / 64] |= (uint64_t)1 << (own % 64);
        held->firsts[own / 64] = (int32_t)i;
    }
}

static Py_ssize_t find_held(const Py_buffer *few, const Held *held, int64_t *here, int64_t *there) {
    const Py_ssize_t size = items(few);
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i < size; i++) { /* no branch to predict */
        const uint64_t own = (uint64_t)number(few, i);
        if (own > held->last) break;
        here[found] = i;
        found += held->bits[own / 64] >> (own % 64) & 1;
    }
    for (Py_ssize_t i = 0; i < found; i++) {
        const uint64_t own = (uint64_t)number(few, here[i]), before = ((uint64_t)1 << (own % 64)) - 1;
        there[i] = held->firsts[own / 64] + __builtin_popcountll(held->bits[own / 64] & before);
    }
    return found;
}

static Py_ssize_t find_common(const Py_buffer *few, const Py_buffer *many, int64_t *here, int64_t *there) {
    const Py_ssize_t most = items(many);
    if (most / STEEP > items(few)) return look_for_each(few, many, here, there);
    const int64_t last = most ? number(many, most - 1) : -1, words = last / 64 + 1;
    if (last < 0 || words > most || most > INT32_MAX) return merge(few, many, here, there);
    const Held held = {
        PyMem_RawCalloc((size_t)words, sizeof(uint64_t)), PyMem_RawMalloc((size_t)words * sizeof(int32_t)), (uint64_t)last
    };
    Py_ssize_t found;
    if (held.bits && held.firsts) { /* twice as quick where many numbers are near each other */
        hold(many, &held);
        found = find_held(few, &held, here, there);
    } else {
        found = merge(few, many, here, there);
    }
    PyMem_RawFree(held.bits);
    PyMem_RawFree(held.firsts);
    return found;
}

static PyObject *locate(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 4) || !take(&arrays, args, 4, 2, "0088")) return NULL;
    const Py_buffer *left = &arrays.views[0], *right = &arrays.views[1], *here = &arrays.views[2], *there = &arrays.views[3];
    const bool turned = items(left) > items(right);
    const Py_ssize_t least = turned ? items(right) : items(left);
    Py_ssize_t count = -1;
    if (items(here) >= least && items(there) >= least) {
        Py_BEGIN_ALLOW_THREADS
        count = turned ? find_common(right, left, there->buf, here->buf) : find_common(left, right, here->buf, there->buf);
        Py_END_ALLOW_THREADS
    }
    return result(&arrays, count);
}

/* Scores. */

static Py_ssize_t score(const Py_buffer *docs, const float *weights, const Py_buffer *norms, float factor, float *found) {
    const Py_ssize_t size = items(docs), most = items(norms);
    const float *norm = norms->buf;
    for (Py_ssize_t i = 0; i < size; i++) {
        const int64_t doc = number(docs, i);
        if (doc < 0 || doc >= most) return -1;
        found[i] = weights[i] / (weights[i] + norm[doc]) * factor;
    }
    return size;
}

static PyObject *impacts(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 5)) return NULL;
    const double factor = PyFloat_AsDouble(args[3]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[1], args[2], args[4]};
    Arrays arrays;
    if (!take(&arrays, chosen, 4, 3, "0444")) return NULL;
    const Py_buffer *views = arrays.views;
    Py_ssize_t count = -1;
    if (items(&views[1]) == items(&views[0]) && items(&views[3]) == items(&views[0])) {
        Py_BEGIN_ALLOW_THREADS
        count = score(&views[0], views[1].buf, &views[2], (float)factor, views[3].buf);
        Py_END_ALLOW_THREADS
    }
    return result(&arrays, count);
}

static Py_ssize_t weigh_each(const Py_buffer *docs, const float *scores, const Py_buffer *factors, float *out) {
    const Py_ssize_t size = items(docs), most = items(factors);
    const float *factor = factors->buf;
    for (Py_ssize_t i = 0; i < size; i++) {
        const int64_t doc = number(docs, i);
        if (doc < 0 || doc >= most) return -1;
        out[i] = scores[i] * factor[doc];
    }
    return size;
}

static PyObject *weigh(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 4) || !take(&arrays, args, 4, 3, "0444")) return NULL;
    const Py_buffer *views = arrays.views;
    Py_ssize_t count = -1;
    if (items(&views[1]) == items(&views[0]) && items(&views[3]) == items(&views[0])) {
        Py_BEGIN_ALLOW_THREADS
        count = weigh_each(&views[0], views[1].buf, &views[2], views[3].buf);
        Py_END_ALLOW_THREADS
    }
    return result(&arrays, count);
}

static Py_ssize_t join(const Py_buffer *docs, const float *scores, bool greatest, const Py_buffer *totals) {
    const Py_ssize_t size = items(docs), most = items(totals);
    float *total = totals->buf;
    for (Py_ssize_t i = 0; i < size; i++) {
        const int64_t doc = number(docs, i);
        if (doc < 0 || doc >= most) return -1;
        if (!greatest) total[doc] += scores[i];
        else if (scores[i] > total[doc]) total[doc] = scores[i];
    }
    return size;
}

static PyObject *join_scores(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 4)) return NULL;
    const int greatest = PyObject_IsTrue(args[2]);
    if (greatest < 0) return NULL;
    PyObject *const chosen[] = {args[0], args[1], args[3]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 2, "044")) return NULL;
    Py_ssize_t count = -1;
    if (items(&arrays.views[1]) == items(&arrays.views[0])) {
        Py_BEGIN_ALLOW_THREADS
        count = join(&arrays.views[0], arrays.views[1].buf, greatest, &arrays.views[2]);
        Py_END_ALLOW_THREADS
    }
    return result(&arrays, count);
}

/* Counts: how many parts of a query each document matches. */

static Py_ssize_t count_each(const Py_buffer *docs, const Py_buffer *counts) {
    const Py_ssize_t size = items(docs), most = items(counts);
    uint16_t *own = counts->buf;
    for (Py_ssize_t i = 0; i < size; i++) {
        const int64_t doc = number(docs, i);
        if (doc < 0 || doc >= most) return -1;
        own[doc]++;
    }
    return size;
}

static PyObject *count_docs(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 2) || !take(&arrays, args, 2, 1, "02")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = count_each(&arrays.views[0], &arrays.views[1]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

/* Those that are counted often enough, 64 at a time: bit i tells of the count at place i of so many. Eight bytes of 0 or 1 are
   brought together in the highest one by a product. */
static uint64_t often(const uint16_t *counts, Py_ssize_t size, uint16_t least) {
    uint8_t each[64] = {0};
    uint64_t found = 0;
    if (size >= 64) for (int i = 0; i < 64; i++) each[i] = counts[i] >= least;
    else for (int i = 0; i < size; i++) each[i] = counts[i] >= least;
    for (int i = 0; i < 64; i += 8) {
        uint64_t eight;
        memcpy(&eight, each + i, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        eight = __builtin_bswap64(eight);
#endif
        found |= (eight * 0x0102040810204080u >> 56) << i;
    }
    return found;
}

static Py_ssize_t keep_counted(const Py_buffer *counts, int64_t least, const Py_buffer *found) {
    const Py_ssize_t size = items(counts), room = items(found);
    const uint16_t *own = counts->buf, wanted = least < 0 ? 0 : (uint16_t)least;
    int64_t *docs = found->buf;
    Py_ssize_t filled = 0;
    if (least > UINT16_MAX) return 0;
    for (Py_ssize_t i = 0; i < size; i += 64) {
        uint64_t bits = often(own + i, size - i, wanted);
        if (room - filled < __builtin_popcountll(bits)) return -1;
        for (; bits; bits &= bits - 1) docs[filled++] = i + __builtin_ctzll(bits);
    }
    return filled;
}

static PyObject *counted_docs(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Arrays arrays;
    if (!are_given(given, 3)) return NULL;
    const Py_ssize_t least = PyLong_AsSsize_t(args[1]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[2]};
    if (!take(&arrays, chosen, 2, 1, "28")) return NULL;
    Py_ssize_t count;
    Py_BEGIN_ALLOW_THREADS
    count = keep_counted(&arrays.views[0], least, &arrays.views[1]);
    Py_END_ALLOW_THREADS
    return result(&arrays, count);
}

/* Facets: how often each code is in the rows of some documents. */

static Py_ssize_t count_codes(const Py_buffer *rows, int64_t width, const Py_buffer *docs, const Py_buffer *counts) {
    const Py_ssize_t size = items(docs);
    const uint64_t most = (uint64_t)items(counts);
    int64_t *count = counts->buf;
    if (width < 1 || width > INT32_MAX) return -1;
    const int64_t last = items(rows) / width;
    for (Py_ssize_t i = 0; i < size; i++) {
        const int64_t doc = number(docs, i);
        if (doc < 0 || doc >= last) return -1;
        for (int64_t at = doc * width; at < (doc + 1) * width; at++) {
            const uint64_t code = rows->itemsize == 1   ? ((const uint8_t *)rows->buf)[at]
                                  : rows->itemsize == 2 ? ((const uint16_t *)rows->buf)[at]
                                                        : ((const uint32_t *)rows->buf)[at];
            if (code >= most) return -1;
            count[code]++;
        }
    }
    return size;
}

static PyObject *count_rows(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 4)) return NULL;
    const long long width = PyLong_AsLongLong(args[1]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[2], args[3]};
    Arrays arrays;
    if (!take(&arrays, chosen, 3, 2, "-08")) return NULL;
    const Py_buffer *views = arrays.views;
    const Py_ssize_t bytes = views[0].buf ? views[0].itemsize : 0;
    Py_ssize_t count = -1;
    if (bytes == 1 || bytes == 2 || bytes == 4) {
        Py_BEGIN_ALLOW_THREADS
        count = count_codes(&views[0], width, &views[1], &views[2]);
        Py_END_ALLOW_THREADS
    }
    return result(&arrays, count);
}

/* Words near each other: the gain of each document, 1 where a position of both is next to the other, 0.5 within reach. */

static Py_ssize_t join_gains(
    const Py_buffer *left, const Py_buffer *right, const Py_buffer *bases, int64_t window, const Py_buffer *gains
) {
    const Py_ssize_t size = items(left), most = items(right), docs = items(gains);
    float *gain = gains->buf, best = 0;
    Py_ssize_t at = 0, doc = 0;
    if (items(bases) != docs + 1) return -1;
    for (Py_ssize_t i = 0; i < size && most; i++) {
        const int64_t position = number(left, i);
        while (doc < docs && number(bases, doc + 1) <= position) {
            gain[doc++] += best;
            best = 0;
        }
        if (doc == docs || position < number(bases, doc)) return -1;
        at = reach_number(right, at, position);
        int64_t gap = at < most ? number(right, at) - position : INT64_MAX;
        if (at > 0 && position - number(right, at - 1) < gap) gap = position - number(right, at - 1);
        const float own = gap <= 1 ? 1.0f : gap <= window ? 0.5f : 0.0f;
        if (own > best) best = own;
    }
    if (doc < docs) gain[doc] += best;
    return docs;
}

static PyObject *join_near(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 5)) return NULL;
    const long long window = PyLong_AsLongLong(args[3]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[1], args[2], args[4]};
    Arrays arrays;
    if (!take(&arrays, chosen, 4, 3, "0004")) return NULL;
    const Py_buffer *views = arrays.views;
    return result(&arrays, join_gains(&views[0], &views[1], &views[2], window, &views[3]));
}

/* The best matches: full before partial, by score, then the later day, then the lower number, then the earlier place. */

typedef struct {
    const int64_t *docs;
    const float *scores;
    const uint8_t *partial; /* NULL: none is */
    const Py_buffer *days, *numbers;
    int64_t missing; /* instead of a number; the last */
    bool torn;       /* a document was none of the columns' */
} Ranking;

static bool is_before(Ranking *ranking, int64_t left, int64_t right) {
    if (ranking->partial && ranking->partial[left] != ranking->partial[right]) return !ranking->partial[left];
    const float score = ranking->scores[left], other = ranking->scores[right];
    if (score != other) return score > other;
    const int64_t a = ranking->docs[left], b = ranking->docs[right], most = items(ranking->days);
    if (a < 0 || b < 0 || a >= most || b >= most) {
        ranking->torn = true;
        return false;
    }
    const int64_t day = number(ranking->days, a), another = number(ranking->days, b);
    if (day != another) return day > another;
    int64_t first = number(ranking->numbers, a), second = number(ranking->numbers, b);
    if (first == ranking->missing) first = INT64_MAX;
    if (second == ranking->missing) second = INT64_MAX;
    return first != second ? first < second : left < right;
}

/* Lets the item at `at` of a heap sink below those that come after it: the last of all is on top. */
static void sink(Ranking *ranking, int64_t *heap, Py_ssize_t size, Py_ssize_t at) {
    const int64_t item = heap[at];
    for (Py_ssize_t below = 2 * at + 1; below < size; below = 2 * at + 1) {
        if (below + 1 < size && is_before(ranking, heap[below], heap[below + 1])) below++;
        if (!is_before(ranking, item, heap[below])) break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = item;
}

/* Keeps the best of some places (NULL: of all) in `heap`, best first. */
static Py_ssize_t keep_best(Ranking *ranking, const int64_t *places, Py_ssize_t count, int64_t *heap, Py_ssize_t wanted) {
    for (Py_ssize_t i = 0; i < wanted; i++) heap[i] = places ? places[i] : i;
    for (Py_ssize_t i = wanted / 2 - 1; i >= 0; i--) sink(ranking, heap, wanted, i);
    for (Py_ssize_t i = wanted; i < count && wanted; i++) {
        const int64_t place = places ? places[i] : i;
        if (!ranking->partial && ranking->scores[place] < ranking->scores[heap[0]]) continue;
        if (!is_before(ranking, place, heap[0])) continue;
        heap[0] = place;
        sink(ranking, heap, wanted, 0);
    }
    for (Py_ssize_t i = wanted - 1; i > 0; i--) {
        const int64_t last = heap[0];
        heap[0] = heap[i];
        sink(ranking, heap, i, 0);
        heap[i] = last;
    }
    return ranking->torn ? -1 : wanted;
}

/* The best of each BLOCK scores; so many of them at least are not below the one that comes `wanted`th among these. */

#define BLOCK 32
#define MANY 2 /* blocks for each that is wanted, from which on this is quicker than looking at every score */

static void find_bests(const float *scores, Py_ssize_t count, float *bests) {
    for (Py_ssize_t first = 0; first < count; first += BLOCK) {
        const Py_ssize_t end = count - first < BLOCK ? count : first + BLOCK;
        float best[4] = {scores[first], scores[first], scores[first], scores[first]}; /* four at a time */
        Py_ssize_t i = first;
        for (; i + 4 <= end; i += 4)
            for (int lane = 0; lane < 4; lane++) best[lane] = scores[i + lane] > best[lane] ? scores[i + lane] : best[lane];
        for (; i < end; i++) best[0] = scores[i] > best[0] ? scores[i] : best[0];
        for (int lane = 1; lane < 4; lane++) best[0] = best[lane] > best[0] ? best[lane] : best[0];
        bests[first / BLOCK] = best[0];
    }
}

/* The score that comes `wanted`th among some, by a heap of the best of them: the least is on top. */
static float bound(const float *scores, Py_ssize_t count, float *heap, Py_ssize_t wanted) {
    Py_ssize_t size = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (size == wanted && !(scores[i] > heap[0])) continue;
        Py_ssize_t at = size < wanted ? size++ : 0;
        if (at) {
            for (; at && heap[(at - 1) / 2] > scores[i]; at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
        } else {
            for (Py_ssize_t below = 2 * at + 1; below < size; below = 2 * at + 1) {
                if (below + 1 < size && heap[below + 1] < heap[below]) below++;
                if (!(heap[below] < scores[i])) break;
                heap[at] = heap[below];
                at = below;
            }
        }
        heap[at] = scores[i];
    }
    return heap[0];
}

/* Whether a place may be among the best: not below the bound, or a full match, which precedes all partial ones. */
static inline bool may_be_best(const Ranking *ranking, Py_ssize_t place, float least) {
    return ranking->scores[place] >= least || (ranking->partial && !ranking->partial[place]);
}

/* Keeps the best of all in `heap`, where there are many: only those that may be among them are compared. */
static Py_ssize_t keep_best_of_many(Ranking *ranking, Py_ssize_t count, int64_t *heap, Py_ssize_t wanted) {
    const Py_ssize_t blocks = (count + BLOCK - 1) / BLOCK;
    float *bests = PyMem_RawMalloc((size_t)(blocks + wanted) * sizeof(float));
    int64_t *places = PyMem_RawMalloc((size_t)count * sizeof(int64_t)); /* of which few are written */
    Py_ssize_t kept = 0;
    if (bests && places) {
        find_bests(ranking->scores, count, bests);
        const float least = bound(bests, blocks, bests + blocks, wanted);
        for (Py_ssize_t block = 0; block < blocks; block++) {
            const Py_ssize_t first = block * BLOCK, size = count - first < BLOCK ? count - first : BLOCK;
            if (!(bests[block] >= least || (ranking->partial && memchr(ranking->partial + first, 0, (size_t)size)))) continue;
            for (Py_ssize_t i = first; i < first + size; i++)
                if (may_be_best(ranking, i, least)) places[kept++] = i;
        }
    }
    const Py_ssize_t found = kept >= wanted ? keep_best(ranking, places, kept, heap, wanted) : keep_best(ranking, NULL, count, heap, wanted);
    PyMem_RawFree(bests);
    PyMem_RawFree(places);
    return found;
}

static Py_ssize_t rank_all(Ranking *ranking, Py_ssize_t count, int64_t *heap, Py_ssize_t wanted) {
    const bool many = wanted && count / BLOCK / wanted >= MANY;
    return many ? keep_best_of_many(ranking, count, heap, wanted) : keep_best(ranking, NULL, count, heap, wanted);
}

static bool are_places(const Py_buffer *places, Py_ssize_t size) {
    for (Py_ssize_t i = 0; i < items(places); i++) {
        const int64_t place = number(places, i);
        if (place < 0 || place >= size) return false;
    }
    return true;
}

static PyObject *first_places(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    if (!are_given(given, 8)) return NULL;
    const long long missing = PyLong_AsLongLong(args[5]);
    if (PyErr_Occurred()) return NULL;
    PyObject *const chosen[] = {args[0], args[1], args[2], args[3], args[4], args[6], args[7]};
    Arrays arrays;
    if (!take(&arrays, chosen, 7, 6, "8410088")) return NULL;
    const Py_buffer *views = arrays.views, *among = &views[5];
    const Py_ssize_t size = items(&views[0]), count = args[6] == Py_None ? size : items(among);
    Ranking ranking = {views[0].buf, views[1].buf, views[2].buf, &views[3], &views[4], missing, false};
    Py_ssize_t wanted = -1;
    if (items(&views[1]) == size && (!views[2].buf || items(&views[2]) == size) && items(&views[3]) == items(&views[4])
        && items(&views[6]) <= count && are_places(among, size)) {
        Py_BEGIN_ALLOW_THREADS
        wanted = args[6] == Py_None ? rank_all(&ranking, count, views[6].buf, items(&views[6]))
                                    : keep_best(&ranking, among->buf, count, views[6].buf, items(&views[6]));
        Py_END_ALLOW_THREADS
    }
    return result(&arrays, wanted);
}

static PyMethodDef methods[] = {
    {"locate", (PyCFunction)(void (*)(void))locate, METH_FASTCALL, NULL},
    {"impacts", (PyCFunction)(void (*)(void))impacts, METH_FASTCALL, NULL},
    {"weigh", (PyCFunction)(void (*)(void))weigh, METH_FASTCALL, NULL},
    {"join_scores", (PyCFunction)(void (*)(void))join_scores, METH_FASTCALL, NULL},
    {"count_docs", (PyCFunction)(void (*)(void))count_docs, METH_FASTCALL, NULL},
    {"counted_docs", (PyCFunction)(void (*)(void))counted_docs, METH_FASTCALL, NULL},
    {"count_rows", (PyCFunction)(void (*)(void))count_rows, METH_FASTCALL, NULL},
    {"join_near", (PyCFunction)(void (*)(void))join_near, METH_FASTCALL, NULL},
    {"first_places", (PyCFunction)(void (*)(void))first_places, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.matches", "The documents of a search.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_matches(void) { return PyModuleDef_Init(&module); }
