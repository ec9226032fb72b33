/* Any ODBC driver, loaded and called without a driver manager, so that nobody's cost but its own is measured. */
#ifndef DRIVER_H
#define DRIVER_H

#include "figures.h"

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

/* The functions that the measurements call. Their signatures are those of ODBC's headers. A driver that has none with W at
 * the end is called with bytes in their place.
 */
#define FUNCTIONS(each)                                                                                                \
    each(SQLAllocHandle) each(SQLFreeHandle) each(SQLSetEnvAttr) each(SQLDriverConnectW) each(SQLDisconnect)           \
        each(SQLGetDiagRecW) each(SQLSetStmtAttrW) each(SQLExecDirectW) each(SQLPrepareW) each(SQLNumResultCols)       \
            each(SQLDescribeColW) each(SQLBindCol) each(SQLFetch) each(SQLGetData) each(SQLFreeStmt)

#define DECLARE(name) extern __typeof__(&name) call_##name;
FUNCTIONS(DECLARE)

/* Loads the library with everything it needs and returns the seconds that it took. */
double load_driver(const char *library);

SQLHDBC new_connection(void);
void connect_driver(SQLHDBC connection, const char *connection_string);
void disconnect_driver(SQLHDBC connection);
SQLHSTMT new_statement(SQLHDBC connection);

/* Ends the program with the driver's message unless the call succeeded without a warning. */
void check(SQLRETURN outcome, SQLSMALLINT kind, SQLHANDLE handle, const char *what);

/* Text in ASCII as the driver's functions take it, in memory that is used again by the fourth call from now: UTF-16, or bytes
 * where the driver has no functions for UTF-16.
 */
SQLWCHAR *for_driver(const char *text);

#endif
