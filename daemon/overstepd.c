/* overstepd: the service. Finds its configuration and hands over to the keeper. */
#include "cli/program.h"

int main(int argc, char **argv)
{
	return overstepd_main(argc, argv);
}
