/* searchq.kernel.checksums: the CRC-32 of blocks, by multiplication without carries; see checksums.pyi. */

#include "arrays.h"

#include <string.h>

#define VERSION 1 /* raise it here and in __init__.py when either needs the other to change */

#define POLYNOMIAL 0xEDB88320u /* of zlib's CRC-32, the lowest bit first */
#define BLOCK_BITS 16          /* as in index/format/blocks.py */

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define LANE ((Py_ssize_t)sizeof(__m128i))
#define LANES 4 /* side by side, so that no product waits for the one before */
#define FOLDING __attribute__((target("pclmul,sse2")))

static uint32_t table[256];     /* the remainders of all bytes */
static uint64_t far[2], near[2]; /* what moves 16 bytes over four lanes, and over one: its first half, and its second */

/* x to the power of `bits`, modulo the polynomial; one bit higher, since a product of mirrored numbers is one bit lower. */
static uint64_t power(int bits) {
    uint32_t found = 0x80000000u; /* 1 */
    while (bits--) found = (found >> 1) ^ (found & 1 ? POLYNOMIAL : 0);
    return (uint64_t)found << 1;
}

static void fill_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t rest = byte;
        for (int bit = 0; bit < 8; bit++) rest = (rest >> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
        table[byte] = rest;
    }
    far[0] = power(8 * LANE * LANES + 32);
    far[1] = power(8 * LANE * LANES - 32);
    near[0] = power(8 * LANE + 32);
    near[1] = power(8 * LANE - 32);
}

static bool can_multiply(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("pclmul");
}

static uint32_t by_bytes(const uint8_t *data, Py_ssize_t size, uint32_t rest) {
    for (Py_ssize_t i = 0; i < size; i++) rest = table[(rest ^ data[i]) & 0xFF] ^ rest >> 8;
    return rest;
}

static inline FOLDING __m128i loaded(const uint8_t *data) { return _mm_loadu_si128((const __m128i *)data); }

/* 16 bytes, moved as far as `by` tells, onto others: the remainder of the whole stays the same. */
static inline FOLDING __m128i folded(__m128i bytes, __m128i by, __m128i onto) {
    const __m128i first = _mm_clmulepi64_si128(bytes, by, 0x00), second = _mm_clmulepi64_si128(bytes, by, 0x11);
    return _mm_xor_si128(_mm_xor_si128(first, second), onto);
}

static FOLDING uint32_t checksum(const uint8_t *data, Py_ssize_t size) {
    uint32_t rest = UINT32_MAX;
    if (size >= LANES * LANE) {
        const __m128i over_all = loaded((const uint8_t *)far), over_one = loaded((const uint8_t *)near);
        __m128i lanes[LANES];
        for (int i = 0; i < LANES; i++) lanes[i] = loaded(data + i * LANE);
        lanes[0] = _mm_xor_si128(lanes[0], _mm_cvtsi32_si128((int)rest));
        for (data += LANES * LANE, size -= LANES * LANE; size >= LANES * LANE; data += LANES * LANE, size -= LANES * LANE)
            for (int i = 0; i < LANES; i++) lanes[i] = folded(lanes[i], over_all, loaded(data + i * LANE));
        for (int i = 1; i < LANES; i++) lanes[i] = folded(lanes[i - 1], over_one, lanes[i]);
        uint8_t last[sizeof(__m128i)];
        _mm_storeu_si128((__m128i *)last, lanes[LANES - 1]);
        rest = by_bytes(last, LANE, 0);
    }
    return ~by_bytes(data, size, rest);
}

#else

static void fill_tables(void) {}
static bool can_multiply(void) { return false; }
static uint32_t checksum(const uint8_t *data, Py_ssize_t size) { return 0; }

#endif

typedef struct { /* of a file: its bytes, the checksums after them, and which blocks were compared */
    Py_buffer data, sums, seen;
    int taken;
} Blocks;

static void give_back(Blocks *blocks) {
    if (blocks->taken > 2) PyBuffer_Release(&blocks->seen);
    if (blocks->taken > 1) PyBuffer_Release(&blocks->sums);
    if (blocks->taken > 0) PyBuffer_Release(&blocks->data);
}

static bool take_blocks(Blocks *blocks, PyObject *const *args) {
    blocks->taken = 0;
    Py_buffer *const views[] = {&blocks->data, &blocks->sums, &blocks->seen};
    for (; blocks->taken < 3; blocks->taken++)
        if (PyObject_GetBuffer(args[blocks->taken], views[blocks->taken], blocks->taken < 2 ? PyBUF_SIMPLE : PyBUF_WRITABLE) < 0) {
            give_back(blocks);
            return false;
        }
    const Py_ssize_t count = ((blocks->data.len - 1) >> BLOCK_BITS) + 1;
    if (blocks->data.len && blocks->sums.len == 4 * count && blocks->seen.len == count) return true;
    give_back(blocks);
    PyErr_SetString(PyExc_ValueError, "the arrays do not belong together");
    return false;
}

/* Compares the blocks from `low` up to `high` that were not; the first that differs from its checksum, -1 if none does. */
static Py_ssize_t compare_blocks(const Blocks *blocks, Py_ssize_t low, Py_ssize_t high) {
    uint8_t *seen = blocks->seen.buf;
    for (Py_ssize_t block = low; block < high; block++) {
        if (seen[block]) continue;
        const Py_ssize_t first = block << BLOCK_BITS, rest = blocks->data.len - first, most = (Py_ssize_t)1 << BLOCK_BITS;
        uint32_t expected;
        memcpy(&expected, (const uint8_t *)blocks->sums.buf + 4 * block, 4);
        if (checksum((const uint8_t *)blocks->data.buf + first, rest < most ? rest : most) != expected) return block;
        seen[block] = 1;
    }
    return -1;
}

static PyObject *compare(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Blocks blocks;
    if (!are_given(given, 5)) return NULL;
    const Py_ssize_t low = PyLong_AsSsize_t(args[3]), high = PyLong_AsSsize_t(args[4]);
    if (PyErr_Occurred() || !take_blocks(&blocks, args)) return NULL;
    if (low < 0 || high > blocks.seen.len) {
        give_back(&blocks);
        PyErr_SetString(PyExc_ValueError, "there are no such blocks");
        return NULL;
    }
    Py_ssize_t found;
    Py_BEGIN_ALLOW_THREADS
    found = compare_blocks(&blocks, low, high);
    Py_END_ALLOW_THREADS
    give_back(&blocks);
    return PyLong_FromSsize_t(found);
}

/* Compares the blocks of ranges of bytes, of which those without any are left out; -2 if some are outside. */
static Py_ssize_t compare_all(const Blocks *blocks, const Py_buffer *firsts, const Py_buffer *counts) {
    for (Py_ssize_t i = 0; i < items(firsts); i++) {
        const int64_t first = number(firsts, i), size = number(counts, i);
        if (first < 0 || size < 0 || first > blocks->data.len || size > blocks->data.len - first) return -2;
        if (!size) continue;
        const Py_ssize_t found = compare_blocks(blocks, first >> BLOCK_BITS, ((first + size - 1) >> BLOCK_BITS) + 1);
        if (found >= 0) return found;
    }
    return -1;
}

static PyObject *compare_ranges(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Blocks blocks;
    Arrays ranges;
    if (!are_given(given, 5) || !take(&ranges, args + 3, 2, 2, "00")) return NULL;
    Py_ssize_t found = -2;
    if (take_blocks(&blocks, args)) {
        if (items(&ranges.views[0]) == items(&ranges.views[1])) {
            Py_BEGIN_ALLOW_THREADS
            found = compare_all(&blocks, &ranges.views[0], &ranges.views[1]);
            Py_END_ALLOW_THREADS
        }
        give_back(&blocks);
        if (found == -2) PyErr_SetString(PyExc_ValueError, "there are no such bytes");
    }
    release(&ranges);
    return found == -2 ? NULL : PyLong_FromSsize_t(found);
}

static PyMethodDef methods[] = {
    {"compare", (PyCFunction)(void (*)(void))compare, METH_FASTCALL, NULL},
    {"compare_ranges", (PyCFunction)(void (*)(void))compare_ranges, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) {
    if (!can_multiply()) {
        PyErr_SetString(PyExc_ImportError, "this processor does not multiply without carries: zlib is as fast");
        return -1;
    }
    fill_tables();
    return PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "searchq.kernel.checksums", "Checksums of blocks.", 0, methods, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_checksums(void) { return PyModuleDef_Init(&module); }
