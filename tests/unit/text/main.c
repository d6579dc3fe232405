/* Unit tests of the text room. */
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {suite_cases, suite_extract, suite_html, suite_html_plain,
		suite_mailers, suite_properties, suite_quoted};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
