/* Excel and Power BI, "From ODBC": three connections for each load (a probe, the navigator's, the data's), wide
 * functions throughout, one cell at a time with a buffer that doubles.
 */
#include "replay.h"

enum shape { SHORT_INTEGER, INTEGER, STRING };

struct question {
    SQLUSMALLINT id;
    enum shape shape;
    const char *text; /* what the text is, or NULL where anything will do */
};

/* In the order of the trace. */
static const struct question PROBE[] = {
    {SQL_DRIVER_NAME, STRING, NULL},
    {SQL_DRIVER_VER, STRING, NULL},
    {SQL_DRIVER_ODBC_VER, STRING, "03.80"},
    {SQL_DBMS_NAME, STRING, "Microsoft Exchange"},
    {SQL_DBMS_VER, STRING, NULL},
    {SQL_IDENTIFIER_QUOTE_CHAR, STRING, "\""},
    {SQL_OWNER_USAGE, INTEGER, NULL},
    {SQL_OWNER_TERM, STRING, ""},
    {SQL_CATALOG_USAGE, INTEGER, NULL},
    {SQL_CATALOG_NAME, STRING, "N"},
    {SQL_CATALOG_TERM, STRING, ""},
    {SQL_CATALOG_NAME_SEPARATOR, STRING, ""},
    {SQL_CATALOG_LOCATION, SHORT_INTEGER, NULL},
    {SQL_SQL_CONFORMANCE, INTEGER, NULL},
    {SQL_SQL92_PREDICATES, INTEGER, NULL},
    {SQL_SQL92_VALUE_EXPRESSIONS, INTEGER, NULL},
    {SQL_SQL92_RELATIONAL_JOIN_OPERATORS, INTEGER, NULL},
    {SQL_NUMERIC_FUNCTIONS, INTEGER, NULL},
    {SQL_STRING_FUNCTIONS, INTEGER, NULL},
    {SQL_TIMEDATE_FUNCTIONS, INTEGER, NULL},
    {SQL_SYSTEM_FUNCTIONS, INTEGER, NULL},
    {SQL_TIMEDATE_ADD_INTERVALS, INTEGER, NULL},
    {SQL_TIMEDATE_DIFF_INTERVALS, INTEGER, NULL},
    {SQL_CONVERT_FUNCTIONS, INTEGER, NULL},
    {SQL_CONVERT_BIGINT, INTEGER, NULL},
    {SQL_CONVERT_BINARY, INTEGER, NULL},
    {SQL_CONVERT_BIT, INTEGER, NULL},
    {SQL_CONVERT_CHAR, INTEGER, NULL},
    {SQL_CONVERT_DATE, INTEGER, NULL},
    {SQL_CONVERT_DECIMAL, INTEGER, NULL},
    {SQL_CONVERT_DOUBLE, INTEGER, NULL},
    {SQL_CONVERT_FLOAT, INTEGER, NULL},
    {SQL_CONVERT_INTEGER, INTEGER, NULL},
    {SQL_CONVERT_LONGVARBINARY, INTEGER, NULL},
    {SQL_CONVERT_LONGVARCHAR, INTEGER, NULL},
    {SQL_CONVERT_NUMERIC, INTEGER, NULL},
    {SQL_CONVERT_REAL, INTEGER, NULL},
    {SQL_CONVERT_SMALLINT, INTEGER, NULL},
    {SQL_CONVERT_TIME, INTEGER, NULL},
    {SQL_CONVERT_TIMESTAMP, INTEGER, NULL},
    {SQL_CONVERT_TINYINT, INTEGER, NULL},
    {SQL_CONVERT_VARBINARY, INTEGER, NULL},
    {SQL_CONVERT_VARCHAR, INTEGER, NULL},
    {SQL_CONVERT_WCHAR, INTEGER, NULL},
    {SQL_CONVERT_WLONGVARCHAR, INTEGER, NULL},
    {SQL_CONVERT_WVARCHAR, INTEGER, NULL},
    {SQL_CONVERT_INTERVAL_DAY_TIME, INTEGER, NULL},
    {SQL_CONVERT_INTERVAL_YEAR_MONTH, INTEGER, NULL},
    {SQL_CONVERT_GUID, INTEGER, NULL},
    {SQL_GROUP_BY, SHORT_INTEGER, NULL},
    {SQL_COLUMN_ALIAS, STRING, "Y"},
    {SQL_CONCAT_NULL_BEHAVIOR, SHORT_INTEGER, NULL},
    {SQL_ORDER_BY_COLUMNS_IN_SELECT, STRING, "N"},
    {SQL_MAX_COLUMNS_IN_SELECT, SHORT_INTEGER, NULL},
    {SQL_MAX_COLUMNS_IN_GROUP_BY, SHORT_INTEGER, NULL},
    {SQL_MAX_COLUMNS_IN_ORDER_BY, SHORT_INTEGER, NULL},
    {SQL_MAX_IDENTIFIER_LEN, SHORT_INTEGER, NULL},
    {SQL_SEARCH_PATTERN_ESCAPE, STRING, "\\"},
    {SQL_SPECIAL_CHARACTERS, STRING, NULL},
    {SQL_ODBC_INTERFACE_CONFORMANCE, INTEGER, NULL},
    {SQL_GETDATA_EXTENSIONS, INTEGER, NULL},
    {180, INTEGER, NULL}, /* SQL_RETURN_ESCAPE_CLAUSE of ODBC 4: an error makes the mashup engine give up */
};

static void ask(SQLHDBC connection, const struct question *question)
{
    enum { ROOM = 512 };
    SQLSMALLINT *length = poisoned(sizeof *length);
    char *buffer = poisoned(ROOM);
    size_t expected = question->shape == SHORT_INTEGER ? 2 : 4;
    OK_DBC(connection, SQLGetInfoW(connection, question->id, buffer, ROOM, length));
    WITHIN(buffer);
    if (question->shape == STRING) {
        CHECK(*length >= 0 && *length % WIDE == 0 && *length < ROOM - WIDE, "%d: length %d", question->id, *length);
        SQLWCHAR *text = (SQLWCHAR *)buffer;
        SAME(text[*length / WIDE], 0);
        CHECK(all_poison(buffer + *length + WIDE, (size_t)(ROOM - *length - WIDE)), "%d: too much", question->id);
        if (question->text && strcmp(narrow(text), question->text) != 0)
            CHECK(0, "%d is %s, not %s", question->id, narrow(text), question->text);
        /* Only the length is asked for, and then a buffer that is too small. */
        SQLSMALLINT total = -1;
        OK_DBC(connection, SQLGetInfoW(connection, question->id, NULL, 0, &total));
        SAME(total, *length);
        if (total > WIDE) {
            poison_again(buffer);
            RETURNS(SQL_SUCCESS_WITH_INFO, "01004", SQL_HANDLE_DBC, connection,
                    SQLGetInfoW(connection, question->id, buffer, 2 * WIDE, &total));
            SAME(total, *length);
            SAME(text[1], 0);
            CHECK(all_poison(buffer + 2 * WIDE, ROOM - 2 * WIDE), "%d: cut too late", question->id);
        }
    } else {
        CHECK(!all_poison(buffer, expected), "%d is not answered", question->id);
        CHECK(all_poison(buffer + expected, ROOM - expected), "%d is too wide", question->id);
        CHECK(*length == (SQLSMALLINT)expected, "%d has length %d", question->id, *length);
        if (question->id == 180)
            SAME(*(SQLUINTEGER *)buffer, 0);
    }
    RELEASE(buffer);
    RELEASE(length);
}

/* As the mashup engine connects: pooled by environment, with a limit, and without a prompt. */
static struct session connected(const char *text)
{
    struct session session = session_of(SQL_OV_ODBC3);
#if !defined IODBC && !defined WITHOUT_MANAGER /* pools are the driver manager's, in iODBC the process's */
    OK_ENV(session.environment, SQLSetEnvAttr(session.environment, SQL_ATTR_CONNECTION_POOLING,
                                              (SQLPOINTER)SQL_CP_ONE_PER_HENV, SQL_IS_UINTEGER));
#endif
    OK_DBC(session.connection,
           SQLSetConnectAttrW(session.connection, SQL_ATTR_LOGIN_TIMEOUT, (SQLPOINTER)15, SQL_IS_UINTEGER));
    open_wide(&session, text);
    return session;
}

/* Attributes that are asked of every column; all must be there. */
static void describe(SQLHSTMT statement, SQLSMALLINT columns)
{
    static const SQLUSMALLINT NUMBERS[] = {SQL_DESC_CONCISE_TYPE, SQL_DESC_NULLABLE, SQL_DESC_LENGTH,
                                           SQL_DESC_NUM_PREC_RADIX, SQL_DESC_SCALE, SQL_DESC_OCTET_LENGTH};
    for (SQLUSMALLINT column = 1; column <= columns; column++) {
        for (size_t at = 0; at < sizeof NUMBERS / sizeof *NUMBERS; at++) {
            SQLLEN *number = poisoned(sizeof *number);
            OK(statement, SQLColAttributeW(statement, column, NUMBERS[at], NULL, 0, NULL, number));
            CHECK(!all_poison((char *)number + 4, 4), "column %d: %d is written by half", column, NUMBERS[at]);
            RELEASE(number);
        }
        SQLWCHAR *text = poisoned(256);
        SQLSMALLINT length = -1;
        OK(statement, SQLColAttributeW(statement, column, SQL_DESC_NAME, text, 256, &length, NULL));
        CHECK(length > 0 && length % WIDE == 0 && text[length / WIDE] == 0, "column %d: length %d", column, length);
        OK(statement, SQLColAttributeW(statement, column, SQL_DESC_TYPE_NAME, text, 256, &length, NULL));
        CHECK(length > 0, "column %d has no type name", column);
        RELEASE(text);
    }
}

/* The navigator: tables, their columns and keys, and types, all of them read to the end. */
static void navigate(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    SQLSMALLINT columns = 0;
    OK(statement, SQLTablesW(statement, NULL, 0, NULL, 0, NULL, 0, W("TABLE,VIEW"), SQL_NTS));
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(columns, 5);
    describe(statement, columns);
    int tables = 0, messages = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        SQLWCHAR name[256];
        SQLLEN length;
        OK(statement, SQLGetData(statement, 3, SQL_C_WCHAR, name, sizeof name, &length));
        messages += strcmp(narrow(name), "Messages") == 0;
        OK(statement, SQLGetData(statement, 1, SQL_C_WCHAR, name, sizeof name, &length));
        SAME(length, SQL_NULL_DATA);
        tables++;
    }
    HOLDS(tables >= 7);
    SAME(messages, 1);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));

    OK(statement, SQLColumnsW(statement, NULL, 0, NULL, 0, W("Messages"), SQL_NTS, NULL, 0));
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(columns, 18);
    long described = rows_left(statement);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLExecDirectW(statement, W("select * from \"Messages\" where 1 = 0"), SQL_NTS));
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(described, columns);
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));

    OK(statement, SQLPrimaryKeysW(statement, NULL, 0, NULL, 0, W("Messages"), SQL_NTS));
    SAME(rows_left(statement), 1);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLForeignKeysW(statement, W(""), 0, W(""), 0, W(""), 0, NULL, 0, NULL, 0, W("Messages"), SQL_NTS));
    rows_left(statement);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));

    /* Text that cannot be searched keeps filters from being folded. */
    OK(statement, SQLGetTypeInfoW(statement, SQL_ALL_TYPES));
    int last = -32768, texts = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        int type = (int)number_at(statement, 2), searchable = (int)number_at(statement, 9);
        CHECK(type >= last, "types are out of order: %d after %d", type, last);
        last = type;
        if (type == SQL_VARCHAR || type == SQL_WVARCHAR) {
            SAME(searchable, SQL_SEARCHABLE);
            texts++;
        }
    }
    HOLDS(texts >= 2);
    free_statement(statement);
}

/* A whole text: the first buffer has 2048 bytes, the next ones one character more, then twice as much each time. Returns its characters. */
static long read_long(SQLHSTMT statement, SQLUSMALLINT column)
{
    SQLLEN size = 2048, total = -1, left = -1;
    long characters = 0;
    for (;;) {
        SQLWCHAR *buffer = poisoned((size_t)size);
        SQLLEN *length = poisoned(sizeof *length);
        SQLRETURN code = SQLGetData(statement, column, SQL_C_WCHAR, buffer, size, length);
        SQLLEN room = size - WIDE, got;
        if (code == SQL_NO_DATA || *length == SQL_NULL_DATA) {
            CHECK(*length == SQL_NULL_DATA || left == 0, "%ld bytes are missing", (long)left);
            RELEASE(buffer);
            RELEASE(length);
            return characters;
        }
        if (left >= 0)
            SAME(*length, left);
        else
            total = *length;
        got = *length > room ? room : *length;
        if (code == SQL_SUCCESS_WITH_INFO)
            CHECK(*length > room, "truncated for no reason: %ld", (long)*length);
        else
            SAME(code, SQL_SUCCESS);
        SAME(buffer[got / WIDE], 0);
        for (SQLLEN at = 0; at < got / WIDE; at++)
            CHECK(buffer[at] != 0, "a hole at %ld", (long)at);
        CHECK(all_poison((char *)buffer + got + WIDE, (size_t)(size - got - WIDE)), "more than the length says");
        characters += got / WIDE;
        left = *length - got;
        RELEASE(buffer);
        RELEASE(length);
        if (code == SQL_SUCCESS) {
            SAME(characters * WIDE, total);
            SQLWCHAR end[2];
            SQLLEN none;
            NO_DATA(statement, SQLGetData(statement, column, SQL_C_WCHAR, end, sizeof end, &none));
            return characters;
        }
        size = size == 2048 ? 2048 + WIDE : (size - WIDE) * 2 + WIDE;
    }
}

static void load(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    SQLSMALLINT columns = 0;
    OK(statement, SQLExecDirectW(statement,
                                 W("select \"subject\", \"receivedDateTime\", \"isRead\", \"hasAttachments\", "
                                   "\"body_content\", \"conversationIndex\", {fn LENGTH(\"body_content\")} + 0.5E0 "
                                   "from \"Messages\""),
                                 SQL_NTS));
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(columns, 7);
    describe(statement, columns);
    OK(statement, SQLSetStmtAttrW(statement, SQL_ATTR_ROWS_FETCHED_PTR, NULL, SQL_IS_POINTER));
    long rows = 0, unread = 0, attached = 0, longest = 0;
    SQLRETURN code;
    while ((code = SQLFetch(statement)) == SQL_SUCCESS) {
        rows++;
        read_long(statement, 1);
        SQL_TIMESTAMP_STRUCT *received = poisoned(sizeof *received);
        SQLLEN length = -1;
        OK(statement, SQLGetData(statement, 2, SQL_C_TYPE_TIMESTAMP, received, 2048, &length));
        SAME(length, sizeof *received);
        CHECK(received->year == 2001 || received->year == 2002, "year %d", received->year);
        SAME(received->fraction, 0);
        RELEASE(received);
        unsigned char *bit = poisoned(1);
        OK(statement, SQLGetData(statement, 3, SQL_C_BIT, bit, 2048, &length));
        SAME(length, 1);
        unread += *bit == 0;
        OK(statement, SQLGetData(statement, 4, SQL_C_BIT, bit, 2048, &length));
        attached += *bit == 1;
        RELEASE(bit);
        long body = read_long(statement, 5);
        if (body > longest)
            longest = body;
        unsigned char *index = poisoned(2048);
        OK(statement, SQLGetData(statement, 6, SQL_C_BINARY, index, 2048, &length));
        CHECK(length == SQL_NULL_DATA || length >= 22, "conversation index of %ld bytes", (long)length);
        RELEASE(index);
        double *number = poisoned(sizeof *number);
        OK(statement, SQLGetData(statement, 7, SQL_C_DOUBLE, number, 2048, &length));
        CHECK(*number <= (double)body + 0.5, "%f characters in %ld", *number, body);
        RELEASE(number);
    }
    SAME(code, SQL_NO_DATA);
    SAME(rows, MESSAGES);
    SAME(unread, UNREAD);
    SAME(attached, WITH_ATTACHMENTS);
    SAME(longest, LONGEST_BODY);
    NO_DATA(statement, SQLMoreResults(statement));
    free_statement(statement);
}

/* What the engine folds into SQL: nested tables, aliases that are quoted, parameters for literals. */
static void folded(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLPrepareW(statement,
                              W("select \"rows\".\"importance\" as \"importance\", count(1) as \"Count\", "
                                "max(\"rows\".\"receivedDateTime\") as \"Last\" from "
                                "(select \"importance\", \"receivedDateTime\", \"isRead\" from \"Messages\" \"_\" "
                                "where \"_\".\"receivedDateTime\" >= ? and (\"_\".\"isRead\" = 0 and \"_\".\"isRead\" "
                                "is not null)) \"rows\" group by \"importance\" order by 2 desc"),
                              SQL_NTS));
    SQL_TIMESTAMP_STRUCT since = {2001, 1, 1, 0, 0, 0, 0};
    SQLLEN length = sizeof since;
    OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_TYPE_TIMESTAMP, SQL_TYPE_TIMESTAMP, 26, 6,
                                   &since, sizeof since, &length));
    for (int run = 0; run < 2; run++) {
        OK(statement, SQLExecute(statement));
        long total = 0;
        while (SQL_SUCCEEDED(SQLFetch(statement)))
            total += (long)number_at(statement, 2);
        SAME(total, run == 0 ? UNREAD : 0);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
        since.year = 2003;
    }
    /* A time with a fraction, read into a type that has none. */
    OK(statement, SQLFreeStmt(statement, SQL_RESET_PARAMS));
    OK(statement, SQLExecDirectW(statement, W("select cast('12:34:56.5' as time), {d '2002-09-16'}"), SQL_NTS));
    OK(statement, SQLFetch(statement));
    SQL_TIME_STRUCT *time = poisoned(sizeof *time);
    WARNS("01S07", statement, SQLGetData(statement, 1, SQL_C_TYPE_TIME, time, 2048, &length));
    SAME(length, sizeof *time);
    SAME(time->hour * 10000 + time->minute * 100 + time->second, 123456);
    RELEASE(time);
    SQL_DATE_STRUCT *date = poisoned(sizeof *date);
    OK(statement, SQLGetData(statement, 2, SQL_C_TYPE_DATE, date, 2048, &length));
    SAME(date->year * 10000 + date->month * 100 + date->day, 20020916);
    RELEASE(date);
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session probe = connected(text);
    for (size_t at = 0; at < sizeof PROBE / sizeof *PROBE; at++)
        ask(probe.connection, &PROBE[at]);
    close_session(&probe);

    struct session navigator = connected(text);
    navigate(&navigator);
    struct session data = connected(text);
    load(&data);
    folded(&data);
    close_session(&data);
    close_session(&navigator);
    return verdict();
}
