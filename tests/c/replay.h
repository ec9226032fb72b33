/* Helpers for programs that call ODBC as real applications do.
 *
 * The same source runs through a driver manager, linked with -lodbc, and, with -DWITHOUT_MANAGER, straight on the
 * driver, whose functions are then looked up by name in the library that the environment variable DRIVER names.
 *
 * Every program takes a connection string, says on standard error what was not as expected, with the line, and exits
 * with 1 if anything was not. It goes on after a failure, so that one run shows all of them.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#ifdef WITHOUT_MANAGER
#include "direct.h"
#define MANAGED 0
#else
#define MANAGED 1
#endif

/* What only one of both answers: unixODBC refuses some calls itself, and translates states for ODBC 2. iODBC leaves
 * both to the driver.
 */
#ifdef IODBC
#define EITHER(direct, managed) (direct)
/* It does not know ODBC 3.8. */
#define NEWEST SQL_OV_ODBC3
/* It calls the driver's wide functions also for an application of bytes. */
#define TYPE_OF_BYTES SQL_WVARCHAR
#else
#define NEWEST SQL_OV_ODBC3_80
#define TYPE_OF_BYTES SQL_VARCHAR
#define EITHER(direct, managed) (MANAGED ? (managed) : (direct))
#endif

/* The bytes of a wide character: two, or four where iODBC is the driver manager. */
enum { WIDE = sizeof(SQLWCHAR) };

/* ---- What is expected ------------------------------------------------------------------------------------------ */

static int failures;

__attribute__((format(printf, 3, 4))) static inline void complain(const char *file, int line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    flockfile(stderr);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    funlockfile(stderr);
    va_end(values);
    __atomic_add_fetch(&failures, 1, __ATOMIC_RELAXED);
}

/* A condition, and what to say of it. */
#define CHECK(condition, ...)                             \
    do {                                                  \
        if (!(condition))                                 \
            complain(__FILE__, __LINE__, __VA_ARGS__);    \
    } while (0)

/* A condition that speaks for itself. */
#define HOLDS(condition) CHECK(condition, "%s does not hold", #condition)

/* Two integers. */
#define SAME(actual, expected)                                                                                      \
    do {                                                                                                            \
        long long is_ = (long long)(actual), should_ = (long long)(expected);                                       \
        if (is_ != should_)                                                                                         \
            complain(__FILE__, __LINE__, "%s is %lld, not %lld", #actual, is_, should_);                            \
    } while (0)

/* Two texts. */
#define TEXT(actual, expected)                                                                                      \
    do {                                                                                                            \
        const char *is_ = (const char *)(actual), *should_ = (expected);                                            \
        if (strcmp(is_, should_) != 0)                                                                              \
            complain(__FILE__, __LINE__, "%s is \"%s\", not \"%s\"", #actual, is_, should_);                        \
    } while (0)

static inline const char *code_name(SQLRETURN code)
{
    switch (code) {
    case SQL_SUCCESS: return "SQL_SUCCESS";
    case SQL_SUCCESS_WITH_INFO: return "SQL_SUCCESS_WITH_INFO";
    case SQL_NO_DATA: return "SQL_NO_DATA";
    case SQL_NEED_DATA: return "SQL_NEED_DATA";
    case SQL_ERROR: return "SQL_ERROR";
    case SQL_INVALID_HANDLE: return "SQL_INVALID_HANDLE";
    default: return "an unknown code";
    }
}

/* The SQLSTATE of the first record, or "" without one. */
static inline const char *state_of(SQLSMALLINT kind, SQLHANDLE handle)
{
    static _Thread_local SQLCHAR state[6];
    SQLINTEGER native;
    SQLSMALLINT length;
    state[0] = 0;
    SQLGetDiagRec(kind, handle, 1, state, &native, NULL, 0, &length);
    return (const char *)state;
}

/* Whether a call returned what it should; `state` is NULL where none is expected. */
static inline SQLRETURN expect(const char *file, int line, const char *call, SQLSMALLINT kind, SQLHANDLE handle,
                               SQLRETURN code, SQLRETURN expected, const char *state)
{
    SQLCHAR found[6] = "", message[512] = "";
    SQLINTEGER native;
    SQLSMALLINT length;
    if (code == SQL_ERROR || code == SQL_SUCCESS_WITH_INFO)
        SQLGetDiagRec(kind, handle, 1, found, &native, message, sizeof message, &length);
    if (code != expected)
        complain(file, line, "%s: %s instead of %s; %s %s", call, code_name(code), code_name(expected), found, message);
    else if (state && strcmp((const char *)found, state) != 0)
        complain(file, line, "%s: state \"%s\" instead of %s; %s", call, found, state, message);
    return code;
}

#define RETURNS(expected, state, kind, handle, call) \
    expect(__FILE__, __LINE__, #call, kind, handle, call, expected, state)

/* A call on a statement (a connection, an environment, a descriptor) that succeeds without a warning. */
#define OK(statement, call) RETURNS(SQL_SUCCESS, NULL, SQL_HANDLE_STMT, statement, call)
#define OK_DBC(connection, call) RETURNS(SQL_SUCCESS, NULL, SQL_HANDLE_DBC, connection, call)
#define OK_ENV(environment, call) RETURNS(SQL_SUCCESS, NULL, SQL_HANDLE_ENV, environment, call)
#define OK_DESC(descriptor, call) RETURNS(SQL_SUCCESS, NULL, SQL_HANDLE_DESC, descriptor, call)
/* A call that succeeds with a warning of this state. */
#define WARNS(state, statement, call) RETURNS(SQL_SUCCESS_WITH_INFO, state, SQL_HANDLE_STMT, statement, call)
/* A call that fails with this state. */
#define FAILS(state, statement, call) RETURNS(SQL_ERROR, state, SQL_HANDLE_STMT, statement, call)
#define FAILS_DBC(state, connection, call) RETURNS(SQL_ERROR, state, SQL_HANDLE_DBC, connection, call)
/* A call that finds nothing more. */
#define NO_DATA(statement, call) RETURNS(SQL_NO_DATA, NULL, SQL_HANDLE_STMT, statement, call)

/* The end of a program. */
static inline int verdict(void)
{
    if (failures)
        fprintf(stderr, "%d failed\n", failures);
    return failures ? 1 : 0;
}

/* ---- Poisoned memory ------------------------------------------------------------------------------------------- */

#define POISON 0xAB
#define MARGIN 32

struct block {
    size_t size;
    unsigned char margin[MARGIN];
};

/* Memory full of poison, with poison around it: what a driver writes too much of shows. */
static inline void *poisoned(size_t size)
{
    struct block *block = malloc(sizeof *block + size + MARGIN);
    if (!block)
        abort();
    memset(block, POISON, sizeof *block + size + MARGIN);
    block->size = size;
    return block + 1;
}

static inline int all_poison(const void *from, size_t size)
{
    const unsigned char *bytes = from;
    for (size_t at = 0; at < size; at++)
        if (bytes[at] != POISON)
            return 0;
    return 1;
}

static inline void poison_again(void *memory)
{
    memset(memory, POISON, ((struct block *)memory - 1)->size);
}

static inline void check_margins(const char *file, int line, const char *name, const void *memory)
{
    const struct block *block = (const struct block *)memory - 1;
    if (!all_poison(block->margin, MARGIN))
        complain(file, line, "written in front of %s", name);
    if (!all_poison((const unsigned char *)memory + block->size, MARGIN))
        complain(file, line, "written behind %s", name);
}

static inline void release(const char *file, int line, const char *name, void *memory)
{
    check_margins(file, line, name, memory);
    free((struct block *)memory - 1);
}

/* Whether nothing was written around poisoned memory; the second one also frees it. */
#define WITHIN(memory) check_margins(__FILE__, __LINE__, #memory, memory)
#define RELEASE(memory) release(__FILE__, __LINE__, #memory, memory)

/* ---- Wide text ------------------------------------------------------------------------------------------------- */

/* A literal of wide characters: UTF-16, or UTF-32 where they have four bytes. */
#ifdef SQL_WCHART_CONVERT
#define W(literal) ((SQLWCHAR *)U"" literal)
#else
#define W(literal) ((SQLWCHAR *)u"" literal)
#endif

/* Wide text as UTF-8, in one of a few buffers that take turns. */
static inline const char *narrow(const SQLWCHAR *wide)
{
    static _Thread_local char buffers[4][4096];
    static _Thread_local unsigned turn;
    char *start = buffers[turn++ % 4], *out = start;
    while (*wide && out < start + sizeof buffers[0] - 5) {
        uint32_t c = (uint32_t)*wide++;
        if (c >= 0xD800 && c < 0xDC00 && *wide >= 0xDC00 && *wide < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (*wide++ - 0xDC00);
        if (c < 0x80) {
            *out++ = (char)c;
        } else if (c < 0x800) {
            *out++ = (char)(0xC0 | c >> 6);
            *out++ = (char)(0x80 | (c & 63));
        } else if (c < 0x10000) {
            *out++ = (char)(0xE0 | c >> 12);
            *out++ = (char)(0x80 | (c >> 6 & 63));
            *out++ = (char)(0x80 | (c & 63));
        } else {
            *out++ = (char)(0xF0 | c >> 18);
            *out++ = (char)(0x80 | (c >> 12 & 63));
            *out++ = (char)(0x80 | (c >> 6 & 63));
            *out++ = (char)(0x80 | (c & 63));
        }
    }
    *out = 0;
    return start;
}

/* ASCII as wide text. */
static inline SQLWCHAR *widen(const char *text, SQLWCHAR *out)
{
    SQLWCHAR *start = out;
    while ((*out++ = (unsigned char)*text++))
        ;
    return start;
}

/* ---- Connections ----------------------------------------------------------------------------------------------- */

struct session {
    SQLHENV environment;
    SQLHDBC connection;
};

/* An environment of a version and a connection that is not open yet. */
static inline struct session session_of(SQLUINTEGER version)
{
    struct session session = {NULL, NULL};
    if (SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &session.environment) != SQL_SUCCESS) {
        fprintf(stderr, "no environment\n");
        exit(1);
    }
    OK_ENV(session.environment, SQLSetEnvAttr(session.environment, SQL_ATTR_ODBC_VERSION,
                                              (SQLPOINTER)(uintptr_t)version, SQL_IS_UINTEGER));
    OK_ENV(session.environment, SQLAllocHandle(SQL_HANDLE_DBC, session.environment, &session.connection));
    return session;
}

/* Opens it through the wide spelling, and gives up the program if that fails. */
static inline void open_wide(struct session *session, const char *text)
{
    SQLWCHAR wide[1024];
    SQLRETURN code = OK_DBC(session->connection, SQLDriverConnectW(session->connection, NULL, widen(text, wide),
                                                                   SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT));
    if (!SQL_SUCCEEDED(code))
        exit(1);
}

static inline void open_ansi(struct session *session, const char *text)
{
    SQLRETURN code = OK_DBC(session->connection, SQLDriverConnect(session->connection, NULL, (SQLCHAR *)text, SQL_NTS,
                                                                  NULL, 0, NULL, SQL_DRIVER_NOPROMPT));
    if (!SQL_SUCCEEDED(code))
        exit(1);
}

static inline SQLHSTMT statement_of(struct session *session)
{
    SQLHSTMT statement = NULL;
    OK_DBC(session->connection, SQLAllocHandle(SQL_HANDLE_STMT, session->connection, &statement));
    return statement;
}

static inline void free_statement(SQLHSTMT statement)
{
    OK(statement, SQLFreeHandle(SQL_HANDLE_STMT, statement));
}

static inline void close_session(struct session *session)
{
    OK_DBC(session->connection, SQLDisconnect(session->connection));
    OK_DBC(session->connection, SQLFreeHandle(SQL_HANDLE_DBC, session->connection));
    OK_ENV(session->environment, SQLFreeHandle(SQL_HANDLE_ENV, session->environment));
}

/* The connection string, which is the only argument. */
static inline const char *connection_string(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s CONNECTION-STRING\n", arguments[0]);
        exit(2);
    }
#ifdef WITHOUT_MANAGER
    load_driver();
#endif
    return arguments[1];
}

/* ---- Short cuts ------------------------------------------------------------------------------------------------ */

/* The first column of a statement's current row, as a number. */
static inline long long number_at(SQLHSTMT statement, SQLUSMALLINT column)
{
    SQLBIGINT value = -1;
    SQLLEN length = -1;
    OK(statement, SQLGetData(statement, column, SQL_C_SBIGINT, &value, 0, &length));
    SAME(length, sizeof value);
    return value;
}

/* The rows that are left. */
static inline long rows_left(SQLHSTMT statement)
{
    long rows = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement)))
        rows++;
    return rows;
}

/* The one number that a query gives. */
static inline long long number_of(struct session *session, const char *query)
{
    SQLHSTMT statement = statement_of(session);
    long long value = -1;
    OK(statement, SQLExecDirect(statement, (SQLCHAR *)query, SQL_NTS));
    if (OK(statement, SQLFetch(statement)) == SQL_SUCCESS)
        value = number_at(statement, 1);
    NO_DATA(statement, SQLFetch(statement));
    free_statement(statement);
    return value;
}

/* ---- The sample mailbox ---------------------------------------------------------------------------------------- */

enum {
    MESSAGES = 300,
    UNREAD = 50,
    WITH_ATTACHMENTS = 17,
    LONGEST_BODY = 12479,
    FOLDERS = 22,
    CONTACTS = 11,
    EVENTS = 18,
    CALENDARS = 2,
    USERS = 3,
    ATTACHMENTS = 28,
};

#endif
