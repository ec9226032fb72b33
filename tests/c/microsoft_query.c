/* Microsoft Query and the import of old Excel versions: an ODBC 2 application with the ANSI spelling. It lets the user
 * pick tables and columns, writes SQL with the names of tables in front of every column, and binds text by its display
 * size.
 */
#include "replay.h"

static char *text_of(SQLHSTMT statement, SQLUSMALLINT column)
{
    static char text[1024];
    SQLLEN length = -1;
    text[0] = 0;
    OK(statement, SQLGetData(statement, column, SQL_C_CHAR, text, sizeof text, &length));
    if (length >= 0)
        SAME(strlen(text), length);
    return text;
}

static void choose_tables(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLTables(statement, NULL, 0, NULL, 0, NULL, 0,
                            (SQLCHAR *)"'TABLE','VIEW','SYSTEM TABLE','SYNONYM'", SQL_NTS));
    char last[256] = "";
    int tables = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        char *name = text_of(statement, 3);
        CHECK(strcmp(last, name) < 0, "%s after %s", name, last);
        strcpy(last, name);
        TEXT(text_of(statement, 4), "TABLE");
        tables++;
    }
    HOLDS(tables >= 7);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    /* Only what there is not. */
    OK(statement, SQLTables(statement, NULL, 0, NULL, 0, NULL, 0, (SQLCHAR *)"SYNONYM", SQL_NTS));
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));

    OK(statement, SQLColumns(statement, NULL, 0, NULL, 0, (SQLCHAR *)"Events", SQL_NTS, NULL, 0));
    int timestamps = 0, ordinal = 0;
    SQLSMALLINT *type = poisoned(sizeof *type);
    SQLLEN *length = poisoned(sizeof *length);
    OK(statement, SQLBindCol(statement, 5, SQL_C_SHORT, type, 0, length));
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        ordinal++;
        SAME(*length, sizeof *type);
        timestamps += *type == SQL_TIMESTAMP;
        CHECK(*type < 91 || *type > 93, "column %d has a type of ODBC 3: %d", ordinal, *type);
        SAME(number_at(statement, 17), ordinal);
    }
    HOLDS(timestamps >= 4);
    RELEASE(type);
    RELEASE(length);
    free_statement(statement);
}

static void types(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLGetTypeInfo(statement, SQL_ALL_TYPES));
    int last = -32768, stamp = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        int type = (int)number_at(statement, 2);
        CHECK(type >= last, "%d after %d", type, last);
        CHECK(type < 91 || type > 93, "a type of ODBC 3: %d", type);
        stamp += type == SQL_TIMESTAMP;
        last = type;
    }
    SAME(stamp, 1);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLGetTypeInfo(statement, SQL_TIMESTAMP));
    SAME(rows_left(statement), 1);
    free_statement(statement);
}

/* The SQL of the query window, its columns bound as text of their display size. */
static void query(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement,
       SQLExecDirect(statement,
                     (SQLCHAR *)"SELECT Events.subject, Events.start_dateTime, Events.isAllDay, "
                                "Events.\"location_displayName\" FROM Events Events "
                                "WHERE (Events.start_dateTime>={ts '2002-09-16 00:00:00'} And "
                                "Events.start_dateTime<{ts '2002-09-18 00:00:00'}) ORDER BY Events.start_dateTime",
                     SQL_NTS));
    SQLSMALLINT columns = 0;
    OK(statement, SQLNumResultCols(statement, &columns));
    SAME(columns, 4);
    char *buffers[4];
    SQLLEN *lengths[4];
    static const SQLSMALLINT TYPES[] = {TYPE_OF_BYTES, SQL_TIMESTAMP, SQL_BIT, TYPE_OF_BYTES};
    static const char *const NAMES[] = {"subject", "start_dateTime", "isAllDay", "location_displayName"};
    for (SQLUSMALLINT column = 1; column <= 4; column++) {
        SQLCHAR name[64];
        SQLSMALLINT length, type, digits, nullable;
        SQLULEN *size = poisoned(sizeof *size);
        OK(statement,
           SQLDescribeCol(statement, column, name, sizeof name, &length, &type, size, &digits, &nullable));
        TEXT(name, NAMES[column - 1]);
        SAME(type, TYPES[column - 1]);
        SAME(length, strlen(NAMES[column - 1]));
        RELEASE(size);
        SQLLEN display = -1;
        OK(statement,
           SQLColAttribute(statement, column, SQL_COLUMN_DISPLAY_SIZE, NULL, 0, NULL, (SQLPOINTER)&display));
        CHECK(display > 0 && display < 10000, "column %d is %ld wide", column, (long)display);
        buffers[column - 1] = poisoned((size_t)display + 1);
        lengths[column - 1] = poisoned(sizeof(SQLLEN));
        OK(statement, SQLBindCol(statement, column, SQL_C_CHAR, buffers[column - 1], display + 1,
                                 lengths[column - 1]));
    }
    static const char *const ROWS[][4] = {
        {"Planning of release 2.42", "2002-09-16 09:00:00.000000", "0", "Liffey"},
        {"Lunch with S\xC3\xB8ren", "2002-09-16 11:30:00.000000", "0", "The Winding Stair"},
        {"Bug triage", "2002-09-17 08:30:00.000000", "0", "Liffey"},
        {"1:1 with Megan", "2002-09-17 15:00:00.000000", "0", ""},
    };
    for (size_t row = 0; row < 4; row++) {
        OK(statement, SQLFetch(statement));
        for (size_t column = 0; column < 4; column++) {
            WITHIN(buffers[column]);
            WITHIN(lengths[column]);
            if (*lengths[column] == SQL_NULL_DATA)
                TEXT("", ROWS[row][column]);
            else
                TEXT(buffers[column], ROWS[row][column]);
        }
    }
    NO_DATA(statement, SQLFetch(statement));
    for (size_t column = 0; column < 4; column++) {
        RELEASE(buffers[column]);
        RELEASE(lengths[column]);
    }
    free_statement(statement);
}

/* A join that the query window draws as a line, and the 2.x ways of asking. */
static void outer_join(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_MAX_ROWS, (SQLPOINTER)500, 0));
    OK(statement,
       SQLPrepare(statement,
                  (SQLCHAR *)"SELECT MailFolders.path, Count(Messages.id) AS 'Number' FROM "
                             "{oj MailFolders MailFolders LEFT OUTER JOIN Messages Messages ON MailFolders.id = "
                             "Messages.parentFolderId} GROUP BY MailFolders.path ORDER BY MailFolders.path",
                  SQL_NTS));
    OK(statement, SQLExecute(statement));
    long folders = 0, messages = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        folders++;
        char path[256];
        strcpy(path, text_of(statement, 1));
        long here = (long)number_at(statement, 2);
        if (strcmp(path, "Inbox") == 0)
            SAME(here, 34);
        if (strcmp(path, "Drafts") == 0)
            SAME(here, 0);
        messages += here;
    }
    SAME(folders, FOLDERS);
    SAME(messages, MESSAGES);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    FAILS(EITHER("42S02", "S0002"), statement,
          SQLExecDirect(statement, (SQLCHAR *)"SELECT Mails.subject FROM Mails Mails", SQL_NTS));
    FAILS(EITHER("42S22", "S0022"), statement,
          SQLExecDirect(statement, (SQLCHAR *)"SELECT Events.subjekt FROM Events Events", SQL_NTS));
#if MANAGED
    SQLCHAR state[6], message[256];
    SQLINTEGER native;
    SQLSMALLINT length;
    FAILS(EITHER("42S22", "S0022"), statement, SQLExecDirect(statement, (SQLCHAR *)"SELECT subjekt FROM Events", SQL_NTS));
    SAME(SQLError(session->environment, session->connection, statement, state, &native, message, sizeof message,
                  &length),
         SQL_SUCCESS);
    TEXT(state, EITHER("42S22", "S0022"));
    CHECK(strstr((char *)message, "subject"), "no hint in %s", message);
    OK(statement, SQLSetStmtOption(statement, SQL_QUERY_TIMEOUT, 60));
    SQLULEN timeout = 0;
    OK(statement, SQLGetStmtOption(statement, SQL_QUERY_TIMEOUT, &timeout));
    SAME((SQLUINTEGER)timeout, 60);
    SAME(SQLFreeStmt(statement, SQL_DROP), SQL_SUCCESS);
#else
    free_statement(statement);
#endif
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC2);
    open_ansi(&session, text);
    SQLCHAR quote[8];
    SQLSMALLINT length = -1;
    OK_DBC(session.connection,
           SQLGetInfo(session.connection, SQL_IDENTIFIER_QUOTE_CHAR, quote, sizeof quote, &length));
    TEXT(quote, "\"");
    SAME(length, 1);
    choose_tables(&session);
    types(&session);
    query(&session);
    outer_join(&session);
    close_session(&session);
    return verdict();
}
