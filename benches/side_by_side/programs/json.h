/* Parses a page of Graph as fast as a simple parser can: every token is visited, strings are checked for escapes. Nothing
 * is kept but the number of rows.
 */
#ifndef JSON_H
#define JSON_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The end of a string that begins before `at`: behind its quotation mark, or NULL. */
static inline const char *json_string_end(const char *at, const char *end)
{
    for (;;) {
#ifdef __SSE2__
        while (end - at >= 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)at);
            int found = _mm_movemask_epi8(
                _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
            if (found) {
                at += __builtin_ctz((unsigned)found);
                break;
            }
            at += 16;
        }
#endif
        while (at < end && *at != '"' && *at != '\\')
            at++;
        if (at >= end)
            return NULL;
        if (*at == '"')
            return at + 1;
        at += 2;
    }
}

/* The number of objects in the array of the outermost object, or -1. */
static inline long json_rows(const char *at, const char *end)
{
    enum { ROW = 3 };
    long rows = 0, depth = 0;
    while (at && at < end) {
        switch (*at++) {
        case '"':
            at = json_string_end(at, end);
            break;
        case '{':
        case '[':
            depth++;
            rows += depth == ROW && at[-1] == '{';
            break;
        case '}':
        case ']':
            depth--;
            break;
        default:
            break;
        }
    }
    return at && depth == 0 ? rows : -1;
}

#endif
