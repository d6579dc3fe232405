/* The two programs' bodies. */
#ifndef OVERSTEP_CLI_PROGRAM_H
#define OVERSTEP_CLI_PROGRAM_H

/* Both return the exit code of contract.md. */
int overstep_main(int argc, char **argv);
int overstepd_main(int argc, char **argv);

#endif
