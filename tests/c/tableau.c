/* Tableau: has to tell a wrong password from an unreachable server, learns what the data source can do by trying, and
 * reads wide text with SQLBindCol.
 */
#include "replay.h"

/* The text with the value of a key replaced. */
static char *with(const char *text, const char *key, const char *value)
{
    static char changed[2048];
    const char *start = strstr(text, key);
    const char *end = start ? strchr(start, ';') : NULL;
    snprintf(changed, sizeof changed, "%.*s%s%s%s", start ? (int)(start - text) : (int)strlen(text), text,
             start ? key : "", start ? value : "", end ? end : "");
    return changed;
}

static void refused(const char *text, const char *state)
{
    struct session session = session_of(SQL_OV_ODBC3);
    SQLWCHAR wide[1024], out[1024] = {0}; /* iODBC reads it also after a failure */
    SQLSMALLINT length;
    FAILS_DBC(state, session.connection,
              SQLDriverConnectW(session.connection, NULL, widen(text, wide), SQL_NTS, out, 1024, &length,
                                SQL_DRIVER_NOPROMPT));
    SQLCHAR found[6], message[2048];
    SQLINTEGER native;
    for (SQLSMALLINT record = 1; SQL_SUCCEEDED(SQLGetDiagRec(SQL_HANDLE_DBC, session.connection, record, found, &native,
                                                             message, sizeof message, &length));
         record++)
        CHECK(!strstr((char *)message, "hush-hush"), "the secret is told: %s", message);
    OK_DBC(session.connection, SQLFreeHandle(SQL_HANDLE_DBC, session.connection));
    OK_ENV(session.environment, SQLFreeHandle(SQL_HANDLE_ENV, session.environment));
}

/* A statement that must not run, and must say why. */
static void impossible(SQLHSTMT statement, const char *query, const char *state)
{
    FAILS(state, statement, SQLExecDirect(statement, (SQLCHAR *)query, SQL_NTS));
    SQLCHAR message[1024] = "", found[6];
    SQLINTEGER native;
    SQLSMALLINT length;
    SQLGetDiagRec(SQL_HANDLE_STMT, statement, 1, found, &native, message, sizeof message, &length);
    CHECK(strlen((char *)message) > 40, "\"%s\" explains nothing", message);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
}

struct probe {
    const char *query;
    long rows;
};

static const struct probe POSSIBLE[] = {
    {"SELECT 1 AS \"x\" FROM \"Messages\" WHERE 1=0", 0},
    {"SELECT TOP 1 * FROM \"Messages\"", 1},
    {"SELECT * FROM \"Calendars\" LIMIT 1", 1},
    {"SELECT * FROM (SELECT * FROM \"Calendars\") \"q\" WHERE 0=1", 0},
    {"SELECT 1 AS \"one\"", 1},
    {"SELECT \"t0\".\"c\" AS \"c\" FROM (SELECT COUNT(1) AS \"c\" FROM \"Events\") \"t0\" WHERE \"t0\".\"c\" > 1", 1},
    {"SELECT \"importance\" FROM \"Messages\" GROUP BY 1", 3},
    {"SELECT SUM(1) AS \"n\", MIN(\"receivedDateTime\") FROM \"Messages\" HAVING (COUNT(1) > 0)", 1},
    {"SELECT {fn YEAR(\"receivedDateTime\")} AS \"y\", COUNT(DISTINCT \"from_emailAddress_address\") FROM \"Messages\" "
     "GROUP BY {fn YEAR(\"receivedDateTime\")}",
     2},
    {"SELECT CAST(\"start_dateTime\" AS DATE) AS \"d\" FROM \"Events\" WHERE (\"isAllDay\" = 1) ORDER BY 1 ASC", 3},
    {"SELECT \"subject\" FROM \"Events\" WHERE \"subject\" IN ('Bug triage', 'Dentist')", 2},
    {"SELECT \"a\".\"name\" FROM \"Calendars\" \"a\" "
     "INNER JOIN \"Calendars\" \"b\" ON (\"a\".\"id\" = \"b\".\"id\")", 2},
    {"SELECT (CASE WHEN \"isRead\" = 1 THEN 'read' ELSE 'new' END) AS \"k\" FROM \"Messages\" GROUP BY 1", 2},
};

static void capabilities(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    impossible(statement, "CREATE GLOBAL TEMPORARY TABLE \"#Tableau_0_Connect\" (\"COL\" INTEGER)", "HYC00");
    impossible(statement, "INSERT INTO \"Calendars\" (\"name\") VALUES ('x')", "25000");
    for (size_t at = 0; at < sizeof POSSIBLE / sizeof *POSSIBLE; at++) {
        const struct probe *probe = &POSSIBLE[at];
        SQLRETURN code = OK(statement, SQLExecDirect(statement, (SQLCHAR *)probe->query, SQL_NTS));
        SQLSMALLINT columns = 0;
        OK(statement, SQLNumResultCols(statement, &columns));
        long rows = rows_left(statement);
        CHECK(code == SQL_SUCCESS && columns > 0 && rows == probe->rows, "%ld rows: %s", rows, probe->query);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    }
    free_statement(statement);
}

struct step {
    const char *query;
    long count;
};

/* What Tableau tries in order to learn whether it may stage rows, and how it stages them. -1: nothing is counted. */
static const struct step STAGING[] = {
    {"CREATE LOCAL TEMPORARY TABLE \"#Tableau_1_Connect\" (\"COL\" INTEGER) ON COMMIT PRESERVE ROWS", -1},
    {"INSERT INTO \"#Tableau_1_Connect\" VALUES (1)", 1},
    {"DROP TABLE \"#Tableau_1_Connect\"", -1},
    {"CREATE TABLE #Tableau_1_Connect ( COL INTEGER )", -1},
    {"DROP TABLE #Tableau_1_Connect", -1},
    {"SELECT * INTO \"#Tableau_2_Connect\" FROM (SELECT 1 AS COL) AS CHECKTEMP", 1},
    {"DROP TABLE \"#Tableau_2_Connect\"", -1},
    {"CREATE LOCAL TEMPORARY TABLE \"#Tableau_3_Filter\" (\"X_importance\" VARCHAR(64) NOT NULL, "
     "\"X__Tableau_join_flag\" BIGINT) ON COMMIT PRESERVE ROWS", -1},
};

/* A long list of chosen values goes into a temporary table by an array of parameters, and is joined. */
static void staging(struct session *session)
{
    enum { SETS = 2, WIDTH = 65 };
    SQLHSTMT statement = statement_of(session);
    SQLLEN count;
    for (size_t at = 0; at < sizeof STAGING / sizeof *STAGING; at++) {
        const struct step *step = &STAGING[at];
        OK(statement, SQLExecDirect(statement, (SQLCHAR *)step->query, SQL_NTS));
        OK(statement, SQLRowCount(statement, &count));
        CHECK(count == step->count, "%ld rows: %s", (long)count, step->query);
    }
    OK(statement, SQLPrepare(statement, (SQLCHAR *)"INSERT INTO \"#Tableau_3_Filter\" VALUES (?, ?)", SQL_NTS));
    SQLSMALLINT type, digits, nullable;
    SQLULEN size;
    OK(statement, SQLDescribeParam(statement, 1, &type, &size, &digits, &nullable));
    SAME(size, 64);
    SAME(nullable, SQL_NO_NULLS);
    OK(statement, SQLDescribeParam(statement, 2, &type, &size, &digits, &nullable));
    SAME(type, SQL_BIGINT);
    char values[SETS][WIDTH] = {"high", "low"};
    SQLBIGINT flags[SETS] = {1, 1};
    SQLLEN lengths[SETS] = {SQL_NTS, SQL_NTS};
    SQLULEN processed = 0;
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_PARAMSET_SIZE, (SQLPOINTER)SETS, 0));
    OK(statement, SQLSetStmtAttr(statement, SQL_ATTR_PARAMS_PROCESSED_PTR, &processed, 0));
    OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 64, 0, values, WIDTH, lengths));
    OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT, SQL_C_SBIGINT, SQL_BIGINT, 0, 0, flags, 0, NULL));
    OK(statement, SQLExecute(statement));
    OK(statement, SQLRowCount(statement, &count));
    SAME(count, SETS);
    SAME(processed, SETS);
    free_statement(statement);

    statement = statement_of(session);
    OK(statement,
       SQLExecDirect(statement,
                     (SQLCHAR *)"SELECT \"m\".\"importance\" FROM \"Messages\" \"m\" INNER JOIN \"#Tableau_3_Filter\" \"f\" "
                                "ON (\"m\".\"importance\" = \"f\".\"X_importance\") GROUP BY 1",
                     SQL_NTS));
    SAME(rows_left(statement), SETS);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLTables(statement, NULL, 0, NULL, 0, NULL, 0, (SQLCHAR *)"'LOCAL TEMPORARY'", SQL_NTS));
    SAME(rows_left(statement), 1);
    OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    OK(statement, SQLExecDirect(statement, (SQLCHAR *)"DROP TABLE \"#Tableau_3_Filter\"", SQL_NTS));
    free_statement(statement);
}

/* A worksheet: counts by month, bound wide. */
static void worksheet(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLSetStmtAttrW(statement, SQL_ATTR_CURSOR_TYPE, (SQLPOINTER)SQL_CURSOR_FORWARD_ONLY, 0));
    OK(statement,
       SQLExecDirectW(statement,
                      W("SELECT \"Messages\".\"importance\" AS \"importance\",\n  SUM(1) AS \"sum:Number:ok\",\n"
                        "  {fn TIMESTAMPADD(SQL_TSI_DAY, -({fn DAYOFMONTH(\"Messages\".\"receivedDateTime\")} - 1), "
                        "CAST(\"Messages\".\"receivedDateTime\" AS DATE))} AS \"tmn:received:ok\"\n"
                        "FROM \"Messages\" \"Messages\"\nWHERE (\"Messages\".\"hasAttachments\" = 1)\n"
                        "GROUP BY 1, 3"),
                      SQL_NTS));
    SQLWCHAR *importance = poisoned(65 * sizeof *importance);
    SQLBIGINT *number = poisoned(sizeof *number);
    SQL_TIMESTAMP_STRUCT *month = poisoned(sizeof *month);
    SQLLEN *lengths[3];
    for (int at = 0; at < 3; at++)
        lengths[at] = poisoned(sizeof(SQLLEN));
    OK(statement, SQLBindCol(statement, 1, SQL_C_WCHAR, importance, 65 * WIDE, lengths[0]));
    OK(statement, SQLBindCol(statement, 2, SQL_C_SBIGINT, number, 0, lengths[1]));
    OK(statement, SQLBindCol(statement, 3, SQL_C_TYPE_TIMESTAMP, month, 0, lengths[2]));
    long total = 0;
    while (SQL_SUCCEEDED(SQLFetch(statement))) {
        SAME(*lengths[0], strcmp(narrow(importance), "high") == 0 ? 4 * WIDE : 6 * WIDE);
        SAME(*lengths[1], 8);
        SAME(*lengths[2], 16);
        SAME(month->day, 1);
        SAME(month->hour, 0);
        total += *number;
    }
    SAME(total, WITH_ATTACHMENTS);
    for (int at = 0; at < 3; at++)
        RELEASE(lengths[at]);
    RELEASE(importance);
    RELEASE(number);
    RELEASE(month);
    free_statement(statement);
}

/* Patterns are not escaped: an underscore matches any character, an escaped one only itself. */
static void patterns(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    static const struct {
        const char *column;
        long rows;
    } COLUMNS[] = {{"body_content", 1}, {"body\\_content", 1}, {"body_contentTyp_", 1}, {"body\\_contentTyp\\_", 0},
                   {"BODY_CONTENT", 1}, {"body%", 3},          {"", 0}};
    for (size_t at = 0; at < sizeof COLUMNS / sizeof *COLUMNS; at++) {
        OK(statement, SQLColumns(statement, NULL, 0, NULL, 0, (SQLCHAR *)"Messages", SQL_NTS,
                                 (SQLCHAR *)COLUMNS[at].column, SQL_NTS));
        long rows = rows_left(statement);
        CHECK(rows == COLUMNS[at].rows, "%s gives %ld", COLUMNS[at].column, rows);
        OK(statement, SQLFreeStmt(statement, SQL_CLOSE));
    }
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    refused(with(text, "ClientSecret=", "hush-hush"), "28000");
    refused(with(text, "LoginEndpoint=", "http://127.0.0.1:9"), "08001");
    struct session session = session_of(SQL_OV_ODBC3);
    open_wide(&session, text);
    capabilities(&session);
    staging(&session);
    worksheet(&session);
    patterns(&session);
    close_session(&session);
    return verdict();
}
