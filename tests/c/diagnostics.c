/* Diagnostics as applications read them: records, fields, lengths, and when they go. */
#define _GNU_SOURCE
#include "replay.h"

static void execute(SQLHSTMT statement, const char *query)
{
    OK(statement, SQLExecDirect(statement, (SQLCHAR *)query, SQL_NTS));
}

/* Each error with its state, a record, a prefix, and a hint where the user can do something. */
static void errors(struct session *session)
{
    static const struct {
        const char *query, *state, *hint;
    } ERRORS[] = {
        {"SELECT * FROM Mesages", "42S02", "Messages"},
        {"SELECT subjekt FROM Messages", "42S22", "subject"},
        {"SELEC subject FROM Messages", "42000", "SELEC"},
        {"SELECT subject FROM Messages WHERE", "42000", ""},
        {"SELECT {fn NOSUCHFUNCTION(1)}", "42000", "NOSUCHFUNCTION"},
        {"SELECT 1/0", "22012", ""},
        {"SELECT CAST('abc' AS INTEGER)", "22018", ""},
        {"SELECT {d '2002-02-30'}", "22007", ""},
        {"DELETE FROM Messages", "25000", ""},
        {"", "42000", ""},
    };
    SQLHSTMT statement = statement_of(session);
    for (size_t at = 0; at < sizeof ERRORS / sizeof *ERRORS; at++) {
        SQLRETURN code = SQLExecDirect(statement, (SQLCHAR *)ERRORS[at].query, SQL_NTS);
        if (code == SQL_SUCCESS)
            code = SQLFetch(statement);
        CHECK(code == SQL_ERROR, "%s: %s", code_name(code), ERRORS[at].query);
        SQLCHAR *state = poisoned(6), *message = poisoned(1024);
        SQLINTEGER *native = poisoned(sizeof *native);
        SQLSMALLINT *length = poisoned(sizeof *length);
        SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, state, native, message, 1024, length), SQL_SUCCESS);
        CHECK(strcmp((char *)state, ERRORS[at].state) == 0, "%s instead of %s: %s; %s", state, ERRORS[at].state,
              ERRORS[at].query, message);
        SAME(*length, strlen((char *)message));
        CHECK(strstr((char *)message, "[ODBC driver]"), "no prefix in %s", message);
        CHECK(strcasestr((char *)message, ERRORS[at].hint), "no %s in %s", ERRORS[at].hint, message);
        RELEASE(state);
        RELEASE(message);
        RELEASE(native);
        RELEASE(length);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    }
    free_statement(statement);
}

/* Small buffers, numbers that no record has, both spellings. */
static void records(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    FAILS("42S02", statement, SQLExecDirect(statement, (SQLCHAR *)"SELECT * FROM Nowhere", SQL_NTS));
    SQLSMALLINT total = -1;
    SQLINTEGER native;
    SQLCHAR state[6];
    SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, state, &native, NULL, 0, &total), SQL_SUCCESS);
    HOLDS(total > 20);
    for (SQLSMALLINT room = 1; room <= total + 2; room += 7) {
        SQLCHAR *message = poisoned(512);
        SQLSMALLINT *length = poisoned(sizeof *length);
        SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, state, &native, message, room, length),
             room > total ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO);
        SAME(*length, total);
        SAME(strlen((char *)message), room > total ? total : room - 1);
        CHECK(all_poison(message + room, (size_t)(512 - room)), "written behind %d bytes", room);
        RELEASE(message);
        RELEASE(length);
        /* Wide: lengths are characters. */
        SQLWCHAR *wide = poisoned(512 * WIDE), *wide_state = poisoned(6 * WIDE);
        SAME(SQLGetDiagRecW(SQL_HANDLE_STMT, statement, 1, wide_state, &native, wide, room, &total),
             room > total ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO);
        TEXT(narrow(wide_state), "42S02");
        SAME(strlen(narrow(wide)), room > total ? total : room - 1);
        CHECK(all_poison(wide + room, WIDE * (512 - (size_t)room)), "written behind %d characters", room);
        RELEASE(wide);
        RELEASE(wide_state);
    }
    SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 2, state, &native, NULL, 0, &total), SQL_NO_DATA);
    SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 32767, state, &native, NULL, 0, &total), SQL_NO_DATA);
    SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 0, state, &native, NULL, 0, &total), SQL_ERROR);
    SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, -1, state, &native, NULL, 0, &total), SQL_ERROR);
    /* Reading leaves no trace: the record is still there. */
    TEXT(state_of(SQL_HANDLE_STMT, statement), "42S02");
    /* The next call forgets it. */
    SQLSMALLINT columns;
    execute(statement, "SELECT 1");
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, state, &native, NULL, 0, &total), SQL_NO_DATA);
    free_statement(statement);
}

static long number_field(SQLHSTMT statement, SQLSMALLINT record, SQLSMALLINT field, size_t width)
{
    char *value = poisoned(width);
    SQLSMALLINT length;
    SAME(SQLGetDiagField(SQL_HANDLE_STMT, statement, record, field, value, 0, &length), SQL_SUCCESS);
    CHECK(!all_poison(value, width), "field %d is not written", field);
    long number = width == sizeof(SQLLEN) ? (long)*(SQLLEN *)value
                  : width == 2            ? *(SQLSMALLINT *)value
                                          : *(SQLINTEGER *)value;
    RELEASE(value);
    return number;
}

static void fields(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    FAILS("42S22", statement, SQLExecDirect(statement, (SQLCHAR *)"SELECT nothing FROM Messages", SQL_NTS));
    SAME(number_field(statement, 0, SQL_DIAG_NUMBER, sizeof(SQLINTEGER)), 1);
    SAME(number_field(statement, 0, SQL_DIAG_RETURNCODE, sizeof(SQLRETURN)), SQL_ERROR);
    static const struct {
        SQLSMALLINT field;
        const char *text;
    } TEXTS[] = {{SQL_DIAG_SQLSTATE, "42S22"},
                 {SQL_DIAG_CLASS_ORIGIN, "ISO 9075"},
                 {SQL_DIAG_SUBCLASS_ORIGIN, "ODBC 3.0"}};
    for (size_t at = 0; at < sizeof TEXTS / sizeof *TEXTS; at++) {
        SQLCHAR *text = poisoned(64);
        SQLSMALLINT *length = poisoned(sizeof *length);
        SAME(SQLGetDiagField(SQL_HANDLE_STMT, statement, 1, TEXTS[at].field, text, 64, length), SQL_SUCCESS);
        TEXT(text, TEXTS[at].text);
        SAME(*length, strlen(TEXTS[at].text));
        RELEASE(text);
        SQLWCHAR *wide = poisoned(64 * WIDE);
        SAME(SQLGetDiagFieldW(SQL_HANDLE_STMT, statement, 1, TEXTS[at].field, wide, 64 * WIDE, length), SQL_SUCCESS);
        TEXT(narrow(wide), TEXTS[at].text);
        SAME(*length, WIDE * strlen(TEXTS[at].text)); /* bytes */
        RELEASE(wide);
        RELEASE(length);
    }
    SQLCHAR text[8];
    SQLSMALLINT length;
    SAME(SQLGetDiagField(SQL_HANDLE_STMT, statement, 2, SQL_DIAG_SQLSTATE, text, 8, &length), SQL_NO_DATA);
    SAME(SQLGetDiagField(SQL_HANDLE_STMT, statement, 1, 4711, text, 8, &length), SQL_ERROR);

    execute(statement, "SELECT subject FROM Events");
    SQLCHAR function[32];
    SAME(SQLGetDiagField(SQL_HANDLE_STMT, statement, 0, SQL_DIAG_DYNAMIC_FUNCTION, function, 32, &length), SQL_SUCCESS);
    TEXT(function, "SELECT CURSOR");
    SAME(number_field(statement, 0, SQL_DIAG_DYNAMIC_FUNCTION_CODE, sizeof(SQLINTEGER)), SQL_DIAG_SELECT_CURSOR);
    free_statement(statement);
}

/* Rows that fail among rows that do not: which row, which column. */
static void rows_with_errors(struct session *session)
{
    enum { ROWS = 4 };
    SQLHSTMT statement = statement_of(session);
    execute(statement, "SELECT n, t FROM (VALUES (1, '10'), (2, 'x'), (3, '30'), (4, '999999999999')) AS v (n, t) "
                       "ORDER BY n");
    SQLINTEGER *number = poisoned(ROWS * sizeof *number), *text = poisoned(ROWS * sizeof *text);
    SQLLEN *lengths = poisoned(ROWS * sizeof *lengths);
    SQLUSMALLINT *status = poisoned(ROWS * sizeof *status);
    SQLULEN *fetched = poisoned(sizeof *fetched);
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)ROWS, 0));
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_ROW_STATUS_PTR, status, 0));
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_ROWS_FETCHED_PTR, fetched, 0));
    OK(statement, SQLBindCol(statement, 1, SQL_C_SLONG, number, 0, NULL));
    OK(statement, SQLBindCol(statement, 2, SQL_C_SLONG, text, 0, lengths));
    SAME(SQLFetch(statement), SQL_SUCCESS_WITH_INFO);
    SAME(*fetched, ROWS);
    static const SQLUSMALLINT STATUS[] = {SQL_ROW_SUCCESS, SQL_ROW_ERROR, SQL_ROW_SUCCESS, SQL_ROW_ERROR};
    for (int row = 0; row < ROWS; row++)
        SAME(status[row], STATUS[row]);
    SAME(text[0], 10);
    SAME(text[2], 30);
    HOLDS(all_poison(&text[1], 4) && all_poison(&text[3], 4));
    int conversions = 0, ranges = 0;
    for (SQLSMALLINT record = 1;; record++) {
        SQLCHAR state[6];
        SQLSMALLINT length;
        if (SQLGetDiagField(SQL_HANDLE_STMT, statement, record, SQL_DIAG_SQLSTATE, state, 6, &length) == SQL_NO_DATA)
            break;
        long row = number_field(statement, record, SQL_DIAG_ROW_NUMBER, sizeof(SQLLEN));
        long column = number_field(statement, record, SQL_DIAG_COLUMN_NUMBER, sizeof(SQLINTEGER));
        if (strcmp((char *)state, "22018") == 0) {
            SAME(row, 2);
            SAME(column, 2);
            conversions++;
        } else if (strcmp((char *)state, "22003") == 0) {
            SAME(row, 4);
            SAME(column, 2);
            ranges++;
        } else {
            TEXT(state, "01S01");
        }
    }
    SAME(conversions, 1);
    SAME(ranges, 1);
    RELEASE(number);
    RELEASE(text);
    RELEASE(lengths);
    RELEASE(status);
    RELEASE(fetched);
    free_statement(statement);
}

/* Nothing of what is secret, nothing of what is in the mail. */
static void secrets(const char *text)
{
    struct session session = session_of(SQL_OV_ODBC3);
    char longer[1200];
    snprintf(longer, sizeof longer, "%s;ClintSecret=top-secret;PageSise=7", text);
    SQLCHAR *out = poisoned(1024);
    SQLSMALLINT *length = poisoned(sizeof *length);
    RETURNS(SQL_SUCCESS_WITH_INFO, "01S00", SQL_HANDLE_DBC, session.connection,
            SQLDriverConnect(session.connection, NULL, (SQLCHAR *)longer, SQL_NTS, out, 1024, length,
                             SQL_DRIVER_NOPROMPT));
    SAME(strlen((char *)out), *length);
    int warnings = 0;
    for (SQLSMALLINT record = 1;; record++) {
        SQLCHAR state[6], message[512];
        SQLINTEGER native;
        SQLSMALLINT size;
        if (!SQL_SUCCEEDED(SQLGetDiagRec(SQL_HANDLE_DBC, session.connection, record, state, &native, message,
                                         sizeof message, &size)))
            break;
        TEXT(state, "01S00");
        CHECK(!strstr((char *)message, "top-secret"), "%s", message);
        CHECK(strstr((char *)message, "ClientSecret") || strstr((char *)message, "PageSize"), "no hint: %s", message);
        warnings++;
    }
    SAME(warnings, 2);
    RELEASE(out);
    RELEASE(length);
    SQLHSTMT statement = statement_of(&session);
    SQLRETURN code = SQLExecDirect(statement, (SQLCHAR *)"SELECT CAST(subject AS INTEGER) FROM Events", SQL_NTS);
    if (code == SQL_SUCCESS)
        code = SQLFetch(statement);
    SAME(code, SQL_ERROR);
    SQLCHAR state[6], message[512];
    SQLINTEGER native;
    SQLSMALLINT size;
    SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, state, &native, message, sizeof message, &size);
    TEXT(state, "22018");
    CHECK(!strstr((char *)message, "Planning") && !strstr((char *)message, "Retro"), "%s", message);
    free_statement(statement);
    close_session(&session);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC3);
    open_wide(&session, text);
    errors(&session);
    records(&session);
    fields(&session);
    rows_with_errors(&session);
    close_session(&session);
    secrets(text);
    return verdict();
}
