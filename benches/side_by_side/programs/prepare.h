/* Prepares a statement and describes its columns, over and over. */
#ifndef PREPARE_H
#define PREPARE_H

#include "driver.h"

/* Prints the median seconds for texts that the driver has not seen, and for one that it has. */
void prepare_repeatedly(SQLHDBC connection, const char *sql, int rounds);

#endif
