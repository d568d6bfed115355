jicai_fuzzer(round_folder_csv_fuzz SOURCE ${CMAKE_CURRENT_SOURCE_DIR}/round_folder_csv_fuzz.cpp LIBS jicai_round_folder)
jicai_fuzzer(round_folder_fuzz SOURCE ${CMAKE_CURRENT_SOURCE_DIR}/round_folder_fuzz.cpp LIBS jicai_round_folder)
