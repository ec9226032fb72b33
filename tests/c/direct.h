/* The functions of the driver itself, without a driver manager: every name stands for a pointer that `load_driver`
 * fills in.
 */
#ifndef DIRECT_H
#define DIRECT_H

#include <dlfcn.h>

#define DRIVER_FUNCTIONS(each)                                                                                     \
    each(SQLAllocHandle) each(SQLBindCol) each(SQLBindParameter) each(SQLBulkOperations) each(SQLCancel)           \
    each(SQLCancelHandle) each(SQLCloseCursor) each(SQLColAttribute) each(SQLColAttributeW) each(SQLColumns)       \
    each(SQLColumnsW) each(SQLDescribeCol) each(SQLDescribeColW) each(SQLDescribeParam) each(SQLDisconnect)        \
    each(SQLDriverConnect) each(SQLDriverConnectW) each(SQLEndTran) each(SQLExecDirect) each(SQLExecDirectW)       \
    each(SQLExecute) each(SQLExtendedFetch) each(SQLFetch) each(SQLFetchScroll) each(SQLForeignKeysW)              \
    each(SQLFreeHandle) each(SQLFreeStmt) each(SQLGetConnectAttr) each(SQLGetConnectAttrW) each(SQLGetData)        \
    each(SQLGetDescField) each(SQLGetDiagField) each(SQLGetDiagFieldW) each(SQLGetDiagRec) each(SQLGetDiagRecW)    \
    each(SQLGetFunctions) each(SQLGetInfo) each(SQLGetInfoW) each(SQLGetStmtAttr) each(SQLGetStmtAttrW)            \
    each(SQLGetTypeInfo) each(SQLGetTypeInfoW) each(SQLMoreResults) each(SQLNativeSqlW) each(SQLNumParams)         \
    each(SQLNumResultCols) each(SQLParamData) each(SQLPrepare) each(SQLPrepareW) each(SQLPrimaryKeysW)             \
    each(SQLPutData) each(SQLRowCount) each(SQLSetConnectAttr) each(SQLSetConnectAttrW) each(SQLSetDescField)      \
    each(SQLSetEnvAttr) each(SQLSetPos) each(SQLSetStmtAttr) each(SQLSetStmtAttrW) each(SQLSpecialColumns)         \
    each(SQLStatistics) each(SQLTables) each(SQLTablesW)

#define MEMBER(name) __typeof__(&name) name##_;
static struct {
    DRIVER_FUNCTIONS(MEMBER)
} driver;
#undef MEMBER

/* Looks every function up in the library. Weak bindings and the global scope stay out of it, as in a driver manager. */
static void load_driver(void)
{
    const char *path = getenv("DRIVER");
    void *library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!library) {
        fprintf(stderr, "the driver does not load: %s\n", path ? dlerror() : "DRIVER does not name it");
        exit(1);
    }
#define LOOK_UP(name)                                                   \
    *(void **)&driver.name##_ = dlsym(library, #name);                  \
    if (!driver.name##_) {                                              \
        fprintf(stderr, "the driver has no %s\n", #name);               \
        exit(1);                                                        \
    }
    DRIVER_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
}

#define SQLAllocHandle driver.SQLAllocHandle_
#define SQLBindCol driver.SQLBindCol_
#define SQLBindParameter driver.SQLBindParameter_
#define SQLBulkOperations driver.SQLBulkOperations_
#define SQLCancel driver.SQLCancel_
#define SQLCancelHandle driver.SQLCancelHandle_
#define SQLCloseCursor driver.SQLCloseCursor_
#define SQLColAttribute driver.SQLColAttribute_
#define SQLColAttributeW driver.SQLColAttributeW_
#define SQLColumns driver.SQLColumns_
#define SQLColumnsW driver.SQLColumnsW_
#define SQLDescribeCol driver.SQLDescribeCol_
#define SQLDescribeColW driver.SQLDescribeColW_
#define SQLDescribeParam driver.SQLDescribeParam_
#define SQLDisconnect driver.SQLDisconnect_
#define SQLDriverConnect driver.SQLDriverConnect_
#define SQLDriverConnectW driver.SQLDriverConnectW_
#define SQLEndTran driver.SQLEndTran_
#define SQLExecDirect driver.SQLExecDirect_
#define SQLExecDirectW driver.SQLExecDirectW_
#define SQLExecute driver.SQLExecute_
#define SQLExtendedFetch driver.SQLExtendedFetch_
#define SQLFetch driver.SQLFetch_
#define SQLFetchScroll driver.SQLFetchScroll_
#define SQLForeignKeysW driver.SQLForeignKeysW_
#define SQLFreeHandle driver.SQLFreeHandle_
#define SQLFreeStmt driver.SQLFreeStmt_
#define SQLGetConnectAttr driver.SQLGetConnectAttr_
#define SQLGetConnectAttrW driver.SQLGetConnectAttrW_
#define SQLGetData driver.SQLGetData_
#define SQLGetDescField driver.SQLGetDescField_
#define SQLGetDiagField driver.SQLGetDiagField_
#define SQLGetDiagFieldW driver.SQLGetDiagFieldW_
#define SQLGetDiagRec driver.SQLGetDiagRec_
#define SQLGetDiagRecW driver.SQLGetDiagRecW_
#define SQLGetFunctions driver.SQLGetFunctions_
#define SQLGetInfo driver.SQLGetInfo_
#define SQLGetInfoW driver.SQLGetInfoW_
#define SQLGetStmtAttr driver.SQLGetStmtAttr_
#define SQLGetStmtAttrW driver.SQLGetStmtAttrW_
#define SQLGetTypeInfo driver.SQLGetTypeInfo_
#define SQLGetTypeInfoW driver.SQLGetTypeInfoW_
#define SQLMoreResults driver.SQLMoreResults_
#define SQLNativeSqlW driver.SQLNativeSqlW_
#define SQLNumParams driver.SQLNumParams_
#define SQLNumResultCols driver.SQLNumResultCols_
#define SQLParamData driver.SQLParamData_
#define SQLPrepare driver.SQLPrepare_
#define SQLPrepareW driver.SQLPrepareW_
#define SQLPrimaryKeysW driver.SQLPrimaryKeysW_
#define SQLPutData driver.SQLPutData_
#define SQLRowCount driver.SQLRowCount_
#define SQLSetConnectAttr driver.SQLSetConnectAttr_
#define SQLSetConnectAttrW driver.SQLSetConnectAttrW_
#define SQLSetDescField driver.SQLSetDescField_
#define SQLSetEnvAttr driver.SQLSetEnvAttr_
#define SQLSetPos driver.SQLSetPos_
#define SQLSetStmtAttr driver.SQLSetStmtAttr_
#define SQLSetStmtAttrW driver.SQLSetStmtAttrW_
#define SQLSpecialColumns driver.SQLSpecialColumns_
#define SQLStatistics driver.SQLStatistics_
#define SQLTables driver.SQLTables_
#define SQLTablesW driver.SQLTablesW_

#endif
