/* Installs the driver with its installer, for all users and for one, uses it, installs it again while a program has it in
 * use, and removes it.
 *
 *   installed.exe INSTALLER CONNECTION-STRING VERSION
 *
 * The connection string names no driver. The program starts itself again to connect, because a library that a process has
 * loaded stays in it:
 *
 *   installed.exe connect LIBRARY CONNECTION-STRING
 *   installed.exe hold LIBRARY CONNECTION-STRING
 */
#include "check.h"

#include <odbcinst.h>

#define PROGRAM L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\exchange-odbc"
#define DRIVERS L"Software\\ODBC\\ODBCINST.INI"
#define DATA_SOURCES L"Software\\ODBC\\ODBC.INI"

#ifdef _WIN64
#define ARCHITECTURE L"x64"
#else
#define ARCHITECTURE L"x86"
#endif

/* Programs of all architectures look for the entry of an installed program here. */
#define MAIN_KEYS RRF_SUBKEY_WOW6464KEY

/* Whom the driver is installed for. */
struct scope {
    const wchar_t *option;
    HKEY root;
    const wchar_t *driver;
};

static wchar_t own_path[MAX_PATH];

/* ---- The registry ---------------------------------------------------------------------------------------------- */

static const wchar_t *text_of(HKEY root, const wchar_t *key, const wchar_t *name, DWORD view)
{
    static wchar_t values[4][1024];
    static int next;
    wchar_t *value = values[next++ % 4];
    DWORD size = sizeof values[0];
    if (RegGetValueW(root, key, name, RRF_RT_REG_SZ | view, NULL, value, &size))
        value[0] = 0;
    return value;
}

static void set_text(HKEY root, const wchar_t *key, const wchar_t *name, const wchar_t *value)
{
    DWORD size = (DWORD)((wcslen(value) + 1) * sizeof *value);
    CHECK(!RegSetKeyValueW(root, key, name, REG_SZ, value, size));
}

static DWORD usage_count(const struct scope *scope)
{
    DWORD count = 0, size = sizeof count;
    RegGetValueW(scope->root, format(DRIVERS L"\\%ls", scope->driver), L"UsageCount", RRF_RT_REG_DWORD, NULL, &count, &size);
    return count;
}

static void set_usage_count(const struct scope *scope, DWORD count)
{
    const wchar_t *key = format(DRIVERS L"\\%ls", scope->driver);
    CHECK(!RegSetKeyValueW(scope->root, key, L"UsageCount", REG_DWORD, &count, sizeof count));
}

static int exists(const wchar_t *path)
{
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

/* ---- Programs -------------------------------------------------------------------------------------------------- */

static HANDLE start(wchar_t *command)
{
    STARTUPINFOW facts = {.cb = sizeof facts};
    PROCESS_INFORMATION process;
    REQUIRE(CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &facts, &process));
    CloseHandle(process.hThread);
    return process.hProcess;
}

static DWORD end_of(HANDLE process)
{
    DWORD code = 0;
    WaitForSingleObject(process, INFINITE);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
    return code;
}

static DWORD run(wchar_t *command)
{
    return end_of(start(command));
}

/* The library through which a driver is used. Wine's driver manager knows the drivers of the machine only, so that of one
 * user is called without it.
 */
static const wchar_t *manager_of(const struct scope *scope, const wchar_t *library)
{
    return scope->root == HKEY_LOCAL_MACHINE ? L"odbc32.dll" : library;
}

/* Whether another process can read mail with this connection string. */
static int connects(const wchar_t *manager, const wchar_t *connection)
{
    return run(format(L"\"%ls\" connect \"%ls\" \"%ls\"", own_path, manager, connection)) == 0;
}

static int wait_until_gone(const wchar_t *path)
{
    for (int time = 0; time < 600 && exists(path); time++)
        Sleep(100);
    return !exists(path);
}

/* ---- The other processes --------------------------------------------------------------------------------------- */

#define HELD L"exchange-odbc test: connected"
#define RELEASED L"exchange-odbc test: installed"

/* The library whose functions are called. */
static HMODULE odbc;

#define CALL(name) ((__typeof__(&name))(void *)GetProcAddress(odbc, #name))

static int rows_of(SQLHDBC connection)
{
    SQLHSTMT statement = NULL;
    SQLINTEGER number = 0;
    wchar_t *sql = L"SELECT COUNT(*) FROM Messages";
    if (SQL_SUCCEEDED(CALL(SQLAllocHandle)(SQL_HANDLE_STMT, connection, &statement)) &&
        SQL_SUCCEEDED(CALL(SQLExecDirectW)(statement, (SQLWCHAR *)sql, SQL_NTS)) && SQL_SUCCEEDED(CALL(SQLFetch)(statement)))
        CALL(SQLGetData)(statement, 1, SQL_C_SLONG, &number, 0, NULL);
    CALL(SQLFreeHandle)(SQL_HANDLE_STMT, statement);
    return number;
}

/* Reads through a library, the driver manager's or the driver's own; with `hold` again after the driver was installed
 * anew. Returns 0 if it could.
 */
static int use(const wchar_t *library, const wchar_t *text, int hold)
{
    odbc = LoadLibraryW(library);
    if (!odbc)
        return 2;
    SQLHENV environment = NULL;
    SQLHDBC connection = NULL;
    CALL(SQLAllocHandle)(SQL_HANDLE_ENV, NULL, &environment);
    CALL(SQLSetEnvAttr)(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0);
    CALL(SQLAllocHandle)(SQL_HANDLE_DBC, environment, &connection);
    if (!SQL_SUCCEEDED(CALL(SQLDriverConnectW)(connection, NULL, (SQLWCHAR *)text, SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT))) {
        SQLWCHAR state[6] = L"", message[512] = L"";
        CALL(SQLGetDiagRecW)(SQL_HANDLE_DBC, connection, 1, state, NULL, message, 512, NULL);
        fprintf(stderr, "not connected: %ls %ls\n", (wchar_t *)state, (wchar_t *)message);
        return 3;
    }
    if (rows_of(connection) <= 0)
        return 4;
    if (hold) {
        HANDLE held = OpenEventW(EVENT_MODIFY_STATE, FALSE, HELD);
        HANDLE released = OpenEventW(SYNCHRONIZE, FALSE, RELEASED);
        SetEvent(held);
        if (WaitForSingleObject(released, 120000) != WAIT_OBJECT_0)
            return 5;
        if (rows_of(connection) <= 0)
            return 6;
    }
    CALL(SQLDisconnect)(connection);
    return 0;
}

/* ---- What is tried --------------------------------------------------------------------------------------------- */

/* Adds a data source with the keys of the connection string, as an application does. Wine's installer library knows the
 * drivers of the machine only, so a data source of one user is written into the registry.
 */
static void add_data_source(const struct scope *scope, const wchar_t *name, const wchar_t *library, const wchar_t *connection)
{
    static wchar_t list[4096];
    wchar_t *out = list + swprintf(list, 256, L"DSN=%ls", name) + 1;
    for (const wchar_t *at = connection; *at; at++)
        if (*at == L';')
            *out++ = 0;
        else if (*at != L'{' && *at != L'}')
            *out++ = *at;
    out[0] = out[1] = 0;
    if (scope->root == HKEY_LOCAL_MACHINE) {
        CHECK(SQLConfigDataSourceW(NULL, ODBC_ADD_SYS_DSN, scope->driver, list));
        return;
    }
    set_text(scope->root, DATA_SOURCES L"\\ODBC Data Sources", name, scope->driver);
    const wchar_t *key = format(DATA_SOURCES L"\\%ls", name);
    set_text(scope->root, key, L"Driver", library);
    for (wchar_t *item = list + wcslen(list) + 1; *item; item += wcslen(item) + 1) {
        wchar_t *value = wcschr(item, L'=');
        wchar_t entry[64] = L"";
        wcsncpy(entry, item, value - item);
        set_text(scope->root, key, entry, value + 1);
    }
}

/* The folder in which the driver is; empty if it is not installed for these users. */
static const wchar_t *folder_of(const struct scope *scope)
{
    return text_of(scope->root, PROGRAM, L"InstallLocation", MAIN_KEYS);
}

static void is_installed(const struct scope *scope, const wchar_t *version, const wchar_t *library)
{
    const wchar_t *key = format(DRIVERS L"\\%ls", scope->driver);
    CHECK(!wcscmp(text_of(scope->root, DRIVERS L"\\ODBC Drivers", scope->driver, 0), L"Installed"));
    CHECK(!wcscmp(text_of(scope->root, key, L"Driver", 0), library));
    CHECK(!wcscmp(text_of(scope->root, key, L"Setup", 0), library));
    CHECK(!wcscmp(text_of(scope->root, key, L"DriverODBCVer", 0), L"03.80"));
    CHECK(exists(library));
    CHECK(!wcscmp(text_of(scope->root, PROGRAM, L"DisplayVersion", MAIN_KEYS), version));
    for (int at = 0; at < 3; at++) {
        static const wchar_t *const files[] = {L"LICENSE-MIT.txt", L"LICENSE-APACHE.txt", L"THIRD-PARTY-NOTICES.txt"};
        CHECK(exists(format(L"%ls\\%ls", folder_of(scope), files[at])));
    }
}

/* Removes the driver, and waits until it is gone: the program that removes goes on in a copy of itself. */
static void remove_driver(const struct scope *scope)
{
    wchar_t folder[MAX_PATH];
    wcscpy(folder, folder_of(scope));
    REQUIRE(folder[0] != 0);
    const wchar_t *command = text_of(scope->root, PROGRAM, L"QuietUninstallString", MAIN_KEYS);
    CHECK(run(format(L"%ls", command)) == 0);
    CHECK(wait_until_gone(format(L"%ls\\uninstall.exe", folder)));
    for (int time = 0; time < 100 && *folder_of(scope); time++)
        Sleep(100);
    CHECK(!*folder_of(scope));
}

static void is_removed(const struct scope *scope, const wchar_t *folder)
{
    HKEY key;
    CHECK(wait_until_gone(folder));
    CHECK(!*text_of(scope->root, DRIVERS L"\\ODBC Drivers", scope->driver, 0));
    CHECK(RegOpenKeyExW(scope->root, format(DRIVERS L"\\%ls", scope->driver), 0, KEY_READ, &key) == ERROR_FILE_NOT_FOUND);
    CHECK(RegOpenKeyExW(scope->root, PROGRAM, 0, KEY_READ | KEY_WOW64_64KEY, &key) == ERROR_FILE_NOT_FOUND);
}

static void try_scope(const struct scope *scope, wchar_t **arguments)
{
    const wchar_t *installer = arguments[1], *connection = arguments[2], *version = arguments[3];
    const wchar_t *name = L"Exchange that stays";
    const wchar_t *of_name = format(DATA_SOURCES L"\\%ls", name);
    wchar_t key[256], folder[MAX_PATH], library[MAX_PATH], install[1024], text[1024];
    wcscpy(key, of_name);
    swprintf(install, 1024, L"\"%ls\" /S %ls", installer, scope->option);
    fprintf(stderr, "%ls\n", scope->option);

    /* Installed, with a data source that works. */
    REQUIRE(!*folder_of(scope));
    REQUIRE(run(format(L"%ls", install)) == 0);
    wcscpy(folder, folder_of(scope));
    swprintf(library, MAX_PATH, L"%ls\\" ARCHITECTURE L"\\exchange_odbc.dll", folder);
    const wchar_t *manager = manager_of(scope, library);
    is_installed(scope, version, library);
    CHECK(usage_count(scope) == 1);
    add_data_source(scope, name, library, connection);
    CHECK(!_wcsicmp(text_of(scope->root, key, L"Driver", 0), library));
    swprintf(text, 1024, L"DSN=%ls", name);
    CHECK(connects(manager, text));
    CHECK(connects(manager, format(L"Driver={%ls};%ls", scope->driver, connection)));

    /* Installed again, while the library is in use. Its user goes on. */
    HANDLE held = CreateEventW(NULL, TRUE, FALSE, HELD), released = CreateEventW(NULL, TRUE, FALSE, RELEASED);
    HANDLE user = start(format(L"\"%ls\" hold \"%ls\" \"%ls\"", own_path, manager, text));
    CHECK(WaitForSingleObject(held, 60000) == WAIT_OBJECT_0);
    CHECK(run(format(L"%ls", install)) == 0);
    is_installed(scope, version, library);
    CHECK(usage_count(scope) == 1);
    SetEvent(released);
    CHECK(end_of(user) == 0);
    CloseHandle(held);
    CloseHandle(released);
    CHECK(connects(manager, text));

    /* A driver that another program has installed as well stays when this one goes. */
    set_usage_count(scope, 2);
    remove_driver(scope);
    CHECK(usage_count(scope) == 1);
    CHECK(exists(library) && connects(manager, text));
    CHECK(run(format(L"%ls", install)) == 0);
    CHECK(usage_count(scope) == 2);
    set_usage_count(scope, 1);

    /* Removed. The data source stays as it was. */
    remove_driver(scope);
    is_removed(scope, folder);
    CHECK(!_wcsicmp(text_of(scope->root, key, L"Driver", 0), library));
    CHECK(*text_of(scope->root, key, L"TenantID", 0) != 0);
    CHECK(!connects(manager, text));

    /* And works again with the driver. */
    CHECK(run(format(L"%ls", install)) == 0);
    CHECK(connects(manager, text));
    remove_driver(scope);
    is_removed(scope, folder);
    RegDeleteTreeW(scope->root, key);
    RegDeleteKeyValueW(scope->root, DATA_SOURCES L"\\ODBC Data Sources", name);
}

int wmain(int count, wchar_t **arguments)
{
    if (count == 4 && !wcscmp(arguments[1], L"connect"))
        return use(arguments[2], arguments[3], 0);
    if (count == 4 && !wcscmp(arguments[1], L"hold"))
        return use(arguments[2], arguments[3], 1);
    if (count != 4) {
        fprintf(stderr, "usage: installed.exe INSTALLER CONNECTION-STRING VERSION\n");
        return 2;
    }
    GetModuleFileNameW(NULL, own_path, MAX_PATH);
    static const struct scope everybody = {L"/AllUsers", HKEY_LOCAL_MACHINE, L"Exchange"};
    static struct scope one_user = {L"/CurrentUser", HKEY_CURRENT_USER, L"Exchange"};
#ifndef _WIN64
    /* The registry of a user is the same for programs of 32 and of 64 bits. */
    BOOL beside_64_bits = FALSE;
    if (IsWow64Process(GetCurrentProcess(), &beside_64_bits) && beside_64_bits)
        one_user.driver = L"Exchange (32-bit)";
#endif
    try_scope(&everybody, arguments);
    try_scope(&one_user, arguments);
    return report();
}
