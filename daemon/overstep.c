/* overstep: the tool that people and scripts ask. */
#include "cli/program.h"

int main(int argc, char **argv)
{
	return overstep_main(argc, argv);
}
