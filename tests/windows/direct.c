/* Calls the library's functions without a driver manager: those that only a driver has to answer, and its life in a
 * process that unloads it.
 *
 *   direct.exe LIBRARY CONNECTION-STRING VERSION
 */
#include "check.h"

#include <odbcinst.h>

typedef SQLRETURN(SQL_API *AllocHandle)(SQLSMALLINT, SQLHANDLE, SQLHANDLE *);
typedef SQLRETURN(SQL_API *SetEnvAttr)(SQLHENV, SQLINTEGER, SQLPOINTER, SQLINTEGER);
typedef SQLRETURN(SQL_API *DriverConnect)(SQLHDBC, SQLHWND, SQLWCHAR *, SQLSMALLINT, SQLWCHAR *, SQLSMALLINT,
                                          SQLSMALLINT *, SQLUSMALLINT);
typedef SQLRETURN(SQL_API *Disconnect)(SQLHDBC);
typedef SQLRETURN(SQL_API *ExecDirect)(SQLHSTMT, SQLWCHAR *, SQLINTEGER);
typedef SQLRETURN(SQL_API *Fetch)(SQLHSTMT);
typedef SQLRETURN(SQL_API *GetDiagRec)(SQLSMALLINT, SQLHANDLE, SQLSMALLINT, SQLWCHAR *, SQLINTEGER *, SQLWCHAR *,
                                       SQLSMALLINT, SQLSMALLINT *);
typedef BOOL(INSTAPI *Configure)(HWND, WORD, LPCSTR, LPCSTR);
typedef BOOL(INSTAPI *ConfigureDriver)(HWND, WORD, LPCWSTR, LPCWSTR, LPWSTR, WORD, WORD *);

#define FUNCTION(type, name) type name = (type)(void *)GetProcAddress(library, #name)

static void check_version(const wchar_t *path, const wchar_t *version)
{
    static char block[8192];
    void *text = NULL;
    UINT length = 0;
    REQUIRE(GetFileVersionInfoSizeW(path, NULL) <= sizeof block);
    CHECK(GetFileVersionInfoW(path, 0, sizeof block, block));
    CHECK(VerQueryValueW(block, L"\\StringFileInfo\\040904b0\\ProductVersion", &text, &length));
    CHECK(text && !wcscmp(text, version));
    CHECK(VerQueryValueW(block, L"\\StringFileInfo\\040904b0\\FileDescription", &text, &length));
    CHECK(text && wcsstr(text, L"ODBC"));
}

/* The connection string as a file data source: a line for each key, without braces. Returns a string that names it. */
static wchar_t *as_file(const wchar_t *connection)
{
    wchar_t folder[MAX_PATH], path[MAX_PATH];
    GetTempPathW(MAX_PATH, folder);
    swprintf(path, MAX_PATH, L"%lsexchange-odbc-%lu.dsn", folder, GetCurrentProcessId());
    FILE *file = _wfopen(path, L"w");
    REQUIRE(file != NULL);
    fputs("[ODBC]\nDRIVER=Exchange\n", file);
    for (; *connection; connection++)
        if (*connection != L'{' && *connection != L'}')
            fputc(*connection == L';' ? '\n' : *connection, file);
    CHECK(fclose(file) == 0);
    return format(L"FILEDSN=%ls", path);
}

int wmain(int count, wchar_t **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: direct.exe LIBRARY CONNECTION-STRING VERSION\n");
        return 2;
    }
    check_version(arguments[1], arguments[3]);
    HMODULE library = LoadLibraryW(arguments[1]);
    REQUIRE(library != NULL);
    FUNCTION(AllocHandle, SQLAllocHandle);
    FUNCTION(SetEnvAttr, SQLSetEnvAttr);
    FUNCTION(DriverConnect, SQLDriverConnectW);
    FUNCTION(ExecDirect, SQLExecDirectW);
    FUNCTION(Fetch, SQLFetch);
    FUNCTION(GetDiagRec, SQLGetDiagRecW);
    FUNCTION(Configure, ConfigDSN);
    FUNCTION(ConfigureDriver, ConfigDriverW);
    REQUIRE(SQLAllocHandle && SQLSetEnvAttr && SQLDriverConnectW && SQLExecDirectW && SQLFetch && SQLGetDiagRecW &&
            ConfigDSN && ConfigDriverW);

    /* A driver that nobody registered is described and forgotten again. */
    const wchar_t *driver = L"Exchange ODBC test of ConfigDriver";
    const wchar_t *key = L"Software\\ODBC\\ODBCINST.INI\\Exchange ODBC test of ConfigDriver";
    wchar_t value[64] = L"x", message[16] = L"x";
    DWORD size = sizeof value;
    WORD length = 7;
    CHECK(ConfigDriverW(NULL, ODBC_INSTALL_DRIVER, driver, NULL, message, 16, &length));
    CHECK(message[0] == 0 && length == 0);
    CHECK(!RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DriverODBCVer", RRF_RT_REG_SZ, NULL, value, &size));
    CHECK(!wcscmp(value, L"03.80"));
    CHECK(ConfigDriverW(NULL, ODBC_REMOVE_DRIVER, driver, NULL, NULL, 0, NULL));
    CHECK(!ConfigDriverW(NULL, 99, driver, NULL, NULL, 0, NULL));
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, key);

    /* The functions of bytes. The keys are in the code page. */
    CHECK(ConfigDSN(NULL, ODBC_ADD_DSN, "Exchange ODBC test", "DSN=Exchange in bytes\0TenantID=contoso.com\0"));
    size = sizeof value;
    CHECK(!RegGetValueW(HKEY_CURRENT_USER, L"Software\\ODBC\\ODBC.INI\\Exchange in bytes", L"TenantID", RRF_RT_REG_SZ,
                        NULL, value, &size));
    CHECK(!wcscmp(value, L"contoso.com"));
    CHECK(ConfigDSN(NULL, ODBC_REMOVE_DSN, "Exchange ODBC test", "DSN=Exchange in bytes\0"));
    CHECK(!ConfigDSN(NULL, ODBC_REMOVE_DSN, "Exchange ODBC test", "DSN=Exchange in bytes\0"));

    SQLHANDLE environment = NULL, connection = NULL, statement = NULL;
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, NULL, &environment)));
    CHECK(SQL_SUCCEEDED(SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0)));
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection)));

    /* A data source that does not exist. */
    SQLWCHAR state[6] = L"", text[512];
    wchar_t *unknown = L"DSN=Exchange that is nowhere";
    CHECK(SQLDriverConnectW(connection, NULL, (SQLWCHAR *)unknown, SQL_NTS, NULL, 0, NULL, 0) == SQL_ERROR);
    CHECK(SQL_SUCCEEDED(SQLGetDiagRecW(SQL_HANDLE_DBC, connection, 1, state, NULL, text, 512, NULL)));
    CHECK(!wcscmp((wchar_t *)state, L"IM002"));
    CHECK(wcsstr((wchar_t *)text, L"Exchange that is nowhere") != NULL);

    /* Without a driver manager the driver reads a file data source itself. */
    wchar_t *file = as_file(arguments[2]);
    FUNCTION(Disconnect, SQLDisconnect);
    REQUIRE(SQLDisconnect != NULL);
    CHECK(SQL_SUCCEEDED(SQLDriverConnectW(connection, NULL, (SQLWCHAR *)file, SQL_NTS, NULL, 0, NULL, 0)));
    CHECK(SQL_SUCCEEDED(SQLDisconnect(connection)));
    DeleteFileW(file + wcslen(L"FILEDSN="));
    CHECK(SQLDriverConnectW(connection, NULL, (SQLWCHAR *)file, SQL_NTS, NULL, 0, NULL, 0) == SQL_ERROR);

    REQUIRE(SQL_SUCCEEDED(
        SQLDriverConnectW(connection, NULL, (SQLWCHAR *)arguments[2], SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT)));
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement)));
    CHECK(SQL_SUCCEEDED(SQLExecDirectW(statement, (SQLWCHAR *)L"SELECT id FROM Messages", SQL_NTS)));
    CHECK(SQL_SUCCEEDED(SQLFetch(statement)));

    /* Its threads go on, and so has its code to stay. */
    for (int time = 0; time < 10; time++)
        FreeLibrary(library);
    int rows = 1;
    while (SQL_SUCCEEDED(SQLFetch(statement)))
        rows++;
    CHECK(rows > 10);
    CHECK(GetModuleHandleW(wcsrchr(arguments[1], L'\\') + 1) == library);
    return report();
}
