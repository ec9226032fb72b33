/*
 * The functions that the ODBC driver for Exchange exports: those of ODBC 3.80 that a driver has, in
 * ANSI spelling (text is UTF-8, on Windows in the process's code page) and in wide spelling (UTF-16; UTF-32 under
 * iODBC).
 *
 * Applications include sql.h and sqlext.h and link to a driver manager. This header is for programs
 * that load the driver directly, and lets a C compiler compare the prototypes with the originals.
 *
 * Generated from src/ffi by the build script; change it there.
 */

#ifndef EXCHANGE_ODBC_H
#define EXCHANGE_ODBC_H

#ifdef _WIN32
#include <windows.h>
#endif
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

SQLRETURN SQL_API SQLAllocHandle(SQLSMALLINT HandleType,
                                 SQLHANDLE InputHandle,
                                 SQLHANDLE *OutputHandle);

SQLRETURN SQL_API SQLBindCol(SQLHSTMT StatementHandle,
                             SQLUSMALLINT ColumnNumber,
                             SQLSMALLINT TargetType,
                             SQLPOINTER TargetValue,
                             SQLLEN BufferLength,
                             SQLLEN *LengthOrIndicator);

SQLRETURN SQL_API SQLBindParameter(SQLHSTMT StatementHandle,
                                   SQLUSMALLINT ParameterNumber,
                                   SQLSMALLINT InputOutputType,
                                   SQLSMALLINT ValueType,
                                   SQLSMALLINT ParameterType,
                                   SQLULEN ColumnSize,
                                   SQLSMALLINT DecimalDigits,
                                   SQLPOINTER ParameterValue,
                                   SQLLEN BufferLength,
                                   SQLLEN *LengthOrIndicator);

SQLRETURN SQL_API SQLBrowseConnect(SQLHDBC ConnectionHandle,
                                   SQLCHAR *InConnectionString,
                                   SQLSMALLINT StringLength1,
                                   SQLCHAR *OutConnectionString,
                                   SQLSMALLINT BufferLength,
                                   SQLSMALLINT *StringLength2);

SQLRETURN SQL_API SQLBrowseConnectW(SQLHDBC ConnectionHandle,
                                    SQLWCHAR *InConnectionString,
                                    SQLSMALLINT StringLength1,
                                    SQLWCHAR *OutConnectionString,
                                    SQLSMALLINT BufferLength,
                                    SQLSMALLINT *StringLength2);

SQLRETURN SQL_API SQLBulkOperations(SQLHSTMT StatementHandle, SQLSMALLINT Operation);

SQLRETURN SQL_API SQLCancel(SQLHSTMT StatementHandle);

SQLRETURN SQL_API SQLCancelHandle(SQLSMALLINT HandleType, SQLHANDLE InputHandle);

SQLRETURN SQL_API SQLCloseCursor(SQLHSTMT StatementHandle);

SQLRETURN SQL_API SQLColAttribute(SQLHSTMT StatementHandle,
                                  SQLUSMALLINT ColumnNumber,
                                  SQLUSMALLINT FieldIdentifier,
                                  SQLPOINTER CharacterAttribute,
                                  SQLSMALLINT BufferLength,
                                  SQLSMALLINT *StringLength,
                                  SQLLEN *NumericAttribute);

SQLRETURN SQL_API SQLColAttributeW(SQLHSTMT StatementHandle,
                                   SQLUSMALLINT ColumnNumber,
                                   SQLUSMALLINT FieldIdentifier,
                                   SQLPOINTER CharacterAttribute,
                                   SQLSMALLINT BufferLength,
                                   SQLSMALLINT *StringLength,
                                   SQLLEN *NumericAttribute);

SQLRETURN SQL_API SQLColumnPrivileges(SQLHSTMT StatementHandle,
                                      SQLCHAR *CatalogName,
                                      SQLSMALLINT NameLength1,
                                      SQLCHAR *SchemaName,
                                      SQLSMALLINT NameLength2,
                                      SQLCHAR *TableName,
                                      SQLSMALLINT NameLength3,
                                      SQLCHAR *ColumnName,
                                      SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLColumnPrivilegesW(SQLHSTMT StatementHandle,
                                       SQLWCHAR *CatalogName,
                                       SQLSMALLINT NameLength1,
                                       SQLWCHAR *SchemaName,
                                       SQLSMALLINT NameLength2,
                                       SQLWCHAR *TableName,
                                       SQLSMALLINT NameLength3,
                                       SQLWCHAR *ColumnName,
                                       SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLColumns(SQLHSTMT StatementHandle,
                             SQLCHAR *CatalogName,
                             SQLSMALLINT NameLength1,
                             SQLCHAR *SchemaName,
                             SQLSMALLINT NameLength2,
                             SQLCHAR *TableName,
                             SQLSMALLINT NameLength3,
                             SQLCHAR *ColumnName,
                             SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLColumnsW(SQLHSTMT StatementHandle,
                              SQLWCHAR *CatalogName,
                              SQLSMALLINT NameLength1,
                              SQLWCHAR *SchemaName,
                              SQLSMALLINT NameLength2,
                              SQLWCHAR *TableName,
                              SQLSMALLINT NameLength3,
                              SQLWCHAR *ColumnName,
                              SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLConnect(SQLHDBC ConnectionHandle,
                             SQLCHAR *ServerName,
                             SQLSMALLINT NameLength1,
                             SQLCHAR *UserName,
                             SQLSMALLINT NameLength2,
                             SQLCHAR *Authentication,
                             SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLConnectW(SQLHDBC ConnectionHandle,
                              SQLWCHAR *ServerName,
                              SQLSMALLINT NameLength1,
                              SQLWCHAR *UserName,
                              SQLSMALLINT NameLength2,
                              SQLWCHAR *Authentication,
                              SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLCopyDesc(SQLHDESC SourceDescHandle, SQLHDESC TargetDescHandle);

SQLRETURN SQL_API SQLDescribeCol(SQLHSTMT StatementHandle,
                                 SQLUSMALLINT ColumnNumber,
                                 SQLCHAR *ColumnName,
                                 SQLSMALLINT BufferLength,
                                 SQLSMALLINT *NameLength,
                                 SQLSMALLINT *DataType,
                                 SQLULEN *ColumnSize,
                                 SQLSMALLINT *DecimalDigits,
                                 SQLSMALLINT *Nullable);

SQLRETURN SQL_API SQLDescribeColW(SQLHSTMT StatementHandle,
                                  SQLUSMALLINT ColumnNumber,
                                  SQLWCHAR *ColumnName,
                                  SQLSMALLINT BufferLength,
                                  SQLSMALLINT *NameLength,
                                  SQLSMALLINT *DataType,
                                  SQLULEN *ColumnSize,
                                  SQLSMALLINT *DecimalDigits,
                                  SQLSMALLINT *Nullable);

SQLRETURN SQL_API SQLDescribeParam(SQLHSTMT StatementHandle,
                                   SQLUSMALLINT ParameterNumber,
                                   SQLSMALLINT *DataType,
                                   SQLULEN *ParameterSize,
                                   SQLSMALLINT *DecimalDigits,
                                   SQLSMALLINT *Nullable);

SQLRETURN SQL_API SQLDisconnect(SQLHDBC ConnectionHandle);

SQLRETURN SQL_API SQLDriverConnect(SQLHDBC ConnectionHandle,
                                   SQLHWND WindowHandle,
                                   SQLCHAR *InConnectionString,
                                   SQLSMALLINT StringLength1,
                                   SQLCHAR *OutConnectionString,
                                   SQLSMALLINT BufferLength,
                                   SQLSMALLINT *StringLength2,
                                   SQLUSMALLINT DriverCompletion);

SQLRETURN SQL_API SQLDriverConnectW(SQLHDBC ConnectionHandle,
                                    SQLHWND WindowHandle,
                                    SQLWCHAR *InConnectionString,
                                    SQLSMALLINT StringLength1,
                                    SQLWCHAR *OutConnectionString,
                                    SQLSMALLINT BufferLength,
                                    SQLSMALLINT *StringLength2,
                                    SQLUSMALLINT DriverCompletion);

SQLRETURN SQL_API SQLEndTran(SQLSMALLINT HandleType, SQLHANDLE Handle, SQLSMALLINT CompletionType);

SQLRETURN SQL_API SQLExecDirect(SQLHSTMT StatementHandle,
                                SQLCHAR *StatementText,
                                SQLINTEGER TextLength);

SQLRETURN SQL_API SQLExecDirectW(SQLHSTMT StatementHandle,
                                 SQLWCHAR *StatementText,
                                 SQLINTEGER TextLength);

SQLRETURN SQL_API SQLExecute(SQLHSTMT StatementHandle);

SQLRETURN SQL_API SQLExtendedFetch(SQLHSTMT StatementHandle,
                                   SQLUSMALLINT FetchOrientation,
                                   SQLLEN FetchOffset,
                                   SQLULEN *RowCount,
                                   SQLUSMALLINT *RowStatusArray);

SQLRETURN SQL_API SQLFetch(SQLHSTMT StatementHandle);

SQLRETURN SQL_API SQLFetchScroll(SQLHSTMT StatementHandle,
                                 SQLSMALLINT FetchOrientation,
                                 SQLLEN FetchOffset);

SQLRETURN SQL_API SQLForeignKeys(SQLHSTMT StatementHandle,
                                 SQLCHAR *PkCatalogName,
                                 SQLSMALLINT NameLength1,
                                 SQLCHAR *PkSchemaName,
                                 SQLSMALLINT NameLength2,
                                 SQLCHAR *PkTableName,
                                 SQLSMALLINT NameLength3,
                                 SQLCHAR *FkCatalogName,
                                 SQLSMALLINT NameLength4,
                                 SQLCHAR *FkSchemaName,
                                 SQLSMALLINT NameLength5,
                                 SQLCHAR *FkTableName,
                                 SQLSMALLINT NameLength6);

SQLRETURN SQL_API SQLForeignKeysW(SQLHSTMT StatementHandle,
                                  SQLWCHAR *PkCatalogName,
                                  SQLSMALLINT NameLength1,
                                  SQLWCHAR *PkSchemaName,
                                  SQLSMALLINT NameLength2,
                                  SQLWCHAR *PkTableName,
                                  SQLSMALLINT NameLength3,
                                  SQLWCHAR *FkCatalogName,
                                  SQLSMALLINT NameLength4,
                                  SQLWCHAR *FkSchemaName,
                                  SQLSMALLINT NameLength5,
                                  SQLWCHAR *FkTableName,
                                  SQLSMALLINT NameLength6);

SQLRETURN SQL_API SQLFreeHandle(SQLSMALLINT HandleType, SQLHANDLE Handle);

SQLRETURN SQL_API SQLFreeStmt(SQLHSTMT StatementHandle, SQLUSMALLINT Option);

SQLRETURN SQL_API SQLGetConnectAttr(SQLHDBC ConnectionHandle,
                                    SQLINTEGER Attribute,
                                    SQLPOINTER Value,
                                    SQLINTEGER BufferLength,
                                    SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetConnectAttrW(SQLHDBC ConnectionHandle,
                                     SQLINTEGER Attribute,
                                     SQLPOINTER Value,
                                     SQLINTEGER BufferLength,
                                     SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetCursorName(SQLHSTMT StatementHandle,
                                   SQLCHAR *CursorName,
                                   SQLSMALLINT BufferLength,
                                   SQLSMALLINT *NameLength);

SQLRETURN SQL_API SQLGetCursorNameW(SQLHSTMT StatementHandle,
                                    SQLWCHAR *CursorName,
                                    SQLSMALLINT BufferLength,
                                    SQLSMALLINT *NameLength);

SQLRETURN SQL_API SQLGetData(SQLHSTMT StatementHandle,
                             SQLUSMALLINT ColumnNumber,
                             SQLSMALLINT TargetType,
                             SQLPOINTER TargetValue,
                             SQLLEN BufferLength,
                             SQLLEN *LengthOrIndicator);

SQLRETURN SQL_API SQLGetDescField(SQLHDESC DescriptorHandle,
                                  SQLSMALLINT RecordNumber,
                                  SQLSMALLINT FieldIdentifier,
                                  SQLPOINTER Value,
                                  SQLINTEGER BufferLength,
                                  SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetDescFieldW(SQLHDESC DescriptorHandle,
                                   SQLSMALLINT RecordNumber,
                                   SQLSMALLINT FieldIdentifier,
                                   SQLPOINTER Value,
                                   SQLINTEGER BufferLength,
                                   SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetDescRec(SQLHDESC DescriptorHandle,
                                SQLSMALLINT RecordNumber,
                                SQLCHAR *Name,
                                SQLSMALLINT BufferLength,
                                SQLSMALLINT *StringLength,
                                SQLSMALLINT *DataType,
                                SQLSMALLINT *SubType,
                                SQLLEN *Length,
                                SQLSMALLINT *Precision,
                                SQLSMALLINT *Scale,
                                SQLSMALLINT *Nullable);

SQLRETURN SQL_API SQLGetDescRecW(SQLHDESC DescriptorHandle,
                                 SQLSMALLINT RecordNumber,
                                 SQLWCHAR *Name,
                                 SQLSMALLINT BufferLength,
                                 SQLSMALLINT *StringLength,
                                 SQLSMALLINT *DataType,
                                 SQLSMALLINT *SubType,
                                 SQLLEN *Length,
                                 SQLSMALLINT *Precision,
                                 SQLSMALLINT *Scale,
                                 SQLSMALLINT *Nullable);

SQLRETURN SQL_API SQLGetDiagField(SQLSMALLINT HandleType,
                                  SQLHANDLE Handle,
                                  SQLSMALLINT RecordNumber,
                                  SQLSMALLINT DiagIdentifier,
                                  SQLPOINTER DiagInfo,
                                  SQLSMALLINT BufferLength,
                                  SQLSMALLINT *StringLength);

SQLRETURN SQL_API SQLGetDiagFieldW(SQLSMALLINT HandleType,
                                   SQLHANDLE Handle,
                                   SQLSMALLINT RecordNumber,
                                   SQLSMALLINT DiagIdentifier,
                                   SQLPOINTER DiagInfo,
                                   SQLSMALLINT BufferLength,
                                   SQLSMALLINT *StringLength);

SQLRETURN SQL_API SQLGetDiagRec(SQLSMALLINT HandleType,
                                SQLHANDLE Handle,
                                SQLSMALLINT RecordNumber,
                                SQLCHAR *SqlState,
                                SQLINTEGER *NativeError,
                                SQLCHAR *MessageText,
                                SQLSMALLINT BufferLength,
                                SQLSMALLINT *TextLength);

SQLRETURN SQL_API SQLGetDiagRecW(SQLSMALLINT HandleType,
                                 SQLHANDLE Handle,
                                 SQLSMALLINT RecordNumber,
                                 SQLWCHAR *SqlState,
                                 SQLINTEGER *NativeError,
                                 SQLWCHAR *MessageText,
                                 SQLSMALLINT BufferLength,
                                 SQLSMALLINT *TextLength);

SQLRETURN SQL_API SQLGetEnvAttr(SQLHENV EnvironmentHandle,
                                SQLINTEGER Attribute,
                                SQLPOINTER Value,
                                SQLINTEGER BufferLength,
                                SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetFunctions(SQLHDBC ConnectionHandle,
                                  SQLUSMALLINT FunctionId,
                                  SQLUSMALLINT *Supported);

SQLRETURN SQL_API SQLGetInfo(SQLHDBC ConnectionHandle,
                             SQLUSMALLINT InfoType,
                             SQLPOINTER InfoValue,
                             SQLSMALLINT BufferLength,
                             SQLSMALLINT *StringLength);

SQLRETURN SQL_API SQLGetInfoW(SQLHDBC ConnectionHandle,
                              SQLUSMALLINT InfoType,
                              SQLPOINTER InfoValue,
                              SQLSMALLINT BufferLength,
                              SQLSMALLINT *StringLength);

SQLRETURN SQL_API SQLGetStmtAttr(SQLHSTMT StatementHandle,
                                 SQLINTEGER Attribute,
                                 SQLPOINTER Value,
                                 SQLINTEGER BufferLength,
                                 SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetStmtAttrW(SQLHSTMT StatementHandle,
                                  SQLINTEGER Attribute,
                                  SQLPOINTER Value,
                                  SQLINTEGER BufferLength,
                                  SQLINTEGER *StringLength);

SQLRETURN SQL_API SQLGetTypeInfo(SQLHSTMT StatementHandle, SQLSMALLINT DataType);

SQLRETURN SQL_API SQLGetTypeInfoW(SQLHSTMT StatementHandle, SQLSMALLINT DataType);

SQLRETURN SQL_API SQLMoreResults(SQLHSTMT StatementHandle);

SQLRETURN SQL_API SQLNativeSql(SQLHDBC ConnectionHandle,
                               SQLCHAR *InStatementText,
                               SQLINTEGER TextLength1,
                               SQLCHAR *OutStatementText,
                               SQLINTEGER BufferLength,
                               SQLINTEGER *TextLength2);

SQLRETURN SQL_API SQLNativeSqlW(SQLHDBC ConnectionHandle,
                                SQLWCHAR *InStatementText,
                                SQLINTEGER TextLength1,
                                SQLWCHAR *OutStatementText,
                                SQLINTEGER BufferLength,
                                SQLINTEGER *TextLength2);

SQLRETURN SQL_API SQLNumParams(SQLHSTMT StatementHandle, SQLSMALLINT *ParameterCount);

SQLRETURN SQL_API SQLNumResultCols(SQLHSTMT StatementHandle, SQLSMALLINT *ColumnCount);

SQLRETURN SQL_API SQLParamData(SQLHSTMT StatementHandle, SQLPOINTER *Value);

SQLRETURN SQL_API SQLPrepare(SQLHSTMT StatementHandle,
                             SQLCHAR *StatementText,
                             SQLINTEGER TextLength);

SQLRETURN SQL_API SQLPrepareW(SQLHSTMT StatementHandle,
                              SQLWCHAR *StatementText,
                              SQLINTEGER TextLength);

SQLRETURN SQL_API SQLPrimaryKeys(SQLHSTMT StatementHandle,
                                 SQLCHAR *CatalogName,
                                 SQLSMALLINT NameLength1,
                                 SQLCHAR *SchemaName,
                                 SQLSMALLINT NameLength2,
                                 SQLCHAR *TableName,
                                 SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLPrimaryKeysW(SQLHSTMT StatementHandle,
                                  SQLWCHAR *CatalogName,
                                  SQLSMALLINT NameLength1,
                                  SQLWCHAR *SchemaName,
                                  SQLSMALLINT NameLength2,
                                  SQLWCHAR *TableName,
                                  SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLProcedureColumns(SQLHSTMT StatementHandle,
                                      SQLCHAR *CatalogName,
                                      SQLSMALLINT NameLength1,
                                      SQLCHAR *SchemaName,
                                      SQLSMALLINT NameLength2,
                                      SQLCHAR *ProcName,
                                      SQLSMALLINT NameLength3,
                                      SQLCHAR *ColumnName,
                                      SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLProcedureColumnsW(SQLHSTMT StatementHandle,
                                       SQLWCHAR *CatalogName,
                                       SQLSMALLINT NameLength1,
                                       SQLWCHAR *SchemaName,
                                       SQLSMALLINT NameLength2,
                                       SQLWCHAR *ProcName,
                                       SQLSMALLINT NameLength3,
                                       SQLWCHAR *ColumnName,
                                       SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLProcedures(SQLHSTMT StatementHandle,
                                SQLCHAR *CatalogName,
                                SQLSMALLINT NameLength1,
                                SQLCHAR *SchemaName,
                                SQLSMALLINT NameLength2,
                                SQLCHAR *ProcName,
                                SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLProceduresW(SQLHSTMT StatementHandle,
                                 SQLWCHAR *CatalogName,
                                 SQLSMALLINT NameLength1,
                                 SQLWCHAR *SchemaName,
                                 SQLSMALLINT NameLength2,
                                 SQLWCHAR *ProcName,
                                 SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLPutData(SQLHSTMT StatementHandle, SQLPOINTER Data, SQLLEN LengthOrIndicator);

SQLRETURN SQL_API SQLRowCount(SQLHSTMT StatementHandle, SQLLEN *RowCount);

SQLRETURN SQL_API SQLSetConnectAttr(SQLHDBC ConnectionHandle,
                                    SQLINTEGER Attribute,
                                    SQLPOINTER Value,
                                    SQLINTEGER StringLength);

SQLRETURN SQL_API SQLSetConnectAttrW(SQLHDBC ConnectionHandle,
                                     SQLINTEGER Attribute,
                                     SQLPOINTER Value,
                                     SQLINTEGER StringLength);

SQLRETURN SQL_API SQLSetCursorName(SQLHSTMT StatementHandle,
                                   SQLCHAR *CursorName,
                                   SQLSMALLINT NameLength);

SQLRETURN SQL_API SQLSetCursorNameW(SQLHSTMT StatementHandle,
                                    SQLWCHAR *CursorName,
                                    SQLSMALLINT NameLength);

SQLRETURN SQL_API SQLSetDescField(SQLHDESC DescriptorHandle,
                                  SQLSMALLINT RecordNumber,
                                  SQLSMALLINT FieldIdentifier,
                                  SQLPOINTER Value,
                                  SQLINTEGER BufferLength);

SQLRETURN SQL_API SQLSetDescFieldW(SQLHDESC DescriptorHandle,
                                   SQLSMALLINT RecordNumber,
                                   SQLSMALLINT FieldIdentifier,
                                   SQLPOINTER Value,
                                   SQLINTEGER BufferLength);

SQLRETURN SQL_API SQLSetDescRec(SQLHDESC DescriptorHandle,
                                SQLSMALLINT RecordNumber,
                                SQLSMALLINT DataType,
                                SQLSMALLINT SubType,
                                SQLLEN Length,
                                SQLSMALLINT Precision,
                                SQLSMALLINT Scale,
                                SQLPOINTER Data,
                                SQLLEN *StringLength,
                                SQLLEN *Indicator);

SQLRETURN SQL_API SQLSetEnvAttr(SQLHENV EnvironmentHandle,
                                SQLINTEGER Attribute,
                                SQLPOINTER Value,
                                SQLINTEGER StringLength);

SQLRETURN SQL_API SQLSetPos(SQLHSTMT StatementHandle,
                            SQLSETPOSIROW RowNumber,
                            SQLUSMALLINT Operation,
                            SQLUSMALLINT LockType);

SQLRETURN SQL_API SQLSetStmtAttr(SQLHSTMT StatementHandle,
                                 SQLINTEGER Attribute,
                                 SQLPOINTER Value,
                                 SQLINTEGER StringLength);

SQLRETURN SQL_API SQLSetStmtAttrW(SQLHSTMT StatementHandle,
                                  SQLINTEGER Attribute,
                                  SQLPOINTER Value,
                                  SQLINTEGER StringLength);

SQLRETURN SQL_API SQLSpecialColumns(SQLHSTMT StatementHandle,
                                    SQLUSMALLINT IdentifierType,
                                    SQLCHAR *CatalogName,
                                    SQLSMALLINT NameLength1,
                                    SQLCHAR *SchemaName,
                                    SQLSMALLINT NameLength2,
                                    SQLCHAR *TableName,
                                    SQLSMALLINT NameLength3,
                                    SQLUSMALLINT Scope,
                                    SQLUSMALLINT Nullable);

SQLRETURN SQL_API SQLSpecialColumnsW(SQLHSTMT StatementHandle,
                                     SQLUSMALLINT IdentifierType,
                                     SQLWCHAR *CatalogName,
                                     SQLSMALLINT NameLength1,
                                     SQLWCHAR *SchemaName,
                                     SQLSMALLINT NameLength2,
                                     SQLWCHAR *TableName,
                                     SQLSMALLINT NameLength3,
                                     SQLUSMALLINT Scope,
                                     SQLUSMALLINT Nullable);

SQLRETURN SQL_API SQLStatistics(SQLHSTMT StatementHandle,
                                SQLCHAR *CatalogName,
                                SQLSMALLINT NameLength1,
                                SQLCHAR *SchemaName,
                                SQLSMALLINT NameLength2,
                                SQLCHAR *TableName,
                                SQLSMALLINT NameLength3,
                                SQLUSMALLINT Unique,
                                SQLUSMALLINT Accuracy);

SQLRETURN SQL_API SQLStatisticsW(SQLHSTMT StatementHandle,
                                 SQLWCHAR *CatalogName,
                                 SQLSMALLINT NameLength1,
                                 SQLWCHAR *SchemaName,
                                 SQLSMALLINT NameLength2,
                                 SQLWCHAR *TableName,
                                 SQLSMALLINT NameLength3,
                                 SQLUSMALLINT Unique,
                                 SQLUSMALLINT Accuracy);

SQLRETURN SQL_API SQLTablePrivileges(SQLHSTMT StatementHandle,
                                     SQLCHAR *CatalogName,
                                     SQLSMALLINT NameLength1,
                                     SQLCHAR *SchemaName,
                                     SQLSMALLINT NameLength2,
                                     SQLCHAR *TableName,
                                     SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLTablePrivilegesW(SQLHSTMT StatementHandle,
                                      SQLWCHAR *CatalogName,
                                      SQLSMALLINT NameLength1,
                                      SQLWCHAR *SchemaName,
                                      SQLSMALLINT NameLength2,
                                      SQLWCHAR *TableName,
                                      SQLSMALLINT NameLength3);

SQLRETURN SQL_API SQLTables(SQLHSTMT StatementHandle,
                            SQLCHAR *CatalogName,
                            SQLSMALLINT NameLength1,
                            SQLCHAR *SchemaName,
                            SQLSMALLINT NameLength2,
                            SQLCHAR *TableName,
                            SQLSMALLINT NameLength3,
                            SQLCHAR *TableType,
                            SQLSMALLINT NameLength4);

SQLRETURN SQL_API SQLTablesW(SQLHSTMT StatementHandle,
                             SQLWCHAR *CatalogName,
                             SQLSMALLINT NameLength1,
                             SQLWCHAR *SchemaName,
                             SQLSMALLINT NameLength2,
                             SQLWCHAR *TableName,
                             SQLSMALLINT NameLength3,
                             SQLWCHAR *TableType,
                             SQLSMALLINT NameLength4);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* EXCHANGE_ODBC_H */
