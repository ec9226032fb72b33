/* Checks for programs of Windows: each that fails is told with its line, and the program goes on. It ends with 1 if any
 * failed.
 */
#ifndef CHECK_H
#define CHECK_H

#include <windows.h>

#include <sql.h>
#include <sqlext.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int passed, failed;

static void check_at(int line, int holds, const char *condition)
{
    if (holds) {
        passed++;
        return;
    }
    failed++;
    fprintf(stderr, "line %d: this does not hold: %s\n", line, condition);
}

#define CHECK(condition) check_at(__LINE__, (condition), #condition)

/* Ends a program whose further checks would make no sense. */
#define REQUIRE(condition)                                   \
    do {                                                     \
        int holds_ = (condition);                            \
        check_at(__LINE__, holds_, #condition);              \
        if (!holds_)                                         \
            exit(report());                                  \
    } while (0)

static int report(void)
{
    fprintf(stderr, "%d checks passed, %d failed\n", passed, failed);
    fflush(stderr);
    return failed != 0 || passed == 0;
}

static inline wchar_t *format(const wchar_t *pattern, ...)
{
    static wchar_t texts[8][4096];
    static int next;
    wchar_t *text = texts[next++ % 8];
    va_list values;
    va_start(values, pattern);
    vswprintf(text, 4096, pattern, values);
    va_end(values);
    return text;
}

/* The text in the process's code page, with a question mark for each character that it lacks; the number of bytes. */
static inline int in_code_page(const wchar_t *text, char *bytes, int room)
{
    if (GetACP() == CP_UTF8)
        return WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, room, NULL, NULL) - 1;
    /* Windows writes two question marks for the halves of a character. */
    wchar_t units[1024], *out = units;
    for (const wchar_t *unit = text; *unit; unit++)
        if (*unit < 0xDC00 || *unit > 0xDFFF)
            *out++ = *unit;
    *out = 0;
    text = units;
    return WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, text, -1, bytes, room, NULL, NULL) - 1;
}

/* Whether the code page has all characters of the text. */
static inline int code_page_has(const wchar_t *text)
{
    char bytes[1024];
    BOOL replaced = FALSE;
    if (GetACP() == CP_UTF8)
        return 1;
    WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, text, -1, bytes, sizeof bytes, NULL, &replaced);
    return !replaced;
}

#endif
