/* SSIS, ODBC source: asks for the shape of a prepared statement before it runs, then reads batches into columns of wide
 * text that are exactly as long as SQLDescribeCol said.
 */
#include "replay.h"

enum { BATCH = 128, COLUMNS = 160, LONG_ROOM = 8192, LONGEST = 4000 };

struct column {
    SQLULEN size;
    SQLSMALLINT type;
    SQLLEN room;
    char *buffer;
    SQLLEN *lengths;
};

/* Bytes of wide text that hold any value of a column. */
static SQLLEN room_of(const struct column *column, SQLLEN display)
{
    if (column->type == SQL_WLONGVARCHAR || column->type == SQL_LONGVARBINARY)
        return LONG_ROOM;
    return (display + 1) * WIDE;
}

static void describe(SQLHSTMT statement, SQLUSMALLINT number, struct column *column)
{
    SQLWCHAR *name = poisoned(256 * sizeof *name);
    SQLSMALLINT *length = poisoned(sizeof *length), *type = poisoned(sizeof *type), *digits = poisoned(sizeof *digits),
                *nullable = poisoned(sizeof *nullable);
    SQLULEN *size = poisoned(sizeof *size);
    SQLLEN *display = poisoned(sizeof *display), *octets = poisoned(sizeof *octets),
           *concise = poisoned(sizeof *concise);
    OK(statement, SQLDescribeColW(statement, number, name, 256, length, type, size, digits, nullable));
    CHECK(*length > 0 && name[*length] == 0, "column %d has a name of %d", number, *length);
    HOLDS(*nullable == SQL_NULLABLE || *nullable == SQL_NO_NULLS);
    OK(statement, SQLColAttributeW(statement, number, SQL_DESC_DISPLAY_SIZE, NULL, 0, NULL, display));
    OK(statement, SQLColAttributeW(statement, number, SQL_DESC_OCTET_LENGTH, NULL, 0, NULL, octets));
    OK(statement, SQLColAttributeW(statement, number, SQL_DESC_CONCISE_TYPE, NULL, 0, NULL, concise));
    SAME(*concise, *type);
    if (*type == SQL_WVARCHAR) {
        CHECK(*size > 0 && *size <= LONGEST, "column %d has %ld characters", number, (long)*size);
        SAME(*display, *size);
        /* An emoji is a pair of UTF-16's units, or one of four bytes. */
        SAME(*octets, *size * 4);
    }
    column->type = *type;
    column->size = *size;
    column->room = room_of(column, *display);
    RELEASE(name);
    RELEASE(length);
    RELEASE(type);
    RELEASE(digits);
    RELEASE(nullable);
    RELEASE(size);
    RELEASE(display);
    RELEASE(octets);
    RELEASE(concise);
}

/* All columns of a table; returns its rows. */
static long read_table(struct session *session, SQLWCHAR *query)
{
    SQLHSTMT statement = statement_of(session);
    struct column columns[COLUMNS];
    SQLSMALLINT count = 0;
    OK(statement, SQLPrepareW(statement, query, SQL_NTS));
    OK(statement, SQLNumResultCols(statement, &count));
    if (count <= 0 || count > COLUMNS) {
        CHECK(0, "%d columns", count);
        return -1;
    }
    for (SQLSMALLINT at = 0; at < count; at++) {
        struct column *column = &columns[at];
        describe(statement, (SQLUSMALLINT)(at + 1), column);
        column->buffer = poisoned((size_t)column->room * BATCH);
        column->lengths = poisoned(sizeof(SQLLEN) * BATCH);
        OK(statement, SQLBindCol(statement, (SQLUSMALLINT)(at + 1), SQL_C_WCHAR, column->buffer, column->room,
                                 column->lengths));
    }
    SQLULEN *fetched = poisoned(sizeof *fetched);
    SQLUSMALLINT *status = poisoned(BATCH * sizeof *status);
    OK(statement, SQLSetStmtAttrW(statement, SQL_ATTR_ROW_BIND_TYPE, (SQLPOINTER)SQL_BIND_BY_COLUMN, 0));
    OK(statement, SQLSetStmtAttrW(statement, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)BATCH, 0));
    OK(statement, SQLSetStmtAttrW(statement, SQL_ATTR_ROWS_FETCHED_PTR, fetched, 0));
    OK(statement, SQLSetStmtAttrW(statement, SQL_ATTR_ROW_STATUS_PTR, status, 0));
    OK(statement, SQLExecute(statement));
    long rows = 0;
    SQLRETURN code;
    while (code = SQLFetchScroll(statement, SQL_FETCH_NEXT, 0), SQL_SUCCEEDED(code)) {
        HOLDS(*fetched <= BATCH);
        for (SQLULEN row = 0; row < *fetched; row++, rows++)
            for (SQLSMALLINT at = 0; at < count; at++) {
                const struct column *column = &columns[at];
                SQLLEN length = column->lengths[row];
                const char *cell = column->buffer + (size_t)column->room * row;
                if (length == SQL_NULL_DATA) {
                    CHECK(all_poison(cell, (size_t)column->room), "row %ld column %d: null is written", rows, at + 1);
                    continue;
                }
                int cut = length > column->room - WIDE;
                CHECK(!cut || column->room == LONG_ROOM, "row %ld column %d: %ld bytes do not fit %ld", rows, at + 1,
                      (long)length, (long)column->room);
                SQLLEN bytes = cut ? column->room - WIDE : length;
                SQLWCHAR last = ((const SQLWCHAR *)cell)[bytes / WIDE];
                CHECK(length % WIDE == 0 && last == 0, "row %ld column %d is not terminated", rows, at + 1);
                CHECK(all_poison(cell + bytes + WIDE, (size_t)(column->room - bytes - WIDE)),
                      "row %ld column %d: more than its length", rows, at + 1);
            }
        for (SQLULEN row = *fetched; row < BATCH; row++)
            SAME(status[row], SQL_ROW_NOROW);
        for (SQLSMALLINT at = 0; at < count; at++)
            poison_again(columns[at].buffer);
    }
    SAME(code, SQL_NO_DATA);
    for (SQLSMALLINT at = 0; at < count; at++) {
        RELEASE(columns[at].buffer);
        RELEASE(columns[at].lengths);
    }
    RELEASE(fetched);
    RELEASE(status);
    free_statement(statement);
    return rows;
}

/* Known values, as wide text. */
static void values(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLExecDirectW(statement,
                                 W("SELECT displayName, primaryEmailAddress_address FROM Contacts "
                                   "WHERE displayName LIKE N'%\u00F8%' OR displayName LIKE N'%\u674E%' "
                                   "ORDER BY displayName"),
                                 SQL_NTS));
    SQLWCHAR *name = poisoned(64);
    SQLLEN *length = poisoned(sizeof *length);
    OK(statement, SQLBindCol(statement, 1, SQL_C_WCHAR, name, 64, length));
    OK(statement, SQLFetch(statement));
    TEXT(narrow(name), "S\xC3\xB8ren M\xC3\xB8ller");
    SAME(*length, 12 * WIDE);
    OK(statement, SQLFetch(statement));
    TEXT(narrow(name), "\xE6\x9D\x8E \xE7\x8E\x8B");
    SAME(*length, 3 * WIDE);
    SQLLEN address = 0;
    SQLWCHAR none[4];
    OK(statement, SQLGetData(statement, 2, SQL_C_WCHAR, none, sizeof none, &address));
    SAME(address, SQL_NULL_DATA);
    NO_DATA(statement, SQLFetch(statement));
    RELEASE(name);
    RELEASE(length);
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC3);
    OK_DBC(session.connection,
           SQLSetConnectAttrW(session.connection, SQL_ATTR_LOGIN_TIMEOUT, (SQLPOINTER)30, SQL_IS_UINTEGER));
    open_wide(&session, text);
    SAME(read_table(&session, W("SELECT * FROM Messages")), MESSAGES);
    SAME(read_table(&session, W("SELECT * FROM Contacts")), CONTACTS);
    SAME(read_table(&session, W("SELECT * FROM MailFolders")), FOLDERS);
    SAME(read_table(&session, W("SELECT * FROM Users")), USERS);
    values(&session);
    close_session(&session);
    return verdict();
}
