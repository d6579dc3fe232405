/* overstepd: the service. Finds its configuration and hands over to the keeper. */
int main(void)
{
	return 0;
}
