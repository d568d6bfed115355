// round_folder_bench DIR [THREADS] [RUNS]: milliseconds of loading a round folder, each run, and
// the digest of demand.csv.

#include <catalogs/round_folder/load_round_folder.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "round_folder_bench DIR [THREADS] [RUNS]\n";
        return 2;
    }
    jicai::catalogs::LoadOptions options;
    options.threads =
        argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : options.threads;
    const unsigned long runs = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 5;
    for (unsigned long run = 0; run < runs; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        const auto loaded =
            jicai::catalogs::load_round_folder(std::filesystem::path(argv[1]), options);
        const auto end = std::chrono::steady_clock::now();
        const auto microseconds =
            std::chrono::duration_cast<std::chrono::microseconds>(end - begin).count();
        std::cout << microseconds / 1000 << '.' << microseconds / 100 % 10 << " ms";
        if (!loaded.round) {
            std::cout << ", " << loaded.faults.size() << " faults, first "
                      << loaded.faults.front().message.key << '\n';
            continue;
        }
        for (const auto& input : loaded.round->inputs) {
            if (input.name != "demand.csv") continue;
            std::cout << ", " << input.rows << " rows, " << input.digest << '\n';
        }
    }
    return 0;
}
