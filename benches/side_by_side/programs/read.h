/* Reads all rows of a statement in one of the ways that applications have. */
#ifndef READ_H
#define READ_H

#include "driver.h"

/* ROWSET is the number of rows that are bound at once, or 0 for SQLGetData cell by cell. TYPES has a letter for each column:
 * c text in bytes, w text in UTF-16, both followed by the characters that a buffer holds, t timestamp, b bit. Prints figures as
 * JSON, `bytes` among them, the length of all text: drivers that give the same rows agree on it.
 */
void read_all(SQLHDBC connection, const char *sql, long rowset, const char *types);

#endif
