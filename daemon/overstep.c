/* overstep: the tool that people and scripts ask. */
int main(void)
{
	return 0;
}
