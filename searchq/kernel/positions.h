/* Encoded positions (see segment_data.ZonePostings): varints of 7 bits a byte, an odd one begins a posting. */

#ifndef SEARCHQ_POSITIONS_H
#define SEARCHQ_POSITIONS_H

#include "arrays.h"

#include <string.h>

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

#endif
