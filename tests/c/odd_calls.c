/* Calls that make no sense: wrong handles, null pointers, odd lengths, columns that are not there, the wrong order. Each
 * has its answer, and nothing is written that should not be.
 */
#include "replay.h"

static SQLCHAR *sql(const char *text)
{
    return (SQLCHAR *)text;
}

static void wrong_handles(struct session *session)
{
    SQLHSTMT freed = statement_of(session);
    free_statement(freed);
    SQLHANDLE odd[] = {NULL, session->environment, session->connection, freed, (SQLHANDLE)(uintptr_t)0xDEADBEEF};
    /* unixODBC looks into the memory of a handle, so that it cannot be asked about the last two. */
    size_t count = sizeof odd / sizeof *odd - EITHER(0, 2);
    for (size_t at = 0; at < count; at++) {
        SQLHANDLE handle = odd[at];
        SQLCHAR text[64];
        SQLSMALLINT small;
        SQLLEN length;
        SAME(SQLFetch(handle), SQL_INVALID_HANDLE);
        SAME(SQLExecute(handle), SQL_INVALID_HANDLE);
        SAME(SQLExecDirect(handle, sql("SELECT 1"), SQL_NTS), SQL_INVALID_HANDLE);
        SAME(SQLPrepareW(handle, W("SELECT 1"), SQL_NTS), SQL_INVALID_HANDLE);
        SAME(SQLGetData(handle, 1, SQL_C_CHAR, text, sizeof text, &length), SQL_INVALID_HANDLE);
        SAME(SQLBindCol(handle, 1, SQL_C_CHAR, text, sizeof text, &length), SQL_INVALID_HANDLE);
        SAME(SQLNumResultCols(handle, &small), SQL_INVALID_HANDLE);
        SAME(SQLTables(handle, NULL, 0, NULL, 0, NULL, 0, NULL, 0), SQL_INVALID_HANDLE);
        SAME(SQLCancel(handle), SQL_INVALID_HANDLE);
        SAME(SQLCloseCursor(handle), SQL_INVALID_HANDLE);
        SAME(SQLMoreResults(handle), SQL_INVALID_HANDLE);
        SAME(SQLFreeStmt(handle, SQL_CLOSE), SQL_INVALID_HANDLE);
        SAME(SQLFreeHandle(SQL_HANDLE_STMT, handle), SQL_INVALID_HANDLE);
        SAME(SQLFreeHandle(SQL_HANDLE_DESC, handle), SQL_INVALID_HANDLE);
        SAME(SQLGetDescField(handle, 0, SQL_DESC_COUNT, &small, 0, NULL), SQL_INVALID_HANDLE);
        SAME(SQLGetDiagRec(SQL_HANDLE_STMT, handle, 1, text, NULL, text, sizeof text, &small), SQL_INVALID_HANDLE);
        if (handle != session->connection) {
            SAME(SQLDisconnect(handle), SQL_INVALID_HANDLE);
            SAME(SQLGetInfo(handle, SQL_DBMS_NAME, text, sizeof text, &small), SQL_INVALID_HANDLE);
            SAME(SQLAllocHandle(SQL_HANDLE_STMT, handle, &freed), SQL_INVALID_HANDLE);
        }
    }
}

/* Calls in the wrong order. */
static void order(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    SQLSMALLINT small;
    SQLLEN length;
    SQLCHAR text[64];
    FAILS("HY010", statement, SQLExecute(statement));
    FAILS("HY010", statement, SQLFetch(statement));
    FAILS("HY010", statement, SQLFetchScroll(statement, SQL_FETCH_NEXT, 0));
    FAILS("HY010", statement, SQLNumResultCols(statement, &small));
    FAILS("HY010", statement, SQLRowCount(statement, &length));
    FAILS("24000", statement, SQLCloseCursor(statement));
    FAILS("HY010", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, sizeof text, &length));
    NO_DATA(statement, SQLMoreResults(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLCancel(statement));

    OK(statement, SQLExecDirect(statement, sql("SELECT 1, 2"), SQL_NTS));
#if !MANAGED
    /* unixODBC takes the cursor for closed after such an error. */
    FAILS("24000", statement, SQLExecDirect(statement, sql("SELECT 1"), SQL_NTS));
#endif
    FAILS("24000", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, sizeof text, &length));
    FAILS("24000", statement, SQLSetPos(statement, 1, SQL_POSITION, SQL_LOCK_NO_CHANGE));
    OK(statement, SQLFetch(statement));
    FAILS("24000", statement, SQLExecDirect(statement, sql("SELECT 1"), SQL_NTS));
    FAILS("24000", statement, SQLPrepare(statement, sql("SELECT 1"), SQL_NTS));
    FAILS("24000", statement, SQLTables(statement, NULL, 0, NULL, 0, NULL, 0, NULL, 0));
    SAME(number_at(statement, 2), 2);
    NO_DATA(statement, SQLFetch(statement));
    FAILS("24000", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, sizeof text, &length));
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLCloseCursor(statement));
    FAILS("24000", statement, SQLCloseCursor(statement));
    free_statement(statement);
}

static void columns(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLExecDirect(statement,
                                sql("SELECT 'abc' AS a, CAST(NULL AS VARCHAR(10)) AS b, {d '2002-09-16'} AS c"),
                                SQL_NTS));
    SQLCHAR *text = poisoned(16);
    SQLLEN *length = poisoned(sizeof *length);
    SQLSMALLINT small, type, digits, nullable;
    SQLULEN size;
    static const SQLUSMALLINT NUMBERS[] = {0, 4, 65535};
    for (int at = 0; at < 3; at++) {
        SQLUSMALLINT number = NUMBERS[at];
        FAILS("07009", statement,
              SQLDescribeCol(statement, number, text, 16, &small, &type, &size, &digits, &nullable));
        FAILS("07009", statement, SQLColAttribute(statement, number, SQL_DESC_LENGTH, NULL, 0, NULL, NULL));
    }
    /* The number of columns needs no column. */
    SQLLEN count = -1;
    OK(statement, SQLColAttribute(statement, 0, SQL_DESC_COUNT, NULL, 0, NULL, (SQLPOINTER)&count));
    SAME(count, 3);
    FAILS("HY091", statement, SQLColAttribute(statement, 1, 4711, NULL, 0, NULL, (SQLPOINTER)&count));
    FAILS("HY090", statement, SQLDescribeCol(statement, 1, text, -1, &small, &type, &size, &digits, &nullable));
    OK(statement, SQLDescribeCol(statement, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL));
    FAILS("07009", statement, SQLBindCol(statement, 0, SQL_C_CHAR, text, 16, length));
    FAILS("HY003", statement, SQLBindCol(statement, 1, 4711, text, 16, length));
    FAILS("HY090", statement, SQLBindCol(statement, 1, SQL_C_CHAR, text, -1, length));

    OK(statement, SQLFetch(statement));
    for (int at = 0; at < 3; at++)
        FAILS("07009", statement, SQLGetData(statement, NUMBERS[at], SQL_C_CHAR, text, 16, length));
    FAILS("HY003", statement, SQLGetData(statement, 1, 4711, text, 16, length));
    FAILS("HY090", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, -1, length));
    FAILS("HY090", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, -2, length));
    FAILS("22002", statement, SQLGetData(statement, 2, SQL_C_CHAR, text, 16, NULL));
    FAILS("07006", statement, SQLGetData(statement, 3, SQL_C_SLONG, text, 16, length));
    HOLDS(all_poison(text, 16) && all_poison(length, sizeof *length));
    /* After all of that the value is there, whole, in pieces of one character, the last of them not even that. */
    WARNS("01004", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, 2, length));
    TEXT(text, "a");
    SAME(*length, 3);
    WARNS("01004", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, 0, length));
    SAME(*length, 2);
#if !MANAGED
    /* No buffer asks for the length, as the one without room does; a driver manager does not let it through. */
    WARNS("01004", statement, SQLGetData(statement, 1, SQL_C_CHAR, NULL, 16, length));
    SAME(*length, 2);
#else
    FAILS("HY009", statement, SQLGetData(statement, 1, SQL_C_CHAR, NULL, 16, length));
#endif
    WARNS("01004", statement, SQLGetData(statement, 1, SQL_C_CHAR, text, 1, length));
    TEXT(text, "");
    SAME(*length, 2);
    OK(statement, SQLGetData(statement, 1, SQL_C_CHAR, text, 3, NULL));
    TEXT(text, "bc");
    NO_DATA(statement, SQLGetData(statement, 1, SQL_C_CHAR, text, 16, length));
    HOLDS(all_poison(text + 3, 13));
    OK(statement, SQLGetData(statement, 2, SQL_C_CHAR, text, 0, length));
    SAME(*length, SQL_NULL_DATA);
    RELEASE(text);
    RELEASE(length);
    free_statement(statement);
}

/* Numbers are written in their own width, whatever length is given for the buffer. */
static void widths(struct session *session)
{
    static const struct {
        SQLSMALLINT type;
        size_t width;
    } TYPES[] = {{SQL_C_BIT, 1},      {SQL_C_STINYINT, 1}, {SQL_C_UTINYINT, 1}, {SQL_C_SSHORT, 2},
                 {SQL_C_USHORT, 2},   {SQL_C_SHORT, 2},    {SQL_C_SLONG, 4},    {SQL_C_ULONG, 4},
                 {SQL_C_LONG, 4},     {SQL_C_FLOAT, 4},    {SQL_C_DOUBLE, 8},   {SQL_C_SBIGINT, 8},
                 {SQL_C_UBIGINT, 8},  {SQL_C_NUMERIC, 19}, {SQL_C_TINYINT, 1},  {SQL_C_DEFAULT, 8}};
    static const SQLLEN ROOMS[] = {0, 1, 64};
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_CURSOR_TYPE, (SQLPOINTER)SQL_CURSOR_STATIC, 0));
    OK(statement, SQLExecDirect(statement, sql("SELECT CAST(1 AS BIGINT)"), SQL_NTS));
    for (size_t at = 0; at < sizeof TYPES / sizeof *TYPES; at++)
        for (int room = 0; room < 3; room++) {
            unsigned char *value = poisoned(64);
            SQLLEN *length = poisoned(sizeof *length);
            OK(statement, SQLFetchScroll(statement, SQL_FETCH_FIRST, 0));
            OK(statement, SQLGetData(statement, 1, TYPES[at].type, value, ROOMS[room], length));
            SAME(*length, TYPES[at].width);
            CHECK(all_poison(value + TYPES[at].width, 64 - TYPES[at].width), "type %d is wider than %ld",
                  TYPES[at].type, (long)TYPES[at].width);
            HOLDS(!all_poison(value, TYPES[at].width));
            RELEASE(value);
            RELEASE(length);
            /* All of a number is read at once. */
            SQLBIGINT again;
            NO_DATA(statement, SQLGetData(statement, 1, TYPES[at].type, &again, 0, NULL));
        }
    free_statement(statement);
}

static void texts(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    FAILS("HY009", statement, SQLExecDirect(statement, NULL, SQL_NTS));
    FAILS("HY009", statement, SQLPrepare(statement, NULL, 10));
    static const SQLINTEGER LENGTHS[] = {-1, -2, -4};
    for (int at = 0; at < 3; at++) {
        FAILS("HY090", statement, SQLExecDirect(statement, sql("SELECT 1"), LENGTHS[at]));
        FAILS("HY090", statement, SQLPrepareW(statement, W("SELECT 1"), LENGTHS[at]));
        FAILS("HY090", statement,
              SQLTables(statement, NULL, 0, NULL, 0, sql("Messages"), (SQLSMALLINT)LENGTHS[at], NULL, 0));
    }
    FAILS(EITHER("42000", "HY090"), statement, SQLExecDirect(statement, sql("SELECT 1"), 0));
    /* Only as much as the length says is read. */
    OK(statement, SQLExecDirect(statement, sql("SELECT 12345"), 9));
    OK(statement, SQLFetch(statement));
    SAME(number_at(statement, 1), 12);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    FAILS("HY009", statement, SQLPrimaryKeysW(statement, NULL, 0, NULL, 0, NULL, 0));
    FAILS("HY009", statement, SQLStatistics(statement, NULL, 0, NULL, 0, NULL, 0, SQL_INDEX_ALL, SQL_QUICK));
    FAILS("HY100", statement, SQLStatistics(statement, NULL, 0, NULL, 0, sql("Messages"), SQL_NTS, 99, SQL_QUICK));
    FAILS("HY101", statement, SQLStatistics(statement, NULL, 0, NULL, 0, sql("Messages"), SQL_NTS, 0, 99));
    FAILS("HY097", statement,
          SQLSpecialColumns(statement, 99, NULL, 0, NULL, 0, sql("Messages"), SQL_NTS, 0, SQL_NULLABLE));
    FAILS("HY098", statement,
          SQLSpecialColumns(statement, SQL_BEST_ROWID, NULL, 0, NULL, 0, sql("Messages"), SQL_NTS, 99, SQL_NULLABLE));
    FAILS("HY099", statement,
          SQLSpecialColumns(statement, SQL_BEST_ROWID, NULL, 0, NULL, 0, sql("Messages"), SQL_NTS, 0, 99));
    FAILS("HY004", statement, SQLGetTypeInfo(statement, 4711));
    free_statement(statement);

    SQLINTEGER length = -1;
    SQLWCHAR out[64];
    FAILS_DBC("HY009", session->connection, SQLNativeSqlW(session->connection, NULL, SQL_NTS, out, 64, &length));
    FAILS_DBC("HY090", session->connection, SQLNativeSqlW(session->connection, W("SELECT 1"), -1, out, 64, &length));
    OK_DBC(session->connection, SQLNativeSqlW(session->connection, W("SELECT 1"), SQL_NTS, NULL, 0, &length));
    SAME(length, 8);
}

static void attributes(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    SQLULEN *value = poisoned(sizeof *value);
    FAILS("HY092", statement, SQLSetStmtAttr(statement, 4711, NULL, 0));
    FAILS("HY092", statement, SQLGetStmtAttr(statement, 4711, value, 0, NULL));
    FAILS("HY024", statement, SQLSetStmtAttr(statement, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)0, 0));
    FAILS("HY024", statement, SQLSetStmtAttr(statement, SQL_ATTR_CURSOR_TYPE, (SQLPOINTER)99, 0));
    FAILS("HY017", statement, SQLSetStmtAttr(statement, SQL_ATTR_IMP_ROW_DESC, NULL, 0));
#if !MANAGED
    FAILS("HY024", statement, SQLSetStmtAttr(statement, SQL_ATTR_APP_ROW_DESC, (SQLPOINTER)(uintptr_t)0xDEADBEEF, 0));
#endif
    HOLDS(all_poison(value, sizeof *value));
    /* Integers of statements are as wide as SQLULEN. */
    static const SQLINTEGER WIDE[] = {SQL_ATTR_ROW_ARRAY_SIZE, SQL_ATTR_MAX_ROWS, SQL_ATTR_QUERY_TIMEOUT,
                                      SQL_ATTR_CURSOR_TYPE, SQL_ATTR_CONCURRENCY, SQL_ATTR_RETRIEVE_DATA};
    for (size_t at = 0; at < sizeof WIDE / sizeof *WIDE; at++) {
        poison_again(value);
        OK(statement, SQLGetStmtAttr(statement, WIDE[at], value, 0, NULL));
        CHECK(*value < 100, "attribute %d is written by half: %lx", (int)WIDE[at], (unsigned long)*value);
        WITHIN(value);
    }
    RELEASE(value);
    /* Those of connections are 32 bits, but for a few. */
    static const SQLINTEGER NARROW[] = {SQL_ATTR_AUTOCOMMIT, SQL_ATTR_ACCESS_MODE, SQL_ATTR_LOGIN_TIMEOUT,
                                        SQL_ATTR_CONNECTION_TIMEOUT, SQL_ATTR_CONNECTION_DEAD, SQL_ATTR_TXN_ISOLATION,
                                        SQL_ATTR_METADATA_ID};
    for (size_t at = 0; at < sizeof NARROW / sizeof *NARROW; at++) {
        SQLUINTEGER *narrow_value = poisoned(sizeof *narrow_value);
        OK_DBC(session->connection, SQLGetConnectAttr(session->connection, NARROW[at], narrow_value, 0, NULL));
        CHECK(*narrow_value < 100, "attribute %d is %lx", (int)NARROW[at], (unsigned long)*narrow_value);
        RELEASE(narrow_value);
    }
    FAILS_DBC("HY092", session->connection, SQLSetConnectAttr(session->connection, 4711, NULL, 0));
    FAILS_DBC("HY096", session->connection, SQLGetInfo(session->connection, 65000, NULL, 0, NULL));
    SQLUSMALLINT supported;
    FAILS_DBC("HY095", session->connection, SQLGetFunctions(session->connection, 9999, &supported));
    SQLHANDLE none = NULL;
    FAILS_DBC(EITHER("HY092", "HY095"), session->connection, SQLAllocHandle(99, session->connection, &none));
    FAILS_DBC("HY009", session->connection, SQLAllocHandle(SQL_HANDLE_STMT, session->connection, NULL));
    FAILS_DBC("HY012", session->connection, SQLEndTran(SQL_HANDLE_DBC, session->connection, 99));
    OK_DBC(session->connection, SQLEndTran(SQL_HANDLE_DBC, session->connection, SQL_COMMIT));
    FAILS("HY092", statement, SQLFreeStmt(statement, 99));

    OK(statement, SQLExecDirect(statement, sql("SELECT 1"), SQL_NTS));
    FAILS("HY106", statement, SQLFetchScroll(statement, 99, 0));
    FAILS("HY106", statement, SQLFetchScroll(statement, SQL_FETCH_PRIOR, 0));
    OK(statement, SQLFetch(statement));
    FAILS("HY092", statement, SQLSetPos(statement, 1, 99, SQL_LOCK_NO_CHANGE));
    FAILS("HY107", statement, SQLSetPos(statement, 2, SQL_POSITION, SQL_LOCK_NO_CHANGE));
    FAILS("HY092", statement, SQLSetPos(statement, 1, SQL_DELETE, SQL_LOCK_NO_CHANGE));
    OK(statement, SQLSetPos(statement, 1, SQL_POSITION, SQL_LOCK_NO_CHANGE));
    free_statement(statement);
}

static void parameters(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    SQLINTEGER number = 41;
    SQLLEN length = 0;
    OK(statement, SQLPrepare(statement, sql("SELECT CAST(? AS INTEGER) + 1"), SQL_NTS));
    FAILS("07002", statement, SQLExecute(statement));
#define BIND(place, direction, c_type, sql_type, at, room, indicator) \
    SQLBindParameter(statement, place, direction, c_type, sql_type, 10, 0, at, room, indicator)
    FAILS("07009", statement, BIND(0, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_INTEGER, &number, 0, &length));
    FAILS("HY105", statement, BIND(1, 99, SQL_C_SLONG, SQL_INTEGER, &number, 0, &length));
    FAILS("HY003", statement, BIND(1, SQL_PARAM_INPUT, 4711, SQL_INTEGER, &number, 0, &length));
    FAILS("HY004", statement, BIND(1, SQL_PARAM_INPUT, SQL_C_SLONG, 4711, &number, 0, &length));
    FAILS("HY009", statement, BIND(1, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_INTEGER, NULL, 0, NULL));
    FAILS("HY090", statement, BIND(1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, &number, -1, &length));
    FAILS("07009", statement, SQLDescribeParam(statement, 0, NULL, NULL, NULL, NULL));
    FAILS("07009", statement, SQLDescribeParam(statement, 2, NULL, NULL, NULL, NULL));
    OK(statement, BIND(1, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_INTEGER, &number, 0, NULL));
    OK(statement, SQLExecute(statement));
    OK(statement, SQLFetch(statement));
    SAME(number_at(statement, 1), 42);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    /* A text of a negative length. */
    SQLCHAR text[] = "41";
    OK(statement, BIND(1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, text, sizeof text, &length));
    length = -50;
    FAILS("HY090", statement, SQLExecute(statement));
    length = SQL_NTS;
    OK(statement, SQLExecute(statement));
    OK(statement, SQLFetch(statement));
    SAME(number_at(statement, 1), 42);
    free_statement(statement);
}

static void connections(const char *text)
{
    struct session session = session_of(SQL_OV_ODBC3);
    SQLHSTMT statement = NULL;
    FAILS_DBC("08003", session.connection, SQLDisconnect(session.connection));
    FAILS_DBC("08003", session.connection, SQLAllocHandle(SQL_HANDLE_STMT, session.connection, &statement));
    HOLDS(statement == NULL);
    FAILS_DBC("HY110", session.connection,
              SQLDriverConnect(session.connection, NULL, sql(text), SQL_NTS, NULL, 0, NULL, 99));
    FAILS_DBC("HY090", session.connection,
              SQLDriverConnect(session.connection, NULL, sql(text), -1, NULL, 0, NULL, SQL_DRIVER_NOPROMPT));
    FAILS_DBC("HY090", session.connection,
              SQLDriverConnect(session.connection, NULL, sql(text), SQL_NTS, (SQLCHAR *)&statement, -1, NULL,
                               SQL_DRIVER_NOPROMPT));
    /* The string that was used does not fit, but the connection is open. */
    SQLCHAR *out = poisoned(64);
    SQLSMALLINT *length = poisoned(sizeof *length);
    RETURNS(SQL_SUCCESS_WITH_INFO, "01004", SQL_HANDLE_DBC, session.connection,
            SQLDriverConnect(session.connection, NULL, sql(text), SQL_NTS, out, 10, length, SQL_DRIVER_NOPROMPT));
    SAME(strlen((char *)out), 9);
    HOLDS(*length > 64 && all_poison(out + 10, 54));
    RELEASE(out);
    RELEASE(length);
    FAILS_DBC("08002", session.connection,
              SQLDriverConnect(session.connection, NULL, sql(text), SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT));
    FAILS_DBC("HY010", session.connection, SQLFreeHandle(SQL_HANDLE_DBC, session.connection));
    RETURNS(SQL_ERROR, "HY010", SQL_HANDLE_ENV, session.environment,
            SQLFreeHandle(SQL_HANDLE_ENV, session.environment));
    /* Statements end with their connection. */
    statement = statement_of(&session);
    OK(statement, SQLExecDirect(statement, sql("SELECT 1"), SQL_NTS));
    OK_DBC(session.connection, SQLDisconnect(session.connection));
#if !MANAGED
    SAME(SQLFetch(statement), SQL_INVALID_HANDLE);
#endif
    OK_DBC(session.connection, SQLFreeHandle(SQL_HANDLE_DBC, session.connection));
    OK_ENV(session.environment, SQLFreeHandle(SQL_HANDLE_ENV, session.environment));
#if !MANAGED
    SAME(SQLDisconnect(session.connection), SQL_INVALID_HANDLE);
    SAME(SQLFreeHandle(SQL_HANDLE_ENV, session.environment), SQL_INVALID_HANDLE);
#endif
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC3);
    open_wide(&session, text);
    wrong_handles(&session);
    order(&session);
    columns(&session);
    widths(&session);
    texts(&session);
    attributes(&session);
    parameters(&session);
    close_session(&session);
    connections(text);
    return verdict();
}
