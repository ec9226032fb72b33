#include "driver.h"

#include <dlfcn.h>
#include <stdlib.h>

#define DEFINE(name) __typeof__(&name) call_##name;
FUNCTIONS(DEFINE)

enum { LONGEST = 65536 };

static SQLHENV environment;
static int takes_bytes;

static void fail(const char *what, const char *message)
{
    fprintf(stderr, "%s: %s\n", what, message);
    exit(1);
}

static void *look_up(void *library, const char *name)
{
    void *found = dlsym(library, name);
    char bytes[64] = {0};
    if (!found && name[strlen(name) - 1] == 'W') {
        takes_bytes = 1;
        memcpy(bytes, name, strlen(name) - 1);
        found = dlsym(library, bytes);
    }
    return found;
}

double load_driver(const char *library)
{
    double begun = seconds_of(CLOCK_MONOTONIC);
    void *loaded = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    double taken = seconds_of(CLOCK_MONOTONIC) - begun;
    if (!loaded)
        fail(library, dlerror());
#define LOOK_UP(name)                                                                                                  \
    if (!(*(void **)&call_##name = look_up(loaded, #name)))                                                              \
        fail(library, "there is no " #name);
    FUNCTIONS(LOOK_UP)
    return taken;
}

SQLHDBC new_connection(void)
{
    SQLHDBC connection;
    if (!environment) {
        if (call_SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment) != SQL_SUCCESS)
            fail("SQLAllocHandle", "no environment");
        call_SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0);
    }
    check(call_SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection), SQL_HANDLE_ENV, environment, "SQLAllocHandle");
    return connection;
}

void connect_driver(SQLHDBC connection, const char *connection_string)
{
    SQLRETURN outcome = call_SQLDriverConnectW(connection, NULL, for_driver(connection_string), SQL_NTS, NULL, 0, NULL,
                                               SQL_DRIVER_NOPROMPT);
    if (outcome != SQL_SUCCESS_WITH_INFO)
        check(outcome, SQL_HANDLE_DBC, connection, "SQLDriverConnect");
}

void disconnect_driver(SQLHDBC connection)
{
    call_SQLDisconnect(connection);
    call_SQLFreeHandle(SQL_HANDLE_DBC, connection);
}

SQLHSTMT new_statement(SQLHDBC connection)
{
    SQLHSTMT statement;
    check(call_SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement), SQL_HANDLE_DBC, connection, "SQLAllocHandle");
    return statement;
}

static char *append(char *end, const SQLWCHAR *text)
{
    if (takes_bytes)
        return stpcpy(end, (const char *)text);
    for (; *text; text++)
        *end++ = *text < 128 ? (char)*text : '?';
    return end;
}

void check(SQLRETURN outcome, SQLSMALLINT kind, SQLHANDLE handle, const char *what)
{
    if (outcome == SQL_SUCCESS)
        return;
    SQLWCHAR state[6] = {0}, message[512] = {0};
    SQLINTEGER native;
    SQLSMALLINT length;
    char text[1200] = "no message", *end = text;
    if (SQL_SUCCEEDED(call_SQLGetDiagRecW(kind, handle, 1, state, &native, message, 512, &length))) {
        end = append(end, state);
        *end++ = ' ';
        *append(end, message) = 0;
    }
    fail(what, text);
}

SQLWCHAR *for_driver(const char *text)
{
    static SQLWCHAR room[4][LONGEST];
    static unsigned turn;
    SQLWCHAR *into = room[turn++ % 4], *end = into;
    if (takes_bytes)
        return (SQLWCHAR *)strncpy((char *)into, text, LONGEST - 1);
    while (*text && end < into + LONGEST - 1)
        *end++ = (unsigned char)*text++;
    *end = 0;
    return into;
}
