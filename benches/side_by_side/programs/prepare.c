#include "prepare.h"

#include <stdlib.h>

static double prepared(SQLHDBC connection, const char *sql)
{
    SQLHSTMT statement = new_statement(connection);
    SQLWCHAR *text = for_driver(sql), name[256];
    SQLSMALLINT columns, length, type, digits, nullable;
    SQLULEN size;
    double begun = seconds_of(CLOCK_MONOTONIC);
    check(call_SQLPrepareW(statement, text, SQL_NTS), SQL_HANDLE_STMT, statement, "SQLPrepare");
    check(call_SQLNumResultCols(statement, &columns), SQL_HANDLE_STMT, statement, "SQLNumResultCols");
    for (SQLSMALLINT column = 1; column <= columns; column++)
        check(call_SQLDescribeColW(statement, (SQLUSMALLINT)column, name, 256, &length, &type, &size, &digits, &nullable),
              SQL_HANDLE_STMT, statement, "SQLDescribeCol");
    double taken = seconds_of(CLOCK_MONOTONIC) - begun;
    call_SQLFreeHandle(SQL_HANDLE_STMT, statement);
    return taken;
}

static int compare(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, compare);
    return times[count / 2];
}

void prepare_repeatedly(SQLHDBC connection, const char *sql, int rounds)
{
    double *times = calloc((size_t)rounds, sizeof *times);
    char text[4096];
    for (int round = 0; round < rounds; round++) {
        snprintf(text, sizeof text, "%s /* %d */", sql, round);
        times[round] = prepared(connection, text);
    }
    double first = median(times, rounds);
    for (int round = 0; round < rounds; round++)
        times[round] = prepared(connection, sql);
    printf("{\"first\": %.9f, \"again\": %.9f}\n", first, median(times, rounds));
}
