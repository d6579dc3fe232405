/* The index's tables. */
#ifndef OVERSTEP_DAEMON_INDEX_SCHEMA_H
#define OVERSTEP_DAEMON_INDEX_SCHEMA_H

/* Another number than the file's: it is dropped and made anew from the archive. */
#define INDEX_VERSION 15
#define INDEX_APPLICATION_ID 0x6f766978 /* "ovix" */

extern const char index_schema[];

/* The tables whose rows are what the index says, in the order of index_dump. */
extern const char *const index_tables[];
extern const unsigned index_table_count;

#endif
