/* Measures a driver and prints the figures as JSON.
 *
 *   odbc LIBRARY CONNECTION-STRING read SQL ROWSET TYPES [SQL-BEFORE]
 *   odbc LIBRARY CONNECTION-STRING prepare SQL ROUNDS
 *   odbc LIBRARY CONNECTION-STRING connect ROUNDS
 */
#include "prepare.h"
#include "read.h"

#include <locale.h>
#include <stdlib.h>

static double processor(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

/* Connects for the first time, and then again in the same process, which has a token by then. */
static void connect_repeatedly(const char *connection_string, double loading, long rounds)
{
    double first = 0, again = 1e9, again_processor = 1e9;
    for (long round = 0; round <= rounds; round++) {
        SQLHDBC connection = new_connection();
        double begun = seconds_of(CLOCK_MONOTONIC), used = processor();
        connect_driver(connection, connection_string);
        double taken = seconds_of(CLOCK_MONOTONIC) - begun;
        used = processor() - used;
        disconnect_driver(connection);
        if (round == 0)
            first = taken;
        else {
            again = taken < again ? taken : again;
            again_processor = used < again_processor ? used : again_processor;
        }
    }
    printf("{\"load\": %.6f, \"connect\": %.6f, \"again\": %.6f, \"again_processor\": %.6f, \"peak_kib\": %ld}\n",
           loading, first, again, again_processor, peak_kib());
}

static void execute(SQLHDBC connection, const char *sql)
{
    SQLHSTMT statement = new_statement(connection);
    check(call_SQLExecDirectW(statement, for_driver(sql), SQL_NTS), SQL_HANDLE_STMT, statement, "SQLExecDirect");
    call_SQLFreeHandle(SQL_HANDLE_STMT, statement);
}

int main(int count, char **arguments)
{
    /* Some drivers write text in the locale's encoding. */
    setlocale(LC_ALL, "C.UTF-8");
    const char *what = count > 3 ? arguments[3] : "";
    double loading = count > 2 ? load_driver(arguments[1]) : 0;
    if (!strcmp(what, "connect") && count == 5) {
        connect_repeatedly(arguments[2], loading, atol(arguments[4]));
        return 0;
    }
    SQLHDBC connection = new_connection();
    connect_driver(connection, arguments[2]);
    if (!strcmp(what, "read") && (count == 7 || count == 8)) {
        if (count == 8)
            execute(connection, arguments[7]);
        read_all(connection, arguments[4], atol(arguments[5]), arguments[6]);
    } else if (!strcmp(what, "prepare") && count == 6) {
        prepare_repeatedly(connection, arguments[4], atoi(arguments[5]));
    } else {
        fprintf(stderr, "usage: odbc LIBRARY CONNECTION-STRING read|prepare|connect ...\n");
        return 1;
    }
    return 0;
}
