jicai_fuzzer(rulebook_fuzz SOURCE rulebook_fuzz.cpp
    LIBS jicai_rulebook_file jicai_rules jicai_messages jicai_money)
