/* A user at the driver's dialogs: another thread looks for each dialog, types, and presses buttons and keys.
 *
 *   dialog.exe LIBRARY CONNECTION-STRING [FOLDER]
 *
 * The connection string names no driver. Pictures of the dialogs go into the folder.
 */
#include <winsock2.h>

#include "check.h"

#include <odbcinst.h>

typedef SQLRETURN(SQL_API *AllocHandle)(SQLSMALLINT, SQLHANDLE, SQLHANDLE *);
typedef SQLRETURN(SQL_API *SetEnvAttr)(SQLHENV, SQLINTEGER, SQLPOINTER, SQLINTEGER);
typedef SQLRETURN(SQL_API *DriverConnect)(SQLHDBC, SQLHWND, SQLWCHAR *, SQLSMALLINT, SQLWCHAR *, SQLSMALLINT,
                                          SQLSMALLINT *, SQLUSMALLINT);
typedef SQLRETURN(SQL_API *Disconnect)(SQLHDBC);
typedef BOOL(INSTAPI *Configure)(HWND, WORD, LPCWSTR, LPCWSTR);

/* The numbers of the controls, which do not change between versions. */
enum {
    NAME = 101,
    DESCRIPTION,
    TENANT,
    SIGN_IN,
    CLIENT,
    SECRET,
    SAVING,
    MAILBOX,
    MAILBOXES,
    PROXY,
    NOTE = 300,
    TEST,
    ADVANCED,
    REPORT = 401,
    KEYS = 501,
    KEY_DESCRIPTION,
    KEY_TEXT,
    KEY_SECRET,
    KEY_WORDS,
    KEY_DEFAULT
};

#define DATA_SOURCE L"Software\\ODBC\\ODBC.INI\\"
#define DRIVER L"Exchange ODBC test"
#define TITLE L"Exchange ODBC data source"
#define CONNECT_TITLE L"Connect to Exchange"
#define TEST_TITLE L"Test of the connection"
#define ADVANCED_TITLE L"Advanced settings"
#define PATIENCE 30000

static const wchar_t *tenant, *client, *secret, *endpoint, *mailbox, *folder;
static DriverConnect SQLDriverConnectW_;
static Configure ConfigDSNW_;
static SQLHANDLE connection;
static HWND owner;
static DWORD caller;

/* ---- The user ---------------------------------------------------------------------------------------------------- */

/* The dialog of a title, as soon as it can be seen. */
static HWND dialog_of(const wchar_t *title)
{
    for (DWORD start = GetTickCount(); GetTickCount() - start < PATIENCE; Sleep(20)) {
        HWND found = FindWindowW(L"#32770", title);
        if (found && IsWindowVisible(found))
            return found;
    }
    fprintf(stderr, "no dialog '%ls'\n", title);
    exit(report() + 1);
}

static int is_gone(HWND dialog)
{
    for (DWORD start = GetTickCount(); IsWindow(dialog); Sleep(20))
        if (GetTickCount() - start > PATIENCE)
            return 0;
    return 1;
}

static wchar_t *text_of(HWND dialog, int id)
{
    static wchar_t texts[4][8192];
    static int next;
    wchar_t *text = texts[next++ % 4];
    text[0] = 0;
    SendMessageW(GetDlgItem(dialog, id), WM_GETTEXT, 8192, (LPARAM)text);
    return text;
}

/* Replaces a text, a character after the other. */
static void type(HWND dialog, int id, const wchar_t *text)
{
    HWND control = GetDlgItem(dialog, id);
    SendMessageW(control, EM_SETSEL, 0, -1);
    SendMessageW(control, WM_CHAR, L'\b', 0);
    for (; *text; text++)
        SendMessageW(control, WM_CHAR, *text, 0);
}

static void press(HWND dialog, int id)
{
    PostMessageW(GetDlgItem(dialog, id), BM_CLICK, 0, 0);
}

static void choose(HWND dialog, int id, int place)
{
    SendMessageW(GetDlgItem(dialog, id), CB_SETCURSEL, place, 0);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(id, CBN_SELCHANGE), (LPARAM)GetDlgItem(dialog, id));
}

static HWND focus(void)
{
    GUITHREADINFO information = {.cbSize = sizeof information};
    GetGUIThreadInfo(caller, &information);
    return information.hwndFocus;
}

static void key(UINT message, WPARAM sign)
{
    PostMessageW(focus(), message, sign, message == WM_SYSCHAR ? 1 << 29 : 0);
}

/* Waits until a control has the focus. */
static int has_focus(HWND dialog, int id)
{
    for (int time = 0; time < 200 && GetDlgCtrlID(focus()) != id; time++)
        Sleep(20);
    return focus() == GetDlgItem(dialog, id);
}

/* Waits until a text has a part. */
static int says(HWND dialog, int id, const wchar_t *part)
{
    for (DWORD start = GetTickCount(); GetTickCount() - start < PATIENCE; Sleep(20))
        if (wcsstr(text_of(dialog, id), part))
            return 1;
    fprintf(stderr, "'%ls' is not in: %ls\n", part, text_of(dialog, id));
    return 0;
}

/* ---- Pictures ---------------------------------------------------------------------------------------------------- */

/* Writes what a window shows as a bitmap. */
static void picture(HWND window, const wchar_t *name)
{
    if (!folder)
        return;
    /* Everything is painted first. */
    Sleep(300);
    RECT place;
    GetWindowRect(window, &place);
    int width = place.right - place.left, height = place.bottom - place.top;
    HDC screen = GetWindowDC(window), memory = CreateCompatibleDC(screen);
    BITMAPINFO information = {{sizeof information.bmiHeader, width, height, 1, 24, BI_RGB, 0, 0, 0, 0, 0}, {{0}}};
    void *bits = NULL;
    HBITMAP bitmap = CreateDIBSection(memory, &information, DIB_RGB_COLORS, &bits, NULL, 0);
    REQUIRE(bitmap != NULL);
    SelectObject(memory, bitmap);
    CHECK(BitBlt(memory, 0, 0, width, height, screen, 0, 0, SRCCOPY));
    DWORD size = (DWORD)((width * 3 + 3) / 4 * 4 * height);
    BITMAPFILEHEADER header = {0x4D42, sizeof header + sizeof information.bmiHeader + size, 0, 0,
                               sizeof header + sizeof information.bmiHeader};
    FILE *file = _wfopen(format(L"%ls\\%ls.bmp", folder, name), L"wb");
    REQUIRE(file != NULL);
    fwrite(&header, sizeof header, 1, file);
    fwrite(&information.bmiHeader, sizeof information.bmiHeader, 1, file);
    fwrite(bits, size, 1, file);
    fclose(file);
    /* Something is drawn, not one colour. */
    const unsigned char *bytes = bits;
    size_t other = 0;
    for (size_t at = 3; at < size; at++)
        other += bytes[at] != bytes[at % 3];
    CHECK(other > size / 100);
    DeleteDC(memory);
    ReleaseDC(window, screen);
    DeleteObject(bitmap);
}

/* ---- What is looked at ------------------------------------------------------------------------------------------- */

static const wchar_t *value_of(const wchar_t *data_source, const wchar_t *name)
{
    static wchar_t values[4][4096];
    static int next;
    wchar_t *value = values[next++ % 4];
    DWORD size = sizeof values[0];
    if (RegGetValueW(HKEY_CURRENT_USER, format(DATA_SOURCE L"%ls", data_source), name, RRF_RT_REG_SZ, NULL, value, &size))
        value[0] = 0;
    return value;
}

static wchar_t *part_of(const wchar_t *text, const wchar_t *name)
{
    const wchar_t *found = wcsstr(text, format(L"%ls=", name));
    REQUIRE(found != NULL);
    found += wcslen(name) + 1 + (found[wcslen(name) + 1] == L'{');
    wchar_t *part = _wcsdup(found);
    part[wcscspn(part, L"};")] = 0;
    return part;
}

/* Lets a user act while the calling thread is in the dialog. */
static HANDLE start(LPTHREAD_START_ROUTINE user)
{
    HANDLE thread = CreateThread(NULL, 0, user, NULL, 0, NULL);
    REQUIRE(thread != NULL);
    return thread;
}

static void finish(HANDLE user)
{
    CHECK(WaitForSingleObject(user, PATIENCE) == WAIT_OBJECT_0);
    CloseHandle(user);
}

/* ---- Data sources ------------------------------------------------------------------------------------------------ */

/* Keys: Escape, Tab, letters. */
static DWORD WINAPI user_who_cancels(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(TITLE);
    CHECK(!IsWindowEnabled(owner));
    CHECK(has_focus(dialog, NAME));
    static const int order[] = {DESCRIPTION, TENANT, SIGN_IN,  CLIENT, SECRET, SAVING, MAILBOX,
                                MAILBOXES,   PROXY,  TEST, ADVANCED, IDOK,   IDCANCEL, NAME};
    for (size_t at = 0; at < sizeof order / sizeof *order; at++) {
        key(WM_KEYDOWN, VK_TAB);
        CHECK(has_focus(dialog, order[at]));
    }
    static const struct {
        wchar_t letter;
        int id;
    } letters[] = {{L'p', PROXY}, {L'e', SECRET}, {L'd', DESCRIPTION}, {L'n', NAME}};
    for (size_t at = 0; at < sizeof letters / sizeof *letters; at++) {
        key(WM_SYSCHAR, letters[at].letter);
        CHECK(has_focus(dialog, letters[at].id));
    }
    key(WM_KEYDOWN, VK_ESCAPE);
    CHECK(is_gone(dialog));
    return 0;
}

static void test_fails_and_then_works(HWND dialog)
{
    press(dialog, TEST);
    HWND test = dialog_of(TEST_TITLE);
    CHECK(says(test, REPORT, L"Login: Failed. The client secret is wrong."));
    CHECK(says(test, REPORT, L"does not work yet"));
    CHECK(!wcsstr(text_of(test, REPORT), L"of nobody"));
    picture(test, L"test-failed");
    press(test, IDCANCEL);
    CHECK(is_gone(test));

    type(dialog, SECRET, secret);
    press(dialog, TEST);
    test = dialog_of(TEST_TITLE);
    CHECK(says(test, REPORT, L"The connection works."));
    CHECK(says(test, REPORT, L"Reading: OK."));
    CHECK(!wcsstr(text_of(test, REPORT), secret));
    CHECK(!wcscmp(text_of(test, IDCANCEL), L"Close"));
    picture(test, L"test");
    press(test, IDCANCEL);
    CHECK(is_gone(test));
}

static void set_a_page_size(HWND dialog)
{
    press(dialog, ADVANCED);
    HWND advanced = dialog_of(ADVANCED_TITLE);
    HWND list = GetDlgItem(advanced, KEYS);
    CHECK(SendMessageW(list, LB_GETCOUNT, 0, 0) > 35);
    LRESULT row = SendMessageW(list, LB_FINDSTRING, -1, (LPARAM)L"PageSize\t");
    CHECK(row != LB_ERR);
    SendMessageW(list, LB_SETCURSEL, row, 0);
    SendMessageW(advanced, WM_COMMAND, MAKEWPARAM(KEYS, LBN_SELCHANGE), (LPARAM)list);
    CHECK(says(advanced, KEY_DESCRIPTION, L"Rows to request at once"));
    CHECK(IsWindowVisible(GetDlgItem(advanced, KEY_TEXT)) && !IsWindowVisible(GetDlgItem(advanced, KEY_WORDS)));
    type(advanced, KEY_TEXT, L"50");
    wchar_t text[100] = L"";
    SendMessageW(list, LB_GETTEXT, row, (LPARAM)text);
    CHECK(!wcscmp(text, L"PageSize\t50"));
    picture(advanced, L"advanced");

    /* A key with words, and one with a secret. */
    row = SendMessageW(list, LB_FINDSTRING, -1, (LPARAM)L"LogLevel\t");
    SendMessageW(list, LB_SETCURSEL, row, 0);
    SendMessageW(advanced, WM_COMMAND, MAKEWPARAM(KEYS, LBN_SELCHANGE), (LPARAM)list);
    CHECK(IsWindowVisible(GetDlgItem(advanced, KEY_WORDS)) && !IsWindowVisible(GetDlgItem(advanced, KEY_TEXT)));
    choose(advanced, KEY_WORDS, 2);
    SendMessageW(list, LB_GETTEXT, row, (LPARAM)text);
    CHECK(!wcscmp(text, L"LogLevel\tWarn"));
    press(advanced, KEY_DEFAULT);
    row = SendMessageW(list, LB_FINDSTRING, -1, (LPARAM)L"ClientSecret\t");
    SendMessageW(list, LB_GETTEXT, row, (LPARAM)text);
    CHECK(!wcsstr(text, secret) && text[wcslen(L"ClientSecret\t")]);
    press(advanced, IDOK);
    CHECK(is_gone(advanced));
}

static DWORD WINAPI user_who_adds(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(TITLE);
    static const struct {
        int id;
        const wchar_t *part;
    } missing[] = {{NAME, L"name"}, {TENANT, L"tenant"}, {CLIENT, L"application"}, {SECRET, L"secret"}};
    const wchar_t *values[] = {L"Mail of contoso", tenant, client, L"the secret of nobody"};
    for (size_t at = 0; at < 4; at++) {
        press(dialog, IDOK);
        CHECK(says(dialog, NOTE, missing[at].part));
        CHECK(has_focus(dialog, missing[at].id));
        type(dialog, missing[at].id, values[at]);
    }
    type(dialog, MAILBOX, mailbox);
    test_fails_and_then_works(dialog);
    set_a_page_size(dialog);
    type(dialog, DESCRIPTION, L"Mail and calendars of contoso");
    picture(dialog, L"data-source");
    /* Enter presses OK. */
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, NAME), TRUE);
    CHECK(has_focus(dialog, NAME));
    key(WM_KEYDOWN, VK_RETURN);
    CHECK(is_gone(dialog));
    return 0;
}

static DWORD WINAPI user_who_changes(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(TITLE);
    CHECK(!wcscmp(text_of(dialog, NAME), L"Mail of contoso"));
    CHECK(!wcscmp(text_of(dialog, TENANT), tenant));
    /* There is a secret, and nobody sees it. */
    CHECK(*text_of(dialog, SECRET) && !wcsstr(text_of(dialog, SECRET), secret));
    /* It still works. */
    press(dialog, TEST);
    HWND test = dialog_of(TEST_TITLE);
    CHECK(says(test, REPORT, L"The connection works."));
    press(test, IDCANCEL);
    CHECK(is_gone(test));
    type(dialog, MAILBOXES, L"*");
    type(dialog, NAME, L"Post of contoso");
    choose(dialog, SAVING, 2);
    press(dialog, IDOK);
    CHECK(is_gone(dialog));
    return 0;
}

/* Of a server that takes connections and never answers. */
static wchar_t *silent;

static DWORD WINAPI user_without_patience(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(TITLE);
    press(dialog, TEST);
    HWND test = dialog_of(TEST_TITLE);
    Sleep(500);
    DWORD_PTR answer;
    CHECK(SendMessageTimeoutW(test, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, 1000, &answer));
    DWORD time = GetTickCount();
    press(test, IDCANCEL);
    CHECK(is_gone(test));
    CHECK(GetTickCount() - time < 10000);
    press(dialog, IDCANCEL);
    CHECK(is_gone(dialog));
    return 0;
}

/* Keys as a list with zeros between. */
static wchar_t *list(const wchar_t *text)
{
    static wchar_t list[1024];
    memset(list, 0, sizeof list);
    for (size_t at = 0; text[at]; at++)
        list[at] = text[at] == L'|' ? 0 : text[at];
    return list;
}

static void use_data_sources(void)
{
    HANDLE user = start(user_who_cancels);
    CHECK(!ConfigDSNW_(owner, ODBC_ADD_DSN, DRIVER, list(L"")));
    finish(user);
    CHECK(IsWindowEnabled(owner));

    const wchar_t *endpoints = format(L"LoginEndpoint=%ls|GraphEndpoint=%ls", endpoint, endpoint);
    user = start(user_who_adds);
    CHECK(ConfigDSNW_(owner, ODBC_ADD_DSN, DRIVER, list(endpoints)));
    finish(user);
    CHECK(!wcscmp(value_of(L"Mail of contoso", L"TenantID"), tenant));
    CHECK(!wcscmp(value_of(L"Mail of contoso", L"PageSize"), L"50"));
    CHECK(!*value_of(L"Mail of contoso", L"LogLevel"));
    CHECK(!wcscmp(value_of(L"Mail of contoso", L"GraphEndpoint"), endpoint));
    CHECK(!wcscmp(value_of(L"Mail of contoso", L"Description"), L"Mail and calendars of contoso"));
    CHECK(!wcsncmp(value_of(L"Mail of contoso", L"ClientSecret"), L"dpapi:", 6));
    CHECK(!wcsstr(value_of(L"Mail of contoso", L"ClientSecret"), secret));

    user = start(user_who_changes);
    CHECK(ConfigDSNW_(owner, ODBC_CONFIG_DSN, DRIVER, list(L"DSN=Mail of contoso")));
    finish(user);
    CHECK(!*value_of(L"Mail of contoso", L"TenantID"));
    CHECK(!wcscmp(value_of(L"Post of contoso", L"UserID"), mailbox));
    CHECK(!wcscmp(value_of(L"Post of contoso", L"Mailboxes"), L"*"));
    CHECK(!wcscmp(value_of(L"Post of contoso", L"PageSize"), L"50"));
    CHECK(!wcscmp(value_of(L"Post of contoso", L"ClientSecret"), secret));

    /* No dialog comes for one that is not there, and for removing one. */
    CHECK(!ConfigDSNW_(owner, ODBC_CONFIG_DSN, DRIVER, list(L"DSN=Mail of contoso")));
    CHECK(ConfigDSNW_(owner, ODBC_REMOVE_DSN, DRIVER, list(L"DSN=Post of contoso")));
    CHECK(!*value_of(L"Post of contoso", L"TenantID"));

    user = start(user_without_patience);
    const wchar_t *pattern = L"DSN=x|TenantID=x.org|ClientId=x|ClientSecret=s3cret|LoginEndpoint=%ls|GraphEndpoint=%ls";
    CHECK(!ConfigDSNW_(owner, ODBC_ADD_DSN, DRIVER, list(format(pattern, silent, silent))));
    finish(user);
}

/* ---- Connections ------------------------------------------------------------------------------------------------- */

static SQLRETURN connect_with(const wchar_t *text, SQLUSMALLINT completion, wchar_t *out)
{
    SQLSMALLINT length = 0;
    out[0] = 0;
    return SQLDriverConnectW_(connection, owner, (SQLWCHAR *)text, SQL_NTS, (SQLWCHAR *)out, 1024, &length, completion);
}

static DWORD WINAPI user_who_mistypes(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(CONNECT_TITLE);
    CHECK(!GetDlgItem(dialog, NAME) && !GetDlgItem(dialog, SAVING));
    CHECK(!wcscmp(text_of(dialog, CLIENT), client));
    CHECK(IsWindowEnabled(GetDlgItem(dialog, MAILBOX)));
    type(dialog, SECRET, L"of nobody");
    press(dialog, IDOK);
    CHECK(is_gone(dialog));
    dialog = dialog_of(CONNECT_TITLE);
    CHECK(says(dialog, NOTE, L"secret is wrong"));
    picture(dialog, L"connection");
    type(dialog, SECRET, secret);
    type(dialog, MAILBOX, L"adele@contoso.com");
    press(dialog, IDOK);
    CHECK(is_gone(dialog));
    return 0;
}

static DWORD WINAPI user_of_what_is_required(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(CONNECT_TITLE);
    static const int disabled[] = {MAILBOX, MAILBOXES, PROXY, ADVANCED};
    for (size_t at = 0; at < sizeof disabled / sizeof *disabled; at++)
        CHECK(!IsWindowEnabled(GetDlgItem(dialog, disabled[at])));
    CHECK(IsWindowEnabled(GetDlgItem(dialog, CLIENT)));
    type(dialog, CLIENT, client);
    press(dialog, IDOK);
    CHECK(is_gone(dialog));
    return 0;
}

static DWORD WINAPI user_who_gives_up(void *nothing)
{
    (void)nothing;
    HWND dialog = dialog_of(CONNECT_TITLE);
    CHECK(!wcsstr(text_of(dialog, SECRET), secret));
    press(dialog, IDCANCEL);
    CHECK(is_gone(dialog));
    return 0;
}

static void use_connections(HMODULE library, const wchar_t *whole)
{
    static wchar_t out[1024];
    Disconnect SQLDisconnect_ = (Disconnect)(void *)GetProcAddress(library, "SQLDisconnect");

    /* Nobody is asked for what is there. */
    CHECK(SQL_SUCCEEDED(connect_with(whole, SQL_DRIVER_COMPLETE, out)));
    SQLDisconnect_(connection);
    CHECK(SQL_SUCCEEDED(connect_with(whole, SQL_DRIVER_COMPLETE_REQUIRED, out)));
    SQLDisconnect_(connection);
    CHECK(connect_with(L"TenantID=contoso.com", SQL_DRIVER_NOPROMPT, out) == SQL_ERROR);

    HANDLE user = start(user_who_mistypes);
    const wchar_t *most = format(L"UID=%ls;TenantID=%ls;LoginEndpoint=%ls;GraphEndpoint=%ls", client, tenant, endpoint,
                                 endpoint);
    CHECK(SQL_SUCCEEDED(connect_with(most, SQL_DRIVER_COMPLETE, out)));
    finish(user);
    CHECK(wcsstr(out, format(L"ClientId=%ls", client)) && wcsstr(out, L"UserID=adele@contoso.com"));
    CHECK(wcsstr(out, format(L"GraphEndpoint=%ls", endpoint)) != NULL);
    /* Only an application that wants secrets gets them. */
    CHECK(!wcsstr(out, secret));
    SQLDisconnect_(connection);

    user = start(user_of_what_is_required);
    const wchar_t *rest = format(L"PWD={%ls};TenantID=%ls;LoginEndpoint=%ls;GraphEndpoint=%ls;PersistSecurityInfo=Yes",
                                 secret, tenant, endpoint, endpoint);
    CHECK(SQL_SUCCEEDED(connect_with(rest, SQL_DRIVER_COMPLETE_REQUIRED, out)));
    finish(user);
    CHECK(wcsstr(out, secret) != NULL);
    SQLDisconnect_(connection);
    /* What came out connects again. */
    wchar_t *again = _wcsdup(out);
    CHECK(SQL_SUCCEEDED(connect_with(again, SQL_DRIVER_NOPROMPT, out)));
    SQLDisconnect_(connection);

    user = start(user_who_gives_up);
    CHECK(connect_with(whole, SQL_DRIVER_PROMPT, out) == SQL_NO_DATA);
    finish(user);
}

/* ------------------------------------------------------------------------------------------------------------------ */

static void listen_silently(void)
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof address;
    SOCKET server = socket(AF_INET, SOCK_STREAM, 0);
    REQUIRE(!bind(server, (struct sockaddr *)&address, size) && !listen(server, 5));
    getsockname(server, (struct sockaddr *)&address, &size);
    silent = _wcsdup(format(L"http://127.0.0.1:%u", ntohs(address.sin_port)));
}

int wmain(int count, wchar_t **arguments)
{
    if (count != 3 && count != 4) {
        fprintf(stderr, "usage: dialog.exe LIBRARY CONNECTION-STRING [FOLDER]\n");
        return 2;
    }
    folder = count == 4 ? arguments[3] : NULL;
    tenant = part_of(arguments[2], L"TenantID");
    client = part_of(arguments[2], L"ClientId");
    secret = part_of(arguments[2], L"ClientSecret");
    endpoint = part_of(arguments[2], L"GraphEndpoint");
    mailbox = part_of(arguments[2], L"UserID");
    /* Wine draws the title bars itself, which a window manager would do otherwise. */
    RegSetKeyValueW(HKEY_CURRENT_USER, L"Software\\Wine\\X11 Driver", L"Managed", REG_SZ, L"N", sizeof L"N");
    HMODULE library = LoadLibraryW(arguments[1]);
    REQUIRE(library != NULL);
    AllocHandle SQLAllocHandle_ = (AllocHandle)(void *)GetProcAddress(library, "SQLAllocHandle");
    SetEnvAttr SQLSetEnvAttr_ = (SetEnvAttr)(void *)GetProcAddress(library, "SQLSetEnvAttr");
    SQLDriverConnectW_ = (DriverConnect)(void *)GetProcAddress(library, "SQLDriverConnectW");
    ConfigDSNW_ = (Configure)(void *)GetProcAddress(library, "ConfigDSNW");
    REQUIRE(SQLAllocHandle_ && SQLSetEnvAttr_ && SQLDriverConnectW_ && ConfigDSNW_);
    caller = GetCurrentThreadId();
    owner = CreateWindowExW(0, L"STATIC", L"Application", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 0, 0, 700, 600, NULL, NULL,
                            NULL, NULL);
    REQUIRE(owner != NULL);
    listen_silently();
    use_data_sources();

    SQLHANDLE environment = NULL;
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle_(SQL_HANDLE_ENV, NULL, &environment)));
    CHECK(SQL_SUCCEEDED(SQLSetEnvAttr_(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0)));
    REQUIRE(SQL_SUCCEEDED(SQLAllocHandle_(SQL_HANDLE_DBC, environment, &connection)));
    use_connections(library, arguments[2]);
    return report();
}
