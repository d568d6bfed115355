jicai_fuzzer(price_ratio_fuzz SOURCE price_ratio_fuzz.cpp
    LIBS jicai_price_ratio_file jicai_messages jicai_money)
