/* A linked server of SQL Server, through MSDASQL: enumerates what there is, compares every description of a column with
 * the others, and refuses a row as soon as one value is longer than described.
 */
#include "replay.h"

enum { COLUMNS = 160, PROVIDER_LIMIT = 8000 };

static const struct {
    const char *name;
    long rows;
} TABLES[] = {{"Calendars", CALENDARS}, {"Contacts", CONTACTS},           {"Events", EVENTS}, {"MailFolders", FOLDERS},
              {"Messages", MESSAGES},   {"MessageAttachments", ATTACHMENTS}, {"Users", USERS}};

struct column {
    char name[256];
    SQLSMALLINT type;
    SQLULEN size;
    SQLLEN octets;
};

static void enumerate(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    SQLCHAR *all = (SQLCHAR *)"%", *empty = (SQLCHAR *)"";
    /* There are neither catalogs nor schemas. */
    OK(statement, SQLTables(statement, all, SQL_NTS, empty, 0, empty, 0, NULL, 0));
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLTables(statement, empty, 0, all, SQL_NTS, empty, 0, NULL, 0));
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLTables(statement, empty, 0, empty, 0, empty, 0, all, SQL_NTS));
    static const char *const TYPES[] = {"LOCAL TEMPORARY", "SYSTEM VIEW", "TABLE"};
    SQLCHAR type[64];
    SQLLEN length;
    for (size_t at = 0; at < sizeof TYPES / sizeof *TYPES; at++) {
        OK(statement, SQLFetch(statement));
        for (SQLUSMALLINT column = 1; column <= 5; column++) {
            OK(statement, SQLGetData(statement, column, SQL_C_CHAR, type, sizeof type, &length));
            if (column == 4)
                TEXT(type, TYPES[at]);
            else
                SAME(length, SQL_NULL_DATA);
        }
    }
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    /* The columns of an enumeration can be described, too. */
    OK(statement, SQLTables(statement, NULL, 0, NULL, 0, NULL, 0, NULL, 0));
    SQLLEN size = 0;
    OK(statement, SQLColAttribute(statement, 3, SQL_DESC_LENGTH, NULL, 0, NULL, (SQLPOINTER)&size));
    HOLDS(size >= 128 && size <= PROVIDER_LIMIT);
    for (size_t at = 0; at < sizeof TABLES / sizeof *TABLES; at++) {
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
        OK(statement, SQLTables(statement, NULL, 0, NULL, 0, (SQLCHAR *)TABLES[at].name, SQL_NTS, (SQLCHAR *)"TABLE",
                                SQL_NTS));
        SAME(rows_left(statement), 1);
    }
    free_statement(statement);
}

/* The types that a column may have, as SQLGetTypeInfo lists them. */
static int type_is_listed(struct session *session, SQLSMALLINT type)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLGetTypeInfo(statement, type));
    long rows = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        SAME(number_at(statement, 2), type);
        rows++;
    }
    free_statement(statement);
    return rows > 0;
}

static int describe(SQLHSTMT statement, struct column *columns)
{
    SQLSMALLINT count = 0;
    OK(statement, SQLNumResultCols(statement, &count));
    for (SQLUSMALLINT at = 1; at <= count && at <= COLUMNS; at++) {
        struct column *column = &columns[at - 1];
        SQLSMALLINT length, digits, nullable;
        SQLWCHAR name[256];
        OK(statement, SQLDescribeColW(statement, at, name, 256, &length, &column->type, &column->size, &digits,
                                      &nullable));
        strcpy(column->name, narrow(name));
        OK(statement, SQLColAttributeW(statement, at, SQL_DESC_OCTET_LENGTH, NULL, 0, NULL, &column->octets));
    }
    return count;
}

/* SQLColumns and the result agree on every column. */
static void compare(struct session *session, const char *table, const struct column *columns, int count)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLColumns(statement, NULL, 0, NULL, 0, (SQLCHAR *)table, SQL_NTS, (SQLCHAR *)"%", SQL_NTS));
    int at = 0;
    for (; at < count && SQL_SUCCEEDED(SQLFetch(statement)); at++) {
        const struct column *column = &columns[at];
        SQLWCHAR name[256];
        SQLLEN length;
        OK(statement, SQLGetData(statement, 4, SQL_C_WCHAR, name, sizeof name, &length));
        TEXT(narrow(name), column->name);
        SAME(number_at(statement, 5), column->type);
        SAME(number_at(statement, 7), column->size);
        SAME(number_at(statement, 8), column->octets);
        SAME(number_at(statement, 17), at + 1);
        if (column->type == SQL_WVARCHAR || column->type == SQL_VARCHAR)
            CHECK(column->size > 0 && column->size <= PROVIDER_LIMIT, "%s.%s has %ld characters", table, column->name,
                  (long)column->size);
    }
    SAME(at, count);
    NO_DATA(statement, SQLFetch(statement));
    free_statement(statement);
}

static long characters(const SQLWCHAR *text, SQLLEN bytes)
{
    long count = 0;
    for (SQLLEN at = 0; at < bytes / WIDE; at++)
        count += text[at] < 0xDC00 || text[at] > 0xDFFF;
    return count;
}

/* Every value of a table, against its description. */
static void read_table(struct session *session, const char *table, long expected)
{
    enum { ROOM = 1 << 18 };
    static struct column columns[COLUMNS];
    SQLHSTMT statement = statement_of(session);
    char query[256];
    snprintf(query, sizeof query, "SELECT * FROM \"%s\" \"Tbl1002\"", table);
    OK(statement, SQLPrepare(statement, (SQLCHAR *)query, SQL_NTS));
    int count = describe(statement, columns);
    HOLDS(count > 0 && count <= COLUMNS);
    compare(session, table, columns, count);
    OK(statement, SQLExecute(statement));
    SQLWCHAR *text = poisoned(ROOM);
    long rows = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        rows++;
        for (int at = 0; at < count; at++) {
            const struct column *column = &columns[at];
            SQLLEN length = -99;
            int binary = column->type == SQL_LONGVARBINARY;
            OK(statement, SQLGetData(statement, (SQLUSMALLINT)(at + 1), binary ? SQL_C_BINARY : SQL_C_WCHAR, text, ROOM,
                                     &length));
            if (length == SQL_NULL_DATA || column->size == 0)
                continue;
            CHECK(length >= 0, "%s.%s: length %ld", table, column->name, (long)length);
            long long limit = (long long)column->size;
            if (column->type == SQL_DOUBLE || column->type == SQL_INTEGER || column->type == SQL_BIGINT)
                limit += 9; /* size counts digits; text has a sign, a point and an exponent */
            CHECK(characters(text, length) <= limit, "%s.%s has %ld characters, described %ld", table, column->name,
                  characters(text, length), (long)column->size);
            if (column->type == SQL_WVARCHAR)
                CHECK(length <= column->octets, "%s.%s has %ld bytes, described %ld", table, column->name, (long)length,
                      (long)column->octets);
        }
    }
    SAME(rows, expected);
    WITHIN(text);
    RELEASE(text);
    free_statement(statement);
    for (int at = 0; at < count; at++) {
        int known = 0;
        for (int earlier = 0; earlier < at; earlier++)
            known |= columns[earlier].type == columns[at].type;
        if (!known)
            CHECK(type_is_listed(session, columns[at].type), "SQLGetTypeInfo does not list %d", columns[at].type);
    }
}

/* What SQL Server sends: every name aliased, and what it cannot send left to itself. */
static void remote_query(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLPrepareW(statement,
                              W("SELECT \"Tbl1002\".\"id\" \"Col1004\",\"Tbl1002\".\"subject\" \"Col1005\","
                                "\"Tbl1002\".\"receivedDateTime\" \"Col1006\" FROM \"Messages\" \"Tbl1002\" WHERE "
                                "\"Tbl1002\".\"receivedDateTime\">={ts '2002-09-01 00:00:00.000000'} AND "
                                "\"Tbl1002\".\"isRead\"=? ORDER BY \"Col1006\" ASC"),
                              SQL_NTS));
    SQLSMALLINT *type = poisoned(sizeof *type), *digits = poisoned(sizeof *digits),
                *nullable = poisoned(sizeof *nullable);
    SQLULEN *size = poisoned(sizeof *size);
    OK(statement, SQLDescribeParam(statement, 1, type, size, digits, nullable));
    SAME(*type, SQL_BIT);
    SAME(*size, 1);
    RELEASE(type);
    RELEASE(size);
    RELEASE(digits);
    RELEASE(nullable);
    unsigned char read = 0;
    SQLLEN length = 1;
    OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_BIT, SQL_BIT, 1, 0, &read, 1, &length));
    long rows = 0;
    for (int run = 0; run < 2; run++, read = 1) {
        OK(statement, SQLExecute(statement));
        SQLWCHAR name[64];
        SQLSMALLINT name_length;
        OK(statement, SQLDescribeColW(statement, 2, name, 64, &name_length, NULL, NULL, NULL, NULL));
        TEXT(narrow(name), "Col1005");
        rows += rows_left(statement);
        OK(statement, SQLCloseCursor(statement));
    }
    free_statement(statement);
    SAME(rows, number_of(session, "SELECT COUNT(*) FROM Messages WHERE receivedDateTime >= {d '2002-09-01'}"));
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC3);
    open_wide(&session, text);
    enumerate(&session);
    for (size_t at = 0; at < sizeof TABLES / sizeof *TABLES; at++)
        read_table(&session, TABLES[at].name, TABLES[at].rows);
    remote_query(&session);
    close_session(&session);
    return verdict();
}
