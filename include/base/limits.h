/* Every bound on what comes from outside, each with its reason. Reaching one is a recorded result.
 */
#ifndef OVERSTEP_BASE_LIMITS_H
#define OVERSTEP_BASE_LIMITS_H

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)

/* Mail, before it is parsed (where GMime becomes slow or unsafe). Whose it is, is looked for as
   plain bytes in what a bound leaves unread of the first LIMIT_HEADER_BLOCK. */
#define LIMIT_HEADER_BLOCK (256 * KIB)
#define LIMIT_ADDRESS_HEADER (32 * KIB) /* GMime recurses in nested address groups */
#define LIMIT_HEADERS 2000              /* of one block; honest mail: under 200 */
#define LIMIT_HEADERS_ALL 20000   /* of all parts together: a digest has a block for each mail */
#define LIMIT_BOUNDARY_LINES 1000 /* 260 bytes of memory for each byte of tiny parts */
#define LIMIT_PARSE (10 * MIB)
#define LIMIT_PART_DEPTH 30 /* honest mail: under 10, even forwarded chains */
#define LIMIT_PARTS 500
#define LIMIT_LAYERS 3       /* base64 within base64, where words are to be covered */
#define LIMIT_ADDRESSES 1000 /* of one list */
#define LIMIT_REFERENCES 200
#define LIMIT_TEXT (2 * MIB)    /* extracted text of one message that is judged; more is said */
#define LIMIT_TEXT_LINES 100000 /* of one part; each costs a hundred bytes while it is tagged */
#define LIMIT_HTML_DEPTH 512    /* libxml2 searches its stack at each end tag; honest: under 150 */
#define LIMIT_HTML_ATTRIBUTES 100 /* of one tag; libxml2 compares each with all others */
#define LIMIT_HTML_NAME 100       /* of tags, attributes; libxml2 begins another one behind it */
#define LIMIT_MAX_SIZE_DEFAULT (64 * MIB)
#define LIMIT_MAX_SIZE (512 * MIB) /* largest that max_size may be set to */

/* IMAP (imap.md: response filter). */
#define LIMIT_IMAP_LINE (1 * MIB)
#define LIMIT_IMAP_COMMAND (4 * MIB) /* non-literal bytes a command */
#define LIMIT_IMAP_DEPTH 4
#define LIMIT_IMAP_LITERAL_DIGITS 10
#define LIMIT_IMAP_SEARCH_RANGE 20000 /* UIDs asked for in one SEARCH */
#define LIMIT_IMAP_BATCH 200
#define LIMIT_IMAP_BATCH_BYTES (8 * MIB)
#define LIMIT_IMAP_PIECE (1 * MIB)
#define LIMIT_IMAP_WHOLE (4 * MIB) /* larger mails come in pieces */
#define LIMIT_IMAP_FOLDERS 1000
#define LIMIT_IMAP_RETRIES 5 /* in one round: each may cost a connection */
#define LIMIT_IMAP_FEW 3 /* a folder of so many may be one that holds what no server could give */
#define LIMIT_SLOWEST_BYTES_A_SECOND (32 * KIB) /* a deadline grows by what was asked for */
#define LIMIT_SECRET (16 * KIB)
#define LIMIT_SECRET_SECONDS 60       /* a password command; a person may have to type a PIN */
#define LIMIT_SENDER_BYTES (32 * MIB) /* From fields looked at by `init`: 300,000 mails */
#define LIMIT_IMAP_RECONNECTS 20      /* in one round, for answers that cannot be understood */

/* Chat exports. */
#define LIMIT_CHAT_SNIFF                                                                           \
	(4 * KIB) /* of a file, to tell its format: a list of people may stand first */
#define LIMIT_CHAT_MESSAGE                                                                         \
	(15 * MIB) /* it goes to a reader in one frame; its tree takes ten times that */
#define LIMIT_CHAT_NAME (4 * KIB)        /* of a conversation */
#define LIMIT_CHAT_MEMBER (512 * MIB)    /* unpacked in memory: five million lines of a chat */
#define LIMIT_CHAT_MEMBERS 200000        /* a day of each channel: two hundred, for three years */
#define LIMIT_CHAT_RATIO 40              /* what it unpacks to, against its size; text: under 20, */
#define LIMIT_CHAT_RATIO_FREE (64 * MIB) /* above so much */
#define LIMIT_CHAT_PATH (4 * KIB)        /* name of a member, with its folders */
#define LIMIT_CHAT_PEOPLE 200000         /* a list of people that names an id */
#define LIMIT_CHAT_CONVERSATIONS 10000   /* counted apart */
#define LIMIT_CHAT_AUTHORS 100000 /* told apart in one export: a large group has a thousand */

/* Mail in files. */
#define LIMIT_FILES 2000000        /* of one path: 400 MB while they are looked through */
#define LIMIT_FILES_DEPTH 16       /* folders within each other; each holds a descriptor */
#define LIMIT_FILES_REFUSED 100    /* that are told one by one */
#define LIMIT_ACCOUNT_NOTES 50     /* files of one account that status tells of */
#define LIMIT_FOLDERS_WATCHED 1000 /* by inotify; a user has 8,192 watches at least */

/* SMTP. */
#define LIMIT_SMTP_ANSWER (64 * KIB) /* to one command: a list of what the server can do */
#define LIMIT_SMTP_WORDS 200         /* of it, what is shown */

/* Channel between the processes. */
#define LIMIT_FRAME (16 * MIB)
#define LIMIT_WATCHING_FILE MIB /* our own; a line for each account and folder */
/* Waiting in the keeper for one account: a batch that is written, and the next for the readers. */
#define LIMIT_QUEUE_BYTES (4 * MIB)

/* What a member of the group asks of the service: a query with escapes, and a few options. */
#define LIMIT_GUEST_REQUEST (16 * KIB)

/* A browser on this machine: one person looks, so many connections are a browser's and no more. */
#define LIMIT_SERVE_CONNECTIONS 32
#define LIMIT_SERVE_REQUEST_SECONDS 5  /* until a request has come whole: it comes from here */
#define LIMIT_SERVE_HEADERS (32 * KIB) /* and what is sent back: browsers send 1 */
#define LIMIT_SERVE_TARGET (8 * KIB)   /* a query of LIMIT_QUERY with most of it encoded */
#define LIMIT_SERVE_FIELDS 32          /* our form has ten */
#define LIMIT_SERVE_ROWS 100           /* of one page of what a search finds */

/* The evidence log: a record is text that a person reads; what is large is its blob. */
#define LIMIT_RECORD (256 * KIB)
#define LIMIT_RECORD_KEY 32
#define LIMIT_ATTACHED (64 * MIB)       /* a file that the owner supplies: a long recording */
#define LIMIT_NOTE (64 * KIB)           /* a record's field */
#define LIMIT_KEY_PEM 4096              /* a P-256 key has about 240 octets */
#define LIMIT_BUNDLE_FILES 4000000      /* two million records with their octets */
#define LIMIT_BUNDLE_SIGNED 100000      /* checkpoints, or keys: each hour one for eleven years */
#define LIMIT_BUNDLE_OCTETS (MIB * MIB) /* two million mails of half a mebibyte */
#define LIMIT_TWIN (16 * MIB)           /* LIMIT_TEXT, each byte of it under two blocks */
#define LIMIT_BUNDLE_DEPTH 4            /* data/messages/000004.eml is 3 deep */
#define LIMIT_BUNDLE_LIST (512 * MIB)   /* a manifest or the log: eight million lines */
#define LIMIT_TIMESTAMP (64 * KIB)      /* with its certificates: under 10 KiB */
#define LIMIT_ROOTS (4 * MIB)           /* the system's bundle of authorities: 220 KiB */
#define LIMIT_SIGNATURE 256             /* in DER: at most 72 octets for P-256 */

/* Files that people write. */
#define LIMIT_CONFIG_FILE (1 * MIB)
#define LIMIT_RULE_FILE (8 * MIB) /* 10,000 rules with their examples */
#define LIMIT_RULE_LINE (64 * KIB)
#define LIMIT_RULES 50000
#define LIMIT_RULE_VALUES 1000   /* of one field of one rule */
#define LIMIT_EXCEPTS 1000       /* each is asked of each finding */
#define LIMIT_RULE_MISTAKES 1000 /* of one file: behind them nobody reads on */
#define LIMIT_PATTERN 4096
#define LIMIT_PATTERN_NESTING 50
#define LIMIT_ICS_FILE (4 * MIB)
#define LIMIT_TZIF_FILE (256 * KIB)
#define LIMIT_ICS_EVENTS 5000 /* each may ask every day of every year */
#define LIMIT_DAYS_OFF 200000 /* holidays of one worktime: 3 MB */
#define LIMIT_LEAVE_DAYS 3660 /* of one range: a longer one is a slip in the year */
#define LIMIT_INTERVALS_A_DAY 24

/* Matching (matching.md: what bounds time). */
#define LIMIT_MATCH_STEPS 10000
#define LIMIT_MATCH_STEPS_INTERPRETED 2000
#define LIMIT_MATCH_DEADLINE_US 10000 /* a rule on one slice */
/* Lint: a regex that takes more on a kibibyte made to be hard for it does not get through a slice
   in time; and so much for all regexes together, about ten seconds. */
#define LIMIT_LINT_STEPS 400000
#define LIMIT_LINT_STEPS_ALL 2000000000
#define LIMIT_LINT_PHRASES 200000 /* tried, compared: 10,000 rules of twenty */
#define LIMIT_LINT_WARNINGS 1000  /* behind them nobody reads on */
#define LIMIT_MATCH_HEAP_KIB (20 * 1024)
#define LIMIT_MATCH_JIT_STACK (256 * KIB)
#define LIMIT_MATCH_SLICE (64 * KIB)
#define LIMIT_HITS 10000 /* of one message */

/* Sequences over a client's history. */
#define LIMIT_SEQUENCES 1000       /* each walks through the history of each client */
#define LIMIT_SEQUENCE_DAYS 366    /* a window: what lies a year apart is no sequence any more */
#define LIMIT_SEQUENCE_MEMBERS 100 /* of one finding: as many lines as somebody will read */
#define LIMIT_SEQUENCE_STEPS 8     /* A then B then ... */
#define LIMIT_SEQUENCE_NAMES 1000  /* bytes of a step: each is compared with every finding */
#define LIMIT_TIMELINE 200000      /* messages of one client: 20 MB while they are looked at */

/* DKIM: each signature costs a hash of the body and a question to DNS. */
#define LIMIT_DKIM_SIGNATURES 10
#define LIMIT_DKIM_FIELDS 1000    /* of h=: each is looked for among LIMIT_HEADERS_ALL */
#define LIMIT_DKIM_DNS_SECONDS 10 /* one nameserver, asked twice; libc has three at most */
#define LIMIT_DKIM_WAITING 256    /* for DNS; more are found again when these have an answer */

/* Quotations compared with what was written: both texts against each other, 8 MB at most. */
#define LIMIT_QUOTE_WORDS 2000
#define LIMIT_QUOTE_DIFFERENCES 50

/* Text and JSON from outside. */
#define LIMIT_JSON_DEPTH 64 /* what we write is under 8 deep; the parser recurses */
#define LIMIT_COMBINING 30  /* marks of one character (UAX #15); one more begins a new character */

/* Query language. */
#define LIMIT_QUERY (4 * KIB)
#define LIMIT_QUERY_DEPTH 32

/* Civil time. */
#define LIMIT_CALENDAR_FIRST_YEAR 1970 /* holidays are worked out for these years */
#define LIMIT_CALENDAR_LAST_YEAR 2199
#define LIMIT_OPENING_DAYS 400 /* how far ahead the next opening is looked for */

/* A reader process: what one message may cost. */
#define LIMIT_READER_SECONDS 20

/* A client's page: incidents shown whole (a browser stays quick, and the page below 2 MB), those
   that are a line each behind them, and what is listed one by one without a word of it. */
#define LIMIT_REPORT_INCIDENTS 300
#define LIMIT_REPORT_LINES 2000
#define LIMIT_REPORT_LIST 300

#endif
