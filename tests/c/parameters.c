/* Arrays of parameters and values that come at execution, as bulk loaders and report writers send them: bound column
 * by column and row by row, at an offset, some sets left out, some wrong; long text in pieces, cut anywhere.
 */
#include "replay.h"

enum { SETS = 4 };

static void set(SQLHSTMT statement, SQLINTEGER attribute, const void *value)
{
    OK(statement, SQLSetStmtAttr(statement, attribute, (SQLPOINTER)(uintptr_t)value, SQL_IS_POINTER));
}

/* Where the outcome of each set goes. */
struct outcome {
    SQLUSMALLINT *status;
    SQLULEN *processed;
};

static struct outcome watch(SQLHSTMT statement)
{
    struct outcome outcome = {poisoned(SETS * sizeof *outcome.status), poisoned(sizeof *outcome.processed)};
    set(statement, SQL_ATTR_PARAM_STATUS_PTR, outcome.status);
    set(statement, SQL_ATTR_PARAMS_PROCESSED_PTR, outcome.processed);
    set(statement, SQL_ATTR_PARAMSET_SIZE, (void *)SETS);
    return outcome;
}

static void forget(struct outcome *outcome)
{
    RELEASE(outcome->status);
    RELEASE(outcome->processed);
}

/* The result of the current set: one row of a number and a text. */
static void shows(SQLHSTMT statement, long long number, const char *text)
{
    OK(statement, SQLFetch(statement));
    SAME(number_at(statement, 1), number);
    SQLCHAR *found = poisoned(64);
    SQLLEN *length = poisoned(sizeof *length);
    OK(statement, SQLGetData(statement, 2, SQL_C_CHAR, found, 64, length));
    if (text) {
        TEXT(found, text);
        SAME(*length, strlen(text));
    } else {
        SAME(*length, SQL_NULL_DATA);
    }
    RELEASE(found);
    RELEASE(length);
    NO_DATA(statement, SQLFetch(statement));
}

static SQLHSTMT doubling(struct session *session)
{
    SQLHSTMT statement = statement_of(session);
    OK(statement, SQLPrepare(statement, (SQLCHAR *)"SELECT CAST(? AS BIGINT) * 2, CAST(? AS VARCHAR(20))", SQL_NTS));
    return statement;
}

/* What the driver says of arrays: a result for each set of a query, one count for all sets of anything else. */
static void promises(SQLHDBC connection)
{
    SQLUINTEGER value = 0;
    OK_DBC(connection, SQLGetInfo(connection, SQL_PARAM_ARRAY_SELECTS, &value, sizeof value, NULL));
    SAME(value, SQL_PAS_BATCH);
    OK_DBC(connection, SQLGetInfo(connection, SQL_PARAM_ARRAY_ROW_COUNTS, &value, sizeof value, NULL));
    SAME(value, SQL_PARC_NO_BATCH);
}

static void column_wise(struct session *session)
{
    SQLHSTMT statement = doubling(session);
    SQLBIGINT numbers[SETS] = {1, 2, 3, 4};
    SQLLEN lengths[SETS] = {SQL_NTS, 3, SQL_NULL_DATA, 0};
    SQLCHAR texts[SETS][8] = {"first", "second", "", "gone"};
    struct outcome outcome = watch(statement);
    OK(statement,
       SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_SBIGINT, SQL_BIGINT, 19, 0, numbers, 0, NULL));
    OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 20, 0, texts,
                                   sizeof texts[0], lengths));
    OK(statement, SQLExecute(statement));
    SAME(*outcome.processed, SETS);
    static const char *const EXPECTED[SETS] = {"first", "sec", NULL, ""};
    for (int at = 0; at < SETS; at++) {
        SAME(outcome.status[at], SQL_PARAM_SUCCESS);
        shows(statement, 2 * (at + 1), EXPECTED[at]);
        if (at + 1 < SETS)
            OK(statement, SQLMoreResults(statement));
    }
    NO_DATA(statement, SQLMoreResults(statement));
    forget(&outcome);
    free_statement(statement);
}

/* A structure for each set, in the second of two arrays. */
static void row_wise(struct session *session)
{
    struct entry {
        SQLSMALLINT number;
        SQLWCHAR text[10];
        SQLLEN length;
    };
    SQLHSTMT statement = doubling(session);
    struct entry *entries = poisoned(2 * SETS * sizeof *entries);
    static const char *const TEXTS[SETS] = {"one", "two", "three", "four"};
    for (int at = 0; at < SETS; at++) {
        struct entry *entry = entries + SETS + at;
        entry->number = (SQLSMALLINT)(10 * at);
        widen(TEXTS[at], entry->text);
        entry->length = 2 * (SQLLEN)strlen(TEXTS[at]);
    }
    struct outcome outcome = watch(statement);
    SQLULEN offset = SETS * sizeof *entries;
    SQLUSMALLINT operations[SETS] = {SQL_PARAM_PROCEED, SQL_PARAM_IGNORE, SQL_PARAM_PROCEED, SQL_PARAM_IGNORE};
    set(statement, SQL_ATTR_PARAM_BIND_TYPE, (void *)sizeof *entries);
    set(statement, SQL_ATTR_PARAM_BIND_OFFSET_PTR, &offset);
    set(statement, SQL_ATTR_PARAM_OPERATION_PTR, operations);
    OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_SSHORT, SQL_BIGINT, 19, 0, &entries->number, 0,
                                   NULL));
    OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT, SQL_C_WCHAR, SQL_WVARCHAR, 20, 0, entries->text,
                                   sizeof entries->text, &entries->length));
    OK(statement, SQLExecute(statement));
    SAME(*outcome.processed, SETS);
    for (int at = 0; at < SETS; at++)
        SAME(outcome.status[at], at % 2 ? SQL_PARAM_UNUSED : SQL_PARAM_SUCCESS);
    shows(statement, 0, "one");
    OK(statement, SQLMoreResults(statement));
    shows(statement, 40, "three");
    NO_DATA(statement, SQLMoreResults(statement));
    RELEASE(entries);
    forget(&outcome);
    free_statement(statement);
}

/* A set whose value is wrong is an error of that set; the others run. */
static void wrong_sets(struct session *session)
{
    SQLHSTMT statement = doubling(session);
    SQLCHAR numbers[SETS][8] = {"7", "seven", "8", "9.5"};
    SQLCHAR texts[SETS][8] = {"a", "b", "c", "d"};
    struct outcome outcome = watch(statement);
    OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_BIGINT, 19, 0, numbers,
                                   sizeof numbers[0], NULL));
    OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 20, 0, texts,
                                   sizeof texts[0], NULL));
    WARNS("22018", statement, SQLExecute(statement));
    SQLLEN row = 0;
    SQLINTEGER column = 0;
    OK(statement, SQLGetDiagField(SQL_HANDLE_STMT, statement, 1, SQL_DIAG_ROW_NUMBER, &row, 0, NULL));
    OK(statement, SQLGetDiagField(SQL_HANDLE_STMT, statement, 1, SQL_DIAG_COLUMN_NUMBER, &column, 0, NULL));
    SAME(row, 2);
    SAME(column, 1);
    SQLCHAR state[6] = "";
    OK(statement, SQLGetDiagRec(SQL_HANDLE_STMT, statement, 2, state, NULL, NULL, 0, NULL));
    TEXT(state, "22001");
    static const SQLUSMALLINT STATUS[SETS] = {SQL_PARAM_SUCCESS, SQL_PARAM_ERROR, SQL_PARAM_SUCCESS, SQL_PARAM_ERROR};
    for (int at = 0; at < SETS; at++)
        SAME(outcome.status[at], STATUS[at]);
    shows(statement, 14, "a");
    OK(statement, SQLMoreResults(statement));
    shows(statement, 16, "c");
    NO_DATA(statement, SQLMoreResults(statement));
    forget(&outcome);
    free_statement(statement);
}

/* Text in pieces of so many bytes, which cut characters anywhere. */
static void send(SQLHSTMT statement, const void *bytes, size_t size, size_t piece)
{
    for (size_t at = 0; at < size; at += piece) {
        size_t length = size - at < piece ? size - at : piece;
        OK(statement, SQLPutData(statement, (SQLPOINTER)((const char *)bytes + at), (SQLLEN)length));
    }
}

static void at_execution(struct session *session)
{
    static const char TEXT_8[] = "Z\xC3\xBCrich \xF0\x9F\x98\x80!";
    static const SQLWCHAR TEXT_16[] = u"Z\u00FCrich \U0001F600!";
    static char number_token, text_token;
    for (size_t piece = 1; piece < 9; piece++) {
        for (int wide = 0; wide < 2; wide++) {
            SQLHSTMT statement = doubling(session);
            size_t bytes = wide ? sizeof TEXT_16 - 2 : sizeof TEXT_8 - 1;
            SQLLEN known = SQL_LEN_DATA_AT_EXEC((SQLLEN)bytes), late = SQL_DATA_AT_EXEC;
            OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_BIGINT, 19, 0,
                                           &number_token, 0, &late));
            OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT, wide ? SQL_C_WCHAR : SQL_C_CHAR,
                                           wide ? SQL_WVARCHAR : SQL_VARCHAR, 20, 0, &text_token, 0, &known));
            RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLExecute(statement));
            FAILS("HY010", statement, SQLExecute(statement));
            SQLPOINTER token = NULL;
            RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLParamData(statement, &token));
            HOLDS(token == &number_token);
            SQLINTEGER number = 21;
            OK(statement, SQLPutData(statement, &number, 0));
            RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLParamData(statement, &token));
            HOLDS(token == &text_token);
            /* Units of wide text stay whole, pairs of them do not. */
            send(statement, wide ? (const void *)TEXT_16 : TEXT_8, bytes, wide ? 2 * piece : piece);
            OK(statement, SQLParamData(statement, &token));
            shows(statement, 42, TEXT_8);
            free_statement(statement);
        }
    }
}

/* Each set of an array asks for its own values, by the address that would be its own. */
static void arrays_at_execution(struct session *session)
{
    SQLHSTMT statement = doubling(session);
    SQLBIGINT numbers[SETS] = {1, 2, 3, 4};
    SQLLEN lengths[SETS] = {SQL_DATA_AT_EXEC, SQL_NULL_DATA, SQL_DATA_AT_EXEC, SQL_NTS};
    SQLCHAR texts[SETS][8] = {"", "", "", "bound"};
    struct outcome outcome = watch(statement);
    OK(statement,
       SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_SBIGINT, SQL_BIGINT, 19, 0, numbers, 0, NULL));
    OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 20, 0, texts,
                                   sizeof texts[0], lengths));
    RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLExecute(statement));
    SQLPOINTER token = NULL;
    RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLParamData(statement, &token));
    HOLDS(token == texts[0]);
    send(statement, "sent first", 10, 4);
    RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLParamData(statement, &token));
    HOLDS(token == texts[2]);
    OK(statement, SQLPutData(statement, NULL, SQL_NULL_DATA));
    OK(statement, SQLParamData(statement, &token));
    SAME(*outcome.processed, SETS);
    static const char *const EXPECTED[SETS] = {"sent first", NULL, NULL, "bound"};
    for (int at = 0; at < SETS; at++) {
        SAME(outcome.status[at], SQL_PARAM_SUCCESS);
        shows(statement, 2 * (at + 1), EXPECTED[at]);
        RETURNS(at + 1 < SETS ? SQL_SUCCESS : SQL_NO_DATA, NULL, SQL_HANDLE_STMT, statement,
                SQLMoreResults(statement));
    }

    /* What is given up leaves the statement prepared. */
    set(statement, SQL_ATTR_PARAMSET_SIZE, (void *)1);
    RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLExecute(statement));
    RETURNS(SQL_NEED_DATA, NULL, SQL_HANDLE_STMT, statement, SQLParamData(statement, &token));
    OK(statement, SQLCancel(statement));
    lengths[0] = SQL_NULL_DATA;
    OK(statement, SQLExecute(statement));
    shows(statement, 2, NULL);
    forget(&outcome);
    free_statement(statement);
}

/* As driver managers pass on SQLSetParam: the parameter goes both ways, and no buffer's length is given. */
static void as_set_param(struct session *session)
{
    SQLHSTMT statement = doubling(session);
    SQLBIGINT number = 21;
    SQLCHAR text[] = "both ways";
    SQLLEN length = SQL_NTS;
    OK(statement, SQLBindParameter(statement, 1, SQL_PARAM_INPUT_OUTPUT, SQL_C_SBIGINT, SQL_BIGINT, 19, 0, &number,
                                   SQL_SETPARAM_VALUE_MAX, NULL));
    OK(statement, SQLBindParameter(statement, 2, SQL_PARAM_INPUT_OUTPUT, SQL_C_CHAR, SQL_VARCHAR, 20, 0, text,
                                   sizeof text, &length));
    OK(statement, SQLExecute(statement));
    shows(statement, 42, "both ways");
    SAME(number, 21);
    free_statement(statement);
}

int main(int count, char **arguments)
{
    const char *text = connection_string(count, arguments);
    struct session session = session_of(SQL_OV_ODBC3);
    open_ansi(&session, text);
    promises(session.connection);
    column_wise(&session);
    row_wise(&session);
    wrong_sets(&session);
    at_execution(&session);
    arrays_at_execution(&session);
    as_set_param(&session);
    close_session(&session);
    return verdict();
}
