/* An application of Windows: it registers the driver, makes data sources through ODBC's installer, and reads through the
 * driver manager.
 *
 *   client.exe LIBRARY CONNECTION-STRING
 *
 * The connection string names no driver.
 */
#include "check.h"

#include <odbcinst.h>

/* The function of bytes, which has no other name in Wine. */
#undef SQLExecDirect

#define DRIVER L"Exchange ODBC test"
#define KEY_OF_DRIVER L"Software\\ODBC\\ODBCINST.INI\\" DRIVER
#define KEY_OF_DATA_SOURCES L"Software\\ODBC\\ODBC.INI\\"

static SQLHENV environment;

/* ---- The registry ---------------------------------------------------------------------------------------------- */

static void register_driver(const wchar_t *library)
{
    const wchar_t *list = L"Software\\ODBC\\ODBCINST.INI\\ODBC Drivers";
    DWORD size = (DWORD)((wcslen(library) + 1) * sizeof *library);
    REQUIRE(!RegSetKeyValueW(HKEY_LOCAL_MACHINE, list, DRIVER, REG_SZ, L"Installed", sizeof L"Installed"));
    REQUIRE(!RegSetKeyValueW(HKEY_LOCAL_MACHINE, KEY_OF_DRIVER, L"Driver", REG_SZ, library, size));
    REQUIRE(!RegSetKeyValueW(HKEY_LOCAL_MACHINE, KEY_OF_DRIVER, L"Setup", REG_SZ, library, size));
}

static const wchar_t *value_of(HKEY root, const wchar_t *key, const wchar_t *name)
{
    static wchar_t value[4096];
    DWORD size = sizeof value;
    value[0] = 0;
    if (RegGetValueW(root, key, name, RRF_RT_REG_SZ, NULL, value, &size))
        value[0] = 0;
    return value;
}

/* The connection string as the list that the installer takes, behind a name. Secrets lose their braces. */
static wchar_t *list_of(const wchar_t *name, const wchar_t *connection)
{
    static wchar_t list[4096];
    wchar_t *out = list + swprintf(list, 256, L"DSN=%ls", name) + 1;
    while (*connection) {
        size_t length = wcscspn(connection, L";");
        for (size_t at = 0; at < length; at++)
            if (connection[at] != L'{' && connection[at] != L'}')
                *out++ = connection[at];
        if (length)
            *out++ = 0;
        connection += length + (connection[length] != 0);
    }
    *out = 0;
    return list;
}

/* A list with a name and one more item, which may be empty. */
static wchar_t *short_list(const wchar_t *name, const wchar_t *item)
{
    static wchar_t list[512];
    memset(list, 0, sizeof list);
    int length = swprintf(list, 256, L"DSN=%ls", name);
    wcscpy(list + length + 1, item);
    return list;
}

/* The value of a key of the connection string, without braces. */
static const wchar_t *part_of(const wchar_t *connection, const wchar_t *key)
{
    static wchar_t part[256];
    const wchar_t *found = wcsstr(connection, format(L"%ls=", key));
    REQUIRE(found != NULL);
    found += wcslen(key) + 1 + (found[wcslen(key) + 1] == L'{');
    size_t length = wcscspn(found, L"};");
    wcsncpy(part, found, length);
    part[length] = 0;
    return part;
}

static DWORD installer_error(void)
{
    DWORD code = 0;
    wchar_t message[512] = L"";
    if (!SQL_SUCCEEDED(SQLInstallerErrorW(1, &code, message, 512, NULL)))
        return 0;
    CHECK(message[0] != 0);
    return code;
}

/* ---- Connections ----------------------------------------------------------------------------------------------- */

static SQLHDBC try_to_connect(const wchar_t *text)
{
    SQLHDBC connection = NULL;
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection)));
    if (SQL_SUCCEEDED(SQLDriverConnectW(connection, NULL, (SQLWCHAR *)text, SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT)))
        return connection;
    SQLFreeHandle(SQL_HANDLE_DBC, connection);
    return NULL;
}

static void disconnect(SQLHDBC connection)
{
    CHECK(SQL_SUCCEEDED(SQLDisconnect(connection)));
    CHECK(SQL_SUCCEEDED(SQLFreeHandle(SQL_HANDLE_DBC, connection)));
}

static SQLHSTMT statement_of(SQLHDBC connection)
{
    SQLHSTMT statement = NULL;
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement)));
    return statement;
}

static int has_state(SQLSMALLINT kind, SQLHANDLE handle, const wchar_t *state)
{
    SQLWCHAR found[6] = L"", message[512];
    SQLINTEGER native;
    SQLSMALLINT length;
    if (!SQL_SUCCEEDED(SQLGetDiagRecW(kind, handle, 1, found, &native, message, 512, &length)))
        return 0;
    if (wcscmp((wchar_t *)found, state))
        fprintf(stderr, "%ls: %ls\n", (wchar_t *)found, (wchar_t *)message);
    return !wcscmp((wchar_t *)found, state);
}

/* The number in the only row of a statement; -1 if there is none. */
static SQLINTEGER number_of(SQLHDBC connection, const wchar_t *sql)
{
    SQLHSTMT statement = statement_of(connection);
    SQLINTEGER number = -1;
    CHECK(SQL_SUCCEEDED(SQLExecDirectW(statement, (SQLWCHAR *)sql, SQL_NTS)));
    if (SQL_SUCCEEDED(SQLFetch(statement)))
        SQLGetData(statement, 1, SQL_C_SLONG, &number, 0, NULL);
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
    return number;
}

/* ---- What is tried --------------------------------------------------------------------------------------------- */

static void list_drivers(void)
{
    SQLWCHAR name[256];
    int found = 0;
    SQLUSMALLINT direction = SQL_FETCH_FIRST;
    while (SQL_SUCCEEDED(SQLDriversW(environment, direction, name, 256, NULL, NULL, 0, NULL))) {
        found |= !wcscmp((wchar_t *)name, DRIVER);
        direction = SQL_FETCH_NEXT;
    }
    CHECK(found);
}

/* A data source of one scope from its making to its end. */
static void use_data_source(const wchar_t *connection, HKEY root, const wchar_t *name, WORD add, WORD change, WORD remove)
{
    const wchar_t *prefix = root == HKEY_CURRENT_USER ? L"dpapi:" : L"dpapi-machine:";
    wchar_t key[256], secret[256];
    swprintf(key, 256, KEY_OF_DATA_SOURCES L"%ls", name);
    wcscpy(secret, part_of(connection, L"ClientSecret"));
    CHECK(SQLConfigDataSourceW(NULL, add, DRIVER, list_of(name, connection)));
    CHECK(!wcscmp(value_of(root, key, L"TenantID"), part_of(connection, L"TenantID")));
    /* Windows encrypted the secret. */
    CHECK(!wcsncmp(value_of(root, key, L"ClientSecret"), prefix, wcslen(prefix)));
    CHECK(!wcsstr(value_of(root, key, L"ClientSecret"), secret));

    SQLHDBC connected = try_to_connect(format(L"DSN=%ls", name));
    CHECK(connected != NULL);
    if (connected) {
        CHECK(number_of(connected, L"SELECT COUNT(*) FROM Messages") > 0);
        disconnect(connected);
    }
    /* Anyone may write a secret as plain text with a tool for the registry. */
    RegSetKeyValueW(root, key, L"ClientSecret", REG_SZ, secret, (DWORD)((wcslen(secret) + 1) * sizeof *secret));
    connected = try_to_connect(format(L"DSN=%ls", name));
    CHECK(connected != NULL);
    if (connected)
        disconnect(connected);

    CHECK(SQLConfigDataSourceW(NULL, change, DRIVER, short_list(name, L"PWD=wrong")));
    CHECK(!wcsncmp(value_of(root, key, L"ClientSecret"), prefix, wcslen(prefix)));
    CHECK(try_to_connect(format(L"DSN=%ls", name)) == NULL);
    CHECK(!SQLConfigDataSourceW(NULL, change, DRIVER, short_list(name, L"PageSize=many")));
    /* Wine's installer keeps no errors of drivers, and has one of its own. */
    DWORD code = installer_error();
    CHECK(code == ODBC_ERROR_INVALID_KEYWORD_VALUE || code == ODBC_ERROR_REQUEST_FAILED);

    CHECK(SQLConfigDataSourceW(NULL, remove, DRIVER, short_list(name, L"")));
    CHECK(!*value_of(root, key, L"TenantID"));
    CHECK(try_to_connect(format(L"DSN=%ls", name)) == NULL);
    CHECK(!SQLConfigDataSourceW(NULL, remove, DRIVER, short_list(name, L"")));
}

static void read_text(SQLHDBC connection, const wchar_t *text)
{
    SQLHSTMT statement = statement_of(connection);
    wchar_t *sql = format(L"SELECT '%ls' AS c", text);
    wchar_t wide[64] = L"";
    char bytes[64] = "", expected[64];
    int length = in_code_page(text, expected, sizeof expected);
    int whole = code_page_has(text);
    SQLLEN indicator = 0;

    /* Wide text has everything. */
    REQUIRE(SQL_SUCCEEDED(SQLExecDirectW(statement, (SQLWCHAR *)sql, SQL_NTS)));
    CHECK(SQL_SUCCEEDED(SQLFetch(statement)));
    CHECK(SQLGetData(statement, 1, SQL_C_WCHAR, wide, sizeof wide, &indicator) == SQL_SUCCESS);
    CHECK(!wcscmp(wide, text));
    CHECK(indicator == (SQLLEN)(wcslen(text) * sizeof *text));

    /* Bytes are those of the code page, and a loss is told. */
    SQLRETURN code = SQLGetData(statement, 1, SQL_C_CHAR, bytes, sizeof bytes, &indicator);
    CHECK(code == (whole ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO));
    CHECK(whole || has_state(SQL_HANDLE_STMT, statement, L"01000"));
    CHECK(indicator == length);
    CHECK(!strcmp(bytes, expected));
    SQLFreeStmt(statement, SQL_CLOSE);

    /* The same bound. */
    memset(bytes, 0, sizeof bytes);
    CHECK(SQL_SUCCEEDED(SQLBindCol(statement, 1, SQL_C_CHAR, bytes, sizeof bytes, &indicator)));
    CHECK(SQL_SUCCEEDED(SQLExecDirectW(statement, (SQLWCHAR *)sql, SQL_NTS)));
    CHECK(SQLFetch(statement) == (whole ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO));
    CHECK(indicator == length && !strcmp(bytes, expected));
    SQLFreeStmt(statement, SQL_CLOSE);
    SQLFreeStmt(statement, SQL_UNBIND);

    if (whole) {
        /* A statement in bytes. */
        char statement_in_bytes[128];
        in_code_page(sql, statement_in_bytes, sizeof statement_in_bytes);
        CHECK(SQL_SUCCEEDED(SQLExecDirect(statement, (SQLCHAR *)statement_in_bytes, SQL_NTS)));
        CHECK(SQL_SUCCEEDED(SQLFetch(statement)));
        wide[0] = 0;
        SQLGetData(statement, 1, SQL_C_WCHAR, wide, sizeof wide, &indicator);
        CHECK(!wcscmp(wide, text));
        SQLFreeStmt(statement, SQL_CLOSE);
    }
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
}

/* A parameter of the code page that is sent byte after byte. */
static void send_text(SQLHDBC connection, const wchar_t *text)
{
    SQLHSTMT statement = statement_of(connection);
    char bytes[64];
    wchar_t wide[64] = L"";
    int length = in_code_page(text, bytes, sizeof bytes);
    SQLLEN late = SQL_DATA_AT_EXEC, indicator = 0;
    SQLPOINTER wanted = NULL;
    CHECK(SQL_SUCCEEDED(SQLBindParameter(statement, 1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 50, 0, bytes, 0, &late)));
    CHECK(SQLExecDirectW(statement, (SQLWCHAR *)L"SELECT CAST(? AS VARCHAR(50)) AS c", SQL_NTS) == SQL_NEED_DATA);
    CHECK(SQLParamData(statement, &wanted) == SQL_NEED_DATA);
    for (int at = 0; at < length; at++)
        CHECK(SQL_SUCCEEDED(SQLPutData(statement, bytes + at, 1)));
    CHECK(SQL_SUCCEEDED(SQLParamData(statement, &wanted)));
    CHECK(SQL_SUCCEEDED(SQLFetch(statement)));
    CHECK(SQL_SUCCEEDED(SQLGetData(statement, 1, SQL_C_WCHAR, wide, sizeof wide, &indicator)));
    CHECK(!wcscmp(wide, text));
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
}

static void read_tables(SQLHDBC connection)
{
    SQLHSTMT statement = statement_of(connection);
    wchar_t text[10][300], name[64] = L"";
    SQLLEN lengths[10];
    SQLULEN rows = 0;
    SQLSMALLINT type = 0;

    CHECK(SQL_SUCCEEDED(SQLTablesW(statement, NULL, 0, NULL, 0, (SQLWCHAR *)L"Messages", SQL_NTS, NULL, 0)));
    CHECK(SQL_SUCCEEDED(SQLFetch(statement)));
    CHECK(SQL_SUCCEEDED(SQLGetData(statement, 3, SQL_C_WCHAR, name, sizeof name, NULL)));
    CHECK(!_wcsicmp(name, L"Messages"));
    SQLFreeStmt(statement, SQL_CLOSE);

    CHECK(SQL_SUCCEEDED(SQLExecDirectW(statement, (SQLWCHAR *)L"SELECT subject FROM Messages ORDER BY id", SQL_NTS)));
    CHECK(SQL_SUCCEEDED(SQLDescribeColW(statement, 1, (SQLWCHAR *)name, 64, NULL, &type, NULL, NULL, NULL)));
    CHECK(!wcscmp(name, L"subject") && type == SQL_WVARCHAR);
    SQLSetStmtAttrW(statement, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)10, 0);
    SQLSetStmtAttrW(statement, SQL_ATTR_ROWS_FETCHED_PTR, &rows, 0);
    CHECK(SQL_SUCCEEDED(SQLBindCol(statement, 1, SQL_C_WCHAR, text, sizeof text[0], lengths)));
    CHECK(SQL_SUCCEEDED(SQLFetch(statement)));
    CHECK(rows == 10);
    SQLFreeHandle(SQL_HANDLE_STMT, statement);

    statement = statement_of(connection);
    CHECK(SQLExecDirectW(statement, (SQLWCHAR *)L"SELECT 1 FROM Nowhere", SQL_NTS) == SQL_ERROR);
    CHECK(has_state(SQL_HANDLE_STMT, statement, L"42S02"));
    CHECK(SQLExecDirectW(statement, (SQLWCHAR *)L"SELECT nothing FROM Messages", SQL_NTS) == SQL_ERROR);
    CHECK(has_state(SQL_HANDLE_STMT, statement, L"42S22"));
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
}

int wmain(int count, wchar_t **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: client.exe LIBRARY CONNECTION-STRING\n");
        return 2;
    }
    const wchar_t *connection = arguments[2];
    register_driver(arguments[1]);
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, NULL, &environment)));
    SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0);
    list_drivers();

    use_data_source(connection, HKEY_CURRENT_USER, L"Exchange of the user", ODBC_ADD_DSN, ODBC_CONFIG_DSN, ODBC_REMOVE_DSN);
    use_data_source(connection, HKEY_LOCAL_MACHINE, L"Exchange of the system", ODBC_ADD_SYS_DSN, ODBC_CONFIG_SYS_DSN,
                    ODBC_REMOVE_SYS_DSN);

    SQLHDBC connected = try_to_connect(format(L"Driver={" DRIVER L"};%ls", connection));
    REQUIRE(connected != NULL);
    fprintf(stderr, "code page %u\n", GetACP());
    static const wchar_t *const texts[] = {L"plain", L"Gr\x00F6\x00DF" L"e 5 \x20AC", L"\x65E5\x672C\x8A9E \x8868",
                                           L"a\xD83D\xDE00z", L""};
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        read_text(connected, texts[at]);
        if (code_page_has(texts[at]) && *texts[at])
            send_text(connected, texts[at]);
    }
    read_tables(connected);
    disconnect(connected);

    /* Nothing of this is closed: the process ends with everything open. */
    connected = try_to_connect(format(L"Driver={" DRIVER L"};%ls", connection));
    REQUIRE(connected != NULL);
    SQLHSTMT statement = statement_of(connected);
    CHECK(SQL_SUCCEEDED(SQLExecDirectW(statement, (SQLWCHAR *)L"SELECT id FROM Messages", SQL_NTS)));
    CHECK(SQL_SUCCEEDED(SQLFetch(statement)));
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, KEY_OF_DRIVER);
    return report();
}
