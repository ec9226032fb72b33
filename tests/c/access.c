/* Access with a linked table: ODBC 2 behaviour. It looks for its own table MSysConf, takes the first unique index for
 * the key, reads the keys of all rows, and then fetches the rows ten at a time by key, with parameters.
 */
#include "replay.h"

enum { KEY = 642 * 4, GROUP = 10 };

static char keys[MESSAGES + 1][KEY];

/* Any other answer than "no such table" makes Access refuse the connection. */
static void configuration(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    FAILS(EITHER("42S02", "S0002"), statement,
          SQLExecDirect(statement, (SQLCHAR *)"SELECT Config, nValue FROM MSysConf", SQL_NTS));
    free_statement(statement);
    SQLCHAR read_only[4];
    SQLSMALLINT length;
    OK_DBC(session->connection,
           SQLGetInfo(session->connection, SQL_DATA_SOURCE_READ_ONLY, read_only, sizeof read_only, &length));
    HOLDS(*read_only == 'Y' || *read_only == 'N');
}

/* The name of the first unique index's only column. */
static void find_key(struct session *session, char *name, size_t room)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLStatistics(statement, NULL, 0, NULL, 0, (SQLCHAR *)"Messages", SQL_NTS, SQL_INDEX_ALL, SQL_QUICK));
    SQLLEN length;
    char index[256] = "", first[256] = "";
    int columns = 0, table_rows = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        if (number_at(statement, 7) == SQL_TABLE_STAT) {
            SAME(columns, 0);
            SQLSMALLINT unique;
            OK(statement, SQLGetData(statement, 4, SQL_C_SHORT, &unique, 0, &length));
            SAME(length, SQL_NULL_DATA);
            table_rows++;
            continue;
        }
        SAME(number_at(statement, 4), SQL_FALSE);
        OK(statement, SQLGetData(statement, 6, SQL_C_CHAR, index, sizeof index, &length));
        if (!*first)
            strcpy(first, index);
        if (strcmp(first, index) == 0) {
            columns++;
            SAME(number_at(statement, 8), columns);
            OK(statement, SQLGetData(statement, 9, SQL_C_CHAR, name, (SQLLEN)room, &length));
        }
    }
    SAME(columns, 1);
    SAME(table_rows, 1);
    TEXT(name, "compositeKey");
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));

    OK(statement, SQLSpecialColumns(statement, SQL_BEST_ROWID, NULL, 0, NULL, 0, (SQLCHAR *)"Messages", SQL_NTS,
                                    SQL_SCOPE_TRANSACTION, SQL_NO_NULLS));
    char best[256] = "";
    OK(statement, SQLFetch(statement));
    OK(statement, SQLGetData(statement, 2, SQL_C_CHAR, best, sizeof best, &length));
    TEXT(best, name);
    NO_DATA(statement, SQLFetch(statement));
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLSpecialColumns(statement, SQL_ROWVER, NULL, 0, NULL, 0, (SQLCHAR *)"Messages", SQL_NTS,
                                    SQL_SCOPE_TRANSACTION, SQL_NO_NULLS));
    NO_DATA(statement, SQLFetch(statement));
    free_statement(statement);
}

static long read_keys(struct session *session, const char *key)
{
    SQLHSTMT statement = statement_of(session);
    char query[512];
    snprintf(query, sizeof query, "SELECT \"Messages\".\"%s\" FROM \"Messages\"", key);
    OK(statement, SQLExecDirect(statement, (SQLCHAR *)query, SQL_NTS));
    long rows = 0;
    SQLLEN length;
    while (rows <= MESSAGES && SQL_SUCCEEDED(SQLFetch(statement))) {
        OK(statement, SQLGetData(statement, 1, SQL_C_CHAR, keys[rows], KEY, &length));
        SAME(strlen(keys[rows]), length);
        rows++;
    }
    free_statement(statement);
    return rows;
}

/* One prepared statement for ten rows; keys are bound again for each group, and the last group repeats its last key. */
static void fetch_rows(struct session *session, const char *key, long count)
{
    char query[2048];
    int at = snprintf(query, sizeof query,
                      "SELECT \"%s\",\"subject\",\"body_content\",\"receivedDateTime\" FROM \"Messages\" "
                      "WHERE \"%s\" = ?",
                      key, key);
    for (int more = 1; more < GROUP; more++)
        at += snprintf(query + at, sizeof query - (size_t)at, " OR \"%s\" = ?", key);
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLPrepare(statement, (SQLCHAR *)query, SQL_NTS));
    SQLSMALLINT parameters = 0;
    OK(statement, SQLNumParams(statement, &parameters));
    SAME(parameters, GROUP);
    static char found[MESSAGES];
    char *bound = poisoned(KEY);
    SQLLEN *bound_length = poisoned(sizeof *bound_length);
    SQLLEN lengths[GROUP];
    OK(statement, SQLBindCol(statement, 1, SQL_C_CHAR, bound, KEY, bound_length));
    for (long start = 0; start < count; start += GROUP) {
        long expected = count - start < GROUP ? count - start : GROUP;
        for (int number = 0; number < GROUP; number++) {
            long row = start + (number < expected ? number : expected - 1);
            lengths[number] = SQL_NTS;
            OK(statement, SQLBindParameter(statement, (SQLUSMALLINT)(number + 1), SQL_PARAM_INPUT, SQL_C_CHAR,
                                           SQL_VARCHAR, 641, 0, keys[row], KEY, &lengths[number]));
        }
        OK(statement, SQLExecute(statement));
        long rows = 0;
        while (SQL_SUCCEEDED(SQLFetch(statement))) {
            rows++;
            WITHIN(bound);
            SAME(strlen(bound), *bound_length);
            for (long row = start; row < start + expected; row++)
                if (strcmp(keys[row], bound) == 0)
                    found[row]++;
            SQLCHAR subject[4096];
            SQLLEN length;
            OK(statement, SQLGetData(statement, 2, SQL_C_CHAR, subject, sizeof subject, &length));
            SQL_TIMESTAMP_STRUCT *received = poisoned(sizeof *received);
            OK(statement, SQLGetData(statement, 4, SQL_C_TIMESTAMP, received, 0, &length));
            SAME(length, sizeof *received);
            RELEASE(received);
        }
        SAME(rows, expected);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    }
    for (long row = 0; row < count; row++)
        CHECK(found[row] == 1, "row %ld is found %d times", row, found[row]);

    /* A key that is gone shows as #Deleted, not as an error. */
    for (int number = 0; number < GROUP; number++)
        OK(statement, SQLBindParameter(statement, (SQLUSMALLINT)(number + 1), SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR,
                                       641, 0, "gone|gone", KEY, &lengths[number]));
    OK(statement, SQLExecute(statement));
    NO_DATA(statement, SQLFetch(statement));
    RELEASE(bound);
    RELEASE(bound_length);
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC2);
    OK_DBC(session.connection,
           SQLSetConnectAttr(session.connection, SQL_ATTR_LOGIN_TIMEOUT, (SQLPOINTER)20, SQL_IS_UINTEGER));
    open_ansi(&session, text);
    configuration(&session);
    char key[256] = "";
    find_key(&session, key, sizeof key);
    long rows = read_keys(&session, key);
    SAME(rows, MESSAGES);
    /* The first two messages of the inbox have ids that differ in case alone. */
    int twins = 0;
    for (long one = 0; one < rows; one++)
        for (long other = one + 1; other < rows; other++) {
            CHECK(strcmp(keys[one], keys[other]) != 0, "rows %ld and %ld have one key", one, other);
            char *end_one = strchr(keys[one], '|'), *end_other = strchr(keys[other], '|');
            size_t length = end_one ? (size_t)(end_one - keys[one]) : 0;
            twins += end_other && (size_t)(end_other - keys[other]) == length &&
                     strncasecmp(keys[one], keys[other], length) == 0;
        }
    SAME(twins, 1);
    fetch_rows(&session, key, rows < MESSAGES ? rows : MESSAGES);
    close_session(&session);
    return verdict();
}
