/* Applications with many threads: each its own connection and statement; a cancel from another thread; a timeout.
 *
 * The mailbox of alex.wilber stalls: an answer with his messages does not begin for minutes, one with his events stops
 * in the middle.
 */
#include "replay.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 8, ROUNDS = 4 };

/* A cancel ends the work within 100 ms. On a busy machine one may take longer, but not all of them. */
static double PROMISED = 0.1, SOON = 0.1 + 0.9;

/* How many times as long everything takes, where memory is watched. */
static double slower = 1;

static const char *const STALLED[] = {"SELECT subject FROM Messages WHERE mailbox = 'alex.wilber@contoso.example'",
                                      "SELECT subject FROM Events WHERE mailbox = 'alex.wilber@contoso.example'"};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static const char *text;
static SQLHENV shared_environment;

/* One thread: connects, reads different things again and again, and disconnects. */
static void *reader(void *number_of_thread)
{
    long number = (long)(intptr_t)number_of_thread;
    for (int round = 0; round < ROUNDS; round++) {
        struct session session = {shared_environment, NULL};
        OK_ENV(shared_environment, SQLAllocHandle(SQL_HANDLE_DBC, shared_environment, &session.connection));
        if (number % 2)
            open_wide(&session, text);
        else
            open_ansi(&session, text);
        SAME(number_of(&session, "SELECT COUNT(*) FROM Messages WHERE isRead = 0"), UNREAD);
        SQLHSTMT statement = statement_of(&session);
        OK(statement, SQLExecDirect(statement, (SQLCHAR *)"SELECT subject FROM Events", SQL_NTS));
        SAME(rows_left(statement), EVENTS);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
        /* Each thread reads its own parameter. */
        SQLINTEGER value = (SQLINTEGER)(number * 1000 + round);
        OK(statement,
           SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_INTEGER, 10, 0, &value, 0, NULL));
        OK(statement, SQLExecDirect(statement, (SQLCHAR *)"SELECT CAST(? AS INTEGER)", SQL_NTS));
        OK(statement, SQLFetch(statement));
        SAME(number_at(statement, 1), value);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
        /* Each thread has its own errors. */
        char query[64];
        snprintf(query, sizeof query, "SELECT * FROM Missing%ld", number);
        FAILS("42S02", statement, SQLExecDirect(statement, (SQLCHAR *)query, SQL_NTS));
        SQLCHAR state[6], message[256];
        SQLINTEGER native;
        SQLSMALLINT length;
        SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, state, &native, message, sizeof message, &length);
        CHECK(strstr((char *)message, strrchr(query, ' ') + 1), "another thread's error: %s", message);
        free_statement(statement);
        OK_DBC(session.connection, SQLDisconnect(session.connection));
        OK_DBC(session.connection, SQLFreeHandle(SQL_HANDLE_DBC, session.connection));
    }
    return NULL;
}

static void many(void)
{
    pthread_t threads[THREADS];
    struct session session = session_of(SQL_OV_ODBC3);
    OK_DBC(session.connection, SQLFreeHandle(SQL_HANDLE_DBC, session.connection));
    shared_environment = session.environment;
    for (long number = 0; number < THREADS; number++)
        pthread_create(&threads[number], NULL, reader, (void *)(intptr_t)number);
    for (int number = 0; number < THREADS; number++)
        pthread_join(threads[number], NULL);
    OK_ENV(shared_environment, SQLFreeHandle(SQL_HANDLE_ENV, shared_environment));
}

/* Runs a statement that stalls, to the end; the code that ended it. */
static SQLRETURN run_stalled(SQLHSTMT statement, const char *query)
{
    SQLRETURN code = SQLExecDirect(statement, (SQLCHAR *)query, SQL_NTS);
    while (SQL_SUCCEEDED(code))
        code = SQLFetch(statement);
    return code;
}

struct stalled {
    SQLHSTMT statement;
    const char *query;
    double ended;
};

static void *wait_for_rows(void *argument)
{
    struct stalled *stalled = argument;
    FAILS("HY008", stalled->statement, run_stalled(stalled->statement, stalled->query));
    stalled->ended = now();
    return NULL;
}

/* The function of ODBC 3.8, which iODBC does not have. */
static SQLRETURN cancel_handle(SQLHSTMT statement)
{
#ifdef IODBC
    return SQLCancel(statement);
#else
    return SQLCancelHandle(SQL_HANDLE_STMT, statement);
#endif
}

static void cancel(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    double fastest = SOON;
    for (int round = 0; round < 4; round++) {
        struct stalled stalled = {statement, STALLED[round / 2], 0};
        pthread_t thread;
        pthread_create(&thread, NULL, wait_for_rows, &stalled);
        usleep((useconds_t)(500000 * slower));
        double asked = now();
        /* Every second time through the function of ODBC 3.8. */
        SAME(round % 2 == 0 ? SQLCancel(statement) : cancel_handle(statement), SQL_SUCCESS);
        double answered = now();
        pthread_join(thread, NULL);
        CHECK(answered - asked < SOON, "SQLCancel took %.3f s", answered - asked);
        CHECK(stalled.ended - asked < SOON && stalled.ended > asked, "it ended %.3f s after SQLCancel",
              stalled.ended - asked);
        if (stalled.ended - asked < fastest)
            fastest = stalled.ended - asked;
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    }
    CHECK(fastest < PROMISED, "the fastest SQLCancel took %.3f s", fastest);
    /* Both the statement and the connection go on. */
    OK(statement, SQLExecDirect(statement, (SQLCHAR *)"SELECT COUNT(*) FROM Events", SQL_NTS));
    OK(statement, SQLFetch(statement));
    SAME(number_at(statement, 1), EVENTS);
    free_statement(statement);
}

/* While one statement stalls, another connection is not held up. */
static void beside(struct session *session, struct session *other)
{
    SQLHSTMT statement = statement_of(session);
    struct stalled stalled = {statement, STALLED[0], 0};
    pthread_t thread;
    pthread_create(&thread, NULL, wait_for_rows, &stalled);
    usleep((useconds_t)(300000 * slower));
    double started = now();
    SAME(number_of(other, "SELECT COUNT(*) FROM Events"), EVENTS);
    CHECK(now() - started < 5 * slower, "another connection took %.3f s", now() - started);
    SAME(SQLCancel(statement), SQL_SUCCESS);
    pthread_join(thread, NULL);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    free_statement(statement);
}

static void time_out(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_QUERY_TIMEOUT, (SQLPOINTER)1, 0));
    for (int query = 0; query < 2; query++) {
        double started = now();
        FAILS("HYT00", statement, run_stalled(statement, STALLED[query]));
        double took = now() - started;
        CHECK(took >= 0.9 && took < 1 + SOON, "a timeout of 1 s took %.3f s", took);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    }
    free_statement(statement);
}

int main(int count, char **arguments)
{
    text = connection_string(count, arguments);
    if (getenv("SLOWER") != NULL) {
        slower = atof(getenv("SLOWER"));
        PROMISED *= slower;
        SOON *= slower;
    }
    many();
    struct session session = session_of(NEWEST), other = session_of(SQL_OV_ODBC3);
    open_wide(&session, text);
    open_wide(&other, text);
    cancel(&session);
    beside(&session, &other);
    time_out(&session);
    close_session(&other);
    close_session(&session);
    return verdict();
}
