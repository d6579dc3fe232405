/* RE2::Set over the same patterns and texts as match.c; needs libre2-dev.
 *   re2_set SECONDS TEXTS PATTERNS    TEXTS: each ends with a NUL; PATTERNS: a line each
 */
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <re2/set.h>
#include <string>
#include <unistd.h>
#include <vector>

static double now()
{
	using namespace std::chrono;
	return duration<double>(steady_clock::now().time_since_epoch()).count();
}

static std::string contents(const char *path)
{
	std::ifstream file(path, std::ios::binary);
	return {std::istreambuf_iterator<char>(file), {}};
}

static std::vector<std::string> split(const std::string &bytes, char separator)
{
	std::vector<std::string> parts;
	for (size_t at = 0, end; at < bytes.size(); at = end + 1) {
		end = std::min(bytes.find(separator, at), bytes.size());
		parts.push_back(bytes.substr(at, end - at));
	}
	return parts;
}

static long resident_bytes()
{
	long all = 0, resident = 0;
	std::ifstream("/proc/self/statm") >> all >> resident;
	return resident * sysconf(_SC_PAGESIZE);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	auto texts = split(contents(argv[2]), '\0'), patterns = split(contents(argv[3]), '\n');
	RE2::Options options;
	options.set_case_sensitive(false);
	options.set_log_errors(false);
	options.set_max_mem(int64_t(1) << 30);
	long before = resident_bytes();
	double then = now();
	RE2::Set set(options, RE2::UNANCHORED);
	size_t taken = 0, count = 0, bytes = 0, found = 0;
	for (const auto &pattern : patterns)
		taken += set.Add(pattern, nullptr) >= 0;
	if (!set.Compile())
		return 1;
	double load_seconds = now() - then, seconds = 0;
	long load_bytes = resident_bytes() - before;
	then = now();
	for (const auto &text : texts) {
		std::vector<int> which;
		set.Match(text, &which);
		found += which.size();
		bytes += text.size();
		count++;
		seconds = now() - then;
		if (seconds >= strtod(argv[1], nullptr))
			break;
	}
	printf("{\"load_seconds\":%.6f,\"load_bytes\":%ld,\"patterns\":%zu,\"taken\":%zu,\"texts\":%zu,"
	       "\"bytes\":%zu,\"seconds\":%.6f,\"found\":%zu}\n",
		load_seconds, load_bytes, patterns.size(), taken, count, bytes, seconds, found);
}
