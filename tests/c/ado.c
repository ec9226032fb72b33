/* ADO through MSDASQL (OLE DB for ODBC): VBA in Excel, linked servers, OPENROWSET. An ODBC 2 application with wide
 * functions that sets statement attributes on the connection, asks for names with no buffer at all, and reads rows of
 * 600 bytes, 256 at a time, with addresses that are offsets into a row.
 */
#include "replay.h"

/* A row as MSDASQL lays it out, and where its columns lie. */
enum {
    ROW = 600,
    ROWSET = 256,
    SUBJECT = 0x98,
    SUBJECT_ROOM = 200, /* bytes */
    SUBJECT_LENGTH = 0x08,
    RECEIVED = 0x180,
    RECEIVED_LENGTH = 0x10,
    SIZE = 0x1A0,
    SIZE_LENGTH = 0x18,
    READ = 0x1C0,
    READ_LENGTH = 0x20,
};

static void set(SQLHSTMT statement, SQLINTEGER attribute, const void *value)
{
    OK(statement, SQLSetStmtAttrW(statement, attribute, (SQLPOINTER)(uintptr_t)value, SQL_IS_POINTER));
}

static void properties(SQLHDBC connection)
{
    static const SQLUSMALLINT LONGS[] = {
        SQL_POS_OPERATIONS, SQL_STATIC_SENSITIVITY, SQL_LOCK_TYPES, SQL_GETDATA_EXTENSIONS, SQL_TXN_ISOLATION_OPTION,
        SQL_DEFAULT_TXN_ISOLATION, SQL_BOOKMARK_PERSISTENCE, SQL_SCROLL_OPTIONS, SQL_SCROLL_CONCURRENCY,
        SQL_DYNAMIC_CURSOR_ATTRIBUTES1, SQL_DYNAMIC_CURSOR_ATTRIBUTES2, SQL_FORWARD_ONLY_CURSOR_ATTRIBUTES1,
        SQL_FORWARD_ONLY_CURSOR_ATTRIBUTES2, SQL_KEYSET_CURSOR_ATTRIBUTES1, SQL_KEYSET_CURSOR_ATTRIBUTES2,
        SQL_STATIC_CURSOR_ATTRIBUTES1, SQL_STATIC_CURSOR_ATTRIBUTES2};
    static const SQLUSMALLINT SHORTS[] = {SQL_TXN_CAPABLE, SQL_CURSOR_COMMIT_BEHAVIOR, SQL_CURSOR_ROLLBACK_BEHAVIOR,
                                          SQL_ACTIVE_STATEMENTS};
    static const SQLUSMALLINT TEXTS[] = {SQL_NEED_LONG_DATA_LEN, SQL_DATABASE_NAME, SQL_MULT_RESULT_SETS};
    for (size_t at = 0; at < sizeof LONGS / sizeof *LONGS; at++) {
        SQLUINTEGER *value = poisoned(sizeof *value);
        OK_DBC(connection, SQLGetInfoW(connection, LONGS[at], value, sizeof *value, NULL));
        CHECK(!all_poison(value, sizeof *value), "%d is not answered", LONGS[at]);
        RELEASE(value);
    }
    for (size_t at = 0; at < sizeof SHORTS / sizeof *SHORTS; at++) {
        SQLUSMALLINT *value = poisoned(sizeof *value);
        OK_DBC(connection, SQLGetInfoW(connection, SHORTS[at], value, sizeof *value, NULL));
        CHECK(!all_poison(value, sizeof *value), "%d is not answered", SHORTS[at]);
        RELEASE(value);
    }
    for (size_t at = 0; at < sizeof TEXTS / sizeof *TEXTS; at++) {
        SQLWCHAR text[128];
        SQLSMALLINT length = -1;
        OK_DBC(connection, SQLGetInfoW(connection, TEXTS[at], text, sizeof text, &length));
        CHECK(length >= 0 && length % 2 == 0, "%d has length %d", TEXTS[at], length);
    }
    SQLUSMALLINT *functions = poisoned(SQL_API_ODBC3_ALL_FUNCTIONS_SIZE * sizeof *functions);
    OK_DBC(connection, SQLGetFunctions(connection, SQL_API_ODBC3_ALL_FUNCTIONS, functions));
    HOLDS(SQL_FUNC_EXISTS(functions, SQL_API_SQLEXTENDEDFETCH));
    HOLDS(SQL_FUNC_EXISTS(functions, SQL_API_SQLSETPOS));
    HOLDS(SQL_FUNC_EXISTS(functions, SQL_API_SQLBULKOPERATIONS));
    RELEASE(functions);

    /* Attributes of statements, set on the connection. */
    OK_DBC(connection, SQLSetConnectAttrW(connection, SQL_ATTR_MAX_ROWS, (SQLPOINTER)0, SQL_IS_UINTEGER));
    OK_DBC(connection, SQLSetConnectAttrW(connection, SQL_ATTR_QUERY_TIMEOUT, (SQLPOINTER)30, SQL_IS_UINTEGER));

    SQLWCHAR *catalog = poisoned(64);
    SQLINTEGER *length = poisoned(sizeof *length);
    OK_DBC(connection, SQLGetConnectAttrW(connection, SQL_ATTR_CURRENT_CATALOG, catalog, 64, length));
    SAME(*length, 0);
    SAME(catalog[0], 0);
    RELEASE(catalog);
    SQLUINTEGER *isolation = poisoned(sizeof *isolation);
    OK_DBC(connection, SQLGetConnectAttrW(connection, SQL_ATTR_TXN_ISOLATION, isolation, 0, length));
    SAME(*isolation, SQL_TXN_READ_COMMITTED);
    RELEASE(isolation);
    RELEASE(length);
}

/* What is set before anything runs: habits, and probes of what is supported. */
static void prepare_statement(SQLHSTMT statement)
{
    SQLULEN offset = 0;
    set(statement, SQL_ATTR_PARAM_BIND_TYPE, (void *)10);
    set(statement, SQL_ATTR_PARAM_BIND_TYPE, (void *)SQL_PARAM_BIND_BY_COLUMN);
    set(statement, SQL_ATTR_PARAM_BIND_OFFSET_PTR, &offset);
    set(statement, SQL_ATTR_PARAM_BIND_OFFSET_PTR, NULL);
    SQLHDESC descriptors[4];
    static const SQLINTEGER DESCRIPTORS[] = {SQL_ATTR_IMP_PARAM_DESC, SQL_ATTR_APP_PARAM_DESC, SQL_ATTR_IMP_ROW_DESC,
                                             SQL_ATTR_APP_ROW_DESC};
    for (int at = 0; at < 4; at++) {
        SQLHDESC *descriptor = poisoned(sizeof *descriptor);
        OK(statement, SQLGetStmtAttrW(statement, DESCRIPTORS[at], descriptor, SQL_IS_POINTER, NULL));
        descriptors[at] = *descriptor;
        for (int earlier = 0; earlier < at; earlier++)
            HOLDS(descriptors[earlier] != descriptors[at]);
        RELEASE(descriptor);
    }
    set(statement, SQL_ATTR_CURSOR_TYPE, (void *)SQL_CURSOR_FORWARD_ONLY);
    set(statement, SQL_ATTR_CONCURRENCY, (void *)SQL_CONCUR_READ_ONLY);
    WARNS("01S02", statement,
          SQLSetStmtAttrW(statement, SQL_ATTR_CONCURRENCY, (SQLPOINTER)SQL_CONCUR_VALUES, SQL_IS_UINTEGER));
    SQLULEN *value = poisoned(sizeof *value);
    OK(statement, SQLGetStmtAttrW(statement, SQL_ATTR_CONCURRENCY, value, SQL_IS_UINTEGER, NULL));
    SAME(*value, SQL_CONCUR_READ_ONLY);
    OK(statement, SQLGetStmtAttrW(statement, SQL_ATTR_QUERY_TIMEOUT, value, SQL_IS_UINTEGER, NULL));
    SAME(*value, 30); /* the connection's */
    RELEASE(value);
    set(statement, SQL_ATTR_PARAMSET_SIZE, (void *)1);
    set(statement, SQL_ATTR_RETRIEVE_DATA, (void *)SQL_RD_OFF);
    set(statement, SQL_ATTR_RETRIEVE_DATA, (void *)SQL_RD_ON);
}

static const SQLSMALLINT TYPES[] = {SQL_WVARCHAR, SQL_TIMESTAMP, SQL_DECIMAL, SQL_BIT};
static const char *const LABELS[] = {"subject", "receivedDateTime", "size", "isRead"};

static void describe(SQLHSTMT statement)
{
    SQLSMALLINT columns = 0;
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(columns, 4);
    for (SQLUSMALLINT column = 1; column <= 4; column++) {
        SQLSMALLINT length = -1, type = 0, digits = -1, nullable = -1;
        SQLULEN *size = poisoned(sizeof *size);
        /* No buffer: only the length of the name. */
        OK(statement, SQLDescribeColW(statement, column, NULL, 0, &length, &type, size, &digits, &nullable));
        SAME(length, strlen(LABELS[column - 1]));
        SAME(type, TYPES[column - 1]);
        HOLDS(*size > 0 && *size < 8000);
        RELEASE(size);
        SQLWCHAR *label = poisoned(1024);
        OK(statement, SQLColAttributeW(statement, column, SQL_COLUMN_LABEL, label, 1024, &length, NULL));
        TEXT(narrow(label), LABELS[column - 1]);
        SAME(length, WIDE * strlen(LABELS[column - 1]));
        RELEASE(label);
        SQLLEN updatable = -1;
        OK(statement, SQLColAttributeW(statement, column, SQL_COLUMN_UPDATABLE, NULL, 0, NULL, &updatable));
        SAME(updatable, SQL_ATTR_READONLY);
    }
}

static void number_column(SQLHSTMT statement, SQLUSMALLINT column)
{
    SQLHDESC row = NULL;
    OK(statement, SQLGetStmtAttrW(statement, SQL_ATTR_APP_ROW_DESC, &row, SQL_IS_POINTER, NULL));
    OK(statement, SQLBindCol(statement, column, SQL_C_NUMERIC, (SQLPOINTER)SIZE, 19, (SQLLEN *)SIZE_LENGTH));
    /* Setting a type forgets the address, so the address comes last. */
    OK_DESC(row, SQLSetDescField(row, (SQLSMALLINT)column, SQL_DESC_TYPE, (SQLPOINTER)SQL_C_NUMERIC, 0));
    OK_DESC(row, SQLSetDescField(row, (SQLSMALLINT)column, SQL_DESC_PRECISION, (SQLPOINTER)12, 0));
    OK_DESC(row, SQLSetDescField(row, (SQLSMALLINT)column, SQL_DESC_SCALE, (SQLPOINTER)3, 0));
    OK_DESC(row, SQLSetDescField(row, (SQLSMALLINT)column, SQL_DESC_DATA_PTR, (SQLPOINTER)SIZE, 0));
}

/* 16 bytes, the lowest first. */
static long long magnitude(const SQL_NUMERIC_STRUCT *number)
{
    unsigned long long value = 0;
    for (int at = 7; at >= 0; at--)
        value = value << 8 | number->val[at];
    return number->sign ? (long long)value : -(long long)value;
}

/* What row-wise binding must leave alone: everything between the columns. */
static int between_columns(const unsigned char *row, SQLLEN subject_bytes)
{
    return all_poison(row, 8) && all_poison(row + READ_LENGTH + 8, SUBJECT - READ_LENGTH - 8) &&
           all_poison(row + SUBJECT + subject_bytes + WIDE, (size_t)(RECEIVED - SUBJECT - subject_bytes - WIDE)) &&
           all_poison(row + RECEIVED + 16, SIZE - RECEIVED - 16) && all_poison(row + SIZE + 19, READ - SIZE - 19) &&
           all_poison(row + READ + 1, ROW - READ - 1);
}

static void rowsets(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    prepare_statement(statement);
    OK(statement, SQLPrepareW(statement,
                              W("select subject, receivedDateTime, "
                                "cast(char_length(bodyPreview) as decimal(12,3)) as size, isRead from Messages"),
                              SQL_NTS));
    describe(statement);
    SQLULEN *offset = poisoned(sizeof *offset);
    *offset = 0;
    set(statement, SQL_ATTR_ROW_BIND_TYPE, (void *)ROW);
    set(statement, SQL_ATTR_ROW_BIND_OFFSET_PTR, offset);
    OK(statement, SQLSetStmtAttrW(statement, SQL_ROWSET_SIZE, (SQLPOINTER)ROWSET, SQL_IS_UINTEGER));
    OK(statement, SQLBindCol(statement, 1, SQL_C_WCHAR, (SQLPOINTER)SUBJECT, SUBJECT_ROOM, (SQLLEN *)SUBJECT_LENGTH));
    OK(statement, SQLBindCol(statement, 2, SQL_C_TIMESTAMP, (SQLPOINTER)RECEIVED, 16, (SQLLEN *)RECEIVED_LENGTH));
    number_column(statement, 3);
    OK(statement, SQLBindCol(statement, 4, SQL_C_BIT, (SQLPOINTER)READ, 1, (SQLLEN *)READ_LENGTH));
    OK(statement, SQLExecute(statement));

    SQLULEN *fetched = poisoned(sizeof *fetched);
    SQLUSMALLINT *status = poisoned(ROWSET * sizeof *status);
    long rows = 0, unread = 0, sizes = 0;
    for (;;) {
        unsigned char *memory = poisoned(ROW * ROWSET);
        *offset = (SQLULEN)(uintptr_t)memory;
        poison_again(fetched);
        poison_again(status);
        SQLRETURN code = SQLExtendedFetch(statement, SQL_FETCH_NEXT, 0, fetched, status);
        if (code == SQL_NO_DATA) {
            SAME(*fetched, 0);
            RELEASE(memory);
            break;
        }
        /* A subject that is longer than its room is cut; everything else has room. */
        HOLDS(SQL_SUCCEEDED(code));
        if (!SQL_SUCCEEDED(code) || *fetched > ROWSET)
            break;
        SAME(*fetched, rows == 0 ? ROWSET : MESSAGES - ROWSET);
        for (SQLULEN number = 0; number < ROWSET; number++) {
            const unsigned char *row = memory + number * ROW;
            if (number >= *fetched) {
                SAME(status[number], SQL_ROW_NOROW);
                CHECK(all_poison(row, ROW), "row %ld is written", (long)number);
                continue;
            }
            SQLLEN length = *(const SQLLEN *)(row + SUBJECT_LENGTH);
            int cut = length > SUBJECT_ROOM - WIDE;
            SAME(status[number], cut ? SQL_ROW_SUCCESS_WITH_INFO : SQL_ROW_SUCCESS);
            SQLLEN bytes = cut ? SUBJECT_ROOM - WIDE : length;
            const SQLWCHAR *subject = (const SQLWCHAR *)(row + SUBJECT);
            if (length == SQL_NULL_DATA)
                bytes = -WIDE;
            else
                SAME(subject[bytes / WIDE], 0);
            SAME(*(const SQLLEN *)(row + RECEIVED_LENGTH), 16);
            SAME(*(const SQLLEN *)(row + SIZE_LENGTH), 19);
            SAME(*(const SQLLEN *)(row + READ_LENGTH), 1);
            CHECK(between_columns(row, bytes), "written between the columns of row %ld", rows);
            SQL_NUMERIC_STRUCT size;
            memcpy(&size, row + SIZE, sizeof size);
            SAME(size.precision, 12);
            SAME(size.scale, 3);
            long long thousandths = magnitude(&size);
            CHECK(thousandths % 1000 == 0 && thousandths <= 255000, "%lld thousandths", thousandths);
            sizes += (long)(thousandths / 1000);
            unread += row[READ] == 0;
            rows++;
        }
        RELEASE(memory);
    }
    SAME(rows, MESSAGES);
    SAME(unread, UNREAD);
    RELEASE(fetched);
    RELEASE(status);
    OK(statement, SQLFreeStmt(statement, SQL_UNBIND));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLFreeStmt(statement, SQL_RESET_PARAMS));
    set(statement, SQL_ATTR_ROW_BIND_OFFSET_PTR, NULL);
    RELEASE(offset);
    SAME(sizes, number_of(session, "select sum(char_length(bodyPreview)) from Messages"));
    SAME(SQLFreeStmt(statement, SQL_DROP), SQL_SUCCESS);
}

/* A rowset without bindings: the current row is chosen, and its columns are read one by one. */
static void unbound(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLSetStmtAttrW(statement, SQL_ROWSET_SIZE, (SQLPOINTER)3, SQL_IS_UINTEGER));
    OK(statement, SQLExecDirectW(statement, W("select subject, start_dateTime from Events order by start_dateTime"),
                                 SQL_NTS));
    SQLULEN *fetched = poisoned(sizeof *fetched);
    SQLUSMALLINT *status = poisoned(3 * sizeof *status);
    OK(statement, SQLExtendedFetch(statement, SQL_FETCH_NEXT, 0, fetched, status));
    SAME(*fetched, 3);
    static const struct {
        SQLSETPOSIROW row;
        const char *subject;
        SQLUSMALLINT day;
    } ROWS[] = {{3, "Planning of release 2.42", 16}, {1, "Stand-up", 2}, {2, "Retrospective 2.41", 12}};
    for (int at = 0; at < 3; at++) {
        OK(statement, SQLSetPos(statement, ROWS[at].row, SQL_POSITION, SQL_LOCK_NO_CHANGE));
        /* The last column first. */
        SQL_TIMESTAMP_STRUCT *start = poisoned(sizeof *start);
        SQLLEN *length = poisoned(sizeof *length);
        OK(statement, SQLGetData(statement, 2, SQL_C_TIMESTAMP, start, 16, length));
        SAME(start->day, ROWS[at].day);
        SAME(*length, 16);
        RELEASE(start);
        SQLWCHAR *subject = poisoned(128);
        OK(statement, SQLGetData(statement, 1, SQL_C_WCHAR, subject, 128, length));
        TEXT(narrow(subject), ROWS[at].subject);
        SAME(*length, WIDE * strlen(ROWS[at].subject));
        RELEASE(subject);
        RELEASE(length);
    }
    FAILS(EITHER("HY107", "S1107"), statement, SQLSetPos(statement, 4, SQL_POSITION, SQL_LOCK_NO_CHANGE));
    RELEASE(fetched);
    RELEASE(status);
    free_statement(statement);
}

/* Long text: its length with no buffer, then all of it at once. */
static void long_columns(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLExecDirectW(statement, W("select body_content, id from Messages order by receivedDateTime"),
                                 SQL_NTS));
    long rows = 0, longest = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement)) && rows < MESSAGES) {
        rows++;
        SQLLEN *length = poisoned(sizeof *length);
        SQLCHAR nothing = POISON;
        /* C type 1, no room. */
        SQLRETURN code = SQLGetData(statement, 1, SQL_C_CHAR, &nothing, 0, length);
        SAME(nothing, POISON);
        if (*length == SQL_NULL_DATA) {
            SAME(code, SQL_SUCCESS);
            RELEASE(length);
            continue;
        }
        CHECK(code == SQL_SUCCESS_WITH_INFO || *length == 0, "%s for a probe", code_name(code));
        HOLDS(*length >= 0 && *length < 100000);
        SQLLEN bytes = *length;
        char *text = poisoned((size_t)bytes + 1);
        if (bytes > 0) {
            OK(statement, SQLGetData(statement, 1, SQL_C_CHAR, text, bytes + 1, length));
            SAME(*length, bytes);
            SAME(strlen(text), bytes);
        }
        long characters = 0;
        for (SQLLEN at = 0; at < bytes; at++)
            characters += (text[at] & 0xC0) != 0x80;
        longest = characters > longest ? characters : longest;
        RELEASE(text);
        RELEASE(length);
    }
    SAME(rows, MESSAGES);
    SAME(longest, LONGEST_BODY);
    free_statement(statement);
}

/* A client-side recordset of at most ten rows, the limit set on the connection after the statement was made. */
static void limits(struct session *session)
{
    SQLHSTMT early = statement_of(session);
    OK_DBC(session->connection,
           SQLSetConnectAttrW(session->connection, SQL_ATTR_MAX_ROWS, (SQLPOINTER)10, SQL_IS_UINTEGER));
    SQLHSTMT late = statement_of(session);
    OK(late, SQLExecDirectW(late, W("select id from Messages"), SQL_NTS));
    SAME(rows_left(late), 10);
#if !MANAGED
    /* unixODBC keeps what is set on a connection for new statements only. */
    OK(early, SQLExecDirectW(early, W("select id from Messages"), SQL_NTS));
    SAME(rows_left(early), 10);
#endif
    free_statement(early);
    free_statement(late);
    OK_DBC(session->connection,
           SQLSetConnectAttrW(session->connection, SQL_ATTR_MAX_ROWS, (SQLPOINTER)0, SQL_IS_UINTEGER));
}

/* Recordset.MoveFirst, MoveLast, MovePrevious on a static cursor. */
static void scroll(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    set(statement, SQL_ATTR_CURSOR_TYPE, (void *)SQL_CURSOR_STATIC);
    OK(statement, SQLExecDirectW(statement, W("select subject from Events order by start_dateTime, subject"), SQL_NTS));
    SQLCHAR *subject = poisoned(256);
    SQLLEN *length = poisoned(sizeof *length);
    SQLULEN *fetched = poisoned(sizeof *fetched);
    SQLUSMALLINT *status = poisoned(sizeof *status);
    OK(statement, SQLBindCol(statement, 1, SQL_C_CHAR, subject, 256, length));
    OK(statement, SQLExtendedFetch(statement, SQL_FETCH_LAST, 0, fetched, status));
    TEXT(subject, "Release 2.42: go or no go");
    OK(statement, SQLExtendedFetch(statement, SQL_FETCH_PRIOR, 0, fetched, status));
    TEXT(subject, "Mail conference, Z\xC3\xBCrich");
    OK(statement, SQLExtendedFetch(statement, SQL_FETCH_FIRST, 0, fetched, status));
    TEXT(subject, "Stand-up");
    OK(statement, SQLExtendedFetch(statement, SQL_FETCH_ABSOLUTE, 4, fetched, status));
    TEXT(subject, "Lunch with S\xC3\xB8ren");
    OK(statement, SQLExtendedFetch(statement, SQL_FETCH_RELATIVE, -1, fetched, status));
    TEXT(subject, "Planning of release 2.42");
    SAME(*fetched, 1);
    SAME(*status, SQL_ROW_SUCCESS);
    NO_DATA(statement, SQLExtendedFetch(statement, SQL_FETCH_ABSOLUTE, EVENTS + 1, fetched, status));
    SAME(*fetched, 0);
#ifndef IODBC /* which refuses this field itself after SQLExtendedFetch */
    SQLLEN *count = poisoned(sizeof *count);
    OK(statement, SQLGetDiagField(SQL_HANDLE_STMT, statement, 0, SQL_DIAG_CURSOR_ROW_COUNT, count, 0, NULL));
    WITHIN(count);
    RELEASE(count);
#endif
    RELEASE(subject);
    RELEASE(length);
    RELEASE(fetched);
    RELEASE(status);
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC2);
    open_wide(&session, text);
    properties(session.connection);
    rowsets(&session);
    unbound(&session);
    long_columns(&session);
    limits(&session);
    scroll(&session);
    close_session(&session);
    return verdict();
}
