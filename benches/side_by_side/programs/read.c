#include "read.h"

#include <stdlib.h>

enum { MOST_COLUMNS = 32 };

struct column {
    SQLSMALLINT c_type;
    /* Bytes of a cell. */
    SQLLEN room;
    char *cells;
    SQLLEN *lengths;
};

struct totals {
    long rows, bytes, nulls;
    double first_row;
};

/* Makes buffers for so many rows of a column that is described as in read.h, and returns what follows the description. */
static const char *column_of(struct column *made, const char *description, size_t rows)
{
    struct column column;
    char *rest;
    SQLLEN characters = strtol(description + 1, &rest, 10) + 1;
    switch (*description) {
    case 'c':
        column = (struct column){SQL_C_CHAR, characters, NULL, NULL};
        break;
    case 'w':
        column = (struct column){SQL_C_WCHAR, characters * (SQLLEN)sizeof(SQLWCHAR), NULL, NULL};
        break;
    case 't':
        column = (struct column){SQL_C_TYPE_TIMESTAMP, sizeof(SQL_TIMESTAMP_STRUCT), NULL, NULL};
        break;
    case 'b':
        column = (struct column){SQL_C_BIT, 1, NULL, NULL};
        break;
    default:
        fprintf(stderr, "no type has the letter %c\n", *description);
        exit(1);
    }
    column.cells = calloc(rows, (size_t)column.room);
    column.lengths = calloc(rows, sizeof *column.lengths);
    *made = column;
    return rest;
}

static int is_text(struct column *column)
{
    return column->c_type == SQL_C_CHAR || column->c_type == SQL_C_WCHAR;
}

static void add(struct totals *totals, SQLLEN length)
{
    if (length == SQL_NULL_DATA)
        totals->nulls++;
    else
        totals->bytes += length;
}

static void read_bound(struct column *columns, int count, SQLULEN fetched, struct totals *totals, double started)
{
    if (!totals->rows)
        totals->first_row = seconds_of(CLOCK_MONOTONIC) - started;
    totals->rows += (long)fetched;
    for (int index = 0; index < count; index++)
        for (SQLULEN row = 0; row < fetched && is_text(&columns[index]); row++)
            add(totals, columns[index].lengths[row]);
}

static void read_cells(SQLHSTMT statement, struct column *columns, int count, struct totals *totals, double started)
{
    for (int index = 0; index < count; index++) {
        struct column *column = &columns[index];
        check(call_SQLGetData(statement, (SQLUSMALLINT)(index + 1), column->c_type, column->cells, column->room,
                              column->lengths),
              SQL_HANDLE_STMT, statement, "SQLGetData");
        if (is_text(column))
            add(totals, *column->lengths);
    }
    if (!totals->rows++)
        totals->first_row = seconds_of(CLOCK_MONOTONIC) - started;
}

static void bind(SQLHSTMT statement, struct column *columns, int count, long rowset, SQLULEN *fetched)
{
    call_SQLSetStmtAttrW(statement, SQL_ATTR_ROWS_FETCHED_PTR, fetched, 0);
    if (rowset > 1)
        check(call_SQLSetStmtAttrW(statement, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)rowset, 0), SQL_HANDLE_STMT,
              statement, "SQLSetStmtAttr");
    for (int index = 0; index < count; index++) {
        struct column *column = &columns[index];
        check(call_SQLBindCol(statement, (SQLUSMALLINT)(index + 1), column->c_type, column->cells, column->room,
                              column->lengths),
              SQL_HANDLE_STMT, statement, "SQLBindCol");
    }
}

void read_all(SQLHDBC connection, const char *sql, long rowset, const char *types)
{
    struct column columns[MOST_COLUMNS];
    int count = 0;
    while (*types && count < MOST_COLUMNS)
        types = column_of(&columns[count++], types, rowset ? (size_t)rowset : 1);
    SQLHSTMT statement = new_statement(connection);
    struct totals totals = {0};
    struct figures begun = begin_figures();
    check(call_SQLExecDirectW(statement, for_driver(sql), SQL_NTS), SQL_HANDLE_STMT, statement, "SQLExecDirect");
    SQLULEN fetched = 1;
    if (rowset)
        bind(statement, columns, count, rowset, &fetched);
    SQLRETURN outcome;
    while ((outcome = call_SQLFetch(statement)) == SQL_SUCCESS) {
        if (rowset)
            read_bound(columns, count, fetched, &totals, begun.started);
        else
            read_cells(statement, columns, count, &totals, begun.started);
    }
    if (outcome != SQL_NO_DATA)
        check(outcome == SQL_SUCCESS_WITH_INFO ? SQL_ERROR : outcome, SQL_HANDLE_STMT, statement, "SQLFetch");
    printf("{");
    print_figures(begun, totals.rows, totals.first_row);
    printf(", \"bytes\": %ld, \"nulls\": %ld}\n", totals.bytes, totals.nulls);
}
