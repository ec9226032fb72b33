/* A grid over a scrollable result, as form builders have it: a static cursor with bookmarks, rowsets bound row by row,
 * rows marked by their bookmarks and fetched again in bulk, rows refreshed after the buffers were put to other use.
 */
#include "replay.h"

enum { ROWSET = 4 };

/* What a row of the grid holds. */
struct row {
    SQLULEN bookmark;
    SQLLEN length;
    SQLWCHAR subject[64];
};

static void set(SQLHSTMT statement, SQLINTEGER attribute, const void *value)
{
    OK(statement, SQLSetStmtAttrW(statement, attribute, (SQLPOINTER)(uintptr_t)value, SQL_IS_POINTER));
}

static SQLHDESC descriptor(SQLHSTMT statement, SQLINTEGER attribute)
{
    SQLHDESC found = NULL;
    OK(statement, SQLGetStmtAttrW(statement, attribute, &found, SQL_IS_POINTER, NULL));
    return found;
}

/* What the driver says of itself, before it is relied on. */
static void promises(SQLHDBC connection)
{
    SQLUINTEGER bits = 0;
    SQLUSMALLINT exists = SQL_FALSE;
    OK_DBC(connection, SQLGetInfoW(connection, SQL_STATIC_CURSOR_ATTRIBUTES1, &bits, sizeof bits, NULL));
    SAME(bits, SQL_CA1_NEXT | SQL_CA1_ABSOLUTE | SQL_CA1_RELATIVE | SQL_CA1_BOOKMARK | SQL_CA1_LOCK_NO_CHANGE |
                   SQL_CA1_POS_POSITION | SQL_CA1_POS_REFRESH | SQL_CA1_BULK_FETCH_BY_BOOKMARK);
    OK_DBC(connection, SQLGetInfoW(connection, SQL_STATIC_CURSOR_ATTRIBUTES2, &bits, sizeof bits, NULL));
    SAME(bits, SQL_CA2_READ_ONLY_CONCURRENCY | SQL_CA2_MAX_ROWS_SELECT | SQL_CA2_MAX_ROWS_CATALOG);
    OK_DBC(connection, SQLGetInfoW(connection, SQL_FORWARD_ONLY_CURSOR_ATTRIBUTES1, &bits, sizeof bits, NULL));
    SAME(bits, SQL_CA1_NEXT | SQL_CA1_LOCK_NO_CHANGE | SQL_CA1_POS_POSITION | SQL_CA1_POS_REFRESH);
    OK_DBC(connection, SQLGetInfoW(connection, SQL_BOOKMARK_PERSISTENCE, &bits, sizeof bits, NULL));
    SAME(bits, SQL_BP_TRANSACTION | SQL_BP_SCROLL);
    OK_DBC(connection, SQLGetInfoW(connection, SQL_SCROLL_OPTIONS, &bits, sizeof bits, NULL));
    SAME(bits, SQL_SO_FORWARD_ONLY | SQL_SO_STATIC);
    OK_DBC(connection, SQLGetFunctions(connection, SQL_API_SQLBULKOPERATIONS, &exists));
    SAME(exists, SQL_TRUE);
}

/* Record 0 of the descriptors: bound by its fields, and described once bookmarks are on. */
static void bind_bookmarks(SQLHSTMT statement, struct row *grid)
{
    SQLHDESC application = descriptor(statement, SQL_ATTR_APP_ROW_DESC);
    OK_DESC(application,
            SQLSetDescField(application, 0, SQL_DESC_CONCISE_TYPE, (SQLPOINTER)SQL_C_VARBOOKMARK, SQL_IS_SMALLINT));
    OK_DESC(application,
            SQLSetDescField(application, 0, SQL_DESC_OCTET_LENGTH, (SQLPOINTER)sizeof(SQLULEN), SQL_IS_INTEGER));
    OK_DESC(application, SQLSetDescField(application, 0, SQL_DESC_DATA_PTR, &grid->bookmark, SQL_IS_POINTER));
    SQLSMALLINT count = -1;
    OK_DESC(application, SQLGetDescField(application, 0, SQL_DESC_COUNT, &count, SQL_IS_SMALLINT, NULL));
    SAME(count, 0);
    SQLPOINTER address = NULL;
    OK_DESC(application, SQLGetDescField(application, 0, SQL_DESC_DATA_PTR, &address, SQL_IS_POINTER, NULL));
    HOLDS(address == &grid->bookmark);
}

static void describe_bookmarks(SQLHSTMT statement)
{
    SQLHDESC implementation = descriptor(statement, SQL_ATTR_IMP_ROW_DESC);
    SQLSMALLINT type = 0, digits = -1, nullable = -1, name = -1;
    SQLULEN size = 0;
    OK_DESC(implementation,
            SQLGetDescField(implementation, 0, SQL_DESC_CONCISE_TYPE, &type, SQL_IS_SMALLINT, NULL));
    SAME(type, SQL_BINARY);
    OK(statement, SQLDescribeColW(statement, 0, NULL, 0, &name, &type, &size, &digits, &nullable));
    SAME(type, SQL_BINARY);
    SAME(size, sizeof(SQLULEN));
    SAME(nullable, SQL_NO_NULLS);
    SAME(name, 0);
}

/* What the rows of the grid show, against the whole result. */
static void shows(const struct row *grid, const SQLULEN *expected, int rows, struct row *all)
{
    for (int at = 0; at < rows; at++) {
        SAME(grid[at].bookmark, all[expected[at]].bookmark);
        TEXT(narrow(grid[at].subject), narrow(all[expected[at]].subject));
    }
}

static void grid(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    struct row *rows = poisoned(ROWSET * sizeof *rows);
    SQLUSMALLINT *status = poisoned(ROWSET * sizeof *status);
    SQLULEN *fetched = poisoned(sizeof *fetched);
    set(statement, SQL_ATTR_CURSOR_TYPE, (void *)SQL_CURSOR_STATIC);
    set(statement, SQL_ATTR_USE_BOOKMARKS, (void *)SQL_UB_VARIABLE);
    set(statement, SQL_ATTR_ROW_BIND_TYPE, (void *)sizeof *rows);
    set(statement, SQL_ATTR_ROW_ARRAY_SIZE, (void *)ROWSET);
    set(statement, SQL_ATTR_ROW_STATUS_PTR, status);
    set(statement, SQL_ATTR_ROWS_FETCHED_PTR, fetched);
    bind_bookmarks(statement, rows);
    OK(statement, SQLBindCol(statement, 1, SQL_C_WCHAR, rows->subject, sizeof rows->subject, &rows->length));
    OK(statement, SQLExecDirectW(statement, W("select subject from Events order by start_dateTime, subject"), SQL_NTS));
    describe_bookmarks(statement);

    /* The whole result, to compare with. */
    static struct row all[EVENTS];
    SQLULEN count = 0;
    while (SQL_SUCCEEDED(SQLFetchScroll(statement, SQL_FETCH_NEXT, 0)) && count + *fetched <= EVENTS) {
        memcpy(all + count, rows, *fetched * sizeof *rows);
        count += *fetched;
    }
    SAME(count, EVENTS);

    /* By a bookmark, and by rows from it. */
    SQLULEN mark = all[9].bookmark;
    set(statement, SQL_ATTR_FETCH_BOOKMARK_PTR, &mark);
    OK(statement, SQLFetchScroll(statement, SQL_FETCH_BOOKMARK, 0));
    shows(rows, (SQLULEN[]){9, 10, 11, 12}, ROWSET, all);
    OK(statement, SQLFetchScroll(statement, SQL_FETCH_BOOKMARK, -5));
    shows(rows, (SQLULEN[]){4, 5, 6, 7}, ROWSET, all);

    /* Marked rows, in bulk: in whatever order, some of them twice. */
    static const SQLULEN MARKED[] = {17, 2, 2, 8};
    for (int at = 0; at < ROWSET; at++)
        rows[at] = (struct row){.bookmark = all[MARKED[at]].bookmark};
    OK(statement, SQLBulkOperations(statement, SQL_FETCH_BY_BOOKMARK));
    shows(rows, MARKED, ROWSET, all);
    SAME(*fetched, ROWSET);
    for (int at = 0; at < ROWSET; at++)
        SAME(status[at], SQL_ROW_SUCCESS);
    rows[1].bookmark = EVENTS + 1;
    WARNS("HY111", statement, SQLBulkOperations(statement, SQL_FETCH_BY_BOOKMARK));
    SAME(status[0], SQL_ROW_SUCCESS);
    SAME(status[1], SQL_ROW_ERROR);
    SQLLEN number = 0;
    OK(statement, SQLGetDiagField(SQL_HANDLE_STMT, statement, 1, SQL_DIAG_ROW_NUMBER, &number, 0, NULL));
    SAME(number, 2);

    /* The grid's own rows again, but for one. */
    OK(statement, SQLFetchScroll(statement, SQL_FETCH_ABSOLUTE, 6));
    memset(rows, 0, ROWSET * sizeof *rows);
    SQLUSMALLINT operations[ROWSET] = {SQL_ROW_PROCEED, SQL_ROW_IGNORE, SQL_ROW_PROCEED, SQL_ROW_PROCEED};
    set(statement, SQL_ATTR_ROW_OPERATION_PTR, operations);
    OK(statement, SQLSetPos(statement, 0, SQL_REFRESH, SQL_LOCK_NO_CHANGE));
    SAME(*fetched, 3);
    SAME(rows[1].bookmark, 0);
    shows(rows, (SQLULEN[]){5}, 1, all);
    shows(rows + 2, (SQLULEN[]){7, 8}, 2, all);
    OK(statement, SQLSetPos(statement, 2, SQL_REFRESH, SQL_LOCK_NO_CHANGE));
    shows(rows + 1, (SQLULEN[]){6}, 1, all);

    /* What a read-only cursor refuses. */
    FAILS("HY092", statement, SQLSetPos(statement, 1, SQL_UPDATE, SQL_LOCK_NO_CHANGE));
    FAILS("HY092", statement, SQLSetPos(statement, 1, SQL_DELETE, SQL_LOCK_NO_CHANGE));
    FAILS("HYC00", statement, SQLSetPos(statement, 1, SQL_POSITION, SQL_LOCK_EXCLUSIVE));
    FAILS("HY092", statement, SQLBulkOperations(statement, SQL_ADD));
    FAILS("HY092", statement, SQLBulkOperations(statement, SQL_UPDATE_BY_BOOKMARK));
    FAILS("HY092", statement, SQLBulkOperations(statement, SQL_DELETE_BY_BOOKMARK));
    RELEASE(rows);
    RELEASE(status);
    RELEASE(fetched);
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC3_80);
    open_wide(&session, text);
    promises(session.connection);
    grid(&session);
    close_session(&session);
    return verdict();
}
