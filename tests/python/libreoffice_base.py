"""A user of LibreOffice Base, without its windows: makes a database file for an ODBC data source, connects with the
login fields left blank, lists the tables and reads rows. What it saw comes out as JSON.

    python3 libreoffice_base.py PIPE DATA_SOURCE DATABASE_FILE

Runs with the Python that LibreOffice's packages are for. PIPE is the one that soffice listens to.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sdbc import SQLException


def office(pipe):
    """LibreOffice's context, once it is there."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    for _ in range(600):
        try:
            return resolver.resolve(url)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not listen")


def rows(connection, statement):
    result = connection.createStatement().executeQuery(statement)
    columns = range(1, result.MetaData.ColumnCount + 1)
    read = []
    while result.next():
        read.append([result.getString(column) for column in columns])
    return read


def cut_rows(result, column):
    read = []
    while result.next():
        read.append(result.getString(column))
    return read


def properties(**values):
    made = []
    for name, value in values.items():
        made.append(PropertyValue())
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


def use(context, data_source, file):
    manager = context.ServiceManager
    databases = manager.createInstanceWithContext("com.sun.star.sdb.DatabaseContext", context)
    made = databases.createInstance()
    made.URL = f"sdbc:odbc:{data_source}"
    # The wizard stores these when nobody types a name or a password.
    made.User = ""
    made.Password = ""
    made.DatabaseDocument.storeAsURL(uno.systemPathToFileUrl(file), ())

    opened = databases.getByName(uno.systemPathToFileUrl(file))
    connection = opened.getConnection("", "")
    tables = connection.Tables.ElementNames
    columns = connection.Tables.getByName("Messages").Columns.ElementNames
    counted = rows(connection, "SELECT COUNT(*) FROM Messages")
    newest = rows(
        connection,
        "SELECT subject, from_emailAddress_address FROM Messages ORDER BY receivedDateTime DESC LIMIT 3",
    )
    # As the table's own window reads it: a row set over the table.
    window = manager.createInstanceWithContext("com.sun.star.sdb.RowSet", context)
    window.ActiveConnection = connection
    window.CommandType = uno.getConstantByName("com.sun.star.sdb.CommandType.TABLE")
    window.Command = "MailFolders"
    window.execute()
    paths = cut_rows(window, window.findColumn("path"))
    connection.close()

    # The same with the driver manager of LibreOffice alone, whose login is blank in another way.
    drivers = manager.createInstanceWithContext("com.sun.star.sdbc.DriverManager", context)
    login = properties(user="", password="")
    direct = drivers.getConnectionWithInfo(f"sdbc:odbc:{data_source}", login)
    again = rows(direct, "SELECT COUNT(*) FROM Messages")
    direct.close()
    return {
        "tables": tables,
        "columns": columns,
        "counted": counted,
        "newest": newest,
        "paths": paths,
        "again": again,
    }


def main(pipe, data_source, file):
    context = office(pipe)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    try:
        seen = use(context, data_source, file)
    except SQLException as error:
        seen = {"error": f"{error.SQLState}: {error.Message}"}
    print(json.dumps(seen))
    try:
        desktop.terminate()
    except Exception:  # The office is gone before it answers.
        pass


main(*sys.argv[1:])
